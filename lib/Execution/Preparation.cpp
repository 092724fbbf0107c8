//===- Preparation.cpp - Splits off what depends on no sample -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"
#include "Segment.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

/// Calls `visit` on each value from outside that `op` or its regions use.
static void forEachOuterOperand(Operation *op, function_ref<void(Value)> visit) {
  op->walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (operand.getParentBlock() == op->getBlock())
        visit(operand);
  });
}

/// Costs nothing to repeat for each sample, or less than reading a stored result.
static bool isCheap(Operation *op) {
  if (op->hasTrait<OpTrait::ConstantLike>() ||
      isa<tensor::EmptyOp, tensor::CastOp, tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::ExtractSliceOp,
          linalg::FillOp>(op) ||
      llvm::none_of(op->getResultTypes(), llvm::IsaPred<TensorType>))
    return true;
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  return linalgOp && isElementCopy(linalgOp) && llvm::all_of(op->getUsers(), [](Operation *user) {
           auto consumer = dyn_cast<linalg::LinalgOp>(user);
           return consumer && linalg::isaContractionOpInterface(consumer);
         });
}

/// Ops that depend on no argument before `numInputs` and involve real work.
static llvm::SetVector<Operation *> findPreparation(Block &body, size_t numInputs) {
  llvm::SmallPtrSet<Operation *, 32> dependent;
  llvm::SetVector<Operation *> heavy;
  for (Operation &op : body.without_terminator()) {
    bool depends = !isMemoryEffectFree(&op), isHeavy = !isCheap(&op);
    forEachOuterOperand(&op, [&](Value operand) {
      if (auto argument = dyn_cast<BlockArgument>(operand))
        depends |= argument.getArgNumber() < numInputs;
      else
        depends |= dependent.contains(operand.getDefiningOp()), isHeavy |= heavy.contains(operand.getDefiningOp());
    });
    if (depends)
      dependent.insert(&op);
    else if (isHeavy)
      heavy.insert(&op);
  }
  return heavy;
}

/// Erases the ops of `body` that `isDead` holds for, last first.
static void eraseDead(Block &body, function_ref<bool(Operation *)> isDead) {
  SmallVector<Operation *> ops;
  for (Operation &op : body.without_terminator())
    ops.push_back(&op);
  for (Operation *op : llvm::reverse(ops))
    if (isDead(op))
      op->erase();
}

/// Reduces the entry of `module` to the computation of `results` from its arguments after `numInputs`.
static void reduceToResults(func::FuncOp entry, ArrayRef<Value> results, size_t numInputs) {
  Block &body = entry.getBody().front();
  body.getTerminator()->setOperands(results);
  eraseDead(body, [](Operation *op) { return op->use_empty(); });
  body.eraseArguments(0, numInputs);
  entry.setType(FunctionType::get(entry.getContext(), body.getArgumentTypes(), ValueRange(results).getTypes()));
}

OwningOpRef<ModuleOp> execution::splitPreparation(Outlined &outlined, size_t numInputs) {
  func::FuncOp entry = outlined.getEntry();
  if (!entry.getBody().hasOneBlock())
    return nullptr;
  Block &body = entry.getBody().front();
  llvm::SetVector<Operation *> heavy = findPreparation(body, numInputs);
  SmallVector<Value> boundary;
  for (Operation *op : heavy)
    for (Value result : op->getResults())
      if (llvm::any_of(result.getUsers(),
                       [&](Operation *user) { return !heavy.contains(body.findAncestorOpInBlock(*user)); }))
        boundary.push_back(result);
  if (boundary.empty())
    return nullptr;

  IRMapping mapping;
  OwningOpRef<ModuleOp> preparation(cast<ModuleOp>(outlined.module->getOperation()->clone(mapping)));
  SmallVector<Value> results;
  for (Value value : boundary)
    results.push_back(mapping.lookup(value));
  reduceToResults(preparation->lookupSymbol<func::FuncOp>(entryName), results, numInputs);

  for (Value value : boundary)
    value.replaceAllUsesWith(body.addArgument(value.getType(), entry.getLoc()));
  for (Operation *op : llvm::reverse(heavy.getArrayRef()))
    if (op->use_empty())
      op->erase();
  eraseDead(body, [](Operation *op) { return isOpTriviallyDead(op); });
  entry.setType(FunctionType::get(entry.getContext(), body.getArgumentTypes(), entry.getResultTypes()));
  return preparation;
}
