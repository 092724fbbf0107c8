//===- Int4Packing.cpp - Weights of 4 bits as kernels read them -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Int4Packing.h"

#include "llvm/Support/MathExtras.h"

using namespace quantopt;

namespace {
constexpr int64_t kBlock = 64, kThreads = 128, kSteps = 4;
} // namespace

std::vector<uint32_t> quantopt::packInt4(llvm::ArrayRef<int8_t> codes, int64_t rows, int64_t cols) {
  int64_t rowBlocks = llvm::divideCeil(rows, kBlock), colBlocks = llvm::divideCeil(cols, kBlock);
  std::vector<uint32_t> words(rowBlocks * colBlocks * kThreads * kSteps);
  auto nibble = [&](int64_t row, int64_t col) -> uint32_t {
    return row < rows && col < cols ? uint32_t(codes[row * cols + col] + 8) : 8;
  };
  auto pack = [&](int64_t firstRow, int64_t firstCol, int64_t thread, int64_t step) {
    int64_t row = firstRow + 16 * (thread / 32) + thread % 32 / 4, col = firstCol + 16 * step + 2 * (thread % 4);
    uint32_t word = 0;
    for (int64_t i = 0; i < 4; ++i)
      for (int64_t e = 0; e < 2; ++e)
        word |= nibble(row + 8 * (i % 2), col + 8 * (i / 2) + e) << (4 * (i + 4 * e));
    return word;
  };
  uint32_t *next = words.data();
  for (int64_t rowBlock = 0; rowBlock < rowBlocks; ++rowBlock)
    for (int64_t colBlock = 0; colBlock < colBlocks; ++colBlock)
      for (int64_t thread = 0; thread < kThreads; ++thread)
        for (int64_t step = 0; step < kSteps; ++step)
          *next++ = pack(rowBlock * kBlock, colBlock * kBlock, thread, step);
  return words;
}
