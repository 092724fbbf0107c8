//===- RoundingTest.cpp ---------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Rounding.h"

#include "TestData.h"
#include "quant-opt/Numerics/Codecs.h"
#include "gtest/gtest.h"
#include <cfloat>
#include <cmath>

using namespace quantopt;
using namespace quantopt::test;

namespace {

/// Rules N1 to N7 in double precision, one element at a time.
int quantizeNaively(float x, float scale, int zero, const CodeRange &range) {
  // The quotient is the float32 one: rule N3 fixes its precision, and ties depend on it.
  double q = std::nearbyint(double(x / scale)) + zero;
  return int(std::min(std::max(q, double(range.qmin)), double(range.qmax)));
}

struct Case {
  unsigned bits;
  bool asymmetric;
  int64_t blockRows, blockCols;
  ScaleStorage storage;
};

class RoundingCase : public testing::TestWithParam<Case> {
protected:
  static BlockScheme getScheme() {
    const Case &param = GetParam();
    return {CodeRange::integer(param.bits), param.asymmetric, param.blockRows, param.blockCols, param.storage, {}};
  }
};

constexpr int64_t rows = 12, cols = 64;

TEST_P(RoundingCase, CodesFollowTheRules) {
  BlockScheme scheme = getScheme();
  std::vector<float> x = makeMatrix(rows, cols, 7);
  QuantizedMatrix result = llvm::cantFail(roundMatrix({x.data(), rows, cols}, scheme));
  int64_t blockRows = rows / result.params.rows, blockCols = cols / result.params.cols;
  EXPECT_EQ(blockRows, scheme.blockRows ? scheme.blockRows : rows);
  EXPECT_EQ(blockCols, scheme.blockCols ? scheme.blockCols : cols);
  EXPECT_EQ(result.params.zeroPoints.size(), scheme.asymmetric ? result.params.scales.size() : 0);
  std::vector<float> values = dequantize(result, rows, cols, scheme.range);
  for (int64_t i = 0; i != rows; ++i)
    for (int64_t j = 0; j != cols; ++j) {
      int64_t block = i / blockRows * result.params.cols + j / blockCols;
      float scale = result.params.scales[block];
      int zero = result.params.getZeroPoint(block);
      int code = result.codes[i * cols + j];
      EXPECT_EQ(code, quantizeNaively(x[i * cols + j], scale, zero, scheme.range));
      EXPECT_EQ(code, quantizeValue(x[i * cols + j], scale, zero, scheme.range));
      EXPECT_EQ(values[i * cols + j], float(code - zero) * scale);
      // Half a step, or a whole one where the largest magnitude saturates or the zero point was rounded.
      EXPECT_LE(std::fabs(values[i * cols + j] - x[i * cols + j]), scale * 1.02f);
    }
}

TEST_P(RoundingCase, N2ScalesAreStoredValues) {
  BlockScheme scheme = getScheme();
  std::vector<float> x = makeMatrix(rows, cols, 8, 0.03f);
  BlockParams params = llvm::cantFail(chooseParams({x.data(), rows, cols}, scheme));
  for (float scale : params.scales)
    EXPECT_EQ(roundToStorage(scale, scheme.scaleStorage), scale);
}

TEST_P(RoundingCase, N10SameBytesForAnyThreads) {
  BlockScheme scheme = getScheme();
  scheme.search.steps = 20;
  std::vector<float> x = makeMatrix(rows, cols, 9);
  QuantizedMatrix one = llvm::cantFail(roundMatrix({x.data(), rows, cols}, scheme, 1));
  for (unsigned threads : {2, 3}) {
    QuantizedMatrix many = llvm::cantFail(roundMatrix({x.data(), rows, cols}, scheme, threads));
    EXPECT_EQ(one.codes, many.codes);
    EXPECT_EQ(one.params.scales, many.params.scales);
    EXPECT_EQ(one.params.zeroPoints, many.params.zeroPoints);
  }
}

double getError(const std::vector<float> &x, const std::vector<float> &y, int64_t i, int64_t j, int64_t blockRows,
                int64_t blockCols, llvm::ArrayRef<float> weights, double power) {
  double sum = 0;
  for (int64_t r = i * blockRows; r != (i + 1) * blockRows; ++r)
    for (int64_t c = j * blockCols; c != (j + 1) * blockCols; ++c)
      sum += (weights.empty() ? 1 : weights[c]) * std::pow(std::fabs(double(x[r * cols + c]) - y[r * cols + c]), power);
  return sum;
}

TEST_P(RoundingCase, SearchIsNeverWorseThanAbsMax) {
  BlockScheme scheme = getScheme();
  std::vector<float> x = makeMatrix(rows, cols, 10), weights(cols);
  for (int64_t j = 0; j != cols; ++j)
    weights[j] = float(1 + j % 7);
  std::vector<float> plain =
      dequantize(llvm::cantFail(roundMatrix({x.data(), rows, cols}, scheme)), rows, cols, scheme.range);
  std::pair<ErrorNorm, double> norms[] = {{ErrorNorm::L2, 2}, {ErrorNorm::L2Half, 2.5}, {ErrorNorm::L3, 3}};
  for (auto [norm, power] : norms)
    for (llvm::ArrayRef<float> columnWeights : {llvm::ArrayRef<float>(), llvm::ArrayRef<float>(weights)}) {
      scheme.search = {40, 0.5f, norm, columnWeights};
      QuantizedMatrix found = llvm::cantFail(roundMatrix({x.data(), rows, cols}, scheme));
      std::vector<float> searched = dequantize(found, rows, cols, scheme.range);
      int64_t blockRows = rows / found.params.rows, blockCols = cols / found.params.cols, better = 0;
      for (int64_t i = 0; i != found.params.rows; ++i)
        for (int64_t j = 0; j != found.params.cols; ++j) {
          double before = getError(x, plain, i, j, blockRows, blockCols, columnWeights, power);
          double after = getError(x, searched, i, j, blockRows, blockCols, columnWeights, power);
          EXPECT_LE(after, before * (1 + 1e-5));
          better += after < before;
        }
      // On 8 bits there is next to nothing to gain, on 4 nearly every block gains.
      if (GetParam().bits <= 4)
        EXPECT_GT(better, 0);
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, RoundingCase,
    testing::Values(Case{4, false, 1, 16, ScaleStorage::F32}, Case{4, true, 1, 16, ScaleStorage::F16},
                    Case{4, false, 1, 0, ScaleStorage::BF16}, Case{8, false, 1, 0, ScaleStorage::F32},
                    Case{8, true, 0, 0, ScaleStorage::F32}, Case{8, false, 0, 0, ScaleStorage::F16},
                    Case{3, true, 1, 32, ScaleStorage::BF16}, Case{2, false, 1, 8, ScaleStorage::F16},
                    Case{4, false, 4, 32, ScaleStorage::F32}));

TEST(Rounding, N1RoundsHalfToEvenThenSaturates) {
  CodeRange range = CodeRange::integer(4);
  const float inputs[] = {0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 7.5f, -8.5f, 100, -1e30f, 6.5f, -7.5f, 0.49999997f};
  const int expected[] = {0, 2, 2, 0, -2, 7, -8, 7, -8, 6, -8, 0};
  for (auto [input, code] : llvm::zip_equal(inputs, expected))
    EXPECT_EQ(quantizeValue(input, 1, 0, range), code) << input;
  EXPECT_EQ(quantizeValue(0.5f, 1, 1, range), 1) << "rounded before the zero point is added";
  EXPECT_EQ(quantizeValue(1e38f, 1e-38f, -8, range), 7) << "an infinite quotient saturates";
}

TEST(Rounding, N1NaNGivesCodeZero) {
  EXPECT_EQ(quantizeValue(NAN, 0.5f, 0, CodeRange::integer(8)), 0);
  EXPECT_EQ(quantizeValue(-NAN, 0.5f, 3, CodeRange::integer(4)), 0);
}

TEST(Rounding, SymmetricScaleDividesByHalfTheRange) {
  EXPECT_EQ(chooseScaleZero(-3, 15, CodeRange::integer(4), false, ScaleStorage::F32).scale, 2);
  EXPECT_EQ(chooseScaleZero(-255, 3, CodeRange::integer(8), false, ScaleStorage::F32).scale, 2);
  EXPECT_EQ(chooseScaleZero(-896, 3, CodeRange::f8E4M3(), false, ScaleStorage::F32).scale, 2);
}

TEST(Rounding, AsymmetricRangesContainZero) {
  CodeRange range = CodeRange::integer(4);
  ScaleZero up = chooseScaleZero(10, 30, range, true, ScaleStorage::F32);
  EXPECT_EQ(up.scale, 2);
  EXPECT_EQ(up.zeroPoint, -8);
  ScaleZero down = chooseScaleZero(-30, -10, range, true, ScaleStorage::F32);
  EXPECT_EQ(down.scale, 2);
  EXPECT_EQ(down.zeroPoint, 7);
  for (const ScaleZero &params : {up, down, chooseScaleZero(-3.3f, 7.9f, range, true, ScaleStorage::F16)})
    EXPECT_EQ(
        dequantizeValue(quantizeValue(0, params.scale, params.zeroPoint, range), params.scale, params.zeroPoint, range),
        0)
        << "zero is exact";
}

TEST(Rounding, N5ZeroRangeGivesScaleOne) {
  for (bool asymmetric : {false, true}) {
    ScaleZero params = chooseScaleZero(0, 0, CodeRange::integer(4), asymmetric, ScaleStorage::F16);
    EXPECT_EQ(params.scale, 1);
    EXPECT_EQ(params.zeroPoint, 0);
  }
  std::vector<float> zeros(64);
  BlockScheme scheme;
  scheme.search.steps = 10;
  QuantizedMatrix result = llvm::cantFail(roundMatrix({zeros.data(), 4, 16}, scheme));
  EXPECT_EQ(result.params.scales, std::vector<float>(4, 1.0f));
  EXPECT_EQ(result.codes, std::vector<int8_t>(64));
}

TEST(Rounding, N8StoredScalesAreNormalAndFinite) {
  EXPECT_EQ(roundToStorage(1e-30f, ScaleStorage::F16), 0x1p-14f);
  EXPECT_EQ(roundToStorage(1e30f, ScaleStorage::F16), 65504);
  EXPECT_EQ(roundToStorage(1e-45f, ScaleStorage::F32), FLT_MIN);
  EXPECT_EQ(roundToStorage(FLT_MAX, ScaleStorage::BF16), 0x1.FEp127f);
  EXPECT_EQ(roundToStorage(0.1f, ScaleStorage::BF16), decodeBF16(encodeBF16(0.1f)));
  // The range may be wider than a float's largest value.
  ScaleZero params = chooseScaleZero(-FLT_MAX, FLT_MAX, CodeRange::integer(4), true, ScaleStorage::F32);
  EXPECT_TRUE(std::isfinite(params.scale));
  EXPECT_EQ(params.zeroPoint, 0);
}

TEST(Rounding, F8CodesAreNearest) {
  for (CodeRange range : {CodeRange::f8E4M3(), CodeRange::f8E5M2()}) {
    BlockScheme scheme{range, false, 4, 16, ScaleStorage::F32, {}};
    std::vector<float> x = makeMatrix(8, 32, 11);
    QuantizedMatrix result = llvm::cantFail(roundMatrix({x.data(), 8, 32}, scheme));
    for (int64_t i = 0; i != 8 * 32; ++i) {
      float scale = result.params.scales[i / 32 / 4 * 2 + i % 32 / 16];
      float value = dequantizeValue(result.codes[i], scale, 0, range);
      for (int code = 0; code != 256; ++code) {
        float other = dequantizeValue(int8_t(code), scale, 0, range);
        if (std::isfinite(other))
          EXPECT_LE(std::fabs(x[i] - value), std::fabs(x[i] - other) * (1 + 1e-6f));
      }
    }
  }
}

TEST(Rounding, ViewsWithAStride) {
  std::vector<float> x = makeMatrix(4, 40, 12);
  std::vector<float> dense;
  for (int64_t i = 0; i != 4; ++i)
    dense.insert(dense.end(), x.begin() + i * 40 + 8, x.begin() + i * 40 + 40);
  BlockScheme scheme;
  scheme.blockCols = 16;
  QuantizedMatrix strided = llvm::cantFail(roundMatrix({x.data() + 8, 4, 32, 40}, scheme));
  QuantizedMatrix packed = llvm::cantFail(roundMatrix({dense.data(), 4, 32}, scheme));
  EXPECT_EQ(strided.codes, packed.codes);
  EXPECT_EQ(strided.params.scales, packed.params.scales);
}

std::string getMessage(MatrixRef matrix, const BlockScheme &scheme) {
  llvm::Expected<BlockParams> params = chooseParams(matrix, scheme);
  return params ? "" : llvm::toString(params.takeError());
}

TEST(Rounding, RefusesBadInput) {
  std::vector<float> x = makeMatrix(4, 32, 13);
  BlockScheme scheme;
  scheme.blockCols = 12;
  EXPECT_EQ(getMessage({x.data(), 4, 32}, scheme),
            "block length 12 does not divide columns 32; use a divisor or 0 for the whole dimension");
  scheme.blockCols = 16;
  x[2 * 32 + 5] = std::nanf("");
  EXPECT_EQ(getMessage({x.data(), 4, 32}, scheme), "NaN at row 2, column 5 of a matrix to quantize");
  x[1 * 32 + 31] = -INFINITY;
  EXPECT_EQ(getMessage({x.data(), 4, 32}, scheme), "infinity at row 1, column 31 of a matrix to quantize");
  EXPECT_EQ(getMessage({x.data(), 0, 32}, scheme), "a matrix to quantize has no elements");
  scheme.asymmetric = true;
  scheme.range = CodeRange::f8E4M3();
  EXPECT_EQ(getMessage({x.data(), 4, 32}, scheme), "8-bit float codes have no zero point; use a symmetric scheme");
}

} // namespace
