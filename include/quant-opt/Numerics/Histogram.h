//===- Histogram.h - Magnitudes of a stream, and where to clip ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_HISTOGRAM_H
#define QUANTOPT_NUMERICS_HISTOGRAM_H

#include "quant-opt/Numerics/Rounding.h"
#include "llvm/ADT/ArrayRef.h"
#include <vector>

namespace quantopt {

/// Counts of |x| in bins of one width, a power of two, of which the largest value fixes the exponent. A larger value
/// doubles the width until it fits, which merges neighbours, so the counts depend on what was added and not on its
/// order or on how it was split (rule N22). Zeros are no magnitude to clip and have no bin.
class MagnitudeHistogram {
public:
  /// At least half of them are below the largest value.
  static constexpr int64_t numBins = 4096;

  /// Adds finite values.
  void add(llvm::ArrayRef<float> values);
  void merge(const MagnitudeHistogram &other);

  bool isEmpty() const { return counts.empty(); }
  double getBinWidth() const;
  /// Of numBins bins; empty when nothing but zeros was added.
  llvm::ArrayRef<int64_t> getCounts() const { return counts; }
  /// Bins up to the last one that is not empty.
  int64_t getUsedBins() const;

private:
  void growTo(int newExponent);

  int exponent = 0;
  std::vector<int64_t> counts;
};

/// The magnitude to clip at that keeps most of the information (Migacz 2017, 8-bit Inference with TensorRT): for each
/// number of bins i from `levels` on, P is the distribution clipped at bin i, its last bin holding the whole tail, Q
/// what `levels` levels make of the unclipped counts below i, and the last i with the least divergence KL(P || Q) is
/// taken. Where bin i is empty though there is a tail, Q has one value there, or no such i could be taken. O(bins *
/// levels). 0 for an empty histogram.
double chooseEntropyClip(const MagnitudeHistogram &histogram, unsigned levels);

/// The magnitude to clip at, of `candidates` evenly spaced ones up to the largest, that gives the least squared error
/// between the middles of the bins and their values in `range` with a symmetric scale. Not to clip is a candidate, and
/// wins ties. 0 for an empty histogram.
double chooseSquaredErrorClip(const MagnitudeHistogram &histogram, const CodeRange &range, unsigned candidates = 128);

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_HISTOGRAM_H
