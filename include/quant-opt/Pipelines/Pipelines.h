//===- Pipelines.h - Named recipes -------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each recipe is a list of registered passes; docs/pipelines.md shows them.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_PIPELINES_PIPELINES_H
#define QUANTOPT_PIPELINES_PIPELINES_H

#include "mlir/Pass/PassOptions.h"
#include <string>

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace quantopt {

/// Options that every recipe has.
struct RecipeOptions : mlir::PassPipelineOptions<RecipeOptions> {
  ListOption<std::string> ignore{*this, "ignore", llvm::cl::desc("Regular expressions of sites that stay float")};
};

/// And those that run the model on calibration data.
struct CalibratedRecipeOptions : RecipeOptions {
  Option<std::string> calibText{*this, "calib-text", llvm::cl::desc("Text file to calibrate on")};
  Option<std::string> calibData{*this, "calib-data", llvm::cl::desc("Or an .npz of arrays in0, in1, ...")};
  Option<std::string> tokenizer{*this, "tokenizer", llvm::cl::desc("Tokenizer (default: beside the weights)")};
  Option<int64_t> samples{*this, "samples", llvm::cl::desc("Windows of the text"), llvm::cl::init(128)};
  Option<int64_t> seqLen{*this, "seq-len", llvm::cl::desc("Tokens in a window"), llvm::cl::init(512)};
  Option<unsigned> threadCount{*this, "thread-count", llvm::cl::desc("Threads (default: all cores)"),
                               llvm::cl::init(0)};
};

/// INT8 weights by channel, INT8 activations by token at run time, rounded to nearest.
void buildInt8Rtn(mlir::OpPassManager &manager, const RecipeOptions &options);

struct Int8SmoothQuantOptions : CalibratedRecipeOptions {
  Option<double> alpha{*this, "alpha", llvm::cl::desc("Share of the difficulty that moves to the weights"),
                       llvm::cl::init(0.5)};
};
/// The same after SmoothQuant.
void buildInt8SmoothQuant(mlir::OpPassManager &manager, const Int8SmoothQuantOptions &options);

struct Int4RtnOptions : RecipeOptions {
  Option<int64_t> groupSize{*this, "group-size", llvm::cl::desc("Weights that share a scale"), llvm::cl::init(128)};
  Option<bool> asymmetric{*this, "asymmetric", llvm::cl::desc("Store zero points"), llvm::cl::init(false)};
  Option<bool> skipIndivisible{*this, "skip-indivisible", llvm::cl::desc("Leave float what groups do not divide"),
                               llvm::cl::init(false)};
};
/// INT4 weights by group, rounded to nearest; activations stay float.
void buildInt4Rtn(mlir::OpPassManager &manager, const Int4RtnOptions &options);

struct Int4GptqOptions : CalibratedRecipeOptions {
  Option<int64_t> groupSize{*this, "group-size", llvm::cl::desc("Weights that share a scale"), llvm::cl::init(128)};
  Option<bool> asymmetric{*this, "asymmetric", llvm::cl::desc("Store zero points"), llvm::cl::init(false)};
  Option<bool> skipIndivisible{*this, "skip-indivisible", llvm::cl::desc("Leave float what groups do not divide"),
                               llvm::cl::init(false)};
  Option<double> damping{*this, "damping", llvm::cl::desc("Share of the Hessian's mean diagonal added to it"),
                         llvm::cl::init(0.05)};
};
/// INT4 weights by group, rounded by GPTQ.
void buildInt4Gptq(mlir::OpPassManager &manager, const Int4GptqOptions &options);

/// Registers the recipes by name: int8-rtn, int8-smoothquant, int4-rtn, int4-gptq.
void registerPipelines();

} // namespace quantopt

#endif // QUANTOPT_PIPELINES_PIPELINES_H
