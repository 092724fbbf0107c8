//===- WeightStoreSave.cpp - Writes tensors as safetensors shards ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every shard is written and synced under a temporary name first; only when
// all of them are on the disk are they renamed and older shards removed.
//
//===----------------------------------------------------------------------===//

#include "AtomicFile.h"
#include "Storage.h"
#include "WeightStoreImpl.h"
#include "quant-opt/Checkpoint/Safetensors.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include <fcntl.h>
#include <set>
#include <unistd.h>

using namespace llvm;
using namespace quantopt;

namespace {
struct Shard {
  std::vector<SafetensorsEntry> tensors;
  std::map<std::string, std::string> metadata = {{"format", "pt"}};
  uint64_t dataBytes = 0;
};
} // namespace

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

/// How `info` is described in a shard: its own dtype and shape, or U8 rows and a codec in the metadata.
static void addTensor(const WeightInfo &info, Shard &shard) {
  SafetensorsEntry entry;
  entry.name = info.key;
  if (isSafetensorsDtype(info.storage)) {
    entry.dtype = stringifyStorage(info.storage).str();
    entry.shape = info.shape;
  } else {
    entry.dtype = stringifyStorage(Storage::U8).str();
    entry.shape.assign(info.shape.begin(), info.shape.empty() ? info.shape.end() : info.shape.end() - 1);
    uint64_t rows = *countElements(entry.shape);
    entry.shape.push_back(rows ? int64_t(info.storedBytes / rows) : 0);
    shard.metadata[(kCodecPrefix + info.key).str()] = stringifyStorage(info.storage).str() + stringifyShape(info.shape);
  }
  shard.tensors.push_back(std::move(entry));
  shard.dataBytes += info.storedBytes;
}

/// Fills shards in the order of the keys, each as full as `maxShardBytes` allows; one tensor may exceed it.
static std::vector<Shard> partitionShards(ArrayRef<const WeightEntry *> entries, uint64_t maxShardBytes) {
  std::vector<Shard> shards(1);
  for (const WeightEntry *entry : entries) {
    if (!shards.back().tensors.empty() && shards.back().dataBytes + entry->info.storedBytes > maxShardBytes)
      shards.emplace_back();
    addTensor(entry->info, shards.back());
  }
  return shards;
}

static std::string getShardName(size_t index, size_t count) {
  return count == 1 ? kSingleShard.str() : formatv("model-{0:05}-of-{1:05}.safetensors", index + 1, count).str();
}

static std::string formatIndex(ArrayRef<Shard> shards) {
  json::Object weightMap;
  uint64_t totalBytes = 0;
  for (auto [i, shard] : llvm::enumerate(shards)) {
    totalBytes += shard.dataBytes;
    for (const SafetensorsEntry &tensor : shard.tensors)
      weightMap[tensor.name] = getShardName(i, shards.size());
  }
  json::Value root = json::Object{{"metadata", json::Object{{"total_size", int64_t(totalBytes)}}},
                                  {"weight_map", std::move(weightMap)}};
  return formatv("{0:2}\n", root).str();
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

using Lookup = function_ref<const WeightEntry *(StringRef)>;

static std::error_code writeShard(AtomicFile &file, Shard &shard, Lookup lookup) {
  std::string header = layoutSafetensors(shard.tensors, shard.metadata);
  if (std::error_code error = file.open())
    return error;
  std::error_code error = file.write(header);
  // Saving reads every tensor once: without releasing it, the whole model would end up resident.
  constexpr size_t kPieceBytes = 16 << 20;
  for (const SafetensorsEntry &tensor : shard.tensors)
    visitStoredBytes(*lookup(tensor.name), [&](ArrayRef<char> bytes) {
      while (!bytes.empty() && !error) {
        ArrayRef<char> piece = bytes.take_front(kPieceBytes);
        error = file.write(piece);
        releasePages(piece);
        bytes = bytes.drop_front(piece.size());
      }
      return !error;
    });
  return error ? error : file.sync();
}

static std::error_code writeText(AtomicFile &file, StringRef text) {
  if (std::error_code error = file.open())
    return error;
  if (std::error_code error = file.write(ArrayRef<char>(text.data(), text.size())))
    return error;
  return file.sync();
}

/// Writes the shards, and an index if there are several, all under temporary names. An error has the name of the file
/// in `failed`.
static std::error_code writeFiles(StringRef folder, MutableArrayRef<Shard> shards, Lookup lookup,
                                  std::vector<AtomicFile> &files, std::string &failed) {
  auto addFile = [&](std::string name) -> AtomicFile & {
    SmallString<256> path(folder);
    sys::path::append(path, name);
    failed = std::move(name);
    return files.emplace_back(path);
  };
  for (auto [i, shard] : llvm::enumerate(shards))
    if (std::error_code error = writeShard(addFile(getShardName(i, shards.size())), shard, lookup))
      return error;
  if (shards.size() > 1)
    return writeText(addFile(kIndexFile.str()), formatIndex(shards));
  return {};
}

/// Shards and an index that an earlier save or download left and that `kept` replaces.
static void removeStale(StringRef folder, const std::set<std::string> &kept) {
  std::vector<std::string> stale;
  std::error_code error;
  for (sys::fs::directory_iterator it(folder, error), end; it != end && !error; it.increment(error)) {
    StringRef name = sys::path::filename(it->path());
    bool isShard = name == kSingleShard || name == kIndexFile ||
                   (name.starts_with("model-") && name.contains("-of-") && name.ends_with(".safetensors"));
    if (isShard && !kept.count(name.str()))
      stale.push_back(it->path());
  }
  for (const std::string &path : stale)
    sys::fs::remove(path);
}

static void syncFolder(StringRef folder) {
  int descriptor = ::open(folder.str().c_str(), O_RDONLY | O_DIRECTORY);
  if (descriptor < 0)
    return;
  ::fsync(descriptor);
  ::close(descriptor);
}

Expected<uint64_t> WeightStore::save(StringRef folder, ArrayRef<std::string> keys, uint64_t maxShardBytes) const {
  std::set<StringRef> unique(keys.begin(), keys.end());
  std::vector<const WeightEntry *> entries;
  for (StringRef key : unique) {
    Expected<const WeightEntry *> entry = impl->findOrError(key);
    if (!entry)
      return entry.takeError();
    entries.push_back(*entry);
  }
  if (entries.empty())
    return createStringError(folder + ": no tensors to save; older readers refuse a file without any");
  auto makeError = [&](StringRef name, std::error_code error) {
    return createStringError(folder + ": cannot write " + name + ": " + error.message() +
                             "; free space or choose a writable output folder (what was there before is unchanged)");
  };
  if (std::error_code error = sys::fs::create_directories(folder))
    return makeError("the folder", error);

  std::vector<Shard> shards = partitionShards(entries, maxShardBytes);
  std::vector<AtomicFile> files;
  std::string failed;
  auto lookup = [&](StringRef key) { return impl->find(key); };
  if (std::error_code error = writeFiles(folder, shards, lookup, files, failed))
    return makeError(failed, error);
  std::set<std::string> names;
  for (AtomicFile &file : files) {
    StringRef name = sys::path::filename(file.getPath());
    if (std::error_code error = file.rename())
      return makeError(name, error);
    names.insert(name.str());
  }
  removeStale(folder, names);
  syncFolder(folder);
  uint64_t written = 0;
  for (const Shard &shard : shards)
    written += shard.dataBytes;
  return written;
}
