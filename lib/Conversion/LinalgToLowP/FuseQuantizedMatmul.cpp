//===- FuseQuantizedMatmul.cpp - QDQ form to lowp.quantized_matmul --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Finds contractions of two dequantized 8-bit operands and moves their scales behind the sum.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Conversion/Passes.h"

#include "ContractionOfCodes.h"

#include "LowP/LowP.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace quantopt {
#define GEN_PASS_DEF_FUSEQUANTIZEDMATMUL
#include "quant-opt/Conversion/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

static bool isOneForAll(RankedTensorType scale) {
  return llvm::all_of(scale.getShape(), [](int64_t length) { return length == 1; });
}

static bool isOnePerRow(RankedTensorType codes, RankedTensorType scale, int64_t reduction) {
  for (auto [dim, length] : llvm::enumerate(scale.getShape()))
    if (int64_t(dim) != reduction && length != codes.getDimSize(dim))
      return false;
  return true;
}

/// Block scales of 8-bit floats, which every dimension of the operand is divided by.
static bool isBlocked(RankedTensorType codes, RankedTensorType scale, int64_t reduction) {
  return isFloat8(codes.getElementType()) && scale.getDimSize(reduction) != 1 && codes.getRank() == 2;
}

/// What keeps the codes of `op` from a kernel; empty when nothing does. `reduction` is a dimension of the codes.
static std::string refuseOperand(StringRef side, DequantizeOp op, int64_t reduction) {
  auto codes = cast<RankedTensorType>(op.getInput().getType());
  auto scale = cast<RankedTensorType>(op.getScale().getType());
  std::string text;
  llvm::raw_string_ostream stream(text);
  if (!codes.getElementType().isInteger(8) && !isFloat8(codes.getElementType()))
    stream << "the " << side << " codes are " << codes.getElementType() << ", neither i8 nor an 8-bit float";
  else if (op.getZeroPoint())
    stream << "the " << side << " codes have a zero point; only symmetric codes have a kernel";
  else if (!scale.getElementType().isF32())
    stream << "the " << side << " scale is " << scale.getElementType() << ", not f32";
  else if (isBlocked(codes, scale, reduction))
    return "";
  else if (scale.getDimSize(reduction) != 1)
    stream << "the " << side << " scale changes along the sum; only one scale a row has a kernel";
  else if (!isOneForAll(scale) && !isOnePerRow(codes, scale, reduction))
    stream << "the " << side << " scale is shared by some rows only";
  return text;
}

/// Why `op` stays as it is goes to `reason`; it is empty when nothing about `op` is quantized.
static FailureOr<CodeContraction> matchQuantizedMatmul(linalg::LinalgOp op, std::string &reason) {
  FailureOr<QuantizedOperand> lhs = findCodes(op->getOperand(0)), rhs = findCodes(op->getOperand(1));
  if (failed(lhs) && failed(rhs))
    return failure();
  if (failed(lhs) && cast<RankedTensorType>(rhs->dequantize.getInput().getType()).getElementType().isInteger(4))
    return failure(); // for fuse-mixed-matmul
  if (failed(lhs) || failed(rhs)) {
    reason = succeeded(lhs) ? "the rhs is not quantized" : "the lhs is not quantized";
    return failure();
  }
  FailureOr<CodeContraction> match = matchShape(op, reason);
  if (failed(match))
    return failure();
  reason.clear();
  match->lhs = *lhs;
  match->rhs = *rhs;
  match->rhsIsKN ^= rhs->transposed;
  auto rhsCodes = cast<RankedTensorType>(rhs->dequantize.getInput().getType());
  auto lhsCodes = cast<RankedTensorType>(lhs->dequantize.getInput().getType());
  if (lhs->transposed || lhsCodes.getRank() < 2)
    reason = "the lhs codes are no rows that are contiguous along k";
  if (reason.empty())
    reason = refuseOperand("lhs", lhs->dequantize, lhsCodes.getRank() - 1);
  if (reason.empty())
    reason = refuseOperand("rhs", rhs->dequantize, rhsCodes.getRank() - (match->rhsIsKN ? 2 : 1));
  if (reason.empty() && !isMatrix(rhsCodes))
    reason = "the rhs codes are no matrix";
  if (reason.empty() && match->rhsIsKN &&
      cast<RankedTensorType>(rhs->dequantize.getScale().getType()).getDimSize(0) != 1)
    reason = "the rhs codes are [k, n]; block scales have kernels for [n, k]";
  if (reason.empty() && isFloat8(lhsCodes.getElementType()) != isFloat8(rhsCodes.getElementType()))
    reason = "the codes of one side are integers, those of the other floats";
  Type element = getElementTypeOrSelf(op->getResult(0).getType());
  if (reason.empty() && !element.isF32() && !element.isF16() && !element.isBF16())
    reason = "the result is neither f32, f16 nor bf16";
  if (reason.empty() && !isZeroFilled(op.getDpsInits()[0]))
    reason = "it adds to an initial value that is not zero";
  if (!reason.empty())
    return failure();
  return match;
}

//===----------------------------------------------------------------------===//
// Rewriting
//===----------------------------------------------------------------------===//

static void fuse(CodeContraction match) {
  remark::passed(match.op.getLoc(), remark::RemarkOpts::name("FusedQuantizedMatmul").category("fuse-quantized-matmul"))
      << "fused into lowp.quantized_matmul";
  DequantizeOp lhs = match.lhs.dequantize, rhs = match.rhs.dequantize;
  replaceContraction(match, [&](ImplicitLocOpBuilder &builder, RankedTensorType type, Value bias) {
    Value lhsCodes = collapseTo2D(builder, lhs.getInput()), lhsScale = collapseTo2D(builder, lhs.getScale());
    Value rhsCodes = collapseTo2D(builder, rhs.getInput()), rhsScale = collapseTo2D(builder, rhs.getScale());
    return QuantizedMatmulOp::create(builder, type, lhsCodes, rhsCodes, lhsScale, rhsScale, bias, match.rhsIsKN);
  });
}

namespace {
struct FuseQuantizedMatmul : quantopt::impl::FuseQuantizedMatmulBase<FuseQuantizedMatmul> {
  void runOnOperation() override {
    SmallVector<linalg::LinalgOp> contractions;
    getOperation()->walk([&](linalg::LinalgOp op) {
      if (linalg::isaContractionOpInterface(op) && op.hasPureTensorSemantics())
        contractions.push_back(op);
    });
    for (linalg::LinalgOp op : contractions) {
      std::string reason;
      FailureOr<CodeContraction> match = matchQuantizedMatmul(op, reason);
      if (succeeded(match))
        fuse(*match);
      else if (!reason.empty())
        remark::missed(op.getLoc(),
                       remark::RemarkOpts::name("NotFusedQuantizedMatmul").category("fuse-quantized-matmul"))
            << reason;
    }
  }
};
} // namespace
