//===- MmaSyncKernel.cpp - Product of 8-bit codes by mma.sync -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A block computes one tile of the result: a ring of k tiles in swizzled shared memory is filled ahead of use, warps
// read fragments with ldmatrix and multiply them with mma.sync m16n8k32, and the epilogue applies the scales.
// Fragment layouts: PTX ISA, "Matrix Fragments for mma.m16n8k32". 8-bit floats are widened to f16, which holds them
// exactly: sm_90 has no mma.sync for them (ptxas replaces it by a longer sequence).
//
//===----------------------------------------------------------------------===//

#include "KernelBuilder.h"
#include "Kernels.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace quantopt;

// The shape of one mma.sync of int8, and the bytes that one cp.async or one row of an ldmatrix moves.
static constexpr int64_t kMmaM = 16, kMmaN = 8, kMmaK = 32, kChunk = 16;

namespace {

/// Builds the body of one kernel.
class MmaSyncBody {
public:
  MmaSyncBody(const MatmulKernel &kernel, KernelBuilder &builder, Block &entry, Value shared)
      : kernel(kernel), schedule(kernel.schedule), b(builder), shared(shared) {
    unsigned next = 0;
    auto argument = [&] { return entry.getArgument(next++); };
    lhs = argument(), rhs = argument(), lhsScale = argument(), rhsScale = argument();
    if (kernel.hasAddend())
      bias = argument();
    out = argument(), m = argument(), n = argument(), k = argument();
  }
  void build();

private:
  /// Where the rows of one operand's tile come from and go to.
  struct Tile {
    Value base, firstRow, rows;
    int64_t height, sharedOffset;
    TileLoad load;
  };
  using Values = SmallVector<Value>;

  int64_t chunksPerRow() const { return schedule.getTileK() / kChunk; }
  int64_t warpRows() const { return schedule.getTileM() / schedule.getWarpsM() / kMmaM; } // mma steps of a warp along m
  int64_t warpColumns() const { return schedule.getTileN() / schedule.getWarpsN() / kMmaN; } // and along n

  Value swizzle(Value row, Value chunk);
  void loadStage(Value slot, Value step);
  void loadTile(const Tile &tile, Value stage, Value step);
  Value gatherChunk(const Tile &tile, Value row, Value firstK);
  Values loadFragment(Value stage, Value row, Value chunk);
  Values multiplyStage(Value slot, Values sums);
  void multiply(const Values &lhsParts, const Values &rhsParts, MutableArrayRef<Value> sums);
  Values widen(Value word, Type element);
  Values runPipeline();
  Values loadPerColumn(Value base, bool perColumn);
  void storeResult(ValueRange sums);
  Value columnOf(int64_t step);

  const MatmulKernel &kernel;
  lowp::ScheduleAttr schedule;
  KernelBuilder &b;
  Value shared, lhs, rhs, lhsScale, rhsScale, bias, out, m, n, k;
  Value thread, lane, warpM, warpN, blockRow, blockColumn, steps;
};

} // namespace

//===----------------------------------------------------------------------===//
// Global to shared memory
//===----------------------------------------------------------------------===//

/// Byte offset in a tile of a row's 16-byte chunk. The exclusive or spreads eight successive rows over all banks.
Value MmaSyncBody::swizzle(Value row, Value chunk) {
  int64_t rowsPerLine = 128 / schedule.getTileK(); // 128 bytes are all 32 banks
  Value line = rowsPerLine == 1 ? row : b.shr(row, llvm::Log2_64(rowsPerLine));
  Value place = b.xorOf(chunk, b.mask(line, chunksPerRow() - 1));
  return b.add(b.mul(row, schedule.getTileK()), b.mul(place, kChunk));
}

/// 16 codes of one row, zeros beyond k, from single bytes. `row` is in range, `firstK` < k.
Value MmaSyncBody::gatherChunk(const Tile &tile, Value row, Value firstK) {
  Type i8 = b.getI8Type(), word = b.getI32Type();
  Value last = b.add(k, -1);
  Value chunk = LLVM::ZeroOp::create(b, VectorType::get({4}, word));
  for (int64_t w = 0; w < 4; ++w) {
    Value packed = b.i32(0);
    for (int64_t byte = 0; byte < 4; ++byte) {
      Value position = b.add(firstK, 4 * w + byte);
      Value clamped = arith::MinSIOp::create(b, position, last);
      Value index = tile.load == TileLoad::Across ? b.offset(clamped, tile.rows, row) : b.offset(row, k, clamped);
      Value code = arith::ExtUIOp::create(b, word, b.load(b.address(tile.base, index, i8), i8));
      code = b.select(b.less(position, k), code, b.i32(0));
      packed = arith::OrIOp::create(b, packed, arith::ShLIOp::create(b, code, b.i32(8 * byte)));
    }
    chunk = LLVM::InsertElementOp::create(b, chunk, packed, b.i32(w));
  }
  return chunk;
}

/// Fills one operand's tile of the stage at byte `stage` of shared memory with k step `step`; zeros out of range.
void MmaSyncBody::loadTile(const Tile &tile, Value stage, Value step) {
  for (int64_t i = 0; i < tile.height * chunksPerRow() / schedule.getThreads(); ++i) {
    Value index = b.add(thread, i * schedule.getThreads()), localRow, chunk;
    if (tile.load == TileLoad::Across) { // neighbours in a warp read neighbours in memory
      localRow = b.mask(index, tile.height - 1);
      chunk = b.shr(index, llvm::Log2_64(tile.height));
    } else {
      localRow = b.shr(index, llvm::Log2_64(chunksPerRow()));
      chunk = b.mask(index, chunksPerRow() - 1);
    }
    Value row = b.add(tile.firstRow, localRow);
    Value firstK = b.add(b.mul(step, schedule.getTileK()), b.mul(chunk, kChunk));
    Value inside = b.both(b.less(row, tile.rows), b.less(firstK, k));
    Value place = b.add(b.add(stage, tile.sharedOffset), swizzle(localRow, chunk));
    Value target = b.address(shared, place, b.getI8Type());
    if (tile.load == TileLoad::Async) {
      // A copy of size 0 reads nothing and writes zeros; its address must still be a valid one.
      Value source = b.address(tile.base, b.select(inside, b.offset(row, k, firstK), b.i64(0)), b.getI8Type());
      NVVM::CpAsyncOp::create(b, target, source, kChunk, NVVM::LoadCacheModifierKind::CG,
                              b.select(inside, b.i32(kChunk), b.i32(0)));
      continue;
    }
    auto chunkType = VectorType::get({4}, b.getI32Type());
    auto guarded = scf::IfOp::create(b, TypeRange{chunkType}, inside, /*withElseRegion=*/true);
    {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(guarded.thenBlock());
      scf::YieldOp::create(b, gatherChunk(tile, row, firstK));
      b.setInsertionPointToStart(guarded.elseBlock());
      scf::YieldOp::create(b, LLVM::ZeroOp::create(b, chunkType).getResult());
    }
    b.store(guarded.getResult(0), target, kChunk);
  }
}

/// Starts loading k step `step` into ring slot `slot`, and closes the group of copies.
void MmaSyncBody::loadStage(Value slot, Value step) {
  Value stage = b.mul(slot, schedule.getStageBytes());
  loadTile({lhs, blockRow, m, schedule.getTileM(), 0, kernel.lhsLoad}, stage, step);
  loadTile({rhs, blockColumn, n, schedule.getTileN(), schedule.getTileM() * schedule.getTileK(), kernel.rhsLoad}, stage,
           step);
  NVVM::CpAsyncCommitGroupOp::create(b);
}

//===----------------------------------------------------------------------===//
// Multiplication
//===----------------------------------------------------------------------===//

/// Four 8x16-byte matrices; each lane names one row of them by its address.
MmaSyncBody::Values MmaSyncBody::loadFragment(Value stage, Value row, Value chunk) {
  Value pointer = b.address(shared, b.add(stage, swizzle(row, chunk)), b.getI8Type());
  auto type = LLVM::LLVMStructType::getLiteral(b.getContext(), SmallVector<Type>(4, b.getI32Type()));
  auto shape = NVVM::LdStMatrixShapeAttr::get(b.getContext(), 8, 8);
  Value loaded =
      NVVM::LdMatrixOp::create(b, type, pointer, 4, NVVM::MMALayout::row, shape, NVVM::LdStMatrixEltType::B16);
  return b.unpackStruct(loaded);
}

/// Four 8-bit floats as two pairs of f16.
MmaSyncBody::Values MmaSyncBody::widen(Value word, Type element) {
  auto bytes = VectorType::get({2}, b.getI8Type());
  auto pair = VectorType::get({2}, b.getF16Type());
  Values result;
  for (int64_t half = 0; half < 2; ++half) {
    Value bits = arith::TruncIOp::create(b, b.getI16Type(), b.shr(word, 16 * half));
    Value codes = LLVM::BitcastOp::create(b, bytes, bits);
    result.push_back(NVVM::ConvertF8x2ToF16x2Op::create(b, pair, codes, /*relu=*/false, element));
  }
  return result;
}

/// Adds the product of two fragments of 32 bytes of k. Widened, they are two fragments of 16 elements each: which
/// elements of k these are does not matter, as long as they are the same of both operands.
void MmaSyncBody::multiply(const Values &lhsParts, const Values &rhsParts, MutableArrayRef<Value> sums) {
  bool isInteger = kernel.lhs.isInteger(8);
  auto type = LLVM::LLVMStructType::getLiteral(
      b.getContext(), SmallVector<Type>(4, isInteger ? Type(b.getI32Type()) : Type(b.getF32Type())));
  auto accumulate = [&](Value product) { llvm::copy(b.unpackStruct(product), sums.begin()); };
  if (isInteger)
    return accumulate(NVVM::MmaOp::create(
        b, type, lhsParts, rhsParts, ValueRange(sums), ArrayRef<int64_t>{kMmaM, kMmaN, kMmaK}, std::nullopt,
        NVVM::MMAIntOverflow::wrapped, std::array{NVVM::MMATypes::s8, NVVM::MMATypes::s8},
        std::array{NVVM::MMALayout::row, NVVM::MMALayout::col}));
  for (int64_t half = 0; half < 2; ++half) {
    Values upper = widen(lhsParts[2 * half], kernel.lhs), lower = widen(lhsParts[2 * half + 1], kernel.lhs);
    accumulate(NVVM::MmaOp::create(b, type, Values{upper[0], lower[0], upper[1], lower[1]},
                                   widen(rhsParts[half], kernel.rhs), ValueRange(sums),
                                   ArrayRef<int64_t>{kMmaM, kMmaN, kMmaK / 2}, std::nullopt, std::nullopt, std::nullopt,
                                   std::array{NVVM::MMALayout::row, NVVM::MMALayout::col}));
  }
}

/// `sums` plus the product of the tiles in ring slot `slot`.
MmaSyncBody::Values MmaSyncBody::multiplyStage(Value slot, Values sums) {
  Value lhsStage = b.mul(slot, schedule.getStageBytes());
  Value rhsStage = b.add(lhsStage, schedule.getTileM() * schedule.getTileK());
  // lhs matrices: rows 0-7 and 8-15 at the first 16 bytes of k, then at the next; rhs: the same two of k for columns
  // 0-7, then for 8-15.
  Value lhsRow = b.add(b.mul(warpM, schedule.getTileM() / schedule.getWarpsM()), b.mask(lane, 15));
  Value lhsChunk = b.shr(lane, 4);
  Value rhsRow =
      b.add(b.mul(warpN, schedule.getTileN() / schedule.getWarpsN()), b.add(b.mask(lane, 7), b.mul(b.shr(lane, 4), 8)));
  Value rhsChunk = b.mask(b.shr(lane, 3), 1);
  for (int64_t step = 0; step < schedule.getTileK() / kMmaK; ++step) {
    SmallVector<Values> lhsParts, rhsParts;
    for (int64_t i = 0; i < warpRows(); ++i)
      lhsParts.push_back(loadFragment(lhsStage, b.add(lhsRow, kMmaM * i), b.add(lhsChunk, 2 * step)));
    for (int64_t j = 0; j < warpColumns() / 2; ++j) {
      Values pair = loadFragment(rhsStage, b.add(rhsRow, 2 * kMmaN * j), b.add(rhsChunk, 2 * step));
      rhsParts.push_back({pair[0], pair[1]});
      rhsParts.push_back({pair[2], pair[3]});
    }
    for (int64_t i = 0; i < warpRows(); ++i)
      for (int64_t j = 0; j < warpColumns(); ++j)
        multiply(lhsParts[i], rhsParts[j], MutableArrayRef(sums).slice(4 * (i * warpColumns() + j), 4));
  }
  return sums;
}

/// The sums of this thread over all of k: four for each mma tile, tiles row by row.
MmaSyncBody::Values MmaSyncBody::runPipeline() {
  int64_t ahead = schedule.getStages() - 1;
  auto fill = scf::ForOp::create(b, b.i32(0), b.i32(ahead), b.i32(1));
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(fill.getBody());
    loadStage(fill.getInductionVar(), fill.getInductionVar());
  }
  Values initial(4 * warpRows() * warpColumns(), kernel.lhs.isInteger(8) ? b.i32(0) : b.f32(0.0f));
  initial.push_back(b.i32(0));     // slot to read
  initial.push_back(b.i32(ahead)); // slot to fill
  auto loop = scf::ForOp::create(b, b.i32(0), steps, b.i32(1), initial);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    // The copies of this step have landed for every thread, and no thread still reads the slot filled next.
    NVVM::CpAsyncWaitGroupOp::create(b, schedule.getStages() - 2);
    b.barrier();
    ValueRange carried = loop.getRegionIterArgs();
    Value readSlot = carried[carried.size() - 2], fillSlot = carried.back();
    loadStage(fillSlot, b.add(loop.getInductionVar(), ahead));
    Values next = multiplyStage(readSlot, Values(carried.drop_back(2)));
    for (Value slot : {readSlot, fillSlot}) {
      Value following = b.add(slot, 1);
      next.push_back(b.select(b.equal(following, schedule.getStages()), b.i32(0), following));
    }
    scf::YieldOp::create(b, next);
  }
  NVVM::CpAsyncWaitGroupOp::create(b, 0);
  return Values(loop.getResults().drop_back(2));
}

//===----------------------------------------------------------------------===//
// Epilogue
//===----------------------------------------------------------------------===//

/// First of the two columns that this thread holds of mma tile `step` along n.
Value MmaSyncBody::columnOf(int64_t step) {
  Value column = b.add(blockColumn, b.mul(warpN, schedule.getTileN() / schedule.getWarpsN()));
  return b.add(b.add(column, b.mul(b.mask(lane, 3), 2)), kMmaN * step);
}

/// The f32 at every column of this thread, two for each mma tile; columns out of range read the last one.
MmaSyncBody::Values MmaSyncBody::loadPerColumn(Value base, bool perColumn) {
  Values values;
  Value last = b.add(n, -1);
  for (int64_t j = 0; j < warpColumns(); ++j)
    for (int64_t c = 0; c < 2; ++c) {
      Value index = perColumn ? Value(arith::MinSIOp::create(b, b.add(columnOf(j), c), last)) : b.i32(0);
      values.push_back(b.load(b.address(base, index, b.getF32Type()), b.getF32Type()));
    }
  return values;
}

void MmaSyncBody::storeResult(ValueRange sums) {
  Type f32 = b.getF32Type();
  Values rhsScales = loadPerColumn(rhsScale, kernel.rhsScalePerRow), biases;
  if (kernel.addend == Addend::PerColumn)
    biases = loadPerColumn(bias, /*perColumn=*/true);
  for (int64_t i = 0; i < warpRows(); ++i)
    for (int64_t half = 0; half < 2; ++half) {
      Value row = b.add(blockRow, b.mul(warpM, schedule.getTileM() / schedule.getWarpsM()));
      row = b.add(b.add(row, b.shr(lane, 2)), kMmaM * i + 8 * half);
      b.ifThen(b.less(row, m), [&] {
        Value rowScale = b.load(b.address(lhsScale, kernel.lhsScalePerRow ? row : b.i32(0), f32), f32);
        Value rowOffset = b.offset(row, n, b.i32(0)), rowStart = b.address(out, rowOffset, kernel.result);
        if (kernel.addend == Addend::PerElement)
          biases = loadPerColumn(b.address(bias, rowOffset, f32), /*perColumn=*/true);
        for (int64_t j = 0; j < warpColumns(); ++j) {
          Value pair[2];
          for (int64_t c = 0; c < 2; ++c) {
            Value sum = sums[4 * (i * warpColumns() + j) + 2 * half + c];
            Value value = kernel.lhs.isInteger(8) ? Value(LLVM::SIToFPOp::create(b, f32, sum)) : sum;
            value = LLVM::FMulOp::create(b, value, rowScale);
            value = LLVM::FMulOp::create(b, value, rhsScales[2 * j + c]);
            if (kernel.hasAddend())
              value = LLVM::FAddOp::create(b, value, biases[2 * j + c]);
            pair[c] = value;
          }
          b.storePair(rowStart, n, columnOf(j), pair[0], pair[1], kernel.result);
        }
      });
    }
}

void MmaSyncBody::build() {
  Type i32 = b.getI32Type();
  thread = b.threadId();
  lane = b.mask(thread, 31);
  Value warp = b.shr(thread, 5);
  warpM = arith::DivUIOp::create(b, warp, b.i32(schedule.getWarpsN()));
  warpN = arith::RemUIOp::create(b, warp, b.i32(schedule.getWarpsN()));
  blockRow = b.mul(NVVM::BlockIdXOp::create(b, i32), schedule.getTileM());
  blockColumn = b.mul(NVVM::BlockIdYOp::create(b, i32), schedule.getTileN());
  steps = arith::DivUIOp::create(b, b.add(k, schedule.getTileK() - 1), b.i32(schedule.getTileK()));
  storeResult(runPipeline());
  LLVM::ReturnOp::create(b, ValueRange());
}

LLVM::LLVMFuncOp MatmulKernel::buildMmaSync(ModuleOp module) const {
  KernelSignature signature{SmallVector<BufferAccess, 8>(hasAddend() ? 5 : 4, BufferAccess::Read), /*tensorMaps=*/0,
                            /*scalars=*/3};
  signature.buffers.push_back(BufferAccess::Write);
  LLVM::LLVMFuncOp function = createKernel(module, getName(), signature, schedule.getThreads());
  declareDynamicShared(function, /*alignment=*/128);
  KernelBuilder builder(function.getLoc(), function.getContext());
  builder.setInsertionPointToStart(&function.getBody().front());
  MmaSyncBody(*this, builder, function.getBody().front(), getDynamicShared(builder)).build();
  return function;
}
