//===- Rounding.h - Codes, scales and zero points of a matrix ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rules N1 to N8 of docs/numerics.md in one place: choosing a scale (and zero
// point) for each block of a matrix, codes from the scale as stored, and back.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_ROUNDING_H
#define QUANTOPT_NUMERICS_ROUNDING_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <vector>

namespace quantopt {

/// Read-only view of a row-major float matrix; row i starts at data + i * stride.
struct MatrixRef {
  const float *data = nullptr;
  int64_t rows = 0, cols = 0, stride = 0;

  MatrixRef() = default;
  MatrixRef(const float *data, int64_t rows, int64_t cols) : MatrixRef(data, rows, cols, cols) {}
  MatrixRef(const float *data, int64_t rows, int64_t cols, int64_t stride)
      : data(data), rows(rows), cols(cols), stride(stride) {}
  const float *row(int64_t i) const { return data + i * stride; }
};

/// What a stored code is. Codes are held one int8 an element: the integer, or the bits of the 8-bit float.
enum class CodeKind : uint8_t { Integer, F8E4M3, F8E5M2 };

/// The values that a code takes.
struct CodeRange {
  CodeKind kind = CodeKind::Integer;
  float qmin = -8, qmax = 7;

  /// Two's complement of 2 to 8 bits.
  static CodeRange integer(unsigned bits);
  static CodeRange f8E4M3();
  static CodeRange f8E5M2();
  /// What a symmetric scale divides absmax by: (qmax - qmin) / 2 (rule N9).
  float getHalfRange() const { return (qmax - qmin) / 2; }
};

/// The type a scale is stored in; codes are computed from the scale after that rounding (rule N2).
enum class ScaleStorage : uint8_t { F32, F16, BF16 };

/// A scale that the search tries is absmax (or the range) times one of `steps` shrinks from 1 down to `minShrink`.
enum class ErrorNorm : uint8_t { L2, L2Half, L3 };
struct ScaleSearch {
  /// 0: no search, the scale is that of the largest magnitude. Otherwise shrinks are 1 - i * (1 - minShrink) / steps,
  /// i = 0 .. steps, so the unsearched scale is always a candidate and the result never has a larger error than it.
  unsigned steps = 0;
  float minShrink = 0.5f;
  /// The power of |x - dequantized|: 2, 2.5 or 3.
  ErrorNorm norm = ErrorNorm::L2;
  /// Weight of each column's error (the diagonal of a Hessian, say); empty: all 1.
  llvm::ArrayRef<float> columnWeights;
};

/// How a matrix [rows, cols] is quantized: one scale for each blockRows x blockCols block. 0 is the whole dimension:
/// {0, 0} tensor, {1, 0} channel, {1, g} group, {r, c} block.
struct BlockScheme {
  CodeRange range;
  bool asymmetric = false;
  int64_t blockRows = 1, blockCols = 0;
  ScaleStorage scaleStorage = ScaleStorage::F32;
  ScaleSearch search;
};

/// Scales of a matrix, row-major [rows, cols] of blocks (rule N7); zero points beside them, empty when symmetric.
struct BlockParams {
  int64_t rows = 0, cols = 0;
  std::vector<float> scales;
  std::vector<int8_t> zeroPoints;

  int getZeroPoint(int64_t block) const { return zeroPoints.empty() ? 0 : zeroPoints[block]; }
};

/// `scale` as it will be read back from `storage`. Positive scales stay positive and finite: below the smallest normal
/// number of the storage they become that number, above its largest finite one that one (rule N8).
float roundToStorage(float scale, ScaleStorage storage);

/// Scale and zero point from a range. A zero range gives scale 1 and zero point 0 (rule N5). Asymmetric ranges are
/// widened to contain 0; symmetric ones use the larger magnitude.
struct ScaleZero {
  float scale = 1;
  int zeroPoint = 0;
};
ScaleZero chooseScaleZero(float min, float max, const CodeRange &range, bool asymmetric, ScaleStorage storage);

/// One value by rules N1, N4 and N6; NaN gives the integer code 0, as in `lowp.quantize`. `scale` is the stored one.
int8_t quantizeValue(float value, float scale, int zeroPoint, const CodeRange &range);
/// (q - z) * scale (rule N4).
float dequantizeValue(int8_t code, float scale, int zeroPoint, const CodeRange &range);

/// Parameters of every block. Fails, naming the cause, when a block length does not divide its dimension, or on a NaN
/// or infinity (with its row and column; rule N12). Same bytes for any `threads`.
llvm::Expected<BlockParams> chooseParams(MatrixRef matrix, const BlockScheme &scheme, unsigned threads = 1);

/// Codes of `matrix`, dense [rows, cols]. `params` came from a matrix of the same shape and scheme.
void quantizeMatrix(MatrixRef matrix, const CodeRange &range, const BlockParams &params,
                    llvm::MutableArrayRef<int8_t> codes, unsigned threads = 1);
/// Values of `codes` [rows, cols], dense.
void dequantizeMatrix(llvm::ArrayRef<int8_t> codes, int64_t rows, int64_t cols, const CodeRange &range,
                      const BlockParams &params, llvm::MutableArrayRef<float> values, unsigned threads = 1);

/// Codes and the parameters they need.
struct QuantizedMatrix {
  std::vector<int8_t> codes;
  BlockParams params;
};
/// Plain rounding: chooseParams, then quantizeMatrix.
llvm::Expected<QuantizedMatrix> roundMatrix(MatrixRef matrix, const BlockScheme &scheme, unsigned threads = 1);

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_ROUNDING_H
