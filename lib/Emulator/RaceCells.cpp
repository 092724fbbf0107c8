//===- RaceCells.cpp - Accesses that nothing orders -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RaceDetector.h"
#include "SharedAccess.h"
#include "llvm/Support/FormatVariadic.h"

using namespace quantopt::ptx;

/// What makes a shared address of the CTA one that the warp can use.
static uint64_t getBase(const Warp &warp, const Cta &cta) {
  return &cta == warp.cta ? 0 : uint64_t(cta.rank + 1) << clusterRankShift;
}

static bool isStrong(MemoryBits bits) { return bits.order != MemoryOrder::Weak; }

RaceDetector::Actor RaceDetector::makeActor(Warp &warp, const MicroOp &op, unsigned lane, Space space, AccessKind kind,
                                            MemoryBits bits) {
  CtaState &cta = get(*warp.cta);
  const LaneState &state = get(cta, warp, lane);
  Actor actor{warp, op, cta, lane, state, WarpAccess(), false, space, 0, nullptr};
  actor.access.warp = getNumber(cta.number, warp.index * numLanes) / numLanes;
  actor.access.time = state.time;
  actor.access.lanes = 1u << lane;
  actor.access.pc = uint32_t(&op - grid.program.code.data());
  bool isWeak = !isStrong(bits);
  actor.isWeakWrite = isWeak && kind != AccessKind::Read;
  actor.access.kind = kind != AccessKind::Read ? AccessClass::StrongWrite
                      : isWeak                 ? AccessClass::WeakRead
                                               : AccessClass::StrongRead;
  actor.access.scope = isWeak ? 0 : bits.scope == MemoryScope::Cta ? 0 : bits.scope == MemoryScope::Cluster ? 1 : 2;
  return actor;
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

/// All lanes of `other` are before the actor, or the actor itself.
bool RaceDetector::isOrdered(const Actor &actor, const WarpAccess &other) const {
  uint32_t self = getNumber(actor.cta.number, actor.warp.index * numLanes + actor.lane);
  return forEachLane(other.lanes, [&](unsigned lane) {
    uint32_t number = other.warp * numLanes + lane;
    return number == self || actor.state.known.knows(getEpoch(number, other.time));
  });
}

bool RaceDetector::isOrderedWriter(const Actor &actor, const ShadowCell &cell) const {
  uint32_t self = getNumber(actor.cta.number, actor.warp.index * numLanes + actor.lane);
  return cell.time == 0 || cell.writer == self || actor.state.known.knows(getEpoch(cell.writer, cell.time));
}

/// The cell was written by another lane of the same store, at the same address and with the same value.
bool RaceDetector::isSameStore(const Actor &actor, const ShadowCell &cell) const {
  if (!actor.store || cell.pc != actor.access.pc || cell.writer / numLanes != actor.access.warp)
    return false;
  const Access &store = *actor.store;
  unsigned other = cell.writer % numLanes, lane = actor.lane;
  if (!((store.lanes >> other) & 1) || store.addresses[other] != store.addresses[lane])
    return false;
  const MicroOp &op = actor.op;
  for (unsigned i = 0; i != op.count; ++i) {
    Slot slot = op.poolCount != 0 ? grid.program.pool[op.pool + i] : op.slots[i];
    if (slot.isNone() || slot.isConstant())
      continue;
    // A word a lane, or a pair of words a lane, twice for 128 bits.
    for (const RegisterUse &use : grid.program.getUses(actor.access.pc)) {
      if (use.slot.bits != slot.bits)
        continue;
      const uint32_t *words = actor.warp.in<uint32_t>(slot);
      uint32_t wide = use.words > numLanes ? 2 : 1;
      for (uint32_t first = 0; first < use.words; first += numLanes * wide)
        if (!std::equal(words + first + lane * wide, words + first + (lane + 1) * wide, words + first + other * wide))
          return false;
    }
  }
  return true;
}

/// Both do not conflict, or are strong with scopes that hold both threads.
bool RaceDetector::allowsTogether(const Actor &actor, const WarpAccess &other) const {
  bool thisWrites = actor.access.kind == AccessClass::StrongWrite, otherWrites = other.kind == AccessClass::StrongWrite;
  if (!thisWrites && !otherWrites)
    return true;
  if (actor.isWeakWrite || actor.access.kind == AccessClass::WeakRead || other.kind == AccessClass::WeakRead)
    return false;
  uint32_t cta = getEpoch(other.warp * numLanes, 0).cta;
  size_t clusterSize = actor.warp.cta->cluster->ctas.size();
  unsigned needed = cta == actor.cta.number ? 0 : cta / clusterSize == actor.cta.cluster ? 1 : 2;
  return std::min(actor.access.scope, other.scope) >= needed;
}

void RaceDetector::check(const Actor &actor, const ShadowCell &cell, uint64_t address, uint32_t bytes) {
  if (!isOrderedWriter(actor, cell) && !isSameStore(actor, cell)) {
    WarpAccess other;
    other.warp = cell.writer / numLanes;
    other.lanes = 1u << cell.writer % numLanes;
    other.pc = cell.pc;
    return reportRace(actor, address, bytes, other, /*otherWrites=*/true);
  }
  if (cell.others == AccessSets::empty ||
      (actor.access.kind != AccessClass::StrongWrite && !sets.hasWrites(cell.others)))
    return;
  sets.forEach(cell.others, [&](const WarpAccess &other) {
    if (allowsTogether(actor, other) || isOrdered(actor, other))
      return true;
    reportRace(actor, address, bytes, other, other.kind == AccessClass::StrongWrite);
    return false;
  });
}

void RaceDetector::record(const Actor &actor, ShadowCell &cell) {
  if (!actor.isWeakWrite) {
    cell.others = sets.add(cell.others, actor.access, [&](const WarpAccess &other) { return isOrdered(actor, other); });
    return;
  }
  cell.writer = actor.access.warp * numLanes + unsigned(llvm::countr_zero(actor.access.lanes));
  cell.time = actor.access.time;
  cell.pc = actor.access.pc;
  cell.others = AccessSets::empty;
}

void RaceDetector::visit(const Actor &actor, ShadowMemory &memory, uint64_t address, uint32_t bytes,
                         Recording recording) {
  memory.forEach(address, bytes, [&](ShadowCell &cell, uint64_t at, uint32_t size) {
    if (recording != Recording::Record)
      check(actor, cell, at, size);
    if (recording != Recording::Check)
      record(actor, cell);
  });
}

//===----------------------------------------------------------------------===//
// Accesses
//===----------------------------------------------------------------------===//

void RaceDetector::access(const Access &access) {
  if (access.space != Space::Shared && access.space != Space::Global)
    return;
  if (sets.isFull())
    sweep();
  CtaState &own = get(*access.warp.cta);
  Cluster &cluster = *access.warp.cta->cluster;
  MemoryBits order = access.order;
  const Instruction *origin = grid.program.origins[&access.op - grid.program.code.data()];
  bool isStore = access.kind == AccessKind::Write && origin && origin->opcode == "st";
  if (!guesses.empty() && guesses.contains(uint32_t(&access.op - grid.program.code.data())))
    order = {MemoryOrder::Relaxed, MemoryScope::Gpu};
  forEachLane(access.lanes, [&](unsigned lane) {
    uint64_t address = access.addresses[lane];
    ShadowMemory *memory = &global;
    uint64_t base = 0;
    if (access.space == Space::Shared) {
      uint64_t rank = address >> clusterRankShift & 0xFF;
      address &= (1u << clusterRankShift) - 1;
      if (rank > cluster.ctas.size())
        return true; // the access itself reports that
      const Cta &cta = rank == 0 ? *access.warp.cta : cluster.ctas[rank - 1];
      memory = &get(cta).shared;
      base = getBase(access.warp, cta);
    }
    Actor actor = makeActor(access.warp, access.op, lane, access.space, access.kind, order);
    actor.base = base;
    actor.store = isStore ? &access : nullptr;
    visit(actor, *memory, address, access.bytes, Recording::Both);
    get(own, access.warp, lane).hasAccessed = true;
    if (isStrong(order))
      synchronize(access, lane, order);
    return true;
  });
}

void RaceDetector::useMbarrier(Warp &warp, const MicroOp &op, unsigned lane, Cta &cta, uint32_t address, bool isInit) {
  MemoryBits bits;
  if (!isInit)
    bits = {MemoryOrder::Relaxed, MemoryScope::Sys};
  Actor actor = makeActor(warp, op, lane, Space::Shared, isInit ? AccessKind::Write : AccessKind::Atomic, bits);
  actor.base = getBase(warp, cta);
  visit(actor, get(cta).shared, address, 8, Recording::Both);
  get(get(*warp.cta), warp, lane).hasAccessed = true;
}

void RaceDetector::asyncAccess(const AsyncAccess &access) {
  if (sets.isFull())
    sweep();
  // Reductions of the async proxy are relaxed, with the scope of the GPU.
  MemoryBits bits;
  if (access.kind == AccessKind::Atomic)
    bits = {MemoryOrder::Relaxed, MemoryScope::Gpu};
  Actor actor =
      makeActor(access.warp, access.op, access.lane, access.cta ? Space::Shared : Space::Global, access.kind, bits);
  if (access.cta)
    actor.base = getBase(access.warp, *access.cta);
  auto standIn = [&](uint32_t cta, uint32_t thread, uint64_t time) {
    uint32_t number = getNumber(cta, thread);
    actor.access.warp = number / numLanes;
    actor.access.lanes = 1u << number % numLanes;
    actor.access.time = uint32_t(time);
  };
  if (access.agent == AsyncAccess::Agent::Mbarrier) {
    CtaState &owner = get(*access.mbarrierCta);
    standIn(owner.number, getMbarrier(owner, access.mbarrier).thread, access.time);
  } else if (access.agent == AsyncAccess::Agent::Wgmma) {
    standIn(actor.cta.number, getWgmmaThread(access.warp), access.time);
  } else if (access.records) {
    get(actor.cta, access.warp, access.lane).hasAccessed = true;
  }
  Recording recording = !access.records ? Recording::Check : access.checks ? Recording::Both : Recording::Record;
  visit(actor, access.cta ? get(*access.cta).shared : global, access.address, access.bytes, recording);
}

void RaceDetector::sweep() {
  sets.beginSweep();
  auto move = [&](ShadowCell &cell) { cell.others = sets.move(cell.others); };
  global.forEachUsed(move);
  for (auto &cluster : clusters)
    for (std::unique_ptr<CtaState> &cta : cluster.second.ctas)
      cta->shared.forEachUsed(move);
  sets.endSweep();
}

//===----------------------------------------------------------------------===//
// Reports
//===----------------------------------------------------------------------===//

std::string RaceDetector::describeThread(uint32_t number) const {
  Epoch epoch = getEpoch(number, 0);
  std::array<uint32_t, 3> size = grid.config.block, clusterSize = grid.clusterSize, count;
  uint32_t numCtas = clusterSize[0] * clusterSize[1] * clusterSize[2];
  for (unsigned i = 0; i != 3; ++i)
    count[i] = grid.config.grid[i] / clusterSize[i];
  uint32_t rank = epoch.cta % numCtas, cluster = epoch.cta / numCtas, thread = epoch.thread;
  std::string cta =
      llvm::formatv("({0},{1},{2})", cluster % count[0] * clusterSize[0] + rank % clusterSize[0],
                    cluster / count[0] % count[1] * clusterSize[1] + rank / clusterSize[0] % clusterSize[1],
                    cluster / count[0] / count[1] * clusterSize[2] + rank / clusterSize[0] / clusterSize[1]);
  if (thread < grid.threadsPerCta)
    return llvm::formatv("thread {0} ({1},{2},{3})", cta, thread % size[0], thread / size[0] % size[1],
                         thread / size[0] / size[1]);
  bool isMbarrier = thread < grid.warpsPerCta * numLanes + mbarrierThreads;
  return (isMbarrier ? "a copy that counts on an mbarrier of CTA " : "a wgmma of CTA ") + cta;
}

void RaceDetector::reportRace(const Actor &actor, uint64_t address, uint32_t bytes, const WarpAccess &other,
                              bool otherWrites) {
  if (++numReports[actor.access.pc] > mostReports)
    return;
  uint32_t self = getNumber(actor.cta.number, actor.warp.index * numLanes + actor.lane);
  // A lane that is not ordered, of those that the access stands for.
  unsigned lane = unsigned(llvm::countr_zero(other.lanes));
  forEachLane(other.lanes, [&](unsigned each) {
    uint32_t number = other.warp * numLanes + each;
    bool isOrdered = number == self || actor.state.known.knows(getEpoch(number, other.time));
    lane = isOrdered ? lane : each;
    return isOrdered;
  });
  Epoch them = getEpoch(other.warp * numLanes + lane, other.time);
  bool isSameCta = them.cta == actor.cta.number;
  bool isSameWarp = isSameCta && them.thread / numLanes == actor.warp.index;
  const Instruction *origin = grid.program.origins[other.pc];
  const char *verb = actor.isWeakWrite ? "writes" : actor.access.kind == AccessClass::StrongWrite ? "updates" : "reads";
  HazardAddress where = actor.warp.describe(actor.space, address | actor.base, bytes);
  std::string message =
      llvm::formatv("{0} {1} + {2}, which {3} {4}{5}, and nothing orders the two", verb, where.object, where.offset,
                    describeThread(other.warp * numLanes + lane), otherWrites ? "writes" : "reads",
                    origin ? llvm::formatv(" at line {0}", origin->location.line).str() : std::string());
  const char *remedy =
      isSameWarp ? "put bar.warp.sync (__syncwarp) between the two: lanes of a warp do not wait for each other"
      : isSameCta
          ? "put bar.sync (__syncthreads) or an mbarrier's phase between the two, or make both atomic"
          : "order them by a release and an acquire (a fence and an atomic, barrier.cluster), make both atomic, "
            "or give each CTA memory of its own";
  actor.warp.report(actor.op, 1u << actor.lane, HazardKind::DataRace, message, remedy, /*isFatal=*/false, where);
}
