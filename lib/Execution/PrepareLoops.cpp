//===- PrepareLoops.cpp - Loop orders and reductions that vectorize -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Pass/Pass.h"

using namespace mlir;
using namespace quantopt;

/// How many operands step by one element when `loop` is innermost, minus those that take another step.
static int scoreInnermost(linalg::GenericOp op, unsigned loop) {
  int score = 0;
  for (OpOperand &operand : op->getOpOperands()) {
    AffineMap map = op.getMatchingIndexingMap(&operand);
    auto type = dyn_cast<MemRefType>(operand.get().getType());
    if (!type || map.getNumResults() == 0 || !map.isFunctionOfDim(loop))
      continue;
    auto [strides, offset] = type.getStridesAndOffset();
    bool unit = strides.back() == 1 && map.getResult(map.getNumResults() - 1).isFunctionOfDim(loop);
    for (unsigned i = 0, e = map.getNumResults() - 1; i < e; ++i)
      unit &= !map.getResult(i).isFunctionOfDim(loop);
    score += unit ? 1 : -1;
  }
  return score;
}

/// Moves the loop along which most operands are dense to the innermost place.
static void interchange(linalg::GenericOp op, IRRewriter &rewriter) {
  unsigned count = op.getNumLoops();
  if (count < 2)
    return;
  unsigned best = count - 1;
  for (unsigned loop = 0; loop + 1 < count; ++loop)
    if (scoreInnermost(op, loop) > scoreInnermost(op, best))
      best = loop;
  if (best == count - 1)
    return;
  SmallVector<unsigned> order;
  for (unsigned loop = 0; loop < count; ++loop)
    if (loop != best)
      order.push_back(loop);
  order.push_back(best);
  rewriter.setInsertionPoint(op);
  (void)linalg::interchangeGenericOp(rewriter, op, order);
}

/// Lets LLVM keep partial sums in vector lanes: the order is then fixed by the compiled code, whatever the thread.
static void relaxReductions(linalg::GenericOp op) {
  for (unsigned i = 0, e = op.getNumDpsInits(); i < e; ++i) {
    BlockArgument accumulator = op.getRegionOutputArgs()[i];
    auto relax = [](auto combiner) { combiner.setFastmath(combiner.getFastmath() | arith::FastMathFlags::reassoc); };
    for (Operation *user : accumulator.getUsers()) {
      if (auto add = dyn_cast<arith::AddFOp>(user))
        relax(add);
      else if (auto mul = dyn_cast<arith::MulFOp>(user))
        relax(mul);
    }
  }
}

/// A copy between strided buffers would call a runtime function that copies element by element.
static void replaceStridedCopy(memref::CopyOp op, IRRewriter &rewriter) {
  auto isStrided = [](Value value) {
    auto type = dyn_cast<MemRefType>(value.getType());
    return type && !type.getLayout().isIdentity();
  };
  if (!isStrided(op.getSource()) && !isStrided(op.getTarget()))
    return;
  rewriter.setInsertionPoint(op);
  linalg::makeMemRefCopyOp(rewriter, op.getLoc(), op.getSource(), op.getTarget());
  rewriter.eraseOp(op);
}

namespace {

struct PrepareLoops : public PassWrapper<PrepareLoops, OperationPass<func::FuncOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(PrepareLoops)
  StringRef getArgument() const override { return "quantopt-prepare-loops"; }
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    getOperation().walk([&](memref::CopyOp op) { replaceStridedCopy(op, rewriter); });
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) { ops.push_back(op); });
    for (linalg::LinalgOp op : ops) {
      rewriter.setInsertionPoint(op);
      auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
      if (!generic) {
        FailureOr<linalg::GenericOp> result = linalg::generalizeNamedOp(rewriter, op);
        if (failed(result))
          continue;
        generic = *result;
      }
      if (generic.getNumReductionLoops())
        relaxReductions(generic);
      interchange(generic, rewriter);
    }
  }
};

} // namespace

std::unique_ptr<Pass> execution::createPrepareLoopsPass() { return std::make_unique<PrepareLoops>(); }
