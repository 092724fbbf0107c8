//===- PlanOnly.h - What a pipeline would do, before it does it --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_DRIVER_PLANONLY_H
#define QUANTOPT_LIB_DRIVER_PLANONLY_H

#include "mlir/Tools/mlir-opt/MlirOptMain.h"

namespace quantopt {

/// Adds the pipeline of `config` up to verify-planned, with which all decisions are made and no sample has run, and a
/// pass that prints the plan to stdout: scheme, method and bytes of each contraction, or why it is left as it is, and
/// the bytes of all weights before and after. Fails with an error where the pipeline plans nothing.
mlir::LogicalResult addPlanOnly(mlir::PassManager &manager, const mlir::MlirOptMainConfig &config);

} // namespace quantopt

#endif // QUANTOPT_LIB_DRIVER_PLANONLY_H
