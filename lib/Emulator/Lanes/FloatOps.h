//===- FloatOps.h - Floating-point instructions, one lane --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rounded once, to nearest even. A NaN result is the canonical NaN of its
// type. `.approx` forms give the exact result rounded (through double, so off
// in at most one case in 10^8), which is within the ISA's bounds.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_LANES_FLOATOPS_H
#define QUANTOPT_LIB_EMULATOR_LANES_FLOATOPS_H

#include "../SmallFloat.h"
#include "Lanes.h"
#include <cmath>

namespace quantopt::ptx {
namespace {

//===----------------------------------------------------------------------===//
// What a type computes in
//===----------------------------------------------------------------------===//

template <typename T> struct FloatTraits;

template <> struct FloatTraits<float> {
  using Bits = uint32_t;
  static constexpr Bits sign = 0x80000000, infinity = 0x7F800000, nan = canonicalNan32, leastNormal = 0x00800000;
  static constexpr Bits one = 0x3F800000;
};
template <> struct FloatTraits<double> {
  using Bits = uint64_t;
  static constexpr Bits sign = uint64_t(1) << 63, infinity = uint64_t(0x7FF) << 52, nan = canonicalNan64;
  static constexpr Bits leastNormal = uint64_t(1) << 52, one = uint64_t(0x3FF) << 52;
};
template <> struct FloatTraits<F16> {
  using Bits = uint16_t;
  static constexpr Bits sign = 0x8000, infinity = 0x7C00, nan = 0x7FFF, leastNormal = 0x0400, one = 0x3C00;
};
template <> struct FloatTraits<BF16> {
  using Bits = uint16_t;
  static constexpr Bits sign = 0x8000, infinity = 0x7F80, nan = 0x7FFF, leastNormal = 0x0080, one = 0x3F80;
};

template <typename T> using BitsOf = typename FloatTraits<T>::Bits;
template <typename T> QUANTOPT_INLINE BitsOf<T> bitsOf(T value) { return castBits<BitsOf<T>>(value); }
template <typename T> QUANTOPT_INLINE BitsOf<T> magnitudeOf(T value) {
  return BitsOf<T>(bitsOf(value) & BitsOf<T>(~FloatTraits<T>::sign));
}
template <typename T> QUANTOPT_INLINE bool isNan(T value) { return magnitudeOf(value) > FloatTraits<T>::infinity; }
template <typename T> QUANTOPT_INLINE T makeNan() { return castBits<T>(FloatTraits<T>::nan); }

/// Subnormals to zeros of their sign.
template <typename T> QUANTOPT_INLINE T flush(T value) {
  BitsOf<T> bits = bitsOf(value);
  return castBits<T>(magnitudeOf(value) < FloatTraits<T>::leastNormal ? BitsOf<T>(bits & FloatTraits<T>::sign) : bits);
}
template <typename T> QUANTOPT_INLINE T canonicalize(T value) {
  // x86 makes the double NaN that the hardware does, and passes payloads on.
  if constexpr (std::is_same_v<T, double>)
    return value;
  else
    return castBits<T>(isNan(value) ? FloatTraits<T>::nan : bitsOf(value));
}

QUANTOPT_INLINE float widen(float value) { return value; }
QUANTOPT_INLINE double widen(double value) { return value; }
QUANTOPT_INLINE float widen(F16 value) { return toFloat(value); }
QUANTOPT_INLINE float widen(BF16 value) { return toFloat(value); }
template <typename T, typename W> QUANTOPT_INLINE T narrow(W value) {
  if constexpr (std::is_same_v<T, F16>)
    return toF16(value);
  else if constexpr (std::is_same_v<T, BF16>)
    return toBF16(value);
  else
    return value;
}

/// Into [+0, 1], NaN to +0.
template <typename T> QUANTOPT_INLINE T clampUnit(T value) {
  BitsOf<T> bits = bitsOf(value);
  bool isPositive = (bits & FloatTraits<T>::sign) == 0 && bits <= FloatTraits<T>::infinity;
  BitsOf<T> low = isPositive ? bits : BitsOf<T>(0);
  return castBits<T>(low > FloatTraits<T>::one ? FloatTraits<T>::one : low);
}
/// Negative to +0; NaN stays.
template <typename T> QUANTOPT_INLINE T clampBelow(T value) {
  BitsOf<T> bits = bitsOf(value);
  bool isNegative = (bits & FloatTraits<T>::sign) != 0 && !isNan(value);
  return castBits<T>(isNegative ? BitsOf<T>(0) : bits);
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

/// Exact product plus c, rounded once.
QUANTOPT_INLINE float fuse(float a, float b, float c) { return std::fma(a, b, c); }
QUANTOPT_INLINE double fuse(double a, double b, double c) { return std::fma(a, b, c); }
/// A product of halves is exact in float, of bfloats in double.
QUANTOPT_INLINE F16 fuse(F16 a, F16 b, F16 c) {
  return toF16(addToOdd<float, uint32_t>(toFloat(a) * toFloat(b), toFloat(c)));
}
QUANTOPT_INLINE BF16 fuse(BF16 a, BF16 b, BF16 c) {
  double product = double(toFloat(a)) * double(toFloat(b));
  return toBF16(roundToOdd(addToOdd<double, uint64_t>(product, double(toFloat(c)))));
}

struct FaddOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return narrow<T>(widen(a) + widen(b)); }
};
struct FsubOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return narrow<T>(widen(a) - widen(b)); }
};
struct FmulOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) {
    // Subnormal products of bfloats would be rounded twice.
    if constexpr (std::is_same_v<T, BF16>)
      return toBF16(roundToOdd(double(toFloat(a)) * double(toFloat(b))));
    else
      return narrow<T>(widen(a) * widen(b));
  }
};
struct FmaOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b, T c) { return fuse(a, b, c); }
};
struct FmaReluOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b, T c) { return clampBelow(fuse(a, b, c)); }
};
struct FdivOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return a / b; }
};
struct RcpOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a) { return T(1) / a; }
};
struct SqrtOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a) { return std::sqrt(a); }
};
struct RsqrtOp {
  QUANTOPT_INLINE static float apply(float a) { return float(1 / std::sqrt(double(a))); }
  QUANTOPT_INLINE static double apply(double a) { return 1 / std::sqrt(a); }
};
/// rcp.approx.ftz.f64 and rsqrt.approx.f64 return zeros in the low word.
template <typename F> struct HighWordOf {
  QUANTOPT_INLINE static double apply(double a) {
    return castBits<double>(castBits<uint64_t>(F::apply(a)) & 0xFFFFFFFF00000000);
  }
};

template <double (*F)(double)> struct ThroughDouble {
  template <typename T> QUANTOPT_INLINE static T apply(T a) { return narrow<T>(float(F(double(widen(a))))); }
};

/// A number wins over a NaN; -0 is less than +0.
template <bool IsMin, bool KeepsNan, bool IsXor> struct FminmaxOp {
  template <typename T> QUANTOPT_INLINE static T apply(T x, T y) {
    using B = BitsOf<T>;
    constexpr B sign = FloatTraits<T>::sign;
    T a = IsXor ? castBits<T>(magnitudeOf(x)) : x, b = IsXor ? castBits<T>(magnitudeOf(y)) : y;
    // Codes in the order of their values.
    B ca = bitsOf(a), cb = bitsOf(b);
    B orderA = ca & sign ? B(~ca) : B(ca | sign), orderB = cb & sign ? B(~cb) : B(cb | sign);
    bool takesA = IsMin ? orderA < orderB : orderA > orderB;
    B chosen = isNan(a) ? cb : isNan(b) ? ca : takesA ? ca : cb;
    bool givesNan = KeepsNan ? isNan(a) || isNan(b) : isNan(a) && isNan(b);
    B flipped = IsXor ? B(chosen | ((bitsOf(x) ^ bitsOf(y)) & sign)) : chosen;
    return castBits<T>(givesNan ? FloatTraits<T>::nan : flipped);
  }
};

struct FabsOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a) { return castBits<T>(magnitudeOf(a)); }
};
struct FnegOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a) {
    return castBits<T>(BitsOf<T>(bitsOf(a) ^ FloatTraits<T>::sign));
  }
};
/// The sign of a on the magnitude of b.
struct CopySignOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) {
    return castBits<T>(BitsOf<T>((bitsOf(a) & FloatTraits<T>::sign) | magnitudeOf(b)));
  }
};

//===----------------------------------------------------------------------===//
// Modifiers
//===----------------------------------------------------------------------===//

template <typename F, bool IsFtz, bool IsSat> struct Modified {
  template <typename T> QUANTOPT_INLINE static T in(T value) { return IsFtz ? flush(value) : value; }
  template <typename T> QUANTOPT_INLINE static T out(T value) {
    T flushed = IsFtz ? flush(value) : value;
    return IsSat ? clampUnit(flushed) : canonicalize(flushed);
  }
  template <typename... T> QUANTOPT_INLINE static auto apply(T... values) { return out(F::apply(in(values)...)); }
};

/// Two values of 16 bits in one register.
template <typename F, typename T> struct PairOf {
  QUANTOPT_INLINE static T low(uint32_t word) { return T{uint16_t(word)}; }
  QUANTOPT_INLINE static T high(uint32_t word) { return T{uint16_t(word >> 16)}; }
  template <typename... W> QUANTOPT_INLINE static uint32_t apply(W... words) {
    return uint32_t(F::apply(low(words)...).bits) | uint32_t(F::apply(high(words)...).bits) << 16;
  }
};

} // namespace
} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_LANES_FLOATOPS_H
