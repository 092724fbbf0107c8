//===- RunArrays.h - A function over arrays of numpy -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EVALUATION_RUNARRAYS_H
#define QUANTOPT_EVALUATION_RUNARRAYS_H

#include "quant-opt/Checkpoint/Npz.h"
#include "quant-opt/Execution/Execution.h"

namespace quantopt {

/// Runs `function` on the arrays named in0, in1, ... of `inputs` and returns its results as out0, out1, ...
/// A missing array, a wrong dtype or a wrong shape is an error that names `file`, where they are from, the array and
/// the argument.
mlir::FailureOr<std::vector<NamedArray>> runOnArrays(mlir::func::FuncOp function, llvm::ArrayRef<NamedArray> inputs,
                                                     llvm::StringRef file, const ExecutionOptions &options);

} // namespace quantopt

#endif // QUANTOPT_EVALUATION_RUNARRAYS_H
