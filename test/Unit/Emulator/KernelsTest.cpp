//===- KernelsTest.cpp - Whole kernels on the core ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Emulator/Launch.h"
#include "quant-opt/Emulator/Parser.h"
#include "quant-opt/Emulator/Program.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace quantopt::ptx;

namespace {

class Device {
public:
  explicit Device(const std::string &text) {
    Expected<Module> parsed = parse(".version 8.6\n.target sm_90a\n.address_size 64\n" + text, "test.ptx");
    if (!parsed)
      ADD_FAILURE() << toString(parsed.takeError());
    else
      module = cantFail(emulator.load(std::move(*parsed)));
  }

  template <typename T> uint64_t upload(const std::vector<T> &values) {
    uint64_t address = cantFail(emulator.memory().allocate(values.size() * sizeof(T), "in", true));
    cantFail(emulator.memory().write(
        address, ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(values.data()), values.size() * sizeof(T))));
    return address;
  }
  uint64_t allocate(uint64_t bytes) { return cantFail(emulator.memory().allocate(bytes, "out", false)); }
  template <typename T> std::vector<T> download(uint64_t address, size_t count) {
    std::vector<T> values(count);
    cantFail(emulator.memory().read(
        address, MutableArrayRef<uint8_t>(reinterpret_cast<uint8_t *>(values.data()), count * sizeof(T))));
    return values;
  }
  template <typename... A> LaunchResult run(LaunchConfig config, A... arguments) {
    config.instructionBudget = 10000000;
    Expected<LaunchResult> result = emulator.launch(module, "k", config, {KernelArgument::of(arguments)...});
    if (!result) {
      ADD_FAILURE() << toString(result.takeError());
      return {};
    }
    for (const Hazard &hazard : result->hazards)
      ADD_FAILURE() << hazard.format("test.ptx");
    return std::move(*result);
  }

  Emulator emulator;
  unsigned module = 0;
};

LaunchConfig shape(std::array<uint32_t, 3> grid, std::array<uint32_t, 3> block) {
  LaunchConfig config;
  config.grid = grid;
  config.block = block;
  return config;
}

TEST(Kernels, AddsVectors) {
  Device device(R"(
.visible .entry k(.param .u64 pa, .param .u64 pb, .param .u64 pc, .param .u32 pn) {
  .reg .b32 %r<5>; .reg .b64 %d<8>; .reg .f32 %f<4>; .reg .pred %p;
  ld.param.u32 %r1, [pn]; mov.u32 %r2, %ctaid.x; mov.u32 %r3, %ntid.x; mov.u32 %r4, %tid.x;
  mad.lo.s32 %r4, %r2, %r3, %r4; setp.ge.s32 %p, %r4, %r1; @%p bra DONE;
  ld.param.u64 %d1, [pa]; ld.param.u64 %d2, [pb]; ld.param.u64 %d3, [pc];
  mul.wide.s32 %d4, %r4, 4; add.s64 %d5, %d1, %d4; add.s64 %d6, %d2, %d4; add.s64 %d7, %d3, %d4;
  ld.global.f32 %f1, [%d5]; ld.global.f32 %f2, [%d6]; add.f32 %f3, %f1, %f2; st.global.f32 [%d7], %f3;
DONE: ret;
})");
  std::vector<float> a(1000), b(1000);
  for (int i = 0; i != 1000; ++i) {
    a[i] = float(i);
    b[i] = 0.5f * float(i);
  }
  uint64_t out = device.allocate(4000);
  for (unsigned threads : {1, 2}) {
    LaunchConfig config = shape({8, 1, 1}, {128, 1, 1});
    config.threads = threads;
    config.counts = true;
    LaunchResult result = device.run(config, device.upload(a), device.upload(b), out, 1000);
    std::vector<float> c = device.download<float>(out, 1000);
    for (int i = 0; i != 1000; ++i)
      ASSERT_EQ(c[i], 1.5f * float(i));
    EXPECT_EQ(result.counters.globalReadBytes, 8000u);
    EXPECT_EQ(result.counters.globalWriteBytes, 4000u);
    EXPECT_EQ(result.counters.globalSectors, result.counters.globalSectorsIdeal);
    EXPECT_EQ(result.counters.globalSectors, 3u * 125);
    EXPECT_EQ(result.counters.divergentBranches, 1u);
  }
}

TEST(Kernels, ReducesInSharedMemory) {
  Device device(R"(
.visible .entry k(.param .u64 in, .param .u64 out) {
  .reg .b32 %r<9>; .reg .b64 %d<5>; .reg .pred %p; .shared .align 4 .b8 sums[1024];
  ld.param.u64 %d1, [in]; ld.param.u64 %d2, [out]; mov.u32 %r1, %tid.x; mov.u32 %r2, %ctaid.x;
  shl.b32 %r3, %r2, 8; add.u32 %r3, %r3, %r1; mul.wide.u32 %d3, %r3, 4; add.u64 %d1, %d1, %d3;
  ld.global.u32 %r4, [%d1]; shl.b32 %r5, %r1, 2; mov.u32 %r6, sums; add.u32 %r6, %r6, %r5;
  st.shared.u32 [%r6], %r4; mov.u32 %r7, 128;
LOOP: bar.sync 0; setp.ge.u32 %p, %r1, %r7; @%p bra NEXT;
  shl.b32 %r5, %r7, 2; add.u32 %r5, %r6, %r5; ld.shared.u32 %r8, [%r5]; ld.shared.u32 %r4, [%r6];
  add.u32 %r4, %r4, %r8; st.shared.u32 [%r6], %r4;
NEXT: shr.u32 %r7, %r7, 1; setp.ne.u32 %p, %r7, 0; @%p bra LOOP;
  setp.ne.u32 %p, %r1, 0; @%p bra DONE; ld.shared.u32 %r4, [sums]; mul.wide.u32 %d3, %r2, 4; add.u64 %d2, %d2, %d3;
  st.global.u32 [%d2], %r4;
DONE: ret;
})");
  std::vector<uint32_t> values(1024);
  for (uint32_t i = 0; i != 1024; ++i)
    values[i] = i * i;
  uint64_t out = device.allocate(16);
  LaunchConfig config = shape({4, 1, 1}, {256, 1, 1});
  config.counts = true;
  LaunchResult result = device.run(config, device.upload(values), out);
  std::vector<uint32_t> sums = device.download<uint32_t>(out, 4);
  for (uint32_t block = 0; block != 4; ++block) {
    uint32_t expected = 0;
    for (uint32_t i = 0; i != 256; ++i)
      expected += values[block * 256 + i];
    EXPECT_EQ(sums[block], expected);
  }
  EXPECT_EQ(result.counters.barriers, 4u * 8);
  EXPECT_EQ(result.counters.bankConflicts, 0u);
}

TEST(Kernels, CountsBankConflictsAndSectors) {
  // Lanes 8 bytes apart use every other bank twice; in global memory 128 bytes apart, a sector each.
  Device device(R"(
.visible .entry k(.param .u64 out) {
  .reg .b32 %r<4>; .reg .b64 %d<3>; .shared .align 16 .b8 tile[256];
  ld.param.u64 %d0, [out]; mov.u32 %r0, %tid.x; shl.b32 %r1, %r0, 3; mov.u32 %r2, tile; add.u32 %r2, %r2, %r1;
  st.shared.u32 [%r2], %r0; mul.wide.u32 %d1, %r0, 128; add.u64 %d0, %d0, %d1; st.global.u32 [%d0], %r0; ret;
})");
  LaunchConfig config = shape({1, 1, 1}, {32, 1, 1});
  config.counts = true;
  LaunchResult result = device.run(config, device.allocate(4096));
  EXPECT_EQ(result.counters.sharedPasses, 2u);
  EXPECT_EQ(result.counters.bankConflicts, 1u);
  EXPECT_EQ(result.counters.globalSectors, 32u);
  EXPECT_EQ(result.counters.globalSectorsIdeal, 4u);
}

TEST(Kernels, CallsFunctions) {
  // Recursive factorial, with lanes at different depths, and a call by pointer.
  Device device(R"(
.func (.param .b32 result) factorial(.param .b32 n) {
  .reg .b32 %r<4>; .reg .pred %p;
  ld.param.u32 %r0, [n]; setp.gt.u32 %p, %r0, 1; @%p bra MORE; st.param.b32 [result], 1; ret;
MORE: sub.u32 %r1, %r0, 1;
  { .param .b32 a; .param .b32 b; st.param.b32 [a], %r1; call.uni (b), factorial, (a); ld.param.b32 %r2, [b]; }
  mul.lo.u32 %r3, %r0, %r2; st.param.b32 [result], %r3; ret;
}
.func (.param .b32 result) twice(.param .b32 n) {
  .reg .b32 %r<2>; .local .align 4 .b8 spill[8];
  ld.param.u32 %r0, [n]; st.local.u32 [spill+4], %r0; ld.local.u32 %r1, [spill+4]; add.u32 %r0, %r0, %r1;
  st.param.b32 [result], %r0; ret;
}
.visible .entry k(.param .u64 out) {
  .reg .b32 %r<6>; .reg .b64 %d<4>; .reg .pred %p;
  ld.param.u64 %d0, [out]; mov.u32 %r0, %tid.x; and.b32 %r1, %r0, 7;
  { .param .b32 a; .param .b32 b; st.param.b32 [a], %r1; call.uni (b), factorial, (a); ld.param.b32 %r2, [b]; }
  mov.u64 %d1, factorial; mov.u64 %d2, twice; setp.lt.u32 %p, %r0, 16; selp.b64 %d1, %d1, %d2, %p;
PROTO: .callprototype (.param .b32 _) _ (.param .b32 _);
  { .param .b32 a; .param .b32 b; st.param.b32 [a], %r1; call (b), %d1, (a), PROTO; ld.param.b32 %r3, [b]; }
  add.u32 %r2, %r2, %r3; mul.wide.u32 %d3, %r0, 4; add.u64 %d0, %d0, %d3; st.global.u32 [%d0], %r2; ret;
})");
  uint64_t out = device.allocate(128);
  device.run(shape({1, 1, 1}, {32, 1, 1}), out);
  std::vector<uint32_t> values = device.download<uint32_t>(out, 32);
  const uint32_t factorials[] = {1, 1, 2, 6, 24, 120, 720, 5040};
  for (uint32_t lane = 0; lane != 32; ++lane) {
    uint32_t n = lane & 7;
    EXPECT_EQ(values[lane], factorials[n] + (lane < 16 ? factorials[n] : 2 * n)) << lane;
  }
}

/// CTA i waits until CTA i + 1 has passed: only works if all come to run.
TEST(Kernels, WaitsForOtherCtas) {
  Device device(R"(
.visible .entry k(.param .u64 flags, .param .u32 last) {
  .reg .b32 %r<5>; .reg .b64 %d<4>; .reg .pred %p<3>;
  ld.param.u64 %d0, [flags]; ld.param.u32 %r0, [last]; mov.u32 %r1, %ctaid.x; mov.u32 %r2, %tid.x;
  mul.wide.u32 %d1, %r1, 4; add.u64 %d0, %d0, %d1;
  setp.ne.u32 %p0, %r2, 0; @%p0 bra JOIN; setp.eq.u32 %p1, %r1, %r0; @%p1 bra SET;
WAIT: ld.acquire.gpu.global.u32 %r3, [%d0+4]; setp.eq.u32 %p2, %r3, 0; @%p2 bra WAIT;
SET: st.release.gpu.global.u32 [%d0], 1;
JOIN: bar.sync 0; ret;
})");
  std::vector<uint32_t> zeros(65, 0);
  uint64_t flags = device.upload(zeros);
  for (unsigned threads : {1, 2}) {
    cantFail(device.emulator.memory().fill(flags, 0, 4 * 65));
    LaunchConfig config = shape({64, 1, 1}, {64, 1, 1});
    config.threads = threads;
    device.run(config, flags, 63);
    std::vector<uint32_t> values = device.download<uint32_t>(flags, 64);
    EXPECT_EQ(std::count(values.begin(), values.end(), 1u), 64);
  }
}

TEST(Kernels, PrintsAndAsserts) {
  Device device(R"(
.extern .func (.param .b32 r) vprintf(.param .b64 f, .param .b64 a);
.global .align 1 .b8 text[20] = {110, 61, 37, 100, 32, 120, 61, 37, 46, 49, 102, 32, 37, 108, 108, 117, 37, 37, 10, 0};
.visible .entry k() {
  .local .align 8 .b8 buffer[24]; .reg .b32 %r<3>; .reg .b64 %d<5>; .reg .pred %p;
  mov.u32 %r0, %tid.x; setp.gt.u32 %p, %r0, 1; @%p bra DONE;
  mov.u64 %d0, buffer; cvta.local.u64 %d1, %d0; st.local.u32 [%d0], %r0; st.local.f64 [%d0+8], 0d3FF8000000000000;
  mov.u64 %d2, 7; st.local.u64 [%d0+16], %d2; mov.u64 %d3, text; cvta.global.u64 %d4, %d3;
  { .param .b64 p0; st.param.b64 [p0], %d4; .param .b64 p1; st.param.b64 [p1], %d1; .param .b32 rv;
    call.uni (rv), vprintf, (p0, p1); ld.param.b32 %r1, [rv]; }
DONE: ret;
})");
  EXPECT_EQ(device.run(shape({2, 1, 1}, {32, 1, 1})).output,
            "n=0 x=1.5 7%\nn=1 x=1.5 7%\nn=0 x=1.5 7%\nn=1 x=1.5 7%\n");
}

TEST(Kernels, ClustersShareMemory) {
  // Each CTA writes its rank into the next one's shared memory through a shared::cluster address.
  Device device(R"(
.visible .entry k(.param .u64 out) .reqnctapercluster 4, 1, 1 {
  .reg .b32 %r<8>; .reg .b64 %d<3>; .shared .align 4 .b8 box[4];
  ld.param.u64 %d0, [out]; mov.u32 %r0, %cluster_ctarank; mov.u32 %r1, %cluster_nctarank; mov.u32 %r7, %ctaid.x;
  st.shared.u32 [box], 99; barrier.cluster.arrive.aligned; barrier.cluster.wait.aligned;
  add.u32 %r2, %r0, 1; rem.u32 %r2, %r2, %r1; add.u32 %r2, %r2, 1; shl.b32 %r2, %r2, 24; mov.u32 %r3, box;
  or.b32 %r3, %r3, %r2; st.shared::cluster.u32 [%r3], %r0;
  barrier.cluster.arrive; barrier.cluster.wait;
  ld.shared.u32 %r4, [box]; mul.wide.u32 %d1, %r7, 4; add.u64 %d0, %d0, %d1; st.global.u32 [%d0], %r4; ret;
})");
  uint64_t out = device.allocate(32);
  device.run(shape({8, 1, 1}, {1, 1, 1}), out);
  EXPECT_EQ(device.download<uint32_t>(out, 8), (std::vector<uint32_t>{3, 0, 1, 2, 3, 0, 1, 2}));
}

TEST(Kernels, RandomOrderGivesTheSame) {
  Device device(R"(
.visible .entry k(.param .u64 out) {
  .reg .b32 %r<6>; .reg .b64 %d<3>; .shared .align 4 .b8 ring[512];
  ld.param.u64 %d0, [out]; mov.u32 %r0, %tid.x; shl.b32 %r1, %r0, 2; mov.u32 %r2, ring; add.u32 %r3, %r2, %r1;
  st.shared.u32 [%r3], %r0; bar.sync 0; xor.b32 %r4, %r1, 0x1F0; add.u32 %r4, %r4, %r2; ld.shared.u32 %r5, [%r4];
  bar.sync 0; mul.wide.u32 %d1, %r0, 4; add.u64 %d0, %d0, %d1; st.global.u32 [%d0], %r5; ret;
})");
  uint64_t out = device.allocate(512);
  for (uint64_t seed = 1; seed != 6; ++seed) {
    LaunchConfig config = shape({1, 1, 1}, {128, 1, 1});
    config.async = AsyncOrder::Random;
    config.seed = seed;
    device.run(config, out);
    std::vector<uint32_t> values = device.download<uint32_t>(out, 128);
    for (uint32_t i = 0; i != 128; ++i)
      ASSERT_EQ(values[i], i ^ 0x7C);
  }
}

/// A value a register, as compilers write PTX: memory follows the values that are alive, not the names.
TEST(Kernels, RegistersShareSlots) {
  std::string body;
  for (int i = 1; i != 2000; ++i)
    body += "add.u32 %r" + std::to_string(i) + ", %r" + std::to_string(i - 1) + ", " + std::to_string(i & 7) + ";\n";
  // Three values live around a loop, and a register that only one way through it writes.
  body += "mov.u32 %c, 0; LOOP: and.b32 %t, %c, 1; setp.eq.u32 %p, %t, 0; @%p bra EVEN; add.u32 %odd, %r1999, %c;"
          " EVEN: add.u32 %c, %c, 1; setp.lt.u32 %p, %c, 8; @%p bra LOOP; add.u32 %t, %odd, %r5;\n";
  Device device(
      ".visible .entry k(.param .u64 out) { .reg .b32 %r<2000>, %c, %t, %odd; .reg .b64 %d<3>; .reg .pred %p;\n"
      "ld.param.u64 %d0, [out]; mov.u32 %r0, %tid.x; mul.wide.u32 %d1, %r0, 4; add.u64 %d2, %d0, %d1;\n" +
      body + "st.global.u32 [%d2], %t; ret; }");
  const Program &program = *cantFail(device.emulator.prepare(device.module, "k"));
  EXPECT_LE(program.getKernel().frameWords, 12u * 64);
  uint64_t out = device.allocate(128);
  device.run(shape({1, 1, 1}, {32, 1, 1}), out);
  std::vector<uint32_t> values = device.download<uint32_t>(out, 32);
  uint32_t sum = 0;
  for (int i = 1; i != 2000; ++i)
    sum += i & 7;
  for (uint32_t lane = 0; lane != 32; ++lane)
    EXPECT_EQ(values[lane], lane + sum + 7 + lane + 15);
}

} // namespace
