//===- WgmmaKernel.cpp - Product of 8-bit codes by wgmma ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One thread loads tiles of k of both operands by TMA into a ring of stages; each consumer warpgroup multiplies 64 rows
// with all columns of the tile. Blocks stay and take tile after tile; the first tiles of the next one are loaded while
// the last result is stored. Rows and columns out of range are read as zeros and not written.
//
//===----------------------------------------------------------------------===//

#include "KernelBuilder.h"
#include "Kernels.h"
#include "Ring.h"
#include "TileStore.h"
#include "Warpgroup.h"

#include "Hopper/Hopper.h"

using namespace mlir;
using namespace quantopt;

namespace {

/// Rows of one wgmma, and bytes of k of one.
constexpr int64_t kRows = 64, kStepBytes = 32;

class WgmmaBody {
public:
  WgmmaBody(const MatmulKernel &kernel, KernelBuilder &builder, Block &entry)
      : kernel(kernel), schedule(kernel.schedule), b(builder), shared(getDynamicShared(builder)),
        ring(builder, shared, storeOffset() + schedule.getConsumers() * lowp::ScheduleAttr::kStoreBytes,
             schedule.getStages()) {
    unsigned next = 0;
    auto argument = [&] { return entry.getArgument(next++); };
    store.lhsScale = argument(), store.rhsScale = argument();
    if (kernel.hasAddend())
      store.bias = argument();
    store.out = argument(), lhsMap = argument(), rhsMap = argument();
    if (kernel.storesByTma)
      store.outMap = argument();
    store.m = argument(), store.n = argument(), k = argument();
  }
  void build();

private:
  int64_t lhsBytes() const { return schedule.getTileM() * kSpanBytes; }
  int64_t storeOffset() const { return schedule.getStages() * schedule.getStageBytes(); }
  Value shareOf(Value stage, int64_t offset) { return b.add(b.mul(stage, schedule.getStageBytes()), offset); }
  Value zeroSums();

  void produce();
  void consume(Value warpgroup);
  Value multiplyStage(Value sums, Value stage, Value addsToSums, Value warpgroup);
  SmallVector<Value> consumeTile(Value warpgroup, ValueRange carried);
  /// With block scales: the sums of one group of k, and the totals, which are carried.
  SmallVector<Value> consumeTileOfBlocks(Value warpgroup, Value row, Value column, ValueRange carried);
  Value promote(Value totals, Value sums, ArrayRef<Value> scales);
  void release(Value stage, Value condition);

  const MatmulKernel &kernel;
  lowp::ScheduleAttr schedule;
  KernelBuilder &b;
  Value shared;
  Ring ring;
  TileStoreArguments store;
  Value lhsMap, rhsMap, k, thread, steps;
};

} // namespace

//===----------------------------------------------------------------------===//
// Loading
//===----------------------------------------------------------------------===//

void WgmmaBody::produce() {
  RingPosition start = ring.start();
  forEachTile(b, schedule, store.m, store.n, {start.stage, start.parity},
              [&](Value row, Value column, ValueRange position) {
                ValueRange after = b.loop(b.i32(0), steps, b.i32(1), position, [&](Value step, ValueRange at) {
                  RingPosition position{at[0], at[1]};
                  ring.acquire(position, schedule.getStageBytes());
                  Value firstK = b.mul(step, kSpanBytes), full = ring.full(position.stage);
                  auto place = [&](int64_t offset) {
                    return b.address(shared, shareOf(position.stage, offset), b.getI8Type());
                  };
                  loadBox(b, place(0), lhsMap, {firstK, row}, full);
                  loadBox(b, place(lhsBytes()), rhsMap, {firstK, column}, full);
                  RingPosition next = ring.advance(position);
                  return SmallVector<Value>{next.stage, next.parity};
                });
                return SmallVector<Value>(after);
              });
}

//===----------------------------------------------------------------------===//
// Multiplication
//===----------------------------------------------------------------------===//

Value WgmmaBody::zeroSums() {
  Value zero = kernel.lhs.isInteger(8) ? b.i32(0) : b.f32(0.0f);
  return b.packStruct(SmallVector<Value>(schedule.getTileN() / 2, zero));
}

static hopper::MatrixElement getMatrixElement(Type type) {
  return type.isInteger(8)           ? hopper::MatrixElement::S8
         : isa<Float8E5M2Type>(type) ? hopper::MatrixElement::E5M2
                                     : hopper::MatrixElement::E4M3;
}

/// Starts the products of one stage, as one group. Where `addsToSums` is false, the first step does not.
Value WgmmaBody::multiplyStage(Value sums, Value stage, Value addsToSums, Value warpgroup) {
  Value base = LLVM::PtrToIntOp::create(b, b.getI32Type(), shared);
  Value lhs = matrixDescriptor(b, b.add(b.add(base, shareOf(stage, 0)), b.mul(warpgroup, kRows * kSpanBytes)));
  Value rhs = matrixDescriptor(b, b.add(base, shareOf(stage, lhsBytes())));
  Value always = arith::ConstantIntOp::create(b, b.getI1Type(), 1);
  NVVM::WgmmaFenceAlignedOp::create(b);
  for (int64_t bytes = 0; bytes < kSpanBytes; bytes += kStepBytes)
    sums = hopper::WgmmaOp::create(b, sums.getType(), getMatrixElement(kernel.lhs), getMatrixElement(kernel.rhs), sums,
                                   advanceDescriptor(b, rhs, bytes), bytes == 0 ? addsToSums : always,
                                   advanceDescriptor(b, lhs, bytes));
  NVVM::WgmmaGroupSyncAlignedOp::create(b);
  return sums;
}

/// Every warp says for itself that it has read `stage`: a warp's wait is for its own products.
void WgmmaBody::release(Value stage, Value condition) {
  Value isFirst = b.equal(b.mask(thread, 31), 0);
  b.ifThen(condition ? b.both(condition, isFirst) : isFirst, [&] { ring.release(stage); });
}

/// `carried` and what is returned: sums, stage, parity.
SmallVector<Value> WgmmaBody::consumeTile(Value warpgroup, ValueRange carried) {
  SmallVector<Value> initial(carried);
  initial.push_back(carried[1]);
  ValueRange after = b.loop(b.i32(0), steps, b.i32(1), initial, [&](Value step, ValueRange at) {
    RingPosition position{at[1], at[2]};
    ring.await(position);
    Value isLater = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, step, b.i32(0));
    Value sums = multiplyStage(at[0], position.stage, isLater, warpgroup);
    // The products of the stage before are done, those of this one go on.
    sums = hopper::WgmmaWaitOp::create(b, /*pending=*/uint32_t(1), sums).getResult(0);
    release(at[3], isLater);
    RingPosition next = ring.advance(position);
    return SmallVector<Value>{sums, next.stage, next.parity, position.stage};
  });
  Value sums = hopper::WgmmaWaitOp::create(b, /*pending=*/uint32_t(0), after[0]).getResult(0);
  release(after[3], /*condition=*/nullptr);
  return {sums, after[1], after[2]};
}

/// totals + sums * scale; `scales` are of a thread's two rows.
Value WgmmaBody::promote(Value totals, Value sums, ArrayRef<Value> scales) {
  SmallVector<Value> result = b.unpackStruct(totals);
  for (auto [i, sum] : llvm::enumerate(b.unpackStruct(sums)))
    result[i] = LLVM::FMAOp::create(b, sum, scales[i / 2 % 2], result[i]);
  return b.packStruct(result);
}

SmallVector<Value> WgmmaBody::consumeTileOfBlocks(Value warpgroup, Value row, Value column, ValueRange carried) {
  Type f32 = b.getF32Type();
  Value groups = b.ceilDiv(k, kernel.blockK), last = b.add(store.m, -1),
        never = arith::ConstantIntOp::create(b, b.getI1Type(), 0);
  Value own = b.add(b.add(row, b.mul(warpgroup, kRows)),
                    b.add(b.mul(b.mask(b.shr(thread, 5), 3), 16), b.shr(b.mask(thread, 31), 2)));
  Value block =
      b.least(arith::DivUIOp::create(b, column, b.i32(kernel.blockN)), b.add(b.ceilDiv(store.n, kernel.blockN), -1));
  auto scaleAt = [&](Value scale, Value index, Value group) {
    return b.load(b.address(scale, b.offset(index, groups, group), f32), f32, 4);
  };
  SmallVector<Value> initial(carried);
  initial.push_back(zeroSums()); // the totals
  ValueRange after = b.loop(b.i32(0), steps, b.i32(1), initial, [&](Value step, ValueRange at) {
    RingPosition position{at[1], at[2]};
    Value group = arith::DivUIOp::create(b, step, b.i32(kernel.blockK / kSpanBytes));
    // Scales are asked for before the tile is waited for.
    Value ofBlock = scaleAt(store.rhsScale, block, group);
    SmallVector<Value> scales;
    for (int64_t half = 0; half < 2; ++half)
      scales.push_back(
          LLVM::FMulOp::create(b, scaleAt(store.lhsScale, b.least(b.add(own, 8 * half), last), group), ofBlock));
    ring.await(position);
    Value sums = multiplyStage(at[0], position.stage, never, warpgroup);
    sums = hopper::WgmmaWaitOp::create(b, /*pending=*/uint32_t(0), sums).getResult(0);
    release(position.stage, /*condition=*/nullptr);
    RingPosition next = ring.advance(position);
    return SmallVector<Value>{sums, next.stage, next.parity, promote(at[3], sums, scales)};
  });
  return SmallVector<Value>(after);
}

void WgmmaBody::consume(Value warpgroup) {
  TileStore tileStore(
      kernel, b, store, warpgroup, thread,
      b.address(shared, b.add(b.mul(warpgroup, lowp::ScheduleAttr::kStoreBytes), storeOffset()), b.getI8Type()));
  // The sums are carried from tile to tile, so that they need not be zeroed for each.
  RingPosition start = ring.start();
  forEachTile(b, schedule, store.m, store.n, {zeroSums(), start.stage, start.parity},
              [&](Value row, Value column, ValueRange carried) {
                SmallVector<Value> after = kernel.blockK ? consumeTileOfBlocks(warpgroup, row, column, carried)
                                                         : consumeTile(warpgroup, carried);
                tileStore.store(b.unpackStruct(kernel.blockK ? after[3] : after[0]), row, column);
                return SmallVector<Value>(ArrayRef(after).take_front(3));
              });
  tileStore.finish();
}

void WgmmaBody::build() {
  thread = b.threadId();
  steps = b.ceilDiv(k, kSpanBytes);
  b.ifThen(b.equal(thread, 0), [&] { ring.init(/*readers=*/4 * schedule.getConsumers()); });
  b.barrier();
  splitRoles(b, thread, schedule.getConsumers(), [&] { produce(); }, [&](Value warpgroup) { consume(warpgroup); });
  LLVM::ReturnOp::create(b, ValueRange());
}

LLVM::LLVMFuncOp MatmulKernel::buildWgmma(ModuleOp module) const {
  KernelSignature signature{SmallVector<BufferAccess, 8>(hasAddend() ? 3 : 2, BufferAccess::Read),
                            /*tensorMaps=*/storesByTma ? 3u : 2u, /*scalars=*/3};
  signature.buffers.push_back(BufferAccess::Write);
  LLVM::LLVMFuncOp function = createKernel(module, getName(), signature, schedule.getThreads());
  limitBlocks(function);
  declareDynamicShared(function, kSpanAlignment);
  KernelBuilder builder(function.getLoc(), function.getContext());
  builder.setInsertionPointToStart(&function.getBody().front());
  WgmmaBody(*this, builder, function.getBody().front()).build();
  return function;
}
