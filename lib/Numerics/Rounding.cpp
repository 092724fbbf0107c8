//===- Rounding.cpp - Codes, scales and zero points of a matrix -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Rounding.h"

#include "RowKernels.h"
#include "ScaleSearch.h"
#include "quant-opt/Numerics/Codecs.h"
#include "quant-opt/Numerics/Parallel.h"
#include "quant-opt/Numerics/Vectorize.h"
#include "llvm/Support/Error.h"
#include <algorithm>
#include <cassert>
#include <cfloat>
#include <cmath>

using namespace quantopt;
using namespace quantopt::detail;

CodeRange CodeRange::integer(unsigned bits) {
  assert(bits >= 2 && bits <= 8 && "codes are held in int8");
  float half = float(1u << (bits - 1));
  return {CodeKind::Integer, -half, half - 1};
}
CodeRange CodeRange::f8E4M3() { return {CodeKind::F8E4M3, -maxF8E4M3, maxF8E4M3}; }
CodeRange CodeRange::f8E5M2() { return {CodeKind::F8E5M2, -maxF8E5M2, maxF8E5M2}; }

//===----------------------------------------------------------------------===//
// Scales
//===----------------------------------------------------------------------===//

float quantopt::roundToStorage(float scale, ScaleStorage storage) {
  switch (storage) {
  case ScaleStorage::F32:
    return std::clamp(scale, FLT_MIN, FLT_MAX);
  case ScaleStorage::F16:
    return decodeF16(encodeF16(std::clamp(scale, 6.103515625e-05f, 65504.0f)));
  case ScaleStorage::BF16:
    return decodeBF16(encodeBF16(std::clamp(scale, FLT_MIN, 3.3895313892515355e38f)));
  }
  llvm_unreachable("scale storage");
}

ScaleZero quantopt::chooseScaleZero(float min, float max, const CodeRange &range, bool asymmetric,
                                    ScaleStorage storage) {
  assert((!asymmetric || range.kind == CodeKind::Integer) && "float codes have no zero point");
  if (!asymmetric) {
    float absmax = std::max(std::fabs(min), std::fabs(max));
    return {absmax == 0 ? 1.0f : roundToStorage(absmax / range.getHalfRange(), storage), 0};
  }
  min = std::min(min, 0.0f);
  max = std::max(max, 0.0f);
  if (min == max)
    return {};
  // Halves, because max - min may overflow where the scale does not.
  float scale = roundToStorage((max / 2 - min / 2) / range.getHalfRange(), storage);
  float zero = std::nearbyint(std::clamp(range.qmin - min / scale, range.qmin, range.qmax));
  return {scale, int(zero)};
}

int8_t quantopt::quantizeValue(float value, float scale, int zeroPoint, const CodeRange &range) {
  switch (range.kind) {
  case CodeKind::Integer: {
    float code = quantizeInteger(value, scale, float(zeroPoint), range.qmin, range.qmax);
    return std::isnan(code) ? 0 : int8_t(code);
  }
  case CodeKind::F8E4M3:
    return int8_t(encodeF8E4M3(value / scale));
  case CodeKind::F8E5M2:
    return int8_t(encodeF8E5M2(value / scale));
  }
  llvm_unreachable("code kind");
}

float quantopt::dequantizeValue(int8_t code, float scale, int zeroPoint, const CodeRange &range) {
  switch (range.kind) {
  case CodeKind::Integer:
    return float(int(code) - zeroPoint) * scale;
  case CodeKind::F8E4M3:
    return decodeF8E4M3(uint8_t(code)) * scale;
  case CodeKind::F8E5M2:
    return decodeF8E5M2(uint8_t(code)) * scale;
  }
  llvm_unreachable("code kind");
}

//===----------------------------------------------------------------------===//
// Choosing parameters
//===----------------------------------------------------------------------===//

/// Smallest and largest of a span; false when it holds a NaN or infinity, found as x - x not being zero.
QUANTOPT_VECTORIZED static bool findRange(const float *x, int64_t count, float &min, float &max) {
  float low = min, high = max, bad = 0;
  constexpr int lanes = 16;
  float lows[lanes], highs[lanes], bads[lanes] = {};
  std::fill_n(lows, lanes, low);
  std::fill_n(highs, lanes, high);
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes)
    for (int lane = 0; lane != lanes; ++lane) {
      float value = x[i + lane];
      lows[lane] = value < lows[lane] ? value : lows[lane];
      highs[lane] = value > highs[lane] ? value : highs[lane];
      bads[lane] = (value - value == 0) ? bads[lane] : 1;
    }
  for (; i != count; ++i) {
    low = std::min(low, x[i]);
    high = std::max(high, x[i]);
    bad = (x[i] - x[i] == 0) ? bad : 1;
  }
  for (int lane = 0; lane != lanes; ++lane) {
    low = std::min(low, lows[lane]);
    high = std::max(high, highs[lane]);
    bad += bads[lane];
  }
  min = low;
  max = high;
  return bad == 0;
}

static llvm::Error makeError(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

static llvm::Error checkBlocks(const char *what, int64_t length, int64_t block) {
  if (block < 1 || length % block != 0)
    return makeError(llvm::Twine("block length ") + llvm::Twine(block) + " does not divide " + what + " " +
                     llvm::Twine(length) + "; use a divisor or 0 for the whole dimension");
  return llvm::Error::success();
}

/// The first value that is not finite, as an error.
static llvm::Error describeNonFinite(MatrixRef matrix) {
  for (int64_t i = 0; i != matrix.rows; ++i)
    for (int64_t j = 0; j != matrix.cols; ++j)
      if (!std::isfinite(matrix.row(i)[j]))
        return makeError(llvm::Twine(std::isnan(matrix.row(i)[j]) ? "NaN" : "infinity") + " at row " + llvm::Twine(i) +
                         ", column " + llvm::Twine(j) + " of a matrix to quantize");
  return llvm::Error::success();
}

/// Copies block (blockRow, blockCol) and its column weights to dense arrays for the search.
static void gatherBlock(MatrixRef matrix, int64_t row, int64_t col, int64_t rows, int64_t cols,
                        llvm::ArrayRef<float> columnWeights, std::vector<float> &values, std::vector<float> &weights) {
  values.resize(rows * cols);
  weights.resize(columnWeights.empty() ? 0 : rows * cols);
  for (int64_t i = 0; i != rows; ++i) {
    std::copy_n(matrix.row(row + i) + col, cols, values.begin() + i * cols);
    if (!columnWeights.empty())
      std::copy_n(columnWeights.begin() + col, cols, weights.begin() + i * cols);
  }
}

/// Parameters of one row of blocks; false if one holds a NaN or infinity.
static bool chooseBlockRow(MatrixRef matrix, const BlockScheme &scheme, int64_t blockRow, int64_t blockRows,
                           int64_t blockCols, BlockParams &params) {
  std::vector<float> values, weights;
  for (int64_t blockCol = 0; blockCol != params.cols; ++blockCol) {
    int64_t row = blockRow * blockRows, col = blockCol * blockCols, index = blockRow * params.cols + blockCol;
    float min = 0, max = 0;
    for (int64_t i = 0; i != blockRows; ++i)
      if (!findRange(matrix.row(row + i) + col, blockCols, min, max))
        return false;
    ScaleZero chosen = chooseScaleZero(min, max, scheme.range, scheme.asymmetric, scheme.scaleStorage);
    if (scheme.search.steps != 0 && min != max) {
      gatherBlock(matrix, row, col, blockRows, blockCols, scheme.search.columnWeights, values, weights);
      chosen = searchScale(values, weights, min, max, scheme);
    }
    params.scales[index] = chosen.scale;
    if (scheme.asymmetric)
      params.zeroPoints[index] = int8_t(chosen.zeroPoint);
  }
  return true;
}

llvm::Expected<BlockParams> quantopt::chooseParams(MatrixRef matrix, const BlockScheme &scheme, unsigned threads) {
  int64_t blockRows = scheme.blockRows ? scheme.blockRows : matrix.rows;
  int64_t blockCols = scheme.blockCols ? scheme.blockCols : matrix.cols;
  if (matrix.rows < 1 || matrix.cols < 1)
    return makeError("a matrix to quantize has no elements");
  if (llvm::Error error = checkBlocks("rows", matrix.rows, blockRows))
    return error;
  if (llvm::Error error = checkBlocks("columns", matrix.cols, blockCols))
    return error;
  if (scheme.asymmetric && scheme.range.kind != CodeKind::Integer)
    return makeError("8-bit float codes have no zero point; use a symmetric scheme");
  if (!scheme.search.columnWeights.empty() && int64_t(scheme.search.columnWeights.size()) != matrix.cols)
    return makeError("the scale search needs one weight a column");

  BlockParams params;
  params.rows = matrix.rows / blockRows;
  params.cols = matrix.cols / blockCols;
  params.scales.resize(params.rows * params.cols);
  params.zeroPoints.resize(scheme.asymmetric ? params.scales.size() : 0);
  std::vector<uint8_t> finite(params.rows);
  parallelFor(threads, params.rows, [&](size_t blockRow) {
    finite[blockRow] = chooseBlockRow(matrix, scheme, blockRow, blockRows, blockCols, params);
  });
  if (llvm::is_contained(finite, 0))
    return describeNonFinite(matrix);
  return params;
}

//===----------------------------------------------------------------------===//
// Codes
//===----------------------------------------------------------------------===//

QUANTOPT_VECTORIZED static void quantizeSpan(const float *__restrict x, int8_t *__restrict codes, int64_t count,
                                             float scale, float zeroPoint, float qmin, float qmax) {
  for (int64_t i = 0; i != count; ++i)
    codes[i] = int8_t(int(quantizeInteger(x[i], scale, zeroPoint, qmin, qmax)));
}

QUANTOPT_VECTORIZED static void dequantizeSpan(const int8_t *__restrict codes, float *__restrict x, int64_t count,
                                               float scale, int zeroPoint) {
  for (int64_t i = 0; i != count; ++i)
    x[i] = float(int(codes[i]) - zeroPoint) * scale;
}

void quantopt::quantizeMatrix(MatrixRef matrix, const CodeRange &range, const BlockParams &params,
                              llvm::MutableArrayRef<int8_t> codes, unsigned threads) {
  assert(int64_t(codes.size()) == matrix.rows * matrix.cols && "codes are dense");
  int64_t blockRows = matrix.rows / params.rows, blockCols = matrix.cols / params.cols;
  parallelFor(threads, matrix.rows, [&](size_t row) {
    for (int64_t blockCol = 0; blockCol != params.cols; ++blockCol) {
      int64_t block = int64_t(row) / blockRows * params.cols + blockCol, col = blockCol * blockCols;
      const float *x = matrix.row(row) + col;
      int8_t *to = codes.data() + row * matrix.cols + col;
      if (range.kind == CodeKind::Integer)
        quantizeSpan(x, to, blockCols, params.scales[block], float(params.getZeroPoint(block)), range.qmin, range.qmax);
      else
        std::transform(x, x + blockCols, to,
                       [&](float value) { return quantizeValue(value, params.scales[block], 0, range); });
    }
  });
}

void quantopt::dequantizeMatrix(llvm::ArrayRef<int8_t> codes, int64_t rows, int64_t cols, const CodeRange &range,
                                const BlockParams &params, llvm::MutableArrayRef<float> values, unsigned threads) {
  assert(int64_t(codes.size()) == rows * cols && values.size() == codes.size() && "both are dense");
  int64_t blockRows = rows / params.rows, blockCols = cols / params.cols;
  parallelFor(threads, rows, [&](size_t row) {
    for (int64_t blockCol = 0; blockCol != params.cols; ++blockCol) {
      int64_t block = int64_t(row) / blockRows * params.cols + blockCol, at = row * cols + blockCol * blockCols;
      const int8_t *from = codes.data() + at;
      if (range.kind == CodeKind::Integer)
        dequantizeSpan(from, values.data() + at, blockCols, params.scales[block], params.getZeroPoint(block));
      else
        std::transform(from, from + blockCols, values.data() + at,
                       [&](int8_t code) { return dequantizeValue(code, params.scales[block], 0, range); });
    }
  });
}

llvm::Expected<QuantizedMatrix> quantopt::roundMatrix(MatrixRef matrix, const BlockScheme &scheme, unsigned threads) {
  llvm::Expected<BlockParams> params = chooseParams(matrix, scheme, threads);
  if (!params)
    return params.takeError();
  QuantizedMatrix result;
  result.codes.resize(matrix.rows * matrix.cols);
  result.params = std::move(*params);
  quantizeMatrix(matrix, scheme.range, result.params, result.codes, threads);
  return result;
}
