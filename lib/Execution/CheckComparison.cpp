//===- CheckComparison.cpp - What check operations compute ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Effects.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>
#include <cstring>

using namespace quantopt;
using namespace quantopt::execution;

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

static bool isFloat(ElementKind kind) {
  return kind <= ElementKind::F8E5M2; // floats come first
}
static_assert(ElementKind::F8E5M2 < ElementKind::I64 && ElementKind::F64 < ElementKind::F8E5M2, "order of kinds");

static double toDouble(ElementKind kind, uint64_t bits) {
  switch (kind) {
  case ElementKind::F64:
    return llvm::bit_cast<double>(bits);
  case ElementKind::F32:
    return llvm::bit_cast<float>(uint32_t(bits));
  case ElementKind::F16:
    return decodeF16(uint16_t(bits));
  case ElementKind::BF16:
    return decodeBF16(uint16_t(bits));
  case ElementKind::F8E4M3:
    return decodeF8E4M3(uint8_t(bits));
  case ElementKind::F8E5M2:
    return decodeF8E5M2(uint8_t(bits));
  default:
    return 0;
  }
}

static void printElement(llvm::raw_ostream &stream, ElementKind kind, uint64_t bits) {
  if (isFloat(kind))
    stream << llvm::format(kind == ElementKind::F64 ? "%.17g" : "%.9g", toDouble(kind, bits));
  else if (kind == ElementKind::U8 || kind == ElementKind::Bool)
    stream << bits;
  else
    stream << llvm::SignExtend64(bits, 8 * getElementSize(kind));
}

/// Whether the check holds for one element.
static bool holds(const Check &check, uint64_t actual, uint64_t expected) {
  if (check.isBits)
    return actual == expected;
  double a = toDouble(check.kind, actual), e = toDouble(check.kind, expected);
  if (std::isnan(a) || std::isnan(e))
    return std::isnan(a) && std::isnan(e);
  if (std::isinf(a) || std::isinf(e))
    return a == e;
  return std::abs(a - e) <= check.atol + check.rtol * std::abs(e);
}

static void describe(llvm::raw_ostream &stream, const Check &check, uint64_t actual, uint64_t expected) {
  stream << "got ";
  printElement(stream, check.kind, actual);
  if (check.isBits)
    stream << " (" << llvm::format_hex(actual, 2 + 2 * getElementSize(check.kind)) << ")";
  stream << ", expected ";
  printElement(stream, check.kind, expected);
  if (check.isBits) {
    stream << " (" << llvm::format_hex(expected, 2 + 2 * getElementSize(check.kind)) << ")";
    return;
  }
  double a = toDouble(check.kind, actual), e = toDouble(check.kind, expected);
  if (std::isfinite(a) && std::isfinite(e))
    stream << ", off by " << llvm::format("%.9g", std::abs(a - e)) << " where "
           << llvm::format("%.9g", check.atol + check.rtol * std::abs(e)) << " is allowed";
}

//===----------------------------------------------------------------------===//
// Buffers
//===----------------------------------------------------------------------===//

/// Bits of the element at `index`.
static uint64_t load(const StridedBuffer &buffer, llvm::ArrayRef<int64_t> index, ElementKind kind) {
  const char *address = buffer.data;
  for (auto [i, stride] : llvm::zip(index, buffer.strides))
    address += i * stride;
  uint64_t bits = 0;
  std::memcpy(&bits, address, getElementSize(kind));
  return kind == ElementKind::Bool ? bits & 1 : bits;
}

/// Steps to the next index in row-major order; false after the last one.
static bool advance(llvm::MutableArrayRef<int64_t> index, llvm::ArrayRef<int64_t> shape) {
  for (size_t dim = shape.size(); dim-- > 0;) {
    if (++index[dim] < shape[dim])
      return true;
    index[dim] = 0;
  }
  return false;
}

static void printList(llvm::raw_ostream &stream, llvm::ArrayRef<int64_t> numbers) {
  stream << "[";
  llvm::interleaveComma(numbers, stream);
  stream << "]";
}

std::string execution::compare(const Check &check, const StridedBuffer &actual, const StridedBuffer &expected) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  if (actual.shape != expected.shape) {
    stream << "got shape ";
    printList(stream, actual.shape);
    stream << ", expected ";
    printList(stream, expected.shape);
    return text;
  }
  if (llvm::is_contained(actual.shape, 0))
    return text;
  llvm::SmallVector<int64_t> index(actual.shape.size(), 0);
  int64_t total = 0, differing = 0;
  do {
    uint64_t a = load(actual, index, check.kind), e = load(expected, index, check.kind);
    ++total;
    if (holds(check, a, e) || differing++ > 0)
      continue;
    stream << "element ";
    printList(stream, index);
    stream << ": ";
    describe(stream, check, a, e);
  } while (advance(index, actual.shape));
  if (differing)
    stream << "; " << differing << " of " << total << " elements differ";
  return text;
}
