//===- Gptq.cpp - The formats of AutoGPTQ and GPTQModel -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ModelCloud/GPTQModel: gptqmodel/nn_modules/qlinear/__init__.py, utils/model.py,
// quantization/config.py. Version 1 stores zero points less one, version 2 as
// they are.
//
//===----------------------------------------------------------------------===//

#include "../Storage.h"
#include "Format.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include <cstring>

using namespace llvm;
using namespace quantopt;
using namespace quantopt::formats;

namespace {

class Gptq final : public CheckpointFormat {
public:
  explicit Gptq(bool isV2) : isV2(isV2) {}
  StringRef getName() const override { return isV2 ? "gptq-v2" : "gptq"; }
  bool recognizes(const json::Object &quantization) const override {
    return quantization.getString("quant_method") == "gptq" && getCheckpointFormat(quantization) == getLabel();
  }
  Error read(const json::Object &quantization, ModuleReader &reader) const override;
  Storage getScaleStorage(Storage) const override { return Storage::F16; }
  Error check(const QuantizedModule &module, const WriteContext &context) const override;
  void write(const QuantizedModule &module, const WriteContext &context,
             std::vector<ShardTensor> &tensors) const override;
  Expected<Description> describe(const CheckpointModel &model) const override;

private:
  static StringRef getCheckpointFormat(const json::Object &quantization) {
    std::optional<StringRef> format = quantization.getString("checkpoint_format");
    return format ? *format : quantization.getString("format").value_or("gptq");
  }
  StringRef getLabel() const { return isV2 ? "gptq_v2" : "gptq"; }
  PackedLayout getZeroLayout(unsigned bits) const {
    return {bits, 4, /*alongRow=*/false, /*wordsInner=*/true, (1 << (bits - 1)) - !isV2, {}};
  }
  Error readModule(ModuleReader &reader, StringRef name, unsigned bits, int64_t group) const;
  Expected<bool> isSymmetric(ArrayRef<char> zeros, unsigned bits, StringRef name) const;

  bool isV2;
};

} // namespace

const CheckpointFormat &formats::getGptqFormat() {
  static const Gptq format(/*isV2=*/false);
  return format;
}

const CheckpointFormat &formats::getGptqV2Format() {
  static const Gptq format(/*isV2=*/true);
  return format;
}

static PackedLayout getWeightLayout(unsigned bits) {
  return {bits, 4, /*alongRow=*/true, /*wordsInner=*/false, 1 << (bits - 1), {}};
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

static bool areAll(ArrayRef<char> words, uint32_t word) {
  for (size_t at = 0; at < words.size(); at += 4)
    if (support::endian::read32le(words.data() + at) != word)
      return false;
  return true;
}

/// Whether every zero point is the middle of the range. Files of GPTQModel 5 hold zero points of version 2 under the
/// label of version 1; those are refused, since every loader that believes the label is off by one.
Expected<bool> Gptq::isSymmetric(ArrayRef<char> zeros, unsigned bits, StringRef name) const {
  unsigned middle = 1u << (bits - 1);
  if (!isV2 && areAll(zeros, repeatField(middle, bits)))
    return makeRuleError("gptq-zero-label", "'" + name + ".qzeros' holds " + Twine(middle) +
                                                " throughout, as checkpoint_format gptq_v2 does, under the label gptq; "
                                                "set checkpoint_format to gptq_v2");
  return areAll(zeros, repeatField(isV2 ? middle : middle - 1, bits));
}

/// Groups of the columns; empty where they are contiguous runs of `group`.
static Expected<std::vector<int32_t>> readGroupIndex(ModuleReader &reader, StringRef name, int64_t cols,
                                                     int64_t group) {
  std::vector<int32_t> index;
  if (!reader.find(name + ".g_idx"))
    return index;
  Expected<WeightEntry> entry = reader.take(name + ".g_idx", {Storage::I32}, {cols});
  if (!entry)
    return entry.takeError();
  bool isContiguous = true;
  for (int64_t col = 0; col < cols; ++col) {
    int32_t at = int32_t(support::endian::read32le(entry->bytes.data() + 4 * col));
    if (at < 0 || at >= cols / group)
      return makeRuleError("gptq-g-idx", "'" + name + ".g_idx' names group " + Twine(at) + " of " +
                                             Twine(cols / group) + "; download the file again");
    isContiguous &= at == col / group;
    index.push_back(at);
  }
  if (isContiguous)
    index.clear();
  return index;
}

/// A parameter of each group, given to each column of the group: groups of a g_idx are no blocks (rule N7).
static WeightEntry spreadGroups(const WeightEntry &source, std::vector<int32_t> index) {
  WeightEntry entry = source;
  int64_t rows = source.info.shape[0], groups = source.info.shape[1], cols = index.size();
  size_t width = getElementSize(getNaturalKind(source.info.storage));
  entry.info.shape = {rows, cols};
  entry.info.storedBytes = cantFail(getStorageSize(entry.info.storage, entry.info.shape));
  entry.decoder = [=, decode = source.decoder, index = std::move(index)](MutableArrayRef<char> elements) -> Error {
    std::vector<char> grouped(size_t(rows * groups) * width);
    if (Error error = decode(grouped))
      return error;
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t col = 0; col < cols; ++col)
        std::memcpy(&elements[size_t(row * cols + col) * width], &grouped[size_t(row * groups + index[col]) * width],
                    width);
    return Error::success();
  };
  return entry;
}

Error Gptq::readModule(ModuleReader &reader, StringRef name, unsigned bits, int64_t group) const {
  Expected<WeightEntry> codes = reader.take(name + ".qweight", {Storage::I32}, {-1, -1});
  if (!codes)
    return codes.takeError();
  QuantizedModule module;
  module.name = name.str();
  module.rows = codes->info.shape[1];
  module.cols = codes->info.shape[0] * 32 / bits;
  int64_t length = group < 0 ? module.cols : group;
  if (length == 0 || module.cols == 0 || module.cols % length != 0)
    return makeRuleError("group-divides", "group_size " + Twine(group) + " does not divide the " + Twine(module.cols) +
                                              " inputs of '" + name + "'");
  int64_t groups = module.cols / length;
  PackedLayout zeroLayout = getZeroLayout(bits);
  Expected<WeightEntry> zeros =
      reader.take(name + ".qzeros", {Storage::I32}, {groups, getWordsPerLine(zeroLayout, module.rows)});
  if (!zeros)
    return zeros.takeError();
  Expected<WeightEntry> scales =
      reader.take(name + ".scales", {Storage::F16, Storage::BF16, Storage::F32}, {groups, module.rows});
  if (!scales)
    return scales.takeError();
  Expected<bool> symmetric = isSymmetric(zeros->bytes, bits, name);
  if (!symmetric)
    return symmetric.takeError();
  Expected<std::vector<int32_t>> index = readGroupIndex(reader, name, module.cols, length);
  if (!index)
    return index.takeError();
  module.weight = {CodeKind::Integer, bits, *symmetric, false, 1, group < 0 ? 0 : group};
  WeightEntry scale = makeTransposed(*scales);
  WeightEntry zeroPoint = makeUnpacked(*zeros, module.rows, groups, zeroLayout);
  if (!index->empty()) {
    scale = spreadGroups(scale, *index);
    zeroPoint = spreadGroups(zeroPoint, *index);
    module.weight.blockCols = 1;
  }
  WeightEntry unpacked = makeUnpacked(*codes, module.rows, module.cols, getWeightLayout(bits));
  return reader.add(std::move(module), std::move(unpacked), std::move(scale), *symmetric ? nullptr : &zeroPoint);
}

Error Gptq::read(const json::Object &quantization, ModuleReader &reader) const {
  Expected<int64_t> bits = readInteger(quantization, {"bits"});
  if (!bits)
    return bits.takeError();
  Expected<int64_t> group = readInteger(quantization, {"group_size"});
  if (!group)
    return group.takeError();
  if (*bits != 4 && *bits != 8)
    return makeRuleError("code-width", "codes of " + Twine(*bits) + " bits are not read; those of 4 and 8 are");
  if (const json::Object *dynamic = quantization.getObject("dynamic"))
    for (const auto &[pattern, settings] : *dynamic) {
      StringRef text = pattern;
      if (!text.consume_front("-:"))
        return makeRuleError("gptq-dynamic", "key 'dynamic' gives '" + text +
                                                 "' settings of its own, which are not read; export one scheme");
      reader.ignore(("re:" + text).str());
    }
  for (StringRef name : reader.getModules("qweight"))
    if (Error error = readModule(reader, name, unsigned(*bits), *group))
      return error;
  if (!quantization.getBoolean("lm_head").value_or(false))
    reader.ignore("lm_head");
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

Error Gptq::check(const QuantizedModule &module, const WriteContext &context) const {
  const TensorScheme &weight = module.weight;
  if (weight.kind != CodeKind::Integer || weight.blockRows != 1)
    return makeRuleError("gptq-scheme", "the format holds integers by channel or group, not " + describeScheme(weight) +
                                            "; use compressed-tensors");
  if (module.input)
    return makeRuleError("gptq-scheme", "the format has no place for quantized inputs (" +
                                            describeScheme(*module.input) + "); use compressed-tensors");
  if (module.rows % 32 != 0 || module.cols % 32 != 0)
    return makeRuleError("gptq-shape", "kernels of the format want multiples of 32, the weight is " +
                                           stringifyShape({module.rows, module.cols}) +
                                           "; leave the layer float (ignore=), or use compressed-tensors");
  Expected<int> lowest = getLowestCode(context.store, module.zeroPointKey);
  if (!lowest)
    return lowest.takeError();
  if (!isV2 && *lowest == -(1 << (weight.bits - 1)))
    return makeRuleError("gptq-v1-zero", "a zero point is the lowest code, which version 1 has no number for (it would "
                                         "borrow from its neighbour); use gptq-v2");
  return getBlockCounts(weight, module.rows, module.cols).takeError();
}

void Gptq::write(const QuantizedModule &module, const WriteContext &context, std::vector<ShardTensor> &tensors) const {
  unsigned bits = module.weight.bits;
  int64_t groups = cantFail(getBlockCounts(module.weight, module.rows, module.cols)).second;
  PackedLayout layout = getWeightLayout(bits), zeroLayout = getZeroLayout(bits);
  tensors.push_back(makePackedTensor(module.name + ".qweight", Storage::I32,
                                     {getWordsPerLine(layout, module.cols), module.rows}, context, module.codesKey,
                                     module.rows, module.cols, layout));
  SmallVector<int64_t> zeroShape{groups, getWordsPerLine(zeroLayout, module.rows)};
  if (module.zeroPointKey.empty()) {
    std::vector<uint32_t> words(size_t(zeroShape[0] * zeroShape[1]), repeatField(zeroLayout.offset, bits));
    tensors.push_back(makeTensor<uint32_t>(module.name + ".qzeros", Storage::I32, zeroShape, words));
  } else {
    tensors.push_back(makePackedTensor(module.name + ".qzeros", Storage::I32, zeroShape, context, module.zeroPointKey,
                                       module.rows, groups, zeroLayout));
  }
  tensors.push_back(makeScaleTensor(module.name + ".scales", {groups, module.rows}, context, module.scaleKey,
                                    /*transpose=*/true));
  std::vector<int32_t> index(size_t(module.cols));
  for (int64_t col = 0; col < module.cols; ++col)
    index[col] = int32_t(col / (module.cols / groups));
  tensors.push_back(makeTensor<int32_t>(module.name + ".g_idx", Storage::I32, {module.cols}, index));
}

/// A name as an expression that matches nothing else.
static std::string escapeName(StringRef name) {
  if (name.consume_front("re:"))
    return name.str();
  std::string text = "^";
  for (char c : name)
    text += c == '.' ? "\\." : std::string(1, c);
  return text + "$";
}

Expected<Description> Gptq::describe(const CheckpointModel &model) const {
  Expected<TensorScheme> scheme = getCommonScheme("gptq-scheme", model);
  if (!scheme)
    return scheme.takeError();
  bool quantizesHead = any_of(model.modules, [](const QuantizedModule &module) { return module.name == "lm_head"; });
  json::Object dynamic;
  for (const std::string &name : model.ignored)
    if (name != "lm_head")
      dynamic["-:" + escapeName(name)] = json::Object();
  Description description;
  description.quantization = json::Object{{"quant_method", "gptq"},
                                          {"bits", int64_t(scheme->bits)},
                                          {"group_size", scheme->blockCols == 0 ? int64_t(-1) : scheme->blockCols},
                                          {"desc_act", false},
                                          {"sym", scheme->symmetric},
                                          {"lm_head", quantizesHead},
                                          {"checkpoint_format", getLabel()},
                                          {"format", getLabel()},
                                          {"pack_dtype", "int32"},
                                          {"meta", json::Object{{"quantizer", json::Array{"quant-opt"}}}}};
  if (!dynamic.empty())
    description.quantization["dynamic"] = std::move(dynamic);
  description.files["quantize_config.json"] = description.quantization;
  return description;
}
