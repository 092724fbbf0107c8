//===- Convert.h - Stored bytes to elements ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECKPOINT_CONVERT_H
#define QUANTOPT_CHECKPOINT_CONVERT_H

#include "quant-opt/Checkpoint/WeightStore.h"

namespace quantopt {

/// True when decodeElements can turn `storage` into `kind`: floats into any float kind, integers into their own only.
bool canDecode(Storage storage, ElementKind kind);

/// True when elements of `kind` lie in memory exactly as `storage` stores them.
bool isStoredAs(Storage storage, ElementKind kind);

/// Decodes `count` elements that start on a byte, in rows of `rowLength` (packed rows start on a byte each; block
/// formats need whole blocks), into `kind`; canDecode must hold. A narrower float is rounded once, to nearest even;
/// 8-bit floats saturate (rule N6). `source` may be unaligned, `target` may not.
void decodeElements(Storage storage, const char *source, int64_t count, int64_t rowLength, ElementKind kind,
                    char *target);

} // namespace quantopt

#endif // QUANTOPT_CHECKPOINT_CONVERT_H
