//===- LowerTosa.cpp - TOSA to linalg on tensors --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Upstream's lowering, in an order that leaves none of the dialect, and only
// where there is any: its cleanups would touch other IR as well.
//
//===----------------------------------------------------------------------===//

#include "mlir/Conversion/TosaToArith/TosaToArith.h"
#include "mlir/Conversion/TosaToLinalg/TosaToLinalg.h"
#include "mlir/Conversion/TosaToMLProgram/TosaToMLProgram.h"
#include "mlir/Conversion/TosaToSCF/TosaToSCF.h"
#include "mlir/Conversion/TosaToTensor/TosaToTensor.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Pass/PassManager.h"
#include "quant-opt/Conversion/Passes.h"

namespace quantopt {
#define GEN_PASS_DEF_LOWERTOSA
#include "quant-opt/Conversion/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;

namespace {
struct LowerTosa : quantopt::impl::LowerTosaBase<LowerTosa> {
  void getDependentDialects(DialectRegistry &registry) const override {
    OpPassManager manager(ModuleOp::getOperationName());
    buildPipeline(manager);
    manager.getDependentDialects(registry);
  }

  void runOnOperation() override {
    WalkResult found = getOperation().walk([](Operation *op) {
      return isa_and_nonnull<tosa::TosaDialect>(op->getDialect()) ? WalkResult::interrupt() : WalkResult::advance();
    });
    if (!found.wasInterrupted())
      return markAllAnalysesPreserved();
    OpPassManager manager(ModuleOp::getOperationName());
    buildPipeline(manager);
    if (failed(runPipeline(manager, getOperation())))
      signalPassFailure();
  }

private:
  static void buildPipeline(OpPassManager &manager) {
    tosa::addTosaToLinalgPasses(manager, TosaToLinalgOptions(), TosaToLinalgNamedOptions(), std::nullopt);
    manager.addNestedPass<func::FuncOp>(createTosaToArithPass());
    manager.addNestedPass<func::FuncOp>(createTosaToTensorPass());
    manager.addNestedPass<func::FuncOp>(createTosaToSCFPass());
    manager.addPass(createTosaToMLProgram());
  }
};
} // namespace
