//===- QuantizedInput.cpp - Activations in QDQ form -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "QuantizedWeight.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <cmath>

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// Dynamic parameters
//===----------------------------------------------------------------------===//

Value quantopt::createRunTimeQdq(Value value, RankedTensorType scaleType, lowp::SchemeInterface scheme, Location loc) {
  OpBuilder builder(value.getContext());
  builder.setInsertionPointAfterValue(value);
  return lowp::createRunTimeQdq(builder, loc, value, scaleType.getShape(), scheme);
}

/// The dequantized form of `input` under `scheme` that another contraction already reads.
static Value findRunTimeQdq(Value input, lowp::SchemeInterface scheme, RankedTensorType scaleType) {
  for (Operation *user : input.getUsers()) {
    auto params = dyn_cast<lowp::ChooseParamsOp>(user);
    if (!params || params.getScheme() != scheme || params.getScale().getType() != scaleType)
      continue;
    for (Operation *reader : params.getScale().getUsers())
      if (auto dequantize = dyn_cast<lowp::DequantizeOp>(reader))
        return dequantize.getResult();
  }
  return {};
}

//===----------------------------------------------------------------------===//
// Static parameters
//===----------------------------------------------------------------------===//

/// Scale and zero point of the observed range, widened by 2^margin. Fails with an error on the contraction.
static FailureOr<ScaleZero> chooseStaticParams(const Contraction &contraction, lowp::SchemeInterface scheme,
                                               double margin) {
  auto stats = contraction.op->getAttrOfType<DictionaryAttr>(lowp::LowPDialect::getStatsAttrName());
  auto min = stats ? stats.getAs<FloatAttr>("min") : FloatAttr(), max = stats ? stats.getAs<FloatAttr>("max") : min;
  if (!min || !max) {
    contraction.op->emitOpError() << "input scheme " << scheme << " is static, but no statistics give the range of "
                                  << contraction.site << (stats ? ": it was scaled since" : "") << "; run calibrate "
                                  << (stats ? "again" : "first") << ", or plan a dynamic scheme";
    return failure();
  }
  if (!(margin >= 0 && margin <= 8)) {
    contraction.op->emitOpError() << "input-margin must lie between 0 and 8, got " << margin;
    return failure();
  }
  double factor = std::exp2(margin);
  return chooseScaleZero(float(min.getValueAsDouble() * factor), float(max.getValueAsDouble() * factor),
                         getCodeRange(scheme), !scheme.isSymmetric(), ScaleStorage::F32);
}

static bool isConstant(Value value, Attribute attribute) {
  auto constant = value ? value.getDefiningOp<arith::ConstantOp>() : arith::ConstantOp();
  return constant ? constant.getValue() == attribute : !value && !attribute;
}

/// lowp.quantize and lowp.dequantize right after `input` with constant parameters; those that are there already are
/// shared.
static Value getStaticQdq(Value input, RankedTensorType scaleType, lowp::SchemeInterface scheme, ScaleZero params,
                          Location loc) {
  OpBuilder builder(input.getContext());
  auto type = cast<RankedTensorType>(input.getType());
  Type code = scheme.getStorageType();
  auto scale = DenseElementsAttr::get(scaleType, params.scale);
  DenseElementsAttr zero;
  if (!scheme.isSymmetric())
    zero = DenseElementsAttr::get(scaleType.clone(code),
                                  ArrayRef<Attribute>(builder.getIntegerAttr(code, params.zeroPoint)));
  for (Operation *user : input.getUsers()) {
    auto quantize = dyn_cast<lowp::QuantizeOp>(user);
    if (!quantize || getElementTypeOrSelf(quantize.getType()) != code || !isConstant(quantize.getScale(), scale) ||
        !isConstant(quantize.getZeroPoint(), zero))
      continue;
    for (Operation *reader : quantize->getUsers())
      if (auto dequantize = dyn_cast<lowp::DequantizeOp>(reader))
        return dequantize.getResult();
  }
  builder.setInsertionPointAfterValue(input);
  Value scaleValue = arith::ConstantOp::create(builder, loc, scale);
  Value zeroValue = zero ? arith::ConstantOp::create(builder, loc, zero).getResult() : Value();
  auto codes = lowp::QuantizeOp::create(builder, loc, type.clone(code), input, scaleValue, zeroValue);
  return lowp::DequantizeOp::create(builder, loc, type, codes, scaleValue, zeroValue);
}

FailureOr<TokenScheme> quantopt::getTokenScheme(const Contraction &contraction, lowp::SchemeInterface scheme,
                                                double margin) {
  TokenScheme result;
  result.blocks.range = getCodeRange(scheme);
  result.blocks.asymmetric = !scheme.isSymmetric();
  if (!scheme.isDynamic()) {
    FailureOr<ScaleZero> params = chooseStaticParams(contraction, scheme, margin);
    if (failed(params))
      return failure();
    result.fixed = *params;
    return result;
  }
  // Of two tokens, to see what they share.
  std::string reason;
  int64_t channels = contraction.inFeatures;
  FailureOr<SmallVector<int64_t>> shape = scheme.getScaleShape({2, channels}, {1}, reason);
  if (failed(shape))
    return contraction.op->emitOpError() << "input of " << contraction.site << ": " << reason;
  result.blocks.blockRows = (*shape)[0] == 1 ? 0 : 1;
  result.blocks.blockCols = channels / (*shape)[1];
  return result;
}

//===----------------------------------------------------------------------===//
// Either
//===----------------------------------------------------------------------===//

LogicalResult quantopt::quantizeInput(Contraction &contraction, lowp::SchemeInterface scheme, double margin) {
  Value input = contraction.input;
  auto type = cast<RankedTensorType>(input.getType());
  std::string reason;
  FailureOr<SmallVector<int64_t>> shape = scheme.getScaleShape(type.getShape(), contraction.inputReduction, reason);
  if (failed(shape))
    return contraction.op->emitOpError() << "input of " << contraction.site << ": " << reason;
  auto scaleType = RankedTensorType::get(*shape, Float32Type::get(input.getContext()));
  Value real;
  if (scheme.isDynamic()) {
    real = findRunTimeQdq(input, scheme, scaleType);
    if (!real)
      real = createRunTimeQdq(input, scaleType, scheme, contraction.op->getLoc());
  } else {
    if (llvm::any_of(*shape, [](int64_t length) { return length != 1; }))
      return contraction.op->emitOpError() << "input scheme " << scheme << " of " << contraction.site
                                           << " is static, which is one scale for the tensor: use tensor, or dynamic";
    FailureOr<ScaleZero> params = chooseStaticParams(contraction, scheme, margin);
    if (failed(params))
      return failure();
    real = getStaticQdq(input, scaleType, scheme, *params, contraction.op->getLoc());
  }
  contraction.op->setOperand(contraction.inputOperand, real);
  return success();
}

LogicalResult quantopt::finishPlan(Contraction &contraction, lowp::PlanAttr plan, double inputMargin) {
  if (plan.getInput() && failed(quantizeInput(contraction, plan.getInput(), inputMargin)))
    return failure();
  contraction.op->removeAttr(lowp::LowPDialect::getStatsAttrName());
  return success();
}
