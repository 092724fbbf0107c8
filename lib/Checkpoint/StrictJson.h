//===- StrictJson.h - JSON objects from files of others ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_STRICTJSON_H
#define QUANTOPT_LIB_CHECKPOINT_STRICTJSON_H

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace quantopt {

/// Parses an object and also refuses what llvm::json lets pass: a key that occurs twice in one object (it keeps the
/// last) and nesting deeper than `maxDepth` (it recurses without a limit). `what` is what messages call the text.
llvm::Expected<llvm::json::Object> parseStrictJson(llvm::StringRef text, llvm::StringRef what, unsigned maxDepth);

/// The object in the file at `path`, of at most 64 MiB. Messages name the file and a remedy.
llvm::Expected<llvm::json::Object> readJsonFile(llvm::StringRef path);

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_STRICTJSON_H
