//===- ScaleGroups.cpp - Contractions that share a scale of channels ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScaleGroups.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

std::vector<ScaleGroup> quantopt::findScaleGroups(func::FuncOp function,
                                                  llvm::function_ref<bool(lowp::PlanAttr)> wants) {
  llvm::MapVector<std::pair<Value, Attribute>, ScaleGroup> groups;
  for (Contraction &contraction : findContractions(function)) {
    auto plan = contraction.op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
    if (!plan || !wants(plan) || contraction.isConvolution)
      continue;
    auto dims = DenseI64ArrayAttr::get(function.getContext(), contraction.sharedReduction);
    ScaleGroup &group = groups[{contraction.sharedInput, dims}];
    group.activation = contraction.sharedInput;
    group.channelDims = contraction.sharedReduction;
    group.channels = contraction.inFeatures;
    group.members.push_back(contraction);
  }
  std::vector<ScaleGroup> result;
  for (auto &[key, group] : groups)
    result.push_back(std::move(group));
  return result;
}

/// True when `value` is read by inputs of `members` alone, whatever views are between: an op in between whose result
/// reaches nothing but their inputs lies on the way on which each of them sees the activation.
static bool isReadOnlyBy(Value value, ArrayRef<Contraction> members) {
  for (OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    if (isa<tensor::DimOp, lowp::ObserveOp>(user) || llvm::any_of(members, [&](const Contraction &member) {
          return member.op == user && member.inputOperand == use.getOperandNumber();
        }))
      continue;
    if (user->getNumResults() != 1 || user->use_empty() || !isReadOnlyBy(user->getResult(0), members))
      return false;
  }
  return true;
}

bool quantopt::ownsWeights(const ScaleGroup &group) {
  return llvm::all_of(group.members, [](const Contraction &member) {
    return member.sourceKind != WeightSourceKind::Argument && member.sourceKind != WeightSourceKind::Computed &&
           member.weightSource.hasOneUse();
  });
}

FailureOr<ScaleFolding> quantopt::planScaling(const ScaleGroup &group, std::string &reason) {
  if (group.members.front().inputReduction.size() != 1) {
    reason = "its input channels are no single dimension";
    return failure();
  }
  if (!ownsWeights(group)) {
    reason = "its weight is no constant or has another reader";
    return failure();
  }
  if (!isReadOnlyBy(group.activation, group.members)) {
    reason = "something other than quantized contractions reads the activation";
    return failure();
  }
  ScaleFolding folding;
  if (failed(folding.plan(group.activation, group.channelDims, reason)))
    return failure();
  return folding;
}

/// The statistics describe the old activation. The channel maxima are divided with it, and with them the range where
/// they give it; any other range is dropped.
static void scaleStatistics(Operation *op, ArrayRef<float> scales) {
  auto stats = op->getAttrOfType<DictionaryAttr>(LowPDialect::getStatsAttrName());
  auto absMax = stats ? stats.getAs<DenseElementsAttr>("channel_absmax") : DenseElementsAttr();
  if (!absMax)
    return;
  SmallVector<float> scaled;
  for (auto [value, scale] : llvm::zip_equal(absMax.getValues<float>(), scales))
    scaled.push_back(value / scale);
  NamedAttrList list(stats);
  list.set("channel_absmax", DenseElementsAttr::get(absMax.getType(), ArrayRef<float>(scaled)));
  auto observer = stats.getAs<StringAttr>("observer");
  if (observer && observer.getValue() == "absmax") {
    float largest = *std::max_element(scaled.begin(), scaled.end());
    Type f32 = Float32Type::get(op->getContext());
    list.set("min", FloatAttr::get(f32, -largest));
    list.set("max", FloatAttr::get(f32, largest));
  } else {
    list.erase("min");
    list.erase("max");
  }
  op->setAttr(LowPDialect::getStatsAttrName(), list.getDictionary(op->getContext()));
}

LogicalResult quantopt::applyScales(ScaleGroup &group, ScaleFolding *folding, ArrayRef<float> scales,
                                    llvm::function_ref<void(size_t, MutableArrayRef<float>)> change) {
  if (folding && failed(folding->divideBy(scales)))
    return failure();
  for (auto [index, member] : llvm::enumerate(group.members)) {
    std::string reason;
    FailureOr<WeightMatrix> weight = readWeightMatrix(member, reason);
    if (failed(weight))
      return member.op->emitOpError() << member.site << ": its weight cannot be read: " << reason;
    for (int64_t row = 0; row < weight->rows; ++row)
      for (int64_t channel = 0; channel < weight->cols; ++channel)
        weight->elements[row * weight->cols + channel] *= scales[channel];
    if (change)
      change(index, weight->elements);
    if (failed(writeWeightMatrix(member, *weight)))
      return failure();
    scaleStatistics(member.op, scales);
  }
  return success();
}

FailureOr<GroupWeights> quantopt::readGroupWeights(const ScaleGroup &group, std::string &reason) {
  GroupWeights result;
  for (const Contraction &member : group.members) {
    auto plan = member.op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
    FailureOr<BlockScheme> scheme = getBlockScheme(member, plan.getWeight(), reason);
    if (failed(scheme))
      return failure();
    FailureOr<WeightMatrix> matrix = readWeightMatrix(member, reason);
    if (failed(matrix)) {
      reason = "its weight cannot be read: " + reason;
      return failure();
    }
    result.matrices.push_back(std::move(*matrix));
    result.weights.push_back({MatrixRef(), *scheme});
  }
  for (auto [weight, matrix] : llvm::zip_equal(result.weights, result.matrices))
    weight.weight = matrix.getRef();
  return result;
}

std::vector<float> quantopt::takeClassMaximum(ArrayRef<float> values, ArrayRef<unsigned> classes) {
  std::vector<float> largest(values.size(), 0.0f), result;
  for (auto [value, number] : llvm::zip_equal(values, classes))
    largest[number] = std::max(largest[number], value);
  for (unsigned number : classes)
    result.push_back(largest[number]);
  return result;
}
