//===- ConstantRewrite.h - Reading and replacing weights ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TRANSFORMS_CONSTANTREWRITE_H
#define QUANTOPT_LIB_TRANSFORMS_CONSTANTREWRITE_H

#include "LowP/LowP.h"
#include "mlir/IR/Builders.h"

namespace quantopt {

/// The elements of a constant-like value (lowp.weight, dense constant) as f32, to be changed.
/// Fails with `reason` set when `value` is none or cannot be read.
mlir::FailureOr<std::vector<float>> readFloats(mlir::Value value, std::string &reason);

/// A constant of `elements` with the type of `value`, made as `value` was: another key of the same store (stored as
/// f32: a rescaled weight has no reason to fit the narrower type it came in), or an inline constant. Inserted at
/// `value`'s op. Fails with an error on it.
mlir::FailureOr<mlir::Value> createConstantLike(mlir::Value value, llvm::ArrayRef<float> elements);

} // namespace quantopt

#endif // QUANTOPT_LIB_TRANSFORMS_CONSTANTREWRITE_H
