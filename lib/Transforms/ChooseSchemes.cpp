//===- ChooseSchemes.cpp - Mixed precision for a budget of bits -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "QuantRules.h"
#include "QuantizedWeight.h"
#include "StagedContractions.h"
#include "mlir/IR/Remarks.h"
#include "quant-opt/Calibration/CalibrationData.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "quant-opt/Numerics/SchemeBudget.h"
#include "quant-opt/Report/Report.h"
#include "quant-opt/Transforms/Passes.h"
#include "llvm/Support/Regex.h"

namespace quantopt {
#define GEN_PASS_DEF_CHOOSESCHEMESPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

namespace {
/// A way to quantize a site; without a weight scheme it stays float.
struct Candidate {
  lowp::SchemeInterface weight, input;
};

/// Contractions that get one scheme, and what each candidate costs them all; `open` lists the candidates that fit.
struct SiteGroup {
  std::vector<Contraction> members;
  std::vector<size_t> open;
  std::vector<SchemeCost> costs;
};

struct ChooseSchemes : quantopt::impl::ChooseSchemesPassBase<ChooseSchemes> {
  using ChooseSchemesPassBase::ChooseSchemesPassBase;

  void runOnOperation() override {
    FailureOr<func::FuncOp> main = getCalibratedFunction(getOperation(), function);
    if (failed(main) || failed(parseOptions()))
      return signalPassFailure();
    std::vector<ContractionStop> stops = findPlannedStops(*main, [](lowp::PlanAttr) { return true; });
    if (stops.empty())
      return;
    FailureOr<std::vector<Sample>> data =
        loadCalibrationSamples(*main, {calibText, calibData, tokenizer, samples, seqLen});
    if (failed(data) || failed(measure(*main, stops, *data)) || failed(choose()))
      signalPassFailure();
  }

private:
  std::vector<Candidate> schemes;
  std::vector<SiteGroup> groups;

  InFlightDiagnostic refuse() { return getOperation().emitError() << "choose-schemes: "; }

  LogicalResult parseOptions() {
    schemes.clear();
    groups.clear();
    SmallVector<StringRef> texts;
    StringRef(candidates).split(texts, ';', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
    for (StringRef text : texts)
      if (failed(parseCandidate(text.trim())))
        return failure();
    if (schemes.empty())
      return refuse() << "candidates names no scheme";
    if (!(bits > 0))
      return refuse() << "give bits=NUMBER, the bits a weight that the result may take";
    return success();
  }

  LogicalResult parseCandidate(StringRef text) {
    if (text == "float")
      return schemes.push_back({}), success();
    auto [weight, input] = text.split('|');
    Candidate candidate;
    for (auto [part, scheme] :
         {std::pair(weight.trim(), &candidate.weight), std::pair(input.trim(), &candidate.input)}) {
      std::string reason;
      FailureOr<lowp::SchemeInterface> parsed;
      if (part.empty())
        continue;
      if (failed(parsed = parseScheme(part, &getContext(), reason)))
        return refuse() << "candidate \"" << part << "\" is no scheme: " << reason
                        << "; write it as inside #lowp.scheme<...>, such as \"i4, group = 64\"";
      *scheme = *parsed;
    }
    if (!candidate.weight || candidate.weight.isDynamic())
      return refuse() << "candidate \"" << text << "\" has no weight scheme that is fixed before the run";
    if (candidate.input && !candidate.input.isDynamic())
      return refuse() << "candidate \"" << text
                      << "\": a static input scheme has no range yet; choose with a dynamic one "
                      << "and change the rules that rules-out writes";
    schemes.push_back(candidate);
    return success();
  }

  //===--------------------------------------------------------------------===//
  // What each candidate costs
  //===--------------------------------------------------------------------===//

  LogicalResult measure(func::FuncOp main, MutableArrayRef<ContractionStop> stops, ArrayRef<Sample> data) {
    return runStops(main, stops, data, threadCount, "choose-schemes",
                    [&](ContractionStop &stop, ArrayRef<MatrixRef> inputs) -> LogicalResult {
                      if (failed(checkFinite(stop, inputs)))
                        return failure();
                      int64_t count = 0;
                      std::vector<float> tokens = pickTokens(inputs, searchTokens, count);
                      return measureGroup(stop, {tokens.data(), count, inputs.front().cols});
                    });
  }

  LogicalResult measureGroup(const ContractionStop &stop, MatrixRef tokens) {
    SiteGroup group{stop.contractions, {}, {}};
    std::vector<WeightMatrix> weights;
    std::string reason;
    for (const Contraction &member : group.members) {
      FailureOr<WeightMatrix> weight = readWeightMatrix(member, reason);
      // Rounded at run time, or refused by what rounds it: its plan stays as it is.
      if (failed(weight))
        return success();
      weights.push_back(std::move(*weight));
    }
    for (size_t index = 0; index < schemes.size(); ++index) {
      reason.clear();
      FailureOr<SchemeCost> cost = getCost(group, weights, schemes[index], tokens, reason);
      if (failed(cost) && reason.empty())
        return failure();
      if (failed(cost))
        continue;
      group.open.push_back(index);
      group.costs.push_back(*cost);
    }
    if (group.open.empty())
      return group.members.front().op->emitOpError()
             << "no candidate fits " << group.members.front().site << ": " << reason << "; add one, or float";
    groups.push_back(std::move(group));
    return success();
  }

  /// Fails with `reason` set when the candidate does not fit, and with an error otherwise.
  FailureOr<SchemeCost> getCost(const SiteGroup &group, ArrayRef<WeightMatrix> weights, const Candidate &candidate,
                                MatrixRef tokens, std::string &reason) {
    SchemeCost cost;
    if (!candidate.weight) {
      for (auto [member, weight] : llvm::zip_equal(group.members, weights))
        cost.bytes += weight.rows * weight.cols * getElementTypeOrSelf(member.weightSource).getIntOrFloatBitWidth() / 8;
      return cost;
    }
    std::vector<AwqWeight> planned;
    for (auto [member, weight] : llvm::zip_equal(group.members, weights)) {
      FailureOr<BlockScheme> scheme = getBlockScheme(member, candidate.weight, reason);
      if (failed(scheme))
        return failure();
      planned.push_back({weight.getRef(), *scheme});
      cost.bytes += getStoredBytes(weight, *scheme, candidate.weight);
    }
    TokenScheme tokenScheme;
    tokenScheme.isFloat = !candidate.input;
    if (candidate.input) {
      FailureOr<TokenScheme> parsed = getTokenScheme(group.members.front(), candidate.input);
      if (failed(parsed))
        return failure();
      tokenScheme = *parsed;
    }
    std::vector<float> ones(tokens.cols, 1.0f);
    llvm::Expected<double> error = getSmoothedError(tokens, ones, planned, tokenScheme, threadCount);
    if (!error)
      return group.members.front().op->emitOpError()
             << group.members.front().site << ": " << llvm::toString(error.takeError());
    cost.loss = *error;
    return cost;
  }

  /// Codes as they are packed, scales in f32, zero points in the type of the codes.
  static int64_t getStoredBytes(const WeightMatrix &weight, const BlockScheme &blocks, lowp::SchemeInterface scheme) {
    int64_t width = scheme.getStorageType().getIntOrFloatBitWidth();
    int64_t count = weight.rows / (blocks.blockRows ? blocks.blockRows : weight.rows) *
                    (weight.cols / (blocks.blockCols ? blocks.blockCols : weight.cols));
    int64_t bits = weight.rows * weight.cols * width + count * (32 + (blocks.asymmetric ? width : 0));
    return (bits + 7) / 8;
  }

  //===--------------------------------------------------------------------===//
  // The choice
  //===--------------------------------------------------------------------===//

  static int64_t countWeights(const SiteGroup &group) {
    int64_t count = 0;
    for (const Contraction &member : group.members)
      count += member.outFeatures * member.inFeatures;
    return count;
  }

  LogicalResult choose() {
    std::vector<std::vector<SchemeCost>> costs;
    int64_t weights = 0;
    for (const SiteGroup &group : groups) {
      costs.push_back(group.costs);
      weights += countWeights(group);
    }
    llvm::Expected<std::vector<unsigned>> choice = chooseSchemes(costs, int64_t(bits * double(weights) / 8));
    if (!choice)
      return refuse() << "bits=" << bits.getValue() << " over " << weights
                      << " weights: " << llvm::toString(choice.takeError()) << "; give more bits or smaller candidates";
    SchemeCost total;
    std::vector<QuantRule> rules;
    for (auto [group, chosen] : llvm::zip_equal(groups, *choice)) {
      total.bytes += group.costs[chosen].bytes;
      total.loss += group.costs[chosen].loss;
      for (Contraction &member : group.members)
        rules.push_back(apply(member, group, schemes[group.open[chosen]]));
    }
    remark::passed(getOperation().getLoc(), remark::RemarkOpts::name("choose-schemes").category("plan"))
        << remark::metric("bytes", total.bytes) << remark::metric("weights", weights)
        << remark::metric("error", total.loss);
    if (rulesOut.empty())
      return success();
    if (llvm::Error error =
            writeFile(rulesOut, [&](llvm::raw_ostream &os) { printQuantRules(rules, &getContext(), os); }))
      return refuse() << "rules-out: " << llvm::toString(std::move(error));
    return success();
  }

  /// Writes the plan, and gives the rule that writes it again.
  QuantRule apply(Contraction &contraction, const SiteGroup &group, const Candidate &candidate) {
    Operation *op = contraction.op;
    Builder builder(&getContext());
    auto plan = op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
    StringRef site = plan.getSite().getValue();
    QuantRule rule{"^" + llvm::Regex::escape(site) + "$", candidate.weight, candidate.input, {}};
    SmallVector<Attribute> errors, widths;
    for (const SchemeCost &cost : group.costs) {
      errors.push_back(builder.getF64FloatAttr(cost.loss));
      widths.push_back(builder.getF64FloatAttr(8.0 * double(cost.bytes) / double(countWeights(group))));
    }
    addDetails(op, {builder.getNamedAttr("scheme_bits", builder.getArrayAttr(widths)),
                    builder.getNamedAttr("scheme_errors", builder.getArrayAttr(errors))});
    if (!candidate.weight) {
      op->removeAttr(LowPDialect::getPlanAttrName());
      op->setAttr(LowPDialect::getSkipAttrName(), builder.getStringAttr("choose-schemes leaves it float"));
      return rule;
    }
    bool isFloat8 = isa<FloatType>(candidate.weight.getStorageType());
    rule.method = builder.getStringAttr(isFloat8 && method == "rtn" ? "fp8" : method.getValue());
    op->setAttr(LowPDialect::getPlanAttrName(),
                lowp::PlanAttr::get(&getContext(), plan.getSite(), candidate.weight, candidate.input, rule.method));
    return rule;
  }
};
} // namespace
