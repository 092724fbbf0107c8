//===- Turn.cpp - The loop that executes instructions ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DefinedLanes.h"
#include "Scheduler.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace quantopt::ptx;

/// Instructions of a warp until others have theirs.
static constexpr uint64_t turnLength = 4096;
/// Longer than a loop that polls, so that a turn of polling alone is known as such.
static constexpr uint64_t leastRandomTurn = 16;

/// True: the group that now runs goes on; false: the warp's turn is over (or a fatal hazard was found).
bool ClusterRun::afterBlock(Warp &warp, const MicroOp &op, uint32_t exec) {
  warp.block(exec);
  if (warp.schedule())
    return true;
  bool allWantLanes =
      all_of(warp.waiting, [](const Group &group) { return group.reason.kind == WaitReason::Kind::Lanes; });
  if (!allWantLanes)
    return false;
  // Nobody else can bring these lanes together.
  const Group &group = warp.waiting.front();
  std::string others;
  for (const Group &other : drop_begin(warp.waiting))
    if (const Instruction *origin = grid.program.origins[other.pc])
      others += formatv("; lanes {0:x} are at line {1} (`{2}`)", other.lanes, origin->location.line, origin->opcode);
  warp.report(grid.program.code[group.pc], group.lanes, HazardKind::DivergentCollective,
              formatv("lanes {0:x} wait for lanes {1:x}, which never come", group.lanes, group.reason.a) + others,
              "execute it with all lanes that it names, outside of divergent code");
  isStopped = true;
  return false;
}

bool ClusterRun::runTurn(Warp &warp) {
  const MicroOp *code = grid.program.code.data();
  bool counts = grid.config.counts, isRandom = grid.config.async == AsyncOrder::Random;
  uint64_t limit = isRandom ? leastRandomTurn + cluster.random() % 256 : turnLength;
  ++warp.turns;
  warp.isPinned = false;
  warp.isPolling = false;
  if (warp.active == 0 && !warp.schedule())
    return true;
  // Lanes that meet again and again make progress; still, none may starve.
  if (!warp.waiting.empty() && (warp.isTired || warp.turns % 16 == 0))
    warp.rotate();
  warp.isTired = false;
  uint64_t switches = warp.switches;
  for (uint64_t i = 0; i != limit; ++i) {
    const MicroOp &op = code[warp.pc];
    uint32_t exec = warp.active;
    ++cluster.instructions;
    if (op.flags & MicroOp::Special) {
      if (op.flags & MicroOp::Guarded) {
        uint32_t guard = warp.predicate(op.guard);
        exec &= op.flags & MicroOp::GuardNegated ? ~guard : guard;
      }
      if (op.flags & (MicroOp::TracksReads | MicroOp::TracksWrites))
        trackDefinedLanes(warp, op, exec);
      if (exec == 0) {
        if (++warp.pc >= warp.nextPc)
          warp.schedule();
        continue;
      }
    }
    if (LLVM_UNLIKELY(warp.watchesRegisters) && !cluster.async->checkRegisters(warp, op, exec))
      return false;
    if (counts)
      cluster.counters.laneInstructions += unsigned(popcount(exec));
    switch (op.run(warp, op, exec)) {
    case Flow::Next:
      if (LLVM_UNLIKELY(++warp.pc >= warp.nextPc))
        warp.schedule();
      break;
    case Flow::Jump:
      if (warp.active == 0)
        return true;
      break;
    case Flow::Yield:
      warp.isPolling = warp.reason.kind != WaitReason::Kind::None;
      warp.pollReason = warp.reason;
      warp.reason = WaitReason();
      if (++warp.pc >= warp.nextPc)
        warp.schedule();
      warp.isTired = true;
      return true;
    case Flow::Block:
      if (!afterBlock(warp, op, exec))
        return !isStopped;
      break;
    case Flow::Stop:
      return false;
    }
  }
  warp.isTired = warp.switches == switches;
  return true;
}
