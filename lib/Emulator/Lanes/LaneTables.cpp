//===- LaneTables.cpp - The handlers for this machine ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LaneTables.h"

using namespace quantopt::ptx;

#define QUANTOPT_DECLARE_LANES(LEVEL)                                                                                  \
  namespace quantopt::ptx::LEVEL {                                                                                     \
  Handler findInteger(LaneOp op, Type type);                                                                           \
  Handler findFloat(LaneOp op, Type type, bool isFtz, bool isSat);                                                     \
  Handler findCompare(CompareOp op, Type type, bool isFtz);                                                            \
  Handler findMove(LaneOp op, unsigned bits);                                                                          \
  Handler findConvert(const ConvertKey &key);                                                                          \
  Handler findIntegerCast(unsigned fromBits, unsigned toBits, bool isSat);                                             \
  Handler findLoad(Space space, unsigned bytes, bool isSigned, unsigned registerBits);                                 \
  Handler findStore(Space space, unsigned bytes, unsigned registerBits);                                               \
  static const LaneTables tables{findInteger, findFloat,       findCompare, findMove,                                  \
                                 findConvert, findIntegerCast, findLoad,    findStore};                                \
  }

QUANTOPT_DECLARE_LANES(LanesBaseline)
#ifdef QUANTOPT_HAS_WIDE_LANES
QUANTOPT_DECLARE_LANES(LanesAvx2)
QUANTOPT_DECLARE_LANES(LanesAvx512)
#endif

static const LaneTables &chooseTables() {
#ifdef QUANTOPT_HAS_WIDE_LANES
  __builtin_cpu_init();
  bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  bool hasAvx512 = hasAvx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (hasAvx512)
    return LanesAvx512::tables;
  if (hasAvx2)
    return LanesAvx2::tables;
#endif
  return LanesBaseline::tables;
}

const LaneTables &quantopt::ptx::getLaneTables() {
  static const LaneTables &tables = chooseTables();
  return tables;
}
