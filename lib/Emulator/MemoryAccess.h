//===- MemoryAccess.h - The unusual cases of a memory access -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_MEMORYACCESS_H
#define QUANTOPT_LIB_EMULATOR_MEMORYACCESS_H

#include "quant-opt/Emulator/Machine.h"

namespace quantopt::ptx {

/// `Warp::translate` for the lanes of `exec`; the others get the address of the first of these. False after a fatal
/// report.
bool translateLanes(Warp &warp, const MicroOp &op, Space space, uint32_t exec, const uint64_t *addresses,
                    uint64_t bytes, AccessKind kind, uintptr_t *host);

/// Tells the observer and counts. `addresses` of all lanes of `exec`.
void observeAccess(Warp &warp, const MicroOp &op, Space space, uint32_t exec, const uint64_t *addresses, uint32_t bytes,
                   AccessKind kind, MemoryBits order = MemoryBits());

/// Reports that the lanes read bytes that nobody wrote (of an access that `op` describes).
void reportUnwritten(Warp &warp, const MicroOp &op, Space space, uint32_t lanes);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_MEMORYACCESS_H
