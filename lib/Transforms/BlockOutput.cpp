//===- BlockOutput.cpp - What a group of linears does to its block --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BlockOutput.h"
#include <cstring>

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// Finding the block
//===----------------------------------------------------------------------===//

/// True when all that `next` reads from upstream comes from `group`'s input through its members, from constants and
/// from arguments, which are left in `arguments`.
static bool dependsOnlyOn(const ScaleGroup &group, const ScaleGroup &next, ArrayRef<ScaleGroup> groups,
                          llvm::SetVector<Value> &arguments) {
  Value input = group.members.front().input;
  llvm::SmallPtrSet<Operation *, 8> members, others;
  for (const Contraction &member : group.members)
    members.insert(member.op);
  for (const ScaleGroup &other : groups)
    for (const Contraction &contraction : other.members)
      others.insert(contraction.op);
  llvm::SmallPtrSet<Operation *, 32> seen;
  SmallVector<Value> worklist;
  for (const Contraction &contraction : next.members)
    worklist.push_back(contraction.input);
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    if (value == input)
      continue;
    Operation *op = value.getDefiningOp();
    if (!op) {
      arguments.insert(value);
      continue;
    }
    if (!members.contains(op) && others.contains(op))
      return false;
    if (op->getBlock() != group.members.front().op->getBlock())
      return false;
    if (seen.insert(op).second)
      op->walk([&](Operation *inner) {
        for (Value operand : inner->getOperands())
          if (operand.getParentBlock() == op->getBlock())
            worklist.push_back(operand);
      });
  }
  return llvm::all_of(members, [&](Operation *member) { return seen.contains(member); });
}

std::optional<BlockSlice> quantopt::findBlockSlice(ArrayRef<ScaleGroup> groups, size_t index) {
  const ScaleGroup &group = groups[index];
  Value input = group.members.front().input;
  for (const Contraction &member : group.members)
    if (member.input != input || !getElementTypeOrSelf(member.weightSource.getType()).isF32() ||
        !getElementTypeOrSelf(input.getType()).isF32())
      return std::nullopt;
  for (const ScaleGroup &next : groups.drop_front(index + 1)) {
    llvm::SetVector<Value> arguments;
    if (!dependsOnlyOn(group, next, groups, arguments))
      continue;
    BlockSlice slice;
    slice.inputs.push_back(input);
    for (const Contraction &member : group.members)
      slice.inputs.push_back(member.weightSource);
    llvm::append_range(slice.inputs, arguments);
    for (const Contraction &contraction : next.members)
      if (getElementTypeOrSelf(contraction.op->getResult(0).getType()).isF32())
        slice.outputs.push_back(contraction.op->getResult(0));
    if (!slice.outputs.empty())
      return slice;
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Judging
//===----------------------------------------------------------------------===//

static HostTensor makeTensor(RankedTensorType type, ArrayRef<float> elements) {
  HostTensor tensor = HostTensor::allocate(type.getShape(), ElementKind::F32);
  std::memcpy(tensor.getData(), elements.data(), elements.size() * sizeof(float));
  return tensor;
}

FailureOr<BlockJudge::Outputs> BlockJudge::runWith(ArrayRef<HostTensor> weights) {
  std::vector<std::vector<HostTensor>> full;
  for (const std::vector<HostTensor> &call : calls) {
    full.push_back({call.front()});
    llvm::append_range(full.back(), weights);
    llvm::append_range(full.back(), ArrayRef(call).drop_front());
  }
  return run.run(full);
}

LogicalResult BlockJudge::prepare(const ScaleGroup &judged, const BlockSlice &slice, ArrayRef<HostTensor> inputs,
                                  ArrayRef<Sample> samples) {
  group = &judged;
  calls.clear();
  size_t firstArgument = 1 + group->members.size();
  for (auto [input, sample] : llvm::zip_equal(inputs, samples)) {
    if (input.getShape() != inputs.front().getShape())
      continue;
    calls.push_back({input});
    for (Value argument : ArrayRef(slice.inputs).drop_front(firstArgument))
      calls.back().push_back(sample[cast<BlockArgument>(argument).getArgNumber()]);
  }
  std::vector<HostTensor> weights;
  for (const Contraction &member : group->members) {
    std::string reason;
    FailureOr<WeightMatrix> weight = readWeightMatrix(member, reason);
    if (failed(weight))
      return member.op->emitOpError() << member.site << ": its weight cannot be read: " << reason;
    weights.push_back(
        makeTensor(cast<RankedTensorType>(member.weightSource.getType()), getSourceElements(member, *weight)));
  }
  std::vector<HostTensor> example{calls.front().front()};
  llvm::append_range(example, weights);
  llvm::append_range(example, ArrayRef(calls.front()).drop_front());
  if (failed(run.prepare(slice.inputs, slice.outputs, example)))
    return failure();
  FailureOr<Outputs> outputs = runWith(weights);
  if (failed(outputs))
    return failure();
  reference = std::move(*outputs);
  return success();
}

FailureOr<double> BlockJudge::judge(ArrayRef<std::vector<float>> rounded) {
  std::vector<HostTensor> weights;
  for (auto [member, elements] : llvm::zip_equal(group->members, rounded)) {
    WeightMatrix matrix{elements, member.outFeatures, member.inFeatures};
    weights.push_back(
        makeTensor(cast<RankedTensorType>(member.weightSource.getType()), getSourceElements(member, matrix)));
  }
  FailureOr<Outputs> outputs = runWith(weights);
  if (failed(outputs))
    return failure();
  std::vector<std::pair<double, double>> sums(outputs->size());
  parallelFor(threads, outputs->size(), [&](size_t i) {
    for (auto [output, wanted] : llvm::zip_equal((*outputs)[i], reference[i]))
      for (auto [value, exact] : llvm::zip_equal(output.as<float>(), wanted.as<float>())) {
        double difference = double(value) - double(exact);
        sums[i].first += difference * difference;
        sums[i].second += double(exact) * double(exact);
      }
  });
  double error = 0, energy = 0;
  for (auto [sampleError, sampleEnergy] : sums) {
    error += sampleError;
    energy += sampleEnergy;
  }
  return energy > 0 ? error / energy : 0;
}
