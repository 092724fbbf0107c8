//===- ptx-emu.cpp - Runs a PTX kernel without a GPU ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/OutputFile.h"
#include "quant-opt/Emulator/Parser.h"
#include "quant-opt/Launch/RunKernel.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace quantopt;
namespace cl = llvm::cl;

static cl::OptionCategory category("ptx-emu options");
static cl::opt<std::string> ptxPath(cl::Positional, cl::Required, cl::value_desc("KERNEL.ptx"), cl::cat(category),
                                    cl::desc("PTX file; - for stdin"));
static cl::opt<std::string> launchPath("launch", cl::Required, cl::value_desc("F.json"), cl::cat(category),
                                       cl::desc("Kernel, grid, block, cluster, shared bytes and arguments"));
static cl::opt<std::string> inputsPath("inputs", cl::value_desc("x.npz"), cl::cat(category),
                                       cl::desc("Arrays of the in and inout arguments, by name"));
static cl::opt<std::string> outputsPath("outputs", cl::value_desc("y.npz"), cl::cat(category),
                                        cl::desc("Where inout and out arrays are written (default: stdout, as text)"));
static cl::opt<ptx::AsyncOrder>
    async("async", cl::init(ptx::AsyncOrder::Now), cl::cat(category), cl::desc("When asynchronous work takes effect"),
          cl::values(clEnumValN(ptx::AsyncOrder::Now, "now", "at once"),
                     clEnumValN(ptx::AsyncOrder::Late, "late", "as late as is legal"),
                     clEnumValN(ptx::AsyncOrder::Random, "random", "at random, by --seed; warps are shuffled too")));
static cl::opt<uint64_t> seed("seed", cl::init(1), cl::cat(category), cl::desc("Of --async=random"));
static cl::opt<bool> races("races", cl::cat(category),
                           cl::desc("Look for data races between threads; on one host thread"));
static cl::opt<std::string> countersPath("counters", cl::value_desc("F.json"), cl::cat(category),
                                         cl::desc("Where instructions, bytes and bank conflicts are written"));
static cl::opt<uint64_t> maxInstructions("max-instructions", cl::init(0), cl::cat(category),
                                         cl::desc("Warp instructions after which the kernel is stopped; 0: no end"));
static cl::opt<unsigned> threadCount("thread-count", cl::init(0), cl::cat(category),
                                     cl::desc("Host threads; 0: one a core"));

/// Status of a run that a hazard was found in; wrong input is EXIT_FAILURE.
static constexpr int exitHazard = 2;

static int fail(llvm::Error error) {
  llvm::errs() << "error: " << llvm::toString(std::move(error)) << "\n";
  return EXIT_FAILURE;
}

static llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> openText(llvm::StringRef path, const char *what) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(path, /*IsText=*/true);
  if (!buffer)
    return llvm::createStringError(path + ": cannot be read: " + buffer.getError().message() + "; give " + what);
  return std::move(*buffer);
}

static int reportHazards(const ptx::LaunchResult &result, llvm::StringRef fileName) {
  for (const ptx::Hazard &hazard : result.hazards)
    llvm::errs() << hazard.format(fileName) << "\n";
  if (result.droppedHazards)
    llvm::errs() << result.droppedHazards << " further hazards are not listed\n";
  return exitHazard;
}

static llvm::Error writeResults(const KernelRun &run) {
  if (!countersPath.empty()) {
    llvm::json::Value counters(describeCounters(run.result));
    if (llvm::Error error = writeFile(
            countersPath, [&](llvm::raw_ostream &stream) { stream << llvm::formatv("{0:2}", counters) << "\n"; }))
      return error;
  }
  if (!run.result.isClean())
    return llvm::Error::success();
  if (!outputsPath.empty())
    return writeNumpyArrays(outputsPath, run.outputs);
  for (auto [array, type] : llvm::zip(run.outputs, run.types))
    printArray(llvm::outs(), array, *type);
  return llvm::Error::success();
}

static int runTool() {
  auto text = openText(ptxPath, "a PTX file, or - for stdin");
  if (!text)
    return fail(text.takeError());
  std::string name = ptxPath == "-" ? "<stdin>" : ptxPath.getValue();
  llvm::Expected<ptx::Module> module = ptx::parse((*text)->getBuffer(), name);
  if (!module)
    return fail(module.takeError());
  auto launchText = openText(launchPath, "the launch as JSON");
  if (!launchText)
    return fail(launchText.takeError());
  llvm::Expected<LaunchFile> launch = parseLaunchFile((*launchText)->getBuffer(), launchPath);
  if (!launch)
    return fail(launch.takeError());
  std::vector<NumpyArray> inputs;
  if (!inputsPath.empty()) {
    llvm::Expected<std::vector<NumpyArray>> read = readNumpyArrays(inputsPath);
    if (!read)
      return fail(read.takeError());
    inputs = std::move(*read);
  }
  ptx::LaunchConfig options;
  options.async = async;
  options.seed = seed;
  options.instructionBudget = maxInstructions;
  options.threads = threadCount;
  options.races = races;
  options.counts = !countersPath.empty();
  llvm::Expected<KernelRun> run = runKernel(std::move(*module), *launch, inputs, options);
  if (!run)
    return fail(run.takeError());
  llvm::outs() << run->result.output;
  if (llvm::Error error = writeResults(*run))
    return fail(std::move(error));
  return run->result.isClean() ? EXIT_SUCCESS : reportHazards(run->result, name);
}

int main(int argc, char **argv) {
  llvm::InitLLVM initLLVM(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv, "ptx-emu: runs a PTX kernel on the CPU and reports what is wrong in it\n");
  return runTool();
}
