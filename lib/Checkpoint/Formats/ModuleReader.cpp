//===- ModuleReader.cpp - Quantized layers out of a folder's tensors ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Storage.h"
#include "Format.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cstring>

using namespace llvm;
using namespace quantopt;
using namespace quantopt::formats;

Error formats::makeRuleError(StringRef rule, const Twine &message) {
  return createStringError(message + " [" + rule + "]");
}

std::string quantopt::describeScheme(const TensorScheme &scheme) {
  std::string text = scheme.kind == CodeKind::Integer  ? "int" + std::to_string(scheme.bits)
                     : scheme.kind == CodeKind::F8E4M3 ? "f8E4M3"
                                                       : "f8E5M2";
  if (scheme.blockRows == 0)
    text += " tensor";
  else if (scheme.blockCols == 0)
    text += scheme.dynamic ? " token" : " channel";
  else if (scheme.blockRows == 1)
    text += " group=" + std::to_string(scheme.blockCols);
  else
    text += " block=" + std::to_string(scheme.blockRows) + "x" + std::to_string(scheme.blockCols);
  return text + (scheme.symmetric ? "" : " asymmetric") + (scheme.dynamic ? " dynamic" : "");
}

Expected<std::pair<int64_t, int64_t>> formats::getBlockCounts(const TensorScheme &scheme, int64_t rows, int64_t cols) {
  auto count = [](int64_t length, int64_t block) { return block == 0 ? 1 : length % block == 0 ? length / block : 0; };
  std::pair<int64_t, int64_t> counts(count(rows, scheme.blockRows), count(cols, scheme.blockCols));
  if (counts.first == 0 || counts.second == 0)
    return makeRuleError("group-divides", "blocks of " + describeScheme(scheme) + " do not divide a weight of shape " +
                                              stringifyShape({rows, cols}) + "; choose a size that does");
  return counts;
}

Expected<int64_t> formats::readInteger(const json::Object &config, ArrayRef<StringRef> keys) {
  for (StringRef key : keys)
    if (config.get(key)) {
      if (std::optional<int64_t> value = config.getInteger(key))
        return *value;
      return makeRuleError("config-keys", "key '" + key + "' is no integer; correct the configuration");
    }
  return makeRuleError("config-keys", "key '" + keys.front() + "' is missing; correct the configuration");
}

//===----------------------------------------------------------------------===//
// Decoded tensors
//===----------------------------------------------------------------------===//

/// An entry over the bytes of `source` that `decoder` reads.
static WeightEntry makeDecoded(const WeightEntry &source, Storage storage, ArrayRef<int64_t> shape,
                               ElementDecoder decoder) {
  WeightEntry entry = source;
  entry.info.storage = storage;
  entry.info.shape.assign(shape.begin(), shape.end());
  entry.info.storedBytes = cantFail(getStorageSize(storage, shape));
  entry.decoder = std::move(decoder);
  return entry;
}

WeightEntry formats::makeUnpacked(const WeightEntry &source, int64_t rows, int64_t cols, const PackedLayout &layout) {
  Storage storage = layout.bits <= 4 ? Storage::I4Packed : Storage::I8;
  return makeDecoded(source, storage, {rows, cols}, [=, bytes = source.bytes](MutableArrayRef<char> elements) -> Error {
    MutableArrayRef<int8_t> codes(reinterpret_cast<int8_t *>(elements.data()), elements.size());
    if (unpackCodes(bytes, rows, cols, layout, codes))
      return Error::success();
    return createStringError("has a zero point that " + Twine(layout.bits) +
                             " bits do not hold; quantize that layer again");
  });
}

WeightEntry formats::makeTransposed(const WeightEntry &source) {
  int64_t rows = source.info.shape[0], cols = source.info.shape[1];
  size_t width = getElementSize(getNaturalKind(source.info.storage));
  return makeDecoded(
      source, source.info.storage, {cols, rows}, [=, bytes = source.bytes](MutableArrayRef<char> elements) {
        for (int64_t row = 0; row < rows; ++row)
          for (int64_t col = 0; col < cols; ++col)
            std::memcpy(&elements[size_t(col * rows + row) * width], &bytes[size_t(row * cols + col) * width], width);
        return Error::success();
      });
}

//===----------------------------------------------------------------------===//
// ModuleReader
//===----------------------------------------------------------------------===//

const WeightEntry *ModuleReader::find(const Twine &name) const {
  auto found = tensors.find(name.str());
  return found == tensors.end() ? nullptr : &found->second;
}

std::vector<std::string> ModuleReader::getModules(StringRef suffix) const {
  std::vector<std::string> names;
  for (const auto &[name, entry] : tensors)
    if (StringRef module(name); module.consume_back(suffix) && module.consume_back("."))
      names.push_back(module.str());
  return names;
}

Expected<WeightEntry> ModuleReader::take(const Twine &name, ArrayRef<Storage> storages, ArrayRef<int64_t> shape) {
  auto found = tensors.find(name.str());
  std::string wanted = join(map_range(storages, [](Storage s) { return stringifyStorage(s).str(); }), " or ");
  std::string dims;
  for (int64_t dim : shape)
    dims += (dims.empty() ? "" : ",") + (dim < 0 ? std::string("?") : std::to_string(dim));
  wanted += " [" + dims + "]";
  if (found == tensors.end())
    return makeRuleError("tensors-complete", "tensor '" + name + "' (" + wanted +
                                                 ") is missing; complete the checkpoint or correct its configuration");
  const WeightInfo &info = found->second.info;
  bool fits = is_contained(storages, info.storage) && info.shape.size() == shape.size();
  for (size_t i = 0; fits && i < shape.size(); ++i)
    fits = shape[i] < 0 || info.shape[i] == shape[i];
  if (!fits)
    return makeRuleError("tensors-complete", "tensor '" + name + "' is " + stringifyStorage(info.storage) + " " +
                                                 stringifyShape(info.shape) + " where the configuration asks for " +
                                                 wanted + "; use the configuration that belongs to this checkpoint");
  WeightEntry entry = std::move(found->second);
  tensors.erase(found);
  return entry;
}

Error ModuleReader::add(QuantizedModule module, WeightEntry codes, WeightEntry scale, const WeightEntry *zeroPoint) {
  Expected<std::pair<int64_t, int64_t>> counts = getBlockCounts(module.weight, module.rows, module.cols);
  if (!counts)
    return counts.takeError();
  auto insert = [&](StringRef suffix, WeightEntry entry, ArrayRef<int64_t> shape) {
    std::string key = module.name + suffix.str();
    entry.info.key = key;
    entry.info.shape.assign(shape.begin(), shape.end());
    made.insert_or_assign(key, std::move(entry));
    return key;
  };
  module.codesKey = insert(".weight_codes", std::move(codes), {module.rows, module.cols});
  module.scaleKey = insert(".weight_scale", std::move(scale), {counts->first, counts->second});
  if (zeroPoint)
    module.zeroPointKey = insert(".weight_zero_point", *zeroPoint, {counts->first, counts->second});
  modules.push_back(std::move(module));
  return Error::success();
}

std::string ModuleReader::addInputParameter(StringRef module, StringRef suffix, WeightEntry entry) {
  std::string key = (module + "." + suffix).str();
  entry.info.key = key;
  entry.info.shape = {1, 1};
  made.insert_or_assign(key, std::move(entry));
  return key;
}

LoadedFolder ModuleReader::finish(uint64_t contentHash) && {
  LoadedFolder folder;
  LoadedFile &file = folder.files.emplace_back();
  for (auto *map : {&tensors, &made})
    for (auto &[name, entry] : *map)
      file.entries.push_back(std::move(entry));
  file.contentHash = contentHash;
  folder.modules = std::move(modules);
  folder.ignored = std::move(ignored);
  return folder;
}
