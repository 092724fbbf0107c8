//===- WgmmaQueue.cpp - wgmma operations of a warp ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WgmmaQueue.h"

#include "AsyncState.h"
#include "MatrixDescriptor.h"
#include "MatrixOps.h"
#include "llvm/Support/FormatVariadic.h"

using namespace quantopt::ptx;

/// Bytes of K that one operation takes, whatever the type.
static constexpr unsigned depthBytes = 32;

static unsigned getNumD(const MatrixProduct &product) {
  return getNumAccumulatorRegisters(product.d, product.rows * product.columns() / numLanes);
}

static bool hasRegisterA(const MicroOp &op) { return op.slots[0].isNone(); }

/// Lines of A that the warp multiplies.
static MatrixLines getLinesA(const Warp &warp, const WgmmaOperation &operation, const MatrixProduct &product) {
  return {MatrixDescriptor::decode(operation.a), warp.index % 4 * 16, 16,
          bool(product.flags & MatrixProduct::ColumnMajorA)};
}

static MatrixLines getLinesB(const WgmmaOperation &operation, const MatrixProduct &product) {
  return {MatrixDescriptor::decode(operation.b), 0, product.columns(),
          bool(product.flags & MatrixProduct::ColumnMajorB)};
}

/// Calls `visit` with the address of every 16-byte chunk that the warp's part reads.
static void forEachChunk(const Warp &warp, const WgmmaOperation &operation, llvm::function_ref<void(uint32_t)> visit) {
  MatrixProduct product = MatrixProduct::unpack(operation.op->bits64);
  std::array<uint8_t, 256 * depthBytes> unused;
  auto load = [&](uint32_t address, uint8_t *) { visit(address); };
  if (!hasRegisterA(*operation.op))
    gatherMatrixLines(getLinesA(warp, operation, product), unused.data(), load);
  gatherMatrixLines(getLinesB(operation, product), unused.data(), load);
}

//===----------------------------------------------------------------------===//
// Registers
//===----------------------------------------------------------------------===//

/// Calls `visit(place of the register, whether it is an accumulator)`.
template <typename Visit> static void forEachRegister(const Warp &warp, const WgmmaOperation &operation, Visit visit) {
  const MicroOp &op = *operation.op;
  unsigned numD = getNumD(MatrixProduct::unpack(op.bits64));
  for (unsigned i = 0; i != op.poolCount; ++i) {
    Slot slot = warp.grid->program.pool[op.pool + i];
    if (!slot.isConstant())
      visit(operation.frame + slot.bits, i < numD);
  }
}

void WgmmaQueue::markRegisters(Warp &warp, const WgmmaOperation &operation, int change) {
  forEachRegister(warp, operation, [&](const uint32_t *place, bool isAccumulator) {
    RegisterUseState &state = registers[place];
    uint16_t &count = isAccumulator ? state.accumulators : state.sources;
    count = uint16_t(count + change);
  });
}

bool WgmmaQueue::checkFence(Warp &warp, const WgmmaOperation &operation) {
  const MicroOp &op = *operation.op;
  bool isOpen = !isFenced;
  forEachRegister(warp, operation, [&](const uint32_t *place, bool isAccumulator) {
    // An accumulator that is not read may have been written.
    if (!isAccumulator || operation.accumulates)
      isOpen |= registers.lookup(place).written == epoch;
  });
  if (!isOpen)
    return true;
  return warp.report(op, allLanes, HazardKind::MissingFence,
                     isFenced ? "multiplies with a register that was written after the last wgmma.fence"
                              : "executes its first wgmma without a wgmma.fence in front of it",
                     "put wgmma.fence.sync.aligned between the last write of its registers and the first wgmma",
                     /*isFatal=*/false) != Flow::Stop;
}

bool WgmmaQueue::reportInFlight(Warp &warp, const MicroOp &op, uint32_t exec, const RegisterUse &use) {
  const WgmmaOperation *oldest = getOldest();
  const Program &program = warp.grid->program;
  const Instruction *origin = oldest ? program.origins[oldest->op - program.code.data()] : nullptr;
  std::string message = llvm::formatv(
      "{0} {1} while a wgmma that owns it is in flight{2}", use.isWrite ? "writes" : "reads",
      warp.frame->function->source->getRegisterName(use.reg),
      origin ? llvm::formatv(" (the oldest is that of line {0})", origin->location.line).str() : std::string());
  return warp.report(op, exec, HazardKind::RegisterInFlight, message,
                     "put wgmma.commit_group and wgmma.wait_group in front, with this register as an operand of the "
                     "inline assembly so that the compiler does not move the access",
                     /*isFatal=*/false) != Flow::Stop;
}

bool WgmmaQueue::checkRegisters(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (op.run == runWgmma)
    return true;
  const Program &program = warp.grid->program;
  for (const RegisterUse &use : program.getUses(&op - program.code.data())) {
    if (use.slot.isNone() || use.slot.isConstant())
      continue;
    const uint32_t *place = warp.bases[0] + use.slot.bits;
    if (!use.isWrite) {
      auto it = registers.find(place);
      if (it != registers.end() && it->second.accumulators != 0 && !reportInFlight(warp, op, exec, use))
        return false;
      continue;
    }
    RegisterUseState &state = registers[place];
    if ((state.accumulators != 0 || state.sources != 0) && !reportInFlight(warp, op, exec, use))
      return false;
    state.written = epoch;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Shared memory
//===----------------------------------------------------------------------===//

bool WgmmaQueue::markShared(Warp &warp, const WgmmaOperation &operation) {
  AsyncState &state = AsyncState::of(warp);
  SharedTracker &tracker = *state.get(*warp.cta).tracker;
  Cta &cta = *warp.cta;
  Observer *observer = warp.grid->observer;
  SharedConflict worst = SharedConflict::None;
  uint32_t where = 0;
  std::optional<uint32_t> outside;
  forEachChunk(warp, operation, [&](uint32_t address) {
    if (!cta.getShared(address, SharedTracker::chunkBytes)) {
      outside = address;
      return;
    }
    if (observer) {
      AsyncAccess access{warp, *operation.op, 0, AccessKind::Read, &cta, address, SharedTracker::chunkBytes};
      access.agent = AsyncAccess::Agent::Wgmma;
      access.time = committed + 1;
      observer->asyncAccess(access);
    }
    SharedConflict conflict = tracker.beginRead(address - sharedBase, SharedTracker::chunkBytes);
    if (conflict != SharedConflict::None && worst == SharedConflict::None) {
      worst = conflict;
      where = address;
    }
  });
  if (outside)
    return warp.report(*operation.op, allLanes, HazardKind::OutOfBounds,
                       "executes a wgmma whose descriptor leads out of the CTA's shared memory",
                       "check its start address, its strides and the size of the dynamic shared memory",
                       /*isFatal=*/true, warp.describe(Space::Shared, *outside, 16)) != Flow::Stop;
  if (worst != SharedConflict::None)
    state.reportConflict(warp, *operation.op, 0, cta, where, worst, " in a wgmma");
  return true;
}

//===----------------------------------------------------------------------===//
// Life of an operation
//===----------------------------------------------------------------------===//

bool WgmmaQueue::issue(Warp &warp, WgmmaOperation operation) {
  if (!checkFence(warp, operation) || !markShared(warp, operation))
    return false;
  markRegisters(warp, operation, +1);
  open.push_back(operation);
  warp.watchesRegisters = true;
  if (AsyncState::of(warp).getOrder() == AsyncOrder::Now)
    run(warp, open.back());
  return true;
}

void WgmmaQueue::commit() {
  // An empty group counts, too.
  groups.push_back(std::move(open));
  open.clear();
  ++committed;
}

void WgmmaQueue::run(Warp &warp, WgmmaOperation &operation) {
  if (operation.isDone)
    return;
  operation.isDone = true;
  const MicroOp &op = *operation.op;
  MatrixProduct product = MatrixProduct::unpack(op.bits64);
  const Program &program = warp.grid->program;
  unsigned numD = getNumD(product);
  std::array<uint8_t, 16 * depthBytes> a;
  std::array<uint8_t, 256 * depthBytes> b;
  auto load = [&](uint32_t address, uint8_t *chunk) { std::memcpy(chunk, warp.cta->getShared(address, 16), 16); };
  if (hasRegisterA(op)) {
    llvm::SmallVector<const uint32_t *, 4> sources;
    for (unsigned i = numD; i != op.poolCount; ++i) {
      Slot slot = program.pool[op.pool + i];
      sources.push_back(slot.isConstant() ? warp.in<uint32_t>(slot) : operation.frame + slot.bits);
    }
    layOutFragment(16, depthBytes, 4, sources, a.data());
  } else {
    gatherMatrixLines(getLinesA(warp, operation, product), a.data(), load);
  }
  gatherMatrixLines(getLinesB(operation, product), b.data(), load);
  llvm::SmallVector<uint32_t *, 128> d;
  for (unsigned i = 0; i != numD; ++i)
    d.push_back(operation.frame + program.pool[op.pool + i].bits);
  llvm::SmallVector<const uint32_t *, 128> c(d.begin(), d.end());
  multiplyFragments(product, a.data(), b.data(), operation.accumulates ? FragmentRegisters(c) : FragmentRegisters(), d);
}

bool WgmmaQueue::completeOldest(Warp &warp) {
  auto runFirst = [&](std::vector<WgmmaOperation> &operations) {
    for (WgmmaOperation &operation : operations)
      if (!operation.isDone) {
        run(warp, operation);
        return true;
      }
    return false;
  };
  for (std::vector<WgmmaOperation> &group : groups)
    if (runFirst(group))
      return true;
  return runFirst(open);
}

void WgmmaQueue::releaseShared(Warp &warp, WgmmaOperation &operation) {
  if (!operation.holdsShared)
    return;
  operation.holdsShared = false;
  SharedTracker &tracker = *AsyncState::of(warp).get(*warp.cta).tracker;
  forEachChunk(warp, operation,
               [&](uint32_t address) { tracker.endRead(address - sharedBase, SharedTracker::chunkBytes); });
}

bool WgmmaQueue::hasWorkBelow(uint64_t end) const {
  uint64_t number = committed - groups.size();
  for (const std::vector<WgmmaOperation> &group : groups)
    if (number++ < end && !group.empty())
      return true;
  return false;
}

/// The groups below number `end` take effect and no longer read shared memory.
void WgmmaQueue::finish(Warp &warp, uint64_t end) {
  uint64_t number = committed - groups.size();
  for (std::vector<WgmmaOperation> &group : groups) {
    if (number++ >= end)
      break;
    for (WgmmaOperation &operation : group) {
      run(warp, operation);
      releaseShared(warp, operation);
    }
  }
}

bool WgmmaQueue::wait(Warp &warp, size_t keep) {
  AsyncState &state = AsyncState::of(warp);
  uint64_t end = committed - std::min<uint64_t>(keep, committed);
  if (hasWorkBelow(end)) {
    uint32_t first = warp.index & ~3u;
    for (uint32_t i = first; i != first + 4; ++i)
      if (const Warp &other = warp.cta->warps[i]; !other.isDone() && state.get(other).wgmma.committed < end)
        return false;
    for (uint32_t i = first; i != first + 4; ++i)
      state.get(warp.cta->warps[i]).wgmma.finish(warp.cta->warps[i], end);
  }
  if (Observer *observer = warp.grid->observer)
    observer->waitWgmma(warp, end);
  for (; groups.size() > keep; groups.pop_front())
    for (const WgmmaOperation &operation : groups.front())
      markRegisters(warp, operation, -1);
  return true;
}

const WgmmaOperation *WgmmaQueue::getOldest() const {
  for (const std::vector<WgmmaOperation> &group : groups)
    if (!group.empty())
      return &group.front();
  return open.empty() ? nullptr : &open.front();
}
