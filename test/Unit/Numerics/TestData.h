//===- TestData.h - Inputs of the numerics tests -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_NUMERICS_TESTDATA_H
#define QUANTOPT_TEST_UNIT_NUMERICS_TESTDATA_H

#include "quant-opt/Numerics/Hessian.h"
#include "quant-opt/Numerics/Rounding.h"
#include "llvm/ADT/bit.h"
#include <cmath>
#include <cstdint>
#include <vector>

namespace quantopt::test {

/// SplitMix64: the same numbers with any standard library.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}
  uint64_t next() {
    uint64_t z = (state += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  /// In [0, 1).
  double uniform() { return double(next() >> 11) * 0x1p-53; }
  /// Sum of twelve uniforms: near enough to a normal distribution.
  float normal() {
    double sum = -6;
    for (int i = 0; i != 12; ++i)
      sum += uniform();
    return float(sum);
  }

private:
  uint64_t state;
};

inline std::vector<float> makeMatrix(int64_t rows, int64_t cols, uint64_t seed, float factor = 1) {
  Random random(seed);
  std::vector<float> result(rows * cols);
  for (float &value : result)
    value = factor * random.normal();
  return result;
}

/// Activations whose channels are correlated (a few shared factors) and of unequal size, as a language model's are.
inline std::vector<float> makeActivations(int64_t tokens, int64_t features, uint64_t seed) {
  Random random(seed);
  constexpr int64_t factors = 8;
  std::vector<float> mix = makeMatrix(factors, features, seed + 1), result(tokens * features), size(features);
  for (float &value : size)
    value = std::exp(0.7f * random.normal());
  for (int64_t token = 0; token != tokens; ++token) {
    float shared[factors];
    for (float &value : shared)
      value = random.normal();
    for (int64_t j = 0; j != features; ++j) {
      float value = random.normal();
      for (int64_t k = 0; k != factors; ++k)
        value += shared[k] * mix[k * features + j];
      result[token * features + j] = value * size[j];
    }
  }
  return result;
}

inline std::vector<double> makeHessian(int64_t tokens, int64_t features, uint64_t seed) {
  std::vector<float> x = makeActivations(tokens, features, seed);
  HessianAccumulator accumulator(features);
  accumulator.add(MatrixRef(x.data(), tokens, features), 1);
  return accumulator.take();
}

inline std::vector<float> dequantize(const QuantizedMatrix &matrix, int64_t rows, int64_t cols,
                                     const CodeRange &range) {
  std::vector<float> values(rows * cols);
  dequantizeMatrix(matrix.codes, rows, cols, range, matrix.params, values);
  return values;
}

inline uint32_t bits(float value) { return llvm::bit_cast<uint32_t>(value); }

} // namespace quantopt::test

#endif // QUANTOPT_TEST_UNIT_NUMERICS_TESTDATA_H
