//===- MatrixFragments.h - Which lane holds which element --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fragment layouts of mma.sync, wgmma, ldmatrix and stmatrix. The figures of
// the PTX ISA ("Matrix Fragments for mma...", "Register Fragments for
// wgmma...") are one rule with two parameters, except for mma.m8n8k4.f16.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_MATRIXFRAGMENTS_H
#define QUANTOPT_LIB_EMULATOR_MATRIXFRAGMENTS_H

#include <cstdint>

namespace quantopt::ptx {

/// Row and column of a matrix element. Of B [K x N] the row counts k.
struct MatrixPosition {
  unsigned row, column;
  bool operator==(const MatrixPosition &other) const { return row == other.row && column == other.column; }
};

/// Element `element` of register `index` of A [M x K], M = 8 or 16; `perRegister` elements to a register (32 / bits;
/// 1 for f64). Lanes are in groups of four: a group has a row, a lane a run of elements; registers take turns between
/// the upper and lower eight rows.
inline MatrixPosition getFragmentA(unsigned rows, unsigned perRegister, unsigned lane, unsigned index,
                                   unsigned element) {
  unsigned halves = rows / 8;
  return {lane / 4 + 8 * (index % halves), (index / halves) * 4 * perRegister + lane % 4 * perRegister + element};
}

/// The same of B [K x N], N = 8: a group has a column.
inline MatrixPosition getFragmentB(unsigned perRegister, unsigned lane, unsigned index, unsigned element) {
  return {index * 4 * perRegister + lane % 4 * perRegister + element, lane / 4};
}

/// Element `index` of the accumulators [M x N], M = 8 or 16, N a multiple of 8 (beyond 8 in wgmma, where a warp holds
/// 16 of the 64 rows). Two half-precision elements share a register, in this order.
inline MatrixPosition getFragmentC(unsigned rows, unsigned lane, unsigned index) {
  unsigned halves = rows / 8, perBlock = 2 * halves;
  return {lane / 4 + 8 * (index % perBlock / 2), index / perBlock * 8 + lane % 4 * 2 + index % 2};
}

/// mma.m8n8k4.f16 multiplies four pairs of matrices: lanes 4q..4q+3 and 16+4q..16+4q+3 hold those of computation q.
inline unsigned getQuadPair(unsigned lane) { return lane / 4 % 4; }

/// Element `element` of A [8 x 4] of mma.m8n8k4.f16.
inline MatrixPosition getQuadFragmentA(bool columnMajor, unsigned lane, unsigned element) {
  unsigned high = lane < 16 ? 0 : 4;
  return columnMajor ? MatrixPosition{element % 4 + high, lane % 4} : MatrixPosition{lane % 4 + high, element};
}

/// Element `element` of B [4 x 8] of mma.m8n8k4.f16.
inline MatrixPosition getQuadFragmentB(bool columnMajor, unsigned lane, unsigned element) {
  unsigned high = lane < 16 ? 0 : 4;
  return columnMajor ? MatrixPosition{element, lane % 4 + high} : MatrixPosition{lane % 4, element + high};
}

/// Element `index` (0..7) of the accumulators [8 x 8] of mma.m8n8k4.f16, in half or single precision.
inline MatrixPosition getQuadFragmentC(bool isSingle, unsigned lane, unsigned index) {
  unsigned high = lane < 16 ? 0 : 4;
  if (!isSingle)
    return {lane % 4 + high, index};
  return {(lane & 1) + (index & 2) + high, (index & 4) + (lane & 2) + (index & 1)};
}

/// 16-bit element `element` (0, 1) of an 8x8 matrix that ldmatrix and stmatrix move, in the lane's register of it.
inline MatrixPosition getLdmatrixPosition(bool transposed, unsigned lane, unsigned element) {
  unsigned major = lane / 4, minor = lane % 4 * 2 + element;
  return transposed ? MatrixPosition{minor, major} : MatrixPosition{major, minor};
}

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_MATRIXFRAGMENTS_H
