//===- quant-run.cpp - Runs, evaluates and samples models -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check/Check.h"
#include "quant-opt/Calibration/CalibrationData.h"
#include "quant-opt/Device/Device.h"
#include "quant-opt/Evaluation/Compare.h"
#include "quant-opt/Evaluation/Evaluation.h"
#include "quant-opt/Evaluation/RunArrays.h"
#include "quant-opt/Import/LoadModel.h"
#include "quant-opt/InitAll.h"
#include "quant-opt/Report/Diagnostics.h"
#include "quant-opt/Report/Report.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace quantopt;
namespace cl = llvm::cl;

static cl::OptionCategory category("quant-run options");
static cl::opt<std::string> modelPath(cl::Positional, cl::Required, cl::value_desc("MODEL"), cl::cat(category),
                                      cl::desc(".mlir, .mlirbc or .gguf file, or Hugging Face folder"));
static cl::opt<std::string> functionName("function", cl::cat(category),
                                         cl::desc("Function to run (default: main, or the only public one)"));
static cl::opt<std::string> inputsPath("inputs", cl::value_desc("x.npz"), cl::cat(category),
                                       cl::desc("Arrays in0, in1, ... by argument"));
static cl::opt<std::string> outputsPath("outputs", cl::value_desc("y.npz"), cl::cat(category),
                                        cl::desc("Where arrays out0, out1, ... by result are written"));
static cl::opt<std::string> perplexityPath("perplexity", cl::value_desc("text"), cl::cat(category),
                                           cl::desc("Text file to evaluate on"));
static cl::opt<std::string> comparePath("compare", cl::value_desc("MODEL2"), cl::cat(category),
                                        cl::desc("Another model: weights bit by bit, with --text logits too"));
static cl::opt<std::string> textPath("text", cl::value_desc("text"), cl::cat(category),
                                     cl::desc("Text file for --compare"));
static cl::opt<int64_t> windows("windows", cl::init(40), cl::cat(category),
                                cl::desc("Windows of --perplexity and --compare"));
static cl::opt<int64_t> seqLen("seq-len", cl::init(512), cl::cat(category), cl::desc("Tokens of a window"));
static cl::opt<bool> bos("bos", cl::cat(category), cl::desc("Put the model's BOS before each window"));
static cl::opt<std::string> jsonPath("json", cl::value_desc("F.json"), cl::cat(category),
                                     cl::desc("Where --perplexity is written as JSON"));
static cl::opt<std::string> prompt("prompt", cl::value_desc("text"), cl::cat(category),
                                   cl::desc("Text to continue, greedily"));
static cl::opt<int64_t> tokens("tokens", cl::init(20), cl::cat(category), cl::desc("Tokens of --prompt at most"));
static cl::opt<unsigned> threadCount("thread-count", cl::init(0), cl::cat(category),
                                     cl::desc("Threads; 0: one a core. Results do not depend on it"));
enum class Backend { Cpu, Emulator, Cuda };
static cl::opt<Backend> backend("backend", cl::init(Backend::Cpu), cl::cat(category),
                                cl::desc("What runs the kernels of the model's quantized layers:"),
                                cl::values(clEnumValN(Backend::Cpu, "cpu", "none: all of it runs on the CPU"),
                                           clEnumValN(Backend::Emulator, "emulator", "the PTX emulator"),
                                           clEnumValN(Backend::Cuda, "cuda", "an NVIDIA GPU, by its driver")));

static cl::opt<std::string>
    activations("activations", cl::value_desc("type"), cl::cat(category),
                cl::desc("--backend: f16 or bf16, what f32 activations of 4-bit weights are rounded to for kernels"));

static LogicalResult reportError(const llvm::Twine &message) {
  llvm::errs() << "error: " << message << "\n";
  return failure();
}

static LogicalResult reportError(llvm::Error error) { return reportError(llvm::toString(std::move(error))); }

/// Where --lower-to-ptx leaves the host program; empty for other models.
static std::string getHostProgram() {
  std::string path = modelPath + "/host.mlir";
  return llvm::sys::fs::exists(path) ? path : "";
}

/// The device of --backend with the kernels of `model`: those beside a host program, else what it is lowered to now.
static FailureOr<std::unique_ptr<DeviceLauncher>> openDevice(ModuleOp model) {
  FailureOr<PtxTexts> texts;
  if (getHostProgram().empty()) {
    texts = lowerToKernels(model, activations);
    if (failed(texts))
      return failure();
  } else {
    llvm::Expected<PtxTexts> read = readKernels(model, modelPath);
    if (!read)
      return reportError(read.takeError());
    texts = std::move(*read);
  }
  llvm::Expected<std::unique_ptr<DeviceLauncher>> device = DeviceLauncher::create(
      backend == Backend::Cuda ? QUANTOPT_BACKEND_CUDA : QUANTOPT_BACKEND_EMULATOR, std::move(*texts));
  if (!device)
    return reportError(device.takeError());
  return std::move(*device);
}

static LogicalResult runArrays(func::FuncOp function) {
  std::vector<NamedArray> inputs;
  if (function.getNumArguments() || !inputsPath.empty()) {
    if (inputsPath.empty())
      return reportError("the function takes arguments: give them by --inputs=x.npz");
    llvm::Expected<std::vector<NamedArray>> read = readNpz(inputsPath);
    if (!read)
      return reportError(read.takeError());
    inputs = std::move(*read);
  }
  ExecutionOptions options;
  options.threads = threadCount;
  std::unique_ptr<DeviceLauncher> device;
  if (backend != Backend::Cpu) {
    FailureOr<std::unique_ptr<DeviceLauncher>> opened = openDevice(function->getParentOfType<ModuleOp>());
    if (failed(opened))
      return failure();
    device = std::move(*opened);
    options.launcher = device.get();
  }
  FailureOr<std::vector<NamedArray>> outputs = runOnArrays(function, inputs, inputsPath, options);
  if (failed(outputs))
    return failure();
  if (outputsPath.empty())
    return success();
  if (llvm::Error error = writeNpz(outputsPath, *outputs))
    return reportError(std::move(error));
  return success();
}

static LogicalResult writeJson(const Perplexity &result) {
  llvm::json::Object object{{"perplexity", result.perplexity},
                            {"nll", result.nll},
                            {"predictions", result.predictions},
                            {"windows", windows.getValue()},
                            {"seq_len", seqLen.getValue()},
                            {"seconds", result.seconds},
                            {"threads", resolveThreadCount(threadCount)},
                            {"peak_rss_bytes", getPeakRssBytes()}};
  llvm::Expected<PendingFile> file = prepareReport(std::move(object), jsonPath);
  if (!file)
    return reportError(file.takeError());
  if (llvm::Error error = file->putInPlace())
    return reportError(std::move(error));
  return success();
}

static LogicalResult runPerplexity(func::FuncOp function, const Tokenizer &tokenizer) {
  auto text = llvm::MemoryBuffer::getFile(perplexityPath);
  if (!text)
    return reportError(perplexityPath + ": cannot be read: " + text.getError().message() + "; give a text file");
  PerplexityOptions options{windows, seqLen, bos, threadCount};
  FailureOr<Perplexity> result = evaluatePerplexity(function, tokenizer, (*text)->getBuffer(), options);
  if (failed(result))
    return failure();
  llvm::outs() << llvm::format("perplexity %.5f over ", result->perplexity) << result->predictions
               << llvm::format(" predictions, %.1f s\n", result->seconds);
  return jsonPath.empty() ? success() : writeJson(*result);
}

static LogicalResult runPrompt(func::FuncOp function, const Tokenizer &tokenizer) {
  if (failed(generateGreedy(function, tokenizer, prompt, tokens, threadCount, [](StringRef piece) {
        llvm::outs() << piece;
        llvm::outs().flush();
      })))
    return failure();
  llvm::outs() << "\n";
  return success();
}

static LogicalResult runLogits(func::FuncOp first, func::FuncOp second, StringRef tokenizerPath) {
  llvm::Expected<std::unique_ptr<Tokenizer>> tokenizer = Tokenizer::load(tokenizerPath);
  if (!tokenizer)
    return reportError(tokenizer.takeError());
  auto text = llvm::MemoryBuffer::getFile(textPath);
  if (!text)
    return reportError(textPath + ": cannot read it: " + text.getError().message());
  PerplexityOptions options{windows, seqLen, bos, threadCount};
  FailureOr<LogitComparison> result = compareLogits(first, second, **tokenizer, (*text)->getBuffer(), options);
  if (failed(result))
    return failure();
  llvm::outs() << llvm::format("logits: largest difference %.6g of %.6g, divergence %.6g nats a token\n",
                               result->largestDifference, result->largestLogit, result->divergence)
               << llvm::format("perplexity: %.5f and %.5f over ", result->firstPerplexity, result->secondPerplexity)
               << result->predictions << " predictions\n";
  return success();
}

static LogicalResult runCompare(LoadedModel &first, MLIRContext &context) {
  FailureOr<LoadedModel> second = loadModel(comparePath, &context);
  if (failed(second))
    return failure();
  FailureOr<WeightComparison> weights = compareWeights(*first.module, *second->module);
  if (failed(weights))
    return failure();
  llvm::outs() << "weights: " << weights->equal << " equal, " << weights->different << " different, "
               << weights->onlyInFirst << " only in the first, " << weights->onlyInSecond << " only in the second\n";
  if (weights->different)
    llvm::outs() << "first that differs: " << weights->firstDifferent << "\n";
  if (textPath.empty())
    return success();
  FailureOr<func::FuncOp> a = getCalibratedFunction(*first.module, functionName);
  FailureOr<func::FuncOp> b = getCalibratedFunction(*second->module, functionName);
  if (failed(a) || failed(b))
    return failure();
  return runLogits(*a, *b, first.tokenizerPath);
}

static bool hasChecks(func::FuncOp function) {
  return function
      .walk([](Operation *op) {
        return isa_and_present<check::CheckDialect>(op->getDialect()) ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

static LogicalResult runTool() {
  int jobs = !outputsPath.empty() + !perplexityPath.empty() + (prompt.getNumOccurrences() > 0) + !comparePath.empty();
  if (jobs > 1)
    return reportError("give one of --outputs, --perplexity, --prompt and --compare");
  std::string hostProgram = getHostProgram();
  if (!hostProgram.empty() && backend == Backend::Cpu)
    return reportError(modelPath + ": holds kernels; give --backend=emulator or cuda, or the module they were made of");
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry);
  printDiagnosticsAsLines(context);
  FailureOr<LoadedModel> model = loadModel(hostProgram.empty() ? modelPath.getValue() : hostProgram, &context);
  if (failed(model))
    return failure();
  if (!comparePath.empty())
    return runCompare(*model, context);
  FailureOr<func::FuncOp> function = getCalibratedFunction(*model->module, functionName);
  if (failed(function))
    return failure();
  // A function that checks itself needs no place for its results.
  if (!outputsPath.empty() || (jobs == 0 && hasChecks(*function)))
    return runArrays(*function);
  if (jobs == 0)
    return reportError("give one of --outputs, --perplexity, --prompt and --compare");
  if (backend != Backend::Cpu)
    return reportError("--backend=emulator and cuda run --outputs and checks alone");
  llvm::Expected<std::unique_ptr<Tokenizer>> tokenizer = Tokenizer::load(model->tokenizerPath);
  if (!tokenizer)
    return reportError(tokenizer.takeError());
  return perplexityPath.empty() ? runPrompt(*function, **tokenizer) : runPerplexity(*function, **tokenizer);
}

/// Options of libLLVM for other tools (--threads) would be taken and do nothing.
static void removeForeignOptions() {
  SmallVector<cl::Option *> foreign;
  for (auto &entry : cl::getRegisteredOptions())
    // Help and version are in a category that has no other handle than its name.
    if (llvm::none_of(entry.second->Categories,
                      [](cl::OptionCategory *of) { return of == &category || of->getName() == "Generic Options"; }))
      foreign.push_back(entry.second);
  for (cl::Option *option : foreign)
    option->removeArgument();
}

int main(int argc, char **argv) {
  llvm::InitLLVM initLLVM(argc, argv);
  removeForeignOptions();
  cl::ParseCommandLineOptions(argc, argv, "quant-run: runs a model, evaluates it, or continues a text\n");
  return failed(runTool()) ? EXIT_FAILURE : EXIT_SUCCESS;
}
