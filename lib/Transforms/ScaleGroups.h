//===- ScaleGroups.h - Contractions that share a scale of channels -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What smooth and awq-scale share: x W^T = (x / s) (W s)^T for all the weights
// that read one activation, with 1 / s folded into what computes it.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TRANSFORMS_SCALEGROUPS_H
#define QUANTOPT_LIB_TRANSFORMS_SCALEGROUPS_H

#include "QuantizedWeight.h"
#include "ScaleFolding.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace quantopt {

/// Contractions that read one activation along the same dimensions.
struct ScaleGroup {
  mlir::Value activation;
  /// Dimensions of `activation` that count its channels, in order.
  llvm::SmallVector<int64_t> channelDims;
  int64_t channels = 0;
  std::vector<Contraction> members;
};

/// The planned contractions of `function` that `wants`, in program order of the first of each group.
std::vector<ScaleGroup> findScaleGroups(mlir::func::FuncOp function, llvm::function_ref<bool(lowp::PlanAttr)> wants);

/// Whether each member's weight is a constant that nothing else reads, so that a pass may change it.
bool ownsWeights(const ScaleGroup &group);

/// Finds what absorbs 1 / s. Fails with `reason` set where nothing does, or where a reader that is no member, or
/// another reader of a member's weight, would see the scale.
mlir::FailureOr<ScaleFolding> planScaling(const ScaleGroup &group, std::string &reason);

/// Divides the activation by `scales` and multiplies column j of each member's weight by scales[j]; without a folding
/// all scales are 1 and the activation stays. `change` may alter the scaled weight [output channels, channels] of a
/// member further. The channel maxima of `lowp.stats` follow.
/// Fails with an error on an op.
mlir::LogicalResult
applyScales(ScaleGroup &group, ScaleFolding *folding, llvm::ArrayRef<float> scales,
            llvm::function_ref<void(size_t member, llvm::MutableArrayRef<float> weight)> change = nullptr);

/// The weights of a group's members as matrices, and how each will be quantized.
struct GroupWeights {
  std::vector<WeightMatrix> matrices;
  std::vector<AwqWeight> weights; ///< views of `matrices`
};
/// Fails with `reason` set when one cannot be read or its scheme does not divide it.
mlir::FailureOr<GroupWeights> readGroupWeights(const ScaleGroup &group, std::string &reason);

/// The largest of `values` over the channels of each class, for each channel.
std::vector<float> takeClassMaximum(llvm::ArrayRef<float> values, llvm::ArrayRef<unsigned> classes);

} // namespace quantopt

#endif // QUANTOPT_LIB_TRANSFORMS_SCALEGROUPS_H
