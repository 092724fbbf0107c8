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

static std::string getInt4Scheme(int64_t groupSize, bool asymmetric) {
  return llvm::formatv("i4, group = {0}{1}", groupSize, asymmetric ? ", asymmetric" : "");
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
  addPlan(manager, options, kInt8Weight, kInt8Input, "rtn");
  manager.addPass(createCalibratePass(getCalibration<CalibratePassOptions>(options)));
  SmoothPassOptions smooth;
  smooth.alpha = options.alpha;
  manager.addPass(createSmoothPass(smooth));
  manager.addPass(createRtnRoundPass());
  manager.addPass(createVerifyQuantizedPass());
}

void quantopt::buildInt4Rtn(OpPassManager &manager, const Int4RtnOptions &options) {
  addPlan(manager, options, getInt4Scheme(options.groupSize, options.asymmetric), "", "rtn", options.skipIndivisible);
  manager.addPass(createRtnRoundPass());
  manager.addPass(createVerifyQuantizedPass());
}

void quantopt::buildInt4Gptq(OpPassManager &manager, const Int4GptqOptions &options) {
  addPlan(manager, options, getInt4Scheme(options.groupSize, options.asymmetric), "", "gptq", options.skipIndivisible);
  auto gptq = getCalibration<GptqRoundPassOptions>(options);
  gptq.damping = options.damping;
  manager.addPass(createGptqRoundPass(gptq));
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
}
