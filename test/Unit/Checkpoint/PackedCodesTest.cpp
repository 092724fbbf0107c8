//===- PackedCodesTest.cpp - Codes in words, against the real packers -----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expected words were made by the packing loops of compressed-tensors,
// GPTQModel, AutoAWQ and modelopt.
//
//===----------------------------------------------------------------------===//

#include "PackedCodes.h"
#include "llvm/Support/Endian.h"
#include "gtest/gtest.h"
#include <numeric>
#include <random>

using namespace quantopt;

static constexpr uint8_t kAwqOrder[] = {0, 2, 4, 6, 1, 3, 5, 7};

static std::vector<uint32_t> packWords(const std::vector<int8_t> &codes, int64_t rows, int64_t cols,
                                       const PackedLayout &layout) {
  int64_t lines = layout.alongRow ? rows : cols, length = layout.alongRow ? cols : rows;
  std::vector<char> bytes(size_t(lines * getWordsPerLine(layout, length)) * layout.wordBytes);
  packCodes(codes, rows, cols, layout, bytes);
  std::vector<int8_t> back(codes.size());
  EXPECT_TRUE(unpackCodes(bytes, rows, cols, layout, back));
  EXPECT_EQ(back, codes);
  std::vector<uint32_t> words;
  for (size_t at = 0; at < bytes.size(); at += layout.wordBytes)
    words.push_back(layout.wordBytes == 4 ? llvm::support::endian::read32le(&bytes[at]) : uint8_t(bytes[at]));
  return words;
}

using Words = std::vector<uint32_t>;

static std::vector<int8_t> count(int first, int length) {
  std::vector<int8_t> codes(length);
  std::iota(codes.begin(), codes.end(), int8_t(first));
  return codes;
}

TEST(PackedCodes, CompressedTensorsWeights) {
  PackedLayout layout{4, 4, true, true, 8, {}};
  EXPECT_EQ(packWords(count(-8, 16), 1, 16, layout), (Words{0x76543210, 0xfedcba98}));
  // A row starts on a word.
  EXPECT_EQ(packWords(count(-8, 6), 2, 3, layout), (Words{0x210, 0x543}));
  layout = {8, 4, true, true, 128, {}};
  EXPECT_EQ(packWords({-128, -1, 0, 127, 1}, 1, 5, layout), (Words{0xff807f00, 0x00000081}));
}

TEST(PackedCodes, ElementsGoOverTheEndOfAWord) {
  std::vector<int8_t> codes(32);
  for (int i = 0; i < 32; ++i)
    codes[i] = int8_t(i % 8 - 4);
  Words words{0x88fac688, 0xc688fac6, 0xfac688fa};
  EXPECT_EQ(packWords(codes, 1, 32, {3, 4, true, true, 4, {}}), words);
  // GPTQ packs columns; a column of a matrix with one is the same stream.
  EXPECT_EQ(packWords(codes, 1, 32, {3, 4, true, false, 4, {}}), words);
  EXPECT_EQ(packWords(count(-16, 32), 1, 32, {5, 4, true, true, 16, {}}),
            (Words{0x8a418820, 0xc5a92839, 0xca307b9a, 0x38bdab49, 0xffbbcdeb}));
}

TEST(PackedCodes, CompressedTensorsZeroPoints) {
  PackedLayout layout{4, 4, false, false, 8, {}};
  std::vector<int8_t> zeros{0, -8, 1, 2, -1, 3, 7, -2, 0, 0, 0, 0, 0, 0, 0, 0};
  EXPECT_EQ(packWords(zeros, 8, 2, layout), (Words{0x8888f798, 0x88886ba0}));
  EXPECT_EQ(packWords({1, 2, 3}, 3, 1, layout), (Words{0x00000ba9}));
}

TEST(PackedCodes, GptqWeightsAndZeroPoints) {
  EXPECT_EQ(packWords(count(-8, 8), 1, 8, {4, 4, true, false, 8, {}}), (Words{0x76543210}));
  // Two outputs: the first words of both, then the second ones.
  EXPECT_EQ(packWords(count(-16, 32), 2, 16, {8, 4, true, false, 128, {}})[1], 0x83828180u);
  std::vector<int8_t> middle(8, 0);
  EXPECT_EQ(packWords(middle, 8, 1, {4, 4, false, true, 7, {}}), (Words{0x77777777}));
  EXPECT_EQ(packWords(middle, 8, 1, {4, 4, false, true, 8, {}}), (Words{0x88888888}));
}

TEST(PackedCodes, AwqPermutesNibbles) {
  EXPECT_EQ(packWords(count(-8, 8), 8, 1, {4, 4, false, true, 8, kAwqOrder}), (Words{0x75316420}));
}

TEST(PackedCodes, ModelOptPairsRows) {
  std::vector<int8_t> codes{0, 1, -1, 2, -8, 7, 3, -4};
  std::vector<char> bytes(4);
  packCodes(codes, 4, 2, {4, 1, false, false, 0, {}}, bytes);
  EXPECT_EQ(bytes, (std::vector<char>{char(0xf0), 0x21, 0x38, char(0xc7)}));
}

TEST(PackedCodes, NamesCodesThatDoNotFit) {
  // Version 1 of GPTQ stores z - 1: 15 there is 16.
  std::vector<char> bytes{char(0x7f), 0x77, 0x77, 0x77};
  std::vector<int8_t> codes(8);
  EXPECT_FALSE(unpackCodes(bytes, 8, 1, {4, 4, false, true, 7, {}}, codes));
}

TEST(PackedCodes, AllLayoutsRoundTrip) {
  std::mt19937 random(7);
  for (unsigned bits = 2; bits <= 8; ++bits)
    for (bool alongRow : {false, true})
      for (bool wordsInner : {false, true}) {
        std::vector<int8_t> codes(7 * 33);
        for (int8_t &code : codes)
          code = int8_t(int(random() % (1u << bits)) - (1 << (bits - 1)));
        packWords(codes, 7, 33, {bits, 4, alongRow, wordsInner, 1 << (bits - 1), {}});
      }
}
