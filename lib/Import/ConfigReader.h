//===- ConfigReader.h - Checked access to a configuration --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reads keys of a JSON object, remembers which were read, and reports the first
// fault in one line. Keys that nobody read are a fault too.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_IMPORT_CONFIGREADER_H
#define QUANTOPT_LIB_IMPORT_CONFIGREADER_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/JSON.h"
#include <optional>

namespace quantopt::importer {

/// After a fault every getter returns a neutral value, so that a reader of many keys checks `hasFailed` once.
/// Optional keys are read only where they are known: what `known` does not hold stays unread, and is reported at the
/// end.
class ConfigReader {
public:
  /// `context` is what messages call the object: a file, or a file and a key in it. `known` gives the optional keys
  /// with what their absence means (null: nothing); none: every key that is asked for is known. An optional key
  /// that the configuration itself sets to null has no value, whatever its default.
  ConfigReader(mlir::MLIRContext *mlirContext, std::string context, const llvm::json::Object &values,
               const llvm::json::Object *known = nullptr)
      : mlirContext(mlirContext), context(std::move(context)), values(values), known(known) {}
  /// The object at `key` of `parent`; a fault in it is one of the parent's.
  ConfigReader(ConfigReader &parent, llvm::StringRef key, const llvm::json::Object &values)
      : mlirContext(parent.mlirContext), context((parent.context + ": " + key).str()), values(values), known(nullptr),
        parent(&parent) {}

  bool knows(llvm::StringRef key) const { return !known || known->get(key); }
  bool has(llvm::StringRef key) const { return knows(key) && find(key); }

  /// An integer from 1 to 2^30.
  int64_t getSize(llvm::StringRef key);
  double getNumber(llvm::StringRef key);
  std::string getString(llvm::StringRef key);
  /// False where the key is not known.
  bool getFlag(llvm::StringRef key);
  std::optional<int64_t> getOptionalSize(llvm::StringRef key);
  std::optional<double> getOptionalNumber(llvm::StringRef key);
  const llvm::json::Object *getOptionalObject(llvm::StringRef key);
  const llvm::json::Array *getOptionalArray(llvm::StringRef key);

  /// The key changes nothing that is built.
  void ignore(llvm::StringRef key) { seen.insert(key); }
  /// The key changes nothing as long as it is false or empty.
  void ignoreIfOff(llvm::StringRef key);

  /// Reports "`context`: `message`".
  void fail(const llvm::Twine &message);
  bool hasFailed() const { return failed; }

  /// Fails on the first key, in order of the alphabet, that was neither read nor ignored; `reader` says who should
  /// know it.
  mlir::LogicalResult finish(llvm::StringRef reader);

private:
  const llvm::json::Value *find(llvm::StringRef key) const;
  /// Marks the key as read and reports its absence.
  const llvm::json::Value *require(llvm::StringRef key, llvm::StringRef kind);
  /// Marks the key as read; null where it is unknown or has no value.
  const llvm::json::Value *readOptional(llvm::StringRef key);
  void failKind(llvm::StringRef key, llvm::StringRef kind, const llvm::json::Value &value);

  mlir::MLIRContext *mlirContext;
  std::string context;
  const llvm::json::Object &values;
  const llvm::json::Object *known;
  ConfigReader *parent = nullptr;
  llvm::StringSet<> seen;
  bool failed = false;
};

} // namespace quantopt::importer

#endif // QUANTOPT_LIB_IMPORT_CONFIGREADER_H
