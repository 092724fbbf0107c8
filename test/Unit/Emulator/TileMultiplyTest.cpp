//===- TileMultiplyTest.cpp -----------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Oracles: exact sums in 64-bit integers (whose conversion to float rounds
// once) and LLVM's APFloat.
//
//===----------------------------------------------------------------------===//

#include "TileMultiply.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/bit.h"
#include "gtest/gtest.h"
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace quantopt::ptx;
using llvm::APFloat;

namespace {

float decodeByApfloat(const llvm::fltSemantics &semantics, unsigned bits, uint64_t code) {
  APFloat value(semantics, llvm::APInt(bits, code));
  bool lost;
  value.convert(APFloat::IEEEsingle(), APFloat::rmNearestTiesToEven, &lost);
  return value.convertToFloat();
}

/// A product does not tell one NaN from another.
bool isSame(float x, float y) {
  return llvm::bit_cast<uint32_t>(x) == llvm::bit_cast<uint32_t>(y) || (std::isnan(x) && std::isnan(y));
}

TEST(TileMultiply, DecodesEveryCode) {
  std::vector<uint8_t> bytes(256);
  for (unsigned i = 0; i != 256; ++i)
    bytes[i] = uint8_t(i);
  std::vector<float> values(512);
  const std::pair<MatrixType, const llvm::fltSemantics *> types[] = {{MatrixType::E4M3, &APFloat::Float8E4M3FN()},
                                                                     {MatrixType::E5M2, &APFloat::Float8E5M2()}};
  for (auto [type, semantics] : types) {
    decodeMatrixElements(type, bytes.data(), 256, values.data());
    for (unsigned i = 0; i != 256; ++i) {
      float expected = decodeByApfloat(*semantics, 8, i);
      EXPECT_TRUE(isSame(values[i], expected)) << "code " << i;
    }
  }
  decodeMatrixElements(MatrixType::S8, bytes.data(), 256, values.data());
  EXPECT_EQ(values[0x80], -128.0f);
  EXPECT_EQ(values[0x7F], 127.0f);
  decodeMatrixElements(MatrixType::U8, bytes.data(), 256, values.data());
  EXPECT_EQ(values[0x80], 128.0f);
  decodeMatrixElements(MatrixType::S4, bytes.data(), 512, values.data());
  EXPECT_EQ(values[2 * 0x8F], -1.0f); // low nibble first
  EXPECT_EQ(values[2 * 0x8F + 1], -8.0f);
  decodeMatrixElements(MatrixType::U4, bytes.data(), 512, values.data());
  EXPECT_EQ(values[2 * 0x8F + 1], 8.0f);
}

TEST(TileMultiply, DecodesHalvesAndTf32) {
  std::vector<uint8_t> bytes(2 * 66);
  std::vector<float> values(66);
  for (unsigned i = 0; i != 66; ++i) {
    uint16_t code = uint16_t(i * 997);
    bytes[2 * i] = uint8_t(code);
    bytes[2 * i + 1] = uint8_t(code >> 8);
  }
  decodeMatrixElements(MatrixType::F16, bytes.data(), 66, values.data());
  for (unsigned i = 0; i != 66; ++i)
    EXPECT_TRUE(isSame(values[i], decodeByApfloat(APFloat::IEEEhalf(), 16, uint16_t(i * 997)))) << "code " << i * 997;
  decodeMatrixElements(MatrixType::BF16, bytes.data(), 66, values.data());
  for (unsigned i = 0; i != 66; ++i)
    EXPECT_EQ(llvm::bit_cast<uint32_t>(values[i]), uint32_t(uint16_t(i * 997)) << 16);
  // tf32 has 10 bits of mantissa; the rest of the register does not count.
  uint32_t word = llvm::bit_cast<uint32_t>(1.0f + 0x1p-10f) | 0x1FFF;
  uint8_t four[8] = {uint8_t(word), uint8_t(word >> 8), uint8_t(word >> 16), uint8_t(word >> 24)};
  decodeMatrixElements(MatrixType::TF32, four, 2, values.data());
  EXPECT_EQ(values[0], 1.0f + 0x1p-10f);
}

TEST(TileMultiply, Fp8SumsRoundOnce) {
  std::mt19937 random(3);
  const TileShape shape{16, 24, 32};
  std::vector<uint8_t> a(16 * 32), b(24 * 32);
  for (auto *codes : {&a, &b})
    for (uint8_t &code : *codes)
      while (((code = uint8_t(random())) & 0x7F) == 0x7F) // no NaN
        ;
  std::vector<float> fa(a.size()), fb(b.size());
  decodeMatrixElements(MatrixType::E4M3, a.data(), a.size(), fa.data());
  decodeMatrixElements(MatrixType::E4M3, b.data(), b.size(), fb.data());
  std::vector<double> sums(16 * 24);
  for (double &sum : sums)
    sum = double(int(random() % 2001) - 1000) * 0x1p-3;
  std::vector<double> start = sums;
  addFloatProduct(shape, fa.data(), fb.data(), sums.data());
  for (unsigned m = 0; m != 16; ++m)
    for (unsigned n = 0; n != 24; ++n) {
      // Multiples of 2^-9 have products that are multiples of 2^-18, and the sum fits 64 bits.
      int64_t sum = int64_t(start[m * 24 + n] * 0x1p18);
      for (unsigned k = 0; k != 32; ++k)
        sum += int64_t(fa[m * 32 + k] * 512) * int64_t(fb[n * 32 + k] * 512);
      EXPECT_EQ(roundToSingle(sums[m * 24 + n]), float(sum) * 0x1p-18f);
    }
}

TEST(TileMultiply, SumsKeepWhatSinglePrecisionLoses) {
  // 2^24 + 1 + 1: a chain of single-precision additions stays at 2^24.
  std::vector<float> a(4 * 2, 1.0f), b(8 * 2, 1.0f);
  std::vector<double> sums(4 * 8, 0x1p24);
  addFloatProduct({4, 8, 2}, a.data(), b.data(), sums.data());
  for (double sum : sums)
    EXPECT_EQ(roundToSingle(sum), 0x1p24f + 2);
}

TEST(TileMultiply, IntegersAreExact) {
  std::mt19937 random(5);
  for (MatrixType type : {MatrixType::S8, MatrixType::U8, MatrixType::S4}) {
    unsigned depth = type == MatrixType::S4 ? 64 : 32;
    std::vector<uint8_t> a(16 * 32), b(8 * 32);
    for (auto *codes : {&a, &b})
      for (uint8_t &code : *codes)
        code = random() % 4 ? uint8_t(random()) : type == MatrixType::U8 ? 0xFF : 0x88;
    std::vector<float> fa(16 * depth), fb(8 * depth);
    decodeMatrixElements(type, a.data(), fa.size(), fa.data());
    decodeMatrixElements(type, b.data(), fb.size(), fb.data());
    std::vector<int32_t> products(16 * 8);
    multiplyIntegers({16, 8, depth}, fa.data(), fb.data(), products.data());
    for (unsigned m = 0; m != 16; ++m)
      for (unsigned n = 0; n != 8; ++n) {
        int64_t sum = 0;
        for (unsigned k = 0; k != depth; ++k)
          sum += int64_t(fa[m * depth + k]) * int64_t(fb[n * depth + k]);
        EXPECT_EQ(products[m * 8 + n], sum);
      }
  }
  EXPECT_EQ(addWrapped(INT32_MAX, 2), INT32_MIN + 1);
  EXPECT_EQ(addSaturated(INT32_MAX, 2), INT32_MAX);
  EXPECT_EQ(addSaturated(INT32_MIN, -1), INT32_MIN);
  EXPECT_EQ(addSaturated(5, -7), -2);
}

TEST(TileMultiply, HalvesRoundOnce) {
  std::mt19937_64 random(9);
  std::vector<double> values = {1 + 0x1p-11 + 0x1p-40,
                                1 + 0x1p-11,
                                65519.999,
                                65520,
                                0x1p-25,
                                0x1p-25 + 0x1p-60,
                                1e-60,
                                -1e300,
                                std::numeric_limits<double>::infinity()};
  for (unsigned i = 0; i != 20000; ++i)
    values.push_back(std::ldexp(double(int64_t(random())), int(random() % 48) - 88));
  for (double value : values) {
    APFloat expected(value);
    bool lost;
    expected.convert(APFloat::IEEEhalf(), APFloat::rmNearestTiesToEven, &lost);
    EXPECT_EQ(roundToHalf(value), expected.bitcastToAPInt().getZExtValue()) << value;
  }
}

TEST(TileMultiply, NaNsAreCanonical) {
  EXPECT_EQ(llvm::bit_cast<uint32_t>(roundToSingle(-std::nan("1"))), 0x7FFFFFFFu);
  EXPECT_EQ(roundToHalf(std::nan("1")), 0x7FFF);
}

} // namespace
