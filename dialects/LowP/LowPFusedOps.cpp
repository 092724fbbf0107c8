//===- LowPFusedOps.cpp - Quantized contractions --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The verifier of lowp.quantized_matmul.
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"

using namespace mlir;
using namespace quantopt::lowp;

/// True when the lengths can be the same at run time.
static bool mayEqual(int64_t a, int64_t b) { return a == b || ShapedType::isDynamic(a) || ShapedType::isDynamic(b); }

/// Scales of `data`: f32, of rank 2, 1 along the reduction, 1 or the length of the data along the other dimension.
static LogicalResult verifyMatmulScale(Operation *op, StringRef name, Value data, Value scale, int64_t reduction) {
  auto dataType = cast<RankedTensorType>(data.getType()), type = cast<RankedTensorType>(scale.getType());
  if (!type.getElementType().isF32() || type.getRank() != 2)
    return op->emitOpError() << name << " scale must be an f32 tensor of rank 2, got " << type;
  if (type.getDimSize(reduction) != 1)
    return op->emitOpError() << name << " scale must have length 1 along the reduction (dimension " << reduction
                             << "), got " << type << "; groups along k need another operation";
  int64_t other = 1 - reduction, count = type.getDimSize(other);
  if (count != 1 && !mayEqual(count, dataType.getDimSize(other)))
    return op->emitOpError() << name << " scale must have length 1 or " << dataType.getDimSize(other)
                             << " along dimension " << other << ", got " << type;
  return success();
}

LogicalResult QuantizedMatmulOp::verify() {
  auto lhs = cast<RankedTensorType>(getLhs().getType()), rhs = cast<RankedTensorType>(getRhs().getType());
  auto result = cast<RankedTensorType>(getResult().getType());
  for (RankedTensorType type : {lhs, rhs})
    if (type.getRank() != 2 || !type.getElementType().isInteger(8))
      return emitOpError() << "operands must be i8 tensors of rank 2, got " << type;
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
  if (!getBias())
    return success();
  auto bias = cast<RankedTensorType>(getBias().getType());
  if (bias.getRank() != 1 || !bias.getElementType().isF32() || !mayEqual(bias.getDimSize(0), rhs.getDimSize(n)))
    return emitOpError() << "bias must be an f32 tensor of length " << rhs.getDimSize(n) << ", got " << bias;
  return success();
}
