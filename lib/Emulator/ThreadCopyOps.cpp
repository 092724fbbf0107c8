//===- ThreadCopyOps.cpp - cp.async of single threads ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsyncOps.h"
#include "AsyncState.h"

using namespace quantopt::ptx;

/// Bits of MicroOp::bits16.
enum ThreadCopyFlag : uint16_t { HasSourceSize = 1, HasIgnore = 2, GenericAddress = 4, NoIncrement = 8 };

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// The bytes that a lane reads; more than are written is undefined.
static bool getSourceBytes(Warp &warp, const MicroOp &op, unsigned lane, uint8_t &bytes) {
  bytes = op.bytes;
  if (op.bits16 & HasIgnore)
    bytes = (warp.predicate(op.slots[1]) >> lane) & 1 ? 0 : op.bytes;
  if (!(op.bits16 & HasSourceSize))
    return true;
  uint32_t size = warp.in<uint32_t>(op.slots[1])[lane];
  if (size > op.bytes) {
    warp.report(op, 1u << lane, HazardKind::AsyncMisuse, "passes a src-size that is larger than cp-size",
                "clamp it; the bytes that are not read become zeros");
    return false;
  }
  bytes = uint8_t(size);
  return true;
}

/// slots[0]: destination; slots[1]: source size or ignore-src; pool: source; bytes: cp-size.
static Flow runThreadCopy(Warp &warp, const MicroOp &op, uint32_t exec) {
  std::array<uint64_t, numLanes> addresses;
  warp.getAddresses(op, op.slots[0], addresses.data());
  ThreadCopy copy;
  copy.op = &op;
  copy.lanes = exec;
  AsyncState &state = AsyncState::of(warp);
  const std::array<uint32_t, numLanes> &groups = state.get(warp).copyGroup;
  bool isRight = forEachLane(exec, [&](unsigned lane) {
    SharedPlace place = findShared(warp, op, lane, Space::Shared, addresses[lane], op.bytes, op.bytes);
    if (!place.cta || !getSourceBytes(warp, op, lane, copy.sourceBytes[lane]))
      return false;
    copy.shared[lane] = place.address;
    copy.global[lane] = getPoolAddress(warp, op, 0, lane);
    copy.group[lane] = groups[lane];
    if (copy.sourceBytes[lane] == 0 || copy.global[lane] % op.bytes == 0)
      return true;
    warp.report(op, 1u << lane, HazardKind::Misaligned,
                "copies from a global address that is no multiple of " + llvm::Twine(unsigned(op.bytes)),
                "align the buffer and its rows, or copy fewer bytes at a time", /*isFatal=*/true,
                warp.describe(Space::Global, copy.global[lane], op.bytes));
    return false;
  });
  return isRight && state.issueThreadCopy(warp, std::move(copy)) ? Flow::Next : Flow::Stop;
}

static void decodeThreadCopy(Decoder &d, bool isCg) {
  MicroOp op;
  op.run = runThreadCopy;
  if (d.takeOneOf({"shared", "shared::cta"}) < 0 || !d.take("global"))
    d.fail("cp.async copies from .global to .shared", "name both spaces, the destination first");
  bool hasPolicy = d.take("L2::cache_hint");
  d.takePrefix("L2::");
  d.expectOperands(3 + hasPolicy, 4 + hasPolicy);
  int64_t bytes = d.readInteger(d.operand(2));
  if (bytes != 16 && (isCg || (bytes != 4 && bytes != 8)))
    d.fail("cp.async of " + llvm::Twine(bytes) + " bytes", isCg ? ".cg copies 16" : "copy 4, 8 or 16");
  op.bytes = uint8_t(bytes);
  if (d.numOperands() == size_t(4 + hasPolicy)) {
    bool isPredicate = d.getRegisterBits(d.operand(3)) == 1;
    op.slots[1] = isPredicate ? d.readPredicate(3) : d.read(3, Type::B32);
    op.bits16 |= isPredicate ? HasIgnore : HasSourceSize;
  }
  llvm::SmallVector<Slot, 3> pool;
  d.setAddress(op, 0, d.readAddress(d.operand(0), Space::Shared));
  addPoolAddress(d, d.readAddress(d.operand(1), Space::Global), pool);
  d.setPool(op, pool);
  d.usesAsync();
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// Groups
//===----------------------------------------------------------------------===//

static Flow runCommitGroup(Warp &warp, const MicroOp &, uint32_t exec) {
  WarpAsync &state = AsyncState::of(warp).get(warp);
  forEachLane(exec, [&](unsigned lane) {
    ++state.copyGroup[lane];
    return true;
  });
  return Flow::Next;
}

/// imm: groups that may stay in flight; -1: .wait_all, which commits first.
static Flow runWaitGroup(Warp &warp, const MicroOp &op, uint32_t exec) {
  AsyncState &state = AsyncState::of(warp);
  if (op.imm < 0)
    runCommitGroup(warp, op, exec);
  std::array<uint32_t, numLanes> end = state.get(warp).copyGroup;
  uint32_t keep = uint32_t(std::max<int64_t>(op.imm, 0));
  for (uint32_t &group : end)
    group -= std::min(group, keep);
  return state.waitThreadCopies(warp, exec, end) ? Flow::Next : Flow::Stop;
}

/// slots[0]: address of the mbarrier.
static Flow runCopyArrive(Warp &warp, const MicroOp &op, uint32_t exec) {
  AsyncState &state = AsyncState::of(warp);
  std::array<uint64_t, numLanes> addresses;
  warp.getAddresses(op, op.slots[0], addresses.data());
  Space space = op.bits16 & GenericAddress ? Space::Generic : Space::Shared;
  bool isRight = forEachLane(exec, [&](unsigned lane) {
    SharedPlace place = findShared(warp, op, lane, space, addresses[lane], 8, 8);
    if (!place.cta)
      return false;
    bool isPending = op.bits16 & NoIncrement || state.changeMbarrier(warp, op, lane, place, [](Mbarrier &mbarrier) {
      return mbarrier.addPending();
    });
    ThreadArrival arrival;
    arrival.op = &op;
    arrival.lane = lane;
    arrival.place = place;
    return isPending && state.issueThreadArrival(warp, arrival);
  });
  return isRight ? Flow::Next : Flow::Stop;
}

static void decodeCopyArrive(Decoder &d) {
  MicroOp op;
  op.run = runCopyArrive;
  op.bits16 = uint16_t(d.take("noinc") ? NoIncrement : 0);
  if (d.takeOneOf({"shared", "shared::cta"}) < 0)
    op.bits16 |= GenericAddress;
  d.takeType({Type::B64});
  d.expectOperands(1);
  d.setAddress(op, 0, d.readAddress(d.operand(0), op.bits16 & GenericAddress ? Space::Generic : Space::Shared));
  d.usesAsync();
  d.emit(op);
}

static void decodeWaitGroup(Decoder &d, bool all) {
  MicroOp op;
  op.run = runWaitGroup;
  d.expectOperands(all ? 0 : 1);
  op.imm = all ? -1 : d.readInteger(d.operand(0));
  d.usesAsync();
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// Decoder of cp
//===----------------------------------------------------------------------===//

static void decodeCp(Decoder &d) {
  bool reduces = d.take("reduce");
  if (!d.take("async"))
    return d.fail("cp without .async", "copy with ld and st");
  if (d.take("bulk"))
    return decodeBulkCopy(d, reduces);
  if (reduces)
    return d.fail("cp.reduce.async without .bulk", "use cp.reduce.async.bulk or red");
  switch (d.takeOneOf({"ca", "cg", "commit_group", "wait_group", "wait_all", "mbarrier"})) {
  case 0:
    return decodeThreadCopy(d, /*isCg=*/false);
  case 1:
    return decodeThreadCopy(d, /*isCg=*/true);
  case 2: {
    d.expectOperands(0);
    MicroOp op;
    op.run = runCommitGroup;
    d.usesAsync();
    d.emit(op);
    return;
  }
  case 3:
    return decodeWaitGroup(d, /*all=*/false);
  case 4:
    return decodeWaitGroup(d, /*all=*/true);
  case 5:
    if (!d.take("arrive"))
      d.fail("cp.async.mbarrier without .arrive", "write it");
    return decodeCopyArrive(d);
  default:
    d.fail("an unknown form of cp.async", "see docs/emulator.md for those that are here");
  }
}

static const OpcodeInfo opcodes[] = {
    {"cp",
     "cp.async.{ca,cg}.shared.global; cp.async.{commit_group, wait_group, wait_all, mbarrier.arrive{.noinc}}; "
     "cp{.reduce}.async.bulk, all directions, multicast; cp{.reduce}.async.bulk.tensor.{1d..5d}, tiled; "
     "cp.async.bulk.{prefetch, commit_group, wait_group{.read}}",
     "cache hints and prefetches have no effect; no im2col, no gather and scatter, no byte masks", decodeCp}};

llvm::ArrayRef<OpcodeInfo> quantopt::ptx::getCopyOpcodes() { return opcodes; }
