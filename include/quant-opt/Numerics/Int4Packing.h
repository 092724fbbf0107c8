//===- Int4Packing.h - Weights of 4 bits as kernels read them ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The layout of packed weights: blocks of 64 rows and 64 of k, in which every thread of a warpgroup finds, as 16
// contiguous bytes, what it holds of operand A of four m64k16 (or, a warp, m16k16) steps of the tensor core.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_INT4PACKING_H
#define QUANTOPT_NUMERICS_INT4PACKING_H

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>
#include <vector>

namespace quantopt {

/// Codes -8..7, [rows, cols] row-major, to words [ceil(rows / 64), ceil(cols / 64), 128, 4]. Word s of thread t holds
/// eight codes plus 8: nibble i + 4 e is row 16 (t / 32) + (t % 32) / 4 + 8 (i % 2), column
/// 16 s + 2 (t % 4) + 8 (i / 2) + e of the block (PTX ISA, "Matrix Fragments for mma.m16n8k16"). Codes beyond the
/// matrix are 0.
std::vector<uint32_t> packInt4(llvm::ArrayRef<int8_t> codes, int64_t rows, int64_t cols);

/// Parameters [rows, groups] to [groups, 64 ceil(rows / 64)]; those of rows beyond the matrix are 0.
template <typename T> std::vector<T> packGroupParameters(llvm::ArrayRef<T> parameters, int64_t rows, int64_t groups) {
  int64_t paddedRows = (rows + 63) / 64 * 64;
  std::vector<T> packed(paddedRows * groups, T(0));
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t group = 0; group < groups; ++group)
      packed[group * paddedRows + row] = parameters[row * groups + group];
  return packed;
}

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_INT4PACKING_H
