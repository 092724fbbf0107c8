//===- Ptxas.h - Asking the assembler ----------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TARGET_PTX_PTXAS_H
#define QUANTOPT_LIB_TARGET_PTX_PTXAS_H

#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace quantopt {

/// What ptxas -v says about one kernel.
struct KernelResources {
  std::string kernel;
  int64_t registers = 0, spillStoreBytes = 0, spillLoadBytes = 0, stackBytes = 0, staticSharedBytes = 0, barriers = 0;
  std::vector<std::string> warnings;

  /// Empty when the kernel passes; else what is wrong: it spills, or wgmma is serialized (C75xx).
  std::string check() const;
};

/// The path of ptxas: `requested` if not empty, else from PATH, else from the CUDA toolkit (CUDA_HOME, CUDA_PATH,
/// /usr/local/cuda). Empty when there is none.
std::string findPtxas(llvm::StringRef requested);

/// The release that `ptxas` --version names.
llvm::Expected<std::string> getPtxasVersion(llvm::StringRef ptxas);

/// Assembles `ptx` and reads the resources of `kernel`, its only one. An error carries what ptxas printed.
llvm::Expected<KernelResources> measureKernel(llvm::StringRef ptxas, llvm::StringRef chip, llvm::StringRef kernel,
                                              llvm::StringRef ptx);

} // namespace quantopt

#endif // QUANTOPT_LIB_TARGET_PTX_PTXAS_H
