//===- Safetensors.cpp - The safetensors container ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/Safetensors.h"
#include "Storage.h"
#include "StrictJson.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace quantopt;

static constexpr uint64_t kMaxHeaderBytes = 100'000'000;
static constexpr StringLiteral kMetadataKey = "__metadata__";
static constexpr StringLiteral kRewrite = "; download or write the file again";

namespace {
struct DtypeInfo {
  StringLiteral name;
  unsigned bits;
};
} // namespace

// The reference's order: a writer emits the last ones first, so that every tensor is naturally aligned.
static constexpr DtypeInfo kDtypes[] = {
    {"BOOL", 8},    {"F4", 4},      {"F6_E2M3", 6}, {"F6_E3M2", 6},     {"U8", 8},          {"I8", 8},
    {"F8_E5M2", 8}, {"F8_E4M3", 8}, {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8}, {"F8_E5M2FNUZ", 8}, {"I16", 16},
    {"U16", 16},    {"F16", 16},    {"BF16", 16},   {"I32", 32},        {"U32", 32},        {"F32", 32},
    {"C64", 64},    {"F64", 64},    {"I64", 64},    {"U64", 64},
};

static const DtypeInfo *lookupDtype(StringRef name) {
  const DtypeInfo *found = llvm::find_if(kDtypes, [&](const DtypeInfo &info) { return info.name == name; });
  return found == std::end(kDtypes) ? nullptr : found;
}

//===----------------------------------------------------------------------===//
// Reader
//===----------------------------------------------------------------------===//

/// A JSON array of non-negative integers, or an error that names `field`.
static Error parseIntegers(const json::Object &object, StringRef field, SmallVectorImpl<int64_t> &result) {
  const json::Array *array = object.getArray(field);
  if (!array)
    return createStringError("has no array '" + field + "'");
  for (const json::Value &element : *array) {
    std::optional<int64_t> integer = element.getAsInteger();
    if (!integer || *integer < 0)
      return createStringError("has an entry in '" + field + "' that is not a non-negative integer");
    result.push_back(*integer);
  }
  return Error::success();
}

/// Checks what can be said of one tensor alone; the message goes after its name.
static Error parseEntry(const json::Value &value, SafetensorsEntry &entry) {
  const json::Object *object = value.getAsObject();
  if (!object)
    return createStringError("is not described by an object");
  std::optional<StringRef> dtype = object->getString("dtype");
  if (!dtype)
    return createStringError("has no 'dtype'");
  const DtypeInfo *info = lookupDtype(*dtype);
  if (!info)
    return createStringError("has unknown dtype '" + *dtype + "'");
  entry.dtype = dtype->str();
  SmallVector<int64_t> offsets;
  if (Error error = parseIntegers(*object, "shape", entry.shape))
    return error;
  if (Error error = parseIntegers(*object, "data_offsets", offsets))
    return error;
  if (offsets.size() != 2 || offsets[0] > offsets[1])
    return createStringError("has data_offsets that are not [begin, end] with begin <= end");
  entry.begin = uint64_t(offsets[0]);
  entry.end = uint64_t(offsets[1]);

  std::optional<uint64_t> count = countElements(entry.shape);
  uint64_t bits;
  if (!count || __builtin_mul_overflow(*count, uint64_t(info->bits), &bits))
    return createStringError("has shape " + stringifyShape(entry.shape) + ", which is too large to address");
  if (bits % 8 != 0)
    return createStringError("does not fill whole bytes: " + Twine(bits) + " bits");
  if (entry.end - entry.begin != bits / 8)
    return createStringError("holds " + Twine(entry.end - entry.begin) + " bytes, but " + entry.dtype + " " +
                             stringifyShape(entry.shape) + " needs " + Twine(bits / 8));
  return Error::success();
}

static Error parseMetadata(const json::Value &value, std::map<std::string, std::string> &metadata) {
  const json::Object *object = value.getAsObject();
  if (!object)
    return createStringError("__metadata__ is not an object");
  for (const auto &[key, text] : *object) {
    std::optional<StringRef> string = text.getAsString();
    if (!string)
      return createStringError("__metadata__ entry '" + StringRef(key) + "' is not a string");
    metadata[key.str()] = string->str();
  }
  return Error::success();
}

/// The data must be covered exactly: no hole, no overlap, nothing behind the last tensor.
static Error checkCoverage(const SafetensorsHeader &header, uint64_t fileSize) {
  uint64_t position = 0;
  for (const SafetensorsEntry &entry : header.tensors) {
    if (entry.begin < position)
      return createStringError("tensor '" + entry.name + "' overlaps the one before it");
    if (entry.begin > position)
      return createStringError("hole of " + Twine(entry.begin - position) + " bytes before tensor '" + entry.name +
                               "'");
    position = entry.end;
  }
  uint64_t available = fileSize - header.dataStart;
  if (position > available)
    return createStringError("the file is truncated: the header describes " + Twine(position) +
                             " bytes of tensors, the file has " + Twine(available));
  if (position < available)
    return createStringError(Twine(available - position) + " bytes after the last tensor");
  return Error::success();
}

/// As parseSafetensors, without the file name and the remedy.
static Expected<SafetensorsHeader> parseHeader(ArrayRef<char> file) {
  if (file.size() < 8)
    return createStringError("the file is truncated: " + Twine(file.size()) + " bytes are no safetensors header");
  uint64_t length = support::endian::read64le(file.data());
  if (length > kMaxHeaderBytes)
    return createStringError("header length " + Twine(length) + " exceeds the limit of " + Twine(kMaxHeaderBytes) +
                             ": not a safetensors file");
  if (length > file.size() - 8)
    return createStringError("the file is truncated: its header claims " + Twine(length) + " bytes, " +
                             Twine(file.size() - 8) + " follow");
  StringRef json(file.data() + 8, length);
  if (!json.starts_with("{"))
    return createStringError("the header does not start with '{': not a safetensors file");
  if (!json::isUTF8(json))
    return createStringError("the header is not UTF-8");
  json = json.rtrim(' ');
  Expected<json::Object> root = parseStrictJson(json, "the header", /*maxDepth=*/8);
  if (!root)
    return root.takeError();

  SafetensorsHeader header;
  header.dataStart = 8 + length;
  for (const auto &[key, value] : *root) {
    if (StringRef(key) == kMetadataKey) {
      if (Error error = parseMetadata(value, header.metadata))
        return error;
      continue;
    }
    SafetensorsEntry entry;
    entry.name = key.str();
    if (Error error = parseEntry(value, entry))
      return createStringError("tensor '" + entry.name + "' " + toString(std::move(error)));
    header.tensors.push_back(std::move(entry));
  }
  llvm::sort(header.tensors, [](const SafetensorsEntry &a, const SafetensorsEntry &b) {
    return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
  });
  if (Error error = checkCoverage(header, file.size()))
    return error;
  return header;
}

Expected<SafetensorsHeader> quantopt::parseSafetensors(ArrayRef<char> file, StringRef fileName) {
  Expected<SafetensorsHeader> header = parseHeader(file);
  if (!header)
    return createStringError(Twine(fileName) + ": " + toString(header.takeError()) + kRewrite);
  return header;
}

//===----------------------------------------------------------------------===//
// Writer
//===----------------------------------------------------------------------===//

std::string quantopt::layoutSafetensors(std::vector<SafetensorsEntry> &tensors,
                                        const std::map<std::string, std::string> &metadata) {
  // kDtypes is sorted by rank, so the address of an entry is its rank.
  llvm::sort(tensors, [](const SafetensorsEntry &a, const SafetensorsEntry &b) {
    const DtypeInfo *rankA = lookupDtype(a.dtype), *rankB = lookupDtype(b.dtype);
    return rankA != rankB ? rankA > rankB : a.name < b.name;
  });
  uint64_t position = 0;
  std::string text(8, '\0');
  raw_string_ostream stream(text);
  json::OStream json(stream);
  json.objectBegin();
  if (!metadata.empty())
    json.attributeObject(kMetadataKey, [&] {
      for (const auto &[key, value] : metadata)
        json.attribute(key, value);
    });
  for (SafetensorsEntry &entry : tensors) {
    entry.begin = position;
    entry.end = position += *countElements(entry.shape) * lookupDtype(entry.dtype)->bits / 8;
    json.attributeObject(entry.name, [&] {
      json.attribute("dtype", entry.dtype);
      json.attribute("shape", json::Array(entry.shape));
      json.attribute("data_offsets", json::Array({int64_t(entry.begin), int64_t(entry.end)}));
    });
  }
  json.objectEnd();
  stream.flush();
  text.resize(alignTo(text.size(), 8), ' ');
  support::endian::write64le(text.data(), text.size() - 8);
  return text;
}
