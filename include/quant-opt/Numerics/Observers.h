//===- Observers.h - Ranges of activations over many samples -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each sample [tokens, channels] is observed alone, on any thread, into a
// small partial; partials are folded in sample order. The statistics are then
// the same bytes for any thread count (rule N10).
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_OBSERVERS_H
#define QUANTOPT_NUMERICS_OBSERVERS_H

#include "quant-opt/Numerics/Histogram.h"
#include "quant-opt/Numerics/Rounding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <algorithm>
#include <vector>

namespace quantopt {

/// What is collected beside the per-channel minimum and maximum, which always are.
struct ObserverOptions {
  /// Weight c of a new sample in the moving average m += c * (x - m) of each sample's minimum and maximum, in sample
  /// order, starting from the first sample.
  float averagingConstant = 0.01f;
  /// The p of percentile ranges, in (0, 1]; 0 collects none. Quantiles are exact, by nearest rank (rule N13): the
  /// smallest value that at least ceil(p * N) of the N values do not exceed.
  double percentile = 0;
  /// Also collect the quantile of each channel, not only of the tensor.
  bool channelPercentiles = false;
  /// Collect the histogram of the tensor's magnitudes.
  bool histogram = false;
  /// Tokens over all samples, which fixes how many values the quantiles must keep; needed with `percentile`.
  int64_t totalTokens = 0;
};

/// The `capacity` largest values of a stream, unordered. Memory: at most 2 * capacity floats.
class LargestValues {
public:
  explicit LargestValues(int64_t capacity = 0) : capacity(capacity) {}
  /// How many values must be kept to know the quantile p of `count` values.
  static int64_t getNeededCapacity(double p, int64_t count);

  void add(float value) {
    if (value > threshold)
      insert(value);
  }
  /// Adds every value of a span, skipping fast over those too small; with `negate`, of its negation.
  void addSpan(const float *values, int64_t count, bool negate = false);
  void merge(const LargestValues &other);
  /// The quantile p of the `count` values that were added.
  float getQuantile(double p, int64_t count) const;

private:
  void insert(float value);
  void shrink();

  int64_t capacity;
  /// Values not above it cannot be among the largest.
  float threshold = -__builtin_inff();
  std::vector<float> values;
};

/// What one sample contributes.
struct SampleStatistics {
  int64_t tokens = 0, channels = 0;
  std::vector<float> min, max;
  /// Largest values and largest negated values, of the tensor and, if wanted, of each channel.
  LargestValues upper, lower;
  std::vector<LargestValues> channelUpper, channelLower;
  MagnitudeHistogram histogram;
  /// Row and column of the first NaN or infinity; -1 when there is none.
  int64_t badToken = -1, badChannel = -1;
};

/// Observes `sample` [tokens, channels]. Thread-safe.
SampleStatistics observeSample(MatrixRef sample, const ObserverOptions &options);

/// A range; a symmetric scheme uses getAbsMax().
struct ValueRange {
  float min = 0, max = 0;
  float getAbsMax() const { return std::max(-min, max); }
};

/// The statistics of one tensor over all samples folded so far. Per-channel results have one entry a channel.
class ActivationStatistics {
public:
  ActivationStatistics(int64_t channels, const ObserverOptions &options);

  /// Folds the next sample, in sample order. Fails, naming sample, token and channel, on a NaN or infinity (rule N12),
  /// and when the number of channels differs; nothing is folded then.
  llvm::Error fold(const SampleStatistics &sample);

  int64_t getSamples() const { return samples; }
  int64_t getTokens() const { return tokens; }
  int64_t getChannels() const { return channels; }

  ValueRange getRange() const;
  std::vector<ValueRange> getChannelRanges() const;
  /// max |x| of each channel, what SmoothQuant wants.
  std::vector<float> getChannelAbsMax() const;
  ValueRange getMovingRange() const { return {movingRange.min, movingRange.max}; }
  std::vector<ValueRange> getMovingChannelRanges() const { return movingChannels; }
  /// Quantile 1 - p of the values and quantile p, that is at most a share 1 - p of the values lies above and as much
  /// below; widened to contain 0.
  ValueRange getPercentileRange() const;
  std::vector<ValueRange> getPercentileChannelRanges() const;
  const MagnitudeHistogram &getHistogram() const { return histogram; }
  /// Channels that were 0 in every token.
  std::vector<int64_t> getDeadChannels() const;

private:
  ObserverOptions options;
  int64_t channels, samples = 0, tokens = 0;
  std::vector<ValueRange> ranges, movingChannels;
  ValueRange movingRange;
  LargestValues upper, lower;
  std::vector<LargestValues> channelUpper, channelLower;
  MagnitudeHistogram histogram;
};

/// Observes all samples on `threads` threads and folds them in order.
llvm::Expected<ActivationStatistics> observeSamples(llvm::ArrayRef<MatrixRef> samples, ObserverOptions options,
                                                    unsigned threads);

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_OBSERVERS_H
