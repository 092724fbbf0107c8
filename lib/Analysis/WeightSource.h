//===- WeightSource.h - What may be a weight ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Internal to lib/Analysis.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_ANALYSIS_WEIGHTSOURCE_H
#define QUANTOPT_LIB_ANALYSIS_WEIGHTSOURCE_H

#include "quant-opt/Analysis/Contractions.h"
#include "quant-opt/Analysis/ValueTrace.h"

namespace quantopt {

/// What a traced operand turned out to be.
struct OperandSource {
  enum Kind { Weight, Activation, Refused } kind = Activation;
  WeightSourceKind weightKind = WeightSourceKind::Constant;
  std::string reason; ///< of Refused
  /// One value everywhere, such as the zero state that a recurrent net starts from.
  bool isSplat = false;
};

/// Classifies where `trace` ended. `mayBeArgument`: the operand is in the place of a weight (right of a matrix product,
/// the filter of a convolution), so that a function argument there can be a parameter.
OperandSource classifySource(const ValueTrace &trace, bool mayBeArgument);

/// Whether `op` multiplies two tensors, and its only reader sums the product: a contraction of two ops.
bool isSummedProduct(mlir::linalg::LinalgOp op);

/// Pure computation of which every leaf is a constant, at least one of them with more than one distinct element.
/// `reason` is set when such computation cannot serve as a weight.
bool isComputedFromConstants(mlir::Value value, std::string &reason);

} // namespace quantopt

#endif // QUANTOPT_LIB_ANALYSIS_WEIGHTSOURCE_H
