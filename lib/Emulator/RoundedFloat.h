//===- RoundedFloat.h - Floats rounded otherwise than to nearest -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_ROUNDEDFLOAT_H
#define QUANTOPT_LIB_EMULATOR_ROUNDEDFLOAT_H

#include "Lanes/LaneTables.h"

namespace quantopt::ptx {

/// Add, Sub, Mul, Fma, Div, Rcp, Sqrt of f32 and f64 with bits16 = 1 .rz, 2 .rm, 3 .rp; null for others.
Handler findRoundedFloat(LaneOp op, Type type, bool isFtz, bool isSat);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_ROUNDEDFLOAT_H
