//===- WriteGguf.cpp - Quantized models as GGUF ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ggml-org/ggml: docs/gguf.md; block layouts: llama.cpp, ggml/src/ggml-quants.c.
// Metadata and tokenizer are those of the file that the model came from.
//
//===----------------------------------------------------------------------===//

#include "../AtomicFile.h"
#include "../GgufNames.h"
#include "../Storage.h"
#include "Format.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>

using namespace llvm;
using namespace quantopt;
using namespace quantopt::formats;

static constexpr int64_t kBlock = 32;

namespace {

/// A tensor of the file to be.
struct Output {
  std::string name; ///< as GGUF calls it
  Storage storage;
  SmallVector<int64_t> shape;
  uint64_t bytes = 0;
  std::function<Error(ByteSink)> visit;
};

} // namespace

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

static Error checkModule(const QuantizedModule &module) {
  const TensorScheme &weight = module.weight;
  bool fits = weight.kind == CodeKind::Integer && (weight.bits == 4 || weight.bits == 8) && weight.symmetric &&
              weight.blockRows == 1 && weight.blockCols % kBlock == 0 && module.cols % kBlock == 0 && !module.input;
  if (fits)
    return getBlockCounts(weight, module.rows, module.cols).takeError();
  return makeRuleError("gguf-scheme",
                       "'" + module.name +
                           "': blocks of GGUF hold int4 or int8, symmetric, by channel or by groups of whole 32s, "
                           "with float inputs, not " +
                           describeScheme(weight) + " of " + stringifyShape({module.rows, module.cols}) +
                           (module.input ? " with inputs of " + describeScheme(*module.input) : "") +
                           "; use compressed-tensors");
}

/// One block of Q4_0 (the first half of the codes in the low nibbles, plus 8) or Q8_0, after its scale.
static void appendBlock(ArrayRef<int8_t> codes, float scale, bool isQ4, std::vector<char> &out) {
  uint16_t half = encodeF16(scale);
  out.push_back(char(half & 0xFF));
  out.push_back(char(half >> 8));
  if (!isQ4) {
    out.insert(out.end(), codes.begin(), codes.end());
    return;
  }
  for (int64_t i = 0; i < kBlock / 2; ++i)
    out.push_back(char((codes[i] + 8) | ((codes[i + kBlock / 2] + 8) << 4)));
}

/// All blocks of a layer; row i of the file is row `rows[i]` of the layer (all in order where that is empty).
static Expected<std::vector<char>> encodeModule(const QuantizedModule &module, const WeightStore &store,
                                                ArrayRef<int64_t> rows) {
  Expected<std::vector<int8_t>> codes = readCodes(store, module.codesKey);
  if (!codes)
    return codes.takeError();
  bool isExact;
  Expected<std::vector<float>> scales = readStoredScales(store, module.scaleKey, Storage::F16, isExact);
  if (!scales)
    return scales.takeError();
  int64_t groups = int64_t(scales->size()) / module.rows, groupLength = module.cols / groups;
  std::vector<char> bytes;
  for (int64_t i = 0; i < module.rows; ++i) {
    int64_t row = rows.empty() ? i : rows[i];
    for (int64_t col = 0; col < module.cols; col += kBlock)
      appendBlock(ArrayRef<int8_t>(*codes).slice(size_t(row * module.cols + col), kBlock),
                  (*scales)[size_t(row * groups + col / groupLength)], module.weight.bits == 4, bytes);
  }
  return bytes;
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

/// Row i of the file as a row of the model: the inverse of what reading does.
static std::vector<int64_t> invert(ArrayRef<int64_t> order) {
  std::vector<int64_t> inverse(order.size());
  for (auto [row, source] : llvm::enumerate(order))
    inverse[size_t(source)] = int64_t(row);
  return inverse;
}

static Expected<Output> makeOutput(const GgufTensor &tensor, const GgufTranslation &translation,
                                   const CheckpointModel &model, const WeightStore &store) {
  StringRef layer = translation.key;
  const QuantizedModule *module = nullptr;
  if (layer.consume_back(".weight"))
    for (const QuantizedModule &candidate : model.modules)
      if (candidate.name == layer)
        module = &candidate;
  Output output{tensor.name, tensor.storage, tensor.shape, 0, {}};
  if (module) {
    output.storage = module->weight.bits == 4 ? Storage::GgmlQ4_0 : Storage::GgmlQ8_0;
    output.visit = [module, &store, rows = invert(translation.rowOrder)](ByteSink sink) -> Error {
      Expected<std::vector<char>> bytes = encodeModule(*module, store, rows);
      return bytes ? sink(*bytes) : bytes.takeError();
    };
  } else if (auto found = model.tensors.find(translation.key);
             found != model.tensors.end() && found->second != translation.key) {
    // A pass made another version of it; rows that GGUF reorders are those of matrices, which stay quantized.
    if (!translation.rowOrder.empty())
      return makeRuleError("gguf-scheme", "'" + translation.key + "' was changed but not quantized; quantize it too");
    output.storage = Storage::F32;
    output.visit = [&store, key = found->second](ByteSink sink) -> Error {
      Expected<WeightBuffer> buffer = store.read(key, ElementKind::F32);
      return buffer ? sink(buffer->getBytes()) : buffer.takeError();
    };
  } else {
    output.visit = [bytes = tensor.bytes](ByteSink sink) { return sink(bytes); };
  }
  Expected<uint64_t> bytes = getStorageSize(output.storage, output.shape);
  if (!bytes)
    return bytes.takeError();
  output.bytes = *bytes;
  return output;
}

//===----------------------------------------------------------------------===//
// The file
//===----------------------------------------------------------------------===//

template <typename T> static void append(std::string &text, T value) {
  char bytes[sizeof(T)];
  support::endian::write<T, endianness::little>(bytes, value);
  text.append(bytes, sizeof(T));
}

static uint64_t getAlignment(const GgufFile &source) {
  return uint64_t(source.getInteger("general.alignment").value_or(32));
}

/// Everything before the tensors; general.file_type says what most of them are now.
static std::string layoutHeader(const GgufFile &source, ArrayRef<Output> outputs, bool isQ4) {
  constexpr uint32_t kMostlyQ4_0 = 2, kMostlyQ8_0 = 7; // llama.cpp: enum llama_ftype
  uint64_t alignment = getAlignment(source), offset = 0;
  std::string text = "GGUF";
  append<uint32_t>(text, 3);
  append<uint64_t>(text, outputs.size());
  append<uint64_t>(text, source.getKeys().size());
  size_t start = text.size();
  text.append(source.getMetadata().begin(), source.getMetadata().end());
  if (std::optional<size_t> at = source.getMetadataOffset32("general.file_type"))
    support::endian::write32le(&text[start + *at], isQ4 ? kMostlyQ4_0 : kMostlyQ8_0);
  for (const Output &output : outputs) {
    append<uint64_t>(text, output.name.size());
    text += output.name;
    append<uint32_t>(text, uint32_t(output.shape.size()));
    for (int64_t dim : llvm::reverse(output.shape))
      append<int64_t>(text, dim);
    append<uint32_t>(text, *getGgufType(output.storage));
    append<uint64_t>(text, offset);
    offset = alignTo(offset + output.bytes, alignment);
  }
  text.resize(alignTo(text.size(), alignment), '\0');
  return text;
}

static Error writeFile(AtomicFile &file, StringRef header, ArrayRef<Output> outputs, uint64_t alignment) {
  auto check = [&](std::error_code code) {
    return code ? createStringError(file.getPath() + ": cannot be written: " + code.message() +
                                    "; free space or give a writable path")
                : Error::success();
  };
  if (Error error = check(file.open()))
    return error;
  if (Error error = check(file.write(ArrayRef<char>(header.data(), header.size()))))
    return error;
  for (const Output &output : outputs) {
    if (Error error = output.visit([&](ArrayRef<char> bytes) { return check(file.write(bytes)); }))
      return error;
    std::vector<char> padding(alignTo(output.bytes, alignment) - output.bytes);
    if (Error error = check(file.write(padding)))
      return error;
  }
  return check(file.sync());
}

/// The values of every layer, read by our own reader, are codes times scale.
static Error compareFile(StringRef path, const CheckpointModel &model, const WeightStore &store) {
  WeightStore written;
  if (Error error = written.addPath(path))
    return error;
  for (const QuantizedModule &module : model.modules) {
    Expected<WeightBuffer> values = written.read(module.name + ".weight", ElementKind::F32);
    if (!values)
      return values.takeError();
    Expected<std::vector<int8_t>> codes = readCodes(store, module.codesKey);
    if (!codes)
      return codes.takeError();
    bool isExact;
    Expected<std::vector<float>> scales = readStoredScales(store, module.scaleKey, Storage::F16, isExact);
    if (!scales)
      return scales.takeError();
    ArrayRef<float> read = values->as<float>();
    int64_t groupLength = int64_t(codes->size() / scales->size());
    for (size_t i = 0; i < read.size(); ++i)
      if (read[i] != float((*codes)[i]) * (*scales)[i / size_t(groupLength)])
        return makeRuleError("reread", "'" + module.name +
                                           "' reads back with other values; the disk or memory is "
                                           "faulty, or this is a defect of quant-opt");
  }
  return Error::success();
}

Expected<WriteCheckpointResult> quantopt::writeGguf(StringRef path, StringRef source, const CheckpointModel &model,
                                                    const WeightStore &store) {
  if (!source.ends_with_insensitive(".gguf"))
    return makeRuleError("gguf-source", source +
                                            " is no GGUF, whose metadata and tokenizer the file would keep; convert "
                                            "the model with llama.cpp's convert_hf_to_gguf.py first");
  if (model.modules.empty())
    return makeRuleError("has-modules", "the model has no quantized layer; quantize it first (--int4-rtn, for one)");
  Expected<std::shared_ptr<const GgufFile>> file = GgufFile::open(source);
  if (!file)
    return file.takeError();
  WriteCheckpointResult result;
  result.scaleStorage = Storage::F16;
  bool isQ4 = false;
  for (const QuantizedModule &module : model.modules) {
    if (Error error = checkModule(module))
      return std::move(error);
    bool isExact;
    Expected<std::vector<float>> scales = readStoredScales(store, module.scaleKey, Storage::F16, isExact);
    if (!scales)
      return scales.takeError();
    result.roundedModules += !isExact;
    isQ4 |= module.weight.bits == 4;
  }
  std::vector<Output> outputs;
  for (const GgufTensor &tensor : (*file)->getTensors()) {
    Expected<GgufTranslation> translation = translateGgufTensor(**file, tensor);
    if (!translation)
      return translation.takeError();
    Expected<Output> output = makeOutput(tensor, *translation, model, store);
    if (!output)
      return output.takeError();
    result.bytes += output->bytes;
    outputs.push_back(std::move(*output));
  }
  // Read back under a name that no one uses yet, then put in place.
  AtomicFile pending((path + ".tmp").str());
  std::string header = layoutHeader(**file, outputs, isQ4);
  if (Error error = writeFile(pending, header, outputs, getAlignment(**file)))
    return std::move(error);
  if (std::error_code code = pending.rename())
    return createStringError(path + ": cannot be written: " + code.message());
  Error error = compareFile((path + ".tmp").str(), model, store);
  std::error_code code;
  if (!error)
    code = sys::fs::rename(path + ".tmp", path);
  if (error || code)
    sys::fs::remove(path + ".tmp");
  if (error)
    return std::move(error);
  if (code)
    return createStringError(path + ": cannot be replaced: " + code.message());
  return result;
}
