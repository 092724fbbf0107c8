//===- MatrixProduct.cpp - Products of fragments in registers -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MatrixProduct.h"

#include "MatrixFragments.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/bit.h"
#include <cmath>

using namespace quantopt;
using namespace quantopt::ptx;
using Accumulator = MatrixProduct::Accumulator;

std::optional<MatrixShape> quantopt::ptx::parseMatrixShape(llvm::StringRef word) {
  MatrixShape shape;
  if (!word.consume_front("m") || word.consumeInteger(10, shape.m) || !word.consume_front("n") ||
      word.consumeInteger(10, shape.n) || !word.consume_front("k") || word.consumeInteger(10, shape.k) || !word.empty())
    return std::nullopt;
  return shape;
}

std::optional<MatrixType> quantopt::ptx::getMatrixType(Type type) {
  switch (type) {
  case Type::F16:
    return MatrixType::F16;
  case Type::BF16:
    return MatrixType::BF16;
  case Type::TF32:
    return MatrixType::TF32;
  case Type::E4M3:
    return MatrixType::E4M3;
  case Type::E5M2:
    return MatrixType::E5M2;
  case Type::S8:
    return MatrixType::S8;
  case Type::U8:
    return MatrixType::U8;
  case Type::S4:
    return MatrixType::S4;
  case Type::U4:
    return MatrixType::U4;
  default:
    return std::nullopt;
  }
}

std::optional<Accumulator> quantopt::ptx::getAccumulator(Type type) {
  switch (type) {
  case Type::F16:
    return Accumulator::F16;
  case Type::F32:
    return Accumulator::F32;
  case Type::S32:
    return Accumulator::S32;
  case Type::F64:
    return Accumulator::F64;
  default:
    return std::nullopt;
  }
}

unsigned quantopt::ptx::getNumAccumulatorRegisters(Accumulator accumulator, unsigned elements) {
  return accumulator == Accumulator::F16 ? elements / 2 : elements;
}

void quantopt::ptx::layOutFragment(unsigned rows, unsigned depthBytes, unsigned wordBytes, FragmentRegisters registers,
                                   uint8_t *bytes) {
  for (unsigned index = 0; index != registers.size(); ++index)
    for (unsigned lane = 0; lane != numLanes; ++lane) {
      MatrixPosition at = getFragmentA(rows, /*perRegister=*/1, lane, index, 0);
      std::memcpy(bytes + at.row * depthBytes + at.column * wordBytes,
                  reinterpret_cast<const uint8_t *>(registers[index]) + lane * wordBytes, wordBytes);
    }
}

//===----------------------------------------------------------------------===//
// Accumulators
//===----------------------------------------------------------------------===//

/// Calls `visit(element of the fragment, lane, element of the matrix)` for each accumulator.
template <typename Visit> static void forEachAccumulator(const MatrixProduct &product, Visit visit) {
  unsigned columns = product.columns(), perLane = product.rows * columns / numLanes;
  for (unsigned index = 0; index != perLane; ++index) {
    // The layout is a sum of a part of the element and one of the lane.
    MatrixPosition first = getFragmentC(product.rows, 0, index);
    for (unsigned lane = 0; lane != numLanes; ++lane)
      visit(index, lane, (first.row + lane / 4) * columns + first.column + lane % 4 * 2);
  }
}

static uint16_t getHalf(uint32_t word, unsigned index) { return uint16_t(word >> index % 2 * 16); }

static void setHalf(uint32_t &word, unsigned index, uint16_t half) {
  unsigned shift = index % 2 * 16;
  word = (word & ~(0xFFFFu << shift)) | uint32_t(half) << shift;
}

static void loadSums(const MatrixProduct &product, FragmentRegisters c, double *sums) {
  if (c.empty()) {
    std::fill_n(sums, product.rows * product.columns(), 0.0);
  } else if (product.c == Accumulator::F16) {
    forEachAccumulator(product, [&](unsigned index, unsigned lane, unsigned at) {
      sums[at] = decodeF16(getHalf(c[index / 2][lane], index));
    });
  } else {
    forEachAccumulator(
        product, [&](unsigned index, unsigned lane, unsigned at) { sums[at] = llvm::bit_cast<float>(c[index][lane]); });
  }
}

/// .satfinite of wmma: infinities become the largest finite values, NaN becomes 0.
static double saturate(double value, double limit) {
  return std::isnan(value) ? 0.0 : std::fmin(std::fmax(value, -limit), limit);
}

static void storeSums(const MatrixProduct &product, const double *sums, MutableFragmentRegisters d) {
  bool saturates = product.flags & MatrixProduct::Saturates;
  if (product.d == Accumulator::F16) {
    forEachAccumulator(product, [&](unsigned index, unsigned lane, unsigned at) {
      setHalf(d[index / 2][lane], index, roundToHalf(saturates ? saturate(sums[at], 65504.0) : sums[at]));
    });
    return;
  }
  constexpr double largest = 3.40282346638528859812e38;
  forEachAccumulator(product, [&](unsigned index, unsigned lane, unsigned at) {
    d[index][lane] = llvm::bit_cast<uint32_t>(roundToSingle(saturates ? saturate(sums[at], largest) : sums[at]));
  });
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

static constexpr unsigned maxColumns = 256, maxRows = 16, maxRowBytes = 32;

static void decodeRows(MatrixType type, const uint8_t *bytes, unsigned count, bool isNegated, float *values) {
  decodeMatrixElements(type, bytes, count, values);
  if (isNegated)
    for (unsigned i = 0; i != count; ++i)
      values[i] = -values[i];
}

static void multiplyFloats(const MatrixProduct &product, const uint8_t *a, const uint8_t *b, FragmentRegisters c,
                           MutableFragmentRegisters d) {
  // The narrowest float has 8 bits, so a row of 32 bytes has at most 32 elements.
  std::array<float, maxRows * maxRowBytes> aValues;
  std::array<float, maxColumns * maxRowBytes> bValues;
  std::array<double, maxRows * maxColumns> sums;
  TileShape shape{product.rows, product.columns(), product.depth()};
  decodeRows(product.a, a, shape.rows * shape.depth, product.flags & MatrixProduct::NegatesA, aValues.data());
  decodeRows(product.b, b, shape.columns * shape.depth, product.flags & MatrixProduct::NegatesB, bValues.data());
  loadSums(product, c, sums.data());
  addFloatProduct(shape, aValues.data(), bValues.data(), sums.data());
  storeSums(product, sums.data(), d);
}

static void storeIntegers(const MatrixProduct &product, const int32_t *products, FragmentRegisters c,
                          MutableFragmentRegisters d) {
  auto add = product.flags & MatrixProduct::Saturates ? addSaturated : addWrapped;
  forEachAccumulator(product, [&](unsigned index, unsigned lane, unsigned at) {
    d[index][lane] = uint32_t(add(c.empty() ? 0 : int32_t(c[index][lane]), products[at]));
  });
}

static void multiplyWhole(const MatrixProduct &product, const uint8_t *a, const uint8_t *b, FragmentRegisters c,
                          MutableFragmentRegisters d) {
  // Nibbles: twice the elements of a row, but only mma has them, with 8 columns.
  std::array<float, maxRows * maxRowBytes * 2> aValues;
  std::array<float, maxColumns * maxRowBytes> bValues;
  std::array<int32_t, maxRows * maxColumns> products;
  TileShape shape{product.rows, product.columns(), product.depth()};
  decodeRows(product.a, a, shape.rows * shape.depth, false, aValues.data());
  decodeRows(product.b, b, shape.columns * shape.depth, false, bValues.data());
  multiplyIntegers(shape, aValues.data(), bValues.data(), products.data());
  storeIntegers(product, products.data(), c, d);
}

static void multiplyBits(const MatrixProduct &product, const uint8_t *a, const uint8_t *b, FragmentRegisters c,
                         MutableFragmentRegisters d) {
  std::array<int32_t, maxRows * maxColumns> products;
  bool isAnd = product.kind == MatrixProduct::Kind::AndPopc;
  unsigned columns = product.columns();
  for (unsigned at = 0; at != product.rows * columns; ++at) {
    const uint8_t *x = a + at / columns * product.depthBytes, *y = b + at % columns * product.depthBytes;
    int32_t count = 0;
    for (unsigned byte = 0; byte != product.depthBytes; ++byte)
      count += llvm::popcount(uint8_t(isAnd ? x[byte] & y[byte] : x[byte] ^ y[byte]));
    products[at] = count;
  }
  storeIntegers(product, products.data(), c, d);
}

static double loadDouble(const void *from) {
  double value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}

/// A chain of fused multiply-adds, as the ISA says of .f64.
static void multiplyDoubles(const MatrixProduct &product, const uint8_t *a, const uint8_t *b, FragmentRegisters c,
                            MutableFragmentRegisters d) {
  unsigned columns = product.columns();
  std::array<double, 16 * 8> sums;
  forEachAccumulator(product, [&](unsigned index, unsigned lane, unsigned at) {
    sums[at] = c.empty() ? 0.0 : loadDouble(c[index] + 2 * lane);
  });
  for (unsigned at = 0; at != product.rows * columns; ++at)
    for (unsigned byte = 0; byte != product.depthBytes; byte += sizeof(double))
      sums[at] = std::fma(loadDouble(a + at / columns * product.depthBytes + byte),
                          loadDouble(b + at % columns * product.depthBytes + byte), sums[at]);
  forEachAccumulator(product, [&](unsigned index, unsigned lane, unsigned at) {
    std::memcpy(d[index] + 2 * lane, &sums[at], sizeof(double));
  });
}

void quantopt::ptx::multiplyFragments(const MatrixProduct &product, const uint8_t *a, const uint8_t *b,
                                      FragmentRegisters c, MutableFragmentRegisters d) {
  switch (product.kind) {
  case MatrixProduct::Kind::Float:
    return multiplyFloats(product, a, b, c, d);
  case MatrixProduct::Kind::Integer:
    return multiplyWhole(product, a, b, c, d);
  case MatrixProduct::Kind::XorPopc:
  case MatrixProduct::Kind::AndPopc:
    return multiplyBits(product, a, b, c, d);
  case MatrixProduct::Kind::Double:
    return multiplyDoubles(product, a, b, c, d);
  }
}
