//===- Lint.cpp - Whether loaders take a quantized folder -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/Lint.h"
#include "Formats/Format.h"
#include "LintRules.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace quantopt;

static constexpr StringLiteral kLoaders[] = {"vllm", "trtllm", "transformers"};

/// The finding that an error of the reader stands for: its message ends with the rule in brackets.
static LintFinding makeFinding(std::string message) {
  StringRef text, rule;
  std::tie(text, rule) = StringRef(message).rsplit(" [");
  bool hasRule = rule.consume_back("]") && any_of(getLintRules(), [&](const LintRule &r) { return r.id == rule; });
  if (!hasRule)
    return {"readable", std::move(message), /*isError=*/true};
  return {rule.str(), text.str(), /*isError=*/true};
}

static Error readInput(StringRef folder, LintInput &input) {
  input.folder = folder.str();
  Expected<CheckpointModel> model = readCheckpoint(folder, input.store);
  if (!model)
    return model.takeError();
  input.model = std::move(*model);
  input.config = input.model.config;
  Expected<std::pair<json::Object, std::string>> quantization = formats::findQuantization(folder);
  if (!quantization)
    return quantization.takeError();
  if (quantization->second.empty())
    return formats::makeRuleError("has-modules", folder + ": no file says how it is quantized; export it again");
  input.quantization = std::move(quantization->first);
  return Error::success();
}

Expected<std::vector<LintFinding>> quantopt::lintCheckpoint(StringRef folder, ArrayRef<StringRef> loaders) {
  for (StringRef loader : loaders)
    if (!is_contained(kLoaders, loader))
      return createStringError("there are no rules of a loader '" + loader + "'; there are those of " +
                               join(std::begin(kLoaders), std::end(kLoaders), ", "));
  std::vector<LintFinding> findings;
  LintInput input;
  if (Error error = readInput(folder, input)) {
    findings.push_back(makeFinding(toString(std::move(error))));
    return findings;
  }
  for (const LintRule &rule : getLintRules()) {
    if (!rule.check || !(rule.loader.empty() || is_contained(loaders, rule.loader)))
      continue;
    rule.check(input, [&](const Twine &message) { findings.push_back({rule.id.str(), message.str(), rule.isError}); });
  }
  return findings;
}

void quantopt::printLintRules(raw_ostream &os) {
  os << "# Rules of quantized checkpoints\n\n"
        "Written by `quant-translate --lint-rules`. `quant-translate --lint DIR --for=vllm,trtllm,transformers` checks "
        "a\n"
        "folder; exports and conversions refuse by the same ids. An *error* is a folder that a loader refuses or "
        "computes\n"
        "other numbers with; a *warning* costs speed, or may be meant.\n\n"
        "| rule | loader | | what it says | source |\n|---|---|---|---|---|\n";
  for (const LintRule &rule : getLintRules())
    os << "| `" << rule.id << "` | " << (rule.loader.empty() ? StringRef("all") : StringRef(rule.loader)) << " | "
       << (rule.isError ? "error" : "warning") << " | " << rule.text << " | " << rule.source << " |\n";
}
