//===- DecodeArithmetic.cpp - Integer and floating-point arithmetic -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DecodeLanes.h"
#include "RoundedFloat.h"

using namespace llvm;
using namespace quantopt::ptx;

//===----------------------------------------------------------------------===//
// Shared
//===----------------------------------------------------------------------===//

void quantopt::ptx::emitLanes(Decoder &d, Handler handler, Type result, ArrayRef<Type> sources, uint16_t bits16) {
  d.expectOperands(sources.size() + 1);
  if (!handler)
    d.fail("'" + d.instruction().opcode + "' has no form with these types and modifiers",
           "docs/emulator.md lists the forms");
  MicroOp op;
  op.run = handler;
  op.flags = MicroOp::LaneWise;
  op.bits16 = bits16;
  for (size_t i = 0; i != sources.size(); ++i)
    op.slots[i + 1] = d.read(i + 1, sources[i]);
  op.slots[0] = d.result(0, result);
  d.emit(op);
}

bool quantopt::ptx::isFloatType(Type type) {
  switch (type) {
  case Type::F16:
  case Type::F16x2:
  case Type::BF16:
  case Type::BF16x2:
  case Type::F32:
  case Type::F64:
    return true;
  default:
    return false;
  }
}

/// The type that a 2w-bit result of w bits has.
static Type getWideType(Type type) {
  switch (type) {
  case Type::U16:
    return Type::U32;
  case Type::S16:
    return Type::S32;
  case Type::U32:
    return Type::U64;
  default:
    return Type::S64;
  }
}

static Type getUnsignedType(Type type) {
  switch (getTypeBits(type)) {
  case 16:
    return Type::U16;
  case 64:
    return Type::U64;
  default:
    return Type::U32;
  }
}

//===----------------------------------------------------------------------===//
// Floats
//===----------------------------------------------------------------------===//

/// d = op(sources), all of the type, with rounding, .ftz and .sat.
static void decodeFloatOp(Decoder &d, LaneOp op, Type type, unsigned numSources) {
  int rounding = d.takeOneOf({"rn", "rz", "rm", "rp"});
  bool isFtz = d.take("ftz"), isSat = d.take("sat");
  SmallVector<Type, 3> sources(numSources, type);
  if (rounding <= 0)
    return emitLanes(d, getLaneTables().findFloat(op, type, isFtz, isSat), type, sources);
  emitLanes(d, findRoundedFloat(op, type, isFtz, isSat), type, sources, rounding);
}

static void decodeFloatMinMax(Decoder &d, Type type, bool isMin) {
  bool isFtz = d.take("ftz"), keepsNan = d.take("NaN"), isXor = d.take("xorsign");
  if (isXor && !d.take("abs"))
    d.fail(".xorsign without .abs");
  static constexpr LaneOp ops[2][4] = {{LaneOp::Max, LaneOp::MaxNan, LaneOp::MaxXor, LaneOp::MaxNanXor},
                                       {LaneOp::Min, LaneOp::MinNan, LaneOp::MinXor, LaneOp::MinNanXor}};
  LaneOp op = ops[isMin][keepsNan + 2 * isXor];
  emitLanes(d, getLaneTables().findFloat(op, type, isFtz, false), type, {type, type});
}

static void decodeFma(Decoder &d) {
  Type type = d.takeType({Type::F32, Type::F64, Type::F16, Type::F16x2, Type::BF16, Type::BF16x2});
  if (!d.take("relu"))
    return decodeFloatOp(d, LaneOp::Fma, type, 3);
  d.take("rn");
  emitLanes(d, getLaneTables().findFloat(LaneOp::FmaRelu, type, d.take("ftz"), false), type, {type, type, type});
}

/// rcp, sqrt: .approx of f32 are computed as .rn.
static void decodeRcpSqrt(Decoder &d) {
  LaneOp op = d.instruction().opcode == "rcp" ? LaneOp::Rcp : LaneOp::Sqrt;
  Type type = d.takeType({Type::F32, Type::F64});
  bool isApprox = d.take("approx");
  if (isApprox && type == Type::F64) {
    bool isFtz = d.take("ftz");
    return emitLanes(d, op == LaneOp::Rcp ? getLaneTables().findFloat(LaneOp::RcpHigh, type, isFtz, false) : nullptr,
                     type, {type});
  }
  decodeFloatOp(d, op, type, 1);
}

static void decodeRsqrt(Decoder &d) {
  Type type = d.takeType({Type::F32, Type::F64});
  d.take("approx");
  LaneOp op = type == Type::F32 ? LaneOp::Rsqrt : LaneOp::RsqrtHigh;
  emitLanes(d, getLaneTables().findFloat(op, type, d.take("ftz"), false), type, {type});
}

static void decodeTranscendental(Decoder &d) {
  StringRef name = d.instruction().opcode;
  LaneOp op = name == "ex2"   ? LaneOp::Ex2
              : name == "lg2" ? LaneOp::Lg2
              : name == "sin" ? LaneOp::Sin
              : name == "cos" ? LaneOp::Cos
                              : LaneOp::Tanh;
  Type type = d.takeType({Type::F32, Type::F16, Type::F16x2, Type::BF16, Type::BF16x2});
  d.take("approx");
  emitLanes(d, getLaneTables().findFloat(op, type, d.take("ftz"), false), type, {type});
}

static void decodeCopysign(Decoder &d) {
  Type type = d.takeType({Type::F32, Type::F64});
  emitLanes(d, getLaneTables().findFloat(LaneOp::CopySign, type, false, false), type, {type, type});
}

//===----------------------------------------------------------------------===//
// Both
//===----------------------------------------------------------------------===//

static Handler findInteger(LaneOp op, Type type) { return getLaneTables().findInteger(op, type); }

static void decodeAddSub(Decoder &d) {
  bool isAdd = d.instruction().opcode == "add";
  Type type = d.takeType();
  if (isFloatType(type))
    return decodeFloatOp(d, isAdd ? LaneOp::Add : LaneOp::Sub, type, 2);
  if (d.take("sat"))
    return emitLanes(d, findInteger(isAdd ? LaneOp::AddSat : LaneOp::SubSat, type), type, {type, type});
  if (d.take("cc"))
    return emitCarry(d, isAdd ? LaneOp::AddCarryOut : LaneOp::SubCarryOut, type, 2);
  emitLanes(d, findInteger(isAdd ? LaneOp::Add : LaneOp::Sub, type), type, {type, type});
}

static void decodeAddcSubc(Decoder &d) {
  bool isAdd = d.instruction().opcode == "addc", hasOut = d.take("cc");
  Type type = d.takeType({Type::U32, Type::S32, Type::U64, Type::S64});
  LaneOp op =
      isAdd ? (hasOut ? LaneOp::AddCarryBoth : LaneOp::AddCarry) : (hasOut ? LaneOp::SubCarryBoth : LaneOp::SubCarry);
  emitCarry(d, op, type, 2);
}

void quantopt::ptx::emitCarry(Decoder &d, LaneOp laneOp, Type type, unsigned numSources) {
  d.expectOperands(numSources + 1);
  MicroOp op;
  op.run = findInteger(laneOp, type);
  if (!op.run)
    d.fail("carries of ." + getTypeName(type) + " do not exist", "use a type of 32 or 64 bits");
  for (unsigned i = 1; i <= numSources; ++i)
    op.slots[i] = d.read(i, type);
  op.slots[0] = d.result(0, type);
  op.slots[4] = d.getCarry();
  op.flags = MicroOp::LaneWise;
  d.emit(op);
}

static void decodeMul(Decoder &d) {
  Type type = d.takeType();
  if (isFloatType(type))
    return decodeFloatOp(d, LaneOp::Mul, type, 2);
  if (d.take("wide"))
    return emitLanes(d, findInteger(LaneOp::MulWide, type), getWideType(type), {type, type});
  bool isHigh = d.take("hi");
  if (!isHigh)
    d.take("lo");
  emitLanes(d, findInteger(isHigh ? LaneOp::MulHi : LaneOp::Mul, type), type, {type, type});
}

static void decodeMad(Decoder &d) {
  Type type = d.takeType();
  if (isFloatType(type))
    return decodeFloatOp(d, LaneOp::Fma, type, 3);
  if (d.take("wide"))
    return emitLanes(d, findInteger(LaneOp::MadWide, type), getWideType(type), {type, type, getWideType(type)});
  bool isHigh = d.take("hi");
  if (!isHigh)
    d.take("lo");
  if (d.take("cc"))
    return emitCarry(d, isHigh ? LaneOp::MadHiCarryOut : LaneOp::MadLoCarryOut, type, 3);
  LaneOp op = d.take("sat") ? LaneOp::MadHiSat : isHigh ? LaneOp::MadHi : LaneOp::Mad;
  if (op == LaneOp::MadHiSat && !isHigh)
    d.fail("mad.sat without .hi");
  emitLanes(d, findInteger(op, type), type, {type, type, type});
}

static void decodeMadc(Decoder &d) {
  Type type = d.takeType({Type::U32, Type::S32, Type::U64, Type::S64});
  bool isHigh = d.take("hi"), hasOut = d.take("cc");
  if (!isHigh)
    d.take("lo");
  LaneOp op = isHigh ? (hasOut ? LaneOp::MadHiCarryBoth : LaneOp::MadHiCarry)
                     : (hasOut ? LaneOp::MadLoCarryBoth : LaneOp::MadLoCarry);
  emitCarry(d, op, type, 3);
}

static void decodeDiv(Decoder &d) {
  Type type = d.takeType();
  if (!isFloatType(type))
    return emitLanes(d, findInteger(LaneOp::Div, type), type, {type, type});
  // Both are within two units of the exact quotient, which they are here.
  if (type == Type::F32 && d.takeOneOf({"approx", "full"}) >= 0)
    return emitLanes(d, getLaneTables().findFloat(LaneOp::Div, type, d.take("ftz"), false), type, {type, type});
  decodeFloatOp(d, LaneOp::Div, type, 2);
}

static void decodeAbsNeg(Decoder &d) {
  LaneOp op = d.instruction().opcode == "abs" ? LaneOp::Abs : LaneOp::Neg;
  Type type = d.takeType();
  if (isFloatType(type))
    return emitLanes(d, getLaneTables().findFloat(op, type, d.take("ftz"), false), type, {type});
  emitLanes(d, findInteger(op, type), type, {type});
}

static void decodeMinMax(Decoder &d) {
  bool isMin = d.instruction().opcode == "min";
  Type type = d.takeType();
  if (isFloatType(type))
    return decodeFloatMinMax(d, type, isMin);
  bool isRelu = d.take("relu");
  LaneOp op = isMin ? (isRelu ? LaneOp::MinRelu : LaneOp::Min) : (isRelu ? LaneOp::MaxRelu : LaneOp::Max);
  emitLanes(d, findInteger(op, type), type, {type, type});
}

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

static void decode24(Decoder &d) {
  bool isMad = d.instruction().opcode == "mad24", isHigh = d.take("hi"), isSat = d.take("sat");
  if (!isHigh)
    d.take("lo");
  Type type = d.takeType({Type::U32, Type::S32});
  if (isSat && (!isMad || !isHigh))
    d.fail(".sat is for mad24.hi");
  if (!isMad)
    return emitLanes(d, findInteger(isHigh ? LaneOp::Mul24Hi : LaneOp::Mul24, type), type, {type, type});
  LaneOp op = isSat ? LaneOp::Mad24HiSat : isHigh ? LaneOp::Mad24Hi : LaneOp::Mad24;
  emitLanes(d, findInteger(op, type), type, {type, type, type});
}

static void decodeRem(Decoder &d) {
  Type type = d.takeType();
  emitLanes(d, findInteger(LaneOp::Rem, type), type, {type, type});
}

static void decodeSad(Decoder &d) {
  Type type = d.takeType();
  emitLanes(d, findInteger(LaneOp::Sad, type), type, {type, type, getUnsignedType(type)});
}

static void decodeCount(Decoder &d) {
  StringRef name = d.instruction().opcode;
  bool isShift = d.take("shiftamt");
  LaneOp op = name == "popc"  ? LaneOp::Popc
              : name == "clz" ? LaneOp::Clz
              : isShift       ? LaneOp::BfindShift
                              : LaneOp::Bfind;
  Type type = d.takeType({Type::B32, Type::B64, Type::U32, Type::S32, Type::U64, Type::S64});
  emitLanes(d, findInteger(op, type), Type::U32, {type});
}

static void decodeFns(Decoder &d) {
  d.takeType({Type::B32});
  emitLanes(d, findInteger(LaneOp::Fns, Type::B32), Type::B32, {Type::B32, Type::B32, Type::S32});
}

static void decodeBrev(Decoder &d) {
  Type type = d.takeType({Type::B32, Type::B64});
  emitLanes(d, findInteger(LaneOp::Brev, type), type, {type});
}

static void decodeBfe(Decoder &d) {
  Type type = d.takeType({Type::U32, Type::S32, Type::U64, Type::S64});
  emitLanes(d, findInteger(LaneOp::Bfe, type), type, {type, Type::U32, Type::U32});
}

static void decodeBfi(Decoder &d) {
  Type type = d.takeType({Type::B32, Type::B64});
  emitLanes(d, findInteger(LaneOp::Bfi, type), type, {type, type, Type::U32, Type::U32});
}

static void decodeSzext(Decoder &d) {
  bool isWrap = d.takeOneOf({"clamp", "wrap"}) == 1;
  Type type = d.takeType({Type::U32, Type::S32});
  emitLanes(d, findInteger(isWrap ? LaneOp::SzextWrap : LaneOp::Szext, type), type, {type, Type::U32});
}

static void decodeBmsk(Decoder &d) {
  bool isWrap = d.takeOneOf({"clamp", "wrap"}) == 1;
  Type type = d.takeType({Type::B32});
  emitLanes(d, findInteger(isWrap ? LaneOp::BmskWrap : LaneOp::Bmsk, type), type, {Type::U32, Type::U32});
}

static void decodeDot(Decoder &d) {
  bool isBytes = d.instruction().opcode == "dp4a";
  int mode = isBytes ? 0 : d.takeOneOf({"lo", "hi"});
  Type a = d.takeType({Type::U32, Type::S32}), b = d.takeType({Type::U32, Type::S32});
  bool signedA = a == Type::S32, signedB = b == Type::S32;
  Type result = signedA || signedB ? Type::S32 : Type::U32;
  LaneOp op = isBytes ? LaneOp::Dp4a : mode == 1 ? LaneOp::Dp2aHi : LaneOp::Dp2aLo;
  emitLanes(d, findInteger(op, result), result, {a, b, result}, signedA | signedB << 1);
}

static const OpcodeInfo opcodes[] = {
    {"abs", "abs.{s16,s32,s64}, abs{.ftz}.{f16,f16x2,bf16,bf16x2,f32,f64}", "", decodeAbsNeg},
    {"add", "add{.sat}.{u,s}{16,32,64}, .u16x2, .s16x2, add.cc; add{.rnd}{.ftz}{.sat}.{f16,f16x2,bf16,bf16x2,f32,f64}",
     "", decodeAddSub},
    {"addc", "addc{.cc}.{u,s}{32,64}", "", decodeAddcSubc},
    {"bfe", "bfe.{u,s}{32,64}", "", decodeBfe},
    {"bfi", "bfi.{b32,b64}", "", decodeBfi},
    {"bfind", "bfind{.shiftamt}.{u,s}{32,64}", "", decodeCount},
    {"bmsk", "bmsk.{clamp,wrap}.b32", "", decodeBmsk},
    {"brev", "brev.{b32,b64}", "", decodeBrev},
    {"clz", "clz.{b32,b64}", "", decodeCount},
    {"copysign", "copysign.{f32,f64}", "", decodeCopysign},
    {"cos", "cos.approx{.ftz}.f32", "exact, rounded", decodeTranscendental},
    {"div", "div.{u,s}{16,32,64}; div.{approx,full,rnd}{.ftz}.{f32,f64}",
     "by zero: all ones; .approx and .full are rounded to nearest", decodeDiv},
    {"dp2a", "dp2a.{lo,hi}.{u32,s32}.{u32,s32}", "", decodeDot},
    {"dp4a", "dp4a.{u32,s32}.{u32,s32}", "", decodeDot},
    {"ex2", "ex2.approx{.ftz}.{f32,f16,f16x2,bf16,bf16x2}", "exact, rounded", decodeTranscendental},
    {"fma", "fma{.rnd}{.ftz}{.sat}{.relu}.{f16,f16x2,bf16,bf16x2,f32,f64}", "", decodeFma},
    {"fns", "fns.b32", "", decodeFns},
    {"lg2", "lg2.approx{.ftz}.f32", "exact, rounded", decodeTranscendental},
    {"mad", "mad.{lo,hi,wide}.{u,s}{16,32,64}, mad.hi.sat.s32, mad.{lo,hi}.cc; mad{.rnd}{.ftz}{.sat}.{f32,f64}", "",
     decodeMad},
    {"mad24", "mad24.{lo,hi}.{u32,s32}, mad24.hi.sat.s32", "", decode24},
    {"madc", "madc.{lo,hi}{.cc}.{u,s}{32,64}", "", decodeMadc},
    {"max", "max{.relu}.{u,s}{16,32,64}, .u16x2, .s16x2; max{.ftz}{.NaN}{.xorsign.abs}.{f16,..,f64}", "", decodeMinMax},
    {"min", "as max", "", decodeMinMax},
    {"mul", "mul.{lo,hi,wide}.{u,s}{16,32,64}; mul{.rnd}{.ftz}{.sat}.{f16,f16x2,bf16,bf16x2,f32,f64}", "", decodeMul},
    {"mul24", "mul24.{lo,hi}.{u32,s32}", "", decode24},
    {"neg", "neg.{s16,s32,s64}, neg{.ftz}.{f16,f16x2,bf16,bf16x2,f32,f64}", "", decodeAbsNeg},
    {"popc", "popc.{b32,b64}", "", decodeCount},
    {"rcp", "rcp.{approx,rnd}{.ftz}.{f32,f64}, rcp.approx.ftz.f64", ".approx is rounded to nearest", decodeRcpSqrt},
    {"rem", "rem.{u,s}{16,32,64}", "by zero: the dividend", decodeRem},
    {"rsqrt", "rsqrt.approx{.ftz}.{f32,f64}", "exact, rounded", decodeRsqrt},
    {"sad", "sad.{u,s}{16,32,64}", "", decodeSad},
    {"sin", "sin.approx{.ftz}.f32", "exact, rounded", decodeTranscendental},
    {"sqrt", "sqrt.{approx,rnd}{.ftz}.{f32,f64}", ".approx is rounded to nearest", decodeRcpSqrt},
    {"sub", "as add", "", decodeAddSub},
    {"subc", "subc{.cc}.{u,s}{32,64}", "", decodeAddcSubc},
    {"szext", "szext.{clamp,wrap}.{u32,s32}", "", decodeSzext},
    {"tanh", "tanh.approx.{f32,f16,f16x2,bf16,bf16x2}", "exact, rounded", decodeTranscendental},
};

ArrayRef<OpcodeInfo> quantopt::ptx::getArithmeticOpcodes() { return opcodes; }
