//===- OutputError.cpp - What a change of weights does to outputs ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Awq.h"

#include "quant-opt/Numerics/Parallel.h"
#include "quant-opt/Numerics/Vectorize.h"
#include <algorithm>
#include <cassert>
#include <cblas.h>
#include <numeric>

using namespace quantopt;

/// Rows in work at a time; results do not depend on it.
static constexpr int64_t chunkRows = 64;

OutputError::OutputError(llvm::ArrayRef<double> hessian, int64_t channels)
    : channels(channels), moments(hessian.begin(), hessian.end()) {
  assert(int64_t(hessian.size()) == channels * channels && "moments are [channels, channels]");
}

OutputError OutputError::divideBy(llvm::ArrayRef<float> scales) const {
  OutputError result;
  result.channels = channels;
  result.moments.resize(moments.size());
  for (int64_t i = 0; i != channels; ++i)
    for (int64_t j = 0; j != channels; ++j)
      result.moments[i * channels + j] = moments[i * channels + j] / scales[i] / scales[j];
  return result;
}

QUANTOPT_VECTORIZED static void subtract(const float *__restrict a, const float *__restrict b, int64_t count,
                                         float *__restrict out) {
  for (int64_t i = 0; i != count; ++i)
    out[i] = a[i] - b[i];
}

/// a . b in fp32 by lane and span, then fp64 (rule N3).
QUANTOPT_VECTORIZED static double getProduct(const float *__restrict a, const float *__restrict b, int64_t count) {
  constexpr int64_t lanes = 16, span = 1024;
  double total = 0;
  for (int64_t begin = 0; begin < count; begin += span) {
    int64_t end = std::min(begin + span, count), i = begin;
    float sums[lanes] = {}, sum = 0;
    for (; i + lanes <= end; i += lanes)
      for (int64_t lane = 0; lane != lanes; ++lane)
        sums[lane] += a[i + lane] * b[i + lane];
    for (; i != end; ++i)
      sum += a[i] * b[i];
    for (float lane : sums)
      sum += lane;
    total += sum;
  }
  return total;
}

/// d M d^T of each of `rows` rows of `difference`, M being `size` columns and rows of a matrix with `stride`.
static void getQuadraticForms(const float *difference, int64_t rows, int64_t size, const float *moments, int64_t stride,
                              std::vector<float> &product, double *forms) {
  product.resize(rows * size);
  cblas_ssymm(CblasRowMajor, CblasRight, CblasLower, rows, size, 1, moments, stride, difference, size, 0,
              product.data(), size);
  for (int64_t row = 0; row != rows; ++row)
    forms[row] = std::max(0.0, getProduct(difference + row * size, product.data() + row * size, size));
}

std::vector<double> OutputError::getRowErrors(MatrixRef weight, MatrixRef change, unsigned threads) const {
  assert(weight.cols == channels && change.cols == channels && weight.rows == change.rows && "of one shape");
  std::vector<double> errors(weight.rows);
  parallelFor(threads, (weight.rows + chunkRows - 1) / chunkRows, [&](size_t chunk) {
    int64_t first = int64_t(chunk) * chunkRows, rows = std::min(chunkRows, weight.rows - first);
    std::vector<float> difference(rows * channels), product;
    for (int64_t row = 0; row != rows; ++row)
      subtract(change.row(first + row), weight.row(first + row), channels, difference.data() + row * channels);
    getQuadraticForms(difference.data(), rows, channels, moments.data(), channels, product, errors.data() + first);
  });
  return errors;
}

double OutputError::getError(MatrixRef weight, MatrixRef change, unsigned threads) const {
  std::vector<double> errors = getRowErrors(weight, change, threads);
  return std::accumulate(errors.begin(), errors.end(), 0.0);
}

double OutputError::getEnergy(MatrixRef weight, unsigned threads) const {
  std::vector<float> zero(weight.cols, 0.0f);
  return getError({zero.data(), weight.rows, weight.cols, /*stride=*/0}, weight, threads);
}

//===----------------------------------------------------------------------===//
// Clips
//===----------------------------------------------------------------------===//

static float getClip(unsigned step, unsigned clipSteps) {
  return step == 0 ? 1.0f : 1 - 0.5f * float(step) / float(clipSteps);
}

static void clampTo(const float *from, int64_t count, bool asymmetric, float clip, float *to) {
  float low = std::min(0.0f, *std::min_element(from, from + count)) * clip;
  float high = std::max(0.0f, *std::max_element(from, from + count)) * clip;
  if (!asymmetric) {
    high = std::max(high, -low);
    low = -high;
  }
  for (int64_t i = 0; i != count; ++i)
    to[i] = std::clamp(from[i], low, high);
}

void quantopt::applyClips(llvm::MutableArrayRef<float> weight, llvm::ArrayRef<uint8_t> steps, bool asymmetric,
                          unsigned clipSteps) {
  int64_t block = weight.size() / steps.size();
  for (size_t i = 0; i != steps.size(); ++i) {
    float *values = weight.data() + i * block;
    if (steps[i] != 0)
      clampTo(values, block, asymmetric, getClip(steps[i], clipSteps), values);
  }
}

namespace {
/// The clips of some rows of a weight.
struct ClipSearch {
  const AwqWeight &weight;
  const OutputError &objective;
  const AwqOptions &options;
  int64_t block, groups;

  void searchRows(int64_t first, int64_t rows, llvm::MutableArrayRef<uint8_t> steps) const;
  void searchGroup(int64_t first, int64_t rows, int64_t group, llvm::MutableArrayRef<uint8_t> steps) const;
  /// Plain rounding of `values`, a block, in place.
  void round(float *values) const;
};
} // namespace

void ClipSearch::round(float *values) const {
  auto [low, high] = std::minmax_element(values, values + block);
  const BlockScheme &scheme = weight.scheme;
  ScaleZero params = chooseScaleZero(*low, *high, scheme.range, scheme.asymmetric, scheme.scaleStorage);
  for (int64_t i = 0; i != block; ++i)
    values[i] = dequantizeValue(quantizeValue(values[i], params.scale, params.zeroPoint, scheme.range), params.scale,
                                params.zeroPoint, scheme.range);
}

void ClipSearch::searchGroup(int64_t first, int64_t rows, int64_t group, llvm::MutableArrayRef<uint8_t> steps) const {
  int64_t channels = objective.getChannels(), begin = group * block;
  const float *moments = objective.getMoments().data() + begin * channels + begin;
  std::vector<float> difference(rows * block), product;
  std::vector<double> best(rows), errors(rows);
  for (unsigned step = 0; step <= options.clipSteps; ++step) {
    for (int64_t row = 0; row != rows; ++row) {
      const float *original = weight.weight.row(first + row) + begin;
      float *values = difference.data() + row * block;
      clampTo(original, block, weight.scheme.asymmetric, getClip(step, options.clipSteps), values);
      round(values);
      subtract(values, original, block, values);
    }
    getQuadraticForms(difference.data(), rows, block, moments, channels, product, errors.data());
    for (int64_t row = 0; row != rows; ++row)
      if (step == 0 || errors[row] < best[row]) {
        best[row] = errors[row];
        steps[row * groups + group] = step;
      }
  }
}

void ClipSearch::searchRows(int64_t first, int64_t rows, llvm::MutableArrayRef<uint8_t> steps) const {
  for (int64_t group = 0; group != groups; ++group)
    searchGroup(first, rows, group, steps);
  int64_t channels = objective.getChannels();
  std::vector<float> plain(rows * channels), clipped(rows * channels);
  for (int64_t row = 0; row != rows; ++row)
    std::copy_n(weight.weight.row(first + row), channels, plain.begin() + row * channels);
  clipped = plain;
  applyClips(clipped, steps, weight.scheme.asymmetric, options.clipSteps);
  for (int64_t begin = 0; begin < rows * channels; begin += block) {
    round(plain.data() + begin);
    round(clipped.data() + begin);
  }
  MatrixRef original(weight.weight.row(first), rows, channels, weight.weight.stride);
  std::vector<double> before = objective.getRowErrors(original, {plain.data(), rows, channels}, 1);
  std::vector<double> after = objective.getRowErrors(original, {clipped.data(), rows, channels}, 1);
  for (int64_t row = 0; row != rows; ++row)
    if (!(after[row] < before[row]))
      std::fill_n(steps.begin() + row * groups, groups, 0);
}

llvm::Expected<std::vector<uint8_t>> quantopt::searchClips(const AwqWeight &weight, const OutputError &objective,
                                                           const AwqOptions &options) {
  assert(options.clipSteps < 256 && "a step is held in a byte");
  // Refuses what cannot be rounded: blocks that do not divide, NaN and infinity.
  llvm::Expected<BlockParams> params = chooseParams(weight.weight, weight.scheme, options.threads);
  if (!params)
    return params.takeError();
  if (params->rows != weight.weight.rows)
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "clips need blocks of one row");
  ClipSearch search{weight, objective, options, weight.weight.cols / params->cols, params->cols};
  std::vector<uint8_t> steps(params->rows * params->cols);
  parallelFor(options.threads, (weight.weight.rows + chunkRows - 1) / chunkRows, [&](size_t chunk) {
    int64_t first = int64_t(chunk) * chunkRows, rows = std::min(chunkRows, weight.weight.rows - first);
    search.searchRows(first, rows, llvm::MutableArrayRef(steps).slice(first * search.groups, rows * search.groups));
  });
  return steps;
}
