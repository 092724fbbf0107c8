//===- quant-opt.cpp - The pass driver ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/DialectRegistry.h"
#include "quant-opt/Driver/QuantOptMain.h"
#include "quant-opt/InitAll.h"

int main(int argc, char **argv) {
  quantopt::registerAllPasses();
  mlir::DialectRegistry registry;
  quantopt::registerAllDialects(registry);
  return quantopt::quantOptMain(argc, argv, registry);
}
