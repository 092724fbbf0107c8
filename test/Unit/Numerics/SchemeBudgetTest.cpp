//===- SchemeBudgetTest.cpp -----------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The oracle tries every combination.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/SchemeBudget.h"

#include "TestData.h"
#include "gtest/gtest.h"

using namespace quantopt;
using namespace quantopt::test;

namespace {

using Items = std::vector<std::vector<SchemeCost>>;

Items makeItems(uint64_t seed, size_t count) {
  Random random(seed);
  Items items(count);
  for (auto &costs : items) {
    costs.resize(1 + random.next() % 4);
    for (SchemeCost &cost : costs)
      cost = {int64_t(random.next() % 50), double(random.next() % 40) / 8};
  }
  return items;
}

SchemeCost getSum(const Items &items, llvm::ArrayRef<unsigned> choice) {
  SchemeCost sum;
  for (auto [costs, index] : llvm::zip_equal(items, choice)) {
    sum.bytes += costs[index].bytes;
    sum.loss += costs[index].loss;
  }
  return sum;
}

/// The least loss within `budget`, over every combination; infinity when none fits.
double findLeastLoss(const Items &items, int64_t budget, size_t at = 0) {
  if (budget < 0)
    return INFINITY;
  if (at == items.size())
    return 0;
  double least = INFINITY;
  for (const SchemeCost &cost : items[at])
    least = std::min(least, cost.loss + findLeastLoss(items, budget - cost.bytes, at + 1));
  return least;
}

TEST(SchemeBudget, IsTheBestOfAllCombinations) {
  for (int seed = 0; seed != 300; ++seed) {
    SCOPED_TRACE(seed);
    Items items = makeItems(seed, seed % 7);
    int64_t budget = int64_t(Random(seed + 1000).next() % 200);
    llvm::Expected<std::vector<unsigned>> choice = chooseSchemes(items, budget);
    double least = findLeastLoss(items, budget);
    if (!choice) {
      EXPECT_EQ(least, INFINITY);
      EXPECT_NE(llvm::toString(choice.takeError()).find("the smallest schemes take"), std::string::npos);
      continue;
    }
    SchemeCost sum = getSum(items, *choice);
    EXPECT_LE(sum.bytes, budget);
    EXPECT_DOUBLE_EQ(sum.loss, least);
  }
}

TEST(SchemeBudget, KeepsTheBudgetAndNearlyTheLossWithFewSums) {
  for (int seed = 0; seed != 50; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    Items items(60);
    int64_t fewest = 0, most = 0;
    for (auto &costs : items) {
      int64_t size = 1000 + int64_t(random.next() % 100000);
      double loss = std::exp(random.normal());
      costs = {{size, loss}, {2 * size, loss / 8}, {4 * size, 0}};
      fewest += size;
      most += 4 * size;
    }
    int64_t budget = fewest + (most - fewest) / 3;
    SchemeCost fine = getSum(items, llvm::cantFail(chooseSchemes(items, budget)));
    SchemeCost coarse = getSum(items, llvm::cantFail(chooseSchemes(items, budget, 256)));
    EXPECT_LE(fine.bytes, budget);
    EXPECT_LE(coarse.bytes, budget);
    EXPECT_LE(coarse.loss, 1.2 * fine.loss + 1e-9);
    // More bytes never lose more.
    SchemeCost larger = getSum(items, llvm::cantFail(chooseSchemes(items, budget + budget / 10)));
    EXPECT_LE(larger.loss, fine.loss * (1 + 1e-3));
  }
}

TEST(SchemeBudget, RefusesBadInput) {
  EXPECT_EQ(llvm::toString(chooseSchemes(Items{{}}, 1).takeError()), "an item has no scheme to choose");
  EXPECT_EQ(llvm::toString(chooseSchemes(Items{{{1, NAN}}}, 1).takeError()), "a loss is not finite");
  EXPECT_EQ(llvm::toString(chooseSchemes(Items{{{5, 0}}, {{7, 0}, {6, 0}}}, 10).takeError()),
            "the budget is 10 bytes, and the smallest schemes take 11");
}

} // namespace
