//===- ShadowMemory.h - The last accesses of every byte ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A cell for each 4 bytes of memory that was accessed; four where its bytes are
// accessed by themselves.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_SHADOWMEMORY_H
#define QUANTOPT_LIB_EMULATOR_SHADOWMEMORY_H

#include "llvm/ADT/DenseMap.h"
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace quantopt::ptx {

/// The last ordinary write, and what came after it.
struct ShadowCell {
  uint32_t writer = 0; // number of the thread in the grid
  uint32_t time = 0;   // 0: never written; ~0: `writer` is the first of four cells, of a byte each
  uint32_t pc = 0;
  uint32_t others = 0; // of AccessSets

  bool isSplit() const { return time == ~0u; }
};

class ShadowMemory {
public:
  /// Calls `visit(cell, address, bytes)` for the cells of a range.
  template <typename Visit> void forEach(uint64_t address, uint32_t bytes, Visit visit) {
    for (uint64_t at = address, end = address + bytes; at != end;) {
      uint64_t next = std::min(end, (at & ~uint64_t(3)) + 4);
      ShadowCell &cell = getPage(at / pageBytes)[at % pageBytes / 4];
      if (!cell.isSplit() && next - at == 4) {
        visit(cell, at, 4u);
      } else {
        size_t first = split(cell);
        for (; at != next; ++at)
          visit(bytesOf[first + at % 4], at, 1u);
      }
      at = next;
    }
  }
  template <typename Visit> void forEachUsed(Visit visit) {
    for (auto &page : pages)
      for (ShadowCell &cell : *page.second)
        if (!cell.isSplit())
          visit(cell);
    for (ShadowCell &cell : bytesOf)
      visit(cell);
  }

private:
  static constexpr unsigned pageBytes = 4096;
  using Page = std::array<ShadowCell, pageBytes / 4>;

  Page &getPage(uint64_t number) {
    if (number == lastNumber)
      return *last;
    std::unique_ptr<Page> &page = pages[number];
    if (!page)
      page = std::make_unique<Page>();
    lastNumber = number;
    last = page.get();
    return *last;
  }
  size_t split(ShadowCell &cell) {
    if (!cell.isSplit()) {
      size_t first = bytesOf.size();
      bytesOf.insert(bytesOf.end(), 4, ShadowCell(cell));
      cell.writer = uint32_t(first);
      cell.time = ~0u;
      cell.others = 0;
    }
    return cell.writer;
  }

  llvm::DenseMap<uint64_t, std::unique_ptr<Page>> pages;
  std::vector<ShadowCell> bytesOf; // of split cells
  uint64_t lastNumber = ~uint64_t(0);
  Page *last = nullptr;
};

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_SHADOWMEMORY_H
