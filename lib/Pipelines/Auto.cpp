//===- Auto.cpp - Which recipe for which machine and aim ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Pass/PassManager.h"
#include "quant-opt/Pipelines/Pipelines.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace quantopt;

void quantopt::printRecommendations(llvm::raw_ostream &os) {
  struct Row {
    StringLiteral use, recipe, why;
  };
  static constexpr Row rows[] = {
      {"GPU from Hopper on, throughput", "fp8",
       "tensor cores run it at twice the rate of BF16; needs no data, and loses half as much with it"},
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

static void copyOptions(const AutoOptions &from, CalibratedRecipeOptions &to) {
  to.ignore = from.ignore;
  to.calibText = from.calibText.getValue();
  to.calibData = from.calibData.getValue();
  to.tokenizer = from.tokenizer.getValue();
  to.samples = from.samples.getValue();
  to.seqLen = from.seqLen.getValue();
  to.threadCount = from.threadCount.getValue();
}

/// Adds a recipe with the options that `auto` was given.
template <typename Options>
static void addRecipe(OpPassManager &manager, const AutoOptions &options,
                      void (*build)(OpPassManager &, const Options &),
                      llvm::function_ref<void(Options &)> change = nullptr) {
  Options own;
  copyOptions(options, own);
  if (change)
    change(own);
  build(manager, own);
}

void quantopt::buildAuto(OpPassManager &manager, const AutoOptions &options) {
  using Target = AutoOptions::Target;
  switch (options.goal.getValue()) {
  case AutoOptions::Goal::Decode:
    return addRecipe(manager, options, buildInt4Awq);
  case AutoOptions::Goal::Size:
    return addRecipe(manager, options, buildInt4Gptq);
  case AutoOptions::Goal::Smallest:
    return addRecipe(manager, options, buildInt3Gptq);
  case AutoOptions::Goal::Throughput:
    break;
  }
  bool hasData = !options.calibText.empty() || !options.calibData.empty();
  if (options.target == Target::Hopper)
    return addRecipe(manager, options, buildFp8);
  if (options.target == Target::Ampere || hasData)
    return addRecipe<Int8SmoothQuantOptions>(manager, options, buildInt8SmoothQuant,
                                             [](Int8SmoothQuantOptions &own) { own.alpha = 0.8; });
  buildInt8Rtn(manager, options);
}
