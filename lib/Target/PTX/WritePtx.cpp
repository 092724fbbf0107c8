//===- WritePtx.cpp - gpu modules to a folder of PTX ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Everything is generated and checked in memory before the first file is touched.
//
//===----------------------------------------------------------------------===//

#include "LaunchMetadata.h"
#include "Ptxas.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "quant-opt/Target/PTX.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

namespace quantopt {
#define GEN_PASS_DEF_WRITEPTX
#include "quant-opt/Target/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
namespace json = llvm::json;

namespace {

/// The PTX of one gpu.module.
struct Kernel {
  gpu::GPUModuleOp module;
  std::string chip, ptx;
};

struct WritePtx : quantopt::impl::WritePtxBase<WritePtx> {
  using WritePtxBase::WritePtxBase;
  void runOnOperation() override {
    if (failed(write()))
      signalPassFailure();
  }

private:
  // Errors that name the kernel instead of printing it: a kernel is a thousand lines.
  InFlightDiagnostic fail() { return emitError(getOperation().getLoc()) << "write-ptx: "; }
  InFlightDiagnostic fail(gpu::GPUModuleOp kernel) {
    return emitError(kernel.getLoc()) << "write-ptx: kernel @" << kernel.getName() << ": ";
  }
  LogicalResult write();
  LogicalResult generate(SmallVectorImpl<Kernel> &kernels);
  FailureOr<json::Object> measure(MutableArrayRef<Kernel> kernels);
  LogicalResult writeFiles(const std::map<std::string, std::string> &files);
};

} // namespace

/// LLVM only warns about a chip that it does not know, and goes on with another.
static bool isUsableChip(NVVM::NVVMTargetAttr target) {
  LLVMInitializeNVPTXTargetInfo();
  LLVMInitializeNVPTXTarget();
  LLVMInitializeNVPTXTargetMC();
  llvm::Triple triple(target.getTriple());
  std::string error;
  const llvm::Target *backend = llvm::TargetRegistry::lookupTarget(triple, error);
  std::unique_ptr<llvm::MCSubtargetInfo> info(backend ? backend->createMCSubtargetInfo(triple, "", "") : nullptr);
  StringRef digits = target.getChip();
  unsigned version = 0;
  return info && info->isCPUStringValid(target.getChip()) && digits.consume_front("sm_") &&
         !digits.consumeInteger(10, version) && version >= 80;
}

LogicalResult WritePtx::generate(SmallVectorImpl<Kernel> &kernels) {
  for (auto module : getOperation().getOps<gpu::GPUModuleOp>()) {
    auto targets = module.getTargetsAttr();
    auto target = targets && targets.size() == 1 ? dyn_cast<NVVM::NVVMTargetAttr>(targets[0]) : nullptr;
    if (!target)
      return fail(module) << "needs one #nvvm.target; run nvvm-attach-target first";
    if (!isUsableChip(target))
      return fail(module) << "no target is called '" << target.getChip() << "'; name one from sm_80 on, such as sm_90a";
    gpu::TargetOptions options({}, {}, {}, {}, gpu::CompilationTarget::Assembly);
    std::optional<SmallVector<char, 0>> text =
        cast<gpu::TargetAttrInterface>(Attribute(target)).serializeToObject(module, options);
    if (!text)
      return fail(module) << "could not be translated to PTX";
    StringRef ptx(text->data(), text->size());
    kernels.push_back({module, target.getChip().str(), ptx.rtrim('\0').str()});
  }
  return success();
}

/// The content of resources.json; failure when a kernel does not pass the gate.
FailureOr<json::Object> WritePtx::measure(MutableArrayRef<Kernel> kernels) {
  std::string path = findPtxas(ptxas);
  if (path.empty())
    return json::Object{{"skipped", "ptxas was not found on PATH, in CUDA_HOME, CUDA_PATH or /usr/local/cuda"}};
  llvm::Expected<std::string> version = getPtxasVersion(path);
  if (!version) {
    fail() << llvm::toString(version.takeError());
    return failure();
  }
  json::Array entries;
  for (Kernel &kernel : kernels) {
    llvm::Expected<KernelResources> resources = measureKernel(path, kernel.chip, kernel.module.getName(), kernel.ptx);
    if (!resources)
      return fail(kernel.module) << llvm::toString(resources.takeError()), failure();
    std::string problem = resources->check();
    if (!problem.empty())
      return fail(kernel.module) << problem, failure();
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

static std::string print(json::Value value) {
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

LogicalResult WritePtx::write() {
  if (output.empty())
    return fail() << "no folder to write to; give -o FOLDER or output=FOLDER";
  SmallVector<Kernel> kernels;
  if (failed(generate(kernels)))
    return failure();
  if (kernels.empty())
    return fail() << "no kernel to write: no int8 contraction was found with quantized weights and activations";
  FailureOr<json::Array> launches = describeLaunches(getOperation());
  if (failed(launches))
    return failure();
  FailureOr<json::Object> resources = measure(kernels);
  if (failed(resources))
    return failure();
  std::map<std::string, std::string> files;
  for (Kernel &kernel : kernels)
    files[(kernel.module.getName() + ".ptx").str()] = kernel.ptx;
  files["launch.json"] = print(json::Object{{"chip", kernels[0].chip}, {"launches", std::move(*launches)}});
  files["resources.json"] = print(std::move(*resources));
  return writeFiles(files);
}
