//===- TileStore.cpp - From sums in registers to a result -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileStore.h"

#include "Warpgroup.h"

using namespace mlir;
using namespace quantopt;

namespace {
constexpr int64_t kBoxBytes = MatmulKernel::kStoreRows * kSpanBytes;
constexpr int64_t kSlots = lowp::ScheduleAttr::kStoreBytes / kBoxBytes;
} // namespace

TileStore::TileStore(const MatmulKernel &kernel, KernelBuilder &builder, const TileStoreArguments &arguments,
                     Value warpgroup, Value thread, Value staging)
    : kernel(kernel), b(builder), arguments(arguments), warpgroup(warpgroup), staging(staging),
      lane(builder.mask(thread, 31)), warp(builder.mask(builder.shr(thread, 5), 3)),
      isLeader(builder.equal(builder.mask(thread, 127), 0)) {}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

/// As lowp.quantized_matmul says: from left to right, every step rounded.
Value TileStore::scale(Value sum, Value rowScale, Value columnScale, Value columnBias) {
  Value value = kernel.lhs.isInteger(8) ? Value(LLVM::SIToFPOp::create(b, b.getF32Type(), sum)) : sum;
  if (!kernel.blockK) { // else the sums are scaled
    value = LLVM::FMulOp::create(b, value, rowScale);
    value = LLVM::FMulOp::create(b, value, columnScale);
  }
  return columnBias ? Value(LLVM::FAddOp::create(b, value, columnBias)) : value;
}

/// The f32 of `column` and of the next one; columns out of range read the last ones.
TileStore::Pair TileStore::loadPair(Value base, bool perColumn, Value column) {
  Type f32 = b.getF32Type();
  if (!perColumn) {
    Value value = b.load(base, f32, 4);
    return {value, value};
  }
  if (hasEvenRows()) {
    Value first = b.least(column, b.add(arguments.n, -2));
    Value pair = b.load(b.address(base, first, f32), VectorType::get({2}, f32), 8);
    return {LLVM::ExtractElementOp::create(b, pair, b.i32(0)), LLVM::ExtractElementOp::create(b, pair, b.i32(1))};
  }
  Value last = b.add(arguments.n, -1);
  auto load = [&](Value index) { return b.load(b.address(base, b.least(index, last), f32), f32, 4); };
  return {load(column), load(b.add(column, 1))};
}

void TileStore::loadRows(Value row) {
  Type f32 = b.getF32Type();
  Value last = b.add(arguments.m, -1), own = b.add(row, b.add(b.mul(warp, 16), b.shr(lane, 2)));
  for (int64_t half = 0; half < 2; ++half) {
    Value clamped = b.least(b.add(own, 8 * half), last);
    rowBiases[half] = kernel.addend == Addend::PerElement
                          ? b.address(arguments.bias, b.offset(clamped, arguments.n, b.i32(0)), f32)
                          : arguments.bias;
    if (kernel.blockK)
      continue;
    Value index = kernel.lhsScalePerRow ? clamped : b.i32(0);
    rowScales[half] = b.load(b.address(arguments.lhsScale, index, f32), f32, 4);
  }
}

/// Both rows' results at columns `column` and the next, from the four sums of columns 8 `step`, ....
std::array<TileStore::Pair, 2> TileStore::scaleSums(ArrayRef<Value> sums, int64_t step, Value column) {
  Pair scales;
  if (!kernel.blockK)
    scales = loadPair(arguments.rhsScale, kernel.rhsScalePerRow, column);
  std::array<Pair, 2> biases, results;
  for (int64_t half = 0; half < 2 && kernel.hasAddend(); ++half)
    biases[half] = half == 1 && kernel.addend == Addend::PerColumn
                       ? biases[0]
                       : loadPair(rowBiases[half], /*perColumn=*/true, column);
  for (int64_t half = 0; half < 2; ++half)
    results[half] = {scale(sums[4 * step + 2 * half], rowScales[half], scales.first, biases[half].first),
                     scale(sums[4 * step + 2 * half + 1], rowScales[half], scales.second, biases[half].second)};
  return results;
}

//===----------------------------------------------------------------------===//
// Ways out
//===----------------------------------------------------------------------===//

void TileStore::storeDirectly(ArrayRef<Value> sums, Value row, Value column) {
  Value own = b.add(row, b.add(b.mul(warp, 16), b.shr(lane, 2)));
  for (int64_t step = 0; step < int64_t(sums.size()) / 4; ++step) {
    Value place = b.add(b.add(column, 8 * step), b.mul(b.mask(lane, 3), 2));
    std::array<Pair, 2> results = scaleSums(sums, step, place);
    for (int64_t half = 0; half < 2; ++half) {
      Value index = b.add(own, 8 * half);
      b.ifThen(b.less(index, arguments.m), [&] {
        Value start = b.address(arguments.out, b.offset(index, arguments.n, b.i32(0)), kernel.result);
        b.storePair(start, arguments.n, place, results[half].first, results[half].second, kernel.result);
      });
    }
  }
}

/// Writes columns 64 `box`, ... of the tile to staging box `slot`, swizzled as the TMA unit reads it.
void TileStore::stageBox(ArrayRef<Value> sums, int64_t box, int64_t slot, Value column) {
  auto shape = NVVM::LdStMatrixShapeAttr::get(b.getContext(), 8, 8);
  // Of the four 8 x 8 matrices of one store, lane l addresses row l % 8 of matrix l / 8: rows 0-7 and 8-15 of the warp,
  // then the same of the next eight columns.
  Value eighth = b.mask(lane, 7), isLower = b.mask(b.shr(lane, 3), 1), isRight = b.shr(lane, 4);
  Value row = b.add(b.mul(warp, 16), b.add(b.mul(isLower, 8), eighth));
  Value rowStart = b.add(b.mul(row, kSpanBytes), slot * kBoxBytes);
  for (int64_t step = 8 * box; step < 8 * box + 8; step += 2) {
    SmallVector<Value> words;
    for (int64_t next = step; next < step + 2; ++next) {
      Value place = b.add(b.add(column, 8 * next), b.mul(b.mask(lane, 3), 2));
      for (Pair pair : scaleSums(sums, next, place))
        words.push_back(b.roundPair(pair.first, pair.second, kernel.result));
    }
    Value piece = b.xorOf(b.add(isRight, step % 8), eighth);
    Value target = b.address(staging, b.add(rowStart, b.mul(piece, 16)), b.getI8Type());
    NVVM::StMatrixOp::create(b, target, words, NVVM::MMALayout::row, shape, NVVM::LdStMatrixEltType::B16);
  }
}

void TileStore::storeBoxes(ArrayRef<Value> sums, Value row, Value column) {
  auto space = NVVM::SharedSpaceAttr::get(b.getContext(), NVVM::SharedSpace::shared_cta);
  int64_t boxes = int64_t(sums.size()) * 2 / MatmulKernel::kStoreColumns, consumers = kernel.schedule.getConsumers();
  for (int64_t first = 0; first < boxes; first += kSlots) {
    int64_t count = std::min(kSlots, boxes - first);
    finish(); // the boxes before have been read
    syncWarpgroup(b, warpgroup, consumers);
    for (int64_t slot = 0; slot < count; ++slot)
      stageBox(sums, first + slot, slot, column);
    NVVM::FenceProxyOp::create(b, NVVM::ProxyKind::async_shared, space);
    syncWarpgroup(b, warpgroup, consumers);
    b.ifThen(isLeader, [&] {
      for (int64_t slot = 0; slot < count; ++slot)
        NVVM::CpAsyncBulkTensorSharedCTAToGlobalOp::create(
            b, arguments.outMap, b.address(staging, b.i32(slot * kBoxBytes), b.getI8Type()),
            ValueRange{b.add(column, (first + slot) * MatmulKernel::kStoreColumns), row}, /*l2CacheHint=*/Value(),
            NVVM::TMAStoreMode::TILE, /*predicate=*/Value());
      NVVM::CpAsyncBulkCommitGroupOp::create(b);
    });
  }
}

void TileStore::store(ArrayRef<Value> sums, Value row, Value column) {
  Value first = b.add(row, b.mul(warpgroup, MatmulKernel::kStoreRows));
  loadRows(first);
  if (kernel.storesByTma)
    storeBoxes(sums, first, column);
  else
    storeDirectly(sums, first, column);
}

void TileStore::finish() {
  if (kernel.storesByTma)
    b.ifThen(isLeader, [&] { NVVM::CpAsyncBulkWaitGroupOp::create(b, 0, /*read=*/b.getUnitAttr()); });
}
