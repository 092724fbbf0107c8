//===- WarpInstructionsTest.cpp - Lanes of a warp, barriers, control ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Evaluate.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

std::vector<Operands> numbered() {
  std::vector<Operands> operands;
  for (uint64_t lane = 0; lane != 32; ++lane)
    operands.push_back({lane, lane & 1, lane / 8, 100 + lane});
  return operands;
}

/// Runs a body on lanes numbered by %a0 and expects f(lane).
template <typename F> void checkLanes(const std::string &body, F expected, const std::string &result = "%r") {
  std::vector<uint64_t> results = Evaluator().runLanes(body, result, numbered());
  for (unsigned lane = 0; lane != 32; ++lane)
    EXPECT_EQ(results[lane], uint64_t(expected(lane))) << body << " lane " << lane;
}

TEST(WarpInstructions, Shuffle) {
  checkLanes("shfl.sync.bfly.b32 %r, %a3, 5, 31, -1;", [](unsigned lane) { return 100 + (lane ^ 5); });
  checkLanes("shfl.sync.idx.b32 %r, %a3, 7, 31, -1;", [](unsigned) { return 107; });
  // Down and up leave lanes beyond the end with their own value; p says which.
  checkLanes("shfl.sync.down.b32 %r|%v, %a3, 4, 31, -1;",
             [](unsigned lane) { return lane < 28 ? 104 + lane : 100 + lane; });
  checkLanes("shfl.sync.down.b32 %r|%v, %a3, 4, 31, -1;", [](unsigned lane) { return lane < 28; }, "%v");
  checkLanes("shfl.sync.up.b32 %r|%v, %a3, 4, 0, -1;",
             [](unsigned lane) { return lane >= 4 ? 96 + lane : 100 + lane; });
  checkLanes("shfl.sync.up.b32 %r|%v, %a3, 4, 0, -1;", [](unsigned lane) { return lane >= 4; }, "%v");
  // Segments of 8: c = (32 - 8) << 8 | 7 clamps inside.
  checkLanes("shfl.sync.idx.b32 %r, %a3, 2, 0x181F, -1;", [](unsigned lane) { return 102 + lane / 8 * 8; });
  checkLanes("shfl.sync.down.b32 %r, %a3, 6, 0x181F, -1;",
             [](unsigned lane) { return lane % 8 < 2 ? 106 + lane : 100 + lane; });
}

TEST(WarpInstructions, VoteMatchReduxElect) {
  checkLanes("vote.sync.ballot.b32 %r, %p1, -1;", [](unsigned) { return 0xAAAAAAAA; });
  checkLanes("vote.sync.any.pred %v, %p1, -1;", [](unsigned) { return 1; }, "%v");
  checkLanes("vote.sync.all.pred %v, %p1, -1;", [](unsigned) { return 0; }, "%v");
  checkLanes("vote.sync.uni.pred %v, %p1, -1;", [](unsigned) { return 0; }, "%v");
  checkLanes("vote.sync.ballot.b32 %r, !%p1, -1;", [](unsigned) { return 0x55555555; });
  checkLanes("match.any.sync.b32 %r, %a2, -1;", [](unsigned lane) { return 0xFFu << (lane / 8 * 8); });
  checkLanes("match.all.sync.b32 %r|%v, %a2, -1;", [](unsigned) { return 0; });
  checkLanes("mov.u32 %s, 3; match.all.sync.b32 %r|%v, %s, -1;", [](unsigned) { return 0xFFFFFFFF; });
  checkLanes("match.any.sync.b64 %r, %A1, -1;", [](unsigned lane) { return lane & 1 ? 0xAAAAAAAA : 0x55555555; });
  checkLanes("redux.sync.add.s32 %r, %a0, -1;", [](unsigned) { return 496; });
  checkLanes("redux.sync.max.u32 %r, %a3, -1;", [](unsigned) { return 131; });
  checkLanes("sub.s32 %s, %a0, 5; redux.sync.min.s32 %r, %s, -1;", [](unsigned) { return 0xFFFFFFFB; });
  checkLanes("redux.sync.xor.b32 %r, %a0, -1;", [](unsigned) { return 0; });
  checkLanes("redux.sync.or.b32 %r, %a0, -1;", [](unsigned) { return 31; });
  checkLanes("elect.sync %r|%v, -1;", [](unsigned lane) { return lane == 0; }, "%v");
  checkLanes("activemask.b32 %r;", [](unsigned) { return 0xFFFFFFFF; });
}

TEST(WarpInstructions, PartOfTheWarp) {
  // Odd lanes leave; even ones shuffle among themselves with their own mask.
  checkLanes("mov.u32 %r, 9; @%p1 bra L; shfl.sync.bfly.b32 %r, %a3, 2, 31, 0x55555555; L:",
             [](unsigned lane) { return lane & 1 ? 9 : 100 + (lane ^ 2); });
  checkLanes("mov.u32 %r, 9; @%p1 bra L; activemask.b32 %r; L:",
             [](unsigned lane) { return lane & 1 ? 9 : 0x55555555u; });
  checkLanes("mov.u32 %r, 9; @%p1 elect.sync %r|%v, 0xAAAAAAAA;", [](unsigned lane) { return lane & 1 ? 1 : 9; });
  // Both sides wait for the whole warp, at different places.
  checkLanes("@%p1 bra L; bar.warp.sync -1; mov.u32 %r, 1; bra M; L: bar.warp.sync -1; mov.u32 %r, 2; M:",
             [](unsigned lane) { return 1 + (lane & 1); });
}

TEST(WarpInstructions, SpecialRegisters) {
  checkLanes("mov.u32 %r, %laneid;", [](unsigned lane) { return lane; });
  checkLanes("mov.u32 %r, %lanemask_lt;", [](unsigned lane) { return (1u << lane) - 1; });
  checkLanes("mov.u32 %r, %lanemask_le;", [](unsigned lane) { return lane == 31 ? ~0u : (2u << lane) - 1; });
  checkLanes("mov.u32 %r, %lanemask_ge;", [](unsigned lane) { return ~0u << lane; });
  checkLanes("mov.u32 %r, %lanemask_gt;", [](unsigned lane) { return lane == 31 ? 0 : ~0u << (lane + 1); });
  checkLanes("mov.u32 %r, %ntid.x;", [](unsigned) { return 32; });
  // Special registers may stand in other instructions.
  checkLanes("mad.lo.u32 %r, %ctaid.x, %ntid.x, %tid.x;", [](unsigned lane) { return lane; });
  checkLanes(
      "cvt.u32.u64 %s, %clock64; mov.u32 %r, %clock; sub.u32 %r, %r, %s; setp.gt.s32 %v, %r, 0;",
      [](unsigned) { return 1; }, "%v");
}

TEST(WarpInstructions, LoopsOfDifferentLengths) {
  checkLanes(
      "mov.u32 %r, 0; mov.u32 %s, 0; L: setp.ge.u32 %v, %s, %a0; @%v bra M; add.u32 %r, %r, 2; add.u32 %s, %s, 1;"
      " bra L; M:",
      [](unsigned lane) { return 2 * lane; });
  // A branch table.
  checkLanes("T: .branchtargets L0, L1, L2, L3; brx.idx %a2, T; L0: mov.u32 %r, 10; bra E; L1: mov.u32 %r, 11; bra E;"
             " L2: mov.u32 %r, 12; bra E; L3: mov.u32 %r, 13; E:",
             [](unsigned lane) { return 10 + lane / 8; });
}

/// A lock that lanes of one warp take in turn: the holder must go on while the others spin.
TEST(WarpInstructions, SpinLockInsideAWarp) {
  std::string body = "setp.ne.u32 %v, %a0, 0; @%v bra S; st.shared.u32 [tile], 0; st.shared.u32 [tile+4], 0; S:"
                     " bar.warp.sync -1;"
                     "L: atom.shared.cas.b32 %s, [tile], 0, 1; setp.ne.u32 %v, %s, 0; @%v bra L;"
                     " ld.shared.u32 %r, [tile+4]; add.u32 %s, %r, 1; st.shared.u32 [tile+4], %s;"
                     " atom.shared.exch.b32 %s, [tile], 0;";
  std::vector<uint64_t> results = Evaluator().runLanes(body, "%r", numbered());
  std::sort(results.begin(), results.end());
  for (unsigned i = 0; i != 32; ++i)
    EXPECT_EQ(results[i], i);
}

} // namespace
