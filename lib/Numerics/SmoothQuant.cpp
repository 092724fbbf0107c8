//===- SmoothQuant.cpp - Moving outliers from activations to weights ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/SmoothQuant.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

using namespace quantopt;

std::vector<float> quantopt::getColumnAbsMax(llvm::ArrayRef<MatrixRef> weights) {
  std::vector<float> result(weights.empty() ? 0 : weights.front().cols);
  for (const MatrixRef &weight : weights) {
    assert(weight.cols == int64_t(result.size()) && "weights of one input");
    for (int64_t i = 0; i != weight.rows; ++i)
      for (int64_t j = 0; j != weight.cols; ++j)
        result[j] = std::max(result[j], std::fabs(weight.row(i)[j]));
  }
  return result;
}

static llvm::Error checkInput(llvm::ArrayRef<float> activation, llvm::ArrayRef<float> weight,
                              const SmoothOptions &options) {
  auto fail = [](const llvm::Twine &message) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
  };
  if (!(options.alpha >= 0 && options.alpha <= 1))
    return fail("alpha " + std::to_string(options.alpha) + " is not in [0, 1]");
  if (!(options.minFactor > 0 && options.minFactor <= options.maxFactor))
    return fail("smoothing factors need bounds 0 < minimum <= maximum");
  if (activation.size() != weight.size())
    return fail("activations have " + llvm::Twine(activation.size()) + " channels, weights " +
                llvm::Twine(weight.size()));
  for (size_t j = 0; j != activation.size(); ++j)
    for (float value : {activation[j], weight[j]})
      if (!(std::isfinite(value) && value >= 0))
        return fail("a largest magnitude of channel " + llvm::Twine(j) + " is negative or not finite");
  return llvm::Error::success();
}

llvm::Expected<std::vector<float>> quantopt::computeSmoothingFactors(llvm::ArrayRef<float> activationAbsMax,
                                                                     llvm::ArrayRef<float> weightAbsMax,
                                                                     const SmoothOptions &options) {
  if (llvm::Error error = checkInput(activationAbsMax, weightAbsMax, options))
    return error;
  std::vector<float> result(activationAbsMax.size(), 1.0f);
  for (size_t j = 0; j != result.size(); ++j) {
    double a = activationAbsMax[j], w = weightAbsMax[j];
    if (a == 0 || w == 0)
      continue;
    double exponent = options.alpha * std::log2(a) - (1.0 - options.alpha) * std::log2(w);
    if (options.powerOfTwo)
      // The bounds' own logarithms are rounded inwards, so that the clamped factor is a power of two as well.
      exponent = std::min(std::max(std::nearbyint(exponent), std::ceil(std::log2(double(options.minFactor)))),
                          std::floor(std::log2(double(options.maxFactor))));
    result[j] = float(std::min(std::max(std::exp2(exponent), double(options.minFactor)), double(options.maxFactor)));
  }
  return result;
}
