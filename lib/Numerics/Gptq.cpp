//===- Gptq.cpp - Rounding that minimizes a layer's output error ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Gptq.h"

#include "GptqChunk.h"
#include "quant-opt/Numerics/Parallel.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace quantopt;
using namespace quantopt::detail;

namespace {
/// Undamped errors of one row.
struct RowLoss {
  double result = 0, rounding = 0, energy = 0;
  bool isRounded = false;
};
} // namespace

static void solveChunk(const GptqProblem &problem, int64_t firstRow, QuantizedMatrix &result, RowLoss *losses) {
  GptqChunk chunk(problem, firstRow);
  GptqRounding plain = chunk.roundPlainly();
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
  GptqRounding best = chunk.solve();
  chunk.refine(best);
  RowSums energy = chunk.getDampedLoss(chunk.getWeights()), energyPart = chunk.getDampingPart(chunk.getWeights());
  RowSums plainPart = chunk.getDampingPart(plain.residuals), bestPart = chunk.getDampingPart(best.residuals);
  for (int64_t r = 0; r != chunk.getRows(); ++r) {
    // Rule N17.
    solved[r] = best.dampedLoss[r] <= plain.dampedLoss[r];
    double plainLoss = std::max(0.0, plain.dampedLoss[r] - plainPart[r]);
    double bestLoss = std::max(0.0, best.dampedLoss[r] - bestPart[r]);
    losses[r] = {solved[r] ? bestLoss : plainLoss, plainLoss, std::max(0.0, energy[r] - energyPart[r]), !solved[r]};
  }
  chunk.write(best, solved, result);
}

/// Rule N18 among others: an order that scatters groups cannot choose their parameters on the way.
static llvm::Error checkOptions(MatrixRef weight, const HessianFactor &factor, const BlockScheme &scheme,
                                const GptqOptions &options) {
  auto fail = [](const llvm::Twine &message) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
  };
  if (weight.cols != factor.features)
    return fail("a weight of " + llvm::Twine(weight.cols) + " columns meets a Hessian of " +
                llvm::Twine(factor.features) + " features");
  if (options.staticGroups && options.scaleWeights == ScaleWeights::Solve)
    return fail("a scale search by the solve itself needs dynamic group parameters");
  if (!options.staticGroups && scheme.blockRows != 1)
    return fail("dynamic group parameters need blocks of one row; use static groups");
  if (options.refitScales && (scheme.blockRows != 1 || scheme.range.kind != CodeKind::Integer))
    return fail("refitting scales needs integer codes and blocks of one row");
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
  GptqProblem problem{weight, factor, weighted, options, weight.cols / params->cols, *params, turnWeights};
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
