//===- Patterns.h - The patterns of convert-lowp-to-linalg -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CONVERSION_LOWPTOLINALG_PATTERNS_H
#define QUANTOPT_LIB_CONVERSION_LOWPTOLINALG_PATTERNS_H

#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Transforms/DialectConversion.h"

namespace quantopt {

/// True for 2 to 7 bit integers and the two 8-bit floats: what has no byte form of its own on a CPU.
bool isNarrowType(mlir::Type type);

/// Tensors of narrow elements become tensors of i8.
class CarrierTypeConverter : public mlir::TypeConverter {
public:
  CarrierTypeConverter();
};

/// lowp.quantize, dequantize, fake_quant, observe, store.
void populateCastPatterns(const mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);
/// lowp.choose_params.
void populateChooseParamsPatterns(const mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);
/// lowp.quantized_matmul.
void populateQuantizedMatmulPatterns(const mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);
/// The sums of products of `lhs` [m, k] and `rhs`, [n, k] or [k, n], as [m, n] of `sum`; `sizes` are m and n.
mlir::Value emitMatmul(mlir::ImplicitLocOpBuilder &b, mlir::Value lhs, mlir::Value rhs, bool rhsIsKN, mlir::Type sum,
                       llvm::ArrayRef<mlir::OpFoldResult> sizes);
/// lowp.mixed_matmul.
void populateMixedMatmulPatterns(const mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);
/// What other dialects do with narrow tensors.
void populateNarrowTypePatterns(const mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);

} // namespace quantopt

#endif // QUANTOPT_LIB_CONVERSION_LOWPTOLINALG_PATTERNS_H
