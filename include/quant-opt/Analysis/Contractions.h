//===- Contractions.h - Quantizable contractions of a function ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_ANALYSIS_CONTRACTIONS_H
#define QUANTOPT_ANALYSIS_CONTRACTIONS_H

#include "LowP/LowP.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace quantopt {

/// Where the bytes of a weight are.
enum class WeightSourceKind : uint8_t {
  Store,    ///< lowp.weight
  Constant, ///< arith.constant of dense or dense_resource elements
  Global,   ///< a load (ml_program, memref) of an immutable global
  Argument, ///< a function argument that can only be a parameter
  Computed, ///< pure computation on nothing but constants, of which no dimension can be followed further up
};

/// A contraction of an activation with a weight, seen through views: everything is derived from the IR.
struct Contraction {
  mlir::linalg::LinalgOp op;
  unsigned inputOperand, weightOperand; ///< operand numbers of `op`
  /// The activation as the contraction reads it, and, upstream of views that only regroup it, the value it shares
  /// with other contractions.
  mlir::Value input, sharedInput;
  /// Dimensions of `input` and of `sharedInput` that the contraction sums over, in the order of `weightReduction`
  /// (flattened in these orders, element i of one meets element i of the other). Convolutions: also the dimensions
  /// that the window slides over.
  llvm::SmallVector<int64_t> inputReduction, sharedReduction;
  /// Where the weight's bytes come from (lowp.weight, constant, global, argument), before transposes, broadcasts,
  /// reshapes, casts.
  mlir::Value weightSource;
  WeightSourceKind sourceKind = WeightSourceKind::Constant;
  /// Dimensions of `weightSource` that the contraction sums over; the others are output channels. Dimensions of
  /// length 1 are left out unless there is no other.
  llvm::SmallVector<int64_t> weightReduction;
  /// The operands of the views between `weightSource` and `op` through which the weight flows, upstream first. Other
  /// ops may use these views too.
  llvm::SmallVector<mlir::OpOperand *> weightPath;
  int64_t outFeatures = 0, inFeatures = 0;
  /// A window slides over the input.
  bool isConvolution = false;
  /// Unique in the function: lowp.site, else the weight's key without its suffix, else a name from its location.
  std::string site;
};

/// Why `op` is no quantizable contraction is left in `reason` on failure; `reason` is empty when it is no contraction
/// or convolution at all.
mlir::FailureOr<Contraction> analyzeContraction(mlir::linalg::LinalgOp op, std::string &reason);

/// All of them in program order; `onSkip` hears of each linalg contraction or convolution that is none, with the
/// reason.
std::vector<Contraction>
findContractions(mlir::FunctionOpInterface function,
                 llvm::function_ref<void(mlir::linalg::LinalgOp, llvm::StringRef reason)> onSkip = nullptr);

/// The value that `value` is a view of (transposed, reshaped, broadcast, cast, sliced, padded), as far up as the IR
/// shows.
mlir::Value getViewSource(mlir::Value value);

} // namespace quantopt

#endif // QUANTOPT_ANALYSIS_CONTRACTIONS_H
