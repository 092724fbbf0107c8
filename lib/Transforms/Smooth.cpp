//===- Smooth.cpp - Move outliers of activations into weights -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SmoothQuant over the IR: which linears read one activation, and what can
// absorb the inverse scale, are derived from uses and definitions.
//
//===----------------------------------------------------------------------===//

#include "ScaleGroups.h"
#include "StagedContractions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Remarks.h"
#include "quant-opt/Calibration/CalibrationData.h"
#include "quant-opt/Numerics/SmoothQuant.h"
#include "quant-opt/Report/Report.h"
#include "quant-opt/Transforms/Passes.h"

namespace quantopt {
#define GEN_PASS_DEF_SMOOTHPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

static remark::RemarkOpts getRemark() { return remark::RemarkOpts::name("smooth").category("quant"); }

static DenseElementsAttr getChannelAbsMax(Operation *op) {
  auto stats = op->getAttrOfType<DictionaryAttr>(LowPDialect::getStatsAttrName());
  return stats ? stats.getAs<DenseElementsAttr>("channel_absmax") : DenseElementsAttr();
}

/// The largest magnitude of each channel over the weights of all members.
static FailureOr<std::vector<float>> getWeightAbsMax(const ScaleGroup &group, std::string &reason) {
  std::vector<float> result(group.channels, 0.0f);
  for (const Contraction &member : group.members) {
    FailureOr<WeightMatrix> weight = readWeightMatrix(member, reason);
    if (failed(weight))
      return failure();
    for (auto [largest, value] : llvm::zip_equal(result, getColumnAbsMax(weight->getRef())))
      largest = std::max(largest, value);
  }
  return result;
}

/// The factors of a group for `alpha`. Channels of one class share what absorbs their factor, so they are one channel
/// to the formula.
static llvm::Expected<std::vector<float>> computeScales(ArrayRef<float> absMax, ArrayRef<float> weights,
                                                        ArrayRef<unsigned> classes, double alpha) {
  SmoothOptions options;
  options.alpha = float(alpha);
  return computeSmoothingFactors(takeClassMaximum(absMax, classes), takeClassMaximum(weights, classes), options);
}

namespace {
/// A group with what its factors are computed from.
struct SmoothCandidate {
  ScaleGroup group;
  std::vector<unsigned> classes;
  std::vector<float> absMax, weightAbsMax;
  /// None: no alpha improves the group.
  std::optional<double> alpha;

  Operation *getAnchor() const { return group.members.front().op; }
  /// Ones for no alpha.
  llvm::Expected<std::vector<float>> getScales(std::optional<double> alpha) const {
    if (!alpha)
      return std::vector<float>(absMax.size(), 1.0f);
    return computeScales(absMax, weightAbsMax, classes, *alpha);
  }
};

struct Smooth : quantopt::impl::SmoothPassBase<Smooth> {
  using SmoothPassBase::SmoothPassBase;

  void runOnOperation() override {
    if (!(alpha >= 0.0 && alpha <= 1.0)) {
      getOperation().emitError() << "smooth: alpha must lie between 0 and 1, got " << alpha.getValue();
      return signalPassFailure();
    }
    if (pairs != "all" && pairs != "norms" && pairs != "auto") {
      getOperation().emitError() << "smooth: pairs must be all, norms or auto, got '" << pairs << "'";
      return signalPassFailure();
    }
    if (search) {
      FailureOr<func::FuncOp> main = getCalibratedFunction(getOperation(), function);
      if (failed(main) || failed(smoothFunction(*main)))
        signalPassFailure();
      return;
    }
    for (auto each : getOperation().getOps<func::FuncOp>())
      if (failed(smoothFunction(each)))
        return signalPassFailure();
  }

private:
  LogicalResult smoothFunction(func::FuncOp each) {
    std::vector<SmoothCandidate> candidates;
    for (ScaleGroup &group : findScaleGroups(each, [](lowp::PlanAttr plan) { return bool(plan.getInput()); })) {
      std::string reason;
      FailureOr<SmoothCandidate> candidate = analyze(group, reason);
      if (succeeded(candidate))
        candidates.push_back(std::move(*candidate));
      else
        refuse(group, reason);
    }
    if (search && !candidates.empty() && failed(searchAlphas(each, candidates)))
      return failure();
    for (SmoothCandidate &candidate : candidates)
      if (failed(smooth(candidate)))
        return failure();
    return success();
  }

  static void refuse(const ScaleGroup &group, const Twine &reason) {
    remark::missed(group.members.front().op->getLoc(), getRemark())
        << (group.members.front().site + " keeps its activation: " + reason).str();
  }

  /// Where each token has its own scale, an outlier of few tokens costs only these, but moved into the weights it costs
  /// all; what linear layers and values produce has such outliers, norms have channels of them.
  bool usesNormsOnly(const ScaleGroup &group) const {
    if (pairs != "auto")
      return pairs == "norms";
    auto plan = group.members.front().op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
    return plan.getInput().isDynamic() && !search;
  }

  FailureOr<SmoothCandidate> analyze(ScaleGroup &group, std::string &reason) {
    for (const Contraction &member : group.members) {
      DenseElementsAttr stats = getChannelAbsMax(member.op);
      if (!stats || stats.getNumElements() != group.channels) {
        reason = "it has no statistics; run calibrate first";
        return failure();
      }
    }
    FailureOr<ScaleFolding> folding = planScaling(group, reason);
    if (failed(folding))
      return failure();
    if (usesNormsOnly(group) && folding->changesMatrix()) {
      reason = "a linear layer would absorb its scales, not a norm";
      return failure();
    }
    FailureOr<std::vector<float>> weights = getWeightAbsMax(group, reason);
    if (failed(weights)) {
      reason = "its weight cannot be read: " + reason;
      return failure();
    }
    DenseElementsAttr stats = getChannelAbsMax(group.members.front().op);
    SmoothCandidate result;
    result.group = std::move(group);
    result.classes = folding->getClasses();
    result.absMax.assign(stats.value_begin<float>(), stats.value_end<float>());
    result.weightAbsMax = std::move(*weights);
    result.alpha = alpha;
    return result;
  }

  LogicalResult smooth(SmoothCandidate &candidate) {
    ScaleGroup &group = candidate.group;
    if (!candidate.alpha)
      return refuse(group, "no alpha lowers the error of its outputs"), success();
    // A fold of an earlier group may have replaced what this one folds into.
    std::string reason;
    FailureOr<ScaleFolding> folding = planScaling(group, reason);
    FailureOr<std::vector<float>> weights = getWeightAbsMax(group, reason);
    if (failed(folding) || failed(weights))
      return refuse(group, reason), success();
    candidate.weightAbsMax = std::move(*weights);
    llvm::Expected<std::vector<float>> scales = candidate.getScales(candidate.alpha);
    if (!scales)
      return candidate.getAnchor()->emitOpError()
             << group.members.front().site << ": " << llvm::toString(scales.takeError());
    if (failed(applyScales(group, &*folding, *scales)))
      return failure();
    for (const Contraction &member : group.members)
      remark::passed(member.op->getLoc(), getRemark())
          << (member.site + " smoothed into " + folding->describe()) << remark::metric("alpha", *candidate.alpha);
    return success();
  }

  //===--------------------------------------------------------------------===//
  // Search
  //===--------------------------------------------------------------------===//

  LogicalResult searchAlphas(func::FuncOp main, MutableArrayRef<SmoothCandidate> candidates) {
    FailureOr<std::vector<Sample>> data =
        loadCalibrationSamples(main, {calibText, calibData, tokenizer, samples, seqLen});
    if (failed(data))
      return failure();
    std::vector<ContractionStop> stops;
    llvm::DenseMap<Value, size_t> candidateOfStop;
    for (auto [index, candidate] : llvm::enumerate(candidates)) {
      const Contraction &first = candidate.group.members.front();
      if (candidateOfStop.try_emplace(first.input, index).second)
        stops.push_back({first.input, first.inputReduction[0], candidate.group.members});
    }
    return runStops(main, stops, *data, threadCount, "smooth",
                    [&](ContractionStop &stop, ArrayRef<MatrixRef> inputs) -> LogicalResult {
                      if (failed(checkFinite(stop, inputs)))
                        return failure();
                      return searchAlpha(candidates[candidateOfStop.lookup(stop.input)], inputs);
                    });
  }

  LogicalResult searchAlpha(SmoothCandidate &candidate, ArrayRef<MatrixRef> inputs) {
    ScaleGroup &group = candidate.group;
    std::string reason;
    FailureOr<GroupWeights> weights = readGroupWeights(group, reason);
    if (failed(weights))
      return candidate.getAnchor()->emitOpError() << group.members.front().site << ": " << reason;
    auto plan = candidate.getAnchor()->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
    FailureOr<TokenScheme> scheme = getTokenScheme(group.members.front(), plan.getInput());
    if (failed(scheme))
      return failure();
    int64_t count = 0;
    std::vector<float> tokens = pickTokens(inputs, searchTokens, count);
    return chooseAlpha(candidate, {tokens.data(), count, group.channels}, weights->weights, *scheme);
  }

  LogicalResult chooseAlpha(SmoothCandidate &candidate, MatrixRef tokens, ArrayRef<AwqWeight> weights,
                            TokenScheme scheme) {
    SmallVector<std::optional<double>> alphas{std::nullopt, double(alpha)};
    for (int tenth = 3; tenth <= 10; ++tenth)
      alphas.push_back(tenth / 10.0);
    double plainError = 0, bestError = 0;
    for (std::optional<double> each : alphas) {
      llvm::Expected<std::vector<float>> scales = candidate.getScales(each);
      if (!scales)
        return candidate.getAnchor()->emitOpError() << llvm::toString(scales.takeError());
      if (scheme.fixed) {
        float largest = 0;
        for (auto [value, scale] : llvm::zip_equal(candidate.absMax, *scales))
          largest = std::max(largest, value / scale);
        scheme.fixed =
            chooseScaleZero(-largest, largest, scheme.blocks.range, scheme.blocks.asymmetric, ScaleStorage::F32);
      }
      llvm::Expected<double> error = getSmoothedError(tokens, *scales, weights, scheme, threadCount);
      if (!error)
        return candidate.getAnchor()->emitOpError() << llvm::toString(error.takeError());
      if (!each)
        plainError = *error;
      if (!each || *error < bestError) {
        bestError = *error;
        candidate.alpha = each;
      }
    }
    Builder builder(&getContext());
    for (const Contraction &member : candidate.group.members)
      addDetails(member.op, {builder.getNamedAttr("smooth_alpha", builder.getF64FloatAttr(candidate.alpha.value_or(0))),
                             builder.getNamedAttr("smooth_error", builder.getF64FloatAttr(bestError)),
                             builder.getNamedAttr("smooth_plain_error", builder.getF64FloatAttr(plainError))});
    return success();
  }
};
} // namespace
