//===- Drift.cpp - Weights for inputs that have drifted -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Gptq.h"
#include "quant-opt/Numerics/Hessian.h"
#include "quant-opt/Numerics/Parallel.h"

#include <algorithm>
#include <cassert>
#include <cblas.h>

using namespace quantopt;

/// Tokens whose products are summed in fp32, as in HessianAccumulator.
static constexpr int64_t chunkTokens = 4096;
/// Rows of the moments that one thread has in work.
static constexpr int64_t panelRows = 128;
/// Rows of a weight that one thread has in work.
static constexpr int64_t chunkRows = 64;

std::vector<double> quantopt::getDriftMoments(llvm::ArrayRef<MatrixRef> wanted, llvm::ArrayRef<MatrixRef> given,
                                              unsigned threads) {
  assert(wanted.size() == given.size() && !given.empty() && "one pair a sample");
  int64_t n = given.front().cols, tokens = 0;
  std::vector<double> result(n * n);
  for (auto [before, now] : llvm::zip_equal(wanted, given)) {
    assert(before.cols == n && now.cols == n && before.rows == now.rows && "the same tokens");
    tokens += now.rows;
    std::vector<float> drift(now.rows * n);
    parallelFor(threads, now.rows, [&, &before = before, &now = now](size_t row) {
      for (int64_t j = 0; j != n; ++j)
        drift[row * n + j] = before.row(row)[j] - now.row(row)[j];
    });
    parallelFor(threads, (n + panelRows - 1) / panelRows, [&, &now = now](size_t panel) {
      int64_t first = int64_t(panel) * panelRows, rows = std::min(panelRows, n - first);
      std::vector<float> product(rows * n);
      for (int64_t token = 0; token < now.rows; token += chunkTokens) {
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, rows, n, std::min(chunkTokens, now.rows - token), 1,
                    drift.data() + token * n + first, n, now.row(token), now.stride, 0, product.data(), n);
        for (int64_t at = 0; at != rows * n; ++at)
          result[first * n + at] += product[at];
      }
    });
  }
  for (double &value : result)
    value = tokens ? value / double(tokens) : 0;
  return result;
}

std::vector<float> quantopt::correctForDrift(MatrixRef weight, const HessianFactor &factor,
                                             llvm::ArrayRef<double> moments, double share, unsigned threads) {
  int64_t n = factor.features;
  assert(weight.cols == n && int64_t(moments.size()) == n * n && "one input");
  std::vector<float> result(weight.rows * n);
  for (int64_t row = 0; row != weight.rows; ++row)
    std::copy_n(weight.row(row), n, result.begin() + row * n);
  if (factor.ratios.empty())
    return result;
  // Columns in the order of the factor.
  std::vector<float> drift(n * n);
  parallelFor(threads, n, [&](size_t i) {
    for (int64_t turn = 0; turn != n; ++turn)
      drift[i * n + turn] = float(moments[i * n + factor.order[turn]]);
  });
  parallelFor(threads, (weight.rows + chunkRows - 1) / chunkRows, [&](size_t chunk) {
    int64_t first = int64_t(chunk) * chunkRows, rows = std::min(chunkRows, weight.rows - first);
    std::vector<float> change(rows * n);
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, n, n, 1, weight.row(first), weight.stride,
                drift.data(), n, 0, change.data(), n);
    // By (R R^T)^-1, R the ratios with column j times pivot j.
    cblas_strsm(CblasRowMajor, CblasRight, CblasUpper, CblasTrans, CblasUnit, rows, n, 1, factor.ratios.data(), n,
                change.data(), n);
    for (int64_t at = 0; at != rows * n; ++at)
      change[at] = float(change[at] / (factor.pivots[at % n] * factor.pivots[at % n]));
    cblas_strsm(CblasRowMajor, CblasRight, CblasUpper, CblasNoTrans, CblasUnit, rows, n, 1, factor.ratios.data(), n,
                change.data(), n);
    for (int64_t row = 0; row != rows; ++row)
      for (int64_t turn = 0; turn != n; ++turn)
        result[(first + row) * n + factor.order[turn]] += float(share * change[row * n + turn]);
  });
  return result;
}
