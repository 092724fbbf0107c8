//===- AsyncState.h - Asynchronous work of a cluster -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Everything that has begun and that the program has not waited for: copies
// that complete on mbarriers, cp.async groups, bulk groups and wgmma groups.
// When each takes effect is LaunchOptions::async: at its issue (now), when the
// program can no longer go on without it (late), or by dice (random). Shared
// memory and registers stay marked as in use until the program's own wait, in
// all three orders.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_ASYNCSTATE_H
#define QUANTOPT_LIB_EMULATOR_ASYNCSTATE_H

#include "BulkCopy.h"
#include "Mbarrier.h"
#include "SharedAccess.h"
#include "SharedTracker.h"
#include "WgmmaQueue.h"
#include <list>

namespace quantopt::ptx {

/// cp.async of one warp instruction: up to 32 copies.
struct ThreadCopy {
  const MicroOp *op = nullptr;
  uint32_t lanes = 0;                      // not landed yet
  uint32_t waits = 0;                      // lanes whose threads have not waited for it: marks are in place
  std::array<uint32_t, numLanes> shared{}; // addresses
  std::array<uint64_t, numLanes> global{};
  std::array<uint8_t, numLanes> sourceBytes{}; // the rest of `op->bytes` is zeros
  std::array<uint32_t, numLanes> group{};      // number of the group that the lane's copy is in
};

/// cp.async.mbarrier.arrive: arrives once the lane's earlier copies have landed.
struct ThreadArrival {
  const MicroOp *op = nullptr;
  unsigned lane = 0;
  SharedPlace place;
  uint64_t sequence = 0; // copies of the warp issued before it: those below
};

/// A bulk copy from shared memory that its thread waits for by group.
struct GroupCopy {
  BulkCopy copy;
  uint32_t group = 0;
  bool hasRead = false, isDone = false; // the source is read; the destination is written
  std::vector<uint8_t> bytes;           // read and not yet written
  bool isMarked = true;                 // the source is still marked as being read
};

/// Asynchronous work of a warp.
struct WarpAsync {
  std::deque<ThreadCopy> copies;
  uint64_t firstCopy = 0; // sequence number of copies.front()
  std::deque<ThreadArrival> arrivals;
  std::array<uint32_t, numLanes> copyGroup{}; // number of each lane's open cp.async group
  std::deque<GroupCopy> groupCopies;
  std::array<uint32_t, numLanes> bulkGroup{}; // number of each lane's open bulk group
  WgmmaQueue wgmma;
};

/// Asynchronous state of a CTA.
struct CtaAsync {
  llvm::DenseMap<uint32_t, Mbarrier> mbarriers; // by shared address
  std::unique_ptr<SharedTracker> tracker;
};

/// The address of a place as other CTAs of the cluster write it.
inline uint32_t getClusterAddress(SharedPlace place) {
  return (place.cta->rank + 1) << clusterRankShift | place.address;
}

class AsyncState final : public AsyncEngine {
public:
  explicit AsyncState(Cluster &cluster);

  static AsyncState &of(Warp &warp) { return static_cast<AsyncState &>(*warp.cta->cluster->async); }

  void poll(Cluster &cluster) override;
  bool advance(Cluster &cluster) override;
  void finish(Cluster &cluster) override;
  bool checkRegisters(Warp &warp, const MicroOp &op, uint32_t exec) override;
  void access(const Access &access) override;
  void fenceProxy(Warp &warp) override;
  std::string describeMbarrier(Cta &cta, uint32_t address) override;

  Cluster &getCluster() { return cluster; }
  AsyncOrder getOrder() const { return cluster.grid->config.async; }
  WarpAsync &get(const Warp &warp);
  CtaAsync &get(const Cta &cta) { return ctas[cta.rank]; }

  //===--- mbarriers ---===//
  /// Null when there is none at this place.
  Mbarrier *find(Cta &cta, uint32_t address);
  /// Reports a broken rule; null: that there is no mbarrier.
  void reportMbarrier(Warp &warp, const MicroOp &op, unsigned lane, SharedPlace place, const char *rule);
  /// Changes the mbarrier there, and lets waiting warps look if that ended the phase. `change` returns the rule that it
  /// would break, or null. False after a fatal report.
  bool changeMbarrier(Warp &warp, const MicroOp &op, unsigned lane, SharedPlace place,
                      llvm::function_ref<const char *(Mbarrier &)> change);

  //===--- Conflicts ---===//
  /// Reports what the tracker found; `what` ends the message (" in a bulk copy").
  void reportConflict(Warp &warp, const MicroOp &op, unsigned lane, Cta &cta, uint32_t address, SharedConflict conflict,
                      llvm::StringRef what);

  //===--- Issue ---===//
  /// Work that completes on an mbarrier (or on nothing: prefetches are never issued). False after a fatal report.
  bool issue(BulkCopy copy);
  bool issueToGroup(BulkCopy copy);
  bool issueThreadCopy(Warp &warp, ThreadCopy copy);
  bool issueThreadArrival(Warp &warp, ThreadArrival arrival);

  //===--- Waits of the program ---===//
  /// The lane's cp.async groups below number `end` have landed.
  bool waitThreadCopies(Warp &warp, uint32_t lanes, const std::array<uint32_t, numLanes> &end);
  /// The lane's bulk groups below `end` have read their source, and have written unless `readOnly`.
  bool waitGroups(Warp &warp, uint32_t lanes, const std::array<uint32_t, numLanes> &end, bool readOnly);

private:
  bool land(std::list<BulkCopy>::iterator copy);
  bool landThreadCopy(Warp &warp, ThreadCopy &copy, uint32_t lanes);
  void endThreadCopy(Warp &warp, const ThreadCopy &copy, unsigned lane);
  bool fireArrivals(Warp &warp);
  bool landForArrival(Warp &warp, ThreadArrival &arrival);
  bool completeGroupCopy(GroupCopy &copy, bool readOnly);
  void releaseThreadCopies(Warp &warp);
  bool advanceOne();
  void reportUnfinished(Warp &warp);
  void landAll();

  Cluster &cluster;
  std::vector<CtaAsync> ctas;
  std::vector<WarpAsync> warps;  // of all CTAs
  std::list<BulkCopy> transfers; // complete on mbarriers, oldest first
};

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_ASYNCSTATE_H
