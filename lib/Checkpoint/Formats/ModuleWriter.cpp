//===- ModuleWriter.cpp - Tensors of quantized layers ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Storage.h"
#include "Format.h"
#include "quant-opt/Numerics/Codecs.h"
#include <algorithm>
#include <cmath>

using namespace llvm;
using namespace quantopt;
using namespace quantopt::formats;

Expected<std::vector<int8_t>> formats::readCodes(const WeightStore &store, StringRef key) {
  const WeightInfo *info = store.lookup(key);
  ElementKind kind = info ? getNaturalKind(info->storage) : ElementKind::I8;
  Expected<WeightBuffer> buffer = store.read(key, kind);
  if (!buffer)
    return buffer.takeError();
  ArrayRef<int8_t> codes = buffer->as<int8_t>();
  std::vector<int8_t> result(codes.begin(), codes.end());
  store.release(key);
  return result;
}

Expected<int> formats::getLowestCode(const WeightStore &store, StringRef key) {
  if (key.empty())
    return 0;
  Expected<std::vector<int8_t>> codes = readCodes(store, key);
  if (!codes)
    return codes.takeError();
  return codes->empty() ? 0 : *std::min_element(codes->begin(), codes->end());
}

uint32_t formats::repeatField(unsigned field, unsigned bits) {
  uint32_t word = 0;
  for (unsigned shift = 0; shift < 32; shift += bits)
    word |= uint32_t(field) << shift;
  return word;
}

ShardTensor formats::makeBytesTensor(std::string name, Storage storage, ArrayRef<int64_t> shape,
                                     std::vector<char> bytes) {
  return {std::move(name), storage, SmallVector<int64_t>(shape),
          [bytes = std::move(bytes)](ByteSink sink) { return sink(bytes); }};
}

ShardTensor formats::makePackedTensor(std::string name, Storage storage, ArrayRef<int64_t> shape,
                                      const WriteContext &context, std::string key, int64_t rows, int64_t cols,
                                      const PackedLayout &layout) {
  uint64_t bytes = cantFail(getStorageSize(storage, shape));
  return {std::move(name), storage, SmallVector<int64_t>(shape),
          [=, &store = context.store, key = std::move(key)](ByteSink sink) -> Error {
            Expected<std::vector<int8_t>> codes = readCodes(store, key);
            if (!codes)
              return codes.takeError();
            std::vector<char> packed(bytes);
            packCodes(*codes, rows, cols, layout, packed);
            return sink(packed);
          }};
}

ShardTensor formats::makeCodeTensor(std::string name, Storage storage, ArrayRef<int64_t> shape,
                                    const WriteContext &context, std::string key) {
  return {std::move(name), storage, SmallVector<int64_t>(shape),
          [&store = context.store, key = std::move(key)](ByteSink sink) -> Error {
            Expected<std::vector<int8_t>> codes = readCodes(store, key);
            if (!codes)
              return codes.takeError();
            return sink({reinterpret_cast<const char *>(codes->data()), codes->size()});
          }};
}

/// The smallest normal number of `storage`.
static double getSmallestNormal(Storage storage) { return storage == Storage::F16 ? 0x1p-14 : 0x1p-126; }

/// `scale` as it will be read back from `storage`, nearest even.
static float roundScale(float scale, Storage storage) {
  switch (storage) {
  case Storage::F16:
    return decodeF16(encodeF16(scale));
  case Storage::BF16:
    return decodeBF16(encodeBF16(scale));
  default:
    return scale;
  }
}

static void appendScale(float scale, Storage storage, std::vector<char> &bytes) {
  auto append = [&](auto code) {
    const char *begin = reinterpret_cast<const char *>(&code);
    bytes.insert(bytes.end(), begin, begin + sizeof(code));
  };
  if (storage == Storage::F16)
    append(encodeF16(scale));
  else if (storage == Storage::BF16)
    append(encodeBF16(scale));
  else
    append(scale);
}

ShardTensor formats::makeOnes(std::string name, int64_t length, const WriteContext &context) {
  std::vector<char> bytes;
  for (int64_t i = 0; i < length; ++i)
    appendScale(1.0f, context.floatStorage, bytes);
  return makeBytesTensor(std::move(name), context.floatStorage, {length}, std::move(bytes));
}

Expected<std::vector<float>> quantopt::readStoredScales(const WeightStore &store, StringRef key, Storage storage,
                                                        bool &isExact) {
  Expected<WeightBuffer> buffer = store.read(key, ElementKind::F32);
  if (!buffer)
    return buffer.takeError();
  std::vector<float> scales;
  isExact = true;
  for (auto [index, scale] : llvm::enumerate(buffer->as<float>())) {
    float stored = roundScale(scale, storage);
    if (!(stored >= getSmallestNormal(storage)) || !std::isfinite(stored))
      return makeRuleError("scale-range", "scale " + Twine(index) + " of '" + key + "' is " + std::to_string(scale) +
                                              ", which is not a positive, normal number of " +
                                              stringifyStorage(storage) +
                                              "; quantize again with scales of that type, or choose dtype=f32");
    isExact &= stored == scale;
    scales.push_back(stored);
  }
  return scales;
}

ShardTensor formats::makeScaleTensor(std::string name, ArrayRef<int64_t> shape, const WriteContext &context,
                                     std::string key, bool transpose) {
  Storage storage = context.scaleStorage;
  return {std::move(name), storage, SmallVector<int64_t>(shape),
          [=, &store = context.store, key = std::move(key)](ByteSink sink) -> Error {
            bool isExact;
            Expected<std::vector<float>> scales = readStoredScales(store, key, storage, isExact);
            if (!scales)
              return scales.takeError();
            const WeightInfo *info = store.lookup(key);
            int64_t rows = transpose ? info->shape[0] : 1, cols = int64_t(scales->size()) / std::max<int64_t>(rows, 1);
            std::vector<char> bytes;
            for (int64_t col = 0; col < cols; ++col)
              for (int64_t row = 0; row < rows; ++row)
                appendScale((*scales)[row * cols + col], storage, bytes);
            return sink(bytes);
          }};
}

Expected<TensorScheme> formats::getCommonScheme(StringRef rule, const CheckpointModel &model) {
  const QuantizedModule &first = model.modules.front();
  for (const QuantizedModule &module : model.modules)
    if (module.weight != first.weight || module.input != first.input)
      return makeRuleError(rule, "'" + first.name + "' is quantized as " + describeScheme(first.weight) + ", '" +
                                     module.name + "' as " + describeScheme(module.weight) +
                                     ", but the format has one scheme for all layers; use compressed-tensors");
  return first.weight;
}
