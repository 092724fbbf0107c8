//===- PrintArray.cpp - Arrays as text ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Launch/RunKernel.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace llvm;
using namespace quantopt;

/// The fewest significant digits that read back as `value`.
static void printFloat(raw_ostream &stream, double value, bool isDouble) {
  char text[40];
  for (int digits = 6; digits <= 17; ++digits) {
    std::snprintf(text, sizeof(text), "%.*g", digits, value);
    if (isDouble ? std::strtod(text, nullptr) == value : std::strtof(text, nullptr) == float(value))
      break;
  }
  stream << (std::isnan(value) ? "nan" : text);
}

static void printElement(raw_ostream &stream, const LaunchType &type, uint64_t bits) {
  if (type.kind == LaunchType::Class::Unsigned) {
    stream << bits;
  } else if (type.kind == LaunchType::Class::Signed) {
    stream << SignExtend64(bits, type.bits);
  } else if (type.bits == 64) {
    printFloat(stream, bit_cast<double>(bits), true);
  } else {
    float value = type.bits == 32       ? bit_cast<float>(uint32_t(bits))
                  : type.name == "f16"  ? decodeF16(uint16_t(bits))
                  : type.name == "bf16" ? decodeBF16(uint16_t(bits))
                  : type.name == "e4m3" ? decodeF8E4M3(uint8_t(bits))
                                        : decodeF8E5M2(uint8_t(bits));
    printFloat(stream, value, false);
  }
}

/// Element `index` of an array; of two in a byte the first is the low one.
static uint64_t getElement(const NumpyArray &array, const LaunchType &type, uint64_t index) {
  const char *data = array.data.getBytes().data();
  if (type.bits == 4)
    return (uint8_t(data[index / 2]) >> (index % 2 * 4)) & 15;
  uint64_t bits = 0;
  std::memcpy(&bits, data + index * (type.bits / 8), type.bits / 8);
  return bits;
}

static void printNested(raw_ostream &stream, const NumpyArray &array, const LaunchType &type, ArrayRef<int64_t> shape,
                        uint64_t &next) {
  if (shape.empty())
    return printElement(stream, type, getElement(array, type, next++));
  stream << "[";
  for (int64_t i = 0; i < shape.front(); ++i) {
    stream << (i ? ", " : "");
    printNested(stream, array, type, shape.drop_front(), next);
  }
  stream << "]";
}

void quantopt::printArray(raw_ostream &stream, const NumpyArray &array, const LaunchType &type) {
  SmallVector<int64_t> shape(array.shape);
  if (type.bits == 4 && !shape.empty())
    shape.back() *= 2; // the array holds bytes
  stream << array.name << " = " << type.name << " [";
  interleaveComma(shape, stream);
  stream << "] ";
  uint64_t next = 0;
  printNested(stream, array, type, shape, next);
  stream << "\n";
}
