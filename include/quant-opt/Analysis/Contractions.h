//===- Contractions.h - Quantizable contractions of a function ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_ANALYSIS_CONTRACTIONS_H
#define QUANTOPT_ANALYSIS_CONTRACTIONS_H

#include "LowP/LowP.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace quantopt {

/// A contraction of an activation with a weight, seen through views: everything is derived from the IR.
struct Contraction {
  mlir::linalg::LinalgOp op;
  unsigned inputOperand, weightOperand; ///< operand numbers of `op`
  /// The activation as the contraction reads it, and, upstream of views that only regroup it, the value it shares
  /// with other contractions.
  mlir::Value input, sharedInput;
  /// Dimensions of `input` that the contraction sums over.
  llvm::SmallVector<int64_t> inputReduction;
  /// Where the weight's bytes come from (lowp.weight, constant, global, argument), before transposes, broadcasts,
  /// reshapes, casts.
  mlir::Value weightSource;
  /// Dimensions of `weightSource` that the contraction sums over; the others are output channels.
  llvm::SmallVector<int64_t> weightReduction;
  int64_t outFeatures = 0, inFeatures = 0;
  /// Unique in the function: lowp.site, else the weight's key without its suffix, else a name from its location.
  std::string site;
};

/// Why `op` is no quantizable contraction is left in `reason` on failure.
mlir::FailureOr<Contraction> analyzeContraction(mlir::linalg::LinalgOp op, std::string &reason);

/// All of them in program order; `onSkip` hears of each linalg contraction or convolution that is none, with the reason.
llvm::SmallVector<Contraction>
findContractions(mlir::FunctionOpInterface function,
                 llvm::function_ref<void(mlir::linalg::LinalgOp, llvm::StringRef reason)> onSkip = nullptr);

} // namespace quantopt

#endif // QUANTOPT_ANALYSIS_CONTRACTIONS_H
