//===- LaneTables.h - Handlers that come in several widths -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The files of this folder are compiled once for baseline x86-64 and once for
// wider units, each time into a namespace of its own; a table at the end of
// each says which handler serves which instruction. Built without contraction
// to FMA: every width gives the same bits.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_LANES_LANETABLES_H
#define QUANTOPT_LIB_EMULATOR_LANES_LANETABLES_H

#include "quant-opt/Emulator/Program.h"

namespace quantopt::ptx {

/// slots: result, a, b, c, and further results or predicates as told.
enum class LaneOp : uint8_t {
  // Integers (and bits) of any width.
  Add,
  Sub,
  Mul, // low half
  MulHi,
  MulWide, // a, b of the type, the result twice as wide
  Mad,
  MadHi,
  MadWide,
  Mul24,
  Mul24Hi,
  Mad24,
  Mad24Hi,
  AddSat, // s32
  SubSat,
  MadHiSat,
  Mad24HiSat,
  Sad,
  Div,
  Rem,
  Abs,
  Neg,
  Min,
  Max,
  MinRelu, // s32, s16x2: then not below 0
  MaxRelu,
  Popc,  // result u32
  Clz,   // result u32
  Bfind, // result u32
  BfindShift,
  Fns,
  Brev,
  Bfe,
  Bfi,
  Szext, // bmsk and szext: .clamp, then .wrap
  SzextWrap,
  Bmsk,
  BmskWrap,
  Dp4a, // bits16: bit 0 a is signed, bit 1 b is
  Dp2aLo,
  Dp2aHi,
  // Bits.
  And,
  Or,
  Xor,
  Not,
  Cnot,
  Lop3, // bits16: the table
  Shl,
  Shr,
  ShfL, // .clamp
  ShfR,
  ShfLWrap,
  ShfRWrap,
  Prmt,
  PrmtMode, // bits16: 1 f4e, 2 b4e, 3 rc8, 4 ecl, 5 ecr, 6 rc16
  // Carries: slots[4] is the carry predicate of the thread.
  AddCarryOut,
  AddCarry,
  AddCarryBoth,
  SubCarryOut,
  SubCarry,
  SubCarryBoth,
  MadLoCarryOut,
  MadLoCarry,
  MadLoCarryBoth,
  MadHiCarryOut,
  MadHiCarry,
  MadHiCarryBoth,
  // Floats.
  Fma,
  FmaRelu,
  Rcp,
  Sqrt,
  Rsqrt,
  RcpHigh, // of f64, with zeros in the low word
  RsqrtHigh,
  Ex2,
  Lg2,
  Sin,
  Cos,
  Tanh,
  MinNan,
  MaxNan,
  MinXor, // .xorsign.abs
  MaxXor,
  MinNanXor,
  MaxNanXor,
  CopySign,
  // Moves.
  Mov,
  Selp, // slots[3]: the predicate
  Slct, // slots[3]: s32
  SlctFloat,
  SlctFloatFtz,
};

/// The conversions worth a loop of their own; all others are in Convert.cpp of this library. Rounding is to nearest
/// even between floats and from integers, towards zero to integers.
struct ConvertKey {
  Type to = Type::B32, from = Type::B32;
  bool isFtz = false, isRelu = false;
};

/// bits64 of a conversion between integers.
struct IntegerCast {
  uint8_t fromBits = 32, toBits = 32, registerBits = 32;
  bool fromIsSigned = false, toIsSigned = false;
};

enum class CompareOp : uint8_t { Eq, Ne, Lt, Le, Gt, Ge, Equ, Neu, Ltu, Leu, Gtu, Geu, Num, Nan };

/// bits64 of a comparison: what becomes of its result.
struct CompareBits {
  /// 0 none, 1 and, 2 or, 3 xor with the predicate slots[4].
  uint8_t boolOp = 0;
  /// 0: setp. Else set: the value for true, for false 0.
  uint8_t resultBytes = 0;
  uint32_t trueValue = 0;
};

/// Each function returns null where there is no such combination.
struct LaneTables {
  /// slots: result, a, b, c, d.
  Handler (*findInteger)(LaneOp op, Type type);
  Handler (*findFloat)(LaneOp op, Type type, bool isFtz, bool isSat);
  /// slots: predicate, second predicate, a, b, c; CompareBits in bits64.
  Handler (*findCompare)(CompareOp op, Type type, bool isFtz);
  Handler (*findMove)(LaneOp op, unsigned bits);
  /// slots: result, a (upper half of a packed result), b.
  Handler (*findConvert)(const ConvertKey &key);
  /// slots: result, a; IntegerCast in bits64. Widths are those of the registers.
  Handler (*findIntegerCast)(unsigned fromBits, unsigned toBits, bool isSat);
  /// ld and st: slots[0..3] or the pool are the registers of `count` elements of `bytes` bytes, slots[4] the address.
  /// `registerBits`: of the registers, at least that of an element, to which a signed one is extended.
  Handler (*findLoad)(Space space, unsigned bytes, bool isSigned, unsigned registerBits);
  Handler (*findStore)(Space space, unsigned bytes, unsigned registerBits);
};

/// Those of this machine.
const LaneTables &getLaneTables();

#ifdef QUANTOPT_LANES
namespace QUANTOPT_LANES {
Handler findInteger(LaneOp op, Type type);
Handler findFloat(LaneOp op, Type type, bool isFtz, bool isSat);
Handler findCompare(CompareOp op, Type type, bool isFtz);
Handler findMove(LaneOp op, unsigned bits);
Handler findConvert(const ConvertKey &key);
Handler findIntegerCast(unsigned fromBits, unsigned toBits, bool isSat);
Handler findLoad(Space space, unsigned bytes, bool isSigned, unsigned registerBits);
Handler findStore(Space space, unsigned bytes, unsigned registerBits);
} // namespace QUANTOPT_LANES
#endif

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_LANES_LANETABLES_H
