//===- Report.h - What was done to a model, as JSON --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_REPORT_REPORT_H
#define QUANTOPT_REPORT_REPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace quantopt {

/// Discardable attributes by which passes leave their results on a contraction.
/// Relative Frobenius error of the contraction's output, ||X (W - Q)^T|| / ||X W^T||, f64.
inline constexpr llvm::StringLiteral kErrorAttrName = "lowp.error";
/// Relative Frobenius error of the weight alone, ||W - Q|| / ||W||, f64.
inline constexpr llvm::StringLiteral kWeightErrorAttrName = "lowp.weight_error";
/// Further facts by name (damping, fallback, ...), a dictionary of scalars and strings.
inline constexpr llvm::StringLiteral kDetailsAttrName = "lowp.details";

/// Adds to the details of `op`; those of a name that is there are replaced.
void addDetails(mlir::Operation *op, llvm::ArrayRef<mlir::NamedAttribute> details);

/// One entry a contraction, in program order: site, scheme, input_scheme, method, status (quantized | skipped), reason,
/// error, weight_error, details. Derived from the IR alone.
llvm::json::Array describeContractions(mlir::ModuleOp module);

/// Bytes of all weights that the module refers to, as stored: each store key and each constant once.
uint64_t getWeightBytes(mlir::ModuleOp module);

/// Writes `report` beside `path`, to be put in place when what it tells of is.
llvm::Expected<PendingFile> prepareReport(llvm::json::Object report, llvm::StringRef path);

/// Largest resident set of this process so far, in bytes.
uint64_t getPeakRssBytes();

} // namespace quantopt

#endif // QUANTOPT_REPORT_REPORT_H
