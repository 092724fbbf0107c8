//===- MixedDecodeKernel.cpp - Few tokens times 4-bit codes ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// For up to 16 tokens, where the time is that of reading the weights once. Codes go from memory to registers past the
// caches, the next ones always on their way; tokens lie in shared memory. A block computes 64 columns of the result
// from its part of k; the blocks of a cluster add their parts in order, through shared memory of one another.
//
//===----------------------------------------------------------------------===//

#include "MixedMatmul.h"
#include "Ring.h"
#include "Warpgroup.h"

#include "Hopper/Hopper.h"

using namespace mlir;
using namespace quantopt;

namespace {

class MixedDecodeBody {
public:
  MixedDecodeBody(const MixedMatmulKernel &kernel, KernelBuilder &builder, Block &entry)
      : kernel(kernel), schedule(kernel.schedule), b(builder), shared(getDynamicShared(builder)),
        tokens(kernel.schedule.getTileN()) {
    unsigned next = 0;
    auto argument = [&] { return entry.getArgument(next++); };
    codes = argument(), scales = argument();
    if (kernel.hasZeros)
      zeros = argument();
    if (kernel.hasAddend())
      bias = argument();
    out = argument(), tokenMap = argument(), m = argument(), n = argument(), k = argument();
  }
  void build();

private:
  using Values = SmallVector<Value>;

  int64_t tokenTiles() const { return tokens / 8; }
  /// Blocks of codes that a warp has on their way while it works on as many.
  int64_t ahead() const { return schedule.getStages(); }
  int64_t tokenBytes() const { return tokens * kSpanBytes; } // of a block of k
  int64_t partialBytes() const { return tokens * kSumPitch * 4; }
  Value at(Value offset) { return b.address(shared, offset, b.getI8Type()); }

  void locate();
  void loadTokens();
  Values loadBatch(Value block);
  int64_t batchSize() { return ahead() * (1 + FragmentUnpacker(kernel, b, scales, zeros).countParameters()); }
  Values loadTokenFragments(Value block, int64_t tile);
  Values multiplyBlock(ArrayRef<Value> loaded, Value block, Values sums);
  Value multiply(ArrayRef<Value> weights, ArrayRef<Value> tokenFragment, ArrayRef<Value> sums);
  Values accumulate();
  Value sumAt(Value warp, Value token, Value column);
  /// The same for number `index` of the sums, token after token.
  Value sumAt(Value warp, Value index) { return sumAt(warp, b.shr(index, 6), b.mask(index, kBlockRows - 1)); }
  void addWarps(const Values &sums);
  void addClusterAndStore();
  void storeSum(Value index, Value sum);

  const MixedMatmulKernel &kernel;
  lowp::ScheduleAttr schedule;
  KernelBuilder &b;
  Value shared;
  int64_t tokens;
  Value codes, scales, zeros, bias, out, tokenMap, m, n, k;
  Value thread, lane, rowWarp, kWarp, part, rowBlock, steps, first, last;
};

} // namespace

/// Which rows and which blocks of k [first, last) are this block's.
void MixedDecodeBody::locate() {
  Type i32 = b.getI32Type();
  Value split = b.i32(schedule.getSplit()), index = NVVM::BlockIdXOp::create(b, i32);
  thread = b.threadId();
  lane = b.mask(thread, 31);
  Value warp = b.shr(thread, 5);
  rowWarp = b.mask(warp, 3);
  kWarp = b.shr(warp, 2);
  rowBlock = arith::DivUIOp::create(b, index, split);
  part = arith::RemUIOp::create(b, index, split);
  steps = b.ceilDiv(k, kBlockK);
  Value share = b.ceilDiv(steps, schedule.getSplit());
  first = b.least(b.mul(part, share), steps);
  last = b.least(b.add(first, share), steps);
}

/// Copies this block's part of every token to shared memory, a swizzled tile a block of k, and waits for it. Barrier
/// and partial sums lie before the tiles.
void MixedDecodeBody::loadTokens() {
  Value barrier = at(b.i32(0)), count = arith::SubIOp::create(b, last, first);
  b.ifThen(b.equal(thread, 0), [&] {
    NVVM::MBarrierInitOp::create(b, barrier, b.i32(1), /*predicate=*/Value());
    NVVM::FenceMbarrierInitOp::create(b);
    NVVM::MBarrierArriveExpectTxOp::create(b, Type(), barrier, b.mul(count, tokenBytes()), NVVM::MemScopeKind::CTA,
                                           /*relaxed=*/false, /*predicate=*/Value());
    b.loop(b.i32(0), count, b.i32(1), {}, [&](Value index, ValueRange) {
      Value target = at(b.add(b.mul(index, tokenBytes()), kernel.getHeaderBytes()));
      loadBox(b, target, tokenMap, {b.mul(b.add(first, index), kBlockK), b.i32(0)}, barrier);
      return Values();
    });
  });
  b.barrier();
}

/// What this thread reads of blocks `block`, `block` + one for each k warp, ...: words, scales and zero points of one
/// after the other. Beyond the last one, any.
MixedDecodeBody::Values MixedDecodeBody::loadBatch(Value block) {
  Value end = arith::MaxSIOp::create(b, b.add(last, -1), b.i32(0));
  Value rows = b.mul(b.ceilDiv(n, kBlockRows), kBlockRows);
  Value row = b.add(b.mul(rowBlock, kBlockRows), b.add(b.mul(rowWarp, 16), b.shr(lane, 2)));
  Values loaded;
  for (int64_t i = 0; i < ahead(); ++i) {
    Value index = b.least(b.add(block, i * schedule.getWarpsN()), end);
    Value place = b.add(b.mul(b.offset(rowBlock, steps, index), b.i64(kBlockBytes)),
                        arith::ExtUIOp::create(b, b.getI64Type(), b.mul(b.mask(thread, 127), 16)));
    loaded.push_back(
        hopper::LoadStreamOp::create(b, VectorType::get({4}, b.getI32Type()), b.address(codes, place, b.getI8Type())));
    llvm::append_range(loaded, FragmentUnpacker(kernel, b, scales, zeros).loadParameters(index, row, rows, k));
  }
  return loaded;
}

/// Operand B of the four steps of a block, two registers each, of tokens 8 `tile`, ....
MixedDecodeBody::Values MixedDecodeBody::loadTokenFragments(Value block, int64_t tile) {
  auto type = LLVM::LLVMStructType::getLiteral(b.getContext(), SmallVector<Type>(4, b.getI32Type()));
  auto shape = NVVM::LdStMatrixShapeAttr::get(b.getContext(), 8, 8);
  Value token = b.mask(lane, 7), matrix = b.shr(lane, 3);
  Value start = b.add(b.mul(arith::SubIOp::create(b, block, first), tokenBytes()),
                      kernel.getHeaderBytes() + tile * 8 * kSpanBytes);
  start = b.add(start, b.mul(token, kSpanBytes));
  Values fragments;
  for (int64_t piece = 0; piece < 8; piece += 4) {
    Value swizzled = b.xorOf(b.add(matrix, piece), token);
    Value loaded = NVVM::LdMatrixOp::create(b, type, at(b.add(start, b.mul(swizzled, 16))), 4, NVVM::MMALayout::row,
                                            shape, NVVM::LdStMatrixEltType::B16);
    llvm::append_range(fragments, b.unpackStruct(loaded));
  }
  return fragments;
}

Value MixedDecodeBody::multiply(ArrayRef<Value> weights, ArrayRef<Value> tokenFragment, ArrayRef<Value> sums) {
  auto type = LLVM::LLVMStructType::getLiteral(b.getContext(), SmallVector<Type>(4, b.getF32Type()));
  constexpr int64_t shape[] = {16, 8, kMmaStepK};
  auto layouts = std::array{NVVM::MMALayout::row, NVVM::MMALayout::col};
  if (kernel.element.isBF16())
    return NVVM::MmaOp::create(b, type, ValueRange(weights), ValueRange(tokenFragment), ValueRange(sums), shape,
                               std::nullopt, std::nullopt, std::array{NVVM::MMATypes::bf16, NVVM::MMATypes::bf16},
                               layouts);
  auto asPairs = [&](ArrayRef<Value> words) {
    Values pairs;
    for (Value word : words)
      pairs.push_back(LLVM::BitcastOp::create(b, VectorType::get({2}, b.getF16Type()), word));
    return pairs;
  };
  return NVVM::MmaOp::create(b, type, asPairs(weights), asPairs(tokenFragment), ValueRange(sums), shape, std::nullopt,
                             std::nullopt, std::nullopt, layouts);
}

MixedDecodeBody::Values MixedDecodeBody::multiplyBlock(ArrayRef<Value> loaded, Value block, Values sums) {
  FragmentUnpacker unpacker(kernel, b, scales, zeros);
  unpacker.setParameters(loaded.drop_front());
  SmallVector<Values> fragments;
  for (int64_t tile = 0; tile < tokenTiles(); ++tile)
    fragments.push_back(loadTokenFragments(block, tile));
  for (int64_t step = 0; step < kBlockK / kMmaStepK; ++step) {
    Values weights = unpacker.unpack(LLVM::ExtractElementOp::create(b, loaded[0], b.i32(step)), step);
    for (int64_t tile = 0; tile < tokenTiles(); ++tile) {
      MutableArrayRef<Value> own = MutableArrayRef(sums).slice(4 * tile, 4);
      Value product = multiply(weights, ArrayRef(fragments[tile]).slice(2 * step, 2), own);
      llvm::copy(b.unpackStruct(product), own.begin());
    }
  }
  return sums;
}

/// This warp's sums over its blocks of k.
MixedDecodeBody::Values MixedDecodeBody::accumulate() {
  Value start = b.add(first, kWarp), stride = b.i32(ahead() * schedule.getWarpsN());
  int64_t size = batchSize(), perBlock = size / ahead();
  Values carried = loadBatch(start);
  carried.append(4 * tokenTiles(), b.f32(0.0f));
  // Codes were asked for before the tokens are waited for.
  waitForPhase(b, at(b.i32(0)), b.i32(0));
  ValueRange after = b.loop(start, last, stride, carried, [&](Value block, ValueRange values) {
    Values current(values.take_front(size)), sums(values.drop_front(size));
    Values next = loadBatch(b.add(block, stride));
    for (int64_t i = 0; i < ahead(); ++i) {
      Value index = b.add(block, i * schedule.getWarpsN());
      auto guarded = scf::IfOp::create(b, TypeRange(ValueRange(sums)), b.less(index, last), /*withElseRegion=*/true);
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(guarded.thenBlock());
      scf::YieldOp::create(b, multiplyBlock(ArrayRef(current).slice(i * perBlock, perBlock), index, sums));
      b.setInsertionPointToStart(guarded.elseBlock());
      scf::YieldOp::create(b, sums);
      sums = Values(guarded.getResults());
    }
    llvm::append_range(next, sums);
    return next;
  });
  return Values(after.drop_front(size));
}

/// Where a warp along k leaves a sum in shared memory.
Value MixedDecodeBody::sumAt(Value warp, Value token, Value column) {
  Value index = b.add(b.mul(token, kSumPitch), column);
  return at(b.add(b.add(b.mul(warp, partialBytes()), b.mul(index, 4)), MixedMatmulKernel::kBarrierBytes));
}

/// Leaves the sums of the block's warps where those of the first are.
void MixedDecodeBody::addWarps(const Values &sums) {
  Type f32 = b.getF32Type();
  Value column = b.add(b.mul(rowWarp, 16), b.shr(lane, 2)), token = b.mul(b.mask(lane, 3), 2);
  for (auto [i, sum] : llvm::enumerate(sums)) {
    Value row = b.add(token, int64_t(i / 4 * 8 + i % 2));
    b.store(sum, sumAt(kWarp, row, b.add(column, int64_t(i / 2 % 2 * 8))), 4);
  }
  b.barrier();
  int64_t threads = schedule.getThreads();
  for (int64_t offset = 0; offset < tokens * kBlockRows; offset += threads) {
    Value index = b.add(thread, offset), total = b.load(sumAt(b.i32(0), index), f32, 4);
    for (int64_t warp = 1; warp < schedule.getWarpsN(); ++warp)
      total = LLVM::FAddOp::create(b, total, b.load(sumAt(b.i32(warp), index), f32, 4));
    b.store(total, sumAt(b.i32(0), index), 4);
  }
}

void MixedDecodeBody::storeSum(Value index, Value sum) {
  Value token = b.shr(index, 6), column = b.add(b.mul(rowBlock, kBlockRows), b.mask(index, kBlockRows - 1));
  b.ifThen(b.both(b.less(token, m), b.less(column, n)), [&] {
    Value value = sum;
    Value place = b.offset(token, n, column), added = kernel.addend == Addend::PerElement ? place : column;
    if (kernel.hasAddend())
      value = LLVM::FAddOp::create(b, value, b.load(b.address(bias, added, b.getF32Type()), b.getF32Type(), 4));
    b.store(b.roundTo(value, kernel.result), b.address(out, place, kernel.result));
  });
}

/// Each block of the cluster adds and stores its share of the columns and tokens.
void MixedDecodeBody::addClusterAndStore() {
  int64_t split = schedule.getSplit(), share = tokens * kBlockRows / split, threads = schedule.getThreads();
  auto syncCluster = [&] {
    if (split == 1)
      return b.barrier();
    NVVM::ClusterArriveOp::create(b, /*aligned=*/b.getUnitAttr());
    NVVM::ClusterWaitOp::create(b, /*aligned=*/b.getUnitAttr());
  };
  syncCluster();
  auto cluster = LLVM::LLVMPointerType::get(b.getContext(), unsigned(NVVM::NVVMMemorySpace::SharedCluster));
  for (int64_t offset = 0; offset < share; offset += threads) {
    Value own = b.add(thread, offset);
    b.ifThen(b.less(own, b.i32(share)), [&] {
      Value index = b.add(b.mul(part, share), own), total;
      Value place = sumAt(b.i32(0), index);
      for (int64_t rank = 0; rank < split; ++rank) {
        Value source = split == 1 ? place : Value(NVVM::MapaOp::create(b, cluster, place, b.i32(rank)));
        Value value = b.load(source, b.getF32Type(), 4);
        total = total ? Value(LLVM::FAddOp::create(b, total, value)) : value;
      }
      storeSum(index, total);
    });
  }
  // No block ends while another one reads its memory.
  if (split > 1)
    syncCluster();
}

void MixedDecodeBody::build() {
  locate();
  loadTokens();
  addWarps(accumulate());
  addClusterAndStore();
  LLVM::ReturnOp::create(b, ValueRange());
}

LLVM::LLVMFuncOp MixedMatmulKernel::buildDecode(ModuleOp module) const {
  KernelSignature signature{SmallVector<BufferAccess, 8>(2 + hasZeros + hasAddend(), BufferAccess::Read),
                            /*tensorMaps=*/1, /*scalars=*/3};
  signature.buffers.push_back(BufferAccess::Write);
  LLVM::LLVMFuncOp function = createKernel(module, getName(), signature, schedule.getThreads());
  declareDynamicShared(function, kSpanAlignment);
  KernelBuilder builder(function.getLoc(), function.getContext());
  builder.setInsertionPointToStart(&function.getBody().front());
  MixedDecodeBody(*this, builder, function.getBody().front()).build();
  return function;
}
