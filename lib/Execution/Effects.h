//===- Effects.h - Assertions, checks and launches of a function -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What compiled code does besides computing results. It names each by its
// number here.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXECUTION_EFFECTS_H
#define QUANTOPT_LIB_EXECUTION_EFFECTS_H

#include "quant-opt/Checkpoint/WeightStore.h"
#include "quant-opt/Execution/KernelLauncher.h"

namespace quantopt::execution {

/// A check.expect_bits or check.expect_close.
struct Check {
  int64_t origin = -1; ///< number of the op that it stands for
  ElementKind kind = ElementKind::F32;
  bool isBits = true;
  double atol = 0, rtol = 0;
};

struct CheckFailure {
  int64_t origin;
  std::string message;
};

/// A gpu.launch_func.
struct Launch {
  struct Argument {
    KernelLaunch::Argument::Kind kind;
    unsigned scalarBytes;
    TensorBoxes boxes; ///< of a tensor map
  };
  std::string module, kernel;
  std::vector<Argument> arguments;
};

struct Effects {
  std::vector<std::string> assertions; ///< messages
  std::vector<Check> checks;
  std::vector<Launch> launches;
};

/// A buffer as compiled code holds it, strides in bytes.
struct StridedBuffer {
  char *data = nullptr;
  llvm::SmallVector<int64_t> shape, strides;
};

/// Empty when the check holds; else the first element that differs, what was expected, how many differ.
std::string compare(const Check &check, const StridedBuffer &actual, const StridedBuffer &expected);

/// Words before those of the arguments: grid, block, cluster, shared bytes. A buffer has two words, address and bytes;
/// a tensor map has those of its buffer and its lengths; a scalar has one.
inline constexpr unsigned launchHeaderWords = 10;

/// Decodes `words` and calls the launcher. False with `reason` set when it failed.
bool launch(const Launch &description, int64_t *words, KernelLauncher *launcher, std::string &reason);

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_EFFECTS_H
