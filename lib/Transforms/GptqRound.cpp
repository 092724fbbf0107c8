//===- GptqRound.cpp - Round planned weights by GPTQ ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FloatTwin.h"
#include "QuantizedWeight.h"
#include "StagedContractions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Remarks.h"
#include "quant-opt/Calibration/CalibrationData.h"
#include "quant-opt/Numerics/Gptq.h"
#include "quant-opt/Numerics/Hessian.h"
#include "quant-opt/Report/Report.h"
#include "quant-opt/Transforms/Passes.h"
#include "llvm/ADT/MapVector.h"
#include <cmath>

namespace quantopt {
#define GEN_PASS_DEF_GPTQROUNDPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

static lowp::PlanAttr getPlan(Operation *op) {
  return op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
}

static bool isGptq(lowp::PlanAttr plan) { return plan && plan.getMethod().getValue() == "gptq"; }

static llvm::StringRef stringifyOutcome(GptqOutcome outcome) {
  switch (outcome) {
  case GptqOutcome::Solved:
    return "solved";
  case GptqOutcome::MoreDamping:
    return "solved with more damping";
  case GptqOutcome::PlainRounding:
    return "rounded to nearest: no damping made the Hessian positive definite";
  }
  llvm_unreachable("outcome");
}

/// Leaves what is known of a rounded contraction on it, and a remark.
static void annotate(Contraction &contraction, const GptqResult &result, const HessianFactor &factor) {
  Operation *op = contraction.op;
  Builder builder(op->getContext());
  double error = std::sqrt(result.loss), roundingError = std::sqrt(result.roundingLoss);
  op->setAttr(kErrorAttrName, builder.getF64FloatAttr(error));
  addDetails(op, {builder.getNamedAttr("damping", builder.getF64FloatAttr(factor.damping)),
                  builder.getNamedAttr("dead_columns", builder.getI64IntegerAttr(factor.deadColumns)),
                  builder.getNamedAttr("outcome", builder.getStringAttr(stringifyOutcome(result.outcome))),
                  builder.getNamedAttr("rounding_error", builder.getF64FloatAttr(roundingError))});
  remark::passed(op->getLoc(), remark::RemarkOpts::name("gptq-round").category("quant"))
      << contraction.site << remark::metric("error", error) << remark::metric("rounding_error", roundingError)
      << remark::metric("damping", factor.damping);
}

namespace {
struct GptqRound : quantopt::impl::GptqRoundPassBase<GptqRound> {
  using GptqRoundPassBase::GptqRoundPassBase;

  void runOnOperation() override {
    FailureOr<func::FuncOp> main = getCalibratedFunction(getOperation(), function);
    if (failed(main) || failed(parseOptions()))
      return signalPassFailure();
    std::vector<ContractionStop> stops = findPlannedStops(*main, isGptq);
    if (!stops.empty() && (failed(checkSchemes(stops)) || failed(roundStops(*main, std::move(stops)))))
      return signalPassFailure();
    if (failed(roundOthers(*main)))
      signalPassFailure();
  }

private:
  GptqOptions options;
  ScaleSearch search;

  LogicalResult parseOptions() {
    std::optional<ActOrder> parsed = llvm::StringSwitch<std::optional<ActOrder>>(order)
                                         .Case("stored", ActOrder::None)
                                         .Case("activation", ActOrder::Diagonal)
                                         .Case("group-aware", ActOrder::GroupAware)
                                         .Default(std::nullopt);
    if (!parsed)
      return getOperation().emitError() << "gptq-round: order must be stored, activation or group-aware, got '" << order
                                        << "'";
    if (!(damping >= 0 && damping <= maxDamping && maxDamping <= 1))
      return getOperation().emitError()
             << "gptq-round: damping must lie between 0 and max-damping, and that below 1, got " << damping.getValue()
             << " and " << maxDamping.getValue();
    if (groups != "static" && groups != "dynamic")
      return getOperation().emitError() << "gptq-round: groups must be static or dynamic, got '" << groups << "'";
    if (groups == "dynamic" && *parsed == ActOrder::Diagonal)
      return getOperation().emitError() << "gptq-round: dynamic groups need an order that keeps groups together: "
                                           "order=group-aware or order=stored";
    if (!(driftShare >= 0 && driftShare <= 1))
      return getOperation().emitError() << "gptq-round: drift-share must lie between 0 and 1, got "
                                        << driftShare.getValue();
    if (onFailure != "round" && onFailure != "error")
      return getOperation().emitError() << "gptq-round: on-failure must be round or error, got '" << onFailure << "'";
    options.order = *parsed;
    options.staticGroups = groups == "static";
    if (!options.staticGroups && searchScale)
      options.scaleWeights = ScaleWeights::Solve;
    options.damping = damping;
    options.maxDamping = maxDamping;
    options.threads = threadCount;
    options.sweeps = refineSweeps;
    options.refitScales = refineSweeps > 0;
    search.steps = searchScale ? 50 : 0;
    return success();
  }

  /// Everything that can be refused is refused before the first sample runs.
  LogicalResult checkSchemes(ArrayRef<ContractionStop> stops) {
    for (const ContractionStop &stop : stops)
      for (const Contraction &contraction : stop.contractions) {
        std::string reason;
        if (failed(getBlockScheme(contraction, getPlan(contraction.op).getWeight(), reason)))
          return contraction.op->emitOpError() << getPlan(contraction.op).getSite().getValue() << ": " << reason;
      }
    return success();
  }

  LogicalResult roundStops(func::FuncOp main, std::vector<ContractionStop> floatStops) {
    FailureOr<std::vector<Sample>> data =
        loadCalibrationSamples(main, {calibText, calibData, tokenizer, samples, seqLen});
    if (failed(data))
      return failure();
    std::optional<FloatTwin> twin;
    if (driftShare > 0 && main.getBody().hasOneBlock()) {
      twin.emplace(main);
      for (ContractionStop &stop : floatStops)
        stop.wanted = twin->get(stop.input);
    }
    FailureOr<std::vector<ContractionStop>> stops = quantizeStops(std::move(floatStops));
    if (failed(stops))
      return failure();
    return runStopsBeside(main, *stops, *data, threadCount, "gptq-round",
                          [&](ContractionStop &stop, ArrayRef<MatrixRef> inputs, ArrayRef<MatrixRef> wanted) {
                            return roundStop(stop, inputs, wanted);
                          });
  }

  /// Quantizes inputs before anything runs, so that the run stops at what the quantized model will multiply by: the
  /// Hessian is then that of dequantized codes. Contractions of one input part where their input schemes differ.
  FailureOr<std::vector<ContractionStop>> quantizeStops(std::vector<ContractionStop> floatStops) {
    std::vector<ContractionStop> stops;
    for (ContractionStop &floatStop : floatStops) {
      llvm::MapVector<Value, ContractionStop> parts;
      for (Contraction &contraction : floatStop.contractions) {
        lowp::SchemeInterface scheme = getPlan(contraction.op).getInput();
        if (scheme && failed(quantizeInput(contraction, scheme, inputMargin)))
          return failure();
        Value read = contraction.op->getOperand(contraction.inputOperand);
        ContractionStop &part = parts[read];
        part.input = read;
        part.channelDim = floatStop.channelDim;
        part.wanted = floatStop.wanted;
        part.contractions.push_back(contraction);
      }
      for (auto &[value, part] : parts)
        stops.push_back(std::move(part));
    }
    return stops;
  }

  /// Contractions that read one input share its Hessian and its factor, and its drift where `wanted` tells it.
  LogicalResult roundStop(ContractionStop &stop, ArrayRef<MatrixRef> inputs, ArrayRef<MatrixRef> wanted) {
    Operation *anchor = stop.contractions.front().op;
    if (failed(checkFinite(stop, inputs)) || failed(checkFinite(stop, wanted)))
      return failure();
    int64_t features = inputs.front().cols;
    HessianAccumulator accumulator(features);
    accumulator.add(inputs, threadCount);
    std::vector<double> hessian = accumulator.take(), drift;
    if (!wanted.empty())
      drift = getDriftMoments(wanted, inputs, threadCount);
    std::optional<HessianFactor> factor;
    int64_t factorGroup = 0;
    for (Contraction &contraction : stop.contractions) {
      std::string reason;
      FailureOr<BlockScheme> scheme = getBlockScheme(contraction, getPlan(contraction.op).getWeight(), reason);
      if (failed(scheme))
        return contraction.op->emitOpError() << reason;
      if (!factor || factorGroup != scheme->blockCols) {
        factorGroup = scheme->blockCols;
        llvm::Expected<HessianFactor> fresh = factorHessian(hessian, features, factorGroup, options);
        if (!fresh)
          return anchor->emitOpError() << getPlan(anchor).getSite().getValue() << ": "
                                       << llvm::toString(fresh.takeError());
        factor = std::move(*fresh);
      }
      if (failed(roundContraction(contraction, *scheme, *factor, drift)))
        return failure();
    }
    return success();
  }

  LogicalResult roundContraction(Contraction &contraction, BlockScheme scheme, const HessianFactor &factor,
                                 ArrayRef<double> drift) {
    std::string reason;
    FailureOr<WeightMatrix> weight = readWeightMatrix(contraction, reason);
    if (failed(weight) && isRunTime(contraction))
      return success();
    if (failed(weight))
      return contraction.op->emitOpError()
             << getPlan(contraction.op).getSite().getValue() << ": its weight cannot be read: " << reason;
    // A weight that is not finite is named by the solver, where it is so.
    if (!drift.empty() && llvm::all_of(weight->elements, [](float value) { return std::isfinite(value); }))
      weight->elements = correctForDrift(weight->getRef(), factor, drift, driftShare, threadCount);
    scheme.search = search;
    GptqOptions solve = options;
    // Scales that rows share, and those of float codes, have no closed form.
    solve.refitScales &= scheme.blockRows == 1 && scheme.range.kind == CodeKind::Integer;
    llvm::Expected<GptqResult> result = solveGptq(weight->getRef(), factor, scheme, solve);
    if (!result)
      return contraction.op->emitOpError()
             << getPlan(contraction.op).getSite().getValue() << ": " << llvm::toString(result.takeError())
             << "; give finite weights, or leave the site float with ignore";
    if (result->outcome == GptqOutcome::PlainRounding && onFailure == "error")
      return contraction.op->emitOpError()
             << getPlan(contraction.op).getSite().getValue()
             << ": no damping up to max-damping makes its Hessian positive definite; calibrate on more data, raise "
                "max-damping, or let it be rounded to nearest by on-failure=round";
    annotate(contraction, *result, factor);
    return finish(contraction, result->quantized);
  }

  LogicalResult finish(Contraction &contraction, const QuantizedMatrix &quantized) {
    lowp::PlanAttr plan = getPlan(contraction.op);
    return success(succeeded(replaceWeight(contraction, plan.getWeight(), quantized)) &&
                   succeeded(finishPlan(contraction, plan, inputMargin)));
  }

  /// Convolutions and sums over several dimensions have no Hessian here, and a weight that is no constant
  /// has no values yet: these are rounded to nearest, and say so.
  LogicalResult roundOthers(func::FuncOp main) {
    for (Contraction &contraction : findContractions(main)) {
      if (!isGptq(getPlan(contraction.op)) || contraction.op->hasAttr(kErrorAttrName))
        continue;
      StringRef outcome = "rounded to nearest: it sums over more than one dimension of its input";
      if (failed(roundToNearest(contraction, outcome)))
        return failure();
      Builder builder(contraction.op->getContext());
      addDetails(contraction.op, {builder.getNamedAttr("outcome", builder.getStringAttr(outcome))});
      remark::missed(contraction.op->getLoc(), remark::RemarkOpts::name("gptq-round").category("quant"))
          << (contraction.site + " " + outcome).str();
    }
    return success();
  }

  /// Changes `outcome` where rounding happens at run time.
  LogicalResult roundToNearest(Contraction &contraction, StringRef &outcome) {
    lowp::PlanAttr plan = getPlan(contraction.op);
    auto fail = [&](const Twine &reason) {
      return contraction.op->emitOpError() << plan.getSite().getValue() << ": " << reason;
    };
    std::string reason;
    FailureOr<BlockScheme> scheme = getBlockScheme(contraction, plan.getWeight(), reason);
    if (failed(scheme))
      return fail(reason);
    FailureOr<WeightMatrix> weight = readWeightMatrix(contraction, reason);
    if (failed(weight) && isRunTime(contraction)) {
      outcome = "rounded to nearest at run time: its weight is no constant";
      FailureOr<Value> dequantized = createDequantizedAtRunTime(contraction, plan.getWeight());
      if (failed(dequantized))
        return failure();
      redirectWeight(contraction, *dequantized);
      return finishPlan(contraction, plan);
    }
    if (failed(weight))
      return fail("its weight cannot be read: " + reason);
    llvm::Expected<QuantizedMatrix> rounded = roundMatrix(weight->getRef(), *scheme, threadCount);
    if (!rounded)
      return fail(llvm::toString(rounded.takeError()) + "; give finite weights, or leave the site float with ignore");
    return finish(contraction, *rounded);
  }

  /// Arguments, and computation that reads them or symbols.
  static bool isRunTime(const Contraction &contraction) {
    return contraction.sourceKind == WeightSourceKind::Argument || contraction.sourceKind == WeightSourceKind::Computed;
  }
};
} // namespace
