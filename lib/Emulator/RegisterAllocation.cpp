//===- RegisterAllocation.cpp - Few slots for many registers --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PTX names a register a value; a frame with a slot for each would leave the
// caches. Registers whose lives do not meet share a slot: by linear scan over
// the code, lives being stretches from the first to the last position where a
// value is wanted. Each lane takes a path through the code, so what holds for
// paths holds for lanes that have diverged.
//
//===----------------------------------------------------------------------===//

#include "FunctionBlocks.h"
#include "ProgramBuilder.h"
#include "llvm/ADT/BitVector.h"
#include <queue>

using namespace llvm;
using namespace quantopt::ptx;

namespace {

/// Where a register's value is wanted or made; begin > end: nowhere.
struct Life {
  uint32_t begin = ~0u, end = 0;

  void cover(uint32_t position) {
    begin = std::min(begin, position);
    end = std::max(end, position);
  }
};

class Liveness {
public:
  Liveness(const Program &program, const FunctionCode &code)
      : program(program), code(code), blocks(buildBlocks(program, code)), lives(code.source->numRegisters) {}

  std::vector<Life> compute();

private:
  void scanBlocks();
  void solve();
  ArrayRef<RegisterUse> getUses(uint32_t position) const {
    return ArrayRef<RegisterUse>(program.uses)
        .slice(program.firstUse[position], program.firstUse[position + 1] - program.firstUse[position]);
  }

  const Program &program;
  const FunctionCode &code;
  std::vector<BasicBlock> blocks;
  std::vector<BitVector> liveIn, assigned; // by block; assigned: on every way through it
  std::vector<Life> lives;
};

} // namespace

/// What each block reads before it writes, and what it writes; and every position of a use.
void Liveness::scanBlocks() {
  unsigned size = code.source->numRegisters;
  liveIn.assign(blocks.size(), BitVector(size));
  assigned.assign(blocks.size(), BitVector(size));
  for (size_t b = 0; b != blocks.size(); ++b)
    for (uint32_t i = blocks[b].begin; i != blocks[b].end; ++i) {
      for (const RegisterUse &use : getUses(i)) {
        lives[use.reg].cover(i);
        // A write under a guard leaves the old value in other lanes.
        bool keepsOld = use.isWrite && (program.code[i].flags & MicroOp::Guarded);
        if ((!use.isWrite || keepsOld) && !assigned[b].test(use.reg))
          liveIn[b].set(use.reg);
      }
      for (const RegisterUse &use : getUses(i))
        if (use.isWrite && !(program.code[i].flags & MicroOp::Guarded))
          assigned[b].set(use.reg);
    }
}

void Liveness::solve() {
  bool changed = true;
  while (changed) {
    changed = false;
    for (size_t b = blocks.size(); b-- > 0;) {
      BitVector in(code.source->numRegisters);
      for (uint32_t successor : blocks[b].successors)
        in |= liveIn[successor];
      in.reset(assigned[b]);
      in |= liveIn[b];
      if (in == liveIn[b])
        continue;
      liveIn[b] = std::move(in);
      changed = true;
    }
  }
}

std::vector<Life> Liveness::compute() {
  scanBlocks();
  solve();
  for (size_t b = 0; b != blocks.size(); ++b) {
    for (unsigned reg : liveIn[b].set_bits())
      lives[reg].cover(blocks[b].begin);
    for (uint32_t successor : blocks[b].successors)
      for (unsigned reg : liveIn[successor].set_bits())
        lives[reg].cover(blocks[b].end - 1);
  }
  return std::move(lives);
}

//===----------------------------------------------------------------------===//
// Slots
//===----------------------------------------------------------------------===//

namespace {

/// Slots of one width, of which some are free.
struct SlotClass {
  uint32_t words;
  std::vector<uint32_t> free; // numbers
  uint32_t count = 0;
};

} // namespace

/// wgmma writes its registers after the instruction.
static BitVector findPinned(const Program &program, const FunctionCode &code) {
  BitVector pinned(code.source->numRegisters);
  for (uint32_t i = code.entry; i != code.end; ++i)
    if (program.origins[i] && program.origins[i]->opcode == "wgmma")
      for (uint32_t u = program.firstUse[i]; u != program.firstUse[i + 1]; ++u)
        pinned.set(program.uses[u].reg);
  return pinned;
}

/// The number of each register in its class. Results and sources of one instruction are apart: handlers need not care
/// which they touch first.
static std::vector<uint32_t> scan(const Function &function, ArrayRef<Life> lives, const BitVector &pinned,
                                  std::map<uint32_t, SlotClass> &classes) {
  std::vector<uint32_t> byBegin, numbers(lives.size(), 0);
  for (uint32_t reg = 0; reg != lives.size(); ++reg)
    if (lives[reg].begin <= lives[reg].end)
      byBegin.push_back(reg);
  llvm::sort(byBegin, [&](uint32_t a, uint32_t b) {
    return std::make_pair(lives[a].begin, a) < std::make_pair(lives[b].begin, b);
  });
  auto getClass = [&](uint32_t reg) -> SlotClass & {
    uint32_t words = getSlotWords(getTypeBits(function.getRegisterType(reg)));
    SlotClass &result = classes[words];
    result.words = words;
    return result;
  };
  using Ending = std::pair<uint32_t, uint32_t>; // end, register
  std::priority_queue<Ending, std::vector<Ending>, std::greater<Ending>> active;
  for (uint32_t reg : byBegin) {
    while (!active.empty() && active.top().first < lives[reg].begin) {
      uint32_t ended = active.top().second;
      getClass(ended).free.push_back(numbers[ended]);
      active.pop();
    }
    SlotClass &slots = getClass(reg);
    if (slots.free.empty() || pinned.test(reg)) {
      numbers[reg] = slots.count++;
    } else {
      numbers[reg] = slots.free.back();
      slots.free.pop_back();
    }
    if (!pinned.test(reg))
      active.emplace(lives[reg].end, reg);
  }
  return numbers;
}

uint32_t quantopt::ptx::allocateRegisters(const Program &program, const FunctionCode &code,
                                          std::vector<Slot> &registerSlots, Slot &carrySlot) {
  const Function &function = *code.source;
  std::vector<Life> lives = Liveness(program, code).compute();
  std::map<uint32_t, SlotClass> classes;
  std::vector<uint32_t> numbers = scan(function, lives, findPinned(program, code), classes);
  // Predicates first, then whole cache lines.
  std::map<uint32_t, uint32_t> bases;
  uint32_t at = 0;
  auto place = [&](uint32_t words) {
    bases[words] = at;
    auto found = classes.find(words);
    at += found == classes.end() ? 0 : found->second.count * words;
  };
  place(1);
  carrySlot.bits = at++;
  at = (at + 15) / 16 * 16;
  for (uint32_t words : {32, 64, 128})
    place(words);
  for (uint32_t reg = 0; reg != function.numRegisters; ++reg) {
    uint32_t words = getSlotWords(getTypeBits(function.getRegisterType(reg)));
    registerSlots[reg].bits = bases[words] + numbers[reg] * words;
  }
  return at;
}
