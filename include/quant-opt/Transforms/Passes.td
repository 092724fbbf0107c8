//===- Passes.td - Passes over linear-algebra IR ------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TRANSFORMS_PASSES
#define QUANTOPT_TRANSFORMS_PASSES

include "mlir/Pass/PassBase.td"

#endif // QUANTOPT_TRANSFORMS_PASSES
