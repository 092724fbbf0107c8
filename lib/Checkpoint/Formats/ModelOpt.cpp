//===- ModelOpt.cpp - The format of TensorRT-LLM's tools ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// NVIDIA/Model-Optimizer: modelopt/torch/export/{quant_utils,unified_export_hf,
// convert_hf_config}.py; NVIDIA/TensorRT-LLM: quantization/modelopt_config.py.
//
//===----------------------------------------------------------------------===//

#include "../Storage.h"
#include "Format.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cstring>

using namespace llvm;
using namespace quantopt;
using namespace quantopt::formats;

namespace {

/// What a quant_algo means.
struct Algorithm {
  StringLiteral name;
  TensorScheme weight;
  std::optional<TensorScheme> input;
};

class ModelOpt final : public CheckpointFormat {
public:
  StringRef getName() const override { return "modelopt"; }
  bool recognizes(const json::Object &quantization) const override {
    const json::Object *producer = quantization.getObject("producer");
    return quantization.getString("quant_method").value_or("").starts_with("modelopt") ||
           (producer && producer->getString("name") == "modelopt");
  }
  Error read(const json::Object &quantization, ModuleReader &reader) const override;
  Storage getScaleStorage(Storage) const override { return Storage::F32; }
  Error check(const QuantizedModule &module, const WriteContext &context) const override;
  void write(const QuantizedModule &module, const WriteContext &context,
             std::vector<ShardTensor> &tensors) const override;
  Expected<Description> describe(const CheckpointModel &model) const override;
};

} // namespace

const CheckpointFormat &formats::getModelOptFormat() {
  static const ModelOpt format;
  return format;
}

/// Groups of any size are W4A16_AWQ; the size is the model's.
static constexpr int64_t kAnyGroup = -1;

static ArrayRef<Algorithm> getAlgorithms() {
  constexpr CodeKind f8 = CodeKind::F8E4M3, integer = CodeKind::Integer;
  static const Algorithm algorithms[] = {
      {"FP8", {f8, 8, true, false, 0, 0}, TensorScheme{f8, 8, true, false, 0, 0}},
      {"FP8_PER_CHANNEL_PER_TOKEN", {f8, 8, true, false, 1, 0}, TensorScheme{f8, 8, true, true, 1, 0}},
      {"FP8_PB_WO", {f8, 8, true, false, 128, 128}, std::nullopt},
      {"W8A16", {integer, 8, true, false, 1, 0}, std::nullopt},
      {"W4A16_AWQ", {integer, 4, true, false, 1, kAnyGroup}, std::nullopt},
  };
  return algorithms;
}

static const Algorithm *findAlgorithm(const QuantizedModule &module) {
  for (const Algorithm &algorithm : getAlgorithms()) {
    TensorScheme weight = algorithm.weight;
    if (weight.blockCols == kAnyGroup && module.weight.blockCols > 0)
      weight.blockCols = module.weight.blockCols;
    if (weight == module.weight && algorithm.input == module.input)
      return &algorithm;
  }
  return nullptr;
}

/// Two rows share a byte, the even one in its low half.
static PackedLayout getLayout() { return {4, 1, /*alongRow=*/false, /*wordsInner=*/false, 0, {}}; }

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// Two's complement nibbles, which unpacking without an offset leaves unsigned.
static WeightEntry makeSigned(WeightEntry entry) {
  PackedLayout layout = getLayout();
  layout.offset = 0;
  int64_t rows = entry.info.shape[0] * 2, cols = entry.info.shape[1];
  ArrayRef<char> bytes = entry.bytes;
  entry.info.storage = Storage::I4Packed;
  entry.info.shape = {rows, cols};
  entry.info.storedBytes = cantFail(getStorageSize(Storage::I4Packed, entry.info.shape));
  entry.decoder = [=](MutableArrayRef<char> elements) -> Error {
    MutableArrayRef<int8_t> codes(reinterpret_cast<int8_t *>(elements.data()), elements.size());
    unpackCodes(bytes, rows, cols, layout, codes);
    for (int8_t &code : codes)
      code = int8_t(code >= 8 ? code - 16 : code);
    return Error::success();
  };
  return entry;
}

/// `pre_quant_scale` multiplies the input; only one that changes nothing has a place in the IR.
static Error dropUnitInputScale(ModuleReader &reader, StringRef name, int64_t cols) {
  if (!reader.find(name + ".pre_quant_scale"))
    return Error::success();
  Storage floats[] = {Storage::F32, Storage::F16, Storage::BF16};
  Expected<WeightEntry> entry = reader.take(name + ".pre_quant_scale", floats, {cols});
  if (!entry)
    return entry.takeError();
  size_t width = getElementSize(getNaturalKind(entry->info.storage));
  bool isUnit = true;
  for (int64_t col = 0; col < cols; ++col) {
    const char *at = entry->bytes.data() + col * width;
    float value;
    uint16_t half;
    if (width == 4)
      std::memcpy(&value, at, 4);
    else
      std::memcpy(&half, at, 2), value = entry->info.storage == Storage::F16 ? decodeF16(half) : decodeBF16(half);
    isUnit &= value == 1;
  }
  if (isUnit)
    return Error::success();
  return makeRuleError("modelopt-input-scale", "'" + name +
                                                   ".pre_quant_scale' is not all ones, and the importer has no "
                                                   "place for it; fold it into the layer before");
}

static Error readModule(ModuleReader &reader, const Algorithm &algorithm, int64_t group, StringRef name) {
  QuantizedModule module;
  module.name = name.str();
  module.weight = algorithm.weight;
  module.input = algorithm.input;
  if (module.weight.blockCols == kAnyGroup)
    module.weight.blockCols = group;
  bool isPacked = module.weight.bits == 4;
  Storage storage = isPacked ? Storage::U8 : module.weight.kind == CodeKind::Integer ? Storage::I8 : Storage::F8E4M3;
  Expected<WeightEntry> codes = reader.take(name + ".weight", {storage}, {-1, -1});
  if (!codes)
    return codes.takeError();
  module.rows = codes->info.shape[0] * (isPacked ? 2 : 1);
  module.cols = codes->info.shape[1];
  Expected<std::pair<int64_t, int64_t>> counts = getBlockCounts(module.weight, module.rows, module.cols);
  if (!counts)
    return counts.takeError();
  // A scalar, a vector, a matrix, or [rows, 1, columns, 1] of blocks.
  SmallVector<int64_t> shape{counts->first, counts->second};
  if (module.weight.blockRows > 1)
    shape = {counts->first, 1, counts->second, 1};
  else if (module.weight.blockCols == 0)
    shape = module.weight.blockRows == 0 ? SmallVector<int64_t>() : SmallVector<int64_t>{counts->first};
  Expected<WeightEntry> scale = reader.take(name + ".weight_scale", {Storage::F32}, shape);
  if (!scale)
    return scale.takeError();
  if (module.input && !module.input->dynamic) {
    Expected<WeightEntry> input = reader.take(name + ".input_scale", {Storage::F32}, {});
    if (!input)
      return input.takeError();
    module.inputScaleKey = reader.addInputParameter(name, "input_scale", std::move(*input));
  }
  if (Error error = dropUnitInputScale(reader, name, module.cols))
    return error;
  WeightEntry unpacked = isPacked ? makeSigned(std::move(*codes)) : std::move(*codes);
  return reader.add(std::move(module), std::move(unpacked), std::move(*scale), nullptr);
}

Error ModelOpt::read(const json::Object &quantization, ModuleReader &reader) const {
  // hf_quant_config.json nests what quantization_config says at the top.
  const json::Object *nested = quantization.getObject("quantization");
  const json::Object &config = nested ? *nested : quantization;
  StringRef name = config.getString("quant_algo").value_or("");
  const auto *algorithm = find_if(getAlgorithms(), [&](const Algorithm &algorithm) { return algorithm.name == name; });
  if (algorithm == getAlgorithms().end())
    return makeRuleError("modelopt-algorithm",
                         "quant_algo '" + name + "' is not read; " +
                             join(map_range(getAlgorithms(), [](const Algorithm &a) { return a.name.str(); }), ", ") +
                             " are");
  if (std::optional<StringRef> cache = config.getString("kv_cache_quant_algo"))
    return makeRuleError("modelopt-kv-cache", "kv_cache_quant_algo '" + *cache +
                                                  "' is not read; remove it and the k_scale and v_scale tensors");
  int64_t group = config.getInteger("group_size").value_or(0);
  if (algorithm->weight.blockCols == kAnyGroup && group <= 0)
    return makeRuleError("config-keys", "key 'group_size' is missing; correct the configuration");
  for (StringRef module : reader.getModules("weight_scale"))
    if (Error error = readModule(reader, *algorithm, group, module))
      return error;
  for (StringRef key : {"exclude_modules", "ignore"})
    if (const json::Array *names = config.getArray(key))
      for (const json::Value &excluded : *names)
        reader.ignore(excluded.getAsString().value_or(""));
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

Error ModelOpt::check(const QuantizedModule &module, const WriteContext &) const {
  if (!findAlgorithm(module))
    return makeRuleError("modelopt-algorithm",
                         "no quant_algo is " + describeScheme(module.weight) +
                             (module.input ? " with inputs of " + describeScheme(*module.input) : "") +
                             "; use compressed-tensors, or a scheme of docs/checkpoints.md");
  if (module.weight.bits == 4 && module.rows % 2 != 0)
    return makeRuleError("modelopt-shape",
                         "two outputs share a byte, the weight is " + stringifyShape({module.rows, module.cols}));
  return getBlockCounts(module.weight, module.rows, module.cols).takeError();
}

void ModelOpt::write(const QuantizedModule &module, const WriteContext &context,
                     std::vector<ShardTensor> &tensors) const {
  auto [rowBlocks, colBlocks] = cantFail(getBlockCounts(module.weight, module.rows, module.cols));
  if (module.weight.bits == 4) {
    tensors.push_back(makePackedTensor(module.name + ".weight", Storage::U8, {module.rows / 2, module.cols}, context,
                                       module.codesKey, module.rows, module.cols, getLayout()));
    // Some loaders insist on it for layers without a norm before them; ones change nothing.
    tensors.push_back(makeOnes(module.name + ".pre_quant_scale", module.cols, context));
  } else {
    Storage storage = module.weight.kind == CodeKind::Integer ? Storage::I8 : Storage::F8E4M3;
    tensors.push_back(
        makeCodeTensor(module.name + ".weight", storage, {module.rows, module.cols}, context, module.codesKey));
  }
  SmallVector<int64_t> shape{rowBlocks, colBlocks};
  if (module.weight.blockRows > 1)
    shape = {rowBlocks, 1, colBlocks, 1};
  else if (module.weight.blockCols == 0)
    shape = module.weight.blockRows == 0 ? SmallVector<int64_t>() : SmallVector<int64_t>{rowBlocks};
  tensors.push_back(makeScaleTensor(module.name + ".weight_scale", shape, context, module.scaleKey));
  if (!module.inputScaleKey.empty())
    tensors.push_back(makeScaleTensor(module.name + ".input_scale", {}, context, module.inputScaleKey));
}

Expected<Description> ModelOpt::describe(const CheckpointModel &model) const {
  Expected<TensorScheme> scheme = getCommonScheme("modelopt-algorithm", model);
  if (!scheme)
    return scheme.takeError();
  const Algorithm &algorithm = *findAlgorithm(model.modules.front());
  json::Array excluded;
  for (StringRef name : model.ignored) {
    if (name.starts_with("re:"))
      return makeRuleError("modelopt-ignore", "'" + name +
                                                  "' is an expression, and the format has shell wildcards; "
                                                  "quantize with the layers listed");
    excluded.push_back(name);
  }
  json::Object producer{{"name", "modelopt"}, {"version", "0.40.0"}};
  json::Object nested{
      {"quant_algo", algorithm.name}, {"kv_cache_quant_algo", nullptr}, {"exclude_modules", json::Array(excluded)}};
  json::Object flat{{"quant_method", "modelopt"},
                    {"quant_algo", algorithm.name},
                    {"ignore", json::Array(excluded)},
                    {"producer", json::Object(producer)}};
  if (algorithm.weight.blockCols == kAnyGroup) {
    for (json::Object *object : {&nested, &flat})
      (*object)["group_size"] = scheme->blockCols;
    nested["has_zero_point"] = false;
    nested["pre_quant_scale"] = true;
  }
  Description description;
  description.files["hf_quant_config.json"] =
      json::Object{{"producer", std::move(producer)}, {"quantization", std::move(nested)}};
  description.quantization = std::move(flat);
  return description;
}
