//===- NarrowTypes.cpp - Narrow tensors carried in bytes ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeArithmetic.h"
#include "LowP/LowP.h"
#include "Patterns.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/Transforms/Patterns.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "quant-opt/Conversion/Passes.h"

using namespace mlir;
using namespace quantopt;

bool quantopt::isNarrowType(Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  return (integer && integer.isSignless() && integer.getWidth() >= 2 && integer.getWidth() <= 7) ||
         isa<Float8E4M3FNType, Float8E5M2Type>(type);
}

/// The i8 that carries the narrow `value`; for tensors, elementwise.
static Value emitCarry(OpBuilder &b, Location loc, Value value, Type carrier) {
  if (isa<FloatType>(getElementTypeOrSelf(value.getType())))
    return arith::BitcastOp::create(b, loc, carrier, value);
  return arith::ExtSIOp::create(b, loc, carrier, value);
}

/// The narrow value that i8 `carried` stands for.
static Value emitUncarry(OpBuilder &b, Location loc, Value carried, Type narrow) {
  if (isa<FloatType>(getElementTypeOrSelf(narrow)))
    return arith::BitcastOp::create(b, loc, narrow, carried);
  return arith::TruncIOp::create(b, loc, narrow, carried);
}

CarrierTypeConverter::CarrierTypeConverter() {
  addConversion([](Type type) { return type; });
  addConversion([](RankedTensorType type) -> Type {
    if (!isNarrowType(type.getElementType()))
      return type;
    return type.clone(IntegerType::get(type.getContext(), 8));
  });
  // Buffers that kernels are given; nothing turns one element type into the other in place.
  addConversion([](MemRefType type) -> Type {
    if (!isNarrowType(type.getElementType()))
      return type;
    return type.clone(IntegerType::get(type.getContext(), 8));
  });
  addTargetMaterialization([](OpBuilder &b, Type type, ValueRange values, Location loc) -> Value {
    if (isa<MemRefType>(type))
      return nullptr;
    return emitCarry(b, loc, values.front(), type);
  });
  addSourceMaterialization([](OpBuilder &b, Type type, ValueRange values, Location loc) -> Value {
    if (isa<MemRefType>(type))
      return nullptr;
    return emitUncarry(b, loc, values.front(), type);
  });
}

/// True for operations that mean the same on carriers: linalg.generic, and those that only move or view elements.
static bool treatsElementsAsOpaque(Operation *op) {
  return isa<linalg::GenericOp>(op) ||
         isa_and_nonnull<bufferization::BufferizationDialect, memref::MemRefDialect, tensor::TensorDialect>(
             op->getDialect());
}

namespace {
/// Narrow block arguments become i8 with a cast behind them.
struct ScalarCarrierConverter : TypeConverter {
  ScalarCarrierConverter() {
    addConversion([](Type type) { return isNarrowType(type) ? Type(IntegerType::get(type.getContext(), 8)) : type; });
    addSourceMaterialization([](OpBuilder &b, Type type, ValueRange values, Location loc) -> Value {
      return emitUncarry(b, loc, values.front(), type);
    });
  }
};
} // namespace

/// `operands` with narrow scalars carried.
static SmallVector<Value> carryScalars(OpBuilder &b, Location loc, ValueRange operands) {
  return llvm::map_to_vector(operands, [&](Value operand) {
    return isNarrowType(operand.getType()) ? emitCarry(b, loc, operand, b.getI8Type()) : operand;
  });
}

/// Moves the regions of `from` to `to`; what they take and yield is carried.
static LogicalResult moveRegions(Operation *from, Operation *to, ConversionPatternRewriter &rewriter) {
  static const ScalarCarrierConverter scalars;
  for (auto [source, target] : llvm::zip_equal(from->getRegions(), to->getRegions())) {
    rewriter.inlineRegionBefore(source, target, target.end());
    if (target.empty())
      continue;
    Operation *yield = target.front().getTerminator();
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPoint(yield);
    SmallVector<Value> yielded = carryScalars(rewriter, yield->getLoc(), yield->getOperands());
    rewriter.modifyOpInPlace(yield, [&] { yield->setOperands(yielded); });
    if (failed(rewriter.convertRegionTypes(&target, scalars)))
      return failure();
  }
  return success();
}

namespace {
struct RetypeOp : ConversionPattern {
  RetypeOp(const TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), /*benefit=*/1, context) {}

  LogicalResult matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                                ConversionPatternRewriter &rewriter) const override {
    if (!treatsElementsAsOpaque(op))
      return rewriter.notifyMatchFailure(op, "not known to treat elements as opaque");
    SmallVector<Type> types;
    for (Type type : op->getResultTypes())
      types.push_back(isNarrowType(type) ? rewriter.getI8Type() : getTypeConverter()->convertType(type));
    OperationState state(op->getLoc(), op->getName(), carryScalars(rewriter, op->getLoc(), operands), types,
                         op->getAttrs());
    for (unsigned i = 0; i < op->getNumRegions(); ++i)
      state.addRegion();
    Operation *carried = rewriter.create(state);
    if (failed(moveRegions(op, carried, rewriter)))
      return failure();
    SmallVector<Value> results;
    for (auto [old, result] : llvm::zip_equal(op->getResults(), carried->getResults()))
      results.push_back(isNarrowType(old.getType()) ? emitUncarry(rewriter, op->getLoc(), result, old.getType())
                                                    : Value(result));
    rewriter.replaceOp(op, results);
    return success();
  }
};

/// Named operations say in their name what their body does to elements, so they are spelled out first.
struct GeneralizeNamedOp : OpInterfaceConversionPattern<linalg::LinalgOp> {
  using OpInterfaceConversionPattern::OpInterfaceConversionPattern;
  LogicalResult matchAndRewrite(linalg::LinalgOp op, ArrayRef<Value> operands,
                                ConversionPatternRewriter &rewriter) const override {
    if (isa<linalg::GenericOp>(op.getOperation()))
      return rewriter.notifyMatchFailure(op, "generic already");
    return linalg::generalizeNamedOp(rewriter, op);
  }
};

struct RetypeConstant : OpConversionPattern<arith::ConstantOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(arith::ConstantOp op, OpAdaptor, ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    if (auto elements = dyn_cast<DenseElementsAttr>(op.getValue())) {
      auto carried = elements.mapValues(rewriter.getI8Type(), [](const APInt &bits) { return bits.sext(8); });
      rewriter.replaceOpWithNewOp<arith::ConstantOp>(op, type, cast<TypedAttr>(carried));
      return success();
    }
    std::string reason;
    FailureOr<ElementKind> kind = lowp::getElementKind(getElementTypeOrSelf(op.getType()));
    FailureOr<WeightBuffer> buffer =
        succeeded(kind) ? lowp::readElements(op, *kind, reason) : FailureOr<WeightBuffer>(failure());
    if (failed(buffer))
      return rewriter.notifyMatchFailure(op, "elements cannot be read: " + reason);
    auto carried = DenseElementsAttr::getFromRawBuffer(type, buffer->getBytes());
    rewriter.replaceOpWithNewOp<arith::ConstantOp>(op, type, cast<TypedAttr>(carried));
    return success();
  }
};

struct DecodeFloat8 : OpConversionPattern<arith::ExtFOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(arith::ExtFOp op, OpAdaptor, ConversionPatternRewriter &rewriter) const override {
    auto type = dyn_cast<FloatType>(op.getType());
    if (!type)
      return rewriter.notifyMatchFailure(op, "only scalars have a bit form");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value bits = arith::BitcastOp::create(b, b.getI8Type(), op.getIn());
    rewriter.replaceOp(op, emitFloatCast(b, emitDecodeFloat8(b, bits, op.getIn().getType()), type));
    return success();
  }
};

struct EncodeFloat8 : OpConversionPattern<arith::TruncFOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(arith::TruncFOp op, OpAdaptor, ConversionPatternRewriter &rewriter) const override {
    auto type = dyn_cast<FloatType>(op.getType());
    Type from = op.getIn().getType();
    if (!type || from.isF64())
      return rewriter.notifyMatchFailure(op, "only scalars of at most 32 bits are rounded once");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value bits = emitEncodeFloat8(b, emitFloatCast(b, op.getIn(), b.getF32Type()), type, /*saturate=*/false);
    rewriter.replaceOpWithNewOp<arith::BitcastOp>(op, type, bits);
    return success();
  }
};
} // namespace

void quantopt::populateNarrowTypePatterns(const TypeConverter &converter, RewritePatternSet &patterns) {
  MLIRContext *context = patterns.getContext();
  patterns.add<RetypeOp, GeneralizeNamedOp, RetypeConstant, DecodeFloat8, EncodeFloat8>(converter, context);
  linalg::populateElementwiseToLinalgConversionPatterns(patterns);
  populateAnyFunctionOpInterfaceTypeConversionPattern(patterns, converter);
  populateReturnOpTypeConversionPattern(patterns, converter);
  populateCallOpTypeConversionPattern(patterns, converter);
  populateBranchOpInterfaceTypeConversionPattern(patterns, converter);
  scf::populateSCFStructuralTypeConversions(converter, patterns);
}
