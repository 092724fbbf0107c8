//===- Codecs.cpp - Exact conversions of small number formats -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Codecs.h"

#include "quant-opt/Numerics/Vectorize.h"
#include "llvm/ADT/bit.h"
#include <algorithm>
#include <cassert>
#include <numeric>

using namespace quantopt;

namespace {

constexpr uint32_t infinityBits = 0x7F800000;

/// A float format with an implicit leading bit and subnormals, sign on top.
template <int ExponentBits, int MantissaBits> struct Format {
  static constexpr int bias = (1 << (ExponentBits - 1)) - 1;
  static constexpr int shift = 23 - MantissaBits;
  static constexpr uint32_t signBit = 1u << (ExponentBits + MantissaBits);
  /// Added to the exponent field of float32 on the way here.
  static constexpr uint32_t rebias = uint32_t(127 - bias) << 23;
  /// Its unit in the last place is the format's smallest subnormal, so adding it rounds a small float to a multiple
  /// of that, to nearest even, and leaves the multiple in the low mantissa bits.
  static constexpr uint32_t subnormalMagic = uint32_t(127 + 1 - bias - MantissaBits + 23) << 23;

  /// The magnitude code of a finite magnitude below the format's overflow threshold (larger ones run into the codes
  /// above the exponent field, in order).
  static inline uint32_t encodeMagnitude(uint32_t bits) {
    uint32_t odd = (bits >> shift) & 1;
    uint32_t normal = (bits - rebias + (1u << (shift - 1)) - 1 + odd) >> shift;
    float sum = llvm::bit_cast<float>(bits) + llvm::bit_cast<float>(subnormalMagic);
    uint32_t subnormal = llvm::bit_cast<uint32_t>(sum) - subnormalMagic;
    bool isNormal = bits >= rebias + (1u << 23);
    return isNormal ? normal : subnormal;
  }

  static inline uint32_t decodeMagnitude(uint32_t code) {
    uint32_t bits = (code << shift) + rebias;
    // A subnormal code is read with a leading one and that one is subtracted again, exactly.
    constexpr uint32_t one = rebias + (1u << 23);
    float subnormal = llvm::bit_cast<float>((code << shift) + one) - llvm::bit_cast<float>(one);
    return code < (1u << MantissaBits) ? llvm::bit_cast<uint32_t>(subnormal) : bits;
  }
};

using Half = Format<5, 10>;
using E4M3 = Format<4, 3>;
using E5M2 = Format<5, 2>;

inline uint16_t encodeHalf(float value) {
  uint32_t bits = llvm::bit_cast<uint32_t>(value), magnitude = bits & 0x7FFFFFFF;
  uint32_t code = Half::encodeMagnitude(magnitude);
  code = code > 0x7C00 ? 0x7C00 : code;
  code = magnitude > infinityBits ? (0x7E00 | ((magnitude >> 13) & 0x1FF)) : code;
  return uint16_t(code | ((bits >> 16) & 0x8000));
}

inline float decodeHalf(uint16_t code) {
  uint32_t magnitude = code & 0x7FFF, bits = Half::decodeMagnitude(magnitude);
  bits = magnitude >= 0x7C00 ? infinityBits | (magnitude << 13) : bits;
  return llvm::bit_cast<float>(bits | (uint32_t(code & 0x8000) << 16));
}

inline uint16_t encodeBrain(float value) {
  uint32_t bits = llvm::bit_cast<uint32_t>(value);
  uint32_t rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
  return uint16_t((bits & 0x7FFFFFFF) > infinityBits ? (bits >> 16) | 0x40 : rounded);
}

inline float decodeBrain(uint16_t code) { return llvm::bit_cast<float>(uint32_t(code) << 16); }

template <typename F, uint32_t MaxBits> inline uint8_t encodeByte(float value) {
  uint32_t bits = llvm::bit_cast<uint32_t>(value), magnitude = bits & 0x7FFFFFFF;
  uint32_t code = F::encodeMagnitude(magnitude < MaxBits ? magnitude : MaxBits) | ((bits >> 24) & 0x80);
  return uint8_t(magnitude > infinityBits ? nanF8 : code);
}

constexpr uint32_t e4m3MaxBits = 0x43E00000; // 448
constexpr uint32_t e5m2MaxBits = 0x47600000; // 57344

inline float decodeE4M3(uint8_t code) {
  uint32_t magnitude = code & 0x7F, bits = E4M3::decodeMagnitude(magnitude);
  bits = magnitude == 0x7F ? 0x7FC00000 : bits;
  return llvm::bit_cast<float>(bits | (uint32_t(code & 0x80) << 24));
}

inline float decodeE5M2(uint8_t code) {
  uint32_t magnitude = code & 0x7F, bits = E5M2::decodeMagnitude(magnitude);
  bits = magnitude >= 0x7C ? infinityBits | (magnitude > 0x7C ? 0x400000 | (magnitude << 21) : 0) : bits;
  return llvm::bit_cast<float>(bits | (uint32_t(code & 0x80) << 24));
}

} // namespace

uint16_t quantopt::encodeF16(float value) { return encodeHalf(value); }
uint16_t quantopt::encodeBF16(float value) { return encodeBrain(value); }
float quantopt::decodeF16(uint16_t code) { return decodeHalf(code); }
float quantopt::decodeBF16(uint16_t code) { return decodeBrain(code); }
uint8_t quantopt::encodeF8E4M3(float value) { return encodeByte<E4M3, e4m3MaxBits>(value); }
uint8_t quantopt::encodeF8E5M2(float value) { return encodeByte<E5M2, e5m2MaxBits>(value); }
float quantopt::decodeF8E4M3(uint8_t code) { return decodeE4M3(code); }
float quantopt::decodeF8E5M2(uint8_t code) { return decodeE5M2(code); }

// One plain loop a conversion: function versions and templates do not mix.
#define QUANTOPT_BULK(NAME, FROM, TO, CONVERT)                                                                         \
  QUANTOPT_VECTORIZED static void NAME##Loop(const FROM *__restrict from, TO *__restrict to, size_t count) {           \
    for (size_t i = 0; i != count; ++i)                                                                                \
      to[i] = CONVERT(from[i]);                                                                                        \
  }                                                                                                                    \
  void quantopt::NAME(llvm::ArrayRef<FROM> from, llvm::MutableArrayRef<TO> to) {                                       \
    assert(from.size() == to.size() && "spans of one length");                                                         \
    NAME##Loop(from.data(), to.data(), from.size());                                                                   \
  }

QUANTOPT_BULK(encodeF16, float, uint16_t, encodeHalf)
QUANTOPT_BULK(encodeBF16, float, uint16_t, encodeBrain)
QUANTOPT_BULK(decodeF16, uint16_t, float, decodeHalf)
QUANTOPT_BULK(decodeBF16, uint16_t, float, decodeBrain)
QUANTOPT_BULK(decodeF8E4M3, uint8_t, float, decodeE4M3)
QUANTOPT_BULK(decodeF8E5M2, uint8_t, float, decodeE5M2)
// A template argument list holds a comma, which a macro argument may not.
static inline uint8_t encodeByteE4M3(float value) { return encodeByte<E4M3, e4m3MaxBits>(value); }
static inline uint8_t encodeByteE5M2(float value) { return encodeByte<E5M2, e5m2MaxBits>(value); }
QUANTOPT_BULK(encodeF8E4M3, float, uint8_t, encodeByteE4M3)
QUANTOPT_BULK(encodeF8E5M2, float, uint8_t, encodeByteE5M2)
#undef QUANTOPT_BULK

void quantopt::packI4(llvm::ArrayRef<int8_t> values, int64_t rows, int64_t cols,
                      llvm::MutableArrayRef<uint8_t> packed) {
  int64_t rowBytes = getPackedI4RowBytes(cols);
  assert(int64_t(values.size()) == rows * cols && int64_t(packed.size()) == rows * rowBytes);
  for (int64_t row = 0; row != rows; ++row) {
    const int8_t *from = values.data() + row * cols;
    uint8_t *to = packed.data() + row * rowBytes;
    for (int64_t pair = 0; pair != cols / 2; ++pair)
      to[pair] = uint8_t((from[2 * pair] & 15) | (from[2 * pair + 1] & 15) << 4);
    if (cols % 2)
      to[rowBytes - 1] = uint8_t(from[cols - 1] & 15);
  }
}

void quantopt::unpackI4(llvm::ArrayRef<uint8_t> packed, int64_t rows, int64_t cols,
                        llvm::MutableArrayRef<int8_t> values) {
  int64_t rowBytes = getPackedI4RowBytes(cols);
  assert(int64_t(values.size()) == rows * cols && int64_t(packed.size()) == rows * rowBytes);
  auto extend = [](unsigned nibble) { return int8_t(int(nibble ^ 8) - 8); };
  for (int64_t row = 0; row != rows; ++row) {
    const uint8_t *from = packed.data() + row * rowBytes;
    int8_t *to = values.data() + row * cols;
    for (int64_t pair = 0; pair != cols / 2; ++pair) {
      to[2 * pair] = extend(from[pair] & 15);
      to[2 * pair + 1] = extend(from[pair] >> 4);
    }
    if (cols % 2)
      to[cols - 1] = extend(from[rowBytes - 1] & 15);
  }
}

int64_t quantopt::getPackedRowBytes(int64_t cols, unsigned bits) {
  int64_t runBits = std::lcm(8, int64_t(bits)), runCodes = runBits / bits;
  return (cols + runCodes - 1) / runCodes * runBits / 8;
}

void quantopt::packCodes(llvm::ArrayRef<int8_t> values, int64_t rows, int64_t cols, unsigned bits,
                         llvm::MutableArrayRef<uint8_t> packed) {
  int64_t rowBytes = getPackedRowBytes(cols, bits);
  assert(int64_t(values.size()) == rows * cols && int64_t(packed.size()) == rows * rowBytes);
  unsigned mask = (1u << bits) - 1;
  for (int64_t row = 0; row != rows; ++row) {
    uint8_t *to = packed.data() + row * rowBytes, *end = to + rowBytes;
    uint32_t buffer = 0, filled = 0;
    for (int8_t value : values.slice(row * cols, cols)) {
      buffer |= (unsigned(value) & mask) << filled;
      for (filled += bits; filled >= 8; filled -= 8, buffer >>= 8)
        *to++ = uint8_t(buffer);
    }
    if (filled != 0)
      *to++ = uint8_t(buffer);
    std::fill(to, end, uint8_t(0));
  }
}

void quantopt::unpackCodes(llvm::ArrayRef<uint8_t> packed, int64_t rows, int64_t cols, unsigned bits,
                           llvm::MutableArrayRef<int8_t> values) {
  int64_t rowBytes = getPackedRowBytes(cols, bits);
  assert(int64_t(values.size()) == rows * cols && int64_t(packed.size()) == rows * rowBytes);
  unsigned mask = (1u << bits) - 1, sign = 1u << (bits - 1);
  for (int64_t row = 0; row != rows; ++row) {
    const uint8_t *from = packed.data() + row * rowBytes;
    uint32_t buffer = 0, filled = 0;
    for (int8_t &value : values.slice(row * cols, cols)) {
      for (; filled < bits; filled += 8)
        buffer |= uint32_t(*from++) << filled;
      value = int8_t(int((buffer & mask) ^ sign) - int(sign));
      buffer >>= bits;
      filled -= bits;
    }
  }
}
