//===- RoundedFloat.cpp - Floats rounded otherwise than to nearest --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rare, so one loop for all: the host's rounding mode is set around it. This
// file is compiled with -frounding-math, which keeps operations between the
// two calls of fesetround.
//
//===----------------------------------------------------------------------===//

#include "RoundedFloat.h"

#include "Lanes/FloatOps.h"
#include <cfenv>

using namespace quantopt::ptx;

namespace {

class RoundingScope {
public:
  explicit RoundingScope(unsigned mode) {
    static constexpr int modes[] = {FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD};
    std::fesetround(modes[mode]);
  }
  ~RoundingScope() { std::fesetround(FE_TONEAREST); }
};

template <typename F, unsigned Arity, typename T, bool IsFtz, bool IsSat>
Flow runRounded(Warp &warp, const MicroOp &op, uint32_t exec) {
  using M = Modified<F, IsFtz, IsSat>;
  using S = Storage<T>;
  const S *sources[Arity];
  for (unsigned i = 0; i != Arity; ++i)
    sources[i] = warp.in<S>(op.slots[i + 1]);
  S values[numLanes];
  {
    RoundingScope scope(op.bits16);
    for (unsigned lane = 0; lane != numLanes; ++lane) {
      if constexpr (Arity == 1)
        values[lane] = pack<T>(M::apply(unpack<T>(sources[0][lane])));
      else if constexpr (Arity == 2)
        values[lane] = pack<T>(M::apply(unpack<T>(sources[0][lane]), unpack<T>(sources[1][lane])));
      else
        values[lane] =
            pack<T>(M::apply(unpack<T>(sources[0][lane]), unpack<T>(sources[1][lane]), unpack<T>(sources[2][lane])));
    }
  }
  warp.store(op.slots[0], exec, values);
  return Flow::Next;
}

template <typename F, unsigned Arity> Handler pick(Type type, bool isFtz, bool isSat) {
  if (type == Type::F64)
    return isFtz || isSat ? nullptr : runRounded<F, Arity, double, false, false>;
  if (type != Type::F32)
    return nullptr;
  if (isSat)
    return isFtz ? runRounded<F, Arity, float, true, true> : runRounded<F, Arity, float, false, true>;
  return isFtz ? runRounded<F, Arity, float, true, false> : runRounded<F, Arity, float, false, false>;
}

} // namespace

Handler quantopt::ptx::findRoundedFloat(LaneOp op, Type type, bool isFtz, bool isSat) {
  switch (op) {
  case LaneOp::Add:
    return pick<FaddOp, 2>(type, isFtz, isSat);
  case LaneOp::Sub:
    return pick<FsubOp, 2>(type, isFtz, isSat);
  case LaneOp::Mul:
    return pick<FmulOp, 2>(type, isFtz, isSat);
  case LaneOp::Fma:
    return pick<FmaOp, 3>(type, isFtz, isSat);
  case LaneOp::Div:
    return pick<FdivOp, 2>(type, isFtz, isSat);
  case LaneOp::Rcp:
    return pick<RcpOp, 1>(type, isFtz, isSat);
  case LaneOp::Sqrt:
    return pick<SqrtOp, 1>(type, isFtz, isSat);
  default:
    return nullptr;
  }
}
