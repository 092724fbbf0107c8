//===- DecodeLogic.cpp - Logic and shift instructions ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DecodeLanes.h"
#include "Handlers.h"

using namespace llvm;
using namespace quantopt::ptx;

//===----------------------------------------------------------------------===//
// Predicates: a bit a lane
//===----------------------------------------------------------------------===//

template <typename F> static Flow runPredicates(Warp &warp, const MicroOp &op, uint32_t exec, F f) {
  warp.setPredicate(op.slots[0], exec, f(warp.predicate(op.slots[1]), warp.predicate(op.slots[2])));
  return Flow::Next;
}
Flow quantopt::ptx::runAndPredicate(Warp &warp, const MicroOp &op, uint32_t exec) {
  return runPredicates(warp, op, exec, [](uint32_t a, uint32_t b) { return a & b; });
}
Flow quantopt::ptx::runOrPredicate(Warp &warp, const MicroOp &op, uint32_t exec) {
  return runPredicates(warp, op, exec, [](uint32_t a, uint32_t b) { return a | b; });
}
static Flow runXorPredicate(Warp &warp, const MicroOp &op, uint32_t exec) {
  return runPredicates(warp, op, exec, [](uint32_t a, uint32_t b) { return a ^ b; });
}
Flow quantopt::ptx::runNotPredicate(Warp &warp, const MicroOp &op, uint32_t exec) {
  warp.setPredicate(op.slots[0], exec, ~warp.predicate(op.slots[1]));
  return Flow::Next;
}

//===----------------------------------------------------------------------===//
// Decoders
//===----------------------------------------------------------------------===//

static Handler findInteger(LaneOp op, Type type) { return getLaneTables().findInteger(op, type); }

static void decodeBinary(Decoder &d) {
  StringRef name = d.instruction().opcode;
  bool isAnd = name == "and", isOr = name == "or";
  Type type = d.takeType({Type::Pred, Type::B16, Type::B32, Type::B64});
  if (type == Type::Pred)
    return emitLanes(d, isAnd ? runAndPredicate : isOr ? runOrPredicate : runXorPredicate, type, {type, type});
  LaneOp op = isAnd ? LaneOp::And : isOr ? LaneOp::Or : LaneOp::Xor;
  emitLanes(d, findInteger(op, type), type, {type, type});
}

static void decodeNot(Decoder &d) {
  Type type = d.takeType({Type::Pred, Type::B16, Type::B32, Type::B64});
  emitLanes(d, type == Type::Pred ? runNotPredicate : findInteger(LaneOp::Not, type), type, {type});
}

static void decodeCnot(Decoder &d) {
  Type type = d.takeType({Type::B16, Type::B32, Type::B64});
  emitLanes(d, findInteger(LaneOp::Cnot, type), type, {type});
}

/// lop3.BoolOp.b32 d|p, a, b, c, lut, q: p is whether d is not zero, combined with q.
static void decodeLop3(Decoder &d) {
  int boolOp = d.takeOneOf({"or", "and"});
  Type type = d.takeType({Type::B32});
  d.expectOperands(boolOp < 0 ? 5 : 6);
  MicroOp op;
  op.run = findInteger(LaneOp::Lop3, type);
  op.flags = MicroOp::LaneWise;
  for (unsigned i = 1; i <= 3; ++i)
    op.slots[i] = d.read(i, type);
  int64_t table = d.readInteger(d.operand(4));
  if (table < 0 || table > 255)
    d.fail("a table of lop3 is 0 to 255");
  op.bits16 = uint16_t(table);
  const Operand &results = d.operand(0);
  bool isPair = results.is(Operand::Kind::Pair) && results.elements.size() == 2;
  if (boolOp >= 0 && !isPair)
    d.fail("lop3 with a boolean operation has results d|p");
  op.slots[0] = d.write(isPair ? results.elements[0] : results, type);
  if (op.slots[0].isNone())
    op.slots[0] = d.temporary(type);
  d.emit(op);
  if (boolOp < 0 || !isPair)
    return;
  MicroOp test;
  test.run = getLaneTables().findCompare(CompareOp::Ne, type, false);
  test.flags = MicroOp::LaneWise;
  test.slots[0] = d.writePredicate(results.elements[1]);
  test.slots[2] = op.slots[0];
  test.slots[3] = d.constant32(0);
  test.slots[4] = d.readPredicate(5);
  CompareBits bits;
  bits.boolOp = boolOp == 0 ? 2 : 1;
  std::memcpy(&test.bits64, &bits, sizeof(bits));
  d.emit(test);
}

static void decodeShl(Decoder &d) {
  Type type = d.takeType({Type::B16, Type::B32, Type::B64});
  emitLanes(d, findInteger(LaneOp::Shl, type), type, {type, Type::U32});
}

static void decodeShr(Decoder &d) {
  Type type =
      d.takeType({Type::B16, Type::B32, Type::B64, Type::U16, Type::U32, Type::U64, Type::S16, Type::S32, Type::S64});
  emitLanes(d, findInteger(LaneOp::Shr, type), type, {type, Type::U32});
}

static void decodeShf(Decoder &d) {
  bool isLeft = d.takeOneOf({"l", "r"}) == 0, isWrap = d.takeOneOf({"clamp", "wrap"}) == 1;
  Type type = d.takeType({Type::B32});
  LaneOp op = isLeft ? (isWrap ? LaneOp::ShfLWrap : LaneOp::ShfL) : (isWrap ? LaneOp::ShfRWrap : LaneOp::ShfR);
  emitLanes(d, findInteger(op, type), type, {type, type, Type::U32});
}

static void decodePrmt(Decoder &d) {
  Type type = d.takeType({Type::B32});
  int mode = d.takeOneOf({"f4e", "b4e", "rc8", "ecl", "ecr", "rc16"});
  emitLanes(d, findInteger(mode < 0 ? LaneOp::Prmt : LaneOp::PrmtMode, type), type, {type, type, type},
            uint16_t(mode + 1));
}

static const OpcodeInfo opcodes[] = {
    {"and", "and.{pred,b16,b32,b64}", "", decodeBinary},
    {"cnot", "cnot.{b16,b32,b64}", "", decodeCnot},
    {"lop3", "lop3.b32, lop3.{or,and}.b32 d|p", "", decodeLop3},
    {"not", "not.{pred,b16,b32,b64}", "", decodeNot},
    {"or", "or.{pred,b16,b32,b64}", "", decodeBinary},
    {"prmt", "prmt.b32{.f4e,.b4e,.rc8,.ecl,.ecr,.rc16}", "", decodePrmt},
    {"shf", "shf.{l,r}.{clamp,wrap}.b32", "", decodeShf},
    {"shl", "shl.{b16,b32,b64}", "", decodeShl},
    {"shr", "shr.{b,u,s}{16,32,64}", "", decodeShr},
    {"xor", "xor.{pred,b16,b32,b64}", "", decodeBinary},
};

ArrayRef<OpcodeInfo> quantopt::ptx::getLogicOpcodes() { return opcodes; }
