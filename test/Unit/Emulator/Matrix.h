//===- Matrix.h - Whole numbers to multiply ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Matrices whose products are exact in every format that holds them.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_MATRIX_H
#define QUANTOPT_TEST_UNIT_EMULATOR_MATRIX_H

#include "RunKernel.h"
#include "llvm/ADT/APFloat.h"

namespace quantopt::ptx::test {

/// Row-major.
struct Matrix {
  int rows, columns;
  std::vector<int> cells;

  static Matrix random(int rows, int columns, int bound, uint64_t seed) {
    return {rows, columns, randomArray<int>(size_t(rows) * columns, -bound, bound, seed)};
  }
  int at(int row, int column) const { return cells[size_t(row) * columns + column]; }
  Matrix transposed() const {
    Matrix result = {columns, rows, std::vector<int>(cells.size())};
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < columns; ++j)
        result.cells[size_t(j) * rows + i] = at(i, j);
    return result;
  }
  template <typename T> std::vector<T> as() const { return std::vector<T>(cells.begin(), cells.end()); }
  std::vector<uint16_t> asBits(const llvm::fltSemantics &format) const {
    std::vector<uint16_t> bits;
    for (int cell : cells) {
      llvm::APFloat value = llvm::APFloat(float(cell));
      bool lost;
      value.convert(format, llvm::APFloat::rmNearestTiesToEven, &lost);
      bits.push_back(uint16_t(value.bitcastToAPInt().getZExtValue()));
    }
    return bits;
  }
};

inline Matrix multiply(const Matrix &a, const Matrix &b) {
  Matrix c = {a.rows, b.columns, std::vector<int>(size_t(a.rows) * b.columns)};
  for (int i = 0; i < a.rows; ++i)
    for (int j = 0; j < b.columns; ++j)
      for (int k = 0; k < a.columns; ++k)
        c.cells[size_t(i) * c.columns + j] += a.at(i, k) * b.at(k, j);
  return c;
}

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_MATRIX_H
