//===- Storage.cpp - Sizes and names of storage kinds ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Storage.h"

using namespace llvm;
using namespace quantopt;

namespace {
struct StorageTraits {
  Storage storage;
  StringLiteral name; ///< the safetensors dtype of plain storages, the codec name of the others
  ElementKind natural;
  unsigned blockElements; ///< elements that are stored together
  unsigned blockBytes;
};
} // namespace

// Indexed by Storage; the static_asserts below hold it to that order.
static constexpr StorageTraits kStorages[] = {
    {Storage::F64, "F64", ElementKind::F64, 1, 8},
    {Storage::F32, "F32", ElementKind::F32, 1, 4},
    {Storage::F16, "F16", ElementKind::F16, 1, 2},
    {Storage::BF16, "BF16", ElementKind::BF16, 1, 2},
    {Storage::F8E4M3, "F8_E4M3", ElementKind::F8E4M3, 1, 1},
    {Storage::F8E5M2, "F8_E5M2", ElementKind::F8E5M2, 1, 1},
    {Storage::I64, "I64", ElementKind::I64, 1, 8},
    {Storage::I32, "I32", ElementKind::I32, 1, 4},
    {Storage::I16, "I16", ElementKind::I16, 1, 2},
    {Storage::I8, "I8", ElementKind::I8, 1, 1},
    {Storage::U8, "U8", ElementKind::U8, 1, 1},
    {Storage::Bool, "BOOL", ElementKind::Bool, 1, 1},
    {Storage::GgmlQ4_0, "Q4_0", ElementKind::F32, 32, 18},
    {Storage::GgmlQ4_1, "Q4_1", ElementKind::F32, 32, 20},
    {Storage::GgmlQ5_0, "Q5_0", ElementKind::F32, 32, 22},
    {Storage::GgmlQ5_1, "Q5_1", ElementKind::F32, 32, 24},
    {Storage::GgmlQ8_0, "Q8_0", ElementKind::F32, 32, 34},
    {Storage::GgmlQ4_K, "Q4_K", ElementKind::F32, 256, 144},
    {Storage::GgmlQ5_K, "Q5_K", ElementKind::F32, 256, 176},
    {Storage::GgmlQ6_K, "Q6_K", ElementKind::F32, 256, 210},
    {Storage::I4Packed, "I4", ElementKind::I4, 2, 1},
    {Storage::I2Packed, "I2", ElementKind::I4, 4, 1},
    {Storage::I3Packed, "I3", ElementKind::I4, 8, 3},
};
static constexpr size_t kNumStorages = sizeof(kStorages) / sizeof(kStorages[0]);

static constexpr bool isIndexedByStorage() {
  for (size_t i = 0; i < kNumStorages; ++i)
    if (size_t(kStorages[i].storage) != i)
      return false;
  return kNumStorages == size_t(Storage::I3Packed) + 1;
}
static_assert(isIndexedByStorage(), "kStorages must list every Storage in order");

size_t quantopt::getElementSize(ElementKind kind) {
  switch (kind) {
  case ElementKind::F64:
  case ElementKind::I64:
    return 8;
  case ElementKind::F32:
  case ElementKind::I32:
    return 4;
  case ElementKind::F16:
  case ElementKind::BF16:
  case ElementKind::I16:
    return 2;
  case ElementKind::F8E4M3:
  case ElementKind::F8E5M2:
  case ElementKind::I8:
  case ElementKind::I4:
  case ElementKind::U8:
  case ElementKind::Bool:
    return 1;
  }
  llvm_unreachable("unknown element kind");
}

ElementKind quantopt::getNaturalKind(Storage storage) { return kStorages[size_t(storage)].natural; }

StringRef quantopt::stringifyStorage(Storage storage) { return kStorages[size_t(storage)].name; }

StringRef quantopt::stringifyKind(ElementKind kind) {
  for (const StorageTraits &traits : kStorages)
    if (traits.natural == kind)
      return traits.name;
  llvm_unreachable("every element kind is natural to a storage");
}

std::optional<Storage> quantopt::symbolizeStorage(StringRef name) {
  for (const StorageTraits &traits : kStorages)
    if (traits.name == name)
      return traits.storage;
  return std::nullopt;
}

bool quantopt::isSafetensorsDtype(Storage storage) { return storage < Storage::GgmlQ4_0; }

bool quantopt::isGgmlBlock(Storage storage) { return storage >= Storage::GgmlQ4_0 && storage < Storage::I4Packed; }

unsigned quantopt::getPackedBits(Storage storage) {
  const StorageTraits &traits = kStorages[size_t(storage)];
  return storage >= Storage::I4Packed ? traits.blockBytes * 8 / traits.blockElements : 0;
}

bool quantopt::isFloatKind(ElementKind kind) { return kind <= ElementKind::F8E5M2; }

std::optional<uint64_t> quantopt::countElements(ArrayRef<int64_t> shape) {
  uint64_t count = 1;
  for (int64_t dim : shape) {
    if (dim < 0 || __builtin_mul_overflow(count, uint64_t(dim), &count))
      return std::nullopt;
  }
  if (count > uint64_t(INT64_MAX))
    return std::nullopt;
  return count;
}

std::string quantopt::stringifyShape(ArrayRef<int64_t> shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i)
    text += (i ? "," : "") + std::to_string(shape[i]);
  return text + "]";
}

Expected<uint64_t> quantopt::getStorageSize(Storage storage, ArrayRef<int64_t> shape) {
  const StorageTraits &traits = kStorages[size_t(storage)];
  std::optional<uint64_t> count = countElements(shape);
  uint64_t bytes;
  if (!count || __builtin_mul_overflow(*count, uint64_t(traits.blockBytes), &bytes))
    return createStringError("shape " + stringifyShape(shape) + " is negative or too large to address");
  if (traits.blockElements == 1)
    return bytes;
  uint64_t rowLength = shape.empty() ? 1 : uint64_t(shape.back());
  if (isGgmlBlock(storage) && rowLength % traits.blockElements != 0)
    return createStringError(Twine(traits.name) + " stores blocks of " + Twine(traits.blockElements) +
                             " elements, which do not divide the last dimension of " + stringifyShape(shape));
  if (*count == 0)
    return 0;
  uint64_t blocksPerRow = (rowLength + traits.blockElements - 1) / traits.blockElements;
  return *count / rowLength * blocksPerRow * traits.blockBytes;
}
