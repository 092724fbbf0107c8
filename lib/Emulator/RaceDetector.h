//===- RaceDetector.h - Data races by happens-before -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// FastTrack (Flanagan and Freund, PLDI 2009) for a grid of threads and the
// memory model of the PTX ISA: two accesses of a byte, one of them a write, that
// nothing orders are a race, unless both are strong (atomic, volatile) and their
// scopes hold both threads. docs/emulator.md lists what orders. A race is found
// whatever the order in which this run happened to execute.
//
// Asynchronous work counts as threads of its own: one for each mbarrier, which
// acts in the phases that its bytes are counted in, and one for each warpgroup's
// wgmma groups. cp.async and bulk groups are accesses of their thread: the check
// is at the issue, the access at the wait.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_RACEDETECTOR_H
#define QUANTOPT_LIB_EMULATOR_RACEDETECTOR_H

#include "AccessSets.h"
#include "ShadowMemory.h"
#include "VectorClock.h"
#include "quant-opt/Emulator/Machine.h"
#include "llvm/ADT/DenseSet.h"

namespace quantopt::ptx {

class RaceDetector final : public Observer {
public:
  explicit RaceDetector(const Grid &grid);

  /// Threads have numbers of 32 bits.
  bool canNumber(uint64_t numCtas) const { return numCtas <= UINT32_MAX / threadsPerCta; }

  void access(const Access &access) override;
  void fence(Warp &warp, const MicroOp &op, uint32_t lanes) override;
  void arriveBarrier(Warp &warp, const MicroOp &op, uint32_t lanes, unsigned id, bool waits) override;
  void completeBarrier(Cta &cta, unsigned id) override;
  void syncLanes(Warp &warp, const MicroOp &op, uint32_t lanes) override;
  void arriveClusterBarrier(Warp &warp, const MicroOp &op, uint32_t lanes, bool isRelaxed) override;
  void completeClusterBarrier(Cluster &cluster) override;
  void waitClusterBarrier(Warp &warp, const MicroOp &op, uint32_t lanes) override;
  void beginCluster(Cluster &cluster) override;
  void endCluster(Cluster &cluster) override;

  void useMbarrier(Warp &warp, const MicroOp &op, unsigned lane, Cta &cta, uint32_t address, bool isInit) override;
  void arriveMbarrier(Warp &warp, unsigned lane, Cta &cta, uint32_t address) override;
  void completeMbarrier(Cta &cta, uint32_t address) override;
  void waitMbarrier(Warp &warp, unsigned lane, Cta &cta, uint32_t address, uint64_t phase) override;
  void asyncAccess(const AsyncAccess &access) override;
  void waitWgmma(Warp &warp, uint64_t group) override;

private:
  /// 0 to 2: CTA, cluster, GPU.
  static constexpr unsigned numLevels = 3;
  /// Threads of each CTA that stand for mbarriers; later mbarriers share them.
  static constexpr uint32_t mbarrierThreads = 64;

  struct LaneState {
    Clock known;
    uint32_t time = 1;
    bool hasAccessed = false; // at this time
    /// What a relaxed write releases: all that was known at the last fence of this level and the own time then.
    std::array<Clock, numLevels> fenced;
    std::array<uint32_t, numLevels> fencedTime{};
    /// What relaxed reads have seen and no fence has acquired yet.
    std::array<Clock, numLevels> pending;
  };
  struct BarrierState {
    Clock arrived;
    llvm::SmallVector<std::pair<uint32_t, uint32_t>, 8> waiting; // warp and lanes
  };
  struct MbarrierState {
    Clock pending, done;
    uint32_t thread = 0; // that stands for it
  };
  struct CtaState {
    uint32_t number = 0;
    uint64_t cluster = 0;
    std::vector<LaneState> lanes;
    std::array<BarrierState, 16> barriers;
    llvm::DenseMap<uint32_t, MbarrierState> mbarriers;
    ShadowMemory shared;
  };
  struct ClusterState {
    std::vector<std::unique_ptr<CtaState>> ctas;
    Clock arrived, done;
  };
  /// What strong writes to a place have released.
  struct Released {
    std::array<Clock, numLevels> clocks;
    uint32_t cta = 0;     // of clocks[0]
    uint64_t cluster = 0; // of clocks[1]
  };
  /// Who accesses.
  struct Actor {
    Warp &warp;
    const MicroOp &op;
    CtaState &cta;
    unsigned lane;          // whose knowledge counts
    const LaneState &state; //
    WarpAccess access;      // the lane, or a thread that stands for asynchronous work
    bool isWeakWrite = false;
    Space space;
    uint64_t base = 0;             // what `describe` must add to a cell's address
    const Access *store = nullptr; // that of a st instruction
  };
  /// Races of one instruction that are reported; more of them say nothing new.
  static constexpr uint32_t mostReports = 64;
  enum class Recording : uint8_t { Check = 1, Record = 2, Both = 3 };

  /// Finds the guesses of compare-and-swap loops.
  void findGuesses();

  //===--- Threads ---===//
  CtaState &get(const Cta &cta) { return *clusters[cta.cluster].ctas[cta.rank]; }
  LaneState &get(CtaState &cta, const Warp &warp, unsigned lane) { return cta.lanes[warp.index * numLanes + lane]; }
  uint32_t getNumber(uint32_t cta, uint32_t thread) const { return cta * threadsPerCta + thread; }
  Epoch getEpoch(uint32_t number, uint32_t time) const {
    return {number / threadsPerCta, number % threadsPerCta, time};
  }
  uint32_t getWgmmaThread(const Warp &warp) const {
    return warp.grid->warpsPerCta * numLanes + mbarrierThreads + warp.index / 4;
  }
  MbarrierState &getMbarrier(CtaState &cta, uint32_t address);
  void acquirePending(LaneState &lane, unsigned level);
  void release(CtaState &cta, const Warp &warp, uint32_t lanes, Clock &into);
  void tick(CtaState &cta, const Warp &warp, uint32_t lanes);

  //===--- Strong accesses ---===//
  void acquireFrom(CtaState &cta, LaneState &lane, const Released &released, MemoryBits bits);
  void releaseTo(CtaState &cta, uint32_t thread, LaneState &lane, Released &released, MemoryBits bits, bool isUpdate);
  void synchronize(const Access &access, unsigned lane, MemoryBits bits);

  //===--- Cells ---===//
  Actor makeActor(Warp &warp, const MicroOp &op, unsigned lane, Space space, AccessKind kind, MemoryBits bits);
  bool isOrdered(const Actor &actor, const WarpAccess &other) const;
  bool isSameStore(const Actor &actor, const ShadowCell &cell) const;
  bool isOrderedWriter(const Actor &actor, const ShadowCell &cell) const;
  bool allowsTogether(const Actor &actor, const WarpAccess &other) const;
  void check(const Actor &actor, const ShadowCell &cell, uint64_t address, uint32_t bytes);
  void record(const Actor &actor, ShadowCell &cell);
  void visit(const Actor &actor, ShadowMemory &memory, uint64_t address, uint32_t bytes, Recording recording);
  void reportRace(const Actor &actor, uint64_t address, uint32_t bytes, const WarpAccess &other, bool otherWrites);
  std::string describeThread(uint32_t number) const;
  void sweep();

  const Grid &grid;
  uint32_t threadsPerCta = 0; // those for asynchronous work included; a multiple of 32
  /// Loads, by position, whose address an atom.cas of the function has, too: the first guess of a loop. The cas
  /// verifies the value, so they count as relaxed.
  llvm::DenseSet<uint32_t> guesses;
  llvm::DenseMap<const Cluster *, ClusterState> clusters;
  ShadowMemory global;
  llvm::DenseMap<uint64_t, Released> released; // by address; of shared memory with the CTA above
  AccessSets sets;
  llvm::DenseMap<uint32_t, uint32_t> numReports; // by position
};

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_RACEDETECTOR_H
