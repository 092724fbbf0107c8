//===- LowPOps.cpp - Operations of the lowp dialect -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

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
  if (!isa<FloatType>(scaleType.getElementType()) || scaleType.getElementTypeBitWidth() < 16)
    return op->emitOpError() << "scale must be a float of at least 16 bits, got " << scaleType.getElementType();
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
// Builders
//===----------------------------------------------------------------------===//

Value lowp::createRunTimeQdq(OpBuilder &builder, Location loc, Value value, ArrayRef<int64_t> scaleShape,
                             SchemeInterface scheme) {
  auto type = cast<RankedTensorType>(value.getType());
  auto scaleType = RankedTensorType::get(scaleShape, builder.getF32Type());
  Type code = scheme.getStorageType();
  Type zeroType = scheme.isSymmetric() ? Type() : Type(scaleType.clone(code));
  auto params = ChooseParamsOp::create(builder, loc, scaleType, zeroType, value, scheme);
  auto codes = QuantizeOp::create(builder, loc, type.clone(code), value, params.getScale(), params.getZeroPoint());
  return DequantizeOp::create(builder, loc, type, codes, params.getScale(), params.getZeroPoint());
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

LogicalResult StoreOp::verify() {
  if (getPath().empty())
    return emitOpError() << "path must name a file or folder";
  if (getId().size() != 16 || !llvm::all_of(getId(), llvm::isHexDigit))
    return emitOpError() << "id must be 16 hex digits, got '" << getId() << "'";
  return success();
}

LogicalResult ObserveOp::verify() {
  if (getSite().empty())
    return emitOpError() << "site must not be empty: statistics are filed under it";
  if (!isa<FloatType>(cast<RankedTensorType>(getInput().getType()).getElementType()))
    return emitOpError() << "observes float tensors, got " << getInput().getType();
  return success();
}

/// The block that `scale` gives each parameter must be the one `scheme` asks for, where that is visible in shapes.
static LogicalResult verifyGranularity(ChooseParamsOp op, SchemeAttr scheme) {
  auto input = cast<RankedTensorType>(op.getInput().getType());
  auto scale = cast<RankedTensorType>(op.getScale().getType());
  auto hasBlock = [&](int64_t dim, int64_t length) {
    int64_t block = getBlockLength(input, scale, dim);
    return block == length || ShapedType::isDynamic(block);
  };
  bool matches = true;
  switch (scheme.getGranularity()) {
  case Granularity::Tensor:
    matches = llvm::all_of(scale.getShape(), [](int64_t count) { return count == 1; });
    break;
  case Granularity::Group:
    matches = llvm::any_of(llvm::seq<int64_t>(0, input.getRank()),
                           [&](int64_t dim) { return hasBlock(dim, scheme.getGroupSize()); });
    break;
  case Granularity::Block:
    matches = input.getRank() == 2 && hasBlock(0, scheme.getBlockRows()) && hasBlock(1, scheme.getGroupSize());
    break;
  case Granularity::Channel:
  case Granularity::Token:
    break; // which dimensions are summed over is known to the contraction alone
  }
  if (!matches)
    return op.emitOpError() << "scale " << scale << " of an input " << input << " does not have the granularity of "
                            << scheme;
  return success();
}

LogicalResult ChooseParamsOp::verify() {
  SchemeInterface scheme = getScheme();
  if (scheme.isSymmetric() == bool(getZeroPoint()))
    return emitOpError() << (scheme.isSymmetric() ? "a symmetric scheme gives no zero point"
                                                  : "an asymmetric scheme gives a zero point too");
  auto input = cast<RankedTensorType>(getInput().getType());
  if (failed(verifyCast(*this, input, scheme.getStorageType(), getScale(), getZeroPoint())))
    return failure();
  auto attr = dyn_cast<SchemeAttr>(scheme);
  return attr ? verifyGranularity(*this, attr) : success();
}

//===----------------------------------------------------------------------===//
// Folders
//===----------------------------------------------------------------------===//

/// True when a value of integer `code` and constant `scale`, held as `real`, rounds back to its code: every product
/// of the scale with a difference of two codes is a finite, normal number, and the relative errors of the product, of
/// its rounding to `real` and of the quotient, times the largest difference, stay below one half.
static bool roundTrips(Type code, Attribute scale, Type real) {
  auto integer = dyn_cast<IntegerType>(code);
  auto scales = dyn_cast_or_null<DenseFPElementsAttr>(scale);
  if (!integer || !scales)
    return false;
  double span = double((int64_t(1) << integer.getWidth()) - 1);
  const llvm::fltSemantics &values = cast<FloatType>(real).getFloatSemantics();
  double roundoff = std::ldexp(1.0, -int(llvm::APFloat::semanticsPrecision(values))) + std::ldexp(1.0, -22);
  if (span * roundoff >= 0.5) // bf16 holds no 8-bit code apart from its neighbour
    return false;
  // Computation is in f32 unless a type is wider, so f32 bounds the product as well as `real` does.
  const llvm::fltSemantics &compute = llvm::APFloat::IEEEsingle();
  double low = std::max(llvm::APFloat::getSmallestNormalized(values).convertToDouble(),
                        llvm::APFloat::getSmallestNormalized(compute).convertToDouble());
  double high = std::min(llvm::APFloat::getLargest(values).convertToDouble(),
                         llvm::APFloat::getLargest(compute).convertToDouble());
  auto inRange = [&](const APFloat &value) {
    double number = value.convertToDouble();
    return number >= low && number * span <= high; // false for NaN
  };
  return scales.isSplat() ? inRange(scales.getSplatValue<APFloat>())
                          : llvm::all_of(scales.getValues<APFloat>(), inRange);
}

OpFoldResult QuantizeOp::fold(FoldAdaptor adaptor) {
  auto source = getInput().getDefiningOp<DequantizeOp>();
  if (!source || source.getScale() != getScale() || source.getZeroPoint() != getZeroPoint() ||
      source.getInput().getType() != getType())
    return {};
  auto codes = cast<RankedTensorType>(getType());
  auto values = cast<RankedTensorType>(getInput().getType());
  return roundTrips(codes.getElementType(), adaptor.getScale(), values.getElementType())
             ? OpFoldResult(source.getInput())
             : OpFoldResult();
}

OpFoldResult FakeQuantOp::fold(FoldAdaptor adaptor) {
  auto source = getInput().getDefiningOp<FakeQuantOp>();
  if (!source || source.getScale() != getScale() || source.getZeroPoint() != getZeroPoint() ||
      source.getElement() != getElement())
    return {};
  auto values = cast<RankedTensorType>(getType());
  return roundTrips(getElement(), adaptor.getScale(), values.getElementType()) ? OpFoldResult(source.getResult())
                                                                               : OpFoldResult();
}
