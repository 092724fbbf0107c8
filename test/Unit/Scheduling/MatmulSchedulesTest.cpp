//===- MatmulSchedulesTest.cpp - The model that ranks schedules -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Scheduling/MatmulSchedules.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

namespace {

struct MatmulSchedules : testing::Test {
  MatmulSchedules() { context.loadDialect<LowPDialect>(); }
  MLIRContext context;
  const ChipModel &chip = getHopperModel();
};

TEST_F(MatmulSchedules, TheChoiceIsTheFastestOfTheLegalOnes) {
  for (MatmulProblem problem : {MatmulProblem{1, 576, 576, 2},
                                {16, 4096, 4096, 2},
                                {300, 1536, 576, 4},
                                {4096, 7168, 16384, 2},
                                {8192, 8192, 8192, 2}}) {
    auto [choice, time] = chooseWgmma(&context, problem, chip);
    SmallVector<ScheduleAttr> all = enumerateWgmma(&context, problem, chip);
    EXPECT_GT(all.size(), 30u);
    for (ScheduleAttr schedule : all) {
      EXPECT_LE(time.microseconds, predict(schedule, problem, chip).microseconds);
      EXPECT_LE(schedule.getSharedBytes(), 232448);
    }
  }
}

// Worked by hand: 128 x 256 x 128 takes 128 * 256 * 128 / 4096 = 1024 clocks of the tensor cores, (128 + 2 * 256 + 384)
// * 128 / 128 = 1024 of shared memory, 384 * 128 / 46.6 = 1055 of L2; 4096^3 is 512 tiles, 4 waves of 132, 32 steps
// each; an epilogue takes 128 * 256 / 128 * 6 = 1536. (32 * 1054.8 + 1536) * 4 / 1700 = 83.03 us, and 4 us before the
// first.
TEST_F(MatmulSchedules, PredictsAsWorkedByHand) {
  ScheduleAttr schedule = ScheduleAttr::getWgmma(&context, 128, 256, 4, 8);
  Prediction prediction = predict(schedule, {4096, 4096, 4096, 2}, chip);
  EXPECT_NEAR(prediction.microseconds, 87.03, 0.05);
  EXPECT_EQ(prediction.limit, "L2");
}

TEST_F(MatmulSchedules, FewRowsAreBoundByMemory) {
  auto [choice, time] = chooseWgmma(&context, {16, 8192, 8192, 2}, chip);
  EXPECT_EQ(time.limit, "memory");
  // 8192 * 8192 bytes at 3350 GB/s are 20 us.
  EXPECT_NEAR(time.microseconds, 24.2, 0.5);
}

TEST_F(MatmulSchedules, MmaSyncIsNeverFasterThanTheChoice) {
  for (int64_t m : {1, 64, 4096}) {
    MatmulProblem problem{m, 4096, 4096, 2};
    EXPECT_LT(chooseWgmma(&context, problem, chip).second.microseconds,
              predict(getPlainSchedule(&context), problem, chip).microseconds);
  }
}

TEST_F(MatmulSchedules, StreamFillsTheChip) {
  // 128 blocks of 64 rows, 4 of them a multiprocessor.
  EXPECT_EQ(chooseStream(&context, {1, 8192, 8192, 2}, chip).getSplit(), 8);
  EXPECT_EQ(chooseStream(&context, {1, 8192, 8192, 2}, chip).getTileN(), 8);
  EXPECT_EQ(chooseStream(&context, {9, 65536, 1024, 2}, chip).getSplit(), 1);
  // No block without work for its warps.
  EXPECT_EQ(chooseStream(&context, {1, 576, 128, 2}, chip).getSplit(), 1);
}

TEST_F(MatmulSchedules, FourBitsTakeAQuarterOfTheTimeOfMemory) {
  MatmulProblem problem{1, 8192, 8192, 2};
  Prediction prediction = predictMixed(chooseStream(&context, problem, chip), problem, chip);
  EXPECT_EQ(prediction.limit, "memory");
  EXPECT_NEAR(prediction.microseconds, 4 + 8192. * 8192 / 2 / 3350e3, 0.1);
}

} // namespace
