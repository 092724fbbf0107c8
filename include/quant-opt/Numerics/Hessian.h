//===- Hessian.h - Second moments of activations -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// H = (1 / tokens) sum over tokens of x^T x, so that tr(D H D^T) is the mean
// squared error per token that a weight change D makes in a linear layer's
// output. (The GPTQ paper has 2 / samples; GPTQ does not depend on a factor: rule N15.)
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_HESSIAN_H
#define QUANTOPT_NUMERICS_HESSIAN_H

#include "quant-opt/Numerics/Rounding.h"
#include "llvm/ADT/ArrayRef.h"
#include <vector>

namespace quantopt {

/// Sums x^T x. Products of chunks of 4096 tokens are summed in fp32 (as many terms as leave about 1e-6 relative
/// error), chunks are summed in fp64 in sample order, so the result is the same bytes for any thread count and does
/// not lose digits as tokens grow (rules N3, N10). Memory: 8 * features^2 bytes, and for each thread 4 * features *
/// min(features, 2048).
class HessianAccumulator {
public:
  explicit HessianAccumulator(int64_t features);

  /// Adds samples [tokens, features] in order. A chunk never spans two calls.
  void add(llvm::ArrayRef<MatrixRef> samples, unsigned threads);

  int64_t getTokens() const { return tokens; }
  int64_t getFeatures() const { return features; }

  /// H, symmetric, row-major [features, features]; zero when no token was added. The accumulator is empty afterwards.
  std::vector<double> take();

private:
  /// Consecutive tokens of one sample.
  struct Piece {
    const float *data;
    int64_t tokens, stride;
  };
  using Chunk = std::vector<Piece>;
  void addPanel(llvm::ArrayRef<Chunk> chunks, int64_t begin, int64_t end, unsigned threads);

  int64_t features, tokens = 0;
  /// Lower triangle of the sum.
  std::vector<double> sum;
};

/// (1 / tokens) sum over tokens of (x' - x)^T x, row-major [features, features]: x from `given`, x' of the same token
/// from `wanted`, both [tokens, features] by sample. Summed as the accumulator does, but that no chunk spans two
/// samples: the same bytes for any thread count.
std::vector<double> getDriftMoments(llvm::ArrayRef<MatrixRef> wanted, llvm::ArrayRef<MatrixRef> given,
                                    unsigned threads);

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_HESSIAN_H
