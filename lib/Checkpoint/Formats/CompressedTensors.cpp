//===- CompressedTensors.cpp - The format of vLLM's tools -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// vllm-project/compressed-tensors: src/compressed_tensors/quantization/
// (quant_args, quant_scheme, quant_config) and compressors/ (pack_quantized,
// naive_quantized), versions 0.9 to 0.19.
//
//===----------------------------------------------------------------------===//

#include "../Storage.h"
#include "Format.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Regex.h"
#include <set>

using namespace llvm;
using namespace quantopt;
using namespace quantopt::formats;

namespace {

/// A group of layers with one scheme, as the configuration states it.
struct Group {
  std::string name;
  std::vector<std::string> targets;
  TensorScheme weight;
  std::optional<TensorScheme> input;
};

struct Preset {
  StringLiteral name, weights, inputs;
};

class CompressedTensors final : public CheckpointFormat {
public:
  StringRef getName() const override { return "compressed-tensors"; }
  bool recognizes(const json::Object &quantization) const override {
    return quantization.getString("quant_method") == "compressed-tensors";
  }
  Error read(const json::Object &quantization, ModuleReader &reader) const override;
  Error check(const QuantizedModule &module, const WriteContext &context) const override;
  void write(const QuantizedModule &module, const WriteContext &context,
             std::vector<ShardTensor> &tensors) const override;
  Expected<Description> describe(const CheckpointModel &model) const override;
};

} // namespace

const CheckpointFormat &formats::getCompressedTensorsFormat() {
  static const CompressedTensors format;
  return format;
}

/// The version whose keys are written.
static constexpr StringLiteral kVersion = "0.19.0";

// compressed_tensors/quantization/quant_scheme.py: what a group is that has a name and only lists its targets.
static constexpr StringLiteral kInt8Token = R"({"num_bits": 8, "strategy": "token", "dynamic": true})";
static constexpr StringLiteral kFp8Token = R"({"num_bits": 8, "type": "float", "strategy": "token", "dynamic": true})";
static constexpr Preset kPresets[] = {
    {"W8A8", R"({"num_bits": 8, "strategy": "channel"})", kInt8Token},
    {"INT8", R"({"num_bits": 8, "strategy": "channel"})", kInt8Token},
    {"W4A8", R"({"num_bits": 4, "strategy": "group", "group_size": 128})", kInt8Token},
    {"W8A16", R"({"num_bits": 8, "strategy": "channel"})", ""},
    {"W4A16", R"({"num_bits": 4, "strategy": "group", "group_size": 128})", ""},
    {"W4A16_ASYM", R"({"num_bits": 4, "strategy": "group", "group_size": 128, "symmetric": false})", ""},
    {"FP8", R"({"num_bits": 8, "type": "float", "strategy": "tensor"})",
     R"({"num_bits": 8, "type": "float", "strategy": "tensor"})"},
    {"FP8_DYNAMIC", R"({"num_bits": 8, "type": "float", "strategy": "channel"})", kFp8Token},
};

//===----------------------------------------------------------------------===//
// QuantizationArgs
//===----------------------------------------------------------------------===//

/// The strategy of a scheme; token for a dynamic one.
static StringRef getStrategy(const TensorScheme &scheme) {
  if (scheme.blockRows == 0)
    return "tensor";
  if (scheme.blockCols == 0)
    return scheme.dynamic ? "token" : "channel";
  return scheme.blockRows == 1 ? "group" : "block";
}

static json::Object makeArgs(const TensorScheme &scheme) {
  json::Object args{{"num_bits", int64_t(scheme.bits)},
                    {"type", scheme.kind == CodeKind::Integer ? "int" : "float"},
                    {"symmetric", scheme.symmetric},
                    {"strategy", getStrategy(scheme)},
                    {"group_size", nullptr},
                    {"block_structure", nullptr},
                    {"dynamic", scheme.dynamic},
                    {"actorder", nullptr},
                    {"scale_dtype", nullptr},
                    {"zp_dtype", nullptr},
                    {"observer", scheme.dynamic ? json::Value(nullptr) : json::Value("minmax")},
                    {"observer_kwargs", json::Object()}};
  if (getStrategy(scheme) == "group")
    args["group_size"] = scheme.blockCols;
  if (getStrategy(scheme) == "block")
    args["block_structure"] = json::Array{scheme.blockRows, scheme.blockCols};
  if (!scheme.symmetric)
    args["zp_dtype"] = "torch.int8";
  return args;
}

static Error readBlocks(const json::Object &args, TensorScheme &scheme) {
  int64_t group = args.getInteger("group_size").value_or(0);
  StringRef strategy = args.getString("strategy").value_or(group > 0 ? "group" : group < 0 ? "channel" : "tensor");
  if (strategy == "channel" || strategy == "token") {
    scheme.blockRows = 1;
  } else if (strategy == "group" && group > 0) {
    scheme.blockRows = 1;
    scheme.blockCols = group;
  } else if (strategy == "block") {
    const json::Array *lengths = args.getArray("block_structure");
    bool isPair = lengths && lengths->size() == 2 && (*lengths)[0].getAsInteger().value_or(0) > 0 &&
                  (*lengths)[1].getAsInteger().value_or(0) > 0;
    if (!isPair)
      return makeRuleError("ct-scheme", "block_structure is not two positive lengths; correct the configuration");
    scheme.blockRows = *(*lengths)[0].getAsInteger();
    scheme.blockCols = *(*lengths)[1].getAsInteger();
  } else if (strategy != "tensor") {
    return makeRuleError("ct-scheme", "strategy '" + strategy +
                                          "' is not read; tensor, channel, token, group and "
                                          "block are");
  }
  return Error::success();
}

static Expected<TensorScheme> readArgs(const json::Object &args) {
  TensorScheme scheme;
  scheme.bits = unsigned(args.getInteger("num_bits").value_or(8));
  bool isFloat = args.getString("type").value_or("int") == "float";
  scheme.kind = isFloat ? CodeKind::F8E4M3 : CodeKind::Integer;
  scheme.symmetric = args.getBoolean("symmetric").value_or(true);
  const json::Value *dynamic = args.get("dynamic");
  scheme.dynamic = dynamic && dynamic->getAsBoolean().value_or(false);
  if (dynamic && dynamic->getAsString())
    return makeRuleError("ct-scheme", "dynamic: \"" + *dynamic->getAsString() + "\" is not read");
  if (scheme.bits != 8 && (isFloat || scheme.bits != 4))
    return makeRuleError("code-width", "codes of " + Twine(scheme.bits) + " bits (" + (isFloat ? "float" : "int") +
                                           ") are not read; int4, int8 and 8-bit floats are");
  if (Error error = readBlocks(args, scheme))
    return std::move(error);
  return scheme;
}

//===----------------------------------------------------------------------===//
// Groups
//===----------------------------------------------------------------------===//

static std::optional<json::Object> getPreset(StringRef name) {
  const Preset *found = find_if(kPresets, [&](const Preset &preset) { return preset.name == name; });
  if (found == std::end(kPresets))
    return std::nullopt;
  json::Object scheme{{"weights", cantFail(json::parse(found->weights))}};
  if (!found->inputs.empty())
    scheme["input_activations"] = cantFail(json::parse(found->inputs));
  return scheme;
}

static Expected<Group> readGroup(StringRef name, const json::Value &value) {
  Group group;
  group.name = name.str();
  std::optional<json::Object> preset = value.getAsArray() ? getPreset(name) : std::nullopt;
  const json::Object *scheme = preset ? &*preset : value.getAsObject();
  const json::Array *targets = value.getAsArray() ? value.getAsArray() : scheme ? scheme->getArray("targets") : nullptr;
  const json::Object *weights = scheme ? scheme->getObject("weights") : nullptr;
  if (!targets || !weights)
    return makeRuleError("ct-scheme",
                         "config_groups entry '" + name + "' has no targets or no weights; correct the configuration");
  for (const json::Value &target : *targets)
    group.targets.push_back(target.getAsString().value_or("").str());
  Expected<TensorScheme> weight = readArgs(*weights);
  if (!weight)
    return weight.takeError();
  group.weight = *weight;
  if (const json::Object *inputs = scheme->getObject("input_activations")) {
    Expected<TensorScheme> input = readArgs(*inputs);
    if (!input)
      return input.takeError();
    group.input = *input;
  }
  if (const json::Value *output = scheme->get("output_activations"); output && output->getAsObject())
    return makeRuleError("ct-scheme", "config_groups entry '" + name + "' quantizes outputs, which is not read");
  return group;
}

static Expected<std::vector<Group>> readGroups(const json::Object &quantization) {
  const json::Object *entries = quantization.getObject("config_groups");
  if (!entries || entries->empty())
    return makeRuleError("ct-scheme", "quantization_config has no config_groups; correct the configuration");
  std::map<std::string, const json::Value *> sorted;
  for (const auto &[name, value] : *entries)
    sorted[name.str()] = &value;
  std::vector<Group> groups;
  for (const auto &[name, value] : sorted) {
    Expected<Group> group = readGroup(name, *value);
    if (!group)
      return group.takeError();
    groups.push_back(std::move(*group));
  }
  return groups;
}

/// Python's re.match over what POSIX expressions say too: anchored at the start alone.
static Expected<bool> matchesPattern(StringRef pattern, StringRef name) {
  std::string message;
  bool isForeign = pattern.contains("(?") || pattern.contains("\\d") || pattern.contains("\\w") ||
                   pattern.contains("\\s") || pattern.contains("\\b");
  Regex regex(("^(" + pattern + ")").str());
  if (isForeign || !regex.isValid(message))
    return makeRuleError("ct-targets", "target 're:" + pattern + "' is an expression that is not read" +
                                           (message.empty() ? Twine("") : ": " + message) +
                                           "; write it without Perl's extensions, or list the layers");
  return regex.match(name);
}

/// The group of a layer: by name, then by expression, then by class, groups in the order of their names.
static Expected<const Group *> findGroup(ArrayRef<Group> groups, StringRef module) {
  const Group *byClass = nullptr;
  for (const Group &group : groups)
    if (is_contained(group.targets, module))
      return &group;
  for (const Group &group : groups)
    for (StringRef target : group.targets) {
      if (!target.consume_front("re:")) {
        // What is no path is the name of a class, and what has a quantized weight is a linear layer.
        if (!byClass && !target.contains('.'))
          byClass = &group;
        continue;
      }
      Expected<bool> matches = matchesPattern(target, module);
      if (!matches)
        return matches.takeError();
      if (*matches)
        return &group;
    }
  if (!byClass)
    return makeRuleError("ct-targets", "'" + module +
                                           "' has a scale, but no target of config_groups names it; "
                                           "correct the configuration");
  return byClass;
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

static PackedLayout getWeightLayout(unsigned bits) { return {bits, 4, true, true, 1 << (bits - 1), {}}; }
static PackedLayout getZeroPointLayout(unsigned bits) { return {bits, 4, false, false, 1 << (bits - 1), {}}; }

/// Codes of a layer whose weight is packed; sets its shape from `weight_shape`.
static Expected<WeightEntry> readPacked(ModuleReader &reader, QuantizedModule &module) {
  Expected<WeightEntry> shape = reader.take(module.name + ".weight_shape", {Storage::I64, Storage::I32}, {2});
  if (!shape)
    return shape.takeError();
  const char *bytes = shape->bytes.data();
  bool isWide = shape->info.storage == Storage::I64;
  module.rows = isWide ? support::endian::read64le(bytes) : support::endian::read32le(bytes);
  module.cols = isWide ? support::endian::read64le(bytes + 8) : support::endian::read32le(bytes + 4);
  constexpr int64_t kMaxLength = int64_t(1) << 30; // keeps products inside 64 bits
  if (module.rows < 1 || module.cols < 1 || module.rows > kMaxLength || module.cols > kMaxLength)
    return makeRuleError("tensors-complete", "tensor '" + module.name + ".weight_shape' is no shape of a matrix");
  PackedLayout layout = getWeightLayout(module.weight.bits);
  Expected<WeightEntry> packed =
      reader.take(module.name + ".weight_packed", {Storage::I32}, {module.rows, getWordsPerLine(layout, module.cols)});
  if (!packed)
    return packed.takeError();
  return makeUnpacked(*packed, module.rows, module.cols, layout);
}

/// Codes of a layer that stores them one a byte.
static Expected<WeightEntry> readPlain(ModuleReader &reader, QuantizedModule &module) {
  Storage storage = module.weight.kind == CodeKind::Integer ? Storage::I8 : Storage::F8E4M3;
  Expected<WeightEntry> codes = reader.take(module.name + ".weight", {storage}, {-1, -1});
  if (!codes)
    return codes.takeError();
  module.rows = codes->info.shape[0];
  module.cols = codes->info.shape[1];
  if (module.weight.bits == 8)
    return codes;
  return makeUnpacked(*codes, module.rows, module.cols, {8, 1, true, true, 0, {}});
}

/// A scale or a zero point of one a byte, which may lack dimensions of length 1.
static Expected<WeightEntry> readParameter(ModuleReader &reader, const Twine &name, ArrayRef<Storage> storages,
                                           std::pair<int64_t, int64_t> counts) {
  const WeightEntry *entry = reader.find(name);
  SmallVector<int64_t> shape{counts.first, counts.second};
  if (entry && entry->info.shape.size() < 2 && counts.second == 1)
    shape.pop_back();
  if (entry && entry->info.shape.empty() && counts.first == 1)
    shape.clear();
  return reader.take(name, storages, shape);
}

static Error readModule(ModuleReader &reader, const Group &group, StringRef name) {
  QuantizedModule module;
  module.name = name.str();
  module.weight = group.weight;
  module.input = group.input;
  bool isPacked = reader.find(name + ".weight_packed");
  if (reader.find(name + ".weight_g_idx"))
    return makeRuleError("ct-g-idx", "tensor '" + name +
                                         ".weight_g_idx': groups that are not contiguous left the "
                                         "format in 0.16; quantize again with actorder=weight");
  Expected<WeightEntry> codes = isPacked ? readPacked(reader, module) : readPlain(reader, module);
  if (!codes)
    return codes.takeError();
  Expected<std::pair<int64_t, int64_t>> counts = getBlockCounts(module.weight, module.rows, module.cols);
  if (!counts)
    return counts.takeError();
  Storage floats[] = {Storage::F32, Storage::F16, Storage::BF16};
  Expected<WeightEntry> scale = readParameter(reader, name + ".weight_scale", floats, *counts);
  if (!scale)
    return scale.takeError();
  std::optional<WeightEntry> zeroPoint;
  if (!module.weight.symmetric) {
    PackedLayout layout = getZeroPointLayout(module.weight.bits);
    std::string key = (name + ".weight_zero_point").str();
    Expected<WeightEntry> stored =
        isPacked ? reader.take(key, {Storage::I32}, {getWordsPerLine(layout, counts->first), counts->second})
                 : readParameter(reader, key, {Storage::I8}, *counts);
    if (!stored)
      return stored.takeError();
    zeroPoint = isPacked ? makeUnpacked(*stored, counts->first, counts->second, layout)
                : module.weight.bits == 8
                    ? *stored
                    : makeUnpacked(*stored, counts->first, counts->second, {8, 1, true, true, 0, {}});
  }
  if (module.input && !module.input->dynamic) {
    Expected<WeightEntry> input = readParameter(reader, name + ".input_scale", floats, {1, 1});
    if (!input)
      return input.takeError();
    module.inputScaleKey = reader.addInputParameter(name, "input_scale", std::move(*input));
    if (!module.input->symmetric) {
      Expected<WeightEntry> zero = readParameter(reader, name + ".input_zero_point", {Storage::I8}, {1, 1});
      if (!zero)
        return zero.takeError();
      module.inputZeroPointKey = reader.addInputParameter(name, "input_zero_point", std::move(*zero));
    }
  }
  return reader.add(std::move(module), std::move(*codes), std::move(*scale), zeroPoint ? &*zeroPoint : nullptr);
}

Error CompressedTensors::read(const json::Object &quantization, ModuleReader &reader) const {
  Expected<std::vector<Group>> groups = readGroups(quantization);
  if (!groups)
    return groups.takeError();
  if (const json::Value *cache = quantization.get("kv_cache_scheme"); cache && cache->getAsObject())
    return makeRuleError("ct-kv-cache", "kv_cache_scheme is not read; remove it and the k_scale and v_scale tensors");
  if (const json::Object *transforms = quantization.getObject("transform_config"); transforms && !transforms->empty())
    return makeRuleError("ct-transform", "transform_config is not read; export without transforms");
  for (StringRef name : reader.getModules("weight_scale")) {
    Expected<const Group *> group = findGroup(*groups, name);
    if (!group)
      return group.takeError();
    if (Error error = readModule(reader, **group, name))
      return error;
  }
  if (const json::Array *ignore = quantization.getArray("ignore"))
    for (const json::Value &name : *ignore)
      reader.ignore(name.getAsString().value_or(""));
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// The compressor that the package infers from a scheme (compressors/format.py).
static StringRef getContainer(const QuantizedModule &module) {
  if (module.weight.kind == CodeKind::Integer)
    return module.input ? "int-quantized" : "pack-quantized";
  return module.input ? "float-quantized" : "naive-quantized";
}

Error CompressedTensors::check(const QuantizedModule &module, const WriteContext &) const {
  const TensorScheme &weight = module.weight;
  StringRef strategy = getStrategy(weight);
  auto fail = [&](const Twine &message) { return makeRuleError("ct-scheme", message); };
  if (weight.kind == CodeKind::F8E5M2 || (module.input && module.input->kind == CodeKind::F8E5M2))
    return fail("the format has no f8E5M2; use f8E4M3FN");
  if (getContainer(module) == "pack-quantized" && strategy != "group" && strategy != "channel")
    return fail("packed integers are read by channel or group, not by " + strategy + "; choose one of them");
  if (module.input && module.input->kind == CodeKind::Integer && weight.kind != CodeKind::Integer)
    return fail("the package has no container for float weights with integer inputs");
  if (module.input && module.input->kind != CodeKind::Integer && weight.kind == CodeKind::Integer)
    return fail("the package has no container for integer weights with float inputs");
  if (module.input && !module.input->dynamic && getStrategy(*module.input) != "tensor")
    return fail("static inputs have one scale for the tensor, not one by " + getStrategy(*module.input));
  return getBlockCounts(weight, module.rows, module.cols).takeError();
}

static void writePacked(const QuantizedModule &module, const WriteContext &context, ArrayRef<int64_t> parameters,
                        std::vector<ShardTensor> &tensors) {
  PackedLayout layout = getWeightLayout(module.weight.bits);
  tensors.push_back(makePackedTensor(module.name + ".weight_packed", Storage::I32,
                                     {module.rows, getWordsPerLine(layout, module.cols)}, context, module.codesKey,
                                     module.rows, module.cols, layout));
  tensors.push_back(makeTensor<int64_t>(module.name + ".weight_shape", Storage::I64, {2}, {module.rows, module.cols}));
  if (module.weight.symmetric)
    return;
  PackedLayout zeroLayout = getZeroPointLayout(module.weight.bits);
  tensors.push_back(makePackedTensor(module.name + ".weight_zero_point", Storage::I32,
                                     {getWordsPerLine(zeroLayout, parameters[0]), parameters[1]}, context,
                                     module.zeroPointKey, parameters[0], parameters[1], zeroLayout));
}

void CompressedTensors::write(const QuantizedModule &module, const WriteContext &context,
                              std::vector<ShardTensor> &tensors) const {
  auto [rowBlocks, colBlocks] = cantFail(getBlockCounts(module.weight, module.rows, module.cols));
  SmallVector<int64_t> shape{rowBlocks, colBlocks};
  if (getContainer(module) == "pack-quantized") {
    writePacked(module, context, shape, tensors);
  } else {
    Storage storage = module.weight.kind == CodeKind::Integer ? Storage::I8 : Storage::F8E4M3;
    tensors.push_back(
        makeCodeTensor(module.name + ".weight", storage, {module.rows, module.cols}, context, module.codesKey));
    if (!module.weight.symmetric)
      tensors.push_back(
          makeCodeTensor(module.name + ".weight_zero_point", Storage::I8, shape, context, module.zeroPointKey));
  }
  if (getStrategy(module.weight) == "tensor")
    shape = {1};
  tensors.push_back(makeScaleTensor(module.name + ".weight_scale", shape, context, module.scaleKey));
  if (!module.inputScaleKey.empty())
    tensors.push_back(makeScaleTensor(module.name + ".input_scale", {1}, context, module.inputScaleKey));
  if (!module.inputZeroPointKey.empty())
    tensors.push_back(
        makeCodeTensor(module.name + ".input_zero_point", Storage::I8, {1}, context, module.inputZeroPointKey));
}

Expected<Description> CompressedTensors::describe(const CheckpointModel &model) const {
  std::vector<std::vector<const QuantizedModule *>> groups;
  std::set<StringRef> containers;
  for (const QuantizedModule &module : model.modules) {
    auto group = find_if(groups, [&](const std::vector<const QuantizedModule *> &members) {
      return members.front()->weight == module.weight && members.front()->input == module.input;
    });
    if (group == groups.end())
      group = groups.emplace(groups.end());
    group->push_back(&module);
    containers.insert(getContainer(module));
  }
  json::Object configGroups;
  for (auto [index, members] : llvm::enumerate(groups)) {
    const QuantizedModule &first = *members.front();
    json::Array targets;
    if (groups.size() == 1)
      targets.push_back("Linear");
    else
      for (const QuantizedModule *module : members)
        targets.push_back(module->name);
    configGroups[("group_" + Twine(index)).str()] =
        json::Object{{"targets", std::move(targets)},
                     {"weights", makeArgs(first.weight)},
                     {"input_activations", first.input ? json::Value(makeArgs(*first.input)) : json::Value(nullptr)},
                     {"output_activations", nullptr},
                     {"format", getContainer(first)}};
  }
  Description description;
  description.quantization =
      json::Object{{"quant_method", getName()},
                   {"version", kVersion},
                   {"format", containers.size() == 1 ? *containers.begin() : StringRef("mixed-precision")},
                   {"quantization_status", "compressed"},
                   {"global_compression_ratio", nullptr},
                   {"config_groups", std::move(configGroups)},
                   {"ignore", json::Array(model.ignored)},
                   {"kv_cache_scheme", nullptr},
                   {"sparsity_config", json::Object()},
                   {"transform_config", json::Object()}};
  return description;
}
