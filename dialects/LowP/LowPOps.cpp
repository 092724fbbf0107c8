//===- LowPOps.cpp - Operations of the lowp dialect -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/IR/OpImplementation.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

#define GET_OP_CLASSES
#include "LowP/LowPOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Shared rules
//===----------------------------------------------------------------------===//

int64_t lowp::getBlockLength(RankedTensorType data, RankedTensorType scale, int64_t dim) {
  int64_t length = data.getDimSize(dim), count = scale.getDimSize(dim);
  if (ShapedType::isDynamic(count))
    return 1;
  if (count == 1)
    return length;
  if (ShapedType::isDynamic(length))
    return ShapedType::kDynamic;
  return length / count;
}

/// Rule N7: parameters have the rank of the data, and each dimension is divided evenly.
static LogicalResult verifyParams(Operation *op, StringRef name, RankedTensorType data, RankedTensorType params) {
  if (data.getRank() != params.getRank())
    return op->emitOpError() << name << " must have the rank of the input (" << data.getRank() << "), got "
                             << params.getRank() << "; reshape it to one entry a block";
  for (int64_t dim = 0; dim < data.getRank(); ++dim) {
    int64_t length = data.getDimSize(dim), count = params.getDimSize(dim);
    if (ShapedType::isDynamic(count) || count == 1)
      continue;
    if (ShapedType::isDynamic(length))
      return op->emitOpError() << name << " dimension " << dim << " is " << count
                               << " but the input's is dynamic; use 1 or a dynamic dimension";
    if (count == 0 || length % count != 0)
      return op->emitOpError() << name << " dimension " << dim << " (" << count << ") does not divide the input's ("
                               << length << ")";
  }
  return success();
}

static bool isCode(Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  return (integer && integer.getWidth() >= 2 && integer.getWidth() <= 8) || isa<Float8E4M3FNType, Float8E5M2Type>(type);
}

/// The rules that quantize, dequantize and fake_quant share; `code` is the element type of the codes.
static LogicalResult verifyCast(Operation *op, RankedTensorType real, Type code, Value scale, Value zeroPoint) {
  if (!isa<FloatType>(real.getElementType()) || isCode(real.getElementType()))
    return op->emitOpError() << "values must be f16, bf16, f32 or f64, got " << real.getElementType();
  if (!isCode(code))
    return op->emitOpError() << "codes must be i2 to i8, f8E4M3FN or f8E5M2, got " << code;
  auto scaleType = cast<RankedTensorType>(scale.getType());
  if (!isa<FloatType>(scaleType.getElementType()))
    return op->emitOpError() << "scale must be a float tensor, got " << scaleType.getElementType();
  if (failed(verifyParams(op, "scale", real, scaleType)))
    return failure();
  if (!zeroPoint)
    return success();
  auto zeroType = cast<RankedTensorType>(zeroPoint.getType());
  if (isa<FloatType>(code))
    return op->emitOpError() << "float codes have no zero point";
  if (zeroType.getElementType() != code)
    return op->emitOpError() << "zero point must have the type of the codes (" << code << "), got "
                             << zeroType.getElementType();
  if (zeroType.getShape() != scaleType.getShape())
    return op->emitOpError() << "zero point and scale must have one shape";
  return success();
}

//===----------------------------------------------------------------------===//
// Verifiers
//===----------------------------------------------------------------------===//

LogicalResult WeightOp::verifySymbolUses(SymbolTableCollection &symbols) {
  if (getKey().getNestedReferences().size() != 1)
    return emitOpError() << "key must be @store::@\"name\", got " << getKey();
  auto store = symbols.lookupNearestSymbolFrom<StoreOp>(*this, getKey().getRootReference());
  if (!store)
    return emitOpError() << "no lowp.store named @" << getKey().getRootReference().getValue() << " in the module";
  return success();
}

LogicalResult QuantizeOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  auto result = cast<RankedTensorType>(getResult().getType());
  if (failed(verifyCompatibleShape(input, result)))
    return emitOpError() << "input and result must have one shape";
  return verifyCast(*this, input, result.getElementType(), getScale(), getZeroPoint());
}

LogicalResult DequantizeOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  auto result = cast<RankedTensorType>(getResult().getType());
  if (failed(verifyCompatibleShape(input, result)))
    return emitOpError() << "input and result must have one shape";
  return verifyCast(*this, result, input.getElementType(), getScale(), getZeroPoint());
}

LogicalResult FakeQuantOp::verify() {
  return verifyCast(*this, cast<RankedTensorType>(getInput().getType()), getElement(), getScale(), getZeroPoint());
}

LogicalResult ChooseParamsOp::verify() {
  SchemeInterface scheme = getScheme();
  if (scheme.isSymmetric() == bool(getZeroPoint()))
    return emitOpError() << (scheme.isSymmetric() ? "a symmetric scheme gives no zero point"
                                                  : "an asymmetric scheme gives a zero point too");
  auto input = cast<RankedTensorType>(getInput().getType());
  return verifyCast(*this, input, scheme.getStorageType(), getScale(), getZeroPoint());
}
