//===- MatrixProduct.h - Products of fragments in registers ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What mma, wmma and wgmma have in common: multiplicands as rows of bytes,
// accumulators as fragments of a warp's registers.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_MATRIXPRODUCT_H
#define QUANTOPT_LIB_EMULATOR_MATRIXPRODUCT_H

#include "TileMultiply.h"
#include "quant-opt/Emulator/Program.h"
#include "llvm/ADT/ArrayRef.h"
#include <cstring>
#include <optional>

namespace quantopt::ptx {

/// Shape and types of one warp's product, small enough for MicroOp::bits64.
struct MatrixProduct {
  enum class Kind : uint8_t { Float, Integer, XorPopc, AndPopc, Double };
  enum class Accumulator : uint8_t { F16, F32, S32, F64 };
  enum Flag : uint8_t {
    Saturates = 1,
    NegatesA = 2,
    NegatesB = 4,
    ColumnMajorA = 8,
    ColumnMajorB = 16,
    RowMajorD = 32
  };

  uint8_t rows = 16;      // of A that the warp multiplies: 8 or 16 (wmma has 32, in two steps)
  uint8_t blocks = 1;     // columns of B / 8
  uint8_t depthBytes = 0; // of a row of A
  Kind kind = Kind::Float;
  MatrixType a = MatrixType::F16, b = MatrixType::F16; // of Kind::Float and Kind::Integer
  uint8_t flags = 0;
  Accumulator c : 4, d : 4;

  MatrixProduct() : c(Accumulator::F32), d(Accumulator::F32) {}
  unsigned columns() const { return blocks * 8; }
  /// Elements of a row of A.
  unsigned depth() const { return depthBytes * 8 / getMatrixTypeBits(a); }

  uint64_t pack() const {
    uint64_t bits;
    std::memcpy(&bits, this, sizeof(bits));
    return bits;
  }
  static MatrixProduct unpack(uint64_t bits) {
    MatrixProduct result;
    std::memcpy(static_cast<void *>(&result), &bits, sizeof(bits));
    return result;
  }
};
static_assert(sizeof(MatrixProduct) == sizeof(uint64_t), "goes into MicroOp::bits64");

/// m, n and k of "m16n8k32".
struct MatrixShape {
  unsigned m = 0, n = 0, k = 0;
  bool operator==(const MatrixShape &other) const { return m == other.m && n == other.n && k == other.k; }
};
std::optional<MatrixShape> parseMatrixShape(llvm::StringRef word);

/// The element type of a multiplicand; none for f64, b1 and types that the tensor cores of sm_90 do not have.
std::optional<MatrixType> getMatrixType(Type type);
/// The type of an accumulator; none for others than f16, f32, s32 and f64.
std::optional<MatrixProduct::Accumulator> getAccumulator(Type type);
/// 32-bit registers of an accumulator of `elements` a lane (64-bit ones of f64).
unsigned getNumAccumulatorRegisters(MatrixProduct::Accumulator accumulator, unsigned elements);

/// Registers of a fragment: 32 words each, doubles as pairs of words.
using FragmentRegisters = llvm::ArrayRef<const uint32_t *>;
using MutableFragmentRegisters = llvm::ArrayRef<uint32_t *>;

/// D = A * B + C, where `a` is [rows][depthBytes] and `b` is [columns][depthBytes]. `c` and `d` hold the accumulators
/// in the order of getFragmentC and may be the same registers; an empty `c` is zeros.
void multiplyFragments(const MatrixProduct &product, const uint8_t *a, const uint8_t *b, FragmentRegisters c,
                       MutableFragmentRegisters d);

/// Puts the registers of A or B in rows of bytes, for multiplyFragments. Words of A take turns between the upper and
/// the lower eight rows (getFragmentA); `rows` is 8 for B. `wordBytes` is 4, or 8 of f64.
void layOutFragment(unsigned rows, unsigned depthBytes, unsigned wordBytes, FragmentRegisters registers,
                    uint8_t *bytes);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_MATRIXPRODUCT_H
