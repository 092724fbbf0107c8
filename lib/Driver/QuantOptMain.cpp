//===- QuantOptMain.cpp - The whole of quant-opt --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Everything about a model happens in passes around the user's pipeline, so
// that all of mlir-opt's options (timing, printing, remarks) hold for it too.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Driver/QuantOptMain.h"
#include "FolderOutput.h"
#include "ModelPasses.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "quant-opt/Import/LoadModel.h"
#include "quant-opt/Report/Diagnostics.h"
#include "quant-opt/Report/OutputFile.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ToolOutputFile.h"
#include <csignal>

using namespace mlir;
using namespace quantopt;

static llvm::cl::opt<std::string>
    reportOption("report", llvm::cl::desc("Write what was done to each contraction, bytes, times as JSON to this file"),
                 llvm::cl::value_desc("file.json"));

static int fail(const llvm::Twine &message) {
  llvm::errs() << "error: " << message << "\n";
  return EXIT_FAILURE;
}

static bool isIRPath(llvm::StringRef path) { return path.ends_with(".mlir") || path.ends_with(".mlirbc"); }

/// Whole operations below a message hide it: a function of a model is thousands of lines. Upstream's option still
/// turns them on.
static void keepOperationsOffDiagnostics() {
  registerMLIRContextCLOptions();
  if (llvm::cl::Option *option = llvm::cl::getRegisteredOptions().lookup("mlir-print-op-on-diagnostic"))
    static_cast<llvm::cl::opt<bool> *>(option)->setInitialValue(false);
}

/// Puts load, save and report around the pipeline that the command line asked for.
static void wrapPipeline(MlirOptMainConfig &config, std::shared_ptr<ModelRun> run) {
  auto user = std::make_shared<MlirOptMainConfig>(config);
  config.setPassPipelineSetupFn([user, run](PassManager &manager) {
    if (!run->modelPath.empty())
      printDiagnosticsAsLines(*manager.getContext());
    manager.addPass(createLoadModelPass(run));
    size_t before = manager.size();
    if (failed(user->setupPassPipeline(manager)))
      return failure();
    for (Pass &pass : llvm::drop_begin(manager.getPasses(), before)) {
      llvm::raw_string_ostream os(run->pipeline);
      os << (run->pipeline.empty() ? "" : ",");
      pass.printAsTextualPipeline(os);
    }
    if (!run->outputPath.empty())
      manager.addPass(createSaveModelPass(run));
    if (!run->reportPath.empty())
      manager.addPass(createWriteReportPass(run));
    return success();
  });
}

/// Replaces `target` by `fresh`, an existing earlier one stays until the new one is in place.
static std::error_code replaceFolder(const std::string &fresh, const std::string &target) {
  std::string old = target + ".old";
  llvm::sys::fs::remove_directories(old);
  bool hadOld = llvm::sys::fs::exists(target);
  if (hadOld)
    if (std::error_code code = llvm::sys::fs::rename(target, old))
      return code;
  if (std::error_code code = llvm::sys::fs::rename(fresh, target)) {
    if (hadOld)
      llvm::sys::fs::rename(old, target);
    return code;
  }
  llvm::sys::fs::remove_directories(old);
  return {};
}

/// Runs mlir-opt into a file beside `output`, then moves IR and weights into place together.
static int runToFile(llvm::StringRef output, std::unique_ptr<llvm::MemoryBuffer> buffer, DialectRegistry &registry,
                     const MlirOptMainConfig &config, ModelRun &run) {
  std::string temporary = (output + ".tmp").str(), error;
  auto file = openOutputFile(temporary, &error);
  if (!file)
    return fail(error + "; give -o a writable place");
  bool ok = succeeded(MlirOptMain(file->os(), std::move(buffer), registry, config));
  file->os().flush();
  if (ok && file->os().has_error()) {
    llvm::errs() << "error: " << output << ": cannot be written: " << file->os().error().message() << "\n";
    ok = false;
  }
  file->os().clear_error();
  std::string weights = (output.take_front(output.rfind('.')) + ".weights").str();
  if (ok && !run.weightsFolder.empty())
    if (std::error_code code = replaceFolder(run.weightsFolder, weights)) {
      llvm::errs() << "error: " << weights << ": cannot be replaced: " << code.message() << "\n";
      ok = false;
    }
  if (!ok) {
    if (!run.weightsFolder.empty())
      llvm::sys::fs::remove_directories(run.weightsFolder);
    return EXIT_FAILURE;
  }
  file->keep();
  file->os().close();
  if (std::error_code code = llvm::sys::fs::rename(temporary, output)) {
    llvm::sys::fs::remove(temporary);
    return fail(output + ": cannot be replaced: " + code.message());
  }
  return EXIT_SUCCESS;
}

int quantopt::quantOptMain(int argc, char **argv, DialectRegistry &registry) {
  llvm::InitLLVM initLLVM(argc, argv);
  // A limit on the size of files is a failed write, as a full disk is, and no crash.
  std::signal(SIGXFSZ, SIG_IGN);
  SmallVector<const char *> arguments(argv, argv + argc);
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  redirectFolderOutput(arguments, saver);
  argv = const_cast<char **>(arguments.data());
  keepOperationsOffDiagnostics();
  auto [input, output] = registerAndParseCLIOptions(argc, argv, "quant-opt: quantizes models as IR\n", registry);
  MlirOptMainConfig config = MlirOptMainConfig::createFromCLOptions();

  auto run = std::make_shared<ModelRun>();
  run->reportPath = reportOption;
  bool isModel = isModelPath(input);
  if (isModel)
    run->modelPath = input;
  if (llvm::StringRef(input).ends_with(".mlirbc"))
    run->bytecodePath = input;
  if (isIRPath(output))
    run->outputPath = output;
  if (isModel && output != "-" && !isIRPath(output))
    return fail(output + ": the output of a model must end in .mlir or .mlirbc (its weights go beside it)");
  if (isModel || !run->bytecodePath.empty() || !run->outputPath.empty() || !run->reportPath.empty())
    wrapPipeline(config, run);
  if (llvm::StringRef(output).ends_with(".mlirbc"))
    config.emitBytecode(true);

  std::string error;
  auto buffer = isModel ? llvm::MemoryBuffer::getMemBufferCopy("module {}\n", input) : openIRFile(input, error);
  if (!buffer)
    return fail(error);
  if (llvm::sys::fs::is_directory(output))
    return fail(output + ": is a folder; give -o the name of a file");
  // What is no regular file (a pipe, /dev/null) cannot be replaced, only written to.
  if (output == "-" || isSpecialFile(output)) {
    auto file = openOutputFile(output, &error);
    if (!file)
      return fail(error);
    bool ok = succeeded(MlirOptMain(file->os(), std::move(buffer), registry, config));
    file->keep();
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
  }
  return runToFile(output, std::move(buffer), registry, config, *run);
}
