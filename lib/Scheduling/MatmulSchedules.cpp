//===- MatmulSchedules.cpp - Which schedule for which product -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Scheduling/MatmulSchedules.h"

#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

//===----------------------------------------------------------------------===//
// Chips
//===----------------------------------------------------------------------===//

const ChipModel &quantopt::getHopperModel() {
  static const ChipModel model = {
      /*multiprocessors=*/132,     // H100 SXM5 data sheet
      /*clockGHz=*/1.7,            // 1979 TFLOP/s of FP8 in that data sheet are 1.83; less under load
      /*wgmmaMacs=*/4096,          // 1979 TFLOP/s / 132 / 1.83 GHz / 2
      /*mmaSyncFraction=*/0.62,    // Luo et al. 2024 (arXiv 2402.13499), mma against wgmma
      /*sharedBytes=*/128,         // 32 banks of 4 bytes
      /*l2Bytes=*/46.6,            // DeepGEMM's selector: 8 TB/s at 1.3 GHz over 132
      /*l2BytesAlone=*/64,         // the same: limit of one multiprocessor
      /*memoryGBytes=*/3350,       // data sheet
      /*l2Capacity=*/50e6,         // data sheet
      /*launchMicroseconds=*/3,    // assumed
      /*fillMicroseconds=*/1,      // assumed
      /*unpackCyclesPerBlock=*/60, // instructions of the PTX: 16 x (shift, lop3, add, multiply)
      /*epilogueCyclesPerSum=*/6,  // instructions of the PTX: convert, two products, half a rounding, store, loads
  };
  return model;
}

//===----------------------------------------------------------------------===//
// Legality
//===----------------------------------------------------------------------===//

int64_t quantopt::getReductionLength(QuantizedMatmulOp op) {
  int64_t k = cast<RankedTensorType>(op.getLhs().getType()).getDimSize(1);
  if (!ShapedType::isDynamic(k))
    return k;
  return cast<RankedTensorType>(op.getRhs().getType()).getDimSize(op.getRhsReductionDim());
}

std::optional<ScaleBlocks> quantopt::getScaleBlocks(QuantizedMatmulOp op) {
  auto lhs = cast<RankedTensorType>(op.getLhsScale().getType()),
       rhs = cast<RankedTensorType>(op.getRhsScale().getType());
  int64_t groups = std::max(lhs.getDimSize(1), rhs.getDimSize(op.getRhsReductionDim()));
  if (lhs.getDimSize(1) == 1 && rhs.getDimSize(op.getRhsReductionDim()) == 1)
    return std::nullopt;
  int64_t k = getReductionLength(op), n = cast<RankedTensorType>(op.getRhs().getType()).getDimSize(0);
  return ScaleBlocks{k / groups, n / rhs.getDimSize(0)};
}

/// What keeps block scales from wgmma: every stage of 128 bytes of k has one group, and a tile one block of columns.
static std::string refuseBlocks(QuantizedMatmulOp op, ScaleBlocks blocks) {
  auto lhs = cast<RankedTensorType>(op.getLhs().getType()), rhs = cast<RankedTensorType>(op.getRhs().getType());
  auto lhsScale = cast<RankedTensorType>(op.getLhsScale().getType()),
       rhsScale = cast<RankedTensorType>(op.getRhsScale().getType());
  if (lhsScale.getDimSize(1) != rhsScale.getDimSize(1) || lhsScale.getDimSize(0) != lhs.getDimSize(0))
    return "block scales have a kernel where both sides have the same groups of k, the lhs one a row";
  if (rhs.isDynamicDim(0) || blocks.k % 128 != 0 || blocks.n < 16 || blocks.n % 16 != 0)
    return "scales are of " + std::to_string(blocks.k) + " of k and " + std::to_string(blocks.n) +
           " columns; kernels take multiples of 128 of k and of 16 columns";
  return "";
}

std::string quantopt::refuseWgmma(QuantizedMatmulOp op) {
  if (op.getTransposedRhs())
    return "the rhs is [k, n]; wgmma reads 8-bit operands along k, transpose the weight";
  // Each operand's own type: a tensor map needs its stride.
  for (Value operand : {op.getLhs(), op.getRhs()}) {
    int64_t k = cast<RankedTensorType>(operand.getType()).getDimSize(1);
    if (ShapedType::isDynamic(k))
      return "k is not known; a tensor map needs rows of a known length";
    if (k == 0 || k % 16 != 0)
      return "k is " + std::to_string(k) + "; a tensor map needs rows that are a multiple of 16 bytes";
  }
  std::optional<ScaleBlocks> blocks = getScaleBlocks(op);
  return blocks ? refuseBlocks(op, *blocks) : "";
}

/// Block scales double the sums of a thread: those of one group of k, and the total.
static bool fitsBlocks(ScheduleAttr schedule, int64_t blockN) {
  return schedule.getTileM() <= 128 && schedule.getTileN() <= 128 && blockN % schedule.getTileN() == 0;
}

std::string quantopt::refuseSchedule(QuantizedMatmulOp op, ScheduleAttr schedule) {
  if (schedule.getUnit() == MatrixUnit::Stream)
    return "stream is for lowp.mixed_matmul";
  std::optional<ScaleBlocks> blocks = getScaleBlocks(op);
  if (schedule.getUnit() != MatrixUnit::Wgmma)
    return blocks ? "block scales have a kernel by wgmma alone" : "";
  std::string reason = refuseWgmma(op);
  if (reason.empty() && blocks && !fitsBlocks(schedule, blocks->n))
    reason = "with block scales tile m and n are at most 128, and tile n divides the block's columns";
  return reason;
}

//===----------------------------------------------------------------------===//
// The model
//===----------------------------------------------------------------------===//

/// Tiles of m that blocks at work at one time should span, so that together they read the fewest bytes: g tiles of m
/// and blocks / g of n read g * tileM + blocks / g * tileN rows.
static int64_t bestRaster(int64_t tileM, int64_t tileN, const MatmulProblem &problem, const ChipModel &chip) {
  double best = std::sqrt(double(chip.multiprocessors) * tileN / tileM);
  return std::clamp<int64_t>(std::llround(best), 1, std::max<int64_t>(llvm::divideCeil(problem.m, tileM), 1));
}

Prediction quantopt::predict(ScheduleAttr schedule, const MatmulProblem &problem, const ChipModel &chip) {
  double tileM = schedule.getTileM(), tileN = schedule.getTileN(), tileK = schedule.getTileK();
  bool isWgmma = schedule.getUnit() == MatrixUnit::Wgmma;
  int64_t tiles = llvm::divideCeil(problem.m, schedule.getTileM()) * llvm::divideCeil(problem.n, schedule.getTileN());
  int64_t steps = llvm::divideCeil(problem.k, schedule.getTileK());
  double waves = double(llvm::divideCeil(tiles, chip.multiprocessors));
  double busy = std::clamp<double>(tiles, 1, chip.multiprocessors);

  double tensor = tileM * tileN * tileK / (chip.wgmmaMacs * (isWgmma ? 1 : chip.mmaSyncFraction));
  // Every warpgroup reads its 64 rows and all columns; with mma.sync every warp its own rows and columns.
  double readers = isWgmma ? schedule.getConsumers() : 0;
  double reads = isWgmma ? tileM + readers * tileN : tileM * schedule.getWarpsN() + tileN * schedule.getWarpsM();
  double shared = (reads + tileM + tileN) * tileK / chip.sharedBytes;
  double l2Rate = chip.l2BytesAlone + (chip.l2Bytes - chip.l2BytesAlone) * busy / chip.multiprocessors;
  double l2 = (tileM + tileN) * tileK / l2Rate;
  // One multiply-add a sum and group of k, while the tensor cores work for another warpgroup.
  double promote = problem.blockN ? tileM * tileN / 128 / std::max(readers, 1.0) : 0;
  double step = std::max({tensor + promote, shared, l2});
  double epilogue = tileM * tileN / 128 * chip.epilogueCyclesPerSum; // four warps issue at one time
  double compute = waves * (steps * step + epilogue) / (chip.clockGHz * 1e3);

  double bytes = double(problem.m) * problem.k + double(problem.n) * problem.k +
                 double(problem.m) * problem.n * problem.resultBytes;
  // Few blocks cannot ask for all of the memory's bandwidth.
  double memory = bytes / (chip.memoryGBytes * 1e3) * std::max(1.0, chip.multiprocessors / 2 / busy);
  Prediction result;
  result.microseconds = std::max(compute, memory) + chip.launchMicroseconds + chip.fillMicroseconds;
  result.limit = memory > compute           ? "memory"
                 : step == tensor + promote ? "tensor cores"
                 : step == shared           ? "shared memory"
                                            : "L2";
  return result;
}

SmallVector<ScheduleAttr> quantopt::enumerateWgmma(MLIRContext *context, const MatmulProblem &problem,
                                                   const ChipModel &chip) {
  constexpr int64_t kMostStages = 8; // more than what hides the latency of memory
  SmallVector<ScheduleAttr> result;
  for (int64_t tileM : {128, 64, 192})
    for (int64_t tileN = 256; tileN >= 16; tileN -= 16) {
      auto fits = [&](int64_t stages) {
        return ScheduleAttr::check(MatrixUnit::Wgmma, tileM, tileN, /*tileK=*/128, stages, 0, 0, /*raster=*/1,
                                   /*split=*/1)
            .empty();
      };
      int64_t stages = kMostStages;
      while (stages > 2 && !fits(stages))
        --stages;
      if (!fits(stages))
        continue;
      ScheduleAttr schedule =
          ScheduleAttr::getWgmma(context, tileM, tileN, stages, bestRaster(tileM, tileN, problem, chip));
      if (!problem.blockN || fitsBlocks(schedule, problem.blockN))
        result.push_back(schedule);
    }
  return result;
}

std::pair<ScheduleAttr, Prediction> quantopt::chooseWgmma(MLIRContext *context, const MatmulProblem &problem,
                                                          const ChipModel &chip) {
  std::pair<ScheduleAttr, Prediction> best;
  for (ScheduleAttr schedule : enumerateWgmma(context, problem, chip)) {
    Prediction prediction = predict(schedule, problem, chip);
    if (!best.first || prediction.microseconds < best.second.microseconds)
      best = {schedule, prediction};
  }
  return best;
}

ScheduleAttr quantopt::getPlainSchedule(MLIRContext *context) {
  return ScheduleAttr::getMmaSync(context, /*tileM=*/128, /*tileN=*/128, /*tileK=*/64, /*stages=*/4, /*warpsM=*/2,
                                  /*warpsN=*/4);
}
