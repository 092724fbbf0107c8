//===- Import.h - Model folders and GGUF files to IR -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Turns a checkpoint into linalg on tensors. What is built follows from the
// features that the configuration states, and the bytes stay in the store.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_IMPORT_IMPORT_H
#define QUANTOPT_IMPORT_IMPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "quant-opt/Checkpoint/WeightStore.h"
#include "llvm/Support/JSON.h"
#include <memory>

namespace quantopt {

struct ImportedModel {
  /// A `lowp.store @weights` and `func.func @main`. Decoders: ids [S] i64 -> logits [S, vocabulary] f32 of one
  /// sequence. Encoders: ids [S] i64, token types [S] i64 -> last hidden state [S, hidden] f32 and, where the
  /// checkpoint has a pooler, the pooled first token [hidden] f32. S is dynamic.
  mlir::OwningOpRef<mlir::ModuleOp> module;
  /// Open, and registered with the lowp dialect of the context.
  std::shared_ptr<WeightStore> store;
};

/// Whether `path` names something that importModel takes: a folder with a config.json, or a .gguf file.
bool isImportable(llvm::StringRef path);

/// What a model's config.json says, or would say: that of a folder, without quantization_config, or one that is
/// made from the metadata of a .gguf file. Errors go to the context's diagnostics; one is a GGUF whose tensors are not
/// those that such a configuration means.
mlir::FailureOr<llvm::json::Object> readModelConfig(llvm::StringRef path, mlir::MLIRContext *context);

/// Imports a Hugging Face folder (config.json and *.safetensors) or a .gguf file. Layers that the folder stores
/// quantized read their codes and scales through lowp.dequantize and have a lowp.plan (method "imported"). A
/// configuration that states what is not understood is refused: the error goes to the context's diagnostics and names
/// file, key, rule and remedy.
mlir::FailureOr<ImportedModel> importModel(llvm::StringRef path, mlir::MLIRContext *context);

} // namespace quantopt

#endif // QUANTOPT_IMPORT_IMPORT_H
