//===- LowerEffects.h - Checks and launches to runtime calls -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXECUTION_LOWEREFFECTS_H
#define QUANTOPT_LIB_EXECUTION_LOWEREFFECTS_H

#include "Effects.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace quantopt::execution {

/// Name of the function that check `index` calls with (i64 index, actual, expected).
std::string getExpectName(unsigned index);

/// Checks become calls on tensors, which narrow types and bufferization treat as any other, and are described in
/// `effects`. Fails on elements that cannot be passed in memory.
mlir::LogicalResult convertChecks(mlir::ModuleOp module, Effects &effects);
/// Those calls, on the buffers of the tensors.
void passCheckedValues(mlir::ModuleOp module);

/// Each gpu.launch_func in `entry` becomes a call of a function of its own, which says by attributes what is launched;
/// kernels are looked up from `from`. Fails on arguments that are neither contiguous buffers nor numbers.
mlir::LogicalResult outlineLaunches(mlir::func::FuncOp entry, mlir::Operation *from);
/// True for a function that outlineLaunches made.
bool isLaunchCallee(mlir::Operation *op);
/// Those calls, on buffers by now, become calls of the runtime with everything in an array of words.
void convertLaunches(mlir::ModuleOp module, Effects &effects);

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_LOWEREFFECTS_H
