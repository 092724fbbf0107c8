//===- Barriers.h - Barriers of CTAs and clusters ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_BARRIERS_H
#define QUANTOPT_LIB_EMULATOR_BARRIERS_H

#include "quant-opt/Emulator/Machine.h"

namespace quantopt::ptx {

/// Threads of the CTA have exited: barriers that waited for them only are complete.
void retireThreads(Cta &cta);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_BARRIERS_H
