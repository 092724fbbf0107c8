//===- LowerQuantizedMatmul.cpp - lowp.quantized_matmul to linalg ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The reference meaning of the fused operation: a contraction of codes, then one elementwise operation.
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

Value quantopt::emitMatmul(ImplicitLocOpBuilder &b, Value lhs, Value rhs, bool rhsIsKN, Type sum,
                           ArrayRef<OpFoldResult> sizes) {
  AffineExpr m = b.getAffineDimExpr(0), n = b.getAffineDimExpr(1), k = b.getAffineDimExpr(2);
  SmallVector<AffineExpr> rhsIndex{n, k};
  if (rhsIsKN)
    std::swap(rhsIndex[0], rhsIndex[1]);
  SmallVector<AffineMap> maps = {AffineMap::get(3, 0, {m, k}, b.getContext()),
                                 AffineMap::get(3, 0, rhsIndex, b.getContext()),
                                 AffineMap::get(3, 0, {m, n}, b.getContext())};
  Value zero = arith::ConstantOp::create(b, b.getZeroAttr(sum));
  Value empty = tensor::EmptyOp::create(b, sizes, sum);
  Value start = linalg::FillOp::create(b, zero, empty).getResult(0);
  auto matmul = linalg::MatmulOp::create(b, ValueRange{lhs, rhs}, ValueRange{start});
  matmul.setIndexingMapsAttr(b.getAffineMapArrayAttr(maps));
  return matmul.getResult(0);
}

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

/// The values of 8-bit float codes, which are carried as i8: all of them, before they are multiplied.
static Value emitValues(ImplicitLocOpBuilder &b, Value carried, Type code) {
  AffineMap identity = b.getMultiDimIdentityMap(2);
  SmallVector<utils::IteratorType> iterators(2, utils::IteratorType::parallel);
  Value empty = tensor::EmptyOp::create(b, tensor::getMixedSizes(b, b.getLoc(), carried), b.getF32Type());
  auto decode = linalg::GenericOp::create(b, empty.getType(), carried, empty, ArrayRef<AffineMap>{identity, identity},
                                          iterators, [&](OpBuilder &builder, Location loc, ValueRange args) {
                                            ImplicitLocOpBuilder inner(loc, builder);
                                            linalg::YieldOp::create(inner, emitDecodeFloat8(inner, args[0], code));
                                          });
  return decode.getResult(0);
}

/// The sums, [m, n]: exact in i32, or of 8-bit floats in f32 (rule N23).
static Value emitSums(ImplicitLocOpBuilder &b, lowp::QuantizedMatmulOp op, Value lhs, Value rhs,
                      ArrayRef<OpFoldResult> sizes) {
  Type lhsCode = getElementTypeOrSelf(op.getLhs().getType()), rhsCode = getElementTypeOrSelf(op.getRhs().getType());
  bool isInteger = lhsCode.isInteger(8);
  if (!isInteger) {
    lhs = emitValues(b, lhs, lhsCode);
    rhs = emitValues(b, rhs, rhsCode);
  }
  return emitMatmul(b, lhs, rhs, op.getTransposedRhs(), isInteger ? Type(b.getI32Type()) : Type(b.getF32Type()), sizes);
}

/// With block scales: the product of the dequantized operands, [m, n] of f32.
static Value emitBlockedSums(ImplicitLocOpBuilder &b, lowp::QuantizedMatmulOp op, ArrayRef<OpFoldResult> sizes) {
  auto dequantize = [&](Value codes, Value scale) -> Value {
    auto type = cast<RankedTensorType>(codes.getType()).clone(b.getF32Type());
    return lowp::DequantizeOp::create(b, type, codes, scale, /*zeroPoint=*/Value());
  };
  return emitMatmul(b, dequantize(op.getLhs(), op.getLhsScale()), dequantize(op.getRhs(), op.getRhsScale()),
                    /*rhsIsKN=*/false, b.getF32Type(), sizes);
}

static bool hasBlockScales(lowp::QuantizedMatmulOp op) {
  return cast<RankedTensorType>(op.getLhsScale().getType()).getDimSize(1) != 1 ||
         cast<RankedTensorType>(op.getRhsScale().getType()).getDimSize(op.getRhsReductionDim()) != 1;
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
    bool isBlocked = hasBlockScales(op);
    SmallVector<Value> inputs{isBlocked ? emitBlockedSums(b, op, sizes)
                                        : emitSums(b, op, adaptor.getLhs(), adaptor.getRhs(), sizes)};
    SmallVector<AffineMap> maps{identity};
    if (!isBlocked)
      for (auto [scale, map] :
           {squeezeScale(b, op.getLhsScale(), 0, 0), squeezeScale(b, op.getRhsScale(), 1 - rhsK, 1)}) {
        inputs.push_back(scale);
        maps.push_back(map);
      }
    if (op.getBias()) {
      inputs.push_back(op.getBias());
      bool isResidual = cast<RankedTensorType>(op.getBias().getType()).getRank() == 2;
      maps.push_back(isResidual ? identity : AffineMap::get(2, 0, {b.getAffineDimExpr(1)}, b.getContext()));
    }
    maps.push_back(identity);
    Value empty = tensor::EmptyOp::create(b, sizes, element);
    SmallVector<utils::IteratorType> iterators(2, utils::IteratorType::parallel);
    auto scaled = linalg::GenericOp::create(b, empty.getType(), inputs, empty, maps, iterators,
                                            [&](OpBuilder &builder, Location loc, ValueRange args) {
                                              ImplicitLocOpBuilder inner(loc, builder);
                                              Value value = args[0];
                                              if (value.getType().isInteger())
                                                value = arith::SIToFPOp::create(inner, inner.getF32Type(), value);
                                              for (Value scale : args.slice(1, isBlocked ? 0 : 2))
                                                value = arith::MulFOp::create(inner, value, scale);
                                              if (op.getBias())
                                                value = arith::AddFOp::create(inner, value, args.drop_back().back());
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
