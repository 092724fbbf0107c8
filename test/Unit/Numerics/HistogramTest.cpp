//===- HistogramTest.cpp --------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The oracles build both distributions of every candidate and add up their
// divergence, or the error of every bin, term by term.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Histogram.h"

#include "TestData.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <cmath>

using namespace quantopt;
using namespace quantopt::test;

namespace {

constexpr int numCases = 200;

/// Values of very different sizes and shapes: bell, long tail, outliers, few values, one sign, zeros.
std::vector<float> makeValues(uint64_t seed) {
  Random random(seed * 31 + 7);
  std::vector<float> values(1 + random.next() % 500);
  float size = std::exp(20 * float(random.uniform()) - 10);
  uint64_t kind = random.next() % 5;
  for (float &value : values) {
    float normal = random.normal();
    value = size * (kind == 0   ? normal
                    : kind == 1 ? normal * normal * normal
                    : kind == 2 ? std::floor(4 * normal)
                    : kind == 3 ? std::fabs(normal)
                                : std::max(normal, 0.0f));
  }
  if (random.next() % 2)
    values[random.next() % values.size()] *= 1e4f;
  return values;
}

MagnitudeHistogram makeHistogram(llvm::ArrayRef<float> values) {
  MagnitudeHistogram result;
  result.add(values);
  return result;
}

double getDivergence(llvm::ArrayRef<int64_t> bins, int64_t kept, unsigned levels) {
  std::vector<double> p(bins.begin(), bins.begin() + kept), q(kept);
  for (size_t i = kept; i != bins.size(); ++i)
    p.back() += double(bins[i]);
  std::vector<int64_t> counts(bins.begin(), bins.begin() + kept);
  if (counts.back() == 0 && p.back() > 0)
    counts.back() = 1;
  for (unsigned level = 0; level != levels; ++level) {
    double sum = 0, filled = 0;
    for (int64_t i = kept * level / levels; i != kept * (level + 1) / levels; ++i) {
      sum += double(counts[i]);
      filled += counts[i] != 0;
    }
    for (int64_t i = kept * level / levels; i != kept * (level + 1) / levels; ++i)
      q[i] = counts[i] ? sum / filled : 0;
  }
  double pSum = 0, qSum = 0, divergence = 0;
  for (int64_t i = 0; i != kept; ++i) {
    pSum += p[i];
    qSum += q[i];
  }
  if (qSum == 0)
    return INFINITY;
  for (int64_t i = 0; i != kept; ++i)
    if (p[i] > 0)
      divergence += p[i] / pSum * std::log((p[i] / pSum) / (q[i] / qSum));
  return divergence;
}

TEST(Histogram, N22CountsDoNotDependOnOrderOrSplit) {
  for (int seed = 0; seed != numCases; ++seed) {
    SCOPED_TRACE(seed);
    std::vector<float> values = makeValues(seed);
    MagnitudeHistogram whole = makeHistogram(values);
    // Every value is in its bin.
    if (!whole.isEmpty()) {
      std::vector<int64_t> counts(MagnitudeHistogram::numBins);
      for (float value : values)
        if (value != 0)
          ++counts[int64_t(std::floor(std::fabs(double(value)) / whole.getBinWidth()))];
      EXPECT_EQ(counts, std::vector<int64_t>(whole.getCounts()));
      EXPECT_GE(whole.getUsedBins(), MagnitudeHistogram::numBins / 2);
    }
    Random random(seed);
    std::vector<float> shuffled = values;
    for (size_t i = shuffled.size(); i > 1; --i)
      std::swap(shuffled[i - 1], shuffled[random.next() % i]);
    MagnitudeHistogram merged, parts[3];
    for (size_t i = 0; i != shuffled.size(); ++i)
      parts[random.next() % 3].add(shuffled[i]);
    for (const MagnitudeHistogram &part : parts)
      merged.merge(part);
    EXPECT_EQ(std::vector<int64_t>(whole.getCounts()), std::vector<int64_t>(merged.getCounts()));
    EXPECT_TRUE(whole.isEmpty() || whole.getBinWidth() == merged.getBinWidth());
  }
}

TEST(Histogram, EntropyClipHasTheLeastDivergence) {
  for (int seed = 0; seed != numCases; ++seed) {
    SCOPED_TRACE(seed);
    MagnitudeHistogram histogram = makeHistogram(makeValues(seed));
    unsigned levels = seed % 2 ? 128 : 16;
    double clip = chooseEntropyClip(histogram, levels);
    if (histogram.isEmpty()) {
      EXPECT_EQ(clip, 0);
      continue;
    }
    llvm::ArrayRef<int64_t> bins = histogram.getCounts().take_front(histogram.getUsedBins());
    double found = getDivergence(bins, int64_t(std::lround(clip / histogram.getBinWidth())), levels);
    // Every 7th, and all near the choice.
    for (int64_t kept = levels; kept <= int64_t(bins.size()); kept += 7)
      EXPECT_LE(found, getDivergence(bins, kept, levels) + 1e-9);
  }
}

TEST(Histogram, SquaredErrorClipHasTheLeastError) {
  for (int seed = 0; seed != numCases; ++seed) {
    SCOPED_TRACE(seed);
    MagnitudeHistogram histogram = makeHistogram(makeValues(seed));
    CodeRange range = seed % 3 == 0   ? CodeRange::integer(4)
                      : seed % 3 == 1 ? CodeRange::integer(8)
                                      : CodeRange::f8E4M3();
    double clip = chooseSquaredErrorClip(histogram, range, 32);
    int64_t used = histogram.getUsedBins();
    auto getError = [&](double at) {
      float scale = float(at) / range.getHalfRange();
      double error = 0;
      for (int64_t bin = 0; bin != used; ++bin) {
        if (histogram.getCounts()[bin] == 0)
          continue;
        float middle = float((double(bin) + 0.5) * histogram.getBinWidth());
        double back = dequantizeValue(quantizeValue(middle, scale, 0, range), scale, 0, range);
        error += double(histogram.getCounts()[bin]) * (middle - back) * (middle - back);
      }
      return error;
    };
    double top = double(used) * histogram.getBinWidth();
    if (histogram.isEmpty()) {
      EXPECT_EQ(clip, 0);
      continue;
    }
    double found = getError(clip);
    for (int i = 1; i <= 32; ++i)
      EXPECT_LE(found, getError(top * i / 32) * (1 + 1e-9));
  }
}

TEST(Histogram, ClipsALongTailAndKeepsAShortOne) {
  std::vector<float> uniform, tailed;
  for (int i = 0; i != 4096; ++i)
    uniform.push_back(float(i % 2 ? i : -i));
  tailed = uniform;
  tailed.push_back(1e6f);
  EXPECT_EQ(chooseSquaredErrorClip(makeHistogram(uniform), CodeRange::integer(8)), 4096);
  EXPECT_EQ(chooseEntropyClip(makeHistogram(uniform), 128), 4096);
  EXPECT_LT(chooseEntropyClip(makeHistogram(tailed), 128), 1e5);
}

} // namespace
