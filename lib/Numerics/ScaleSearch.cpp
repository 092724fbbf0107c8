//===- ScaleSearch.cpp - The scale of least error of a block --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScaleSearch.h"

#include "RowKernels.h"
#include "quant-opt/Numerics/Vectorize.h"
#include <algorithm>
#include <cmath>

using namespace quantopt;
using namespace quantopt::detail;

static inline float raise(float error, ErrorNorm norm) {
  float square = error * error;
  switch (norm) {
  case ErrorNorm::L2:
    return square;
  case ErrorNorm::L2Half:
    return square * std::sqrt(std::fabs(error));
  case ErrorNorm::L3:
    return square * std::fabs(error);
  }
  llvm_unreachable("norm");
}

/// One span of at most `spanLength` values, in fp32 with one sum a lane, so that it vectorizes in a fixed order.
static constexpr int64_t spanLength = 1024;

QUANTOPT_VECTORIZED static float sumIntegerErrors(const float *__restrict x, const float *__restrict weights,
                                                  int64_t count, float scale, float zeroPoint, float qmin, float qmax,
                                                  ErrorNorm norm) {
  constexpr int lanes = 16;
  float sums[lanes] = {}, total = 0;
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes)
    for (int lane = 0; lane != lanes; ++lane) {
      float q = quantizeInteger(x[i + lane], scale, zeroPoint, qmin, qmax);
      float error = raise(x[i + lane] - (q - zeroPoint) * scale, norm);
      sums[lane] += weights ? weights[i + lane] * error : error;
    }
  for (; i != count; ++i) {
    float q = quantizeInteger(x[i], scale, zeroPoint, qmin, qmax);
    float error = raise(x[i] - (q - zeroPoint) * scale, norm);
    total += weights ? weights[i] * error : error;
  }
  for (float sum : sums)
    total += sum;
  return total;
}

double quantopt::detail::getBlockError(llvm::ArrayRef<float> values, llvm::ArrayRef<float> weights, ScaleZero params,
                                       const CodeRange &range, ErrorNorm norm) {
  double total = 0;
  int64_t count = values.size();
  for (int64_t at = 0; at < count; at += spanLength) {
    int64_t length = std::min(spanLength, count - at);
    const float *x = values.data() + at, *w = weights.empty() ? nullptr : weights.data() + at;
    if (range.kind == CodeKind::Integer) {
      total += sumIntegerErrors(x, w, length, params.scale, float(params.zeroPoint), range.qmin, range.qmax, norm);
      continue;
    }
    for (int64_t i = 0; i != length; ++i) {
      float error = raise(x[i] - quantizeF8(x[i], params.scale, range.kind) * params.scale, norm);
      total += w ? w[i] * error : error;
    }
  }
  return total;
}

ScaleZero quantopt::detail::searchScale(llvm::ArrayRef<float> values, llvm::ArrayRef<float> weights, float min,
                                        float max, const BlockScheme &scheme) {
  ScaleZero best;
  double bestError = 0;
  const ScaleSearch &search = scheme.search;
  for (unsigned step = 0; step <= search.steps; ++step) {
    float shrink = getShrink(search, step);
    ScaleZero candidate =
        chooseScaleZero(min * shrink, max * shrink, scheme.range, scheme.asymmetric, scheme.scaleStorage);
    double error = getBlockError(values, weights, candidate, scheme.range, search.norm);
    if (step == 0 || error < bestError) {
      best = candidate;
      bestError = error;
    }
  }
  return best;
}
