//===- RowKernels.h - Inner loops of quantization ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a value becomes on an integer grid, written so that compilers vectorize
// it; shared by plain rounding, the scale search and the GPTQ solver.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_NUMERICS_ROWKERNELS_H
#define QUANTOPT_LIB_NUMERICS_ROWKERNELS_H

#include "quant-opt/Numerics/Codecs.h"
#include "quant-opt/Numerics/Rounding.h"

namespace quantopt::detail {

/// Adding and subtracting 1.5 * 2^23 rounds a small float to an integer, half to even, without a library call.
inline constexpr float roundingMagic = 12582912.0f;

/// The integer code (as a float) of `value` (rule N1). Clamping one step outside the range before rounding changes no
/// result and keeps the sum in the range where the magic constant rounds.
inline float quantizeInteger(float value, float scale, float zeroPoint, float qmin, float qmax) {
  float q = value / scale, low = qmin - zeroPoint - 1, high = qmax - zeroPoint + 1;
  q = q < low ? low : q;
  q = q > high ? high : q;
  q = (q + roundingMagic) - roundingMagic + zeroPoint;
  q = q < qmin ? qmin : q;
  return q > qmax ? qmax : q;
}

/// What `value` reads back as, for codes of 8-bit floats.
inline float quantizeF8(float value, float scale, CodeKind kind) {
  float q = value / scale;
  return kind == CodeKind::F8E4M3 ? decodeF8E4M3(encodeF8E4M3(q)) : decodeF8E5M2(encodeF8E5M2(q));
}

} // namespace quantopt::detail

#endif // QUANTOPT_LIB_NUMERICS_ROWKERNELS_H
