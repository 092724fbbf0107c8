//===- NamedConfigs.cpp - Recipes under the names that others use ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A named configuration is a recipe with some of its options set; options that
// are given override them. Configurations whose formats do not exist here are
// registered too, so that who asks for one hears why.
//
//===----------------------------------------------------------------------===//

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "quant-opt/Pipelines/Pipelines.h"

using namespace mlir;
using namespace quantopt;

namespace {
struct NamedConfig {
  StringLiteral name, recipe, options;
};
struct RefusedConfig {
  StringLiteral name, reason;
};
} // namespace

static constexpr NamedConfig kConfigs[] = {
    // NVIDIA Model Optimizer.
    {"INT8_DEFAULT_CFG", "int8-smoothquant", "alpha=0 activations=static"},
    {"INT8_SMOOTHQUANT_CFG", "int8-smoothquant", "alpha=1 activations=static"},
    {"INT4_AWQ_CFG", "int4-awq", "group-size=128"},
    {"INT4_BLOCKWISE_WEIGHT_ONLY_CFG", "int4-rtn", "group-size=128"},
    {"W4A8_AWQ_BETA_CFG", "int4-awq", "group-size=128 activations=fp8-static"},
    {"FP8_DEFAULT_CFG", "fp8", "weights=tensor activations=static"},
    {"FP8_PER_CHANNEL_PER_TOKEN_CFG", "fp8", "weights=channel activations=dynamic"},
    {"FP8_2D_BLOCKWISE_WEIGHT_ONLY_CFG", "fp8", "weights=block activations=none"},
    // compressed-tensors.
    {"W8A8", "int8-smoothquant", ""},
    {"W4A16", "int4-gptq", "group-size=128"},
    {"W4A16_ASYM", "int4-awq", "group-size=128 asymmetric=true"},
    {"FP8", "fp8", "weights=tensor activations=static"},
    {"FP8_DYNAMIC", "fp8", "weights=channel activations=dynamic"},
    {"FP8_BLOCK", "fp8", "weights=block activations=dynamic"},
};

static constexpr StringLiteral kNoFp4 =
    "4-bit floats with shared scales in 8-bit floats need Blackwell's tensor cores, "
    "and no format of this compiler holds them; INT4_AWQ_CFG has as many bits";
static constexpr StringLiteral kNoMx =
    "scales that are powers of two for each 32 elements need Blackwell's tensor cores, and no format of this compiler "
    "holds them; use FP8_BLOCK";
static constexpr RefusedConfig kRefused[] = {
    {"NVFP4_DEFAULT_CFG", kNoFp4}, {"NVFP4_AWQ_LITE_CFG", kNoFp4}, {"NVFP4", kNoFp4},
    {"MXFP4_DEFAULT_CFG", kNoFp4}, {"MXFP8_DEFAULT_CFG", kNoMx},
};

void quantopt::registerNamedConfigs() {
  for (const NamedConfig &config : kConfigs) {
    std::string meaning = config.recipe.str();
    if (!config.options.empty())
      meaning += "=\"" + config.options.str() + "\"";
    registerPassPipeline(
        config.name, "The recipe " + meaning,
        [&config](OpPassManager &manager, StringRef options, llvm::function_ref<LogicalResult(const Twine &)> onError) {
          // The later of two values of an option holds.
          std::string all = (config.options + (config.options.empty() ? "" : " ") + options).str();
          return PassPipelineInfo::lookup(config.recipe)->addToPipeline(manager, all, onError);
        },
        [](llvm::function_ref<void(const mlir::detail::PassOptions &)>) {});
  }
  for (const RefusedConfig &config : kRefused)
    registerPassPipeline(
        config.name, "Refused: no such format here",
        [&config](OpPassManager &, StringRef, llvm::function_ref<LogicalResult(const Twine &)> onError) {
          return onError(config.name + " is refused: " + config.reason);
        },
        [](llvm::function_ref<void(const mlir::detail::PassOptions &)>) {});
}
