//===- MixedSchedules.cpp - Schedules of lowp.mixed_matmul ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Scheduling/MatmulSchedules.h"

#include "llvm/Support/MathExtras.h"
#include <algorithm>

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

namespace {
constexpr int64_t kBlock = MixedMatmulOp::kBlock;
/// Shared memory that lets four blocks of `stream` run on a multiprocessor, and the most that one may have.
constexpr int64_t kSharedOfFour = 56 * 1024, kMostShared = 232448;
} // namespace

//===----------------------------------------------------------------------===//
// Legality
//===----------------------------------------------------------------------===//

int64_t quantopt::getGroupSize(MixedMatmulOp op) {
  int64_t k = cast<RankedTensorType>(op.getLhs().getType()).getDimSize(1);
  return op.getGroups() == 1 ? 0 : k / op.getGroups();
}

std::string quantopt::refuseMixedMatmul(MixedMatmulOp op) {
  if (!op.isPacked())
    return "the weight is not packed; it must be a constant that pack-int4-weights can read";
  return refuseMixedShape(op);
}

std::string quantopt::refuseMixedShape(MixedMatmulOp op) {
  int64_t k = cast<RankedTensorType>(op.getLhs().getType()).getDimSize(1), group = getGroupSize(op);
  if (ShapedType::isDynamic(k))
    return "k is not known; a tensor map needs rows of a known length";
  if (k == 0 || k % 8 != 0)
    return "k is " + std::to_string(k) + "; a tensor map needs rows that are a multiple of 16 bytes";
  if (group != 0 && group != 32 && group % kBlock != 0)
    return "groups are of " + std::to_string(group) + "; kernels take 32, multiples of 64, or one a row";
  return "";
}

bool quantopt::storesByTma(MixedMatmulOp op) {
  auto result = cast<RankedTensorType>(op.getResult().getType());
  return !result.getElementType().isF32() && result.getDimSize(1) % 8 == 0;
}

int64_t quantopt::getMostTokens(MixedMatmulOp op) { return storesByTma(op) ? 256 : 128; }

/// Bytes of a block of `stream`: tokens of its part of k, and the sums of its warps.
static int64_t getStreamShared(int64_t tokens, int64_t warpsK, int64_t split, int64_t k) {
  int64_t steps = llvm::divideCeil(llvm::divideCeil(k, kBlock), split);
  return llvm::alignTo(128 + warpsK * tokens * (kBlock + 4) * 4, 1024) + steps * tokens * 128;
}

std::string quantopt::refuseSchedule(MixedMatmulOp op, ScheduleAttr schedule) {
  std::string reason = refuseMixedMatmul(op);
  if (!reason.empty())
    return reason;
  int64_t tile = schedule.getTileN(), k = cast<RankedTensorType>(op.getLhs().getType()).getDimSize(1);
  if (schedule.getUnit() == MatrixUnit::MmaSync)
    return "mma_sync is for lowp.quantized_matmul; use stream or wgmma";
  if (schedule.getUnit() == MatrixUnit::Wgmma && tile > getMostTokens(op))
    return "tile n is at most " + std::to_string(getMostTokens(op)) + " where the result does not leave by TMA";
  if (schedule.getUnit() == MatrixUnit::Wgmma)
    return tile > 64 && tile % 64 != 0 ? "tile n must be a multiple of 64, or less" : "";
  int64_t bytes = getStreamShared(tile, schedule.getWarpsN(), schedule.getSplit(), k);
  return bytes > kMostShared ? "its tokens need " + std::to_string(bytes) + " bytes of shared memory; split k further"
                             : "";
}

//===----------------------------------------------------------------------===//
// The model
//===----------------------------------------------------------------------===//

Prediction quantopt::predictMixed(ScheduleAttr schedule, const MatmulProblem &problem, const ChipModel &chip) {
  // Codes are half a byte, activations two.
  double bytes = double(problem.n) * problem.k / 2 + 2.0 * problem.m * problem.k +
                 double(problem.m) * problem.n * problem.resultBytes;
  double memory = bytes / (chip.memoryGBytes * 1e3);
  Prediction result{memory + chip.launchMicroseconds + chip.fillMicroseconds, "memory"};
  if (schedule.getUnit() != MatrixUnit::Wgmma)
    return result;
  double tileM = schedule.getTileM(), tileN = schedule.getTileN(), consumers = schedule.getConsumers();
  int64_t tiles = llvm::divideCeil(problem.n, schedule.getTileM()) * llvm::divideCeil(problem.m, schedule.getTileN());
  double waves = double(llvm::divideCeil(tiles, chip.multiprocessors)), steps = llvm::divideCeil(problem.k, kBlock);
  double tensor = tileM * tileN * kBlock / (chip.wgmmaMacs / 2);
  double shared = (consumers * tileN + tileN) * kBlock * 2 / chip.sharedBytes;
  // Warps of a warpgroup unpack at one time, one on each scheduler.
  double unpack = consumers * chip.unpackCyclesPerBlock;
  double l2 = (tileM / 2 + tileN * 2) * kBlock / chip.l2Bytes;
  double step = std::max({tensor, shared, unpack, l2});
  double epilogue = tileM * tileN / 128 * chip.epilogueCyclesPerSum;
  double compute = waves * (steps * step + epilogue) / (chip.clockGHz * 1e3);
  if (compute < memory)
    return result;
  result.microseconds += compute - memory;
  result.limit = step == tensor ? "tensor cores" : step == shared ? "shared memory" : step == unpack ? "issue" : "L2";
  return result;
}

ScheduleAttr quantopt::chooseStream(MLIRContext *context, const MatmulProblem &problem, const ChipModel &chip) {
  constexpr int64_t kAhead = 4, kWarpsK = 2;
  int64_t tokens = problem.m <= 8 ? 8 : kFewTokens;
  int64_t rowBlocks = llvm::divideCeil(problem.n, kBlock), steps = llvm::divideCeil(problem.k, kBlock), split = 1;
  // Enough blocks that every multiprocessor has several, of which each has work for its warps.
  auto isEnough = [&] {
    return rowBlocks * split >= 4 * chip.multiprocessors &&
           getStreamShared(tokens, kWarpsK, split, problem.k) <= kSharedOfFour;
  };
  while (split < 8 && !isEnough() && steps >= 2 * split * kWarpsK)
    split *= 2;
  return ScheduleAttr::getStream(context, tokens, kAhead, kWarpsK, split);
}

std::pair<ScheduleAttr, Prediction> quantopt::chooseMixedWgmma(MLIRContext *context, const MatmulProblem &problem,
                                                               const ChipModel &chip, int64_t mostTokens) {
  std::pair<ScheduleAttr, Prediction> best;
  constexpr int64_t kMostStages = 6;
  for (int64_t tokens : {256, 192, 128, 64, 48, 32, 16}) {
    if (tokens > mostTokens)
      continue;
    int64_t stages = kMostStages;
    auto breaks = [&] {
      return !ScheduleAttr::check(MatrixUnit::Wgmma, 128, tokens, 128, stages, 0, 0, /*raster=*/1, /*split=*/1).empty();
    };
    while (stages > 2 && breaks())
      --stages;
    // Neighbouring blocks share tokens: rows of weights are read once either way.
    int64_t raster = std::min<int64_t>(8, llvm::divideCeil(problem.n, 128));
    ScheduleAttr schedule = ScheduleAttr::getWgmma(context, 128, tokens, stages, raster);
    Prediction prediction = predictMixed(schedule, problem, chip);
    if (!best.first || prediction.microseconds < best.second.microseconds)
      best = {schedule, prediction};
  }
  return best;
}
