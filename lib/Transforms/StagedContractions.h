//===- StagedContractions.h - Inputs of contractions, one by one -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TRANSFORMS_STAGEDCONTRACTIONS_H
#define QUANTOPT_LIB_TRANSFORMS_STAGEDCONTRACTIONS_H

#include "quant-opt/Analysis/Contractions.h"
#include "quant-opt/Execution/Execution.h"
#include "quant-opt/Numerics/Rounding.h"

namespace quantopt {

/// Contractions that read one value, where a staged run stops to look at it.
struct ContractionStop {
  mlir::Value input;
  /// The dimension of `input` that the contractions sum over; every other is a token.
  int64_t channelDim;
  std::vector<Contraction> contractions;
  /// What `input` would be in the float model (FloatTwin), where a visitor wants to see it; a value before `input`.
  mlir::Value wanted = {};
};

/// The planned contractions of `function` that `wants` and that sum over one dimension of their input, grouped by
/// input, in program order. Others (convolutions) are left out.
std::vector<ContractionStop> findPlannedStops(mlir::func::FuncOp function,
                                              llvm::function_ref<bool(lowp::PlanAttr)> wants);

/// Runs `function` over `samples` and calls `visit` at each stop with its input as one matrix [tokens, channels] a
/// sample, in order. `label` names the work to whoever watches.
mlir::LogicalResult
runStops(mlir::func::FuncOp function, llvm::MutableArrayRef<ContractionStop> stops, llvm::ArrayRef<Sample> samples,
         unsigned threads, llvm::StringRef label,
         llvm::function_ref<mlir::LogicalResult(ContractionStop &, llvm::ArrayRef<MatrixRef>)> visit);

/// The same; `visit` also sees the stop's `wanted`, nothing where it has none.
mlir::LogicalResult
runStopsBeside(mlir::func::FuncOp function, llvm::MutableArrayRef<ContractionStop> stops,
               llvm::ArrayRef<Sample> samples, unsigned threads, llvm::StringRef label,
               llvm::function_ref<mlir::LogicalResult(ContractionStop &, llvm::ArrayRef<MatrixRef> inputs,
                                                      llvm::ArrayRef<MatrixRef> wanted)>
                   visit);

/// At most `limit` rows of `inputs` (one at least) that lie evenly over all of them, dense; sets `count`.
std::vector<float> pickTokens(llvm::ArrayRef<MatrixRef> inputs, int64_t limit, int64_t &count);

/// Fails, with an error that names site, sample, token and channel, on the first NaN or infinity in the inputs of a
/// stop, which would spread over all their second moments.
mlir::LogicalResult checkFinite(const ContractionStop &stop, llvm::ArrayRef<MatrixRef> inputs);

} // namespace quantopt

#endif // QUANTOPT_LIB_TRANSFORMS_STAGEDCONTRACTIONS_H
