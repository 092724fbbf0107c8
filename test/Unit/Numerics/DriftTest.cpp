//===- DriftTest.cpp ------------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The oracle multiplies every token, in double, and checks what the corrected
// weight is to satisfy: the normal equations, and that it leaves a rest which
// no rounding changes.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Gptq.h"

#include "TestData.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace quantopt;
using namespace quantopt::test;

namespace {

constexpr int numCases = 200;

/// Inputs of a layer before and after the layers ahead of it were rounded.
struct Inputs {
  int64_t features, tokens;
  std::vector<float> wanted, given;

  explicit Inputs(uint64_t seed, bool isWide = false) {
    Random random(seed);
    features = 1 + int64_t(random.next() % 40);
    tokens = (isWide ? 3 * features : 1) + int64_t(random.next() % 120);
    wanted = makeActivations(tokens, features, seed + 1);
    given = wanted;
    float size = std::exp(2 * random.normal() - 3);
    for (float &value : given)
      value += size * random.normal();
    // Channels that no token uses any more, and a value far out.
    if (seed % 3 == 0)
      for (int64_t t = 0; t != tokens; ++t)
        given[t * features + seed % features] = 0;
    if (seed % 5 == 0)
      given[random.next() % given.size()] *= 1e4f;
  }
  MatrixRef getWanted() const { return {wanted.data(), tokens, features}; }
  MatrixRef getGiven() const { return {given.data(), tokens, features}; }

  std::vector<double> getMoments() const { return getDriftMoments({getWanted()}, {getGiven()}, 1); }
  std::vector<double> getHessian() const {
    HessianAccumulator accumulator(features);
    accumulator.add(getGiven(), 1);
    return accumulator.take();
  }
};

/// sum over tokens and rows of (x' w - x q)^2.
double getError(const Inputs &inputs, const std::vector<float> &wantedInputs, const std::vector<float> &weight,
                const std::vector<float> &other) {
  int64_t n = inputs.features, rows = int64_t(weight.size()) / n;
  double sum = 0;
  for (int64_t t = 0; t != inputs.tokens; ++t)
    for (int64_t r = 0; r != rows; ++r) {
      double difference = 0;
      for (int64_t j = 0; j != n; ++j)
        difference +=
            double(wantedInputs[t * n + j]) * weight[r * n + j] - double(inputs.given[t * n + j]) * other[r * n + j];
      sum += difference * difference;
    }
  return sum;
}

TEST(Drift, N24MomentsAreTheMeanOuterProduct) {
  for (int seed = 0; seed != numCases; ++seed) {
    SCOPED_TRACE(seed);
    Inputs inputs(seed);
    int64_t n = inputs.features;
    std::vector<double> moments = inputs.getMoments();
    for (int64_t i = 0; i != n; ++i)
      for (int64_t j = 0; j != n; ++j) {
        double sum = 0, size = 0;
        for (int64_t t = 0; t != inputs.tokens; ++t) {
          double term = (double(inputs.wanted[t * n + i]) - inputs.given[t * n + i]) * inputs.given[t * n + j];
          sum += term;
          size += std::fabs(term);
        }
        ASSERT_NEAR(moments[i * n + j], sum / double(inputs.tokens), 1e-5 * size / double(inputs.tokens) + 1e-6);
      }
  }
}

TEST(Drift, N10SameBytesForAnyThreads) {
  std::vector<float> wanted = makeActivations(600, 300, 1), given = makeActivations(600, 300, 2);
  std::vector<MatrixRef> before{{wanted.data(), 350, 300}, {wanted.data() + 350 * 300, 250, 300}};
  std::vector<MatrixRef> now{{given.data(), 350, 300}, {given.data() + 350 * 300, 250, 300}};
  std::vector<double> one = getDriftMoments(before, now, 1);
  HessianAccumulator accumulator(300);
  accumulator.add(now, 1);
  HessianFactor factor = llvm::cantFail(factorHessian(accumulator.take(), 300, 0, {}));
  std::vector<float> weight = makeMatrix(150, 300, 3);
  std::vector<float> corrected = correctForDrift({weight.data(), 150, 300}, factor, one, 1, 1);
  for (unsigned threads : {2, 3}) {
    EXPECT_EQ(one, getDriftMoments(before, now, threads));
    EXPECT_EQ(corrected, correctForDrift({weight.data(), 150, 300}, factor, one, 1, threads));
  }
}

TEST(Drift, N24SolvesTheNormalEquations) {
  for (int seed = 0; seed != numCases; ++seed) {
    SCOPED_TRACE(seed);
    Inputs inputs(seed);
    int64_t n = inputs.features, rows = 1 + seed % 70;
    GptqOptions options;
    options.order = seed % 2 ? ActOrder::Diagonal : ActOrder::None;
    std::vector<double> hessian = inputs.getHessian(), moments = inputs.getMoments();
    HessianFactor factor = llvm::cantFail(factorHessian(hessian, n, 0, options));
    std::vector<double> added(n);
    for (int64_t turn = 0; turn != n; ++turn)
      added[factor.order[turn]] = factor.added[turn];
    std::vector<float> weight = makeMatrix(rows, n, seed + 7);
    double share = seed % 4 == 0 ? 0.5 : 1.0;
    std::vector<float> corrected = correctForDrift({weight.data(), rows, n}, factor, moments, share, 1);
    // (W' - W) (H + damping) = share W C.
    for (int64_t r = 0; r != rows; ++r)
      for (int64_t j = 0; j != n; ++j) {
        double left = 0, right = 0, size = 0;
        for (int64_t i = 0; i != n; ++i) {
          double change = double(corrected[r * n + i]) - weight[r * n + i];
          double damped = hessian[i * n + j] + (i == j ? added[i] : 0);
          left += change * damped;
          right += share * weight[r * n + i] * moments[i * n + j];
          size += (std::fabs(change) + std::fabs(weight[r * n + i])) * std::fabs(damped) +
                  std::fabs(weight[r * n + i] * moments[i * n + j]);
        }
        ASSERT_NEAR(left, right, 1e-4 * size + 1e-6);
      }
  }
}

TEST(Drift, N24LeavesARestThatNoRoundingChanges) {
  for (int seed = 0; seed != numCases; ++seed) {
    SCOPED_TRACE(seed);
    if (seed % 3 == 0 || seed % 5 == 0)
      continue; // the equations are exact for a definite, well-conditioned H
    Inputs inputs(seed, /*isWide=*/true);
    int64_t n = inputs.features, rows = 3;
    GptqOptions options;
    options.damping = 0;
    HessianFactor factor = llvm::cantFail(factorHessian(inputs.getHessian(), n, 0, options));
    std::vector<float> weight = makeMatrix(rows, n, seed + 7);
    std::vector<float> corrected = correctForDrift({weight.data(), rows, n}, factor, inputs.getMoments(), 1, 1);
    double rest = getError(inputs, inputs.wanted, weight, corrected),
           size = getError(inputs, inputs.wanted, weight, std::vector<float>(rows * n));
    EXPECT_LE(rest, getError(inputs, inputs.wanted, weight, weight) * (1 + 1e-6) + 1e-6);
    for (unsigned bits : {2, 4}) {
      QuantizedMatrix rounded = llvm::cantFail(
          roundMatrix({corrected.data(), rows, n}, {CodeRange::integer(bits), false, 1, 0, ScaleStorage::F32, {}}));
      std::vector<float> values = dequantize(rounded, rows, n, CodeRange::integer(bits));
      double whole = getError(inputs, inputs.wanted, weight, values);
      double left = getError(inputs, inputs.given, corrected, values);
      EXPECT_NEAR(whole, left + rest, 1e-3 * (whole + size));
    }
  }
}

TEST(Drift, KeepsTheWeightWithoutDriftOrFactor) {
  Inputs inputs(2);
  int64_t n = inputs.features;
  std::vector<float> weight = makeMatrix(5, n, 3);
  MatrixRef ref(weight.data(), 5, n);
  HessianFactor factor = llvm::cantFail(factorHessian(inputs.getHessian(), n, 0, {}));
  std::vector<double> none = getDriftMoments({inputs.getGiven()}, {inputs.getGiven()}, 1);
  EXPECT_EQ(correctForDrift(ref, factor, none, 1, 1), weight);
  factor.ratios.clear();
  EXPECT_EQ(correctForDrift(ref, factor, inputs.getMoments(), 1, 1), weight);
}

} // namespace
