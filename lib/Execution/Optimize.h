//===- Optimize.h - LLVM's optimizer for this machine ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXECUTION_OPTIMIZE_H
#define QUANTOPT_LIB_EXECUTION_OPTIMIZE_H

#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/IR/BuiltinOps.h"

namespace quantopt::execution {

/// An engine for a module in the LLVM dialect, optimized for the host, with vector math from libmvec where it is there.
llvm::Expected<std::unique_ptr<mlir::ExecutionEngine>> createEngine(mlir::ModuleOp module);

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_OPTIMIZE_H
