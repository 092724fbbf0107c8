//===- IntegerInstructionsTest.cpp - Integer, logic and shift -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckCases.h"

using namespace quantopt::ptx::test;

namespace {

TEST(IntegerInstructions, AddSubWrapAndSaturate) {
  check32({{"add.s32 %r, %a0, %a1;", {0x7FFFFFFF, 1}, 0x80000000},
           {"add.sat.s32 %r, %a0, %a1;", {0x7FFFFFFF, 1}, 0x7FFFFFFF},
           {"add.sat.s32 %r, %a0, %a1;", {0x80000000, 0xFFFFFFFF}, 0x80000000},
           {"sub.u32 %r, %a0, %a1;", {0, 1}, 0xFFFFFFFF},
           {"sub.sat.s32 %r, %a0, %a1;", {0x80000000, 1}, 0x80000000},
           {"add.u32 %r, %a0, 5;", {7}, 12},
           {"add.s32 %r, %a0, -5;", {7}, 2}});
  check64({{"add.s64 %R, %A0, %A1;", {0xFFFFFFFFFFFFFFFF, 2}, 1}, {"sub.s64 %R, %A0, %A1;", {0, 1}, ~0ull}});
  check16({{"add.u16 %w, %h0, %h1;", {0xFFFF, 2}, 1}, {"sub.s16 %w, %h0, %h1;", {0, 1}, 0xFFFF}});
  check32({{"add.u16x2 %r, %a0, %a1;", {0xFFFF0001, 0x00010001}, 0x00000002}});
}

TEST(IntegerInstructions, Multiply) {
  check32({{"mul.lo.s32 %r, %a0, %a1;", {0x10001, 0x10001}, 0x20001},
           {"mul.hi.u32 %r, %a0, %a1;", {0xFFFFFFFF, 0xFFFFFFFF}, 0xFFFFFFFE},
           {"mul.hi.s32 %r, %a0, %a1;", {0xFFFFFFFF, 2}, 0xFFFFFFFF},
           {"mul.wide.u16 %r, %h0, %h1;", {0xFFFF, 0xFFFF}, 0xFFFE0001},
           {"mul.wide.s16 %r, %h0, %h1;", {0xFFFF, 2}, 0xFFFFFFFE},
           {"mad.lo.s32 %r, %a0, %a1, %a2;", {3, 4, 5}, 17},
           {"mad.hi.u32 %r, %a0, %a1, %a2;", {0x80000000, 4, 5}, 7},
           {"mad.hi.sat.s32 %r, %a0, %a1, %a2;", {0x40000000, 4, 0x7FFFFFFF}, 0x7FFFFFFF},
           {"mul24.lo.u32 %r, %a0, %a1;", {0xFF000003, 5}, 15},
           {"mul24.lo.s32 %r, %a0, %a1;", {0x00FFFFFF, 5}, 0xFFFFFFFB},
           {"mul24.hi.u32 %r, %a0, %a1;", {0xFFFFFF, 0xFFFFFF}, 0xFFFFFE00},
           {"mad24.lo.u32 %r, %a0, %a1, %a2;", {0x1000002, 3, 4}, 10},
           {"mad24.hi.sat.s32 %r, %a0, %a1, %a2;", {0x7FFFFF, 0x7FFFFF, 0x7FFFFFFF}, 0x7FFFFFFF}});
  check64({{"mul.wide.u32 %R, %a0, %a1;", {0xFFFFFFFF, 0xFFFFFFFF}, 0xFFFFFFFE00000001},
           {"mul.wide.s32 %R, %a0, %a1;", {0xFFFFFFFF, 3}, 0xFFFFFFFFFFFFFFFD},
           {"mul.hi.u64 %R, %A0, %A1;", {~0ull, ~0ull}, 0xFFFFFFFFFFFFFFFE},
           {"mul.hi.s64 %R, %A0, %A1;", {~0ull, 5}, ~0ull},
           {"mad.wide.s32 %R, %a0, %a1, %A2;", {0xFFFFFFFF, 3, 10}, 7},
           {"mad.lo.s64 %R, %A0, %A1, %A2;", {1ull << 40, 1ull << 20, 9}, (1ull << 60) + 9}});
  check16({{"mul.hi.s16 %w, %h0, %h1;", {0x8000, 0x8000}, 0x4000},
           {"mad.lo.u16 %w, %h0, %h1, %h2;", {300, 300, 1}, 24465}});
}

TEST(IntegerInstructions, DivideAndRemainder) {
  check32({{"div.s32 %r, %a0, %a1;", {uint32_t(-7), 2}, uint32_t(-3)},
           {"rem.s32 %r, %a0, %a1;", {uint32_t(-7), 2}, uint32_t(-1)},
           {"div.u32 %r, %a0, %a1;", {0xFFFFFFFF, 10}, 429496729},
           {"div.s32 %r, %a0, %a1;", {0x80000000, 0xFFFFFFFF}, 0x80000000},
           {"rem.s32 %r, %a0, %a1;", {0x80000000, 0xFFFFFFFF}, 0},
           {"div.u32 %r, %a0, %a1;", {5, 0}, 0xFFFFFFFF}});
  check64({{"div.u64 %R, %A0, %A1;", {1ull << 63, 3}, 0x2AAAAAAAAAAAAAAA},
           {"rem.s64 %R, %A0, %A1;", {uint64_t(-10), 3}, uint64_t(-1)}});
  check16({{"div.s16 %w, %h0, %h1;", {0xFFF9, 2}, 0xFFFD}, {"rem.u16 %w, %h0, %h1;", {65535, 10}, 5}});
}

TEST(IntegerInstructions, MinMaxAbsNegSad) {
  check32({{"min.s32 %r, %a0, %a1;", {0xFFFFFFFF, 1}, 0xFFFFFFFF},
           {"min.u32 %r, %a0, %a1;", {0xFFFFFFFF, 1}, 1},
           {"max.s32 %r, %a0, %a1;", {0xFFFFFFFF, 1}, 1},
           {"max.relu.s32 %r, %a0, %a1;", {0xFFFFFFFF, 0xFFFFFFFE}, 0},
           {"abs.s32 %r, %a0;", {0x80000000}, 0x80000000},
           {"abs.s32 %r, %a0;", {uint32_t(-5)}, 5},
           {"neg.s32 %r, %a0;", {5}, uint32_t(-5)},
           {"sad.s32 %r, %a0, %a1, %a2;", {uint32_t(-5), 6, 100}, 111},
           {"sad.u32 %r, %a0, %a1, %a2;", {1, 0xFFFFFFFF, 1}, 0xFFFFFFFF},
           {"min.s16x2 %r, %a0, %a1;", {0xFFFF0005, 0x00010004}, 0xFFFF0004},
           {"max.u16x2 %r, %a0, %a1;", {0xFFFF0005, 0x00010009}, 0xFFFF0009},
           {"min.relu.s16x2 %r, %a0, %a1;", {0xFFFF0005, 0x00010004}, 0x00000004}});
  check16({{"max.s16 %w, %h0, %h1;", {0x8000, 1}, 1}, {"neg.s16 %w, %h0;", {1}, 0xFFFF}});
}

TEST(IntegerInstructions, BitCounts) {
  check32({{"popc.b32 %r, %a0;", {0xF0F00001}, 9},
           {"popc.b64 %r, %A0;", {~0ull}, 64},
           {"clz.b32 %r, %a0;", {0}, 32},
           {"clz.b32 %r, %a0;", {1}, 31},
           {"clz.b64 %r, %A0;", {1ull << 40}, 23},
           {"bfind.u32 %r, %a0;", {0}, 0xFFFFFFFF},
           {"bfind.u32 %r, %a0;", {0x80000000}, 31},
           {"bfind.s32 %r, %a0;", {0xFFFFFFFE}, 0},
           {"bfind.s32 %r, %a0;", {0xFFFFFFFF}, 0xFFFFFFFF},
           {"bfind.shiftamt.u32 %r, %a0;", {1}, 31},
           {"bfind.u64 %r, %A0;", {1ull << 50}, 50},
           {"brev.b32 %r, %a0;", {0x00000001}, 0x80000000},
           {"brev.b32 %r, %a0;", {0x12345678}, 0x1E6A2C48},
           // fns: the second set bit from bit 3 up; the first downwards; none.
           {"fns.b32 %r, %a0, %a1, %a2;", {0xF8, 3, 2}, 4},
           {"fns.b32 %r, %a0, %a1, %a2;", {0xF8, 31, uint32_t(-1)}, 7},
           {"fns.b32 %r, %a0, %a1, %a2;", {0xF8, 3, 0}, 3},
           {"fns.b32 %r, %a0, %a1, %a2;", {0xF8, 3, 9}, 0xFFFFFFFF}});
  check64({{"brev.b64 %R, %A0;", {1}, 1ull << 63}});
}

TEST(IntegerInstructions, BitFields) {
  check32({{"bfe.u32 %r, %a0, %a1, %a2;", {0x12345678, 8, 12}, 0x456},
           {"bfe.s32 %r, %a0, %a1, %a2;", {0x00000F00, 8, 4}, 0xFFFFFFFF},
           {"bfe.s32 %r, %a0, %a1, %a2;", {0x80000000, 28, 8}, 0xFFFFFFF8},
           {"bfe.u32 %r, %a0, %a1, %a2;", {0xFFFFFFFF, 40, 8}, 0},
           {"bfe.u32 %r, %a0, %a1, %a2;", {0xFFFFFFFF, 0, 0}, 0},
           {"bfe.u32 %r, %a0, %a1, %a2;", {0xFFFFFFFF, 0, 32}, 0xFFFFFFFF},
           {"bfi.b32 %r, %a0, %a1, %a2, %a3;", {0xAB, 0xFFFFFFFF, 8, 8}, 0xFFFFABFF},
           {"bfi.b32 %r, %a0, %a1, %a2, %a3;", {0xAB, 0x11111111, 32, 8}, 0x11111111},
           {"bfi.b32 %r, %a0, %a1, %a2, %a3;", {0xAB, 0x11111111, 28, 8}, 0xB1111111},
           {"szext.clamp.s32 %r, %a0, %a1;", {0x80, 8}, 0xFFFFFF80},
           {"szext.clamp.u32 %r, %a0, %a1;", {0xFFFF, 8}, 0xFF},
           {"szext.clamp.s32 %r, %a0, %a1;", {0x80, 40}, 0x80},
           {"szext.wrap.s32 %r, %a0, %a1;", {0x80, 40}, 0xFFFFFF80},
           {"bmsk.clamp.b32 %r, %a0, %a1;", {4, 8}, 0xFF0},
           {"bmsk.clamp.b32 %r, %a0, %a1;", {28, 8}, 0xF0000000},
           {"bmsk.clamp.b32 %r, %a0, %a1;", {40, 8}, 0},
           {"bmsk.wrap.b32 %r, %a0, %a1;", {36, 8}, 0xFF0},
           {"bmsk.wrap.b32 %r, %a0, %a1;", {4, 0}, 0}});
  check64({{"bfe.s64 %R, %A0, %a1, %a2;", {1ull << 47, 40, 8}, 0xFFFFFFFFFFFFFF80},
           {"bfi.b64 %R, %A0, %A1, 32, 32;", {0x12345678, 0x9ABCDEF0}, 0x123456789ABCDEF0}});
}

TEST(IntegerInstructions, Dot) {
  check32({{"dp4a.u32.u32 %r, %a0, %a1, %a2;", {0x01020304, 0x01010101, 100}, 110},
           {"dp4a.s32.s32 %r, %a0, %a1, %a2;", {0xFF020304, 0x01010101, 0}, 8},
           {"dp4a.s32.u32 %r, %a0, %a1, %a2;", {0xFF000000, 0xFF000000, 0}, uint32_t(-255)},
           {"dp2a.lo.s32.s32 %r, %a0, %a1, %a2;", {0xFFFF0002, 0x7F7F0305, 1}, uint32_t(2 * 5 - 3 + 1)},
           {"dp2a.hi.u32.u32 %r, %a0, %a1, %a2;", {0x00030002, 0x0A0B0000, 0}, 2 * 11 + 3 * 10}});
}

TEST(IntegerInstructions, Logic) {
  check32({{"and.b32 %r, %a0, %a1;", {0xF0F0, 0xFF00}, 0xF000},
           {"or.b32 %r, %a0, %a1;", {0xF0F0, 0xFF00}, 0xFFF0},
           {"xor.b32 %r, %a0, %a1;", {0xF0F0, 0xFF00}, 0x0FF0},
           {"not.b32 %r, %a0;", {0}, 0xFFFFFFFF},
           {"cnot.b32 %r, %a0;", {0}, 1},
           {"cnot.b32 %r, %a0;", {7}, 0},
           // immLut of a & b | c is 0xEA, of a ^ b ^ c 0x96.
           {"lop3.b32 %r, %a0, %a1, %a2, 0xEA;", {0xFF00, 0x0FF0, 0x0001}, 0x0F01},
           {"lop3.b32 %r, %a0, %a1, %a2, 0x96;", {0xF0, 0xCC, 0xAA}, 0x96},
           {"lop3.b32 %r, %a0, %a1, %a2, 0x1B;", {0xF0, 0xCC, 0xAA}, 0xFFFFFF1B},
           {"shl.b32 %r, %a0, %a1;", {1, 31}, 0x80000000},
           {"shl.b32 %r, %a0, %a1;", {1, 32}, 0},
           {"shr.u32 %r, %a0, %a1;", {0x80000000, 31}, 1},
           {"shr.u32 %r, %a0, %a1;", {0x80000000, 99}, 0},
           {"shr.s32 %r, %a0, %a1;", {0x80000000, 99}, 0xFFFFFFFF},
           {"shf.l.clamp.b32 %r, %a0, %a1, %a2;", {0x80000000, 1, 1}, 3},
           {"shf.l.clamp.b32 %r, %a0, %a1, %a2;", {0x80000000, 1, 40}, 0x80000000},
           {"shf.l.wrap.b32 %r, %a0, %a1, %a2;", {0x80000000, 1, 33}, 3},
           {"shf.r.clamp.b32 %r, %a0, %a1, %a2;", {0x80000000, 1, 4}, 0x18000000},
           {"shf.r.wrap.b32 %r, %a0, %a1, %a2;", {0x80000000, 1, 36}, 0x18000000}});
  check64({{"shl.b64 %R, %A0, %a1;", {1, 63}, 1ull << 63}, {"shr.s64 %R, %A0, %a1;", {1ull << 63, 70}, ~0ull}});
  check16({{"shr.s16 %w, %h0, %a1;", {0x8000, 4}, 0xF800}, {"not.b16 %w, %h0;", {0xFF}, 0xFF00}});
  EXPECT_TRUE(Evaluator().runPredicate("lop3.or.b32 %r|%v, %a0, %a1, %a2, 0x80, %p3;", {1, 1, 1, 0}));
  EXPECT_FALSE(Evaluator().runPredicate("lop3.and.b32 %r|%v, %a0, %a1, %a2, 0x80, %p3;", {1, 1, 1, 0}));
}

TEST(IntegerInstructions, PermuteBytes) {
  check32({{"prmt.b32 %r, %a0, %a1, %a2;", {0x33221100, 0x77665544, 0x7531}, 0x77553311},
           // Bit 3 of a selector spreads the byte's sign.
           {"prmt.b32 %r, %a0, %a1, %a2;", {0x80FF007F, 0, 0xBA98}, 0xFFFF0000},
           {"prmt.b32.f4e %r, %a0, %a1, %a2;", {0x33221100, 0x77665544, 1}, 0x44332211},
           {"prmt.b32.b4e %r, %a0, %a1, %a2;", {0x33221100, 0x77665544, 1}, 0x66770011},
           {"prmt.b32.rc8 %r, %a0, %a1, %a2;", {0x33221100, 0, 2}, 0x22222222},
           {"prmt.b32.ecl %r, %a0, %a1, %a2;", {0x33221100, 0, 1}, 0x33221111},
           {"prmt.b32.ecr %r, %a0, %a1, %a2;", {0x33221100, 0, 2}, 0x22221100},
           {"prmt.b32.rc16 %r, %a0, %a1, %a2;", {0x33221100, 0, 1}, 0x33223322}});
}

TEST(IntegerInstructions, Carries) {
  check64({{"add.cc.u32 %r, %a0, %a1; addc.u32 %s, %a2, %a3; mov.b64 %R, {%r, %s};",
            {0xFFFFFFFF, 1, 5, 6},
            (12ull << 32) | 0},
           {"sub.cc.u32 %r, %a0, %a1; subc.u32 %s, %a2, %a3; mov.b64 %R, {%r, %s};",
            {0, 1, 9, 3},
            (5ull << 32) | 0xFFFFFFFF},
           {"mad.lo.cc.u32 %r, %a0, %a1, %a2; madc.hi.u32 %s, %a0, %a1, %a3; mov.b64 %R, {%r, %s};",
            {0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 7},
            (uint64_t(0xFFFFFFFE + 7u + 1u) << 32) | 0},
           {"add.cc.u64 %R, %A0, %A1; addc.cc.u64 %S, %A2, %A3; addc.u64 %R, 0, 0;", {~0ull, 1, ~0ull, 0}, 1}});
}

TEST(IntegerInstructions, RefusesWhatDoesNotExist) {
  Evaluator evaluator;
  EXPECT_NE(evaluator.getDecodeError("frobnicate.s32 %r, %a0;").find("unknown instruction 'frobnicate'"),
            std::string::npos);
  EXPECT_NE(evaluator.getDecodeError("add.wobble.s32 %r, %a0, %a1;").find("modifier '.wobble'"), std::string::npos);
  EXPECT_NE(evaluator.getDecodeError("add.s32 %R, %a0, %a1;").find("register %R has 64 bits"), std::string::npos);
  EXPECT_NE(evaluator.getDecodeError("add.s32 %r, %a0;").find("takes 3 operands, not 2"), std::string::npos);
  EXPECT_NE(evaluator.getDecodeError("add.sat.u32 %r, %a0, %a1;").find("no form"), std::string::npos);
}

} // namespace
