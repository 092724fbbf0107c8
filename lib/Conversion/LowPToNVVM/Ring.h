//===- Ring.h - Stages of shared memory between warpgroups -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A ring of stages, each with two mbarriers: "full" completes when the copies of a stage have landed, "empty" when
// every reader is done with it. Both change phase once a turn of the ring.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CONVERSION_LOWPTONVVM_RING_H
#define QUANTOPT_CONVERSION_LOWPTONVVM_RING_H

#include "KernelBuilder.h"

namespace quantopt {

/// Where one side of a ring stands: which stage, and the parity of the turn. Both i32.
struct RingPosition {
  mlir::Value stage, parity;
};

/// Waits until the phase of `parity` (i32) of an mbarrier is complete.
void waitForPhase(KernelBuilder &b, mlir::Value barrier, mlir::Value parity);

class Ring {
public:
  /// Barriers lie at `offset` of `shared`, 16 bytes a stage.
  Ring(KernelBuilder &builder, mlir::Value shared, int64_t offset, int64_t stages)
      : b(builder), shared(shared), offset(offset), stages(stages) {}

  /// For one thread, before any other uses the ring: `readers` arrivals empty a stage.
  void init(int64_t readers);
  RingPosition start() { return {b.i32(0), b.i32(0)}; }
  RingPosition advance(RingPosition position);

  /// Waits until the stage can be written; then announces `bytes` of copies to `full`.
  void acquire(RingPosition position, int64_t bytes);
  /// Waits until what was copied to the stage is there.
  void await(RingPosition position) { waitForPhase(b, full(position.stage), position.parity); }
  /// One reader is done with `stage`.
  void release(mlir::Value stage) {
    mlir::NVVM::MBarrierArriveOp::create(b, mlir::Type(), empty(stage), mlir::Value());
  }
  /// The barrier that copies to `stage` complete.
  mlir::Value full(mlir::Value stage) { return barrier(stage, 0); }

private:
  mlir::Value barrier(mlir::Value stage, int64_t first);
  mlir::Value empty(mlir::Value stage) { return barrier(stage, stages); }

  KernelBuilder &b;
  mlir::Value shared;
  int64_t offset, stages;
};

} // namespace quantopt

#endif // QUANTOPT_CONVERSION_LOWPTONVVM_RING_H
