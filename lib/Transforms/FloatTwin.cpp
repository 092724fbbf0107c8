//===- FloatTwin.cpp - The float model beside the quantized one -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FloatTwin.h"
#include "LowP/LowP.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace quantopt;

/// Whether `op`, or an op in its regions, reads a value of its block that `isDependent`.
static bool readsAny(Operation *op, llvm::function_ref<bool(Value)> isDependent) {
  return op
      ->walk([&](Operation *inner) {
        return llvm::any_of(inner->getOperands(), isDependent) ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

FloatTwin::FloatTwin(func::FuncOp function) {
  Block &block = function.getBody().front();
  auto isDependent = [&](Value value) {
    auto argument = dyn_cast<BlockArgument>(value);
    return (argument && argument.getOwner() == &block) || mapping.contains(value);
  };
  for (Operation &op : llvm::make_early_inc_range(block.without_terminator())) {
    if (!readsAny(&op, isDependent))
      continue;
    OpBuilder builder(&op);
    Operation *copy = builder.clone(op, mapping);
    SmallVector<StringAttr> dropped;
    for (NamedAttribute attribute : copy->getDiscardableAttrs())
      if (isa_and_nonnull<lowp::LowPDialect>(attribute.getNameDialect()))
        dropped.push_back(attribute.getName());
    for (StringAttr name : dropped)
      copy->removeAttr(name);
    copies.push_back(copy);
  }
}

/// Ops that nothing but `ops` may read.
static llvm::SetVector<Operation *> getProducers(ArrayRef<Operation *> ops) {
  llvm::SetVector<Operation *> producers;
  for (Operation *op : ops)
    op->walk([&](Operation *inner) {
      for (Value operand : inner->getOperands())
        if (Operation *producer = operand.getDefiningOp(); producer && !op->isAncestor(producer))
          producers.insert(producer);
    });
  return producers;
}

FloatTwin::~FloatTwin() {
  llvm::SetVector<Operation *> left = getProducers(copies);
  for (Operation *copy : llvm::reverse(copies)) {
    left.remove(copy);
    copy->erase();
  }
  // Weights that were rounded meanwhile had the copies as their last readers.
  while (!left.empty()) {
    Operation *op = left.pop_back_val();
    if (!isOpTriviallyDead(op))
      continue;
    left.insert_range(getProducers(op));
    op->erase();
  }
}
