//===- SmoothQuant.h - Moving outliers from activations to weights -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SmoothQuant (Xiao et al. 2022, equation 4): x W^T = (x / s) (W s)^T with one
// factor a channel, chosen so that both sides are equally hard to quantize.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_SMOOTHQUANT_H
#define QUANTOPT_NUMERICS_SMOOTHQUANT_H

#include "quant-opt/Numerics/Rounding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <vector>

namespace quantopt {

struct SmoothOptions {
  /// 0: nothing leaves the activations (s = 1 / |W|^1, up to the clamp); 1: all of their range does.
  float alpha = 0.5f;
  /// Bounds of s, which also keep it away from what half precision cannot hold after folding.
  float minFactor = 1e-5f, maxFactor = 1e5f;
  /// Rounds s to the nearest power of two (in the logarithm), so that folding it changes no mantissa.
  bool powerOfTwo = false;
};

/// Largest |W[., j]| of each column over all of `weights` [out, channels], which share one input.
std::vector<float> getColumnAbsMax(llvm::ArrayRef<MatrixRef> weights);

/// s_j = activation_j^alpha / weight_j^(1 - alpha), clamped. A dead channel, whose activation or weight maximum is 0,
/// gets 1 (rule N14): there is nothing to balance. Fails on alpha outside [0, 1], bounds that are not 0 < min <= max,
/// sizes that differ, and statistics that are negative or not finite.
llvm::Expected<std::vector<float>> computeSmoothingFactors(llvm::ArrayRef<float> activationAbsMax,
                                                           llvm::ArrayRef<float> weightAbsMax,
                                                           const SmoothOptions &options);

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_SMOOTHQUANT_H
