//===- RaceDetector.cpp - What orders the threads of a grid ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RaceDetector.h"

#include "SharedAccess.h"

using namespace quantopt::ptx;

RaceDetector::RaceDetector(const Grid &grid)
    : grid(grid), threadsPerCta(uint32_t(llvm::alignTo(
                      grid.warpsPerCta * numLanes + mbarrierThreads + (grid.warpsPerCta + 3) / 4, numLanes))) {
  findGuesses();
}

/// The address operand's register and offset; none if it is a symbol.
static std::optional<std::pair<uint32_t, int64_t>> getPlace(const Instruction &instruction) {
  for (const Operand &operand : instruction.operands)
    if (operand.is(Operand::Kind::Address) && operand.elements[0].is(Operand::Kind::Register))
      return std::make_pair(operand.elements[0].index, operand.value);
  return std::nullopt;
}

void RaceDetector::findGuesses() {
  const Program &program = grid.program;
  for (const FunctionCode &function : program.functions) {
    llvm::DenseSet<std::pair<uint32_t, int64_t>> places;
    for (uint32_t pc = function.entry; pc != function.end; ++pc)
      if (const Instruction *origin = program.origins[pc];
          origin && origin->opcode == "atom" && origin->hasModifier("cas"))
        if (auto place = getPlace(*origin))
          places.insert(*place);
    for (uint32_t pc = function.entry; pc != function.end && !places.empty(); ++pc)
      if (const Instruction *origin = program.origins[pc]; origin && origin->opcode == "ld")
        if (auto place = getPlace(*origin); place && places.contains(*place))
          guesses.insert(pc);
  }
}

//===----------------------------------------------------------------------===//
// Life of a cluster
//===----------------------------------------------------------------------===//

void RaceDetector::beginCluster(Cluster &cluster) {
  ClusterState &state = clusters[&cluster];
  state = ClusterState();
  state.arrived = state.done = Clock::make(threadsPerCta);
  for (const Cta &cta : cluster.ctas) {
    auto each = std::make_unique<CtaState>();
    each->number = uint32_t(cluster.number * cluster.ctas.size() + cta.rank);
    each->cluster = cluster.number;
    each->lanes.resize(cta.warps.size() * numLanes);
    Clock nothing = Clock::make(threadsPerCta);
    for (LaneState &lane : each->lanes)
      lane.known = nothing;
    for (BarrierState &barrier : each->barriers)
      barrier.arrived = nothing;
    state.ctas.push_back(std::move(each));
  }
}

void RaceDetector::endCluster(Cluster &cluster) { clusters.erase(&cluster); }

//===----------------------------------------------------------------------===//
// Lanes
//===----------------------------------------------------------------------===//

void RaceDetector::acquirePending(LaneState &lane, unsigned level) {
  for (unsigned i = 0; i <= level; ++i)
    if (!lane.pending[i].isNull()) {
      lane.known.join(lane.pending[i]);
      lane.pending[i] = Clock();
    }
}

/// `into` learns what the lanes know and have done.
void RaceDetector::release(CtaState &cta, const Warp &warp, uint32_t lanes, Clock &into) {
  forEachLane(lanes, [&](unsigned lane) {
    into.join(get(cta, warp, lane).known);
    return true;
  });
  forEachLane(lanes, [&](unsigned lane) {
    into.learn({cta.number, warp.index * numLanes + lane, get(cta, warp, lane).time});
    return true;
  });
}

/// What the lanes do from now on was not released. They get the same time, so that accesses of a warp are alike.
void RaceDetector::tick(CtaState &cta, const Warp &warp, uint32_t lanes) {
  uint32_t latest = 0;
  forEachLane(lanes, [&](unsigned lane) {
    latest = std::max(latest, get(cta, warp, lane).time);
    return true;
  });
  forEachLane(lanes, [&](unsigned lane) {
    LaneState &state = get(cta, warp, lane);
    state.time = latest + 1;
    state.hasAccessed = false;
    return true;
  });
}

void RaceDetector::syncLanes(Warp &warp, const MicroOp &op, uint32_t lanes) {
  CtaState &cta = get(*warp.cta);
  unsigned first = unsigned(llvm::countr_zero(lanes));
  bool isNew = false;
  forEachLane(lanes, [&](unsigned lane) {
    LaneState &state = get(cta, warp, lane);
    acquirePending(state, numLevels - 1);
    isNew |= state.hasAccessed || !state.known.isSameAs(get(cta, warp, first).known);
    return true;
  });
  if (!isNew)
    return;
  // Taking the lanes' copies away lets the clock change in place.
  Clock common = std::move(get(cta, warp, first).known);
  forEachLane(lanes & (lanes - 1), [&](unsigned lane) {
    Clock known = std::move(get(cta, warp, lane).known);
    common.join(known);
    return true;
  });
  forEachLane(lanes, [&](unsigned lane) {
    common.learn({cta.number, warp.index * numLanes + lane, get(cta, warp, lane).time});
    return true;
  });
  forEachLane(lanes, [&](unsigned lane) {
    get(cta, warp, lane).known = common;
    return true;
  });
  tick(cta, warp, lanes);
}

//===----------------------------------------------------------------------===//
// Barriers
//===----------------------------------------------------------------------===//

void RaceDetector::arriveBarrier(Warp &warp, const MicroOp &op, uint32_t lanes, unsigned id, bool waits) {
  CtaState &cta = get(*warp.cta);
  forEachLane(lanes, [&](unsigned lane) {
    acquirePending(get(cta, warp, lane), numLevels - 1);
    return true;
  });
  BarrierState &barrier = cta.barriers[id];
  release(cta, warp, lanes, barrier.arrived);
  tick(cta, warp, lanes);
  if (waits)
    barrier.waiting.push_back({warp.index, lanes});
}

void RaceDetector::completeBarrier(Cta &each, unsigned id) {
  CtaState &cta = get(each);
  BarrierState &barrier = cta.barriers[id];
  for (const std::pair<uint32_t, uint32_t> &waiting : barrier.waiting)
    // Who waits has arrived, so the barrier knows all that it knows.
    forEachLane(waiting.second, [&](unsigned lane) {
      cta.lanes[waiting.first * numLanes + lane].known = barrier.arrived;
      return true;
    });
  barrier.waiting.clear();
  barrier.arrived = Clock::make(threadsPerCta);
}

void RaceDetector::arriveClusterBarrier(Warp &warp, const MicroOp &op, uint32_t lanes, bool isRelaxed) {
  CtaState &cta = get(*warp.cta);
  ClusterState &cluster = clusters[warp.cta->cluster];
  if (!isRelaxed) {
    release(cta, warp, lanes, cluster.arrived);
    tick(cta, warp, lanes);
    return;
  }
  forEachLane(lanes, [&](unsigned lane) {
    const LaneState &state = get(cta, warp, lane);
    cluster.arrived.join(state.fenced[1]);
    if (state.fencedTime[1] != 0)
      cluster.arrived.learn({cta.number, warp.index * numLanes + lane, state.fencedTime[1]});
    return true;
  });
}

void RaceDetector::completeClusterBarrier(Cluster &each) {
  ClusterState &cluster = clusters[&each];
  cluster.done = cluster.arrived;
}

void RaceDetector::waitClusterBarrier(Warp &warp, const MicroOp &op, uint32_t lanes) {
  CtaState &cta = get(*warp.cta);
  forEachLane(lanes, [&](unsigned lane) {
    get(cta, warp, lane).known.join(clusters[warp.cta->cluster].done);
    return true;
  });
}

//===----------------------------------------------------------------------===//
// Fences and strong accesses
//===----------------------------------------------------------------------===//

static unsigned getLevel(MemoryScope scope) {
  return scope == MemoryScope::Cta ? 0 : scope == MemoryScope::Cluster ? 1 : 2;
}
static bool acquires(MemoryOrder order) {
  return order == MemoryOrder::Acquire || order == MemoryOrder::AcquireRelease;
}
static bool releases(MemoryOrder order) {
  return order == MemoryOrder::Release || order == MemoryOrder::AcquireRelease;
}

void RaceDetector::fence(Warp &warp, const MicroOp &op, uint32_t lanes) {
  CtaState &cta = get(*warp.cta);
  MemoryBits bits = MemoryBits::of(op);
  unsigned level = getLevel(bits.scope);
  forEachLane(lanes, [&](unsigned lane) {
    LaneState &state = get(cta, warp, lane);
    if (acquires(bits.order))
      acquirePending(state, level);
    for (unsigned i = 0; i <= level && releases(bits.order); ++i) {
      state.fenced[i] = state.known;
      state.fencedTime[i] = state.time;
    }
    return true;
  });
  if (releases(bits.order))
    tick(cta, warp, lanes);
}

void RaceDetector::acquireFrom(CtaState &cta, LaneState &lane, const Released &released, MemoryBits bits) {
  for (unsigned level = 0; level != numLevels; ++level) {
    const Clock &clock = released.clocks[level];
    if (clock.isNull() || (level == 0 && released.cta != cta.number) || (level == 1 && released.cluster != cta.cluster))
      continue;
    if (acquires(bits.order) && level <= getLevel(bits.scope))
      lane.known.join(clock);
    else if (lane.pending[level].isNull())
      lane.pending[level] = clock;
    else
      lane.pending[level].join(clock);
  }
}

/// `isUpdate`: a read-modify-write, which continues what others released.
void RaceDetector::releaseTo(CtaState &cta, uint32_t thread, LaneState &lane, Released &released, MemoryBits bits,
                             bool isUpdate) {
  if (!isUpdate || released.cta != cta.number)
    released.clocks[0] = Clock();
  if (!isUpdate || released.cluster != cta.cluster)
    released.clocks[1] = Clock();
  if (!isUpdate)
    released.clocks[2] = Clock();
  released.cta = cta.number;
  released.cluster = cta.cluster;
  bool isRelease = releases(bits.order);
  for (unsigned level = 0; level <= getLevel(bits.scope); ++level) {
    if (!isRelease && lane.fencedTime[level] == 0)
      continue;
    Clock clock = isRelease ? lane.known : lane.fenced[level];
    clock.learn({cta.number, thread, isRelease ? lane.time : lane.fencedTime[level]});
    if (released.clocks[level].isNull())
      released.clocks[level] = clock;
    else
      released.clocks[level].join(clock);
  }
  if (!isRelease)
    return;
  ++lane.time;
  lane.hasAccessed = false;
}

void RaceDetector::synchronize(const Access &access, unsigned lane, MemoryBits bits) {
  CtaState &cta = get(*access.warp.cta);
  LaneState &state = get(cta, access.warp, lane);
  uint64_t key = access.addresses[lane];
  if (access.space == Space::Shared) {
    uint64_t rank = key >> clusterRankShift;
    const Cluster &cluster = *access.warp.cta->cluster;
    uint64_t number = rank == 0 ? cta.number : cluster.number * cluster.ctas.size() + rank - 1;
    key = (key & ((1u << clusterRankShift) - 1)) | (number + 1) << 32 | uint64_t(1) << 63;
  }
  if (access.kind == AccessKind::Read) {
    auto it = released.find(key);
    if (it != released.end())
      acquireFrom(cta, state, it->second, bits);
    return;
  }
  Released &place = released[key];
  if (access.kind == AccessKind::Atomic)
    acquireFrom(cta, state, place, bits);
  releaseTo(cta, access.warp.index * numLanes + lane, state, place, bits, access.kind == AccessKind::Atomic);
}

//===----------------------------------------------------------------------===//
// mbarriers and wgmma groups
//===----------------------------------------------------------------------===//

RaceDetector::MbarrierState &RaceDetector::getMbarrier(CtaState &cta, uint32_t address) {
  auto [it, isNew] = cta.mbarriers.try_emplace(address);
  if (isNew) {
    it->second.pending = it->second.done = Clock::make(threadsPerCta);
    it->second.thread = uint32_t(cta.lanes.size() + (cta.mbarriers.size() - 1) % mbarrierThreads);
  }
  return it->second;
}

void RaceDetector::arriveMbarrier(Warp &warp, unsigned lane, Cta &cta, uint32_t address) {
  CtaState &own = get(*warp.cta);
  acquirePending(get(own, warp, lane), numLevels - 1);
  release(own, warp, 1u << lane, getMbarrier(get(cta), address).pending);
  tick(own, warp, 1u << lane);
}

void RaceDetector::completeMbarrier(Cta &cta, uint32_t address) {
  MbarrierState &mbarrier = getMbarrier(get(cta), address);
  mbarrier.done = mbarrier.pending;
}

void RaceDetector::waitMbarrier(Warp &warp, unsigned lane, Cta &cta, uint32_t address, uint64_t phase) {
  LaneState &state = get(get(*warp.cta), warp, lane);
  CtaState &owner = get(cta);
  MbarrierState &mbarrier = getMbarrier(owner, address);
  // All threads that wait learn the same, once.
  mbarrier.done.learn({owner.number, mbarrier.thread, uint32_t(phase)});
  state.known.join(mbarrier.done);
}

void RaceDetector::waitWgmma(Warp &warp, uint64_t group) {
  CtaState &cta = get(*warp.cta);
  forEachLane(warp.live, [&](unsigned lane) {
    get(cta, warp, lane).known.learn({cta.number, getWgmmaThread(warp), uint32_t(group)});
    return true;
  });
}
