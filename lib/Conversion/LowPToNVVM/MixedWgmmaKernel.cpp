//===- MixedWgmmaKernel.cpp - 16-bit floats times 4-bit codes by wgmma ----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// result^T = W x^T: each consumer warpgroup unpacks 64 rows of weights into registers, the operand A of wgmma, and
// multiplies them with a tile of tokens in shared memory. While one warpgroup unpacks, the other multiplies.
//
//===----------------------------------------------------------------------===//

#include "MixedMatmul.h"
#include "Ring.h"
#include "TransposedStore.h"
#include "Warpgroup.h"

#include "Hopper/Hopper.h"

using namespace mlir;
using namespace quantopt;

namespace {

class MixedWgmmaBody {
public:
  MixedWgmmaBody(const MixedMatmulKernel &kernel, KernelBuilder &builder, Block &entry)
      : kernel(kernel), schedule(kernel.schedule), b(builder), shared(getDynamicShared(builder)),
        ring(builder, shared, storeOffset() + schedule.getConsumers() * lowp::ScheduleAttr::kStoreBytes,
             schedule.getStages()) {
    unsigned next = 0;
    auto argument = [&] { return entry.getArgument(next++); };
    codes = argument(), scales = argument();
    if (kernel.hasZeros)
      zeros = argument();
    if (kernel.hasAddend())
      store.bias = argument();
    store.out = argument(), tokenMap = argument();
    if (kernel.storesByTma)
      store.outMap = argument();
    store.m = argument(), store.n = argument(), k = argument();
  }
  void build();

private:
  // Tokens come first in a stage: a tile of the 128-byte swizzle.
  int64_t tokenBytes() const { return schedule.getTileN() * kSpanBytes; }
  int64_t stageBytes() const { return kernel.getStageBytes(); }
  int64_t storeOffset() const { return schedule.getStages() * stageBytes(); }
  Value placeOf(Value stage, int64_t offset) { return b.add(b.mul(stage, stageBytes()), offset); }
  Value at(Value offset) { return b.address(shared, offset, b.getI8Type()); }

  void produce();
  void loadCodes(Value stage, Value row, Value step, Value full);
  void consume(Value warpgroup);
  Value multiplyBlock(FragmentUnpacker &unpacker, Value sums, Value stage, Value step, Value warpgroup);

  const MixedMatmulKernel &kernel;
  lowp::ScheduleAttr schedule;
  KernelBuilder &b;
  Value shared;
  Ring ring;
  TransposedStoreArguments store;
  Value codes, scales, zeros, tokenMap, k, thread, steps, paddedRows;
};

} // namespace

/// The blocks of every warpgroup. One beyond the last row loads that of the last rows; its result is not stored.
void MixedWgmmaBody::loadCodes(Value stage, Value row, Value step, Value full) {
  Value lastBlock = b.add(b.ceilDiv(store.n, kBlockRows), -1);
  for (int64_t warpgroup = 0; warpgroup < schedule.getConsumers(); ++warpgroup) {
    Value block = b.least(b.add(b.shr(row, 6), warpgroup), lastBlock);
    Value offset = b.mul(b.offset(block, steps, step), b.i64(kBlockBytes));
    Value target = LLVM::AddrSpaceCastOp::create(
        b, LLVM::LLVMPointerType::get(b.getContext(), unsigned(NVVM::NVVMMemorySpace::SharedCluster)),
        at(placeOf(stage, tokenBytes() + warpgroup * kBlockBytes)));
    NVVM::CpAsyncBulkGlobalToSharedClusterOp::create(b, target, b.address(codes, offset, b.getI8Type()), full,
                                                     b.i32(kBlockBytes), /*multicastMask=*/Value(),
                                                     /*l2CacheHint=*/Value());
  }
}

void MixedWgmmaBody::produce() {
  RingPosition start = ring.start();
  forEachTile(b, schedule, store.n, store.m, {start.stage, start.parity},
              [&](Value row, Value token, ValueRange position) {
                ValueRange after = b.loop(b.i32(0), steps, b.i32(1), position, [&](Value step, ValueRange at) {
                  RingPosition position{at[0], at[1]};
                  ring.acquire(position, stageBytes());
                  Value full = ring.full(position.stage);
                  loadBox(b, this->at(placeOf(position.stage, 0)), tokenMap, {b.mul(step, kBlockK), token}, full);
                  loadCodes(position.stage, row, step, full);
                  RingPosition next = ring.advance(position);
                  return SmallVector<Value>{next.stage, next.parity};
                });
                return SmallVector<Value>(after);
              });
}

/// Unpacks the block of this stage and adds its product; on return, registers and stage may be used again.
Value MixedWgmmaBody::multiplyBlock(FragmentUnpacker &unpacker, Value sums, Value stage, Value step, Value warpgroup) {
  auto element = kernel.element.isBF16() ? hopper::MatrixElement::BF16 : hopper::MatrixElement::F16;
  Value place = b.add(b.mul(warpgroup, kBlockBytes), b.mul(b.mask(thread, 127), 16));
  Value words = b.load(at(b.add(placeOf(stage, tokenBytes()), place)), VectorType::get({4}, b.getI32Type()), 16);
  SmallVector<SmallVector<Value>> fragments;
  for (int64_t i = 0; i < kBlockK / kMmaStepK; ++i)
    fragments.push_back(unpacker.unpack(LLVM::ExtractElementOp::create(b, words, b.i32(i)), i));
  Value base = LLVM::PtrToIntOp::create(b, b.getI32Type(), shared);
  Value tokens = matrixDescriptor(b, b.add(base, placeOf(stage, 0)));
  Value isLater = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, step, b.i32(0));
  Value always = arith::ConstantIntOp::create(b, b.getI1Type(), 1);
  NVVM::WgmmaFenceAlignedOp::create(b);
  for (auto [i, fragment] : llvm::enumerate(fragments))
    sums =
        hopper::WgmmaOp::create(b, sums.getType(), element, element, sums,
                                advanceDescriptor(b, tokens, i * kMmaStepK * 2), i == 0 ? isLater : always, fragment);
  NVVM::WgmmaGroupSyncAlignedOp::create(b);
  SmallVector<Value> inFlight{sums};
  for (const SmallVector<Value> &fragment : fragments)
    llvm::append_range(inFlight, fragment);
  return hopper::WgmmaWaitOp::create(b, /*pending=*/uint32_t(0), inFlight).getResult(0);
}

void MixedWgmmaBody::consume(Value warpgroup) {
  Value lane = b.mask(thread, 31), warp = b.mask(b.shr(thread, 5), 3);
  TransposedStore output(kernel, b, store, warpgroup, thread,
                         at(b.add(b.mul(warpgroup, lowp::ScheduleAttr::kStoreBytes), storeOffset())));
  Value zero = b.packStruct(SmallVector<Value>(schedule.getTileN() / 2, b.f32(0.0f)));
  RingPosition start = ring.start();
  forEachTile(b, schedule, store.n, store.m, {zero, start.stage, start.parity},
              [&](Value row, Value token, ValueRange carried) {
                Value firstRow = b.add(row, b.mul(warpgroup, kBlockRows));
                // Rows beyond the last block of rows read the parameters of that one.
                Value own =
                    b.add(b.least(firstRow, b.add(paddedRows, -kBlockRows)), b.add(b.mul(warp, 16), b.shr(lane, 2)));
                ValueRange after = b.loop(b.i32(0), steps, b.i32(1), carried, [&](Value step, ValueRange at) {
                  RingPosition position{at[1], at[2]};
                  FragmentUnpacker unpacker(kernel, b, scales, zeros);
                  unpacker.setParameters(unpacker.loadParameters(step, own, paddedRows, k));
                  ring.await(position);
                  Value sums = multiplyBlock(unpacker, at[0], position.stage, step, warpgroup);
                  // All lanes have read their codes.
                  NVVM::SyncWarpOp::create(b, b.i32(-1));
                  b.ifThen(b.equal(lane, 0), [&] { ring.release(position.stage); });
                  RingPosition next = ring.advance(position);
                  return SmallVector<Value>{sums, next.stage, next.parity};
                });
                output.store(b.unpackStruct(after[0]), firstRow, token);
                return SmallVector<Value>(after);
              });
  output.finish();
}

void MixedWgmmaBody::build() {
  thread = b.threadId();
  steps = b.ceilDiv(k, kBlockK);
  paddedRows = b.mul(b.ceilDiv(store.n, kBlockRows), kBlockRows);
  b.ifThen(b.equal(thread, 0), [&] { ring.init(/*readers=*/4 * schedule.getConsumers()); });
  b.barrier();
  splitRoles(b, thread, schedule.getConsumers(), [&] { produce(); }, [&](Value warpgroup) { consume(warpgroup); });
  LLVM::ReturnOp::create(b, ValueRange());
}

LLVM::LLVMFuncOp MixedMatmulKernel::buildWgmma(ModuleOp module) const {
  KernelSignature signature{SmallVector<BufferAccess, 8>(2 + hasZeros + hasAddend(), BufferAccess::Read),
                            /*tensorMaps=*/storesByTma ? 2u : 1u, /*scalars=*/3};
  signature.buffers.push_back(BufferAccess::Write);
  LLVM::LLVMFuncOp function = createKernel(module, getName(), signature, schedule.getThreads());
  limitBlocks(function);
  declareDynamicShared(function, kSpanAlignment);
  KernelBuilder builder(function.getLoc(), function.getContext());
  builder.setInsertionPointToStart(&function.getBody().front());
  MixedWgmmaBody(*this, builder, function.getBody().front()).build();
  return function;
}
