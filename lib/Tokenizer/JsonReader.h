//===- JsonReader.h - Strict reading of JSON objects -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reads the members of an object, and refuses those that nobody asked for:
// a key that is not known would otherwise change ids silently.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TOKENIZER_JSONREADER_H
#define QUANTOPT_LIB_TOKENIZER_JSONREADER_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include <optional>
#include <string>

namespace quantopt::tokenizer {

/// Parses JSON; the error names the file. Nesting is limited, since the parser recurses.
llvm::Expected<llvm::json::Value> parseJson(llvm::StringRef text, llvm::StringRef fileName);
llvm::Expected<llvm::json::Value> parseJsonFile(llvm::StringRef path);

/// Members of one object. The first fault is kept and later reads give defaults, so that a
/// reader is a list of reads with one finish() behind it.
class JsonReader {
public:
  /// `where` names the object in messages: "pre_tokenizer.pretokenizers[1]".
  JsonReader(const llvm::json::Value &value, const llvm::Twine &where);

  bool getBool(llvm::StringRef key, std::optional<bool> fallback = std::nullopt);
  int64_t getInt(llvm::StringRef key);
  std::string getString(llvm::StringRef key, std::optional<llvm::StringRef> fallback = std::nullopt);
  /// Nothing for null and for a missing key.
  std::optional<std::string> getOptionalString(llvm::StringRef key);
  std::optional<bool> getOptionalBool(llvm::StringRef key);
  /// The member as it is, null when missing; never a null pointer.
  const llvm::json::Value &getValue(llvm::StringRef key);
  const llvm::json::Array &getArray(llvm::StringRef key);
  /// Accepts a key whose value does not matter for ids.
  void ignore(llvm::StringRef key) { known.insert(key); }
  void fail(const llvm::Twine &rule, const llvm::Twine &remedy);

  llvm::StringRef getWhere() const { return where; }
  /// The first fault: a failed read, or a key that was not read.
  llvm::Error finish();

private:
  const llvm::json::Value *find(llvm::StringRef key);
  void failType(llvm::StringRef key, llvm::StringRef expected);

  const llvm::json::Object *object;
  std::string where;
  std::string problem;
  llvm::StringSet<> known;
};

/// "where: rule; remedy" as an error.
llvm::Error makeError(const llvm::Twine &where, const llvm::Twine &rule, const llvm::Twine &remedy);

} // namespace quantopt::tokenizer

#endif // QUANTOPT_LIB_TOKENIZER_JSONREADER_H
