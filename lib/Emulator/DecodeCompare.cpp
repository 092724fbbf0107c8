//===- DecodeCompare.cpp - Comparison and selection -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DecodeLanes.h"
#include "Lanes/FloatOps.h"

using namespace llvm;
using namespace quantopt::ptx;

/// lo, ls, hi, hs are lt, le, gt, ge of unsigned types.
static CompareOp takeCompareOp(Decoder &d) {
  static const StringRef names[] = {"eq",  "ne",  "lt",  "le",  "gt",  "ge", "equ", "neu", "ltu",
                                    "leu", "gtu", "geu", "num", "nan", "lo", "ls",  "hi",  "hs"};
  int index = d.takeOneOf(names);
  if (index < 0)
    d.fail("'" + d.instruction().opcode + "' names no comparison");
  return index < 0 ? CompareOp::Eq : CompareOp(index < 14 ? index : index - 12);
}

/// Operands a, b and, with a boolean operation, c from `first` on.
static void readCompared(Decoder &d, MicroOp &op, CompareBits &bits, size_t first, Type type) {
  static const StringRef names[] = {"and", "or", "xor"};
  bits.boolOp = uint8_t(d.takeOneOf(names) + 1);
  d.expectOperands(first + (bits.boolOp != 0 ? 3 : 2));
  op.slots[2] = d.read(first, type);
  op.slots[3] = d.read(first + 1, type);
  if (bits.boolOp != 0)
    op.slots[4] = d.readPredicate(first + 2);
  std::memcpy(&op.bits64, &bits, sizeof(bits));
  op.flags = MicroOp::LaneWise;
  if (!op.run)
    d.fail("'" + d.instruction().opcode + "' has no such comparison of ." + getTypeName(type));
}

static void decodeSetp(Decoder &d) {
  CompareOp compare = takeCompareOp(d);
  bool isFtz = d.take("ftz");
  Type type = d.takeType();
  MicroOp op;
  op.run = getLaneTables().findCompare(compare, type, isFtz);
  CompareBits bits;
  readCompared(d, op, bits, 1, type);
  const Operand &results = d.operand(0);
  bool isPair = results.is(Operand::Kind::Pair) && results.elements.size() == 2;
  op.slots[0] = d.writePredicate(isPair ? results.elements[0] : results);
  if (isPair)
    op.slots[1] = d.writePredicate(results.elements[1]);
  d.emit(op);
}

/// What `set` gives for true.
static uint32_t getTrueValue(Type type) {
  switch (type) {
  case Type::F32:
    return 0x3F800000;
  case Type::F16:
  case Type::F16x2:
    return 0x3C00;
  case Type::BF16:
  case Type::BF16x2:
    return 0x3F80;
  case Type::U16:
  case Type::S16:
    return 0xFFFF;
  default:
    return 0xFFFFFFFF;
  }
}

static void decodeSet(Decoder &d) {
  CompareOp compare = takeCompareOp(d);
  bool isFtz = d.take("ftz");
  Type result = d.takeType(
      {Type::U32, Type::S32, Type::F32, Type::F16, Type::F16x2, Type::BF16, Type::BF16x2, Type::U16, Type::S16});
  Type type = d.takeType();
  MicroOp op;
  op.run = getLaneTables().findCompare(compare, type, isFtz);
  CompareBits bits;
  bits.resultBytes = uint8_t(getTypeBits(result) / 8);
  bits.trueValue = getTrueValue(result);
  readCompared(d, op, bits, 1, type);
  op.slots[0] = d.result(0, result);
  d.emit(op);
}

static void decodeSelp(Decoder &d) {
  Type type = d.takeType();
  MicroOp op;
  d.expectOperands(4);
  op.run = getLaneTables().findMove(LaneOp::Selp, getTypeBits(type));
  op.flags = MicroOp::LaneWise | MicroOp::Selects;
  op.slots[1] = d.read(1, type);
  op.slots[2] = d.read(2, type);
  op.slots[3] = d.readPredicate(3);
  op.slots[0] = d.result(0, type);
  d.emit(op);
}

static void decodeSlct(Decoder &d) {
  bool isFtz = d.take("ftz");
  Type type = d.takeType(), by = d.takeType({Type::S32, Type::F32});
  LaneOp op = by == Type::S32 ? LaneOp::Slct : isFtz ? LaneOp::SlctFloatFtz : LaneOp::SlctFloat;
  emitLanes(d, getLaneTables().findMove(op, getTypeBits(type)), type, {type, type, by});
}

//===----------------------------------------------------------------------===//
// testp
//===----------------------------------------------------------------------===//

enum class Test { Finite, Infinite, Number, NotANumber, Normal, Subnormal };

template <typename T> static bool testClass(T value, Test test) {
  using Traits = FloatTraits<T>;
  BitsOf<T> magnitude = magnitudeOf(value);
  switch (test) {
  case Test::Finite:
    return magnitude < Traits::infinity;
  case Test::Infinite:
    return magnitude == Traits::infinity;
  case Test::Number:
    return magnitude <= Traits::infinity;
  case Test::NotANumber:
    return magnitude > Traits::infinity;
  case Test::Normal:
    return magnitude >= Traits::leastNormal && magnitude < Traits::infinity;
  case Test::Subnormal:
    return magnitude < Traits::leastNormal && magnitude != 0;
  }
  return false;
}

template <typename T> static Flow runTestp(Warp &warp, const MicroOp &op, uint32_t exec) {
  const Storage<T> *a = warp.in<Storage<T>>(op.slots[1]);
  warp.setPredicate(op.slots[0], exec,
                    makeMask([=](unsigned lane) { return testClass(unpack<T>(a[lane]), Test(op.bits16)); }));
  return Flow::Next;
}

static void decodeTestp(Decoder &d) {
  int test = d.takeOneOf({"finite", "infinite", "number", "notanumber", "normal", "subnormal"});
  Type type = d.takeType({Type::F32, Type::F64});
  if (test < 0)
    d.fail("testp names no class of floats");
  emitLanes(d, type == Type::F32 ? runTestp<float> : runTestp<double>, Type::Pred, {type}, uint16_t(test));
}

static const OpcodeInfo opcodes[] = {
    {"selp", "selp.{b,u,s}{16,32,64}, .f32, .f64", "", decodeSelp},
    {"set", "set.CmpOp{.BoolOp}{.ftz}.{u32,s32,f32,f16,f16x2,bf16,bf16x2,u16,s16}.{b,u,s}{16,32,64}, .f16, .., .f64",
     "", decodeSet},
    {"setp", "setp.CmpOp{.BoolOp}{.ftz}.{b,u,s}{16,32,64}, .f16, .f16x2, .bf16, .bf16x2, .f32, .f64", "", decodeSetp},
    {"slct", "slct{.ftz}.{b,u,s}{16,32,64}, .f32, .f64.{s32,f32}", "", decodeSlct},
    {"testp", "testp.{finite,infinite,number,notanumber,normal,subnormal}.{f32,f64}", "", decodeTestp},
};

ArrayRef<OpcodeInfo> quantopt::ptx::getCompareOpcodes() { return opcodes; }
