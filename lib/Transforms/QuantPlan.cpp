//===- QuantPlan.cpp - Decides what happens to each contraction -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/AsmParser/AsmParser.h"
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
  lowp::SchemeInterface weightScheme, inputScheme;
  SmallVector<bool> hasMatched; ///< by pattern of `ignore`
  std::vector<std::string> sites;

  /// A contraction whose length the groups do not divide.
  struct Indivisible {
    linalg::LinalgOp op;
    std::string site, reason;
    int64_t length;
  };
  std::vector<Indivisible> indivisible;

  FailureOr<lowp::SchemeInterface> parseScheme(StringRef option, StringRef text) {
    std::string message;
    lowp::SchemeInterface scheme;
    {
      ScopedDiagnosticHandler collect(&getContext(), [&](Diagnostic &diagnostic) {
        if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
          message = diagnostic.str();
        return success();
      });
      scheme =
          dyn_cast_or_null<lowp::SchemeInterface>(parseAttribute(("#lowp.scheme<" + text + ">").str(), &getContext()));
    }
    if (scheme)
      return scheme;
    return emitError(UnknownLoc::get(&getContext()))
           << "quant-plan: option " << option << "=\"" << text << "\" is no scheme: " << message
           << "; write it as inside #lowp.scheme<...>, such as \"i4, group = 64\"";
  }

  LogicalResult parseOptions() {
    auto parsedWeight = parseScheme("weight", weight);
    if (failed(parsedWeight))
      return failure();
    weightScheme = *parsedWeight;
    if (!input.empty()) {
      auto parsedInput = parseScheme("input", input);
      if (failed(parsedInput))
        return failure();
      inputScheme = *parsedInput;
    }
    if (weightScheme.isDynamic())
      return emitError(UnknownLoc::get(&getContext()))
             << "quant-plan: a weight scheme is fixed before the run: drop 'dynamic' from \"" << weight << "\"";
    hasMatched.assign(ignore.size(), false);
    sites.clear();
    indivisible.clear();
    for (const std::string &text : ignore) {
      std::string message;
      if (!llvm::Regex(text).isValid(message))
        return emitError(UnknownLoc::get(&getContext()))
               << "quant-plan: ignore=" << text << " is no regular expression: " << message;
    }
    return success();
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
    if (op->hasAttr(LowPDialect::getPlanAttrName()) || op->hasAttr(LowPDialect::getSkipAttrName()))
      return success();
    if (ignored)
      return skip(op, contraction.site, "ignored by a pattern"), success();
    if (!quantizeHead && isOutputHead(contraction, tables))
      return skip(op, contraction.site, "the head of a language model stays float (quantize-head changes that)"),
             success();
    std::string reason;
    int64_t length = 0;
    if (!checkScheme(contraction, reason, length)) {
      if (length && !skipIndivisible)
        return indivisible.push_back({op, contraction.site, reason, length}), success();
      if (length)
        reason += "; " + listDivisors(length) + " would divide";
      return skip(op, contraction.site, reason), success();
    }
    auto site = StringAttr::get(&getContext(), contraction.site);
    op->setAttr(LowPDialect::getPlanAttrName(), lowp::PlanAttr::get(&getContext(), site, weightScheme, inputScheme,
                                                                    StringAttr::get(&getContext(), method)));
    remark::passed(op.getLoc(), remark::RemarkOpts::name("quant-plan").category("plan"))
        << remark::metric("site", contraction.site) << remark::metric("outFeatures", contraction.outFeatures)
        << remark::metric("inFeatures", contraction.inFeatures);
    return success();
  }

  /// Whether the weight and input schemes fit the shapes. `length` is set to the one that groups do not divide.
  bool checkScheme(const Contraction &contraction, std::string &reason, int64_t &length) {
    auto shape = cast<RankedTensorType>(contraction.weightSource.getType()).getShape();
    if (failed(weightScheme.getScaleShape(shape, contraction.weightReduction, reason))) {
      if (contraction.weightReduction.size() == 1 && shape.size() >= 2)
        length = shape[contraction.weightReduction[0]];
      return false;
    }
    if (!inputScheme)
      return true;
    auto inputShape = cast<RankedTensorType>(contraction.input.getType()).getShape();
    if (failed(inputScheme.getScaleShape(inputShape, contraction.inputReduction, reason))) {
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

  LogicalResult checkPatterns() {
    for (size_t index = 0; index < ignore.size(); ++index) {
      const std::string &pattern = ignore[index];
      if (hasMatched[index])
        continue;
      std::vector<std::string> near = sites;
      auto rank = [&](StringRef site) { return std::pair(site.edit_distance(pattern), site); };
      llvm::sort(near, [&](const std::string &a, const std::string &b) { return rank(a) < rank(b); });
      near.resize(std::min<size_t>(near.size(), 3));
      auto diagnostic = getOperation().emitError() << "quant-plan: ignore=" << pattern << " matches no site";
      if (near.empty())
        diagnostic << "; there is no contraction with a weight here";
      else
        diagnostic << "; near names: " << llvm::join(near, ", ");
      return failure();
    }
    return success();
  }
};

} // namespace
