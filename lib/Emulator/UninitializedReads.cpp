//===- UninitializedReads.cpp - Registers that may be read undefined ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A forward analysis of definite assignment over the blocks of a function. The
// registers that fail it are few; only they cost time when the kernel runs.
//
//===----------------------------------------------------------------------===//

#include "FunctionBlocks.h"
#include "ProgramBuilder.h"
#include "llvm/ADT/BitVector.h"

using namespace llvm;
using namespace quantopt::ptx;

namespace {

/// What is assigned on every way to a block, and in it.
struct Assignments {
  BitVector before, inside;
  bool isReached = false;
};

class Analysis {
public:
  Analysis(Program &program, FunctionCode &code)
      : program(program), code(code), blocks(buildBlocks(program, code)), assignments(blocks.size()) {}
  void run();

private:
  void solve();
  void findReads();
  /// To what is computed from tracked registers, lane by lane.
  void spread();
  void mark();
  bool isGuarded(uint32_t position) const { return program.code[position].flags & MicroOp::Guarded; }
  MutableArrayRef<RegisterUse> getUses(uint32_t position) const {
    return MutableArrayRef<RegisterUse>(program.uses)
        .slice(program.firstUse[position], program.firstUse[position + 1] - program.firstUse[position]);
  }

  Program &program;
  FunctionCode &code;
  std::vector<BasicBlock> blocks;
  std::vector<Assignments> assignments; // by block
  BitVector tracked;                    // registers
};

} // namespace

void Analysis::solve() {
  unsigned size = code.source->numRegisters;
  for (size_t b = 0; b != blocks.size(); ++b) {
    assignments[b].inside.resize(size);
    assignments[b].before.resize(size);
    for (uint32_t i = blocks[b].begin; i != blocks[b].end; ++i)
      for (const RegisterUse &use : getUses(i))
        if (use.isWrite && !isGuarded(i))
          assignments[b].inside.set(use.reg);
  }
  SmallVector<uint32_t, 32> work{0};
  assignments[0].isReached = true;
  while (!work.empty()) {
    uint32_t number = work.pop_back_val();
    BitVector out = assignments[number].before;
    out |= assignments[number].inside;
    for (uint32_t next : blocks[number].successors) {
      Assignments &successor = assignments[next];
      BitVector in = out;
      if (successor.isReached)
        in &= successor.before;
      if (successor.isReached && in == successor.before)
        continue;
      successor.isReached = true;
      successor.before = std::move(in);
      work.push_back(next);
    }
  }
}

void Analysis::findReads() {
  tracked.resize(code.source->numRegisters);
  for (size_t b = 0; b != blocks.size(); ++b) {
    BitVector assigned = assignments[b].before;
    for (uint32_t i = blocks[b].begin; assignments[b].isReached && i != blocks[b].end; ++i) {
      for (const RegisterUse &use : getUses(i))
        if (!use.isWrite && !assigned.test(use.reg))
          tracked.set(use.reg);
      for (const RegisterUse &use : getUses(i))
        if (use.isWrite && !isGuarded(i))
          assigned.set(use.reg);
    }
  }
}

void Analysis::spread() {
  bool changed = tracked.any();
  while (changed) {
    changed = false;
    for (uint32_t i = code.entry; i != code.end; ++i) {
      if (!(program.code[i].flags & MicroOp::LaneWise))
        continue;
      ArrayRef<RegisterUse> uses = getUses(i);
      if (none_of(uses, [&](const RegisterUse &use) { return !use.isWrite && tracked.test(use.reg); }))
        continue;
      for (const RegisterUse &use : uses)
        if (use.isWrite && !tracked.test(use.reg)) {
          tracked.set(use.reg);
          changed = true;
        }
    }
  }
}

void Analysis::mark() {
  if (tracked.none())
    return;
  std::vector<uint32_t> words(code.source->numRegisters, ~0u);
  code.definedWord = code.frameWords;
  for (unsigned reg : tracked.set_bits())
    words[reg] = code.frameWords++;
  for (uint32_t i = code.entry; i != code.end; ++i)
    for (RegisterUse &use : getUses(i)) {
      if (!tracked.test(use.reg))
        continue;
      use.definedWord = words[use.reg];
      program.code[i].flags |= use.isWrite ? MicroOp::TracksWrites : MicroOp::TracksReads;
    }
}

void Analysis::run() {
  solve();
  findReads();
  spread();
  mark();
}

void quantopt::ptx::markUninitializedReads(Program &program, FunctionCode &code) { Analysis(program, code).run(); }
