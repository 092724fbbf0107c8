//===- Passes.h - Passes over linear-algebra IR ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TRANSFORMS_PASSES_H
#define QUANTOPT_TRANSFORMS_PASSES_H

#include "LowP/LowP.h"
#include "mlir/Pass/Pass.h"

namespace quantopt {

#define GEN_PASS_DECL
#include "quant-opt/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "quant-opt/Transforms/Passes.h.inc"

} // namespace quantopt

#endif // QUANTOPT_TRANSFORMS_PASSES_H
