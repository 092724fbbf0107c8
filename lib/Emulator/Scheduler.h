//===- Scheduler.h - Runs a grid, cluster by cluster -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_SCHEDULER_H
#define QUANTOPT_LIB_EMULATOR_SCHEDULER_H

#include "quant-opt/Emulator/Machine.h"

namespace quantopt::ptx {

/// One resident cluster: set up once, run in pieces, reused for the next.
class ClusterRun {
public:
  explicit ClusterRun(Grid &grid);

  /// Begins cluster `number` of the grid.
  void begin(uint64_t number);
  enum class State {
    Done,
    Waits,   // everything that runs seems to wait for other CTAs
    Stopped, // by a fatal hazard, here or elsewhere
  };
  State run();
  Cluster &getCluster() { return cluster; }

private:
  void setUpCta(Cta &cta, uint32_t rank);
  void setUpWarp(Cta &cta, Warp &warp, uint32_t index);
  /// Every warp has a turn; false: stopped.
  bool runRound();
  /// The warp runs until it blocks, yields, ends or has used its turn.
  bool runTurn(Warp &warp);
  bool afterBlock(Warp &warp, const MicroOp &op, uint32_t exec);
  bool checkBudget();
  State finish();
  bool breakDeadlock();
  void reportDeadlock();
  bool seemsToWait();

  Grid &grid;
  Cluster cluster;
  std::vector<Warp *> order;
  uint64_t countedInstructions = 0; // that Grid::instructions knows
  // Of the last round.
  uint64_t roundInstructions = 0, roundPolls = 0, roundEvents = 0;
  unsigned numProgressed = 0; // warps that did anything but poll
  unsigned quietRounds = 0, pollingRounds = 0;
  bool isStopped = false;
};

/// Runs all clusters on the launch's threads. Findings are in the grid's sink; returns the counters.
Counters runGrid(Grid &grid, unsigned threads);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_SCHEDULER_H
