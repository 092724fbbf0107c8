//===- AsyncOps.h - Decoders of asynchronous instructions --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_ASYNCOPS_H
#define QUANTOPT_LIB_EMULATOR_ASYNCOPS_H

#include "Decoder.h"

namespace quantopt::ptx {

/// The rest of cp{.reduce}.async.bulk.
void decodeBulkCopy(Decoder &d, bool reduces);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_ASYNCOPS_H
