//===- Convert.cpp - Frequent conversions, a warp at a time ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FloatOps.h"

using namespace quantopt::ptx;

namespace {

/// The low `bits` of a word, extended.
QUANTOPT_INLINE int64_t extend(uint64_t value, unsigned bits, bool isSigned) {
  unsigned shift = 64 - bits;
  return isSigned ? int64_t(value << shift) >> shift : int64_t((value << shift) >> shift);
}

QUANTOPT_INLINE int64_t clampInteger(int64_t value, const IntegerCast &cast) {
  // An unsigned 64-bit source beyond 2^63 looks negative.
  bool isHuge = !cast.fromIsSigned && value < 0;
  unsigned magnitudeBits = cast.toIsSigned ? cast.toBits - 1 : cast.toBits;
  if (magnitudeBits == 64)
    return cast.fromIsSigned && value < 0 ? 0 : value;
  int64_t most = int64_t((uint64_t(1) << magnitudeBits) - 1), least = cast.toIsSigned ? -most - 1 : 0;
  return isHuge || value > most ? most : value < least ? least : value;
}

struct ToFloat {
  template <typename T> QUANTOPT_INLINE static float apply(T value) { return float(value); }
};
struct ToDouble {
  template <typename T> QUANTOPT_INLINE static double apply(T value) { return double(value); }
};
struct DoubleToFloat {
  QUANTOPT_INLINE static float apply(double value) { return canonicalize(float(value)); }
};
struct DoubleToFloatFtz {
  QUANTOPT_INLINE static float apply(double value) { return canonicalize(flush(float(value))); }
};
struct FloatToDouble {
  QUANTOPT_INLINE static double apply(float value) {
    return isNan(value) ? castBits<double>(canonicalNan64) : double(value);
  }
};
struct FloatToDoubleFtz {
  QUANTOPT_INLINE static double apply(float value) { return FloatToDouble::apply(flush(value)); }
};

/// Clamped; NaN gives 0.
struct ToS32 {
  QUANTOPT_INLINE static int32_t apply(float value) {
    float clamped = value < 2147483648.0f ? (value > -2147483648.0f ? value : -2147483648.0f) : 0.0f;
    int32_t result = int32_t(value == value ? clamped : 0.0f);
    return value >= 2147483648.0f ? INT32_MAX : result;
  }
};
struct ToU32 {
  QUANTOPT_INLINE static uint32_t apply(float value) {
    float clamped = value > 0 && value < 4294967296.0f ? value : 0.0f;
    return value >= 4294967296.0f ? UINT32_MAX : uint32_t(int64_t(clamped));
  }
};

struct Widen16 {
  template <typename T> QUANTOPT_INLINE static float apply(T value) { return canonicalize(toFloat(value)); }
};
template <typename T, bool IsFtz, bool IsRelu> struct Narrow16 {
  QUANTOPT_INLINE static T apply(float value) {
    float in = IsFtz ? flush(value) : value;
    return narrow<T>(IsRelu ? clampBelow(in) : in);
  }
};
/// cvt.rn.f16x2.f32 d, a, b: a goes to the upper half.
template <typename T, bool IsRelu> struct NarrowPair {
  QUANTOPT_INLINE static uint32_t apply(float a, float b) {
    using N = Narrow16<T, false, IsRelu>;
    return uint32_t(N::apply(a).bits) << 16 | N::apply(b).bits;
  }
};

} // namespace

template <typename To, typename From, bool IsSat>
static Flow runIntegerCast(Warp &warp, const MicroOp &op, uint32_t exec) {
  const From *a = warp.in<From>(op.slots[1]);
  IntegerCast cast;
  std::memcpy(&cast, &op.bits64, sizeof(cast));
  return forLanes<To>(warp, op.slots[0], exec, [=](unsigned lane) {
    int64_t value = extend(a[lane], cast.fromBits, cast.fromIsSigned);
    if constexpr (IsSat)
      value = clampInteger(value, cast);
    return To(extend(uint64_t(extend(uint64_t(value), cast.toBits, cast.toIsSigned)), cast.registerBits, false));
  });
}

/// The frequent ones: what an index computation is full of.
template <typename To, typename From> static Flow runPlainCast(Warp &warp, const MicroOp &op, uint32_t exec) {
  const Storage<From> *a = warp.in<Storage<From>>(op.slots[1]);
  return forLanes<To>(warp, op.slots[0], exec, [=](unsigned lane) { return To(From(a[lane])); });
}

Handler QUANTOPT_LANES::findIntegerCast(unsigned fromBits, unsigned toBits, bool isSat) {
  bool from64 = fromBits == 64, to64 = toBits == 64;
  if (from64)
    return to64 ? (isSat ? runIntegerCast<uint64_t, uint64_t, true> : runIntegerCast<uint64_t, uint64_t, false>)
                : (isSat ? runIntegerCast<uint32_t, uint64_t, true> : runIntegerCast<uint32_t, uint64_t, false>);
  return to64 ? (isSat ? runIntegerCast<uint64_t, uint32_t, true> : runIntegerCast<uint64_t, uint32_t, false>)
              : (isSat ? runIntegerCast<uint32_t, uint32_t, true> : runIntegerCast<uint32_t, uint32_t, false>);
}

static Handler findPlainCast(Type to, Type from) {
  if ((to == Type::S64 || to == Type::U64) && from == Type::S32)
    return runPlainCast<uint64_t, int32_t>;
  if ((to == Type::S64 || to == Type::U64) && from == Type::U32)
    return runPlainCast<uint64_t, uint32_t>;
  if ((to == Type::S32 || to == Type::U32) && (from == Type::S64 || from == Type::U64))
    return runPlainCast<uint32_t, uint64_t>;
  if ((to == Type::S32 || to == Type::U32) && from == Type::U16)
    return runPlainCast<uint32_t, uint16_t>;
  if ((to == Type::S32 || to == Type::U32) && from == Type::S16)
    return runPlainCast<uint32_t, int16_t>;
  if ((to == Type::S16 || to == Type::U16) && (from == Type::S32 || from == Type::U32))
    return runPlainCast<uint16_t, uint32_t>;
  return nullptr;
}

static Handler findFromFloat(const ConvertKey &key) {
  switch (key.to) {
  case Type::S32:
    return key.isFtz ? nullptr : runUnary<ToS32, int32_t, float>;
  case Type::U32:
    return key.isFtz ? nullptr : runUnary<ToU32, uint32_t, float>;
  case Type::F64:
    return key.isFtz ? runUnary<FloatToDoubleFtz, double, float> : runUnary<FloatToDouble, double, float>;
  case Type::F16:
    return key.isFtz    ? (key.isRelu ? nullptr : runUnary<Narrow16<F16, true, false>, F16, float>)
           : key.isRelu ? runUnary<Narrow16<F16, false, true>, F16, float>
                        : runUnary<Narrow16<F16, false, false>, F16, float>;
  case Type::BF16:
    return key.isRelu ? runUnary<Narrow16<BF16, false, true>, BF16, float>
                      : runUnary<Narrow16<BF16, false, false>, BF16, float>;
  case Type::F16x2:
    return key.isRelu ? runBinary<NarrowPair<F16, true>, uint32_t, float, float>
                      : runBinary<NarrowPair<F16, false>, uint32_t, float, float>;
  case Type::BF16x2:
    return key.isRelu ? runBinary<NarrowPair<BF16, true>, uint32_t, float, float>
                      : runBinary<NarrowPair<BF16, false>, uint32_t, float, float>;
  default:
    return nullptr;
  }
}

static Handler findToFloat(const ConvertKey &key) {
  switch (key.from) {
  case Type::S32:
    return runUnary<ToFloat, float, int32_t>;
  case Type::U32:
    return runUnary<ToFloat, float, uint32_t>;
  case Type::F16:
    return key.isFtz ? nullptr : runUnary<Widen16, float, F16>;
  case Type::BF16:
    return key.isFtz ? nullptr : runUnary<Widen16, float, BF16>;
  case Type::F64:
    return key.isFtz ? runUnary<DoubleToFloatFtz, float, double> : runUnary<DoubleToFloat, float, double>;
  default:
    return nullptr;
  }
}

Handler QUANTOPT_LANES::findConvert(const ConvertKey &key) {
  if (Handler handler = findPlainCast(key.to, key.from))
    return handler;
  if (key.from == Type::F32)
    return findFromFloat(key);
  if (key.to == Type::F32 && !key.isRelu)
    return findToFloat(key);
  if (key.to == Type::F64 && key.from == Type::S32)
    return runUnary<ToDouble, double, int32_t>;
  if (key.to == Type::F64 && key.from == Type::U32)
    return runUnary<ToDouble, double, uint32_t>;
  return nullptr;
}
