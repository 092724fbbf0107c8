//===- ShardWriter.cpp - Tensors as safetensors shards --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every shard is written and synced under a temporary name first; only when
// all of them are on the disk are they renamed and older shards removed.
//
//===----------------------------------------------------------------------===//

#include "ShardWriter.h"
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
  std::map<std::string, std::string> metadata;
  uint64_t dataBytes = 0;
};

/// An error of this class comes from the file system, which a message about the folder explains.
struct WriteFailure {
  std::string file;
  std::error_code code;
};
} // namespace

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

/// How `tensor` is described in a shard: its own dtype and shape, or U8 rows and a codec in the metadata.
static void addTensor(const ShardTensor &tensor, uint64_t bytes, Shard &shard) {
  SafetensorsEntry entry;
  entry.name = tensor.name;
  if (isSafetensorsDtype(tensor.storage)) {
    entry.dtype = stringifyStorage(tensor.storage).str();
    entry.shape = tensor.shape;
  } else {
    entry.dtype = stringifyStorage(Storage::U8).str();
    entry.shape.assign(tensor.shape.begin(), tensor.shape.empty() ? tensor.shape.end() : tensor.shape.end() - 1);
    uint64_t rows = *countElements(entry.shape);
    entry.shape.push_back(rows ? int64_t(bytes / rows) : 0);
    shard.metadata[(kCodecPrefix + tensor.name).str()] =
        stringifyStorage(tensor.storage).str() + stringifyShape(tensor.shape);
  }
  shard.tensors.push_back(std::move(entry));
  shard.dataBytes += bytes;
}

/// Fills shards in the order of the names, each as full as `maxShardBytes` allows; one tensor may exceed it.
static Expected<std::vector<Shard>> partitionShards(ArrayRef<ShardTensor> tensors,
                                                    const std::map<std::string, std::string> &metadata,
                                                    uint64_t maxShardBytes) {
  Shard empty;
  empty.metadata = metadata;
  empty.metadata["format"] = "pt";
  std::vector<Shard> shards(1, empty);
  for (const ShardTensor &tensor : tensors) {
    Expected<uint64_t> bytes = getStorageSize(tensor.storage, tensor.shape);
    if (!bytes)
      return createStringError("tensor '" + tensor.name + "': " + toString(bytes.takeError()));
    if (!shards.back().tensors.empty() && shards.back().dataBytes + *bytes > maxShardBytes)
      shards.push_back(empty);
    addTensor(tensor, *bytes, shards.back());
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

using Lookup = function_ref<const ShardTensor &(StringRef)>;

/// An error of the file is left in `failure`, any other one is returned.
static Error writeShard(AtomicFile &file, Shard &shard, Lookup lookup, std::error_code &failure) {
  std::string header = layoutSafetensors(shard.tensors, shard.metadata);
  if ((failure = file.open()) || (failure = file.write(header)))
    return Error::success();
  constexpr size_t kPieceBytes = 16 << 20;
  for (const SafetensorsEntry &entry : shard.tensors) {
    uint64_t left = entry.end - entry.begin;
    Error error = lookup(entry.name).visit([&](ArrayRef<char> bytes) -> Error {
      assert(bytes.size() <= left && "more bytes than dtype and shape need");
      left -= bytes.size();
      while (!bytes.empty() && !failure) {
        failure = file.write(bytes.take_front(kPieceBytes));
        bytes = bytes.drop_front(std::min(bytes.size(), kPieceBytes));
      }
      return failure ? createStringError("cannot write") : Error::success();
    });
    if (failure) {
      consumeError(std::move(error));
      return Error::success();
    }
    if (error)
      return error;
    assert(left == 0 && "fewer bytes than dtype and shape need");
  }
  failure = file.sync();
  return Error::success();
}

static std::error_code writeText(AtomicFile &file, StringRef text) {
  if (std::error_code error = file.open())
    return error;
  if (std::error_code error = file.write(ArrayRef<char>(text.data(), text.size())))
    return error;
  return file.sync();
}

/// Writes the shards, and an index if there are several, all under temporary names.
static Error writeFiles(StringRef folder, MutableArrayRef<Shard> shards, Lookup lookup, std::vector<AtomicFile> &files,
                        WriteFailure &failure) {
  auto addFile = [&](std::string name) -> AtomicFile & {
    SmallString<256> path(folder);
    sys::path::append(path, name);
    failure.file = std::move(name);
    return files.emplace_back(path);
  };
  for (auto [i, shard] : llvm::enumerate(shards)) {
    Error error = writeShard(addFile(getShardName(i, shards.size())), shard, lookup, failure.code);
    if (error || failure.code)
      return error;
  }
  if (shards.size() > 1)
    failure.code = writeText(addFile(kIndexFile.str()), formatIndex(shards));
  return Error::success();
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

ShardTensor quantopt::makeStoredTensor(StringRef name, const WeightStore &store, StringRef key) {
  const WeightInfo &info = *store.lookup(key);
  return {name.str(), info.storage, info.shape,
          [&store, key = key.str()](ByteSink sink) { return store.visitStored(key, sink); }};
}

Error WeightStore::visitStored(StringRef key, function_ref<Error(ArrayRef<char>)> visit) const {
  Expected<const WeightEntry *> found = impl->findOrError(key);
  if (!found)
    return found.takeError();
  const WeightEntry &entry = **found;
  constexpr size_t kPieceBytes = 16 << 20;
  Error failure = Error::success();
  Error error = visitStoredBytes(entry, [&](ArrayRef<char> bytes) {
    for (; !bytes.empty() && !failure; bytes = bytes.drop_front(std::min(bytes.size(), kPieceBytes))) {
      ArrayRef<char> piece = bytes.take_front(kPieceBytes);
      failure = visit(piece);
      if (!entry.decoder)
        releasePages(piece);
    }
    return !failure;
  });
  return joinErrors(std::move(failure), std::move(error));
}

Expected<uint64_t> quantopt::writeShards(StringRef folder, std::vector<ShardTensor> tensors,
                                         const std::map<std::string, std::string> &metadata, uint64_t maxShardBytes) {
  if (tensors.empty())
    return createStringError(folder + ": no tensors to save; older readers refuse a file without any");
  auto makeError = [&](StringRef name, std::error_code error) {
    return createStringError(folder + ": cannot write " + name + ": " + error.message() +
                             "; free space or choose a writable output folder (what was there before is unchanged)");
  };
  if (std::error_code error = sys::fs::create_directories(folder))
    return makeError("the folder", error);
  llvm::sort(tensors, [](const ShardTensor &a, const ShardTensor &b) { return a.name < b.name; });
  std::map<StringRef, const ShardTensor *> byName;
  for (const ShardTensor &tensor : tensors)
    byName[tensor.name] = &tensor;

  Expected<std::vector<Shard>> shards = partitionShards(tensors, metadata, maxShardBytes);
  if (!shards)
    return shards.takeError();
  uint64_t total = 0;
  for (const Shard &shard : *shards)
    total += shard.dataBytes;
  // A full disk is found before hours of writing, not after.
  if (ErrorOr<sys::fs::space_info> space = sys::fs::disk_space(folder); space && space->available < total)
    return makeError(Twine(total).str() + " bytes", std::make_error_code(std::errc::no_space_on_device));
  std::vector<AtomicFile> files;
  WriteFailure failure;
  auto lookup = [&](StringRef name) -> const ShardTensor & { return *byName.find(name)->second; };
  if (Error error = writeFiles(folder, *shards, lookup, files, failure))
    return createStringError(folder + ": " + toString(std::move(error)));
  if (failure.code)
    return makeError(failure.file, failure.code);
  std::set<std::string> names;
  for (AtomicFile &file : files) {
    StringRef name = sys::path::filename(file.getPath());
    if (std::error_code error = file.rename())
      return makeError(name, error);
    names.insert(name.str());
  }
  removeStale(folder, names);
  syncFolder(folder);
  return total;
}

Expected<uint64_t> WeightStore::save(StringRef folder, ArrayRef<std::string> keys, uint64_t maxShardBytes) const {
  std::set<StringRef> unique(keys.begin(), keys.end());
  std::vector<ShardTensor> tensors;
  for (StringRef key : unique) {
    Expected<const WeightEntry *> entry = impl->findOrError(key);
    if (!entry)
      return entry.takeError();
    tensors.push_back(makeStoredTensor(key, *this, key));
  }
  return writeShards(folder, std::move(tensors), {}, maxShardBytes);
}
