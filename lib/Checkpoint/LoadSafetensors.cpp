//===- LoadSafetensors.cpp - Safetensors files and folders as entries -----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Storage.h"
#include "StrictJson.h"
#include "WeightStoreImpl.h"
#include "quant-opt/Checkpoint/Safetensors.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <set>

using namespace llvm;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// One file
//===----------------------------------------------------------------------===//

/// Gives the U8 tensor that `value` ("I4[576,1536]") describes its real storage and shape.
static Error applyCodec(StringRef value, WeightInfo &info) {
  auto [name, dims] = value.split('[');
  std::optional<Storage> storage = symbolizeStorage(name);
  SmallVector<int64_t> shape;
  bool valid = storage && !isSafetensorsDtype(*storage) && info.storage == Storage::U8 && dims.consume_back("]");
  while (valid && !dims.empty()) {
    int64_t dim;
    valid = !dims.consumeInteger(10, dim) && dim >= 0 && (dims.empty() || dims.consume_front(","));
    shape.push_back(dim);
  }
  if (!valid)
    return createStringError("has codec '" + value + "', which is not a codec and shape over U8");
  Expected<uint64_t> size = getStorageSize(*storage, shape);
  if (!size)
    return createStringError("has codec '" + value + "': " + toString(size.takeError()));
  if (*size != info.storedBytes)
    return createStringError("has codec '" + value + "', which needs " + Twine(*size) + " bytes, not " +
                             Twine(info.storedBytes));
  info.storage = *storage;
  info.shape = std::move(shape);
  return Error::success();
}

Expected<LoadedFile> quantopt::loadSafetensors(std::shared_ptr<const MappedFile> file) {
  StringRef path = file->getPath();
  ArrayRef<char> bytes = file->getBytes();
  Expected<SafetensorsHeader> header = parseSafetensors(bytes, path);
  if (!header)
    return header.takeError();

  LoadedFile loaded;
  ContentHasher hasher(bytes.take_front(header->dataStart));
  std::map<StringRef, StringRef> codecs;
  for (const auto &[key, value] : header->metadata)
    if (StringRef name(key); name.consume_front(kCodecPrefix))
      codecs[name] = value;
  for (const SafetensorsEntry &tensor : header->tensors) {
    std::optional<Storage> storage = symbolizeStorage(tensor.dtype);
    if (!storage || !isSafetensorsDtype(*storage))
      return createStringError(path + ": tensor '" + tensor.name + "' has dtype " + tensor.dtype +
                               ", which quant-opt does not read; convert the tensor or remove it");
    WeightEntry entry;
    entry.info = {tensor.name, tensor.shape, *storage, tensor.end - tensor.begin, /*isOverlay=*/false};
    entry.bytes = bytes.slice(header->dataStart + tensor.begin, entry.info.storedBytes);
    entry.owner = file;
    hasher.addSample(entry.bytes);
    if (auto codec = codecs.find(tensor.name); codec != codecs.end()) {
      if (Error error = applyCodec(codec->second, entry.info))
        return createStringError(path + ": tensor '" + tensor.name + "' " + toString(std::move(error)) +
                                 "; write the file again");
      codecs.erase(codec);
    }
    loaded.entries.push_back(std::move(entry));
  }
  if (!codecs.empty())
    return createStringError(path + ": __metadata__ has a codec for '" + codecs.begin()->first +
                             "', which the file does not hold; write the file again");
  loaded.contentHash = hasher.getHash();
  return loaded;
}

//===----------------------------------------------------------------------===//
// A folder
//===----------------------------------------------------------------------===//

/// Parses the index into tensor -> shard file.
static Expected<std::map<std::string, std::string>> readIndex(StringRef indexPath) {
  auto makeError = [&](const Twine &rule) {
    return createStringError(indexPath + ": " + rule + "; download or write the index again");
  };
  Expected<json::Object> object = readJsonFile(indexPath);
  if (!object)
    return object.takeError();
  const json::Object *map = object->getObject("weight_map");
  if (!map)
    return makeError("no object 'weight_map'");
  std::map<std::string, std::string> result;
  for (const auto &[tensor, file] : *map) {
    std::optional<StringRef> name = file.getAsString();
    if (!name || sys::path::filename(*name) != *name || *name == "..")
      return makeError("the shard of '" + StringRef(tensor) + "' is not the name of a file beside it");
    result[tensor.str()] = name->str();
  }
  if (result.empty())
    return makeError("'weight_map' is empty");
  return result;
}

static Expected<std::vector<LoadedFile>> loadIndexed(StringRef folder, StringRef indexPath) {
  Expected<std::map<std::string, std::string>> index = readIndex(indexPath);
  if (!index)
    return index.takeError();
  std::set<std::string> shards;
  for (const auto &[tensor, shard] : *index)
    shards.insert(shard);

  std::vector<LoadedFile> files;
  std::set<std::string> found;
  for (const std::string &shard : shards) {
    SmallString<256> path(folder);
    sys::path::append(path, shard);
    if (!sys::fs::exists(path))
      return createStringError(path + ": missing shard, named in " + indexPath + "; download it, or correct the index");
    Expected<LoadedFile> file = loadFile(path);
    if (!file)
      return file.takeError();
    for (const WeightEntry &entry : file->entries) {
      auto listed = index->find(entry.info.key);
      if (listed == index->end() || listed->second != shard)
        return createStringError(indexPath + ": stale index: it does not list tensor '" + entry.info.key +
                                 "' of shard " + shard + "; write the index again");
      found.insert(entry.info.key);
    }
    files.push_back(std::move(*file));
  }
  for (const auto &[tensor, shard] : *index)
    if (!found.count(tensor))
      return createStringError(indexPath + ": lists tensor '" + tensor + "' in shard " + shard +
                               ", which does not hold it; download the shard or write the index again");
  SmallString<256> single(folder);
  sys::path::append(single, kSingleShard);
  if (!shards.count(kSingleShard.str()) && sys::fs::exists(single))
    return createStringError(indexPath + ": stale index: it does not name " + kSingleShard +
                             ", which lies beside it; remove the one that is out of date");
  return files;
}

Expected<std::vector<LoadedFile>> quantopt::loadShards(StringRef folder) {
  SmallString<256> indexPath(folder);
  sys::path::append(indexPath, kIndexFile);
  if (sys::fs::exists(indexPath))
    return loadIndexed(folder, indexPath);

  std::set<std::string> paths;
  std::string pickle;
  std::error_code error;
  for (sys::fs::directory_iterator it(folder, error), end; it != end && !error; it.increment(error)) {
    StringRef extension = sys::path::extension(it->path());
    if (extension == ".safetensors")
      paths.insert(it->path());
    else if (extension == ".bin" || extension == ".pt" || extension == ".pth")
      pickle = sys::path::filename(it->path()).str();
  }
  if (error)
    return createStringError(folder + ": cannot list: " + error.message() + "; check its permissions");
  SmallString<256> single(folder);
  sys::path::append(single, kSingleShard);
  if (paths.count(single.str().str()))
    paths = {single.str().str()};
  if (paths.empty() && !pickle.empty())
    return createStringError(folder + ": " + pickle +
                             " is a pickle, which can run code when it is read, and there is no "
                             ".safetensors file; convert it where you trust it (transformers: save_pretrained)");
  if (paths.empty())
    return createStringError(folder + ": no .safetensors file; give a folder that holds one, or a .gguf file");
  std::vector<LoadedFile> files;
  for (const std::string &path : paths) {
    Expected<LoadedFile> file = loadFile(path);
    if (!file)
      return file.takeError();
    files.push_back(std::move(*file));
  }
  return files;
}
