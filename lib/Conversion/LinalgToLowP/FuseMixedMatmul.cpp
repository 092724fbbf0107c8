//===- FuseMixedMatmul.cpp - QDQ form to lowp.mixed_matmul ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Finds contractions of 16-bit floats with a weight of dequantized 4-bit codes.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Conversion/Passes.h"

#include "ContractionOfCodes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace quantopt {
#define GEN_PASS_DEF_FUSEMIXEDMATMUL
#include "quant-opt/Conversion/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

/// What keeps `op`, of a product of `lhs`, from the operation; empty when nothing does.
static std::string refuseWeight(DequantizeOp op, Type element) {
  auto codes = cast<RankedTensorType>(op.getInput().getType());
  auto scale = cast<RankedTensorType>(op.getScale().getType());
  std::string text;
  llvm::raw_string_ostream stream(text);
  if (!element.isF16() && !element.isBF16())
    stream << "activations are " << element << "; 4-bit weights have kernels for f16 and bf16"
           << (element.isF32() ? ": give activations=f16 or bf16 to round them" : "");
  else if (codes.getRank() != 2 || !codes.hasStaticShape())
    stream << "the weight is no matrix of known lengths";
  else if (scale.getElementType() != element && !scale.getElementType().isF32())
    stream << "scales are " << scale.getElementType() << ", neither f32 nor " << element << " as the activations";
  else if (scale.getDimSize(0) != codes.getDimSize(0))
    stream << "some rows of the weight share a scale";
  else if (op.getZeroPoint() &&
           cast<RankedTensorType>(op.getZeroPoint().getType()) != scale.clone(codes.getElementType()))
    stream << "zero points are not i4, one a scale";
  return text;
}

/// Failure with `reason` set where `op` has a weight of 4 bits, else empty. `rounded` is what f32 activations become,
/// or null.
static FailureOr<CodeContraction> match(linalg::LinalgOp op, Type rounded, std::string &reason) {
  FailureOr<QuantizedOperand> rhs = findCodes(op->getOperand(1));
  if (failed(rhs) || succeeded(findCodes(op->getOperand(0))) ||
      !cast<RankedTensorType>(rhs->dequantize.getInput().getType()).getElementType().isInteger(4))
    return failure();
  FailureOr<CodeContraction> match = matchShape(op, reason);
  if (failed(match))
    return failure();
  reason.clear();
  match->rhs = *rhs;
  match->rhsIsKN ^= rhs->transposed;
  auto lhs = cast<RankedTensorType>(op->getOperand(0).getType());
  Type element = rounded && lhs.getElementType().isF32() ? rounded : lhs.getElementType();
  reason = refuseWeight(rhs->dequantize, element);
  Type result = getElementTypeOrSelf(op->getResult(0).getType());
  if (reason.empty() && match->rhsIsKN)
    reason = "the codes are [k, n]; kernels read them along k";
  if (reason.empty() && result != element && !result.isF32())
    reason = "the result is neither f32 nor of the activations' type";
  if (reason.empty() && lhs.getRank() < 2)
    reason = "the activations are no rows";
  if (reason.empty() && !isZeroFilled(op.getDpsInits()[0]))
    reason = "it adds to an initial value that is not zero";
  if (!reason.empty())
    return failure();
  return match;
}

/// `value` [m, k] with its elements rounded to `type`.
static Value roundElements(ImplicitLocOpBuilder &builder, Value value, Type type) {
  Value empty = tensor::EmptyOp::create(builder, tensor::getMixedSizes(builder, builder.getLoc(), value), type);
  SmallVector<AffineMap> maps(2, builder.getMultiDimIdentityMap(2));
  SmallVector<utils::IteratorType> iterators(2, utils::IteratorType::parallel);
  auto rounded = linalg::GenericOp::create(
      builder, empty.getType(), value, empty, maps, iterators, [&](OpBuilder &inner, Location loc, ValueRange args) {
        linalg::YieldOp::create(inner, loc, arith::TruncFOp::create(inner, loc, type, args[0]).getResult());
      });
  return rounded.getResult(0);
}

namespace {
struct FuseMixedMatmul : quantopt::impl::FuseMixedMatmulBase<FuseMixedMatmul> {
  using FuseMixedMatmulBase::FuseMixedMatmulBase;

  void runOnOperation() override {
    MLIRContext *context = &getContext();
    if (!activations.empty() && activations != "f16" && activations != "bf16") {
      emitError(getOperation().getLoc()) << "fuse-mixed-matmul: activations must be f16 or bf16, got '" << activations
                                         << "'";
      return signalPassFailure();
    }
    Type rounded = activations == "f16"    ? Type(Float16Type::get(context))
                   : activations == "bf16" ? Type(BFloat16Type::get(context))
                                           : Type();
    SmallVector<linalg::LinalgOp> contractions;
    getOperation()->walk([&](linalg::LinalgOp op) {
      if (linalg::isaContractionOpInterface(op) && op.hasPureTensorSemantics())
        contractions.push_back(op);
    });
    auto named = [](StringRef name) { return remark::RemarkOpts::name(name).category("fuse-mixed-matmul"); };
    for (linalg::LinalgOp op : contractions) {
      std::string reason;
      FailureOr<CodeContraction> found = match(op, rounded, reason);
      if (succeeded(found)) {
        remark::passed(op.getLoc(), named("FusedMixedMatmul")) << "fused into lowp.mixed_matmul";
        fuse(*found, rounded);
      } else if (!reason.empty()) {
        remark::missed(op.getLoc(), named("NotFusedMixedMatmul")) << reason;
      }
    }
  }

private:
  static void fuse(CodeContraction match, Type rounded) {
    Value lhs = match.op->getOperand(0);
    DequantizeOp weight = match.rhs.dequantize;
    replaceContraction(match, [&](ImplicitLocOpBuilder &builder, RankedTensorType type, Value bias) {
      Value rows = collapseTo2D(builder, lhs);
      if (rounded && getElementTypeOrSelf(rows.getType()).isF32())
        rows = roundElements(builder, rows, rounded);
      return MixedMatmulOp::create(builder, type, rows, weight.getInput(), weight.getScale(), weight.getZeroPoint(),
                                   bias);
    });
  }
};
} // namespace
