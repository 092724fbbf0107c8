//===- LaunchMetadata.h - How to launch the kernels --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TARGET_PTX_LAUNCHMETADATA_H
#define QUANTOPT_LIB_TARGET_PTX_LAUNCHMETADATA_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/JSON.h"

namespace quantopt {

/// One entry for each gpu.launch_func of `module`, in program order; the form is in the description of write-ptx.
/// Failure with a diagnostic on a launch whose kernel has no such arguments.
mlir::FailureOr<llvm::json::Array> describeLaunches(mlir::ModuleOp module);

} // namespace quantopt

#endif // QUANTOPT_LIB_TARGET_PTX_LAUNCHMETADATA_H
