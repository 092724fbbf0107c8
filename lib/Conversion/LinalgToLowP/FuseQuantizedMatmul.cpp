//===- FuseQuantizedMatmul.cpp - QDQ form to lowp.quantized_matmul --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Finds contractions of two dequantized int8 operands and moves their scales behind the sum.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Conversion/Passes.h"

#include "LowP/LowP.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace quantopt {
#define GEN_PASS_DEF_FUSEQUANTIZEDMATMUL
#include "quant-opt/Conversion/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

namespace {

/// One operand of a contraction, as codes and scales, seen through views.
struct QuantizedOperand {
  DequantizeOp dequantize;
  bool transposed = false; ///< the last two dimensions were exchanged on the way to the contraction
};

/// A contraction that can become a lowp.quantized_matmul.
struct Match {
  linalg::LinalgOp op;
  QuantizedOperand lhs, rhs;
  bool rhsIsKN = false; ///< the codes of rhs are [k, n]
};

} // namespace

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

/// True when the view only adds or drops leading dimensions of length 1.
static bool onlyChangesLeadingUnits(RankedTensorType from, RankedTensorType to) {
  auto withoutUnits = [](RankedTensorType type) {
    return type.getShape().drop_while([](int64_t length) { return length == 1; });
  };
  return withoutUnits(from) == withoutUnits(to);
}

/// Follows `value` up through transposes of the last two dimensions and unit dimensions to a lowp.dequantize.
static FailureOr<QuantizedOperand> findCodes(Value value) {
  QuantizedOperand result;
  while (Operation *producer = value.getDefiningOp()) {
    if (auto dequantize = dyn_cast<DequantizeOp>(producer)) {
      result.dequantize = dequantize;
      return result;
    }
    if (auto transpose = dyn_cast<linalg::TransposeOp>(producer)) {
      if (transpose.getPermutation() != ArrayRef<int64_t>{1, 0})
        return failure();
      result.transposed = !result.transposed;
    } else if (!isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(producer) ||
               !onlyChangesLeadingUnits(cast<RankedTensorType>(producer->getOperand(0).getType()),
                                        cast<RankedTensorType>(producer->getResult(0).getType()))) {
      return failure();
    }
    value = producer->getOperand(0);
  }
  return failure();
}

/// The dimensions before the last two must be 1: a matrix with nothing around it.
static bool isMatrix(RankedTensorType type) {
  return type.getRank() >= 2 && llvm::all_of(type.getShape().drop_back(2), [](int64_t length) { return length == 1; });
}

static bool isOneForAll(RankedTensorType scale) {
  return llvm::all_of(scale.getShape(), [](int64_t length) { return length == 1; });
}

static bool isOnePerRow(RankedTensorType codes, RankedTensorType scale, int64_t reduction) {
  for (auto [dim, length] : llvm::enumerate(scale.getShape()))
    if (int64_t(dim) != reduction && length != codes.getDimSize(dim))
      return false;
  return true;
}

/// What keeps the codes of `op` from a kernel; empty when nothing does. `reduction` is a dimension of the codes.
static std::string refuseOperand(StringRef side, DequantizeOp op, int64_t reduction) {
  auto codes = cast<RankedTensorType>(op.getInput().getType());
  auto scale = cast<RankedTensorType>(op.getScale().getType());
  std::string text;
  llvm::raw_string_ostream stream(text);
  if (!codes.getElementType().isInteger(8))
    stream << "the " << side << " codes are " << codes.getElementType() << ", not i8";
  else if (op.getZeroPoint())
    stream << "the " << side << " codes have a zero point; only symmetric codes have a kernel";
  else if (!scale.getElementType().isF32())
    stream << "the " << side << " scale is " << scale.getElementType() << ", not f32";
  else if (scale.getDimSize(reduction) != 1)
    stream << "the " << side << " scale changes along the sum; only one scale a row has a kernel";
  else if (!isOneForAll(scale) && !isOnePerRow(codes, scale, reduction))
    stream << "the " << side << " scale is shared by some rows only";
  return text;
}

static bool isZeroFilled(Value init) {
  if (auto fill = init.getDefiningOp<linalg::FillOp>())
    init = fill.getInputs()[0];
  return matchPattern(init, m_AnyZeroFloat());
}

/// Dimensions of the loops in the order of an operand's dimensions; failure when a dimension is an expression.
static FailureOr<SmallVector<unsigned>> getLoopOrder(AffineMap map) {
  SmallVector<unsigned> order;
  for (AffineExpr result : map.getResults()) {
    auto dim = dyn_cast<AffineDimExpr>(result);
    if (!dim)
      return failure();
    order.push_back(dim.getPosition());
  }
  return order;
}

/// lhs [..., k] and result [..., n] with the same leading dimensions, rhs [n, k] or [k, n] behind unit dimensions.
static FailureOr<Match> matchShape(linalg::LinalgOp op, std::string &reason) {
  reason = "it is no product of rows with a matrix";
  FailureOr<linalg::ContractionDimensions> dims = linalg::inferContractionDims(op);
  if (failed(dims) || dims->k.size() != 1 || dims->n.size() != 1)
    return failure();
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  FailureOr<SmallVector<unsigned>> lhs = getLoopOrder(maps[0]), rhs = getLoopOrder(maps[1]),
                                   out = getLoopOrder(maps[2]);
  if (failed(lhs) || failed(rhs) || failed(out) || lhs->back() != dims->k[0] || out->back() != dims->n[0] ||
      ArrayRef(*lhs).drop_back() != ArrayRef(*out).drop_back() || rhs->size() < 2 ||
      !isMatrix(cast<RankedTensorType>(op->getOperand(1).getType())))
    return failure();
  Match match;
  match.op = op;
  match.rhsIsKN = rhs->back() == dims->n[0];
  if (!match.rhsIsKN && rhs->back() != dims->k[0])
    return failure();
  return match;
}

/// Why `op` stays as it is goes to `reason`; it is empty when nothing about `op` is quantized.
static FailureOr<Match> matchQuantizedMatmul(linalg::LinalgOp op, std::string &reason) {
  FailureOr<QuantizedOperand> lhs = findCodes(op->getOperand(0)), rhs = findCodes(op->getOperand(1));
  if (failed(lhs) && failed(rhs))
    return failure();
  if (failed(lhs) || failed(rhs)) {
    reason = succeeded(lhs) ? "the rhs is not quantized" : "the lhs is not quantized";
    return failure();
  }
  FailureOr<Match> match = matchShape(op, reason);
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
// Bias
//===----------------------------------------------------------------------===//

/// The bias of a generic that only adds one value a column to `sum`, whose only user it is; null when it is none.
static Value matchBias(linalg::GenericOp op, Value sum) {
  if (op.getNumDpsInputs() != 2 || op.getNumDpsInits() != 1 || op.getNumReductionLoops() != 0 || !sum.hasOneUse() ||
      !getElementTypeOrSelf(sum.getType()).isF32() || op->getResult(0).getType() != sum.getType())
    return nullptr;
  Block &body = *op.getBody();
  auto add = dyn_cast<arith::AddFOp>(body.front());
  if (!add || body.getOperations().size() != 2 || body.getTerminator()->getOperand(0) != add.getResult())
    return nullptr;
  for (unsigned side : {0u, 1u}) {
    Value bias = op.getInputs()[1 - side];
    auto type = cast<RankedTensorType>(bias.getType());
    SmallVector<AffineMap> maps = op.getIndexingMapsArray();
    bool addsBoth = llvm::is_contained(add->getOperands(), body.getArgument(0)) &&
                    llvm::is_contained(add->getOperands(), body.getArgument(1));
    if (op.getInputs()[side] == sum && addsBoth && type.getRank() == 1 && type.getElementType().isF32() &&
        maps[side].isIdentity() && maps[2].isIdentity() && maps[1 - side].getNumResults() == 1 &&
        maps[1 - side].getResult(0) == maps[2].getResults().back())
      return bias;
  }
  return nullptr;
}

/// The generic that adds a bias to the contraction's result, if there is one.
static std::pair<linalg::GenericOp, Value> findBias(linalg::LinalgOp op) {
  Value sum = op->getResult(0);
  if (sum.hasOneUse())
    if (auto generic = dyn_cast<linalg::GenericOp>(*sum.user_begin()))
      if (Value bias = matchBias(generic, sum))
        return {generic, bias};
  return {nullptr, nullptr};
}

//===----------------------------------------------------------------------===//
// Rewriting
//===----------------------------------------------------------------------===//

/// [0 .. rank-2], [rank-1].
static SmallVector<ReassociationIndices> groupLeading(int64_t rank) {
  SmallVector<ReassociationIndices> groups(2);
  for (int64_t dim = 0; dim < rank; ++dim)
    groups[dim == rank - 1].push_back(dim);
  return groups;
}

/// The tensor with all dimensions but the last collapsed into one.
static Value collapseTo2D(ImplicitLocOpBuilder &builder, Value value) {
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  if (rank == 2)
    return value;
  return tensor::CollapseShapeOp::create(builder, value, groupLeading(rank));
}

/// The result [rows, n] with the leading dimensions of `like`.
static Value expandFrom2D(ImplicitLocOpBuilder &builder, Value value, Value like) {
  auto type = cast<RankedTensorType>(like.getType());
  if (type.getRank() == 2)
    return value;
  SmallVector<OpFoldResult> shape = tensor::getMixedSizes(builder, builder.getLoc(), like);
  return tensor::ExpandShapeOp::create(builder, type, value, groupLeading(type.getRank()), shape);
}

static void eraseIfDead(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || !isOpTriviallyDead(op))
    return;
  SmallVector<Value> operands(op->getOperands());
  op->erase();
  for (Value operand : operands)
    eraseIfDead(operand);
}

static void fuse(Match match) {
  auto [biasOp, bias] = findBias(match.op);
  Operation *last = biasOp ? biasOp.getOperation() : match.op.getOperation();
  ImplicitLocOpBuilder builder(match.op.getLoc(), last);
  DequantizeOp lhs = match.lhs.dequantize, rhs = match.rhs.dequantize;
  Value lhsCodes = collapseTo2D(builder, lhs.getInput()), lhsScale = collapseTo2D(builder, lhs.getScale());
  Value rhsCodes = collapseTo2D(builder, rhs.getInput()), rhsScale = collapseTo2D(builder, rhs.getScale());
  Value result = last->getResult(0);
  auto type = cast<RankedTensorType>(result.getType());
  int64_t rows = cast<RankedTensorType>(lhsCodes.getType()).getDimSize(0);
  auto flat = RankedTensorType::get({rows, type.getShape().back()}, type.getElementType());
  auto fused = QuantizedMatmulOp::create(builder, flat, lhsCodes, rhsCodes, lhsScale, rhsScale, bias, match.rhsIsKN);
  if (Attribute site = match.op->getDiscardableAttr(LowPDialect::getSiteAttrName()))
    fused->setDiscardableAttr(LowPDialect::getSiteAttrName(), site);
  remark::passed(match.op.getLoc(), remark::RemarkOpts::name("FusedQuantizedMatmul").category("fuse-quantized-matmul"))
      << "fused into lowp.quantized_matmul";
  SmallVector<Value> operands(match.op->getOperands());
  if (biasOp)
    llvm::append_range(operands, biasOp.getDpsInits());
  result.replaceAllUsesWith(expandFrom2D(builder, fused.getResult(), match.op.getDpsInits()[0]));
  if (biasOp)
    biasOp->erase();
  match.op->erase();
  for (Value operand : operands)
    eraseIfDead(operand);
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
      FailureOr<Match> match = matchQuantizedMatmul(op, reason);
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
