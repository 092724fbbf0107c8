//===- Warpgroup.cpp - What kernels of warpgroups share -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Warpgroup.h"

using namespace mlir;
using namespace quantopt;

void quantopt::limitBlocks(LLVM::LLVMFuncOp kernel) {
  kernel->setAttr(NVVM::NVVMDialect::getMinctasmAttrName(),
                  IntegerAttr::get(IntegerType::get(kernel.getContext(), 32), 1));
}

void quantopt::splitRoles(KernelBuilder &b, Value thread, int64_t consumers, llvm::function_ref<void()> producer,
                          llvm::function_ref<void(Value)> consumer) {
  // Read from one lane, so that the assembler sees that a warp does not diverge.
  Value warpgroup = NVVM::ShflOp::create(b, b.getI32Type(), b.i32(-1), b.shr(thread, 7), b.i32(0), b.i32(31),
                                         NVVM::ShflKind::idx, /*return_value_and_is_valid=*/UnitAttr());
  // A block has 65536 registers; with one consumer every thread may have the most there are, 255.
  bool movesRegisters = consumers > 1;
  b.ifElse(
      b.equal(warpgroup, 0),
      [&] {
        if (movesRegisters)
          NVVM::SetMaxRegisterOp::create(b, consumers == 2 ? 40 : 32, NVVM::SetMaxRegisterAction::decrease);
        b.ifThen(b.less(thread, b.i32(32)),
                 [&] { b.ifThen(NVVM::ElectSyncOp::create(b, b.getI1Type(), /*membermask=*/Value()), producer); });
      },
      [&] {
        if (movesRegisters)
          NVVM::SetMaxRegisterOp::create(b, consumers == 2 ? 232 : 160, NVVM::SetMaxRegisterAction::increase);
        consumer(b.add(warpgroup, -1));
      });
}

Value quantopt::matrixDescriptor(KernelBuilder &b, Value address) {
  // Address / 16 in bits 0-13, leading offset 1 (not used with a swizzle), eight rows on 1024 bytes, 128-byte swizzle.
  constexpr int64_t kConstant = (int64_t(1) << 62) | (kSpanAlignment / 16 << 32) | (int64_t(1) << 16);
  Value bits = arith::ExtUIOp::create(b, b.getI64Type(), b.mask(b.shr(address, 4), 0x3fff));
  return arith::OrIOp::create(b, bits, b.i64(kConstant));
}

Value quantopt::advanceDescriptor(KernelBuilder &b, Value descriptor, int64_t bytes) {
  return bytes == 0 ? descriptor : b.add(descriptor, b.i64(bytes / 16));
}

void quantopt::loadBox(KernelBuilder &b, Value target, Value map, ValueRange coordinates, Value barrier) {
  NVVM::CpAsyncBulkTensorGlobalToSharedClusterOp::create(
      b, target, map, coordinates, barrier, /*im2colOffsets=*/ValueRange(), /*multicastMask=*/Value(),
      /*l2CacheHint=*/Value(), NVVM::TMALoadMode::TILE, /*isCTAOnly=*/true, NVVM::CTAGroupKindAttr(),
      /*predicate=*/Value());
}

void quantopt::syncWarpgroup(KernelBuilder &b, Value warpgroup, int64_t consumers) {
  // The name is a constant in each branch: for one that is not, ptxas reserves all sixteen.
  for (int64_t index = 0; index < consumers; ++index)
    b.ifThen(b.equal(warpgroup, index), [&] {
      NVVM::BarrierOp::create(b, /*res=*/Type(), b.i32(index + 1), b.i32(128), NVVM::BarrierReductionAttr(),
                              /*reductionPredicate=*/Value());
    });
}

ValueRange quantopt::forEachTile(KernelBuilder &b, lowp::ScheduleAttr schedule, Value m, Value n, ValueRange carried,
                                 function_ref<SmallVector<Value>(Value, Value, ValueRange)> body) {
  int64_t group = schedule.getRaster();
  Value tilesM = b.ceilDiv(m, schedule.getTileM()), tilesN = b.ceilDiv(n, schedule.getTileN());
  Type i32 = b.getI32Type();
  auto divide = [&](Value a, Value c) -> Value { return arith::DivUIOp::create(b, a, c); };
  Value begin = NVVM::BlockIdXOp::create(b, i32), end = b.mul(tilesM, tilesN);
  Value stride = NVVM::GridDimXOp::create(b, i32);
  return b.loop(begin, end, stride, carried, [&](Value tile, ValueRange values) {
    Value inGroup = b.mul(tilesN, group), index = divide(tile, inGroup);
    Value first = b.mul(index, group), rest = arith::RemUIOp::create(b, tile, inGroup);
    Value height = b.least(arith::SubIOp::create(b, tilesM, first), b.i32(group));
    Value tileM = b.add(first, arith::RemUIOp::create(b, rest, height)), tileN = divide(rest, height);
    return body(b.mul(tileM, schedule.getTileM()), b.mul(tileN, schedule.getTileN()), values);
  });
}
