//===- HessianTest.cpp ----------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Hessian.h"

#include "TestData.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace quantopt;
using namespace quantopt::test;

namespace {

/// The definition, in double.
std::vector<double> computeNaively(llvm::ArrayRef<MatrixRef> samples, int64_t features) {
  std::vector<double> result(features * features);
  int64_t tokens = 0;
  for (const MatrixRef &sample : samples) {
    tokens += sample.rows;
    for (int64_t t = 0; t != sample.rows; ++t)
      for (int64_t i = 0; i != features; ++i)
        for (int64_t j = 0; j != features; ++j)
          result[i * features + j] += double(sample.row(t)[i]) * double(sample.row(t)[j]);
  }
  for (double &value : result)
    value /= double(tokens);
  return result;
}

std::vector<double> accumulate(llvm::ArrayRef<MatrixRef> samples, int64_t features, unsigned threads) {
  HessianAccumulator accumulator(features);
  accumulator.add(samples, threads);
  return accumulator.take();
}

TEST(Hessian, IsTheMeanOuterProduct) {
  constexpr int64_t features = 33;
  std::vector<float> x = makeActivations(9000, features, 40);
  // More than two chunks, samples across their borders, one longer than a chunk, one strided.
  std::vector<MatrixRef> samples = {{x.data(), 1000, features},
                                    {x.data() + 1000 * features, 5000, features},
                                    {x.data() + 6000 * features, 1, features},
                                    {x.data() + 6001 * features, 1000, features, 2 * features}};
  std::vector<double> expected = computeNaively(samples, features), actual = accumulate(samples, features, 1);
  for (int64_t i = 0; i != features; ++i)
    for (int64_t j = 0; j != features; ++j) {
      double size = std::sqrt(expected[i * features + i] * expected[j * features + j]);
      EXPECT_NEAR(actual[i * features + j], expected[i * features + j], 2e-6 * size);
      EXPECT_EQ(actual[i * features + j], actual[j * features + i]);
    }
}

TEST(Hessian, N10SameBytesForAnyThreads) {
  // Wider than a panel, so that both products take part.
  for (int64_t features : {64, 2100}) {
    int64_t tokens = features == 64 ? 20000 : 700;
    std::vector<float> x = makeMatrix(tokens, features, 41);
    std::vector<MatrixRef> samples;
    for (int64_t at = 0; at < tokens; at += 500)
      samples.emplace_back(x.data() + at * features, std::min<int64_t>(500, tokens - at), features);
    std::vector<double> one = accumulate(samples, features, 1);
    for (unsigned threads : {2, 3})
      EXPECT_TRUE(one == accumulate(samples, features, threads)) << features;
    for (int64_t i : {int64_t(0), features / 2, features - 1}) {
      double expected = 0;
      for (int64_t t = 0; t != tokens; ++t)
        expected += double(x[t * features + i]) * double(x[t * features + 1]);
      EXPECT_NEAR(one[i * features + 1], expected / double(tokens), 1e-5);
    }
  }
}

TEST(Hessian, CountsTokensAndStartsAgain) {
  std::vector<float> x = makeMatrix(10, 4, 42);
  HessianAccumulator accumulator(4);
  EXPECT_EQ(accumulator.take(), std::vector<double>(16));
  accumulator.add({MatrixRef(x.data(), 6, 4)}, 1);
  accumulator.add({MatrixRef(x.data() + 24, 4, 4)}, 1);
  EXPECT_EQ(accumulator.getTokens(), 10);
  EXPECT_NE(accumulator.take(), std::vector<double>(16));
  EXPECT_EQ(accumulator.getTokens(), 0);
  EXPECT_EQ(accumulator.take(), std::vector<double>(16));
}

} // namespace
