//===- BulkReduce.cpp - Elements of cp.reduce.async.bulk ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BulkCopy.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/ADT/bit.h"
#include <algorithm>
#include <cmath>

using namespace quantopt;
using namespace quantopt::ptx;

/// Exchanges an element until nobody has changed it meanwhile.
template <typename Bits, typename Combine>
static void exchange(uint8_t *destination, llvm::ArrayRef<uint8_t> bytes, Combine combine) {
  for (size_t at = 0; at != bytes.size(); at += sizeof(Bits)) {
    auto *cell = reinterpret_cast<Bits *>(destination + at);
    Bits operand, seen = __atomic_load_n(cell, __ATOMIC_RELAXED);
    std::memcpy(&operand, bytes.data() + at, sizeof(Bits));
    while (!__atomic_compare_exchange_n(cell, &seen, Bits(combine(seen, operand)), /*weak=*/true, __ATOMIC_ACQ_REL,
                                        __ATOMIC_RELAXED))
      ;
  }
}

/// `Compared` is the type that min and max compare.
template <typename Bits, typename Compared>
static void reduceIntegers(Reduction reduction, uint8_t *destination, llvm::ArrayRef<uint8_t> bytes) {
  exchange<Bits>(destination, bytes, [&](Bits old, Bits operand) -> Bits {
    switch (reduction) {
    case Reduction::Add:
      return old + operand;
    case Reduction::Min:
      return Bits(std::min(Compared(old), Compared(operand)));
    case Reduction::Max:
      return Bits(std::max(Compared(old), Compared(operand)));
    case Reduction::Inc:
      return old >= operand ? 0 : old + 1;
    case Reduction::Dec:
      return old == 0 || old > operand ? operand : old - 1;
    case Reduction::And:
      return old & operand;
    case Reduction::Or:
      return old | operand;
    case Reduction::Xor:
      return old ^ operand;
    case Reduction::None:
      break;
    }
    return operand;
  });
}

/// min and max return the operand that is no NaN, as atom does.
template <typename T> static T reduceFloat(Reduction reduction, T old, T operand) {
  if (reduction == Reduction::Min)
    return std::fmin(old, operand);
  if (reduction == Reduction::Max)
    return std::fmax(old, operand);
  return old + operand;
}

static void reduceHalves(Reduction reduction, bool isBrain, uint8_t *destination, llvm::ArrayRef<uint8_t> bytes) {
  exchange<uint16_t>(destination, bytes, [&](uint16_t old, uint16_t operand) {
    // The sum of two halves in single precision is exact, or far from a tie of the shorter format.
    float value = isBrain ? reduceFloat(reduction, decodeBF16(old), decodeBF16(operand))
                          : reduceFloat(reduction, decodeF16(old), decodeF16(operand));
    if (std::isnan(value))
      return uint16_t(0x7FFF);
    return isBrain ? encodeBF16(value) : encodeF16(value);
  });
}

void quantopt::ptx::reduceElements(Reduction reduction, Type type, uint8_t *destination,
                                   llvm::ArrayRef<uint8_t> bytes) {
  switch (type) {
  case Type::F16:
  case Type::BF16:
    return reduceHalves(reduction, type == Type::BF16, destination, bytes);
  case Type::F32:
    return exchange<uint32_t>(destination, bytes, [&](uint32_t old, uint32_t operand) {
      return llvm::bit_cast<uint32_t>(
          reduceFloat(reduction, llvm::bit_cast<float>(old), llvm::bit_cast<float>(operand)));
    });
  case Type::F64:
    return exchange<uint64_t>(destination, bytes, [&](uint64_t old, uint64_t operand) {
      return llvm::bit_cast<uint64_t>(
          reduceFloat(reduction, llvm::bit_cast<double>(old), llvm::bit_cast<double>(operand)));
    });
  case Type::S32:
    return reduceIntegers<uint32_t, int32_t>(reduction, destination, bytes);
  case Type::S64:
    return reduceIntegers<uint64_t, int64_t>(reduction, destination, bytes);
  case Type::U64:
  case Type::B64:
    return reduceIntegers<uint64_t, uint64_t>(reduction, destination, bytes);
  default:
    return reduceIntegers<uint32_t, uint32_t>(reduction, destination, bytes);
  }
}
