//===- LoadStore.cpp - ld and st, a warp at a time ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The usual case, where all lanes access one buffer inside its bounds and
// aligned, is checked for all lanes at once; everything else goes lane by lane
// through Warp::translate, which reports what is wrong.
//
//===----------------------------------------------------------------------===//

#include "../MemoryAccess.h"
#include "Lanes.h"

using namespace quantopt::ptx;

namespace {

/// Where the lanes access: host address = `base` + address, and `written` + host address is the byte that says whether
/// it has been written (if hasWritten).
struct Region {
  uintptr_t base = 0;
  ptrdiff_t written = 0;
  bool hasWritten = false;
};

/// Addresses of the lanes; those that do not execute repeat the first that does.
QUANTOPT_INLINE void collectAddresses(const Warp &warp, const MicroOp &op, uint32_t exec, uint64_t *to) {
  uint64_t offset = uint64_t(op.imm);
  if (op.flags & MicroOp::WideAddress) {
    const uint64_t *base = warp.in<uint64_t>(op.slots[4]);
    QUANTOPT_LANE_LOOP
    for (unsigned lane = 0; lane < numLanes; ++lane)
      to[lane] = base[lane] + offset;
  } else if (op.flags & MicroOp::NarrowAddress) {
    const uint32_t *base = warp.in<uint32_t>(op.slots[4]);
    QUANTOPT_LANE_LOOP
    for (unsigned lane = 0; lane < numLanes; ++lane)
      to[lane] = uint32_t(base[lane] + offset);
  } else {
    QUANTOPT_LANE_LOOP
    for (unsigned lane = 0; lane < numLanes; ++lane)
      to[lane] = offset;
  }
  if (exec == allLanes)
    return;
  uint64_t first = to[__builtin_ctz(exec)];
  QUANTOPT_LANE_LOOP
  for (unsigned lane = 0; lane < numLanes; ++lane)
    to[lane] = (exec >> lane) & 1 ? to[lane] : first;
}

struct Extent {
  uint64_t least, most, bits;
};
QUANTOPT_INLINE Extent measure(const uint64_t *addresses) {
  Extent extent{addresses[0], addresses[0], 0};
  QUANTOPT_LANE_LOOP
  for (unsigned lane = 0; lane < numLanes; ++lane) {
    extent.least = addresses[lane] < extent.least ? addresses[lane] : extent.least;
    extent.most = addresses[lane] > extent.most ? addresses[lane] : extent.most;
    extent.bits |= addresses[lane];
  }
  return extent;
}

/// `window`: what generic addresses of shared memory begin with, or 0.
QUANTOPT_INLINE bool findShared(Warp &warp, const Extent &extent, uint64_t window, uint64_t bytes, Region &region) {
  Cta &cta = *warp.cta;
  if (extent.least < window + sharedBase || extent.most - window > sharedBase + cta.sharedBytes - bytes)
    return false;
  region.base = reinterpret_cast<uintptr_t>(cta.shared()) - sharedBase - window;
  region.written = cta.written() - cta.shared();
  region.hasWritten = true;
  return true;
}

template <bool IsWrite>
QUANTOPT_INLINE bool findGlobal(Warp &warp, const Extent &extent, uint64_t bytes, Region &region) {
  const Buffer *buffer = warp.grid->memory.find(extent.least);
  if (!buffer || buffer->isFreed || (IsWrite && buffer->isConst) || extent.least < buffer->address ||
      bytes > buffer->size || extent.most - buffer->address > buffer->size - bytes)
    return false;
  region.base = reinterpret_cast<uintptr_t>(buffer->data) - buffer->address;
  region.hasWritten = buffer->written != nullptr;
  region.written = region.hasWritten ? buffer->written.get() - buffer->data : 0;
  return true;
}

template <Space In, bool IsWrite>
QUANTOPT_INLINE bool findRegion(Warp &warp, const uint64_t *addresses, uint64_t bytes, Region &region) {
  Extent extent = measure(addresses);
  if (extent.bits & (bytes - 1))
    return false;
  if constexpr (In == Space::Shared)
    return findShared(warp, extent, 0, bytes, region);
  if (In == Space::Generic && (extent.least & windowMask) == sharedWindow)
    return findShared(warp, extent, sharedWindow, bytes, region);
  return findGlobal<IsWrite>(warp, extent, bytes, region);
}

/// Local memory is one block a lane.
QUANTOPT_INLINE bool locateLocal(Warp &warp, const uint64_t *addresses, uint64_t bytes, uintptr_t *host) {
  Extent extent = measure(addresses);
  if ((extent.bits & (bytes - 1)) || bytes > warp.localStride || extent.most > warp.localStride - bytes)
    return false;
  uintptr_t base = reinterpret_cast<uintptr_t>(warp.local.data());
  QUANTOPT_LANE_LOOP
  for (unsigned lane = 0; lane < numLanes; ++lane)
    host[lane] = base + lane * uintptr_t(warp.localStride) + uintptr_t(addresses[lane]);
  return true;
}

QUANTOPT_INLINE Slot getRegister(const Warp &warp, const MicroOp &op, unsigned element) {
  return op.poolCount != 0 ? warp.grid->program.pool[op.pool + element] : op.slots[element];
}

/// The lanes' host addresses; false after a fatal report.
template <Space In, bool IsWrite>
QUANTOPT_INLINE bool locate(Warp &warp, const MicroOp &op, uint32_t exec, uintptr_t *host, Region &region) {
  uint64_t addresses[numLanes];
  collectAddresses(warp, op, exec, addresses);
  uint64_t bytes = uint64_t(op.bytes) * op.count;
  constexpr AccessKind kind = IsWrite ? AccessKind::Write : AccessKind::Read;
  if (__builtin_expect(warp.grid->watchesMemory, false))
    observeAccess(warp, op, In, exec, addresses, uint32_t(bytes), kind, MemoryBits::of(op));
  if constexpr (In == Space::Local)
    return locateLocal(warp, addresses, bytes, host) ||
           translateLanes(warp, op, In, exec, addresses, bytes, kind, host);
  if (__builtin_expect(findRegion<In, IsWrite>(warp, addresses, bytes, region), true)) {
    QUANTOPT_LANE_LOOP
    for (unsigned lane = 0; lane < numLanes; ++lane)
      host[lane] = region.base + uintptr_t(addresses[lane]);
    return true;
  }
  region.hasWritten = false;
  return translateLanes(warp, op, In, exec, addresses, bytes, kind, host);
}

QUANTOPT_INLINE bool isConsecutive(const uintptr_t *host, uintptr_t bytes) {
  uintptr_t difference = 0;
  QUANTOPT_LANE_LOOP
  for (unsigned lane = 0; lane < numLanes; ++lane)
    difference |= host[lane] ^ (host[0] + lane * bytes);
  return difference == 0;
}

template <typename E> QUANTOPT_INLINE E readElement(uintptr_t from) {
  E value;
  std::memcpy(&value, reinterpret_cast<const void *>(from), sizeof(E));
  return value;
}

/// Lanes that read a byte that nobody wrote.
template <typename E> QUANTOPT_INLINE uint32_t findUnwritten(const uintptr_t *host, ptrdiff_t written, unsigned count) {
  using U = std::make_unsigned_t<E>;
  U all = U(-1);
  for (unsigned element = 0; element != count; ++element)
    for (unsigned lane = 0; lane < numLanes; ++lane)
      all &= readElement<U>(host[lane] + written + element * sizeof(E));
  if (all == U(-1))
    return 0;
  uint32_t lanes = 0;
  for (unsigned lane = 0; lane < numLanes; ++lane)
    for (unsigned element = 0; element != count; ++element)
      lanes |= uint32_t(readElement<U>(host[lane] + written + element * sizeof(E)) != U(-1)) << lane;
  return lanes;
}

/// The same for consecutive bytes: true if all are written.
QUANTOPT_INLINE bool isWrittenRow(uintptr_t first, size_t bytes) {
  uint64_t all = ~uint64_t(0);
  QUANTOPT_LANE_LOOP
  for (size_t i = 0; i < bytes / 8; ++i)
    all &= readElement<uint64_t>(first + 8 * i);
  return all == ~uint64_t(0);
}

/// A value as it lies in a register of `R`, above 16 bits zero if the register is that narrow.
template <typename R, typename E> QUANTOPT_INLINE Storage<R> widenElement(E value) { return Storage<R>(R(value)); }

} // namespace

/// E: the element in memory, signed if it is to be extended so. R: the register as an unsigned integer.
template <Space In, typename E, typename R> static Flow runLoad(Warp &warp, const MicroOp &op, uint32_t exec) {
  uintptr_t host[numLanes];
  Region region;
  if (!locate<In, false>(warp, op, exec, host, region))
    return Flow::Stop;
  unsigned count = op.count;
  bool isRow = exec == allLanes && isConsecutive(host, sizeof(E) * count);
  if (region.hasWritten && !(isRow && isWrittenRow(host[0] + region.written, numLanes * sizeof(E) * count)))
    if (uint32_t lanes = findUnwritten<E>(host, region.written, count) & exec)
      reportUnwritten(warp, op, In, lanes);
  for (unsigned element = 0; element != count; ++element) {
    Slot slot = getRegister(warp, op, element);
    if (slot.isNone())
      continue;
    uintptr_t offset = element * sizeof(E);
    if (isRow) {
      uintptr_t first = host[0] + offset;
      forLanes<R>(warp, slot, exec,
                  [=](unsigned lane) { return R(widenElement<R>(readElement<E>(first + lane * sizeof(E) * count))); });
      continue;
    }
    R values[numLanes];
    QUANTOPT_LANE_LOOP
    for (unsigned lane = 0; lane < numLanes; ++lane)
      values[lane] = R(readElement<E>(host[lane] + offset));
    forLanes<R>(warp, slot, exec, [&](unsigned lane) { return values[lane]; });
  }
  return Flow::Next;
}

template <Space In, typename E, typename R> static Flow runStore(Warp &warp, const MicroOp &op, uint32_t exec) {
  uintptr_t host[numLanes];
  Region region;
  if (!locate<In, true>(warp, op, exec, host, region))
    return Flow::Stop;
  unsigned count = op.count;
  bool isRow = exec == allLanes && count == 1 && isConsecutive(host, sizeof(E));
  E ones = E(-1);
  for (unsigned element = 0; element != count; ++element) {
    const Storage<R> *from = warp.in<Storage<R>>(getRegister(warp, op, element));
    uintptr_t offset = element * sizeof(E);
    if (isRow) {
      E values[numLanes];
      QUANTOPT_LANE_LOOP
      for (unsigned lane = 0; lane < numLanes; ++lane)
        values[lane] = E(from[lane]);
      std::memcpy(reinterpret_cast<void *>(host[0]), values, sizeof(values));
      if (region.hasWritten)
        std::memset(reinterpret_cast<void *>(host[0] + region.written), 0xFF, sizeof(values));
      continue;
    }
    for (uint32_t lanes = exec; lanes != 0; lanes &= lanes - 1) {
      unsigned lane = __builtin_ctz(lanes);
      E value = E(from[lane]);
      std::memcpy(reinterpret_cast<void *>(host[lane] + offset), &value, sizeof(E));
      if (region.hasWritten)
        std::memcpy(reinterpret_cast<void *>(host[lane] + offset + region.written), &ones, sizeof(E));
    }
  }
  return Flow::Next;
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

template <Space In, typename E> static Handler pickLoadRegister(unsigned registerBits) {
  return registerBits == 64   ? runLoad<In, E, uint64_t>
         : registerBits == 32 ? runLoad<In, E, uint32_t>
                              : runLoad<In, E, uint16_t>;
}

template <Space In> static Handler pickLoad(unsigned bytes, bool isSigned, unsigned registerBits) {
  switch (bytes) {
  case 1:
    return isSigned ? pickLoadRegister<In, int8_t>(registerBits) : pickLoadRegister<In, uint8_t>(registerBits);
  case 2:
    return isSigned ? pickLoadRegister<In, int16_t>(registerBits) : pickLoadRegister<In, uint16_t>(registerBits);
  case 4:
    return registerBits == 64 ? (isSigned ? runLoad<In, int32_t, uint64_t> : runLoad<In, uint32_t, uint64_t>)
                              : runLoad<In, uint32_t, uint32_t>;
  case 8:
    return runLoad<In, uint64_t, uint64_t>;
  default:
    return nullptr;
  }
}

template <Space In> static Handler pickStore(unsigned bytes, unsigned registerBits) {
  bool isWide = registerBits == 64;
  switch (bytes) {
  case 1:
    return isWide ? runStore<In, uint8_t, uint64_t> : runStore<In, uint8_t, uint32_t>;
  case 2:
    return isWide ? runStore<In, uint16_t, uint64_t> : runStore<In, uint16_t, uint32_t>;
  case 4:
    return isWide ? runStore<In, uint32_t, uint64_t> : runStore<In, uint32_t, uint32_t>;
  case 8:
    return runStore<In, uint64_t, uint64_t>;
  default:
    return nullptr;
  }
}

Handler QUANTOPT_LANES::findLoad(Space space, unsigned bytes, bool isSigned, unsigned registerBits) {
  switch (space) {
  case Space::Shared:
    return pickLoad<Space::Shared>(bytes, isSigned, registerBits);
  case Space::Generic:
    return pickLoad<Space::Generic>(bytes, isSigned, registerBits);
  case Space::Local:
    return pickLoad<Space::Local>(bytes, isSigned, registerBits);
  default:
    return pickLoad<Space::Global>(bytes, isSigned, registerBits);
  }
}

Handler QUANTOPT_LANES::findStore(Space space, unsigned bytes, unsigned registerBits) {
  switch (space) {
  case Space::Shared:
    return pickStore<Space::Shared>(bytes, registerBits);
  case Space::Generic:
    return pickStore<Space::Generic>(bytes, registerBits);
  case Space::Local:
    return pickStore<Space::Local>(bytes, registerBits);
  default:
    return pickStore<Space::Global>(bytes, registerBits);
  }
}
