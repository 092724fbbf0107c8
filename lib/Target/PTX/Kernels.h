//===- Kernels.h - gpu modules before and after they are PTX -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TARGET_PTX_KERNELS_H
#define QUANTOPT_LIB_TARGET_PTX_KERNELS_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/BuiltinOps.h"

namespace quantopt {

/// Moves what all gpu.modules hold into the first one, whose target they share. Declarations that are equal are kept
/// once, other equal names get new ones; kernels keep theirs. Launches still name the old modules.
void mergeKernels(mlir::ModuleOp module);

/// Leaves of a gpu.module the kernels, as declarations: their names, types and what they do with each argument.
void reduceToDeclarations(mlir::gpu::GPUModuleOp module);

} // namespace quantopt

#endif // QUANTOPT_LIB_TARGET_PTX_KERNELS_H
