//===- PackedCodes.cpp - Codes in the words of checkpoint formats ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackedCodes.h"
#include "llvm/Support/MathExtras.h"
#include <array>
#include <cassert>
#include <cstring>
#include <vector>

using namespace llvm;
using namespace quantopt;

int64_t quantopt::getWordsPerLine(const PackedLayout &layout, int64_t length) {
  return int64_t(divideCeil(uint64_t(length) * layout.bits, 8 * layout.wordBytes));
}

namespace {
/// Where a field of the first line lies: a byte of the packed bytes, the first bit in it, and, where it goes over the
/// byte's end, the byte that follows in the stream (else -1).
struct Field {
  int64_t byte, nextByte;
  unsigned shift;
};

/// Bytes instead of words: little-endian words are a stream of bytes, but the words of a line need not be neighbours.
struct Geometry {
  Geometry(const PackedLayout &layout, int64_t rows, int64_t cols);
  uint64_t getBytes() const { return uint64_t(lines) * words * wordBytes; }

  int64_t lines, length, words, wordBytes;
  int64_t lineBytes;         ///< from a field of one line to that of the next
  std::vector<Field> fields; ///< of the elements of the first line
};
} // namespace

Geometry::Geometry(const PackedLayout &layout, int64_t rows, int64_t cols)
    : lines(layout.alongRow ? rows : cols), length(layout.alongRow ? cols : rows),
      words(getWordsPerLine(layout, length)), wordBytes(layout.wordBytes),
      lineBytes(layout.wordsInner ? words * wordBytes : wordBytes) {
  std::array<uint8_t, 32> places{};
  for (size_t place = 0; place < layout.order.size(); ++place)
    places[layout.order[place]] = uint8_t(place);
  auto getByte = [&](int64_t inLine) {
    int64_t word = inLine / wordBytes;
    return (layout.wordsInner ? word : word * lines) * wordBytes + inLine % wordBytes;
  };
  int64_t perWord = std::max<int64_t>(layout.order.size(), 1);
  for (int64_t element = 0; element < length; ++element) {
    int64_t bit = (element / perWord * perWord + places[element % perWord]) * layout.bits;
    unsigned shift = bit % 8;
    fields.push_back({getByte(bit / 8), shift + layout.bits > 8 ? getByte(bit / 8 + 1) : -1, shift});
  }
}

/// Visits all elements, with the bytes of a line's fields from `line` * lineBytes on, so that the inner loop walks over
/// neighbours where it can.
template <typename Visit> static void visitFields(const Geometry &geometry, const PackedLayout &layout, Visit visit) {
  int64_t lines = geometry.lines, length = geometry.length;
  if (layout.alongRow && layout.wordsInner) {
    for (int64_t line = 0; line < lines; ++line)
      for (int64_t element = 0; element < length; ++element)
        visit(line * length + element, geometry.fields[element], line * geometry.lineBytes);
    return;
  }
  for (int64_t element = 0; element < length; ++element) {
    Field field = geometry.fields[element];
    for (int64_t line = 0; line < lines; ++line)
      visit(layout.alongRow ? line * length + element : element * lines + line, field, line * geometry.lineBytes);
  }
}

void quantopt::packCodes(ArrayRef<int8_t> codes, int64_t rows, int64_t cols, const PackedLayout &layout,
                         MutableArrayRef<char> packed) {
  Geometry geometry(layout, rows, cols);
  assert(packed.size() == geometry.getBytes() && codes.size() == size_t(rows * cols));
  std::memset(packed.data(), 0, packed.size());
  unsigned mask = (1u << layout.bits) - 1;
  visitFields(geometry, layout, [&](int64_t index, const Field &field, int64_t base) {
    unsigned stored = (unsigned(codes[index] + layout.offset) & mask) << field.shift;
    packed[base + field.byte] |= char(stored);
    if (field.nextByte >= 0)
      packed[base + field.nextByte] |= char(stored >> 8);
  });
}

bool quantopt::unpackCodes(ArrayRef<char> packed, int64_t rows, int64_t cols, const PackedLayout &layout,
                           MutableArrayRef<int8_t> codes) {
  Geometry geometry(layout, rows, cols);
  assert(packed.size() == geometry.getBytes() && codes.size() == size_t(rows * cols));
  unsigned mask = (1u << layout.bits) - 1;
  int half = 1 << (layout.bits - 1);
  bool inRange = true;
  visitFields(geometry, layout, [&](int64_t index, const Field &field, int64_t base) {
    unsigned bits = uint8_t(packed[base + field.byte]);
    if (field.nextByte >= 0)
      bits |= unsigned(uint8_t(packed[base + field.nextByte])) << 8;
    int code = int((bits >> field.shift) & mask) - layout.offset;
    inRange &= code >= -half && code < half;
    codes[index] = int8_t(code);
  });
  return inRange;
}
