//===- GptqRefine.cpp - Lowering the error of a GPTQ solution -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two descents on the damped error, neither of which can raise it: each
// column's best code given all others (coordinate descent; QuantEase, Behdin
// et al. 2023), and each row's best scales given its codes (least squares).
// Rule N19.
//
//===----------------------------------------------------------------------===//

#include "GptqChunk.h"

#include "quant-opt/Numerics/Vectorize.h"
#include <algorithm>
#include <cblas.h>
#include <cmath>

using namespace quantopt;
using namespace quantopt::detail;

extern "C" void dposv_(const char *uplo, const int *n, const int *columns, double *a, const int *lda, double *b,
                       const int *ldb, int *info);

Columns GptqChunk::getGradient(const Columns &residuals) const {
  const HessianFactor &factor = problem.factor;
  Columns result(cols * lanes);
  cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, cols, lanes, cols, 1, factor.hessian.data(), cols,
              residuals.data(), lanes, 0, result.data(), lanes);
  for (int64_t turn = 0; turn != cols; ++turn) {
    float added = float(factor.added[turn]);
    spreadColumn(residuals.data() + turn * lanes, &added, 1, result.data() + turn * lanes);
  }
  return result;
}

/// The correction that makes column j's target its optimum given all other columns: w - d is what it reads back as now,
/// and g / H_jj what the others ask of it on top.
QUANTOPT_VECTORIZED static void getTargets(const float *__restrict gradient, const float *__restrict residuals,
                                           float curvature, float *__restrict corrections) {
  for (int64_t r = 0; r != lanes; ++r)
    corrections[r] = gradient[r] / curvature - residuals[r];
}

QUANTOPT_VECTORIZED static void subtract(const float *__restrict from, float *__restrict to) {
  for (int64_t r = 0; r != lanes; ++r)
    to[r] = from[r] - to[r];
}

/// One pass over the columns; `gradient` belongs to `rounding` before and after.
void GptqChunk::sweep(GptqRounding &rounding, Columns &gradient) const {
  const HessianFactor &factor = problem.factor;
  std::vector<float> local(blockCols * lanes), steps(blockCols * lanes);
  float corrections[lanes], squares[lanes];
  for (int64_t begin = 0; begin < cols; begin += blockCols) {
    int64_t end = std::min(begin + blockCols, cols);
    std::copy_n(gradient.begin() + begin * lanes, (end - begin) * lanes, local.begin());
    for (int64_t turn = begin; turn != end; ++turn) {
      float *residuals = rounding.residuals.data() + turn * lanes, *step = steps.data() + (turn - begin) * lanes;
      const float *row = factor.hessian.data() + turn * cols;
      float curvature = row[turn] + float(factor.added[turn]);
      getTargets(local.data() + (turn - begin) * lanes, residuals, curvature, corrections);
      std::copy_n(residuals, lanes, step);
      roundAt(turn, corrections, rounding, squares);
      subtract(residuals, step);
      spreadColumn(step, row + turn + 1, end - turn - 1, local.data() + (turn - begin + 1) * lanes);
      float added = float(factor.added[turn]);
      spreadColumn(step, &added, 1, gradient.data() + turn * lanes);
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, cols, lanes, end - begin, 1, factor.hessian.data() + begin,
                cols, steps.data(), lanes, 1, gradient.data(), lanes);
  }
}

QUANTOPT_VECTORIZED static void addProducts(const float *__restrict a, const float *__restrict b,
                                            float *__restrict to) {
  for (int64_t r = 0; r != lanes; ++r)
    to[r] += a[r] * b[r];
}

/// to = a - b * c.
QUANTOPT_VECTORIZED static void subtractProduct(const float *__restrict a, const float *__restrict b,
                                                const float *__restrict c, float *__restrict to) {
  for (int64_t r = 0; r != lanes; ++r)
    to[r] = a[r] - b[r] * c[r];
}

/// q - z.
Columns GptqChunk::getOffsets(const GptqRounding &rounding) const {
  Columns result(cols * lanes);
  for (int64_t turn = 0; turn != cols; ++turn) {
    std::copy_n(rounding.zeros.begin() + getGroup(turn) * lanes, lanes, result.begin() + turn * lanes);
    subtract(rounding.codes.data() + turn * lanes, result.data() + turn * lanes);
  }
  return result;
}

/// A [groups, groups, lanes] with A_kl = sum over columns i of group k and j of group l of c_i H_ij c_j, c the offsets.
std::vector<float> GptqChunk::getScaleSystem(const Columns &offsets) const {
  const HessianFactor &factor = problem.factor;
  int64_t groups = problem.params.cols, width = problem.groupCols;
  std::vector<std::vector<int64_t>> turns(groups);
  for (int64_t turn = 0; turn != cols; ++turn)
    turns[getGroup(turn)].push_back(turn);

  std::vector<float> system(groups * groups * lanes), hessian(width * cols);
  Columns mine(width * lanes), products(cols * lanes);
  for (int64_t k = 0; k != groups; ++k) {
    for (int64_t i = 0; i != width; ++i) {
      std::copy_n(factor.hessian.begin() + turns[k][i] * cols, cols, hessian.begin() + i * cols);
      hessian[i * cols + turns[k][i]] += float(factor.added[turns[k][i]]);
      std::copy_n(offsets.begin() + turns[k][i] * lanes, lanes, mine.begin() + i * lanes);
    }
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, cols, lanes, width, 1, hessian.data(), cols, mine.data(),
                lanes, 0, products.data(), lanes);
    for (int64_t turn = 0; turn != cols; ++turn)
      addProducts(products.data() + turn * lanes, offsets.data() + turn * lanes,
                  system.data() + (k * groups + getGroup(turn)) * lanes);
  }
  return system;
}

/// Replaces the scales of a row by the least-squares ones, as stored, wherever that lowers its damped error.
void GptqChunk::refitScales(GptqRounding &rounding, const Columns &gradient) const {
  int64_t groups = problem.params.cols;
  Columns offsets = getOffsets(rounding);
  std::vector<float> system = getScaleSystem(offsets);
  // c . g, the right-hand side of the change of scales.
  Columns right(groups * lanes), scales = rounding.scales;
  for (int64_t turn = 0; turn != cols; ++turn)
    addProducts(gradient.data() + turn * lanes, offsets.data() + turn * lanes, right.data() + getGroup(turn) * lanes);
  std::vector<double> matrix(groups * groups), change(groups);
  for (int64_t r = 0; r != rows; ++r) {
    for (int64_t k = 0; k != groups; ++k) {
      for (int64_t l = 0; l != groups; ++l)
        matrix[k * groups + l] = system[(k * groups + l) * lanes + r];
      // A group of zeros has no say in its scale.
      if (matrix[k * groups + k] == 0)
        matrix[k * groups + k] = 1;
      change[k] = right[k * lanes + r];
    }
    int order = int(groups), one = 1, info = 0;
    dposv_("U", &order, &one, matrix.data(), &order, change.data(), &order, &info);
    for (int64_t k = 0; info == 0 && k != groups; ++k) {
      float &scale = scales[k * lanes + r], refit = scale + float(change[k]);
      // Further away than this it is no longer the grid that the codes were chosen on.
      if (refit > scale / 2 && refit < scale * 2)
        scale = roundToStorage(refit, problem.scheme.scaleStorage);
    }
  }
  replaceScales(rounding, offsets, scales);
}

/// Takes the scales of the rows whose damped error they lower.
void GptqChunk::replaceScales(GptqRounding &rounding, const Columns &offsets, const Columns &scales) const {
  Columns residuals(cols * lanes);
  for (int64_t turn = 0; turn != cols; ++turn)
    subtractProduct(weights.data() + turn * lanes, offsets.data() + turn * lanes,
                    scales.data() + getGroup(turn) * lanes, residuals.data() + turn * lanes);
  RowSums loss = getDampedLoss(residuals);
  for (int64_t r = 0; r != rows; ++r) {
    if (!(loss[r] < rounding.dampedLoss[r]))
      continue;
    rounding.dampedLoss[r] = loss[r];
    for (int64_t turn = 0; turn != cols; ++turn)
      rounding.residuals[turn * lanes + r] = residuals[turn * lanes + r];
    for (int64_t group = 0; group != problem.params.cols; ++group)
      rounding.scales[group * lanes + r] = scales[group * lanes + r];
  }
}

void GptqChunk::refine(GptqRounding &rounding) const {
  const GptqOptions &options = problem.options;
  if (options.refitScales)
    refitScales(rounding, getGradient(rounding.residuals));
  if (options.sweeps == 0)
    return;
  Columns gradient = getGradient(rounding.residuals);
  for (unsigned i = 0; i != options.sweeps; ++i) {
    sweep(rounding, gradient);
    rounding.dampedLoss = getDampedLoss(rounding.residuals);
    if (!options.refitScales)
      continue;
    refitScales(rounding, gradient);
    gradient = getGradient(rounding.residuals);
  }
}
