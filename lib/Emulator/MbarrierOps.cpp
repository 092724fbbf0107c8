//===- MbarrierOps.cpp - mbarrier -----------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsyncState.h"
#include "SharedAccess.h"

using namespace quantopt::ptx;

/// Bits of MicroOp::bits16.
enum MbarrierFlag : uint16_t {
  GenericAddress = 1,
  ExpectsBytes = 2, // .expect_tx: the operand is bytes, one arrival
  NoComplete = 4,
  Drops = 8,
  ByParity = 16,
  CompletesBytes = 32,
  Relaxed = 64,
  Initializes = 128, // or invalidates
};

static Space getSpace(const MicroOp &op) { return op.bits16 & GenericAddress ? Space::Generic : Space::Shared; }

static Flow runWait(Warp &warp, const MicroOp &op, uint32_t exec);

/// Calls `visit(lane, place, mbarrier)` for each lane; false after a fatal report.
template <typename Visit> static bool forEachMbarrier(Warp &warp, const MicroOp &op, uint32_t exec, Visit visit) {
  std::array<uint64_t, numLanes> addresses;
  warp.getAddresses(op, op.slots[0], addresses.data());
  AsyncState &state = AsyncState::of(warp);
  return forEachLane(exec, [&](unsigned lane) {
    SharedPlace place = findShared(warp, op, lane, getSpace(op), addresses[lane], 8, 8);
    if (!place.cta)
      return false;
    // A wait that fails tells nothing.
    if (Observer *observer = warp.grid->observer; observer && op.run != runWait)
      observer->useMbarrier(warp, op, lane, *place.cta, place.address, op.bits16 & Initializes);
    return visit(lane, place, state.find(*place.cta, place.address));
  });
}

/// slots: address, count.
static Flow runInit(Warp &warp, const MicroOp &op, uint32_t exec) {
  AsyncState &state = AsyncState::of(warp);
  bool isRight = forEachMbarrier(warp, op, exec, [&](unsigned lane, SharedPlace place, Mbarrier *) {
    Mbarrier mbarrier;
    if (const char *rule = mbarrier.init(warp.in<uint32_t>(op.slots[1])[lane])) {
      state.reportMbarrier(warp, op, lane, place, rule);
      return false;
    }
    state.get(*place.cta).mbarriers[place.address] = mbarrier;
    place.cta->markWritten(place.address, 8);
    return true;
  });
  return isRight ? Flow::Next : Flow::Stop;
}

/// slots: address.
static Flow runInval(Warp &warp, const MicroOp &op, uint32_t exec) {
  AsyncState &state = AsyncState::of(warp);
  bool isRight = forEachMbarrier(warp, op, exec, [&](unsigned lane, SharedPlace place, Mbarrier *mbarrier) {
    if (!mbarrier)
      state.reportMbarrier(warp, op, lane, place, nullptr);
    return mbarrier && state.get(*place.cta).mbarriers.erase(place.address);
  });
  return isRight ? Flow::Next : Flow::Stop;
}

static const char *arrive(const MicroOp &op, Mbarrier &mbarrier, uint32_t operand) {
  if (op.bits16 & ExpectsBytes)
    if (const char *rule = mbarrier.expectTransactions(operand))
      return rule;
  uint32_t count = op.bits16 & ExpectsBytes ? 1 : operand;
  bool completes = !(op.bits16 & NoComplete);
  return op.bits16 & Drops ? mbarrier.arriveAndDrop(count, completes) : mbarrier.arrive(count, completes);
}

/// slots: address, count or bytes, state that is returned.
static Flow runArrive(Warp &warp, const MicroOp &op, uint32_t exec) {
  AsyncState &state = AsyncState::of(warp);
  std::array<uint64_t, numLanes> tokens{};
  bool isRight = forEachMbarrier(warp, op, exec, [&](unsigned lane, SharedPlace place, Mbarrier *) {
    if (Observer *observer = warp.grid->observer; observer && !(op.bits16 & Relaxed))
      observer->arriveMbarrier(warp, lane, *place.cta, place.address);
    return state.changeMbarrier(warp, op, lane, place, [&](Mbarrier &mbarrier) {
      tokens[lane] = mbarrier.getToken();
      return arrive(op, mbarrier, warp.in<uint32_t>(op.slots[1])[lane]);
    });
  });
  warp.store(op.slots[2], exec, tokens.data());
  return isRight ? Flow::Next : Flow::Stop;
}

/// slots: address, bytes.
static Flow runTransactions(Warp &warp, const MicroOp &op, uint32_t exec) {
  AsyncState &state = AsyncState::of(warp);
  bool isRight = forEachMbarrier(warp, op, exec, [&](unsigned lane, SharedPlace place, Mbarrier *) {
    return state.changeMbarrier(warp, op, lane, place, [&](Mbarrier &mbarrier) {
      uint32_t bytes = warp.in<uint32_t>(op.slots[1])[lane];
      return op.bits16 & CompletesBytes ? mbarrier.completeTransactions(bytes) : mbarrier.expectTransactions(bytes);
    });
  });
  return isRight ? Flow::Next : Flow::Stop;
}

/// slots: address, state or parity, predicate. try_wait may suspend a thread for a time of its choice, which is none
/// here: the scheduler lets a warp that polled in vain sleep until something happens.
static Flow runWait(Warp &warp, const MicroOp &op, uint32_t exec) {
  AsyncState &state = AsyncState::of(warp);
  uint32_t over = 0;
  WaitReason reason;
  bool isRight = forEachMbarrier(warp, op, exec, [&](unsigned lane, SharedPlace place, Mbarrier *mbarrier) {
    if (!mbarrier) {
      state.reportMbarrier(warp, op, lane, place, nullptr);
      return false;
    }
    bool byParity = op.bits16 & ByParity;
    uint64_t operand = byParity ? warp.in<uint32_t>(op.slots[1])[lane] : warp.in<uint64_t>(op.slots[1])[lane];
    bool isOver = byParity ? mbarrier->isParityOver(uint32_t(operand)) : mbarrier->isOver(operand);
    if (Observer *observer = warp.grid->observer; observer && isOver) {
      observer->useMbarrier(warp, op, lane, *place.cta, place.address, /*isInit=*/false);
      if (!(op.bits16 & Relaxed))
        observer->waitMbarrier(warp, lane, *place.cta, place.address, mbarrier->getPhase());
    }
    if (isOver)
      over |= 1u << lane;
    else
      reason = {WaitReason::Kind::Mbarrier, uint32_t(getClusterAddress(place)), operand};
    return true;
  });
  if (!isRight)
    return Flow::Stop;
  warp.setPredicate(op.slots[2], exec, over);
  if (over == exec)
    return Flow::Next;
  warp.reason = reason;
  return Flow::Yield;
}

/// slots: count, state.
static Flow runPendingCount(Warp &warp, const MicroOp &op, uint32_t exec) {
  std::array<uint32_t, numLanes> counts;
  for (unsigned lane = 0; lane != numLanes; ++lane)
    counts[lane] = Mbarrier::getPendingOfToken(warp.in<uint64_t>(op.slots[1])[lane]);
  warp.store(op.slots[0], exec, counts.data());
  return Flow::Next;
}

//===----------------------------------------------------------------------===//
// Decoder
//===----------------------------------------------------------------------===//

/// Takes semantics, scope, space and type, and sets the address.
static void setMbarrier(Decoder &d, MicroOp &op, size_t index) {
  if (d.takeOneOf({"release", "acquire", "relaxed"}) == 2)
    op.bits16 |= Relaxed;
  d.takeOneOf({"cta", "cluster"});
  int space = d.takeOneOf({"shared", "shared::cta", "shared::cluster"});
  d.takeType({Type::B64});
  if (space < 0)
    op.bits16 |= GenericAddress;
  d.setAddress(op, 0, d.readAddress(d.operand(index), space < 0 ? Space::Generic : Space::Shared));
  d.usesAsync();
}

static void decodeArrive(Decoder &d, bool drops) {
  MicroOp op;
  op.run = runArrive;
  op.bits16 = uint16_t(drops ? Drops : 0);
  if (d.take("expect_tx"))
    op.bits16 |= ExpectsBytes;
  if (d.take("noComplete"))
    op.bits16 |= NoComplete;
  // Without a result the address comes first (PTX 7.x for shared::cluster).
  size_t address = d.operand(0).is(Operand::Kind::Address) ? 0 : 1;
  bool needsOperand = op.bits16 & (ExpectsBytes | NoComplete);
  d.expectOperands(address + 1 + needsOperand, address + 2);
  setMbarrier(d, op, address);
  bool hasOperand = d.numOperands() == address + 2;
  op.slots[1] = hasOperand ? d.read(address + 1, Type::B32) : d.constant32(1);
  op.slots[2] = address == 1 ? d.write(0, Type::B64) : Slot();
  d.emit(op);
}

static void decodeWait(Decoder &d) {
  MicroOp op;
  op.run = runWait;
  bool byParity = d.take("parity");
  op.bits16 = uint16_t(byParity ? ByParity : 0);
  d.expectOperands(3, 4); // the fourth is a hint of time
  setMbarrier(d, op, 1);
  op.slots[1] = d.read(2, byParity ? Type::B32 : Type::B64);
  op.slots[2] = d.writePredicate(d.operand(0));
  d.emit(op);
}

/// init, inval, expect_tx, complete_tx: an address and perhaps a number.
static void decodePlain(Decoder &d, Handler run, uint16_t flags, bool hasNumber) {
  MicroOp op;
  op.run = run;
  op.bits16 = flags;
  d.expectOperands(hasNumber ? 2 : 1);
  setMbarrier(d, op, 0);
  if (hasNumber)
    op.slots[1] = d.read(1, Type::B32);
  d.emit(op);
}

static void decodePendingCount(Decoder &d) {
  d.takeType({Type::B64});
  d.expectOperands(2);
  MicroOp op;
  op.run = runPendingCount;
  op.slots[0] = d.write(0, Type::B32);
  op.slots[1] = d.read(1, Type::B64);
  d.emit(op);
}

static void decodeMbarrier(Decoder &d) {
  // The first of these words decides: .expect_tx is also a modifier of the arrivals.
  int kind = d.takeOneOf(
      {"init", "inval", "expect_tx", "complete_tx", "arrive", "arrive_drop", "test_wait", "try_wait", "pending_count"});
  switch (kind) {
  case 0:
    return decodePlain(d, runInit, Initializes, true);
  case 1:
    return decodePlain(d, runInval, Initializes, false);
  case 2:
    return decodePlain(d, runTransactions, 0, true);
  case 3:
    return decodePlain(d, runTransactions, CompletesBytes, true);
  case 4:
  case 5:
    return decodeArrive(d, kind == 5);
  case 6:
  case 7:
    return decodeWait(d);
  case 8:
    return decodePendingCount(d);
  default:
    d.fail("an mbarrier instruction without its operation", "see docs/emulator.md for those that are here");
  }
}

static const OpcodeInfo opcodes[] = {
    {"mbarrier",
     "mbarrier.{init, inval, expect_tx, complete_tx, arrive{.expect_tx, .noComplete}, arrive_drop{..}, "
     "test_wait{.parity}, try_wait{.parity}, pending_count}{.sem}{.scope}{.shared{::cta, ::cluster}}.b64",
     "try_wait returns at once; a warp that polls in vain sleeps until a phase completes", decodeMbarrier}};

llvm::ArrayRef<OpcodeInfo> quantopt::ptx::getMbarrierOpcodes() { return opcodes; }
