//===- LowPToQuant.cpp - Constant parameters as upstream's quant types ----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"
#include "quant-opt/Conversion/Passes.h"

namespace quantopt {
#define GEN_PASS_DEF_CONVERTLOWPTOQUANT
#include "quant-opt/Conversion/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;

namespace {
/// Constant parameters, as upstream's types hold them.
struct Params {
  RankedTensorType type; ///< of the scale
  SmallVector<double> scales;
  SmallVector<int64_t> zeros;
};
} // namespace

static FailureOr<Params> getParams(Value scale, Value zeroPoint, std::string &reason) {
  Params params;
  DenseFPElementsAttr scales;
  DenseIntElementsAttr zeros;
  if (!matchPattern(scale, m_Constant(&scales)) || (zeroPoint && !matchPattern(zeroPoint, m_Constant(&zeros)))) {
    reason = "parameters are not dense constants";
    return failure();
  }
  params.type = cast<RankedTensorType>(scale.getType());
  for (const APFloat &value : scales.getValues<APFloat>())
    params.scales.push_back(value.convertToDouble());
  params.zeros.assign(params.scales.size(), 0);
  if (zeroPoint)
    for (auto [index, value] : llvm::enumerate(zeros.getValues<APInt>()))
      params.zeros[index] = value.getSExtValue();
  return params;
}

static quant::QuantizedType getSubChannelType(RankedTensorType data, IntegerType code, Type real, Params params,
                                              int64_t low, int64_t high) {
  SmallVector<int32_t> dims;
  SmallVector<int64_t> blocks;
  for (int64_t dim = 0; dim < data.getRank(); ++dim) {
    dims.push_back(dim);
    blocks.push_back(lowp::getBlockLength(data, params.type, dim));
  }
  auto toAttrs = [&](auto values, Type element, auto create) {
    auto attrs = llvm::map_to_vector(values, create);
    return DenseElementsAttr::get(params.type.clone(element), ArrayRef<Attribute>(attrs));
  };
  auto scales =
      toAttrs(ArrayRef(params.scales), real, [&](double scale) { return Attribute(FloatAttr::get(real, scale)); });
  auto zeros =
      toAttrs(ArrayRef(params.zeros), code, [&](int64_t zero) { return Attribute(IntegerAttr::get(code, zero)); });
  return quant::UniformQuantizedSubChannelType::get(quant::QuantizationFlags::Signed, code, real, scales, zeros, dims,
                                                    blocks, low, high);
}

/// The type of codes `code` for values of type `data` with these parameters.
static FailureOr<RankedTensorType> getQuantType(RankedTensorType data, Type codeType, Value scale, Value zeroPoint,
                                                std::string &reason) {
  auto code = dyn_cast<IntegerType>(codeType);
  if (!code) {
    reason = "upstream's types have no 8-bit float storage";
    return failure();
  }
  FailureOr<Params> params = getParams(scale, zeroPoint, reason);
  if (failed(params))
    return failure();
  if (llvm::any_of(params->scales, [](double value) { return !(value > 0) || std::isinf(value); })) {
    reason = "a scale is not a positive finite number";
    return failure();
  }
  int64_t low = quant::QuantizedType::getDefaultMinimumForInteger(true, code.getWidth());
  int64_t high = quant::QuantizedType::getDefaultMaximumForInteger(true, code.getWidth());
  Type real = data.getElementType();
  SmallVector<int64_t> sharedDims = llvm::to_vector(llvm::make_filter_range(
      llvm::seq<int64_t>(0, data.getRank()), [&](int64_t dim) { return params->type.getDimSize(dim) != 1; }));
  constexpr unsigned flags = quant::QuantizationFlags::Signed;
  if (sharedDims.empty())
    return data.clone(
        Type(quant::UniformQuantizedType::get(flags, code, real, params->scales[0], params->zeros[0], low, high)));
  bool isAxis = sharedDims.size() == 1 && params->type.getDimSize(sharedDims[0]) == data.getDimSize(sharedDims[0]);
  if (isAxis)
    return data.clone(Type(quant::UniformQuantizedPerAxisType::get(flags, code, real, params->scales, params->zeros,
                                                                   sharedDims[0], low, high)));
  if (!data.hasStaticShape()) {
    reason = "blocks of a tensor with dynamic dimensions";
    return failure();
  }
  return data.clone(Type(getSubChannelType(data, code, real, *params, low, high)));
}

namespace {
struct ConvertQuantize : OpRewritePattern<lowp::QuantizeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(lowp::QuantizeOp op, PatternRewriter &rewriter) const override {
    std::string reason;
    auto codes = cast<RankedTensorType>(op.getType());
    FailureOr<RankedTensorType> type = getQuantType(cast<RankedTensorType>(op.getInput().getType()),
                                                    codes.getElementType(), op.getScale(), op.getZeroPoint(), reason);
    if (failed(type)) {
      op.emitRemark() << "stays in lowp: " << reason;
      return rewriter.notifyMatchFailure(op, reason);
    }
    Value quantized = quant::QuantizeCastOp::create(rewriter, op.getLoc(), *type, op.getInput());
    rewriter.replaceOpWithNewOp<quant::StorageCastOp>(op, codes, quantized);
    return success();
  }
};

struct ConvertDequantize : OpRewritePattern<lowp::DequantizeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(lowp::DequantizeOp op, PatternRewriter &rewriter) const override {
    std::string reason;
    auto values = cast<RankedTensorType>(op.getType());
    Type code = cast<RankedTensorType>(op.getInput().getType()).getElementType();
    FailureOr<RankedTensorType> type = getQuantType(values, code, op.getScale(), op.getZeroPoint(), reason);
    if (failed(type)) {
      op.emitRemark() << "stays in lowp: " << reason;
      return rewriter.notifyMatchFailure(op, reason);
    }
    Value quantized = quant::StorageCastOp::create(rewriter, op.getLoc(), *type, op.getInput());
    rewriter.replaceOpWithNewOp<quant::DequantizeCastOp>(op, values, quantized);
    return success();
  }
};

struct ConvertLowPToQuant : quantopt::impl::ConvertLowPToQuantBase<ConvertLowPToQuant> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<ConvertQuantize, ConvertDequantize>(&getContext());
    // Each op is visited once, so each remark appears once.
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};
} // namespace
