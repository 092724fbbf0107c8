//===- Smooth.cpp - Move outliers of activations into weights -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SmoothQuant over the IR: which linears read one activation, and what can
// absorb the inverse scale, are derived from uses and definitions.
//
//===----------------------------------------------------------------------===//

#include "ConstantRewrite.h"
#include "ScaleFolding.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Remarks.h"
#include "quant-opt/Analysis/Contractions.h"
#include "quant-opt/Numerics/SmoothQuant.h"
#include "quant-opt/Transforms/Passes.h"
#include "llvm/ADT/MapVector.h"

namespace quantopt {
#define GEN_PASS_DEF_SMOOTHPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

namespace {
/// Contractions that read one activation, each with its weight as [rows, K].
struct SmoothGroup {
  Value activation;
  std::vector<Contraction> members;
};
} // namespace

//===----------------------------------------------------------------------===//
// Groups
//===----------------------------------------------------------------------===//

static remark::RemarkOpts getRemark() { return remark::RemarkOpts::name("smooth").category("quant"); }

static DenseElementsAttr getChannelAbsMax(Operation *op) {
  auto stats = op->getAttrOfType<DictionaryAttr>(LowPDialect::getStatsAttrName());
  return stats ? stats.getAs<DenseElementsAttr>("channel_absmax") : DenseElementsAttr();
}

/// True when every use of `value`, seen through single-operand views, is the input of one of `members`.
static bool isReadOnlyBy(Value value, ArrayRef<Contraction> members) {
  for (OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    if (llvm::any_of(members, [&](const Contraction &member) {
          return member.op == user && member.inputOperand == use.getOperandNumber();
        }))
      continue;
    bool isView = isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp, tensor::CastOp>(user);
    if (isa<tensor::DimOp, lowp::ObserveOp>(user) || (isView && isReadOnlyBy(user->getResult(0), members)))
      continue;
    return false;
  }
  return true;
}

/// The channels must be the last dimension of the shared activation and the one reduced dimension of each weight,
/// and no weight may have another reader.
static LogicalResult checkGroup(const SmoothGroup &group, std::string &reason) {
  auto type = cast<RankedTensorType>(group.activation.getType());
  int64_t channels = type.getRank() ? type.getShape().back() : 0;
  for (const Contraction &member : group.members) {
    if (!getChannelAbsMax(member.op)) {
      reason = "it has no statistics; run calibrate first";
      return failure();
    }
    if (member.inFeatures != channels || member.weightReduction.size() != 1 || member.inputReduction.size() != 1) {
      reason = "its input channels are not the last dimension of the activation";
      return failure();
    }
    if (!member.weightSource.getDefiningOp() || !member.weightSource.hasOneUse()) {
      reason = "its weight is no constant or has another reader";
      return failure();
    }
  }
  if (!isReadOnlyBy(group.activation, group.members)) {
    reason = "something other than quantized contractions reads the activation";
    return failure();
  }
  return success();
}

static std::vector<SmoothGroup> findGroups(func::FuncOp function) {
  llvm::MapVector<Value, SmoothGroup> groups;
  for (Contraction &contraction : findContractions(function)) {
    auto plan = contraction.op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
    if (!plan || !plan.getInput())
      continue;
    SmoothGroup &group = groups[contraction.sharedInput];
    group.activation = contraction.sharedInput;
    group.members.push_back(contraction);
  }
  std::vector<SmoothGroup> result;
  for (auto &[value, group] : groups)
    result.push_back(std::move(group));
  return result;
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// Calls `body(element, channel)` for each element of a weight, `dim` being its channel dimension.
static void forEachChannel(MutableArrayRef<float> weight, RankedTensorType type, int64_t dim,
                           llvm::function_ref<void(float &, int64_t)> body) {
  int64_t inner = 1, length = type.getDimSize(dim);
  for (int64_t i = dim + 1; i < type.getRank(); ++i)
    inner *= type.getDimSize(i);
  for (size_t i = 0; i < weight.size(); ++i)
    body(weight[i], (int64_t(i) / inner) % length);
}

/// Multiplies channel j of the member's weight by scales[j].
static LogicalResult scaleWeight(const Contraction &member, std::vector<float> weight, ArrayRef<float> scales) {
  auto type = cast<RankedTensorType>(member.weightSource.getType());
  forEachChannel(weight, type, member.weightReduction[0],
                 [&](float &element, int64_t channel) { element *= scales[channel]; });
  FailureOr<Value> fresh = createConstantLike(member.weightSource, weight);
  if (failed(fresh))
    return failure();
  Operation *old = member.weightSource.getDefiningOp();
  old->getResult(0).replaceAllUsesWith(*fresh);
  old->erase();
  return success();
}

/// The statistics describe the old activation: the channel maxima are divided with it, the range is dropped.
static void scaleStatistics(Operation *op, ArrayRef<float> absMax, ArrayRef<float> scales) {
  auto stats = op->getAttrOfType<DictionaryAttr>(LowPDialect::getStatsAttrName());
  SmallVector<float> scaled;
  for (auto [value, scale] : llvm::zip_equal(absMax, scales))
    scaled.push_back(value / scale);
  auto type = RankedTensorType::get({int64_t(scaled.size())}, Float32Type::get(op->getContext()));
  NamedAttrList list(stats);
  list.set("channel_absmax", DenseElementsAttr::get(type, ArrayRef<float>(scaled)));
  list.erase("min");
  list.erase("max");
  op->setAttr(LowPDialect::getStatsAttrName(), list.getDictionary(op->getContext()));
}

/// Smooths one group, or says in a remark why not. Fails only on an error.
static LogicalResult smoothGroup(SmoothGroup &group, double alpha) {
  Operation *anchor = group.members.front().op;
  auto refuse = [&](const Twine &reason) {
    remark::missed(anchor->getLoc(), getRemark())
        << (group.members.front().site + " keeps its activation: " + reason).str();
    return success();
  };
  std::string reason;
  if (failed(checkGroup(group, reason)))
    return refuse(reason);
  ScaleFolding folding;
  if (failed(folding.plan(group.activation, reason)))
    return refuse(reason);

  DenseElementsAttr stats = getChannelAbsMax(anchor);
  std::vector<float> absMax(stats.value_begin<float>(), stats.value_end<float>());
  std::vector<float> weightAbsMax(absMax.size(), 0.0f);
  std::vector<std::vector<float>> weights;
  for (const Contraction &member : group.members) {
    FailureOr<std::vector<float>> weight = readFloats(member.weightSource, reason);
    if (failed(weight))
      return refuse("its weight cannot be read: " + reason);
    forEachChannel(*weight, cast<RankedTensorType>(member.weightSource.getType()), member.weightReduction[0],
                   [&](float &element, int64_t channel) {
                     weightAbsMax[channel] = std::max(weightAbsMax[channel], std::abs(element));
                   });
    weights.push_back(std::move(*weight));
  }
  SmoothOptions options;
  options.alpha = float(alpha);
  llvm::Expected<std::vector<float>> scales = computeSmoothingFactors(absMax, weightAbsMax, options);
  if (!scales)
    return anchor->emitOpError() << group.members.front().site << ": " << llvm::toString(scales.takeError());
  if (failed(folding.divideBy(*scales)))
    return failure();
  for (auto [member, weight] : llvm::zip_equal(group.members, weights)) {
    if (failed(scaleWeight(member, std::move(weight), *scales)))
      return failure();
    scaleStatistics(member.op, absMax, *scales);
    remark::passed(member.op->getLoc(), getRemark()) << (member.site + " smoothed into " + folding.describe());
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Pass
//===----------------------------------------------------------------------===//

namespace {
struct Smooth : quantopt::impl::SmoothPassBase<Smooth> {
  using SmoothPassBase::SmoothPassBase;

  void runOnOperation() override {
    if (!(alpha >= 0.0 && alpha <= 1.0)) {
      getOperation().emitError() << "smooth: alpha must lie between 0 and 1, got " << alpha.getValue();
      return signalPassFailure();
    }
    for (auto function : getOperation().getOps<func::FuncOp>())
      for (SmoothGroup &group : findGroups(function))
        if (failed(smoothGroup(group, alpha)))
          return signalPassFailure();
  }
};
} // namespace
