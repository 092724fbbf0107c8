//===- Parallel.cpp - One parallel loop for everything --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Parallel.h"

#include <algorithm>
#include <atomic>
#include <cblas.h>
#include <mutex>
#include <thread>
#include <vector>

using namespace quantopt;

static std::mutex blasMutex;
static unsigned blasUsers = 0;
static int blasThreadsBefore = 1;

SingleThreadedBlas::SingleThreadedBlas() {
  std::lock_guard<std::mutex> lock(blasMutex);
  if (blasUsers++ != 0)
    return;
  blasThreadsBefore = openblas_get_num_threads();
  if (blasThreadsBefore != 1)
    openblas_set_num_threads(1);
}

SingleThreadedBlas::~SingleThreadedBlas() {
  std::lock_guard<std::mutex> lock(blasMutex);
  if (--blasUsers == 0 && blasThreadsBefore != 1)
    openblas_set_num_threads(blasThreadsBefore);
}

unsigned quantopt::resolveThreadCount(unsigned threads) {
  return threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
}

void quantopt::parallelFor(unsigned threads, size_t count, llvm::function_ref<void(size_t)> body) {
  static thread_local bool isInside = false;
  SingleThreadedBlas blas;
  size_t workers = std::min<size_t>(resolveThreadCount(threads), count);
  if (workers <= 1 || isInside) {
    for (size_t i = 0; i != count; ++i)
      body(i);
    return;
  }
  std::atomic<size_t> next{0};
  auto work = [&] {
    isInside = true;
    for (size_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < count;)
      body(i);
    isInside = false;
  };
  std::vector<std::thread> others;
  for (size_t i = 1; i != workers; ++i)
    others.emplace_back(work);
  work();
  for (std::thread &thread : others)
    thread.join();
}
