//===- Gptq.h - Rounding that minimizes a layer's output error ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// GPTQ (Frantar et al. 2022), solved in the form of Babai's nearest plane:
// with H = R R^T, R upper triangular, the error tr((W-Q) H (W-Q)^T) of a row
// is the squared norm of (w - q) R, whose component j holds columns 0..j only.
// Columns are rounded in order, each to the code nearest to
//
//   x_j = w_j + sum_{i<j} (w_i - q_i) R_ij / R_jj
//
// which is exactly the weight that GPTQ's updates by the inverse of H arrive
// at. It needs one Cholesky factor and no inverse, and rows are independent.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_GPTQ_H
#define QUANTOPT_NUMERICS_GPTQ_H

#include "quant-opt/Numerics/Rounding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <vector>

namespace quantopt {

/// In which order columns are rounded. Groups always hold neighbouring columns of the weight, so no order needs a
/// table of group indices beside the codes.
enum class ActOrder : uint8_t {
  None,
  /// By falling diagonal of H. Group parameters must be static.
  Diagonal,
  /// Whole groups by falling largest diagonal, and so inside each group.
  GroupAware
};

/// What weighs the columns' errors in the scale search (scheme.search).
enum class ScaleWeights : uint8_t {
  /// scheme.search.columnWeights as given.
  Given,
  /// The diagonal of H.
  HessianDiagonal,
  /// R_jj^2: what an error in column j costs when all later columns make up for it as well as they can.
  Pivots,
  /// Dynamic groups only. The solve itself judges: each candidate is tried on the corrected weights of the group, and
  /// the one with the least error, with the group's later columns making up for its earlier ones, is taken. Groups
  /// wider than 256 columns: as Pivots. The norm of the search is not used.
  Solve
};

struct GptqOptions {
  /// Added to the diagonal of H, as a share of its mean over live columns. Doubled (from 1e-3 at least, to maxDamping
  /// at most) until H has a Cholesky factor.
  double damping = 0.05, maxDamping = 1;
  ActOrder order = ActOrder::Diagonal;
  /// Static: group parameters from the original weight. Otherwise from the weight as corrected when the group's turn
  /// comes; needs blockRows 1 and an order that keeps groups together.
  bool staticGroups = true;
  ScaleWeights scaleWeights = ScaleWeights::Pivots;
  /// After the solve: passes that give each column its best code with all others fixed. Each costs about as much as
  /// the solve; the damped error never rises.
  unsigned sweeps = 0;
  /// After the solve and each sweep: scales replaced by those of least damped error for the codes as they are, where
  /// that, after rounding to storage, lowers it. Needs integer codes and blockRows 1.
  bool refitScales = false;
  unsigned threads = 1;
};

/// H in the form that the solver needs; weights that read the same activation share one.
struct HessianFactor {
  int64_t features = 0;
  /// order[t]: the column that is rounded at turn t. The matrices below are in this order.
  std::vector<int64_t> order;
  /// R_ij / R_jj, row-major; 1 on the diagonal, 0 below it. Empty when no damping made H definite.
  std::vector<float> ratios;
  /// R_jj.
  std::vector<double> pivots;
  /// H without damping, in fp32.
  std::vector<float> hessian;
  /// What was added to the diagonal of H, and as which share of its mean.
  std::vector<double> added;
  double damping = 0;
  int64_t deadColumns = 0;
};

/// Orders, damps and factors H [features, features]. `groupCols` is the scheme's block length along columns (0: one
/// group), used by ActOrder::GroupAware. Columns with a zero diagonal are dead: no token ever used them; they
/// are rounded plainly (rule N14). Fails when H holds a NaN or infinity or a negative diagonal.
llvm::Expected<HessianFactor> factorHessian(llvm::ArrayRef<double> hessian, int64_t features, int64_t groupCols,
                                            const GptqOptions &options);

/// The weight that gives on drifted inputs x, those that the layers rounded before give, most nearly what `weight`
/// [out, features] gives on the inputs x' of the float model (GPTAQ, Li et al. 2025): for any Q
///
///   |x' W^T - x Q^T|^2 = |x (W' - Q)^T|^2 + what no Q changes,   W' = W + W C H^-1,   C = `moments` of getDriftMoments
///
/// so that rounding W' as if it were the weight minimizes the left side, where the paper corrects column by column. H
/// is damped as `factor` is, and of the correction a `share` is made. Without a factor the weight itself.
std::vector<float> correctForDrift(MatrixRef weight, const HessianFactor &factor, llvm::ArrayRef<double> moments,
                                   double share, unsigned threads);

enum class GptqOutcome : uint8_t {
  Solved,
  /// The damping asked for did not make H definite; HessianFactor::damping did.
  MoreDamping,
  /// No damping did: the result is plain rounding.
  PlainRounding
};

struct GptqResult {
  QuantizedMatrix quantized;
  /// tr((W-Q) H (W-Q)^T) / tr(W H W^T) with the undamped H, of the result and of plain rounding on the static grid.
  double loss = 0, roundingLoss = 0;
  GptqOutcome outcome = GptqOutcome::Solved;
  /// Rows for which plain rounding had the smaller damped error and was kept; so no row is worse than that.
  int64_t roundedRows = 0;
};

/// Rounds `weight` [out, in]. Fails where chooseParams does and on options that exclude each other. The same bytes
/// for any thread count.
llvm::Expected<GptqResult> solveGptq(MatrixRef weight, const HessianFactor &factor, const BlockScheme &scheme,
                                     const GptqOptions &options);

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_GPTQ_H
