//===- Hazard.h - What the emulator finds wrong in a kernel ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One form for every finding: kind, PTX line, thread, address as buffer and
// offset, what happened, what to do. Equal findings (kind and instruction) are
// one hazard with a count.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EMULATOR_HAZARD_H
#define QUANTOPT_EMULATOR_HAZARD_H

#include "quant-opt/Emulator/Module.h"
#include "llvm/ADT/DenseMap.h"
#include <atomic>
#include <mutex>

namespace quantopt::ptx {

enum class HazardKind : uint8_t {
  // Memory.
  OutOfBounds,
  Misaligned,
  WrongSpace,    // an address of one space used in another
  ReadOnlyWrite, // a store to const or param
  UninitializedRegister,
  UninitializedShared,
  UninitializedBuffer,
  // Control and barriers.
  DivergentCollective, // an .aligned or .sync instruction without all of its lanes
  BarrierMisuse,       // thread counts, ids
  Deadlock,
  InstructionBudget,
  CallDepth,
  Trap,
  AssertFailed,
  // Asynchronous work.
  MbarrierMisuse,
  AsyncMisuse,         // arguments of cp.async, bulk copies, tensor maps
  MatrixMisuse,        // arguments of wgmma, mma, ldmatrix
  RegisterInFlight,    // a register that an unfinished wgmma owns
  MissingFence,        // wgmma.fence, fence.proxy
  SharedInFlight,      // shared memory written while TMA or wgmma reads it, or read before it has landed
  UnfinishedAsyncWork, // a kernel ends before work that it started
  DataRace,
};
/// "out of bounds", "deadlock", ..
llvm::StringRef getHazardName(HazardKind kind);

/// A thread of the grid.
struct ThreadId {
  std::array<uint32_t, 3> cta{}, thread{};
};

/// Where in memory: "y + 4096 (4 bytes)".
struct HazardAddress {
  Space space = Space::Global;
  std::string object; // the buffer or symbol; empty: none is near
  int64_t offset = 0; // bytes from its begin, negative in front of it
  uint64_t size = 0;  // bytes of the access
  uint64_t objectSize = 0;
};

struct Hazard {
  HazardKind kind = HazardKind::OutOfBounds;
  /// The launch ended here. Others are collected, and the kernel goes on.
  bool isFatal = false;
  Location location;
  std::string kernel, text; // of the instruction
  SourceLine source;        // what it was compiled from
  ThreadId thread;          // the first thread that met it
  std::optional<HazardAddress> address;
  std::string message, remedy;
  uint64_t count = 1; // threads that met it

  /// "softmax.ptx:12:5: out of bounds: thread (0,0,0) (3,0,0) reads 4 bytes at y + 4096, past the end of y (4096
  /// bytes); remedy: ..: `ld.global.f32 ..`".
  std::string format(llvm::StringRef fileName) const;
};

/// Collects the findings of all host threads. Equal ones (kind, line, column) are counted, the one of the lowest thread
/// is kept, so that the list does not depend on which host thread ran first.
class HazardSink {
public:
  /// At most so many different ones are kept; later ones only count towards `getNumDropped`.
  static constexpr size_t capacity = 256;

  void report(Hazard hazard);
  /// True once a fatal one is in: everybody stops.
  bool isStopped() const { return stopped.load(std::memory_order_relaxed); }
  void stop() { stopped.store(true, std::memory_order_relaxed); }
  size_t getNumDropped() const { return numDropped; }
  /// Sorted by line, column and kind. Leaves the sink empty.
  std::vector<Hazard> take();

private:
  std::mutex mutex;
  std::vector<Hazard> hazards;
  llvm::DenseMap<uint64_t, size_t> index; // kind and place to position in `hazards`
  size_t numDropped = 0;
  std::atomic<bool> stopped{false};
};

} // namespace quantopt::ptx

#endif // QUANTOPT_EMULATOR_HAZARD_H
