//===- HessianFactor.cpp - Order, damping and Cholesky factor of H --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Gptq.h"
#include "quant-opt/Numerics/Parallel.h"

#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <cassert>
#include <cblas.h>
#include <cmath>
#include <numeric>

using namespace quantopt;

extern "C" void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);

/// Lower Cholesky factor of a row-major symmetric matrix in place of its lower triangle; false when it is not positive
/// definite. Tiles of a fixed size, each computed by one thread.
static bool factorCholesky(std::vector<double> &matrix, int64_t n, unsigned threads) {
  constexpr int64_t tile = 192;
  auto at = [&](int64_t i, int64_t j) { return matrix.data() + i * n + j; };
  int order = int(n);
  for (int64_t k = 0; k < n; k += tile) {
    int size = int(std::min(tile, n - k)), info = 0;
    // LAPACK's upper triangle by columns is the lower triangle by rows.
    SingleThreadedBlas blas;
    dpotrf_("U", &size, at(k, k), &order, &info);
    if (info != 0)
      return false;
    int64_t next = k + size, tiles = (n - next + tile - 1) / tile;
    parallelFor(threads, tiles, [&](size_t i) {
      int64_t row = next + int64_t(i) * tile;
      cblas_dtrsm(CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, std::min(tile, n - row), size, 1,
                  at(k, k), n, at(row, k), n);
    });
    parallelFor(threads, tiles * (tiles + 1) / 2, [&](size_t index) {
      // Row i of the triangle of tiles, long rows first.
      int64_t i = tiles - 1, j = index;
      for (; j > i; --i)
        j -= i + 1;
      int64_t row = next + i * tile, col = next + j * tile, rows = std::min(tile, n - row);
      if (i == j)
        cblas_dsyrk(CblasRowMajor, CblasLower, CblasNoTrans, rows, size, -1, at(row, k), n, 1, at(row, row), n);
      else
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, std::min(tile, n - col), size, -1, at(row, k), n,
                    at(col, k), n, 1, at(row, col), n);
    });
  }
  return true;
}

static std::vector<int64_t> chooseOrder(llvm::ArrayRef<double> diagonal, int64_t groupCols, ActOrder order) {
  std::vector<int64_t> result(diagonal.size());
  std::iota(result.begin(), result.end(), 0);
  auto falling = [&](int64_t a, int64_t b) {
    return std::make_pair(-diagonal[a], a) < std::make_pair(-diagonal[b], b);
  };
  if (order == ActOrder::Diagonal)
    llvm::sort(result, falling);
  if (order != ActOrder::GroupAware)
    return result;
  std::vector<std::vector<int64_t>> groups;
  for (int64_t col : result) {
    if (col % groupCols == 0)
      groups.emplace_back();
    groups.back().push_back(col);
  }
  for (std::vector<int64_t> &group : groups)
    llvm::sort(group, falling);
  llvm::sort(groups, [&](const auto &a, const auto &b) { return falling(a.front(), b.front()); });
  result.clear();
  for (const std::vector<int64_t> &group : groups)
    result.insert(result.end(), group.begin(), group.end());
  return result;
}

static llvm::Error checkHessian(llvm::ArrayRef<double> hessian, int64_t features) {
  auto fail = [](const llvm::Twine &message) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
  };
  if (features < 1 || int64_t(hessian.size()) != features * features)
    return fail("a Hessian is [features, features]");
  for (int64_t i = 0; i != features; ++i) {
    if (hessian[i * features + i] < 0)
      return fail("negative diagonal of a Hessian at feature " + llvm::Twine(i));
    for (double value : hessian.slice(i * features, features))
      if (!std::isfinite(value))
        return fail("NaN or infinity in a Hessian, feature " + llvm::Twine(i) +
                    "; the activations of this layer are not finite");
  }
  return llvm::Error::success();
}

/// Fills pivots and ratios from the factor L of the damped H with rows and columns in reverse: reversing L back gives
/// the upper triangular R with H = R R^T.
static void fillRatios(HessianFactor &factor, const std::vector<double> &lower, unsigned threads) {
  int64_t n = factor.features;
  factor.pivots.resize(n);
  for (int64_t j = 0; j != n; ++j)
    factor.pivots[j] = lower[(n - 1 - j) * n + (n - 1 - j)];
  factor.ratios.resize(n * n);
  parallelFor(threads, n, [&](size_t i) {
    for (int64_t j = i; j != n; ++j)
      factor.ratios[i * n + j] = float(lower[(n - 1 - i) * n + (n - 1 - j)] / factor.pivots[j]);
  });
}

llvm::Expected<HessianFactor> quantopt::factorHessian(llvm::ArrayRef<double> hessian, int64_t features,
                                                      int64_t groupCols, const GptqOptions &options) {
  if (llvm::Error error = checkHessian(hessian, features))
    return error;
  int64_t n = features;
  HessianFactor factor;
  factor.features = n;
  std::vector<double> diagonal(n);
  for (int64_t i = 0; i != n; ++i)
    diagonal[i] = hessian[i * n + i];
  factor.order = chooseOrder(diagonal, groupCols ? groupCols : n, options.order);
  factor.deadColumns = llvm::count(diagonal, 0.0);
  int64_t live = n - factor.deadColumns;
  double mean = live ? std::accumulate(diagonal.begin(), diagonal.end(), 0.0) / double(live) : 1.0;

  factor.hessian.resize(n * n);
  factor.added.resize(n);
  parallelFor(options.threads, n, [&](size_t i) {
    for (int64_t j = 0; j != n; ++j)
      factor.hessian[i * n + j] = float(hessian[factor.order[i] * n + factor.order[j]]);
  });
  std::vector<double> work(n * n);
  auto raise = [&](double damping) { return std::min(options.maxDamping, std::max(1e-3, 2 * damping)); };
  for (factor.damping = options.damping;; factor.damping = raise(factor.damping)) {
    parallelFor(options.threads, n, [&](size_t i) {
      int64_t turn = n - 1 - i, column = factor.order[turn];
      for (int64_t j = 0; j <= int64_t(i); ++j)
        work[i * n + j] = hessian[column * n + factor.order[n - 1 - j]];
      // A dead column meets no other, so any positive value rounds it plainly.
      factor.added[turn] = diagonal[column] == 0 ? mean : factor.damping * mean;
      work[i * n + i] += factor.added[turn];
    });
    if (factorCholesky(work, n, options.threads)) {
      fillRatios(factor, work, options.threads);
      return factor;
    }
    if (factor.damping >= options.maxDamping)
      return factor;
  }
}
