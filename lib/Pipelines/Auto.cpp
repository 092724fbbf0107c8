//===- Auto.cpp - Which recipe for which machine and aim ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "quant-opt/Pipelines/Pipelines.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace quantopt;

void quantopt::printRecommendations(llvm::raw_ostream &os) {
  struct Row {
    StringLiteral use, recipe, why;
  };
  static constexpr Row rows[] = {
      {"GPU from Hopper on, throughput", "fp8", "tensor cores run it at twice the rate of BF16; needs no data"},
      {"GPU before Hopper, throughput", "int8-smoothquant", "their tensor cores have INT8, not FP8"},
      {"decoding, small batches", "int4-awq", "bound by the bytes of the weights"},
      {"smallest, 4 bits", "int4-gptq", "best rounding of each weight given the others"},
      {"smallest, 3 bits", "int3-gptq", "where its loss is bearable; large models"},
      {"CPU", "int8-smoothquant (int8-rtn without data)", "VNNI and its like multiply INT8"},
      {"training", "no recipe", "FP8 hybrid training or quantization-aware training, not rounding afterwards"},
  };
  os << llvm::formatv("{0,-34}{1,-44}{2}\n", "use", "recipe", "why");
  for (const Row &row : rows)
    os << llvm::formatv("{0,-34}{1,-44}{2}\n", row.use, row.recipe, row.why);
  os << "\n--auto=\"target=... goal=...\" chooses by this table. Options of a recipe: --help; names of other tools' "
        "configurations: docs/recipes.md.\n";
}

namespace {
/// A recipe with options of its own beside those of `auto`.
struct Choice {
  StringLiteral recipe, options;
};
} // namespace

static Choice choose(const AutoOptions &options) {
  using Target = AutoOptions::Target;
  switch (options.goal) {
  case AutoOptions::Goal::Decode:
    return {"int4-awq", ""};
  case AutoOptions::Goal::Size:
    return {"int4-gptq", ""};
  case AutoOptions::Goal::Smallest:
    return {"int3-gptq", ""};
  case AutoOptions::Goal::Throughput:
    break;
  }
  bool hasData = !options.calibText.empty() || !options.calibData.empty();
  if (options.target == Target::Hopper)
    return {"fp8", ""};
  if (options.target == Target::Ampere || hasData)
    return {"int8-smoothquant", "alpha=0.8"};
  return {"int8-rtn", ""};
}

/// What `auto` was given that the chosen recipe understands, in its words.
static std::string getRecipeOptions(const AutoOptions &options, const Choice &choice) {
  std::string text = choice.options.str();
  llvm::raw_string_ostream os(text);
  if (!options.ignore.empty())
    os << " ignore=" << llvm::join(options.ignore, ",");
  if (choice.recipe == "int8-rtn")
    return text;
  os << " samples=" << options.samples.getValue() << " seq-len=" << options.seqLen.getValue()
     << " thread-count=" << options.threadCount.getValue();
  for (auto [name, value] : {std::pair(StringRef("calib-text"), StringRef(options.calibText)),
                             std::pair(StringRef("calib-data"), StringRef(options.calibData)),
                             std::pair(StringRef("tokenizer"), StringRef(options.tokenizer))})
    if (!value.empty())
      os << " " << name << "=\"" << value << "\"";
  return text;
}

void quantopt::registerAuto() {
  registerPassPipeline(
      "auto", "The recipe that --recommend names for a target and a goal",
      [](OpPassManager &manager, StringRef text, llvm::function_ref<LogicalResult(const Twine &)> onError) {
        AutoOptions options;
        if (failed(options.parseFromString(text)))
          return failure();
        Choice choice = choose(options);
        return PassPipelineInfo::lookup(choice.recipe)
            ->addToPipeline(manager, getRecipeOptions(options, choice), onError);
      },
      [](llvm::function_ref<void(const mlir::detail::PassOptions &)> onOptions) { onOptions(AutoOptions()); });
}
