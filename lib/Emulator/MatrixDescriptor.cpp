//===- MatrixDescriptor.cpp - Operands of wgmma in shared memory ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MatrixDescriptor.h"

#include <array>
#include <cstring>

using namespace quantopt::ptx;

MatrixDescriptor MatrixDescriptor::decode(uint64_t bits) {
  auto bytes = [&](unsigned shift) { return uint32_t((bits >> shift) & 0x3FFF) << 4; };
  constexpr std::array<Swizzle, 4> modes = {Swizzle::None, Swizzle::B128, Swizzle::B64, Swizzle::B32};
  MatrixDescriptor result;
  result.start = bytes(0);
  result.leading = bytes(16);
  result.stride = bytes(32);
  result.phase = uint32_t((bits >> 49) & 7);
  result.swizzle = modes[bits >> 62];
  return result;
}

uint32_t MatrixDescriptor::getKMajorChunk(unsigned line, unsigned chunk) const {
  uint32_t block = start + line / 8 * stride;
  if (swizzle == Swizzle::None)
    return block + line % 8 * 16 + chunk * leading;
  return applySwizzle(block + line % 8 * getSwizzleSpan(swizzle) + chunk * 16, swizzle, phase);
}

uint32_t MatrixDescriptor::getMNMajorChunk(unsigned block, unsigned k) const {
  uint32_t span = getSwizzleSpan(swizzle), perLine = span / 16;
  if (swizzle == Swizzle::None)
    return start + block * stride + k % 8 * 16 + k / 8 * leading;
  uint32_t address = start + block % perLine * 16 + block / perLine * leading + k % 8 * span + k / 8 * stride;
  return applySwizzle(address, swizzle, phase);
}

/// Reads 8 rows by 16 columns chunk by chunk and turns them.
static void gatherTransposedBlock(const MatrixDescriptor &descriptor, unsigned block, uint8_t *out,
                                  llvm::function_ref<void(uint32_t, uint8_t *)> load) {
  std::array<uint8_t, 16> chunk;
  for (unsigned k = 0; k != 16; ++k) {
    load(descriptor.getMNMajorChunk(block, k), chunk.data());
    for (unsigned row = 0; row != 8; ++row)
      std::memcpy(out + row * 32 + k * 2, chunk.data() + row * 2, 2);
  }
}

void quantopt::ptx::gatherMatrixLines(const MatrixLines &lines, uint8_t *out,
                                      llvm::function_ref<void(uint32_t, uint8_t *)> load) {
  if (lines.isMNMajor) {
    for (unsigned block = 0; block != lines.count / 8; ++block)
      gatherTransposedBlock(lines.descriptor, lines.first / 8 + block, out + block * 256, load);
    return;
  }
  for (unsigned line = 0; line != lines.count; ++line)
    for (unsigned chunk = 0; chunk != 2; ++chunk)
      load(lines.descriptor.getKMajorChunk(lines.first + line, chunk), out + line * 32 + chunk * 16);
}
