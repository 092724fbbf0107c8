//===- BoxCopy.h - Addresses of a tensor copy --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which bytes of global and shared memory a cp.async.bulk.tensor touches.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_BOXCOPY_H
#define QUANTOPT_LIB_EMULATOR_BOXCOPY_H

#include "quant-opt/Emulator/TensorMap.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace quantopt::ptx {

/// 16 bytes of a box. Bytes `begin` to `end` of it are inside of the tensor; `global` is the address of the chunk's
/// byte 0, and means something for those bytes only.
struct BoxChunk {
  uint32_t shared = 0; // swizzled
  uint64_t global = 0;
  uint32_t begin = 0, end = 0;
};

/// Calls `visit` for every chunk of the box at `coordinates` (one a dimension, the contiguous first), in the order of
/// unswizzled shared addresses from `shared` on.
void forEachBoxChunk(const TensorMap &map, llvm::ArrayRef<int32_t> coordinates, uint32_t shared,
                     llvm::function_ref<void(const BoxChunk &)> visit);

/// The 16 bytes that elements outside of the tensor read as.
std::array<uint8_t, 16> getFillChunk(const TensorMap &map);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_BOXCOPY_H
