//===- Formats.cpp - The formats, and folders that use them ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Storage.h"
#include "../StrictJson.h"
#include "Format.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;
using namespace quantopt;
using namespace quantopt::formats;

ArrayRef<const CheckpointFormat *> formats::getFormats() {
  static const CheckpointFormat *const formats[] = {&getCompressedTensorsFormat(), &getGptqFormat(), &getGptqV2Format(),
                                                    &getAwqFormat(), &getModelOptFormat()};
  return formats;
}

std::vector<StringRef> quantopt::getCheckpointFormatNames() {
  std::vector<StringRef> names;
  for (const CheckpointFormat *format : getFormats())
    names.push_back(format->getName());
  return names;
}

Expected<const CheckpointFormat *> formats::lookupFormat(StringRef name) {
  for (const CheckpointFormat *format : getFormats())
    if (format->getName() == name)
      return format;
  return createStringError("there is no checkpoint format '" + name + "'; there are " +
                           join(getCheckpointFormatNames(), ", "));
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

static uint64_t hashContent(ArrayRef<LoadedFile> files, const json::Object &quantization) {
  std::string text = formatv("{0}", json::Value(json::Object(quantization))).str();
  for (const LoadedFile &file : files) {
    char hash[8];
    support::endian::write64le(hash, file.contentHash);
    text.append(hash, sizeof(hash));
  }
  return xxh3_64bits(text);
}

Expected<LoadedFolder> formats::readQuantized(const json::Object &quantization, std::vector<LoadedFile> files) {
  const auto *format =
      find_if(getFormats(), [&](const CheckpointFormat *format) { return format->recognizes(quantization); });
  if (format == getFormats().end())
    return makeRuleError("quant-method", "quant_method '" + quantization.getString("quant_method").value_or("") +
                                             "' is not read; give the float checkpoint, or one of " +
                                             join(getCheckpointFormatNames(), ", "));
  uint64_t hash = hashContent(files, quantization);
  std::map<std::string, WeightEntry> tensors;
  for (LoadedFile &file : files)
    for (WeightEntry &entry : file.entries) {
      std::string name = entry.info.key;
      if (!tensors.try_emplace(name, std::move(entry)).second)
        return createStringError("tensor '" + name + "' is in two shards; remove one of them");
    }
  ModuleReader reader(std::move(tensors));
  if (Error error = (*format)->read(quantization, reader))
    return std::move(error);
  return std::move(reader).finish(hash);
}

Expected<std::pair<json::Object, std::string>> formats::findQuantization(StringRef folder) {
  auto getPath = [&](StringRef name) {
    SmallString<256> path(folder);
    sys::path::append(path, name);
    return path.str().str();
  };
  std::string configPath = getPath("config.json");
  if (sys::fs::exists(configPath)) {
    Expected<json::Object> config = readJsonFile(configPath);
    if (!config)
      return config.takeError();
    if (const json::Object *quantization = config->getObject("quantization_config"))
      return std::pair(*quantization, configPath);
  }
  // Where older tools put it, with the method that the name stands for.
  for (auto [name, method] : {std::pair("hf_quant_config.json", "modelopt"), std::pair("quantize_config.json", "gptq"),
                              std::pair("quant_config.json", "awq")}) {
    std::string path = getPath(name);
    if (!sys::fs::exists(path))
      continue;
    Expected<json::Object> quantization = readJsonFile(path);
    if (!quantization)
      return quantization.takeError();
    quantization->try_emplace("quant_method", method);
    return std::pair(std::move(*quantization), path);
  }
  return std::pair(json::Object(), std::string());
}

Expected<LoadedFolder> quantopt::loadFolder(StringRef folder) {
  Expected<std::pair<json::Object, std::string>> quantization = findQuantization(folder);
  if (!quantization)
    return quantization.takeError();
  Expected<std::vector<LoadedFile>> files = loadShards(folder);
  if (!files)
    return files.takeError();
  if (quantization->second.empty()) {
    LoadedFolder plain;
    plain.files = std::move(*files);
    return plain;
  }
  Expected<LoadedFolder> loaded = readQuantized(quantization->first, std::move(*files));
  if (!loaded)
    return createStringError(quantization->second + ": " + toString(loaded.takeError()));
  return loaded;
}
