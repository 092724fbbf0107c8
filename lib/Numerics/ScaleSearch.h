//===- ScaleSearch.h - The scale of least error of a block -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_NUMERICS_SCALESEARCH_H
#define QUANTOPT_LIB_NUMERICS_SCALESEARCH_H

#include "quant-opt/Numerics/Rounding.h"

namespace quantopt::detail {

/// Sum over the block of weight * |x - dequantize(quantize(x))|^norm, in an order fixed by the count alone. `weights`
/// may be empty.
double getBlockError(llvm::ArrayRef<float> values, llvm::ArrayRef<float> weights, ScaleZero params,
                     const CodeRange &range, ErrorNorm norm);

/// The factor of candidate `step` of 0 .. search.steps.
inline float getShrink(const ScaleSearch &search, unsigned step) {
  return 1 - float(step) * ((1 - search.minShrink) / float(search.steps));
}

/// The first candidate of least error among the shrinks of `scheme.search` (rule N20); [min, max] is the block's range.
ScaleZero searchScale(llvm::ArrayRef<float> values, llvm::ArrayRef<float> weights, float min, float max,
                      const BlockScheme &scheme);

} // namespace quantopt::detail

#endif // QUANTOPT_LIB_NUMERICS_SCALESEARCH_H
