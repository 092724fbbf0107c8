//===- Integer.cpp - Integer and bit instructions, a warp at a time -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IntegerOps.h"

using namespace quantopt::ptx;

//===----------------------------------------------------------------------===//
// Those that are no plain function of three registers
//===----------------------------------------------------------------------===//

/// OR of the minterms that the table holds.
static Flow runLop3(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint32_t *a = warp.in<uint32_t>(op.slots[1]), *b = warp.in<uint32_t>(op.slots[2]),
                 *c = warp.in<uint32_t>(op.slots[3]);
  uint32_t terms[8];
  for (unsigned i = 0; i != 8; ++i)
    terms[i] = (op.bits16 >> i) & 1 ? ~0u : 0u;
  return forLanes<uint32_t>(warp, op.slots[0], exec, [=](unsigned lane) {
    uint32_t x = a[lane], y = b[lane], z = c[lane];
    uint32_t without = (y & ((z & terms[3]) | (~z & terms[2]))) | (~y & ((z & terms[1]) | (~z & terms[0])));
    uint32_t with = (y & ((z & terms[7]) | (~z & terms[6]))) | (~y & ((z & terms[5]) | (~z & terms[4])));
    return (x & with) | (~x & without);
  });
}

template <typename T> static Flow runBfi(Warp &warp, const MicroOp &op, uint32_t exec) {
  const T *a = warp.in<T>(op.slots[1]), *b = warp.in<T>(op.slots[2]);
  const uint32_t *c = warp.in<uint32_t>(op.slots[3]), *d = warp.in<uint32_t>(op.slots[4]);
  return forLanes<T>(warp, op.slots[0], exec,
                     [=](unsigned lane) { return insertBits<T>(a[lane], b[lane], c[lane], d[lane]); });
}

/// Selectors of the modes f4e, b4e, rc8, ecl, ecr, rc16 by the low two bits of c.
static constexpr uint16_t prmtSelectors[6][4] = {{0x3210, 0x4321, 0x5432, 0x6543}, {0x5670, 0x6701, 0x7012, 0x0123},
                                                 {0x0000, 0x1111, 0x2222, 0x3333}, {0x3210, 0x3211, 0x3222, 0x3333},
                                                 {0x0000, 0x1110, 0x2210, 0x3210}, {0x1010, 0x3232, 0x1010, 0x3232}};

static Flow runPrmtMode(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint32_t *a = warp.in<uint32_t>(op.slots[1]), *b = warp.in<uint32_t>(op.slots[2]),
                 *c = warp.in<uint32_t>(op.slots[3]);
  const uint16_t *selectors = prmtSelectors[op.bits16 - 1];
  return forLanes<uint32_t>(warp, op.slots[0], exec,
                            [=](unsigned lane) { return PrmtOp::apply(a[lane], b[lane], selectors[c[lane] & 3]); });
}

QUANTOPT_INLINE static int32_t takePart(uint32_t word, unsigned bits, unsigned index, bool isSigned) {
  uint32_t shifted = word << (32 - bits * (index + 1));
  return isSigned ? int32_t(shifted) >> (32 - bits) : int32_t(shifted >> (32 - bits));
}

/// dp4a: four bytes of both; dp2a: two halves of a with the low or high bytes of b.
template <unsigned PartsOfA, unsigned FirstOfB> static Flow runDot(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint32_t *a = warp.in<uint32_t>(op.slots[1]), *b = warp.in<uint32_t>(op.slots[2]),
                 *c = warp.in<uint32_t>(op.slots[3]);
  bool signedA = op.bits16 & 1, signedB = op.bits16 & 2;
  return forLanes<uint32_t>(warp, op.slots[0], exec, [=](unsigned lane) {
    uint32_t sum = c[lane];
    for (unsigned i = 0; i != PartsOfA; ++i)
      sum += uint32_t(takePart(a[lane], 32 / PartsOfA, i, signedA) * takePart(b[lane], 8, FirstOfB + i, signedB));
    return sum;
  });
}

//===----------------------------------------------------------------------===//
// Carries
//===----------------------------------------------------------------------===//

enum class Base { Add, Sub, MadLo, MadHi };

/// slots[4]: the carry predicate (of a subtraction: the borrow).
template <typename T, Base Kind, bool HasIn, bool HasOut>
static Flow runCarry(Warp &warp, const MicroOp &op, uint32_t exec) {
  const T *a = warp.in<T>(op.slots[1]), *b = warp.in<T>(op.slots[2]);
  const T *c = Kind == Base::MadLo || Kind == Base::MadHi ? warp.in<T>(op.slots[3]) : a;
  uint32_t in = HasIn ? warp.predicate(op.slots[4]) : 0;
  auto compute = [=](unsigned lane) -> unsigned __int128 {
    using Wide = unsigned __int128;
    Wide carry = (in >> lane) & 1;
    if constexpr (Kind == Base::Add)
      return Wide(a[lane]) + b[lane] + carry;
    if constexpr (Kind == Base::Sub)
      return Wide(a[lane]) - b[lane] - carry;
    Wide product = Wide(a[lane]) * b[lane];
    return Wide(T(Kind == Base::MadLo ? product : product >> widthOf<T>)) + c[lane] + carry;
  };
  uint32_t out = 0;
  for (unsigned lane = 0; HasOut && lane != numLanes; ++lane)
    out |= uint32_t(compute(lane) >> widthOf<T> & 1) << lane;
  forLanes<T>(warp, op.slots[0], exec, [=](unsigned lane) { return T(compute(lane)); });
  if (HasOut)
    warp.setPredicate(op.slots[4], exec, out);
  return Flow::Next;
}

template <Base Kind, bool HasIn, bool HasOut> static Handler pickCarry(Type type) {
  switch (getTypeBits(type)) {
  case 32:
    return runCarry<uint32_t, Kind, HasIn, HasOut>;
  case 64:
    return runCarry<uint64_t, Kind, HasIn, HasOut>;
  default:
    return nullptr;
  }
}

static Handler findCarry(LaneOp op, Type type) {
  switch (op) {
  case LaneOp::AddCarryOut:
    return pickCarry<Base::Add, false, true>(type);
  case LaneOp::AddCarry:
    return pickCarry<Base::Add, true, false>(type);
  case LaneOp::AddCarryBoth:
    return pickCarry<Base::Add, true, true>(type);
  case LaneOp::SubCarryOut:
    return pickCarry<Base::Sub, false, true>(type);
  case LaneOp::SubCarry:
    return pickCarry<Base::Sub, true, false>(type);
  case LaneOp::SubCarryBoth:
    return pickCarry<Base::Sub, true, true>(type);
  case LaneOp::MadLoCarryOut:
    return pickCarry<Base::MadLo, false, true>(type);
  case LaneOp::MadLoCarry:
    return pickCarry<Base::MadLo, true, false>(type);
  case LaneOp::MadLoCarryBoth:
    return pickCarry<Base::MadLo, true, true>(type);
  default:
    return nullptr;
  }
}

/// High halves depend on the sign.
template <typename T, bool HasIn, bool HasOut> static Flow runMadHiCarry(Warp &warp, const MicroOp &op, uint32_t exec) {
  using U = Unsigned<T>;
  const U *a = warp.in<U>(op.slots[1]), *b = warp.in<U>(op.slots[2]), *c = warp.in<U>(op.slots[3]);
  uint32_t in = HasIn ? warp.predicate(op.slots[4]) : 0, out = 0;
  U results[numLanes];
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    U high = U(MulHiOp::apply(T(a[lane]), T(b[lane])));
    unsigned __int128 sum = static_cast<unsigned __int128>(high) + c[lane] + ((in >> lane) & 1);
    results[lane] = U(sum);
    out |= uint32_t(sum >> widthOf<T>) << lane;
  }
  warp.store(op.slots[0], exec, results);
  if (HasOut)
    warp.setPredicate(op.slots[4], exec, out);
  return Flow::Next;
}

template <bool HasIn, bool HasOut> static Handler pickMadHiCarry(Type type) {
  switch (type) {
  case Type::U32:
    return runMadHiCarry<uint32_t, HasIn, HasOut>;
  case Type::S32:
    return runMadHiCarry<int32_t, HasIn, HasOut>;
  case Type::U64:
    return runMadHiCarry<uint64_t, HasIn, HasOut>;
  case Type::S64:
    return runMadHiCarry<int64_t, HasIn, HasOut>;
  default:
    return nullptr;
  }
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

namespace {

/// `Run<F>::template of<T>` for the integer that the type is.
template <template <typename> class Run> struct ByType {
  static Handler get(Type type) {
    switch (type) {
    case Type::U16:
      return Run<uint16_t>::handler;
    case Type::S16:
      return Run<int16_t>::handler;
    default:
      return wide(type);
    }
  }
  static Handler wide(Type type) {
    switch (type) {
    case Type::U32:
      return Run<uint32_t>::handler;
    case Type::S32:
      return Run<int32_t>::handler;
    case Type::U64:
      return Run<uint64_t>::handler;
    case Type::S64:
      return Run<int64_t>::handler;
    default:
      return nullptr;
    }
  }
  /// Where the sign does not matter.
  static Handler bits(Type type) {
    switch (getTypeBits(type)) {
    case 16:
      return Run<uint16_t>::handler;
    case 32:
      return Run<uint32_t>::handler;
    case 64:
      return Run<uint64_t>::handler;
    default:
      return nullptr;
    }
  }
};

template <typename F> struct Unary {
  template <typename T> struct Run {
    static constexpr Handler handler = runUnary<F, T, T>;
  };
  template <typename T> struct ToU32 {
    static constexpr Handler handler = runUnary<F, uint32_t, T>;
  };
};
template <typename F> struct Binary {
  template <typename T> struct Run {
    static constexpr Handler handler = runBinary<F, T, T, T>;
  };
  template <typename T> struct Shift {
    static constexpr Handler handler = runBinary<F, T, T, uint32_t>;
  };
};
template <typename F> struct Ternary {
  template <typename T> struct Run {
    static constexpr Handler handler = runTernary<F, T, T, T, T>;
  };
  template <typename T> struct Field {
    static constexpr Handler handler = runTernary<F, T, T, uint32_t, uint32_t>;
  };
};

} // namespace

template <typename F> static Handler pickHalves(Type type) {
  if (type == Type::U16x2)
    return runBinary<HalvesOf<F, uint16_t>, uint32_t, uint32_t, uint32_t>;
  if (type == Type::S16x2)
    return runBinary<HalvesOf<F, int16_t>, uint32_t, uint32_t, uint32_t>;
  return nullptr;
}

template <typename F> static Handler pickMinMax(Type type) {
  Handler halves = pickHalves<F>(type);
  return halves ? halves : ByType<Binary<F>::template Run>::get(type);
}

template <typename F> static Handler pickRelu(Type type) {
  if (type == Type::S32)
    return runBinary<ReluOf<F>, int32_t, int32_t, int32_t>;
  return type == Type::S16x2 ? pickHalves<ReluOf<F>>(type) : nullptr;
}

static Handler findWide(LaneOp op, Type type) {
  bool isMad = op == LaneOp::MadWide;
  switch (type) {
  case Type::U16:
    return isMad ? runTernary<MadWideOp, uint32_t, uint16_t, uint16_t, uint32_t>
                 : runBinary<MulWideOp, uint32_t, uint16_t, uint16_t>;
  case Type::S16:
    return isMad ? runTernary<MadWideOp, int32_t, int16_t, int16_t, int32_t>
                 : runBinary<MulWideOp, int32_t, int16_t, int16_t>;
  case Type::U32:
    return isMad ? runTernary<MadWideOp, uint64_t, uint32_t, uint32_t, uint64_t>
                 : runBinary<MulWideOp, uint64_t, uint32_t, uint32_t>;
  case Type::S32:
    return isMad ? runTernary<MadWideOp, int64_t, int32_t, int32_t, int64_t>
                 : runBinary<MulWideOp, int64_t, int32_t, int32_t>;
  default:
    return nullptr;
  }
}

template <typename F2, typename F3> static Handler pick24(Type type, bool isMad) {
  if (type == Type::U32)
    return isMad ? Handler(runTernary<F3, uint32_t, uint32_t, uint32_t, uint32_t>)
                 : Handler(runBinary<F2, uint32_t, uint32_t, uint32_t>);
  if (type == Type::S32)
    return isMad ? Handler(runTernary<F3, int32_t, int32_t, int32_t, int32_t>)
                 : Handler(runBinary<F2, int32_t, int32_t, int32_t>);
  return nullptr;
}

static Handler findSaturating(LaneOp op, Type type) {
  if (type != Type::S32)
    return nullptr;
  switch (op) {
  case LaneOp::AddSat:
    return runBinary<AddSatOp, int32_t, int32_t, int32_t>;
  case LaneOp::SubSat:
    return runBinary<SubSatOp, int32_t, int32_t, int32_t>;
  case LaneOp::MadHiSat:
    return runTernary<MadHiSatOp, int32_t, int32_t, int32_t, int32_t>;
  case LaneOp::Mad24HiSat:
    return runTernary<Mad24HiSatOp, int32_t, int32_t, int32_t, int32_t>;
  default:
    return nullptr;
  }
}

static Handler findMultiply(LaneOp op, Type type) {
  switch (op) {
  case LaneOp::Mul:
    return ByType<Binary<MulOp>::Run>::bits(type);
  case LaneOp::MulHi:
    return ByType<Binary<MulHiOp>::Run>::get(type);
  case LaneOp::MulWide:
  case LaneOp::MadWide:
    return findWide(op, type);
  case LaneOp::Mad:
    return ByType<Ternary<MadOp>::Run>::bits(type);
  case LaneOp::MadHi:
    return ByType<Ternary<MadHiOp>::Run>::get(type);
  case LaneOp::Mul24:
  case LaneOp::Mad24:
    return pick24<Mul24Op, Mad24Op>(type, op == LaneOp::Mad24);
  case LaneOp::Mul24Hi:
  case LaneOp::Mad24Hi:
    return pick24<Mul24HiOp, Mad24HiOp>(type, op == LaneOp::Mad24Hi);
  default:
    return findSaturating(op, type);
  }
}

static Handler findCount(LaneOp op, Type type) {
  switch (op) {
  case LaneOp::Popc:
    return ByType<Unary<PopcOp>::ToU32>::bits(type);
  case LaneOp::Clz:
    return ByType<Unary<ClzOp>::ToU32>::bits(type);
  case LaneOp::Bfind:
    return ByType<Unary<BfindOp>::ToU32>::wide(type);
  case LaneOp::BfindShift:
    return ByType<Unary<BfindShiftOp>::ToU32>::wide(type);
  case LaneOp::Fns:
    return runTernary<FnsOp, uint32_t, uint32_t, uint32_t, int32_t>;
  case LaneOp::Brev:
    return ByType<Unary<BrevOp>::Run>::bits(type);
  default:
    return nullptr;
  }
}

static Handler findField(LaneOp op, Type type) {
  bool isSigned = type == Type::S32, is64 = getTypeBits(type) == 64;
  switch (op) {
  case LaneOp::Bfe:
    return ByType<Ternary<BfeOp>::Field>::wide(type);
  case LaneOp::Bfi:
    return is64 ? runBfi<uint64_t> : runBfi<uint32_t>;
  case LaneOp::Szext:
    return isSigned ? runBinary<SzextOp<true>, int32_t, int32_t, uint32_t>
                    : runBinary<SzextOp<true>, uint32_t, uint32_t, uint32_t>;
  case LaneOp::SzextWrap:
    return isSigned ? runBinary<SzextOp<false>, int32_t, int32_t, uint32_t>
                    : runBinary<SzextOp<false>, uint32_t, uint32_t, uint32_t>;
  case LaneOp::Bmsk:
    return runBinary<BmskOp<true>, uint32_t, uint32_t, uint32_t>;
  case LaneOp::BmskWrap:
    return runBinary<BmskOp<false>, uint32_t, uint32_t, uint32_t>;
  default:
    return nullptr;
  }
}

static Handler findBits(LaneOp op, Type type) {
  switch (op) {
  case LaneOp::And:
    return ByType<Binary<AndOp>::Run>::bits(type);
  case LaneOp::Or:
    return ByType<Binary<OrOp>::Run>::bits(type);
  case LaneOp::Xor:
    return ByType<Binary<XorOp>::Run>::bits(type);
  case LaneOp::Not:
    return ByType<Unary<NotOp>::Run>::bits(type);
  case LaneOp::Cnot:
    return ByType<Unary<CnotOp>::Run>::bits(type);
  case LaneOp::Lop3:
    return runLop3;
  case LaneOp::Shl:
    return ByType<Binary<ShlOp>::Shift>::bits(type);
  case LaneOp::ShfL:
    return runTernary<ShfOp<true, true>, uint32_t, uint32_t, uint32_t, uint32_t>;
  case LaneOp::ShfR:
    return runTernary<ShfOp<false, true>, uint32_t, uint32_t, uint32_t, uint32_t>;
  case LaneOp::ShfLWrap:
    return runTernary<ShfOp<true, false>, uint32_t, uint32_t, uint32_t, uint32_t>;
  case LaneOp::ShfRWrap:
    return runTernary<ShfOp<false, false>, uint32_t, uint32_t, uint32_t, uint32_t>;
  case LaneOp::Prmt:
    return runTernary<PrmtOp, uint32_t, uint32_t, uint32_t, uint32_t>;
  case LaneOp::PrmtMode:
    return runPrmtMode;
  default:
    return nullptr;
  }
}

static Handler findPlain(LaneOp op, Type type) {
  switch (op) {
  case LaneOp::Add:
    return type == Type::U16x2 || type == Type::S16x2 ? pickHalves<AddOp>(type)
                                                      : ByType<Binary<AddOp>::Run>::bits(type);
  case LaneOp::Sub:
    return ByType<Binary<SubOp>::Run>::bits(type);
  case LaneOp::Sad:
    return ByType<Ternary<SadOp>::Run>::get(type);
  case LaneOp::Div:
    return ByType<Binary<DivOp>::Run>::get(type);
  case LaneOp::Rem:
    return ByType<Binary<RemOp>::Run>::get(type);
  case LaneOp::Abs:
    return ByType<Unary<AbsOp>::Run>::get(type);
  case LaneOp::Neg:
    return ByType<Unary<NegOp>::Run>::get(type);
  case LaneOp::Min:
    return pickMinMax<MinOp>(type);
  case LaneOp::Max:
    return pickMinMax<MaxOp>(type);
  case LaneOp::MinRelu:
    return pickRelu<MinOp>(type);
  case LaneOp::MaxRelu:
    return pickRelu<MaxOp>(type);
  case LaneOp::Shr: {
    Handler handler = ByType<Binary<ShrOp>::Shift>::get(type);
    return handler ? handler : ByType<Binary<ShrOp>::Shift>::bits(type);
  }
  default:
    return nullptr;
  }
}

static Handler findDot(LaneOp op) {
  switch (op) {
  case LaneOp::Dp4a:
    return runDot<4, 0>;
  case LaneOp::Dp2aLo:
    return runDot<2, 0>;
  case LaneOp::Dp2aHi:
    return runDot<2, 2>;
  default:
    return nullptr;
  }
}

static Handler findMadHiCarry(LaneOp op, Type type) {
  switch (op) {
  case LaneOp::MadHiCarryOut:
    return pickMadHiCarry<false, true>(type);
  case LaneOp::MadHiCarry:
    return pickMadHiCarry<true, false>(type);
  case LaneOp::MadHiCarryBoth:
    return pickMadHiCarry<true, true>(type);
  default:
    return nullptr;
  }
}

Handler QUANTOPT_LANES::findInteger(LaneOp op, Type type) {
  for (Handler (*find)(LaneOp, Type) :
       {findPlain, findMultiply, findBits, findCount, findField, findCarry, findMadHiCarry})
    if (Handler handler = find(op, type))
      return handler;
  return findDot(op);
}
