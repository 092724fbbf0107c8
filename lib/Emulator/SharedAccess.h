//===- SharedAccess.h - Addresses of asynchronous instructions ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_SHAREDACCESS_H
#define QUANTOPT_LIB_EMULATOR_SHAREDACCESS_H

#include "Decoder.h"
#include "quant-opt/Emulator/Machine.h"

namespace quantopt::ptx {

/// A memory instruction of several lanes that takes `bytes` a lane, aligned to `align`.
struct LaneAccess {
  Warp &warp;
  const MicroOp &op;
  Space space; // Shared, Global or Generic
  AccessKind kind;
  uint32_t bytes, align;
};

/// Finds the host memory of each of `lanes`, tells the observer and the asynchronous state. False after a fatal report.
bool accessLanes(const LaneAccess &access, uint32_t lanes, const std::array<uint64_t, numLanes> &addresses,
                 std::array<uint8_t *, numLanes> &host);

/// A place in a CTA's shared memory.
struct SharedPlace {
  Cta *cta = nullptr; // null after a fatal report
  uint32_t address = 0;
};

/// Where an address of a lane in space Shared (shared::cta or shared::cluster) or Generic points: `bytes` of shared
/// memory, aligned to `align`.
SharedPlace findShared(Warp &warp, const MicroOp &op, unsigned lane, Space space, uint64_t address, uint64_t bytes,
                       uint64_t align);

//===--- Several addresses in one micro-op ---===//

/// Slots that an address takes in a pool.
inline constexpr unsigned poolAddressSlots = 3;
/// Appends an address operand: for micro-ops that have more than one.
void addPoolAddress(Decoder &d, const AddressOperand &address, llvm::SmallVectorImpl<Slot> &pool);
/// The lane's address that was added at position `first` of the pool.
uint64_t getPoolAddress(const Warp &warp, const MicroOp &op, unsigned first, unsigned lane);

/// Calls `visit` for each lane of the mask, lowest first; stops where it returns false, and returns that.
template <typename Visit> bool forEachLane(uint32_t lanes, Visit visit) {
  for (; lanes != 0; lanes &= lanes - 1)
    if (!visit(unsigned(llvm::countr_zero(lanes))))
      return false;
  return true;
}

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_SHAREDACCESS_H
