//===- DefinedLanes.h - Which lanes of a register are defined ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_DEFINEDLANES_H
#define QUANTOPT_LIB_EMULATOR_DEFINEDLANES_H

#include "quant-opt/Emulator/Machine.h"

namespace quantopt::ptx {

/// Before an instruction with MicroOp::TracksReads or TracksWrites: reports undefined values where they matter, and
/// passes on which lanes of the results are defined.
void trackDefinedLanes(Warp &warp, const MicroOp &op, uint32_t exec);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_DEFINEDLANES_H
