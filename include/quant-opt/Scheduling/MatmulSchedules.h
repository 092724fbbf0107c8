//===- MatmulSchedules.h - Which schedule for which product ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Schedules that are legal for a contraction, and a model of the time that each takes on a chip.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_SCHEDULING_MATMULSCHEDULES_H
#define QUANTOPT_SCHEDULING_MATMULSCHEDULES_H

#include "LowP/LowP.h"
#include <optional>

namespace quantopt {

/// What the model knows about a chip. Rates are for one multiprocessor and clock.
struct ChipModel {
  int64_t multiprocessors;
  double clockGHz;             ///< under tensor core load
  double wgmmaMacs;            ///< 8-bit multiply-adds
  double mmaSyncFraction;      ///< of wgmmaMacs that mma.sync reaches
  double sharedBytes;          ///< read or written
  double l2Bytes;              ///< when all multiprocessors read at once
  double l2BytesAlone;         ///< when few do
  double memoryGBytes;         ///< GB/s of the whole chip
  double l2Capacity;           ///< bytes
  double launchMicroseconds;   ///< of an empty kernel
  double fillMicroseconds;     ///< until the first tile has come from memory
  double unpackCyclesPerBlock; ///< of a warp: 16 x 64 nibbles to scaled 16-bit floats
  double epilogueCyclesPerSum; ///< of a thread: scaling, rounding and storing one
};

/// H100 SXM5. Sources of the figures are with them, in MatmulSchedules.cpp.
const ChipModel &getHopperModel();

/// One product [m, k] x [n, k]^T of 8-bit codes.
struct MatmulProblem {
  int64_t m, n, k;
  int64_t resultBytes; ///< of an element of the result
  int64_t blockN = 0;  ///< 8-bit floats with block scales: columns that share one; 0: none
};

/// A predicted time, and what it is bound by.
struct Prediction {
  double microseconds = 0;
  llvm::StringRef limit; ///< "tensor cores", "shared memory", "issue", "L2" or "memory"
};

/// The analytic model: the slowest unit for a step of k, times steps and waves of tiles, against the time to move every
/// byte once; plus fixed costs.
Prediction predict(lowp::ScheduleAttr schedule, const MatmulProblem &problem, const ChipModel &chip);

/// Every wgmma schedule worth a look: all tiles, as many stages as fit, the raster that reads the fewest bytes.
llvm::SmallVector<lowp::ScheduleAttr> enumerateWgmma(mlir::MLIRContext *context, const MatmulProblem &problem,
                                                     const ChipModel &chip);

/// The one with the shortest predicted time; of equals, the first.
std::pair<lowp::ScheduleAttr, Prediction> chooseWgmma(mlir::MLIRContext *context, const MatmulProblem &problem,
                                                      const ChipModel &chip);

/// mma.sync for any shape: what is used where wgmma is not legal.
lowp::ScheduleAttr getPlainSchedule(mlir::MLIRContext *context);

/// k, which either operand may know; kDynamic when none does.
int64_t getReductionLength(lowp::QuantizedMatmulOp op);

/// Block scales of an operation: how many elements of k, and columns, share one.
struct ScaleBlocks {
  int64_t k, n;
};
/// None where there is one scale for all of k.
std::optional<ScaleBlocks> getScaleBlocks(lowp::QuantizedMatmulOp op);

/// Why no kernel can compute the operation by `schedule`; empty when one can. Says nothing about the chip.
std::string refuseSchedule(lowp::QuantizedMatmulOp op, lowp::ScheduleAttr schedule);
std::string refuseSchedule(lowp::MixedMatmulOp op, lowp::ScheduleAttr schedule);
/// The same for wgmma by any schedule.
std::string refuseWgmma(lowp::QuantizedMatmulOp op);
/// Why no kernel can compute `op` at all, or none once its weight is packed.
std::string refuseMixedMatmul(lowp::MixedMatmulOp op);
std::string refuseMixedShape(lowp::MixedMatmulOp op);

/// Tokens of a wgmma tile at most: registers that hold sums leave fewer for the addresses of a result that does not go
/// through the TMA unit.
int64_t getMostTokens(lowp::MixedMatmulOp op);
/// True where the result of wgmma leaves by the TMA unit: 16 bits an element, rows a multiple of 16 bytes.
bool storesByTma(lowp::MixedMatmulOp op);

/// Elements of k that share a scale of `op`; 0 for all of a row.
int64_t getGroupSize(lowp::MixedMatmulOp op);

/// Tokens that the schedules for few tokens compute at most.
inline constexpr int64_t kFewTokens = 16;

/// For a product of [m, k] 16-bit floats with [n, k] 4-bit codes: of few tokens, and of many.
lowp::ScheduleAttr chooseStream(mlir::MLIRContext *context, const MatmulProblem &problem, const ChipModel &chip);
std::pair<lowp::ScheduleAttr, Prediction> chooseMixedWgmma(mlir::MLIRContext *context, const MatmulProblem &problem,
                                                           const ChipModel &chip, int64_t mostTokens);
/// The times of those; problem.resultBytes as for 8-bit codes.
Prediction predictMixed(lowp::ScheduleAttr schedule, const MatmulProblem &problem, const ChipModel &chip);

} // namespace quantopt

#endif // QUANTOPT_SCHEDULING_MATMULSCHEDULES_H
