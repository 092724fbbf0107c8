//===- MatrixOps.cpp - What matrix instructions share ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MatrixOps.h"

using namespace quantopt::ptx;

Flow quantopt::ptx::gatherWarp(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (!warp.gather(op, exec, warp.live))
    return Flow::Block;
  if (exec == allLanes)
    return Flow::Next;
  return warp.report(op, exec, HazardKind::DivergentCollective,
                     "executes a matrix instruction in a warp that has only " + llvm::Twine(llvm::popcount(exec)) +
                         " of its 32 threads",
                     "keep all 32 threads of the warp alive, and launch blocks of a multiple of 32 threads");
}

llvm::SmallVector<const Operand *, 16> quantopt::ptx::getComponents(Decoder &d, size_t index, unsigned count) {
  const Operand &operand = d.operand(index);
  llvm::SmallVector<const Operand *, 16> components;
  if (operand.is(Operand::Kind::Vector))
    for (const Operand &element : operand.elements)
      components.push_back(&element);
  else
    components.push_back(&operand);
  if (components.size() != count) {
    d.fail("operand " + llvm::Twine(index + 1) + " has " + llvm::Twine(components.size()) + " registers, not " +
               llvm::Twine(count),
           "the shape and the types decide how many");
    components.resize(count, &operand);
  }
  return components;
}

void quantopt::ptx::readComponents(Decoder &d, size_t index, unsigned count, Type type,
                                   llvm::SmallVectorImpl<Slot> &slots) {
  for (const Operand *component : getComponents(d, index, count))
    slots.push_back(d.read(*component, type));
}

void quantopt::ptx::writeComponents(Decoder &d, size_t index, unsigned count, Type type,
                                    llvm::SmallVectorImpl<Slot> &slots) {
  for (const Operand *component : getComponents(d, index, count)) {
    if (!d.hasFailed() && !component->is(Operand::Kind::Register))
      d.fail("a result of a matrix instruction is no register", "name one, even if nothing reads it");
    slots.push_back(d.write(*component, type));
  }
}

llvm::SmallVector<const uint32_t *, 16> quantopt::ptx::getSources(const Warp &warp, const MicroOp &op, unsigned first,
                                                                  unsigned count) {
  llvm::SmallVector<const uint32_t *, 16> lanes;
  for (unsigned i = 0; i != count; ++i)
    lanes.push_back(warp.in<uint32_t>(warp.grid->program.pool[op.pool + first + i]));
  return lanes;
}

llvm::SmallVector<uint32_t *, 16> quantopt::ptx::getResults(const Warp &warp, const MicroOp &op, unsigned first,
                                                            unsigned count) {
  llvm::SmallVector<uint32_t *, 16> lanes;
  for (unsigned i = 0; i != count; ++i)
    lanes.push_back(warp.out<uint32_t>(warp.grid->program.pool[op.pool + first + i]));
  return lanes;
}

void quantopt::ptx::takeSyncAligned(Decoder &d) {
  if (!d.take("sync") || !d.take("aligned"))
    d.fail("'" + d.instruction().opcode + "' without .sync.aligned", "write both; sm_70 and later have no other form");
}

MatrixShape quantopt::ptx::takeShape(Decoder &d) {
  for (llvm::StringRef word : d.remaining())
    if (std::optional<MatrixShape> shape = parseMatrixShape(word)) {
      d.take(word);
      return *shape;
    }
  d.fail("'" + d.instruction().opcode + "' names no shape", "add one, .m16n8k16 for example");
  return {16, 8, 16};
}
