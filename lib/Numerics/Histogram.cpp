//===- Histogram.cpp - Magnitudes of a stream, and where to clip ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Histogram.h"

#include "quant-opt/Numerics/Vectorize.h"
#include <algorithm>
#include <cassert>
#include <cmath>

using namespace quantopt;

static constexpr int binBits = 12;
static_assert(MagnitudeHistogram::numBins == 1 << binBits, "a power of two");

QUANTOPT_VECTORIZED static float findLargestMagnitude(const float *x, int64_t count) {
  constexpr int lanes = 16;
  float best[lanes] = {}, largest = 0;
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes)
    for (int lane = 0; lane != lanes; ++lane) {
      float magnitude = std::fabs(x[i + lane]);
      best[lane] = magnitude > best[lane] ? magnitude : best[lane];
    }
  for (; i != count; ++i)
    largest = std::max(largest, std::fabs(x[i]));
  return std::max(largest, *std::max_element(best, best + lanes));
}

double MagnitudeHistogram::getBinWidth() const { return std::ldexp(1.0, exponent); }

int64_t MagnitudeHistogram::getUsedBins() const {
  int64_t used = counts.size();
  while (used > 0 && counts[used - 1] == 0)
    --used;
  return used;
}

void MagnitudeHistogram::growTo(int newExponent) {
  if (counts.empty()) {
    counts.resize(numBins);
    exponent = newExponent;
    return;
  }
  int shift = std::min(newExponent - exponent, binBits + 1);
  if (shift <= 0)
    return;
  for (int64_t bin = 0; bin != numBins; ++bin) {
    int64_t count = counts[bin];
    counts[bin] = 0;
    counts[bin >> shift] += count;
  }
  exponent = newExponent;
}

void MagnitudeHistogram::add(llvm::ArrayRef<float> values) {
  float largest = findLargestMagnitude(values.data(), values.size());
  if (largest == 0)
    return;
  assert(std::isfinite(largest) && "observers look for NaN and infinity first");
  growTo(std::ilogb(largest) + 1 - binBits);
  double factor = std::ldexp(1.0, -exponent);
  for (float value : values)
    if (value != 0)
      ++counts[int64_t(std::fabs(double(value)) * factor)];
}

void MagnitudeHistogram::merge(const MagnitudeHistogram &other) {
  if (other.isEmpty())
    return;
  MagnitudeHistogram coarse = other;
  growTo(other.exponent);
  coarse.growTo(exponent);
  for (int64_t bin = 0; bin != numBins; ++bin)
    counts[bin] += coarse.counts[bin];
}

//===----------------------------------------------------------------------===//
// Where to clip
//===----------------------------------------------------------------------===//

namespace {
/// Sums over the bins before each one: of the counts, of c log c, and how many are not empty.
struct PrefixSums {
  std::vector<double> counts, logs;
  std::vector<int64_t> filled;

  explicit PrefixSums(llvm::ArrayRef<int64_t> bins) : counts(1), logs(1), filled(1) {
    for (int64_t count : bins) {
      counts.push_back(counts.back() + double(count));
      logs.push_back(logs.back() + (count ? double(count) * std::log(double(count)) : 0.0));
      filled.push_back(filled.back() + (count != 0));
    }
  }
};
} // namespace

/// KL(P || Q) of the distribution clipped to its first `kept` bins; infinity when Q is empty.
static double getDivergence(llvm::ArrayRef<int64_t> bins, const PrefixSums &sums, int64_t kept, unsigned levels) {
  double total = sums.counts.back(), inside = sums.counts[kept], tail = total - inside, last = double(bins[kept - 1]);
  // The value that Q has where P has nothing but the tail.
  int64_t added = last == 0 && tail > 0;
  if (inside + double(added) == 0)
    return INFINITY;
  // Sum of p log p, the last bin with the tail.
  auto getTerm = [](double count) { return count > 0 ? count * std::log(count) : 0.0; };
  double entropy = sums.logs[kept] - getTerm(last) + getTerm(last + tail);
  // Sum of p log q: within a level every bin that is not empty has the level's mean.
  double cross = 0;
  for (unsigned level = 0; level != levels; ++level) {
    int64_t begin = kept * level / levels, end = kept * (level + 1) / levels;
    bool isLast = end == kept && begin != end;
    double count = sums.counts[end] - sums.counts[begin], held = count + (isLast ? double(added) : 0.0);
    if (held == 0)
      continue;
    double mean = held / double(sums.filled[end] - sums.filled[begin] + (isLast ? added : 0));
    cross += (count + (isLast ? tail : 0.0)) * std::log(mean);
  }
  // P sums to `total`, Q to what it holds.
  return (entropy - cross) / total - std::log(total) + std::log(inside + double(added));
}

double quantopt::chooseEntropyClip(const MagnitudeHistogram &histogram, unsigned levels) {
  int64_t used = histogram.getUsedBins();
  if (used == 0)
    return 0;
  llvm::ArrayRef<int64_t> bins = histogram.getCounts().take_front(used);
  PrefixSums sums(bins);
  int64_t best = used;
  double bestDivergence = INFINITY;
  for (int64_t kept = std::min<int64_t>(levels, used); kept <= used; ++kept) {
    double divergence = getDivergence(bins, sums, kept, levels);
    // Of equals, apart from rounding errors, the one that clips least.
    if (divergence <= bestDivergence + 1e-12) {
      bestDivergence = std::min(bestDivergence, divergence);
      best = kept;
    }
  }
  return double(best) * histogram.getBinWidth();
}

/// Sum over the bins of count * (middle - value of its code)^2 with `scale`.
static double getSquaredError(const MagnitudeHistogram &histogram, int64_t used, const CodeRange &range, float scale) {
  llvm::ArrayRef<int64_t> counts = histogram.getCounts();
  double width = histogram.getBinWidth(), total = 0;
  for (int64_t bin = 0; bin != used; ++bin) {
    if (counts[bin] == 0)
      continue;
    float middle = float((double(bin) + 0.5) * width);
    double error = middle - dequantizeValue(quantizeValue(middle, scale, 0, range), scale, 0, range);
    total += double(counts[bin]) * error * error;
  }
  return total;
}

double quantopt::chooseSquaredErrorClip(const MagnitudeHistogram &histogram, const CodeRange &range,
                                        unsigned candidates) {
  int64_t used = histogram.getUsedBins();
  double top = double(used) * histogram.getBinWidth(), best = top, bestError = INFINITY;
  for (unsigned i = used ? candidates : 0; i != 0; --i) {
    double clip = top * i / candidates;
    ScaleZero params = chooseScaleZero(float(-clip), float(clip), range, /*asymmetric=*/false, ScaleStorage::F32);
    double error = getSquaredError(histogram, used, range, params.scale);
    if (error < bestError) {
      bestError = error;
      best = clip;
    }
  }
  return best;
}
