//===- WriteCheckpoint.cpp - Models as folders that others load -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/WriteCheckpoint.h"
#include "Formats/Format.h"
#include "Storage.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cstring>

using namespace llvm;
using namespace quantopt;
using namespace quantopt::formats;

//===----------------------------------------------------------------------===//
// Floats
//===----------------------------------------------------------------------===//

/// The names of float types in config.json.
static std::optional<Storage> parseDtype(StringRef name) {
  name.consume_front("torch.");
  return StringSwitch<std::optional<Storage>>(name)
      .Case("float32", Storage::F32)
      .Case("float16", Storage::F16)
      .Case("bfloat16", Storage::BF16)
      .Default(std::nullopt);
}

static StringRef getDtypeName(Storage storage) {
  return storage == Storage::F16 ? "float16" : storage == Storage::BF16 ? "bfloat16" : "float32";
}

static Storage getModelStorage(const json::Object &config, std::optional<Storage> wanted) {
  if (wanted)
    return *wanted;
  for (StringRef key : {"dtype", "torch_dtype"})
    if (std::optional<StringRef> name = config.getString(key))
      if (std::optional<Storage> storage = parseDtype(*name))
        return *storage;
  return Storage::F32;
}

/// A tensor of no quantized layer: as it is stored, or decoded into `floats` where no other tool reads that (blocks of
/// GGUF), where a pass made it, or where the user wants that type.
static ShardTensor makeFloatTensor(const std::string &name, const std::string &key, const WeightStore &store,
                                   Storage floats, bool convertsAll) {
  const WeightInfo &info = *store.lookup(key);
  bool isFloat = isFloatKind(getNaturalKind(info.storage));
  if (!isFloat || !(isGgmlBlock(info.storage) || info.isOverlay || convertsAll) || info.storage == floats)
    return makeStoredTensor(name, store, key);
  ShardTensor tensor;
  tensor.name = name;
  tensor.storage = floats;
  tensor.shape = info.shape;
  tensor.visit = [&store, key, floats](ByteSink sink) -> Error {
    Expected<WeightBuffer> buffer = store.read(key, getNaturalKind(floats));
    if (!buffer)
      return buffer.takeError();
    store.release(key);
    return sink(buffer->getBytes());
  };
  return tensor;
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

static Error writeJson(StringRef folder, StringRef name, json::Object object) {
  SmallString<256> path(folder);
  sys::path::append(path, name);
  json::Value value(std::move(object));
  return writeFile(path, [&](raw_ostream &os) { os << formatv("{0:2}", value) << "\n"; });
}

static Error writeConfigs(StringRef folder, const CheckpointModel &model, Description description, Storage floats,
                          bool setsDtype, json::Object provenance) {
  json::Object config = model.config;
  bool hasDtype = config.get("dtype") || config.get("torch_dtype");
  for (StringRef key : {"dtype", "torch_dtype"})
    if (setsDtype && config.get(key))
      config[key] = getDtypeName(floats);
  if (!hasDtype)
    config["torch_dtype"] = getDtypeName(floats);
  config["quantization_config"] = std::move(description.quantization);
  if (Error error = writeJson(folder, "config.json", std::move(config)))
    return error;
  for (auto &[name, object] : description.files)
    if (Error error = writeJson(folder, name, std::move(object)))
      return error;
  return writeJson(folder, "quant-opt.json", std::move(provenance));
}

//===----------------------------------------------------------------------===//
// Reading back
//===----------------------------------------------------------------------===//

static bool isZero(ArrayRef<int8_t> codes) {
  return all_of(codes, [](int8_t code) { return code == 0; });
}

/// Codes at `key`, none for the empty key.
static Expected<std::vector<int8_t>> readOptionalCodes(const WeightStore &store, StringRef key) {
  return key.empty() ? Expected<std::vector<int8_t>>(std::vector<int8_t>()) : readCodes(store, key);
}

/// What differs between a layer and what is read back of it; empty: nothing.
static Expected<std::string> compareModule(const QuantizedModule &module, const WeightStore &store,
                                           const WeightStore &written, Storage scaleStorage) {
  const QuantizedModule *read = written.lookupModule(module.name);
  if (!read)
    return std::string("is not a quantized layer any more");
  if (read->weight.kind != module.weight.kind || read->weight.bits != module.weight.bits || read->input != module.input)
    return "is read as " + describeScheme(read->weight) + " instead of " + describeScheme(module.weight);
  for (auto [mine, theirs, what] :
       {std::tuple(&module.codesKey, &read->codesKey, "codes"),
        std::tuple(&module.zeroPointKey, &read->zeroPointKey, "zero points"),
        std::tuple(&module.inputZeroPointKey, &read->inputZeroPointKey, "input zero point")}) {
    Expected<std::vector<int8_t>> a = readOptionalCodes(store, *mine);
    if (!a)
      return a.takeError();
    Expected<std::vector<int8_t>> b = readOptionalCodes(written, *theirs);
    if (!b)
      return b.takeError();
    bool bothZero = (a->empty() || b->empty()) && isZero(*a) && isZero(*b);
    if (*a != *b && !bothZero)
      return std::string("has other ") + what;
  }
  for (auto [mine, theirs] :
       {std::pair(&module.scaleKey, &read->scaleKey), std::pair(&module.inputScaleKey, &read->inputScaleKey)}) {
    if (mine->empty() && theirs->empty())
      continue;
    bool isExact;
    Expected<std::vector<float>> a = readStoredScales(store, *mine, scaleStorage, isExact);
    if (!a)
      return a.takeError();
    Expected<WeightBuffer> b = written.read(*theirs, ElementKind::F32);
    if (!b)
      return b.takeError();
    if (ArrayRef<float>(*a) != b->as<float>())
      return std::string("has other scales");
  }
  return std::string();
}

static Error compareTensor(const ShardTensor &tensor, const WeightStore &written) {
  Expected<ArrayRef<char>> stored = written.getStoredBytes(tensor.name);
  if (!stored)
    return stored.takeError();
  ArrayRef<char> left = *stored;
  Error error = tensor.visit([&](ArrayRef<char> bytes) -> Error {
    if (bytes.size() > left.size() || std::memcmp(bytes.data(), left.data(), bytes.size()) != 0)
      return createStringError("tensor '" + tensor.name + "' reads back with other bytes");
    left = left.drop_front(bytes.size());
    return Error::success();
  });
  written.release(tensor.name);
  return error;
}

static Error compareFolder(StringRef folder, const CheckpointModel &model, const WeightStore &store,
                           ArrayRef<ShardTensor> floats, Storage scaleStorage) {
  WeightStore written;
  if (Error error = written.addPath(folder))
    return error;
  constexpr StringLiteral remedy = "; the disk or memory is faulty, or this is a defect of quant-opt";
  for (const QuantizedModule &module : model.modules) {
    Expected<std::string> difference = compareModule(module, store, written, scaleStorage);
    if (!difference)
      return difference.takeError();
    if (!difference->empty())
      return makeRuleError("reread", "'" + module.name + "' " + *difference + remedy);
  }
  for (const ShardTensor &tensor : floats)
    if (Error error = compareTensor(tensor, written))
      return makeRuleError("reread", toString(std::move(error)) + remedy);
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// Checks the layers and counts those whose scales change.
static Error checkModules(const CheckpointModel &model, const CheckpointFormat &format, const WriteContext &context,
                          int64_t &rounded) {
  for (const QuantizedModule &module : model.modules) {
    if (Error error = format.check(module, context))
      return createStringError("'" + module.name + "': " + toString(std::move(error)));
    bool isExact;
    Expected<std::vector<float>> scales =
        readStoredScales(context.store, module.scaleKey, context.scaleStorage, isExact);
    if (!scales)
      return createStringError("'" + module.name + "': " + toString(scales.takeError()));
    rounded += !isExact;
  }
  return Error::success();
}

static Error checkNames(ArrayRef<ShardTensor> tensors) {
  StringSet<> names;
  for (const ShardTensor &tensor : tensors)
    if (!names.insert(tensor.name).second)
      return makeRuleError("unique-names", "two tensors would be called '" + tensor.name +
                                               "'; this is a model whose "
                                               "layers share a weight that they quantize differently");
  return Error::success();
}

Expected<WriteCheckpointResult> quantopt::writeCheckpoint(StringRef folder, const CheckpointModel &model,
                                                          const WeightStore &store, StringRef formatName,
                                                          WriteCheckpointOptions options) {
  Expected<const CheckpointFormat *> format = lookupFormat(formatName);
  if (!format)
    return format.takeError();
  if (model.modules.empty())
    return makeRuleError("has-modules", "the model has no quantized layer; quantize it first (--int4-rtn, for one)");
  Storage floats = getModelStorage(model.config, options.floatStorage);
  WriteContext context{store, (*format)->getScaleStorage(floats), floats};
  WriteCheckpointResult result;
  result.scaleStorage = context.scaleStorage;
  if (Error error = checkModules(model, **format, context, result.roundedModules))
    return std::move(error);
  if (result.roundedModules && !options.mayRoundScales)
    return makeRuleError("scale-exact", "the scales of " + Twine(result.roundedModules) + " layers are no numbers of " +
                                            stringifyStorage(result.scaleStorage) +
                                            ", which the format stores; choose compressed-tensors, or quantize again");
  Expected<Description> description = (*format)->describe(model);
  if (!description)
    return description.takeError();

  std::vector<ShardTensor> tensors, others;
  for (const QuantizedModule &module : model.modules)
    (*format)->write(module, context, tensors);
  for (const auto &[name, key] : model.tensors)
    others.push_back(makeFloatTensor(name, key, store, floats, options.floatStorage.has_value()));
  append_range(tensors, others);
  if (Error error = checkNames(tensors))
    return std::move(error);
  options.provenance["format"] = formatName;
  if (Error error = writeConfigs(folder, model, std::move(*description), floats, options.floatStorage.has_value(),
                                 std::move(options.provenance)))
    return std::move(error);
  Expected<uint64_t> bytes =
      writeShards(folder, std::move(tensors), {{"quant-opt.format", formatName.str()}}, options.maxShardBytes);
  if (!bytes)
    return bytes.takeError();
  result.bytes = *bytes;
  if (options.reread)
    if (Error error = compareFolder(folder, model, store, others, context.scaleStorage))
      return std::move(error);
  return result;
}
