//===- Barriers.cpp - bar, barrier, fences --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Barriers.h"

#include "DecodeLanes.h"
#include "Handlers.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace quantopt::ptx;

namespace {

enum class BarrierKind : uint8_t { Sync, Arrive, RedPopc, RedAnd, RedOr };

/// bits16 of bar and barrier.
struct BarrierForm {
  BarrierKind kind;
  bool isAligned;
  uint16_t pack() const { return uint16_t(uint16_t(kind) | isAligned << 8); }
  static BarrierForm of(const MicroOp &op) { return {BarrierKind(op.bits16 & 0xFF), (op.bits16 >> 8) != 0}; }
};

} // namespace

//===----------------------------------------------------------------------===//
// Completion
//===----------------------------------------------------------------------===//

static uint32_t getExpected(const Cta &cta, const Barrier &barrier) {
  return barrier.expected != 0 ? barrier.expected : cta.liveThreads;
}

static void complete(Cta &cta, unsigned id) {
  Barrier &barrier = cta.barriers[id];
  unsigned parity = barrier.generation & 1;
  barrier.results[parity] = barrier.popc;
  barrier.total[parity] = barrier.lanes;
  ++barrier.generation;
  barrier.arrived = barrier.popc = barrier.lanes = barrier.expected = 0;
  barrier.isOpen = false;
  Cluster &cluster = *cta.cluster;
  ++cluster.events;
  ++cluster.counters.barriers;
  if (cluster.grid->observer)
    cluster.grid->observer->completeBarrier(cta, id);
}

static void completeCluster(Cluster &cluster) {
  ++cluster.generation;
  cluster.arrived = 0;
  ++cluster.events;
  if (cluster.grid->observer)
    cluster.grid->observer->completeClusterBarrier(cluster);
}

void quantopt::ptx::retireThreads(Cta &cta) {
  for (unsigned id = 0; id != cta.barriers.size(); ++id) {
    const Barrier &barrier = cta.barriers[id];
    if (barrier.isOpen && barrier.expected == 0 && barrier.arrived >= cta.liveThreads)
      complete(cta, id);
  }
  Cluster &cluster = *cta.cluster;
  if (cluster.arrived != 0 && cluster.arrived >= cluster.liveThreads)
    completeCluster(cluster);
}

//===----------------------------------------------------------------------===//
// bar and barrier
//===----------------------------------------------------------------------===//

/// The result of bar.red of generation `generation`.
static Flow finishBarrier(Warp &warp, const MicroOp &op, uint32_t exec, const Barrier &barrier, uint32_t generation) {
  warp.ticket = 0;
  uint32_t popc = barrier.results[generation & 1], total = barrier.total[generation & 1];
  switch (BarrierForm::of(op).kind) {
  case BarrierKind::RedPopc: {
    uint32_t values[numLanes];
    std::fill_n(values, numLanes, popc);
    warp.store(op.slots[0], exec, values);
    break;
  }
  case BarrierKind::RedAnd:
    warp.setPredicate(op.slots[0], exec, popc == total ? allLanes : 0);
    break;
  case BarrierKind::RedOr:
    warp.setPredicate(op.slots[0], exec, popc != 0 ? allLanes : 0);
    break;
  default:
    break;
  }
  return Flow::Next;
}

static Flow waitForBarrier(Warp &warp, const Barrier &barrier, unsigned id) {
  warp.ticket = uint64_t(barrier.generation) << 8 | id | uint64_t(1) << 63;
  warp.reason = WaitReason();
  warp.reason.kind = WaitReason::Kind::Barrier;
  warp.reason.a = id;
  return Flow::Block;
}

/// Barrier number and thread count of the lanes, which must agree. Count 0: all threads of the CTA.
static bool readBarrier(Warp &warp, const MicroOp &op, uint32_t exec, uint32_t &id, uint32_t &count) {
  unsigned first = unsigned(countr_zero(exec));
  const uint32_t *ids = warp.in<uint32_t>(op.slots[1]);
  const uint32_t *counts = op.slots[2].isNone() ? nullptr : warp.in<uint32_t>(op.slots[2]);
  id = ids[first];
  count = counts ? counts[first] : 0;
  for (unsigned lane = 0; lane != numLanes; ++lane)
    if (((exec >> lane) & 1) && (ids[lane] != id || (counts && counts[lane] != count))) {
      warp.report(op, 1u << lane, HazardKind::BarrierMisuse, "names another barrier or thread count than its warp",
                  "use one barrier and one count for a warp");
      return false;
    }
  if (id >= 16) {
    warp.report(op, exec, HazardKind::BarrierMisuse, formatv("uses barrier {0} of 16", id), "use 0 to 15");
    return false;
  }
  if (counts && (count % numLanes != 0 || count == 0)) {
    warp.report(op, exec, HazardKind::BarrierMisuse, formatv("waits for {0} threads", count),
                "a count is a positive multiple of 32");
    return false;
  }
  return true;
}

/// Threads that the lanes of `exec` stand for: whole warps for a count that is given.
static uint32_t countArrivals(const Warp &warp, uint32_t exec, bool isAligned, bool hasCount) {
  if (!hasCount)
    return unsigned(popcount(exec));
  if (isAligned)
    return numLanes;
  // Lanes that never were come with the lowest that lives.
  bool hasLowest = (exec & warp.live & (0 - warp.live)) != 0;
  return unsigned(popcount(exec)) + (hasLowest ? numLanes - unsigned(popcount(warp.live)) : 0);
}

static Flow arriveAtBarrier(Warp &warp, const MicroOp &op, uint32_t exec, BarrierForm form) {
  Cta &cta = *warp.cta;
  uint32_t id = 0, count = 0;
  if (!readBarrier(warp, op, exec, id, count))
    return Flow::Stop;
  Barrier &barrier = cta.barriers[id];
  if (barrier.isOpen && barrier.expected != count)
    return warp.report(op, exec, HazardKind::BarrierMisuse,
                       formatv("waits for {0} threads at barrier {1}, where others wait for {2}",
                               count ? count : cta.liveThreads, id, getExpected(cta, barrier)),
                       "give the same thread count everywhere");
  barrier.isOpen = true;
  barrier.expected = count;
  barrier.arrived += countArrivals(warp, exec, form.isAligned, count != 0);
  barrier.lanes += unsigned(popcount(exec));
  if (form.kind >= BarrierKind::RedPopc)
    barrier.popc += unsigned(popcount(warp.predicate(op.slots[3]) & exec));
  bool waits = form.kind != BarrierKind::Arrive;
  if (warp.grid->observer)
    warp.grid->observer->arriveBarrier(warp, op, exec, id, waits);
  uint32_t expected = getExpected(cta, barrier), generation = barrier.generation;
  if (barrier.arrived > expected)
    return warp.report(op, exec, HazardKind::BarrierMisuse,
                       formatv("is thread {0} at barrier {1}, which waits for {2}", barrier.arrived, id, expected),
                       "count the threads that arrive");
  if (barrier.arrived == expected) {
    complete(cta, id);
    return waits ? finishBarrier(warp, op, exec, barrier, generation) : Flow::Next;
  }
  return waits ? waitForBarrier(warp, barrier, id) : Flow::Next;
}

/// slots: result, barrier, thread count or none, predicate.
static Flow runBarrier(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (warp.ticket != 0) {
    unsigned id = warp.ticket & 0xFF;
    uint32_t generation = uint32_t(warp.ticket >> 8);
    const Barrier &barrier = warp.cta->barriers[id];
    if (barrier.generation == generation)
      return waitForBarrier(warp, barrier, id);
    return finishBarrier(warp, op, exec, barrier, generation);
  }
  BarrierForm form = BarrierForm::of(op);
  if (form.isAligned && !warp.gather(op, exec, warp.live))
    return Flow::Block;
  return arriveAtBarrier(warp, op, exec, form);
}

static void decodeBarrier(Decoder &d) {
  bool isBar = d.instruction().opcode == "bar";
  d.take("cta");
  BarrierForm form{BarrierKind::Sync, isBar};
  int kind = d.takeOneOf({"sync", "arrive", "red"});
  if (kind < 0)
    d.fail("'" + d.instruction().opcode + "' without .sync, .arrive or .red");
  if (!isBar)
    form.isAligned = d.take("aligned");
  MicroOp op;
  op.run = runBarrier;
  size_t first = 0;
  if (kind == 1)
    form.kind = BarrierKind::Arrive;
  if (kind == 2) {
    int red = d.takeOneOf({"popc", "and", "or"});
    form.kind = BarrierKind(int(BarrierKind::RedPopc) + std::max(red, 0));
    Type type = d.takeType({Type::Pred, Type::U32});
    d.expectOperands(3, 4);
    op.slots[3] = d.readPredicate(d.numOperands() - 1);
    d.requireDefined();
    op.slots[0] = d.result(0, type);
    first = 1;
  }
  size_t counted = d.numOperands() - first - (kind == 2 ? 1 : 0);
  if (counted < 1 || counted > 2)
    return d.fail("a barrier number and at most a thread count are wanted");
  op.slots[1] = d.read(first, Type::U32);
  if (counted == 2)
    op.slots[2] = d.read(first + 1, Type::U32);
  else if (kind == 1)
    d.fail("an arrival without a thread count");
  op.bits16 = form.pack();
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// bar.warp.sync
//===----------------------------------------------------------------------===//

static Flow runWarpSync(Warp &warp, const MicroOp &op, uint32_t exec) {
  SmallVector<Warp::Tile, 1> tiles = warp.getTiles(op, exec, op.slots[0]);
  if (tiles.empty())
    return Flow::Stop;
  // Others may wait at another bar.warp.sync.
  uint32_t elsewhere = 0, missing = 0;
  for (const Group &group : warp.waiting)
    if (group.isBlocked && group.reason.kind == WaitReason::Kind::Lanes &&
        warp.grid->program.code[group.pc].run == runWarpSync)
      elsewhere |= group.lanes;
  for (const Warp::Tile &tile : tiles) {
    uint32_t absent = tile.members & warp.live & ~tile.lanes;
    missing |= absent;
    if ((absent & ~elsewhere) != 0) {
      warp.gather(op, tile.lanes, tile.members);
      return Flow::Block;
    }
  }
  for (Group &group : warp.waiting)
    if ((group.lanes & missing) != 0) {
      group.isBlocked = false;
      ++group.pc;
    }
  if (warp.grid->observer)
    for (const Warp::Tile &tile : tiles)
      warp.grid->observer->syncLanes(warp, op, tile.members & warp.live);
  return Flow::Next;
}

static void decodeWarpSync(Decoder &d) {
  d.take("warp");
  d.take("sync");
  d.expectOperands(1);
  MicroOp op;
  op.run = runWarpSync;
  op.slots[0] = d.read(0, Type::B32);
  d.requireDefined();
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// barrier.cluster
//===----------------------------------------------------------------------===//

/// bits16: bit 0 wait (else arrive), bit 1 aligned, bit 2 relaxed.
static Flow runClusterBarrier(Warp &warp, const MicroOp &op, uint32_t exec) {
  Cluster &cluster = *warp.cta->cluster;
  if (warp.ticket == 0 && (op.bits16 & 2) && !warp.gather(op, exec, warp.live))
    return Flow::Block;
  if (!(op.bits16 & 1)) {
    if (uint32_t again = exec & warp.clusterArrived)
      return warp.report(op, again, HazardKind::BarrierMisuse, "arrives at the cluster's barrier a second time",
                         "put barrier.cluster.wait between two arrivals");
    warp.clusterArrived |= exec;
    for (unsigned lane = 0; lane != numLanes; ++lane)
      if ((exec >> lane) & 1)
        warp.clusterPhase[lane] = cluster.generation;
    cluster.arrived += unsigned(popcount(exec));
    if (cluster.grid->observer)
      cluster.grid->observer->arriveClusterBarrier(warp, op, exec, op.bits16 & 4);
    if (cluster.arrived >= cluster.liveThreads)
      completeCluster(cluster);
    return Flow::Next;
  }
  if (uint32_t missing = exec & ~warp.clusterArrived)
    return warp.report(op, missing, HazardKind::BarrierMisuse, "waits at the cluster's barrier without an arrival",
                       "put barrier.cluster.arrive in front");
  bool isOpen = false;
  for (unsigned lane = 0; lane != numLanes; ++lane)
    isOpen |= ((exec >> lane) & 1) && warp.clusterPhase[lane] == cluster.generation;
  if (isOpen) {
    warp.ticket = 1;
    warp.reason = WaitReason();
    warp.reason.kind = WaitReason::Kind::ClusterBarrier;
    return Flow::Block;
  }
  warp.ticket = 0;
  warp.clusterArrived &= ~exec;
  if (cluster.grid->observer)
    cluster.grid->observer->waitClusterBarrier(warp, op, exec);
  return Flow::Next;
}

static void decodeClusterBarrier(Decoder &d) {
  d.take("cluster");
  bool waits = d.takeOneOf({"arrive", "wait"}) == 1;
  bool isRelaxed = d.takeOneOf({"acquire", "release", "relaxed"}) == 2;
  bool isAligned = d.take("aligned");
  d.expectOperands(0);
  MicroOp op;
  op.run = runClusterBarrier;
  op.bits16 = uint16_t(waits | isAligned << 1 | isRelaxed << 2);
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// Fences
//===----------------------------------------------------------------------===//

static Flow runFence(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (warp.grid->observer)
    warp.grid->observer->fence(warp, op, exec);
  return runHostFence(warp, op, exec);
}

static void emitFence(Decoder &d, MemoryOrder order, MemoryScope scope) {
  d.expectOperands(0);
  MicroOp op;
  op.run = runFence;
  op.bits64 = MemoryBits{order, scope}.pack();
  d.emit(op);
}

static void decodeMembar(Decoder &d) { emitFence(d, MemoryOrder::AcquireRelease, takeScope(d)); }

static void decodeFence(Decoder &d) {
  static const StringRef names[] = {"acq_rel", "sc", "acquire", "release"};
  static constexpr MemoryOrder orders[] = {MemoryOrder::AcquireRelease, MemoryOrder::AcquireRelease,
                                           MemoryOrder::Acquire, MemoryOrder::Release};
  int order = d.takeOneOf(names);
  d.takePrefix("sync_restrict::");
  // fence.mbarrier_init.release.cluster: the inits are visible at once here.
  d.take("mbarrier_init");
  emitFence(d, orders[std::max(order, 0)], takeScope(d));
}

/// bits16: 1 if it covers the asynchronous proxy.
static Flow runProxyFence(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (op.bits16 != 0 && warp.cta->cluster->async)
    warp.cta->cluster->async->fenceProxy(warp);
  if (warp.grid->observer)
    warp.grid->observer->fenceProxy(warp, op, exec);
  return Flow::Next;
}

static void decodeProxyFence(Decoder &d) {
  d.take("proxy");
  static const StringRef kinds[] = {"alias", "async", "async::generic", "tensormap::generic", "generic::tensormap"};
  int kind = d.takeOneOf(kinds);
  if (kind < 0)
    return d.fail("fence.proxy of an unknown kind");
  bool isAsync = kind == 1 || kind == 2;
  d.takeOneOf({"global", "shared::cta", "shared::cluster"});
  d.takeOneOf({"acquire", "release", "acq_rel"});
  while (!d.takePrefix("sync_restrict::").empty()) {
  }
  takeScope(d);
  // .acquire of a tensor map names its address and size.
  d.expectOperands(0, 2);
  if (d.numOperands() > 0)
    d.readAddress(d.operand(0), Space::Generic);
  MicroOp op;
  op.run = runProxyFence;
  op.bits16 = isAsync;
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// Hints about the launch
//===----------------------------------------------------------------------===//

static void decodeGriddepcontrol(Decoder &d) {
  if (d.takeOneOf({"launch_dependents", "wait"}) < 0)
    d.fail("griddepcontrol.launch_dependents or .wait");
  MicroOp op;
  op.run = runNothing;
  d.emit(op);
}

/// bits16: aligned, as it always is.
static Flow runSetmaxnreg(Warp &warp, const MicroOp &op, uint32_t exec) {
  return warp.gather(op, exec, warp.live) ? Flow::Next : Flow::Block;
}

static void decodeSetmaxnreg(Decoder &d) {
  d.takeOneOf({"inc", "dec"});
  d.take("sync");
  d.take("aligned");
  d.takeType({Type::U32});
  d.expectOperands(1);
  int64_t count = d.readInteger(d.operand(0));
  if (count < 24 || count > 256 || count % 8 != 0)
    d.fail("setmaxnreg takes a multiple of 8 from 24 to 256");
  MicroOp op;
  op.run = runSetmaxnreg;
  d.emit(op);
}

static const OpcodeInfo opcodes[] = {
    {"bar", "bar{.cta}.{sync,arrive}, bar.red.{popc.u32,and.pred,or.pred}", "", decodeBarrier},
    {"bar.warp", "bar.warp.sync", "", decodeWarpSync},
    {"barrier", "barrier{.cta}.{sync,arrive,red..}{.aligned}", "", decodeBarrier},
    {"barrier.cluster", "barrier.cluster.{arrive,wait}{.sem}{.aligned}", "", decodeClusterBarrier},
    {"fence", "fence{.sc,.acq_rel,.acquire,.release}.scope, fence.mbarrier_init", "", decodeFence},
    {"fence.proxy", "fence.proxy.{alias,async,async::generic,tensormap::generic}..", "", decodeProxyFence},
    {"griddepcontrol", "griddepcontrol.{launch_dependents,wait}", "no effect: one grid runs at a time",
     decodeGriddepcontrol},
    {"membar", "membar.{cta,gl,sys}", "", decodeMembar},
    {"setmaxnreg", "setmaxnreg.{inc,dec}.sync.aligned.u32", "no effect on registers", decodeSetmaxnreg},
};

ArrayRef<OpcodeInfo> quantopt::ptx::getBarrierOpcodes() { return opcodes; }
