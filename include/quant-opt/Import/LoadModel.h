//===- LoadModel.h - Anything that is a model, as a module -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_IMPORT_LOADMODEL_H
#define QUANTOPT_IMPORT_LOADMODEL_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include <memory>
#include <string>

namespace llvm {
class MemoryBuffer;
} // namespace llvm

namespace quantopt {

struct LoadedModel {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  /// What Tokenizer::load reads; empty when the model has no weights beside it.
  std::string tokenizerPath;
};

/// True for what importModel reads: a folder or a .gguf file; anything else is IR.
bool isModelPath(llvm::StringRef path);

/// A Hugging Face folder, a .gguf file, or IR (.mlir, .mlirbc) whose stores are opened relative to it. Errors go to the
/// diagnostics of the context.
mlir::FailureOr<LoadedModel> loadModel(llvm::StringRef path, mlir::MLIRContext *context);

/// The bytes of an IR file (or of stdin for "-") where the bytecode reader accepts them: small files and stdin land in
/// memory of malloc's alignment, in which it refuses resources that want 64 bytes. Null with
/// `error` set, also for binary files that are no bytecode.
std::unique_ptr<llvm::MemoryBuffer> openIRFile(llvm::StringRef path, std::string &error);

} // namespace quantopt

#endif // QUANTOPT_IMPORT_LOADMODEL_H
