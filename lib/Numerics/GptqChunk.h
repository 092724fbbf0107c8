//===- GptqChunk.h - GPTQ on a chunk of rows ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rows of a weight are independent, so they are solved in chunks of a fixed
// number, transposed, so that inner loops run over rows: results do not depend
// on the number of threads (rule N10).
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_NUMERICS_GPTQCHUNK_H
#define QUANTOPT_LIB_NUMERICS_GPTQCHUNK_H

#include "quant-opt/Numerics/Gptq.h"

namespace quantopt::detail {

/// Rows of a chunk.
inline constexpr int64_t lanes = 64;
/// Columns between two matrix products; any value gives the same result up to fp32 rounding.
inline constexpr int64_t blockCols = 64;

/// [n, lanes]: entry j of all rows of the chunk is at j * lanes.
using Columns = std::vector<float>;
/// One number a row.
using RowSums = std::vector<double>;

/// What does not change between chunks.
struct GptqProblem {
  MatrixRef weight;
  const HessianFactor &factor;
  const BlockScheme &scheme;
  const GptqOptions &options;
  int64_t groupCols = 0;
  /// Parameters from the original weight.
  const BlockParams &params;
  /// The scale search's column weights in the order of rounding; may be empty.
  llvm::ArrayRef<float> searchWeights;

  /// True when the solver may leave other parameters than `params`.
  bool changesParams() const { return !options.staticGroups || options.refitScales; }
};

/// A rounding of a chunk: codes and w - q, columns in the order of rounding, and parameters [groups, lanes].
struct GptqRounding {
  Columns codes, residuals, scales, zeros;
  RowSums dampedLoss;
};

/// Rounds one column of a chunk: the code nearest to weight + correction.
struct ColumnView {
  const float *weights, *corrections, *scales, *zeros;
};
/// Leaves codes, w - q and (w + correction - q)^2.
void roundColumn(const CodeRange &range, ColumnView column, float *codes, float *residuals, float *squares);
/// to[j] += factors[j] * from for each of `count` columns.
void spreadColumn(const float *from, const float *factors, int64_t count, float *to);
void addScaledSquares(const float *from, double factor, double *to);

class GptqChunk {
public:
  GptqChunk(const GptqProblem &problem, int64_t firstRow);

  /// Rounds the weights themselves.
  GptqRounding roundPlainly() const;
  /// GPTQ.
  GptqRounding solve() const;
  /// Lowers the damped error of a solution further: refits scales and sweeps over the columns as the options say.
  void refine(GptqRounding &rounding) const;

  /// Squared norm of residuals * R: the error with the damped H.
  RowSums getDampedLoss(const Columns &residuals) const;
  /// What damping adds to it.
  RowSums getDampingPart(const Columns &residuals) const;
  /// The error with H as given, from H itself.
  RowSums getLoss(const Columns &residuals) const;

  const Columns &getWeights() const { return weights; }
  int64_t getRows() const { return rows; }
  /// Writes codes and parameters of the rows that `keep` selects.
  void write(const GptqRounding &rounding, llvm::ArrayRef<bool> keep, QuantizedMatrix &result) const;

private:
  GptqRounding makeRounding() const;
  void roundAt(int64_t turn, const float *corrections, GptqRounding &rounding, float *squares) const;
  void chooseGroupParams(int64_t begin, GptqRounding &rounding) const;
  void searchGroupParams(int64_t begin, llvm::ArrayRef<float> current, GptqRounding &rounding) const;
  void solveColumns(int64_t begin, int64_t end, Columns &corrections, GptqRounding &rounding, RowSums &loss) const;
  /// sum_{i < known} residual_i * R_ij / R_jj for columns [begin, end).
  void correct(const Columns &residuals, int64_t known, int64_t begin, int64_t end, float *corrections) const;
  int64_t getGroup(int64_t turn) const { return problem.factor.order[turn] / problem.groupCols; }

  /// residuals * (damped H): half the gradient of the damped error.
  Columns getGradient(const Columns &residuals) const;
  void sweep(GptqRounding &rounding, Columns &gradient) const;
  void refitScales(GptqRounding &rounding, const Columns &gradient) const;
  Columns getOffsets(const GptqRounding &rounding) const;
  std::vector<float> getScaleSystem(const Columns &offsets) const;
  void replaceScales(GptqRounding &rounding, const Columns &offsets, const Columns &scales) const;

  const GptqProblem &problem;
  int64_t firstRow, rows, cols;
  Columns weights;
};

} // namespace quantopt::detail

#endif // QUANTOPT_LIB_NUMERICS_GPTQCHUNK_H
