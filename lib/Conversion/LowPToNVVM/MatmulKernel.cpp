//===- MatmulKernel.cpp - int8 matrix product for mma.sync ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A block computes one tile of the result: a ring of k tiles in swizzled shared memory is filled ahead of use, warps
// read fragments with ldmatrix and multiply them with mma.sync m16n8k32, and the epilogue applies the scales.
// Fragment layouts: PTX ISA, "Matrix Fragments for mma.m16n8k32".
//
//===----------------------------------------------------------------------===//

#include "KernelBuilder.h"
#include "Kernels.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace quantopt;

namespace {
// The shape of one mma.sync, and the bytes that one cp.async or one row of an ldmatrix moves.
constexpr int64_t kMmaM = 16, kMmaN = 8, kMmaK = 32, kChunk = 16;
constexpr int64_t kMaxSharedBytes = 232448; // of a block on sm_90 (CUDA C++ programming guide, compute capabilities)
constexpr int64_t kMaxAccumulators = 128;   // registers of a thread that still leave room for fragments and addresses
} // namespace

std::string MatmulSchedule::check() const {
  if (tileK != 64 && tileK != 128)
    return "tile-k must be 64 or 128";
  if (stages < 2)
    return "stages must be at least 2";
  if (warpsM < 1 || warpsN < 1 || getThreads() > 1024 || !llvm::isPowerOf2_64(getThreads()))
    return "warps-m times warps-n must be a power of two up to 32";
  if (tileM % (warpsM * kMmaM) != 0 || tileN % (warpsN * 2 * kMmaN) != 0 || tileM <= 0 || tileN <= 0)
    return "tile-m and tile-n must be multiples of 16 for each warp";
  if (!llvm::isPowerOf2_64(tileM) || !llvm::isPowerOf2_64(tileN))
    return "tile-m and tile-n must be powers of two";
  for (int64_t rows : {tileM, tileN})
    if (rows * tileK / kChunk % getThreads() != 0)
      return "a tile must give every thread the same number of 16-byte pieces";
  if (getSharedBytes() > kMaxSharedBytes)
    return "the stages need " + std::to_string(getSharedBytes()) + " bytes of shared memory of " +
           std::to_string(kMaxSharedBytes);
  if (tileM * tileN / getThreads() > kMaxAccumulators)
    return "a thread would hold more than " + std::to_string(kMaxAccumulators) + " sums; use more warps";
  return "";
}

std::string MatmulKernel::getName() const {
  static constexpr StringLiteral loads[] = {"a", "b", "x"};
  std::string name = ("quantized_matmul_" + getFloatName(result)).str();
  name += "_" + std::to_string(schedule.tileM) + "x" + std::to_string(schedule.tileN) + "x" +
          std::to_string(schedule.tileK) + "s" + std::to_string(schedule.stages);
  name += ("_" + loads[int(lhsLoad)] + loads[int(rhsLoad)]).str();
  name += std::string("_") + (lhsScalePerRow ? "r" : "t") + (rhsScalePerRow ? "r" : "t");
  return hasBias ? name + "_bias" : name;
}

namespace {

/// Builds the body of one kernel.
class MatmulBody {
public:
  MatmulBody(const MatmulKernel &kernel, KernelBuilder &builder, Block &entry, Value shared)
      : kernel(kernel), schedule(kernel.schedule), b(builder), shared(shared) {
    unsigned next = 0;
    auto argument = [&] { return entry.getArgument(next++); };
    lhs = argument(), rhs = argument(), lhsScale = argument(), rhsScale = argument();
    if (kernel.hasBias)
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

  int64_t chunksPerRow() const { return schedule.tileK / kChunk; }
  int64_t warpRows() const { return schedule.tileM / schedule.warpsM / kMmaM; }    // mma steps of a warp along m
  int64_t warpColumns() const { return schedule.tileN / schedule.warpsN / kMmaN; } // and along n

  Value swizzle(Value row, Value chunk);
  void loadStage(Value slot, Value step);
  void loadTile(const Tile &tile, Value stage, Value step);
  Value gatherChunk(const Tile &tile, Value row, Value firstK);
  Values loadFragment(Value stage, Value row, Value chunk);
  Values multiplyStage(Value slot, Values sums);
  Values runPipeline();
  Values loadPerColumn(Value base, bool perColumn);
  void storeResult(ValueRange sums);
  void storePair(Value rowStart, Value column, Value first, Value second);
  Value columnOf(int64_t step);

  const MatmulKernel &kernel;
  const MatmulSchedule &schedule;
  KernelBuilder &b;
  Value shared, lhs, rhs, lhsScale, rhsScale, bias, out, m, n, k;
  Value thread, lane, warpM, warpN, blockRow, blockColumn, steps;
};

} // namespace

//===----------------------------------------------------------------------===//
// Global to shared memory
//===----------------------------------------------------------------------===//

/// Byte offset in a tile of a row's 16-byte chunk. The exclusive or spreads eight successive rows over all banks.
Value MatmulBody::swizzle(Value row, Value chunk) {
  int64_t rowsPerLine = 128 / schedule.tileK; // 128 bytes are all 32 banks
  Value line = rowsPerLine == 1 ? row : b.shr(row, llvm::Log2_64(rowsPerLine));
  Value place = b.xorOf(chunk, b.mask(line, chunksPerRow() - 1));
  return b.add(b.mul(row, schedule.tileK), b.mul(place, kChunk));
}

/// 16 codes of one row, zeros beyond k, from single bytes. `row` is in range, `firstK` < k.
Value MatmulBody::gatherChunk(const Tile &tile, Value row, Value firstK) {
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
void MatmulBody::loadTile(const Tile &tile, Value stage, Value step) {
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
    Value firstK = b.add(b.mul(step, schedule.tileK), b.mul(chunk, kChunk));
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
void MatmulBody::loadStage(Value slot, Value step) {
  Value stage = b.mul(slot, schedule.getStageBytes());
  loadTile({lhs, blockRow, m, schedule.tileM, 0, kernel.lhsLoad}, stage, step);
  loadTile({rhs, blockColumn, n, schedule.tileN, schedule.tileM * schedule.tileK, kernel.rhsLoad}, stage, step);
  NVVM::CpAsyncCommitGroupOp::create(b);
}

//===----------------------------------------------------------------------===//
// Multiplication
//===----------------------------------------------------------------------===//

/// Four 8x16-byte matrices; each lane names one row of them by its address.
MatmulBody::Values MatmulBody::loadFragment(Value stage, Value row, Value chunk) {
  Value pointer = b.address(shared, b.add(stage, swizzle(row, chunk)), b.getI8Type());
  auto type = LLVM::LLVMStructType::getLiteral(b.getContext(), SmallVector<Type>(4, b.getI32Type()));
  auto shape = NVVM::LdStMatrixShapeAttr::get(b.getContext(), 8, 8);
  Value loaded =
      NVVM::LdMatrixOp::create(b, type, pointer, 4, NVVM::MMALayout::row, shape, NVVM::LdStMatrixEltType::B16);
  Values parts;
  for (int64_t i = 0; i < 4; ++i)
    parts.push_back(LLVM::ExtractValueOp::create(b, loaded, i));
  return parts;
}

/// `sums` plus the product of the tiles in ring slot `slot`.
MatmulBody::Values MatmulBody::multiplyStage(Value slot, Values sums) {
  Value lhsStage = b.mul(slot, schedule.getStageBytes());
  Value rhsStage = b.add(lhsStage, schedule.tileM * schedule.tileK);
  // lhs matrices: rows 0-7 and 8-15 at the first 16 bytes of k, then at the next; rhs: the same two of k for columns
  // 0-7, then for 8-15.
  Value lhsRow = b.add(b.mul(warpM, schedule.tileM / schedule.warpsM), b.mask(lane, 15));
  Value lhsChunk = b.shr(lane, 4);
  Value rhsRow =
      b.add(b.mul(warpN, schedule.tileN / schedule.warpsN), b.add(b.mask(lane, 7), b.mul(b.shr(lane, 4), 8)));
  Value rhsChunk = b.mask(b.shr(lane, 3), 1);
  auto type = LLVM::LLVMStructType::getLiteral(b.getContext(), SmallVector<Type>(4, b.getI32Type()));
  for (int64_t step = 0; step < schedule.tileK / kMmaK; ++step) {
    SmallVector<Values> lhsParts, rhsParts;
    for (int64_t i = 0; i < warpRows(); ++i)
      lhsParts.push_back(loadFragment(lhsStage, b.add(lhsRow, kMmaM * i), b.add(lhsChunk, 2 * step)));
    for (int64_t j = 0; j < warpColumns() / 2; ++j) {
      Values pair = loadFragment(rhsStage, b.add(rhsRow, 2 * kMmaN * j), b.add(rhsChunk, 2 * step));
      rhsParts.push_back({pair[0], pair[1]});
      rhsParts.push_back({pair[2], pair[3]});
    }
    for (int64_t i = 0; i < warpRows(); ++i)
      for (int64_t j = 0; j < warpColumns(); ++j) {
        MutableArrayRef<Value> tile = MutableArrayRef(sums).slice(4 * (i * warpColumns() + j), 4);
        Value product = NVVM::MmaOp::create(
            b, type, lhsParts[i], rhsParts[j], ValueRange(tile), ArrayRef<int64_t>{kMmaM, kMmaN, kMmaK}, std::nullopt,
            NVVM::MMAIntOverflow::wrapped, std::array{NVVM::MMATypes::s8, NVVM::MMATypes::s8},
            std::array{NVVM::MMALayout::row, NVVM::MMALayout::col});
        for (int64_t c = 0; c < 4; ++c)
          tile[c] = LLVM::ExtractValueOp::create(b, product, c);
      }
  }
  return sums;
}

/// The sums of this thread over all of k: four for each mma tile, tiles row by row.
MatmulBody::Values MatmulBody::runPipeline() {
  int64_t ahead = schedule.stages - 1;
  auto fill = scf::ForOp::create(b, b.i32(0), b.i32(ahead), b.i32(1));
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(fill.getBody());
    loadStage(fill.getInductionVar(), fill.getInductionVar());
  }
  Values initial(4 * warpRows() * warpColumns(), b.i32(0));
  initial.push_back(b.i32(0));     // slot to read
  initial.push_back(b.i32(ahead)); // slot to fill
  auto loop = scf::ForOp::create(b, b.i32(0), steps, b.i32(1), initial);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    // The copies of this step have landed for every thread, and no thread still reads the slot filled next.
    NVVM::CpAsyncWaitGroupOp::create(b, schedule.stages - 2);
    b.barrier();
    ValueRange carried = loop.getRegionIterArgs();
    Value readSlot = carried[carried.size() - 2], fillSlot = carried.back();
    loadStage(fillSlot, b.add(loop.getInductionVar(), ahead));
    Values next = multiplyStage(readSlot, Values(carried.drop_back(2)));
    for (Value slot : {readSlot, fillSlot}) {
      Value following = b.add(slot, 1);
      next.push_back(b.select(b.equal(following, schedule.stages), b.i32(0), following));
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
Value MatmulBody::columnOf(int64_t step) {
  Value column = b.add(blockColumn, b.mul(warpN, schedule.tileN / schedule.warpsN));
  return b.add(b.add(column, b.mul(b.mask(lane, 3), 2)), kMmaN * step);
}

/// The f32 at every column of this thread, two for each mma tile; columns out of range read the last one.
MatmulBody::Values MatmulBody::loadPerColumn(Value base, bool perColumn) {
  Values values;
  Value last = b.add(n, -1);
  for (int64_t j = 0; j < warpColumns(); ++j)
    for (int64_t c = 0; c < 2; ++c) {
      Value index = perColumn ? Value(arith::MinSIOp::create(b, b.add(columnOf(j), c), last)) : b.i32(0);
      values.push_back(b.load(b.address(base, index, b.getF32Type()), b.getF32Type()));
    }
  return values;
}

/// Two neighbours of a row: at once where rows begin at even elements, else each for itself.
void MatmulBody::storePair(Value rowStart, Value column, Value first, Value second) {
  Type type = kernel.result;
  unsigned bytes = type.getIntOrFloatBitWidth() / 8;
  Value secondInside = b.less(b.add(column, 1), n);
  Value together = b.both(secondInside, b.equal(b.mask(n, 1), 0));
  auto choice = scf::IfOp::create(b, together, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(choice.thenBlock());
  Value pair = LLVM::UndefOp::create(b, VectorType::get({2}, type));
  pair = LLVM::InsertElementOp::create(b, pair, first, b.i32(0));
  pair = LLVM::InsertElementOp::create(b, pair, second, b.i32(1));
  b.store(pair, b.address(rowStart, column, type), 2 * bytes);
  b.setInsertionPointToStart(choice.elseBlock());
  b.ifThen(b.less(column, n), [&] { b.store(first, b.address(rowStart, column, type), bytes); });
  b.ifThen(secondInside, [&] { b.store(second, b.address(rowStart, b.add(column, 1), type), bytes); });
}

void MatmulBody::storeResult(ValueRange sums) {
  Type f32 = b.getF32Type();
  Values rhsScales = loadPerColumn(rhsScale, kernel.rhsScalePerRow), biases;
  if (kernel.hasBias)
    biases = loadPerColumn(bias, /*perColumn=*/true);
  for (int64_t i = 0; i < warpRows(); ++i)
    for (int64_t half = 0; half < 2; ++half) {
      Value row = b.add(blockRow, b.mul(warpM, schedule.tileM / schedule.warpsM));
      row = b.add(b.add(row, b.shr(lane, 2)), kMmaM * i + 8 * half);
      b.ifThen(b.less(row, m), [&] {
        Value rowScale = b.load(b.address(lhsScale, kernel.lhsScalePerRow ? row : b.i32(0), f32), f32);
        Value rowStart = b.address(out, b.offset(row, n, b.i32(0)), kernel.result);
        for (int64_t j = 0; j < warpColumns(); ++j) {
          Value pair[2];
          for (int64_t c = 0; c < 2; ++c) {
            Value sum = sums[4 * (i * warpColumns() + j) + 2 * half + c];
            Value value = LLVM::SIToFPOp::create(b, f32, sum);
            value = LLVM::FMulOp::create(b, value, rowScale);
            value = LLVM::FMulOp::create(b, value, rhsScales[2 * j + c]);
            if (kernel.hasBias)
              value = LLVM::FAddOp::create(b, value, biases[2 * j + c]);
            pair[c] = b.roundTo(value, kernel.result);
          }
          storePair(rowStart, columnOf(j), pair[0], pair[1]);
        }
      });
    }
}

void MatmulBody::build() {
  Type i32 = b.getI32Type();
  thread = b.threadId();
  lane = b.mask(thread, 31);
  Value warp = b.shr(thread, 5);
  warpM = arith::DivUIOp::create(b, warp, b.i32(schedule.warpsN));
  warpN = arith::RemUIOp::create(b, warp, b.i32(schedule.warpsN));
  blockRow = b.mul(NVVM::BlockIdXOp::create(b, i32), schedule.tileM);
  blockColumn = b.mul(NVVM::BlockIdYOp::create(b, i32), schedule.tileN);
  steps = arith::DivUIOp::create(b, b.add(k, schedule.tileK - 1), b.i32(schedule.tileK));
  storeResult(runPipeline());
  LLVM::ReturnOp::create(b, ValueRange());
}

LLVM::LLVMFuncOp MatmulKernel::build(ModuleOp module) const {
  SmallVector<BufferAccess> buffers(hasBias ? 5 : 4, BufferAccess::Read);
  buffers.push_back(BufferAccess::Write);
  LLVM::LLVMFuncOp function = createKernel(module, getName(), buffers, /*scalars=*/3, schedule.getThreads());
  KernelBuilder builder(function.getLoc(), function.getContext());
  builder.setInsertionPoint(function);
  // Dynamic shared memory: its size is an argument of the launch.
  auto bytes = LLVM::LLVMArrayType::get(builder.getI8Type(), 0);
  LLVM::GlobalOp::create(builder, bytes, /*isConstant=*/false, LLVM::Linkage::External, "tiles", Attribute(),
                         /*alignment=*/128, unsigned(NVVM::NVVMMemorySpace::Shared));
  builder.setInsertionPointToStart(&function.getBody().front());
  Value shared =
      LLVM::AddressOfOp::create(builder, KernelBuilder::sharedPointer(builder.getContext()), StringRef("tiles"));
  MatmulBody(*this, builder, function.getBody().front(), shared).build();
  return function;
}
