//===- FloatInstructionsTest.cpp - Floats, comparisons, conversions -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckCases.h"
#include <cmath>

using namespace quantopt::ptx::test;

namespace {

constexpr uint32_t inf32 = 0x7F800000, nan32 = 0x7FFFFFFF, tiny32 = 0x00000001;

void checkTrue(const std::vector<Case> &cases) {
  Evaluator evaluator;
  for (const Case &each : cases)
    EXPECT_EQ(evaluator.runPredicate(each.instruction, each.operands), each.expected != 0) << each.instruction;
}

TEST(FloatInstructions, AddMultiplyAndModifiers) {
  check32({{"add.f32 %r, %a0, %a1;", {bits(1.5f), bits(2.25f)}, bits(3.75f)},
           {"sub.rn.f32 %r, %a0, %a1;", {bits(1.0f), bits(3.0f)}, bits(-2.0f)},
           {"mul.f32 %r, %a0, %a1;", {bits(3.0f), bits(-2.0f)}, bits(-6.0f)},
           // inf - inf is the canonical NaN.
           {"sub.f32 %r, %a0, %a1;", {inf32, inf32}, nan32},
           {"add.f32 %r, %a0, %a1;", {0x7FC12345, 0}, nan32},
           {"add.ftz.f32 %r, %a0, %a1;", {tiny32, 0}, 0},
           {"add.f32 %r, %a0, %a1;", {tiny32, 0}, tiny32},
           {"add.ftz.f32 %r, %a0, %a1;", {0x80000001, 0x80000001}, 0x80000000},
           // The smallest normal halved: flushed, or a subnormal.
           {"mul.ftz.f32 %r, %a0, %a1;", {0x00800000, bits(0.5f)}, 0},
           {"mul.f32 %r, %a0, %a1;", {0x00800000, bits(0.5f)}, 0x00400000},
           {"add.sat.f32 %r, %a0, %a1;", {bits(0.75f), bits(0.75f)}, bits(1.0f)},
           {"add.sat.f32 %r, %a0, %a1;", {bits(-0.75f), 0}, 0},
           {"add.sat.f32 %r, %a0, %a1;", {nan32, 0}, 0},
           {"fma.rn.f32 %r, %a0, %a1, %a2;", {0x3F800001, 0x3F800001, bits(-1.0f)}, 0x34800000},
           {"mad.rn.f32 %r, %a0, %a1, %a2;", {bits(2.0f), bits(3.0f), bits(4.0f)}, bits(10.0f)}});
  check64({{"add.f64 %R, %A0, %A1;", {bits(1e300), bits(1e300)}, bits(2e300)},
           {"fma.rn.f64 %R, %A0, %A1, %A2;", {bits(2.0), bits(3.0), bits(4.0)}, bits(10.0)},
           {"mul.rn.f64 %R, %A0, 0d4000000000000000;", {bits(1.5)}, bits(3.0)}});
}

TEST(FloatInstructions, RoundingModes) {
  // 1 + 2^-24 lies half way between 1 and the next float.
  uint32_t one = bits(1.0f), half = bits(0x1p-24f), next = one + 1;
  check32({{"add.rn.f32 %r, %a0, %a1;", {one, half}, one},
           {"add.rz.f32 %r, %a0, %a1;", {one, half}, one},
           {"add.rm.f32 %r, %a0, %a1;", {one, half}, one},
           {"add.rp.f32 %r, %a0, %a1;", {one, half}, next},
           {"add.rm.f32 %r, %a0, %a1;", {one | 0x80000000, half | 0x80000000}, next | 0x80000000},
           {"mul.rp.f32 %r, %a0, %a1;", {next, next}, one + 3},
           {"fma.rz.f32 %r, %a0, %a1, %a2;", {one, one, half}, one},
           {"div.rp.f32 %r, %a0, %a1;", {one, bits(3.0f)}, 0x3EAAAAAB},
           {"div.rz.f32 %r, %a0, %a1;", {one, bits(3.0f)}, 0x3EAAAAAA},
           {"sqrt.rm.f32 %r, %a0;", {bits(2.0f)}, 0x3FB504F3},
           {"sqrt.rp.f32 %r, %a0;", {bits(2.0f)}, 0x3FB504F4},
           {"rcp.rz.f32 %r, %a0;", {bits(3.0f)}, 0x3EAAAAAA}});
  check64({{"add.rp.f64 %R, %A0, %A1;", {bits(1.0), bits(0x1p-53)}, bits(1.0) + 1},
           {"div.rm.f64 %R, %A0, %A1;", {bits(1.0), bits(3.0)}, 0x3FD5555555555555}});
}

TEST(FloatInstructions, Functions) {
  check32({{"div.rn.f32 %r, %a0, %a1;", {bits(1.0f), bits(3.0f)}, 0x3EAAAAAB},
           {"div.full.f32 %r, %a0, %a1;", {bits(6.0f), bits(3.0f)}, bits(2.0f)},
           {"div.approx.ftz.f32 %r, %a0, %a1;", {bits(1.0f), 0}, inf32},
           {"rcp.approx.ftz.f32 %r, %a0;", {bits(4.0f)}, bits(0.25f)},
           {"sqrt.approx.f32 %r, %a0;", {bits(9.0f)}, bits(3.0f)},
           {"sqrt.rn.f32 %r, %a0;", {bits(-1.0f)}, nan32},
           {"rsqrt.approx.f32 %r, %a0;", {bits(16.0f)}, bits(0.25f)},
           {"ex2.approx.f32 %r, %a0;", {bits(-3.0f)}, bits(0.125f)},
           {"ex2.approx.ftz.f32 %r, %a0;", {bits(-140.0f)}, 0},
           {"lg2.approx.f32 %r, %a0;", {bits(8.0f)}, bits(3.0f)},
           {"lg2.approx.f32 %r, %a0;", {0}, inf32 | 0x80000000},
           {"sin.approx.f32 %r, %a0;", {0}, 0},
           {"cos.approx.f32 %r, %a0;", {0}, bits(1.0f)},
           // tanh(1) = 0.76159415595576...
           {"tanh.approx.f32 %r, %a0;", {bits(1.0f)}, 0x3F42F7D6},
           {"ex2.approx.f16x2 %r, %a0;", {0x40003C00}, 0x44004000},
           {"copysign.f32 %r, %a0, %a1;", {bits(-2.0f), bits(3.0f)}, bits(-3.0f)}});
  check64({{"rcp.approx.ftz.f64 %R, %A0;", {bits(4.0)}, bits(0.25)},
           {"rcp.approx.ftz.f64 %R, %A0;", {bits(3.0)}, 0x3FD5555500000000},
           {"rsqrt.approx.f64 %R, %A0;", {bits(4.0)}, bits(0.5)},
           {"sqrt.rn.f64 %R, %A0;", {bits(2.0)}, 0x3FF6A09E667F3BCD}});
}

TEST(FloatInstructions, MinMax) {
  check32({{"min.f32 %r, %a0, %a1;", {nan32, bits(2.0f)}, bits(2.0f)},
           {"max.f32 %r, %a0, %a1;", {bits(1.0f), nan32}, bits(1.0f)},
           {"max.f32 %r, %a0, %a1;", {0x7FC00000, 0xFFC00000}, nan32},
           {"max.NaN.f32 %r, %a0, %a1;", {bits(1.0f), 0x7FC00000}, nan32},
           {"min.f32 %r, %a0, %a1;", {0, 0x80000000}, 0x80000000},
           {"max.f32 %r, %a0, %a1;", {0x80000000, 0}, 0},
           {"max.ftz.f32 %r, %a0, %a1;", {tiny32, bits(-1.0f)}, 0},
           {"min.xorsign.abs.f32 %r, %a0, %a1;", {bits(-3.0f), bits(2.0f)}, bits(-2.0f)},
           {"max.NaN.xorsign.abs.f32 %r, %a0, %a1;", {bits(-3.0f), bits(-2.0f)}, bits(3.0f)},
           {"max.f16x2 %r, %a0, %a1;", {0x3C00BC00, 0x4000C000}, 0x4000BC00},
           {"min.NaN.bf16x2 %r, %a0, %a1;", {0x3F807FC0, 0x40003F80}, 0x3F807FFF}});
  check64({{"max.f64 %R, %A0, %A1;", {bits(-1.0), bits(2.0)}, bits(2.0)}});
}

TEST(FloatInstructions, Halves) {
  // 0x3C00 = 1, 0x4000 = 2, 0x7BFF = 65504, 0x0001 = 2^-24.
  check16({{"add.f16 %w, %h0, %h1;", {0x3C00, 0x4000}, 0x4200},
           {"add.rn.f16 %w, %h0, %h1;", {0x7BFF, 0x7BFF}, 0x7C00},
           {"sub.f16 %w, %h0, %h1;", {0x7C00, 0x7C00}, 0x7FFF},
           {"mul.f16 %w, %h0, %h1;", {0x0001, 0x3800}, 0x0000},
           {"mul.f16 %w, %h0, %h1;", {0x0003, 0x3800}, 0x0002},
           {"mul.ftz.f16 %w, %h0, %h1;", {0x0003, 0x3C00}, 0x0000},
           {"add.sat.f16 %w, %h0, %h1;", {0x3C00, 0x4000}, 0x3C00},
           // 2049 * 2049 = 4198401 overflows; 33 * 33 + 0.5 = 1089.5 rounds to 1090 (even), once.
           {"fma.rn.f16 %w, %h0, %h1, %h2;", {0x5020, 0x5020, 0x3800}, 0x6442},
           {"fma.rn.relu.f16 %w, %h0, %h1, %h2;", {0xBC00, 0x3C00, 0}, 0},
           {"add.rn.bf16 %w, %h0, %h1;", {0x3F80, 0x3B80}, 0x3F80},
           {"add.rn.bf16 %w, %h0, %h1;", {0x3F80, 0x3B81}, 0x3F81},
           {"mul.rn.bf16 %w, %h0, %h1;", {0x4040, 0x4040}, 0x4110},
           {"fma.rn.bf16 %w, %h0, %h1, %h2;", {0x3F81, 0x3F81, 0}, 0x3F82},
           {"neg.f16 %w, %h0;", {0x3C00}, 0xBC00},
           {"abs.bf16 %w, %h0;", {0xBF80}, 0x3F80},
           {"tanh.approx.bf16 %w, %h0;", {0x3F80}, 0x3F43}});
  check32({{"fma.rn.f16x2 %r, %a0, %a1, %a2;", {0x3C004000, 0x40004200, 0x3C003C00}, 0x42004700},
           {"add.rn.bf16x2 %r, %a0, %a1;", {0x3F804000, 0x3F804040}, 0x400040A0},
           {"sub.bf16x2 %r, %a0, %a1;", {0x3F804000, 0x3F804040}, 0x0000BF80},
           {"fma.rn.relu.bf16x2 %r, %a0, %a1, %a2;", {0xBF803F80, 0x3F803F80, 0}, 0x00003F80}});
}

/// A product on the middle between two bfloats, and an addend too small for a double beside it: the addend decides.
TEST(FloatInstructions, FmaOfBfloatsRoundsOnce) {
  // 1.0078125 * 1.9921875 = 2.00775146484375; choose 1.5 * 1.0078125 = 1.51171875 = the middle of 0x3FC1 and 0x3FC2.
  check16({{"fma.rn.bf16 %w, %h0, %h1, %h2;", {0x3FC0, 0x3F81, 0}, 0x3FC2},
           {"fma.rn.bf16 %w, %h0, %h1, %h2;", {0x3FC0, 0x3F81, 0x8001}, 0x3FC1},
           {"fma.rn.bf16 %w, %h0, %h1, %h2;", {0x3FC0, 0x3F83, 0x0001}, 0x3FC5},
           {"fma.rn.bf16 %w, %h0, %h1, %h2;", {0x3FC0, 0x3F83, 0}, 0x3FC4}});
}

TEST(FloatInstructions, Compare) {
  checkTrue({{"setp.lt.s32 %v, %a0, %a1;", {0xFFFFFFFF, 1}, 1},
             {"setp.lo.u32 %v, %a0, %a1;", {0xFFFFFFFF, 1}, 0},
             {"setp.hs.u32 %v, %a0, %a1;", {0xFFFFFFFF, 1}, 1},
             {"setp.eq.b64 %v, %A0, %A1;", {1ull << 40, 1ull << 40}, 1},
             {"setp.gt.s16 %v, %h0, %h1;", {1, 0xFFFF}, 1},
             {"setp.eq.f32 %v, %a0, %a1;", {nan32, nan32}, 0},
             {"setp.ne.f32 %v, %a0, %a1;", {nan32, 0}, 0},
             {"setp.neu.f32 %v, %a0, %a1;", {nan32, 0}, 1},
             {"setp.ltu.f32 %v, %a0, %a1;", {nan32, 0}, 1},
             {"setp.num.f32 %v, %a0, %a1;", {bits(1.0f), 0}, 1},
             {"setp.nan.f64 %v, %A0, %A1;", {bits(1.0), 0x7FF8000000000000}, 1},
             {"setp.eq.f32 %v, %a0, %a1;", {0, 0x80000000}, 1},
             {"setp.gt.ftz.f32 %v, %a0, %a1;", {tiny32, 0}, 0},
             {"setp.gt.f32 %v, %a0, %a1;", {tiny32, 0}, 1},
             {"setp.lt.f16 %v, %h0, %h1;", {0xBC00, 0x3C00}, 1},
             {"setp.ge.bf16 %v, %h0, %h1;", {0x3F80, 0x4000}, 0},
             {"setp.lt.and.s32 %v, %a0, %a1, %p2;", {1, 2, 0}, 0},
             {"setp.lt.or.s32 %v|%vq, %a0, %a1, %p2;", {3, 2, 1}, 1},
             {"setp.lt.xor.s32 %vq|%v, %a0, %a1, !%p2;", {3, 2, 0}, 0},
             {"setp.lt.f16x2 %vq|%v, %a0, %a1;", {0x3C004000, 0x40003C00}, 1},
             {"testp.subnormal.f32 %v, %a0;", {tiny32}, 1},
             {"testp.normal.f32 %v, %a0;", {tiny32}, 0},
             {"testp.infinite.f64 %v, %A0;", {bits(INFINITY * 1.0)}, 1},
             {"testp.notanumber.f32 %v, %a0;", {nan32}, 1},
             {"testp.number.f32 %v, %a0;", {inf32}, 1},
             {"testp.finite.f32 %v, %a0;", {inf32}, 0}});
  check32({{"set.lt.u32.s32 %r, %a0, %a1;", {1, 2}, 0xFFFFFFFF},
           {"set.lt.f32.s32 %r, %a0, %a1;", {1, 2}, bits(1.0f)},
           {"set.gt.u32.f32 %r, %a0, %a1;", {1, 2}, 0},
           {"set.lt.f16x2.f16x2 %r, %a0, %a1;", {0x3C004000, 0x40003C00}, 0x3C000000},
           {"selp.b32 %r, %a0, %a1, %p2;", {5, 6, 1}, 5},
           {"selp.b32 %r, %a0, %a1, %p2;", {5, 6, 0}, 6},
           {"slct.b32.s32 %r, %a0, %a1, %a2;", {5, 6, 0xFFFFFFFF}, 6},
           {"slct.f32.f32 %r, %a0, %a1, %a2;", {5, 6, 0x80000000}, 5},
           {"slct.f32.f32 %r, %a0, %a1, %a2;", {5, 6, nan32}, 6}});
}

TEST(FloatInstructions, ConvertIntegers) {
  check32({{"cvt.s32.s16 %r, %h0;", {0x8000}, 0xFFFF8000},
           {"cvt.u32.u16 %r, %h0;", {0x8000}, 0x8000},
           {"cvt.s32.s8 %r, %a0;", {0x180}, 0xFFFFFF80},
           {"cvt.u32.u8 %r, %a0;", {0x180}, 0x80},
           {"cvt.u32.u64 %r, %A0;", {0x123456789}, 0x23456789},
           {"cvt.sat.s32.s64 %r, %A0;", {0x123456789}, 0x7FFFFFFF},
           {"cvt.sat.u8.s32 %r, %a0;", {uint32_t(-4)}, 0},
           {"cvt.sat.s8.s32 %r, %a0;", {uint32_t(-400)}, 0xFFFFFF80},
           {"cvt.sat.u32.s64 %r, %A0;", {~0ull}, 0},
           {"cvt.sat.u16.u64 %r, %A0;", {~0ull}, 0xFFFF},
           {"cvt.pack.sat.s16.s32 %r, %a0, %a1;", {70000, uint32_t(-70000)}, 0x7FFF8000},
           {"cvt.pack.sat.u8.s32.b32 %r, %a0, %a1, %a2;", {300, uint32_t(-1), 0xABCD}, 0xABCDFF00},
           {"cvt.pack.sat.s8.s32.b32 %r, %a0, %a1, 0;", {uint32_t(-300), 5}, 0x8005}});
  check64({{"cvt.s64.s32 %R, %a0;", {0xFFFFFFFF}, ~0ull},
           {"cvt.u64.u32 %R, %a0;", {0xFFFFFFFF}, 0xFFFFFFFF},
           {"cvt.s64.s8 %R, %a0;", {0x80}, 0xFFFFFFFFFFFFFF80}});
  check16({{"cvt.u16.u32 %w, %a0;", {0x12345}, 0x2345}, {"cvt.s16.s8 %w, %a0;", {0x80}, 0xFF80}});
}

TEST(FloatInstructions, ConvertFloatsAndIntegers) {
  check32({{"cvt.rn.f32.s32 %r, %a0;", {uint32_t(-7)}, bits(-7.0f)},
           {"cvt.rn.f32.u32 %r, %a0;", {0xFFFFFFFF}, 0x4F800000},
           {"cvt.rz.f32.u32 %r, %a0;", {0xFFFFFFFF}, 0x4F7FFFFF},
           {"cvt.rn.f32.u64 %r, %A0;", {(1ull << 40) + 1}, 0x53800000},
           {"cvt.rp.f32.u64 %r, %A0;", {(1ull << 40) + 1}, 0x53800001},
           {"cvt.rn.f32.s64 %r, %A0;", {uint64_t(-3)}, bits(-3.0f)},
           {"cvt.rzi.s32.f32 %r, %a0;", {bits(-2.75f)}, uint32_t(-2)},
           {"cvt.rni.s32.f32 %r, %a0;", {bits(2.5f)}, 2},
           {"cvt.rmi.s32.f32 %r, %a0;", {bits(-2.25f)}, uint32_t(-3)},
           {"cvt.rpi.s32.f32 %r, %a0;", {bits(2.25f)}, 3},
           {"cvt.rzi.s32.f32 %r, %a0;", {bits(3e9f)}, 0x7FFFFFFF},
           {"cvt.rzi.s32.f32 %r, %a0;", {bits(-3e9f)}, 0x80000000},
           {"cvt.rzi.u32.f32 %r, %a0;", {bits(-1.0f)}, 0},
           {"cvt.rzi.u32.f32 %r, %a0;", {bits(5e9f)}, 0xFFFFFFFF},
           {"cvt.rzi.u32.f32 %r, %a0;", {bits(3e9f)}, 3000000000u},
           {"cvt.rzi.s32.f32 %r, %a0;", {nan32}, 0},
           {"cvt.rni.u8.f32 %r, %a0;", {bits(300.0f)}, 255},
           {"cvt.rni.s8.f32 %r, %a0;", {bits(-300.0f)}, 0xFFFFFF80},
           {"cvt.rni.f32.f32 %r, %a0;", {bits(2.5f)}, bits(2.0f)},
           {"cvt.rmi.f32.f32 %r, %a0;", {bits(-0.5f)}, bits(-1.0f)},
           {"cvt.rpi.f32.f32 %r, %a0;", {bits(-0.5f)}, 0x80000000},
           {"cvt.rzi.ftz.f32.f32 %r, %a0;", {tiny32}, 0},
           {"cvt.sat.f32.f32 %r, %a0;", {bits(2.5f)}, bits(1.0f)},
           {"cvt.rn.f32.f64 %r, %A0;", {bits(0.1)}, 0x3DCCCCCD},
           {"cvt.rz.f32.f64 %r, %A0;", {bits(0.1)}, 0x3DCCCCCC},
           {"cvt.rna.tf32.f32 %r, %a0;", {0x3F801000}, 0x3F802000},
           {"cvt.rn.tf32.f32 %r, %a0;", {0x3F801000}, 0x3F800000}});
  check64({{"cvt.f64.f32 %R, %a0;", {bits(1.5f)}, bits(1.5)},
           {"cvt.rn.f64.s64 %R, %A0;", {(1ull << 53) + 1}, bits(0x1p53)},
           {"cvt.rzi.s64.f64 %R, %A0;", {bits(-1e300)}, 1ull << 63},
           {"cvt.rzi.s64.f32 %R, %a0;", {nan32}, 1ull << 63},
           {"cvt.rzi.u64.f64 %R, %A0;", {bits(1.8e19)}, 18000000000000000000ull}});
}

TEST(FloatInstructions, ConvertSmallFloats) {
  check16({{"cvt.rn.f16.f32 %w, %a0;", {bits(1.0f)}, 0x3C00},
           {"cvt.rn.f16.f32 %w, %a0;", {bits(65520.0f)}, 0x7C00},
           {"cvt.rz.f16.f32 %w, %a0;", {bits(65520.0f)}, 0x7BFF},
           {"cvt.rn.f16.f32 %w, %a0;", {bits(0x1p-25f)}, 0x0000},
           {"cvt.rn.f16.f32 %w, %a0;", {bits(0x1.8p-25f)}, 0x0001},
           {"cvt.rn.f16.f32 %w, %a0;", {0x7FC00001}, 0x7FFF},
           {"cvt.rn.relu.f16.f32 %w, %a0;", {bits(-1.0f)}, 0},
           {"cvt.rn.bf16.f32 %w, %a0;", {0x3F808000}, 0x3F80},
           {"cvt.rn.bf16.f32 %w, %a0;", {0x3F818000}, 0x3F82},
           {"cvt.rz.bf16.f32 %w, %a0;", {0x3F81FFFF}, 0x3F81},
           {"cvt.rn.f16.s32 %w, %a0;", {uint32_t(-3)}, 0xC200},
           {"cvt.rn.satfinite.e4m3x2.f32 %w, %a0, %a1;", {bits(1000.0f), bits(-0.5f)}, 0x7EB0},
           {"cvt.rn.satfinite.e5m2x2.f32 %w, %a0, %a1;", {nan32, bits(1.0f)}, 0x7F3C},
           {"cvt.rn.satfinite.relu.e4m3x2.f32 %w, %a0, %a1;", {bits(-1.0f), bits(1.0f)}, 0x0038},
           {"cvt.rn.satfinite.e4m3x2.f16x2 %w, %a0;", {0x3C00BC00}, 0x38B8}});
  check32({{"cvt.f32.f16 %r, %h0;", {0x3555}, 0x3EAAA000},
           {"cvt.f32.f16 %r, %h0;", {0x0001}, bits(0x1p-24f)},
           {"cvt.f32.bf16 %r, %h0;", {0x3F81}, 0x3F810000},
           {"cvt.rn.f16x2.f32 %r, %a0, %a1;", {bits(1.0f), bits(2.0f)}, 0x3C004000},
           {"cvt.rn.bf16x2.f32 %r, %a0, %a1;", {bits(1.0f), bits(2.0f)}, 0x3F804000},
           {"cvt.rn.relu.f16x2.f32 %r, %a0, %a1;", {bits(-1.0f), bits(2.0f)}, 0x00004000},
           {"cvt.rz.bf16x2.f32 %r, %a0, %a1;", {0x3F81FFFF, 0xBF81FFFF}, 0x3F81BF81},
           {"cvt.rn.f16x2.e4m3x2 %r, %h0;", {0x387E}, 0x3C005F00},
           {"cvt.rn.f16x2.e5m2x2 %r, %h0;", {0x3CBC}, 0x3C00BC00},
           {"cvt.rni.s32.f16 %r, %h0;", {0x4100}, 2},
           {"cvt.rzi.u32.f16 %r, %h0;", {0x4300}, 3}});
  check64({{"cvt.f64.f16 %R, %h0;", {0x3C00}, bits(1.0)}});
  // e4m3: 0x7F in is a NaN, of f16 the canonical one.
  EXPECT_EQ(Evaluator().run32("cvt.rn.f16x2.e4m3x2 %r, %h0;", {0x7F00}), 0x7FFF0000u);
}

/// All lanes at once, with only some of them running.
TEST(FloatInstructions, InactiveLanesKeepTheirValues) {
  std::vector<Operands> operands;
  for (uint32_t lane = 0; lane != 32; ++lane)
    operands.push_back({bits(float(lane)), bits(1.0f), lane & 1, 0});
  std::vector<uint64_t> results = Evaluator().runLanes("mov.b32 %r, 7; @%p2 add.f32 %r, %a0, %a1;", "%r", operands);
  for (uint32_t lane = 0; lane != 32; ++lane)
    EXPECT_EQ(results[lane], lane & 1 ? bits(float(lane + 1)) : 7u) << lane;
}

TEST(FloatInstructions, MovesVectorsAndConstants) {
  check64({{"mov.b64 %R, {%a0, %a1};", {0x11111111, 0x22222222}, 0x2222222211111111},
           {"mov.b64 %R, {%h0, %h1, %h2, %h3};", {1, 2, 3, 4}, 0x0004000300020001},
           {"mov.b128 %q0, {%A0, %A1}; mov.b128 {%S, %R}, %q0;", {5, 6}, 6},
           {"mov.f64 %R, 0d3FF8000000000000;", {}, bits(1.5)},
           {"mov.b64 %R, -1;", {}, ~0ull}});
  check32({{"mov.b64 {%s, %r}, %A0;", {0x2222222211111111}, 0x22222222},
           {"mov.b64 {%r, _}, %A0;", {0x2222222211111111}, 0x11111111},
           {"mov.b32 %r, {%h0, %h1};", {0x1234, 0x5678}, 0x56781234},
           {"mov.f32 %r, 0f3FC00000;", {}, bits(1.5f)},
           {"mov.u32 %r, tile;", {}, 1024},
           {"cvta.shared.u64 %R, tile+8; cvta.to.shared.u64 %S, %R; cvt.u32.u64 %r, %S;", {}, 1032}});
  check16({{"mov.b32 {%w, %g}, %a0;", {0x56781234}, 0x1234}});
  checkTrue({{"mov.pred %v, %p0;", {1}, 1},
             {"cvta.shared.u64 %R, tile; isspacep.shared %v, %R;", {}, 1},
             {"cvta.shared.u64 %R, tile; isspacep.global %v, %R;", {}, 0},
             {"isspacep.global %v, %in;", {}, 1}});
}

} // namespace
