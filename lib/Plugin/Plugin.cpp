//===- Plugin.cpp - Our dialects and passes in stock mlir-opt -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// mlir-opt knows plugin passes only inside --pass-pipeline, not as flags.
//
//===----------------------------------------------------------------------===//

#include "Hopper/Hopper.h"
#include "LowP/LowP.h"
#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "quant-opt/InitAll.h"

extern "C" LLVM_ATTRIBUTE_WEAK mlir::DialectPluginLibraryInfo mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "QuantOpt", LLVM_VERSION_STRING, [](mlir::DialectRegistry *registry) {
            registry->insert<quantopt::hopper::HopperDialect, quantopt::lowp::LowPDialect>();
          }};
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::PassPluginLibraryInfo mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "QuantOpt", LLVM_VERSION_STRING, [] { quantopt::registerOwnPasses(); }};
}
