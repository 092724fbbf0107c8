//===- WeightStoreImpl.h - Tables behind WeightStore -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_WEIGHTSTOREIMPL_H
#define QUANTOPT_LIB_CHECKPOINT_WEIGHTSTOREIMPL_H

#include "MappedFile.h"
#include "SpillFile.h"
#include "quant-opt/Checkpoint/WeightStore.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <functional>
#include <map>
#include <mutex>
#include <shared_mutex>

namespace quantopt {

/// Fills a buffer with all elements of a tensor, in the natural kind of its storage.
using ElementDecoder = std::function<llvm::Error(llvm::MutableArrayRef<char> elements)>;

/// A tensor of the store. Entries are never removed and never move, and only `reordered` changes after insertion.
struct WeightEntry {
  WeightInfo info;
  llvm::ArrayRef<char> bytes;        ///< as stored; those of the source for an alias or a decoded tensor
  std::shared_ptr<const void> owner; ///< keeps `bytes` mapped
  std::vector<int64_t> rowOrder;     ///< of an alias or a GGUF tensor with reordered rows; else empty
  llvm::ArrayRef<char> reordered;    ///< stored bytes in that order, once they were asked for
  ElementDecoder decoder;            ///< of a tensor that lies in its file in the layout of a checkpoint format
};

/// Dimension 0 of a tensor as rows, for row orders. A rank-0 tensor is one row.
struct RowLayout {
  int64_t rows = 1;
  uint64_t bytesPerRow = 0;
  int64_t elementsPerRow = 0;
};
RowLayout getRowLayout(const WeightInfo &info);

/// Makes row i of `entry` its present row rowOrder[i]; nothing for an empty order. An error, without the tensor's name,
/// for an order that is no permutation or rows that are not whole bytes.
llvm::Error reorderRows(WeightEntry &entry, llvm::ArrayRef<int64_t> rowOrder);

/// Passes the stored bytes of `entry` to `visit`, in order, in one or many pieces, until it returns false. Only a
/// decoder fails.
llvm::Error visitStoredBytes(const WeightEntry &entry, llvm::function_ref<bool(llvm::ArrayRef<char>)> visit);

/// Hashes what tells one file from another cheaply: its header and 256 bytes from the middle of every tensor, so that
/// two fine-tunes of one model differ.
class ContentHasher {
public:
  explicit ContentHasher(llvm::ArrayRef<char> header);
  void addSample(llvm::ArrayRef<char> tensor);
  uint64_t getHash() const;

private:
  std::vector<uint8_t> digests;
};

/// What a file adds to the store.
struct LoadedFile {
  std::vector<WeightEntry> entries;
  uint64_t contentHash = 0; ///< of the header and a sample of every tensor
};

/// What a folder adds to the store.
struct LoadedFolder {
  std::vector<LoadedFile> files;
  std::vector<QuantizedModule> modules;
  std::vector<std::string> ignored;
};
/// A .gguf file (by extension or magic), else a safetensors file.
llvm::Expected<LoadedFile> loadFile(llvm::StringRef path);
llvm::Expected<LoadedFile> loadSafetensors(std::shared_ptr<const MappedFile> file);
llvm::Expected<LoadedFile> loadGguf(std::shared_ptr<const MappedFile> file);
/// The shards of a Hugging Face folder: model.safetensors, or what model.safetensors.index.json lists, or all
/// *.safetensors.
llvm::Expected<std::vector<LoadedFile>> loadShards(llvm::StringRef path);
/// The same, with the quantized layers that its configuration describes.
llvm::Expected<LoadedFolder> loadFolder(llvm::StringRef path);

inline constexpr llvm::StringLiteral kSingleShard = "model.safetensors";
inline constexpr llvm::StringLiteral kIndexFile = "model.safetensors.index.json";
/// The `__metadata__` key prefix of a tensor that is stored as U8, followed by its name; the value is its storage and
/// shape: "I4[576,1536]".
inline constexpr llvm::StringLiteral kCodecPrefix = "quant-opt.codec.";

struct WeightStore::Impl {
  const WeightEntry *find(llvm::StringRef key) const;
  llvm::Expected<const WeightEntry *> findOrError(llvm::StringRef key) const;
  llvm::Error insert(LoadedFolder folder, llvm::StringRef path);

  mutable std::shared_mutex mutex; ///< of what is loaded
  std::map<std::string, WeightEntry, std::less<>> entries;
  std::vector<uint64_t> contentHashes;
  std::map<std::string, QuantizedModule, std::less<>> modules;
  std::vector<std::string> ignored;

  std::mutex spillMutex; ///< of `spill`, `reordered` and the choice of versions; taken before `mutex`
  std::shared_ptr<SpillFile> spill = std::make_shared<SpillFile>();
};

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_WEIGHTSTOREIMPL_H
