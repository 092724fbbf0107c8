//===- AccessSets.h - Who has accessed a word --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sets of accesses, named by numbers: the reads and atomic accesses of a word
// since its last ordinary write. Words that are accessed alike have the same
// set, so many readers of a large array cost little.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_ACCESSSETS_H
#define QUANTOPT_LIB_EMULATOR_ACCESSSETS_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include <cstdint>
#include <vector>

namespace quantopt::ptx {

enum class AccessClass : uint8_t { WeakRead, StrongRead, StrongWrite };

/// Accesses of some lanes of a warp at one time of theirs.
struct WarpAccess {
  uint32_t warp = 0; // number in the grid
  uint32_t time = 0;
  uint32_t lanes = 0;
  uint32_t pc = 0; // of the first
  AccessClass kind = AccessClass::WeakRead;
  uint8_t scope = 0; // of strong ones: 0 CTA, 1 cluster, 2 GPU
};

class AccessSets {
public:
  static constexpr uint32_t empty = 0;

  AccessSets() : nodes(1), cache(cacheSize) {}

  /// The set with one more. Those for which `isBefore` is true, and which conflict with nothing that the new one does
  /// not conflict with, are left out: who races with them races with the new one, too.
  uint32_t add(uint32_t set, const WarpAccess &access, llvm::function_ref<bool(const WarpAccess &)> isBefore);
  bool hasWrites(uint32_t set) const { return nodes[set].hasWrites; }
  /// Calls `visit` for each; stops where it returns false, and returns that.
  template <typename Visit> bool forEach(uint32_t set, Visit visit) const {
    for (; set != empty; set = nodes[set].next)
      if (!visit(nodes[set].access))
        return false;
    return true;
  }

  //===--- Sweeping ---===//
  bool isFull() const { return nodes.size() > limit; }
  /// Begins to move the sets that are still in use; `move` each, then `endSweep`.
  void beginSweep();
  uint32_t move(uint32_t set);
  void endSweep();

private:
  struct Node {
    WarpAccess access;
    uint32_t next = empty;
    bool hasWrites = false; // here or behind
  };
  /// What was added to which set, and the result.
  struct Step {
    uint32_t set = ~0u, result = 0;
    WarpAccess access;
  };
  static constexpr size_t cacheSize = size_t(1) << 15;

  uint32_t append(uint32_t set, const WarpAccess &access);
  uint32_t build(uint32_t set, WarpAccess access, llvm::function_ref<bool(const WarpAccess &)> isBefore);

  std::vector<Node> nodes; // the first is the empty set
  std::vector<Step> cache; // of `add`
  size_t limit = size_t(1) << 21;
  std::vector<Node> old; // while sweeping
  std::vector<uint32_t> moved;
};

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_ACCESSSETS_H
