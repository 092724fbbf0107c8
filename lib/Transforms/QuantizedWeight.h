//===- QuantizedWeight.h - From a rounded matrix to QDQ form -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the rounding passes share: the weight of a contraction as one matrix,
// and the rewrite that puts codes and parameters in its place.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TRANSFORMS_QUANTIZEDWEIGHT_H
#define QUANTOPT_LIB_TRANSFORMS_QUANTIZEDWEIGHT_H

#include "quant-opt/Analysis/Contractions.h"
#include "quant-opt/Numerics/TokenScheme.h"

namespace quantopt {

/// A weight as [output channels, reduction], whatever the order of its dimensions in the IR.
struct WeightMatrix {
  std::vector<float> elements;
  int64_t rows = 0, cols = 0;
  MatrixRef getRef() const { return MatrixRef(elements.data(), rows, cols); }
};

/// Reads the weight of `contraction`. Fails with `reason` set.
mlir::FailureOr<WeightMatrix> readWeightMatrix(const Contraction &contraction, std::string &reason);

/// The elements of `matrix` in the order of the weight in the IR.
std::vector<float> getSourceElements(const Contraction &contraction, const WeightMatrix &matrix);

/// Puts a constant of `matrix` in the place of the weight of `contraction`, made as it was. Fails with an error on it.
mlir::LogicalResult writeWeightMatrix(Contraction &contraction, const WeightMatrix &matrix);

/// The values that the codes of `scheme` take.
CodeRange getCodeRange(lowp::SchemeInterface scheme);

/// How `scheme` divides that matrix into blocks. Fails with `reason` set when it does not.
mlir::FailureOr<BlockScheme> getBlockScheme(const Contraction &contraction, lowp::SchemeInterface scheme,
                                            std::string &reason);

/// A constant beside `source`, of the kind that it is: `<key of source><suffix>` in its store, or inline. `elements`
/// are one byte for a code, else as in memory. Fails with an error on `source`.
mlir::FailureOr<mlir::Value> createBeside(mlir::OpBuilder &builder, mlir::Operation *source,
                                          mlir::RankedTensorType type, llvm::StringRef suffix,
                                          llvm::ArrayRef<char> elements);

/// Codes, scale and zero point beside the source of the weight, then lowp.dequantize, which is returned. They are
/// weights of the store that the source is in (keys `<weight>_codes`, `<weight>_scale`, `<weight>_zero_point`),
/// constants otherwise. Fails with an error on the contraction.
mlir::FailureOr<mlir::Value> createDequantized(const Contraction &contraction, lowp::SchemeInterface scheme,
                                               const QuantizedMatrix &quantized);

/// The same for a weight whose bytes are not at hand (an argument, a computed weight): lowp.choose_params,
/// lowp.quantize and lowp.dequantize after the source, at run time.
mlir::FailureOr<mlir::Value> createDequantizedAtRunTime(const Contraction &contraction, lowp::SchemeInterface scheme);

/// lowp.choose_params, lowp.quantize and lowp.dequantize right after `value`; the result of the last.
mlir::Value createRunTimeQdq(mlir::Value value, mlir::RankedTensorType scaleType, lowp::SchemeInterface scheme,
                             mlir::Location loc);

/// Makes `contraction` read `dequantized` for its weight, through its own copy of the views on the way. Other readers
/// of the weight are untouched; what no one reads any more is erased.
void redirectWeight(Contraction &contraction, mlir::Value dequantized);

/// createDequantized, then redirectWeight.
mlir::LogicalResult replaceWeight(Contraction &contraction, lowp::SchemeInterface scheme,
                                  const QuantizedMatrix &quantized);

/// What every rounding pass does last: quantizes the input where `plan` says so (`inputMargin` as in quantizeInput),
/// and drops lowp.stats, which rounding has used up (they describe the float input of the stage before). Fails with an
/// error on the contraction.
mlir::LogicalResult finishPlan(Contraction &contraction, lowp::PlanAttr plan, double inputMargin = 0);

/// Puts lowp.quantize and lowp.dequantize in front of the contraction's input; contractions that read one value with
/// one scheme and one set of parameters share them. The parameters of a dynamic scheme come from the data at run time.
/// Those of a static one, one scale for the tensor, come from the range in `lowp.stats`, widened by 2^margin, and are
/// constants. Fails with an error on the contraction.
mlir::LogicalResult quantizeInput(Contraction &contraction, lowp::SchemeInterface scheme, double margin = 0);

/// How the tokens of the contraction's input are quantized by `scheme`; a static one takes its range from `lowp.stats`.
/// Fails with an error on the contraction.
mlir::FailureOr<TokenScheme> getTokenScheme(const Contraction &contraction, lowp::SchemeInterface scheme,
                                            double margin = 0);

} // namespace quantopt

#endif // QUANTOPT_LIB_TRANSFORMS_QUANTIZEDWEIGHT_H
