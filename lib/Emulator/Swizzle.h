//===- Swizzle.h - Permutations of 16-byte chunks ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The one permutation that tensor copies and wgmma descriptors share: the index
// of a 16-byte chunk is XORed with bits of the 128-byte line that it is in.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_SWIZZLE_H
#define QUANTOPT_LIB_EMULATOR_SWIZZLE_H

#include "quant-opt/Emulator/TensorMap.h"

namespace quantopt::ptx {

/// Bytes of a line within which chunks change places; 16 without a swizzle.
inline uint32_t getSwizzleSpan(Swizzle swizzle) { return 16u << static_cast<unsigned>(swizzle); }

/// Where the byte at `address` of shared memory is kept: bits 4.. are XORed with bits 7.., one bit at 32 bytes, two at
/// 64, three at 128. `phase` is the line (address / 128, modulo 8) where the pattern starts.
inline uint32_t applySwizzle(uint32_t address, Swizzle swizzle, uint32_t phase = 0) {
  uint32_t mask = (1u << static_cast<unsigned>(swizzle)) - 1;
  return address ^ ((((address >> 7) - phase) & mask) << 4);
}

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_SWIZZLE_H
