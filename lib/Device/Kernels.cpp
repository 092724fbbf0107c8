//===- Kernels.cpp - The PTX of a host program's kernels ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Pass/PassManager.h"
#include "quant-opt/Device/Device.h"
#include "quant-opt/Target/PTX.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace quantopt;

llvm::Expected<PtxTexts> quantopt::readKernels(ModuleOp host, StringRef folder) {
  PtxTexts texts;
  for (auto module : host.getOps<gpu::GPUModuleOp>()) {
    llvm::SmallString<128> path(folder);
    llvm::sys::path::append(path, module.getName() + ".ptx");
    auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
    if (!buffer)
      return llvm::createStringError(path + ": cannot be read: " + buffer.getError().message() +
                                     "; write the folder again by --lower-to-ptx");
    texts[module.getName()] = (*buffer)->getBuffer().str();
  }
  return texts;
}

FailureOr<PtxTexts> quantopt::lowerToKernels(ModuleOp module, StringRef activations) {
  PassManager manager(module.getContext());
  LowerToPtxOptions options;
  options.activations = activations.str();
  buildLowerToKernels(manager, options);
  if (failed(manager.run(module)))
    return failure();
  FailureOr<SmallVector<PtxKernel>> kernels = generatePtx(module);
  if (failed(kernels))
    return failure();
  if (kernels->empty())
    return emitError(module.getLoc()) << "no kernel to run: no quantized contraction that has a kernel was found; use "
                                         "--backend=cpu";
  PtxTexts texts;
  for (PtxKernel &kernel : *kernels)
    texts[kernel.name] = std::move(kernel.text);
  return texts;
}
