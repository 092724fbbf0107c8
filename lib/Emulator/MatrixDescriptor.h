//===- MatrixDescriptor.h - Operands of wgmma in shared memory ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The 64-bit descriptor of wgmma (PTX ISA, "Matrix Descriptor Format") and the
// canonical layouts that it describes.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_MATRIXDESCRIPTOR_H
#define QUANTOPT_LIB_EMULATOR_MATRIXDESCRIPTOR_H

#include "Swizzle.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace quantopt::ptx {

/// A wgmma descriptor. One instruction takes 32 bytes of K from it, whatever the type.
struct MatrixDescriptor {
  uint32_t start = 0;   // bytes, in the CTA's shared window
  uint32_t leading = 0; // bytes; not used by swizzled K-major layouts
  uint32_t stride = 0;  // bytes
  uint32_t phase = 0;   // "base offset": line where the swizzle's pattern starts
  Swizzle swizzle = Swizzle::None;

  /// Bits 0-13 start, 16-29 leading, 32-45 stride (each without its four low bits), 49-51 base offset, 62-63 swizzle
  /// (0 none, 1: 128, 2: 64, 3: 32 bytes).
  static MatrixDescriptor decode(uint64_t bits);

  /// Address of the 16-byte chunk that holds bytes 16 * chunk .. of row (or column of B) `line`, K-major. A row has two
  /// chunks. Rows are in blocks of eight, `stride` apart; without a swizzle the chunks of eight rows are contiguous and
  /// the second chunks are `leading` away.
  uint32_t getKMajorChunk(unsigned line, unsigned chunk) const;

  /// Address of the 16-byte chunk that holds the 16-bit elements of rows 8 * block .. 8 * block + 7 at column `k`,
  /// MN-major ("transposed"). With a swizzle, blocks fill a line of its span, then step by `leading`, and each eight
  /// columns by `stride`; without, blocks step by `stride` and eight columns by `leading`.
  uint32_t getMNMajorChunk(unsigned block, unsigned k) const;
};

/// How to read operand lines from shared memory.
struct MatrixLines {
  MatrixDescriptor descriptor;
  unsigned first = 0, count = 0; // rows of A or columns of B
  bool isMNMajor = false;        // 16-bit elements only
};

/// Gathers the 32 bytes of K of each line, [count][32]. `load` copies a 16-byte chunk from an address of shared memory;
/// it answers for bounds. `count` is a multiple of 8.
void gatherMatrixLines(const MatrixLines &lines, uint8_t *out,
                       llvm::function_ref<void(uint32_t address, uint8_t *chunk)> load);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_MATRIXDESCRIPTOR_H
