//===- ScaleFolding.cpp - Divide a value by channel, upstream -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScaleFolding.h"
#include "ConstantRewrite.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "quant-opt/Analysis/Contractions.h"
#include "llvm/ADT/StringExtras.h"
#include <numeric>

using namespace mlir;
using namespace quantopt;

LogicalResult ScaleFolding::plan(Value value, ArrayRef<int64_t> dims, std::string &reason) {
  root = value;
  state = State();
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || dims.empty()) {
    reason = "the activation has no channel dimension";
    return failure();
  }
  ScaleAxes axes;
  channels = 1;
  for (int64_t dim : dims) {
    axes.sizes.push_back(type.getDimSize(dim));
    channels *= type.getDimSize(dim);
  }
  axes.dims.resize(dims.size());
  axes.channels.resize(channels);
  std::iota(axes.channels.begin(), axes.channels.end(), 0);
  axes.rename(dims);
  state.ties.grow(channels);
  return planValue(value, std::move(axes), reason);
}

unsigned ScaleFolding::countClasses() const {
  return llvm::count_if(llvm::seq<unsigned>(0, channels),
                        [&](unsigned channel) { return state.ties.findLeader(channel) == channel; });
}

std::vector<unsigned> ScaleFolding::getClasses() const {
  llvm::IntEqClasses ties = state.ties;
  ties.compress();
  std::vector<unsigned> classes(channels);
  for (int64_t channel = 0; channel < channels; ++channel)
    classes[channel] = ties[channel];
  return classes;
}

LogicalResult ScaleFolding::planEither(llvm::function_ref<LogicalResult(std::string &)> first,
                                       llvm::function_ref<LogicalResult(std::string &)> second, std::string &reason) {
  State before = state;
  unsigned classesBefore = countClasses();
  bool hasFirst = succeeded(first(reason));
  unsigned classesFirst = hasFirst ? countClasses() : 0;
  if (hasFirst && classesFirst == classesBefore)
    return success();
  State afterFirst = std::move(state);
  state = std::move(before);
  bool hasSecond = succeeded(second(reason));
  if (hasFirst && !(hasSecond && countClasses() > classesFirst))
    state = std::move(afterFirst);
  return success(hasFirst || hasSecond);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// True when one op reads the elements of `value`, once.
static bool isReadOnce(Value value) {
  return llvm::count_if(value.getUses(), [](OpOperand &use) { return !isa<tensor::DimOp>(use.getOwner()); }) == 1;
}

LogicalResult ScaleFolding::planValue(Value value, ScaleAxes axes, std::string &reason) {
  Operation *op = value.getDefiningOp();
  if (!op) {
    reason = "it is an argument of the function";
    return failure();
  }
  if (isa<lowp::WeightOp, arith::ConstantOp>(op))
    return planConstant(value, std::move(axes), /*offset=*/0.0f, reason);
  if (value != root && !isReadOnce(value)) {
    reason = "a factor of it has another reader";
    return failure();
  }
  if (isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp>(op))
    return planReshape(op, std::move(axes), reason);
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    return planValue(cast.getSource(), std::move(axes), reason);
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op)) {
    if (linalg::isaContractionOpInterface(linalgOp))
      return planContraction(linalgOp, std::move(axes), reason);
    return planElementwise(linalgOp, std::move(axes), reason);
  }
  reason = ("'" + op->getName().getStringRef() + "' produces it, which absorbs no scale").str();
  return failure();
}

LogicalResult ScaleFolding::planConstant(Value value, ScaleAxes axes, float offset, std::string &reason) {
  if (failed(readFloats(value, reason))) {
    reason = "a factor of it cannot be read: " + reason;
    return failure();
  }
  if (!value.hasOneUse()) {
    reason = "the factor that could absorb the scale has another reader";
    return failure();
  }
  state.targets.push_back({value, std::move(axes), offset});
  return success();
}

/// From the result of a reshape to its operand. Splitting keeps the scale as it is; where dimensions are merged and the
/// scale varies along some of them only, it repeats along the others if their lengths are known, and must not vary at
/// all if they are not.
LogicalResult ScaleFolding::planReshape(Operation *op, ScaleAxes axes, std::string &reason) {
  Value source = op->getOperand(0);
  auto sourceType = cast<RankedTensorType>(source.getType());
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  bool isCollapse = isa<tensor::CollapseShapeOp>(op);
  auto groups = isCollapse ? cast<tensor::CollapseShapeOp>(op).getReassociationIndices()
                           : cast<tensor::ExpandShapeOp>(op).getReassociationIndices();
  // Backwards, so that positions before the one in work stay what they are.
  for (size_t position = axes.dims.size(); isCollapse && position-- > 0;) {
    SmallVector<int64_t> sizes;
    for (int64_t dim : groups[axes.dims[position]])
      sizes.push_back(sourceType.getDimSize(dim));
    if (llvm::is_contained(sizes, ShapedType::kDynamic)) {
      reason = "its channels are made of a dimension of unknown length";
      return failure();
    }
    axes.split(position, groups[axes.dims[position]], sizes);
  }
  if (isCollapse)
    return planValue(source, std::move(axes), reason);

  for (auto [sourceDim, group] : llvm::enumerate(groups)) {
    if (llvm::none_of(group, [&](int64_t dim) { return axes.has(dim); }))
      continue;
    bool isStatic = llvm::none_of(group, [&](int64_t dim) { return type.isDynamicDim(dim); });
    for (int64_t dim : group) {
      if (isStatic && !axes.has(dim))
        axes.repeat(dim, type.getDimSize(dim));
      if (!isStatic && axes.has(dim))
        axes.tie(llvm::find(axes.dims, dim) - axes.dims.begin(), state.ties);
    }
  }
  // The axes that are left name whole groups.
  SmallVector<int64_t> sourceDims;
  for (auto [sourceDim, group] : llvm::enumerate(groups))
    if (!group.empty() && axes.has(group.front())) {
      axes.merge(llvm::find(axes.dims, group.front()) - axes.dims.begin(), group.size(), group.front());
      sourceDims.push_back(sourceDim);
    }
  if (sourceDims.empty()) {
    reason = "its factor is the same for all channels";
    return failure();
  }
  axes.rename(sourceDims);
  return planValue(source, std::move(axes), reason);
}

//===----------------------------------------------------------------------===//
// Products and sums of elements
//===----------------------------------------------------------------------===//

FailureOr<ScaleAxes> ScaleFolding::getOperandAxes(AffineMap map, ScaleAxes loops, std::string &reason) {
  if (!map.isProjectedPermutation(/*allowZeroInResults=*/true)) {
    reason = "a factor of it is not indexed by plain loops";
    return failure();
  }
  auto findDim = [&](int64_t loop) { return map.getResultPosition(getAffineDimExpr(loop, map.getContext())); };
  for (size_t position = loops.dims.size(); position-- > 0;)
    if (!findDim(loops.dims[position]))
      loops.tie(position, state.ties);
  if (loops.dims.empty()) {
    reason = "its factor is the same for all channels";
    return failure();
  }
  SmallVector<int64_t> names;
  for (int64_t loop : loops.dims)
    names.push_back(*findDim(loop));
  loops.rename(names);
  return loops;
}

LogicalResult ScaleFolding::planElementwise(linalg::LinalgOp op, ScaleAxes axes, std::string &reason) {
  AffineMap map = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (op.getNumParallelLoops() != op.getNumLoops() || op->getNumResults() != 1 || !map.isPermutation()) {
    reason = "what produces it is not elementwise";
    return failure();
  }
  SmallVector<int64_t> loops;
  for (int64_t dim : axes.dims)
    loops.push_back(map.getDimPosition(dim));
  axes.rename(loops);
  return planScalar(op.getBlock()->getTerminator()->getOperand(0), axes, reason);
}

/// Divides a scalar of an elementwise op's body by the factor that its `loops` give.
LogicalResult ScaleFolding::planScalar(Value scalar, const ScaleAxes &loops, std::string &reason) {
  if (!scalar.hasOneUse()) {
    reason = "a factor of it is used twice";
    return failure();
  }
  if (auto argument = dyn_cast<BlockArgument>(scalar)) {
    auto op = cast<linalg::LinalgOp>(argument.getOwner()->getParentOp());
    OpOperand *operand = op.getMatchingOpOperand(argument);
    FailureOr<ScaleAxes> axes = getOperandAxes(op.getMatchingIndexingMap(operand), loops, reason);
    return failed(axes) ? failure() : planValue(operand->get(), std::move(*axes), reason);
  }
  Operation *op = scalar.getDefiningOp();
  if (isa<arith::MulFOp>(op))
    // The gain of a norm is by habit the second factor; a product needs to be divided at one only.
    return planEither([&](std::string &why) { return planScalar(op->getOperand(1), loops, why); },
                      [&](std::string &why) { return planScalar(op->getOperand(0), loops, why); }, reason);
  if (isa<arith::DivFOp, arith::ExtFOp, arith::TruncFOp>(op))
    return planScalar(op->getOperand(0), loops, reason);
  if (isa<arith::AddFOp, arith::SubFOp>(op))
    return planSum(op, loops, reason);
  reason = ("'" + op->getName().getStringRef() + "' stands between it and any factor").str();
  return failure();
}

/// Both terms are divided; a constant plus a weight (the 1 + w of some norms) is one offset weight.
LogicalResult ScaleFolding::planSum(Operation *sum, const ScaleAxes &loops, std::string &reason) {
  for (unsigned i : {0u, 1u}) {
    APFloat offset(0.0f);
    auto argument = dyn_cast<BlockArgument>(sum->getOperand(1 - i));
    if (!isa<arith::AddFOp>(sum) || !argument || !matchPattern(sum->getOperand(i), m_ConstantFloat(&offset)))
      continue;
    auto op = cast<linalg::LinalgOp>(argument.getOwner()->getParentOp());
    OpOperand *operand = op.getMatchingOpOperand(argument);
    FailureOr<ScaleAxes> axes = getOperandAxes(op.getMatchingIndexingMap(operand), loops, reason);
    if (failed(axes) || !isa_and_nonnull<lowp::WeightOp, arith::ConstantOp>(operand->get().getDefiningOp())) {
      reason = "a constant is added to it";
      return failure();
    }
    return planConstant(operand->get(), std::move(*axes), float(offset.convertToDouble()), reason);
  }
  if (failed(planScalar(sum->getOperand(0), loops, reason)))
    return failure();
  return planScalar(sum->getOperand(1), loops, reason);
}

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

/// A linear layer absorbs the scale in the rows of its weight; a product of activations hands it to one of them.
LogicalResult ScaleFolding::planContraction(linalg::LinalgOp op, ScaleAxes axes, std::string &reason) {
  // An init that is not zero (a bias, a residual) would have to be divided too.
  auto fill = op.getDpsInits()[0].getDefiningOp<linalg::FillOp>();
  if (!fill || !(matchPattern(fill.getInputs()[0], m_AnyZeroFloat()))) {
    reason = "the product that gives it adds to an init";
    return failure();
  }
  std::string notLinear;
  FailureOr<Contraction> contraction = analyzeContraction(op, notLinear);
  if (failed(contraction))
    return planProduct(op, axes, reason);
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  auto weight = cast<RankedTensorType>(contraction->weightSource.getType());
  if (weight.getRank() != 2 || contraction->weightReduction.size() != 1 || axes.dims.size() != 1 ||
      axes.dims[0] != type.getRank() - 1 || contraction->outFeatures != axes.sizes[0]) {
    reason = "the linear layer that produces it has no plain output channels";
    return failure();
  }
  axes.rename({1 - contraction->weightReduction[0]});
  return planConstant(contraction->weightSource, std::move(axes), 0.0f, reason);
}

LogicalResult ScaleFolding::planProduct(linalg::LinalgOp op, const ScaleAxes &axes, std::string &reason) {
  AffineMap out = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!out.isProjectedPermutation()) {
    reason = "the product that gives it is not indexed by plain loops";
    return failure();
  }
  ScaleAxes loops = axes;
  SmallVector<int64_t> names;
  for (int64_t dim : axes.dims)
    names.push_back(out.getDimPosition(dim));
  loops.rename(names);
  auto planOperand = [&](unsigned operand, std::string &why) -> LogicalResult {
    OpOperand *input = op.getDpsInputOperand(operand);
    FailureOr<ScaleAxes> operandAxes = getOperandAxes(op.getMatchingIndexingMap(input), loops, why);
    return failed(operandAxes) ? failure() : planValue(input->get(), std::move(*operandAxes), why);
  };
  return planEither([&](std::string &why) { return planOperand(1, why); },
                    [&](std::string &why) { return planOperand(0, why); }, reason);
}

//===----------------------------------------------------------------------===//
// Rewriting
//===----------------------------------------------------------------------===//

/// Calls `body(element, channel)` for each element of a constant of `type`.
static void forEachScaled(MutableArrayRef<float> elements, RankedTensorType type, const ScaleAxes &axes,
                          llvm::function_ref<void(float &, int64_t)> body) {
  SmallVector<int64_t> inner(axes.dims.size(), 1);
  for (auto [axis, dim] : llvm::enumerate(axes.dims))
    for (int64_t i = dim + 1; i < type.getRank(); ++i)
      inner[axis] *= type.getDimSize(i);
  for (size_t i = 0; i < elements.size(); ++i) {
    int64_t index = 0;
    for (auto [length, size] : llvm::zip_equal(inner, axes.sizes))
      index = index * size + int64_t(i) / length % size;
    body(elements[i], axes.channels[index]);
  }
}

LogicalResult ScaleFolding::divideBy(ArrayRef<float> scales) {
  for (Target &target : state.targets) {
    std::string reason;
    FailureOr<std::vector<float>> elements = readFloats(target.constant, reason);
    if (failed(elements))
      return target.constant.getDefiningOp()->emitOpError() << "cannot be read: " << reason;
    forEachScaled(*elements, cast<RankedTensorType>(target.constant.getType()), target.axes,
                  [&](float &element, int64_t channel) {
                    element = (element + target.offset) / scales[channel] - target.offset;
                  });
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

bool ScaleFolding::changesMatrix() const {
  return llvm::any_of(state.targets, [](const Target &target) {
    return cast<RankedTensorType>(target.constant.getType()).getRank() > 1;
  });
}

std::string ScaleFolding::describe() const {
  auto names = llvm::map_range(state.targets, [](const Target &target) {
    auto weight = target.constant.getDefiningOp<lowp::WeightOp>();
    return weight ? weight.getKey().getLeafReference().str() : std::string("a constant");
  });
  return llvm::join(names, ", ");
}
