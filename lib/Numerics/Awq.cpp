//===- Awq.cpp - Scales of channels that lower the rounding error ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Awq.h"

#include "quant-opt/Numerics/Parallel.h"
#include "quant-opt/Numerics/Vectorize.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

using namespace quantopt;

//===----------------------------------------------------------------------===//
// Magnitudes
//===----------------------------------------------------------------------===//

QUANTOPT_VECTORIZED static void addMagnitudes(const float *__restrict x, int64_t count, double *__restrict sums) {
  for (int64_t i = 0; i != count; ++i)
    sums[i] += std::fabs(double(x[i]));
}

std::vector<float> quantopt::getChannelMeanMagnitude(llvm::ArrayRef<MatrixRef> samples, unsigned threads) {
  int64_t channels = samples.empty() ? 0 : samples.front().cols, tokens = 0;
  std::vector<std::vector<double>> sums(samples.size());
  parallelFor(threads, samples.size(), [&](size_t i) {
    sums[i].resize(channels);
    for (int64_t token = 0; token != samples[i].rows; ++token)
      addMagnitudes(samples[i].row(token), channels, sums[i].data());
  });
  std::vector<double> total(channels);
  for (size_t i = 0; i != samples.size(); ++i) {
    tokens += samples[i].rows;
    for (int64_t channel = 0; channel != channels; ++channel)
      total[channel] += sums[i][channel];
  }
  std::vector<float> result;
  for (double sum : total)
    result.push_back(tokens ? float(sum / double(tokens)) : 0.0f);
  return result;
}

std::vector<float> quantopt::getRelativeMagnitude(llvm::ArrayRef<AwqWeight> weights) {
  int64_t channels = weights.empty() ? 0 : weights.front().weight.cols, rows = 0;
  std::vector<double> sums(channels);
  for (const AwqWeight &entry : weights) {
    int64_t block = entry.scheme.blockCols ? entry.scheme.blockCols : channels;
    rows += entry.weight.rows;
    for (int64_t row = 0; row != entry.weight.rows; ++row)
      for (int64_t begin = 0; begin < channels; begin += block) {
        const float *w = entry.weight.row(row) + begin;
        int64_t count = std::min(block, channels - begin);
        float largest = 0;
        for (int64_t i = 0; i != count; ++i)
          largest = std::max(largest, std::fabs(w[i]));
        for (int64_t i = 0; largest > 0 && i != count; ++i)
          sums[begin + i] += std::fabs(w[i]) / largest;
      }
  }
  std::vector<float> result;
  for (double sum : sums)
    result.push_back(rows ? float(sum / double(rows)) : 0.0f);
  return result;
}

//===----------------------------------------------------------------------===//
// Candidates
//===----------------------------------------------------------------------===//

static std::vector<double> averageByClass(llvm::ArrayRef<float> values, llvm::ArrayRef<unsigned> classes) {
  std::vector<double> sums(values.size()), counts(values.size()), result;
  for (size_t i = 0; i != values.size(); ++i) {
    sums[classes[i]] += values[i];
    counts[classes[i]] += 1;
  }
  for (unsigned number : classes)
    result.push_back(sums[number] / counts[number]);
  return result;
}

/// Factors of one family and exponent, divided by the root of their largest times their smallest. The clamp keeps a
/// channel that is hardly ever used from a factor that no stored weight would survive.
static std::vector<float> computeScales(llvm::ArrayRef<double> activation, llvm::ArrayRef<double> weight,
                                        AwqFamily family, double exponent) {
  constexpr double smallest = 1e-4;
  std::vector<double> scales(activation.size(), 1.0);
  double low = INFINITY, high = 0;
  for (size_t i = 0; i != scales.size(); ++i) {
    if (activation[i] == 0 || weight[i] == 0)
      continue;
    double scale = std::pow(activation[i], exponent);
    if (family == AwqFamily::Duo)
      scale /= std::pow(weight[i], 1 - exponent) + smallest;
    scales[i] = std::max(scale, smallest);
    low = std::min(low, scales[i]);
    high = std::max(high, scales[i]);
  }
  double middle = high > 0 ? std::sqrt(low * high) : 1.0;
  std::vector<float> result;
  for (size_t i = 0; i != scales.size(); ++i)
    result.push_back(activation[i] == 0 || weight[i] == 0 ? 1.0f : float(scales[i] / middle));
  return result;
}

std::vector<AwqCandidate> quantopt::makeAwqCandidates(llvm::ArrayRef<float> activation, llvm::ArrayRef<float> weight,
                                                      llvm::ArrayRef<unsigned> classes, const AwqOptions &options) {
  assert(activation.size() == weight.size() && weight.size() == classes.size() && "one of each a channel");
  std::vector<double> x = averageByClass(activation, classes), w = averageByClass(weight, classes);
  std::vector<AwqCandidate> result;
  result.push_back({AwqFamily::Activation, 0, std::vector<float>(x.size(), 1.0f)});
  // With one factor for all channels there is nothing to choose.
  if (llvm::all_equal(classes))
    return result;
  for (AwqFamily family : {AwqFamily::Activation, AwqFamily::Duo}) {
    if (options.family != AwqFamily::Both && options.family != family)
      continue;
    for (unsigned step = family == AwqFamily::Activation ? 1 : 0; step <= options.gridSteps; ++step) {
      double exponent = double(step) / options.gridSteps;
      result.push_back({family, exponent, computeScales(x, w, family, exponent)});
    }
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Search
//===----------------------------------------------------------------------===//

static std::vector<float> multiplyColumns(MatrixRef matrix, llvm::ArrayRef<float> scales) {
  std::vector<float> result(matrix.rows * matrix.cols);
  for (int64_t row = 0; row != matrix.rows; ++row)
    for (int64_t col = 0; col != matrix.cols; ++col)
      result[row * matrix.cols + col] = matrix.row(row)[col] * scales[col];
  return result;
}

llvm::Expected<std::vector<float>> quantopt::roundScaled(const AwqWeight &weight, llvm::ArrayRef<float> scales,
                                                         unsigned threads) {
  int64_t rows = weight.weight.rows, cols = weight.weight.cols;
  std::vector<float> values = multiplyColumns(weight.weight, scales);
  llvm::Expected<QuantizedMatrix> rounded = roundMatrix({values.data(), rows, cols}, weight.scheme, threads);
  if (!rounded)
    return rounded.takeError();
  dequantizeMatrix(rounded->codes, rows, cols, weight.scheme.range, rounded->params, values, threads);
  for (int64_t i = 0; i != rows; ++i)
    for (int64_t j = 0; j != cols; ++j)
      values[i * cols + j] /= scales[j];
  return values;
}

/// The sum over `weights` of the output error relative to `energies`.
static double getGroupError(llvm::ArrayRef<AwqWeight> weights, llvm::ArrayRef<double> energies,
                            const OutputError &objective, llvm::ArrayRef<std::vector<float>> rounded,
                            unsigned threads) {
  double sum = 0;
  for (size_t i = 0; i != weights.size(); ++i) {
    MatrixRef weight = weights[i].weight;
    if (energies[i] > 0)
      sum += objective.getError(weight, {rounded[i].data(), weight.rows, weight.cols}, threads) / energies[i];
  }
  return sum;
}

static llvm::Expected<std::vector<std::vector<float>>> roundGroup(llvm::ArrayRef<AwqWeight> weights,
                                                                  llvm::ArrayRef<float> scales, unsigned threads) {
  std::vector<std::vector<float>> result;
  for (const AwqWeight &weight : weights) {
    llvm::Expected<std::vector<float>> rounded = roundScaled(weight, scales, threads);
    if (!rounded)
      return rounded.takeError();
    result.push_back(std::move(*rounded));
  }
  return result;
}

namespace {
/// Errors of candidates, each computed when it is first asked for.
struct CandidateRanking {
  llvm::ArrayRef<AwqWeight> weights;
  const OutputError &objective;
  llvm::ArrayRef<AwqCandidate> candidates;
  unsigned threads;
  std::vector<double> energies, errors;
  std::vector<size_t> ranked;

  CandidateRanking(llvm::ArrayRef<AwqWeight> weights, const OutputError &objective,
                   llvm::ArrayRef<AwqCandidate> candidates, unsigned threads)
      : weights(weights), objective(objective), candidates(candidates), threads(threads),
        errors(candidates.size(), -1) {
    for (const AwqWeight &weight : weights)
      energies.push_back(objective.getEnergy(weight.weight, threads));
  }

  llvm::Error rank(size_t index) {
    if (errors[index] >= 0)
      return llvm::Error::success();
    auto rounded = roundGroup(weights, candidates[index].scales, threads);
    if (!rounded)
      return rounded.takeError();
    errors[index] = getGroupError(weights, energies, objective, *rounded, threads);
    ranked.push_back(index);
    return llvm::Error::success();
  }

  bool isBetter(size_t a, size_t b) const { return std::make_pair(errors[a], a) < std::make_pair(errors[b], b); }
  void sort() {
    llvm::sort(ranked, [&](size_t a, size_t b) { return isBetter(a, b); });
  }

  /// Ranks every `stride`-th candidate of a family and its last.
  llvm::Error rankFamily(size_t begin, size_t end, size_t stride) {
    for (size_t i = begin; i < end; i += stride)
      if (llvm::Error error = rank(i))
        return error;
    return begin < end ? rank(end - 1) : llvm::Error::success();
  }
  /// Ranks the neighbours of the best candidate of [begin, end) at falling distances.
  llvm::Error refine(size_t begin, size_t end, size_t stride) {
    while (stride > 1) {
      stride = (stride + 1) / 2;
      sort();
      size_t best = ranked.front();
      if (best < begin || best >= end)
        return llvm::Error::success();
      if (best >= begin + stride)
        if (llvm::Error error = rank(best - stride))
          return error;
      if (best + stride < end)
        if (llvm::Error error = rank(best + stride))
          return error;
    }
    return llvm::Error::success();
  }
};
} // namespace

/// Ranks the candidates that the options ask for.
static llvm::Error rankCandidates(CandidateRanking &ranking, const AwqOptions &options) {
  llvm::ArrayRef<AwqCandidate> candidates = ranking.candidates;
  if (llvm::Error error = ranking.rank(0))
    return error;
  size_t stride = options.exhaustive ? 1 : std::max<size_t>(1, (options.gridSteps + 3) / 4);
  std::vector<std::pair<size_t, size_t>> families;
  for (size_t begin = 1, end = 1; begin < candidates.size(); begin = end) {
    while (end < candidates.size() && candidates[end].family == candidates[begin].family)
      ++end;
    families.push_back({begin, end});
    if (llvm::Error error = ranking.rankFamily(begin, end, stride))
      return error;
  }
  for (auto [begin, end] : families)
    if (llvm::Error error = ranking.refine(begin, end, stride))
      return error;
  ranking.sort();
  return llvm::Error::success();
}

llvm::Expected<AwqResult> quantopt::searchAwqScales(llvm::ArrayRef<AwqWeight> weights, const OutputError &objective,
                                                    llvm::ArrayRef<AwqCandidate> candidates, const AwqOptions &options,
                                                    AwqObjective judge, unsigned shortlist) {
  assert(!candidates.empty() && "the first candidate changes nothing");
  CandidateRanking ranking(weights, objective, candidates, options.threads);
  if (llvm::Error error = rankCandidates(ranking, options))
    return error;
  if (judge) {
    // The judge's word counts alone; what it did not hear is out.
    ranking.ranked.resize(std::min<size_t>(ranking.ranked.size(), shortlist));
    if (!llvm::is_contained(ranking.ranked, 0u))
      ranking.ranked.push_back(0);
    for (size_t index : ranking.ranked) {
      auto rounded = roundGroup(weights, candidates[index].scales, options.threads);
      if (!rounded)
        return rounded.takeError();
      llvm::Expected<double> error = judge(*rounded);
      if (!error)
        return error.takeError();
      ranking.errors[index] = *error;
    }
    ranking.sort();
  }
  size_t best = ranking.ranked.front();
  return AwqResult{candidates[best], ranking.errors[best], ranking.errors[0]};
}
