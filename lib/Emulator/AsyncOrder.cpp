//===- AsyncOrder.cpp - When asynchronous work takes effect ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsyncState.h"

using namespace quantopt::ptx;

/// At random: some of the pending work after a warp's turn, in any order that the ISA allows.
void AsyncState::poll(Cluster &cluster) {
  if (getOrder() != AsyncOrder::Random)
    return;
  auto roll = [&](size_t sides) { return size_t(cluster.random() % sides); };
  if (!transfers.empty() && roll(2) == 0)
    land(std::next(transfers.begin(), roll(transfers.size())));
  size_t index = roll(warps.size());
  size_t perCta = cluster.ctas.front().warps.size();
  Warp &warp = cluster.ctas[index / perCta].warps[index % perCta];
  WarpAsync &state = warps[index];
  if (roll(2) == 0)
    state.wgmma.completeOldest(warp);
  if (!state.groupCopies.empty() && roll(2) == 0)
    completeGroupCopy(state.groupCopies[roll(state.groupCopies.size())], /*readOnly=*/roll(2) == 0);
  if (!state.copies.empty() && roll(2) == 0) {
    landThreadCopy(warp, state.copies[roll(state.copies.size())], uint32_t(cluster.random()));
    fireArrivals(warp);
  }
}

/// Only what completes on an mbarrier can let a warp go on; the rest waits for its thread.
bool AsyncState::advanceOne() {
  if (!transfers.empty()) {
    land(transfers.begin());
    return true;
  }
  for (Cta &cta : cluster.ctas)
    for (Warp &warp : cta.warps)
      if (WarpAsync &state = get(warp); !state.arrivals.empty()) {
        landForArrival(warp, state.arrivals.front());
        return true;
      }
  return false;
}

bool AsyncState::advance(Cluster &cluster) {
  if (!advanceOne())
    return false;
  ++cluster.events;
  return true;
}

//===----------------------------------------------------------------------===//
// The end of a cluster
//===----------------------------------------------------------------------===//

void AsyncState::reportUnfinished(Warp &warp) {
  WarpAsync &state = get(warp);
  if (const WgmmaOperation *operation = state.wgmma.getOldest())
    warp.report(*operation->op, allLanes, HazardKind::UnfinishedAsyncWork, "ends before this wgmma has been waited for",
                "end with wgmma.commit_group and wgmma.wait_group 0", /*isFatal=*/false);
  for (GroupCopy &item : state.groupCopies)
    if (item.isMarked) {
      bool isOpen = item.group == state.bulkGroup[item.copy.lane];
      warp.report(*item.copy.op, 1u << item.copy.lane, HazardKind::UnfinishedAsyncWork,
                  isOpen ? "ends and this bulk copy is in no group"
                         : "ends while this bulk copy may still read shared memory",
                  isOpen ? "the issuing thread executes cp.async.bulk.commit_group and cp.async.bulk.wait_group.read 0"
                         : "the issuing thread executes cp.async.bulk.wait_group.read 0 before it exits",
                  /*isFatal=*/false);
      break;
    }
}

/// What is still pending takes effect: memory is as if the hardware had caught up.
void AsyncState::landAll() {
  while (!transfers.empty() && land(transfers.begin()))
    ;
  for (Cta &cta : cluster.ctas)
    for (Warp &warp : cta.warps) {
      WarpAsync &state = get(warp);
      for (GroupCopy &copy : state.groupCopies)
        completeGroupCopy(copy, /*readOnly=*/false);
      for (ThreadCopy &copy : state.copies)
        landThreadCopy(warp, copy, allLanes);
    }
}

void AsyncState::finish(Cluster &cluster) {
  for (BulkCopy &copy : transfers)
    copy.warp->report(*copy.op, 1u << copy.lane, HazardKind::UnfinishedAsyncWork,
                      "ends before this bulk copy has landed",
                      "wait for its mbarrier before the CTA that it writes to exits", /*isFatal=*/false);
  for (Cta &cta : cluster.ctas)
    for (Warp &warp : cta.warps)
      reportUnfinished(warp);
  landAll();
}
