//===- PlainRounding.h - Weights to their nearest codes ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TRANSFORMS_PLAINROUNDING_H
#define QUANTOPT_LIB_TRANSFORMS_PLAINROUNDING_H

#include "mlir/IR/BuiltinOps.h"

namespace quantopt {

struct PlainRoundingOptions {
  /// The pass, for remarks, and the method of the plans that it obeys.
  llvm::StringRef passName, method;
  /// Scales to try for each block beside that of the largest magnitude.
  unsigned searchSteps = 0;
  /// Static input ranges are widened by 2^inputMargin.
  double inputMargin = 0;
};

/// Carries out every plan of `options.method` in `module` by rounding weights to nearest: what rtn-round and fp8-cast
/// share. A weight that has no scale (NaN or infinity in it) is skipped with `lowp.skip`. Fails with an error on an op.
mlir::LogicalResult roundPlainly(mlir::ModuleOp module, const PlainRoundingOptions &options);

} // namespace quantopt

#endif // QUANTOPT_LIB_TRANSFORMS_PLAINROUNDING_H
