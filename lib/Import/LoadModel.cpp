//===- LoadModel.cpp - Anything that is a model, as a module --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Import/LoadModel.h"
#include "LowP/LowP.h"
#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "quant-opt/Import/Import.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace quantopt;

bool quantopt::isModelPath(StringRef path) { return llvm::sys::fs::is_directory(path) || isImportable(path); }

std::unique_ptr<llvm::MemoryBuffer> quantopt::openIRFile(StringRef path, std::string &error) {
  auto buffer = openInputFile(path, llvm::Align(64), &error);
  if (!buffer)
    return nullptr;
  // Text has no zero bytes: this is a checkpoint, an archive, a program.
  if (!isBytecode(buffer->getMemBufferRef()) && buffer->getBuffer().take_front(4096).contains('\0')) {
    error = (path + ": neither IR nor a model; give .mlir or .mlirbc, a .gguf file, or a Hugging Face folder").str();
    return nullptr;
  }
  if (llvm::isAddrAligned(llvm::Align(64), buffer->getBufferStart()))
    return buffer;
  auto copy = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(buffer->getBufferSize(), buffer->getBufferIdentifier(),
                                                                llvm::Align(64));
  llvm::copy(buffer->getBuffer(), copy->getBufferStart());
  return copy;
}

static FailureOr<LoadedModel> loadIR(StringRef path, MLIRContext *context) {
  std::string error;
  std::unique_ptr<llvm::MemoryBuffer> buffer = openIRFile(path, error);
  if (!buffer)
    return emitError(UnknownLoc::get(context)) << error;
  // Shared, so that resources of bytecode are served from the mapping instead of being copied.
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  LoadedModel model;
  model.module = parseSourceFile<ModuleOp>(sources, ParserConfig(context));
  if (!model.module || failed(lowp::openStores(*model.module, llvm::sys::path::parent_path(path))))
    return failure();
  auto &registry = context->getOrLoadDialect<lowp::LowPDialect>()->getStores();
  for (auto store : model.module->getOps<lowp::StoreOp>())
    if (model.tokenizerPath.empty())
      model.tokenizerPath = registry.lookupPath(store.getId());
  return model;
}

FailureOr<LoadedModel> quantopt::loadModel(StringRef path, MLIRContext *context) {
  if (!isModelPath(path))
    return loadIR(path, context);
  FailureOr<ImportedModel> imported = importModel(path, context);
  if (failed(imported))
    return failure();
  LoadedModel model;
  model.module = std::move(imported->module);
  model.tokenizerPath = path.str();
  return model;
}
