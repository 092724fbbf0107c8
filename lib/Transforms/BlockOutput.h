//===- BlockOutput.h - What a group of linears does to its block -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Queries, keys and values meet in the attention's output, gate and up in the
// MLP's: how much a change of their weights matters is seen there, at the
// results of the contractions that come next.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TRANSFORMS_BLOCKOUTPUT_H
#define QUANTOPT_LIB_TRANSFORMS_BLOCKOUTPUT_H

#include "QuantizedWeight.h"
#include "ScaleGroups.h"
#include "quant-opt/Execution/Execution.h"

namespace quantopt {

/// The part of a function between the input of a group and the results of the group that follows it.
struct BlockSlice {
  /// The group's input, then the weights of its members, then arguments of the function that the part reads.
  llvm::SmallVector<mlir::Value> inputs;
  llvm::SmallVector<mlir::Value> outputs;
};

/// The slice from `groups[index]` to the first group behind it that depends on all its members and on no other
/// contraction with a weight. None where there is no such group (a residual joins first, or the function ends): the
/// output of the members is then all there is to judge by.
std::optional<BlockSlice> findBlockSlice(llvm::ArrayRef<ScaleGroup> groups, size_t index);

/// Error of the block's output for rounded weights of the group's members.
class BlockJudge {
public:
  BlockJudge(mlir::func::FuncOp function, unsigned threads) : run(function, {threads}), threads(threads) {}

  /// `inputs`: values of the group's input by sample; `samples`: the arguments of the function. Runs the block with the
  /// weights that the IR has. Fails with an error.
  mlir::LogicalResult prepare(const ScaleGroup &group, const BlockSlice &slice, llvm::ArrayRef<HostTensor> inputs,
                              llvm::ArrayRef<Sample> samples);

  /// ||Y - Y0||^2 / ||Y0||^2 over all samples and outputs, `rounded` being dense [out, channels] by member.
  mlir::FailureOr<double> judge(llvm::ArrayRef<std::vector<float>> rounded);

private:
  using Outputs = std::vector<std::vector<HostTensor>>;
  mlir::FailureOr<Outputs> runWith(llvm::ArrayRef<HostTensor> weights);

  SliceRun run;
  unsigned threads;
  const ScaleGroup *group = nullptr;
  /// The inputs of each call, weights left out, and where these go.
  std::vector<std::vector<HostTensor>> calls;
  Outputs reference;
};

} // namespace quantopt

#endif // QUANTOPT_LIB_TRANSFORMS_BLOCKOUTPUT_H
