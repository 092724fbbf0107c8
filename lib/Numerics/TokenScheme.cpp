//===- TokenScheme.cpp - Activations through their codes ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/TokenScheme.h"

#include "quant-opt/Numerics/Parallel.h"
#include <algorithm>
#include <cassert>
#include <cblas.h>
#include <numeric>

using namespace quantopt;

llvm::Expected<std::vector<float>> quantopt::quantizeTokens(MatrixRef tokens, const TokenScheme &scheme) {
  if (scheme.isFloat) {
    std::vector<float> values(tokens.rows * tokens.cols);
    for (int64_t row = 0; row != tokens.rows; ++row)
      std::copy_n(tokens.row(row), tokens.cols, values.begin() + row * tokens.cols);
    return values;
  }
  BlockParams params;
  if (scheme.fixed) {
    params.rows = params.cols = 1;
    params.scales = {scheme.fixed->scale};
    if (scheme.blocks.asymmetric)
      params.zeroPoints = {int8_t(scheme.fixed->zeroPoint)};
  } else {
    llvm::Expected<BlockParams> chosen = chooseParams(tokens, scheme.blocks);
    if (!chosen)
      return chosen.takeError();
    params = std::move(*chosen);
  }
  std::vector<int8_t> codes(tokens.rows * tokens.cols);
  std::vector<float> values(codes.size());
  quantizeMatrix(tokens, scheme.blocks.range, params, codes);
  dequantizeMatrix(codes, tokens.rows, tokens.cols, scheme.blocks.range, params, values);
  return values;
}

/// ||A B^T - C D^T||^2 and ||C D^T||^2 for [tokens, channels] A, C and [rows, channels] B, D. Rows in chunks of a fixed
/// size, sums in order (rule N10).
static std::pair<double, double> compareOutputs(MatrixRef a, MatrixRef b, MatrixRef c, MatrixRef d, unsigned threads) {
  constexpr int64_t chunkRows = 64;
  size_t chunks = (b.rows + chunkRows - 1) / chunkRows;
  std::vector<std::pair<double, double>> sums(chunks);
  parallelFor(threads, chunks, [&](size_t chunk) {
    int64_t first = int64_t(chunk) * chunkRows, rows = std::min(chunkRows, b.rows - first);
    std::vector<float> output(a.rows * rows), wanted(a.rows * rows);
    auto multiply = [&](MatrixRef left, MatrixRef right, std::vector<float> &out) {
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, left.rows, rows, left.cols, 1, left.data, left.stride,
                  right.row(first), right.stride, 0, out.data(), rows);
    };
    multiply(a, b, output);
    multiply(c, d, wanted);
    for (size_t i = 0; i != output.size(); ++i) {
      double difference = double(output[i]) - double(wanted[i]);
      sums[chunk].first += difference * difference;
      sums[chunk].second += double(wanted[i]) * double(wanted[i]);
    }
  });
  std::pair<double, double> total;
  for (auto [error, energy] : sums) {
    total.first += error;
    total.second += energy;
  }
  return total;
}

llvm::Expected<double> quantopt::getSmoothedError(MatrixRef tokens, llvm::ArrayRef<float> scales,
                                                  llvm::ArrayRef<AwqWeight> weights, const TokenScheme &scheme,
                                                  unsigned threads) {
  assert(int64_t(scales.size()) == tokens.cols && "one factor a channel");
  std::vector<float> divided(tokens.rows * tokens.cols);
  for (int64_t row = 0; row != tokens.rows; ++row)
    for (int64_t col = 0; col != tokens.cols; ++col)
      divided[row * tokens.cols + col] = tokens.row(row)[col] / scales[col];
  llvm::Expected<std::vector<float>> inputs = quantizeTokens({divided.data(), tokens.rows, tokens.cols}, scheme);
  if (!inputs)
    return inputs.takeError();
  // Q(W s) / s reads X as Q(W s) reads X / s.
  for (int64_t i = 0; i != tokens.rows * tokens.cols; ++i)
    (*inputs)[i] *= scales[i % tokens.cols];
  double sum = 0;
  for (const AwqWeight &weight : weights) {
    llvm::Expected<std::vector<float>> rounded = roundScaled(weight, scales, threads);
    if (!rounded)
      return rounded.takeError();
    auto [error, energy] =
        compareOutputs({inputs->data(), tokens.rows, tokens.cols},
                       {rounded->data(), weight.weight.rows, weight.weight.cols}, tokens, weight.weight, threads);
    sum += energy > 0 ? error / energy : 0;
  }
  return sum;
}
