//===- WritePtx.cpp - gpu modules to a folder of PTX ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Everything is generated and checked in memory before the first file is touched.
//
//===----------------------------------------------------------------------===//

#include "Kernels.h"
#include "LaunchMetadata.h"
#include "Ptxas.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "quant-opt/Target/PTX.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

namespace quantopt {
#define GEN_PASS_DEF_WRITEPTX
#include "quant-opt/Target/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
namespace json = llvm::json;

static constexpr llvm::StringLiteral kNoKernel =
    "no kernel to write: no quantized contraction that has a kernel was found";

namespace {

struct WritePtx : quantopt::impl::WritePtxBase<WritePtx> {
  using WritePtxBase::WritePtxBase;
  void runOnOperation() override {
    if (failed(write()))
      signalPassFailure();
  }

private:
  // Errors that name the kernel instead of printing it: a kernel is a thousand lines.
  InFlightDiagnostic fail() { return emitError(getOperation().getLoc()) << "write-ptx: "; }
  InFlightDiagnostic fail(const PtxKernel &kernel) {
    return emitError(getOperation().lookupSymbol(kernel.name)->getLoc()) << "kernel @" << kernel.name << ": ";
  }
  LogicalResult write();
  LogicalResult print();
  FailureOr<json::Object> measure(ArrayRef<PtxKernel> kernels);
  LogicalResult writeFiles(const std::map<std::string, std::string> &files);
};

} // namespace

/// The content of resources.json; failure when a kernel does not pass the gate.
FailureOr<json::Object> WritePtx::measure(ArrayRef<PtxKernel> kernels) {
  std::string path = findPtxas(ptxas);
  if (path.empty())
    return json::Object{{"skipped", "ptxas was not found on PATH, in CUDA_HOME, CUDA_PATH or /usr/local/cuda"}};
  llvm::Expected<std::string> version = getPtxasVersion(path);
  if (!version) {
    fail() << llvm::toString(version.takeError());
    return failure();
  }
  json::Array entries;
  for (const PtxKernel &kernel : kernels) {
    llvm::Expected<KernelResources> resources = measureKernel(path, kernel.chip, kernel.name, kernel.text);
    if (!resources)
      return fail(kernel) << llvm::toString(resources.takeError()), failure();
    std::string problem = resources->check();
    if (!problem.empty())
      return fail(kernel) << problem, failure();
    entries.push_back(json::Object{{"kernel", resources->kernel},
                                   {"registers", resources->registers},
                                   {"spill_store_bytes", resources->spillStoreBytes},
                                   {"spill_load_bytes", resources->spillLoadBytes},
                                   {"stack_bytes", resources->stackBytes},
                                   {"static_shared_bytes", resources->staticSharedBytes},
                                   {"barriers", resources->barriers},
                                   {"warnings", json::Array(resources->warnings)}});
  }
  return json::Object{{"ptxas", *version}, {"kernels", std::move(entries)}};
}

static std::string formatJson(json::Value value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::formatv("{0:2}", value) << "\n";
  return text;
}

/// All files are written under other names first, so that an earlier set stays whole.
LogicalResult WritePtx::writeFiles(const std::map<std::string, std::string> &files) {
  if (std::error_code error = llvm::sys::fs::create_directories(output))
    return fail() << "cannot make the folder '" << output << "': " << error.message();
  std::vector<PendingFile> pending;
  for (const auto &[name, text] : files) {
    SmallString<128> path(output);
    llvm::sys::path::append(path, name);
    llvm::Expected<PendingFile> file =
        PendingFile::write(path, [&text = text](llvm::raw_ostream &stream) { stream << text; });
    if (!file)
      return fail() << llvm::toString(file.takeError());
    pending.push_back(std::move(*file));
  }
  for (PendingFile &file : pending)
    if (llvm::Error error = file.putInPlace())
      return fail() << llvm::toString(std::move(error));
  return success();
}

/// All kernels as one text.
LogicalResult WritePtx::print() {
  OwningOpRef<ModuleOp> merged = getOperation().clone();
  mergeKernels(*merged);
  FailureOr<SmallVector<PtxKernel>> kernels = generatePtx(*merged);
  if (failed(kernels))
    return failure();
  if (kernels->empty())
    return fail() << kNoKernel;
  llvm::outs() << kernels->front().text;
  return success();
}

LogicalResult WritePtx::write() {
  if (output == "-")
    return print();
  if (output.empty())
    return fail() << "no folder to write to; give -o FOLDER or output=FOLDER";
  FailureOr<SmallVector<PtxKernel>> kernels = generatePtx(getOperation());
  if (failed(kernels))
    return failure();
  if (kernels->empty())
    return fail() << kNoKernel;
  FailureOr<json::Array> launches = describeLaunches(getOperation());
  if (failed(launches))
    return failure();
  FailureOr<json::Object> resources = measure(*kernels);
  if (failed(resources))
    return failure();
  std::map<std::string, std::string> files;
  for (PtxKernel &kernel : *kernels)
    files[kernel.name + ".ptx"] = kernel.text;
  files["launch.json"] = formatJson(json::Object{{"chip", kernels->front().chip}, {"launches", std::move(*launches)}});
  files["resources.json"] = formatJson(std::move(*resources));
  if (failed(writeFiles(files)))
    return failure();
  // The bodies are in the files now; what is left says how the host calls them.
  for (auto module : getOperation().getOps<gpu::GPUModuleOp>())
    reduceToDeclarations(module);
  return success();
}
