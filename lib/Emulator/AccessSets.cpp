//===- AccessSets.cpp - Who has accessed a word ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AccessSets.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace quantopt::ptx;

static bool isSameKind(const WarpAccess &a, const WarpAccess &b) { return a.kind == b.kind && a.scope == b.scope; }

/// Everything that conflicts with `a` conflicts with `b`.
static bool conflictsWithNoMoreThan(const WarpAccess &a, const WarpAccess &b) {
  return isSameKind(a, b) || (a.kind == AccessClass::StrongRead && b.kind == AccessClass::WeakRead);
}

uint32_t AccessSets::append(uint32_t set, const WarpAccess &access) {
  Node node;
  node.access = access;
  node.next = set;
  node.hasWrites = access.kind == AccessClass::StrongWrite || nodes[set].hasWrites;
  nodes.push_back(node);
  return uint32_t(nodes.size() - 1);
}

uint32_t AccessSets::build(uint32_t set, WarpAccess access, llvm::function_ref<bool(const WarpAccess &)> isBefore) {
  llvm::SmallVector<WarpAccess, 16> kept;
  bool isComplete = true; // nothing is left out
  for (uint32_t at = set; at != empty; at = nodes[at].next) {
    const WarpAccess &other = nodes[at].access;
    bool isSameTime = other.warp == access.warp && other.time == access.time && isSameKind(other, access);
    if (isSameTime && (access.lanes & ~other.lanes) == 0)
      return set;
    bool isDropped = isSameTime || (conflictsWithNoMoreThan(other, access) && isBefore(other));
    if (isSameTime)
      access.lanes |= other.lanes;
    isComplete &= !isDropped;
    if (!isDropped)
      kept.push_back(other);
  }
  if (isComplete)
    return append(set, access);
  uint32_t result = empty;
  for (const WarpAccess &other : llvm::reverse(kept))
    result = append(result, other);
  return append(result, access);
}

uint32_t AccessSets::add(uint32_t set, const WarpAccess &access,
                         llvm::function_ref<bool(const WarpAccess &)> isBefore) {
  uint64_t hash = (uint64_t(set) << 32 | access.lanes) * 0x9E3779B97F4A7C15;
  hash = (hash ^ (uint64_t(access.warp) << 32 | access.time) ^ uint64_t(access.kind)) * 0xD6E8FEB86659FD93;
  Step &step = cache[(hash >> 40) % cacheSize];
  const WarpAccess &other = step.access;
  if (step.set == set && other.warp == access.warp && other.time == access.time && other.lanes == access.lanes &&
      isSameKind(other, access))
    return step.result;
  uint32_t result = build(set, access, isBefore);
  step.set = set;
  step.access = access;
  step.result = result;
  return result;
}

//===----------------------------------------------------------------------===//
// Sweeping
//===----------------------------------------------------------------------===//

void AccessSets::beginSweep() {
  old = std::move(nodes);
  nodes.assign(1, Node());
  moved.assign(old.size(), empty);
}

uint32_t AccessSets::move(uint32_t set) {
  llvm::SmallVector<uint32_t, 16> path;
  for (; set != empty && moved[set] == empty; set = old[set].next)
    path.push_back(set);
  uint32_t result = set == empty ? empty : moved[set];
  for (uint32_t at : llvm::reverse(path))
    result = moved[at] = append(result, old[at].access);
  return result;
}

void AccessSets::endSweep() {
  old = {};
  moved = {};
  cache.assign(cacheSize, Step());
  limit = std::max(limit, 2 * nodes.size());
}
