//===- StrictJson.cpp - JSON objects from files of others -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StrictJson.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <optional>
#include <set>

using namespace llvm;
using namespace quantopt;

/// The text of the string literal that starts at `json[at]` (a quote), and `at` moved behind it. Unterminated
/// literals end at the end of the text: the JSON parser reports them.
static std::string takeString(StringRef json, size_t &at) {
  size_t begin = at++;
  bool escaped = false;
  while (at < json.size() && json[at] != '"') {
    escaped |= json[at] == '\\';
    at += json[at] == '\\' ? 2 : 1;
  }
  at = std::min(at + 1, json.size());
  StringRef literal = json.slice(begin, at);
  if (!escaped)
    return literal.drop_front().drop_back(literal.size() > 1).str();
  Expected<json::Value> value = json::parse(literal);
  if (!value) {
    consumeError(value.takeError());
    return literal.str();
  }
  return value->getAsString().value_or(literal).str();
}

/// Everything else that is wrong is left to llvm::json.
static Error checkKeysAndDepth(StringRef json, StringRef what, unsigned maxDepth) {
  std::vector<std::optional<std::set<std::string>>> open; // none for an array
  for (size_t at = 0; at < json.size();) {
    char c = json[at];
    if (c == '"') {
      std::string text = takeString(json, at);
      bool isKey = json.drop_front(at).ltrim(" \t\r\n").starts_with(":");
      if (isKey && !open.empty() && open.back() && !open.back()->insert(text).second)
        return createStringError("duplicate key '" + text + "' in " + what);
      continue;
    }
    if (c == '{' || c == '[') {
      if (open.size() == maxDepth)
        return createStringError(what + " is not a valid JSON object: nested too deeply");
      open.emplace_back();
      if (c == '{')
        open.back().emplace();
    } else if ((c == '}' || c == ']') && !open.empty()) {
      open.pop_back();
    }
    ++at;
  }
  return Error::success();
}

Expected<json::Object> quantopt::parseStrictJson(StringRef text, StringRef what, unsigned maxDepth) {
  if (Error error = checkKeysAndDepth(text, what, maxDepth))
    return error;
  Expected<json::Value> root = json::parse(text);
  if (!root)
    return createStringError(what + " is not a valid JSON object: " + toString(root.takeError()));
  if (!root->getAsObject())
    return createStringError(what + " is not a JSON object");
  return std::move(*root->getAsObject());
}

Expected<json::Object> quantopt::readJsonFile(StringRef path) {
  constexpr uint64_t kMaxBytes = 64ull << 20;
  constexpr unsigned kMaxDepth = 32;
  auto fail = [&](const Twine &rule) {
    return createStringError(path + ": " + rule + "; download or write the file again");
  };
  uint64_t size = 0;
  if (std::error_code error = sys::fs::file_size(path, size))
    return fail("cannot be read: " + error.message());
  if (size > kMaxBytes)
    return fail(Twine(size) + " bytes are more than the " + Twine(kMaxBytes) + " that a description has");
  ErrorOr<std::unique_ptr<MemoryBuffer>> buffer = MemoryBuffer::getFile(path);
  if (!buffer)
    return fail("cannot be read: " + buffer.getError().message());
  Expected<json::Object> object = parseStrictJson((*buffer)->getBuffer(), "the file", kMaxDepth);
  if (!object)
    return fail(toString(object.takeError()));
  return object;
}
