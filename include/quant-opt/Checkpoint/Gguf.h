//===- Gguf.h - The GGUF container -------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Typed metadata and a tensor list over a mapped file, versions 2 and 3
// (ggml-org/ggml: docs/gguf.md). Arrays are decoded when they are asked for, so
// opening a file costs one walk over its header.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECKPOINT_GGUF_H
#define QUANTOPT_CHECKPOINT_GGUF_H

#include "quant-opt/Checkpoint/WeightStore.h"
#include "llvm/ADT/StringMap.h"
#include <optional>

namespace quantopt {

struct GgufTensor {
  std::string name;
  llvm::SmallVector<int64_t> shape; ///< row-major, the reverse of the file's order: [out, in] of a linear layer
  Storage storage;
  llvm::ArrayRef<char> bytes; ///< as stored
};

/// The number of a tensor type in files; empty for a storage that GGUF has no number for.
std::optional<uint32_t> getGgufType(Storage storage);

class GgufFile {
public:
  /// Maps `path`. Errors name the file, the rule and the remedy.
  static llvm::Expected<std::shared_ptr<const GgufFile>> open(llvm::StringRef path);
  /// Reads `bytes`, which `owner` keeps alive; `fileName` is for the errors.
  static llvm::Expected<std::shared_ptr<const GgufFile>>
  parse(llvm::ArrayRef<char> bytes, std::shared_ptr<const void> owner, llvm::StringRef fileName);

  /// Metadata keys in the order of the file.
  llvm::ArrayRef<std::string> getKeys() const { return keys; }
  bool hasKey(llvm::StringRef key) const { return values.count(key); }

  // Each is empty when the key is absent or of another type. Integers are of any width or signedness (a u64 beyond
  // int64_t counts as another type), floats of either width.
  std::optional<llvm::StringRef> getString(llvm::StringRef key) const;
  std::optional<int64_t> getInteger(llvm::StringRef key) const;
  std::optional<double> getFloat(llvm::StringRef key) const;
  std::optional<bool> getBool(llvm::StringRef key) const;
  /// The strings point into the file and live as long as this object.
  std::optional<std::vector<llvm::StringRef>> getStrings(llvm::StringRef key) const;
  /// Integers, or bools as 0 and 1.
  std::optional<std::vector<int64_t>> getIntegers(llvm::StringRef key) const;
  std::optional<std::vector<double>> getFloats(llvm::StringRef key) const;

  llvm::ArrayRef<GgufTensor> getTensors() const { return tensors; } ///< in the order of the file
  /// The metadata as it lies in the file: getKeys().size() entries.
  llvm::ArrayRef<char> getMetadata() const { return metadata; }
  /// Where in getMetadata() the value of a 32-bit integer lies; empty for another type.
  std::optional<size_t> getMetadataOffset32(llvm::StringRef key) const;
  /// The bytes before the tensor data.
  llvm::ArrayRef<char> getHeader() const { return header; }
  const std::shared_ptr<const void> &getOwner() const { return owner; }

private:
  friend class GgufParser;
  /// A value as it lies in the file; checked to lie inside it.
  struct Value {
    uint32_t type = 0; ///< of the value, or of the elements of an array
    bool isArray = false;
    uint64_t count = 1; ///< elements of an array
    const char *data = nullptr;
  };
  const Value *lookup(llvm::StringRef key, bool isArray) const;

  std::vector<std::string> keys;
  llvm::StringMap<Value> values;
  std::vector<GgufTensor> tensors;
  llvm::ArrayRef<char> header, metadata;
  std::shared_ptr<const void> owner;
};

} // namespace quantopt

#endif // QUANTOPT_CHECKPOINT_GGUF_H
