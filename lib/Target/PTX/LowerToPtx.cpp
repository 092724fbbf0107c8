//===- LowerToPtx.cpp - The stages from QDQ form to PTX -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Conversion/ConvertToLLVM/ToLLVMPass.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/GPU/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "quant-opt/Conversion/Passes.h"
#include "quant-opt/Pipelines/RegisterPipeline.h"
#include "quant-opt/Target/PTX.h"
#include "quant-opt/Transforms/Passes.h"

using namespace mlir;
using namespace quantopt;

/// Newer instructions than the chip's first PTX version has; LLVM ends the process where one is missing.
static constexpr llvm::StringLiteral kFeatures = "+ptx86";

/// gpu modules from nvvm, llvm, scf and arith to llvm and nvvm alone.
static void addKernelLowering(OpPassManager &manager) {
  OpPassManager &kernels = manager.nest<gpu::GPUModuleOp>();
  kernels.addPass(createConvertHopperToLLVM());
  kernels.addPass(createSCFToControlFlowPass());
  kernels.addPass(arith::createArithExpandOpsPass());
  kernels.addPass(createConvertToLLVMPass());
  kernels.addPass(createReconcileUnrealizedCastsPass());
  kernels.addPass(createCanonicalizerPass());
  kernels.addPass(createCSEPass());
}

void quantopt::buildLowerToKernels(OpPassManager &manager, const LowerToPtxOptions &options) {
  manager.addNestedPass<func::FuncOp>(createFuseQuantizedMatmul());
  FuseMixedMatmulOptions mixed;
  mixed.activations = options.activations;
  manager.addNestedPass<func::FuncOp>(createFuseMixedMatmul(mixed));
  // Elsewhere no kernel reads packed weights.
  if (options.chip == "sm_90a") {
    PackInt4WeightsOptions packing;
    packing.roundScales = !options.activations.empty();
    manager.addPass(createPackInt4Weights(packing));
  }
  ScheduleKernelsOptions scheduling;
  scheduling.chip = options.chip;
  scheduling.rows = options.rows;
  manager.addNestedPass<func::FuncOp>(createScheduleKernels(scheduling));
  manager.addPass(createConvertLowPToNVVM());
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
  GpuNVVMAttachTargetOptions target;
  target.chip = options.chip;
  target.features = kFeatures.str();
  target.optLevel = 3;
  manager.addPass(createGpuNVVMAttachTarget(target));
  addKernelLowering(manager);
}

void quantopt::buildLowerToPtx(OpPassManager &manager, const LowerToPtxOptions &options) {
  buildLowerToKernels(manager, options);
  WritePtxOptions writing;
  writing.output = options.output;
  writing.ptxas = options.ptxas;
  manager.addPass(createWritePtx(writing));
}

LogicalResult quantopt::lowerToPtx(ModuleOp module, const LowerToPtxOptions &options) {
  PassManager manager(module.getContext());
  buildLowerToPtx(manager, options);
  return manager.run(module);
}

void quantopt::registerLowerToPtxPipeline() {
  registerPipeline<LowerToPtxOptions>("lower-to-ptx", "Turn quantized contractions into PTX files with launch metadata",
                                      buildLowerToPtx);
}
