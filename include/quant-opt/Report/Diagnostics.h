//===- Diagnostics.h - Diagnostics of the tools, a line each -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_REPORT_DIAGNOSTICS_H
#define QUANTOPT_REPORT_DIAGNOSTICS_H

#include "mlir/IR/MLIRContext.h"

namespace quantopt {

/// Prints the diagnostics of `context` to stderr as `FILE:LINE:COLUMN: error: TEXT`. Operations of an imported model
/// have no place in a file; the text names their site.
void printDiagnosticsAsLines(mlir::MLIRContext &context);

} // namespace quantopt

#endif // QUANTOPT_REPORT_DIAGNOSTICS_H
