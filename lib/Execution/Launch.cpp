//===- Launch.cpp - Launches of compiled code -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Effects.h"
#include "llvm/ADT/STLExtras.h"

using namespace quantopt;
using namespace quantopt::execution;

bool execution::launch(const Launch &description, int64_t *words, KernelLauncher *launcher, std::string &reason) {
  if (!launcher) {
    reason = "kernel '" + description.kernel + "' is launched, and no device was given to run it on";
    return false;
  }
  KernelLaunch launch;
  launch.module = description.module;
  launch.kernel = description.kernel;
  for (unsigned i = 0; i < 3; ++i) {
    launch.grid[i] = words[i];
    launch.block[i] = words[3 + i];
    launch.cluster[i] = words[6 + i];
  }
  launch.sharedBytes = words[9];
  int64_t *next = words + launchHeaderWords;
  std::vector<KernelLaunch::Argument> arguments;
  using Kind = KernelLaunch::Argument::Kind;
  for (const Launch::Argument &described : description.arguments) {
    KernelLaunch::Argument &argument = arguments.emplace_back();
    argument.kind = described.kind;
    if (described.kind == Kind::Scalar) {
      // Little-endian: the low bytes come first.
      argument.data = reinterpret_cast<char *>(next++);
      argument.size = described.scalarBytes;
      continue;
    }
    argument.data = reinterpret_cast<char *>(next[0]);
    argument.size = size_t(next[1]);
    next += 2;
    if (described.kind != Kind::TensorMap)
      continue;
    argument.boxes = &described.boxes;
    argument.shape = llvm::ArrayRef<int64_t>(next, described.boxes.box.size());
    next += described.boxes.box.size();
  }
  launch.arguments = arguments;
  return launcher->launch(launch, reason);
}
