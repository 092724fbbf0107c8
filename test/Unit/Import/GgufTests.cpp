//===- GgufTests.cpp - GGUF files as models -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// llama.gguf holds the tensors of the folder llama as llama.cpp stores them.
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "quant-opt/Import/Import.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace quantopt;
namespace fs = llvm::sys::fs;

namespace {

constexpr const char *llamaGguf = QUANTOPT_MODELS "/llama.gguf";

TEST(Gguf, TensorsAreThoseOfTheFolder) {
  WeightStore folder, file;
  ASSERT_FALSE(bool(folder.addPath(QUANTOPT_MODELS "/llama")));
  ASSERT_FALSE(bool(file.addPath(llamaGguf)));
  for (const std::string &key : folder.getKeys()) {
    const WeightInfo *info = file.lookup(key);
    ASSERT_TRUE(info) << key;
    EXPECT_EQ(info->shape, folder.lookup(key)->shape) << key;
    llvm::Expected<WeightBuffer> wanted = folder.read(key, ElementKind::F32), got = file.read(key, ElementKind::F32);
    ASSERT_TRUE(bool(wanted)) << key;
    ASSERT_TRUE(bool(got)) << key;
    EXPECT_TRUE(wanted->getBytes() == got->getBytes()) << key;
  }
  EXPECT_EQ(file.getKeys().size(), folder.getKeys().size() + 1); // and rope_freqs.weight
}

/// The text of a module without its store, whose path and id differ.
std::string printBody(mlir::ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (mlir::Operation &op : module.getBody()->getOperations())
    if (!llvm::isa<lowp::StoreOp>(op))
      os << op;
  return text;
}

TEST(Gguf, ModuleIsThatOfTheFolder) {
  mlir::MLIRContext context;
  auto folder = importModel(QUANTOPT_MODELS "/llama", &context), file = importModel(llamaGguf, &context);
  ASSERT_TRUE(mlir::succeeded(folder));
  ASSERT_TRUE(mlir::succeeded(file));
  std::string wanted = printBody(*folder->module), got = printBody(*file->module);
  // The frequencies went through divisors in f32, so their last digit may differ.
  auto cutFrequencies = [](std::string &text) {
    for (size_t place = 0; (place = text.find("dense<[", place)) != std::string::npos;)
      text.erase(place, text.find(">", place) - place);
  };
  cutFrequencies(wanted);
  cutFrequencies(got);
  EXPECT_EQ(wanted, got);
}

/// Imports llama.gguf with one text replaced by another of its length, and returns the error, the file's name cut out.
std::string importPatched(llvm::StringRef from, llvm::StringRef to) {
  EXPECT_EQ(from.size(), to.size());
  auto buffer = llvm::MemoryBuffer::getFile(llamaGguf);
  std::string bytes = (*buffer)->getBuffer().str();
  size_t place = bytes.find(from);
  EXPECT_NE(place, std::string::npos);
  bytes.replace(place, from.size(), to.str());
  llvm::SmallString<128> path;
  int descriptor;
  EXPECT_FALSE(fs::createTemporaryFile("quant-opt-import", "gguf", descriptor, path));
  llvm::raw_fd_ostream(descriptor, /*shouldClose=*/true) << bytes;

  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  std::string message;
  mlir::ScopedDiagnosticHandler handler(&context,
                                        [&](mlir::Diagnostic &diagnostic) { message += diagnostic.str() + "\n"; });
  EXPECT_TRUE(mlir::failed(importModel(path, &context)));
  fs::remove(path);
  size_t name = message.find(path.c_str());
  return name == std::string::npos ? message : message.erase(name, path.size());
}

TEST(Gguf, UnknownArchitecture) {
  EXPECT_EQ(
      importPatched(llvm::StringRef("\x05\0\0\0\0\0\0\0llama", 13), llvm::StringRef("\x05\0\0\0\0\0\0\0mamba", 13)),
      ": key 'general.architecture' is 'mamba'; the importer builds llama, qwen2, qwen3, gemma2 and gemma3 "
      "(docs/import.md shows how to add one)\n");
}

TEST(Gguf, MissingKey) {
  EXPECT_EQ(importPatched("llama.block_count", "other.block_count"),
            ": key 'llama.block_count' is missing; convert the model again\n");
}

TEST(Gguf, UnknownKey) {
  EXPECT_EQ(importPatched("llama.rope.freq_base", "llama.rope.freq_bass"),
            ": key 'llama.rope.freq_bass' is not understood and may change what is computed; teach it to the importer "
            "(docs/import.md)\n");
}

TEST(Gguf, MissingTensor) {
  EXPECT_EQ(importPatched("blk.1.ffn_up.weight", "blk.9.ffn_up.weight"),
            ": tensor 'model.layers.1.mlp.up_proj.weight' is missing, which the configuration asks for with shape [40, "
            "32]; complete the checkpoint or correct the configuration\n");
}

TEST(Gguf, NoFile) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  unsigned errors = 0;
  mlir::ScopedDiagnosticHandler handler(&context, [&](mlir::Diagnostic &) { ++errors; });
  EXPECT_TRUE(mlir::failed(importModel(QUANTOPT_MODELS "/nowhere.gguf", &context)));
  EXPECT_EQ(errors, 1u);
}

} // namespace
