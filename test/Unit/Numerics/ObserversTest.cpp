//===- ObserversTest.cpp --------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The oracle holds all values at once and sorts them.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Observers.h"

#include "TestData.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <cmath>

using namespace quantopt;
using namespace quantopt::test;

namespace {

/// Samples of unequal length, with a dead channel and ties.
class ObserversTest : public testing::Test {
protected:
  ObserversTest() {
    const int64_t lengths[] = {7, 1, 64, 13, 40};
    for (int64_t i = 0; i != 5; ++i) {
      data.push_back(makeMatrix(lengths[i], channels, 20 + i));
      for (int64_t t = 0; t != lengths[i]; ++t) {
        float *row = data[i].data() + t * channels;
        row[dead] = 0;
        row[3] = std::round(row[3]);
        row[4] = std::fabs(row[4]);
      }
      samples.emplace_back(data[i].data(), lengths[i], channels);
    }
  }

  /// All values of a channel, or of all channels for -1, sorted.
  std::vector<float> getSorted(int64_t channel) const {
    std::vector<float> result;
    for (const MatrixRef &sample : samples)
      for (int64_t t = 0; t != sample.rows; ++t)
        for (int64_t c = 0; c != channels; ++c)
          if (channel < 0 || c == channel)
            result.push_back(sample.row(t)[c] + 0.0f);
    std::sort(result.begin(), result.end());
    return result;
  }

  static constexpr int64_t channels = 37, dead = 11;
  std::vector<std::vector<float>> data;
  std::vector<MatrixRef> samples;
};

void expectRange(ValueRange actual, float min, float max) {
  EXPECT_EQ(bits(actual.min), bits(min));
  EXPECT_EQ(bits(actual.max), bits(max));
}

TEST_F(ObserversTest, MinMaxAndAbsMax) {
  ActivationStatistics statistics = llvm::cantFail(observeSamples(samples, {}, 1));
  EXPECT_EQ(statistics.getSamples(), 5);
  EXPECT_EQ(statistics.getTokens(), 125);
  EXPECT_EQ(statistics.getDeadChannels(), std::vector<int64_t>{dead});
  std::vector<float> absmax = statistics.getChannelAbsMax();
  for (int64_t c = 0; c != channels; ++c) {
    std::vector<float> sorted = getSorted(c);
    expectRange(statistics.getChannelRanges()[c], sorted.front(), sorted.back());
    EXPECT_EQ(absmax[c], std::max(std::fabs(sorted.front()), std::fabs(sorted.back())));
  }
  std::vector<float> all = getSorted(-1);
  expectRange(statistics.getRange(), all.front(), all.back());
}

TEST_F(ObserversTest, PercentilesAreExact) {
  for (double p : {0.5, 0.9, 0.99, 0.9999, 1.0}) {
    ObserverOptions options;
    options.percentile = p;
    options.channelPercentiles = true;
    ActivationStatistics statistics = llvm::cantFail(observeSamples(samples, options, 1));
    auto check = [&](ValueRange range, const std::vector<float> &sorted) {
      int64_t rank = std::max<int64_t>(int64_t(std::ceil(p * double(sorted.size()))), 1);
      expectRange(range, std::min(sorted[sorted.size() - rank], 0.0f), std::max(sorted[rank - 1], 0.0f));
    };
    check(statistics.getPercentileRange(), getSorted(-1));
    std::vector<ValueRange> ranges = statistics.getPercentileChannelRanges();
    ASSERT_EQ(int64_t(ranges.size()), channels);
    for (int64_t c = 0; c != channels; ++c)
      check(ranges[c], getSorted(c));
  }
}

TEST_F(ObserversTest, MovingAverageGoesInSampleOrder) {
  ObserverOptions options;
  options.averagingConstant = 0.25f;
  ActivationStatistics statistics = llvm::cantFail(observeSamples(samples, options, 1));
  for (int64_t c = 0; c != channels; ++c) {
    float low = 0, high = 0;
    for (size_t i = 0; i != samples.size(); ++i) {
      float min = INFINITY, max = -INFINITY;
      for (int64_t t = 0; t != samples[i].rows; ++t) {
        min = std::min(min, samples[i].row(t)[c]);
        max = std::max(max, samples[i].row(t)[c]);
      }
      low = i == 0 ? min : low + 0.25f * (min - low);
      high = i == 0 ? max : high + 0.25f * (max - high);
    }
    EXPECT_FLOAT_EQ(statistics.getMovingChannelRanges()[c].min, low);
    EXPECT_FLOAT_EQ(statistics.getMovingChannelRanges()[c].max, high);
  }
  EXPECT_LE(statistics.getMovingRange().getAbsMax(), statistics.getRange().getAbsMax());
}

TEST_F(ObserversTest, N10SameBytesForAnyThreads) {
  ObserverOptions options;
  options.percentile = 0.95;
  options.channelPercentiles = true;
  ActivationStatistics one = llvm::cantFail(observeSamples(samples, options, 1));
  for (unsigned threads : {2, 3}) {
    ActivationStatistics many = llvm::cantFail(observeSamples(samples, options, threads));
    auto compare = [](const std::vector<ValueRange> &a, const std::vector<ValueRange> &b) {
      for (auto [left, right] : llvm::zip_equal(a, b))
        expectRange(left, right.min, right.max);
    };
    compare(one.getChannelRanges(), many.getChannelRanges());
    compare(one.getMovingChannelRanges(), many.getMovingChannelRanges());
    compare(one.getPercentileChannelRanges(), many.getPercentileChannelRanges());
    compare({one.getMovingRange(), one.getPercentileRange()}, {many.getMovingRange(), many.getPercentileRange()});
  }
}

TEST_F(ObserversTest, ZerosHaveNoSign) {
  float negative[] = {-0.0f, 1.0f}, positive[] = {0.0f, 1.0f};
  for (bool swapped : {false, true}) {
    MatrixRef a(negative, 1, 2), b(positive, 1, 2);
    ActivationStatistics statistics = llvm::cantFail(observeSamples({swapped ? b : a, swapped ? a : b}, {}, 1));
    expectRange(statistics.getChannelRanges()[0], 0.0f, 0.0f);
    EXPECT_EQ(bits(statistics.getChannelAbsMax()[0]), 0u);
  }
}

TEST_F(ObserversTest, RefusesNonFiniteValuesAndOtherShapes) {
  data[3][5 * channels + 9] = std::nanf("");
  data[3][6 * channels + 2] = INFINITY;
  for (unsigned threads : {1, 2}) {
    llvm::Expected<ActivationStatistics> failed = observeSamples(samples, {}, threads);
    ASSERT_FALSE(bool(failed));
    EXPECT_EQ(llvm::toString(failed.takeError()), "NaN or infinity in sample 3, token 5, channel 9");
  }
  ActivationStatistics statistics(channels, {});
  EXPECT_EQ(llvm::toString(statistics.fold(observeSample({data[0].data(), 1, 5}, {}))),
            "sample 0 has 5 channels instead of 37");
  EXPECT_EQ(llvm::toString(observeSamples({}, {}, 1).takeError()), "no samples to observe");
}

TEST(LargestValues, KeepsTheLargestOfAStream) {
  std::vector<float> values = makeMatrix(1, 5000, 33), sorted(values);
  std::sort(sorted.begin(), sorted.end(), std::greater<float>());
  for (int64_t capacity : {1, 2, 50, 5000}) {
    LargestValues whole(capacity), front(capacity), back(capacity);
    whole.addSpan(values.data(), 5000);
    front.addSpan(values.data(), 1234);
    back.addSpan(values.data() + 1234, 5000 - 1234);
    front.merge(back);
    double p = 1 - double(capacity - 1) / 5000;
    ASSERT_EQ(LargestValues::getNeededCapacity(p, 5000), capacity);
    EXPECT_EQ(whole.getQuantile(p, 5000), sorted[capacity - 1]);
    EXPECT_EQ(front.getQuantile(p, 5000), sorted[capacity - 1]);
    EXPECT_EQ(front.getQuantile(1, 5000), sorted[0]);
  }
}

} // namespace
