//===- MbarrierTest.cpp ---------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The rules are those of the PTX ISA, "Phase of the mbarrier object" and the
// sections on tracking asynchronous operations.
//
//===----------------------------------------------------------------------===//

#include "Mbarrier.h"

#include "gtest/gtest.h"
#include <string>

using namespace quantopt::ptx;

namespace {

Mbarrier make(uint32_t count) {
  Mbarrier mbarrier;
  EXPECT_EQ(mbarrier.init(count), nullptr);
  return mbarrier;
}

TEST(Mbarrier, PhasesEndWithTheLastArrival) {
  Mbarrier m = make(3);
  uint64_t first = m.getToken();
  EXPECT_EQ(Mbarrier::getPendingOfToken(first), 3u);
  EXPECT_EQ(m.arrive(2), nullptr);
  EXPECT_FALSE(m.isOver(first));
  EXPECT_FALSE(m.isParityOver(0)); // phase 0 is the current one
  EXPECT_TRUE(m.isParityOver(1));  // the one before it
  EXPECT_EQ(m.arrive(1), nullptr);
  EXPECT_TRUE(m.isOver(first));
  EXPECT_TRUE(m.isParityOver(0));
  EXPECT_FALSE(m.isParityOver(1));
  EXPECT_EQ(m.getPending(), 3u);
  EXPECT_EQ(m.getPhase(), 1u);
}

TEST(Mbarrier, BytesHoldThePhaseOpen) {
  Mbarrier m = make(1);
  EXPECT_EQ(m.expectTransactions(4096), nullptr);
  EXPECT_EQ(m.arrive(1), nullptr);
  EXPECT_EQ(m.getPhase(), 0u);
  EXPECT_EQ(m.completeTransactions(1024), nullptr);
  EXPECT_EQ(m.getTransactions(), 3072);
  EXPECT_EQ(m.completeTransactions(3072), nullptr);
  EXPECT_EQ(m.getPhase(), 1u);
}

TEST(Mbarrier, BytesMayLandBeforeTheyAreExpected) {
  Mbarrier m = make(1);
  EXPECT_EQ(m.completeTransactions(64), nullptr);
  EXPECT_EQ(m.getPhase(), 0u); // an arrival is pending
  EXPECT_EQ(m.expectTransactions(64), nullptr);
  EXPECT_EQ(m.arrive(1), nullptr);
  EXPECT_EQ(m.getPhase(), 1u);
}

TEST(Mbarrier, DropsLowerTheCountOfLaterPhases) {
  Mbarrier m = make(3);
  EXPECT_EQ(m.arriveAndDrop(1), nullptr);
  EXPECT_EQ(m.arrive(2), nullptr);
  EXPECT_EQ(m.getPhase(), 1u);
  EXPECT_EQ(m.getPending(), 2u);
  // The drop that completes a phase counts for the next one.
  EXPECT_EQ(m.arrive(1), nullptr);
  EXPECT_EQ(m.arriveAndDrop(1), nullptr);
  EXPECT_EQ(m.getPhase(), 2u);
  EXPECT_EQ(m.getPending(), 1u);
}

TEST(Mbarrier, RefusesWhatIsUndefined) {
  Mbarrier m;
  EXPECT_NE(m.init(0), nullptr);
  EXPECT_NE(m.init(1 << 20), nullptr);
  m = make(2);
  EXPECT_NE(m.arrive(3), nullptr);
  EXPECT_NE(m.arrive(0), nullptr);
  EXPECT_NE(m.arrive(2, /*completes=*/false), nullptr);
  EXPECT_EQ(m.arrive(1, /*completes=*/false), nullptr);
  EXPECT_NE(m.arriveAndDrop(3), nullptr);
  EXPECT_NE(m.expectTransactions(1 << 20), nullptr);
  EXPECT_NE(m.completeTransactions(1 << 20), nullptr);
  EXPECT_EQ(m.getPending(), 1u);
  EXPECT_EQ(m.getTransactions(), 0);
}

} // namespace
