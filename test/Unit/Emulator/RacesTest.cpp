//===- RacesTest.cpp - Data races -----------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each rule of the race model (docs/emulator.md), with and without what orders.
//
//===----------------------------------------------------------------------===//

#include "KernelRun.h"
#include <algorithm>

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

/// A kernel of a pointer, `body`, with the thread in %r0, the CTA in %r1 and the address of a word of the thread
/// in `words` (%rd1 = p + 4 * thread) and in shared memory (%r2 = s + 4 * thread).
std::string makeKernel(const std::string &body, const std::string &directives = "") {
  return R"(.version 8.6
.target sm_90a
.address_size 64
.visible .entry k(.param .u64 p) )" +
         directives + R"({
.reg .pred %p<8>;
.reg .b32 %r<16>;
.reg .b64 %rd<8>;
.shared .align 16 .b8 s[4096];
ld.param.u64 %rd0, [p];
mov.u32 %r0, %tid.x;
mov.u32 %r1, %ctaid.x;
mul.wide.u32 %rd1, %r0, 4;
add.u64 %rd1, %rd0, %rd1;
shl.b32 %r2, %r0, 2;
mov.u32 %r3, s;
add.u32 %r2, %r2, %r3;
setp.eq.u32 %p0, %r0, 0;
setp.eq.u32 %p1, %r1, 0;
)" + body +
         "\nret;\n}\n";
}

std::vector<Hazard> launch(const std::string &body, uint32_t grid, uint32_t block, const std::string &directives = "") {
  KernelRun run(makeKernel(body, directives), "k");
  run.pass(run.addBuffer("x", std::vector<uint32_t>(4096), true));
  run.config.grid = {grid, 1, 1};
  run.config.block = {block, 1, 1};
  return run.launch(allOrders.front());
}

bool hasRace(const std::vector<Hazard> &hazards) {
  return std::any_of(hazards.begin(), hazards.end(),
                     [](const Hazard &hazard) { return hazard.kind == HazardKind::DataRace; });
}

/// A race, and nothing else but that what it reads may not be there yet.
void expectRace(const std::string &body, uint32_t grid, uint32_t block, const std::string &directives = "") {
  std::vector<Hazard> hazards = launch(body, grid, block, directives);
  EXPECT_TRUE(hasRace(hazards)) << body << "\n" << formatHazards(hazards);
  for (const Hazard &hazard : hazards)
    EXPECT_TRUE(hazard.kind == HazardKind::DataRace || hazard.kind == HazardKind::UninitializedShared)
        << formatHazards(hazards);
}

void expectClean(const std::string &body, uint32_t grid, uint32_t block, const std::string &directives = "") {
  std::vector<Hazard> hazards = launch(body, grid, block, directives);
  EXPECT_TRUE(hazards.empty()) << body << "\n" << formatHazards(hazards);
}

//===----------------------------------------------------------------------===//
// In a CTA
//===----------------------------------------------------------------------===//

/// Writes the own word, then `between`, then reads the word of thread `thread ^ mask`.
std::string exchange(const std::string &between, unsigned mask) {
  return "st.shared.u32 [%r2], %r0;\n" + between + "\nxor.b32 %r4, %r0, " + std::to_string(mask) +
         ";\nshl.b32 %r4, %r4, 2;\nadd.u32 %r4, %r4, %r3;\nld.shared.u32 %r5, [%r4];\nst.global.u32 [%rd1], %r5;";
}

TEST(Races, Barrier) {
  expectClean(exchange("bar.sync 0;", 32), 1, 64);
  expectClean(exchange("barrier.sync.aligned 3, 64;", 32), 1, 64);
  expectRace(exchange("", 32), 1, 64);
  expectRace(exchange("bar.warp.sync -1;", 32), 1, 64);
}

TEST(Races, Warp) {
  expectClean(exchange("bar.warp.sync -1;", 1), 1, 32);
  expectClean(exchange("bar.sync 0;", 1), 1, 32);
  expectClean(exchange("shfl.sync.idx.b32 %r6, %r0, 0, 31, -1;", 1), 1, 32);
  // Lanes that happen to run together are not ordered.
  expectRace(exchange("", 1), 1, 32);
  expectClean(exchange("", 0), 1, 32);
}

TEST(Races, NamedBarriers) {
  // Warp 0 produces and only arrives; warp 1 waits.
  std::string body = R"(
setp.lt.u32 %p2, %r0, 32;
@%p2 st.shared.u32 [%r2], %r0;
@%p2 bar.arrive 1, 64;
@%p2 bra END;
BETWEEN
ld.shared.u32 %r5, [%r2+-128];
st.global.u32 [%rd1], %r5;
END:)";
  size_t at = body.find("BETWEEN");
  std::string waits = body, other = body;
  waits.replace(at, 7, "bar.sync 1, 64;");
  other.replace(at, 7, "bar.sync 2, 32;");
  expectClean(waits, 1, 64);
  EXPECT_TRUE(hasRace(launch(other, 1, 64)));
}

TEST(Races, ArrivalDoesNotWait) {
  // What warp 1 wrote is not known to warp 0, which only arrives.
  expectRace(R"(
st.shared.u32 [%r2], %r0;
setp.lt.u32 %p2, %r0, 32;
@!%p2 bar.sync 1, 64;
@%p2 bar.arrive 1, 64;
@%p2 ld.shared.u32 %r5, [%r2+128];
@%p2 st.global.u32 [%rd1], %r5;)",
             1, 64);
}

TEST(Races, WriteAfterRead) {
  std::string body = "st.shared.u32 [%r2], %r0; bar.sync 0; ld.shared.u32 %r5, [s]; st.global.u32 [%rd1], %r5;";
  expectClean(body + "bar.sync 0; @%p0 st.shared.u32 [s], %r1;", 1, 64);
  expectRace(body + "@%p0 st.shared.u32 [s], %r1;", 1, 64);
}

TEST(Races, SameValue) {
  // Lanes of one store may agree; threads of different warps, and different values, are a race.
  expectClean("st.shared.u32 [s], %r1;", 1, 32);
  expectClean("mov.b64 %rd2, {%r1, %r1}; st.shared.v2.u64 [s], {%rd2, %rd2};", 1, 32);
  expectRace("st.shared.u32 [s], %r1;", 1, 64);
  expectRace("st.shared.u32 [s], %r0;", 1, 32);
  expectRace("mov.b64 %rd2, {%r1, %r0}; st.shared.v2.u64 [s], {%rd1, %rd2};", 1, 2);
}

TEST(Races, Bytes) {
  // Neighbouring bytes do not conflict, one byte of a word that another thread writes does.
  expectClean("add.u32 %r4, %r0, %r3; st.shared.u8 [%r4], %r0;", 1, 64);
  expectRace("add.u32 %r4, %r0, %r3; st.shared.u8 [%r4], %r0; @%p0 ld.shared.u32 %r5, [s];", 1, 4);
  expectClean("add.u32 %r4, %r0, %r3; st.shared.u8 [%r4], %r0; bar.sync 0; @%p0 ld.shared.u32 %r5, [s];", 1, 4);
}

TEST(Races, Atomics) {
  expectClean("red.global.add.u32 [%rd0], 1;", 4, 64);
  expectClean("red.global.add.u32 [%rd0], 1; ld.volatile.global.u32 %r5, [%rd0];", 4, 64);
  expectRace("red.global.add.u32 [%rd0], 1; ld.global.u32 %r5, [%rd0];", 1, 64);
  expectRace("red.global.add.u32 [%rd0], 1; @%p0 st.global.u32 [%rd0], 1;", 1, 64);
  // A scope that does not hold both threads.
  expectClean("red.relaxed.cta.global.add.u32 [%rd0], 1;", 1, 64);
  expectRace("red.relaxed.cta.global.add.u32 [%rd0], 1;", 2, 64);
}

TEST(Races, GuessOfACompareAndSwapLoop) {
  expectClean("ld.global.u32 %r4, [%rd0]; atom.global.cas.b32 %r5, [%rd0], %r4, %r0;", 2, 64);
  expectRace("ld.global.u32 %r4, [%rd0]; atom.global.exch.b32 %r5, [%rd0], %r0;", 2, 64);
}

//===----------------------------------------------------------------------===//
// Between CTAs
//===----------------------------------------------------------------------===//

/// CTA 0 writes x[1] and then a flag, CTA 1 waits for the flag and reads x[1].
std::string passMessage(const std::string &release, const std::string &acquire) {
  return "@!%p1 bra WAIT;\nst.global.u32 [%rd0+4], 7;\n" + release + "\nbra END;\nWAIT:\n" + acquire +
         "\nsetp.eq.u32 %p2, %r5, 0;\n@%p2 bra WAIT;\nACQUIRED:\nFENCE\nld.global.u32 %r6, [%rd0+4];\nEND:";
}
std::string withFence(std::string body, const std::string &fence) { return body.replace(body.find("FENCE"), 5, fence); }

TEST(Races, ReleaseAndAcquire) {
  expectClean(
      withFence(passMessage("st.release.gpu.global.u32 [%rd0], 1;", "ld.acquire.gpu.global.u32 %r5, [%rd0];"), ""), 2,
      1);
  expectRace(
      withFence(passMessage("st.release.cta.global.u32 [%rd0], 1;", "ld.acquire.gpu.global.u32 %r5, [%rd0];"), ""), 2,
      1);
  expectRace(
      withFence(passMessage("st.relaxed.gpu.global.u32 [%rd0], 1;", "ld.acquire.gpu.global.u32 %r5, [%rd0];"), ""), 2,
      1);
  expectRace(
      withFence(passMessage("st.release.gpu.global.u32 [%rd0], 1;", "ld.relaxed.gpu.global.u32 %r5, [%rd0];"), ""), 2,
      1);
  expectClean(withFence(passMessage("atom.release.gpu.global.exch.b32 %r4, [%rd0], 1;",
                                    "atom.acquire.gpu.global.or.b32 %r5, [%rd0], 0;"),
                        ""),
              2, 1);
}

TEST(Races, Fences) {
  std::string body =
      passMessage("fence.acq_rel.gpu; st.relaxed.gpu.global.u32 [%rd0], 1;", "ld.relaxed.gpu.global.u32 %r5, [%rd0];");
  expectClean(withFence(body, "fence.acq_rel.gpu;"), 2, 1);
  expectClean(withFence(body, "bar.sync 0;"), 2, 1);
  expectRace(withFence(body, ""), 2, 1);
  expectRace(withFence(body, "membar.cta;"), 2, 1);
  body = passMessage("membar.cta; st.volatile.global.u32 [%rd0], 1;", "ld.volatile.global.u32 %r5, [%rd0];");
  expectRace(withFence(body, "membar.gl;"), 2, 1);
}

TEST(Races, ClusterBarrier) {
  std::string body = R"(
st.shared.u32 [%r2], %r0;
barrier.cluster.arriveORDER.aligned;
barrier.cluster.wait.aligned;
mov.u32 %r4, 1;
mapa.shared::cluster.u32 %r5, %r2, %r4;
@%p1 ld.shared::cluster.u32 %r6, [%r5];
barrier.cluster.arrive.aligned;
barrier.cluster.wait.aligned;)";
  std::string directives = ".reqnctapercluster 2, 1, 1 ";
  auto withOrder = [&](const std::string &order) { return std::string(body).replace(body.find("ORDER"), 5, order); };
  expectClean(withOrder(""), 2, 32, directives);
  expectRace(withOrder(".relaxed"), 2, 32, directives);
}

TEST(Races, CtasOfAGridAreNotOrdered) {
  expectRace("@%p0 st.global.u32 [%rd0], %r1;", 2, 32);
  std::vector<Hazard> hazards = launch("@%p0 st.global.u32 [%rd0+8], %r1;", 2, 32);
  ASSERT_EQ(hazards.size(), 1u);
  EXPECT_EQ(hazards[0].message, "writes x + 8, which thread (0,0,0) (0,0,0) writes at line 19, and nothing orders the "
                                "two");
  ASSERT_TRUE(hazards[0].address);
  EXPECT_EQ(hazards[0].address->offset, 8);
  EXPECT_EQ(hazards[0].address->object, "x");
}

//===----------------------------------------------------------------------===//
// mbarriers
//===----------------------------------------------------------------------===//

/// Warp 0 writes and arrives, warp 1 waits and reads.
std::string passByMbarrier(const std::string &afterInit, const std::string &arrive, const std::string &parity) {
  return R"(
.reg .pred done;
mov.u32 %r9, s;
add.u32 %r9, %r9, 2048;
@%p0 mbarrier.init.shared.b64 [%r9], 32;
)" + afterInit +
         R"(
setp.lt.u32 %p2, %r0, 32;
@!%p2 bra WAIT;
st.shared.u32 [%r2], %r0;
)" + arrive +
         R"(
bra END;
WAIT:
mbarrier.try_wait.parity.shared.b64 done, [%r9], )" +
         parity + R"(;
@!done bra WAIT;
ld.shared.u32 %r5, [%r2+-128];
st.global.u32 [%rd1], %r5;
END:)";
}

TEST(Races, Mbarrier) {
  expectClean(passByMbarrier("bar.sync 0;", "mbarrier.arrive.shared.b64 _, [%r9];", "0"), 1, 64);
  expectRace(passByMbarrier("bar.sync 0;", "mbarrier.arrive.relaxed.cta.shared.b64 _, [%r9];", "0"), 1, 64);
  // The parity of the phase before says that it is over.
  EXPECT_TRUE(hasRace(launch(passByMbarrier("bar.sync 0;", "mbarrier.arrive.shared.b64 _, [%r9];", "1"), 1, 64)));
  // Others use it and nothing says that it has been initialized.
  expectRace(passByMbarrier("bar.warp.sync -1;", "mbarrier.arrive.shared.b64 _, [%r9];", "0"), 1, 64);
}

} // namespace
