//===- ContractionOfCodes.h - What the fusing passes share -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Products of rows with a matrix whose operands are dequantized codes, seen through views.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CONVERSION_LINALGTOLOWP_CONTRACTIONOFCODES_H
#define QUANTOPT_LIB_CONVERSION_LINALGTOLOWP_CONTRACTIONOFCODES_H

#include "LowP/LowP.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace quantopt {

/// One operand of a contraction, as codes and scales, seen through views.
struct QuantizedOperand {
  lowp::DequantizeOp dequantize;
  bool transposed = false; ///< the last two dimensions were exchanged on the way to the contraction
};

/// A contraction that can become a fused operation of lowp.
struct CodeContraction {
  mlir::linalg::LinalgOp op;
  QuantizedOperand lhs, rhs;
  bool rhsIsKN = false; ///< the codes of rhs are [k, n]
};

/// Follows `value` up through transposes of the last two dimensions and unit dimensions to a lowp.dequantize.
mlir::FailureOr<QuantizedOperand> findCodes(mlir::Value value);

/// The dimensions before the last two must be 1: a matrix with nothing around it.
bool isMatrix(mlir::RankedTensorType type);
bool isFloat8(mlir::Type type);
/// True when what a contraction adds to is zero.
bool isZeroFilled(mlir::Value init);

/// lhs [..., k] and result [..., n] with the same leading dimensions, rhs [n, k] or [k, n] behind unit dimensions; the
/// operands' codes are left to be found. Failure with `reason` set.
mlir::FailureOr<CodeContraction> matchShape(mlir::linalg::LinalgOp op, std::string &reason);

/// Puts what `create` makes in the place of the contraction and of a bias or residual that is added to it. `create`
/// gets a builder, the type of the result as a matrix and what is added, [n], [m, n] or null.
void replaceContraction(
    CodeContraction match,
    llvm::function_ref<mlir::Operation *(mlir::ImplicitLocOpBuilder &, mlir::RankedTensorType, mlir::Value)> create);

/// The tensor with all dimensions but the last collapsed into one.
mlir::Value collapseTo2D(mlir::ImplicitLocOpBuilder &builder, mlir::Value value);

} // namespace quantopt

#endif // QUANTOPT_LIB_CONVERSION_LINALGTOLOWP_CONTRACTIONOFCODES_H
