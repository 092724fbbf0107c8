//===- quant-translate.cpp - Checkpoints to IR ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/MLIRContext.h"
#include "mlir/Support/FileUtilities.h"
#include "quant-opt/Import/Import.h"
#include "quant-opt/InitAll.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;

static llvm::cl::opt<std::string> importPath("import", llvm::cl::Required, llvm::cl::value_desc("model"),
                                             llvm::cl::desc("Hugging Face folder or .gguf file to turn into IR"));
static llvm::cl::opt<std::string> outputPath("o", llvm::cl::init("-"), llvm::cl::value_desc("file"),
                                             llvm::cl::desc("where the IR goes"));

int main(int argc, char **argv) {
  llvm::InitLLVM initLLVM(argc, argv);
  llvm::cl::ParseCommandLineOptions(argc, argv, "quant-translate: checkpoints to IR\n");
  DialectRegistry registry;
  quantopt::registerAllDialects(registry);
  MLIRContext context(registry);
  FailureOr<quantopt::ImportedModel> model = quantopt::importModel(importPath, &context);
  if (failed(model))
    return EXIT_FAILURE;
  std::string error;
  auto file = openOutputFile(outputPath, &error);
  if (!file) {
    llvm::errs() << "error: " << error << "\n";
    return EXIT_FAILURE;
  }
  model->module->print(file->os());
  file->os() << "\n";
  file->keep();
  return EXIT_SUCCESS;
}
