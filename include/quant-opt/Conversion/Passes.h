//===- Passes.h - Passes from one dialect to another -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CONVERSION_PASSES_H
#define QUANTOPT_CONVERSION_PASSES_H

#include "mlir/Pass/Pass.h"

// Dialects are included by the passes that need them: NVVM alone costs each file that includes it six seconds.
namespace quantopt {

#define GEN_PASS_DECL
#include "quant-opt/Conversion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "quant-opt/Conversion/Passes.h.inc"

} // namespace quantopt

#endif // QUANTOPT_CONVERSION_PASSES_H
