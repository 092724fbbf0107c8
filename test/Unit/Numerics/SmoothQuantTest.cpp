//===- SmoothQuantTest.cpp ------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/SmoothQuant.h"

#include "TestData.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace quantopt;
using namespace quantopt::test;

namespace {

std::vector<float> compute(std::vector<float> activation, std::vector<float> weight, const SmoothOptions &options) {
  return llvm::cantFail(computeSmoothingFactors(activation, weight, options));
}

TEST(SmoothQuant, IsThePapersFormula) {
  for (float alpha : {0.0f, 0.3f, 0.5f, 0.85f, 1.0f}) {
    SmoothOptions options;
    options.alpha = alpha;
    Random random(80);
    std::vector<float> a, w;
    for (int i = 0; i != 200; ++i) {
      a.push_back(std::exp(2 * random.normal()));
      w.push_back(0.05f * std::exp(random.normal()));
    }
    std::vector<float> s = compute(a, w, options);
    for (int i = 0; i != 200; ++i)
      EXPECT_NEAR(s[i], std::pow(double(a[i]), alpha) / std::pow(double(w[i]), 1 - alpha), 1e-6 * s[i]);
  }
}

TEST(SmoothQuant, HalfEvensOutBothSides) {
  std::vector<float> s = compute({100, 0.01f}, {0.04f, 1}, {});
  EXPECT_NEAR(100 / s[0], 0.04f * s[0], 1e-5);
  EXPECT_NEAR(0.01f / s[1], 1 * s[1], 1e-6);
}

TEST(SmoothQuant, N14DeadChannelsGetOne) {
  EXPECT_EQ(compute({0, 3, 0}, {0.5f, 0, 0}, {}), (std::vector<float>{1, 1, 1}));
}

TEST(SmoothQuant, Clamps) {
  SmoothOptions options;
  options.minFactor = 0.5f;
  options.maxFactor = 4;
  EXPECT_EQ(compute({1e6f, 1e-6f, 4}, {1, 1, 1}, options), (std::vector<float>{4, 0.5f, 2}));
}

TEST(SmoothQuant, PowersOfTwoStayInsideTheBounds) {
  SmoothOptions options;
  options.powerOfTwo = true;
  options.minFactor = 0.3f;
  options.maxFactor = 100;
  EXPECT_EQ(compute({9, 1e9f, 1e-9f, 36}, {1, 1, 1, 1}, options), (std::vector<float>{4, 64, 0.5f, 8}));
}

TEST(SmoothQuant, ColumnAbsMaxIsOverAllWeights) {
  std::vector<float> a = {1, -2, 3, 0, 0.5f, -4}, b = {-1.5f, 1, 2};
  EXPECT_EQ(getColumnAbsMax({MatrixRef(a.data(), 2, 3), MatrixRef(b.data(), 1, 3)}), (std::vector<float>{1.5f, 2, 4}));
}

std::string getMessage(std::vector<float> activation, std::vector<float> weight, const SmoothOptions &options) {
  llvm::Expected<std::vector<float>> result = computeSmoothingFactors(activation, weight, options);
  return result ? "" : llvm::toString(result.takeError());
}

TEST(SmoothQuant, RefusesBadInput) {
  SmoothOptions options;
  EXPECT_EQ(getMessage({1}, {1, 2}, options), "activations have 1 channels, weights 2");
  EXPECT_EQ(getMessage({1, -1}, {1, 2}, options), "a largest magnitude of channel 1 is negative or not finite");
  EXPECT_EQ(getMessage({INFINITY}, {1}, options), "a largest magnitude of channel 0 is negative or not finite");
  options.minFactor = 0;
  EXPECT_EQ(getMessage({1}, {1}, options), "smoothing factors need bounds 0 < minimum <= maximum");
  options.alpha = 2;
  EXPECT_EQ(getMessage({1}, {1}, options).substr(0, 7), "alpha 2");
}

} // namespace
