//===- GptqTest.cpp -------------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The oracle is GPTQ as the paper has it: in double, one column at a time,
// with the upper Cholesky factor of the inverse of the damped H.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Gptq.h"

#include "TestData.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <cmath>
#include <numeric>

using namespace quantopt;
using namespace quantopt::test;

namespace {

using Matrix = std::vector<double>;

/// Inverse of a symmetric positive definite matrix by Gauss-Jordan.
Matrix invert(Matrix a, int64_t n) {
  Matrix result(n * n);
  for (int64_t i = 0; i != n; ++i)
    result[i * n + i] = 1;
  for (int64_t k = 0; k != n; ++k) {
    double pivot = a[k * n + k];
    for (int64_t j = 0; j != n; ++j) {
      a[k * n + j] /= pivot;
      result[k * n + j] /= pivot;
    }
    for (int64_t i = 0; i != n; ++i) {
      double factor = i == k ? 0 : a[i * n + k];
      for (int64_t j = 0; factor != 0 && j != n; ++j) {
        a[i * n + j] -= factor * a[k * n + j];
        result[i * n + j] -= factor * result[k * n + j];
      }
    }
  }
  return result;
}

/// U upper triangular with A = U^T U.
Matrix factorUpper(const Matrix &a, int64_t n) {
  Matrix u(n * n);
  for (int64_t i = 0; i != n; ++i)
    for (int64_t j = i; j != n; ++j) {
      double sum = a[i * n + j];
      for (int64_t k = 0; k != i; ++k)
        sum -= u[k * n + i] * u[k * n + j];
      u[i * n + j] = i == j ? std::sqrt(sum) : sum / u[i * n + i];
    }
  return u;
}

struct Layer {
  int64_t rows, cols;
  std::vector<float> weight;
  std::vector<double> hessian;

  Layer(int64_t rows, int64_t cols, uint64_t seed)
      : rows(rows), cols(cols), weight(makeMatrix(rows, cols, seed, 0.05f)),
        hessian(makeHessian(4 * cols, cols, seed + 1)) {}
  MatrixRef ref() const { return {weight.data(), rows, cols}; }

  double getLoss(const std::vector<float> &values) const {
    double loss = 0, energy = 0;
    for (int64_t r = 0; r != rows; ++r)
      for (int64_t i = 0; i != cols; ++i) {
        double d = double(weight[r * cols + i]) - values[r * cols + i], w = weight[r * cols + i], sumD = 0, sumW = 0;
        for (int64_t j = 0; j != cols; ++j) {
          sumD += hessian[i * cols + j] * (double(weight[r * cols + j]) - values[r * cols + j]);
          sumW += hessian[i * cols + j] * double(weight[r * cols + j]);
        }
        loss += d * sumD;
        energy += w * sumW;
      }
    return loss / energy;
  }

  GptqResult solve(const BlockScheme &scheme, const GptqOptions &options) const {
    HessianFactor factor = llvm::cantFail(factorHessian(hessian, cols, scheme.blockCols, options));
    return llvm::cantFail(solveGptq(ref(), factor, scheme, options));
  }
};

/// The paper's column loop on `layer`, columns in `order`; static parameters when `params` are given, otherwise chosen
/// when a group starts. Returns the dequantized weight.
std::vector<float> solveNaively(const Layer &layer, const BlockScheme &scheme, double damping,
                                const std::vector<int64_t> &order, const BlockParams *params) {
  int64_t n = layer.cols, group = scheme.blockCols ? scheme.blockCols : n;
  Matrix h(n * n);
  double mean = 0;
  for (int64_t i = 0; i != n; ++i)
    mean += layer.hessian[i * n + i] / double(n);
  for (int64_t i = 0; i != n; ++i)
    for (int64_t j = 0; j != n; ++j)
      h[i * n + j] = layer.hessian[order[i] * n + order[j]] + (i == j ? damping * mean : 0);
  Matrix u = factorUpper(invert(h, n), n);
  std::vector<float> result(layer.rows * n);
  for (int64_t r = 0; r != layer.rows; ++r) {
    std::vector<double> w(n);
    for (int64_t i = 0; i != n; ++i)
      w[i] = layer.weight[r * n + order[i]];
    ScaleZero current;
    for (int64_t i = 0; i != n; ++i) {
      int64_t column = order[i];
      if (params) {
        int64_t block = r * params->cols + column / group;
        current = {params->scales[block], params->getZeroPoint(block)};
      } else if (i % group == 0) {
        std::vector<float> values(w.begin() + i, w.begin() + i + group);
        auto [min, max] = std::minmax_element(values.begin(), values.end());
        current = chooseScaleZero(*min, *max, scheme.range, scheme.asymmetric, scheme.scaleStorage);
      }
      int8_t code = quantizeValue(float(w[i]), current.scale, current.zeroPoint, scheme.range);
      float value = dequantizeValue(code, current.scale, current.zeroPoint, scheme.range);
      result[r * n + column] = value;
      double error = (w[i] - value) / u[i * n + i];
      for (int64_t j = i; j != n; ++j)
        w[j] -= error * u[i * n + j];
    }
  }
  return result;
}

std::vector<int64_t> sortByDiagonal(const Layer &layer) {
  std::vector<int64_t> order(layer.cols);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int64_t a, int64_t b) {
    return layer.hessian[a * layer.cols + a] > layer.hessian[b * layer.cols + b];
  });
  return order;
}

/// Share of elements where two roundings differ. Codes may differ where fp32 and fp64 see a tie on opposite sides; what
/// follows in that row then differs too.
double getDifference(const std::vector<float> &a, const std::vector<float> &b) {
  int64_t count = 0;
  for (size_t i = 0; i != a.size(); ++i)
    count += a[i] != b[i];
  return double(count) / double(a.size());
}

struct Case {
  unsigned bits;
  bool asymmetric;
  int64_t group;
  ActOrder order;
  bool isStatic;
};

class GptqCase : public testing::TestWithParam<Case> {
protected:
  BlockScheme scheme{
      CodeRange::integer(GetParam().bits), GetParam().asymmetric, 1, GetParam().group, ScaleStorage::F16, {}};
  GptqOptions getOptions() const {
    GptqOptions options;
    options.order = GetParam().order;
    options.staticGroups = GetParam().isStatic;
    return options;
  }
};

TEST_P(GptqCase, AgreesWithThePapersLoop) {
  Layer layer(70, 160, 50);
  GptqOptions options = getOptions();
  HessianFactor factor = llvm::cantFail(factorHessian(layer.hessian, layer.cols, scheme.blockCols, options));
  GptqResult result = llvm::cantFail(solveGptq(layer.ref(), factor, scheme, options));
  std::vector<float> actual = dequantize(result.quantized, layer.rows, layer.cols, scheme.range);
  BlockParams params = llvm::cantFail(chooseParams(layer.ref(), scheme));
  std::vector<float> expected =
      solveNaively(layer, scheme, options.damping, factor.order, options.staticGroups ? &params : nullptr);
  if (options.order == ActOrder::Diagonal)
    EXPECT_EQ(factor.order, sortByDiagonal(layer));
  EXPECT_LE(getDifference(actual, expected), 0.02);
  EXPECT_NEAR(result.loss, layer.getLoss(expected), 0.01 * result.loss);
  EXPECT_NEAR(result.loss, layer.getLoss(actual), 2e-4 * result.loss);
  EXPECT_EQ(result.outcome, GptqOutcome::Solved);
}

TEST_P(GptqCase, IsNeverWorseThanRounding) {
  Layer layer(70, 160, 60);
  GptqResult result = layer.solve(scheme, getOptions());
  QuantizedMatrix plain = llvm::cantFail(roundMatrix(layer.ref(), scheme));
  EXPECT_NEAR(result.roundingLoss, layer.getLoss(dequantize(plain, layer.rows, layer.cols, scheme.range)),
              2e-4 * result.roundingLoss);
  EXPECT_LT(result.loss, 0.7 * result.roundingLoss);
}

TEST_P(GptqCase, N10SameBytesForAnyThreads) {
  Layer layer(150, 160, 61);
  GptqOptions options = getOptions();
  scheme.search.steps = 12;
  options.scaleWeights = ScaleWeights::Pivots;
  options.sweeps = 1;
  options.refitScales = true;
  GptqResult one = layer.solve(scheme, options);
  for (unsigned threads : {2, 3}) {
    options.threads = threads;
    GptqResult many = layer.solve(scheme, options);
    EXPECT_EQ(one.quantized.codes, many.quantized.codes);
    EXPECT_EQ(one.quantized.params.scales, many.quantized.params.scales);
    EXPECT_EQ(one.quantized.params.zeroPoints, many.quantized.params.zeroPoints);
    EXPECT_EQ(one.loss, many.loss);
    EXPECT_EQ(one.roundingLoss, many.roundingLoss);
  }
}

TEST_P(GptqCase, DoesNotDependOnTheScaleOfH) {
  Layer layer(40, 96, 62);
  scheme.blockCols = std::min<int64_t>(scheme.blockCols, 32);
  GptqResult one = layer.solve(scheme, getOptions());
  for (double &value : layer.hessian)
    value *= 0x1p-10; // an even power, whose square root is exact too
  GptqResult other = layer.solve(scheme, getOptions());
  EXPECT_EQ(one.quantized.codes, other.quantized.codes);
  EXPECT_EQ(one.loss, other.loss);
}

TEST_P(GptqCase, IsPlainRoundingWhenChannelsAreIndependent) {
  Layer layer(40, 64, 63);
  scheme.blockCols = scheme.blockCols ? 32 : 0;
  std::fill(layer.hessian.begin(), layer.hessian.end(), 0);
  for (int64_t i = 0; i != layer.cols; ++i)
    layer.hessian[i * layer.cols + i] = 3.5;
  GptqResult result = layer.solve(scheme, getOptions());
  QuantizedMatrix plain = llvm::cantFail(roundMatrix(layer.ref(), scheme));
  EXPECT_EQ(result.quantized.codes, plain.codes);
  EXPECT_EQ(result.quantized.params.scales, plain.params.scales);
}

INSTANTIATE_TEST_SUITE_P(
    All, GptqCase,
    testing::Values(Case{4, false, 32, ActOrder::None, true}, Case{4, false, 32, ActOrder::Diagonal, true},
                    Case{4, true, 32, ActOrder::GroupAware, true}, Case{4, false, 32, ActOrder::None, false},
                    Case{3, true, 40, ActOrder::GroupAware, false}, Case{4, true, 0, ActOrder::Diagonal, true},
                    Case{8, false, 0, ActOrder::None, false}, Case{2, false, 16, ActOrder::Diagonal, true},
                    Case{4, false, 80, ActOrder::None, false}));

TEST(Gptq, PermutationIsExact) {
  // A weight whose columns are permuted, with H permuted alike, gives the permuted codes.
  Layer layer(40, 96, 64);
  BlockScheme scheme{CodeRange::integer(4), false, 1, 0, ScaleStorage::F32, {}};
  GptqResult straight = layer.solve(scheme, {});
  Layer moved = layer;
  std::vector<int64_t> order(layer.cols);
  for (int64_t i = 0; i != layer.cols; ++i)
    order[i] = (i * 37 + 5) % layer.cols;
  for (int64_t i = 0; i != layer.cols; ++i) {
    for (int64_t r = 0; r != layer.rows; ++r)
      moved.weight[r * layer.cols + i] = layer.weight[r * layer.cols + order[i]];
    for (int64_t j = 0; j != layer.cols; ++j)
      moved.hessian[i * layer.cols + j] = layer.hessian[order[i] * layer.cols + order[j]];
  }
  GptqResult permuted = moved.solve(scheme, {});
  for (int64_t r = 0; r != layer.rows; ++r)
    for (int64_t i = 0; i != layer.cols; ++i)
      EXPECT_EQ(permuted.quantized.codes[r * layer.cols + i], straight.quantized.codes[r * layer.cols + order[i]]);
}

TEST(Gptq, GroupAwareOrderKeepsGroupsTogether) {
  Layer layer(4, 96, 65);
  GptqOptions options;
  options.order = ActOrder::GroupAware;
  HessianFactor factor = llvm::cantFail(factorHessian(layer.hessian, 96, 16, options));
  auto diagonal = [&](int64_t turn) { return layer.hessian[factor.order[turn] * 97]; };
  EXPECT_EQ(factor.order.front(), sortByDiagonal(layer).front());
  for (int64_t turn = 1; turn != 96; ++turn)
    if (turn % 16 != 0) {
      EXPECT_EQ(factor.order[turn] / 16, factor.order[turn - 1] / 16);
      EXPECT_GE(diagonal(turn - 1), diagonal(turn));
    } else {
      EXPECT_GE(diagonal(turn - 16), diagonal(turn));
    }
}

TEST(Gptq, DeadColumnsAreRoundedPlainly) {
  Layer layer(40, 64, 66);
  for (int64_t i = 0; i != 64; ++i)
    layer.hessian[i * 64 + 9] = layer.hessian[9 * 64 + i] = 0;
  BlockScheme scheme{CodeRange::integer(4), false, 1, 32, ScaleStorage::F32, {}};
  for (ActOrder order : {ActOrder::None, ActOrder::Diagonal}) {
    GptqOptions options;
    options.order = order;
    HessianFactor factor = llvm::cantFail(factorHessian(layer.hessian, 64, 32, options));
    EXPECT_EQ(factor.deadColumns, 1);
    GptqResult result = llvm::cantFail(solveGptq(layer.ref(), factor, scheme, options));
    QuantizedMatrix plain = llvm::cantFail(roundMatrix(layer.ref(), scheme));
    for (int64_t r = 0; r != 40; ++r)
      EXPECT_EQ(result.quantized.codes[r * 64 + 9], plain.codes[r * 64 + 9]);
    std::vector<float> values = dequantize(result.quantized, 40, 64, scheme.range);
    EXPECT_NEAR(result.loss, layer.getLoss(values), 1e-3 * result.loss);
  }
}

TEST(Gptq, DampsMoreWhereHIsSingular) {
  // Fewer tokens than features: not definite without damping.
  Layer layer(40, 64, 67);
  layer.hessian = makeHessian(20, 64, 68);
  BlockScheme scheme{CodeRange::integer(4), false, 1, 32, ScaleStorage::F32, {}};
  GptqOptions options;
  options.damping = 0;
  HessianFactor factor = llvm::cantFail(factorHessian(layer.hessian, 64, 32, options));
  GptqResult result = llvm::cantFail(solveGptq(layer.ref(), factor, scheme, options));
  EXPECT_EQ(result.outcome, GptqOutcome::MoreDamping);
  EXPECT_EQ(factor.damping, 1e-3);
  EXPECT_LT(result.loss, result.roundingLoss);
}

TEST(Gptq, FallsBackToRoundingWhereHIsNoHessian) {
  Layer layer(70, 64, 69);
  for (int64_t i = 0; i != 64; ++i)
    for (int64_t j = 0; j != 64; ++j)
      layer.hessian[i * 64 + j] = i == j ? 1 : 5;
  BlockScheme scheme{CodeRange::integer(4), false, 1, 32, ScaleStorage::F32, {}};
  GptqResult result = layer.solve(scheme, {});
  EXPECT_EQ(result.outcome, GptqOutcome::PlainRounding);
  EXPECT_EQ(result.roundedRows, 70);
  EXPECT_EQ(result.quantized.codes, llvm::cantFail(roundMatrix(layer.ref(), scheme)).codes);
}

TEST(Gptq, BlocksAndF8) {
  Layer layer(64, 64, 70);
  BlockScheme scheme{CodeRange::f8E4M3(), false, 32, 32, ScaleStorage::F32, {}};
  GptqResult result = layer.solve(scheme, {});
  EXPECT_LT(result.loss, result.roundingLoss);
  EXPECT_NEAR(result.loss, layer.getLoss(dequantize(result.quantized, 64, 64, scheme.range)), 1e-3 * result.loss);
}

/// The error that the descents lower: with the damped H.
double getDampedLoss(Layer layer, const HessianFactor &factor, const GptqResult &result, const BlockScheme &scheme) {
  for (int64_t turn = 0; turn != layer.cols; ++turn)
    layer.hessian[factor.order[turn] * (layer.cols + 1)] += factor.added[turn];
  return layer.getLoss(dequantize(result.quantized, layer.rows, layer.cols, scheme.range));
}

TEST_P(GptqCase, RefinementNeverRaisesTheError) {
  Layer layer(70, 160, 72);
  GptqOptions options = getOptions();
  HessianFactor factor = llvm::cantFail(factorHessian(layer.hessian, layer.cols, scheme.blockCols, options));
  auto solve = [&](unsigned sweeps, bool refit) {
    options.sweeps = sweeps;
    options.refitScales = refit;
    GptqResult result = llvm::cantFail(solveGptq(layer.ref(), factor, scheme, options));
    std::vector<float> values = dequantize(result.quantized, layer.rows, layer.cols, scheme.range);
    EXPECT_NEAR(result.loss, layer.getLoss(values), 1e-3 * result.loss);
    for (float scale : result.quantized.params.scales)
      EXPECT_EQ(scale, roundToStorage(scale, scheme.scaleStorage));
    return getDampedLoss(layer, factor, result, scheme);
  };
  double solved = solve(0, false), swept = solve(1, false), twice = solve(2, false), refit = solve(0, true),
         both = solve(2, true);
  EXPECT_LT(swept, solved);
  EXPECT_LE(twice, swept * (1 + 1e-5));
  EXPECT_LE(refit, solved * (1 + 1e-5));
  EXPECT_LT(both, swept);
}

TEST(Gptq, SearchesLowerTheError) {
  Layer layer(70, 160, 75);
  BlockScheme scheme{CodeRange::integer(4), false, 1, 32, ScaleStorage::F16, {}};
  GptqOptions options;
  options.order = ActOrder::GroupAware;
  options.staticGroups = false;
  double unsearched = layer.solve(scheme, options).loss;
  scheme.search.steps = 30;
  double pivots = layer.solve(scheme, options).loss;
  options.scaleWeights = ScaleWeights::HessianDiagonal;
  double diagonal = layer.solve(scheme, options).loss;
  options.scaleWeights = ScaleWeights::Solve;
  GptqResult one = layer.solve(scheme, options);
  EXPECT_LT(pivots, unsearched);
  EXPECT_LT(diagonal, unsearched);
  EXPECT_LT(one.loss, pivots);
  for (unsigned threads : {2, 3}) {
    options.threads = threads;
    GptqResult many = layer.solve(scheme, options);
    EXPECT_EQ(one.quantized.codes, many.quantized.codes);
    EXPECT_EQ(one.quantized.params.scales, many.quantized.params.scales);
  }
}

TEST(Gptq, SweepsEndWhereNoSingleCodeCanImprove) {
  Layer layer(20, 48, 73);
  BlockScheme scheme{CodeRange::integer(3), false, 1, 16, ScaleStorage::F32, {}};
  GptqOptions options;
  options.sweeps = 50;
  HessianFactor factor = llvm::cantFail(factorHessian(layer.hessian, 48, 16, options));
  GptqResult result = llvm::cantFail(solveGptq(layer.ref(), factor, scheme, options));
  double loss = getDampedLoss(layer, factor, result, scheme);
  for (int64_t at = 0; at < 20 * 48; at += 7)
    for (int step : {-1, 1}) {
      GptqResult other = result;
      int code = other.quantized.codes[at] + step;
      if (code < -4 || code > 3)
        continue;
      other.quantized.codes[at] = int8_t(code);
      EXPECT_GE(getDampedLoss(layer, factor, other, scheme), loss * (1 - 1e-6));
    }
}

TEST(Gptq, RefitScalesAreStationary) {
  Layer layer(20, 48, 74);
  BlockScheme scheme{CodeRange::integer(4), true, 1, 16, ScaleStorage::F32, {}};
  GptqOptions options;
  options.refitScales = true;
  HessianFactor factor = llvm::cantFail(factorHessian(layer.hessian, 48, 16, options));
  GptqResult result = llvm::cantFail(solveGptq(layer.ref(), factor, scheme, options));
  double loss = getDampedLoss(layer, factor, result, scheme);
  for (size_t at = 0; at != result.quantized.params.scales.size(); ++at)
    for (float change : {0.995f, 1.005f}) {
      GptqResult other = result;
      other.quantized.params.scales[at] *= change;
      EXPECT_GE(getDampedLoss(layer, factor, other, scheme), loss * (1 - 1e-6));
    }
}

template <typename T> std::string getMessage(llvm::Expected<T> expected) {
  return expected ? "" : llvm::toString(expected.takeError());
}

TEST(Gptq, RefusesBadInput) {
  Layer layer(8, 16, 71);
  HessianFactor factor = llvm::cantFail(factorHessian(layer.hessian, 16, 0, {}));
  BlockScheme scheme;
  GptqOptions options;
  EXPECT_EQ(getMessage(solveGptq({layer.weight.data(), 16, 8}, factor, scheme, options)),
            "a weight of 8 columns meets a Hessian of 16 features");
  options.staticGroups = false;
  EXPECT_EQ(getMessage(solveGptq(layer.ref(), factor, scheme, options)),
            "dynamic group parameters need columns in group order; use static groups, or act order none or "
            "group-aware");
  options.staticGroups = true;
  options.scaleWeights = ScaleWeights::Solve;
  EXPECT_EQ(getMessage(solveGptq(layer.ref(), factor, scheme, options)),
            "a scale search by the solve itself needs dynamic group parameters");
  options.scaleWeights = ScaleWeights::Given;
  options.order = ActOrder::None;
  scheme.blockRows = 4;
  options.staticGroups = options.refitScales = true;
  EXPECT_EQ(getMessage(solveGptq(layer.ref(), factor, scheme, options)),
            "refitting scales needs integer codes and blocks of one row");
  options.staticGroups = false;
  EXPECT_EQ(getMessage(solveGptq(layer.ref(), factor, scheme, options)),
            "dynamic group parameters need blocks of one row; use static groups");
  layer.hessian[3 * 16 + 4] = std::nan("");
  EXPECT_EQ(getMessage(factorHessian(layer.hessian, 16, 0, {})),
            "NaN or infinity in a Hessian, feature 3; the activations of this layer are not finite");
  layer.hessian[0] = -1;
  EXPECT_EQ(getMessage(factorHessian(layer.hessian, 16, 0, {})), "negative diagonal of a Hessian at feature 0");
  EXPECT_EQ(getMessage(factorHessian(layer.hessian, 15, 0, {})), "a Hessian is [features, features]");
}

} // namespace
