//===- PackedCodes.h - Codes in the words of checkpoint formats --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One primitive for all integer formats: a dense little-endian bit stream along
// one dimension, element i in bits [i * b, (i + 1) * b) of the words, lowest bit
// first. Formats differ in the dimension, in where a line's words lie, in the
// offset of what is stored, and in the order of the fields of a word.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_PACKEDCODES_H
#define QUANTOPT_LIB_CHECKPOINT_PACKEDCODES_H

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>

namespace quantopt {

/// How a matrix [rows, cols] of codes lies in words.
struct PackedLayout {
  unsigned bits = 4;      ///< 1 to 8
  unsigned wordBytes = 4; ///< 4 or 1
  /// Neighbours in a row share a word; else neighbours in a column.
  bool alongRow = true;
  /// The words of one line (a row, or a column) lie together; else the first words of all lines come first.
  bool wordsInner = true;
  /// What is stored is (code + offset) modulo 2^bits.
  int offset = 8;
  /// Field j of a word is element order[j] of those it holds; empty: they are in order.
  llvm::ArrayRef<uint8_t> order = {};
};

/// Words that one line of `length` elements takes.
int64_t getWordsPerLine(const PackedLayout &layout, int64_t length);

/// `codes` is [rows, cols]; `packed` has wordBytes * lines * words bytes, and every bit of it is written.
void packCodes(llvm::ArrayRef<int8_t> codes, int64_t rows, int64_t cols, const PackedLayout &layout,
               llvm::MutableArrayRef<char> packed);

/// The inverse. False when a code lies outside -2^(bits-1) .. 2^(bits-1)-1, which an offset other than half the range
/// allows.
bool unpackCodes(llvm::ArrayRef<char> packed, int64_t rows, int64_t cols, const PackedLayout &layout,
                 llvm::MutableArrayRef<int8_t> codes);

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_PACKEDCODES_H
