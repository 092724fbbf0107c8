//===- OutputHead.cpp - Which contraction yields the logits ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Analysis/OutputHead.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

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

SmallVector<EmbeddingTable> quantopt::findEmbeddingTables(FunctionOpInterface function) {
  SmallVector<EmbeddingTable> tables;
  function->walk([&](tensor::ExtractOp extract) {
    auto type = extract.getTensor().getType();
    if (!isa<FloatType>(type.getElementType()))
      return;
    for (auto [dim, index] : llvm::enumerate(extract.getIndices()))
      if (type.getDimSize(dim) > 1 && isLookedUp(index))
        tables.push_back({getViewSource(extract.getTensor()), type.getDimSize(dim)});
  });
  function->walk([&](tensor::GatherOp gather) {
    auto type = gather.getSourceType();
    if (isa<FloatType>(type.getElementType()) && gather.getGatherDims().size() == 1)
      tables.push_back({getViewSource(gather.getSource()), type.getDimSize(gather.getGatherDims()[0])});
  });
  return tables;
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

bool quantopt::isOutputHead(const Contraction &contraction, ArrayRef<EmbeddingTable> tables) {
  return llvm::any_of(tables, [&](const EmbeddingTable &table) {
    return table.source == contraction.weightSource ||
           (table.rows == contraction.outFeatures && reachesReturn(contraction.op));
  });
}
