//===- SmallFloat.h - Floats of 16 bits and less -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// As the PTX ISA converts: a NaN becomes the one canonical NaN of the format.
// All is always inlined, for loops over lanes.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_SMALLFLOAT_H
#define QUANTOPT_LIB_EMULATOR_SMALLFLOAT_H

#include <cstdint>
#include <cstring>

namespace quantopt::ptx {
namespace {

#define QUANTOPT_INLINE [[gnu::always_inline]] inline

template <typename To, typename From> QUANTOPT_INLINE To castBits(From from) {
  static_assert(sizeof(To) == sizeof(From), "the same bits");
  To to;
  std::memcpy(&to, &from, sizeof(To));
  return to;
}

struct F16 {
  uint16_t bits;
};
struct BF16 {
  uint16_t bits;
};

constexpr uint32_t canonicalNan32 = 0x7FFFFFFF;
constexpr uint64_t canonicalNan64 = 0xFFF8000000000000;

QUANTOPT_INLINE float toFloat(F16 value) {
  uint32_t magnitude = value.bits & 0x7FFF, shifted = magnitude << 13;
  // Subnormals are read with a leading one, which is then subtracted again, exactly.
  float subnormal = castBits<float>(shifted + 0x38800000) - castBits<float>(0x38800000);
  uint32_t normal = shifted + 0x38000000;
  uint32_t special = 0x7F800000 | shifted;
  uint32_t bits = magnitude >= 0x7C00 ? special : magnitude < 0x400 ? castBits<uint32_t>(subnormal) : normal;
  return castBits<float>(bits | uint32_t(value.bits & 0x8000) << 16);
}
QUANTOPT_INLINE float toFloat(BF16 value) { return castBits<float>(uint32_t(value.bits) << 16); }
QUANTOPT_INLINE float toFloat(float value) { return value; }

/// Nearest even, overflow to infinity.
QUANTOPT_INLINE F16 toF16(float value) {
  uint32_t bits = castBits<uint32_t>(value), magnitude = bits & 0x7FFFFFFF, sign = (bits >> 16) & 0x8000;
  uint32_t normal = (magnitude - 0x38000000 + 0xFFF + ((magnitude >> 13) & 1)) >> 13;
  // Adding 0.5 leaves a multiple of 2^-24 in the low bits.
  uint32_t subnormal = castBits<uint32_t>(castBits<float>(magnitude) + 0.5f) - 0x3F000000;
  uint32_t code = magnitude < 0x38800000 ? subnormal : normal;
  code = code > 0x7C00 || magnitude >= 0x7F800000 ? 0x7C00 : code;
  return F16{uint16_t(magnitude > 0x7F800000 ? 0x7FFF : code | sign)};
}
QUANTOPT_INLINE BF16 toBF16(float value) {
  uint32_t bits = castBits<uint32_t>(value);
  uint32_t rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
  return BF16{uint16_t((bits & 0x7FFFFFFF) > 0x7F800000 ? 0x7FFF : rounded)};
}

/// a + b in T, inexact results made odd: a further rounding to a format with two bits less is then as if done once.
template <typename T, typename Bits> QUANTOPT_INLINE T addToOdd(T a, T b) {
  T sum = a + b;
  T part = sum - a;
  T error = (a - (sum - part)) + (b - part);
  Bits bits = castBits<Bits>(sum);
  // Away from zero when the error points there, towards it otherwise. NaN and infinity have no error that compares.
  Bits away = bits + 1, towards = bits - 1;
  bool pointsAway = (error > 0) == (sum > 0);
  bool isInexact = (error < 0 || error > 0) && (bits & 1) == 0 && sum - sum == 0;
  return castBits<T>(isInexact ? (pointsAway ? away : towards) : bits);
}
/// double to float likewise; what overflows becomes infinity.
QUANTOPT_INLINE float roundToOdd(double value) {
  float nearest = float(value);
  double error = value - double(nearest);
  uint32_t bits = castBits<uint32_t>(nearest);
  bool pointsAway = (error > 0) == (value > 0);
  bool isInexact = (error < 0 || error > 0) && (bits & 1) == 0 && nearest - nearest == 0;
  return castBits<float>(isInexact ? (pointsAway ? bits + 1 : bits - 1) : bits);
}

//===----------------------------------------------------------------------===//
// Any format, any rounding, one value
//===----------------------------------------------------------------------===//

enum class Rounding : uint8_t { NearestEven, Zero, Down, Up, NearestAway };

/// How a code above the sign is made up.
struct FloatFormat {
  unsigned exponentBits, mantissaBits;
  /// Codes of the largest finite value and of infinity (0: none), without sign.
  uint32_t maxFinite, infinity, nan;
  int bias() const { return (1 << (exponentBits - 1)) - 1; }
};
constexpr FloatFormat formatF16{5, 10, 0x7BFF, 0x7C00, 0x7FFF};
constexpr FloatFormat formatBF16{8, 7, 0x7F7F, 0x7F80, 0x7FFF};
constexpr FloatFormat formatTF32{8, 10, 0x3FBFF, 0x3FC00, 0x3FFFF};
constexpr FloatFormat formatE4M3{4, 3, 0x7E, 0, 0x7F};
constexpr FloatFormat formatE5M2{5, 2, 0x7B, 0x7C, 0x7F};
constexpr FloatFormat formatE2M3{2, 3, 0x1F, 0, 0};
constexpr FloatFormat formatE3M2{3, 2, 0x1F, 0, 0};
constexpr FloatFormat formatE2M1{2, 1, 0x7, 0, 0};

/// `magnitude` * 2^-lsb as an integer, rounded.
inline uint64_t roundScaled(double scaled, Rounding mode, bool isNegative) {
  uint64_t whole = uint64_t(scaled);
  double rest = scaled - double(whole);
  switch (mode) {
  case Rounding::NearestEven:
    return whole + (rest > 0.5 || (rest == 0.5 && (whole & 1)));
  case Rounding::NearestAway:
    return whole + (rest >= 0.5);
  case Rounding::Zero:
    return whole;
  case Rounding::Down:
    return whole + (isNegative && rest > 0);
  case Rounding::Up:
    return whole + (!isNegative && rest > 0);
  }
  return whole;
}

/// The code of a double. `isSatFinite`: beyond the largest finite value (infinity too) comes that value.
inline uint32_t encodeFloat(double value, const FloatFormat &format, Rounding mode, bool isSatFinite) {
  uint64_t bits = castBits<uint64_t>(value);
  bool isNegative = bits >> 63;
  uint64_t magnitude = bits & ~(uint64_t(1) << 63);
  uint32_t sign = uint32_t(isNegative) << (format.exponentBits + format.mantissaBits);
  constexpr uint64_t infinity = uint64_t(0x7FF) << 52;
  if (magnitude > infinity)
    return format.nan != 0 ? format.nan : format.maxFinite;
  bool towardsZero =
      mode == Rounding::Zero || (mode == Rounding::Down && !isNegative) || (mode == Rounding::Up && isNegative);
  uint32_t overflow = isSatFinite || format.infinity == 0 ? format.maxFinite : format.infinity;
  if (magnitude == infinity)
    return sign | overflow;
  int exponent = int(magnitude >> 52) - 1023, least = 1 - format.bias();
  int lsb = (exponent > least ? exponent : least) - int(format.mantissaBits);
  // Doubles reach far below any format here: those that do not are as good as the smallest of the format's quarter.
  double absolute = castBits<double>(magnitude);
  double scale = lsb > -1000 ? castBits<double>(uint64_t(1023 - lsb) << 52) : 1.0;
  uint64_t code = roundScaled(absolute * scale, mode, isNegative);
  if (exponent > least)
    code += uint64_t(exponent - least) << format.mantissaBits;
  if (code > format.maxFinite)
    return sign | (towardsZero ? format.maxFinite : overflow);
  return sign | uint32_t(code);
}

/// Exact.
inline float decodeFloat(uint32_t code, const FloatFormat &format) {
  unsigned signAt = format.exponentBits + format.mantissaBits;
  uint32_t magnitude = code & ((1u << signAt) - 1);
  float sign = (code >> signAt) & 1 ? -1.0f : 1.0f;
  if (format.infinity != 0 && magnitude == format.infinity)
    return sign * castBits<float>(0x7F800000);
  if (format.nan != 0 && magnitude > format.maxFinite)
    return castBits<float>(canonicalNan32);
  int exponent = int(magnitude >> format.mantissaBits);
  uint32_t mantissa = magnitude & ((1u << format.mantissaBits) - 1);
  if (exponent != 0)
    mantissa |= 1u << format.mantissaBits;
  int lsb = (exponent != 0 ? exponent : 1) - format.bias() - int(format.mantissaBits);
  // Two steps: 2^lsb alone may be a subnormal float.
  return sign * (float(mantissa) * castBits<float>(uint32_t(lsb / 2 + 127) << 23)) *
         castBits<float>(uint32_t(lsb - lsb / 2 + 127) << 23);
}

} // namespace
} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_SMALLFLOAT_H
