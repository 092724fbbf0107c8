//===- LowPToLinalg.cpp - The reference meaning of lowp -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BlockView.h"
#include "CodeArithmetic.h"
#include "LowP/LowP.h"
#include "Patterns.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/SymbolTable.h"
#include "quant-opt/Conversion/Passes.h"

namespace quantopt {
#define GEN_PASS_DEF_CONVERTLOWPTOLINALG
#include "quant-opt/Conversion/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// Casts
//===----------------------------------------------------------------------===//

/// What a cast computes for one element: (element, scale, zero point or null) -> result.
using ElementBody = llvm::function_ref<Value(ImplicitLocOpBuilder &, Value, Value, Value)>;

/// `data` with `body` applied to each element and its parameters, as `type`.
static Value emitElementwise(ImplicitLocOpBuilder &b, Value data, Value scale, Value zero, RankedTensorType type,
                             ElementBody body) {
  BlockView view(cast<RankedTensorType>(data.getType()), cast<RankedTensorType>(scale.getType()));
  Value split = view.splitData(b, data);
  SmallVector<Value> inputs{split, view.squeezeParams(b, scale)};
  SmallVector<AffineMap> maps{view.getDataMap(), view.getParamMap()};
  if (zero) {
    inputs.push_back(view.squeezeParams(b, zero));
    maps.push_back(view.getParamMap());
  }
  maps.push_back(view.getDataMap());
  Value empty = tensor::EmptyOp::create(b, tensor::getMixedSizes(b, b.getLoc(), split), type.getElementType());
  SmallVector<utils::IteratorType> iterators(view.getNumLoops(), utils::IteratorType::parallel);
  auto loops = linalg::GenericOp::create(
      b, empty.getType(), inputs, empty, maps, iterators, [&](OpBuilder &builder, Location loc, ValueRange args) {
        ImplicitLocOpBuilder inner(loc, builder);
        linalg::YieldOp::create(inner, body(inner, args[0], args[1], zero ? args[2] : Value()));
      });
  return view.joinData(b, loops.getResult(0), type);
}

namespace {
struct LowerQuantize : OpConversionPattern<lowp::QuantizeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(lowp::QuantizeOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Type code = cast<RankedTensorType>(op.getType()).getElementType();
    rewriter.replaceOp(op, emitElementwise(b, adaptor.getInput(), adaptor.getScale(), adaptor.getZeroPoint(), type,
                                           [&](ImplicitLocOpBuilder &b, Value real, Value scale, Value zero) {
                                             return emitQuantize(b, code, real, scale, zero);
                                           }));
    return success();
  }
};

struct LowerDequantize : OpConversionPattern<lowp::DequantizeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(lowp::DequantizeOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    auto type = cast<RankedTensorType>(op.getType());
    Type code = cast<RankedTensorType>(op.getInput().getType()).getElementType();
    rewriter.replaceOp(op, emitElementwise(b, adaptor.getInput(), adaptor.getScale(), adaptor.getZeroPoint(), type,
                                           [&](ImplicitLocOpBuilder &b, Value carried, Value scale, Value zero) {
                                             return emitDequantize(b, code, carried, scale, zero,
                                                                   cast<FloatType>(type.getElementType()));
                                           }));
    return success();
  }
};

struct LowerFakeQuant : OpConversionPattern<lowp::FakeQuantOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(lowp::FakeQuantOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    auto type = cast<RankedTensorType>(op.getType());
    Type code = op.getElement();
    rewriter.replaceOp(op, emitElementwise(b, adaptor.getInput(), adaptor.getScale(), adaptor.getZeroPoint(), type,
                                           [&](ImplicitLocOpBuilder &b, Value real, Value scale, Value zero) {
                                             Value carried = emitQuantize(b, code, real, scale, zero);
                                             return emitDequantize(b, code, carried, scale, zero,
                                                                   cast<FloatType>(type.getElementType()));
                                           }));
    return success();
  }
};

/// For ops that compute nothing.
template <typename Op> struct DropOp : OpConversionPattern<Op> {
  using OpConversionPattern<Op>::OpConversionPattern;
  LogicalResult matchAndRewrite(Op op, typename Op::Adaptor, ConversionPatternRewriter &rewriter) const override {
    rewriter.eraseOp(op);
    return success();
  }
};
} // namespace

void quantopt::populateCastPatterns(const TypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<LowerQuantize, LowerDequantize, LowerFakeQuant, DropOp<lowp::ObserveOp>, DropOp<lowp::StoreOp>>(
      converter, patterns.getContext());
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct ConvertLowPToLinalg : quantopt::impl::ConvertLowPToLinalgBase<ConvertLowPToLinalg> {
  void runOnOperation() override {
    CarrierTypeConverter converter;
    RewritePatternSet patterns(&getContext());
    populateCastPatterns(converter, patterns);
    populateChooseParamsPatterns(converter, patterns);
    populateQuantizedMatmulPatterns(converter, patterns);
    populateMixedMatmulPatterns(converter, patterns);
    populateNarrowTypePatterns(converter, patterns);

    ConversionTarget target(getContext());
    target.addIllegalDialect<lowp::LowPDialect>();
    target.addLegalOp<lowp::WeightOp>();
    target.addDynamicallyLegalOp<lowp::StoreOp>([](lowp::StoreOp op) {
      std::optional<SymbolTable::UseRange> uses = SymbolTable::getSymbolUses(op, op->getParentOp());
      return !uses || !uses->empty();
    });
    target.markUnknownOpDynamicallyLegal([&](Operation *op) {
      if (auto function = dyn_cast<FunctionOpInterface>(op))
        return converter.isSignatureLegal(cast<FunctionType>(function.getFunctionType()));
      if (isa<arith::ExtFOp, arith::TruncFOp>(op) && llvm::any_of(op->getOperandTypes(), isNarrowType))
        return false;
      if (isa<arith::TruncFOp>(op) && isNarrowType(op->getResult(0).getType()))
        return false;
      return converter.isLegal(op);
    });
    if (failed(applyPartialConversion(getOperation(), target, std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
