//===- Liveness.cpp - Where to cut a function, and what crosses a cut -----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Liveness.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

/// Calls `visit` on each value of the enclosing block that `op` or its regions use.
static void forEachOperand(Operation *op, function_ref<void(Value)> visit) {
  op->walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (operand.getParentBlock() == op->getBlock())
        visit(operand);
  });
}

static bool isView(Operation *op) { return isa<tensor::CastOp, tensor::ExpandShapeOp, tensor::CollapseShapeOp>(op); }

/// Ops whose results depend on the elements of an argument, not on shapes only.
static llvm::SmallPtrSet<Operation *, 32> findDataDependent(Block &block) {
  llvm::SmallPtrSet<Operation *, 32> dependent;
  for (Operation &op : block) {
    if (isa<tensor::DimOp>(op))
      continue;
    bool depends = false;
    forEachOperand(&op, [&](Value operand) {
      depends |= isa<BlockArgument>(operand) || dependent.contains(operand.getDefiningOp());
    });
    if (depends)
      dependent.insert(&op);
  }
  return dependent;
}

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

Slice execution::computeSlice(ArrayRef<Value> outputs, function_ref<bool(Value)> isAvailable) {
  Slice slice;
  SmallVector<Value> worklist(outputs);
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    if (isAvailable(value)) {
      slice.inputs.insert(value);
      continue;
    }
    if (slice.ops.insert(value.getDefiningOp()).second)
      forEachOperand(value.getDefiningOp(), [&](Value operand) { worklist.push_back(operand); });
  }
  // In an order that does not depend on how the slice was walked: equal segments must look equal.
  SmallVector<Value> inputs = slice.inputs.takeVector();
  llvm::sort(inputs, [](Value a, Value b) {
    auto argumentA = dyn_cast<BlockArgument>(a), argumentB = dyn_cast<BlockArgument>(b);
    if (argumentA || argumentB)
      return argumentA && (!argumentB || argumentA.getArgNumber() < argumentB.getArgNumber());
    if (a.getDefiningOp() != b.getDefiningOp())
      return a.getDefiningOp()->isBeforeInBlock(b.getDefiningOp());
    return cast<OpResult>(a).getResultNumber() < cast<OpResult>(b).getResultNumber();
  });
  slice.inputs.insert(inputs.begin(), inputs.end());
  return slice;
}

llvm::SetVector<Value> execution::findLiveValues(func::FuncOp function, ArrayRef<Target> later, const Slice &slice,
                                                 function_ref<bool(Value)> isAvailable) {
  Block &block = function.getBody().front();
  llvm::SmallPtrSet<Operation *, 32> dependent = findDataDependent(block);
  SmallVector<Value> worklist;
  for (const Target &target : later) {
    if (target.kind == Target::Results)
      llvm::append_range(worklist, block.getTerminator()->getOperands());
    else
      worklist.push_back(target.value);
  }
  llvm::SetVector<Value> live;
  llvm::DenseSet<Value> seen;
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    if (!seen.insert(value).second)
      continue;
    if (isAvailable(value)) {
      live.insert(value);
      continue;
    }
    Operation *op = value.getDefiningOp();
    bool isBoundary = slice.contains(value) && dependent.contains(op) && isa<TensorType>(value.getType());
    if (isBoundary && !isView(op)) {
      live.insert(value);
      continue;
    }
    forEachOperand(op, [&](Value operand) { worklist.push_back(operand); });
  }
  SmallVector<Value> sorted = live.takeVector();
  llvm::sort(sorted, [](Value a, Value b) {
    Operation *opA = a.getDefiningOp(), *opB = b.getDefiningOp();
    if (!opA || !opB)
      return !opA && (opB || cast<BlockArgument>(a).getArgNumber() < cast<BlockArgument>(b).getArgNumber());
    return opA != opB ? opA->isBeforeInBlock(opB)
                      : cast<OpResult>(a).getResultNumber() < cast<OpResult>(b).getResultNumber();
  });
  live.insert(sorted.begin(), sorted.end());
  return live;
}

//===----------------------------------------------------------------------===//
// Cuts
//===----------------------------------------------------------------------===//

/// Contractions that a segment has at least before it is cut without a stop: half a decoder block or so.
static constexpr unsigned minContractions = 3;

/// Tensors that depend on samples and are still read after each op of `block`, as far as counting them to two goes.
static SmallVector<Value> findNarrowPoints(Block &block) {
  llvm::SmallPtrSet<Operation *, 32> dependent = findDataDependent(block);
  // The last reader of each value; a dimension query reads no element.
  DenseMap<Value, Operation *> lastReader;
  for (Operation &op : block)
    if (!isa<tensor::DimOp>(op))
      forEachOperand(&op, [&](Value operand) { lastReader[operand] = &op; });
  DenseMap<Operation *, unsigned> endingAt;
  unsigned live = 0;
  auto open = [&](Value value) {
    if (!isa<TensorType>(value.getType()))
      return;
    if (Operation *reader = lastReader.lookup(value))
      ++live, ++endingAt[reader];
  };
  for (BlockArgument argument : block.getArguments())
    open(argument);
  SmallVector<Value> points;
  for (Operation &op : block) {
    live -= endingAt.lookup(&op);
    if (dependent.contains(&op))
      for (Value result : op.getResults())
        open(result);
    if (live == 1 && op.getNumResults() == 1 && lastReader.lookup(op.getResult(0)) && dependent.contains(&op) &&
        isa<TensorType>(op.getResult(0).getType()))
      points.push_back(op.getResult(0));
  }
  return points;
}

static bool isContraction(Operation &op) {
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  return linalgOp && linalg::isaContractionOpInterface(linalgOp);
}

FailureOr<std::vector<Target>> execution::planTargets(func::FuncOp function, ArrayRef<Value> stops, bool wantResults) {
  Block &block = function.getBody().front();
  std::vector<Target> targets;
  llvm::DenseSet<Value> isStop(stops.begin(), stops.end());
  for (Value stop : stops)
    if (stop.getParentBlock() != &block) {
      Operation *at = stop.getDefiningOp() ? stop.getDefiningOp() : function.getOperation();
      return at->emitError() << "a value inside of a region cannot be observed";
    }
  for (BlockArgument argument : block.getArguments())
    if (isStop.contains(argument))
      targets.push_back({Target::Stop, argument});
  SmallVector<Value> points = findNarrowPoints(block);
  llvm::DenseSet<Value> isNarrow(points.begin(), points.end());
  unsigned contractions = 0, stopsLeft = stops.size() - targets.size();
  for (Operation &op : block) {
    contractions += isContraction(op);
    for (Value result : op.getResults()) {
      if (isStop.contains(result)) {
        targets.push_back({Target::Stop, result});
        contractions = 0, --stopsLeft;
      } else if (isNarrow.contains(result) && contractions >= minContractions && (wantResults || stopsLeft)) {
        targets.push_back({Target::Cut, result});
        contractions = 0;
      }
    }
  }
  if (wantResults)
    targets.push_back({Target::Results, Value()});
  return targets;
}
