//===- GgufConfig.h - GGUF metadata as a configuration -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_IMPORT_GGUFCONFIG_H
#define QUANTOPT_LIB_IMPORT_GGUFCONFIG_H

#include "mlir/IR/MLIRContext.h"
#include "quant-opt/Checkpoint/Gguf.h"
#include "llvm/Support/JSON.h"

namespace quantopt::importer {

/// The metadata of `file` as the keys of a config.json, so that one reader maps both onto features. Where a key is
/// absent it has the value that llama.cpp assumes. Every key of the architecture must be understood.
mlir::FailureOr<llvm::json::Object> readGgufConfig(const GgufFile &file, llvm::StringRef path,
                                                   mlir::MLIRContext *context);

/// The same as config.json of a Hugging Face folder with the same weights, with what only transformers reads. An error
/// for a GGUF whose tensors are not those that such a folder holds.
mlir::FailureOr<llvm::json::Object> readHuggingFaceConfig(llvm::StringRef path, mlir::MLIRContext *context);

} // namespace quantopt::importer

#endif // QUANTOPT_LIB_IMPORT_GGUFCONFIG_H
