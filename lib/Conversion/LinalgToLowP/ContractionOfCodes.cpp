//===- ContractionOfCodes.cpp - What the fusing passes share --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ContractionOfCodes.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

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

FailureOr<QuantizedOperand> quantopt::findCodes(Value value) {
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

bool quantopt::isMatrix(RankedTensorType type) {
  return type.getRank() >= 2 && llvm::all_of(type.getShape().drop_back(2), [](int64_t length) { return length == 1; });
}

bool quantopt::isFloat8(Type type) { return isa<Float8E4M3FNType, Float8E5M2Type>(type); }

bool quantopt::isZeroFilled(Value init) {
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

FailureOr<CodeContraction> quantopt::matchShape(linalg::LinalgOp op, std::string &reason) {
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
  CodeContraction match;
  match.op = op;
  match.rhsIsKN = rhs->back() == dims->n[0];
  if (!match.rhsIsKN && rhs->back() != dims->k[0])
    return failure();
  return match;
}

//===----------------------------------------------------------------------===//
// Bias
//===----------------------------------------------------------------------===//

/// What a generic adds to `sum`, whose only user it is, where that is all it does: one value a column, or a residual of
/// the same shape. Null when it does something else.
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
    bool isPerColumn = type.getRank() == 1 && maps[1 - side].getNumResults() == 1 &&
                       maps[1 - side].getResult(0) == maps[2].getResults().back();
    if (op.getInputs()[side] == sum && addsBoth && type.getElementType().isF32() && maps[side].isIdentity() &&
        maps[2].isIdentity() && (isPerColumn || maps[1 - side].isIdentity()))
      return bias;
  }
  return nullptr;
}

/// The generic that adds a bias or a residual to the contraction's result, if there is one.
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

Value quantopt::collapseTo2D(ImplicitLocOpBuilder &builder, Value value) {
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

void quantopt::replaceContraction(
    CodeContraction match, llvm::function_ref<Operation *(ImplicitLocOpBuilder &, RankedTensorType, Value)> create) {
  linalg::GenericOp biasOp;
  Value bias;
  std::tie(biasOp, bias) = findBias(match.op);
  Operation *last = biasOp ? biasOp.getOperation() : match.op.getOperation();
  ImplicitLocOpBuilder builder(match.op.getLoc(), last);
  Value result = last->getResult(0);
  auto type = cast<RankedTensorType>(result.getType());
  int64_t rows = 1;
  for (int64_t length : type.getShape().drop_back())
    rows = ShapedType::isDynamic(length) || ShapedType::isDynamic(rows) ? ShapedType::kDynamic : rows * length;
  if (bias && cast<RankedTensorType>(bias.getType()).getRank() > 1)
    bias = collapseTo2D(builder, bias);
  Operation *fused =
      create(builder, RankedTensorType::get({rows, type.getShape().back()}, type.getElementType()), bias);
  if (Attribute site = match.op->getDiscardableAttr(LowPDialect::getSiteAttrName()))
    fused->setDiscardableAttr(LowPDialect::getSiteAttrName(), site);
  SmallVector<Value> operands(match.op->getOperands());
  if (biasOp)
    llvm::append_range(operands, biasOp.getDpsInits());
  result.replaceAllUsesWith(expandFrom2D(builder, fused->getResult(0), match.op.getDpsInits()[0]));
  if (biasOp)
    biasOp->erase();
  match.op->erase();
  for (Value operand : operands)
    eraseIfDead(operand);
}
