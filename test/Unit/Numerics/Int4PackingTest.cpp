//===- Int4PackingTest.cpp - Weights of 4 bits as kernels read them -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Int4Packing.h"
#include "gtest/gtest.h"

using namespace quantopt;

namespace {

/// Codes that tell their place.
std::vector<int8_t> makeCodes(int64_t rows, int64_t cols) {
  std::vector<int8_t> codes;
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t col = 0; col < cols; ++col)
      codes.push_back(int8_t((row * 7 + col * 5 + row * col) % 16) - 8);
  return codes;
}

int nibble(uint32_t word, int index) { return int(word >> (4 * index) & 15) - 8; }

TEST(Int4Packing, PutsFragmentsWherePtxReadsThem) {
  // The table of the PTX ISA, "Matrix Fragments for mma.m16n8k16", operand A: element i of a thread is row
  // groupID (i 0, 1, 4, 5) or groupID + 8, column 2 threadID_in_group + (i & 1), and 8 further for i >= 4.
  int64_t rows = 128, cols = 192;
  std::vector<int8_t> codes = makeCodes(rows, cols);
  std::vector<uint32_t> words = packInt4(codes, rows, cols);
  ASSERT_EQ(words.size(), size_t(rows * cols / 8));
  for (int block = 0; block < 6; ++block)
    for (int thread = 0; thread < 128; ++thread)
      for (int step = 0; step < 4; ++step) {
        uint32_t word = words[(block * 128 + thread) * 4 + step];
        for (int i = 0; i < 8; ++i) {
          int group = thread % 32 / 4, inGroup = thread % 4;
          int row = block / 3 * 64 + thread / 32 * 16 + ((i & 2) ? group + 8 : group);
          int col = block % 3 * 64 + step * 16 + inGroup * 2 + (i & 1) + (i >= 4 ? 8 : 0);
          // Register i / 2 holds elements i and i + 1 in its halves: nibbles r and r + 4.
          ASSERT_EQ(nibble(word, i / 2 + 4 * (i % 2)), codes[row * cols + col]) << block << " " << thread << " " << i;
        }
      }
}

TEST(Int4Packing, FillsUpWithZeros) {
  std::vector<int8_t> codes = makeCodes(3, 10);
  std::vector<uint32_t> words = packInt4(codes, 3, 10);
  ASSERT_EQ(words.size(), 128u * 4);
  int found = 0;
  for (uint32_t word : words)
    for (int i = 0; i < 8; ++i)
      found += nibble(word, i) != 0;
  int expected = 0;
  for (int8_t code : codes)
    expected += code != 0;
  EXPECT_EQ(found, expected);
  EXPECT_EQ(words[127 * 4 + 3], 0x88888888u);
}

TEST(Int4Packing, TurnsParametersByGroup) {
  std::vector<uint16_t> parameters{1, 2, 3, 4, 5, 6}; // three rows of two groups
  std::vector<uint16_t> packed = packGroupParameters<uint16_t>(parameters, 3, 2);
  ASSERT_EQ(packed.size(), 128u);
  EXPECT_EQ(packed[0], 1);
  EXPECT_EQ(packed[2], 5);
  EXPECT_EQ(packed[3], 0);
  EXPECT_EQ(packed[64], 2);
  EXPECT_EQ(packed[66], 6);
}

} // namespace
