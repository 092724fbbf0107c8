//===- quant-translate.cpp - Checkpoints to IR and to one another ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/MLIRContext.h"
#include "quant-opt/Checkpoint/Lint.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "quant-opt/Checkpoint/WriteCheckpoint.h"
#include "quant-opt/Import/Import.h"
#include "quant-opt/InitAll.h"
#include "quant-opt/Report/Diagnostics.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"

using namespace mlir;
namespace cl = llvm::cl;

static cl::OptionCategory category("quant-translate options");
static cl::opt<std::string> importPath("import", cl::value_desc("model"), cl::cat(category),
                                       cl::desc("Hugging Face folder or .gguf file to turn into IR"));
static cl::opt<std::string> convertFormat("convert", cl::value_desc("format"), cl::cat(category),
                                          cl::desc("Write the quantized folder INPUT in this format, without loss"));
static cl::opt<std::string> lintPath("lint", cl::value_desc("folder"), cl::cat(category),
                                     cl::desc("Check a quantized folder against the rules of docs/lint.md"));
static cl::list<std::string> loaders("for", cl::CommaSeparated, cl::value_desc("loader,..."), cl::cat(category),
                                     cl::desc("--lint: also against those of vllm, trtllm, transformers"));
static cl::opt<bool> lintRules("lint-rules", cl::cat(category), cl::desc("Print docs/lint.md"));
static cl::opt<std::string> inputPath(cl::Positional, cl::value_desc("INPUT"), cl::cat(category),
                                      cl::desc("Folder for --convert"));
static cl::opt<std::string> outputPath("o", cl::init("-"), cl::value_desc("file"), cl::cat(category),
                                       cl::desc("Where the IR, or the folder, goes"));

static int fail(const llvm::Twine &message) {
  llvm::errs() << "error: " << message << "\n";
  return EXIT_FAILURE;
}

static int finish(llvm::Error error) { return error ? fail(llvm::toString(std::move(error))) : EXIT_SUCCESS; }

static int runImport() {
  DialectRegistry registry;
  quantopt::registerAllDialects(registry);
  MLIRContext context(registry);
  quantopt::printDiagnosticsAsLines(context);
  FailureOr<quantopt::ImportedModel> model = quantopt::importModel(importPath, &context);
  if (failed(model))
    return EXIT_FAILURE;
  return finish(quantopt::writeFile(outputPath, [&](llvm::raw_ostream &os) {
    model->module->print(os);
    os << "\n";
  }));
}

static int runConvert() {
  if (inputPath.empty() || outputPath == "-")
    return fail("--convert needs a folder and -o DIR: quant-translate --convert=awq DIR1 -o DIR2");
  return finish(quantopt::convertCheckpoint(inputPath, outputPath, convertFormat));
}

/// Exit 1 where a rule is broken that makes a loader fail or compute something else.
static int runLint() {
  std::vector<llvm::StringRef> names(loaders.begin(), loaders.end());
  llvm::Expected<std::vector<quantopt::LintFinding>> findings = quantopt::lintCheckpoint(lintPath, names);
  if (!findings)
    return fail(llvm::toString(findings.takeError()));
  bool isBroken = false;
  for (const quantopt::LintFinding &finding : *findings) {
    llvm::outs() << lintPath << ": " << (finding.isError ? "error: " : "warning: ") << finding.message << " ["
                 << finding.rule << "]\n";
    isBroken |= finding.isError;
  }
  return isBroken ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv) {
  llvm::InitLLVM initLLVM(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv, "quant-translate: checkpoints to IR, and to one another\n");
  int jobs = !importPath.empty() + !convertFormat.empty() + !lintPath.empty() + lintRules;
  if (jobs != 1)
    return fail("give one of --import, --convert, --lint and --lint-rules");
  if (lintRules)
    return finish(quantopt::writeFile(outputPath, quantopt::printLintRules));
  if (!importPath.empty())
    return runImport();
  return convertFormat.empty() ? runLint() : runConvert();
}
