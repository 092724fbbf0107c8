//===- WeightStore.h - Named tensors behind the IR ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The IR holds keys; the bytes live here: memory-mapped checkpoint shards,
// overlaid by tensors that passes wrote. Reading decodes on demand, so no
// model is ever wholly resident.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECKPOINT_WEIGHTSTORE_H
#define QUANTOPT_CHECKPOINT_WEIGHTSTORE_H

#include "quant-opt/Checkpoint/QuantizedModel.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>
#include <vector>

namespace quantopt {

/// How the bytes of a tensor are laid out in a file. The first group are the
/// dtypes of safetensors; the second the block formats of GGUF; the last ours.
enum class Storage : uint8_t {
  F64,
  F32,
  F16,
  BF16,
  F8E4M3,
  F8E5M2,
  I64,
  I32,
  I16,
  I8,
  U8,
  Bool,
  GgmlQ4_0,
  GgmlQ4_1,
  GgmlQ5_0,
  GgmlQ5_1,
  GgmlQ8_0,
  GgmlQ4_K,
  GgmlQ5_K,
  GgmlQ6_K,
  /// Two's complement nibbles, low nibble first, along the last dimension; each
  /// row starts on a byte.
  I4Packed,
  /// Two's complement codes of 2 and 3 bits, low bits first, along the last dimension; each row is whole bytes, or
  /// whole runs of 3 bytes that hold 8 codes.
  I2Packed,
  I3Packed,
};

/// What a reader wants to hold: one element per slot, row-major.
/// I4 is one int8 per element (-8..7); it holds narrower codes as well.
enum class ElementKind : uint8_t { F64, F32, F16, BF16, F8E4M3, F8E5M2, I64, I32, I16, I8, I4, U8, Bool };

/// Bytes of one element as held in memory.
size_t getElementSize(ElementKind kind);
/// Bytes that `shape` occupies in `storage`; an error if a block format does not divide the last dimension.
llvm::Expected<uint64_t> getStorageSize(Storage storage, llvm::ArrayRef<int64_t> shape);
/// The element kind that holds `storage` without loss (block formats: F32).
ElementKind getNaturalKind(Storage storage);
/// The dtype or codec name in files: "BF16", "F8_E4M3", "Q4_K", "I4".
llvm::StringRef stringifyStorage(Storage storage);
llvm::StringRef stringifyKind(ElementKind kind);

/// A tensor in the store.
struct WeightInfo {
  std::string key;
  llvm::SmallVector<int64_t> shape;
  Storage storage;
  uint64_t storedBytes = 0;
  bool isOverlay = false; ///< written by a pass, not yet in a saved shard
};

/// Read-only view of a tensor's elements; shares ownership of a decoded copy,
/// or borrows mapped bytes when the stored layout is already the wanted one.
class WeightBuffer {
public:
  WeightBuffer() = default;
  WeightBuffer(std::shared_ptr<const char> bytes, size_t size) : bytes(std::move(bytes)), size(size) {}
  llvm::ArrayRef<char> getBytes() const { return {bytes.get(), size}; }
  template <typename T> llvm::ArrayRef<T> as() const {
    return {reinterpret_cast<const T *>(bytes.get()), size / sizeof(T)};
  }
  explicit operator bool() const { return bytes != nullptr; }

private:
  std::shared_ptr<const char> bytes;
  size_t size = 0;
};

/// Thread-safe. Every error names the file or key, the rule, and the remedy.
class WeightStore {
public:
  WeightStore();
  ~WeightStore();

  /// Maps a .safetensors file, a folder (with or without model.safetensors.index.json), or a .gguf file. Tensors of a
  /// GGUF with a known architecture have the names and the order of rows of the same model in a Hugging Face folder.
  /// In a folder that says how it is quantized (docs/checkpoints.md lists the formats), the tensors of a quantized
  /// layer L appear as `L.weight_codes`, `L.weight_scale` and `L.weight_zero_point`, decoded when they are read.
  llvm::Error addPath(llvm::StringRef path);

  /// The quantized layer at `name` of a folder that was added; null when there is none.
  const QuantizedModule *lookupModule(llvm::StringRef name) const;
  std::vector<std::string> getModuleNames() const; ///< sorted
  /// Linear layers that the folders list as not quantized: names and patterns as they are there.
  std::vector<std::string> getIgnoredModules() const;

  /// `key` is the tensor `sourceKey` under another name and, if `rowOrder` is given, with its rows (dimension 0) in
  /// another order: row i of the alias is row rowOrder[i] of the source. read, getStoredBytes and save honour it;
  /// block formats keep their raw rows.
  llvm::Error addAlias(llvm::StringRef key, llvm::StringRef sourceKey, llvm::ArrayRef<int64_t> rowOrder = {});

  /// Hash of every header that was added, in order, with a sample of each tensor's bytes, stable across runs and
  /// machines: the content id of the IR's store symbol.
  uint64_t getContentId() const;

  const WeightInfo *lookup(llvm::StringRef key) const;
  std::vector<std::string> getKeys() const; ///< sorted

  /// Elements of `key` converted to `kind` (float storages to any float kind, integers only to their own kind).
  /// The returned bytes are 64-byte aligned unless the mapping itself is served.
  llvm::Expected<WeightBuffer> read(llvm::StringRef key, ElementKind kind) const;

  /// The stored bytes, undecoded; valid as long as the store.
  llvm::Expected<llvm::ArrayRef<char>> getStoredBytes(llvm::StringRef key) const;

  /// Passes those bytes in order, in one or many pieces, and lets go of the pages behind: for walks over a whole model,
  /// which it keeps from becoming resident. An error of `visit` ends it.
  llvm::Error visitStored(llvm::StringRef key, llvm::function_ref<llvm::Error(llvm::ArrayRef<char>)> visit) const;

  /// Tells the kernel that the pages of `key` will not be needed soon.
  void release(llvm::StringRef key) const;

  /// Writes a tensor beside the mapped ones and returns its key: `wantedKey`, or
  /// `wantedKey` with a version suffix when that key exists with other content.
  /// `elements` are in the natural kind of `storage` (packed codes: one int8 per element). Overlay bytes are
  /// spilled to an unlinked temporary file, so they cost address space and page cache, not heap.
  llvm::Expected<std::string> put(llvm::StringRef wantedKey, llvm::ArrayRef<int64_t> shape, Storage storage,
                                  llvm::ArrayRef<char> elements);

  /// Writes `keys` as safetensors shards with an index into `folder`, each beside its final name, synced,
  /// then renamed: an earlier folder stays whole if anything fails. Block and packed storages are written as U8
  /// with the codec and shape in `__metadata__` and read back by addPath. Returns the bytes written.
  llvm::Expected<uint64_t> save(llvm::StringRef folder, llvm::ArrayRef<std::string> keys,
                                uint64_t maxShardBytes = 5ull << 30) const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace quantopt

#endif // QUANTOPT_CHECKPOINT_WEIGHTSTORE_H
