//===- MemoryAccess.cpp - The unusual cases of a memory access ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MemoryAccess.h"

#include "llvm/Support/FormatVariadic.h"
#include <algorithm>

using namespace llvm;
using namespace quantopt::ptx;

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

void Warp::getAddresses(const MicroOp &op, Slot slot, uint64_t *addresses) const {
  bool isWide = op.flags & MicroOp::WideAddress, isNarrow = op.flags & MicroOp::NarrowAddress;
  for (unsigned lane = 0; lane != numLanes; ++lane)
    addresses[lane] = isWide     ? in<uint64_t>(slot)[lane] + uint64_t(op.imm)
                      : isNarrow ? uint32_t(in<uint32_t>(slot)[lane] + uint64_t(op.imm))
                                 : uint64_t(op.imm);
}

namespace {

/// One lane's access, for its messages.
class Translation {
public:
  Translation(Warp &warp, const MicroOp &op, unsigned lane, uint64_t bytes, AccessKind kind)
      : warp(warp), op(op), lane(lane), bytes(bytes), kind(kind) {}

  uint8_t *translate(Space space, uint64_t address, uint64_t align);

private:
  uint8_t *findShared(uint64_t address);
  uint8_t *findLocal(uint64_t address);
  uint8_t *findParam(uint64_t address);
  uint8_t *findGlobal(Space space, uint64_t address);
  uint8_t *fail(HazardKind hazard, Space space, uint64_t address, const Twine &what, const Twine &remedy);
  uint8_t *failBounds(Space space, uint64_t address);
  void touch(uint8_t *written, Space space, uint64_t address, HazardKind hazard);
  const char *verb() const {
    return kind == AccessKind::Read ? "reads" : kind == AccessKind::Write ? "writes" : "updates";
  }

  Warp &warp;
  const MicroOp &op;
  unsigned lane;
  uint64_t bytes;
  AccessKind kind;
};

} // namespace

static std::string formatAddress(const HazardAddress &address, uint64_t raw) {
  if (address.object.empty())
    return formatv("address {0:x}", raw);
  return address.offset < 0 ? formatv("{0} - {1}", address.object, -address.offset).str()
                            : formatv("{0} + {1}", address.object, address.offset).str();
}

uint8_t *Translation::fail(HazardKind hazard, Space space, uint64_t address, const Twine &what, const Twine &remedy) {
  HazardAddress where = warp.describe(space, address, bytes);
  std::string message = formatv("{0} {1} bytes at {2}", verb(), bytes, formatAddress(where, address));
  warp.report(op, 1u << lane, hazard, message + ", " + what, remedy, /*isFatal=*/true, where);
  return nullptr;
}

uint8_t *Translation::failBounds(Space space, uint64_t address) {
  HazardAddress where = warp.describe(space, address, bytes);
  if (where.object.empty())
    return fail(HazardKind::OutOfBounds, space, address, "where no buffer is",
                "check the pointer: is it the argument that the kernel expects?");
  return fail(HazardKind::OutOfBounds, space, address,
              formatv("{0} {1} ({2} bytes)", where.offset < 0 ? "in front of" : "past the end of", where.object,
                      where.objectSize),
              "check the index and the guard of the access");
}

/// Reads must find written bytes, writes make them so.
void Translation::touch(uint8_t *written, Space space, uint64_t address, HazardKind hazard) {
  if (kind != AccessKind::Write && std::any_of(written, written + bytes, [](uint8_t byte) { return byte == 0; })) {
    HazardAddress where = warp.describe(space, address, bytes);
    warp.report(op, 1u << lane, hazard,
                formatv("{0} {1} bytes at {2}, which nobody has written", verb(), bytes, formatAddress(where, address)),
                "write it first, or wait for who does", /*isFatal=*/false, where);
  }
  if (kind != AccessKind::Read)
    std::memset(written, 0xFF, bytes);
}

uint8_t *Translation::findShared(uint64_t address) {
  Cluster &cluster = *warp.cta->cluster;
  uint64_t rank = address >> clusterRankShift, offset = address & ((1u << clusterRankShift) - 1);
  if (rank > cluster.ctas.size())
    return fail((address & windowMask) != 0 ? HazardKind::WrongSpace : HazardKind::OutOfBounds, Space::Shared, address,
                (address & windowMask) != 0 ? Twine("a generic address in a .shared access")
                                            : "a CTA that the cluster does not have",
                "use cvta.to.shared, or mapa with a rank of the cluster");
  Cta &cta = rank == 0 ? *warp.cta : cluster.ctas[rank - 1];
  uint8_t *found = cta.getShared(uint32_t(offset), bytes);
  if (!found)
    return failBounds(Space::Shared, address);
  touch(cta.written() + (found - cta.shared()), Space::Shared, address, HazardKind::UninitializedShared);
  return found;
}

uint8_t *Translation::findLocal(uint64_t address) {
  if (address > warp.localStride || bytes > warp.localStride - address)
    return failBounds(Space::Local, address);
  return warp.local.data() + size_t(lane) * warp.localStride + address;
}

uint8_t *Translation::findParam(uint64_t address) {
  std::vector<uint8_t> &params = warp.grid->params;
  if (kind != AccessKind::Read)
    return fail(HazardKind::ReadOnlyWrite, Space::Param, address, "which is read-only",
                "copy the parameter to a local variable");
  if (address > params.size() || bytes > params.size() - address)
    return failBounds(Space::Param, address);
  return params.data() + address;
}

uint8_t *Translation::findGlobal(Space space, uint64_t address) {
  Buffer *buffer = (address & windowMask) == 0 ? warp.grid->memory.find(address) : nullptr;
  if (!buffer && (address & windowMask) != 0)
    return fail(HazardKind::WrongSpace, space, address, "no address of global memory",
                "use cvta.to.global on pointers into global memory only");
  if (!buffer)
    return failBounds(space, address);
  if (buffer->isFreed)
    return fail(HazardKind::OutOfBounds, space, address, "which has been freed", "free it after the launch");
  if (!buffer->contains(address, bytes))
    return failBounds(space, address);
  if (buffer->isConst && kind != AccessKind::Read)
    return fail(HazardKind::ReadOnlyWrite, space, address, "which is .const", "write to a .global variable");
  uint64_t offset = address - buffer->address;
  if (buffer->written)
    touch(buffer->written.get() + offset, space, address, HazardKind::UninitializedBuffer);
  return buffer->data + offset;
}

uint8_t *Translation::translate(Space space, uint64_t address, uint64_t align) {
  if ((address & (align - 1)) != 0)
    return fail(HazardKind::Misaligned, space, address, formatv("which is no multiple of {0}", align),
                "align the pointer and the index");
  if (space == Space::Generic) {
    uint64_t window = address & windowMask;
    space = window == sharedWindow  ? Space::Shared
            : window == localWindow ? Space::Local
            : window == paramWindow ? Space::Param
                                    : Space::Global;
    if (space != Space::Global)
      address &= ~windowMask;
  }
  switch (space) {
  case Space::Shared:
    return findShared(address);
  case Space::Local:
    return findLocal(address);
  case Space::Param:
    return findParam(address);
  default:
    return findGlobal(space, address);
  }
}

uint8_t *Warp::translate(const MicroOp &op, Space space, unsigned lane, uint64_t address, uint64_t bytes,
                         uint64_t align, AccessKind kind) {
  return Translation(*this, op, lane, bytes, kind).translate(space, address, align);
}

bool quantopt::ptx::translateLanes(Warp &warp, const MicroOp &op, Space space, uint32_t exec, const uint64_t *addresses,
                                   uint64_t bytes, AccessKind kind, uintptr_t *host) {
  for (uint32_t lanes = exec; lanes != 0; lanes &= lanes - 1) {
    unsigned lane = unsigned(countr_zero(lanes));
    uint8_t *found = warp.translate(op, space, lane, addresses[lane], bytes, bytes, kind);
    if (!found)
      return false;
    host[lane] = reinterpret_cast<uintptr_t>(found);
  }
  uintptr_t first = host[countr_zero(exec)];
  for (unsigned lane = 0; lane != numLanes; ++lane)
    if (!((exec >> lane) & 1))
      host[lane] = first;
  return true;
}

void quantopt::ptx::reportUnwritten(Warp &warp, const MicroOp &op, Space space, uint32_t lanes) {
  uint64_t addresses[numLanes];
  warp.getAddresses(op, op.slots[4], addresses);
  uint64_t bytes = uint64_t(op.bytes) * op.count;
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    unsigned lane = unsigned(countr_zero(rest));
    // Reports, as nothing else is wrong with the address.
    warp.translate(op, space, lane, addresses[lane], bytes, bytes, AccessKind::Read);
  }
}

//===----------------------------------------------------------------------===//
// Counters
//===----------------------------------------------------------------------===//

/// 32-byte sectors of global memory.
static void countSectors(Counters &counters, uint32_t exec, const uint64_t *addresses, uint32_t bytes) {
  SmallVector<uint64_t, 64> sectors;
  for (uint32_t lanes = exec; lanes != 0; lanes &= lanes - 1) {
    uint64_t address = addresses[countr_zero(lanes)];
    for (uint64_t sector = address / 32; sector <= (address + bytes - 1) / 32; ++sector)
      sectors.push_back(sector);
  }
  llvm::sort(sectors);
  counters.globalSectors += size_t(std::unique(sectors.begin(), sectors.end()) - sectors.begin());
  counters.globalSectorsIdeal += (uint64_t(popcount(exec)) * bytes + 31) / 32;
}

/// 32 banks of 4 bytes. Wider accesses go in groups of lanes of 128 bytes; lanes that want the same word share it.
static void countBanks(Counters &counters, uint32_t exec, const uint64_t *addresses, uint32_t bytes) {
  unsigned words = std::max(1u, bytes / 4), lanesAtOnce = std::max(1u, numLanes / words);
  for (unsigned first = 0; first < numLanes; first += lanesAtOnce) {
    SmallVector<uint64_t, 32> wanted;
    for (unsigned lane = first; lane != first + lanesAtOnce; ++lane)
      for (unsigned word = 0; word != words && ((exec >> lane) & 1); ++word)
        wanted.push_back(addresses[lane] / 4 + word);
    if (wanted.empty())
      continue;
    llvm::sort(wanted);
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    unsigned perBank[32] = {}, passes = 0;
    for (uint64_t word : wanted)
      passes = std::max(passes, ++perBank[word % 32]);
    counters.sharedPasses += passes;
    counters.bankConflicts += passes - 1;
  }
}

static Space getActualSpace(Space space, uint64_t address) {
  if (space != Space::Generic)
    return space == Space::Const ? Space::Global : space;
  uint64_t window = address & windowMask;
  return window == sharedWindow ? Space::Shared : window == localWindow ? Space::Local : Space::Global;
}

void quantopt::ptx::observeAccess(Warp &warp, const MicroOp &op, Space space, uint32_t exec, const uint64_t *addresses,
                                  uint32_t bytes, AccessKind kind, MemoryBits order) {
  Space actual = getActualSpace(space, addresses[countr_zero(exec)]);
  uint64_t plain[numLanes];
  for (unsigned lane = 0; lane != numLanes; ++lane)
    plain[lane] = actual == Space::Global ? addresses[lane] : addresses[lane] & ~windowMask;
  if (warp.grid->config.counts) {
    Counters &counters = warp.cta->cluster->counters;
    uint64_t total = uint64_t(popcount(exec)) * bytes;
    bool isRead = kind == AccessKind::Read;
    if (kind == AccessKind::Atomic)
      counters.atomicBytes += total;
    else if (actual == Space::Shared)
      (isRead ? counters.sharedReadBytes : counters.sharedWriteBytes) += total;
    else if (actual == Space::Local)
      (isRead ? counters.localReadBytes : counters.localWriteBytes) += total;
    else
      (isRead ? counters.globalReadBytes : counters.globalWriteBytes) += total;
    if (actual == Space::Shared)
      countBanks(counters, exec, plain, bytes);
    else if (actual == Space::Global)
      countSectors(counters, exec, plain, bytes);
  }
  Access access{warp, op, kind, actual, exec, plain, bytes, order};
  if (warp.grid->program.usesAsync)
    warp.cta->cluster->async->access(access);
  if (warp.grid->observer)
    warp.grid->observer->access(access);
}
