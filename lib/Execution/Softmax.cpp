//===- Softmax.cpp - Softmax of rows, vectorized --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Kernels.h"
#include "quant-opt/Execution/Execution.h"
#include "quant-opt/Numerics/Vectorize.h"
#include <cmath>
#include <cstring>
#include <limits>

using namespace quantopt;

/// Lanes of the fixed order in which a row is reduced: the result does not depend on the vector width.
static constexpr int64_t lanes = 16;

/// exp(x) for x <= 0, relative error about 1e-7: 2^n times a polynomial on [-ln2/2, ln2/2] (Cephes expf). Branch-free
/// so that the compiler vectorizes it; NaN stays NaN.
static inline __attribute__((always_inline)) float expNonPositive(float x) {
  float clamped = x < -87.0f ? -87.0f : x;
  // Adding and subtracting 1.5 * 2^23 rounds to the nearest integer.
  float shifted = clamped * 1.44269504088896341f + 12582912.0f;
  float n = shifted - 12582912.0f;
  float r = clamped - n * 0.693359375f;
  r = r - n * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  uint32_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  uint32_t exponent = (bits + 127) << 23;
  float scale;
  memcpy(&scale, &exponent, sizeof scale);
  return x < -87.0f ? 0.0f : p * scale;
}

static inline __attribute__((always_inline)) float findMaximum(const float *in, int64_t count) {
  float maxima[lanes];
  for (int64_t l = 0; l < lanes; ++l)
    maxima[l] = -std::numeric_limits<float>::infinity();
  int64_t whole = count / lanes * lanes;
  for (int64_t i = 0; i < whole; i += lanes)
    for (int64_t l = 0; l < lanes; ++l)
      maxima[l] = in[i + l] > maxima[l] ? in[i + l] : maxima[l];
  for (int64_t i = whole; i < count; ++i)
    maxima[i - whole] = in[i] > maxima[i - whole] ? in[i] : maxima[i - whole];
  float maximum = maxima[0];
  for (int64_t l = 1; l < lanes; ++l)
    maximum = maxima[l] > maximum ? maxima[l] : maximum;
  return maximum;
}

QUANTOPT_VECTORIZED static void softmaxRow(const float *__restrict in, float *__restrict out, int64_t count) {
  float sums[lanes] = {};
  int64_t whole = count / lanes * lanes;
  float maximum = findMaximum(in, count);
  for (int64_t i = 0; i < whole; i += lanes)
    for (int64_t l = 0; l < lanes; ++l) {
      float value = expNonPositive(in[i + l] - maximum);
      out[i + l] = value;
      sums[l] += value;
    }
  for (int64_t i = whole; i < count; ++i)
    sums[i - whole] += out[i] = expNonPositive(in[i] - maximum);
  float sum = 0.0f;
  for (int64_t l = 0; l < lanes; ++l)
    sum += sums[l];
  float factor = 1.0f / sum;
  for (int64_t i = 0; i < count; ++i)
    out[i] *= factor;
}

QUANTOPT_VECTORIZED static double logSumExpRow(const float *in, int64_t count) {
  double sums[lanes] = {};
  int64_t whole = count / lanes * lanes;
  float maximum = findMaximum(in, count);
  for (int64_t i = 0; i < whole; i += lanes)
    for (int64_t l = 0; l < lanes; ++l)
      sums[l] += expNonPositive(in[i + l] - maximum);
  for (int64_t i = whole; i < count; ++i)
    sums[i - whole] += expNonPositive(in[i] - maximum);
  double sum = 0;
  for (double part : sums)
    sum += part;
  return maximum + std::log(sum);
}

double quantopt::logSumExp(llvm::ArrayRef<float> values) { return logSumExpRow(values.data(), values.size()); }

/// A row that is not dense: the same sums in the plain order.
static void softmaxStridedRow(const float *in, int64_t inStride, float *out, int64_t outStride, int64_t count) {
  float maximum = -std::numeric_limits<float>::infinity(), sum = 0.0f;
  for (int64_t i = 0; i < count; ++i)
    maximum = in[i * inStride] > maximum ? in[i * inStride] : maximum;
  for (int64_t i = 0; i < count; ++i)
    sum += out[i * outStride] = expNonPositive(in[i * inStride] - maximum);
  for (int64_t i = 0; i < count; ++i)
    out[i * outStride] /= sum;
}

static void softmaxNest(int64_t dimension, int64_t rank, const int64_t *layout, const float *in, float *out) {
  int64_t size = layout[dimension], inStride = layout[rank + dimension], outStride = layout[2 * rank + dimension];
  if (dimension == rank - 1) {
    if (inStride == 1 && outStride == 1)
      softmaxRow(in, out, size);
    else
      softmaxStridedRow(in, inStride, out, outStride, size);
    return;
  }
  for (int64_t i = 0; i < size; ++i)
    softmaxNest(dimension + 1, rank, layout, in + i * inStride, out + i * outStride);
}

void execution::softmaxF32(int64_t rank, const int64_t *layout, const float *in, float *out) {
  for (int64_t i = 0; i < rank; ++i)
    if (layout[i] == 0)
      return;
  softmaxNest(0, rank, layout, in, out);
}
