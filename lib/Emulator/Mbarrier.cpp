//===- Mbarrier.cpp - mbarrier objects ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Mbarrier.h"

#include <cstdlib>

using namespace quantopt::ptx;

void Mbarrier::completeIfDone() {
  if (pending != 0 || transactions != 0)
    return;
  ++phase;
  pending = expected;
}

const char *Mbarrier::init(uint32_t count) {
  if (count == 0 || count > maxCount)
    return "initializes an mbarrier with a count that is not in 1 .. 2^20 - 1";
  expected = pending = count;
  transactions = 0;
  phase = 0;
  return nullptr;
}

const char *Mbarrier::arrive(uint32_t count, bool completes) {
  if (count == 0 || count > maxCount)
    return "arrives with a count that is not in 1 .. 2^20 - 1";
  if (count > pending)
    return "arrives more often in a phase than the mbarrier was initialized for";
  if (!completes && count == pending)
    return "completes a phase with an arrival of .noComplete";
  pending -= count;
  completeIfDone();
  return nullptr;
}

const char *Mbarrier::arriveAndDrop(uint32_t count, bool completes) {
  if (count > expected)
    return "drops more arrivals than the mbarrier expects";
  uint32_t kept = expected;
  // The phase that this arrival completes begins with the smaller count.
  expected -= count;
  const char *fault = arrive(count, completes);
  if (fault)
    expected = kept;
  return fault;
}

const char *Mbarrier::addPending() {
  if (pending == maxCount)
    return "makes more than 2^20 - 1 arrivals pending";
  ++pending;
  return nullptr;
}

const char *Mbarrier::expectTransactions(uint32_t bytes) {
  if (std::llabs(transactions + bytes) > maxTransactions)
    return "expects more than 2^20 - 1 bytes in a phase";
  transactions += bytes;
  return nullptr;
}

const char *Mbarrier::completeTransactions(uint32_t bytes) {
  if (std::llabs(transactions - int64_t(bytes)) > maxTransactions)
    return "completes more than 2^20 - 1 bytes that nobody expects";
  transactions -= bytes;
  completeIfDone();
  return nullptr;
}
