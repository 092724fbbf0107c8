//===- WeightStore.cpp - Named tensors behind the IR ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/WeightStore.h"
#include "AlignedBytes.h"
#include "Storage.h"
#include "WeightStoreImpl.h"
#include "quant-opt/Checkpoint/Convert.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"
#include <cstring>

using namespace llvm;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

RowLayout quantopt::getRowLayout(const WeightInfo &info) {
  RowLayout layout;
  layout.rows = info.shape.empty() ? 1 : info.shape.front();
  if (layout.rows == 0)
    return layout;
  layout.bytesPerRow = info.storedBytes / uint64_t(layout.rows);
  layout.elementsPerRow = int64_t(*countElements(info.shape)) / layout.rows;
  return layout;
}

/// The bytes that `storage` holds for `elements`: `elements` itself, or `packed` filled. The message of an error goes
/// after the tensor's name.
static Expected<ArrayRef<char>> encode(ArrayRef<int64_t> shape, Storage storage, ArrayRef<char> elements,
                                       std::vector<char> &packed) {
  if (isGgmlBlock(storage))
    return createStringError("cannot be written as " + stringifyStorage(storage) +
                             "; store it as a plain or packed storage");
  Expected<uint64_t> size = getStorageSize(storage, shape);
  if (!size)
    return createStringError("cannot be sized: " + toString(size.takeError()));
  uint64_t wanted = *countElements(shape) * getElementSize(getNaturalKind(storage));
  if (wanted != elements.size())
    return createStringError("has " + Twine(elements.size()) + " bytes of elements, but " + stringifyStorage(storage) +
                             " " + stringifyShape(shape) + " needs " + Twine(wanted));
  unsigned bits = getPackedBits(storage);
  if (bits == 0)
    return elements;
  packed.resize(*size);
  ArrayRef<int8_t> values(reinterpret_cast<const int8_t *>(elements.data()), elements.size());
  int half = 1 << (bits - 1);
  if (llvm::any_of(values, [half](int8_t value) { return value < -half || value >= half; }))
    return createStringError("has an element outside " + Twine(-half) + ".." + Twine(half - 1) +
                             "; saturate before storing it as " + stringifyStorage(storage));
  if (!packed.empty()) {
    int64_t columns = shape.empty() ? 1 : shape.back();
    packCodes(values, int64_t(values.size()) / columns, columns, bits,
              {reinterpret_cast<uint8_t *>(packed.data()), packed.size()});
  }
  return ArrayRef<char>(packed);
}

/// The elements of a tensor that has a decoder, in its natural kind.
static Error runDecoder(const WeightEntry &entry, MutableArrayRef<char> elements) {
  if (Error error = entry.decoder(elements))
    return createStringError("tensor '" + entry.info.key + "': " + toString(std::move(error)));
  return Error::success();
}

static void visitRows(const WeightEntry &entry, ArrayRef<char> bytes, function_ref<bool(ArrayRef<char>)> visit) {
  if (entry.rowOrder.empty()) {
    visit(bytes);
    return;
  }
  uint64_t rowBytes = getRowLayout(entry.info).bytesPerRow;
  for (int64_t row : entry.rowOrder)
    if (!visit(bytes.slice(uint64_t(row) * rowBytes, rowBytes)))
      return;
}

Error quantopt::visitStoredBytes(const WeightEntry &entry, function_ref<bool(ArrayRef<char>)> visit) {
  if (!entry.decoder) {
    visitRows(entry, entry.bytes, visit);
    return Error::success();
  }
  const WeightInfo &info = entry.info;
  std::vector<char> elements(*countElements(info.shape) * getElementSize(getNaturalKind(info.storage))), packed;
  if (Error error = runDecoder(entry, elements))
    return error;
  Expected<ArrayRef<char>> bytes = encode(info.shape, info.storage, elements, packed);
  if (!bytes)
    return bytes.takeError();
  visitRows(entry, *bytes, visit);
  return Error::success();
}

Error quantopt::reorderRows(WeightEntry &entry, ArrayRef<int64_t> rowOrder) {
  if (rowOrder.empty())
    return Error::success();
  const WeightInfo &info = entry.info;
  if (info.shape.size() < 2 && !isSafetensorsDtype(info.storage))
    return createStringError("rows of a packed tensor of rank 1 are not whole bytes; keep its rows in order");
  int64_t rows = getRowLayout(info).rows;
  bool isPermutation = !info.shape.empty() && int64_t(rowOrder.size()) == rows;
  std::vector<bool> seen(rowOrder.size(), false);
  for (int64_t row : rowOrder) {
    isPermutation = isPermutation && row >= 0 && row < rows && !seen[size_t(row)];
    if (isPermutation)
      seen[size_t(row)] = true;
  }
  if (!isPermutation)
    return createStringError("the row order must name each of the " + Twine(rows) + " rows of shape " +
                             stringifyShape(info.shape) + " once");
  std::vector<int64_t> order;
  for (int64_t row : rowOrder)
    order.push_back(entry.rowOrder.empty() ? row : entry.rowOrder[size_t(row)]);
  entry.rowOrder = std::move(order);
  entry.reordered = {};
  return Error::success();
}

static Expected<bool> storesBytes(const WeightEntry &entry, ArrayRef<char> bytes) {
  if (entry.info.storedBytes != bytes.size())
    return false;
  bool equal = true;
  Error error = visitStoredBytes(entry, [&](ArrayRef<char> piece) {
    equal = piece.empty() || std::memcmp(piece.data(), bytes.data(), piece.size()) == 0;
    bytes = bytes.drop_front(piece.size());
    return equal;
  });
  if (error)
    return std::move(error);
  return equal;
}

static void appendDigest(std::vector<uint8_t> &digests, ArrayRef<char> bytes) {
  uint8_t digest[8];
  support::endian::write64le(digest, xxh3_64bits(StringRef(bytes.data(), bytes.size())));
  digests.insert(digests.end(), digest, digest + 8);
}

ContentHasher::ContentHasher(ArrayRef<char> header) { appendDigest(digests, header); }

void ContentHasher::addSample(ArrayRef<char> tensor) {
  constexpr size_t kSampleBytes = 256;
  size_t length = std::min(tensor.size(), kSampleBytes);
  appendDigest(digests, tensor.slice((tensor.size() - length) / 2, length));
  // The kernel maps the neighbours of a page that is touched: megabytes over a whole model.
  releasePages(tensor);
}

uint64_t ContentHasher::getHash() const { return xxh3_64bits(digests); }

//===----------------------------------------------------------------------===//
// Impl
//===----------------------------------------------------------------------===//

const WeightEntry *WeightStore::Impl::find(StringRef key) const {
  std::shared_lock<std::shared_mutex> lock(mutex);
  auto found = entries.find(std::string_view(key));
  return found == entries.end() ? nullptr : &found->second;
}

Expected<const WeightEntry *> WeightStore::Impl::findOrError(StringRef key) const {
  if (const WeightEntry *entry = find(key))
    return entry;
  return createStringError("no tensor '" + key + "' in the weight store; add the checkpoint that holds it");
}

Expected<LoadedFile> quantopt::loadFile(StringRef path) {
  Expected<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file)
    return file.takeError();
  ArrayRef<char> bytes = (*file)->getBytes();
  bool isGguf = path.ends_with_insensitive(".gguf") || StringRef(bytes.data(), bytes.size()).starts_with("GGUF");
  return isGguf ? loadGguf(std::move(*file)) : loadSafetensors(std::move(*file));
}

Error WeightStore::Impl::insert(LoadedFolder folder, StringRef path) {
  std::unique_lock<std::shared_mutex> lock(mutex);
  StringSet<> added;
  for (const LoadedFile &file : folder.files)
    for (const WeightEntry &entry : file.entries)
      if (entries.count(entry.info.key) || !added.insert(entry.info.key).second)
        return createStringError(path + ": tensor '" + entry.info.key +
                                 "' is in the store already; add only one of the files that hold it");
  for (LoadedFile &file : folder.files) {
    contentHashes.push_back(file.contentHash);
    for (WeightEntry &entry : file.entries)
      entries.emplace(entry.info.key, std::move(entry));
  }
  for (QuantizedModule &module : folder.modules)
    modules.emplace(module.name, std::move(module));
  llvm::append_range(ignored, folder.ignored);
  return Error::success();
}

//===----------------------------------------------------------------------===//
// WeightStore: mapped tensors
//===----------------------------------------------------------------------===//

WeightStore::WeightStore() : impl(std::make_unique<Impl>()) {}
WeightStore::~WeightStore() = default;

Error WeightStore::addPath(StringRef path) {
  LoadedFolder loaded;
  if (sys::fs::is_directory(path)) {
    Expected<LoadedFolder> folder = loadFolder(path);
    if (!folder)
      return folder.takeError();
    loaded = std::move(*folder);
  } else {
    Expected<LoadedFile> file = loadFile(path);
    if (!file)
      return file.takeError();
    loaded.files.push_back(std::move(*file));
  }
  return impl->insert(std::move(loaded), path);
}

const QuantizedModule *WeightStore::lookupModule(StringRef name) const {
  std::shared_lock<std::shared_mutex> lock(impl->mutex);
  auto found = impl->modules.find(std::string_view(name));
  return found == impl->modules.end() ? nullptr : &found->second;
}

std::vector<std::string> WeightStore::getModuleNames() const {
  std::shared_lock<std::shared_mutex> lock(impl->mutex);
  std::vector<std::string> names;
  for (const auto &[name, module] : impl->modules)
    names.push_back(name);
  return names;
}

std::vector<std::string> WeightStore::getIgnoredModules() const {
  std::shared_lock<std::shared_mutex> lock(impl->mutex);
  return impl->ignored;
}

Error WeightStore::addAlias(StringRef key, StringRef sourceKey, ArrayRef<int64_t> rowOrder) {
  Expected<const WeightEntry *> source = impl->findOrError(sourceKey);
  if (!source)
    return source.takeError();
  std::lock_guard<std::mutex> spillLock(impl->spillMutex); // of `reordered`, which is copied
  WeightEntry alias = **source;
  auto makeError = [&](const Twine &rule) {
    return createStringError("alias '" + key + "' of '" + sourceKey + "': " + rule);
  };
  if (Error error = reorderRows(alias, rowOrder))
    return makeError(toString(std::move(error)));
  alias.info.key = key.str();
  std::unique_lock<std::shared_mutex> lock(impl->mutex);
  if (!impl->entries.emplace(key.str(), std::move(alias)).second)
    return makeError("the store has a tensor of that name already; choose another");
  return Error::success();
}

uint64_t WeightStore::getContentId() const {
  std::shared_lock<std::shared_mutex> lock(impl->mutex);
  std::vector<uint8_t> bytes(impl->contentHashes.size() * 8);
  for (auto [i, hash] : llvm::enumerate(impl->contentHashes))
    support::endian::write64le(&bytes[i * 8], hash);
  return xxh3_64bits(bytes);
}

const WeightInfo *WeightStore::lookup(StringRef key) const {
  const WeightEntry *entry = impl->find(key);
  return entry ? &entry->info : nullptr;
}

std::vector<std::string> WeightStore::getKeys() const {
  std::shared_lock<std::shared_mutex> lock(impl->mutex);
  std::vector<std::string> keys;
  for (const auto &[key, entry] : impl->entries)
    keys.push_back(key);
  return keys;
}

Expected<WeightBuffer> WeightStore::read(StringRef key, ElementKind kind) const {
  Expected<const WeightEntry *> found = impl->findOrError(key);
  if (!found)
    return found.takeError();
  const WeightEntry &entry = **found;
  const WeightInfo &info = entry.info;
  if (!canDecode(info.storage, kind))
    return createStringError("tensor '" + key + "' is stored as " + stringifyStorage(info.storage) +
                             " and cannot be read as " + stringifyKind(kind) + "; read it as " +
                             stringifyKind(getNaturalKind(info.storage)));
  bool isAligned = reinterpret_cast<uintptr_t>(entry.bytes.data()) % getElementSize(kind) == 0;
  if (isStoredAs(info.storage, kind) && entry.rowOrder.empty() && isAligned && !entry.decoder)
    return WeightBuffer(std::shared_ptr<const char>(entry.owner, entry.bytes.data()), entry.bytes.size());

  int64_t count = int64_t(*countElements(info.shape));
  int64_t rowLength = info.shape.empty() ? 1 : info.shape.back();
  size_t size = size_t(count) * getElementSize(kind);
  std::shared_ptr<char> target = allocateAligned(size);
  if (entry.decoder && entry.rowOrder.empty() && kind == getNaturalKind(info.storage)) {
    if (Error error = runDecoder(entry, {target.get(), size}))
      return std::move(error);
    return WeightBuffer(std::move(target), size);
  }
  RowLayout layout = getRowLayout(info);
  char *out = target.get();
  bool isWhole = entry.rowOrder.empty();
  int64_t pieceElements = isWhole ? count : layout.elementsPerRow;
  Error error = visitStoredBytes(entry, [&](ArrayRef<char> piece) {
    decodeElements(info.storage, piece.data(), pieceElements, rowLength, kind, out);
    out += size_t(pieceElements) * getElementSize(kind);
    return true;
  });
  if (error)
    return std::move(error);
  return WeightBuffer(std::move(target), size);
}

Expected<ArrayRef<char>> WeightStore::getStoredBytes(StringRef key) const {
  Expected<const WeightEntry *> found = impl->findOrError(key);
  if (!found)
    return found.takeError();
  const WeightEntry &entry = **found;
  if (entry.rowOrder.empty() && !entry.decoder)
    return entry.bytes;
  // Reordered rows and decoded tensors get bytes of their own only when someone asks for all of them at once.
  std::lock_guard<std::mutex> spillLock(impl->spillMutex);
  if (entry.reordered.empty() && entry.info.storedBytes != 0) {
    std::vector<char> bytes;
    bytes.reserve(entry.info.storedBytes);
    Error error = visitStoredBytes(entry, [&](ArrayRef<char> row) {
      bytes.insert(bytes.end(), row.begin(), row.end());
      return true;
    });
    if (error)
      return std::move(error);
    Expected<ArrayRef<char>> view = impl->spill->append(bytes);
    if (!view)
      return view.takeError();
    const_cast<WeightEntry &>(entry).reordered = *view;
  }
  return entry.reordered;
}

void WeightStore::release(StringRef key) const {
  if (const WeightEntry *entry = impl->find(key))
    releasePages(entry->bytes);
}

//===----------------------------------------------------------------------===//
// WeightStore: overlay
//===----------------------------------------------------------------------===//

Expected<std::string> WeightStore::put(StringRef wantedKey, ArrayRef<int64_t> shape, Storage storage,
                                       ArrayRef<char> elements) {
  std::vector<char> packed;
  Expected<ArrayRef<char>> bytes = encode(shape, storage, elements, packed);
  if (!bytes)
    return createStringError("tensor '" + wantedKey + "' " + toString(bytes.takeError()));

  std::lock_guard<std::mutex> spillLock(impl->spillMutex);
  std::string key = wantedKey.str();
  for (unsigned version = 2; const WeightEntry *entry = impl->find(key); ++version) {
    if (entry->info.storage == storage && ArrayRef<int64_t>(entry->info.shape) == shape) {
      Expected<bool> isSame = storesBytes(*entry, *bytes);
      if (!isSame)
        return isSame.takeError();
      if (*isSame)
        return key;
    }
    key = (wantedKey + "@" + Twine(version)).str();
  }
  Expected<ArrayRef<char>> view = impl->spill->append(*bytes);
  if (!view)
    return createStringError("tensor '" + wantedKey + "': " + toString(view.takeError()));
  WeightEntry entry;
  entry.info = {key, SmallVector<int64_t>(shape), storage, view->size(), /*isOverlay=*/true};
  entry.bytes = *view;
  entry.owner = impl->spill;
  std::unique_lock<std::shared_mutex> lock(impl->mutex);
  impl->entries.emplace(key, std::move(entry));
  return key;
}
