//===- ScaleFolding.cpp - Divide a value by channel, upstream -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScaleFolding.h"
#include "ConstantRewrite.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "quant-opt/Analysis/Contractions.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace quantopt;

LogicalResult ScaleFolding::plan(Value value, std::string &reason) {
  root = value;
  targets.clear();
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || type.getRank() == 0) {
    reason = "the activation has no channel dimension";
    return failure();
  }
  return planValue(value, type.getRank() - 1, reason);
}

/// Divides `value` along its dimension `dim`.
LogicalResult ScaleFolding::planValue(Value value, int64_t dim, std::string &reason) {
  Operation *op = value.getDefiningOp();
  if (!op) {
    reason = "it is an argument of the function";
    return failure();
  }
  if (isa<lowp::WeightOp, arith::ConstantOp>(op))
    return planConstant(value, dim, /*offset=*/0.0f, reason);
  if (value != root && !value.hasOneUse()) {
    reason = "a factor of it has another reader";
    return failure();
  }
  if (auto broadcast = dyn_cast<linalg::BroadcastOp>(op)) {
    // Dimension `dim` of the result is the input's dimension after the added ones before it.
    auto added = broadcast.getDimensions();
    if (llvm::is_contained(added, dim)) {
      reason = "its factor is the same for all channels";
      return failure();
    }
    int64_t before = llvm::count_if(added, [&](int64_t other) { return other < dim; });
    return planValue(broadcast.getInput(), dim - before, reason);
  }
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op); linalgOp && linalg::isaContractionOpInterface(linalgOp))
    return planContraction(value, dim, reason);
  if (isa<linalg::GenericOp>(op))
    return planGeneric(value, dim, reason);
  reason = ("'" + op->getName().getStringRef() + "' produces it, which absorbs no scale").str();
  return failure();
}

LogicalResult ScaleFolding::planConstant(Value value, int64_t dim, float offset, std::string &reason) {
  if (failed(readFloats(value, reason))) {
    reason = "a factor of it cannot be read: " + reason;
    return failure();
  }
  if (!value.hasOneUse()) {
    reason = "the factor that could absorb the scale has another reader";
    return failure();
  }
  targets.push_back({value, dim, offset});
  return success();
}

/// A linear layer absorbs the scale in the rows of its weight.
LogicalResult ScaleFolding::planContraction(Value value, int64_t dim, std::string &reason) {
  auto op = cast<linalg::LinalgOp>(value.getDefiningOp());
  FailureOr<Contraction> contraction = analyzeContraction(op, reason);
  auto type = cast<RankedTensorType>(value.getType());
  if (failed(contraction))
    return failure();
  auto weight = cast<RankedTensorType>(contraction->weightSource.getType());
  if (weight.getRank() != 2 || contraction->weightReduction.size() != 1 || dim != type.getRank() - 1 ||
      contraction->outFeatures != type.getDimSize(dim)) {
    reason = "the linear layer that produces it has no plain output channels";
    return failure();
  }
  // An init that is not zero (a bias, a residual) would have to be divided too.
  Value init = op.getDpsInits()[0];
  auto fill = init.getDefiningOp<linalg::FillOp>();
  if (!fill || !(matchPattern(fill.getInputs()[0], m_AnyZeroFloat()))) {
    reason = "the linear layer that produces it adds to an init";
    return failure();
  }
  return planConstant(contraction->weightSource, 1 - contraction->weightReduction[0], 0.0f, reason);
}

LogicalResult ScaleFolding::planGeneric(Value value, int64_t dim, std::string &reason) {
  auto generic = cast<linalg::GenericOp>(value.getDefiningOp());
  AffineMap map = generic.getMatchingIndexingMap(generic.getDpsInitOperand(0));
  if (generic.getNumParallelLoops() != generic.getNumLoops() || generic->getNumResults() != 1 ||
      !map.isProjectedPermutation()) {
    reason = "what produces it is not elementwise";
    return failure();
  }
  return planScalar(generic.getBody()->getTerminator()->getOperand(0), map.getDimPosition(dim), reason);
}

/// Divides a scalar of a generic's body by the factor of iteration dimension `loop`.
LogicalResult ScaleFolding::planScalar(Value scalar, unsigned loop, std::string &reason) {
  if (!scalar.hasOneUse()) {
    reason = "a factor of it is used twice";
    return failure();
  }
  if (auto argument = dyn_cast<BlockArgument>(scalar)) {
    auto generic = cast<linalg::GenericOp>(argument.getOwner()->getParentOp());
    OpOperand *operand = generic.getMatchingOpOperand(argument);
    AffineMap map = generic.getMatchingIndexingMap(operand);
    for (auto [dim, expr] : llvm::enumerate(map.getResults()))
      if (auto dimExpr = dyn_cast<AffineDimExpr>(expr); dimExpr && dimExpr.getPosition() == loop)
        return planValue(operand->get(), dim, reason);
    reason = "its factor is the same for all channels";
    return failure();
  }
  Operation *op = scalar.getDefiningOp();
  if (isa<arith::MulFOp>(op)) {
    // The gain of a norm is by habit the second factor; a product needs to be divided at one only.
    size_t planned = targets.size();
    if (succeeded(planScalar(op->getOperand(1), loop, reason)))
      return success();
    targets.truncate(planned);
    return planScalar(op->getOperand(0), loop, reason);
  }
  if (isa<arith::DivFOp, arith::ExtFOp, arith::TruncFOp>(op))
    return planScalar(op->getOperand(0), loop, reason);
  if (isa<arith::AddFOp, arith::SubFOp>(op))
    return planSum(op, loop, reason);
  reason = ("'" + op->getName().getStringRef() + "' stands between it and any factor").str();
  return failure();
}

/// Both terms are divided; a constant plus a weight (the 1 + w of some norms) is one offset weight.
LogicalResult ScaleFolding::planSum(Operation *sum, unsigned loop, std::string &reason) {
  for (unsigned i : {0u, 1u}) {
    APFloat offset(0.0f);
    auto argument = dyn_cast<BlockArgument>(sum->getOperand(1 - i));
    if (!isa<arith::AddFOp>(sum) || !argument || !matchPattern(sum->getOperand(i), m_ConstantFloat(&offset)))
      continue;
    auto generic = cast<linalg::GenericOp>(argument.getOwner()->getParentOp());
    OpOperand *operand = generic.getMatchingOpOperand(argument);
    AffineMap map = generic.getMatchingIndexingMap(operand);
    if (map.getNumResults() != 1 || map.getResult(0) != getAffineDimExpr(loop, sum->getContext())) {
      reason = "a constant is added to it";
      return failure();
    }
    return planConstant(operand->get(), 0, float(offset.convertToDouble()), reason);
  }
  if (failed(planScalar(sum->getOperand(0), loop, reason)))
    return failure();
  return planScalar(sum->getOperand(1), loop, reason);
}

LogicalResult ScaleFolding::divideBy(ArrayRef<float> scales) {
  for (Target &target : targets) {
    auto type = cast<RankedTensorType>(target.constant.getType());
    int64_t inner = 1;
    for (int64_t i = target.dim + 1; i < type.getRank(); ++i)
      inner *= type.getDimSize(i);
    std::string reason;
    FailureOr<std::vector<float>> elements = readFloats(target.constant, reason);
    if (failed(elements))
      return target.constant.getDefiningOp()->emitOpError() << "cannot be read: " << reason;
    for (size_t i = 0; i < elements->size(); ++i) {
      float &element = (*elements)[i];
      element = (element + target.offset) / scales[(i / inner) % scales.size()] - target.offset;
    }
    FailureOr<Value> fresh = createConstantLike(target.constant, *elements);
    if (failed(fresh))
      return failure();
    Operation *old = target.constant.getDefiningOp();
    old->getResult(0).replaceAllUsesWith(*fresh);
    old->erase();
    target.constant = *fresh;
  }
  return success();
}

std::string ScaleFolding::describe() const {
  auto names = llvm::map_range(targets, [](const Target &target) {
    auto weight = target.constant.getDefiningOp<lowp::WeightOp>();
    return weight ? weight.getKey().getLeafReference().str() : std::string("a constant");
  });
  return llvm::join(names, ", ");
}
