//===- Machine.h - Grid, cluster, CTA and warp while they run ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The state that handlers work on. A host thread runs one cluster at a time,
// warp by warp; a warp runs one group of lanes (same position, same frame)
// until that ends, blocks or meets another group.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EMULATOR_MACHINE_H
#define QUANTOPT_EMULATOR_MACHINE_H

#include "quant-opt/Emulator/Launch.h"
#include "quant-opt/Emulator/Program.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>
#include <map>
#include <random>

namespace quantopt::ptx {

struct Cta;
struct Cluster;
struct Grid;

//===----------------------------------------------------------------------===//
// Interfaces of the other parts
//===----------------------------------------------------------------------===//

enum class MemoryOrder : uint8_t { Weak, Volatile, Relaxed, Acquire, Release, AcquireRelease };
enum class MemoryScope : uint8_t { None, Cta, Cluster, Gpu, Sys };

/// bits64 of loads, stores and atomics.
struct MemoryBits {
  MemoryOrder order = MemoryOrder::Weak;
  MemoryScope scope = MemoryScope::None;

  uint64_t pack() const { return uint64_t(order) | uint64_t(scope) << 8; }
  static MemoryBits of(const MicroOp &op) {
    return {MemoryOrder(op.bits64 & 0xFF), MemoryScope(op.bits64 >> 8 & 0xFF)};
  }
};

enum class AccessKind : uint8_t { Read, Write, Atomic };

/// One memory instruction of some lanes, told to the observer before it happens.
struct Access {
  Warp &warp;
  const MicroOp &op;
  AccessKind kind;
  Space space;               // where the bytes are: Global, Shared (of any CTA of the cluster) or Local
  uint32_t lanes;            // that access
  const uint64_t *addresses; // 32; of shared memory shared::cluster addresses
  uint32_t bytes;            // a lane
  MemoryBits order;
};

/// What asynchronous work does with a range of memory, told at its issue or when the program has waited for it.
struct AsyncAccess {
  /// Who does it: the thread that issued it, the phase of an mbarrier, or the warpgroup's group of wgmma.
  enum class Agent : uint8_t { Thread, Mbarrier, Wgmma };

  Warp &warp;
  const MicroOp &op;
  unsigned lane;
  AccessKind kind;
  Cta *cta; // whose shared memory it is; null: global memory
  uint64_t address;
  uint32_t bytes;
  bool checks = true, records = true; // looks for who may not have finished; counts as an access from now on
  Agent agent = Agent::Thread;
  Cta *mbarrierCta = nullptr;
  uint32_t mbarrier = 0;
  uint64_t time = 0; // number of the phase or group, from 1
};

/// Watches a launch: races, counters. Called from every host thread, for one cluster at a time from one thread. The
/// core calls it at memory accesses and at events that order threads.
class Observer {
public:
  virtual ~Observer() = default;
  virtual void access(const Access &access) {}
  /// A fence of the lanes (fence, membar); MemoryBits in its bits64.
  virtual void fence(Warp &warp, const MicroOp &op, uint32_t lanes) {}
  /// The lanes have arrived at barrier `id`, and will wait for it if `waits`.
  virtual void arriveBarrier(Warp &warp, const MicroOp &op, uint32_t lanes, unsigned id, bool waits) {}
  /// Barrier `id` of the CTA is complete; who waited goes on.
  virtual void completeBarrier(Cta &cta, unsigned id) {}
  /// Lanes of a warp that a .sync instruction has brought together.
  virtual void syncLanes(Warp &warp, const MicroOp &op, uint32_t lanes) {}
  virtual void arriveClusterBarrier(Warp &warp, const MicroOp &op, uint32_t lanes, bool isRelaxed) {}
  virtual void completeClusterBarrier(Cluster &cluster) {}
  virtual void waitClusterBarrier(Warp &warp, const MicroOp &op, uint32_t lanes) {}
  virtual void fenceProxy(Warp &warp, const MicroOp &op, uint32_t lanes) {}
  //===--- Asynchronous work ---===//
  /// Any mbarrier instruction of a thread, at a shared address of the CTA.
  virtual void useMbarrier(Warp &warp, const MicroOp &op, unsigned lane, Cta &cta, uint32_t address, bool isInit) {}
  virtual void arriveMbarrier(Warp &warp, unsigned lane, Cta &cta, uint32_t address) {}
  /// A phase has ended.
  virtual void completeMbarrier(Cta &cta, uint32_t address) {}
  /// The thread has seen that so many phases have ended.
  virtual void waitMbarrier(Warp &warp, unsigned lane, Cta &cta, uint32_t address, uint64_t phases) {}
  virtual void asyncAccess(const AsyncAccess &access) {}
  /// The warp has waited for the wgmma groups up to this number.
  virtual void waitWgmma(Warp &warp, uint64_t group) {}
  virtual void beginCluster(Cluster &cluster) {}
  virtual void endCluster(Cluster &cluster) {}
};

/// Work in flight of one cluster: mbarrier transactions, copies, wgmma groups. The core knows when to ask it.
class AsyncEngine {
public:
  virtual ~AsyncEngine() = default;
  /// A warp's turn has ended; completes something where the launch's order (`LaunchOptions::async`) says so.
  virtual void poll(Cluster &cluster) {}
  /// No warp of the cluster can go on. Completes the oldest work; false when there is none.
  virtual bool advance(Cluster &cluster) { return false; }
  /// All threads have exited: reports what they left unfinished, completes it, and forgets everything.
  virtual void finish(Cluster &cluster) {}
  /// Before every instruction of a warp whose `watchesRegisters` is set: false after reporting a fatal use of a
  /// register in flight.
  virtual bool checkRegisters(Warp &warp, const MicroOp &op, uint32_t exec) { return true; }
  /// Before every memory access of the program's threads (if `Program::usesAsync`).
  virtual void access(const Access &access) {}
  /// fence.proxy.async of lanes of the warp.
  virtual void fenceProxy(Warp &warp) {}
  /// State of the mbarrier at a shared address ("phase 1, 1 of 2 arrivals pending, 4096 bytes pending"), for messages.
  virtual std::string describeMbarrier(Cta &cta, uint32_t address) { return std::string(); }
};
/// Of a cluster whose CTAs are set up. Defined by the asynchronous half.
std::unique_ptr<AsyncEngine> createAsyncEngine(Cluster &cluster);

//===----------------------------------------------------------------------===//
// Warp
//===----------------------------------------------------------------------===//

/// One activation of a function by some lanes. Frames of a warp form a tree: lanes that diverged may be in different
/// functions.
struct Frame {
  const FunctionCode *function = nullptr;
  Frame *caller = nullptr;
  const CallSite *site = nullptr; // that made it
  std::vector<LaneBlock> registers;
  uint32_t returnPc = 0;
  uint32_t depth = 0;
  uint32_t lanes = 0;     // that have not returned from it
  uint32_t localBase = 0; // of its variables in each lane's local memory
};

/// What a group of lanes waits for, for the report of a deadlock.
struct WaitReason {
  enum class Kind : uint8_t { None, Lanes, Barrier, ClusterBarrier, Mbarrier, Warpgroup, Other };
  Kind kind = Kind::None;
  uint32_t a = 0; // Lanes: the missing ones; Barrier: its id; Mbarrier: its shared address
  uint64_t b = 0; // Barrier: threads that are missing; Mbarrier: the phase parity
};

/// Lanes at the same position of the same frame.
struct Group {
  uint32_t pc = 0, lanes = 0;
  Frame *frame = nullptr;
  /// Of a blocking handler: 0 at its first call, then what it left (`Warp::ticket`).
  uint64_t ticket = 0;
  bool isBlocked = false;
  uint64_t blockedAt = 0; // Cluster::events at that time
  uint64_t lastRun = 0;   // turn of the warp, for fairness
  WaitReason reason;
};

struct alignas(64) Warp {
  //===--- For handlers ---===//
  /// Frame of the running group and constants: `bases[slot.bits >> 31] + (slot.bits & 0x7FFFFFFF)`.
  uint32_t *bases[2] = {};
  uint32_t pc = 0;       // position of the running instruction
  uint32_t active = 0;   // the running group
  uint32_t nextPc = ~0u; // the next position where another group of this frame waits
  uint32_t live = 0;     // lanes that have not exited
  Cta *cta = nullptr;
  Grid *grid = nullptr;
  Frame *frame = nullptr;
  uint64_t ticket = 0;   // of the running group: state of a handler that blocks, which zeroes it when it is done
  WaitReason reason;     // set before Flow::Block, and before Flow::Yield of a failed poll
  WaitReason pollReason; // of the last Flow::Yield
  uint32_t index = 0;    // in the CTA
  bool watchesRegisters = false;
  uint32_t clusterArrived = 0;          // lanes between barrier.cluster.arrive and .wait
  uint32_t clusterPhase[numLanes] = {}; // Cluster::generation at their arrival

  /// The lanes of an operand. T has 4 bytes for registers up to 32 bits, 8 for 64.
  template <typename T> [[gnu::always_inline]] const T *in(Slot slot) const {
    return reinterpret_cast<const T *>(bases[slot.bits >> 31] + (slot.bits & 0x7FFFFFFF));
  }
  template <typename T> [[gnu::always_inline]] T *out(Slot slot) const {
    return reinterpret_cast<T *>(bases[0] + slot.bits);
  }
  [[gnu::always_inline]] uint32_t predicate(Slot slot) const { return *in<uint32_t>(slot); }
  /// Writes a predicate for the lanes of `exec`.
  [[gnu::always_inline]] void setPredicate(Slot slot, uint32_t exec, uint32_t value) const {
    if (slot.isNone())
      return;
    uint32_t &mask = *out<uint32_t>(slot);
    mask = (mask & ~exec) | (value & exec);
  }
  /// Writes 32 lanes for those of `exec`; nothing for a sink.
  template <typename T> [[gnu::always_inline]] void store(Slot slot, uint32_t exec, const T *values) const {
    if (slot.isNone())
      return;
    T *to = out<T>(slot);
    if (exec == allLanes) {
      std::memcpy(to, values, numLanes * sizeof(T));
      return;
    }
    for (unsigned lane = 0; lane != numLanes; ++lane)
      to[lane] = (exec >> lane) & 1 ? values[lane] : to[lane];
  }

  //===--- Addresses ---===//
  /// The addresses that `[slots[slot] + imm]` of a memory instruction names, of all 32 lanes.
  void getAddresses(const MicroOp &op, Slot slot, uint64_t *addresses) const;
  /// Host memory behind one lane's address, or null after a fatal report: bounds, alignment (`align`, a power of two),
  /// constness, uninitialized bytes (reported, not fatal). `space` Generic finds the space by the window; Shared takes
  /// shared::cluster addresses. Writes mark the bytes as initialized.
  uint8_t *translate(const MicroOp &op, Space space, unsigned lane, uint64_t address, uint64_t bytes, uint64_t align,
                     AccessKind kind);

  //===--- Control ---===//
  /// The lanes of `exec` go to `target`, the rest of the running group to the next position. Returns Flow::Jump.
  Flow branch(uint32_t exec, uint32_t target);
  /// Several targets at once (brx.idx): `targets` of all lanes of `exec`.
  Flow branchMany(uint32_t exec, const uint32_t *targets);
  /// The lanes go to a position of another frame; the rest of the running group to the next position.
  Flow moveTo(uint32_t exec, Frame *to, uint32_t target);
  /// Takes lanes out of the running group; they go on at `target` when their turn comes.
  void leave(uint32_t lanes, uint32_t target);
  /// A frame for the lanes, called from the running one.
  Frame *pushFrame(const FunctionCode &function, uint32_t lanes);
  /// Makes local memory at least so large.
  void ensureLocal(uint32_t bytes);
  /// The lanes end.
  Flow exit(uint32_t exec);
  /// For an instruction that needs the lanes of `members` (those of them that live) at one place. True: they are all in
  /// `exec`. False: return Flow::Block, others are still on their way (or, when no lane of the warp can move, the
  /// scheduler reports DivergentCollective). `.aligned` instructions pass `live`.
  bool gather(const MicroOp &op, uint32_t exec, uint32_t members);
  /// Lanes that pass the same membermask to a .sync instruction.
  struct Tile {
    uint32_t lanes = 0, members = 0;
  };
  /// The tiles of `exec`: each is a call of its own, as those of a warp that is cut into tiles. Empty after a report of
  /// a mask that does not hold its own lane.
  llvm::SmallVector<Tile, 1> getTiles(const MicroOp &op, uint32_t exec, Slot slot);

  //===--- Findings ---===//
  /// Puts a hazard of the first lane of `lanes` in the sink. Flow::Stop if it is fatal, else Flow::Next.
  Flow report(const MicroOp &op, uint32_t lanes, HazardKind kind, const llvm::Twine &message, const llvm::Twine &remedy,
              bool isFatal = true, std::optional<HazardAddress> address = std::nullopt);
  ThreadId getThread(unsigned lane) const;
  /// "y + 16" of an address in a space, for messages and hazards.
  HazardAddress describe(Space space, uint64_t address, uint64_t bytes) const;

  //===--- For the scheduler ---===//
  Group current() const;
  void resume(const Group &group);
  /// Chooses the group that runs next, after lanes moved or blocked; false: all are blocked or gone.
  bool schedule();
  /// Gives the running group's turn to the one that has waited longest, if any can run.
  bool rotate();
  /// The lanes of `exec` wait here for an event.
  void block(uint32_t exec);
  void releaseFrames();
  bool isDone() const { return live == 0; }

  std::vector<Group> waiting; // groups that do not run; at most 31
  std::vector<std::unique_ptr<Frame>> frames, spareFrames;
  std::vector<uint8_t> local; // localStride bytes a lane
  uint32_t localStride = 0;
  uint64_t turns = 0;
  uint64_t switches = 0;  // times that lanes met, or others took over
  uint64_t polls = 0;     // Cluster::polls of this warp
  bool isPinned = false;  // the running group keeps its turn although others are behind it
  bool isTired = false;   // its last turn ended while others of the warp waited
  bool isPolling = false; // its last turn ended in Flow::Yield with a reason
};

//===----------------------------------------------------------------------===//
// CTA, cluster, grid
//===----------------------------------------------------------------------===//

/// bar / barrier of one id.
struct Barrier {
  bool isOpen = false;      // somebody has arrived
  uint32_t expected = 0;    // threads; 0: all that live
  uint32_t arrived = 0;     // threads, whole warps where a count is given
  uint32_t lanes = 0;       // that arrived
  uint32_t popc = 0;        // .. with the predicate of bar.red
  uint32_t generation = 1;  // grows when it completes
  uint32_t results[2] = {}; // popc of the last generations, by their lowest bit
  uint32_t total[2] = {};   // lanes of them
};

struct Cta {
  Cluster *cluster = nullptr;
  std::array<uint32_t, 3> id{};
  uint32_t rank = 0; // in the cluster
  std::vector<Warp> warps;
  uint32_t liveThreads = 0;
  std::array<Barrier, 16> barriers;
  uint32_t sharedBytes = 0; // addresses sharedBase .. sharedBase + sharedBytes
  std::vector<LaneBlock> sharedStorage, writtenStorage;

  uint8_t *shared() { return reinterpret_cast<uint8_t *>(sharedStorage.data()); }
  /// 0xFF for each byte of `shared()` that was written.
  uint8_t *written() { return reinterpret_cast<uint8_t *>(writtenStorage.data()); }
  /// Of shared addresses of this CTA (without a rank); null where they leave its memory.
  uint8_t *getShared(uint32_t address, uint64_t bytes) {
    return address < sharedBase || address - sharedBase + bytes > sharedBytes ? nullptr
                                                                              : shared() + (address - sharedBase);
  }
  void markWritten(uint32_t address, uint64_t bytes) { std::memset(written() + (address - sharedBase), 0xFF, bytes); }
};

struct Cluster {
  Grid *grid = nullptr;
  std::array<uint32_t, 3> id{};
  uint64_t number = 0; // in the grid
  std::vector<Cta> ctas;
  std::unique_ptr<AsyncEngine> async;
  /// Grows with everything that may let a blocked or polling warp go on: a barrier or mbarrier phase that completes,
  /// lanes that exit, data that lands.
  uint64_t events = 1;
  std::mt19937_64 random; // by seed and cluster, for AsyncOrder::Random
  // barrier.cluster, in threads.
  uint32_t liveThreads = 0, arrived = 0, generation = 1;
  Counters counters;         // of this cluster's host thread
  uint64_t instructions = 0; // warp instructions since the cluster began: %clock
  uint64_t polls = 0;        // accesses that may wait for another CTA
  std::string output;        // of printf
};

struct Grid {
  Grid(const Program &program, const LaunchConfig &config, Memory &memory, HazardSink &sink)
      : program(program), config(config), memory(memory), sink(sink) {}

  const Program &program;
  const LaunchConfig &config;
  Memory &memory;
  HazardSink &sink;
  std::vector<uint8_t> params;
  std::array<uint32_t, 3> clusterSize{1, 1, 1};
  uint32_t threadsPerCta = 0, warpsPerCta = 0;
  uint64_t workspace = 0;   // Program::usesWorkspace: device address
  uint32_t sharedBytes = 0; // static and dynamic, with padding
  Observer *observer = nullptr;
  bool watchesMemory = false;            // accesses are counted or observed
  std::atomic<uint64_t> instructions{0}; // of all host threads, in steps
  uint64_t numClusters = 0;
  std::mutex outputMutex;
  std::map<uint64_t, std::string> outputs; // of printf, by cluster
};

} // namespace quantopt::ptx

#endif // QUANTOPT_EMULATOR_MACHINE_H
