//===- QuantRules.cpp - Which scheme which site gets, from a file ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "QuantRules.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Regex.h"

using namespace mlir;
using namespace quantopt;

static constexpr llvm::StringLiteral kRulesAttrName = "lowp.rules";

std::string quantopt::checkPattern(StringRef text) {
  std::string message;
  return llvm::Regex(text).isValid(message) ? "" : message;
}

FailureOr<lowp::SchemeInterface> quantopt::parseScheme(StringRef text, MLIRContext *context, std::string &reason) {
  ScopedDiagnosticHandler collect(context, [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      reason = diagnostic.str();
    return success();
  });
  auto scheme = dyn_cast_or_null<lowp::SchemeInterface>(parseAttribute(("#lowp.scheme<" + text + ">").str(), context));
  if (!scheme)
    return failure();
  return scheme;
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// The value of `name` where the rule has it. Fails with `reason` set when it is of another kind.
template <typename Kind>
static FailureOr<Kind> getField(DictionaryAttr rule, StringRef name, StringRef kind, std::string &reason) {
  Attribute value = rule.get(name);
  if (!value)
    return Kind();
  if (auto typed = dyn_cast<Kind>(value))
    return typed;
  reason = (name + " is no " + kind).str();
  return failure();
}

/// Fails with `reason` set.
static FailureOr<QuantRule> readRule(Attribute attribute, std::string &reason) {
  auto rule = dyn_cast<DictionaryAttr>(attribute);
  if (!rule)
    return reason = "it is no dictionary, such as {sites = \".*\", weight = #lowp.scheme<i8, channel>}", failure();
  static constexpr StringLiteral known[] = {"sites", "skip", "weight", "input", "method"};
  for (NamedAttribute field : rule)
    if (!llvm::is_contained(known, field.getName().getValue()))
      return reason = ("a rule has no " + field.getName().getValue() + "; it has sites, skip, weight, input and method")
                          .str(),
             failure();
  auto sites = getField<StringAttr>(rule, "sites", "string", reason);
  auto method = getField<StringAttr>(rule, "method", "string", reason);
  auto weight = getField<lowp::SchemeInterface>(rule, "weight", "#lowp.scheme", reason);
  auto input = getField<lowp::SchemeInterface>(rule, "input", "#lowp.scheme", reason);
  if (failed(sites) || failed(method) || failed(weight) || failed(input))
    return failure();
  bool skips = rule.contains("skip");
  if (!*sites)
    return reason = "it names no sites", failure();
  if (skips == bool(*weight) || (skips && (*input || *method)))
    return reason = "it has either skip, or a weight and what goes with it", failure();
  if (*weight && (*weight).isDynamic())
    return reason = "a weight scheme is fixed before the run: drop 'dynamic'", failure();
  if (std::string message = checkPattern((*sites).getValue()); !message.empty())
    return reason = ("sites = \"" + (*sites).getValue() + "\" is no regular expression: " + message).str(), failure();
  QuantRule result{(*sites).str(), *weight, *input, *method};
  if (!result.method)
    result.method = StringAttr::get(rule.getContext(), "rtn");
  return result;
}

FailureOr<std::vector<QuantRule>> quantopt::readQuantRules(StringRef path, MLIRContext *context) {
  // The parser says nothing of a file that is not there.
  if (llvm::sys::fs::is_directory(path) || !llvm::sys::fs::exists(path))
    return emitError(UnknownLoc::get(context)) << path
                                               << ": no such file of rules; write one (docs/recipes.md) or have "
                                                  "--mixed=rules-out=FILE write it";
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(path, context);
  if (!module)
    return emitError(UnknownLoc::get(context))
           << path << " is not MLIR; a file of rules is a module with the attribute " << kRulesAttrName
           << " (docs/recipes.md)";
  auto attribute = module->getOperation()->getAttrOfType<ArrayAttr>(kRulesAttrName);
  if (!attribute || attribute.empty())
    return module->emitError() << path << " has no rules; it is a module with the attribute " << kRulesAttrName
                               << " = [{sites = \".*\", weight = #lowp.scheme<i8, channel>}]";
  std::vector<QuantRule> rules;
  for (auto [index, entry] : llvm::enumerate(attribute)) {
    std::string reason;
    FailureOr<QuantRule> rule = readRule(entry, reason);
    if (failed(rule))
      return module->emitError() << "rule " << index + 1 << " of " << path << ": " << reason;
    rules.push_back(std::move(*rule));
  }
  return rules;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

void quantopt::printQuantRules(ArrayRef<QuantRule> rules, MLIRContext *context, llvm::raw_ostream &os) {
  Builder builder(context);
  os << "module attributes {" << kRulesAttrName << " = [\n";
  llvm::interleave(
      rules, os,
      [&](const QuantRule &rule) {
        os << "  {sites = " << builder.getStringAttr(rule.sites);
        if (!rule.weight)
          os << ", skip}";
        else if (rule.input)
          os << ", weight = " << rule.weight << ", input = " << rule.input << ", method = " << rule.method << "}";
        else
          os << ", weight = " << rule.weight << ", method = " << rule.method << "}";
      },
      ",\n");
  os << "]} {\n}\n";
}
