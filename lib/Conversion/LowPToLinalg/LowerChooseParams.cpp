//===- LowerChooseParams.cpp - Scales and zero points from data -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two loop nests: the range of each block, then the parameters of each range.
// Ranges are reduced on the bits of the floats as integers. Integer maxima
// vectorize without permission to ignore NaN, and a NaN, whose bits exceed
// infinity's, comes out as itself.
//
//===----------------------------------------------------------------------===//

#include "BlockView.h"
#include "CodeArithmetic.h"
#include "LowP/LowP.h"
#include "Patterns.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "quant-opt/Conversion/Passes.h"

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// The range of each block
//===----------------------------------------------------------------------===//

namespace {
/// The bits of the largest magnitude (symmetric), or of the largest and of the smallest value (asymmetric), of each
/// block, as integer tensors of the squeezed shape.
struct BlockRanges {
  SmallVector<Value> bits;
  IntegerType type;
};
} // namespace

static BlockRanges emitRanges(ImplicitLocOpBuilder &b, const BlockView &view, Value data, FloatType compute,
                              bool isSymmetric) {
  BlockRanges ranges;
  ranges.type = b.getIntegerType(compute.getWidth());
  Value split = view.splitData(b, data);
  SmallVector<OpFoldResult> loops = tensor::getMixedSizes(b, b.getLoc(), split), sizes;
  for (AffineExpr expr : view.getParamMap().getResults())
    sizes.push_back(loops[cast<AffineDimExpr>(expr).getPosition()]);
  Value none = arith::ConstantOp::create(b, b.getIntegerAttr(ranges.type, 0));
  Value empty = tensor::EmptyOp::create(b, sizes, ranges.type);
  Value start = linalg::FillOp::create(b, none, empty).getResult(0);
  SmallVector<Value> starts(isSymmetric ? 1 : 2, start);
  SmallVector<AffineMap> maps(1 + starts.size(), view.getParamMap());
  maps.front() = view.getDataMap();
  auto body = [&](OpBuilder &builder, Location loc, ValueRange args) {
    ImplicitLocOpBuilder inner(loc, builder);
    Value bits = arith::BitcastOp::create(inner, ranges.type, emitFloatCast(inner, args[0], compute));
    if (isSymmetric) {
      APInt mask = APInt::getSignedMaxValue(ranges.type.getWidth());
      bits =
          arith::AndIOp::create(inner, bits, arith::ConstantOp::create(inner, inner.getIntegerAttr(ranges.type, mask)));
      linalg::YieldOp::create(inner, arith::MaxUIOp::create(inner, bits, args[1]).getResult());
      return;
    }
    // As signed integers positive floats are ordered above zero; as unsigned ones, negative floats are above all
    // others, the most negative at the top. Both start at zero, which the range must hold.
    Value high = arith::MaxSIOp::create(inner, bits, args[1]);
    Value low = arith::MaxUIOp::create(inner, bits, args[2]);
    linalg::YieldOp::create(inner, ValueRange{high, low});
  };
  auto op = linalg::GenericOp::create(b, TypeRange(ValueRange(starts)), split, starts, maps,
                                      view.getReductionIterators(), body);
  ranges.bits.assign(op.result_begin(), op.result_end());
  return ranges;
}

//===----------------------------------------------------------------------===//
// The parameters of each range
//===----------------------------------------------------------------------===//

/// `scale` rounded to its stored type, kept between that type's smallest normal and largest number (rule N8). NaN
/// stays.
static Value emitStoredScale(ImplicitLocOpBuilder &b, Value scale, FloatType stored) {
  const llvm::fltSemantics &semantics = stored.getFloatSemantics();
  auto keep = [&](arith::CmpFPredicate beyond, const APFloat &bound) {
    Value limit = emitFloat(b, scale.getType(), bound.convertToDouble());
    Value isBeyond = arith::CmpFOp::create(b, beyond, scale, limit);
    scale = arith::SelectOp::create(b, isBeyond, limit, scale);
  };
  keep(arith::CmpFPredicate::OLT, APFloat::getSmallestNormalized(semantics));
  keep(arith::CmpFPredicate::OGT, APFloat::getLargest(semantics));
  return emitFloatCast(b, scale, stored);
}

/// `params`, or `ifZero` where the range is zero (rule N5).
static Value emitUnlessZero(ImplicitLocOpBuilder &b, Value isZero, double ifZero, Value params) {
  return arith::SelectOp::create(b, isZero, emitFloat(b, params.getType(), ifZero), params);
}

static Value emitSymmetricScale(ImplicitLocOpBuilder &b, Value bits, FloatType compute, FloatType stored,
                                lowp::SchemeInterface scheme) {
  auto [low, high] = scheme.getCodeRange();
  Value absmax = arith::BitcastOp::create(b, compute, bits);
  Value scale = arith::DivFOp::create(b, absmax, emitFloat(b, compute, (high - low) / 2));
  Value isZero = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, absmax, emitFloat(b, compute, 0.0));
  return emitUnlessZero(b, isZero, 1.0, emitStoredScale(b, scale, stored));
}

static std::pair<Value, Value> emitAsymmetric(ImplicitLocOpBuilder &b, Value highBits, Value lowBits, FloatType compute,
                                              FloatType stored, lowp::SchemeInterface scheme) {
  auto [low, high] = scheme.getCodeRange();
  Value max = arith::BitcastOp::create(b, compute, highBits);
  // Without a negative element the unsigned maximum is a positive one.
  Value isNegative = arith::CmpIOp::create(b, arith::CmpIPredicate::slt, lowBits,
                                           arith::ConstantOp::create(b, b.getIntegerAttr(lowBits.getType(), 0)));
  Value min =
      arith::SelectOp::create(b, isNegative, arith::BitcastOp::create(b, compute, lowBits), emitFloat(b, compute, 0.0));
  Value isZero = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, max, min);
  // Halves, because max - min may overflow where the scale does not.
  Value half = emitFloat(b, compute, 0.5);
  Value range = arith::SubFOp::create(b, arith::MulFOp::create(b, max, half), arith::MulFOp::create(b, min, half));
  Value ratio = arith::DivFOp::create(b, range, emitFloat(b, compute, (high - low) / 2));
  Value scale = emitUnlessZero(b, isZero, 1.0, emitStoredScale(b, ratio, stored));
  // Rule N2: the zero point belongs to the scale as stored.
  Value offset = arith::DivFOp::create(b, min, emitFloatCast(b, scale, compute));
  Value zero = math::RoundEvenOp::create(b, arith::SubFOp::create(b, emitFloat(b, compute, low), offset));
  zero = emitUnlessZero(b, isZero, 0.0, zero);
  return {scale, emitSaturate(b, zero, cast<IntegerType>(scheme.getStorageType()))};
}

namespace {
struct LowerChooseParams : OpConversionPattern<lowp::ChooseParamsOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(lowp::ChooseParamsOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    auto data = cast<RankedTensorType>(op.getInput().getType());
    auto scaleType = cast<RankedTensorType>(op.getScale().getType());
    auto stored = cast<FloatType>(scaleType.getElementType());
    FloatType compute = getComputeType(b.getI8Type(), data.getElementType(), stored);
    lowp::SchemeInterface scheme = op.getScheme();
    BlockView view(data, scaleType);
    BlockRanges ranges = emitRanges(b, view, adaptor.getInput(), compute, scheme.isSymmetric());

    SmallVector<Value> outputs;
    SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(b, b.getLoc(), ranges.bits[0]);
    outputs.push_back(tensor::EmptyOp::create(b, sizes, stored));
    if (op.getZeroPoint())
      outputs.push_back(tensor::EmptyOp::create(b, sizes, b.getI8Type()));
    SmallVector<AffineMap> maps(ranges.bits.size() + outputs.size(),
                                b.getMultiDimIdentityMap(view.getParamMap().getNumResults()));
    SmallVector<utils::IteratorType> iterators(maps[0].getNumDims(), utils::IteratorType::parallel);
    auto body = [&](OpBuilder &builder, Location loc, ValueRange args) {
      ImplicitLocOpBuilder inner(loc, builder);
      if (scheme.isSymmetric()) {
        linalg::YieldOp::create(inner, emitSymmetricScale(inner, args[0], compute, stored, scheme));
        return;
      }
      auto [scale, zero] = emitAsymmetric(inner, args[0], args[1], compute, stored, scheme);
      linalg::YieldOp::create(inner, ValueRange{scale, zero});
    };
    auto params =
        linalg::GenericOp::create(b, TypeRange(ValueRange(outputs)), ranges.bits, outputs, maps, iterators, body);
    SmallVector<Value> results;
    for (auto [result, type] : llvm::zip_equal(params.getResults(), op->getResultTypes()))
      results.push_back(view.unsqueezeParams(b, result, getTypeConverter()->convertType<RankedTensorType>(type)));
    rewriter.replaceOp(op, results);
    return success();
  }
};
} // namespace

void quantopt::populateChooseParamsPatterns(const TypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<LowerChooseParams>(converter, patterns.getContext());
}
