//===- Storage.h - Traits of storage kinds and shapes ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_STORAGE_H
#define QUANTOPT_LIB_CHECKPOINT_STORAGE_H

#include "quant-opt/Checkpoint/WeightStore.h"
#include <optional>

namespace quantopt {

/// The inverse of stringifyStorage.
std::optional<Storage> symbolizeStorage(llvm::StringRef name);
/// True for the storages that safetensors has a dtype for.
bool isSafetensorsDtype(Storage storage);
bool isGgmlBlock(Storage storage);
/// Bits of a code of a packed storage; 0 for all others.
unsigned getPackedBits(Storage storage);
bool isFloatKind(ElementKind kind);

/// Product of the dimensions; none if one is negative or the product leaves int64_t.
std::optional<uint64_t> countElements(llvm::ArrayRef<int64_t> shape);
/// "[2,3]"
std::string stringifyShape(llvm::ArrayRef<int64_t> shape);

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_STORAGE_H
