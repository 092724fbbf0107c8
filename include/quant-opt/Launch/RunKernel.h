//===- RunKernel.h - A launch.json on arrays in the emulator -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LAUNCH_RUNKERNEL_H
#define QUANTOPT_LAUNCH_RUNKERNEL_H

#include "quant-opt/Checkpoint/Npz.h"
#include "quant-opt/Emulator/Launch.h"
#include "quant-opt/Launch/LaunchFile.h"
#include "llvm/Support/JSON.h"

namespace quantopt {

/// What a launch left behind.
struct KernelRun {
  ptx::LaunchResult result;
  /// Every inout and out buffer, in the order of the launch file.
  std::vector<NumpyArray> outputs;
  /// The element types of `outputs`, which dtypes alone do not always say.
  std::vector<const LaunchType *> types;
};

/// Loads `module` into an emulator of its own and launches once. `options` says how (order of asynchronous work, seed,
/// threads, ...); its sizes come from `launch`. Errors, one line each: no such kernel (with the names of those there
/// are), an input array that is missing or does not fit, an argument that does not fit its parameter, and what
/// ptx::Emulator refuses. What goes wrong inside the kernel is in the result's hazards.
llvm::Expected<KernelRun> runKernel(ptx::Module module, const LaunchFile &launch, llvm::ArrayRef<NumpyArray> inputs,
                                    ptx::LaunchConfig options);

/// Prints an array as `y = f32 [2, 3] [[1, 2, 3], [4, 5, 6]]`, every element, floats by the fewest digits that give
/// them back.
void printArray(llvm::raw_ostream &stream, const NumpyArray &array, const LaunchType &type);

/// The counters by name, as --counters writes them.
llvm::json::Object describeCounters(const ptx::LaunchResult &result);

} // namespace quantopt

#endif // QUANTOPT_LAUNCH_RUNKERNEL_H
