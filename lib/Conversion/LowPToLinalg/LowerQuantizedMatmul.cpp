//===- LowerQuantizedMatmul.cpp - lowp.quantized_matmul to linalg ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The reference meaning of the fused operation: an integer contraction, then one elementwise operation.
//
//===----------------------------------------------------------------------===//

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

/// A scale of rank 2 without its dimensions of length 1, and how the loops (m, n) index it.
static std::pair<Value, AffineMap> squeezeScale(ImplicitLocOpBuilder &b, Value scale, int64_t dim, unsigned loop) {
  auto type = cast<RankedTensorType>(scale.getType());
  bool isOneForAll = type.getDimSize(dim) == 1;
  SmallVector<ReassociationIndices> groups;
  if (!isOneForAll)
    groups.push_back({0, 1});
  Value flat = tensor::CollapseShapeOp::create(b, scale, groups);
  SmallVector<AffineExpr> index;
  if (!isOneForAll)
    index.push_back(b.getAffineDimExpr(loop));
  return {flat, AffineMap::get(2, 0, index, b.getContext())};
}

/// The exact sums, [m, n] of i32.
static Value emitSums(ImplicitLocOpBuilder &b, lowp::QuantizedMatmulOp op, ArrayRef<OpFoldResult> sizes) {
  AffineExpr m = b.getAffineDimExpr(0), n = b.getAffineDimExpr(1), k = b.getAffineDimExpr(2);
  SmallVector<AffineExpr> rhs{n, k};
  if (op.getTransposedRhs())
    std::swap(rhs[0], rhs[1]);
  SmallVector<AffineMap> maps = {AffineMap::get(3, 0, {m, k}, b.getContext()),
                                 AffineMap::get(3, 0, rhs, b.getContext()),
                                 AffineMap::get(3, 0, {m, n}, b.getContext())};
  Value zero = arith::ConstantOp::create(b, b.getI32IntegerAttr(0));
  Value empty = tensor::EmptyOp::create(b, sizes, b.getI32Type());
  Value start = linalg::FillOp::create(b, zero, empty).getResult(0);
  auto matmul = linalg::MatmulOp::create(b, ValueRange{op.getLhs(), op.getRhs()}, ValueRange{start});
  matmul.setIndexingMapsAttr(b.getAffineMapArrayAttr(maps));
  return matmul.getResult(0);
}

namespace {
struct LowerQuantizedMatmul : OpConversionPattern<lowp::QuantizedMatmulOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(lowp::QuantizedMatmulOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    int64_t rhsK = op.getRhsReductionDim();
    SmallVector<OpFoldResult> sizes = {tensor::getMixedSize(b, b.getLoc(), op.getLhs(), 0),
                                       tensor::getMixedSize(b, b.getLoc(), op.getRhs(), 1 - rhsK)};
    auto type = op.getResult().getType();
    auto element = cast<FloatType>(getElementTypeOrSelf(type));
    AffineMap identity = b.getMultiDimIdentityMap(2);
    SmallVector<Value> inputs{emitSums(b, op, sizes)};
    SmallVector<AffineMap> maps{identity};
    for (auto [scale, map] :
         {squeezeScale(b, op.getLhsScale(), 0, 0), squeezeScale(b, op.getRhsScale(), 1 - rhsK, 1)}) {
      inputs.push_back(scale);
      maps.push_back(map);
    }
    if (op.getBias()) {
      inputs.push_back(op.getBias());
      maps.push_back(AffineMap::get(2, 0, {b.getAffineDimExpr(1)}, b.getContext()));
    }
    maps.push_back(identity);
    Value empty = tensor::EmptyOp::create(b, sizes, element);
    SmallVector<utils::IteratorType> iterators(2, utils::IteratorType::parallel);
    auto scaled = linalg::GenericOp::create(b, empty.getType(), inputs, empty, maps, iterators,
                                            [&](OpBuilder &builder, Location loc, ValueRange args) {
                                              ImplicitLocOpBuilder inner(loc, builder);
                                              Value value = arith::SIToFPOp::create(inner, inner.getF32Type(), args[0]);
                                              value = arith::MulFOp::create(inner, value, args[1]);
                                              value = arith::MulFOp::create(inner, value, args[2]);
                                              if (op.getBias())
                                                value = arith::AddFOp::create(inner, value, args[3]);
                                              linalg::YieldOp::create(inner, emitFloatCast(inner, value, element));
                                            });
    Value result = scaled.getResult(0);
    if (result.getType() != type)
      result = tensor::CastOp::create(b, type, result);
    rewriter.replaceOp(op, result);
    return success();
  }
};
} // namespace

void quantopt::populateQuantizedMatmulPatterns(const TypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<LowerQuantizedMatmul>(converter, patterns.getContext());
}
