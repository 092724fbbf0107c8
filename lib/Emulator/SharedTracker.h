//===- SharedTracker.h - Asynchronous use of shared memory -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// For each 16-byte chunk of a CTA's shared memory: how much unfinished
// asynchronous work reads and writes it, and which ordinary store wrote it last
// without a proxy fence since.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_SHAREDTRACKER_H
#define QUANTOPT_LIB_EMULATOR_SHAREDTRACKER_H

#include <cstdint>
#include <vector>

namespace quantopt::ptx {

/// Two uses of one chunk that nothing orders.
enum class SharedConflict : uint8_t {
  None,
  ReadBeforeLanded,  // read while a copy writes it
  WriteBeforeLanded, // written while a copy writes it
  WriteWhileRead,    // written while a copy or wgmma reads it
  Unfenced,          // read by the async proxy after an ordinary store without fence.proxy.async
};

/// Offsets are from the begin of the CTA's shared memory. A fence covers what its own warp wrote before, and what other
/// warps wrote before the last event that may have told them apart (a barrier or mbarrier phase that completed).
class SharedTracker {
public:
  static constexpr unsigned chunkBytes = 16;

  SharedTracker(uint32_t sharedBytes, uint32_t numWarps)
      : chunks((sharedBytes + chunkBytes - 1) / chunkBytes), fencedClock(numWarps) {}

  //===--- Ordinary accesses ---===//
  SharedConflict read(uint32_t offset, uint32_t bytes);
  /// `events` is Cluster::events, `warp` the writer's index.
  SharedConflict write(uint32_t offset, uint32_t bytes, uint32_t warp, uint64_t events);
  /// fence.proxy.async by a warp.
  void fence(uint32_t warp, uint64_t events);

  //===--- Asynchronous work, from its issue until the program has waited for it ---===//
  /// Also checks; the begin is recorded even if there is a conflict. `isAsyncProxy` false: cp.async, an ordinary access
  /// that is late.
  SharedConflict beginRead(uint32_t offset, uint32_t bytes);
  void endRead(uint32_t offset, uint32_t bytes);
  SharedConflict beginWrite(uint32_t offset, uint32_t bytes);
  /// `isOrdinary`: of cp.async, whose bytes need a proxy fence like those of a store.
  void endWrite(uint32_t offset, uint32_t bytes, bool isOrdinary, uint32_t warp, uint64_t events);

private:
  struct Chunk {
    uint16_t reads = 0, writes = 0; // unfinished
    uint16_t written = 0;           // bytes that the unfinished writes are to write, a bit each
    uint16_t writer = 0;            // warp of the last ordinary store
    bool isOrdinary = false;        // the last finished write was one
    uint32_t clock = 0;             // `clock` of the CTA at that store
    uint64_t events = 0;            // Cluster::events then
  };

  bool isUnfenced(const Chunk &chunk) const {
    return chunk.isOrdinary && fencedClock[chunk.writer] <= chunk.clock && fencedEvents <= chunk.events;
  }
  /// Calls `visit(chunk, mask of its bytes that are in the range)`.
  template <typename Visit> void forEachChunk(uint32_t offset, uint32_t bytes, Visit visit);

  std::vector<Chunk> chunks;
  std::vector<uint32_t> fencedClock; // by warp: `clock` at its last fence
  uint32_t clock = 0;                // number of fences
  uint64_t fencedEvents = 0;         // Cluster::events at the last fence
};

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_SHAREDTRACKER_H
