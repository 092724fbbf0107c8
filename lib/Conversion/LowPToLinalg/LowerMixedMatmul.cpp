//===- LowerMixedMatmul.cpp - lowp.mixed_matmul to linalg -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The reference meaning of the fused operation: the weight dequantized, then a product summed in f32.
//
//===----------------------------------------------------------------------===//

#include "CodeArithmetic.h"
#include "LowP/LowP.h"
#include "Patterns.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace quantopt;

namespace {
struct LowerMixedMatmul : OpConversionPattern<lowp::MixedMatmulOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(lowp::MixedMatmulOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    if (op.isPacked())
      return rewriter.notifyMatchFailure(op, "a packed weight is for kernels; lower before pack-int4-weights");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    auto lhs = cast<RankedTensorType>(op.getLhs().getType()), rhs = cast<RankedTensorType>(op.getRhs().getType());
    auto type = cast<RankedTensorType>(op.getResult().getType());
    SmallVector<OpFoldResult> sizes = {tensor::getMixedSize(b, b.getLoc(), op.getLhs(), 0),
                                       b.getIndexAttr(rhs.getDimSize(0))};
    Value weight =
        lowp::DequantizeOp::create(b, rhs.clone(lhs.getElementType()), op.getRhs(), op.getScale(), op.getZero());
    SmallVector<Value> inputs{emitMatmul(b, op.getLhs(), weight, /*rhsIsKN=*/false, b.getF32Type(), sizes)};
    AffineMap identity = b.getMultiDimIdentityMap(2);
    SmallVector<AffineMap> maps{identity};
    if (op.getBias()) {
      inputs.push_back(op.getBias());
      bool isResidual = cast<RankedTensorType>(op.getBias().getType()).getRank() == 2;
      maps.push_back(isResidual ? identity : AffineMap::get(2, 0, {b.getAffineDimExpr(1)}, b.getContext()));
    }
    maps.push_back(identity);
    Value empty = tensor::EmptyOp::create(b, sizes, type.getElementType());
    SmallVector<utils::IteratorType> iterators(2, utils::IteratorType::parallel);
    auto rounded = linalg::GenericOp::create(
        b, empty.getType(), inputs, empty, maps, iterators, [&](OpBuilder &builder, Location loc, ValueRange args) {
          ImplicitLocOpBuilder inner(loc, builder);
          Value value = op.getBias() ? Value(arith::AddFOp::create(inner, args[0], args[1])) : args[0];
          linalg::YieldOp::create(inner, emitFloatCast(inner, value, cast<FloatType>(type.getElementType())));
        });
    Value result = rounded.getResult(0);
    rewriter.replaceOp(op, result.getType() == type ? result : Value(tensor::CastOp::create(b, type, result)));
    return success();
  }
};
} // namespace

void quantopt::populateMixedMatmulPatterns(const TypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<LowerMixedMatmul>(converter, patterns.getContext());
}
