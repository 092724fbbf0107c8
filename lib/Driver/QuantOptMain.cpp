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
#include "PlanOnly.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "quant-opt/Import/LoadModel.h"
#include "quant-opt/Pipelines/Pipelines.h"
#include "quant-opt/Report/Diagnostics.h"
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

static llvm::cl::opt<bool> recommendOption("recommend", llvm::cl::desc("Print which recipe serves which use, and end"));

static llvm::cl::opt<bool> planOnlyOption(
    "plan-only",
    llvm::cl::desc("Print what the recipe would do to each contraction, and bytes; run and write nothing"));

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

/// libLLVM's, for other tools: here it would be taken and do nothing. The passes have thread-count.
static void removeThreadsOption() {
  if (llvm::cl::Option *option = llvm::cl::getRegisteredOptions().lookup("threads"))
    option->removeArgument();
}

/// Puts load, save and report around the pipeline that the command line asked for.
static void wrapPipeline(MlirOptMainConfig &config, std::shared_ptr<ModelRun> run) {
  auto user = std::make_shared<MlirOptMainConfig>(config);
  config.setPassPipelineSetupFn([user, run](PassManager &manager) {
    if (!run->modelPath.empty())
      printDiagnosticsAsLines(*manager.getContext());
    manager.addPass(createLoadModelPass(run));
    if (planOnlyOption)
      return addPlanOnly(manager, *user);
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

namespace {
/// A folder put in the place of an earlier one, which comes back unless it is let go.
class FolderReplacement {
public:
  std::error_code replace(const std::string &fresh, const std::string &place) {
    target = place;
    if (llvm::sys::fs::exists(target)) {
      llvm::sys::fs::remove_directories(getOld());
      if (std::error_code code = llvm::sys::fs::rename(target, getOld()))
        return code;
    }
    // Also of a run that was killed between the two renames.
    hadOld = llvm::sys::fs::exists(getOld());
    isPending = true;
    return llvm::sys::fs::rename(fresh, target);
  }
  void dropEarlier() {
    isPending = false;
    llvm::sys::fs::remove_directories(getOld());
  }
  ~FolderReplacement() {
    if (!isPending)
      return;
    llvm::sys::fs::remove_directories(target);
    if (hadOld)
      llvm::sys::fs::rename(getOld(), target);
  }

private:
  std::string getOld() const { return target + ".old"; }

  std::string target;
  bool hadOld = false, isPending = false;
};
} // namespace

/// The report takes its place last: it tells of an output that is there.
static int putReportInPlace(ModelRun &run) {
  if (run.report)
    if (llvm::Error error = run.report->putInPlace())
      return fail(llvm::toString(std::move(error)));
  return EXIT_SUCCESS;
}

/// Moves weights, IR and report into place; without all of the first two, what was there before stays.
static int putInPlace(llvm::StringRef temporary, llvm::StringRef output, ModelRun &run) {
  FolderReplacement weights;
  std::string folder = (output.take_front(output.rfind('.')) + ".weights").str();
  if (!run.weightsFolder.empty())
    if (std::error_code code = weights.replace(run.weightsFolder, folder))
      return fail(folder + ": cannot be replaced: " + code.message() + "; give -o a place where nothing else lies");
  if (std::error_code code = replaceFile(temporary, output))
    return fail(output + ": cannot be replaced: " + code.message() + "; give -o a place where nothing else lies");
  if (!run.weightsFolder.empty())
    weights.dropEarlier();
  return putReportInPlace(run);
}

/// Runs mlir-opt into a file beside `output`, then moves all that was written into place together.
static int runToFile(llvm::StringRef output, std::unique_ptr<llvm::MemoryBuffer> buffer, DialectRegistry &registry,
                     const MlirOptMainConfig &config, ModelRun &run) {
  std::string temporary = (output + ".tmp").str(), error;
  // Removed at the end, and by a signal; once renamed there is nothing left to remove.
  auto file = openOutputFile(temporary, &error);
  if (!file)
    return fail(error + "; give -o a writable place");
  bool isDone = succeeded(MlirOptMain(file->os(), std::move(buffer), registry, config));
  file->os().flush();
  if (isDone && file->os().has_error()) {
    fail(output + ": cannot be written: " + file->os().error().message() + "; free space or give -o another place");
    isDone = false;
  }
  file->os().clear_error();
  int code = isDone ? putInPlace(temporary, output, run) : EXIT_FAILURE;
  if (!run.weightsFolder.empty())
    llvm::sys::fs::remove_directories(run.weightsFolder);
  return code;
}

/// For what is no regular file (a pipe, /dev/null, stdout): it cannot be replaced, only written to.
static int runToStream(llvm::StringRef output, std::unique_ptr<llvm::MemoryBuffer> buffer, DialectRegistry &registry,
                       const MlirOptMainConfig &config, ModelRun &run) {
  std::string error;
  auto file = openOutputFile(output, &error);
  if (!file)
    return fail(error);
  bool isDone = succeeded(MlirOptMain(file->os(), std::move(buffer), registry, config));
  file->keep();
  return isDone ? putReportInPlace(run) : EXIT_FAILURE;
}

/// Why no output can be written there; empty when one can.
static std::string checkOutputs(llvm::StringRef output, bool isModel, llvm::StringRef report) {
  if (isModel && output != "-" && !isSpecialFile(output) && !isIRPath(output))
    return (output + ": the output of a model must end in .mlir or .mlirbc (its weights go beside it)").str();
  if (llvm::sys::fs::is_directory(output))
    return (output + ": is a folder; give -o the name of a file").str();
  if (llvm::sys::fs::is_directory(report))
    return (report + ": is a folder; give --report the name of a file").str();
  return "";
}

int quantopt::quantOptMain(int argc, char **argv, DialectRegistry &registry) {
  llvm::InitLLVM initLLVM(argc, argv);
  // A limit on the size of files is a failed write, as a full disk is, and no crash.
  std::signal(SIGXFSZ, SIG_IGN);
  SmallVector<const char *> arguments(argv, argv + argc);
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  bool isExport = redirectFolderOutput(arguments, saver);
  argc = int(arguments.size());
  argv = const_cast<char **>(arguments.data());
  keepOperationsOffDiagnostics();
  removeThreadsOption();
  auto [input, output] = registerAndParseCLIOptions(
      argc, argv, "quant-opt: quantizes models as IR; --recommend says which recipe serves which use\n", registry);
  if (recommendOption) {
    printRecommendations(llvm::outs());
    return EXIT_SUCCESS;
  }
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
  run->keepsPipeline = isExport;
  std::string error = checkOutputs(output, isModel && !isExport, reportOption);
  if (!error.empty())
    return fail(error);
  if (planOnlyOption && (output != "-" || !run->reportPath.empty()))
    return fail("--plan-only writes nothing; drop -o and --report");
  if (isModel || planOnlyOption || !run->bytecodePath.empty() || !run->outputPath.empty() || !run->reportPath.empty())
    wrapPipeline(config, run);
  if (llvm::StringRef(output).ends_with(".mlirbc"))
    config.emitBytecode(true);

  auto buffer = isModel ? llvm::MemoryBuffer::getMemBufferCopy("module {}\n", input) : openIRFile(input, error);
  if (!buffer)
    return fail(error);
  if (planOnlyOption)
    return failed(MlirOptMain(llvm::nulls(), std::move(buffer), registry, config));
  bool isStream = output == "-" || isSpecialFile(output);
  return (isStream ? runToStream : runToFile)(output, std::move(buffer), registry, config, *run);
}
