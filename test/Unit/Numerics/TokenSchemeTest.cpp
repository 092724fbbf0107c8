//===- TokenSchemeTest.cpp ------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/TokenScheme.h"

#include "TestData.h"
#include "gtest/gtest.h"

using namespace quantopt;
using namespace quantopt::test;

namespace {

TEST(TokenScheme, ErrorIsThatOfTheQuantizedLayer) {
  for (int seed = 0; seed != 200; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    int64_t channels = 4 * int64_t(1 + random.next() % 8), tokens = int64_t(1 + random.next() % 20);
    int64_t rows = int64_t(1 + random.next() % 90);
    std::vector<float> x = makeActivations(tokens, channels, seed), w = makeMatrix(rows, channels, seed + 1), scales;
    for (int64_t i = 0; i != channels; ++i)
      scales.push_back(std::exp(random.normal()));
    TokenScheme scheme;
    scheme.blocks.range = random.next() % 2 ? CodeRange::integer(8) : CodeRange::f8E4M3();
    if (random.next() % 3 == 0)
      scheme.fixed = ScaleZero{0.05f, 0};
    AwqWeight weight{{w.data(), rows, channels}, {}};
    weight.scheme.range = CodeRange::integer(8);
    llvm::Expected<double> found = getSmoothedError({x.data(), tokens, channels}, scales, weight, scheme, 1);
    ASSERT_TRUE(bool(found)) << llvm::toString(found.takeError());

    // The smoothed layer as it will run: codes of x / s times codes of w s.
    double error = 0, energy = 0;
    for (int64_t token = 0; token != tokens; ++token)
      for (int64_t row = 0; row != rows; ++row) {
        auto quantize = [&](const std::vector<float> &from, int64_t at, bool isInput, int64_t i) {
          auto value = [&](int64_t k) { return isInput ? from[at + k] / scales[k] : from[at + k] * scales[k]; };
          const CodeRange &range = isInput ? scheme.blocks.range : weight.scheme.range;
          float largest = 0;
          for (int64_t k = 0; k != channels; ++k)
            largest = std::max(largest, std::fabs(value(k)));
          ScaleZero params = isInput && scheme.fixed
                                 ? *scheme.fixed
                                 : chooseScaleZero(-largest, largest, range, false, ScaleStorage::F32);
          return dequantizeValue(quantizeValue(value(i), params.scale, 0, range), params.scale, 0, range);
        };
        double output = 0, wanted = 0;
        for (int64_t i = 0; i != channels; ++i) {
          output += double(quantize(x, token * channels, true, i)) * quantize(w, row * channels, false, i);
          wanted += double(x[token * channels + i]) * w[row * channels + i];
        }
        error += (output - wanted) * (output - wanted);
        energy += wanted * wanted;
      }
    EXPECT_NEAR(*found, error / energy, 1e-3 * error / energy + 1e-9);
    llvm::Expected<double> again = getSmoothedError({x.data(), tokens, channels}, scales, weight, scheme, 3);
    ASSERT_TRUE(bool(again));
    EXPECT_EQ(*found, *again);
  }
}

TEST(TokenScheme, RefusesNonFiniteTokens) {
  std::vector<float> x = {1, NAN}, w = {1, 1}, ones = {1, 1};
  llvm::Expected<double> error =
      getSmoothedError({x.data(), 1, 2}, ones, AwqWeight{{w.data(), 1, 2}, {}}, TokenScheme(), 1);
  ASSERT_FALSE(bool(error));
  EXPECT_EQ(llvm::toString(error.takeError()), "NaN at row 0, column 1 of a matrix to quantize");
}

} // namespace
