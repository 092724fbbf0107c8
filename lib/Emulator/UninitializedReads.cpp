//===- UninitializedReads.cpp - Registers that may be read undefined ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A forward analysis of definite assignment over the blocks of a function. The
// registers that fail it are few; only they cost time when the kernel runs.
//
//===----------------------------------------------------------------------===//

#include "ProgramBuilder.h"
#include "llvm/ADT/BitVector.h"

using namespace llvm;
using namespace quantopt::ptx;

namespace {

struct Block {
  uint32_t begin = 0, end = 0;
  SmallVector<uint32_t, 2> successors, predecessors;
  BitVector assignedIn, assigns;
  bool isReached = false;
};

class Analysis {
public:
  Analysis(Program &program, FunctionCode &code) : program(program), code(code) {}
  void run();

private:
  void buildBlocks();
  void connect();
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
  std::vector<Block> blocks;
  std::vector<uint32_t> blockAt; // of positions, from code.entry on
  BitVector tracked;             // registers
};

} // namespace

void Analysis::buildBlocks() {
  uint32_t size = code.end - code.entry;
  std::vector<bool> begins(size + 1, false);
  begins[0] = true;
  for (uint32_t i = 0; i != size; ++i) {
    const MicroOp &op = program.code[code.entry + i];
    if (op.flags & MicroOp::Branches)
      begins[op.imm - code.entry] = true;
    if (op.flags & MicroOp::BranchesMany)
      for (uint32_t target : ArrayRef<uint32_t>(program.targets).slice(op.pool, op.poolCount))
        begins[target - code.entry] = true;
    if (op.flags & (MicroOp::Branches | MicroOp::BranchesMany | MicroOp::Ends))
      begins[i + 1] = true;
  }
  blockAt.resize(size);
  for (uint32_t i = 0; i != size; ++i) {
    if (begins[i]) {
      blocks.emplace_back();
      blocks.back().begin = code.entry + i;
    }
    blockAt[i] = blocks.size() - 1;
    blocks.back().end = code.entry + i + 1;
  }
}

void Analysis::connect() {
  for (uint32_t b = 0; b != blocks.size(); ++b) {
    uint32_t last = blocks[b].end - 1;
    const MicroOp &op = program.code[last];
    auto add = [&](uint32_t position) {
      uint32_t successor = blockAt[position - code.entry];
      blocks[b].successors.push_back(successor);
      blocks[successor].predecessors.push_back(b);
    };
    if (op.flags & MicroOp::Branches)
      add(op.imm);
    if (op.flags & MicroOp::BranchesMany)
      for (uint32_t target : ArrayRef<uint32_t>(program.targets).slice(op.pool, op.poolCount))
        add(target);
    bool fallsThrough = isGuarded(last) || !(op.flags & MicroOp::Ends);
    if (fallsThrough && blocks[b].end != code.end)
      add(blocks[b].end);
  }
}

void Analysis::solve() {
  unsigned size = code.source->numRegisters;
  for (Block &block : blocks) {
    block.assigns.resize(size);
    block.assignedIn.resize(size);
    for (uint32_t i = block.begin; i != block.end; ++i)
      for (const RegisterUse &use : getUses(i))
        if (use.isWrite && !isGuarded(i))
          block.assigns.set(use.reg);
  }
  SmallVector<uint32_t, 32> work{0};
  blocks[0].isReached = true;
  while (!work.empty()) {
    Block &block = blocks[work.pop_back_val()];
    BitVector out = block.assignedIn;
    out |= block.assigns;
    for (uint32_t number : block.successors) {
      Block &successor = blocks[number];
      BitVector in = out;
      if (successor.isReached)
        in &= successor.assignedIn;
      if (successor.isReached && in == successor.assignedIn)
        continue;
      successor.isReached = true;
      successor.assignedIn = std::move(in);
      work.push_back(number);
    }
  }
}

void Analysis::findReads() {
  tracked.resize(code.source->numRegisters);
  for (Block &block : blocks) {
    BitVector assigned = block.assignedIn;
    for (uint32_t i = block.begin; block.isReached && i != block.end; ++i) {
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
  buildBlocks();
  connect();
  solve();
  findReads();
  spread();
  mark();
}

void quantopt::ptx::markUninitializedReads(Program &program, FunctionCode &code) { Analysis(program, code).run(); }
