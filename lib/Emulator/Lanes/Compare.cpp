//===- Compare.cpp - setp, set, selp, slct, mov, a warp at a time ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FloatOps.h"

using namespace quantopt::ptx;

namespace {

template <CompareOp Op> struct Compare {
  template <typename T> QUANTOPT_INLINE static bool apply(T a, T b) {
    switch (Op) {
    case CompareOp::Eq:
      return a == b;
    case CompareOp::Ne:
      return isOrdered(a, b) && a != b;
    case CompareOp::Lt:
      return a < b;
    case CompareOp::Le:
      return a <= b;
    case CompareOp::Gt:
      return a > b;
    case CompareOp::Ge:
      return a >= b;
    case CompareOp::Equ:
      return !isOrdered(a, b) || a == b;
    case CompareOp::Neu:
      return !isOrdered(a, b) || a != b;
    case CompareOp::Ltu:
      return !(a >= b);
    case CompareOp::Leu:
      return !(a > b);
    case CompareOp::Gtu:
      return !(a <= b);
    case CompareOp::Geu:
      return !(a < b);
    case CompareOp::Num:
      return isOrdered(a, b);
    case CompareOp::Nan:
      return !isOrdered(a, b);
    }
  }
  template <typename T> QUANTOPT_INLINE static bool isOrdered(T a, T b) { return a == a && b == b; }
};

} // namespace

/// What `.and`, `.or` and `.xor` make of a comparison.
QUANTOPT_INLINE static uint32_t combine(uint32_t mask, uint32_t c, unsigned boolOp) {
  switch (boolOp) {
  case 1:
    return mask & c;
  case 2:
    return mask | c;
  case 3:
    return mask ^ c;
  default:
    return mask;
  }
}

/// Leaves the mask of a comparison where the instruction wants it: two predicates, or a register that is set.
static Flow finish(Warp &warp, const MicroOp &op, uint32_t exec, uint32_t mask) {
  CompareBits bits;
  std::memcpy(&bits, &op.bits64, sizeof(bits));
  uint32_t c = bits.boolOp != 0 ? warp.predicate(op.slots[4]) : 0;
  uint32_t result = combine(mask, c, bits.boolOp);
  if (bits.resultBytes == 0) {
    warp.setPredicate(op.slots[0], exec, result);
    if (!op.slots[1].isNone())
      warp.setPredicate(op.slots[1], exec, combine(~mask, c, bits.boolOp));
    return Flow::Next;
  }
  uint32_t whenTrue = bits.trueValue;
  return forLanes<uint32_t>(warp, op.slots[0], exec,
                            [=](unsigned lane) { return (result >> lane) & 1 ? whenTrue : 0u; });
}

template <CompareOp Op, typename T, bool IsFtz> static Flow runCompare(Warp &warp, const MicroOp &op, uint32_t exec) {
  const Storage<T> *a = warp.in<Storage<T>>(op.slots[2]), *b = warp.in<Storage<T>>(op.slots[3]);
  uint32_t mask = makeMask([=](unsigned lane) {
    T x = unpack<T>(a[lane]), y = unpack<T>(b[lane]);
    if constexpr (IsFtz) {
      x = flush(x);
      y = flush(y);
    }
    if constexpr (std::is_class_v<T>)
      return Compare<Op>::apply(toFloat(x), toFloat(y));
    else
      return Compare<Op>::apply(x, y);
  });
  return finish(warp, op, exec, mask);
}

/// Halves of a register: results of the low ones in the first predicate, of the high ones in the second; or, for set,
/// two values of 16 bits.
template <CompareOp Op, typename T, bool IsFtz>
static Flow runComparePair(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint32_t *a = warp.in<uint32_t>(op.slots[2]), *b = warp.in<uint32_t>(op.slots[3]);
  uint32_t masks[2];
  for (unsigned half = 0; half != 2; ++half)
    masks[half] = makeMask([=](unsigned lane) {
      T x{uint16_t(a[lane] >> (16 * half))}, y{uint16_t(b[lane] >> (16 * half))};
      return Compare<Op>::apply(toFloat(IsFtz ? flush(x) : x), toFloat(IsFtz ? flush(y) : y));
    });
  CompareBits bits;
  std::memcpy(&bits, &op.bits64, sizeof(bits));
  uint32_t c = bits.boolOp != 0 ? warp.predicate(op.slots[4]) : 0;
  uint32_t low = combine(masks[0], c, bits.boolOp), high = combine(masks[1], c, bits.boolOp);
  if (bits.resultBytes == 0) {
    warp.setPredicate(op.slots[0], exec, low);
    warp.setPredicate(op.slots[1], exec, high);
    return Flow::Next;
  }
  uint32_t whenTrue = bits.trueValue;
  return forLanes<uint32_t>(warp, op.slots[0], exec, [=](unsigned lane) {
    return ((low >> lane) & 1 ? whenTrue : 0u) | ((high >> lane) & 1 ? whenTrue : 0u) << 16;
  });
}

template <CompareOp Op> static Handler pickInteger(Type type) {
  switch (type) {
  case Type::B16:
  case Type::U16:
    return runCompare<Op, uint16_t, false>;
  case Type::S16:
    return runCompare<Op, int16_t, false>;
  case Type::B32:
  case Type::U32:
    return runCompare<Op, uint32_t, false>;
  case Type::S32:
    return runCompare<Op, int32_t, false>;
  case Type::B64:
  case Type::U64:
    return runCompare<Op, uint64_t, false>;
  case Type::S64:
    return runCompare<Op, int64_t, false>;
  default:
    return nullptr;
  }
}

template <CompareOp Op> static Handler pickFloat(Type type, bool isFtz) {
  switch (type) {
  case Type::F32:
    return isFtz ? runCompare<Op, float, true> : runCompare<Op, float, false>;
  case Type::F64:
    return isFtz ? nullptr : runCompare<Op, double, false>;
  case Type::F16:
    return isFtz ? runCompare<Op, F16, true> : runCompare<Op, F16, false>;
  case Type::BF16:
    return isFtz ? nullptr : runCompare<Op, BF16, false>;
  case Type::F16x2:
    return isFtz ? runComparePair<Op, F16, true> : runComparePair<Op, F16, false>;
  case Type::BF16x2:
    return isFtz ? nullptr : runComparePair<Op, BF16, false>;
  default:
    return nullptr;
  }
}

template <CompareOp Op> static Handler pickCompare(Type type, bool isFtz) {
  Handler handler = pickInteger<Op>(type);
  return handler ? (isFtz ? nullptr : handler) : pickFloat<Op>(type, isFtz);
}

Handler QUANTOPT_LANES::findCompare(CompareOp op, Type type, bool isFtz) {
  switch (op) {
  case CompareOp::Eq:
    return pickCompare<CompareOp::Eq>(type, isFtz);
  case CompareOp::Ne:
    return pickCompare<CompareOp::Ne>(type, isFtz);
  case CompareOp::Lt:
    return pickCompare<CompareOp::Lt>(type, isFtz);
  case CompareOp::Le:
    return pickCompare<CompareOp::Le>(type, isFtz);
  case CompareOp::Gt:
    return pickCompare<CompareOp::Gt>(type, isFtz);
  case CompareOp::Ge:
    return pickCompare<CompareOp::Ge>(type, isFtz);
  case CompareOp::Equ:
    return pickFloat<CompareOp::Equ>(type, isFtz);
  case CompareOp::Neu:
    return pickFloat<CompareOp::Neu>(type, isFtz);
  case CompareOp::Ltu:
    return pickFloat<CompareOp::Ltu>(type, isFtz);
  case CompareOp::Leu:
    return pickFloat<CompareOp::Leu>(type, isFtz);
  case CompareOp::Gtu:
    return pickFloat<CompareOp::Gtu>(type, isFtz);
  case CompareOp::Geu:
    return pickFloat<CompareOp::Geu>(type, isFtz);
  case CompareOp::Num:
    return pickFloat<CompareOp::Num>(type, isFtz);
  case CompareOp::Nan:
    return pickFloat<CompareOp::Nan>(type, isFtz);
  }
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Moves
//===----------------------------------------------------------------------===//

template <typename T> static Flow runMov(Warp &warp, const MicroOp &op, uint32_t exec) {
  const T *a = warp.in<T>(op.slots[1]);
  return forLanes<T>(warp, op.slots[0], exec, [=](unsigned lane) { return a[lane]; });
}

template <typename T> static Flow runSelp(Warp &warp, const MicroOp &op, uint32_t exec) {
  const T *a = warp.in<T>(op.slots[1]), *b = warp.in<T>(op.slots[2]);
  uint32_t mask = warp.predicate(op.slots[3]);
  return forLanes<T>(warp, op.slots[0], exec, [=](unsigned lane) { return (mask >> lane) & 1 ? a[lane] : b[lane]; });
}

template <typename T, typename C, bool IsFtz> static Flow runSlct(Warp &warp, const MicroOp &op, uint32_t exec) {
  const T *a = warp.in<T>(op.slots[1]), *b = warp.in<T>(op.slots[2]);
  const uint32_t *c = warp.in<uint32_t>(op.slots[3]);
  // With a NaN the second is chosen; -0 counts as 0.
  return forLanes<T>(warp, op.slots[0], exec, [=](unsigned lane) {
    C by = unpack<C>(c[lane]);
    if constexpr (IsFtz)
      by = flush(by);
    return by >= C(0) ? a[lane] : b[lane];
  });
}

/// 128 bits are two planes of 64.
static Flow runMov128(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint64_t *a = warp.in<uint64_t>(op.slots[1]);
  uint64_t *to = warp.out<uint64_t>(op.slots[0]);
  for (unsigned lane = 0; lane != 2 * numLanes; ++lane)
    to[lane] = (exec >> lane % numLanes) & 1 ? a[lane] : to[lane];
  return Flow::Next;
}

Handler QUANTOPT_LANES::findMove(LaneOp op, unsigned bits) {
  bool is64 = bits == 64;
  switch (op) {
  case LaneOp::Mov:
    return bits == 128 ? runMov128 : is64 ? runMov<uint64_t> : runMov<uint32_t>;
  case LaneOp::Selp:
    return is64 ? runSelp<uint64_t> : runSelp<uint32_t>;
  case LaneOp::Slct:
    return is64 ? runSlct<uint64_t, int32_t, false> : runSlct<uint32_t, int32_t, false>;
  case LaneOp::SlctFloat:
    return is64 ? runSlct<uint64_t, float, false> : runSlct<uint32_t, float, false>;
  case LaneOp::SlctFloatFtz:
    return is64 ? runSlct<uint64_t, float, true> : runSlct<uint32_t, float, true>;
  default:
    return nullptr;
  }
}
