//===- Attention.cpp - Products that only look like layers ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Attention.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "quant-opt/Analysis/Contractions.h"

using namespace mlir;
using namespace quantopt;

static bool isContraction(Operation *op) {
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  return linalgOp && linalg::isaContractionOpInterface(linalgOp);
}

/// The op that computes what `op` yields an element, behind float casts; `op` itself where it works on tensors.
static Operation *getElementComputation(Operation *op) {
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  if (!linalgOp)
    return op;
  Operation *result = linalgOp.getBlock()->getTerminator()->getOperand(0).getDefiningOp();
  while (isa_and_nonnull<arith::ExtFOp, arith::TruncFOp>(result))
    result = result->getOperand(0).getDefiningOp();
  return result;
}

/// A sum of exponentials: softmax's divisor, whatever the rest of it looks like. A sigmoid's exponential is not the
/// result of its op.
static bool isSumOfExponentials(Operation *op) {
  if (isa<linalg::SoftmaxOp>(op))
    return true;
  auto sum = dyn_cast<linalg::LinalgOp>(op);
  if (!sum || sum.getNumReductionLoops() == 0 || !isa_and_nonnull<arith::AddFOp>(getElementComputation(op)))
    return false;
  Operation *summed = getViewSource(sum.getDpsInputOperand(0)->get()).getDefiningOp();
  return summed && isa_and_nonnull<math::ExpOp, math::Exp2Op>(getElementComputation(summed));
}

/// The contraction that reads the softmax of `op`'s result; null if there is none before the next contraction.
static Operation *findReaderOfSoftmax(Operation *op) {
  SmallVector<Operation *> worklist{op};
  llvm::SmallPtrSet<Operation *, 16> seen;
  Operation *reader = nullptr;
  bool hasSoftmax = false;
  while (!worklist.empty())
    for (Operation *user : worklist.pop_back_val()->getUsers()) {
      if (!seen.insert(user).second)
        continue;
      if (isContraction(user)) {
        reader = reader ? reader : user;
        continue;
      }
      hasSoftmax |= isSumOfExponentials(user);
      worklist.push_back(user);
    }
  return hasSoftmax ? reader : nullptr;
}

static bool readsArgument(Operation *op) {
  return llvm::any_of(cast<linalg::LinalgOp>(op).getDpsInputs(), [](Value input) {
    auto argument = dyn_cast<BlockArgument>(getViewSource(input));
    return argument && isa<FunctionOpInterface>(argument.getOwner()->getParentOp());
  });
}

bool quantopt::isAttentionOverArguments(linalg::LinalgOp op) {
  if (Operation *values = findReaderOfSoftmax(op))
    return readsArgument(values);
  // As the second product: look for the first one upstream.
  SmallVector<Value> worklist(op.getDpsInputs());
  llvm::SmallPtrSet<Operation *, 16> seen;
  while (!worklist.empty()) {
    Operation *def = worklist.pop_back_val().getDefiningOp();
    if (!def || !seen.insert(def).second)
      continue;
    if (!isContraction(def))
      llvm::append_range(worklist, def->getOperands());
    else if (readsArgument(def) && findReaderOfSoftmax(def) == op)
      return true;
  }
  return false;
}

bool quantopt::isOneHot(Value input) {
  Operation *op = input.getDefiningOp();
  // JAX keeps the lookup in a function of its own.
  if (auto call = dyn_cast_or_null<func::CallOp>(op)) {
    auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(call, call.getCalleeAttr());
    if (!callee || callee.isExternal())
      return false;
    Operation *terminator = callee.getBody().back().getTerminator();
    op = terminator->getOperand(cast<OpResult>(input).getResultNumber()).getDefiningOp();
  }
  Operation *element = op ? getElementComputation(op) : nullptr;
  return isa_and_nonnull<arith::UIToFPOp>(element) &&
         getElementTypeOrSelf(element->getOperand(0).getType()).isInteger(1);
}
