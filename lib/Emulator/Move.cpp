//===- Move.cpp - mov, cvta, isspacep -------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DecodeLanes.h"
#include "Handlers.h"

using namespace llvm;
using namespace quantopt::ptx;

//===----------------------------------------------------------------------===//
// Vectors: mov.b64 d, {a, b} and back
//===----------------------------------------------------------------------===//

/// The 64-bit halves of a lane of a register of `bits` bits.
static uint64_t readLane(const Warp &warp, Slot slot, unsigned bits, unsigned lane, unsigned half = 0) {
  return bits > 32 ? warp.in<uint64_t>(slot)[half * numLanes + lane] : warp.in<uint32_t>(slot)[lane];
}

static void writeLane(const Warp &warp, Slot slot, unsigned bits, unsigned lane, uint64_t value, unsigned half = 0) {
  if (bits > 32)
    warp.out<uint64_t>(slot)[half * numLanes + lane] = value;
  else
    warp.out<uint32_t>(slot)[lane] = uint32_t(value);
}

/// slots[0] = elements of the pool, the first lowest; `bytes` bytes each, bits16 bits of the result.
static Flow runPack(Warp &warp, const MicroOp &op, uint32_t exec) {
  const Slot *elements = &warp.grid->program.pool[op.pool];
  unsigned bits = 8 * op.bytes, perHalf = std::min<unsigned>(64 / bits, op.poolCount);
  for (unsigned half = 0; half * perHalf != op.poolCount; ++half)
    for (unsigned lane = 0; lane != numLanes; ++lane) {
      if (!((exec >> lane) & 1))
        continue;
      uint64_t value = 0;
      for (unsigned i = 0; i != perHalf; ++i)
        value |= readLane(warp, elements[half * perHalf + i], bits, lane) << (bits * i % 64);
      writeLane(warp, op.slots[0], op.bits16, lane, value, half);
    }
  return Flow::Next;
}

/// The reverse, from slots[0] to the pool, in which sinks may be.
static Flow runUnpack(Warp &warp, const MicroOp &op, uint32_t exec) {
  const Slot *elements = &warp.grid->program.pool[op.pool];
  unsigned bits = 8 * op.bytes, perHalf = std::min<unsigned>(64 / bits, op.poolCount);
  uint64_t mask = bits == 64 ? ~uint64_t(0) : (uint64_t(1) << bits) - 1;
  // The source may be one of the results.
  uint64_t values[2][numLanes];
  for (unsigned half = 0; half * perHalf != op.poolCount; ++half)
    for (unsigned lane = 0; lane != numLanes; ++lane)
      values[half][lane] = readLane(warp, op.slots[0], op.bits16, lane, half);
  for (unsigned i = 0; i != op.poolCount; ++i)
    for (unsigned lane = 0; lane != numLanes && !elements[i].isNone(); ++lane)
      if ((exec >> lane) & 1)
        writeLane(warp, elements[i], bits, lane, values[i / perHalf][lane] >> (bits * (i % perHalf)) & mask);
  return Flow::Next;
}

/// Two 16-bit registers to one of 32, and 32 to 64: the frequent cases.
template <typename Wide, unsigned Bits> static Flow runPackTwo(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint32_t *low = warp.in<uint32_t>(op.slots[1]), *high = warp.in<uint32_t>(op.slots[2]);
  Wide values[numLanes];
  for (unsigned lane = 0; lane != numLanes; ++lane)
    values[lane] = Wide(low[lane]) | Wide(high[lane]) << Bits;
  warp.store(op.slots[0], exec, values);
  return Flow::Next;
}

template <typename Wide, unsigned Bits> static Flow runUnpackTwo(Warp &warp, const MicroOp &op, uint32_t exec) {
  const Wide *from = warp.in<Wide>(op.slots[2]);
  uint32_t low[numLanes], high[numLanes];
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    low[lane] = uint32_t(from[lane] & ((Wide(1) << Bits) - 1));
    high[lane] = uint32_t(from[lane] >> Bits);
  }
  warp.store(op.slots[0], exec, low);
  warp.store(op.slots[1], exec, high);
  return Flow::Next;
}

static Type getElementType(Decoder &d, Type type, size_t count) {
  switch (count == 0 ? 0 : getTypeBits(type) / count) {
  case 8:
    return Type::B8;
  case 16:
    return Type::B16;
  case 32:
    return Type::B32;
  case 64:
    return Type::B64;
  default:
    d.fail("mov." + getTypeName(type) + " with a vector of " + Twine(count) + " elements");
    return Type::B32;
  }
}

static void decodePack(Decoder &d, Type type, const Operand &vector) {
  size_t count = vector.elements.size();
  Type element = getElementType(d, type, count);
  MicroOp op;
  op.flags = MicroOp::LaneWise;
  SmallVector<Slot, 4> slots;
  for (const Operand &each : vector.elements)
    slots.push_back(d.read(each, element));
  op.slots[0] = d.result(0, type);
  op.bytes = uint8_t(getTypeBits(element) / 8);
  op.bits16 = uint16_t(getTypeBits(type));
  bool isPair = count == 2 && getTypeBits(type) <= 64 && op.bytes >= 2;
  if (isPair) {
    op.slots[1] = slots[0];
    op.slots[2] = slots[1];
    op.run = op.bytes == 2 ? runPackTwo<uint32_t, 16> : runPackTwo<uint64_t, 32>;
  } else {
    d.setPool(op, slots);
    op.run = runPack;
  }
  d.emit(op);
}

static void decodeUnpack(Decoder &d, Type type, const Operand &vector) {
  size_t count = vector.elements.size();
  Type element = getElementType(d, type, count);
  MicroOp op;
  op.flags = MicroOp::LaneWise;
  Slot from = d.read(1, type);
  SmallVector<Slot, 4> slots;
  for (const Operand &each : vector.elements)
    slots.push_back(d.write(each, element));
  op.bytes = uint8_t(getTypeBits(element) / 8);
  op.bits16 = uint16_t(getTypeBits(type));
  bool isPair = count == 2 && getTypeBits(type) <= 64 && op.bytes >= 2;
  if (isPair) {
    op.slots[0] = slots[0];
    op.slots[1] = slots[1];
    op.slots[2] = from;
    op.run = op.bytes == 2 ? runUnpackTwo<uint32_t, 16> : runUnpackTwo<uint64_t, 32>;
  } else {
    op.slots[0] = from;
    d.setPool(op, slots);
    op.run = runUnpack;
  }
  d.emit(op);
}

static Flow runMovPredicate(Warp &warp, const MicroOp &op, uint32_t exec) {
  warp.setPredicate(op.slots[0], exec, warp.predicate(op.slots[1]));
  return Flow::Next;
}

static void decodeMov(Decoder &d) {
  Type type = d.takeType();
  d.expectOperands(2);
  const Operand &to = d.operand(0), &from = d.operand(1);
  if (from.is(Operand::Kind::Vector))
    return decodePack(d, type, from);
  if (to.is(Operand::Kind::Vector))
    return decodeUnpack(d, type, to);
  if (type == Type::Pred)
    return emitLanes(d, runMovPredicate, type, {type});
  emitLanes(d, getLaneTables().findMove(LaneOp::Mov, getTypeBits(type)), type, {type});
}

//===----------------------------------------------------------------------===//
// Generic addresses
//===----------------------------------------------------------------------===//

/// Takes a state space; Generic when there is none.
Space quantopt::ptx::takeSpace(Decoder &d) {
  static const StringRef names[] = {"global", "shared", "shared::cta",  "shared::cluster", "local",
                                    "const",  "param",  "param::entry", "param::func"};
  switch (d.takeOneOf(names)) {
  case 0:
    return Space::Global;
  case 1:
  case 2:
  case 3:
    return Space::Shared;
  case 4:
    return Space::Local;
  case 5:
    return Space::Const;
  case 6:
  case 7:
  case 8:
    return Space::Param;
  default:
    return Space::Generic;
  }
}

static void decodeCvta(Decoder &d) {
  bool isTo = d.take("to");
  Space space = takeSpace(d);
  Type type = d.takeType({Type::U64, Type::U32});
  if (type == Type::U32)
    d.fail("32-bit generic addresses", "compile with .address_size 64");
  bool isWindowed = space == Space::Shared || space == Space::Local || space == Space::Param;
  uint64_t window = space == Space::Shared ? sharedWindow : space == Space::Local ? localWindow : paramWindow;
  MicroOp op;
  d.expectOperands(2);
  op.flags = MicroOp::LaneWise;
  op.slots[1] = d.read(1, type);
  op.slots[0] = d.result(0, type);
  if (isWindowed) {
    op.run = getLaneTables().findInteger(isTo ? LaneOp::And : LaneOp::Or, Type::B64);
    op.slots[2] = d.constant64(isTo ? ~windowMask : window);
  } else {
    op.run = getLaneTables().findMove(LaneOp::Mov, 64);
  }
  d.emit(op);
}

enum class SpaceTest { Global, Const, Local, Param, SharedCta, SharedCluster };

static Flow runIsSpace(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint64_t *a = warp.in<uint64_t>(op.slots[1]);
  uint32_t mask = 0;
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    uint64_t window = a[lane] & windowMask;
    uint32_t rank = uint32_t(a[lane]) >> clusterRankShift;
    bool is = false;
    switch (SpaceTest(op.bits16)) {
    case SpaceTest::Global:
    case SpaceTest::Const: {
      const Buffer *buffer = window == 0 ? warp.grid->memory.find(a[lane]) : nullptr;
      bool isConst = buffer && buffer->isConst;
      is = window == 0 && isConst == (SpaceTest(op.bits16) == SpaceTest::Const);
      break;
    }
    case SpaceTest::Local:
      is = window == localWindow;
      break;
    case SpaceTest::Param:
      is = window == paramWindow;
      break;
    case SpaceTest::SharedCta:
      is = window == sharedWindow && (rank == 0 || rank == warp.cta->rank + 1);
      break;
    case SpaceTest::SharedCluster:
      is = window == sharedWindow;
      break;
    }
    mask |= uint32_t(is) << lane;
  }
  warp.setPredicate(op.slots[0], exec, mask);
  return Flow::Next;
}

static void decodeIsspacep(Decoder &d) {
  static const StringRef names[] = {"global",      "const",           "local",        "param",      "shared",
                                    "shared::cta", "shared::cluster", "param::entry", "param::func"};
  static constexpr SpaceTest tests[] = {SpaceTest::Global,        SpaceTest::Const,     SpaceTest::Local,
                                        SpaceTest::Param,         SpaceTest::SharedCta, SpaceTest::SharedCta,
                                        SpaceTest::SharedCluster, SpaceTest::Param,     SpaceTest::Param};
  int index = d.takeOneOf(names);
  if (index < 0)
    d.fail("isspacep names no state space");
  emitLanes(d, runIsSpace, Type::Pred, {Type::B64}, uint16_t(tests[index < 0 ? 0 : index]));
}

static const OpcodeInfo opcodes[] = {
    {"cvta", "cvta{.to}.{global,shared,shared::cta,shared::cluster,local,const,param}.u64", "", decodeCvta},
    {"isspacep", "isspacep.{global,const,local,param,shared,shared::cta,shared::cluster}", "", decodeIsspacep},
    {"mov", "mov.{pred,b16,b32,b64,b128,u,s,f..}, vectors to and from one register, addresses of symbols", "",
     decodeMov},
};

ArrayRef<OpcodeInfo> quantopt::ptx::getMoveOpcodes() { return opcodes; }
