//===- MemoryInstructionsTest.cpp - Loads, stores, atomics ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Evaluate.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

struct Case {
  const char *body;
  Operands operands;
  uint64_t expected;
};

/// Only lane 0 runs the body: the others would write to the same place.
void check64(const std::vector<Case> &cases) {
  for (const Case &each : cases) {
    Evaluator evaluator;
    std::string body = std::string("setp.ne.u32 %v, %lane, 0; mov.b64 %R, 0; @%v bra END;") + each.body + " END:";
    EXPECT_EQ(evaluator.run64(body, each.operands), each.expected) << each.body;
    EXPECT_TRUE(evaluator.launched.isClean()) << each.body;
  }
}

TEST(MemoryInstructions, WidthsAndSigns) {
  check64(
      {{"st.shared.u64 [tile], %A0; ld.shared.s8 %a1, [tile+1]; cvt.s64.s32 %R, %a1;", {0x8180}, 0xFFFFFFFFFFFFFF81},
       {"st.shared.u64 [tile], %A0; ld.shared.u8 %R, [tile];", {0x8180}, 0x80},
       {"st.shared.u64 [tile], %A0; ld.shared.s16 %R, [tile];", {0x8180}, 0xFFFFFFFFFFFF8180},
       {"st.shared.u64 [tile], %A0; ld.shared.s32 %R, [tile];", {0x80000000}, 0xFFFFFFFF80000000},
       {"st.shared.u64 [tile], %A0; ld.shared.s8 %h0, [tile]; cvt.u64.u16 %R, %h0;", {0x80}, 0xFF80},
       {"st.shared.u64 [tile], 0; st.shared.u8 [tile+2], %a0; ld.shared.u64 %R, [tile];", {0x1AB}, 0xAB0000},
       {"st.shared.u64 [tile], 0; st.shared.b16 [tile+2], %h0; ld.shared.u64 %R, [tile];", {0xABCD}, 0xABCD0000},
       {"st.shared.u64 [tile], 0; st.shared.u8 [tile+1], %A0; ld.shared.u64 %R, [tile];", {0x1AB}, 0xAB00}});
}

TEST(MemoryInstructions, VectorsAndSpaces) {
  check64(
      {{"st.shared.v4.b32 [tile+16], {%a0, %a1, %a2, %a3}; ld.shared.v2.b64 {%S, %R}, [tile+16];",
        {1, 2, 3, 4},
        0x400000003},
       {"st.shared.v2.b64 [tile], {%A0, %A1}; ld.shared.b128 %q0, [tile]; mov.b128 {%S, %R}, %q0;", {5, 6}, 6},
       {"mov.b128 %q0, {%A0, %A1}; st.shared.b128 [tile], %q0; ld.shared.u64 %R, [tile+8];", {5, 6}, 6},
       {"st.shared.v4.u16 [tile], {%h0, %h1, %h2, %h3}; ld.shared.u64 %R, [tile];", {1, 2, 3, 4}, 0x0004000300020001},
       // Generic addresses of shared memory.
       {"cvta.shared.u64 %S, tile; st.u64 [%S+8], %A0; ld.shared.u64 %R, [tile+8];", {77}, 77},
       {"st.shared.u64 [tile], %A0; cvta.shared.u64 %S, tile; ld.u64 %R, [%S];", {78}, 78},
       // 32-bit addresses.
       {"mov.u32 %a1, tile; st.shared.u64 [%a1+16], %A0; ld.shared.u64 %R, [tile+16];", {79}, 79},
       // Global memory by a hint, and orders.
       {"ld.global.nc.L1::no_allocate.L2::128B.v2.b64 {%S, %R}, [%in];", {1, 80}, 80},
       {"ld.volatile.global.u64 %R, [%in];", {81}, 81},
       {"ld.acquire.gpu.global.u64 %R, [%in];", {82}, 82},
       {"st.release.cta.shared.u64 [tile], %A0; ld.relaxed.cta.shared.u64 %R, [tile];", {83}, 83},
       {"createpolicy.fractional.L2::evict_first.b64 %S, 1.0; ld.global.L2::cache_hint.u64 %R, [%in], %S;", {84}, 84},
       {"ld.param.u64 %S, [in]; ld.global.u64 %R, [%S];", {85}, 85},
       {"mov.b64 %S, in; cvta.param.u64 %S, %S; ld.u64 %S, [%S]; ld.u64 %R, [%S+8];", {0, 86}, 86}});
}

TEST(MemoryInstructions, LocalMemory) {
  check64(
      {{"{ .local .align 8 .b8 array[64]; mov.u64 %S, array; st.local.u64 [%S+8], %A0; ld.local.u64 %R, [array+8]; }",
        {90},
        90},
       {"{ .local .align 8 .b8 array[64]; cvta.local.u64 %S, array; st.u64 [%S+16], %A0; ld.local.u64 %R, [array+16]; "
        "}",
        {91},
        91}});
  // Each lane has its own.
  std::vector<Operands> operands;
  for (uint64_t lane = 0; lane != 32; ++lane)
    operands.push_back({lane});
  std::vector<uint64_t> results = Evaluator().runLanes(
      "{ .local .align 4 .b8 array[32]; st.local.u32 [array+4], %a0; ld.local.u32 %r, [array+4]; }", "%r", operands);
  for (uint64_t lane = 0; lane != 32; ++lane)
    EXPECT_EQ(results[lane], lane);
}

/// The old value in the upper half of the result, the new one in the lower.
std::string atomic32(const std::string &instruction) {
  return "st.shared.u32 [tile], %a0; " + instruction + " ld.shared.u32 %s, [tile]; mov.b64 %R, {%s, %r};";
}

void checkAtomic(const std::string &instruction, Operands operands, uint32_t expected) {
  std::string body = atomic32(instruction);
  check64({{body.c_str(), operands, uint64_t(uint32_t(operands.a)) << 32 | expected}});
}

TEST(MemoryInstructions, Atomics) {
  checkAtomic("atom.shared.add.u32 %r, [tile], %a1;", {5, 7}, 12);
  checkAtomic("atom.shared.add.f32 %r, [tile], %a1;", {bits(1.5f), bits(2.0f)}, bits(3.5f));
  checkAtomic("atom.shared.min.s32 %r, [tile], %a1;", {5, 0xFFFFFFFF}, 0xFFFFFFFF);
  checkAtomic("atom.shared.min.u32 %r, [tile], %a1;", {5, 0xFFFFFFFF}, 5);
  checkAtomic("atom.shared.max.s32 %r, [tile], %a1;", {5, 0xFFFFFFFF}, 5);
  checkAtomic("atom.shared.inc.u32 %r, [tile], %a1;", {5, 7}, 6);
  checkAtomic("atom.shared.inc.u32 %r, [tile], %a1;", {7, 7}, 0);
  checkAtomic("atom.shared.dec.u32 %r, [tile], %a1;", {5, 7}, 4);
  checkAtomic("atom.shared.dec.u32 %r, [tile], %a1;", {0, 7}, 7);
  checkAtomic("atom.shared.dec.u32 %r, [tile], %a1;", {9, 7}, 7);
  checkAtomic("atom.shared.and.b32 %r, [tile], %a1;", {0xF0, 0x3C}, 0x30);
  checkAtomic("atom.shared.or.b32 %r, [tile], %a1;", {0xF0, 0x3C}, 0xFC);
  checkAtomic("atom.shared.xor.b32 %r, [tile], %a1;", {0xF0, 0x3C}, 0xCC);
  checkAtomic("atom.shared.exch.b32 %r, [tile], %a1;", {5, 7}, 7);
  checkAtomic("atom.shared.cas.b32 %r, [tile], %a1, %a2;", {5, 5, 9}, 9);
  checkAtomic("atom.shared.cas.b32 %r, [tile], %a1, %a2;", {5, 6, 9}, 5);
  checkAtomic("atom.acq_rel.cta.shared.add.noftz.f16x2 %r, [tile], %a1;", {0x3C004000, 0x3C003C00}, 0x40004200);
  checkAtomic("atom.shared.add.noftz.bf16x2 %r, [tile], %a1;", {0x3F804000, 0x3F803F80}, 0x40004040);
  checkAtomic("mov.u32 %r, %a0; red.shared.add.u32 [tile], %a1;", {5, 7}, 12);
  check64({{"st.shared.u64 [tile], %A0; atom.shared.add.u64 %S, [tile], %A1; ld.shared.u64 %R, [tile];",
            {1ull << 40, 5},
            (1ull << 40) + 5},
           {"st.shared.u64 [tile], %A0; atom.shared.cas.b64 %R, [tile], %A0, %A1;", {1ull << 40, 5}, 1ull << 40},
           {"st.shared.u64 [tile], %A0; red.shared.add.f64 [tile], %A1; ld.shared.u64 %R, [tile];",
            {bits(1.5), bits(2.0)},
            bits(3.5)},
           {"st.shared.u64 [tile], %A0; atom.shared.cas.b16 %w, [tile+2], %h1, %h2; ld.shared.u64 %R, [tile];",
            {0x00050001, 5, 9},
            0x00090001},
           {"st.shared.v2.u64 [tile], {%A0, %A1}; mov.b128 %q0, {%A2, %A3}; atom.shared.exch.b128 %q1, [tile], %q0;"
            " ld.shared.u64 %R, [tile+8];",
            {1, 2, 3, 4},
            4},
           // Subnormals: kept in shared memory, flushed in global memory.
           {"st.shared.u32 [tile], 1; red.shared.add.f32 [tile], 0f00000001; ld.shared.u32 %R, [tile];", {}, 2},
           {"st.global.u32 [%out], 1; red.global.add.f32 [%out], 0f00000001; ld.global.u32 %R, [%out];", {}, 0},
           {"st.global.v2.u32 [%out], {0, 0}; red.global.add.v2.f32 [%out], {%a0, %a1}; ld.global.u64 %R, [%out];",
            {bits(1.0f), bits(2.0f)},
            0x400000003F800000}});
}

TEST(MemoryInstructions, AllLanesAddToOnePlace) {
  std::vector<uint64_t> results = Evaluator().runLanes(
      "st.shared.u32 [tile], 0; bar.warp.sync -1; red.shared.add.u32 [tile], %lane; bar.warp.sync -1;"
      " ld.shared.u32 %r, [tile];",
      "%r", {Operands()});
  for (uint64_t result : results)
    EXPECT_EQ(result, 496u);
}

} // namespace
