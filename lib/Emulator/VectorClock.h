//===- VectorClock.h - What a thread knows of the others ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Vector clocks over all threads of a grid (Fidge, Mattern), kept as one array
// a CTA. Threads that have met share one clock, and clocks share the arrays
// that they agree on, so a barrier costs one pass over the threads of a CTA
// whatever the size of the grid.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_VECTORCLOCK_H
#define QUANTOPT_LIB_EMULATOR_VECTORCLOCK_H

#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/SmallVector.h"
#include <cstdint>
#include <vector>

namespace quantopt::ptx {

/// A time of a thread, which the thread counts itself.
struct Epoch {
  uint32_t cta = 0, thread = 0, time = 0; // time 0: never
};

/// The last time of each thread that somebody knows: all that those did until then happened before. Changed only
/// through `Clock`, as it may be shared.
class VectorClock : public llvm::RefCountedBase<VectorClock> {
public:
  uint32_t get(uint32_t cta, uint32_t thread) const {
    if (!parts.empty() && parts.front().cta == cta)
      return parts.front().times->values[thread];
    const Part *part = find(cta);
    return part ? part->times->values[thread] : 0;
  }
  bool knows(const Epoch &epoch) const { return get(epoch.cta, epoch.thread) >= epoch.time; }

  struct Times : llvm::RefCountedBase<Times> {
    std::vector<uint32_t> values;
  };

private:
  friend class Clock;

  struct Part {
    uint32_t cta;
    llvm::IntrusiveRefCntPtr<Times> times;
  };

  const Part *find(uint32_t cta) const;

  llvm::SmallVector<Part, 1> parts; // ascending
};

/// A shared vector clock; copies are cheap and changes make a copy of their own.
class Clock {
public:
  /// One that knows nothing.
  static Clock make(uint32_t threadsPerCta);

  uint32_t get(uint32_t cta, uint32_t thread) const { return vector->get(cta, thread); }
  bool knows(const Epoch &epoch) const { return vector->knows(epoch); }
  bool isSameAs(const Clock &other) const { return vector == other.vector; }
  bool isNull() const { return !vector; }

  /// Learns what the other knows.
  void join(const Clock &other);
  void learn(const Epoch &epoch);

private:
  void own();
  VectorClock::Part *findPlace(uint32_t cta);

  llvm::IntrusiveRefCntPtr<VectorClock> vector;
  uint32_t threadsPerCta = 0;
};

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_VECTORCLOCK_H
