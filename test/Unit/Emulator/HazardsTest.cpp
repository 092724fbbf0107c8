//===- HazardsTest.cpp - What the core reports, and where -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Emulator/Launch.h"
#include "quant-opt/Emulator/Parser.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace quantopt::ptx;

namespace {

/// Runs a body with x (256 bytes, written) in %x, y (256 bytes, not written) in %y, the thread in %t.
class HazardTest : public ::testing::Test {
protected:
  std::vector<Hazard> run(const std::string &body, uint32_t threads = 32) {
    std::string text = ".version 8.6\n.target sm_90a\n.address_size 64\n.const .align 4 .b8 table[16];\n"
                       ".visible .entry k(.param .u64 px, .param .u64 py)\n{\n"
                       ".reg .b32 %r<9>, %t; .reg .b64 %x, %y, %o, %a<4>; .reg .pred %p<4>; .reg .f32 %f<4>;\n"
                       ".shared .align 16 .b8 tile[256];\n"
                       "ld.param.u64 %x, [px]; ld.param.u64 %y, [py]; mov.u32 %t, %tid.x;\n"
                       "mul.wide.u32 %o, %t, 4;\n" +
                       body + "\nret;\n}\n";
    Expected<Module> module = parse(text, "test.ptx");
    if (!module) {
      ADD_FAILURE() << toString(module.takeError());
      return {};
    }
    Emulator emulator;
    unsigned number = cantFail(emulator.load(std::move(*module)));
    uint64_t x = cantFail(emulator.memory().allocate(256, "x", true));
    uint64_t y = cantFail(emulator.memory().allocate(256, "y", false));
    config.block = {threads, 1, 1};
    if (config.instructionBudget == 0)
      config.instructionBudget = 1000000;
    Expected<LaunchResult> result =
        emulator.launch(number, "k", config, {KernelArgument::of(x), KernelArgument::of(y)});
    if (!result) {
      ADD_FAILURE() << toString(result.takeError());
      return {};
    }
    return std::move(result->hazards);
  }

  /// Exactly one hazard, of this kind, whose text has all the parts.
  void expectHazard(const std::string &body, HazardKind kind, std::vector<std::string> parts, uint32_t threads = 32) {
    std::vector<Hazard> hazards = run(body, threads);
    ASSERT_EQ(hazards.size(), 1u) << body;
    EXPECT_EQ(getHazardName(hazards[0].kind), getHazardName(kind)) << hazards[0].format("test.ptx");
    std::string text = hazards[0].format("test.ptx");
    for (const std::string &part : parts)
      EXPECT_NE(text.find(part), std::string::npos) << text << "\nlacks " << part;
    EXPECT_FALSE(hazards[0].remedy.empty());
  }

  LaunchConfig config;
};

TEST_F(HazardTest, CleanRun) {
  EXPECT_TRUE(run("add.u64 %x, %x, %o; add.u64 %y, %y, %o; ld.global.u32 %r0, [%x]; st.global.u32 [%y], %r0;").empty());
}

TEST_F(HazardTest, OutOfBounds) {
  expectHazard("add.u64 %x, %x, %o; ld.global.u32 %r0, [%x+132];", HazardKind::OutOfBounds,
               {"test.ptx:11:", "thread (31,0,0)", "reads 4 bytes at x + 256", "past the end of x (256 bytes)",
                "`ld.global.u32 %r0, [%x+132]`"});
  expectHazard("st.global.u32 [%y+-4], %t;", HazardKind::OutOfBounds, {"writes 4 bytes at y - 4", "in front of y"});
  expectHazard("mov.u64 %x, 0; ld.global.u32 %r0, [%x];", HazardKind::OutOfBounds, {"where no buffer is"});
  expectHazard("ld.shared.u32 %r0, [tile+256];", HazardKind::OutOfBounds,
               {"reads 4 bytes at tile + 256", "(256 bytes)"});
  expectHazard("mov.u32 %r0, 0; st.shared.u32 [%r0], %t;", HazardKind::OutOfBounds,
               {"shared memory - 1024", "in front of"});
  expectHazard("{ .local .align 4 .b8 array[16]; st.local.u32 [array+16], %t; }", HazardKind::OutOfBounds,
               {"local memory + 16"});
  expectHazard("red.global.add.u32 [%x+256], %t;", HazardKind::OutOfBounds, {"updates 4 bytes at x + 256"});
}

TEST_F(HazardTest, MisalignedAndWrongSpaces) {
  expectHazard("ld.global.u32 %r0, [%x+2];", HazardKind::Misaligned, {"x + 2", "no multiple of 4"});
  expectHazard("ld.global.v2.u32 {%r0, %r1}, [%x+4];", HazardKind::Misaligned, {"no multiple of 8"});
  expectHazard("ld.shared.u32 %r0, [tile+1];", HazardKind::Misaligned, {"tile + 1"});
  expectHazard("cvta.shared.u64 %a0, tile; ld.global.u32 %r0, [%a0];", HazardKind::WrongSpace,
               {"no address of global"});
  expectHazard("cvta.shared.u64 %a0, tile; ld.shared.u32 %r0, [%a0];", HazardKind::WrongSpace,
               {"a generic address in a .shared access", "cvta.to.shared"});
  expectHazard("cvta.const.u64 %a0, table; st.u32 [%a0], %t;", HazardKind::ReadOnlyWrite, {"table + 0", ".const"});
  expectHazard("mov.u64 %a0, px; cvta.param.u64 %a0, %a0; st.u32 [%a0], %t;", HazardKind::ReadOnlyWrite,
               {"the kernel's parameters + 0"});
}

TEST_F(HazardTest, UninitializedMemory) {
  expectHazard("add.u64 %y, %y, %o; ld.global.u32 %r0, [%y];", HazardKind::UninitializedBuffer,
               {"y + 0", "nobody has written", "(32 threads)"});
  expectHazard("ld.shared.u32 %r0, [tile+8];", HazardKind::UninitializedShared, {"tile + 8"});
  // Bytes count: half of the word is written.
  expectHazard("st.shared.u16 [tile], 0; ld.shared.u32 %r0, [tile];", HazardKind::UninitializedShared, {"tile + 0"});
  expectHazard("red.global.add.u32 [%y], %t;", HazardKind::UninitializedBuffer, {"y + 0"});
  EXPECT_TRUE(run("st.shared.u16 [tile], 0; st.shared.u16 [tile+2], 0; ld.shared.u32 %r0, [tile];").empty());
}

TEST_F(HazardTest, UninitializedRegisters) {
  expectHazard("st.global.u32 [%y], %r1;", HazardKind::UninitializedRegister, {"uses %r1"});
  expectHazard("add.u32 %r2, %r1, 1; st.global.u32 [%y], %r2;", HazardKind::UninitializedRegister, {"uses %r2"});
  expectHazard("add.u64 %a1, %x, %a0; ld.global.u32 %r0, [%a1];", HazardKind::UninitializedRegister, {"uses %a1"});
  expectHazard("setp.eq.u32 %p0, %r1, 0; @%p0 add.u32 %r2, %t, 1;", HazardKind::UninitializedRegister, {"uses %p0"});
  // Written on one path only.
  expectHazard("setp.lt.u32 %p0, %t, 16; @%p0 mov.u32 %r1, 5; st.global.u32 [%y], %r1;",
               HazardKind::UninitializedRegister, {"thread (16,0,0)", "(16 threads)"});
}

TEST_F(HazardTest, UndefinedValuesThatDoNotMatter) {
  // What compilers emit: a masked load, a selection, a guard that is false where the value is undefined.
  EXPECT_TRUE(run("setp.lt.u32 %p0, %t, 16; add.u64 %a0, %x, %o; @%p0 ld.global.u32 %r1, [%a0];"
                  " add.u32 %r2, %r1, 1; add.u64 %a1, %y, %o; @%p0 st.global.u32 [%a1], %r2;")
                  .empty());
  EXPECT_TRUE(run("setp.lt.u32 %p0, %t, 16; @%p0 mov.u32 %r1, 5; selp.u32 %r2, %r1, 0, %p0; add.u64 %a1, %y, %o;"
                  " st.global.u32 [%a1], %r2;")
                  .empty());
  EXPECT_TRUE(run("setp.lt.u32 %p0, %t, 16; @%p0 mov.u32 %r1, 5; setp.eq.u32 %p1, %r1, 5; and.pred %p2, %p0, %p1;"
                  " @%p2 add.u32 %r2, %t, 1;")
                  .empty());
  EXPECT_TRUE(run("setp.lt.u32 %p0, %t, 16; @%p0 mov.u32 %r1, 5; @!%p0 mov.u32 %r1, 6; add.u64 %a1, %y, %o;"
                  " st.global.u32 [%a1], %r1;")
                  .empty());
}

TEST_F(HazardTest, DivergentCollectives) {
  expectHazard("setp.lt.u32 %p0, %t, 16; @%p0 bar.sync 0; bar.sync 1;", HazardKind::DivergentCollective,
               {"lanes 0xffff wait for lanes 0xffff0000"});
  expectHazard("setp.lt.u32 %p0, %t, 16; @%p0 bra L; bar.sync 0; bra M; L: bar.sync 1; M:",
               HazardKind::DivergentCollective, {"never come"});
  expectHazard("setp.lt.u32 %p0, %t, 16; @%p0 shfl.sync.idx.b32 %r0, %t, 0, 31, -1; bar.warp.sync -1;",
               HazardKind::DivergentCollective, {"lanes 0xffff wait for lanes 0xffff0000"});
  expectHazard("shfl.sync.idx.b32 %r0, %t, 0, 31, 0xFFFF;", HazardKind::DivergentCollective,
               {"does not hold its own lane"});
  expectHazard("setp.lt.u32 %p0, %t, 16; @%p0 shfl.sync.idx.b32 %r0, %t, 20, 31, 0xFFFF;",
               HazardKind::DivergentCollective, {"a lane that does not take part"});
}

TEST_F(HazardTest, Barriers) {
  EXPECT_TRUE(run("bar.sync 0; bar.sync 1, 64; barrier.sync.aligned 2, 64;", 64).empty());
  // Threads that exit count no more.
  EXPECT_TRUE(run("setp.ge.u32 %p0, %t, 32; @%p0 bra L; bar.sync 0; L:", 64).empty());
  expectHazard("bar.sync 0, 33;", HazardKind::BarrierMisuse, {"waits for 33 threads", "multiple of 32"});
  expectHazard("bar.sync 16;", HazardKind::BarrierMisuse, {"barrier 16 of 16"});
  expectHazard("bar.arrive 0, 32; bar.arrive 0, 64; bar.arrive 0, 32;", HazardKind::BarrierMisuse, {"others wait for"});
  expectHazard("setp.lt.u32 %p0, %t, 32; @%p0 bar.sync 0, 64;", HazardKind::Deadlock,
               {"warp 0 lanes 0xffffffff at line 11 at barrier 0, where 32 of 64 threads are"}, 64);
  expectHazard("barrier.cluster.wait;", HazardKind::BarrierMisuse, {"without an arrival"});
}

TEST_F(HazardTest, BarrierReductions) {
  EXPECT_TRUE(run("setp.lt.u32 %p0, %t, 40; bar.red.popc.u32 %r0, 0, %p0; setp.eq.u32 %p1, %r0, 40;"
                  " bar.red.and.pred %p2, 0, %p0; bar.red.or.pred %p3, 0, %p0; not.pred %p2, %p2;"
                  " and.pred %p1, %p1, %p2; and.pred %p1, %p1, %p3; @!%p1 trap;",
                  64)
                  .empty());
}

TEST_F(HazardTest, EndsThatAreNone) {
  expectHazard("setp.eq.u32 %p0, %t, 7; @%p0 trap;", HazardKind::Trap, {"thread (7,0,0)"});
  config.instructionBudget = 1000;
  expectHazard("L: bra L;", HazardKind::InstructionBudget, {"`bra L`", "warp instructions"});
  // One that ends, but not within the budget.
  config.instructionBudget = 2;
  expectHazard("add.u32 %t, %t, 1; add.u32 %t, %t, 1;", HazardKind::InstructionBudget, {"more than the budget"});
}

TEST(Launch, RefusesWhatCannotBegin) {
  Emulator emulator;
  Module module = cantFail(parse(".version 8.6\n.target sm_90a\n.address_size 64\n"
                                 ".visible .entry k(.param .u32 n) .reqntid 64, 1, 1 { ret; }",
                                 "k.ptx"));
  unsigned number = cantFail(emulator.load(std::move(module)));
  auto getError = [&](StringRef kernel, const LaunchConfig &config, ArrayRef<KernelArgument> arguments) {
    Expected<LaunchResult> result = emulator.launch(number, kernel, config, arguments);
    return result ? std::string() : toString(result.takeError());
  };
  LaunchConfig config;
  config.block = {64, 1, 1};
  KernelArgument four = KernelArgument::of(uint32_t(4));
  EXPECT_EQ(getError("k", config, {four}), "");
  EXPECT_EQ(getError("j", config, {four}), "no kernel 'j' in k.ptx; it has: k");
  EXPECT_EQ(getError("k", config, {}), "kernel 'k' has 1 parameters, 0 arguments are given");
  EXPECT_EQ(getError("k", config, {KernelArgument::of(uint64_t(4))}),
            "argument 0 of kernel 'k' has 8 bytes, its parameter 4");
  config.block = {32, 1, 1};
  EXPECT_EQ(getError("k", config, {four}), "block (32,1,1), but the kernel requires (64,1,1) (.reqntid)");
  config.block = {64, 1, 1};
  config.dynamicSharedBytes = 300000;
  EXPECT_NE(getError("k", config, {four}).find("a CTA has 232448"), std::string::npos);
  config.dynamicSharedBytes = 0;
  config.grid = {3, 1, 1};
  config.cluster = {2, 1, 1};
  EXPECT_EQ(getError("k", config, {four}), "grid (3,1,1) is no multiple of the cluster (2,1,1)");
}

} // namespace
