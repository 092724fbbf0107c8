//===- Awq.cpp - The GEMM format of AutoAWQ -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// casper-hansen/AutoAWQ: awq/modules/linear/gemm.py, awq/utils/packing_utils.py.
//
//===----------------------------------------------------------------------===//

#include "../Storage.h"
#include "Format.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"

using namespace llvm;
using namespace quantopt;
using namespace quantopt::formats;

namespace {

class Awq final : public CheckpointFormat {
public:
  StringRef getName() const override { return "awq"; }
  bool recognizes(const json::Object &quantization) const override {
    return quantization.getString("quant_method") == "awq";
  }
  Error read(const json::Object &quantization, ModuleReader &reader) const override;
  Storage getScaleStorage(Storage) const override { return Storage::F16; }
  Error check(const QuantizedModule &module, const WriteContext &context) const override;
  void write(const QuantizedModule &module, const WriteContext &context,
             std::vector<ShardTensor> &tensors) const override;
  Expected<Description> describe(const CheckpointModel &model) const override;
};

} // namespace

const CheckpointFormat &formats::getAwqFormat() {
  static const Awq format;
  return format;
}

/// Output columns in the nibbles of a word, lowest first.
static constexpr uint8_t kOrder[] = {0, 2, 4, 6, 1, 3, 5, 7};

static PackedLayout getLayout() { return {4, 4, /*alongRow=*/false, /*wordsInner=*/true, 8, kOrder}; }

static Error readModule(ModuleReader &reader, StringRef name, int64_t group) {
  Expected<WeightEntry> codes = reader.take(name + ".qweight", {Storage::I32}, {-1, -1});
  if (!codes)
    return codes.takeError();
  QuantizedModule module;
  module.name = name.str();
  module.cols = codes->info.shape[0];
  module.rows = codes->info.shape[1] * 8;
  int64_t length = group < 0 ? module.cols : group;
  if (length == 0 || module.cols == 0 || module.cols % length != 0)
    return makeRuleError("group-divides", "group_size " + Twine(group) + " does not divide the " + Twine(module.cols) +
                                              " inputs of '" + name + "'");
  int64_t groups = module.cols / length;
  Expected<WeightEntry> zeros = reader.take(name + ".qzeros", {Storage::I32}, {groups, module.rows / 8});
  if (!zeros)
    return zeros.takeError();
  Expected<WeightEntry> scales =
      reader.take(name + ".scales", {Storage::F16, Storage::BF16, Storage::F32}, {groups, module.rows});
  if (!scales)
    return scales.takeError();
  bool symmetric = true;
  for (size_t at = 0; at < zeros->bytes.size(); at += 4)
    symmetric &= support::endian::read32le(zeros->bytes.data() + at) == repeatField(8, 4);
  module.weight = {CodeKind::Integer, 4, symmetric, false, 1, group < 0 ? 0 : group};
  WeightEntry zeroPoint = makeUnpacked(*zeros, module.rows, groups, getLayout());
  WeightEntry unpacked = makeUnpacked(*codes, module.rows, module.cols, getLayout());
  return reader.add(std::move(module), std::move(unpacked), makeTransposed(*scales), symmetric ? nullptr : &zeroPoint);
}

Error Awq::read(const json::Object &quantization, ModuleReader &reader) const {
  Expected<int64_t> bits = readInteger(quantization, {"bits", "w_bit"});
  if (!bits)
    return bits.takeError();
  Expected<int64_t> group = readInteger(quantization, {"group_size", "q_group_size"});
  if (!group)
    return group.takeError();
  if (*bits != 4)
    return makeRuleError("awq-4-bit", "the format holds 4 bits, not " + Twine(*bits) + "; correct the configuration");
  StringRef version = quantization.getString("version").value_or("gemm");
  if (!version.equals_insensitive("gemm"))
    return makeRuleError("awq-version", "version '" + version + "' is not read; gemm is");
  for (StringRef name : reader.getModules("qweight"))
    if (Error error = readModule(reader, name, *group))
      return error;
  if (const json::Array *names = quantization.getArray("modules_to_not_convert"))
    for (const json::Value &name : *names)
      reader.ignore(name.getAsString().value_or(""));
  return Error::success();
}

Error Awq::check(const QuantizedModule &module, const WriteContext &) const {
  const TensorScheme &weight = module.weight;
  if (weight.kind != CodeKind::Integer || weight.bits != 4)
    return makeRuleError("awq-4-bit",
                         "the format holds int4, not " + describeScheme(weight) + "; use compressed-tensors or gptq");
  if (weight.blockRows != 1 || module.input)
    return makeRuleError("awq-scheme", "the format holds weights by channel or group with float inputs, not " +
                                           describeScheme(weight) +
                                           (module.input ? " with inputs of " + describeScheme(*module.input) : "") +
                                           "; use compressed-tensors");
  if (module.rows % 8 != 0)
    return makeRuleError("awq-shape", "8 outputs share a word, the weight is " +
                                          stringifyShape({module.rows, module.cols}) +
                                          "; leave the layer float (ignore=), or use compressed-tensors");
  return getBlockCounts(weight, module.rows, module.cols).takeError();
}

void Awq::write(const QuantizedModule &module, const WriteContext &context, std::vector<ShardTensor> &tensors) const {
  int64_t groups = cantFail(getBlockCounts(module.weight, module.rows, module.cols)).second;
  tensors.push_back(makePackedTensor(module.name + ".qweight", Storage::I32, {module.cols, module.rows / 8}, context,
                                     module.codesKey, module.rows, module.cols, getLayout()));
  SmallVector<int64_t> zeroShape{groups, module.rows / 8};
  if (module.zeroPointKey.empty())
    tensors.push_back(
        makeTensor<uint32_t>(module.name + ".qzeros", Storage::I32, zeroShape,
                             std::vector<uint32_t>(size_t(zeroShape[0] * zeroShape[1]), repeatField(8, 4))));
  else
    tensors.push_back(makePackedTensor(module.name + ".qzeros", Storage::I32, zeroShape, context, module.zeroPointKey,
                                       module.rows, groups, getLayout()));
  tensors.push_back(makeScaleTensor(module.name + ".scales", {groups, module.rows}, context, module.scaleKey,
                                    /*transpose=*/true));
}

Expected<Description> Awq::describe(const CheckpointModel &model) const {
  Expected<TensorScheme> scheme = getCommonScheme("awq-scheme", model);
  if (!scheme)
    return scheme.takeError();
  for (StringRef name : model.ignored)
    if (name.starts_with("re:"))
      return makeRuleError("awq-ignore", "'" + name +
                                             "' is a pattern, and the format lists parts of names; quantize "
                                             "with the layers listed");
  Description description;
  description.quantization = json::Object{{"quant_method", "awq"},
                                          {"bits", 4},
                                          {"group_size", scheme->blockCols == 0 ? int64_t(-1) : scheme->blockCols},
                                          {"zero_point", true},
                                          {"version", "gemm"},
                                          {"modules_to_not_convert", json::Array(model.ignored)}};
  return description;
}
