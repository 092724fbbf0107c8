//===- FunctionBlocks.cpp - Basic blocks of decoded functions -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionBlocks.h"

using namespace llvm;
using namespace quantopt::ptx;

static ArrayRef<uint32_t> getTargets(const Program &program, const MicroOp &op) {
  return ArrayRef<uint32_t>(program.targets).slice(op.pool, op.poolCount);
}

/// Whether each position, counted from the function's entry, begins a block.
static std::vector<bool> findLeaders(const Program &program, const FunctionCode &code) {
  uint32_t size = code.end - code.entry;
  std::vector<bool> begins(size + 1, false);
  begins[0] = true;
  for (uint32_t i = 0; i != size; ++i) {
    const MicroOp &op = program.code[code.entry + i];
    if (op.flags & MicroOp::Branches)
      begins[op.imm - code.entry] = true;
    if (op.flags & MicroOp::BranchesMany)
      for (uint32_t target : getTargets(program, op))
        begins[target - code.entry] = true;
    if (op.flags & (MicroOp::Branches | MicroOp::BranchesMany | MicroOp::Ends))
      begins[i + 1] = true;
  }
  return begins;
}

std::vector<BasicBlock> quantopt::ptx::buildBlocks(const Program &program, const FunctionCode &code) {
  std::vector<bool> begins = findLeaders(program, code);
  std::vector<BasicBlock> blocks;
  std::vector<uint32_t> blockAt(code.end - code.entry);
  for (uint32_t i = 0; i != blockAt.size(); ++i) {
    if (begins[i]) {
      blocks.emplace_back();
      blocks.back().begin = code.entry + i;
    }
    blockAt[i] = blocks.size() - 1;
    blocks.back().end = code.entry + i + 1;
  }
  for (BasicBlock &block : blocks) {
    const MicroOp &op = program.code[block.end - 1];
    auto add = [&](uint32_t position) { block.successors.push_back(blockAt[position - code.entry]); };
    if (op.flags & MicroOp::Branches)
      add(op.imm);
    if (op.flags & MicroOp::BranchesMany)
      for (uint32_t target : getTargets(program, op))
        add(target);
    bool fallsThrough = (op.flags & MicroOp::Guarded) || !(op.flags & MicroOp::Ends);
    if (fallsThrough && block.end != code.end)
      add(block.end);
  }
  return blocks;
}
