//===- Scheduler.cpp - Runs a grid, cluster by cluster --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scheduler.h"

#include "llvm/Support/FormatVariadic.h"
#include <algorithm>
#include <thread>

using namespace llvm;
using namespace quantopt::ptx;

/// Rounds in which warps only polled and nothing happened, until that is a deadlock.
static constexpr unsigned deadlockRounds = 20000;
/// Rounds full of polling until the cluster gives others a turn.
static constexpr unsigned waitingRounds = 4;

ClusterRun::ClusterRun(Grid &grid) : grid(grid) {
  cluster.grid = &grid;
  uint32_t size = grid.clusterSize[0] * grid.clusterSize[1] * grid.clusterSize[2];
  cluster.ctas = std::vector<Cta>(size);
  for (Cta &cta : cluster.ctas) {
    cta.cluster = &cluster;
    cta.warps = std::vector<Warp>(grid.warpsPerCta);
    for (Warp &warp : cta.warps)
      order.push_back(&warp);
  }
}

//===----------------------------------------------------------------------===//
// Set-up
//===----------------------------------------------------------------------===//

void ClusterRun::setUpWarp(Cta &cta, Warp &warp, uint32_t index) {
  const FunctionCode &kernel = grid.program.getKernel();
  warp.cta = &cta;
  warp.grid = &grid;
  warp.index = index;
  warp.bases[1] = reinterpret_cast<uint32_t *>(const_cast<LaneBlock *>(grid.program.constants.data()));
  uint32_t threads = std::min(numLanes, grid.threadsPerCta - index * numLanes);
  warp.live = threads == numLanes ? allLanes : (1u << threads) - 1;
  warp.waiting.clear();
  for (std::unique_ptr<Frame> &frame : warp.frames)
    warp.spareFrames.push_back(std::move(frame));
  warp.frames.clear();
  warp.frame = nullptr;
  warp.active = 0;
  warp.ticket = 0;
  warp.reason = warp.pollReason = WaitReason();
  warp.turns = warp.switches = warp.polls = 0;
  warp.clusterArrived = 0;
  warp.watchesRegisters = warp.isPinned = warp.isTired = warp.isPolling = false;
  warp.ensureLocal(kernel.localBytes);
  Group start;
  start.pc = kernel.entry;
  start.lanes = warp.live;
  start.frame = warp.pushFrame(kernel, warp.live);
  warp.resume(start);
}

void ClusterRun::setUpCta(Cta &cta, uint32_t rank) {
  const std::array<uint32_t, 3> &size = grid.clusterSize;
  cta.rank = rank;
  std::array<uint32_t, 3> inside = {rank % size[0], rank / size[0] % size[1], rank / size[0] / size[1]};
  for (unsigned i = 0; i != 3; ++i)
    cta.id[i] = cluster.id[i] * size[i] + inside[i];
  cta.liveThreads = grid.threadsPerCta;
  cta.barriers = {};
  cta.sharedBytes = grid.sharedBytes;
  size_t blocks = divideCeil(grid.sharedBytes, sizeof(LaneBlock));
  cta.sharedStorage.assign(blocks, LaneBlock());
  cta.writtenStorage.assign(blocks, LaneBlock());
  for (uint32_t i = 0; i != cta.warps.size(); ++i)
    setUpWarp(cta, cta.warps[i], i);
}

void ClusterRun::begin(uint64_t number) {
  cluster.number = number;
  std::array<uint64_t, 3> count;
  for (unsigned i = 0; i != 3; ++i)
    count[i] = grid.config.grid[i] / grid.clusterSize[i];
  cluster.id = {uint32_t(number % count[0]), uint32_t(number / count[0] % count[1]),
                uint32_t(number / count[0] / count[1])};
  cluster.events = 1;
  cluster.arrived = 0;
  cluster.generation = 1;
  cluster.instructions = countedInstructions = cluster.polls = 0;
  cluster.random.seed(grid.config.seed * 0x9E3779B97F4A7C15 + number);
  cluster.output.clear();
  quietRounds = pollingRounds = 0;
  isStopped = false;
  for (uint32_t rank = 0; rank != cluster.ctas.size(); ++rank)
    setUpCta(cluster.ctas[rank], rank);
  cluster.liveThreads = grid.threadsPerCta * uint32_t(cluster.ctas.size());
  if (grid.program.usesAsync)
    cluster.async = createAsyncEngine(cluster);
  if (grid.observer)
    grid.observer->beginCluster(cluster);
}

//===----------------------------------------------------------------------===//
// Rounds
//===----------------------------------------------------------------------===//

bool ClusterRun::checkBudget() {
  uint64_t total = grid.instructions.fetch_add(cluster.instructions - countedInstructions, std::memory_order_relaxed) +
                   cluster.instructions - countedInstructions;
  countedInstructions = cluster.instructions;
  if (grid.config.instructionBudget == 0 || total <= grid.config.instructionBudget || grid.sink.isStopped())
    return !grid.sink.isStopped();
  // Where the first live warp is says most about the loop; a kernel that has just ended is over the budget, too.
  auto live = find_if(order, [](const Warp *warp) { return !warp->isDone(); });
  Warp &warp = live != order.end() ? **live : *order.front();
  Group at = warp.active != 0 || warp.waiting.empty() ? warp.current() : warp.waiting.front();
  warp.report(grid.program.code[at.pc], at.lanes ? at.lanes : 1, HazardKind::InstructionBudget,
              formatv("the launch has executed {0} warp instructions, more than the budget", total),
              "end the loop, or raise the instruction budget");
  return false;
}

bool ClusterRun::runRound() {
  uint64_t instructions = cluster.instructions, polls = cluster.polls;
  roundEvents = cluster.events;
  numProgressed = 0;
  if (grid.config.async == AsyncOrder::Random)
    std::shuffle(order.begin(), order.end(), cluster.random);
  for (Warp *warp : order) {
    if (warp->isDone())
      continue;
    uint64_t before = cluster.instructions;
    if (!runTurn(*warp))
      return false;
    numProgressed += cluster.instructions != before && !warp->isPolling;
    if (cluster.async)
      cluster.async->poll(cluster);
  }
  roundInstructions = cluster.instructions - instructions;
  roundPolls = cluster.polls - polls;
  return true;
}

/// Blocked warps try again after events, so a round of retries alone executes instructions too: what counts is events.
bool ClusterRun::seemsToWait() {
  bool isPollingRound = cluster.events == roundEvents && roundPolls * 8 > roundInstructions;
  pollingRounds = isPollingRound ? pollingRounds + 1 : 0;
  if (pollingRounds < waitingRounds)
    return false;
  // When its turn comes again, one round of polling is enough.
  pollingRounds = waitingRounds - 1;
  return true;
}

ClusterRun::State ClusterRun::finish() {
  if (!checkBudget())
    return State::Stopped;
  if (cluster.async)
    cluster.async->finish(cluster);
  if (grid.observer)
    grid.observer->endCluster(cluster);
  cluster.counters.instructions += cluster.instructions;
  if (!cluster.output.empty()) {
    std::lock_guard<std::mutex> lock(grid.outputMutex);
    grid.outputs[cluster.number] = std::move(cluster.output);
  }
  return State::Done;
}

ClusterRun::State ClusterRun::run() {
  while (true) {
    if (grid.sink.isStopped())
      return State::Stopped;
    if (!runRound()) {
      grid.sink.stop();
      return State::Stopped;
    }
    if (cluster.liveThreads == 0)
      return finish();
    if (!checkBudget())
      return State::Stopped;
    if (numProgressed == 0 && cluster.events == roundEvents) {
      if (!breakDeadlock())
        return State::Stopped;
      continue;
    }
    quietRounds = 0;
    if (seemsToWait())
      return State::Waits;
  }
}

//===----------------------------------------------------------------------===//
// Deadlock
//===----------------------------------------------------------------------===//

bool ClusterRun::breakDeadlock() {
  if (cluster.async && cluster.async->advance(cluster)) {
    quietRounds = 0;
    return true;
  }
  // Warps that poll may still find their way out, by a time limit for instance.
  bool anyPolls = any_of(order, [](const Warp *warp) { return !warp->isDone() && warp->isPolling; });
  if (anyPolls && ++quietRounds < deadlockRounds)
    return true;
  reportDeadlock();
  return false;
}

static std::string describeReason(const Warp &warp, const WaitReason &reason) {
  Cta &cta = *warp.cta;
  switch (reason.kind) {
  case WaitReason::Kind::Lanes:
    return formatv("for lanes {0:x} of its warp", reason.a);
  case WaitReason::Kind::Barrier: {
    const Barrier &barrier = cta.barriers[reason.a];
    return formatv("at barrier {0}, where {1} of {2} threads are", reason.a, barrier.arrived,
                   barrier.expected != 0 ? barrier.expected : cta.liveThreads);
  }
  case WaitReason::Kind::ClusterBarrier:
    return formatv("at the cluster's barrier, where {0} of {1} threads are", cta.cluster->arrived,
                   cta.cluster->liveThreads);
  case WaitReason::Kind::Mbarrier: {
    HazardAddress where = warp.describe(Space::Shared, reason.a, 8);
    std::string state = cta.cluster->async ? cta.cluster->async->describeMbarrier(cta, reason.a) : std::string();
    return formatv("for phase parity {0} of the mbarrier at {1} + {2}{3}{4}", reason.b, where.object, where.offset,
                   state.empty() ? "" : ": ", state);
  }
  case WaitReason::Kind::Warpgroup:
    return "for the other warps of its warpgroup to commit their wgmma";
  default:
    return "for something";
  }
}

void ClusterRun::reportDeadlock() {
  constexpr unsigned mostShown = 8;
  std::string message;
  const Warp *first = nullptr;
  Group firstGroup;
  unsigned count = 0;
  auto add = [&](const Warp &warp, const Group &group, const WaitReason &reason) {
    if (!first) {
      first = &warp;
      firstGroup = group;
    }
    if (++count > mostShown)
      return;
    const Instruction *origin = grid.program.origins[group.pc];
    message += formatv("{0}CTA ({1},{2},{3}) warp {4} lanes {5:x} at line {6} {7}", message.empty() ? "" : "; ",
                       warp.cta->id[0], warp.cta->id[1], warp.cta->id[2], warp.index, group.lanes,
                       origin ? origin->location.line : 0, describeReason(warp, reason));
  };
  for (Cta &cta : cluster.ctas)
    for (Warp &warp : cta.warps) {
      if (warp.isDone())
        continue;
      if (warp.active != 0)
        add(warp, warp.current(), warp.pollReason);
      for (const Group &group : warp.waiting)
        add(warp, group, group.isBlocked ? group.reason : warp.pollReason);
    }
  if (count > mostShown)
    message += formatv("; and {0} more", count - mostShown);
  const_cast<Warp *>(first)->report(grid.program.code[firstGroup.pc], firstGroup.lanes, HazardKind::Deadlock,
                                    "nobody can go on: " + message,
                                    "make as many threads arrive as are waited for, on every path");
}

//===----------------------------------------------------------------------===//
// The grid
//===----------------------------------------------------------------------===//

namespace {

/// Clusters on one host thread: one runs; those that wait for others are kept.
class Worker {
public:
  Worker(Grid &grid, std::atomic<uint64_t> &next) : grid(grid), next(next) {}

  Counters run() {
    while (!grid.sink.isStopped() && (!residents.empty() || start()))
      step();
    Counters total;
    for (auto *list : {&residents, &spares})
      for (std::unique_ptr<ClusterRun> &each : *list)
        total.add(each->getCluster().counters);
    return total;
  }

private:
  bool start() {
    uint64_t number = next.fetch_add(1, std::memory_order_relaxed);
    if (number >= grid.numClusters)
      return false;
    if (spares.empty())
      spares.push_back(std::make_unique<ClusterRun>(grid));
    residents.push_back(std::move(spares.back()));
    spares.pop_back();
    residents.back()->begin(number);
    return true;
  }

  void step() {
    std::unique_ptr<ClusterRun> current = std::move(residents.front());
    residents.pop_front();
    switch (current->run()) {
    case ClusterRun::State::Done:
      spares.push_back(std::move(current));
      break;
    case ClusterRun::State::Waits:
      // What it waits for may not have begun.
      residents.push_back(std::move(current));
      if (!start())
        std::this_thread::yield();
      break;
    case ClusterRun::State::Stopped:
      spares.push_back(std::move(current));
      break;
    }
  }

  Grid &grid;
  std::atomic<uint64_t> &next;
  std::deque<std::unique_ptr<ClusterRun>> residents, spares;
};

} // namespace

Counters quantopt::ptx::runGrid(Grid &grid, unsigned threads) {
  std::atomic<uint64_t> next{0};
  unsigned count = threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
  count = unsigned(std::min<uint64_t>(count, grid.numClusters));
  std::vector<Counters> counters(count);
  std::vector<std::thread> others;
  for (unsigned i = 1; i < count; ++i)
    others.emplace_back([&, i] { counters[i] = Worker(grid, next).run(); });
  counters[0] = Worker(grid, next).run();
  for (std::thread &thread : others)
    thread.join();
  Counters total;
  for (const Counters &each : counters)
    total.add(each);
  return total;
}
