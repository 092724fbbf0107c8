//===- quant-opt.cpp - The pass driver ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FolderOutput.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "quant-opt/InitAll.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;

/// Small files and stdin land in memory of malloc's alignment, in which the bytecode reader refuses 64-byte resources.
static std::unique_ptr<llvm::MemoryBuffer> openAligned(llvm::StringRef path, std::string &error) {
  auto buffer = openInputFile(path, llvm::Align(64), &error);
  if (!buffer || llvm::isAddrAligned(llvm::Align(64), buffer->getBufferStart()))
    return buffer;
  auto copy = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(buffer->getBufferSize(), buffer->getBufferIdentifier(),
                                                                llvm::Align(64));
  llvm::copy(buffer->getBuffer(), copy->getBufferStart());
  return copy;
}

int main(int argc, char **argv) {
  llvm::InitLLVM initLLVM(argc, argv);
  quantopt::registerAllPasses();
  DialectRegistry registry;
  quantopt::registerAllDialects(registry);
  SmallVector<const char *> arguments(argv, argv + argc);
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  quantopt::redirectFolderOutput(arguments, saver);
  argv = const_cast<char **>(arguments.data());
  auto [input, output] = registerAndParseCLIOptions(argc, argv, "quant-opt: quantization of models as IR\n", registry);
  MlirOptMainConfig config = MlirOptMainConfig::createFromCLOptions();
  std::string error;
  auto buffer = openAligned(input, error);
  if (!buffer) {
    llvm::errs() << "error: " << error << "\n";
    return EXIT_FAILURE;
  }
  auto file = openOutputFile(output, &error);
  if (!file) {
    llvm::errs() << "error: " << error << "\n";
    return EXIT_FAILURE;
  }
  if (failed(MlirOptMain(file->os(), std::move(buffer), registry, config)))
    return EXIT_FAILURE;
  file->keep();
  return EXIT_SUCCESS;
}
