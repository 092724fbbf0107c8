//===- QuantPlan.cpp - Decides what happens to each contraction -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "QuantRules.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "quant-opt/Analysis/Contractions.h"
#include "quant-opt/Analysis/OutputHead.h"
#include "quant-opt/Transforms/Passes.h"
#include "llvm/Support/Regex.h"
#include <map>
#include <numeric>

namespace quantopt {
#define GEN_PASS_DEF_QUANTPLANPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

namespace {

class QuantPlan : public quantopt::impl::QuantPlanPassBase<QuantPlan> {
public:
  using QuantPlanPassBase::QuantPlanPassBase;

  void runOnOperation() override {
    if (failed(parseOptions()))
      return signalPassFailure();
    bool isFailed = false;
    getOperation().walk([&](FunctionOpInterface function) {
      if (!function.isExternal())
        isFailed |= failed(planFunction(function));
    });
    if (isFailed || failed(checkDivisible()) || failed(checkPatterns()))
      signalPassFailure();
  }

private:
  std::vector<QuantRule> planRules;
  SmallVector<bool> hasMatched; ///< by pattern of `ignore`, then by rule
  std::vector<std::string> sites;

  /// A contraction whose length the groups do not divide.
  struct Indivisible {
    linalg::LinalgOp op;
    std::string site, reason;
    int64_t length;
  };
  std::vector<Indivisible> indivisible;

  FailureOr<lowp::SchemeInterface> parseOption(StringRef option, StringRef text) {
    std::string message;
    FailureOr<lowp::SchemeInterface> scheme = parseScheme(text, &getContext(), message);
    if (succeeded(scheme))
      return scheme;
    return emitError(UnknownLoc::get(&getContext()))
           << "quant-plan: option " << option << "=\"" << text << "\" is no scheme: " << message
           << "; write it as inside #lowp.scheme<...>, such as \"i4, group = 64\"";
  }

  LogicalResult parseOptions() {
    FailureOr<std::vector<QuantRule>> parsed = rules.empty() ? makeRule() : readQuantRules(rules, &getContext());
    if (failed(parsed))
      return failure();
    planRules = std::move(*parsed);
    hasMatched.assign(ignore.size() + planRules.size(), false);
    sites.clear();
    indivisible.clear();
    for (const std::string &text : ignore)
      if (std::string message = checkPattern(text); !message.empty())
        return emitError(UnknownLoc::get(&getContext()))
               << "quant-plan: ignore=" << text << " is no regular expression: " << message;
    return success();
  }

  /// The one rule that the options are.
  FailureOr<std::vector<QuantRule>> makeRule() {
    QuantRule rule{/*sites=*/".*", {}, {}, StringAttr::get(&getContext(), method)};
    auto parsedWeight = parseOption("weight", weight);
    if (failed(parsedWeight))
      return failure();
    rule.weight = *parsedWeight;
    if (!input.empty()) {
      auto parsedInput = parseOption("input", input);
      if (failed(parsedInput))
        return failure();
      rule.input = *parsedInput;
    }
    if (rule.weight.isDynamic())
      return emitError(UnknownLoc::get(&getContext()))
             << "quant-plan: a weight scheme is fixed before the run: drop 'dynamic' from \"" << weight << "\"";
    return std::vector<QuantRule>{rule};
  }

  /// The first rule for `site`; null when there is none.
  const QuantRule *findRule(StringRef site) {
    for (auto [index, rule] : llvm::enumerate(planRules))
      if (llvm::Regex(rule.sites).match(site)) {
        hasMatched[ignore.size() + index] = true;
        return &rule;
      }
    return nullptr;
  }

  bool isIgnored(StringRef site) {
    bool result = false;
    for (auto [index, pattern] : llvm::enumerate(ignore))
      if (llvm::Regex(pattern).match(site))
        result = hasMatched[index] = true;
    return result;
  }

  void skip(linalg::LinalgOp op, StringRef site, const Twine &reason) {
    op->setAttr(LowPDialect::getSkipAttrName(), StringAttr::get(&getContext(), reason));
    remark::missed(op.getLoc(), remark::RemarkOpts::name("quant-plan").category("plan"))
        << remark::reason("{0}", reason.str()) << remark::metric("site", site);
  }

  LogicalResult planFunction(FunctionOpInterface function) {
    SmallVector<EmbeddingTable> tables = findEmbeddingTables(function);
    std::vector<Contraction> contractions = findContractions(function, [&](linalg::LinalgOp op, StringRef reason) {
      if (!op->hasAttr(LowPDialect::getSkipAttrName()) && !op->hasAttr(LowPDialect::getPlanAttrName()))
        skip(op, op->getName().getStringRef(), reason);
    });
    bool isFailed = false;
    for (Contraction &contraction : contractions)
      isFailed |= failed(planContraction(contraction, tables));
    return failure(isFailed);
  }

  LogicalResult planContraction(const Contraction &contraction, ArrayRef<EmbeddingTable> tables) {
    linalg::LinalgOp op = contraction.op;
    sites.push_back(contraction.site);
    bool ignored = isIgnored(contraction.site);
    const QuantRule *rule = findRule(contraction.site);
    if (op->hasAttr(LowPDialect::getPlanAttrName()) || op->hasAttr(LowPDialect::getSkipAttrName()))
      return success();
    if (ignored)
      return skip(op, contraction.site, "ignored by a pattern"), success();
    if (!quantizeHead && isOutputHead(contraction, tables))
      return skip(op, contraction.site, "the head of a language model stays float (quantize-head changes that)"),
             success();
    if (!rule || !rule->weight)
      return skip(op, contraction.site, rule ? "a rule leaves it float" : "no rule names it"), success();
    std::string reason;
    int64_t length = 0;
    if (!checkScheme(contraction, *rule, reason, length)) {
      if (length && !skipIndivisible)
        return indivisible.push_back({op, contraction.site, reason, length}), success();
      if (length)
        reason += "; " + listDivisors(length) + " would divide";
      return skip(op, contraction.site, reason), success();
    }
    auto site = StringAttr::get(&getContext(), contraction.site);
    op->setAttr(LowPDialect::getPlanAttrName(),
                lowp::PlanAttr::get(&getContext(), site, rule->weight, rule->input, rule->method));
    remark::passed(op.getLoc(), remark::RemarkOpts::name("quant-plan").category("plan"))
        << remark::metric("site", contraction.site) << remark::metric("outFeatures", contraction.outFeatures)
        << remark::metric("inFeatures", contraction.inFeatures);
    return success();
  }

  /// Whether the weight and input schemes fit the shapes. `length` is set to the one that groups do not divide.
  static bool checkScheme(const Contraction &contraction, const QuantRule &rule, std::string &reason, int64_t &length) {
    auto shape = cast<RankedTensorType>(contraction.weightSource.getType()).getShape();
    if (failed(rule.weight.getScaleShape(shape, contraction.weightReduction, reason))) {
      if (contraction.weightReduction.size() == 1 && shape.size() >= 2)
        length = shape[contraction.weightReduction[0]];
      return false;
    }
    if (!rule.input)
      return true;
    auto inputShape = cast<RankedTensorType>(contraction.input.getType()).getShape();
    if (failed(rule.input.getScaleShape(inputShape, contraction.inputReduction, reason))) {
      reason = "input: " + reason;
      return false;
    }
    return true;
  }

  /// One error for all contractions that the groups do not divide, with the group sizes that would divide all of them.
  LogicalResult checkDivisible() {
    if (indivisible.empty())
      return success();
    const Indivisible &first = indivisible.front();
    int64_t common = 0;
    std::map<int64_t, int64_t> others; ///< sites by length
    for (const Indivisible &entry : indivisible) {
      common = std::gcd(common, entry.length);
      if (entry.length != first.length)
        ++others[entry.length];
    }
    InFlightDiagnostic error = first.op->emitOpError() << "at site '" << first.site << "'";
    if (indivisible.size() > 1)
      error << " and " << indivisible.size() - 1 << " more";
    error << ": " << first.reason;
    for (auto [length, count] : others)
      error << ", nor " << length << " at " << count << (count == 1 ? " site" : " sites");
    return error << "; " << listDivisors(common) << " would divide, or skip with skip-indivisible or ignore";
  }

  /// The larger divisors, which are the useful group sizes.
  static std::string listDivisors(int64_t length) {
    SmallVector<int64_t> divisors;
    for (int64_t divisor = std::min<int64_t>(length, 1024); divisor >= 1 && divisors.size() < 6; --divisor)
      if (length % divisor == 0)
        divisors.push_back(divisor);
    std::string text;
    llvm::raw_string_ostream os(text);
    llvm::interleaveComma(llvm::reverse(divisors), os);
    return text;
  }

  /// Whether each pattern chose a site. The only rule of the options has no pattern that could fail to.
  LogicalResult checkPatterns() {
    for (auto [index, pattern] : llvm::enumerate(ignore))
      if (!hasMatched[index])
        return refusePattern("ignore=" + pattern + " matches no site", pattern);
    for (auto [index, rule] : llvm::enumerate(planRules))
      if (!hasMatched[ignore.size() + index] && !rules.empty())
        return refusePattern("rule " + std::to_string(index + 1) + ", sites = \"" + rule.sites +
                                 "\", matches no site that is left to it",
                             rule.sites);
    return success();
  }

  LogicalResult refusePattern(const Twine &what, StringRef pattern) {
    std::vector<std::string> near = sites;
    auto rank = [&](StringRef site) { return std::pair(site.edit_distance(pattern), site); };
    llvm::sort(near, [&](const std::string &a, const std::string &b) { return rank(a) < rank(b); });
    near.resize(std::min<size_t>(near.size(), 3));
    auto diagnostic = getOperation().emitError() << "quant-plan: " << what;
    if (near.empty())
      diagnostic << "; there is no contraction with a weight here";
    else
      diagnostic << "; near names: " << llvm::join(near, ", ");
    return failure();
  }
};

} // namespace
