//===- Lanes.h - Loops over the lanes of a warp ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Everything here is static or always inlined: the files of this folder are
// compiled for several machines, and the linker must not mix them.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_LANES_LANES_H
#define QUANTOPT_LIB_EMULATOR_LANES_LANES_H

#include "LaneTables.h"
#include "quant-opt/Emulator/Machine.h"
#include <cstring>
#include <type_traits>

/// An operand may be the result's register, lane for lane, which no order of lanes disturbs. Unrolled first, a loop
/// would never become vector code.
#if defined(__clang__)
#define QUANTOPT_LANE_LOOP _Pragma("clang loop unroll(disable) vectorize(assume_safety)")
#else
#define QUANTOPT_LANE_LOOP _Pragma("GCC ivdep")
#endif

#define QUANTOPT_INLINE [[gnu::always_inline]] inline

namespace quantopt::ptx {
namespace {

/// What a lane of a register that holds a T is.
template <typename T> using Storage = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;

template <typename T> QUANTOPT_INLINE T unpack(Storage<T> lane) {
  if constexpr (std::is_integral_v<T>) {
    return T(lane);
  } else if constexpr (sizeof(T) == 2) {
    uint16_t low = uint16_t(lane);
    T value;
    std::memcpy(&value, &low, 2);
    return value;
  } else {
    T value;
    std::memcpy(&value, &lane, sizeof(T));
    return value;
  }
}

template <typename T> QUANTOPT_INLINE Storage<T> pack(T value) {
  if constexpr (std::is_integral_v<T>) {
    // Bits above a narrow type are zero.
    return Storage<T>(std::make_unsigned_t<T>(value));
  } else if constexpr (sizeof(T) == 2) {
    uint16_t low;
    std::memcpy(&low, &value, 2);
    return low;
  } else {
    Storage<T> lane;
    std::memcpy(&lane, &value, sizeof(T));
    return lane;
  }
}

/// result[lane] = f(lane) for the lanes of `exec`. The results go through an array of their own: sources may be the
/// result's register, which a compiler that sees both would have to allow for.
template <typename R, typename F> QUANTOPT_INLINE Flow forLanes(Warp &warp, Slot slot, uint32_t exec, F f) {
  using S = Storage<R>;
  S *to = warp.out<S>(slot);
  alignas(64) S values[numLanes];
  QUANTOPT_LANE_LOOP
  for (unsigned lane = 0; lane < numLanes; ++lane)
    values[lane] = pack<R>(f(lane));
  if (exec == allLanes) {
    std::memcpy(to, values, sizeof(values));
    return Flow::Next;
  }
  QUANTOPT_LANE_LOOP
  for (unsigned lane = 0; lane < numLanes; ++lane) {
    S mask = S(0) - S((exec >> lane) & 1);
    to[lane] = (values[lane] & mask) | (to[lane] & ~mask);
  }
  return Flow::Next;
}

template <typename F, typename R, typename A> Flow runUnary(Warp &warp, const MicroOp &op, uint32_t exec) {
  const Storage<A> *a = warp.in<Storage<A>>(op.slots[1]);
  return forLanes<R>(warp, op.slots[0], exec, [=](unsigned lane) { return F::apply(unpack<A>(a[lane])); });
}

template <typename F, typename R, typename A, typename B> Flow runBinary(Warp &warp, const MicroOp &op, uint32_t exec) {
  const Storage<A> *a = warp.in<Storage<A>>(op.slots[1]);
  const Storage<B> *b = warp.in<Storage<B>>(op.slots[2]);
  return forLanes<R>(warp, op.slots[0], exec,
                     [=](unsigned lane) { return F::apply(unpack<A>(a[lane]), unpack<B>(b[lane])); });
}

template <typename F, typename R, typename A, typename B, typename C>
Flow runTernary(Warp &warp, const MicroOp &op, uint32_t exec) {
  const Storage<A> *a = warp.in<Storage<A>>(op.slots[1]);
  const Storage<B> *b = warp.in<Storage<B>>(op.slots[2]);
  const Storage<C> *c = warp.in<Storage<C>>(op.slots[3]);
  return forLanes<R>(warp, op.slots[0], exec, [=](unsigned lane) {
    return F::apply(unpack<A>(a[lane]), unpack<B>(b[lane]), unpack<C>(c[lane]));
  });
}

/// Bit `lane` is `f(lane)`.
template <typename F> QUANTOPT_INLINE uint32_t makeMask(F f) {
  alignas(32) uint8_t bytes[numLanes];
  QUANTOPT_LANE_LOOP
  for (unsigned lane = 0; lane < numLanes; ++lane)
    bytes[lane] = f(lane) ? 1 : 0;
  uint32_t mask = 0;
  for (unsigned i = 0; i != numLanes; i += 8) {
    uint64_t eight;
    std::memcpy(&eight, bytes + i, 8);
    // Byte j, times 2^(7 * (8 - j)), lands in bit 56 + j.
    mask |= uint32_t((eight * 0x0102040810204080) >> 56) << i;
  }
  return mask;
}

} // namespace
} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_LANES_LANES_H
