//===- TileMultiply.cpp - Arithmetic of the tensor cores ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compiled with contraction to FMA: every product here is exact, so a fused
// step gives the bits of two.
//
//===----------------------------------------------------------------------===//

#include "TileMultiply.h"

#include "quant-opt/Numerics/Codecs.h"
#include "quant-opt/Numerics/Vectorize.h"
#include "llvm/ADT/bit.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

using namespace quantopt;
using namespace quantopt::ptx;

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

unsigned quantopt::ptx::getMatrixTypeBits(MatrixType type) {
  switch (type) {
  case MatrixType::TF32:
    return 32;
  case MatrixType::F16:
  case MatrixType::BF16:
    return 16;
  case MatrixType::S4:
  case MatrixType::U4:
    return 4;
  default:
    return 8;
  }
}

static llvm::ArrayRef<uint16_t> asHalves(const uint8_t *bytes, size_t count, std::array<uint16_t, 64> &buffer) {
  std::memcpy(buffer.data(), bytes, count * 2);
  return llvm::ArrayRef<uint16_t>(buffer.data(), count);
}

static void decodeHalves(MatrixType type, const uint8_t *bytes, size_t count, float *values) {
  std::array<uint16_t, 64> buffer;
  for (size_t at = 0; at < count; at += buffer.size()) {
    size_t size = std::min(buffer.size(), count - at);
    llvm::MutableArrayRef<float> to(values + at, size);
    if (type == MatrixType::F16)
      decodeF16(asHalves(bytes + at * 2, size, buffer), to);
    else
      decodeBF16(asHalves(bytes + at * 2, size, buffer), to);
  }
}

static void decodeNibbles(bool isSigned, const uint8_t *bytes, size_t count, float *values) {
  for (size_t i = 0; i != count; ++i) {
    int code = bytes[i / 2] >> i % 2 * 4 & 15;
    values[i] = float(isSigned ? (code ^ 8) - 8 : code);
  }
}

void quantopt::ptx::decodeMatrixElements(MatrixType type, const uint8_t *bytes, size_t count, float *values) {
  llvm::ArrayRef<uint8_t> codes(bytes, count);
  llvm::MutableArrayRef<float> to(values, count);
  switch (type) {
  case MatrixType::F16:
  case MatrixType::BF16:
    return decodeHalves(type, bytes, count, values);
  case MatrixType::TF32:
    for (size_t i = 0; i != count; ++i) {
      uint32_t word;
      std::memcpy(&word, bytes + 4 * i, 4);
      values[i] = llvm::bit_cast<float>(word & 0xFFFFE000);
    }
    return;
  case MatrixType::E4M3:
    return decodeF8E4M3(codes, to);
  case MatrixType::E5M2:
    return decodeF8E5M2(codes, to);
  case MatrixType::S8:
    for (size_t i = 0; i != count; ++i)
      values[i] = float(int8_t(bytes[i]));
    return;
  case MatrixType::U8:
    for (size_t i = 0; i != count; ++i)
      values[i] = float(bytes[i]);
    return;
  case MatrixType::S4:
  case MatrixType::U4:
    return decodeNibbles(type == MatrixType::S4, bytes, count, values);
  }
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

namespace {
constexpr unsigned panelColumns = 8, blockRows = 4, maxDepth = 64;

/// Eight columns of B, turned: [depth][8].
template <typename T> using Panel = std::array<T, maxDepth * panelColumns>;

template <typename T>
__attribute__((always_inline)) inline void turnPanel(const float *b, unsigned depth, Panel<T> &panel) {
  for (unsigned column = 0; column != panelColumns; ++column)
    for (unsigned k = 0; k != depth; ++k)
      panel[k * panelColumns + column] = T(b[column * depth + k]);
}

/// Four rows of A by a panel; the 32 sums stay in registers.
template <typename T>
__attribute__((always_inline)) inline void addBlock(const float *a, unsigned depth, const Panel<T> &panel, T *sums,
                                                    unsigned columns) {
  T sum[blockRows][panelColumns];
  for (unsigned row = 0; row != blockRows; ++row)
    for (unsigned column = 0; column != panelColumns; ++column)
      sum[row][column] = sums[row * columns + column];
  for (unsigned k = 0; k != depth; ++k)
    for (unsigned row = 0; row != blockRows; ++row)
      for (unsigned column = 0; column != panelColumns; ++column)
        sum[row][column] += T(a[row * depth + k]) * panel[k * panelColumns + column];
  for (unsigned row = 0; row != blockRows; ++row)
    for (unsigned column = 0; column != panelColumns; ++column)
      sums[row * columns + column] = sum[row][column];
}

template <typename T>
__attribute__((always_inline)) inline void addProduct(TileShape shape, const float *a, const float *b, T *sums) {
  Panel<T> panel;
  for (unsigned column = 0; column != shape.columns; column += panelColumns) {
    turnPanel(b + column * shape.depth, shape.depth, panel);
    for (unsigned row = 0; row != shape.rows; row += blockRows)
      addBlock(a + row * shape.depth, shape.depth, panel, sums + row * shape.columns + column, shape.columns);
  }
}

} // namespace

// Function versions and templates do not mix, so each type has its instance here.
QUANTOPT_VECTORIZED static void addDoubles(TileShape shape, const float *a, const float *b, double *sums) {
  addProduct<double>(shape, a, b, sums);
}

QUANTOPT_VECTORIZED static void addSingles(TileShape shape, const float *a, const float *b, float *sums) {
  addProduct<float>(shape, a, b, sums);
}

void quantopt::ptx::addFloatProduct(TileShape shape, const float *a, const float *b, double *sums) {
  addDoubles(shape, a, b, sums);
}

void quantopt::ptx::multiplyIntegers(TileShape shape, const float *a, const float *b, int32_t *products) {
  // A panel at a time, so that the single-precision sums need no buffer of the whole tile.
  std::array<float, 64 * panelColumns> sums;
  for (unsigned column = 0; column != shape.columns; column += panelColumns) {
    sums.fill(0);
    addSingles({shape.rows, panelColumns, shape.depth}, a, b + column * shape.depth, sums.data());
    for (unsigned row = 0; row != shape.rows; ++row)
      for (unsigned i = 0; i != panelColumns; ++i)
        products[row * shape.columns + column + i] = int32_t(sums[row * panelColumns + i]);
  }
}

//===----------------------------------------------------------------------===//
// Accumulators
//===----------------------------------------------------------------------===//

float quantopt::ptx::roundToSingle(double value) {
  float rounded = float(value);
  return std::isnan(value) ? llvm::bit_cast<float>(0x7FFFFFFFu) : rounded;
}

/// The float next to `value` toward zero, its last bit set if bits were lost: rounding that to a shorter format rounds
/// once (rounding to odd).
static float roundToOdd(double value) {
  float rounded = float(value);
  uint32_t bits = llvm::bit_cast<uint32_t>(rounded);
  if (double(rounded) == value)
    return rounded;
  if (std::fabs(double(rounded)) > std::fabs(value))
    --bits;
  return llvm::bit_cast<float>(bits | 1);
}

uint16_t quantopt::ptx::roundToHalf(double value) {
  return std::isnan(value) ? uint16_t(0x7FFF) : encodeF16(roundToOdd(value));
}

int32_t quantopt::ptx::addWrapped(int32_t accumulator, int32_t product) {
  return int32_t(uint32_t(accumulator) + uint32_t(product));
}

int32_t quantopt::ptx::addSaturated(int32_t accumulator, int32_t product) {
  return int32_t(std::clamp<int64_t>(int64_t(accumulator) + product, INT32_MIN, INT32_MAX));
}
