//===- Gguf.cpp - The GGUF container --------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/Gguf.h"
#include "MappedFile.h"
#include "Storage.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>

using namespace llvm;
using namespace quantopt;

namespace {
enum GgufType : uint32_t { U8, I8, U16, I16, U32, I32, F32, Bool, String, Array, U64, I64, F64 };

struct TensorType {
  uint32_t id;
  StringLiteral name;
  std::optional<Storage> storage; ///< none: known to ggml, not read here
};
} // namespace

/// Bytes of a fixed-size value; 0 for strings, arrays and unknown types.
static uint64_t getValueSize(uint32_t type) {
  switch (type) {
  case GgufType::U8:
  case GgufType::I8:
  case GgufType::Bool:
    return 1;
  case GgufType::U16:
  case GgufType::I16:
    return 2;
  case GgufType::U32:
  case GgufType::I32:
  case GgufType::F32:
    return 4;
  case GgufType::U64:
  case GgufType::I64:
  case GgufType::F64:
    return 8;
  default:
    return 0;
  }
}

static const TensorType kTensorTypes[] = {
    {0, "F32", Storage::F32},
    {1, "F16", Storage::F16},
    {2, "Q4_0", Storage::GgmlQ4_0},
    {3, "Q4_1", Storage::GgmlQ4_1},
    {6, "Q5_0", Storage::GgmlQ5_0},
    {7, "Q5_1", Storage::GgmlQ5_1},
    {8, "Q8_0", Storage::GgmlQ8_0},
    {12, "Q4_K", Storage::GgmlQ4_K},
    {13, "Q5_K", Storage::GgmlQ5_K},
    {14, "Q6_K", Storage::GgmlQ6_K},
    {24, "I8", Storage::I8},
    {25, "I16", Storage::I16},
    {26, "I32", Storage::I32},
    {27, "I64", Storage::I64},
    {28, "F64", Storage::F64},
    {30, "BF16", Storage::BF16},
    {9, "Q8_1", {}},
    {10, "Q2_K", {}},
    {11, "Q3_K", {}},
    {15, "Q8_K", {}},
    {16, "IQ2_XXS", {}},
    {17, "IQ2_XS", {}},
    {18, "IQ3_XXS", {}},
    {19, "IQ1_S", {}},
    {20, "IQ4_NL", {}},
    {21, "IQ3_S", {}},
    {22, "IQ2_S", {}},
    {23, "IQ4_XS", {}},
    {29, "IQ1_M", {}},
    {34, "TQ1_0", {}},
    {35, "TQ2_0", {}},
    {39, "MXFP4", {}},
    {40, "NVFP4", {}},
};

std::optional<uint32_t> quantopt::getGgufType(Storage storage) {
  for (const TensorType &type : kTensorTypes)
    if (type.storage == storage)
      return type.id;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Parser
//===----------------------------------------------------------------------===//

namespace quantopt {
/// Walks the header once. The first error stops it; messages have no file name and no remedy.
class GgufParser {
public:
  GgufParser(ArrayRef<char> bytes, GgufFile &file) : bytes(bytes), file(file) {}
  Error run();

private:
  Error parseMetadata(uint64_t count);
  Error parseValue(uint32_t type, unsigned depth, GgufFile::Value &value);
  Error parseTensors(uint64_t count);
  Error parseTensor(GgufTensor &tensor, uint64_t &offset);
  Error placeTensors(ArrayRef<uint64_t> offsets);

  uint64_t getRemaining() const { return bytes.size() - position; }
  Error skip(uint64_t size, const Twine &what);
  template <typename T> Error parseInteger(T &value, const Twine &what);
  Error parseString(StringRef &value, const Twine &what);

  ArrayRef<char> bytes;
  GgufFile &file;
  uint64_t position = 0;
};
} // namespace quantopt

Error GgufParser::skip(uint64_t size, const Twine &what) {
  if (size > getRemaining())
    return createStringError("the file is truncated in " + what);
  position += size;
  return Error::success();
}

template <typename T> Error GgufParser::parseInteger(T &value, const Twine &what) {
  if (Error error = skip(sizeof(T), what))
    return error;
  value = support::endian::read<T, endianness::little>(bytes.data() + position - sizeof(T));
  return Error::success();
}

Error GgufParser::parseString(StringRef &value, const Twine &what) {
  uint64_t length = 0;
  if (Error error = parseInteger(length, what))
    return error;
  if (Error error = skip(length, what))
    return error;
  value = StringRef(bytes.data() + position - length, length);
  return Error::success();
}

Error GgufParser::parseValue(uint32_t type, unsigned depth, GgufFile::Value &value) {
  value.type = type;
  value.data = bytes.data() + position;
  if (uint64_t size = getValueSize(type))
    return skip(size, "its value");
  if (type == GgufType::String) {
    StringRef text;
    return parseString(text, "its string");
  }
  if (type != GgufType::Array)
    return createStringError("unknown value type " + Twine(type));
  if (depth == 4)
    return createStringError("arrays nested too deeply");
  value.isArray = true;
  if (Error error = parseInteger(value.type, "its array"))
    return error;
  if (Error error = parseInteger(value.count, "its array"))
    return error;
  value.data = bytes.data() + position;
  uint64_t elementSize = getValueSize(value.type);
  // A string is at least its length, an array its type and length: an absurd count fails before the walk.
  uint64_t leastSize = elementSize ? elementSize : 8;
  if (value.count > getRemaining() / leastSize)
    return createStringError("an array of " + Twine(value.count) + " elements, more than the file holds");
  if (elementSize)
    return skip(value.count * elementSize, "its array");
  for (uint64_t i = 0; i < value.count; ++i) {
    GgufFile::Value element;
    if (Error error = parseValue(value.type, depth + 1, element))
      return error;
  }
  return Error::success();
}

Error GgufParser::parseMetadata(uint64_t count) {
  // The shortest entry: an empty key, a type, one byte.
  if (count > getRemaining() / 13)
    return createStringError("it claims " + Twine(count) + " metadata entries, more than the file holds");
  for (uint64_t i = 0; i < count; ++i) {
    StringRef key;
    uint32_t type = 0;
    GgufFile::Value value;
    if (Error error = parseString(key, "metadata key " + Twine(i)))
      return error;
    if (!json::isUTF8(key))
      return createStringError("metadata key " + Twine(i) + " is not UTF-8");
    if (Error error = parseInteger(type, "metadata '" + key + "'"))
      return error;
    if (Error error = parseValue(type, 0, value))
      return createStringError("metadata '" + key + "': " + toString(std::move(error)));
    if (!file.values.try_emplace(key, value).second)
      return createStringError("duplicate metadata key '" + key + "'");
    file.keys.push_back(key.str());
  }
  return Error::success();
}

Error GgufParser::parseTensor(GgufTensor &tensor, uint64_t &offset) {
  constexpr uint32_t kMaxRank = 4;
  uint32_t rank = 0, type = 0;
  if (Error error = parseInteger(rank, "its rank"))
    return error;
  if (rank > kMaxRank)
    return createStringError("has " + Twine(rank) + " dimensions, more than " + Twine(kMaxRank));
  for (uint32_t i = 0; i < rank; ++i) {
    int64_t dim = 0;
    if (Error error = parseInteger(dim, "its shape"))
      return error;
    tensor.shape.insert(tensor.shape.begin(), dim);
  }
  if (Error error = parseInteger(type, "its type"))
    return error;
  if (Error error = parseInteger(offset, "its offset"))
    return error;
  const TensorType *known = llvm::find_if(kTensorTypes, [&](const TensorType &entry) { return entry.id == type; });
  if (known == std::end(kTensorTypes) || !known->storage)
    return createStringError("has type " + Twine(type) + " (" +
                             (known == std::end(kTensorTypes) ? "unknown" : known->name) +
                             "), which quant-opt does not read (F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, "
                             "Q5_K, Q6_K it does)");
  tensor.storage = *known->storage;
  Expected<uint64_t> size = getStorageSize(tensor.storage, tensor.shape);
  if (!size)
    return createStringError("cannot be sized: " + toString(size.takeError()));
  tensor.bytes = ArrayRef<char>(static_cast<const char *>(nullptr), *size);
  return Error::success();
}

Error GgufParser::parseTensors(uint64_t count) {
  // The shortest description: an empty name, rank 0, a type, an offset.
  if (count > getRemaining() / 24)
    return createStringError("it claims " + Twine(count) + " tensors, more than the file holds");
  std::vector<uint64_t> offsets(count);
  file.tensors.resize(count);
  StringSet<> names;
  for (auto [i, tensor] : llvm::enumerate(file.tensors)) {
    StringRef name;
    if (Error error = parseString(name, "the name of tensor " + Twine(i)))
      return error;
    tensor.name = name.str();
    if (!json::isUTF8(name))
      return createStringError("the name of tensor " + Twine(i) + " is not UTF-8");
    if (!names.insert(name).second)
      return createStringError("duplicate tensor '" + name + "'");
    if (Error error = parseTensor(tensor, offsets[i]))
      return createStringError("tensor '" + name + "' " + toString(std::move(error)));
  }
  return placeTensors(offsets);
}

/// Resolves offsets, which count from the aligned end of the header, and checks that tensors lie apart in the file.
Error GgufParser::placeTensors(ArrayRef<uint64_t> offsets) {
  uint64_t alignment = 32;
  if (file.hasKey("general.alignment")) {
    std::optional<int64_t> given = file.getInteger("general.alignment");
    if (!given || *given < 1 || *given > (1 << 20) || !isPowerOf2_64(uint64_t(*given)))
      return createStringError("general.alignment is not a power of two of at most 1 MiB");
    alignment = uint64_t(*given);
  }
  uint64_t dataStart = std::min<uint64_t>(alignTo(position, alignment), bytes.size());
  file.header = bytes.take_front(dataStart);
  ArrayRef<char> data = bytes.drop_front(dataStart);
  std::vector<std::pair<uint64_t, size_t>> order;
  for (auto [i, tensor] : llvm::enumerate(file.tensors)) {
    uint64_t size = tensor.bytes.size();
    if (offsets[i] % alignment != 0)
      return createStringError("tensor '" + tensor.name + "' starts at " + Twine(offsets[i]) +
                               ", which is no multiple of the alignment " + Twine(alignment));
    if (offsets[i] > data.size() || size > data.size() - offsets[i])
      return createStringError("tensor '" + tensor.name + "' ends outside the file, which is truncated or corrupt");
    tensor.bytes = data.slice(offsets[i], size);
    order.emplace_back(offsets[i], i);
  }
  llvm::sort(order);
  for (size_t i = 1; i < order.size(); ++i) {
    const GgufTensor &before = file.tensors[order[i - 1].second], &after = file.tensors[order[i].second];
    if (before.bytes.end() > after.bytes.begin() && !after.bytes.empty())
      return createStringError("tensor '" + after.name + "' overlaps '" + before.name + "'");
  }
  return Error::success();
}

Error GgufParser::run() {
  uint32_t version = 0;
  if (!StringRef(bytes.data(), bytes.size()).starts_with("GGUF"))
    return createStringError("it does not start with 'GGUF': not a GGUF file");
  position = 4;
  if (Error error = parseInteger(version, "its version"))
    return error;
  if (version >= 1u << 16)
    return createStringError("it is big-endian, which quant-opt does not read");
  if (version != 2 && version != 3)
    return createStringError("GGUF version " + Twine(version) + ", of which quant-opt reads 2 and 3");
  uint64_t tensorCount = 0, metadataCount = 0;
  if (Error error = parseInteger(tensorCount, "its counts"))
    return error;
  if (Error error = parseInteger(metadataCount, "its counts"))
    return error;
  uint64_t metadataStart = position;
  if (Error error = parseMetadata(metadataCount))
    return error;
  file.metadata = bytes.slice(metadataStart, position - metadataStart);
  return parseTensors(tensorCount);
}

Expected<std::shared_ptr<const GgufFile>> GgufFile::open(StringRef path) {
  Expected<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file)
    return file.takeError();
  return parse((*file)->getBytes(), *file, path);
}

Expected<std::shared_ptr<const GgufFile>> GgufFile::parse(ArrayRef<char> bytes, std::shared_ptr<const void> owner,
                                                          StringRef fileName) {
  auto file = std::make_shared<GgufFile>();
  file->owner = std::move(owner);
  if (Error error = GgufParser(bytes, *file).run())
    return createStringError(fileName + ": " + toString(std::move(error)) +
                             "; download the file again or convert it with llama.cpp's llama-quantize");
  return file;
}

//===----------------------------------------------------------------------===//
// Typed access
//===----------------------------------------------------------------------===//

const GgufFile::Value *GgufFile::lookup(StringRef key, bool isArray) const {
  auto found = values.find(key);
  return found != values.end() && found->second.isArray == isArray ? &found->second : nullptr;
}

template <typename T> static T readValue(const char *data) {
  return support::endian::read<T, endianness::little>(data);
}

static std::optional<int64_t> readInteger(uint32_t type, const char *data) {
  switch (type) {
  case GgufType::U8:
    return readValue<uint8_t>(data);
  case GgufType::I8:
    return readValue<int8_t>(data);
  case GgufType::U16:
    return readValue<uint16_t>(data);
  case GgufType::I16:
    return readValue<int16_t>(data);
  case GgufType::U32:
    return readValue<uint32_t>(data);
  case GgufType::I32:
    return readValue<int32_t>(data);
  case GgufType::I64:
    return readValue<int64_t>(data);
  case GgufType::U64:
    if (int64_t value = readValue<int64_t>(data); value >= 0)
      return value;
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

static std::optional<double> readFloat(uint32_t type, const char *data) {
  if (type == GgufType::F32)
    return readValue<float>(data);
  if (type == GgufType::F64)
    return readValue<double>(data);
  return std::nullopt;
}

static StringRef readString(const char *data) { return StringRef(data + 8, readValue<uint64_t>(data)); }

/// The elements of an array of fixed-size values, if `read` accepts each.
template <typename T, typename Read>
static std::optional<std::vector<T>> readArray(uint64_t count, uint32_t type, const char *data, Read read) {
  std::vector<T> result;
  result.reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    std::optional<T> element = read(type, data + i * getValueSize(type));
    if (!element)
      return std::nullopt;
    result.push_back(*element);
  }
  return result;
}

std::optional<size_t> GgufFile::getMetadataOffset32(StringRef key) const {
  const Value *value = lookup(key, /*isArray=*/false);
  if (!value || (value->type != GgufType::U32 && value->type != GgufType::I32))
    return std::nullopt;
  return size_t(value->data - metadata.data());
}

std::optional<StringRef> GgufFile::getString(StringRef key) const {
  const Value *value = lookup(key, /*isArray=*/false);
  if (!value || value->type != GgufType::String)
    return std::nullopt;
  return readString(value->data);
}

std::optional<int64_t> GgufFile::getInteger(StringRef key) const {
  const Value *value = lookup(key, /*isArray=*/false);
  return value ? readInteger(value->type, value->data) : std::nullopt;
}

std::optional<double> GgufFile::getFloat(StringRef key) const {
  const Value *value = lookup(key, /*isArray=*/false);
  return value ? readFloat(value->type, value->data) : std::nullopt;
}

std::optional<bool> GgufFile::getBool(StringRef key) const {
  const Value *value = lookup(key, /*isArray=*/false);
  if (!value || value->type != GgufType::Bool)
    return std::nullopt;
  return *value->data != 0;
}

std::optional<std::vector<StringRef>> GgufFile::getStrings(StringRef key) const {
  const Value *value = lookup(key, /*isArray=*/true);
  if (!value || value->type != GgufType::String)
    return std::nullopt;
  std::vector<StringRef> result;
  const char *data = value->data;
  for (uint64_t i = 0; i < value->count; ++i) {
    result.push_back(readString(data));
    data = result.back().end();
  }
  return result;
}

std::optional<std::vector<int64_t>> GgufFile::getIntegers(StringRef key) const {
  const Value *value = lookup(key, /*isArray=*/true);
  if (!value)
    return std::nullopt;
  return readArray<int64_t>(value->count, value->type, value->data,
                            [](uint32_t type, const char *data) -> std::optional<int64_t> {
                              if (type == GgufType::Bool)
                                return *data != 0;
                              return readInteger(type, data);
                            });
}

std::optional<std::vector<double>> GgufFile::getFloats(StringRef key) const {
  const Value *value = lookup(key, /*isArray=*/true);
  if (!value)
    return std::nullopt;
  return readArray<double>(value->count, value->type, value->data, readFloat);
}
