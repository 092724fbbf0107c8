//===- Recipes.cpp - Named recipes ----------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Pass/PassManager.h"
#include "quant-opt/Conversion/Passes.h"
#include "quant-opt/Pipelines/Pipelines.h"
#include "quant-opt/Pipelines/RegisterPipeline.h"
#include "quant-opt/Transforms/Passes.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// Stages
//===----------------------------------------------------------------------===//

static constexpr llvm::StringLiteral kInt8Weight = "i8, channel";
static constexpr llvm::StringLiteral kInt8Input = "i8, token, dynamic";

static void addPlan(OpPassManager &manager, const RecipeOptions &options, StringRef weight, StringRef input,
                    StringRef method, bool skipIndivisible = false) {
  QuantPlanPassOptions plan;
  plan.skipIndivisible = skipIndivisible;
  plan.weight = weight.str();
  plan.input = input.str();
  plan.method = method.str();
  plan.ignore.assign(options.ignore.begin(), options.ignore.end());
  manager.addPass(createLowerTosa());
  manager.addPass(createQuantPlanPass(plan));
  manager.addPass(createVerifyPlannedPass());
}

/// The calibration options of a pass from those of the recipe.
template <typename PassOptions> static PassOptions getCalibration(const CalibratedRecipeOptions &options) {
  PassOptions result;
  result.calibText = options.calibText;
  result.calibData = options.calibData;
  result.tokenizer = options.tokenizer;
  result.samples = options.samples;
  result.seqLen = options.seqLen;
  result.threadCount = options.threadCount;
  return result;
}

static void addCalibrate(OpPassManager &manager, const CalibratedRecipeOptions &options, StringRef observer) {
  auto calibrate = getCalibration<CalibratePassOptions>(options);
  calibrate.observer = observer.str();
  manager.addPass(createCalibratePass(calibrate));
}

/// Weights make up for what rounding did to their inputs (GPTAQ) by `driftShare`.
static void addGptq(OpPassManager &manager, const CalibratedRecipeOptions &options, double driftShare = 0,
                    llvm::function_ref<void(GptqRoundPassOptions &)> change = nullptr) {
  auto gptq = getCalibration<GptqRoundPassOptions>(options);
  gptq.driftShare = driftShare;
  if (change)
    change(gptq);
  manager.addPass(createGptqRoundPass(gptq));
}

static std::string getGroupScheme(StringRef element, int64_t groupSize, bool asymmetric) {
  return llvm::formatv("{0}, group = {1}{2}", element, groupSize, asymmetric ? ", asymmetric" : "");
}

//===----------------------------------------------------------------------===//
// Recipes
//===----------------------------------------------------------------------===//

void quantopt::buildInt8Rtn(OpPassManager &manager, const RecipeOptions &options) {
  addPlan(manager, options, kInt8Weight, kInt8Input, "rtn");
  manager.addPass(createRtnRoundPass());
  manager.addPass(createVerifyQuantizedPass());
}

void quantopt::buildInt8SmoothQuant(OpPassManager &manager, const Int8SmoothQuantOptions &options) {
  bool isStatic = options.activations == InputScales::Static, isGptq = options.rounding == WeightRounding::Gptq;
  addPlan(manager, options, kInt8Weight, isStatic ? "i8, tensor" : kInt8Input.str(), isGptq ? "gptq" : "rtn");
  addCalibrate(manager, options, "absmax");
  auto smooth = getCalibration<SmoothPassOptions>(options);
  smooth.alpha = options.alpha;
  smooth.pairs = options.pairs;
  smooth.search = options.search;
  manager.addPass(createSmoothPass(smooth));
  // Smoothing divides the largest magnitudes exactly; any other range has to be seen again.
  if (isStatic && options.observer != "absmax")
    addCalibrate(manager, options, options.observer);
  if (isGptq)
    addGptq(manager, options, /*driftShare=*/1);
  else
    manager.addPass(createRtnRoundPass());
  manager.addPass(createVerifyQuantizedPass());
}

void quantopt::buildInt4Rtn(OpPassManager &manager, const Int4RtnOptions &options) {
  addPlan(manager, options, getGroupScheme("i4", options.groupSize, options.asymmetric), "", "rtn",
          options.skipIndivisible);
  manager.addPass(createRtnRoundPass());
  manager.addPass(createVerifyQuantizedPass());
}

static void buildGptq(OpPassManager &manager, const Int4GptqOptions &options, StringRef element) {
  addPlan(manager, options, getGroupScheme(element, options.groupSize, options.asymmetric), "", "gptq",
          options.skipIndivisible);
  addGptq(manager, options, options.driftShare, [&](GptqRoundPassOptions &gptq) { gptq.damping = options.damping; });
  manager.addPass(createVerifyQuantizedPass());
}

void quantopt::buildInt4Gptq(OpPassManager &manager, const Int4GptqOptions &options) {
  buildGptq(manager, options, "i4");
}

void quantopt::buildInt3Gptq(OpPassManager &manager, const Int4GptqOptions &options) {
  buildGptq(manager, options, "i3");
}

void quantopt::buildInt4Awq(OpPassManager &manager, const Int4AwqOptions &options) {
  bool isGptq = options.rounding == WeightRounding::Gptq;
  using Activations = Int4AwqOptions::Activations;
  StringRef input = options.activations == Activations::Float       ? ""
                    : options.activations == Activations::Fp8Static ? "f8E4M3FN, tensor"
                                                                    : "f8E4M3FN, token, dynamic";
  addPlan(manager, options, getGroupScheme("i4", options.groupSize, options.asymmetric), input, isGptq ? "gptq" : "rtn",
          options.skipIndivisible);
  if (options.activations == Activations::Fp8Static)
    addCalibrate(manager, options, "absmax");
  auto awq = getCalibration<AwqScalePassOptions>(options);
  // GPTQ searches scales itself, on weights that still have their outliers.
  if (isGptq)
    awq.clipSteps = 0;
  manager.addPass(createAwqScalePass(awq));
  if (isGptq)
    addGptq(manager, options, options.driftShare);
  else
    manager.addPass(createRtnRoundPass());
  manager.addPass(createVerifyQuantizedPass());
}

/// The schemes of weights and inputs.
static std::pair<std::string, std::string> getFp8Schemes(const Fp8Options &options) {
  bool isBlock = options.weights == Fp8Options::Granularity::Block;
  StringRef format = options.format == Fp8Options::Format::E4M3 ? "f8E4M3FN" : "f8E5M2";
  std::string weight = isBlock ? llvm::formatv("{0}, block = {1}x{1}", format, options.blockSize.getValue()).str()
                       : options.weights == Fp8Options::Granularity::Tensor ? (format + ", tensor").str()
                                                                            : (format + ", channel").str();
  switch (options.activations) {
  case InputScales::None:
    return {weight, ""};
  case InputScales::Static:
    return {weight, (format + ", tensor").str()};
  case InputScales::Dynamic:
    break;
  }
  if (!isBlock)
    return {weight, (format + ", token, dynamic").str()};
  return {weight, llvm::formatv("{0}, group = {1}, dynamic", format, options.blockSize.getValue()).str()};
}

void quantopt::buildFp8(OpPassManager &manager, const Fp8Options &options) {
  auto [weight, input] = getFp8Schemes(options);
  bool hasData = !options.calibText.empty() || !options.calibData.empty();
  bool isGptq = options.rounding == WeightRounding::Gptq || (options.rounding == WeightRounding::Auto && hasData);
  addPlan(manager, options, weight, input, isGptq ? "gptq" : "fp8", options.skipIndivisible);
  if (options.activations == InputScales::Static)
    addCalibrate(manager, options, options.observer);
  if (isGptq) {
    addGptq(manager, options, /*driftShare=*/0, [&](GptqRoundPassOptions &gptq) { gptq.inputMargin = options.margin; });
  } else {
    Fp8CastPassOptions cast;
    cast.inputMargin = options.margin;
    manager.addPass(createFp8CastPass(cast));
  }
  manager.addPass(createVerifyQuantizedPass());
}

void quantopt::buildMixed(OpPassManager &manager, const MixedOptions &options) {
  QuantPlanPassOptions plan;
  plan.rules = options.rules;
  plan.ignore.assign(options.ignore.begin(), options.ignore.end());
  manager.addPass(createLowerTosa());
  manager.addPass(createQuantPlanPass(plan));
  if (options.rules.empty()) {
    auto choose = getCalibration<ChooseSchemesPassOptions>(options);
    choose.bits = options.bits;
    choose.candidates = options.candidates;
    choose.method = options.rounding == WeightRounding::Gptq ? "gptq" : "rtn";
    choose.rulesOut = options.rulesOut;
    manager.addPass(createChooseSchemesPass(choose));
  }
  manager.addPass(createVerifyPlannedPass());
  auto calibrate = getCalibration<CalibratePassOptions>(options);
  calibrate.staticOnly = true;
  manager.addPass(createCalibratePass(calibrate));
  // Each rounds what has its method.
  addGptq(manager, options);
  manager.addPass(createFp8CastPass());
  manager.addPass(createRtnRoundPass());
  manager.addPass(createVerifyQuantizedPass());
}

void quantopt::registerPipelines() {
  registerPipeline<RecipeOptions>(
      "int8-rtn", "INT8 weights (channel) and activations (token, dynamic), rounded to nearest; needs no data",
      buildInt8Rtn);
  registerPipeline<Int8SmoothQuantOptions>("int8-smoothquant",
                                           "INT8 weights (channel) and activations (token, dynamic) after SmoothQuant",
                                           buildInt8SmoothQuant);
  registerPipeline<Int4RtnOptions>(
      "int4-rtn", "INT4 weights (group), rounded to nearest; activations stay float; needs no data", buildInt4Rtn);
  registerPipeline<Int4GptqOptions>("int4-gptq", "INT4 weights (group), rounded by GPTQ; activations stay float",
                                    buildInt4Gptq);
  registerPipeline<Int4GptqOptions>("int3-gptq", "INT3 weights (group), rounded by GPTQ; activations stay float",
                                    buildInt3Gptq);
  registerPipeline<Int4AwqOptions>(
      "int4-awq", "INT4 weights (group) after AWQ's search of scales and clips; activations stay float", buildInt4Awq);
  registerPipeline<Fp8Options>("fp8", "FP8 weights (channel, tensor, block) and activations (dynamic, static or float)",
                               buildFp8);
  registerPipeline<MixedOptions>("mixed", "A scheme for each site, from a file of rules or chosen for a budget of bits",
                                 buildMixed);
  registerPipeline<AutoOptions>("auto", "The recipe that --recommend names for a target and a goal", buildAuto);
  registerNamedConfigs();
}
