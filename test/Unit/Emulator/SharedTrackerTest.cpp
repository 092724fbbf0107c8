//===- SharedTrackerTest.cpp ----------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SharedTracker.h"

#include "gtest/gtest.h"

using namespace quantopt::ptx;

namespace {

TEST(SharedTracker, CopiesInFlight) {
  SharedTracker t(1024, 4);
  EXPECT_EQ(t.beginWrite(128, 256), SharedConflict::None);
  EXPECT_EQ(t.read(380, 4), SharedConflict::ReadBeforeLanded);
  EXPECT_EQ(t.write(128, 1, 0, 1), SharedConflict::WriteBeforeLanded);
  EXPECT_EQ(t.read(384, 4), SharedConflict::None);
  EXPECT_EQ(t.beginRead(112, 32), SharedConflict::ReadBeforeLanded);
  t.endRead(112, 32);
  t.endWrite(128, 256, /*isOrdinary=*/false, 0, 1);
  EXPECT_EQ(t.read(380, 4), SharedConflict::None);
  EXPECT_EQ(t.beginRead(256, 128), SharedConflict::None);
  EXPECT_EQ(t.read(256, 4), SharedConflict::None); // both read
  EXPECT_EQ(t.write(256, 4, 0, 1), SharedConflict::WriteWhileRead);
  EXPECT_EQ(t.beginWrite(256, 16), SharedConflict::WriteWhileRead);
}

TEST(SharedTracker, CopiesOfFewBytesShareAChunk) {
  SharedTracker t(64, 1);
  EXPECT_EQ(t.beginWrite(0, 4), SharedConflict::None);
  EXPECT_EQ(t.beginWrite(4, 4), SharedConflict::None);
  EXPECT_EQ(t.write(8, 8, 0, 1), SharedConflict::None);
  EXPECT_EQ(t.read(6, 1), SharedConflict::ReadBeforeLanded);
  EXPECT_EQ(t.beginWrite(2, 4), SharedConflict::WriteBeforeLanded);
}

TEST(SharedTracker, FenceOfTheWriter) {
  SharedTracker t(64, 2);
  EXPECT_EQ(t.write(0, 16, 0, 5), SharedConflict::None);
  EXPECT_EQ(t.beginRead(0, 16), SharedConflict::Unfenced);
  t.endRead(0, 16);
  t.fence(1, 5); // another warp, and nothing has ordered the two
  EXPECT_EQ(t.beginRead(0, 16), SharedConflict::Unfenced);
  t.endRead(0, 16);
  t.fence(0, 5);
  EXPECT_EQ(t.beginRead(0, 16), SharedConflict::None);
  t.endRead(0, 16);
  t.write(0, 16, 0, 5); // behind the fence
  EXPECT_EQ(t.beginRead(0, 16), SharedConflict::Unfenced);
}

TEST(SharedTracker, FenceBehindABarrier) {
  SharedTracker t(64, 2);
  t.write(0, 16, 0, 5);
  t.fence(1, 6); // a barrier has completed since
  EXPECT_EQ(t.beginRead(0, 16), SharedConflict::None);
  t.endRead(0, 16);
  // What a bulk copy wrote needs no fence, what cp.async wrote does.
  t.beginWrite(16, 16);
  t.endWrite(16, 16, /*isOrdinary=*/false, 0, 7);
  EXPECT_EQ(t.beginRead(16, 16), SharedConflict::None);
  t.beginWrite(32, 16);
  t.endWrite(32, 16, /*isOrdinary=*/true, 0, 7);
  EXPECT_EQ(t.beginRead(32, 16), SharedConflict::Unfenced);
}

} // namespace
