//===- OutputHead.cpp - Which contraction yields the logits ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Analysis/OutputHead.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantopt;

/// Whether an index is computed from an element of integer data, rather than from loop indices alone.
static bool isLookedUp(Value index) {
  SmallVector<Value> worklist{index};
  llvm::SmallPtrSet<Value, 8> seen;
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    if (!seen.insert(value).second)
      continue;
    if (isa<BlockArgument>(value) && isa<IntegerType>(value.getType()))
      return true;
    Operation *op = value.getDefiningOp();
    if (!op)
      continue;
    if (isa<tensor::ExtractOp>(op))
      return isa<IntegerType>(value.getType());
    llvm::append_range(worklist, op->getOperands());
  }
  return false;
}

SmallVector<Value> quantopt::findEmbeddingTables(FunctionOpInterface function) {
  llvm::SetVector<Value> tables;
  auto add = [&](Value table) {
    auto type = dyn_cast<RankedTensorType>(table.getType());
    if (type && type.getRank() == 2 && isa<FloatType>(type.getElementType()))
      tables.insert(getViewSource(table));
  };
  function->walk([&](Operation *op) {
    if (auto gather = dyn_cast<tensor::GatherOp>(op))
      add(gather.getSource());
    auto extract = dyn_cast<tensor::ExtractOp>(op);
    if (extract && !extract.getIndices().empty() && isLookedUp(extract.getIndices().front()))
      add(extract.getTensor());
  });
  return tables.takeVector();
}

static bool isViewOrElementwise(Operation *op) {
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return linalgOp.getNumReductionLoops() == 0;
  return isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::ReshapeOp, tensor::CastOp, tensor::ExtractSliceOp>(
             op) ||
         OpTrait::hasElementwiseMappableTraits(op);
}

static bool reachesReturn(Operation *op) {
  SmallVector<Operation *> worklist{op};
  llvm::SmallPtrSet<Operation *, 16> seen;
  while (!worklist.empty())
    for (Operation *user : worklist.pop_back_val()->getUsers()) {
      if (user->hasTrait<OpTrait::ReturnLike>() && isa<FunctionOpInterface>(user->getParentOp()))
        return true;
      if (isViewOrElementwise(user) && seen.insert(user).second)
        worklist.push_back(user);
    }
  return false;
}

bool quantopt::isOutputHead(const Contraction &contraction, ArrayRef<Value> embeddingTables) {
  for (Value table : embeddingTables) {
    if (table == contraction.weightSource)
      return true;
    auto type = cast<RankedTensorType>(table.getType());
    if (type.getDimSize(0) == contraction.outFeatures && reachesReturn(contraction.op))
      return true;
  }
  return false;
}
