//===- MatrixValues.h - Small whole numbers in every type --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_MATRIXVALUES_H
#define QUANTOPT_TEST_UNIT_EMULATOR_MATRIXVALUES_H

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/bit.h"
#include <cstdint>
#include <random>
#include <vector>

namespace quantopt::ptx::test {

/// An element type as PTX names it, and the numbers that tests take of it.
struct ElementType {
  const char *name;
  unsigned bits;
  int least, most;

  bool isFloat() const { return getSemantics() != nullptr; }

  const llvm::fltSemantics *getSemantics() const {
    llvm::StringRef type = name;
    if (type == "f16")
      return &llvm::APFloat::IEEEhalf();
    if (type == "bf16")
      return &llvm::APFloat::BFloat();
    if (type == "tf32" || type == "f32")
      return &llvm::APFloat::IEEEsingle();
    if (type == "f64")
      return &llvm::APFloat::IEEEdouble();
    if (type == "e4m3")
      return &llvm::APFloat::Float8E4M3FN();
    if (type == "e5m2")
      return &llvm::APFloat::Float8E5M2();
    return nullptr;
  }

  uint64_t encode(int value) const {
    if (const llvm::fltSemantics *semantics = getSemantics()) {
      llvm::APFloat number{double(value)};
      bool lost;
      number.convert(*semantics, llvm::APFloat::rmNearestTiesToEven, &lost);
      return number.bitcastToAPInt().getZExtValue();
    }
    return uint64_t(int64_t(value)) & (bits == 64 ? ~uint64_t(0) : (uint64_t(1) << bits) - 1);
  }

  int pick(std::mt19937 &random) const { return least + int(random() % unsigned(most - least + 1)); }
};

inline const ElementType f16Type{"f16", 16, -4, 4}, bf16Type{"bf16", 16, -4, 4}, tf32Type{"tf32", 32, -4, 4},
    e4m3Type{"e4m3", 8, -4, 4}, e5m2Type{"e5m2", 8, -4, 4}, s8Type{"s8", 8, -128, 127}, u8Type{"u8", 8, 0, 255},
    s4Type{"s4", 4, -8, 7}, u4Type{"u4", 4, 0, 15}, b1Type{"b1", 1, 0, 1}, f64Type{"f64", 64, -9, 9},
    f32Type{"f32", 32, -100, 100}, s32Type{"s32", 32, -100000, 100000};

/// Puts `bits` of a value at bit `at` of `bytes`, little-endian.
inline void putBits(std::vector<uint8_t> &bytes, size_t at, unsigned bits, uint64_t value) {
  for (unsigned i = 0; i != bits; ++i) {
    uint8_t mask = uint8_t(1u << (at + i) % 8);
    uint8_t &byte = bytes[(at + i) / 8];
    byte = uint8_t((value >> i) & 1 ? byte | mask : byte & ~mask);
  }
}

inline uint64_t getBits(const std::vector<uint8_t> &bytes, size_t at, unsigned bits) {
  uint64_t value = 0;
  for (unsigned i = 0; i != bits; ++i)
    value |= uint64_t(bytes[(at + i) / 8] >> (at + i) % 8 & 1) << i;
  return value;
}

/// A matrix of whole numbers.
struct WholeMatrix {
  unsigned rows, columns;
  std::vector<int> values;

  WholeMatrix(unsigned rows, unsigned columns) : rows(rows), columns(columns), values(rows * columns) {}
  int &at(unsigned row, unsigned column) { return values[row * columns + column]; }
  int at(unsigned row, unsigned column) const { return values[row * columns + column]; }
  void fill(const ElementType &type, std::mt19937 &random) {
    for (int &value : values)
      value = type.pick(random);
  }
};

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_MATRIXVALUES_H
