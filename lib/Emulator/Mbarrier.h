//===- Mbarrier.h - mbarrier objects -----------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The state machine of an mbarrier (PTX ISA, "Contents of the mbarrier object",
// "Lifecycle", "Phase of the mbarrier object"): counts of arrivals and of bytes,
// and the phase that ends when both are zero. The 64-bit object in memory is
// opaque to kernels, so the state is kept beside it.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_MBARRIER_H
#define QUANTOPT_LIB_EMULATOR_MBARRIER_H

#include <cstdint>

namespace quantopt::ptx {

/// One mbarrier. The operations return null or the rule that they would break, and then change nothing.
class Mbarrier {
public:
  static constexpr uint32_t maxCount = (1u << 20) - 1;
  static constexpr int64_t maxTransactions = (1 << 20) - 1;

  const char *init(uint32_t count);
  /// `count` arrivals on the current phase. `completes` false: .noComplete, which must leave some pending.
  const char *arrive(uint32_t count, bool completes = true);
  /// The same, and later phases expect as many fewer.
  const char *arriveAndDrop(uint32_t count, bool completes = true);
  /// One more arrival is pending in this phase (cp.async.mbarrier.arrive without .noinc).
  const char *addPending();
  const char *expectTransactions(uint32_t bytes);
  const char *completeTransactions(uint32_t bytes);

  /// Completed phases so far: the number of the current one.
  uint64_t getPhase() const { return phase; }
  uint32_t getPending() const { return pending; }
  int64_t getTransactions() const { return transactions; }
  /// What arrive returns: the phase and the pending count before it.
  uint64_t getToken() const { return (phase & 0xFFFFFFFF) << 32 | pending; }
  static uint32_t getPendingOfToken(uint64_t token) { return uint32_t(token); }

  /// True once the phase of a token is over.
  bool isOver(uint64_t token) const { return (token >> 32) != (phase & 0xFFFFFFFF); }
  /// True if the phase of that parity is over, when it is the current one or the one before.
  bool isParityOver(uint32_t parity) const { return (phase & 1) != (parity & 1); }

private:
  void completeIfDone();

  uint32_t expected = 0, pending = 0;
  int64_t transactions = 0;
  uint64_t phase = 0;
};

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_MBARRIER_H
