//===- Float.cpp - Floating-point instructions, a warp at a time ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FloatOps.h"

using namespace quantopt::ptx;

namespace {

/// The handler of a function of `Arity` registers that hold T, with a result of the same type.
template <typename F, unsigned Arity, typename T> constexpr Handler makeHandler() {
  if constexpr (Arity == 1)
    return runUnary<F, T, T>;
  else if constexpr (Arity == 2)
    return runBinary<F, T, T, T>;
  else
    return runTernary<F, T, T, T, T>;
}

template <typename F, unsigned Arity, typename T> constexpr Handler makePair() {
  return makeHandler<PairOf<F, T>, Arity, uint32_t>();
}

template <typename F, unsigned Arity> Handler pickHalf(Type type) {
  switch (type) {
  case Type::F16:
    return makeHandler<F, Arity, F16>();
  case Type::BF16:
    return makeHandler<F, Arity, BF16>();
  case Type::F16x2:
    return makePair<F, Arity, F16>();
  case Type::BF16x2:
    return makePair<F, Arity, BF16>();
  default:
    return nullptr;
  }
}

template <typename F, unsigned Arity> Handler pickHalfFtz(Type type, bool isFtz) {
  return isFtz ? pickHalf<Modified<F, true, false>, Arity>(type) : pickHalf<Modified<F, false, false>, Arity>(type);
}

template <typename F, unsigned Arity> Handler pickSingle(bool isFtz, bool isSat) {
  if (isSat)
    return isFtz ? makeHandler<Modified<F, true, true>, Arity, float>()
                 : makeHandler<Modified<F, false, true>, Arity, float>();
  return isFtz ? makeHandler<Modified<F, true, false>, Arity, float>()
               : makeHandler<Modified<F, false, false>, Arity, float>();
}

/// All types; f64 knows no modifiers, the halves no mix of .ftz and .bf16 (which decoders refuse).
template <typename F, unsigned Arity> Handler pickAll(Type type, bool isFtz, bool isSat) {
  if (type == Type::F32)
    return pickSingle<F, Arity>(isFtz, isSat);
  if (type == Type::F64)
    return isFtz || isSat ? nullptr : makeHandler<Modified<F, false, false>, Arity, double>();
  if (!isSat)
    return pickHalfFtz<F, Arity>(type, isFtz);
  return isFtz ? pickHalf<Modified<F, true, true>, Arity>(type) : pickHalf<Modified<F, false, true>, Arity>(type);
}

/// Without .sat.
template <typename F, unsigned Arity> Handler pickUnsaturated(Type type, bool isFtz) {
  if (type == Type::F32)
    return pickSingle<F, Arity>(isFtz, false);
  if (type == Type::F64)
    return isFtz ? nullptr : makeHandler<Modified<F, false, false>, Arity, double>();
  return pickHalfFtz<F, Arity>(type, isFtz);
}

/// f32 and f64.
template <typename F> Handler pickWide(Type type, bool isFtz) {
  if (type == Type::F32)
    return pickSingle<F, 1>(isFtz, false);
  return type == Type::F64 && !isFtz ? makeHandler<F, 1, double>() : nullptr;
}

/// f32 and halves, through double.
template <double (*F)(double)> Handler pickFunction(Type type, bool isFtz) {
  if (type == Type::F32)
    return pickSingle<ThroughDouble<F>, 1>(isFtz, false);
  return pickHalfFtz<ThroughDouble<F>, 1>(type, isFtz);
}

double computeExp2(double x) { return std::exp2(x); }
double computeLog2(double x) { return std::log2(x); }
double computeSin(double x) { return std::sin(x); }
double computeCos(double x) { return std::cos(x); }
double computeTanh(double x) { return std::tanh(x); }

} // namespace

static Handler findMinMax(LaneOp op, Type type, bool isFtz) {
  switch (op) {
  case LaneOp::Min:
    return pickUnsaturated<FminmaxOp<true, false, false>, 2>(type, isFtz);
  case LaneOp::Max:
    return pickUnsaturated<FminmaxOp<false, false, false>, 2>(type, isFtz);
  case LaneOp::MinNan:
    return pickUnsaturated<FminmaxOp<true, true, false>, 2>(type, isFtz);
  case LaneOp::MaxNan:
    return pickUnsaturated<FminmaxOp<false, true, false>, 2>(type, isFtz);
  case LaneOp::MinXor:
    return pickUnsaturated<FminmaxOp<true, false, true>, 2>(type, isFtz);
  case LaneOp::MaxXor:
    return pickUnsaturated<FminmaxOp<false, false, true>, 2>(type, isFtz);
  case LaneOp::MinNanXor:
    return pickUnsaturated<FminmaxOp<true, true, true>, 2>(type, isFtz);
  case LaneOp::MaxNanXor:
    return pickUnsaturated<FminmaxOp<false, true, true>, 2>(type, isFtz);
  default:
    return nullptr;
  }
}

static Handler findFunction(LaneOp op, Type type, bool isFtz) {
  switch (op) {
  case LaneOp::Div:
    return type == Type::F32   ? pickSingle<FdivOp, 2>(isFtz, false)
           : type == Type::F64 ? makeHandler<FdivOp, 2, double>()
                               : nullptr;
  case LaneOp::Rcp:
    return pickWide<RcpOp>(type, isFtz);
  case LaneOp::Sqrt:
    return pickWide<SqrtOp>(type, isFtz);
  case LaneOp::Rsqrt:
    return type == Type::F32 ? pickSingle<RsqrtOp, 1>(isFtz, false) : nullptr;
  case LaneOp::RcpHigh:
    return isFtz ? makeHandler<Modified<HighWordOf<RcpOp>, true, false>, 1, double>()
                 : makeHandler<HighWordOf<RcpOp>, 1, double>();
  case LaneOp::RsqrtHigh:
    return isFtz ? makeHandler<Modified<HighWordOf<RsqrtOp>, true, false>, 1, double>()
                 : makeHandler<HighWordOf<RsqrtOp>, 1, double>();
  case LaneOp::Ex2:
    return pickFunction<computeExp2>(type, isFtz);
  case LaneOp::Lg2:
    return pickFunction<computeLog2>(type, isFtz);
  case LaneOp::Sin:
    return pickFunction<computeSin>(type, isFtz);
  case LaneOp::Cos:
    return pickFunction<computeCos>(type, isFtz);
  case LaneOp::Tanh:
    return pickFunction<computeTanh>(type, isFtz);
  default:
    return nullptr;
  }
}

/// Signs: the bits of a NaN stay, but .ftz applies.
template <typename F, unsigned Arity> static Handler pickSign(Type type, bool isFtz) {
  if (isFtz)
    return type == Type::F64 ? nullptr : pickUnsaturated<F, Arity>(type, true);
  if (type == Type::F32)
    return makeHandler<F, Arity, float>();
  return type == Type::F64 ? makeHandler<F, Arity, double>() : pickHalf<F, Arity>(type);
}

Handler QUANTOPT_LANES::findFloat(LaneOp op, Type type, bool isFtz, bool isSat) {
  switch (op) {
  case LaneOp::Add:
    return pickAll<FaddOp, 2>(type, isFtz, isSat);
  case LaneOp::Sub:
    return pickAll<FsubOp, 2>(type, isFtz, isSat);
  case LaneOp::Mul:
    return pickAll<FmulOp, 2>(type, isFtz, isSat);
  case LaneOp::Fma:
    return pickAll<FmaOp, 3>(type, isFtz, isSat);
  default:
    break;
  }
  if (isSat)
    return nullptr;
  switch (op) {
  case LaneOp::FmaRelu:
    return pickHalfFtz<FmaReluOp, 3>(type, isFtz);
  case LaneOp::Abs:
    return pickSign<FabsOp, 1>(type, isFtz);
  case LaneOp::Neg:
    return pickSign<FnegOp, 1>(type, isFtz);
  case LaneOp::CopySign:
    return isFtz ? nullptr
                 : (type == Type::F32 ? makeHandler<CopySignOp, 2, float>() : makeHandler<CopySignOp, 2, double>());
  default:
    break;
  }
  Handler handler = findMinMax(op, type, isFtz);
  return handler ? handler : findFunction(op, type, isFtz);
}
