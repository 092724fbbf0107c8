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
#include "Patterns.h"
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

/// `scale` in its stored type; a range too small for that type counts as zero and gives 1 (rule N5).
static Value emitStoredScale(ImplicitLocOpBuilder &b, Value scale, FloatType stored) {
  Value rounded = emitFloatCast(b, scale, stored);
  Value isZero = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, rounded, emitFloat(b, stored, 0.0));
  return arith::SelectOp::create(b, isZero, emitFloat(b, stored, 1.0), rounded);
}

static Value emitSymmetricScale(ImplicitLocOpBuilder &b, Value bits, FloatType compute, FloatType stored,
                                lowp::SchemeInterface scheme) {
  auto [low, high] = scheme.getCodeRange();
  Value absmax = arith::BitcastOp::create(b, compute, bits);
  return emitStoredScale(b, arith::DivFOp::create(b, absmax, emitFloat(b, compute, (high - low) / 2)), stored);
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
  Value range = arith::SubFOp::create(b, max, min);
  Value scale = emitStoredScale(b, arith::DivFOp::create(b, range, emitFloat(b, compute, high - low)), stored);
  // Rule N2: the zero point belongs to the scale as stored.
  Value offset = arith::DivFOp::create(b, min, emitFloatCast(b, scale, compute));
  Value zero = math::RoundEvenOp::create(b, arith::SubFOp::create(b, emitFloat(b, compute, low), offset));
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
