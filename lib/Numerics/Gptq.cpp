//===- Gptq.cpp - Rounding that minimizes a layer's output error ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Gptq.h"

#include "RowKernels.h"
#include "Vectorize.h"
#include "quant-opt/Numerics/Parallel.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <cassert>
#include <cblas.h>
#include <numeric>
#include <optional>

using namespace quantopt;
using namespace quantopt::detail;

//===----------------------------------------------------------------------===//
// Kernels over the rows of a chunk
//===----------------------------------------------------------------------===//

/// Rows are solved in chunks of this many, transposed, so that inner loops run over rows. Fixed, so that results do not
/// depend on the number of threads (rule N10).
static constexpr int64_t lanes = 64;
/// Columns between two matrix products; any value gives the same result up to fp32 rounding.
static constexpr int64_t blockCols = 64;

/// One column of a chunk: the weights and the parameters that apply to them, one a row.
struct ColumnView {
  const float *weights, *corrections, *scales, *zeros;
};

/// Rounds w + correction; leaves the code, w - q and (w + correction - q)^2.
QUANTOPT_VECTORIZED static void roundColumn(ColumnView column, float qmin, float qmax, float *__restrict codes,
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

static void roundColumnF8(ColumnView column, const CodeRange &range, float *codes, float *residuals, float *squares) {
  for (int64_t r = 0; r != lanes; ++r) {
    float target = column.weights[r] + column.corrections[r];
    int8_t code = quantizeValue(target, column.scales[r], 0, range);
    float value = dequantizeValue(code, column.scales[r], 0, range), error = target - value;
    codes[r] = float(code);
    residuals[r] = column.weights[r] - value;
    squares[r] = error * error;
  }
}

/// corrections[j] += residuals * ratios[j] for the columns j of the block that follow.
QUANTOPT_VECTORIZED static void spreadResidual(const float *__restrict residuals, const float *__restrict ratios,
                                               int64_t count, float *__restrict corrections) {
  for (int64_t j = 0; j != count; ++j)
    for (int64_t r = 0; r != lanes; ++r)
      corrections[j * lanes + r] += residuals[r] * ratios[j];
}

QUANTOPT_VECTORIZED static void addScaled(const float *__restrict from, double factor, double *__restrict to) {
  for (int64_t r = 0; r != lanes; ++r)
    to[r] += factor * double(from[r]);
}

QUANTOPT_VECTORIZED static void addScaledSquares(const float *__restrict from, double factor, double *__restrict to) {
  for (int64_t r = 0; r != lanes; ++r)
    to[r] += factor * double(from[r]) * double(from[r]);
}

//===----------------------------------------------------------------------===//
// One chunk of rows
//===----------------------------------------------------------------------===//

namespace {

/// [columns, lanes]: column j of the chunk, all rows, is at j * lanes.
using Columns = std::vector<float>;
/// One number a row.
using RowSums = std::vector<double>;

/// What does not change between chunks.
struct Problem {
  MatrixRef weight;
  const HessianFactor &factor;
  const BlockScheme &scheme;
  const GptqOptions &options;
  int64_t groupCols = 0;
  /// Parameters from the original weight, and the scale search's weights in the order of rounding.
  const BlockParams &params;
  llvm::ArrayRef<float> searchWeights;
};

/// A rounding of a chunk: codes and w - q.
struct Rounding {
  Columns codes, residuals;
  RowSums dampedLoss;
  explicit Rounding(int64_t cols) : codes(cols * lanes), residuals(cols * lanes), dampedLoss(lanes) {}
};

class ChunkSolver {
public:
  ChunkSolver(const Problem &problem, int64_t firstRow);

  /// Rounds the weights themselves.
  Rounding roundPlainly();
  /// GPTQ. Replaces the group parameters when they are dynamic.
  Rounding solve();
  /// Squared norm of residuals * R: the error with the damped H.
  RowSums getDampedLoss(const Columns &residuals) const;
  /// What damping adds to it.
  RowSums getDampingPart(const Columns &residuals) const;
  /// The error with H as given, from H itself.
  RowSums getLoss(const Columns &residuals) const;

  const Columns &getWeights() const { return weights; }
  int64_t getRows() const { return rows; }
  /// Writes the codes, and the parameters when they are dynamic, of the rows that `keep` selects.
  void write(const Rounding &rounding, llvm::ArrayRef<bool> keep, QuantizedMatrix &result) const;

private:
  void loadParams(int64_t group, int64_t row, ScaleZero value);
  void roundAt(int64_t turn, const float *corrections, Rounding &rounding, float *squares) const;
  void chooseGroupParams(int64_t begin, const Rounding &rounding);
  /// sum_{i < known} residual_i * R_ij / R_jj for columns [begin, end).
  void correct(const Columns &residuals, int64_t known, int64_t begin, int64_t end, float *corrections) const;
  int64_t getGroup(int64_t turn) const { return problem.factor.order[turn] / problem.groupCols; }

  const Problem &problem;
  int64_t firstRow, rows, cols;
  Columns weights;
  /// [groups, lanes].
  Columns scales, zeros;
};

} // namespace

ChunkSolver::ChunkSolver(const Problem &problem, int64_t firstRow)
    : problem(problem), firstRow(firstRow), rows(std::min(lanes, problem.weight.rows - firstRow)),
      cols(problem.weight.cols), weights(cols * lanes) {
  for (int64_t r = 0; r != rows; ++r) {
    const float *from = problem.weight.row(firstRow + r);
    for (int64_t turn = 0; turn != cols; ++turn)
      weights[turn * lanes + r] = from[problem.factor.order[turn]];
  }
  const BlockParams &params = problem.params;
  int64_t blockRows = problem.weight.rows / params.rows;
  scales.assign(params.cols * lanes, 1.0f); // rows beyond the last are zeros with scale 1
  zeros.assign(params.cols * lanes, 0.0f);
  for (int64_t r = 0; r != rows; ++r)
    for (int64_t group = 0; group != params.cols; ++group) {
      int64_t block = (firstRow + r) / blockRows * params.cols + group;
      loadParams(group, r, {params.scales[block], params.getZeroPoint(block)});
    }
}

void ChunkSolver::loadParams(int64_t group, int64_t row, ScaleZero value) {
  scales[group * lanes + row] = value.scale;
  zeros[group * lanes + row] = float(value.zeroPoint);
}

void ChunkSolver::roundAt(int64_t turn, const float *corrections, Rounding &rounding, float *squares) const {
  int64_t group = getGroup(turn), at = turn * lanes;
  ColumnView column{weights.data() + at, corrections, scales.data() + group * lanes, zeros.data() + group * lanes};
  const CodeRange &range = problem.scheme.range;
  if (range.kind == CodeKind::Integer)
    roundColumn(column, range.qmin, range.qmax, rounding.codes.data() + at, rounding.residuals.data() + at, squares);
  else
    roundColumnF8(column, range, rounding.codes.data() + at, rounding.residuals.data() + at, squares);
}

Rounding ChunkSolver::roundPlainly() {
  Rounding result(cols);
  float none[lanes] = {}, squares[lanes];
  for (int64_t turn = 0; turn != cols; ++turn)
    roundAt(turn, none, result, squares);
  return result;
}

void ChunkSolver::correct(const Columns &residuals, int64_t known, int64_t begin, int64_t end,
                          float *corrections) const {
  if (known == 0) {
    std::fill_n(corrections, (end - begin) * lanes, 0.0f);
    return;
  }
  cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, end - begin, lanes, known, 1,
              problem.factor.ratios.data() + begin, cols, residuals.data(), lanes, 0, corrections, lanes);
}

/// Parameters of the group of columns [begin, begin + groupCols) from the weights as the columns before make them:
/// corrections c with c_j + sum_{begin <= i < j} c_i R_ij / R_jj = what the columns before ask of column j.
void ChunkSolver::chooseGroupParams(int64_t begin, const Rounding &rounding) {
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
  BlockScheme scheme = problem.scheme;
  scheme.blockRows = 1;
  scheme.blockCols = 0;
  if (!problem.searchWeights.empty())
    scheme.search.columnWeights = problem.searchWeights.slice(begin, width);
  // Corrected weights are finite because the weights and the factor are.
  BlockParams chosen = llvm::cantFail(chooseParams({byRow.data(), rows, width}, scheme));
  for (int64_t r = 0; r != rows; ++r)
    loadParams(getGroup(begin), r, {chosen.scales[r], chosen.getZeroPoint(r)});
}

Rounding ChunkSolver::solve() {
  Rounding result(cols);
  bool isDynamic = !problem.options.staticGroups;
  const std::vector<float> &ratios = problem.factor.ratios;
  // A dynamic group's parameters need everything before it, so blocks then end where groups do.
  int64_t step = isDynamic ? std::min(std::gcd(blockCols, problem.groupCols), problem.groupCols) : blockCols;
  std::vector<float> corrections(step * lanes);
  float squares[lanes];
  for (int64_t begin = 0; begin < cols; begin += step) {
    int64_t end = std::min(begin + step, cols);
    if (isDynamic && begin % problem.groupCols == 0)
      chooseGroupParams(begin, result);
    correct(result.residuals, begin, begin, end, corrections.data());
    for (int64_t turn = begin; turn != end; ++turn) {
      roundAt(turn, corrections.data() + (turn - begin) * lanes, result, squares);
      spreadResidual(result.residuals.data() + turn * lanes, ratios.data() + turn * cols + turn + 1, end - turn - 1,
                     corrections.data() + (turn - begin + 1) * lanes);
      addScaled(squares, problem.factor.pivots[turn] * problem.factor.pivots[turn], result.dampedLoss.data());
    }
  }
  return result;
}

RowSums ChunkSolver::getDampedLoss(const Columns &residuals) const {
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

RowSums ChunkSolver::getDampingPart(const Columns &residuals) const {
  RowSums result(lanes);
  for (int64_t turn = 0; turn != cols; ++turn)
    addScaledSquares(residuals.data() + turn * lanes, problem.factor.added[turn], result.data());
  return result;
}

RowSums ChunkSolver::getLoss(const Columns &residuals) const {
  Columns products(cols * lanes);
  cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, cols, lanes, cols, 1, problem.factor.hessian.data(), cols,
              residuals.data(), lanes, 0, products.data(), lanes);
  RowSums result(lanes);
  for (int64_t at = 0; at != cols * lanes; ++at)
    result[at % lanes] += double(products[at]) * double(residuals[at]);
  return result;
}

void ChunkSolver::write(const Rounding &rounding, llvm::ArrayRef<bool> keep, QuantizedMatrix &result) const {
  BlockParams &params = result.params;
  for (int64_t r = 0; r != rows; ++r) {
    if (!keep[r])
      continue;
    int8_t *to = result.codes.data() + (firstRow + r) * cols;
    for (int64_t turn = 0; turn != cols; ++turn)
      to[problem.factor.order[turn]] = int8_t(int(rounding.codes[turn * lanes + r]));
    if (problem.options.staticGroups)
      continue;
    for (int64_t group = 0; group != params.cols; ++group) {
      int64_t block = (firstRow + r) * params.cols + group;
      params.scales[block] = scales[group * lanes + r];
      if (!params.zeroPoints.empty())
        params.zeroPoints[block] = int8_t(int(zeros[group * lanes + r]));
    }
  }
}

//===----------------------------------------------------------------------===//
// The whole matrix
//===----------------------------------------------------------------------===//

namespace {
/// Undamped errors of one row.
struct RowLoss {
  double result = 0, rounding = 0, energy = 0;
  bool isRounded = false;
};
} // namespace

static void solveChunk(const Problem &problem, int64_t firstRow, QuantizedMatrix &result, RowLoss *losses) {
  ChunkSolver chunk(problem, firstRow);
  Rounding plain = chunk.roundPlainly();
  bool all[lanes], solved[lanes] = {};
  std::fill_n(all, lanes, true);
  chunk.write(plain, all, result);
  if (problem.factor.ratios.empty()) {
    RowSums loss = chunk.getLoss(plain.residuals), energy = chunk.getLoss(chunk.getWeights());
    for (int64_t r = 0; r != chunk.getRows(); ++r)
      losses[r] = {loss[r], loss[r], energy[r], true};
    return;
  }
  plain.dampedLoss = chunk.getDampedLoss(plain.residuals);
  Rounding best = chunk.solve();
  RowSums energy = chunk.getDampedLoss(chunk.getWeights()), energyPart = chunk.getDampingPart(chunk.getWeights());
  RowSums plainPart = chunk.getDampingPart(plain.residuals), bestPart = chunk.getDampingPart(best.residuals);
  for (int64_t r = 0; r != chunk.getRows(); ++r) {
    solved[r] = best.dampedLoss[r] <= plain.dampedLoss[r];
    double plainLoss = std::max(0.0, plain.dampedLoss[r] - plainPart[r]);
    double bestLoss = std::max(0.0, best.dampedLoss[r] - bestPart[r]);
    losses[r] = {solved[r] ? bestLoss : plainLoss, plainLoss, std::max(0.0, energy[r] - energyPart[r]), !solved[r]};
  }
  chunk.write(best, solved, result);
}

static llvm::Error checkOptions(MatrixRef weight, const HessianFactor &factor, const BlockScheme &scheme,
                                const GptqOptions &options) {
  auto fail = [](const llvm::Twine &message) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
  };
  if (weight.cols != factor.features)
    return fail("a weight of " + llvm::Twine(weight.cols) + " columns meets a Hessian of " +
                llvm::Twine(factor.features) + " features");
  if (!options.staticGroups && scheme.blockRows != 1)
    return fail("dynamic group parameters need blocks of one row; use static groups");
  if (!options.staticGroups && options.order == ActOrder::Diagonal)
    return fail("dynamic group parameters need columns in group order; use static groups, or act order none or "
                "group-aware");
  return llvm::Error::success();
}

/// The scale search's column weights in the original order; empty when the scheme's own are used.
static std::vector<float> getSearchWeights(const HessianFactor &factor, const BlockScheme &scheme,
                                           const GptqOptions &options) {
  if (scheme.search.steps == 0 || options.scaleWeights == ScaleWeights::Given || factor.ratios.empty())
    return scheme.search.columnWeights;
  int64_t n = factor.features;
  std::vector<float> result(n);
  for (int64_t turn = 0; turn != n; ++turn)
    result[factor.order[turn]] = options.scaleWeights == ScaleWeights::HessianDiagonal
                                     ? factor.hessian[turn * n + turn]
                                     : float(factor.pivots[turn] * factor.pivots[turn]);
  return result;
}

llvm::Expected<GptqResult> quantopt::solveGptq(MatrixRef weight, const HessianFactor &factor, const BlockScheme &scheme,
                                               const GptqOptions &options) {
  if (llvm::Error error = checkOptions(weight, factor, scheme, options))
    return error;
  std::vector<float> searchWeights = getSearchWeights(factor, scheme, options), turnWeights;
  BlockScheme weighted = scheme;
  weighted.search.columnWeights = searchWeights;
  llvm::Expected<BlockParams> params = chooseParams(weight, weighted, options.threads);
  if (!params)
    return params.takeError();
  if (!searchWeights.empty())
    for (int64_t column : factor.order)
      turnWeights.push_back(searchWeights[column]);

  GptqResult result;
  result.quantized.codes.resize(weight.rows * weight.cols);
  result.quantized.params = *params;
  Problem problem{weight, factor, weighted, options, weight.cols / params->cols, *params, turnWeights};
  std::vector<RowLoss> losses(weight.rows);
  parallelFor(options.threads, (weight.rows + lanes - 1) / lanes, [&](size_t chunk) {
    int64_t firstRow = int64_t(chunk) * lanes;
    solveChunk(problem, firstRow, result.quantized, losses.data() + firstRow);
  });

  RowLoss total;
  for (const RowLoss &row : losses) {
    total.result += row.result;
    total.rounding += row.rounding;
    total.energy += row.energy;
    result.roundedRows += row.isRounded;
  }
  if (total.energy > 0) {
    result.loss = total.result / total.energy;
    result.roundingLoss = total.rounding / total.energy;
  }
  if (factor.ratios.empty())
    result.outcome = GptqOutcome::PlainRounding;
  else if (factor.damping > options.damping)
    result.outcome = GptqOutcome::MoreDamping;
  return result;
}
