//===- quant-translate.cpp - Checkpoints to IR ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/MLIRContext.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "quant-opt/Import/Import.h"
#include "quant-opt/InitAll.h"
#include "quant-opt/Report/Diagnostics.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"

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
  quantopt::printDiagnosticsAsLines(context);
  FailureOr<quantopt::ImportedModel> model = quantopt::importModel(importPath, &context);
  if (failed(model))
    return EXIT_FAILURE;
  auto print = [&](llvm::raw_ostream &os) {
    model->module->print(os);
    os << "\n";
  };
  if (llvm::Error error = quantopt::writeFile(outputPath, print)) {
    llvm::errs() << "error: " << llvm::toString(std::move(error)) << "\n";
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
