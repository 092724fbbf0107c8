//===- TransposedStore.cpp - From transposed sums to a result -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TransposedStore.h"

#include "Warpgroup.h"

using namespace mlir;
using namespace quantopt;

TransposedStore::TransposedStore(const MixedMatmulKernel &kernel, KernelBuilder &builder,
                                 const TransposedStoreArguments &arguments, Value warpgroup, Value thread,
                                 Value staging)
    : kernel(kernel), b(builder), arguments(arguments), warpgroup(warpgroup), staging(staging),
      lane(builder.mask(thread, 31)), warp(builder.mask(builder.shr(thread, 5), 3)),
      isLeader(builder.equal(builder.mask(thread, 127), 0)) {}

void TransposedStore::storeDirectly(ArrayRef<Value> sums, Value column, Value token) {
  Value own = b.add(column, b.add(b.mul(warp, 16), b.shr(lane, 2)));
  for (int64_t half = 0; half < 2; ++half) {
    Value place = b.add(own, 8 * half);
    b.ifThen(b.less(place, arguments.n), [&] {
      for (int64_t step = 0; step < int64_t(sums.size()) / 4; ++step)
        for (int64_t c = 0; c < 2; ++c) {
          Value row = b.add(b.add(token, 8 * step + c), b.mul(b.mask(lane, 3), 2));
          b.ifThen(b.less(row, arguments.m), [&] {
            Value target = b.address(arguments.out, b.offset(row, arguments.n, place), kernel.result);
            b.store(b.roundTo(sums[4 * step + 2 * half + c], kernel.result), target);
          });
        }
    });
  }
}

/// Writes tokens of box `box` to staging box `slot`, one a row of 64 columns, swizzled as the TMA unit reads it.
void TransposedStore::stageBox(ArrayRef<Value> sums, int64_t box, int64_t slot) {
  auto shape = NVVM::LdStMatrixShapeAttr::get(b.getContext(), 8, 8);
  int64_t tokens = kernel.getStoreTokens(), boxBytes = tokens * kSpanBytes;
  // Of the four 8 x 8 matrices of one store, transposed on the way, lane l addresses token l % 8 of matrix l / 8:
  // columns 0-7 and 8-15 of the warp, then the same of the next eight tokens.
  Value eighth = b.mask(lane, 7), isRight = b.mask(b.shr(lane, 3), 1), isLater = b.shr(lane, 4);
  Value piece = b.xorOf(b.add(b.mul(warp, 2), isRight), eighth);
  Value first = b.add(b.mul(b.add(b.mul(isLater, 8), eighth), kSpanBytes), b.mul(piece, 16));
  for (int64_t step = 0; step < tokens / 8; step += 2) {
    SmallVector<Value> words;
    for (int64_t next = step; next < step + 2; ++next)
      for (int64_t half = 0; half < 2; ++half) {
        size_t index = 4 * (box * tokens / 8 + next) + 2 * half;
        words.push_back(b.roundPair(sums[index], sums[index + 1], kernel.result));
      }
    Value target = b.address(staging, b.add(first, slot * boxBytes + step * 8 * kSpanBytes), b.getI8Type());
    NVVM::StMatrixOp::create(b, target, words, NVVM::MMALayout::col, shape, NVVM::LdStMatrixEltType::B16);
  }
}

void TransposedStore::storeBoxes(ArrayRef<Value> sums, Value column, Value token) {
  auto space = NVVM::SharedSpaceAttr::get(b.getContext(), NVVM::SharedSpace::shared_cta);
  int64_t tokens = kernel.getStoreTokens(), boxBytes = tokens * kSpanBytes, consumers = kernel.schedule.getConsumers();
  int64_t boxes = kernel.schedule.getTileN() / tokens, slots = lowp::ScheduleAttr::kStoreBytes / boxBytes;
  for (int64_t first = 0; first < boxes; first += slots) {
    int64_t count = std::min(slots, boxes - first);
    finish(); // the boxes before have been read
    syncWarpgroup(b, warpgroup, consumers);
    for (int64_t slot = 0; slot < count; ++slot)
      stageBox(sums, first + slot, slot);
    NVVM::FenceProxyOp::create(b, NVVM::ProxyKind::async_shared, space);
    syncWarpgroup(b, warpgroup, consumers);
    b.ifThen(isLeader, [&] {
      for (int64_t slot = 0; slot < count; ++slot)
        NVVM::CpAsyncBulkTensorSharedCTAToGlobalOp::create(
            b, arguments.outMap, b.address(staging, b.i32(slot * boxBytes), b.getI8Type()),
            ValueRange{column, b.add(token, (first + slot) * tokens)}, /*l2CacheHint=*/Value(),
            NVVM::TMAStoreMode::TILE, /*predicate=*/Value());
      NVVM::CpAsyncBulkCommitGroupOp::create(b);
    });
  }
}

SmallVector<Value> TransposedStore::addBias(ArrayRef<Value> sums, Value column, Value token) {
  Type f32 = b.getF32Type();
  SmallVector<Value> values(sums);
  Value own = b.add(column, b.add(b.mul(warp, 16), b.shr(lane, 2))), lastColumn = b.add(arguments.n, -1);
  Value first = b.add(token, b.mul(b.mask(lane, 3), 2)), lastToken = b.add(arguments.m, -1);
  for (int64_t half = 0; half < 2; ++half) {
    Value place = b.least(b.add(own, 8 * half), lastColumn), bias;
    if (kernel.addend == Addend::PerColumn)
      bias = b.load(b.address(arguments.bias, place, f32), f32, 4);
    for (size_t i = 0; i < values.size(); i += 4)
      for (int64_t c = 0; c < 2; ++c) {
        if (kernel.addend == Addend::PerElement) {
          Value row = b.least(b.add(first, int64_t(2 * i) + c), lastToken);
          bias = b.load(b.address(arguments.bias, b.offset(row, arguments.n, place), f32), f32, 4);
        }
        values[i + 2 * half + c] = LLVM::FAddOp::create(b, values[i + 2 * half + c], bias);
      }
  }
  return values;
}

void TransposedStore::store(ArrayRef<Value> sums, Value column, Value token) {
  SmallVector<Value> values = kernel.hasAddend() ? addBias(sums, column, token) : SmallVector<Value>(sums);
  if (kernel.storesByTma)
    storeBoxes(values, column, token);
  else
    storeDirectly(values, column, token);
}

void TransposedStore::finish() {
  if (kernel.storesByTma)
    b.ifThen(isLeader, [&] { NVVM::CpAsyncBulkWaitGroupOp::create(b, 0, /*read=*/b.getUnitAttr()); });
}
