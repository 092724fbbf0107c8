//===- DefinedLanes.cpp - Which lanes of a register are defined -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DefinedLanes.h"

#include "Handlers.h"

using namespace llvm;
using namespace quantopt::ptx;

static uint32_t getDefined(const Warp &warp, ArrayRef<RegisterUse> uses, Slot slot) {
  for (const RegisterUse &use : uses)
    if (!use.isWrite && use.slot.bits == slot.bits && use.definedWord != ~0u)
      return warp.bases[0][use.definedWord];
  return allLanes;
}

/// Lanes of a result that are defined although some source is not.
static uint32_t getResultLanes(const Warp &warp, const MicroOp &op, ArrayRef<RegisterUse> uses) {
  uint32_t a = getDefined(warp, uses, op.slots[1]), b = getDefined(warp, uses, op.slots[2]);
  if (op.flags & MicroOp::Selects) {
    uint32_t chosen = warp.predicate(op.slots[3]);
    return getDefined(warp, uses, op.slots[3]) & ((chosen & a) | (~chosen & b));
  }
  bool isAnd = op.run == runAndPredicate;
  if (isAnd || op.run == runOrPredicate) {
    // A false operand decides about and, a true one about or.
    uint32_t flip = isAnd ? allLanes : 0;
    uint32_t decidesA = a & (warp.predicate(op.slots[1]) ^ flip), decidesB = b & (warp.predicate(op.slots[2]) ^ flip);
    return (a & b) | decidesA | decidesB;
  }
  uint32_t defined = allLanes;
  for (const RegisterUse &use : uses)
    if (!use.isWrite && use.definedWord != ~0u)
      defined &= warp.bases[0][use.definedWord];
  return defined;
}

static void reportUndefined(Warp &warp, const MicroOp &op, const RegisterUse &use, uint32_t lanes) {
  const FunctionCode &code = warp.grid->program.getFunctionAt(&op - warp.grid->program.code.data());
  warp.report(op, lanes, HazardKind::UninitializedRegister,
              "uses " + code.source->getRegisterName(use.reg) +
                  ", which nobody has written or which was computed from such a register",
              "initialize it on every path that leads here", /*isFatal=*/false);
}

void quantopt::ptx::trackDefinedLanes(Warp &warp, const MicroOp &op, uint32_t exec) {
  ArrayRef<RegisterUse> uses = warp.grid->program.getUses(&op - warp.grid->program.code.data());
  for (const RegisterUse &use : uses) {
    if (use.isWrite || !use.mustBeDefined || use.definedWord == ~0u)
      continue;
    bool isGuard = (op.flags & MicroOp::Guarded) && use.slot.bits == op.guard.bits;
    uint32_t undefined = (isGuard ? warp.active : exec) & ~warp.bases[0][use.definedWord];
    if (undefined == 0)
      continue;
    reportUndefined(warp, op, use, undefined);
    // Once is enough.
    warp.bases[0][use.definedWord] |= undefined;
  }
  if (!(op.flags & MicroOp::TracksWrites))
    return;
  uint32_t result = op.flags & MicroOp::LaneWise ? getResultLanes(warp, op, uses) : allLanes;
  for (const RegisterUse &use : uses)
    if (use.isWrite && use.definedWord != ~0u) {
      uint32_t &word = warp.bases[0][use.definedWord];
      word = (word & ~exec) | (result & exec);
    }
}
