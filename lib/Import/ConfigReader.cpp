//===- ConfigReader.cpp - Checked access to a configuration ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConfigReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace quantopt::importer;

void ConfigReader::fail(const Twine &message) {
  if (!failed && !(parent && parent->failed))
    emitError(UnknownLoc::get(mlirContext)) << context << ": " << message;
  failed = true;
  if (parent)
    parent->failed = true;
}

void ConfigReader::ignoreIfOff(StringRef key) {
  const llvm::json::Value *value = values.get(key);
  if (!value)
    return;
  const llvm::json::Object *object = value->getAsObject();
  const llvm::json::Array *array = value->getAsArray();
  if (value->getAsBoolean() == std::optional(false) || (object && object->empty()) || (array && array->empty()))
    ignore(key);
}

void ConfigReader::failKind(StringRef key, StringRef kind, const llvm::json::Value &value) {
  fail(llvm::formatv("key '{0}' must be {1}, got {2}; correct it", key, kind, value).str());
}

const llvm::json::Value *ConfigReader::find(StringRef key) const {
  const llvm::json::Value *value = values.get(key);
  if (!value && known)
    value = known->get(key);
  return value && value->kind() != llvm::json::Value::Null ? value : nullptr;
}

const llvm::json::Value *ConfigReader::require(StringRef key, StringRef kind) {
  seen.insert(key);
  const llvm::json::Value *value = find(key);
  if (!value && known)
    value = known->get(key);
  if (!value || value->kind() == llvm::json::Value::Null) {
    value = nullptr;
    fail("key '" + key + "' is missing; add it (" + kind + ")");
  }
  return value;
}

const llvm::json::Value *ConfigReader::readOptional(StringRef key) {
  if (!knows(key))
    return nullptr;
  seen.insert(key);
  return find(key);
}

int64_t ConfigReader::getSize(StringRef key) {
  const llvm::json::Value *value = require(key, "a positive integer");
  if (!value)
    return 1;
  // The bound keeps products of two sizes inside 64 bits.
  if (auto integer = value->getAsInteger(); integer && *integer >= 1 && *integer <= (int64_t(1) << 30))
    return *integer;
  failKind(key, "a positive integer", *value);
  return 1;
}

double ConfigReader::getNumber(StringRef key) {
  const llvm::json::Value *value = require(key, "a number");
  if (!value)
    return 1;
  if (auto number = value->getAsNumber())
    return *number;
  failKind(key, "a number", *value);
  return 1;
}

std::string ConfigReader::getString(StringRef key) {
  const llvm::json::Value *value = require(key, "a string");
  if (!value)
    return "";
  if (auto text = value->getAsString())
    return text->str();
  failKind(key, "a string", *value);
  return "";
}

bool ConfigReader::getFlag(StringRef key) {
  const llvm::json::Value *value = readOptional(key);
  if (value && !value->getAsBoolean())
    failKind(key, "true or false", *value);
  return value && value->getAsBoolean().value_or(false);
}

std::optional<int64_t> ConfigReader::getOptionalSize(StringRef key) {
  return readOptional(key) ? std::optional(getSize(key)) : std::nullopt;
}

std::optional<double> ConfigReader::getOptionalNumber(StringRef key) {
  return readOptional(key) ? std::optional(getNumber(key)) : std::nullopt;
}

const llvm::json::Object *ConfigReader::getOptionalObject(StringRef key) {
  const llvm::json::Value *value = readOptional(key);
  if (value && !value->getAsObject())
    failKind(key, "an object", *value);
  return value ? value->getAsObject() : nullptr;
}

const llvm::json::Array *ConfigReader::getOptionalArray(StringRef key) {
  const llvm::json::Value *value = readOptional(key);
  if (value && !value->getAsArray())
    failKind(key, "an array", *value);
  return value ? value->getAsArray() : nullptr;
}

LogicalResult ConfigReader::finish(StringRef reader) {
  std::vector<StringRef> unknown;
  for (const auto &entry : values)
    if (!seen.contains(StringRef(entry.first)) && entry.second.kind() != llvm::json::Value::Null)
      unknown.push_back(entry.first);
  if (!unknown.empty() && !failed) {
    StringRef key = *llvm::min_element(unknown);
    fail("key '" + key + "' is not understood for " + reader +
         " and may change what is computed; remove it if it does not, or teach it to the importer (docs/import.md)");
  }
  return failure(failed);
}
