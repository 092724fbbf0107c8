//===- TileMultiply.h - Arithmetic of the tensor cores -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Products of small matrices as mma, wmma and wgmma compute them here:
// * floats: the products are exact, they and the accumulator are added in
//   double precision in order of k, and the sum is rounded once to the
//   accumulator's type (to nearest even). FP8 sums are exact before that.
//   Tensor cores add with fewer bits and truncate; docs/emulator.md has more.
// * integers: exact, then wrapped or saturated to 32 bits.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_TILEMULTIPLY_H
#define QUANTOPT_LIB_EMULATOR_TILEMULTIPLY_H

#include <cstddef>
#include <cstdint>

namespace quantopt::ptx {

/// Types of matrix elements whose values float32 holds.
enum class MatrixType : uint8_t { F16, BF16, TF32, E4M3, E5M2, S8, U8, S4, U4 };

/// Bits of an element.
unsigned getMatrixTypeBits(MatrixType type);
inline bool isIntegerMatrix(MatrixType type) { return type >= MatrixType::S8; }

/// The values of `count` elements from `bytes` on; of nibbles the low half first. `count` is even. Of tf32 the low 13
/// bits are dropped.
void decodeMatrixElements(MatrixType type, const uint8_t *bytes, size_t count, float *values);

/// Sizes of a product: rows a multiple of 4, columns of 8, depth at most 64.
struct TileShape {
  unsigned rows, columns, depth;
};

/// sums[m][n] += sum over k of a[m][k] * b[n][k], in double precision and ascending k. `a` is [rows, depth], `b` is
/// [columns, depth], `sums` [rows, columns].
void addFloatProduct(TileShape shape, const float *a, const float *b, double *sums);

/// products[m][n] = sum over k of a[m][k] * b[n][k]. The values are integers of at most 8 bits, so single precision is
/// exact.
void multiplyIntegers(TileShape shape, const float *a, const float *b, int32_t *products);

/// The nearest float; any NaN becomes the canonical one, 0x7FFFFFFF.
float roundToSingle(double value);
/// The bits of the nearest half; any NaN becomes 0x7FFF.
uint16_t roundToHalf(double value);

/// accumulator + product modulo 2^32, or clamped to 32 bits.
int32_t addWrapped(int32_t accumulator, int32_t product);
int32_t addSaturated(int32_t accumulator, int32_t product);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_TILEMULTIPLY_H
