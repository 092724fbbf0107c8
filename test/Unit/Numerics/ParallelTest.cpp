//===- ParallelTest.cpp ---------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Parallel.h"

#include "gtest/gtest.h"
#include <atomic>
#include <cblas.h>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

using namespace quantopt;

namespace {

TEST(Parallel, RunsEachIndexOnce) {
  for (unsigned threads : {0u, 1u, 2u, 5u}) {
    std::vector<std::atomic<int>> counts(1000);
    parallelFor(threads, counts.size(), [&](size_t i) { ++counts[i]; });
    for (const std::atomic<int> &count : counts)
      EXPECT_EQ(count, 1);
  }
  parallelFor(2, 0, [](size_t) { FAIL() << "nothing to do"; });
}

TEST(Parallel, NestedCallsStayOnTheirThread) {
  std::mutex mutex;
  std::set<std::thread::id> outer, inner;
  parallelFor(2, 8, [&](size_t) {
    std::thread::id self = std::this_thread::get_id();
    parallelFor(4, 8, [&](size_t) {
      std::lock_guard<std::mutex> lock(mutex);
      outer.insert(self);
      inner.insert(std::this_thread::get_id());
    });
  });
  EXPECT_EQ(outer, inner);
  EXPECT_LE(outer.size(), 2u);
}

TEST(Parallel, BlasIsSingleThreadedInsideAndRestoredAfter) {
  openblas_set_num_threads(2);
  int before = openblas_get_num_threads();
  parallelFor(2, 4, [&](size_t) {
    EXPECT_EQ(openblas_get_num_threads(), 1);
    parallelFor(2, 2, [&](size_t) { EXPECT_EQ(openblas_get_num_threads(), 1); });
    EXPECT_EQ(openblas_get_num_threads(), 1) << "an inner loop must not restore it";
  });
  EXPECT_EQ(openblas_get_num_threads(), before);
}

} // namespace
