//===- Device.h - Models whose kernels run on a device -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_DEVICE_DEVICE_H
#define QUANTOPT_DEVICE_DEVICE_H

#include "mlir/IR/BuiltinOps.h"
#include "quant-opt-c/Runtime.h"
#include "quant-opt/Execution/KernelLauncher.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"

namespace quantopt {

/// PTX by the name of its gpu.module.
using PtxTexts = llvm::StringMap<std::string>;

/// Launches kernels through the runtime library. Buffers are copied to the device before a launch and back after it,
/// each as the kernel uses it.
class DeviceLauncher : public KernelLauncher {
public:
  /// Opens device 0. Error: there is none.
  static llvm::Expected<std::unique_ptr<DeviceLauncher>> create(QuantOptBackend backend, PtxTexts texts);
  ~DeviceLauncher() override;

  bool launch(const KernelLaunch &launch, std::string &reason) override;

private:
  DeviceLauncher(QuantOptDevice device, PtxTexts texts) : device(device), texts(std::move(texts)) {}
  /// Null with `reason` set when there is no such kernel.
  QuantOptKernel getKernel(const KernelLaunch &launch, std::string &reason);

  QuantOptDevice device;
  PtxTexts texts;
  llvm::StringMap<QuantOptModule> modules;
  llvm::StringMap<QuantOptKernel> kernels; ///< by module and kernel
};

/// The PTX of each gpu.module of a host program that --lower-to-ptx wrote: `<name>.ptx` beside it, in `folder`.
llvm::Expected<PtxTexts> readKernels(mlir::ModuleOp host, llvm::StringRef folder);

/// Turns what is quantized in `module` into launches of kernels and returns their PTX: the stages of --lower-to-ptx
/// without a folder. `activations` is as there: what f32 activations of 4-bit weights are rounded to, or empty. Failure
/// leaves a diagnostic.
mlir::FailureOr<PtxTexts> lowerToKernels(mlir::ModuleOp module, llvm::StringRef activations = "");

} // namespace quantopt

#endif // QUANTOPT_DEVICE_DEVICE_H
