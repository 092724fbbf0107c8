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

namespace llvm {
class raw_ostream;
} // namespace llvm

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

/// Where the scales of activations come from.
enum class InputScales : uint8_t {
  Dynamic, ///< from each token, at run time
  Static,  ///< one for the tensor, from calibration
  None,    ///< activations stay float
};

/// How weights are rounded once their scheme and scales are set.
enum class WeightRounding : uint8_t {
  Rtn,
  Gptq,
  Auto ///< by GPTQ where there is calibration data, else to nearest
};

/// INT8 weights by channel, INT8 activations by token at run time, rounded to nearest.
void buildInt8Rtn(mlir::OpPassManager &manager, const RecipeOptions &options);

struct Int8SmoothQuantOptions : CalibratedRecipeOptions {
  Option<double> alpha{*this, "alpha", llvm::cl::desc("Share of the difficulty that moves to the weights"),
                       llvm::cl::init(0.5)};
  Option<std::string> pairs{*this, "pairs", llvm::cl::desc("What may absorb scales: all, norms or auto (see smooth)"),
                            llvm::cl::init("auto")};
  Option<WeightRounding> rounding{*this, "rounding", llvm::cl::desc("How the smoothed weights are rounded"),
                                  llvm::cl::init(WeightRounding::Rtn),
                                  llvm::cl::values(clEnumValN(WeightRounding::Rtn, "rtn", "to nearest"),
                                                   clEnumValN(WeightRounding::Gptq, "gptq", "by GPTQ"))};
  Option<bool> search{*this, "search", llvm::cl::desc("Search each group's alpha"), llvm::cl::init(false)};
  Option<InputScales> activations{
      *this, "activations", llvm::cl::desc("Scales of activations"), llvm::cl::init(InputScales::Dynamic),
      llvm::cl::values(clEnumValN(InputScales::Dynamic, "dynamic", "of each token, at run time"),
                       clEnumValN(InputScales::Static, "static", "of the tensor, from calibration"))};
  Option<std::string> observer{*this, "observer", llvm::cl::desc("Observer of static ranges (see calibrate)"),
                               llvm::cl::init("absmax")};
};
/// INT8 weights by channel, INT8 activations, after SmoothQuant.
void buildInt8SmoothQuant(mlir::OpPassManager &manager, const Int8SmoothQuantOptions &options);

struct Fp8Options : CalibratedRecipeOptions {
  enum class Granularity : uint8_t { Channel, Tensor, Block };
  enum class Format : uint8_t { E4M3, E5M2 };
  Option<Granularity> weights{
      *this, "weights", llvm::cl::desc("What shares a scale of the weights"), llvm::cl::init(Granularity::Channel),
      llvm::cl::values(clEnumValN(Granularity::Channel, "channel", "an output channel"),
                       clEnumValN(Granularity::Tensor, "tensor", "the whole weight"),
                       clEnumValN(Granularity::Block, "block", "a square block; activations: a group of its length"))};
  Option<InputScales> activations{
      *this, "activations", llvm::cl::desc("Scales of activations"), llvm::cl::init(InputScales::Dynamic),
      llvm::cl::values(clEnumValN(InputScales::Dynamic, "dynamic", "of each token (or group), at run time"),
                       clEnumValN(InputScales::Static, "static", "of the tensor, from calibration"),
                       clEnumValN(InputScales::None, "none", "activations stay float"))};
  Option<Format> format{*this, "format", llvm::cl::desc("Format of both"), llvm::cl::init(Format::E4M3),
                        llvm::cl::values(clEnumValN(Format::E4M3, "e4m3", "largest value 448"),
                                         clEnumValN(Format::E5M2, "e5m2", "largest value 57344"))};
  Option<WeightRounding> rounding{
      *this, "rounding", llvm::cl::desc("How weights are rounded"), llvm::cl::init(WeightRounding::Auto),
      llvm::cl::values(clEnumValN(WeightRounding::Auto, "auto", "by GPTQ where there is data, else to nearest"),
                       clEnumValN(WeightRounding::Rtn, "rtn", "to nearest"),
                       clEnumValN(WeightRounding::Gptq, "gptq", "by GPTQ; needs data"))};
  Option<int64_t> blockSize{*this, "block-size", llvm::cl::desc("Length of a block's sides"), llvm::cl::init(128)};
  Option<bool> skipIndivisible{*this, "skip-indivisible", llvm::cl::desc("Leave float what blocks do not divide"),
                               llvm::cl::init(false)};
  Option<double> margin{*this, "margin", llvm::cl::desc("Powers of two that static ranges are widened by"),
                        llvm::cl::init(0.0)};
  Option<std::string> observer{*this, "observer", llvm::cl::desc("Observer of static ranges (see calibrate)"),
                               llvm::cl::init("absmax")};
};
/// FP8 weights and activations.
void buildFp8(mlir::OpPassManager &manager, const Fp8Options &options);

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
  Option<double> driftShare{*this, "drift-share",
                            llvm::cl::desc("Share of the inputs' drift that weights make up for (GPTAQ)"),
                            llvm::cl::init(1.0)};
};
/// INT4 weights by group, rounded by GPTQ.
void buildInt4Gptq(mlir::OpPassManager &manager, const Int4GptqOptions &options);

/// INT3 weights by group, rounded by GPTQ.
void buildInt3Gptq(mlir::OpPassManager &manager, const Int4GptqOptions &options);

struct Int4AwqOptions : CalibratedRecipeOptions {
  enum class Activations : uint8_t { Float, Fp8Static, Fp8Dynamic };
  Option<int64_t> groupSize{*this, "group-size", llvm::cl::desc("Weights that share a scale"), llvm::cl::init(128)};
  Option<bool> asymmetric{*this, "asymmetric", llvm::cl::desc("Store zero points"), llvm::cl::init(false)};
  Option<bool> skipIndivisible{*this, "skip-indivisible", llvm::cl::desc("Leave float what groups do not divide"),
                               llvm::cl::init(false)};
  Option<WeightRounding> rounding{
      *this, "rounding", llvm::cl::desc("How the scaled weights are rounded"), llvm::cl::init(WeightRounding::Rtn),
      llvm::cl::values(clEnumValN(WeightRounding::Rtn, "rtn", "to nearest, after a clip search"),
                       clEnumValN(WeightRounding::Gptq, "gptq", "by GPTQ"))};
  Option<Activations> activations{
      *this, "activations", llvm::cl::desc("Activations"), llvm::cl::init(Activations::Float),
      llvm::cl::values(clEnumValN(Activations::Float, "float", "stay float"),
                       clEnumValN(Activations::Fp8Static, "fp8-static", "FP8, one scale from calibration"),
                       clEnumValN(Activations::Fp8Dynamic, "fp8-dynamic", "FP8, a scale for each token"))};
  Option<double> driftShare{*this, "drift-share",
                            llvm::cl::desc("With rounding=gptq: share of the inputs' drift that weights make up for"),
                            llvm::cl::init(1.0)};
};
/// INT4 weights by group after AWQ's scale search.
void buildInt4Awq(mlir::OpPassManager &manager, const Int4AwqOptions &options);

/// Which recipe serves which use.
struct MixedOptions : CalibratedRecipeOptions {
  Option<std::string> rules{*this, "rules", llvm::cl::desc("File of rules (see quant-plan) that says what to do")};
  Option<double> bits{*this, "bits", llvm::cl::desc("Without rules: bits a weight, scales included"),
                      llvm::cl::init(0.0)};
  Option<std::string> candidates{*this, "candidates",
                                 llvm::cl::desc("Without rules: schemes to choose from (see choose-schemes)"),
                                 llvm::cl::init("i4, group = 64; i8, channel")};
  Option<WeightRounding> rounding{*this, "rounding", llvm::cl::desc("Without rules: how weights are rounded"),
                                  llvm::cl::init(WeightRounding::Rtn),
                                  llvm::cl::values(clEnumValN(WeightRounding::Rtn, "rtn", "to nearest"),
                                                   clEnumValN(WeightRounding::Gptq, "gptq", "by GPTQ"))};
  Option<std::string> rulesOut{*this, "rules-out", llvm::cl::desc("Without rules: file to write the choice to")};
};
/// A scheme and a method for each site, from rules or chosen for a budget of bits.
void buildMixed(mlir::OpPassManager &manager, const MixedOptions &options);

struct AutoOptions : CalibratedRecipeOptions {
  enum class Target : uint8_t { Hopper, Ampere, Cpu };
  enum class Goal : uint8_t { Throughput, Decode, Size, Smallest };
  Option<Target> target{*this, "target", llvm::cl::desc("Where the model will run"), llvm::cl::init(Target::Hopper),
                        llvm::cl::values(clEnumValN(Target::Hopper, "hopper", "a GPU with FP8 (Ada, Hopper and later)"),
                                         clEnumValN(Target::Ampere, "ampere", "an earlier GPU with INT8"),
                                         clEnumValN(Target::Cpu, "cpu", "a CPU"))};
  Option<Goal> goal{*this, "goal", llvm::cl::desc("What matters most"), llvm::cl::init(Goal::Throughput),
                    llvm::cl::values(clEnumValN(Goal::Throughput, "throughput", "tokens a second in large batches"),
                                     clEnumValN(Goal::Decode, "decode", "tokens a second of few requests"),
                                     clEnumValN(Goal::Size, "size", "bytes, at 4 bits"),
                                     clEnumValN(Goal::Smallest, "smallest", "bytes, at 3 bits"))};
};

/// The recipe for a target and a goal.
void buildAuto(mlir::OpPassManager &manager, const AutoOptions &options);

/// The table behind `auto`, for people.
void printRecommendations(llvm::raw_ostream &os);

/// Registers the recipes by name, `auto`, and the names that other tools have for them.
void registerPipelines();
/// The last of these alone.
void registerNamedConfigs();

} // namespace quantopt

#endif // QUANTOPT_PIPELINES_PIPELINES_H
