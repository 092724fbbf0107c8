//===- PTX.h - Kernels as PTX files ------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From a module with quantized contractions to a folder of PTX, launch metadata and a report of what ptxas allocates.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TARGET_PTX_H
#define QUANTOPT_TARGET_PTX_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassOptions.h"

namespace quantopt {

#define GEN_PASS_DECL
#include "quant-opt/Target/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "quant-opt/Target/Passes.h.inc"

struct LowerToPtxOptions : mlir::PassPipelineOptions<LowerToPtxOptions> {
  Option<std::string> chip{*this, "chip", llvm::cl::desc("Target, as ptxas names it; sm_80 or newer"),
                           llvm::cl::init("sm_90a")};
  Option<std::string> output{*this, "output", llvm::cl::desc("Folder to write to, or - for PTX on stdout")};
  Option<int64_t> rows{*this, "rows", llvm::cl::desc("Tokens to choose schedules for where their number is not known"),
                       llvm::cl::init(4096)};
  Option<std::string> activations{
      *this, "activations",
      llvm::cl::desc(
          "f16 or bf16: multiply 4-bit weights with f32 activations in that type; activations and scales are "
          "rounded to it")};
  Option<std::string> ptxas{*this, "ptxas", llvm::cl::desc("The assembler (default: from PATH or the CUDA toolkit)")};
};

/// The stages up to kernels in llvm and nvvm, with the target that `options` name: all of lower-to-ptx but write-ptx.
void buildLowerToKernels(mlir::OpPassManager &manager, const LowerToPtxOptions &options);

/// A gpu.module as PTX.
struct PtxKernel {
  std::string name; ///< of the gpu.module
  std::string chip, text;
};

/// The PTX of every gpu.module of `module`, in order. Failure leaves a diagnostic: no target, or one that is no chip.
mlir::FailureOr<llvm::SmallVector<PtxKernel>> generatePtx(mlir::ModuleOp module);

/// The stages: fuse-quantized-matmul, fuse-mixed-matmul, pack-int4-weights, schedule-kernels, convert-lowp-to-nvvm, gpu
/// modules to llvm, write-ptx.
void buildLowerToPtx(mlir::OpPassManager &manager, const LowerToPtxOptions &options);

/// Runs them on `module`; the folder of `options` then holds <kernel>.ptx, launch.json and resources.json. Failure
/// leaves a diagnostic, and the files of an earlier run whole.
mlir::LogicalResult lowerToPtx(mlir::ModuleOp module, const LowerToPtxOptions &options);

/// Registers the pipeline lower-to-ptx.
void registerLowerToPtxPipeline();

} // namespace quantopt

#endif // QUANTOPT_TARGET_PTX_H
