//===- InitAll.cpp - Registers everything ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/InitAll.h"
#include "Check/Check.h"
#include "Hopper/Hopper.h"
#include "LowP/LowP.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "quant-opt/Conversion/Passes.h"
#include "quant-opt/Export/Passes.h"
#include "quant-opt/Pipelines/Pipelines.h"
#include "quant-opt/Target/PTX.h"
#include "quant-opt/Transforms/Passes.h"

void quantopt::registerAllDialects(mlir::DialectRegistry &registry) {
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  mlir::registerAllToLLVMIRTranslations(registry);
  registry.insert<check::CheckDialect, hopper::HopperDialect, lowp::LowPDialect>();
}

void quantopt::registerOwnPasses() {
  registerQuantOptConversionPasses();
  registerQuantOptExportPasses();
  registerQuantOptTargetPasses();
  registerQuantOptTransformsPasses();
  registerLowerToPtxPipeline();
  registerPipelines();
}

void quantopt::registerAllPasses() {
  mlir::registerAllPasses();
  registerOwnPasses();
}
