//===- Convert.cpp - Stored bytes to elements and back --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Convert.h"
#include "Storage.h"
#include <cstring>

using namespace llvm;
using namespace quantopt;

bool quantopt::isStoredAs(Storage storage, ElementKind kind) {
  return isSafetensorsDtype(storage) && getNaturalKind(storage) == kind;
}

bool quantopt::canDecode(Storage storage, ElementKind kind) {
  ElementKind natural = getNaturalKind(storage);
  return natural == kind;
}

static void unpackI4Row(const char *source, int64_t count, char *target) {
  for (int64_t i = 0; i + 1 < count; i += 2) {
    uint8_t byte = uint8_t(source[i / 2]);
    target[i] = char(((byte & 15) ^ 8) - 8);
    target[i + 1] = char(((byte >> 4) ^ 8) - 8);
  }
  if (count % 2)
    target[count - 1] = char(((source[count / 2] & 15) ^ 8) - 8);
}

static void unpackI4(const char *source, int64_t count, int64_t rowLength, char *target) {
  if (rowLength % 2 == 0)
    return unpackI4Row(source, count, target);
  for (int64_t row = 0; row * rowLength < count; ++row)
    unpackI4Row(source + row * ((rowLength + 1) / 2), rowLength, target + row * rowLength);
}

bool quantopt::packI4(ArrayRef<char> elements, int64_t rowLength, char *target) {
  bool inRange = true;
  for (; !elements.empty(); elements = elements.drop_front(rowLength)) {
    for (int64_t i = 0; i < rowLength; i += 2) {
      int low = int8_t(elements[i]), high = i + 1 < rowLength ? int8_t(elements[i + 1]) : 0;
      inRange &= low >= -8 && low <= 7 && high >= -8 && high <= 7;
      *target++ = char((low & 15) | (high & 15) << 4);
    }
  }
  return inRange;
}

void quantopt::decodeElements(Storage storage, const char *source, int64_t count, int64_t rowLength, ElementKind kind,
                              char *target) {
  if (isStoredAs(storage, kind)) {
    std::memcpy(target, source, size_t(count) * getElementSize(kind));
    return;
  }
  if (storage == Storage::I4Packed)
    return unpackI4(source, count, rowLength, target);
  llvm_unreachable("checked by canDecode");
}
