//===- JsonReader.cpp - Strict reading of JSON objects --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every message is one line: where, the rule, what to do.
//
//===----------------------------------------------------------------------===//

#include "JsonReader.h"
#include "Unicode.h"
#include "llvm/Support/MemoryBuffer.h"

using llvm::StringRef;
using llvm::Twine;

namespace quantopt::tokenizer {

llvm::Error makeError(const Twine &where, const Twine &rule, const Twine &remedy) {
  return llvm::createStringError(where + ": " + rule + "; " + remedy);
}

/// The greatest nesting of brackets outside strings.
static unsigned measureDepth(StringRef text) {
  unsigned depth = 0, deepest = 0;
  bool inString = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (inString) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        inString = false;
    } else if (c == '"') {
      inString = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

/// Replaces escaped surrogate pairs ("\\ud840\\udc00") by the character: llvm::json reads those beyond U+1FFFF
/// as other characters (it joins the halves with |, not +).
static std::string replaceSurrogateEscapes(StringRef text) {
  std::string out;
  out.reserve(text.size());
  auto readUnit = [](StringRef escape) -> uint32_t {
    uint32_t unit = 0;
    return escape.size() < 6 || !escape.starts_with("\\u") || escape.slice(2, 6).getAsInteger(16, unit) ? 0 : unit;
  };
  while (!text.empty()) {
    size_t plain = std::min(text.find('\\'), text.size());
    out += text.take_front(plain);
    text = text.drop_front(plain);
    uint32_t high = readUnit(text), low = readUnit(text.drop_front(std::min<size_t>(6, text.size())));
    if (high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
      appendCodePoint(out, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
      text = text.drop_front(12);
    } else { // any other escape: the backslash and what it escapes
      out += text.take_front(2);
      text = text.drop_front(std::min<size_t>(2, text.size()));
    }
  }
  return out;
}

llvm::Expected<llvm::json::Value> parseJson(StringRef text, StringRef fileName) {
  constexpr unsigned maxDepth = 64;
  if (measureDepth(text) > maxDepth)
    return makeError(fileName, "JSON nested deeper than " + Twine(maxDepth) + " levels",
                     "this is not a tokenizer file");
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(replaceSurrogateEscapes(text));
  if (!value)
    return makeError(fileName, "not valid JSON, " + llvm::toString(value.takeError()),
                     "the file may be truncated, copy it again");
  return value;
}

llvm::Expected<llvm::json::Value> parseJsonFile(StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return makeError(path, "cannot be read (" + buffer.getError().message() + ")", "check the path");
  return parseJson((*buffer)->getBuffer(), path);
}

JsonReader::JsonReader(const llvm::json::Value &value, const Twine &where)
    : object(value.getAsObject()), where(where.str()) {
  if (!object)
    fail("is not an object", "write {...}");
}

void JsonReader::fail(const Twine &rule, const Twine &remedy) {
  if (problem.empty())
    problem = (where + ": " + rule + "; " + remedy).str();
}

void JsonReader::failType(StringRef key, StringRef expected) {
  if (object && !object->get(key))
    fail("has no '" + key + "'", "add it (" + expected + ")");
  else
    fail("'" + key + "' is not " + expected, "write " + expected);
}

const llvm::json::Value *JsonReader::find(StringRef key) {
  known.insert(key);
  return object ? object->get(key) : nullptr;
}

bool JsonReader::getBool(StringRef key, std::optional<bool> fallback) {
  const llvm::json::Value *value = find(key);
  if (!value && fallback)
    return *fallback;
  std::optional<bool> flag = value ? value->getAsBoolean() : std::nullopt;
  if (!flag)
    failType(key, "true or false");
  return flag.value_or(false);
}

int64_t JsonReader::getInt(StringRef key) {
  const llvm::json::Value *value = find(key);
  std::optional<int64_t> number = value ? value->getAsInteger() : std::nullopt;
  if (!number)
    failType(key, "an integer");
  return number.value_or(0);
}

std::string JsonReader::getString(StringRef key, std::optional<StringRef> fallback) {
  const llvm::json::Value *value = find(key);
  if (!value && fallback)
    return fallback->str();
  std::optional<StringRef> text = value ? value->getAsString() : std::nullopt;
  if (!text)
    failType(key, "a string");
  return text.value_or("").str();
}

std::optional<std::string> JsonReader::getOptionalString(StringRef key) {
  const llvm::json::Value *value = find(key);
  if (!value || value->getAsNull())
    return std::nullopt;
  return getString(key);
}

std::optional<bool> JsonReader::getOptionalBool(StringRef key) {
  const llvm::json::Value *value = find(key);
  if (!value || value->getAsNull())
    return std::nullopt;
  return getBool(key);
}

const llvm::json::Value &JsonReader::getValue(StringRef key) {
  static const llvm::json::Value null = nullptr;
  const llvm::json::Value *value = find(key);
  return value ? *value : null;
}

const llvm::json::Array &JsonReader::getArray(StringRef key) {
  static const llvm::json::Array empty;
  const llvm::json::Value *value = find(key);
  const llvm::json::Array *array = value ? value->getAsArray() : nullptr;
  if (!array)
    failType(key, "an array");
  return array ? *array : empty;
}

llvm::Error JsonReader::finish() {
  if (object && problem.empty()) {
    std::string unknown; // the first in alphabetical order, for a message that does not depend on hashing
    for (const auto &[key, value] : *object)
      if (!known.contains(StringRef(key)) && (unknown.empty() || StringRef(key) < StringRef(unknown)))
        unknown = StringRef(key).str();
    if (!unknown.empty())
      fail("unknown key '" + unknown + "'", "remove it if it does not change ids, or convert the tokenizer");
  }
  return problem.empty() ? llvm::Error::success() : llvm::createStringError(problem);
}

} // namespace quantopt::tokenizer
