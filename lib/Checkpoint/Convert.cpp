//===- Convert.cpp - Stored bytes to elements -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/Convert.h"
#include "GgmlBlocks.h"
#include "Storage.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/ADT/bit.h"
#include <cmath>
#include <cstring>

using namespace llvm;
using namespace quantopt;

/// Elements that are converted through a buffer on the stack: whole blocks of every block format.
static constexpr int64_t kChunk = 2048;

bool quantopt::isStoredAs(Storage storage, ElementKind kind) {
  return isSafetensorsDtype(storage) && getNaturalKind(storage) == kind;
}

bool quantopt::canDecode(Storage storage, ElementKind kind) {
  ElementKind natural = getNaturalKind(storage);
  return natural == kind || (isFloatKind(natural) && isFloatKind(kind));
}

/// `value` as the float32 from which rounding to a much narrower format gives what rounding `value` itself would
/// (Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums", 2008): inexact values become odd.
static float roundToOdd(double value) {
  float rounded = float(value);
  if (double(rounded) == value || std::isnan(value))
    return rounded;
  uint32_t bits = bit_cast<uint32_t>(rounded);
  if (std::fabs(double(rounded)) > std::fabs(value))
    --bits;
  return bit_cast<float>(bits | 1);
}

/// Reads elements of an unaligned source. `isOdd` picks the rounding of F64.
static void decodeToF32(Storage storage, const char *source, int64_t count, float *target, bool isOdd) {
  MutableArrayRef<float> values(target, size_t(count));
  ArrayRef<uint8_t> codes(reinterpret_cast<const uint8_t *>(source), size_t(count));
  switch (storage) {
  case Storage::F32:
    std::memcpy(target, source, size_t(count) * sizeof(float));
    return;
  case Storage::F8E4M3:
    return decodeF8E4M3(codes, values);
  case Storage::F8E5M2:
    return decodeF8E5M2(codes, values);
  case Storage::F16:
  case Storage::BF16:
  case Storage::F64:
    break;
  default:
    return decodeGgmlBlocks(storage, source, count, target);
  }
  size_t size = storage == Storage::F64 ? 8 : 2;
  for (int64_t start = 0; start < count; start += kChunk) {
    size_t length = size_t(std::min(kChunk, count - start));
    alignas(64) char aligned[kChunk * 8];
    std::memcpy(aligned, source + start * int64_t(size), length * size);
    MutableArrayRef<float> chunk = values.slice(size_t(start), length);
    if (storage == Storage::F64) {
      for (size_t i = 0; i < length; ++i) {
        double value = reinterpret_cast<const double *>(aligned)[i];
        chunk[i] = isOdd ? roundToOdd(value) : float(value);
      }
      continue;
    }
    ArrayRef<uint16_t> halves(reinterpret_cast<const uint16_t *>(aligned), length);
    storage == Storage::F16 ? decodeF16(halves, chunk) : decodeBF16(halves, chunk);
  }
}

static void encodeFromF32(ArrayRef<float> values, ElementKind kind, char *target) {
  MutableArrayRef<uint16_t> halves(reinterpret_cast<uint16_t *>(target), values.size());
  MutableArrayRef<uint8_t> bytes(reinterpret_cast<uint8_t *>(target), values.size());
  switch (kind) {
  case ElementKind::F64:
    for (size_t i = 0; i < values.size(); ++i)
      reinterpret_cast<double *>(target)[i] = values[i];
    return;
  case ElementKind::F16:
    return encodeF16(values, halves);
  case ElementKind::BF16:
    return encodeBF16(values, halves);
  case ElementKind::F8E4M3:
    return encodeF8E4M3(values, bytes);
  case ElementKind::F8E5M2:
    return encodeF8E5M2(values, bytes);
  default:
    llvm_unreachable("not narrower than float32");
  }
}

void quantopt::decodeElements(Storage storage, const char *source, int64_t count, int64_t rowLength, ElementKind kind,
                              char *target) {
  if (count == 0)
    return;
  if (isStoredAs(storage, kind)) {
    std::memcpy(target, source, size_t(count) * getElementSize(kind));
    return;
  }
  if (unsigned bits = getPackedBits(storage)) {
    int64_t rows = count / rowLength;
    ArrayRef<uint8_t> packed(reinterpret_cast<const uint8_t *>(source),
                             size_t(rows * getPackedRowBytes(rowLength, bits)));
    MutableArrayRef<int8_t> values(reinterpret_cast<int8_t *>(target), size_t(count));
    return bits == 4 ? unpackI4(packed, rows, rowLength, values) : unpackCodes(packed, rows, rowLength, bits, values);
  }
  if (kind == ElementKind::F32)
    return decodeToF32(storage, source, count, reinterpret_cast<float *>(target), /*isOdd=*/false);
  for (int64_t start = 0; start < count; start += kChunk) {
    int64_t length = std::min(kChunk, count - start);
    float values[kChunk];
    const char *chunk = source + cantFail(getStorageSize(storage, {start}));
    decodeToF32(storage, chunk, length, values, /*isOdd=*/true);
    encodeFromF32({values, size_t(length)}, kind, target + size_t(start) * getElementSize(kind));
  }
}
