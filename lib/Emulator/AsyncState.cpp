//===- AsyncState.cpp - Asynchronous work of a cluster --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsyncState.h"

#include "BoxCopy.h"
#include "llvm/Support/FormatVariadic.h"

using namespace quantopt::ptx;

std::unique_ptr<AsyncEngine> quantopt::ptx::createAsyncEngine(Cluster &cluster) {
  return std::make_unique<AsyncState>(cluster);
}

AsyncState::AsyncState(Cluster &cluster) : cluster(cluster), ctas(cluster.ctas.size()) {
  size_t numWarps = 0;
  for (Cta &cta : cluster.ctas) {
    ctas[cta.rank].tracker = std::make_unique<SharedTracker>(cta.sharedBytes, uint32_t(cta.warps.size()));
    numWarps += cta.warps.size();
  }
  warps.resize(numWarps);
}

WarpAsync &AsyncState::get(const Warp &warp) { return warps[warp.cta->rank * warp.cta->warps.size() + warp.index]; }

bool AsyncState::checkRegisters(Warp &warp, const MicroOp &op, uint32_t exec) {
  return get(warp).wgmma.checkRegisters(warp, op, exec);
}

void AsyncState::fenceProxy(Warp &warp) {
  // A fence of the async proxy covers the shared memory of the whole cluster.
  for (Cta &cta : cluster.ctas)
    get(cta).tracker->fence(warp.index, cluster.events);
}

//===----------------------------------------------------------------------===//
// mbarriers
//===----------------------------------------------------------------------===//

Mbarrier *AsyncState::find(Cta &cta, uint32_t address) {
  auto it = get(cta).mbarriers.find(address);
  return it == get(cta).mbarriers.end() ? nullptr : &it->second;
}

void AsyncState::reportMbarrier(Warp &warp, const MicroOp &op, unsigned lane, SharedPlace place, const char *rule) {
  HazardAddress where = warp.describe(Space::Shared, getClusterAddress(place), 8);
  if (rule)
    warp.report(op, 1u << lane, HazardKind::MbarrierMisuse, rule,
                "check the count of mbarrier.init, who arrives in each phase, and the bytes that expect_tx names",
                /*isFatal=*/true, where);
  else
    warp.report(op, 1u << lane, HazardKind::MbarrierMisuse,
                "uses an mbarrier that was never initialized, or has been invalidated",
                "let one thread execute mbarrier.init and all wait at a barrier before its first use",
                /*isFatal=*/true, where);
}

bool AsyncState::changeMbarrier(Warp &warp, const MicroOp &op, unsigned lane, SharedPlace place,
                                llvm::function_ref<const char *(Mbarrier &)> change) {
  Mbarrier *mbarrier = find(*place.cta, place.address);
  if (!mbarrier) {
    reportMbarrier(warp, op, lane, place, nullptr);
    return false;
  }
  uint64_t phase = mbarrier->getPhase();
  if (const char *rule = change(*mbarrier)) {
    reportMbarrier(warp, op, lane, place, rule);
    return false;
  }
  if (mbarrier->getPhase() == phase)
    return true;
  ++cluster.events;
  if (Observer *observer = cluster.grid->observer)
    observer->completeMbarrier(*place.cta, place.address);
  return true;
}

std::string AsyncState::describeMbarrier(Cta &cta, uint32_t address) {
  uint32_t rank = address >> clusterRankShift;
  const Mbarrier *mbarrier = find(rank == 0 ? cta : cluster.ctas[rank - 1], address & ((1u << clusterRankShift) - 1));
  if (!mbarrier)
    return "not initialized";
  return llvm::formatv("phase {0} lacks {1} arrivals and {2} bytes", mbarrier->getPhase(), mbarrier->getPending(),
                       mbarrier->getTransactions());
}

//===----------------------------------------------------------------------===//
// Conflicts
//===----------------------------------------------------------------------===//

namespace {
struct ConflictText {
  HazardKind kind;
  const char *what, *remedy;
};
} // namespace

static ConflictText getText(SharedConflict conflict) {
  switch (conflict) {
  case SharedConflict::ReadBeforeLanded:
    return {HazardKind::SharedInFlight, "reads shared memory that a copy in flight has yet to write",
            "wait for the copy (its mbarrier phase, or its group and a barrier) before the read"};
  case SharedConflict::WriteBeforeLanded:
    return {HazardKind::SharedInFlight, "writes shared memory that a copy in flight has yet to write, too",
            "wait for the first copy before the second write"};
  case SharedConflict::WriteWhileRead:
    return {HazardKind::SharedInFlight, "writes shared memory that wgmma or a bulk copy in flight still reads",
            "wait (wgmma.wait_group, cp.async.bulk.wait_group.read) before this part is released and written again"};
  default:
    return {HazardKind::MissingFence, "reads in the async proxy what ordinary stores wrote to shared memory",
            "put fence.proxy.async between the stores and the barrier that is in front of this"};
  }
}

void AsyncState::reportConflict(Warp &warp, const MicroOp &op, unsigned lane, Cta &cta, uint32_t address,
                                SharedConflict conflict, llvm::StringRef what) {
  ConflictText text = getText(conflict);
  warp.report(op, 1u << lane, text.kind, text.what + what, text.remedy, /*isFatal=*/false,
              warp.describe(Space::Shared, getClusterAddress({&cta, address}), SharedTracker::chunkBytes));
}

void AsyncState::access(const Access &access) {
  if (access.space != Space::Shared)
    return;
  for (uint32_t lanes = access.lanes; lanes != 0; lanes &= lanes - 1) {
    unsigned lane = unsigned(llvm::countr_zero(lanes));
    uint32_t rank = uint32_t(access.addresses[lane] >> clusterRankShift) & 0xFF;
    uint32_t address = uint32_t(access.addresses[lane]) & ((1u << clusterRankShift) - 1);
    Cta *cta = rank == 0 ? access.warp.cta : rank <= ctas.size() ? &cluster.ctas[rank - 1] : nullptr;
    if (!cta || !cta->getShared(address, access.bytes))
      continue; // the access itself reports that
    SharedTracker &tracker = *get(*cta).tracker;
    bool isRead = access.kind == AccessKind::Read;
    SharedConflict conflict =
        isRead ? tracker.read(address - sharedBase, access.bytes)
               : tracker.write(address - sharedBase, access.bytes, access.warp.index, cluster.events);
    if (conflict != SharedConflict::None)
      reportConflict(access.warp, access.op, lane, *cta, address, conflict, "");
  }
}

//===----------------------------------------------------------------------===//
// Copies that complete on mbarriers
//===----------------------------------------------------------------------===//

static AsyncAccess makeAccess(const BulkCopy &copy, AccessKind kind, Cta *cta, uint64_t address, uint32_t bytes,
                              bool checks = true, bool records = true) {
  AsyncAccess access{*copy.warp, *copy.op, copy.lane, kind, cta, address, bytes};
  access.checks = checks;
  access.records = records;
  return access;
}

/// Global memory of a copy.
static void observeGlobal(const BulkCopy &copy, AccessKind kind, Observer &observer) {
  if (!copy.map)
    return observer.asyncAccess(makeAccess(copy, kind, nullptr, copy.global, copy.bytes));
  forEachBoxChunk(*copy.map, copy.getCoordinates(), 0, [&](const BoxChunk &chunk) {
    if (chunk.end != chunk.begin)
      observer.asyncAccess(makeAccess(copy, kind, nullptr, chunk.global + chunk.begin, chunk.end - chunk.begin));
  });
}

/// Tells at its issue what a copy does. Shared memory that a group's copy reads counts when the program has waited;
/// what an mbarrier's copy does is done by the mbarrier's phase.
static void observeCopy(AsyncState &state, const BulkCopy &copy, Observer &observer) {
  AccessKind writes = copy.reduction == Reduction::None ? AccessKind::Write : AccessKind::Atomic;
  if (!copy.isLoad()) {
    observeGlobal(copy, writes, observer);
    if (copy.sourceCta)
      observer.asyncAccess(makeAccess(copy, AccessKind::Read, copy.sourceCta, copy.source, copy.bytes, /*checks=*/true,
                                      /*records=*/false));
    return;
  }
  if (!copy.sourceCta && copy.value.empty())
    observeGlobal(copy, AccessKind::Read, observer);
  forEachDestination(copy, [&](Cta &cta) {
    const Mbarrier *mbarrier = copy.signalsMbarrier ? state.find(cta, copy.mbarrier) : nullptr;
    auto observe = [&](AccessKind kind, Cta *where, uint32_t address) {
      AsyncAccess access = makeAccess(copy, kind, where, address, copy.bytes);
      if (mbarrier) {
        access.agent = AsyncAccess::Agent::Mbarrier;
        access.mbarrierCta = &cta;
        access.mbarrier = copy.mbarrier;
        access.time = mbarrier->getPhase() + 1;
      }
      observer.asyncAccess(access);
    };
    if (copy.sourceCta)
      observe(AccessKind::Read, copy.sourceCta, copy.source);
    observe(writes, &cta, copy.destination);
  });
}

/// Marks the shared memory of a copy as in use.
static void beginCopy(AsyncState &state, const BulkCopy &copy) {
  if (Observer *observer = copy.warp->grid->observer)
    observeCopy(state, copy, *observer);
  auto report = [&](Cta &cta, uint32_t address, SharedConflict conflict) {
    if (conflict != SharedConflict::None)
      state.reportConflict(*copy.warp, *copy.op, copy.lane, cta, address, conflict, " in a bulk copy");
  };
  if (copy.sourceCta)
    report(*copy.sourceCta, copy.source,
           state.get(*copy.sourceCta).tracker->beginRead(copy.source - sharedBase, copy.bytes));
  forEachDestination(copy, [&](Cta &cta) {
    report(cta, copy.destination, state.get(cta).tracker->beginWrite(copy.destination - sharedBase, copy.bytes));
  });
}

bool AsyncState::issue(BulkCopy copy) {
  beginCopy(*this, copy);
  transfers.push_back(std::move(copy));
  return getOrder() != AsyncOrder::Now || land(std::prev(transfers.end()));
}

bool AsyncState::land(std::list<BulkCopy>::iterator it) {
  BulkCopy copy = std::move(*it);
  transfers.erase(it);
  std::vector<uint8_t> bytes;
  if (!readBulkCopy(copy, bytes) || !writeBulkCopy(copy, bytes))
    return false;
  if (copy.sourceCta)
    get(*copy.sourceCta).tracker->endRead(copy.source - sharedBase, copy.bytes);
  bool isRight = true;
  forEachDestination(copy, [&](Cta &cta) {
    get(cta).tracker->endWrite(copy.destination - sharedBase, copy.bytes, /*isOrdinary=*/false, 0, cluster.events);
    if (copy.signalsMbarrier && isRight)
      isRight = changeMbarrier(*copy.warp, *copy.op, copy.lane, {&cta, copy.mbarrier},
                               [&](Mbarrier &mbarrier) { return mbarrier.completeTransactions(copy.bytes); });
  });
  return isRight;
}

//===----------------------------------------------------------------------===//
// Bulk groups
//===----------------------------------------------------------------------===//

bool AsyncState::issueToGroup(BulkCopy copy) {
  beginCopy(*this, copy);
  WarpAsync &warp = get(*copy.warp);
  GroupCopy item;
  item.group = warp.bulkGroup[copy.lane];
  item.copy = std::move(copy);
  warp.groupCopies.push_back(std::move(item));
  return getOrder() != AsyncOrder::Now || completeGroupCopy(warp.groupCopies.back(), /*readOnly=*/false);
}

bool AsyncState::completeGroupCopy(GroupCopy &copy, bool readOnly) {
  if (!copy.hasRead && !readBulkCopy(copy.copy, copy.bytes))
    return false;
  copy.hasRead = true;
  if (readOnly || copy.isDone)
    return true;
  copy.isDone = true;
  if (!writeBulkCopy(copy.copy, copy.bytes))
    return false;
  copy.bytes = {};
  return true;
}

bool AsyncState::waitGroups(Warp &warp, uint32_t lanes, const std::array<uint32_t, numLanes> &end, bool readOnly) {
  WarpAsync &state = get(warp);
  for (GroupCopy &copy : state.groupCopies) {
    unsigned lane = copy.copy.lane;
    if (!((lanes >> lane) & 1) || copy.group >= end[lane])
      continue;
    if (!completeGroupCopy(copy, readOnly))
      return false;
    if (Observer *observer = warp.grid->observer; observer && copy.isMarked)
      observer->asyncAccess(makeAccess(copy.copy, AccessKind::Read, copy.copy.sourceCta, copy.copy.source,
                                       copy.copy.bytes, /*checks=*/false));
    if (copy.isMarked)
      get(*copy.copy.sourceCta).tracker->endRead(copy.copy.source - sharedBase, copy.copy.bytes);
    copy.isMarked = false;
  }
  while (!state.groupCopies.empty() && state.groupCopies.front().isDone && !state.groupCopies.front().isMarked)
    state.groupCopies.pop_front();
  return true;
}

//===----------------------------------------------------------------------===//
// cp.async
//===----------------------------------------------------------------------===//

bool AsyncState::issueThreadCopy(Warp &warp, ThreadCopy copy) {
  SharedTracker &tracker = *get(*warp.cta).tracker;
  uint32_t bytes = copy.op->bytes;
  copy.waits = copy.lanes;
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    if (!((copy.lanes >> lane) & 1))
      continue;
    SharedConflict conflict = tracker.beginWrite(copy.shared[lane] - sharedBase, bytes);
    if (conflict != SharedConflict::None)
      reportConflict(warp, *copy.op, lane, *warp.cta, copy.shared[lane], conflict, " in a cp.async");
    if (Observer *observer = warp.grid->observer) {
      AsyncAccess access{warp, *copy.op, lane, AccessKind::Write, warp.cta, copy.shared[lane], bytes};
      access.records = false;
      observer->asyncAccess(access);
      if (copy.sourceBytes[lane] != 0)
        observer->asyncAccess(
            {warp, *copy.op, lane, AccessKind::Read, nullptr, copy.global[lane], copy.sourceBytes[lane]});
    }
  }
  WarpAsync &state = get(warp);
  state.copies.push_back(std::move(copy));
  return getOrder() != AsyncOrder::Now || landThreadCopy(warp, state.copies.back(), allLanes);
}

bool AsyncState::landThreadCopy(Warp &warp, ThreadCopy &copy, uint32_t lanes) {
  lanes &= copy.lanes;
  copy.lanes &= ~lanes;
  uint32_t bytes = copy.op->bytes;
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    if (!((lanes >> lane) & 1))
      continue;
    uint8_t *to = warp.cta->getShared(copy.shared[lane], bytes);
    uint32_t read = copy.sourceBytes[lane];
    std::memset(to + read, 0, bytes - read);
    warp.cta->markWritten(copy.shared[lane], bytes);
    if (read == 0)
      continue;
    // Bytes that are not copied are not read, either, so only these must be inside of a buffer.
    const uint8_t *from = warp.translate(*copy.op, Space::Global, lane, copy.global[lane], read, 1, AccessKind::Read);
    if (!from)
      return false;
    std::memcpy(to, from, read);
  }
  return true;
}

/// Drops the marks of lanes whose threads have waited, and records that nothing waits any more.
void AsyncState::releaseThreadCopies(Warp &warp) {
  WarpAsync &state = get(warp);
  while (!state.copies.empty() && state.copies.front().waits == 0) {
    state.copies.pop_front();
    ++state.firstCopy;
  }
}

/// The lane's thread has waited for the copy: from now on its bytes count as written by it.
void AsyncState::endThreadCopy(Warp &warp, const ThreadCopy &copy, unsigned lane) {
  get(*warp.cta).tracker->endWrite(copy.shared[lane] - sharedBase, copy.op->bytes, /*isOrdinary=*/true, warp.index,
                                   cluster.events);
  if (Observer *observer = cluster.grid->observer) {
    AsyncAccess access{warp, *copy.op, lane, AccessKind::Write, warp.cta, copy.shared[lane], copy.op->bytes};
    access.checks = false;
    observer->asyncAccess(access);
  }
}

bool AsyncState::waitThreadCopies(Warp &warp, uint32_t lanes, const std::array<uint32_t, numLanes> &end) {
  for (ThreadCopy &copy : get(warp).copies) {
    uint32_t done = 0;
    for (unsigned lane = 0; lane != numLanes; ++lane)
      if ((lanes & copy.waits) >> lane & 1 && copy.group[lane] < end[lane])
        done |= 1u << lane;
    if (!landThreadCopy(warp, copy, done))
      return false;
    for (unsigned lane = 0; lane != numLanes; ++lane)
      if ((done >> lane) & 1)
        endThreadCopy(warp, copy, lane);
    copy.waits &= ~done;
  }
  releaseThreadCopies(warp);
  return fireArrivals(warp);
}

bool AsyncState::issueThreadArrival(Warp &warp, ThreadArrival arrival) {
  WarpAsync &state = get(warp);
  arrival.sequence = state.firstCopy + state.copies.size();
  state.arrivals.push_back(arrival);
  return getOrder() != AsyncOrder::Now || fireArrivals(warp);
}

/// Arrivals whose copies have all landed.
bool AsyncState::fireArrivals(Warp &warp) {
  WarpAsync &state = get(warp);
  for (size_t i = 0; i != state.arrivals.size();) {
    ThreadArrival arrival = state.arrivals[i];
    uint32_t bit = 1u << arrival.lane;
    bool isDue = true;
    for (size_t c = 0; c != state.copies.size() && state.firstCopy + c < arrival.sequence; ++c)
      isDue &= !(state.copies[c].lanes & bit);
    if (!isDue) {
      ++i;
      continue;
    }
    // From here on, whoever sees the phase complete may use the bytes.
    for (size_t c = 0; c != state.copies.size() && state.firstCopy + c < arrival.sequence; ++c) {
      ThreadCopy &copy = state.copies[c];
      if (copy.waits & bit)
        endThreadCopy(warp, copy, arrival.lane);
      copy.waits &= ~bit;
    }
    state.arrivals.erase(state.arrivals.begin() + i);
    if (Observer *observer = cluster.grid->observer)
      observer->arriveMbarrier(warp, arrival.lane, *arrival.place.cta, arrival.place.address);
    if (!changeMbarrier(warp, *arrival.op, arrival.lane, arrival.place,
                        [](Mbarrier &mbarrier) { return mbarrier.arrive(1); }))
      return false;
  }
  releaseThreadCopies(warp);
  return true;
}

bool AsyncState::landForArrival(Warp &warp, ThreadArrival &arrival) {
  WarpAsync &state = get(warp);
  for (size_t c = 0; c != state.copies.size() && state.firstCopy + c < arrival.sequence; ++c)
    if (!landThreadCopy(warp, state.copies[c], 1u << arrival.lane))
      return false;
  return fireArrivals(warp);
}
