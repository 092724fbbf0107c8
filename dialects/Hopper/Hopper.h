//===- Hopper.h - The hopper dialect -----------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef HOPPER_HOPPER_H
#define HOPPER_HOPPER_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/LLVMIR/LLVMTypes.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "Hopper/HopperDialect.h.inc"
#include "Hopper/HopperEnums.h.inc"

#define GET_TYPEDEF_CLASSES
#include "Hopper/HopperTypes.h.inc"

#define GET_OP_CLASSES
#include "Hopper/HopperOps.h.inc"

namespace quantopt::hopper {

/// Empty when wgmma has a shape of `n` columns for these elements, else the rule that `n` breaks (PTX ISA, wgmma).
std::string checkWgmmaColumns(int64_t n, bool isInteger);

} // namespace quantopt::hopper

#endif // HOPPER_HOPPER_H
