//===- CodeArithmetic.h - Scalar arithmetic on codes -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The numbered rules of docs/numerics.md as operations on scalars, for the
// bodies of loops. A code of any type is carried as i8: integers
// sign-extended, 8-bit floats as their bits.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CONVERSION_LOWPTOLINALG_CODEARITHMETIC_H
#define QUANTOPT_LIB_CONVERSION_LOWPTOLINALG_CODEARITHMETIC_H

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace quantopt {

/// The type to compute in (rule N3): f32, or f64 if integer codes meet an f64 value or scale.
mlir::FloatType getComputeType(mlir::Type code, mlir::Type real, mlir::Type scale);

/// `value` extended or rounded to `type`.
mlir::Value emitFloatCast(mlir::ImplicitLocOpBuilder &b, mlir::Value value, mlir::FloatType type);

/// Float constant, rounded to `type`.
mlir::Value emitFloat(mlir::ImplicitLocOpBuilder &b, mlir::Type type, double value);

/// The code of `real` (rules N1, N4, N6), as i8. `zero` is the zero point as i8, or null.
mlir::Value emitQuantize(mlir::ImplicitLocOpBuilder &b, mlir::Type code, mlir::Value real, mlir::Value scale,
                         mlir::Value zero);

/// The value of the i8 `carried`, in `result`'s type (rule N4).
mlir::Value emitDequantize(mlir::ImplicitLocOpBuilder &b, mlir::Type code, mlir::Value carried, mlir::Value scale,
                           mlir::Value zero, mlir::FloatType result);

/// `value` clamped to the range of integer `code` and converted to i8; NaN gives 0 (rule N1).
mlir::Value emitSaturate(mlir::ImplicitLocOpBuilder &b, mlir::Value value, mlir::IntegerType code);

/// The bits, as i8, of the f32 `value` in 8-bit float type `code`, rounded half to even. Beyond the largest finite
/// value: that value if `saturate` (rule N6), else what arith.truncf gives, NaN (f8E4M3FN) or infinity (f8E5M2).
mlir::Value emitEncodeFloat8(mlir::ImplicitLocOpBuilder &b, mlir::Value value, mlir::Type code, bool saturate);

/// The f32 value of the bits `carried` (i8) of 8-bit float type `code`.
mlir::Value emitDecodeFloat8(mlir::ImplicitLocOpBuilder &b, mlir::Value carried, mlir::Type code);

} // namespace quantopt

#endif // QUANTOPT_LIB_CONVERSION_LOWPTOLINALG_CODEARITHMETIC_H
