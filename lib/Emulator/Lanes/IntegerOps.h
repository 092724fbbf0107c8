//===- IntegerOps.h - Integer and bit instructions, one lane -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Written after the pseudocode of the PTX ISA, sections "Integer Arithmetic",
// "Extended-Precision" and "Logic and Shift".
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_LANES_INTEGEROPS_H
#define QUANTOPT_LIB_EMULATOR_LANES_INTEGEROPS_H

#include "Lanes.h"

namespace quantopt::ptx {
namespace {

template <typename T> using Unsigned = std::make_unsigned_t<T>;
template <typename T> constexpr unsigned widthOf = 8 * sizeof(T);

/// Twice as wide.
template <typename T> struct WidenType;
template <> struct WidenType<uint16_t> {
  using type = uint32_t;
};
template <> struct WidenType<int16_t> {
  using type = int32_t;
};
template <> struct WidenType<uint32_t> {
  using type = uint64_t;
};
template <> struct WidenType<int32_t> {
  using type = int64_t;
};
template <> struct WidenType<uint64_t> {
  using type = unsigned __int128;
};
template <> struct WidenType<int64_t> {
  using type = __int128;
};
template <typename T> using Widen = typename WidenType<T>::type;

/// Arithmetic wraps: it is done without sign, in at least 32 bits.
template <typename T> using Wrapping = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;

struct AddOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return T(Wrapping<T>(a) + Wrapping<T>(b)); }
};
struct SubOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return T(Wrapping<T>(a) - Wrapping<T>(b)); }
};
struct MulOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return T(Wrapping<T>(a) * Wrapping<T>(b)); }
};
struct MulHiOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) {
    return T((Widen<T>(a) * Widen<T>(b)) >> widthOf<T>);
  }
};
struct MulWideOp {
  template <typename T> QUANTOPT_INLINE static Widen<T> apply(T a, T b) { return Widen<T>(a) * Widen<T>(b); }
};
struct MadOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b, T c) { return AddOp::apply(MulOp::apply(a, b), c); }
};
struct MadHiOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b, T c) { return AddOp::apply(MulHiOp::apply(a, b), c); }
};
struct MadWideOp {
  template <typename T> QUANTOPT_INLINE static Widen<T> apply(T a, T b, Widen<T> c) {
    return AddOp::apply(MulWideOp::apply(a, b), c);
  }
};

template <typename T> QUANTOPT_INLINE int64_t take24(T a) {
  return std::is_signed_v<T> ? int64_t(int32_t(uint32_t(a) << 8) >> 8) : int64_t(uint32_t(a) & 0xFFFFFF);
}
struct Mul24Op {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return T(take24(a) * take24(b)); }
};
struct Mul24HiOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return T((take24(a) * take24(b)) >> 16); }
};
struct Mad24Op {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b, T c) { return AddOp::apply(Mul24Op::apply(a, b), c); }
};
struct Mad24HiOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b, T c) {
    return AddOp::apply(Mul24HiOp::apply(a, b), c);
  }
};

QUANTOPT_INLINE int32_t saturate(int64_t value) {
  return int32_t(value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : value);
}
struct AddSatOp {
  QUANTOPT_INLINE static int32_t apply(int32_t a, int32_t b) { return saturate(int64_t(a) + b); }
};
struct SubSatOp {
  QUANTOPT_INLINE static int32_t apply(int32_t a, int32_t b) { return saturate(int64_t(a) - b); }
};
struct MadHiSatOp {
  QUANTOPT_INLINE static int32_t apply(int32_t a, int32_t b, int32_t c) {
    return saturate(int64_t(MulHiOp::apply(a, b)) + c);
  }
};
struct Mad24HiSatOp {
  QUANTOPT_INLINE static int32_t apply(int32_t a, int32_t b, int32_t c) {
    return saturate(int64_t(Mul24HiOp::apply(a, b)) + c);
  }
};
struct SadOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b, T c) {
    return AddOp::apply(c, a < b ? SubOp::apply(b, a) : SubOp::apply(a, b));
  }
};
/// By zero the ISA leaves the result open: all ones here, as on the hardware.
struct DivOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) {
    if (b == 0)
      return T(~T(0));
    if (std::is_signed_v<T> && b == T(-1))
      return T(Wrapping<T>(0) - Wrapping<T>(a));
    return T(a / b);
  }
};
/// By zero: the dividend.
struct RemOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) {
    if (b == 0)
      return a;
    if (std::is_signed_v<T> && b == T(-1))
      return 0;
    return T(a % b);
  }
};
struct NegOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a) { return T(Wrapping<T>(0) - Wrapping<T>(a)); }
};
struct AbsOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a) { return a < 0 ? NegOp::apply(a) : a; }
};
struct MinOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return a < b ? a : b; }
};
struct MaxOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return a > b ? a : b; }
};
template <typename F> struct ReluOf {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return MaxOp::apply(F::apply(a, b), T(0)); }
};

/// Two 16-bit halves of a 32-bit register.
template <typename F, typename T> struct HalvesOf {
  QUANTOPT_INLINE static uint32_t apply(uint32_t a, uint32_t b) {
    uint32_t low = uint16_t(F::apply(T(a), T(b))), high = uint16_t(F::apply(T(a >> 16), T(b >> 16)));
    return low | high << 16;
  }
};

struct PopcOp {
  template <typename T> QUANTOPT_INLINE static uint32_t apply(T a) {
    return sizeof(T) == 8 ? __builtin_popcountll(a) : __builtin_popcount(a);
  }
};
struct ClzOp {
  template <typename T> QUANTOPT_INLINE static uint32_t apply(T a) {
    if (a == 0)
      return widthOf<T>;
    return sizeof(T) == 8 ? __builtin_clzll(uint64_t(a)) : __builtin_clz(uint32_t(a));
  }
};
struct BfindOp {
  template <typename T> QUANTOPT_INLINE static uint32_t apply(T a) {
    Unsigned<T> bits = Unsigned<T>(a < 0 ? T(~a) : a);
    return bits == 0 ? 0xFFFFFFFF : widthOf<T> - 1 - ClzOp::apply(bits);
  }
};
struct BfindShiftOp {
  template <typename T> QUANTOPT_INLINE static uint32_t apply(T a) {
    uint32_t position = BfindOp::apply(a);
    return position == 0xFFFFFFFF ? position : widthOf<T> - 1 - position;
  }
};
struct FnsOp {
  QUANTOPT_INLINE static uint32_t apply(uint32_t mask, uint32_t base, int32_t offset) {
    if (offset == 0)
      return base < 32 && (mask >> base) & 1 ? base : 0xFFFFFFFF;
    int64_t count = offset < 0 ? -int64_t(offset) - 1 : offset - 1;
    for (int64_t at = base; at >= 0 && at < 32; at += offset < 0 ? -1 : 1)
      if ((mask >> at) & 1 && count-- == 0)
        return uint32_t(at);
    return 0xFFFFFFFF;
  }
};
struct BrevOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a) {
    uint64_t x = a;
    x = (x >> 1 & 0x5555555555555555) | (x & 0x5555555555555555) << 1;
    x = (x >> 2 & 0x3333333333333333) | (x & 0x3333333333333333) << 2;
    x = (x >> 4 & 0x0F0F0F0F0F0F0F0F) | (x & 0x0F0F0F0F0F0F0F0F) << 4;
    x = __builtin_bswap64(x);
    return T(x >> (64 - widthOf<T>));
  }
};

/// The lowest `count` bits, which may be all.
template <typename U> QUANTOPT_INLINE U lowBits(uint32_t count) {
  return count >= widthOf<U> ? U(~U(0)) : U((U(1) << count) - 1);
}
struct BfeOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, uint32_t b, uint32_t c) {
    using U = Unsigned<T>;
    constexpr uint32_t width = widthOf<T>;
    uint32_t position = b & 0xFF, length = c & 0xFF;
    uint32_t valid = position >= width ? 0 : length < width - position ? length : width - position;
    U bits = position >= width ? 0 : U(a) >> position;
    uint32_t signAt = position + length - 1;
    bool isNegative = std::is_signed_v<T> && length != 0 && (U(a) >> (signAt < width - 1 ? signAt : width - 1)) & 1;
    U mask = lowBits<U>(valid);
    return T((bits & mask) | (isNegative ? U(~mask) : U(0)));
  }
};
template <typename U> QUANTOPT_INLINE U insertBits(U a, U b, uint32_t c, uint32_t d) {
  uint32_t position = c & 0xFF, length = d & 0xFF;
  if (position >= widthOf<U>)
    return b;
  U mask = U(lowBits<U>(length) << position);
  return U((b & ~mask) | (U(a << position) & mask));
}
template <bool IsClamp> struct SzextOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, uint32_t b) {
    uint32_t count = b & 31;
    bool isTooLarge = IsClamp && b >= 32;
    uint32_t mask = isTooLarge ? 0 : 0xFFFFFFFF << count;
    bool isNegative = std::is_signed_v<T> && count != 0 && !isTooLarge && (uint32_t(a) >> ((count - 1) & 31)) & 1;
    return T((uint32_t(a) & ~mask) | (isNegative ? mask : 0));
  }
};
template <bool IsClamp> struct BmskOp {
  QUANTOPT_INLINE static uint32_t apply(uint32_t a, uint32_t b) {
    uint32_t position = a & 31, width = b & 31, sum = position + width;
    uint32_t low = IsClamp && a >= 32 ? 0 : 0xFFFFFFFF << position;
    bool overflows = sum >= 32 || (IsClamp && (a >= 32 || b >= 32));
    uint32_t high = overflows ? 0 : width == 0 ? 0xFFFFFFFF : 0xFFFFFFFF << sum;
    return low & ~high;
  }
};

//===----------------------------------------------------------------------===//
// Bits
//===----------------------------------------------------------------------===//

struct AndOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return T(a & b); }
};
struct OrOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return T(a | b); }
};
struct XorOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, T b) { return T(a ^ b); }
};
struct NotOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a) { return T(~a); }
};
struct CnotOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a) { return a == 0; }
};
struct ShlOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, uint32_t b) {
    return b >= widthOf<T> ? T(0) : T(Wrapping<T>(a) << b);
  }
};
struct ShrOp {
  template <typename T> QUANTOPT_INLINE static T apply(T a, uint32_t b) {
    constexpr uint32_t last = widthOf<T> - 1;
    return std::is_signed_v<T> ? T(a >> (b > last ? last : b)) : b > last ? T(0) : T(a >> b);
  }
};
template <bool IsLeft, bool IsClamp> struct ShfOp {
  QUANTOPT_INLINE static uint32_t apply(uint32_t a, uint32_t b, uint32_t c) {
    uint32_t amount = IsClamp ? (c > 32 ? 32 : c) : c & 31;
    uint64_t both = uint64_t(b) << 32 | a;
    return IsLeft ? uint32_t((both << amount) >> 32) : uint32_t(both >> amount);
  }
};
struct PrmtOp {
  QUANTOPT_INLINE static uint32_t apply(uint32_t a, uint32_t b, uint32_t c) {
    uint64_t both = uint64_t(b) << 32 | a;
    uint32_t result = 0;
    for (unsigned i = 0; i != 4; ++i) {
      uint32_t selector = c >> (4 * i);
      uint32_t byte = uint32_t(both >> (8 * (selector & 7))) & 0xFF;
      uint32_t sign = uint32_t(int32_t(byte << 24) >> 31) & 0xFF;
      result |= (selector & 8 ? sign : byte) << (8 * i);
    }
    return result;
  }
};

} // namespace
} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_LANES_INTEGEROPS_H
