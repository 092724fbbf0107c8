//===- QuantToLowP.cpp - Parameters out of upstream's quant types ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/DialectConversion.h"
#include "quant-opt/Conversion/Passes.h"

namespace quantopt {
#define GEN_PASS_DEF_CONVERTQUANTTOLOWP
#include "quant-opt/Conversion/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static bool isQuantized(Type type) { return isa<quant::QuantizedType>(getElementTypeOrSelf(type)); }

/// Why lowp has no form for the quantized `type`; empty when it has one.
static std::string explainRefusal(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return "only tensors with a rank carry parameters beside them";
  auto quantized = cast<quant::QuantizedType>(tensor.getElementType());
  if (!isa<quant::UniformQuantizedType, quant::UniformQuantizedPerAxisType, quant::UniformQuantizedSubChannelType>(
          quantized))
    return "the type does not give scales";
  if (!quantized.isSigned())
    return "unsigned storage: lowp codes are signed, subtract half the range from codes and zero points";
  unsigned width = quantized.getStorageTypeIntegralWidth();
  if (width < 2 || width > 8)
    return "storage of " + std::to_string(width) + " bits: lowp codes have 2 to 8";
  if (quantized.hasStorageTypeBounds())
    return "a storage range narrower than its type: lowp saturates to the whole range";
  return {};
}

namespace {
/// Tensors of accepted quantized types become tensors of their storage.
struct StorageConverter : TypeConverter {
  StorageConverter() {
    addConversion([](Type type) { return type; });
    addConversion([](RankedTensorType type) -> Type {
      auto quantized = dyn_cast<quant::QuantizedType>(type.getElementType());
      return quantized ? type.clone(quantized.getStorageType()) : type;
    });
  }
};

/// Parameters as constants of rule N7.
struct Params {
  Value scale, zeroPoint;
};
} // namespace

static Value createScale(OpBuilder &b, Location loc, ArrayRef<int64_t> shape, ArrayRef<double> scales, Type expressed) {
  // Upstream holds doubles; the casts compute in f32 unless values are wider (rule N3).
  auto type = RankedTensorType::get(shape, expressed.isF64() ? b.getF64Type() : b.getF32Type());
  auto values = llvm::map_to_vector(
      scales, [&](double scale) { return Attribute(b.getFloatAttr(type.getElementType(), scale)); });
  return arith::ConstantOp::create(b, loc, DenseElementsAttr::get(type, values));
}

/// Null when all are zero.
static Value createZeroPoint(OpBuilder &b, Location loc, ArrayRef<int64_t> shape, ArrayRef<int64_t> zeros, Type code) {
  if (llvm::all_of(zeros, [](int64_t zero) { return zero == 0; }))
    return {};
  auto type = RankedTensorType::get(shape, code);
  auto values = llvm::map_to_vector(zeros, [&](int64_t zero) { return Attribute(b.getIntegerAttr(code, zero)); });
  return arith::ConstantOp::create(b, loc, DenseElementsAttr::get(type, values));
}

static Params createParams(OpBuilder &b, Location loc, RankedTensorType tensor) {
  SmallVector<int64_t> shape(tensor.getRank(), 1);
  SmallVector<double> scales;
  SmallVector<int64_t> zeros;
  auto quantized = cast<quant::QuantizedType>(tensor.getElementType());
  if (auto uniform = dyn_cast<quant::UniformQuantizedType>(quantized)) {
    scales.push_back(uniform.getScale());
    zeros.push_back(uniform.getZeroPoint());
  } else if (auto axis = dyn_cast<quant::UniformQuantizedPerAxisType>(quantized)) {
    shape[axis.getQuantizedDimension()] = axis.getScales().size();
    llvm::append_range(scales, axis.getScales());
    llvm::append_range(zeros, axis.getZeroPoints());
  } else {
    auto blocks = cast<quant::UniformQuantizedSubChannelType>(quantized);
    shape.assign(blocks.getScales().getType().getShape().begin(), blocks.getScales().getType().getShape().end());
    for (const APFloat &scale : blocks.getScales().getValues<APFloat>())
      scales.push_back(scale.convertToDouble());
    for (const APInt &zero : blocks.getZeroPoints().getValues<APInt>())
      zeros.push_back(zero.getSExtValue());
  }
  return {createScale(b, loc, shape, scales, quantized.getExpressedType()),
          createZeroPoint(b, loc, shape, zeros, quantized.getStorageType())};
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

namespace {
struct ConvertQCast : OpConversionPattern<quant::QuantizeCastOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(quant::QuantizeCastOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    Params params = createParams(rewriter, op.getLoc(), cast<RankedTensorType>(op.getType()));
    rewriter.replaceOpWithNewOp<lowp::QuantizeOp>(op, getTypeConverter()->convertType(op.getType()), adaptor.getInput(),
                                                  params.scale, params.zeroPoint);
    return success();
  }
};

struct ConvertDCast : OpConversionPattern<quant::DequantizeCastOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(quant::DequantizeCastOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    Params params = createParams(rewriter, op.getLoc(), cast<RankedTensorType>(op.getInput().getType()));
    rewriter.replaceOpWithNewOp<lowp::DequantizeOp>(op, op.getType(), adaptor.getInput(), params.scale,
                                                    params.zeroPoint);
    return success();
  }
};

/// Both sides are the storage tensor now.
struct ConvertSCast : OpConversionPattern<quant::StorageCastOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(quant::StorageCastOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(op, adaptor.getInput());
    return success();
  }
};

struct ConvertQuantToLowP : quantopt::impl::ConvertQuantToLowPBase<ConvertQuantToLowP> {
  /// Reports the first type that has no form in lowp.
  LogicalResult checkTypes() {
    WalkResult result = getOperation().walk([&](Operation *op) {
      SmallVector<Type> types(op->getResultTypes());
      llvm::append_range(types, op->getOperandTypes());
      for (Region &region : op->getRegions())
        llvm::append_range(types, region.getArgumentTypes());
      for (Type type : types) {
        std::string reason = isQuantized(type) ? explainRefusal(type) : "";
        if (reason.empty())
          continue;
        op->emitOpError() << "has type " << type << ", which lowp has no form for: " << reason;
        return WalkResult::interrupt();
      }
      return WalkResult::advance();
    });
    return failure(result.wasInterrupted());
  }

  void runOnOperation() override {
    if (failed(checkTypes()))
      return signalPassFailure();
    StorageConverter converter;
    RewritePatternSet patterns(&getContext());
    patterns.add<ConvertQCast, ConvertDCast, ConvertSCast>(converter, &getContext());
    populateAnyFunctionOpInterfaceTypeConversionPattern(patterns, converter);
    populateReturnOpTypeConversionPattern(patterns, converter);
    populateCallOpTypeConversionPattern(patterns, converter);
    ConversionTarget target(getContext());
    target.addIllegalDialect<quant::QuantDialect>();
    target.markUnknownOpDynamicallyLegal([&](Operation *op) {
      if (auto function = dyn_cast<FunctionOpInterface>(op))
        return converter.isSignatureLegal(cast<FunctionType>(function.getFunctionType()));
      return converter.isLegal(op);
    });
    if (failed(applyPartialConversion(getOperation(), target, std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
