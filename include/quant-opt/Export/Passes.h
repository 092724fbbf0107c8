//===- Passes.h - Passes that write models -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EXPORT_PASSES_H
#define QUANTOPT_EXPORT_PASSES_H

#include "LowP/LowP.h"
#include "mlir/Pass/Pass.h"

namespace quantopt {

#define GEN_PASS_DECL
#include "quant-opt/Export/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "quant-opt/Export/Passes.h.inc"

/// The pipeline that made a module, as text, on the module: exported folders say it.
inline constexpr llvm::StringLiteral kPipelineAttrName = "lowp.pipeline";

} // namespace quantopt

#endif // QUANTOPT_EXPORT_PASSES_H
