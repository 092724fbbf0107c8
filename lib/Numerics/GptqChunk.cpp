//===- GptqChunk.cpp - GPTQ on a chunk of rows ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GptqChunk.h"

#include "RowKernels.h"
#include "ScaleSearch.h"
#include "quant-opt/Numerics/Vectorize.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <cblas.h>
#include <numeric>

using namespace quantopt;
using namespace quantopt::detail;

//===----------------------------------------------------------------------===//
// Kernels over the rows of a chunk
//===----------------------------------------------------------------------===//

QUANTOPT_VECTORIZED static void roundIntegerColumn(ColumnView column, float qmin, float qmax, float *__restrict codes,
                                                   float *__restrict residuals, float *__restrict squares) {
  for (int64_t r = 0; r != lanes; ++r) {
    float target = column.weights[r] + column.corrections[r];
    float code = quantizeInteger(target, column.scales[r], column.zeros[r], qmin, qmax);
    float value = (code - column.zeros[r]) * column.scales[r], error = target - value;
    codes[r] = code;
    residuals[r] = column.weights[r] - value;
    squares[r] = error * error;
  }
}

void quantopt::detail::roundColumn(const CodeRange &range, ColumnView column, float *codes, float *residuals,
                                   float *squares) {
  if (range.kind == CodeKind::Integer) {
    roundIntegerColumn(column, range.qmin, range.qmax, codes, residuals, squares);
    return;
  }
  for (int64_t r = 0; r != lanes; ++r) {
    float target = column.weights[r] + column.corrections[r];
    int8_t code = quantizeValue(target, column.scales[r], 0, range);
    float value = dequantizeValue(code, column.scales[r], 0, range), error = target - value;
    codes[r] = float(code);
    residuals[r] = column.weights[r] - value;
    squares[r] = error * error;
  }
}

QUANTOPT_VECTORIZED static void spreadLoop(const float *__restrict from, const float *__restrict factors, int64_t count,
                                           float *__restrict to) {
  for (int64_t j = 0; j != count; ++j)
    for (int64_t r = 0; r != lanes; ++r)
      to[j * lanes + r] += from[r] * factors[j];
}

void quantopt::detail::spreadColumn(const float *from, const float *factors, int64_t count, float *to) {
  spreadLoop(from, factors, count, to);
}

QUANTOPT_VECTORIZED static void addScaled(const float *__restrict from, double factor, double *__restrict to) {
  for (int64_t r = 0; r != lanes; ++r)
    to[r] += factor * double(from[r]);
}

QUANTOPT_VECTORIZED static void addSquaresLoop(const float *__restrict from, double factor, double *__restrict to) {
  for (int64_t r = 0; r != lanes; ++r)
    to[r] += factor * double(from[r]) * double(from[r]);
}

void quantopt::detail::addScaledSquares(const float *from, double factor, double *to) {
  addSquaresLoop(from, factor, to);
}

//===----------------------------------------------------------------------===//
// GptqChunk
//===----------------------------------------------------------------------===//

GptqChunk::GptqChunk(const GptqProblem &problem, int64_t firstRow)
    : problem(problem), firstRow(firstRow), rows(std::min(lanes, problem.weight.rows - firstRow)),
      cols(problem.weight.cols), weights(cols * lanes) {
  for (int64_t r = 0; r != rows; ++r) {
    const float *from = problem.weight.row(firstRow + r);
    for (int64_t turn = 0; turn != cols; ++turn)
      weights[turn * lanes + r] = from[problem.factor.order[turn]];
  }
}

GptqRounding GptqChunk::makeRounding() const {
  const BlockParams &params = problem.params;
  int64_t blockRows = problem.weight.rows / params.rows;
  GptqRounding result;
  result.codes.resize(cols * lanes);
  result.residuals.resize(cols * lanes);
  result.dampedLoss.resize(lanes);
  // Rows beyond the last are zeros with scale 1.
  result.scales.assign(params.cols * lanes, 1.0f);
  result.zeros.assign(params.cols * lanes, 0.0f);
  for (int64_t r = 0; r != rows; ++r)
    for (int64_t group = 0; group != params.cols; ++group) {
      int64_t block = (firstRow + r) / blockRows * params.cols + group;
      result.scales[group * lanes + r] = params.scales[block];
      result.zeros[group * lanes + r] = float(params.getZeroPoint(block));
    }
  return result;
}

void GptqChunk::roundAt(int64_t turn, const float *corrections, GptqRounding &rounding, float *squares) const {
  int64_t group = getGroup(turn) * lanes, at = turn * lanes;
  roundColumn(problem.scheme.range,
              {weights.data() + at, corrections, rounding.scales.data() + group, rounding.zeros.data() + group},
              rounding.codes.data() + at, rounding.residuals.data() + at, squares);
}

GptqRounding GptqChunk::roundPlainly() const {
  GptqRounding result = makeRounding();
  float none[lanes] = {}, squares[lanes];
  for (int64_t turn = 0; turn != cols; ++turn)
    roundAt(turn, none, result, squares);
  return result;
}

void GptqChunk::correct(const Columns &residuals, int64_t known, int64_t begin, int64_t end, float *corrections) const {
  if (known == 0) {
    std::fill_n(corrections, (end - begin) * lanes, 0.0f);
    return;
  }
  cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, end - begin, lanes, known, 1,
              problem.factor.ratios.data() + begin, cols, residuals.data(), lanes, 0, corrections, lanes);
}

/// Parameters of the group of columns [begin, begin + groupCols) from the weights as the columns before make them:
/// corrections c with c_j + sum_{begin <= i < j} c_i R_ij / R_jj = what the columns before ask of column j.
void GptqChunk::chooseGroupParams(int64_t begin, GptqRounding &rounding) const {
  int64_t width = problem.groupCols;
  Columns current(width * lanes);
  correct(rounding.residuals, begin, begin, begin + width, current.data());
  if (begin != 0)
    cblas_strsm(CblasRowMajor, CblasLeft, CblasUpper, CblasTrans, CblasUnit, width, lanes, 1,
                problem.factor.ratios.data() + begin * cols + begin, cols, current.data(), lanes);
  std::vector<float> byRow(rows * width);
  for (int64_t r = 0; r != rows; ++r)
    for (int64_t j = 0; j != width; ++j)
      byRow[r * width + j] = weights[(begin + j) * lanes + r] + current[j * lanes + r];
  if (problem.scheme.search.steps != 0 && problem.options.scaleWeights == ScaleWeights::Solve && width <= 256)
    return searchGroupParams(begin, byRow, rounding);
  BlockScheme scheme = problem.scheme;
  scheme.blockRows = 1;
  scheme.blockCols = 0;
  if (!problem.searchWeights.empty())
    scheme.search.columnWeights = problem.searchWeights.slice(begin, width);
  // Corrected weights are finite because the weights and the factor are.
  BlockParams chosen = llvm::cantFail(chooseParams({byRow.data(), rows, width}, scheme));
  int64_t group = getGroup(begin) * lanes;
  for (int64_t r = 0; r != rows; ++r) {
    rounding.scales[group + r] = chosen.scales[r];
    rounding.zeros[group + r] = float(chosen.getZeroPoint(r));
  }
}

/// Takes for each row the candidate whose rounding of the group makes the least error. The columns' codes and residuals
/// are scratch here; the solve writes them again with the parameters chosen.
void GptqChunk::searchGroupParams(int64_t begin, llvm::ArrayRef<float> current, GptqRounding &rounding) const {
  const BlockScheme &scheme = problem.scheme;
  int64_t width = problem.groupCols, group = getGroup(begin) * lanes;
  Columns base(width * lanes), corrections;
  correct(rounding.residuals, begin, begin, begin + width, base.data());
  RowSums bestLoss(lanes);
  std::vector<float> bestScales(rows), bestZeros(rows);
  for (unsigned step = 0; step <= scheme.search.steps; ++step) {
    float shrink = getShrink(scheme.search, step);
    for (int64_t r = 0; r != rows; ++r) {
      llvm::ArrayRef<float> row = current.slice(r * width, width);
      ScaleZero candidate = chooseScaleZero(*llvm::min_element(row) * shrink, *llvm::max_element(row) * shrink,
                                            scheme.range, scheme.asymmetric, scheme.scaleStorage);
      rounding.scales[group + r] = candidate.scale;
      rounding.zeros[group + r] = float(candidate.zeroPoint);
    }
    corrections = base;
    RowSums loss(lanes);
    solveColumns(begin, begin + width, corrections, rounding, loss);
    for (int64_t r = 0; r != rows; ++r)
      if (step == 0 || loss[r] < bestLoss[r]) {
        bestLoss[r] = loss[r];
        bestScales[r] = rounding.scales[group + r];
        bestZeros[r] = rounding.zeros[group + r];
      }
  }
  llvm::copy(bestScales, rounding.scales.begin() + group);
  llvm::copy(bestZeros, rounding.zeros.begin() + group);
}

/// Rounds columns [begin, end) in order; `corrections` holds what the columns before ask of them. Adds to `loss`.
void GptqChunk::solveColumns(int64_t begin, int64_t end, Columns &corrections, GptqRounding &rounding,
                             RowSums &loss) const {
  float squares[lanes];
  for (int64_t turn = begin; turn != end; ++turn) {
    roundAt(turn, corrections.data() + (turn - begin) * lanes, rounding, squares);
    spreadColumn(rounding.residuals.data() + turn * lanes, problem.factor.ratios.data() + turn * cols + turn + 1,
                 end - turn - 1, corrections.data() + (turn - begin + 1) * lanes);
    addScaled(squares, problem.factor.pivots[turn] * problem.factor.pivots[turn], loss.data());
  }
}

/// Rule N16.
GptqRounding GptqChunk::solve() const {
  GptqRounding result = makeRounding();
  bool isDynamic = !problem.options.staticGroups;
  // A dynamic group's parameters need everything before it, so blocks then end where groups do.
  int64_t step = isDynamic ? std::gcd(blockCols, problem.groupCols) : blockCols;
  Columns corrections(step * lanes);
  for (int64_t begin = 0; begin < cols; begin += step) {
    int64_t end = std::min(begin + step, cols);
    if (isDynamic && begin % problem.groupCols == 0)
      chooseGroupParams(begin, result);
    correct(result.residuals, begin, begin, end, corrections.data());
    solveColumns(begin, end, corrections, result, result.dampedLoss);
  }
  return result;
}

RowSums GptqChunk::getDampedLoss(const Columns &residuals) const {
  RowSums result(lanes);
  std::vector<float> sums(blockCols * lanes);
  for (int64_t begin = 0; begin < cols; begin += blockCols) {
    int64_t end = std::min(begin + blockCols, cols);
    // The ratios below the diagonal are zero, so all of the block's rows may take part.
    correct(residuals, end, begin, end, sums.data());
    for (int64_t turn = begin; turn != end; ++turn)
      addScaledSquares(sums.data() + (turn - begin) * lanes, problem.factor.pivots[turn] * problem.factor.pivots[turn],
                       result.data());
  }
  return result;
}

RowSums GptqChunk::getDampingPart(const Columns &residuals) const {
  RowSums result(lanes);
  for (int64_t turn = 0; turn != cols; ++turn)
    addScaledSquares(residuals.data() + turn * lanes, problem.factor.added[turn], result.data());
  return result;
}

RowSums GptqChunk::getLoss(const Columns &residuals) const {
  Columns products(cols * lanes);
  cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, cols, lanes, cols, 1, problem.factor.hessian.data(), cols,
              residuals.data(), lanes, 0, products.data(), lanes);
  RowSums result(lanes);
  for (int64_t at = 0; at != cols * lanes; ++at)
    result[at % lanes] += double(products[at]) * double(residuals[at]);
  return result;
}

void GptqChunk::write(const GptqRounding &rounding, llvm::ArrayRef<bool> keep, QuantizedMatrix &result) const {
  BlockParams &params = result.params;
  for (int64_t r = 0; r != rows; ++r) {
    if (!keep[r])
      continue;
    int8_t *to = result.codes.data() + (firstRow + r) * cols;
    for (int64_t turn = 0; turn != cols; ++turn)
      to[problem.factor.order[turn]] = int8_t(int(rounding.codes[turn * lanes + r]));
    if (!problem.changesParams())
      continue;
    for (int64_t group = 0; group != params.cols; ++group) {
      int64_t block = (firstRow + r) * params.cols + group;
      params.scales[block] = rounding.scales[group * lanes + r];
      if (!params.zeroPoints.empty())
        params.zeroPoints[block] = int8_t(int(rounding.zeros[group * lanes + r]));
    }
  }
}
