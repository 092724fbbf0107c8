//===- Convert.h - Stored bytes to elements and back -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_CONVERT_H
#define QUANTOPT_LIB_CHECKPOINT_CONVERT_H

#include "quant-opt/Checkpoint/WeightStore.h"

namespace quantopt {

/// True when decodeRow can turn `storage` into `kind`: floats into any float kind, integers into their own kind only.
bool canDecode(Storage storage, ElementKind kind);

/// True when elements of `kind` lie in memory exactly as `storage` stores them.
bool isStoredAs(Storage storage, ElementKind kind);

/// Decodes `count` elements that start on a byte, in rows of `rowLength` (packed rows start on a byte each; block
/// formats need whole blocks), into `kind`; canDecode must hold.
void decodeElements(Storage storage, const char *source, int64_t count, int64_t rowLength, ElementKind kind,
                    char *target);

/// Packs `count` int4 values (one int8 each) in rows of `rowLength`: (rowLength + 1) / 2 bytes a row, low nibble first,
/// the last high nibble of an odd row 0. False if a value leaves -8..7.
bool packI4(llvm::ArrayRef<char> elements, int64_t rowLength, char *target);

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_CONVERT_H
