//===- CodecsTest.cpp -----------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The oracle is LLVM's APFloat, an independent implementation of every format.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Codecs.h"

#include "TestData.h"
#include "llvm/ADT/APFloat.h"
#include "gtest/gtest.h"
#include <cmath>
#include <limits>

using namespace quantopt;
using namespace quantopt::test;
using llvm::APFloat;

namespace {

struct Codec {
  const char *name;
  const llvm::fltSemantics &semantics;
  unsigned width;
  bool saturates;
  uint32_t (*encode)(float);
  float (*decode)(uint32_t);
};

const Codec codecs[] = {
    {"f16", APFloat::IEEEhalf(), 16, false, [](float x) -> uint32_t { return encodeF16(x); },
     [](uint32_t code) { return decodeF16(uint16_t(code)); }},
    {"bf16", APFloat::BFloat(), 16, false, [](float x) -> uint32_t { return encodeBF16(x); },
     [](uint32_t code) { return decodeBF16(uint16_t(code)); }},
    {"f8E4M3FN", APFloat::Float8E4M3FN(), 8, true, [](float x) -> uint32_t { return encodeF8E4M3(x); },
     [](uint32_t code) { return decodeF8E4M3(uint8_t(code)); }},
    {"f8E5M2", APFloat::Float8E5M2(), 8, true, [](float x) -> uint32_t { return encodeF8E5M2(x); },
     [](uint32_t code) { return decodeF8E5M2(uint8_t(code)); }},
};

class CodecTest : public testing::TestWithParam<Codec> {};

/// What the codec must give, from APFloat and the saturation rule N6.
uint32_t encodeWithAPFloat(const Codec &codec, float value) {
  bool isNegative = std::signbit(value);
  if (codec.saturates && std::isnan(value))
    return nanF8;
  APFloat largest = APFloat::getLargest(codec.semantics, isNegative);
  if (codec.saturates && std::fabs(value) >= std::fabs(largest.convertToFloat()))
    return uint32_t(largest.bitcastToAPInt().getZExtValue());
  APFloat result(value);
  bool losesInfo;
  result.convert(codec.semantics, APFloat::rmNearestTiesToEven, &losesInfo);
  return uint32_t(result.bitcastToAPInt().getZExtValue());
}

TEST_P(CodecTest, DecodesEveryCode) {
  const Codec &codec = GetParam();
  for (uint32_t code = 0; code != 1u << codec.width; ++code) {
    APFloat oracle(codec.semantics, llvm::APInt(codec.width, code));
    float value = codec.decode(code);
    if (oracle.isNaN())
      EXPECT_TRUE(std::isnan(value)) << code;
    else
      EXPECT_EQ(bits(value), bits(oracle.convertToFloat())) << code;
  }
}

TEST_P(CodecTest, EncodesWhatItDecodes) {
  const Codec &codec = GetParam();
  for (uint32_t code = 0; code != 1u << codec.width; ++code) {
    float value = codec.decode(code);
    if (std::isnan(value))
      EXPECT_TRUE(std::isnan(codec.decode(codec.encode(value)))) << code;
    else if (std::isinf(value) && codec.saturates)
      EXPECT_EQ(codec.encode(value), code - 1) << "infinity becomes the largest finite value";
    else
      EXPECT_EQ(codec.encode(value), code);
  }
}

/// Every midpoint between neighbouring codes is a tie; its neighbours in float32 are not.
TEST_P(CodecTest, RoundsTiesToEven) {
  const Codec &codec = GetParam();
  for (uint32_t code = 0; code + 1 < 1u << codec.width; ++code) {
    float low = codec.decode(code), high = codec.decode(code + 1);
    if (!std::isfinite(low) || !std::isfinite(high) || std::signbit(low) != std::signbit(high))
      continue;
    float tie = low / 2 + high / 2;
    for (float value : {tie, std::nextafter(tie, low), std::nextafter(tie, high)})
      EXPECT_EQ(codec.encode(value), encodeWithAPFloat(codec, value)) << value;
    EXPECT_EQ(codec.encode(tie) & 1, 0u) << tie;
  }
}

TEST_P(CodecTest, AgreesWithAPFloatOverAllExponents) {
  const Codec &codec = GetParam();
  // A stride that is odd and no power of two visits all exponents and signs with ever new mantissas.
  for (uint64_t pattern = 0; pattern < 1ull << 32; pattern += 16411) {
    float value = llvm::bit_cast<float>(uint32_t(pattern));
    if (std::isnan(value))
      EXPECT_TRUE(std::isnan(codec.decode(codec.encode(value))));
    else
      ASSERT_EQ(codec.encode(value), encodeWithAPFloat(codec, value)) << pattern;
  }
}

INSTANTIATE_TEST_SUITE_P(All, CodecTest, testing::ValuesIn(codecs),
                         [](const auto &info) { return std::string(info.param.name); });

TEST(Codecs, N6SaturatesF8) {
  float infinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(encodeF8E4M3(448), 0x7E);
  EXPECT_EQ(encodeF8E4M3(449), 0x7E);
  EXPECT_EQ(encodeF8E4M3(1e30f), 0x7E);
  EXPECT_EQ(encodeF8E4M3(infinity), 0x7E);
  EXPECT_EQ(encodeF8E4M3(-infinity), 0xFE);
  EXPECT_EQ(encodeF8E5M2(infinity), 0x7B);
  EXPECT_EQ(encodeF8E5M2(-65536), 0xFB);
  for (float nan : {std::nanf(""), -std::nanf("")}) {
    EXPECT_EQ(encodeF8E4M3(nan), 0x7F);
    EXPECT_EQ(encodeF8E5M2(nan), 0x7F);
  }
}

TEST(Codecs, F16OverflowsToInfinity) {
  EXPECT_EQ(encodeF16(65504), 0x7BFF);
  EXPECT_EQ(encodeF16(65519.996f), 0x7BFF);
  EXPECT_EQ(encodeF16(65520), 0x7C00);
  EXPECT_EQ(encodeF16(-1e38f), 0xFC00);
  EXPECT_EQ(encodeF16(0x1p-25f), 0) << "tie to even";
  EXPECT_EQ(encodeF16(std::nextafter(0x1p-25f, 1.0f)), 1);
}

TEST(Codecs, SpansGiveTheScalarBits) {
  std::vector<float> values = makeMatrix(1, 1003, 1);
  values.insert(values.end(), {0.0f, -0.0f, 1e-8f, -1e-40f, 1e30f, std::nanf(""), 448, 60000, 65520});
  std::vector<uint16_t> half(values.size()), brain(values.size());
  std::vector<uint8_t> e4m3(values.size()), e5m2(values.size());
  encodeF16(values, half);
  encodeBF16(values, brain);
  encodeF8E4M3(values, e4m3);
  encodeF8E5M2(values, e5m2);
  std::vector<float> decoded(values.size());
  for (size_t i = 0; i != values.size(); ++i) {
    EXPECT_EQ(half[i], encodeF16(values[i]));
    EXPECT_EQ(brain[i], encodeBF16(values[i]));
    EXPECT_EQ(e4m3[i], encodeF8E4M3(values[i]));
    EXPECT_EQ(e5m2[i], encodeF8E5M2(values[i]));
  }
  auto compare = [&](auto decode, const auto &codes) {
    for (size_t i = 0; i != codes.size(); ++i)
      EXPECT_EQ(bits(decoded[i]), bits(decode(codes[i])));
  };
  decodeF16(half, decoded);
  compare([](uint16_t code) { return decodeF16(code); }, half);
  decodeBF16(brain, decoded);
  compare([](uint16_t code) { return decodeBF16(code); }, brain);
  decodeF8E4M3(e4m3, decoded);
  compare([](uint8_t code) { return decodeF8E4M3(code); }, e4m3);
  decodeF8E5M2(e5m2, decoded);
  compare([](uint8_t code) { return decodeF8E5M2(code); }, e5m2);
}

TEST(Codecs, PacksNibblesLowFirstRowsOnBytes) {
  std::vector<int8_t> values = {0, 1, -1, 2, -8, 7, 3, -4, 5}; // 3 x 3
  std::vector<uint8_t> packed(3 * getPackedI4RowBytes(3), 0xAA);
  packI4(values, 3, 3, packed);
  EXPECT_EQ(packed, (std::vector<uint8_t>{0x10, 0x0F, 0x82, 0x07, 0xC3, 0x05}));
  std::vector<int8_t> unpacked(9);
  unpackI4(packed, 3, 3, unpacked);
  EXPECT_EQ(unpacked, values);
}

TEST(Codecs, UnpacksEveryByte) {
  for (int byte = 0; byte != 256; ++byte) {
    uint8_t packed = uint8_t(byte), again = 0;
    int8_t values[2];
    unpackI4(packed, 1, 2, values);
    EXPECT_EQ(values[0], ((byte & 15) ^ 8) - 8);
    EXPECT_EQ(values[1], ((byte >> 4) ^ 8) - 8);
    packI4(values, 1, 2, again);
    EXPECT_EQ(again, byte);
  }
}

TEST(Codecs, PacksCodesOfAnyWidth) {
  Random random(5);
  for (int i = 0; i != 200; ++i) {
    unsigned bits = 2 + unsigned(random.next() % 6);
    int64_t rows = 1 + int64_t(random.next() % 4), cols = 1 + int64_t(random.next() % 30);
    std::vector<int8_t> values(rows * cols);
    for (int8_t &value : values)
      value = int8_t(int(random.next() % (1u << bits)) - (1 << (bits - 1)));
    int64_t rowBytes = getPackedRowBytes(cols, bits);
    std::vector<uint8_t> packed(rows * rowBytes, 0xAA);
    packCodes(values, rows, cols, bits, packed);
    // Bit by bit.
    for (int64_t row = 0; row != rows; ++row)
      for (int64_t bit = 0; bit != rowBytes * 8; ++bit) {
        int stored = packed[row * rowBytes + bit / 8] >> (bit % 8) & 1;
        int64_t col = bit / bits;
        EXPECT_EQ(stored, col < cols ? values[row * cols + col] >> (bit % bits) & 1 : 0);
      }
    std::vector<int8_t> unpacked(values.size());
    unpackCodes(packed, rows, cols, bits, unpacked);
    EXPECT_EQ(unpacked, values);
    if (bits == 4) {
      std::vector<uint8_t> nibbles(packed.size());
      packI4(values, rows, cols, nibbles);
      EXPECT_EQ(nibbles, packed);
    }
  }
  EXPECT_EQ(getPackedRowBytes(576, 3), 216);
  EXPECT_EQ(getPackedRowBytes(9, 3), 6);
  EXPECT_EQ(getPackedRowBytes(5, 2), 2);
}

} // namespace
