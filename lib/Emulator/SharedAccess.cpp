//===- SharedAccess.cpp - Addresses of asynchronous instructions ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SharedAccess.h"

#include "MemoryAccess.h"

using namespace quantopt::ptx;

SharedPlace quantopt::ptx::findShared(Warp &warp, const MicroOp &op, unsigned lane, Space space, uint64_t address,
                                      uint64_t bytes, uint64_t align) {
  if (space == Space::Generic && (address & windowMask) != sharedWindow) {
    warp.report(op, 1u << lane, HazardKind::WrongSpace, "uses a generic address that is not in shared memory",
                "convert an address of shared memory with cvta.shared, or name the space in the instruction",
                /*isFatal=*/true, warp.describe(Space::Generic, address, bytes));
    return {};
  }
  uint32_t rank = uint32_t(address >> clusterRankShift) & 0xFF;
  uint32_t offset = uint32_t(address) & ((1u << clusterRankShift) - 1);
  Cluster &cluster = *warp.cta->cluster;
  Cta *cta = rank == 0 ? warp.cta : rank <= cluster.ctas.size() ? &cluster.ctas[rank - 1] : nullptr;
  if (cta && cta != warp.cta && cta->liveThreads == 0) {
    warp.report(op, 1u << lane, HazardKind::AsyncMisuse, "uses shared memory of a CTA that has exited",
                "let all CTAs of the cluster wait for each other (barrier.cluster) before they exit",
                /*isFatal=*/true, warp.describe(Space::Shared, address & 0xFFFFFFFF, bytes));
    return {};
  }
  bool isAligned = offset % align == 0;
  if (cta && isAligned && cta->getShared(offset, bytes))
    return {cta, offset};
  warp.report(op, 1u << lane, isAligned ? HazardKind::OutOfBounds : HazardKind::Misaligned,
              isAligned ? "accesses " + llvm::Twine(bytes) + " bytes outside of shared memory"
                        : "uses a shared address that is no multiple of " + llvm::Twine(align),
              isAligned ? "check the size of the dynamic shared memory and the address"
                        : "align the shared array, or the offset in it",
              /*isFatal=*/true, warp.describe(Space::Shared, address & 0xFFFFFFFF, bytes));
  return {};
}

//===----------------------------------------------------------------------===//
// Pool addresses: base, offset, and a third slot that is none for 32-bit bases
//===----------------------------------------------------------------------===//

void quantopt::ptx::addPoolAddress(Decoder &d, const AddressOperand &address, llvm::SmallVectorImpl<Slot> &pool) {
  pool.push_back(address.base);
  pool.push_back(d.constant64(uint64_t(address.offset)));
  pool.push_back(address.isWide ? address.base : Slot());
}

uint64_t quantopt::ptx::getPoolAddress(const Warp &warp, const MicroOp &op, unsigned first, unsigned lane) {
  const Slot *slots = warp.grid->program.pool.data() + op.pool + first;
  uint64_t offset = warp.in<uint64_t>(slots[1])[lane];
  if (slots[0].isNone())
    return offset;
  if (!slots[2].isNone())
    return warp.in<uint64_t>(slots[0])[lane] + offset;
  return uint32_t(warp.in<uint32_t>(slots[0])[lane] + offset);
}

//===----------------------------------------------------------------------===//
// Lanes
//===----------------------------------------------------------------------===//

bool quantopt::ptx::accessLanes(const LaneAccess &access, uint32_t lanes,
                                const std::array<uint64_t, numLanes> &addresses,
                                std::array<uint8_t *, numLanes> &host) {
  Warp &warp = access.warp;
  if (warp.grid->watchesMemory)
    observeAccess(warp, access.op, access.space, lanes, addresses.data(), access.bytes, access.kind);
  return forEachLane(lanes, [&](unsigned lane) {
    host[lane] =
        warp.translate(access.op, access.space, lane, addresses[lane], access.bytes, access.align, access.kind);
    return host[lane] != nullptr;
  });
}
