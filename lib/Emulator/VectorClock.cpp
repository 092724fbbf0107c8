//===- VectorClock.cpp - What a thread knows of the others ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VectorClock.h"

#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace quantopt::ptx;

const VectorClock::Part *VectorClock::find(uint32_t cta) const {
  const Part *it = llvm::lower_bound(parts, cta, [](const Part &part, uint32_t cta) { return part.cta < cta; });
  return it != parts.end() && it->cta == cta ? it : nullptr;
}

Clock Clock::make(uint32_t threadsPerCta) {
  Clock clock;
  clock.vector = llvm::makeIntrusiveRefCnt<VectorClock>();
  clock.threadsPerCta = threadsPerCta;
  return clock;
}

void Clock::own() {
  if (vector->UseCount() != 1)
    vector = llvm::makeIntrusiveRefCnt<VectorClock>(*vector);
}

/// The first part that is not below the CTA's.
VectorClock::Part *Clock::findPlace(uint32_t cta) {
  return llvm::lower_bound(vector->parts, cta,
                           [](const VectorClock::Part &part, uint32_t cta) { return part.cta < cta; });
}

void Clock::learn(const Epoch &epoch) {
  if (knows(epoch))
    return;
  own();
  VectorClock::Part *part = findPlace(epoch.cta);
  if (part == vector->parts.end() || part->cta != epoch.cta) {
    auto times = llvm::makeIntrusiveRefCnt<VectorClock::Times>();
    times->values.resize(threadsPerCta);
    part = vector->parts.insert(part, {epoch.cta, std::move(times)});
  } else if (part->times->UseCount() != 1) {
    part->times = llvm::makeIntrusiveRefCnt<VectorClock::Times>(*part->times);
  }
  part->times->values[epoch.thread] = epoch.time;
}

static bool isAtMost(const std::vector<uint32_t> &a, const std::vector<uint32_t> &b) {
  bool result = true;
  for (size_t i = 0; i < a.size(); ++i)
    result &= a[i] <= b[i];
  return result;
}

/// The larger time of each thread; one of the two arrays where that is enough.
static llvm::IntrusiveRefCntPtr<VectorClock::Times> merge(llvm::IntrusiveRefCntPtr<VectorClock::Times> ours,
                                                          llvm::IntrusiveRefCntPtr<VectorClock::Times> theirs) {
  if (isAtMost(ours->values, theirs->values))
    return theirs;
  auto merged = llvm::makeIntrusiveRefCnt<VectorClock::Times>(*ours);
  for (size_t i = 0; i < merged->values.size(); ++i)
    merged->values[i] = std::max(merged->values[i], theirs->values[i]);
  return merged;
}

void Clock::join(const Clock &other) {
  if (other.isNull() || isSameAs(other))
    return;
  for (const VectorClock::Part &theirs : other.vector->parts) {
    VectorClock::Part *ours = findPlace(theirs.cta);
    bool isNew = ours == vector->parts.end() || ours->cta != theirs.cta;
    if (!isNew && (ours->times == theirs.times || isAtMost(theirs.times->values, ours->times->values)))
      continue;
    own();
    ours = findPlace(theirs.cta);
    if (isNew)
      vector->parts.insert(ours, theirs);
    else
      ours->times = merge(ours->times, theirs.times);
  }
}
