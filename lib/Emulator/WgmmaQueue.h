//===- WgmmaQueue.h - wgmma operations of a warp -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A warp multiplies its own 16 of the 64 rows, so it queues its part of a
// warpgroup's operations for itself. Operations take effect in order; their
// registers are in use until the warp's wgmma.wait_group, the shared memory that
// they read until that of any warp of the warpgroup: an operation is one of all
// four warps, and is not done before all of it is.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_WGMMAQUEUE_H
#define QUANTOPT_LIB_EMULATOR_WGMMAQUEUE_H

#include "quant-opt/Emulator/Machine.h"

namespace quantopt::ptx {

class AsyncState;

/// One wgmma.mma_async of a warp. `op`: slots[0], slots[1] descriptors of A and B; pool: registers of D, then of A.
struct WgmmaOperation {
  const MicroOp *op = nullptr;
  uint32_t *frame = nullptr; // registers of the frame that it is in
  uint64_t a = 0, b = 0;     // descriptors; `a` is not used when A is in registers
  bool accumulates = true;   // scale-d
  bool isDone = false;
  bool holdsShared = true; // its shared memory is marked as being read
};

class WgmmaQueue {
public:
  //===--- Of the program ---===//
  /// False after a fatal report; others are reported and the operation goes on.
  bool issue(Warp &warp, WgmmaOperation operation);
  void fence() {
    ++epoch;
    isFenced = true;
  }
  void commit();
  /// Completes all groups but the newest `keep`, for the whole warpgroup. False if others of it have yet to commit
  /// theirs.
  bool wait(Warp &warp, size_t keep);
  /// Checks an instruction of another kind, and notes what it writes.
  bool checkRegisters(Warp &warp, const MicroOp &op, uint32_t exec);

  //===--- Of the order of completion ---===//
  /// Lets the oldest operation that is not done take effect; false if there is none.
  bool completeOldest(Warp &warp);
  /// The oldest operation, for messages.
  const WgmmaOperation *getOldest() const;

private:
  struct RegisterUseState {
    uint16_t accumulators = 0, sources = 0; // operations in flight that have it as D or as A
    uint32_t written = 0;                   // epoch of the last ordinary write
  };

  void markRegisters(Warp &warp, const WgmmaOperation &operation, int change);
  bool checkFence(Warp &warp, const WgmmaOperation &operation);
  bool markShared(Warp &warp, const WgmmaOperation &operation);
  void releaseShared(Warp &warp, WgmmaOperation &operation);
  void finish(Warp &warp, uint64_t end);
  bool hasWorkBelow(uint64_t end) const;
  void run(Warp &warp, WgmmaOperation &operation);
  bool reportInFlight(Warp &warp, const MicroOp &op, uint32_t exec, const RegisterUse &use);

  std::vector<WgmmaOperation> open;               // not committed
  std::deque<std::vector<WgmmaOperation>> groups; // committed, not waited for
  uint64_t committed = 0;                         // groups so far; the oldest of `groups` is committed - groups.size()
  llvm::DenseMap<const uint32_t *, RegisterUseState> registers; // by their place in a frame
  uint32_t epoch = 1;                                           // counts wgmma.fence
  bool isFenced = false;                                        // one has been executed
};

/// The micro-op's handler, by which checkRegisters knows its own kind.
Flow runWgmma(Warp &warp, const MicroOp &op, uint32_t exec);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_WGMMAQUEUE_H
