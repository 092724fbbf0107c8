//===- HopperDialect.cpp - Registration -----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Hopper/Hopper.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace quantopt::hopper;

#include "Hopper/HopperDialect.cpp.inc"
#include "Hopper/HopperEnums.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "Hopper/HopperTypes.cpp.inc"

void HopperDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "Hopper/HopperTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "Hopper/HopperOps.cpp.inc"
      >();
}
