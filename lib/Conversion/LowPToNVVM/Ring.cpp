//===- Ring.cpp - Stages of shared memory between warpgroups --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ring.h"

using namespace mlir;
using namespace quantopt;

Value Ring::barrier(Value stage, int64_t first) {
  return b.address(shared, b.add(b.shl(stage, 3), offset + 8 * first), b.getI8Type());
}

void Ring::init(int64_t readers) {
  for (int64_t stage = 0; stage < stages; ++stage) {
    NVVM::MBarrierInitOp::create(b, full(b.i32(stage)), b.i32(1), /*predicate=*/Value());
    NVVM::MBarrierInitOp::create(b, empty(b.i32(stage)), b.i32(readers), /*predicate=*/Value());
  }
  // Visible to the TMA unit, too.
  NVVM::FenceMbarrierInitOp::create(b);
}

RingPosition Ring::advance(RingPosition position) {
  Value next = b.add(position.stage, 1);
  Value wraps = b.equal(next, stages);
  return {b.select(wraps, b.i32(0), next), b.select(wraps, b.xorOf(position.parity, b.i32(1)), position.parity)};
}

/// A loop around the test, which LLVM can schedule, unlike nvvm's op that holds a loop.
void quantopt::waitForPhase(KernelBuilder &b, Value barrier, Value parity) {
  auto loop = scf::WhileOp::create(b, TypeRange(), ValueRange());
  OpBuilder::InsertionGuard guard(b);
  b.createBlock(&loop.getBefore());
  Value done = NVVM::MBarrierTryWaitOp::create(b, b.getI1Type(), barrier, parity, /*ticks=*/Value());
  Value again = arith::XOrIOp::create(b, done, arith::ConstantIntOp::create(b, b.getI1Type(), 1));
  scf::ConditionOp::create(b, again, ValueRange());
  b.createBlock(&loop.getAfter());
  scf::YieldOp::create(b);
}

void Ring::acquire(RingPosition position, int64_t bytes) {
  // The first turn finds every stage empty: the phase before the first counts as complete.
  waitForPhase(b, empty(position.stage), b.xorOf(position.parity, b.i32(1)));
  NVVM::MBarrierArriveExpectTxOp::create(b, Type(), full(position.stage), b.i32(bytes), NVVM::MemScopeKind::CTA,
                                         /*relaxed=*/false, /*predicate=*/Value());
}
