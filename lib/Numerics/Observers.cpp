//===- Observers.cpp - Ranges of activations over many samples ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Observers.h"

#include "quant-opt/Numerics/Parallel.h"
#include "quant-opt/Numerics/Vectorize.h"
#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>

using namespace quantopt;

//===----------------------------------------------------------------------===//
// LargestValues
//===----------------------------------------------------------------------===//

/// Nearest rank, from 1, of the quantile p of `count` values.
static int64_t getRank(double p, int64_t count) {
  return std::clamp<int64_t>(int64_t(std::ceil(p * double(count))), 1, count);
}

int64_t LargestValues::getNeededCapacity(double p, int64_t count) { return count - getRank(p, count) + 1; }

void LargestValues::insert(float value) {
  values.push_back(value);
  if (int64_t(values.size()) >= 2 * capacity)
    shrink();
}

void LargestValues::shrink() {
  if (int64_t(values.size()) <= capacity)
    return;
  std::nth_element(values.begin(), values.begin() + (capacity - 1), values.end(), std::greater<float>());
  values.resize(capacity);
  threshold = values.back();
}

QUANTOPT_VECTORIZED static float findLargest(const float *x, int64_t count, float sign) {
  constexpr int lanes = 16;
  float best[lanes];
  std::fill_n(best, lanes, -__builtin_inff());
  for (int64_t i = 0; i + lanes <= count; i += lanes)
    for (int lane = 0; lane != lanes; ++lane) {
      float value = sign * x[i + lane];
      best[lane] = value > best[lane] ? value : best[lane];
    }
  float largest = *std::max_element(best, best + lanes);
  for (int64_t i = count / lanes * lanes; i != count; ++i)
    largest = std::max(largest, sign * x[i]);
  return largest;
}

void LargestValues::addSpan(const float *x, int64_t count, bool negate) {
  constexpr int64_t spanLength = 64;
  float sign = negate ? -1.0f : 1.0f;
  for (int64_t at = 0; at < count; at += spanLength) {
    int64_t length = std::min(spanLength, count - at);
    if (!(findLargest(x + at, length, sign) > threshold))
      continue;
    for (int64_t i = at; i != at + length; ++i)
      add(sign * x[i]);
  }
}

void LargestValues::merge(const LargestValues &other) {
  for (float value : other.values)
    add(value);
}

float LargestValues::getQuantile(double p, int64_t count) const {
  assert(count > 0 && getNeededCapacity(p, count) <= capacity && "too few values were kept");
  std::vector<float> sorted(values);
  int64_t index = getNeededCapacity(p, count) - 1;
  assert(index < int64_t(sorted.size()) && "fewer values than `count` were added");
  std::nth_element(sorted.begin(), sorted.begin() + index, sorted.end(), std::greater<float>());
  return sorted[index];
}

//===----------------------------------------------------------------------===//
// One sample
//===----------------------------------------------------------------------===//

/// Folds a row into running channel ranges; x - x is not zero for NaN and infinity, which leaves `bad` set.
QUANTOPT_VECTORIZED static void foldRow(const float *__restrict x, int64_t count, float *__restrict min,
                                        float *__restrict max, float *__restrict bad) {
  for (int64_t i = 0; i != count; ++i) {
    float value = x[i];
    min[i] = value < min[i] ? value : min[i];
    max[i] = value > max[i] ? value : max[i];
    bad[i] = (value - value == 0) ? bad[i] : 1.0f;
  }
}

static void findNonFinite(MatrixRef sample, SampleStatistics &result) {
  for (int64_t token = 0; token != sample.rows; ++token)
    for (int64_t channel = 0; channel != sample.cols; ++channel)
      if (!std::isfinite(sample.row(token)[channel])) {
        result.badToken = token;
        result.badChannel = channel;
        return;
      }
}

static void collectTails(MatrixRef sample, const ObserverOptions &options, SampleStatistics &result) {
  int64_t tensorCapacity = LargestValues::getNeededCapacity(options.percentile, options.totalTokens * sample.cols);
  result.upper = LargestValues(std::min(tensorCapacity, sample.rows * sample.cols));
  result.lower = result.upper;
  for (int64_t token = 0; token != sample.rows; ++token) {
    result.upper.addSpan(sample.row(token), sample.cols);
    result.lower.addSpan(sample.row(token), sample.cols, /*negate=*/true);
  }
  if (!options.channelPercentiles)
    return;
  int64_t capacity = LargestValues::getNeededCapacity(options.percentile, options.totalTokens);
  result.channelUpper.assign(sample.cols, LargestValues(std::min(capacity, sample.rows)));
  result.channelLower = result.channelUpper;
  for (int64_t token = 0; token != sample.rows; ++token)
    for (int64_t channel = 0; channel != sample.cols; ++channel) {
      result.channelUpper[channel].add(sample.row(token)[channel]);
      result.channelLower[channel].add(-sample.row(token)[channel]);
    }
}

SampleStatistics quantopt::observeSample(MatrixRef sample, const ObserverOptions &options) {
  SampleStatistics result;
  result.tokens = sample.rows;
  result.channels = sample.cols;
  result.min.assign(sample.cols, __builtin_inff());
  result.max.assign(sample.cols, -__builtin_inff());
  std::vector<float> bad(sample.cols);
  for (int64_t token = 0; token != sample.rows; ++token)
    foldRow(sample.row(token), sample.cols, result.min.data(), result.max.data(), bad.data());
  if (llvm::is_contained(bad, 1.0f)) {
    findNonFinite(sample, result);
    return result;
  }
  if (options.percentile > 0)
    collectTails(sample, options, result);
  for (int64_t token = 0; options.histogram && token != sample.rows; ++token)
    result.histogram.add({sample.row(token), size_t(sample.cols)});
  return result;
}

//===----------------------------------------------------------------------===//
// All samples
//===----------------------------------------------------------------------===//

ActivationStatistics::ActivationStatistics(int64_t channels, const ObserverOptions &options)
    : options(options), channels(channels), ranges(channels), movingChannels(channels) {
  if (options.percentile <= 0)
    return;
  assert(options.percentile <= 1 && options.totalTokens > 0 && "a percentile needs its range and the token count");
  upper = LargestValues(LargestValues::getNeededCapacity(options.percentile, options.totalTokens * channels));
  lower = upper;
  if (options.channelPercentiles)
    channelUpper.assign(channels,
                        LargestValues(LargestValues::getNeededCapacity(options.percentile, options.totalTokens)));
  channelLower = channelUpper;
}

/// Adding +0 turns -0 into +0, so that the sign of a zero does not depend on which sample had it first.
static ValueRange makeRange(float min, float max) { return {min + 0.0f, max + 0.0f}; }

static void foldMoving(ValueRange &moving, ValueRange next, float constant, bool isFirst) {
  if (isFirst) {
    moving = next;
    return;
  }
  moving.min += constant * (next.min - moving.min);
  moving.max += constant * (next.max - moving.max);
}

llvm::Error ActivationStatistics::fold(const SampleStatistics &sample) {
  if (sample.channels != channels)
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "sample " + llvm::Twine(samples) + " has " +
                                                                       llvm::Twine(sample.channels) +
                                                                       " channels instead of " + llvm::Twine(channels));
  if (sample.badToken >= 0)
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "NaN or infinity in sample " + llvm::Twine(samples) +
                                                                       ", token " + llvm::Twine(sample.badToken) +
                                                                       ", channel " + llvm::Twine(sample.badChannel));
  if (sample.tokens == 0) {
    ++samples;
    return llvm::Error::success();
  }
  bool isFirst = tokens == 0;
  ValueRange whole;
  for (int64_t channel = 0; channel != channels; ++channel) {
    ValueRange next = makeRange(sample.min[channel], sample.max[channel]);
    ValueRange &all = ranges[channel];
    all = isFirst ? next : ValueRange{std::min(all.min, next.min), std::max(all.max, next.max)};
    whole = channel == 0 ? next : ValueRange{std::min(whole.min, next.min), std::max(whole.max, next.max)};
    foldMoving(movingChannels[channel], next, options.averagingConstant, isFirst);
  }
  foldMoving(movingRange, whole, options.averagingConstant, isFirst);
  if (options.percentile > 0) {
    upper.merge(sample.upper);
    lower.merge(sample.lower);
  }
  for (size_t channel = 0; channel != channelUpper.size(); ++channel) {
    channelUpper[channel].merge(sample.channelUpper[channel]);
    channelLower[channel].merge(sample.channelLower[channel]);
  }
  histogram.merge(sample.histogram);
  ++samples;
  tokens += sample.tokens;
  return llvm::Error::success();
}

ValueRange ActivationStatistics::getRange() const {
  ValueRange result = ranges.empty() ? ValueRange() : ranges.front();
  for (const ValueRange &range : ranges)
    result = {std::min(result.min, range.min), std::max(result.max, range.max)};
  return result;
}

std::vector<ValueRange> ActivationStatistics::getChannelRanges() const { return ranges; }

std::vector<float> ActivationStatistics::getChannelAbsMax() const {
  std::vector<float> result;
  for (const ValueRange &range : ranges)
    result.push_back(range.getAbsMax() + 0.0f);
  return result;
}

static ValueRange getTailRange(const LargestValues &upper, const LargestValues &lower, double p, int64_t count) {
  return makeRange(std::min(-lower.getQuantile(p, count), 0.0f), std::max(upper.getQuantile(p, count), 0.0f));
}

ValueRange ActivationStatistics::getPercentileRange() const {
  assert(options.percentile > 0 && tokens > 0 && "no percentile was collected");
  return getTailRange(upper, lower, options.percentile, tokens * channels);
}

std::vector<ValueRange> ActivationStatistics::getPercentileChannelRanges() const {
  std::vector<ValueRange> result;
  for (size_t channel = 0; channel != channelUpper.size(); ++channel)
    result.push_back(getTailRange(channelUpper[channel], channelLower[channel], options.percentile, tokens));
  return result;
}

std::vector<int64_t> ActivationStatistics::getDeadChannels() const {
  std::vector<int64_t> result;
  for (int64_t channel = 0; channel != channels; ++channel)
    if (ranges[channel].getAbsMax() == 0)
      result.push_back(channel);
  return result;
}

llvm::Expected<ActivationStatistics> quantopt::observeSamples(llvm::ArrayRef<MatrixRef> samples,
                                                              ObserverOptions options, unsigned threads) {
  if (samples.empty())
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "no samples to observe");
  options.totalTokens = 0;
  for (const MatrixRef &sample : samples)
    options.totalTokens += sample.rows;
  ActivationStatistics result(samples.front().cols, options);
  // Waves bound how many partials wait at a time; folding order is sample order whatever their size.
  size_t wave = 2 * resolveThreadCount(threads);
  std::vector<SampleStatistics> partials(wave);
  for (size_t at = 0; at < samples.size(); at += wave) {
    size_t count = std::min(wave, samples.size() - at);
    parallelFor(threads, count, [&](size_t i) { partials[i] = observeSample(samples[at + i], options); });
    for (size_t i = 0; i != count; ++i)
      if (llvm::Error error = result.fold(partials[i]))
        return error;
  }
  return result;
}
