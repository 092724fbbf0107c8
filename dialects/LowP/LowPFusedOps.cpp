//===- LowPFusedOps.cpp - Quantized contractions --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Verifiers of lowp.quantized_matmul and lowp.mixed_matmul.
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace quantopt::lowp;

/// True when the lengths can be the same at run time.
static bool mayEqual(int64_t a, int64_t b) { return a == b || ShapedType::isDynamic(a) || ShapedType::isDynamic(b); }

static bool isFloat8(Type type) { return isa<Float8E4M3FNType, Float8E5M2Type>(type); }

/// True when a scale of length `count` fits a dimension: one for all, one each, or one for equally long blocks.
static bool fits(int64_t count, int64_t length, bool mayBlock) {
  return count == 1 || mayEqual(count, length) || (mayBlock && count > 0 && length % count == 0);
}

/// Scales of `data`: f32, of rank 2, 1 or the length of the data along the dimension that is not reduced, 1 along the
/// reduction. Those of 8-bit floats may be of blocks along both.
static LogicalResult verifyMatmulScale(QuantizedMatmulOp op, StringRef name, Value data, Value scale,
                                       int64_t reduction) {
  auto dataType = cast<RankedTensorType>(data.getType()), type = cast<RankedTensorType>(scale.getType());
  if (!type.getElementType().isF32() || type.getRank() != 2)
    return op.emitOpError() << name << " scale must be an f32 tensor of rank 2, got " << type;
  bool isGrouped = type.getDimSize(reduction) != 1;
  if (isGrouped && (!isFloat8(dataType.getElementType()) || op.getTransposedRhs()))
    return op.emitOpError() << name << " scale must have length 1 along the reduction (dimension " << reduction
                            << "), got " << type << "; groups along k are for 8-bit floats [n, k]";
  if (isGrouped && !fits(type.getDimSize(reduction), dataType.getDimSize(reduction), /*mayBlock=*/true))
    return op.emitOpError() << name << " scale must divide the reduction of " << dataType.getDimSize(reduction)
                            << " into groups of one length, got " << type;
  int64_t other = 1 - reduction;
  if (!fits(type.getDimSize(other), dataType.getDimSize(other), isGrouped))
    return op.emitOpError() << name << " scale must have length 1 or " << dataType.getDimSize(other)
                            << " along dimension " << other << ", got " << type;
  return success();
}

static LogicalResult verifyBias(Operation *op, Value bias, int64_t columns) {
  if (!bias)
    return success();
  auto type = cast<RankedTensorType>(bias.getType()), result = cast<RankedTensorType>(op->getResult(0).getType());
  bool isResidual = type.getRank() == 2 && mayEqual(type.getDimSize(0), result.getDimSize(0)) &&
                    mayEqual(type.getDimSize(1), columns);
  bool isBias = type.getRank() == 1 && mayEqual(type.getDimSize(0), columns);
  if (!type.getElementType().isF32() || (!isBias && !isResidual))
    return op->emitOpError() << "bias must be an f32 tensor of length " << columns
                             << ", or of the shape of the result, "
                             << "got " << type;
  return success();
}

LogicalResult QuantizedMatmulOp::verify() {
  auto lhs = cast<RankedTensorType>(getLhs().getType()), rhs = cast<RankedTensorType>(getRhs().getType());
  auto result = cast<RankedTensorType>(getResult().getType());
  for (RankedTensorType type : {lhs, rhs})
    if (type.getRank() != 2 || (!type.getElementType().isInteger(8) && !isFloat8(type.getElementType())))
      return emitOpError() << "operands must be tensors of i8, f8E4M3FN or f8E5M2 of rank 2, got " << type;
  if (isFloat8(lhs.getElementType()) != isFloat8(rhs.getElementType()))
    return emitOpError() << "operands must both be i8 or both 8-bit floats, got " << lhs.getElementType() << " and "
                         << rhs.getElementType();
  int64_t k = getRhsReductionDim(), n = 1 - k;
  if (!mayEqual(lhs.getDimSize(1), rhs.getDimSize(k)))
    return emitOpError() << "reduction lengths differ: " << lhs.getDimSize(1) << " and " << rhs.getDimSize(k);
  Type element = result.getElementType();
  if (!element.isF32() && !element.isF16() && !element.isBF16())
    return emitOpError() << "result must be f32, f16 or bf16, got " << element;
  if (result.getRank() != 2 || !mayEqual(result.getDimSize(0), lhs.getDimSize(0)) ||
      !mayEqual(result.getDimSize(1), rhs.getDimSize(n)))
    return emitOpError() << "result must be [" << lhs.getDimSize(0) << ", " << rhs.getDimSize(n) << "], got " << result;
  if (failed(verifyMatmulScale(*this, "lhs", getLhs(), getLhsScale(), 1)) ||
      failed(verifyMatmulScale(*this, "rhs", getRhs(), getRhsScale(), k)))
    return failure();
  return verifyBias(*this, getBias(), rhs.getDimSize(n));
}

//===----------------------------------------------------------------------===//
// lowp.mixed_matmul
//===----------------------------------------------------------------------===//

/// The shapes of rhs, scale and zero as rounding leaves them: [n, k] and [n, groups].
static LogicalResult verifyPlain(MixedMatmulOp op, int64_t k) {
  auto rhs = cast<RankedTensorType>(op.getRhs().getType()), scale = cast<RankedTensorType>(op.getScale().getType());
  if (rhs.getRank() != 2 || !rhs.getElementType().isInteger(4) || !rhs.hasStaticShape())
    return op.emitOpError() << "rhs must be [n, k] of i4, or packed, got " << rhs;
  if (!mayEqual(k, rhs.getDimSize(1)))
    return op.emitOpError() << "reduction lengths differ: " << k << " and " << rhs.getDimSize(1);
  if (scale.getRank() != 2 || !scale.hasStaticShape() || scale.getDimSize(0) != rhs.getDimSize(0) ||
      scale.getDimSize(1) == 0 || rhs.getDimSize(1) % scale.getDimSize(1) != 0)
    return op.emitOpError() << "scale must be [" << rhs.getDimSize(0) << ", groups], the groups of one length, got "
                            << scale;
  Value zero = op.getZero();
  if (zero && zero.getType() != RankedTensorType::get(scale.getShape(), rhs.getElementType()))
    return op.emitOpError() << "zero must have the shape of scale, of i4, got " << zero.getType();
  return success();
}

/// The layout of pack-int4-weights.
static LogicalResult verifyPacked(MixedMatmulOp op, int64_t n, int64_t k) {
  constexpr int64_t kBlock = MixedMatmulOp::kBlock;
  auto rhs = cast<RankedTensorType>(op.getRhs().getType()), scale = cast<RankedTensorType>(op.getScale().getType());
  if (ShapedType::isDynamic(n) || ShapedType::isDynamic(k))
    return op.emitOpError("a packed rhs needs a known n and k");
  int64_t rows = llvm::divideCeil(n, kBlock);
  auto wanted = RankedTensorType::get({rows, int64_t(llvm::divideCeil(k, kBlock)), 128, 4},
                                      IntegerType::get(op.getContext(), 32));
  if (rhs != wanted)
    return op.emitOpError() << "a packed rhs must be " << wanted << ", got " << rhs;
  if (scale.getRank() != 2 || scale.getDimSize(1) != rows * kBlock || scale.getDimSize(0) <= 0 ||
      k % scale.getDimSize(0) != 0)
    return op.emitOpError() << "the scale of a packed rhs must be [groups, " << rows * kBlock << "], got " << scale;
  if (op.getZero() && op.getZero().getType() != scale)
    return op.emitOpError() << "the zero of a packed rhs must have the type of scale, got " << op.getZero().getType();
  return success();
}

LogicalResult MixedMatmulOp::verify() {
  auto lhs = cast<RankedTensorType>(getLhs().getType()), result = cast<RankedTensorType>(getResult().getType());
  Type element = lhs.getElementType();
  if (lhs.getRank() != 2 || (!element.isF16() && !element.isBF16()))
    return emitOpError() << "lhs must be [m, k] of f16 or bf16, got " << lhs;
  Type scale = getElementTypeOrSelf(getScale().getType());
  if (scale != element && (isPacked() || !scale.isF32()))
    return emitOpError() << "scale must be of the type of lhs, " << element << (isPacked() ? "" : ", or f32")
                         << ", got " << scale;
  if (result.getRank() != 2 || !mayEqual(result.getDimSize(0), lhs.getDimSize(0)) ||
      (result.getElementType() != element && !result.getElementType().isF32()))
    return emitOpError() << "result must be [m, n] of f32 or of the type of lhs, got " << result;
  if (failed(isPacked() ? verifyPacked(*this, result.getDimSize(1), lhs.getDimSize(1))
                        : verifyPlain(*this, lhs.getDimSize(1))))
    return failure();
  if (!isPacked() && !mayEqual(result.getDimSize(1), cast<RankedTensorType>(getRhs().getType()).getDimSize(0)))
    return emitOpError() << "result must be [m, n] of f32 or of the type of lhs, got " << result;
  return verifyBias(*this, getBias(), result.getDimSize(1));
}
