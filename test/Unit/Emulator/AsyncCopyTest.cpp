//===- AsyncCopyTest.cpp --------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Copies in every direction, mbarriers and groups, in small kernels.
//
//===----------------------------------------------------------------------===//

#include "KernelRun.h"
#include "PtxText.h"

#include "llvm/ADT/bit.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

/// A kernel with the given parameters (.u64, or .b8 x[128] for maps), 4 KiB of shared memory `tile`, an mbarrier `bar`
/// that thread 0 has initialized for `count`, and registers of common types.
std::string makeKernel(const std::string &params, const std::string &body, const char *directives = "",
                       const char *count = "1") {
  return std::string(header) + ".visible .entry k(" + params + ") " + directives +
         " {\n.shared .align 1024 .b8 tile[4096];\n.shared .align 8 .b64 bar;\n"
         ".reg .b64 %addr, %map, %rd<16>;\n.reg .b32 %lane, %tile, %bar, %r<32>;\n.reg .pred %p<8>;\n.reg .f32 %f<8>;\n"
         "mov.u32 %lane, %tid.x;\nmov.u32 %tile, tile;\nmov.u32 %bar, bar;\nsetp.eq.u32 %p0, %lane, 0;\n"
         "@%p0 mbarrier.init.shared::cta.b64 [%bar], " +
         count + ";\n@%p0 fence.mbarrier_init.release.cluster;\nbar.sync 0;\n" + body + "ret;\n}\n";
}

/// Spins until the phase of the parity is over.
std::string waitParity(const std::string &parity, const std::string &label) {
  return label + ":\nmbarrier.try_wait.parity.shared::cta.b64 %p7, [%bar], " + parity + ";\n@!%p7 bra " + label + ";\n";
}

/// out[threads] of 32-bit words from the tile.
const char *const writeTile = "ld.param.u64 %addr, [out];\nmad.wide.u32 %addr, %lane, 4, %addr;\n"
                              "mad.lo.u32 %r30, %lane, 4, %tile;\nld.shared.b32 %r31, [%r30];\n"
                              "st.global.b32 [%addr], %r31;\n";

std::vector<uint32_t> makeWords(unsigned count, uint32_t start = 1) {
  std::vector<uint32_t> words(count);
  for (unsigned i = 0; i != count; ++i)
    words[i] = start + i;
  return words;
}

/// Launches in all orders and expects the words of the last buffer.
void expectWords(KernelRun &run, const std::vector<uint32_t> &expected) {
  for (const Order &order : allOrders) {
    EXPECT_EQ(formatHazards(run.launch(order)), "") << "order " << unsigned(order.async);
    ASSERT_FALSE(run.results.empty());
    EXPECT_EQ(run.getResult<uint32_t>(run.results.size() - 1), expected) << "order " << unsigned(order.async);
  }
}

TEST(AsyncCopy, FlatInAndOut) {
  std::string text = makeKernel(
      ".param .u64 in, .param .u64 out",
      "@!%p0 bra wait;\nld.param.u64 %rd0, [in];\nmbarrier.arrive.expect_tx.shared::cta.b64 %rd1, [%bar], 256;\n"
      "cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [%tile], [%rd0+16], 256, [%bar];\n" +
          waitParity("0", "wait") +
          "ld.param.u64 %rd2, [out];\n@!%p0 bra end;\n"
          "cp.async.bulk.global.shared::cta.bulk_group [%rd2+32], [%tile+16], 64;\n"
          "cp.async.bulk.commit_group;\ncp.async.bulk.wait_group 0;\nend:\n");
  KernelRun run(text, "k");
  run.pass(run.addBuffer("in", makeWords(80)));
  run.pass(run.addBuffer("out", std::vector<uint32_t>(32), /*isResult=*/true));
  run.config.block = {64, 1, 1};
  std::vector<uint32_t> expected(32);
  for (unsigned i = 0; i != 16; ++i)
    expected[8 + i] = 9 + i; // 16 bytes into the copy of what begins 16 bytes into the input
  expectWords(run, expected);
}

TEST(AsyncCopy, TensorOfThreeDimensions) {
  // A box of 4 x 3 x 2 words at (-1, 1, 2) of a tensor of 6 x 3 x 3: some of it is outside.
  std::string text = makeKernel(".param .align 64 .b8 map[128], .param .u64 out",
                                "@!%p0 bra wait;\nmov.b64 %map, map;\ncvta.param.u64 %map, %map;\n"
                                "mbarrier.arrive.expect_tx.shared::cta.b64 _, [%bar], 96;\nmov.b32 %r0, -1;\n"
                                "cp.async.bulk.tensor.3d.shared::cluster.global.tile.mbarrier::complete_tx::bytes "
                                "[%tile], [%map, {%r0, 1, 2}], [%bar];\n" +
                                    waitParity("0", "wait") + writeTile);
  KernelRun run(text, "k");
  TensorMap map;
  map.element = TensorElement::U32;
  map.rank = 3;
  map.address = run.addBuffer("in", makeWords(8 * 3 * 3));
  map.dims = {6, 3, 3};
  map.strides = {0, 32, 96};
  map.box = {4, 3, 2};
  map.traversal = {1, 1, 1};
  run.pass(map);
  run.pass(run.addBuffer("out", std::vector<uint32_t>(24), /*isResult=*/true));
  run.config.block = {24, 1, 1};
  std::vector<uint32_t> expected;
  for (int z = 2; z != 4; ++z)
    for (int y = 1; y != 4; ++y)
      for (int x = -1; x != 3; ++x)
        expected.push_back(x >= 0 && y < 3 && z < 3 ? uint32_t(1 + z * 24 + y * 8 + x) : 0);
  expectWords(run, expected);
}

TEST(AsyncCopy, TensorMapOfTheDevice) {
  // The map is made field by field in shared memory, copied to global memory and used: a box of 8 x 2 of a tensor of
  // 8 x 4 words in rows of 64 bytes, at row 1.
  std::string text = makeKernel(
      ".param .u64 in, .param .u64 map, .param .u64 out",
      "mad.lo.u32 %r0, %lane, 4, %tile;\nst.shared.b32 [%r0], 0;\nbar.sync 0;\nld.param.u64 %rd0, [in];\n"
      "@!%p0 bra made;\ntensormap.replace.tile.global_address.shared::cta.b1024.b64 [%tile], %rd0;\n"
      "tensormap.replace.tile.rank.shared::cta.b1024.b32 [%tile], 1;\n"
      "tensormap.replace.tile.box_dim.shared::cta.b1024.b32 [%tile], 0, 8;\n"
      "tensormap.replace.tile.box_dim.shared::cta.b1024.b32 [%tile], 1, 2;\n"
      "tensormap.replace.tile.global_dim.shared::cta.b1024.b32 [%tile], 0, 8;\n"
      "tensormap.replace.tile.global_dim.shared::cta.b1024.b32 [%tile], 1, 4;\n"
      "tensormap.replace.tile.global_stride.shared::cta.b1024.b64 [%tile], 0, 64;\n"
      "tensormap.replace.tile.element_stride.shared::cta.b1024.b32 [%tile], 0, 1;\n"
      "tensormap.replace.tile.elemtype.shared::cta.b1024.b32 [%tile], 2;\n"
      "tensormap.replace.tile.interleave_layout.shared::cta.b1024.b32 [%tile], 0;\n"
      "tensormap.replace.tile.swizzle_mode.shared::cta.b1024.b32 [%tile], 0;\n"
      "tensormap.replace.tile.fill_mode.shared::cta.b1024.b32 [%tile], 0;\nmade:\nbar.warp.sync 0xFFFFFFFF;\n"
      "ld.param.u64 %map, [map];\n"
      "tensormap.cp_fenceproxy.global.shared::cta.tensormap::generic.release.gpu.sync.aligned [%map], [%tile], 128;\n"
      "@!%p0 bra wait;\nfence.proxy.tensormap::generic.acquire.gpu [%map], 128;\n"
      "mbarrier.arrive.expect_tx.shared::cta.b64 _, [%bar], 64;\n"
      "cp.async.bulk.tensor.2d.shared::cluster.global.mbarrier::complete_tx::bytes [%tile+128], [%map, {0, 1}], "
      "[%bar];\n" +
          waitParity("0", "wait") + "add.u32 %tile, %tile, 128;\nsetp.ge.u32 %p1, %lane, 16;\n@%p1 bra end;\n" +
          writeTile + "end:\n");
  KernelRun run(text, "k");
  run.pass(run.addBuffer("in", makeWords(64))).pass(run.addBuffer("map", std::vector<uint8_t>(128)));
  run.pass(run.addBuffer("out", std::vector<uint32_t>(16), /*isResult=*/true));
  run.config.block = {32, 1, 1};
  std::vector<uint32_t> expected = makeWords(8, 17), second = makeWords(8, 33);
  expected.insert(expected.end(), second.begin(), second.end());
  expectWords(run, expected);
}

TEST(AsyncCopy, TensorReduction) {
  // Both CTAs add their tile to the same box, the last column of which is outside of the tensor.
  std::string text =
      makeKernel(".param .align 64 .b8 map[128]",
                 "mad.lo.u32 %r0, %lane, 4, %tile;\ncvt.rn.f32.u32 %f0, %lane;\nst.shared.f32 [%r0], %f0;\n"
                 "fence.proxy.async.shared::cta;\nbar.sync 0;\n@!%p0 bra end;\n"
                 "mov.b64 %map, map;\ncvta.param.u64 %map, %map;\n"
                 "cp.reduce.async.bulk.tensor.2d.global.shared::cta.add.tile.bulk_group "
                 "[%map, {4, 0}], [%tile];\ncp.async.bulk.commit_group;\n"
                 "cp.async.bulk.wait_group.read 0;\nend:\n");
  KernelRun run(text, "k");
  std::vector<float> start(8 * 8, 0.5f);
  uint64_t buffer = run.addBuffer("out", start, /*isResult=*/true);
  TensorMap map = makeMatrixMap(TensorElement::F32, buffer, 8, 7, 32, 8, 4, Swizzle::None);
  run.pass(map);
  run.config.grid = {2, 1, 1};
  run.config.block = {32, 1, 1};
  for (const Order &order : allOrders) {
    EXPECT_EQ(formatHazards(run.launch(order)), "");
    std::vector<float> result = run.getResult<float>(0);
    for (unsigned y = 0; y != 8; ++y)
      for (unsigned x = 0; x != 8; ++x)
        EXPECT_EQ(result[y * 8 + x], x >= 4 && x < 7 ? 0.5f + 2 * float(y * 4 + x - 4) : 0.5f);
  }
}

TEST(AsyncCopy, BetweenTheCtasOfACluster) {
  // Rank 0 sends its tile to rank 1, whose mbarrier counts the bytes.
  std::string text =
      makeKernel(".param .u64 out",
                 "mov.u32 %r0, %cluster_ctarank;\nsetp.eq.u32 %p1, %r0, 0;\nmad.lo.u32 %r1, %lane, 4, %tile;\n"
                 "add.u32 %r2, %lane, 100;\n@%p1 st.shared.b32 [%r1], %r2;\nfence.proxy.async;\n"
                 "@%p0 mbarrier.arrive.expect_tx.shared::cta.b64 _, [%bar], 128;\n"
                 "barrier.cluster.arrive.aligned;\nbarrier.cluster.wait.aligned;\n"
                 "and.pred %p2, %p0, %p1;\n@!%p2 bra receive;\n"
                 "mapa.shared::cluster.u32 %r3, %tile, 1;\nmapa.shared::cluster.u32 %r4, %bar, 1;\n"
                 "cp.async.bulk.shared::cluster.shared::cta.mbarrier::complete_tx::bytes [%r3], [%tile], 128, [%r4];\n"
                 "receive:\n@%p1 bra end;\n" +
                     waitParity("0", "wait") + writeTile +
                     "end:\nbar.sync 0;\nbarrier.cluster.arrive.aligned;\nbarrier.cluster.wait.aligned;\n",
                 ".reqnctapercluster 2, 1, 1");
  KernelRun run(text, "k");
  run.pass(run.addBuffer("out", std::vector<uint32_t>(32), /*isResult=*/true));
  run.config.grid = {2, 1, 1};
  run.config.block = {32, 1, 1};
  expectWords(run, makeWords(32, 100));
}

TEST(AsyncCopy, StoresToAnotherCta) {
  // Each CTA stores two words a lane to the other, then adds its rank to the first of them.
  std::string text = makeKernel(
      ".param .u64 out",
      "mov.u32 %r0, %cluster_ctarank;\nxor.b32 %r1, %r0, 1;\nmapa.shared::cluster.u32 %r2, %tile, %r1;\n"
      "mapa.shared::cluster.u32 %r3, %bar, %r1;\nmad.lo.u32 %r4, %lane, 8, %r2;\nadd.u32 %r5, %lane, 10;\n"
      "@%p0 mbarrier.arrive.expect_tx.shared::cta.b64 _, [%bar], 128;\n"
      "barrier.cluster.arrive.aligned;\nbarrier.cluster.wait.aligned;\n"
      "st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.v2.b32 [%r4], {%r5, %r0}, [%r3];\n" +
          waitParity("0", "wait") +
          "@%p0 mbarrier.arrive.expect_tx.shared::cta.b64 _, [%bar], 64;\n"
          "barrier.cluster.arrive.aligned;\nbarrier.cluster.wait.aligned;\n"
          "red.async.relaxed.cluster.shared::cluster.mbarrier::complete_tx::bytes.add.u32 [%r4], 100, [%r3];\n" +
          waitParity("1", "again") +
          "mad.lo.u32 %r6, %lane, 8, %tile;\nld.shared.v2.b32 {%r7, %r8}, [%r6];\nld.param.u64 %addr, [out];\n"
          "mad.lo.u32 %r9, %r0, 16, %lane;\nmad.wide.u32 %addr, %r9, 8, %addr;\nst.global.v2.b32 [%addr], {%r7, %r8};\n"
          "barrier.cluster.arrive.aligned;\nbarrier.cluster.wait.aligned;\n",
      ".reqnctapercluster 2, 1, 1");
  KernelRun run(text, "k");
  run.pass(run.addBuffer("out", std::vector<uint32_t>(64), /*isResult=*/true));
  run.config.grid = {2, 1, 1};
  run.config.block = {16, 1, 1};
  std::vector<uint32_t> expected;
  for (unsigned rank = 0; rank != 2; ++rank)
    for (unsigned lane = 0; lane != 16; ++lane) {
      expected.push_back(110 + lane);
      expected.push_back(1 - rank);
    }
  expectWords(run, expected);
}

TEST(AsyncCopy, ThreadsWithZeroFill) {
  // Lane i reads min(i, 4) * 4 bytes of 16; those from 24 on ignore their source, whose address is nonsense.
  std::string text = makeKernel(
      ".param .u64 in, .param .u64 out",
      "ld.param.u64 %rd0, [in];\nmad.wide.u32 %rd1, %lane, 16, %rd0;\nmin.u32 %r0, %lane, 4;\nshl.b32 %r0, %r0, 2;\n"
      "mad.lo.u32 %r1, %lane, 16, %tile;\nsetp.ge.u32 %p1, %lane, 24;\n@%p1 mov.u64 %rd1, 48;\n@%p1 bra ignore;\n"
      "cp.async.cg.shared.global [%r1], [%rd1], 16, %r0;\nbra done;\nignore:\n"
      "cp.async.ca.shared.global [%r1], [%rd1], 16, %p1;\ndone:\ncp.async.commit_group;\ncp.async.wait_group 0;\n"
      "bar.sync 0;\nld.param.u64 %addr, [out];\nmad.wide.u32 %addr, %lane, 16, %addr;\n"
      "ld.shared.v4.b32 {%r4, %r5, %r6, %r7}, [%r1];\nst.global.v4.b32 [%addr], {%r4, %r5, %r6, %r7};\n");
  KernelRun run(text, "k");
  run.pass(run.addBuffer("in", makeWords(128)));
  run.pass(run.addBuffer("out", std::vector<uint32_t>(128, 7), /*isResult=*/true));
  run.config.block = {32, 1, 1};
  std::vector<uint32_t> expected(128);
  for (unsigned lane = 0; lane != 24; ++lane)
    for (unsigned i = 0; i != std::min(lane, 4u); ++i)
      expected[lane * 4 + i] = 1 + lane * 4 + i;
  expectWords(run, expected);
}

TEST(AsyncCopy, ThreadsArriveOnAnMbarrier) {
  for (const char *noinc : {"", ".noinc"}) {
    // With .noinc the arrival of the copies is one of the 64; without, it comes on top of a plain one.
    std::string plain = *noinc ? "" : "mbarrier.arrive.shared::cta.b64 _, [%bar];\n";
    std::string text =
        makeKernel(".param .u64 in, .param .u64 out",
                   "ld.param.u64 %rd0, [in];\nmad.wide.u32 %rd0, %lane, 4, %rd0;\n"
                   "mad.lo.u32 %r1, %lane, 4, %tile;\ncp.async.ca.shared.global [%r1], [%rd0], 4;\n"
                   "cp.async.mbarrier.arrive" +
                       std::string(noinc) + ".shared::cta.b64 [%bar];\n" + plain + waitParity("0", "wait") +
                       "xor.b32 %r29, %lane, 63;\nmad.lo.u32 %r30, %r29, 4, %tile;\n"
                       "ld.shared.b32 %r31, [%r30];\nld.param.u64 %addr, [out];\n"
                       "mad.wide.u32 %addr, %lane, 4, %addr;\nst.global.b32 [%addr], %r31;\n",
                   "", "64");
    KernelRun run(text, "k");
    run.pass(run.addBuffer("in", makeWords(64)));
    run.pass(run.addBuffer("out", std::vector<uint32_t>(64), /*isResult=*/true));
    run.config.block = {64, 1, 1};
    std::vector<uint32_t> expected(64);
    for (unsigned i = 0; i != 64; ++i)
      expected[i] = 64 - i;
    expectWords(run, expected);
  }
}

TEST(AsyncCopy, MbarrierStates) {
  // One thread: tokens, pending counts, drops and the two kinds of wait.
  std::string text = makeKernel(
      ".param .u64 out",
      "mbarrier.arrive.shared::cta.b64 %rd0, [%bar], 2;\nmbarrier.pending_count.b64 %r0, %rd0;\n"
      "mbarrier.test_wait.shared::cta.b64 %p1, [%bar], %rd0;\nselp.u32 %r1, 1, 0, %p1;\n"
      "mbarrier.arrive.noComplete.release.cta.shared::cta.b64 %rd1, [%bar], 1;\nmbarrier.pending_count.b64 %r2, %rd1;\n"
      "mbarrier.arrive_drop.shared::cta.b64 %rd2, [%bar];\n"
      "mbarrier.test_wait.shared::cta.b64 %p1, [%bar], %rd0;\nselp.u32 %r3, 1, 0, %p1;\n"
      "mbarrier.test_wait.parity.shared::cta.b64 %p1, [%bar], 1;\nselp.u32 %r4, 1, 0, %p1;\n"
      "mbarrier.expect_tx.relaxed.cta.shared::cta.b64 [%bar], 32;\nmbarrier.arrive.shared::cta.b64 %rd3, [%bar], 3;\n"
      "mbarrier.pending_count.b64 %r5, %rd3;\nmbarrier.try_wait.shared::cta.b64 %p1, [%bar], %rd3, 20;\n"
      "selp.u32 %r6, 1, 0, %p1;\nmbarrier.complete_tx.relaxed.cta.shared::cta.b64 [%bar], 32;\n"
      "mbarrier.try_wait.shared::cta.b64 %p1, [%bar], %rd3;\nselp.u32 %r7, 1, 0, %p1;\n"
      "mbarrier.inval.shared::cta.b64 [%bar];\nld.param.u64 %addr, [out];\n"
      "st.global.v4.b32 [%addr], {%r0, %r1, %r2, %r3};\nst.global.v4.b32 [%addr+16], {%r4, %r5, %r6, %r7};\n",
      "", "4");
  KernelRun run(text, "k");
  run.pass(run.addBuffer("out", std::vector<uint32_t>(8), /*isResult=*/true));
  expectWords(run, {4, 0, 2, 1, 0, 3, 0, 1});
}

TEST(AsyncCopy, GenericAddresses) {
  std::string text =
      makeKernel(".param .u64 out", "cvta.shared.u64 %rd0, bar;\nmbarrier.arrive.b64 %rd1, [%rd0];\n"
                                    "mbarrier.test_wait.b64 %p1, [%rd0], %rd1;\nselp.u32 %r0, 1, 0, %p1;\n"
                                    "mapa.u64 %rd2, %rd0, 0;\ngetctarank.u64 %r1, %rd2;\nadd.u32 %r0, %r0, %r1;\n"
                                    "ld.param.u64 %addr, [out];\nst.global.b32 [%addr], %r0;\n");
  KernelRun run(text, "k");
  run.pass(run.addBuffer("out", std::vector<uint32_t>(1), /*isResult=*/true));
  expectWords(run, {1});
}

} // namespace
