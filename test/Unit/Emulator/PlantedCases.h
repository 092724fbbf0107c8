//===- PlantedCases.h - Kernels that faults are planted in -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_PLANTEDCASES_H
#define QUANTOPT_TEST_UNIT_EMULATOR_PLANTEDCASES_H

#include "TensorKernels.h"

namespace quantopt::ptx::test {

/// A kernel of test/Emulator with a small launch.
struct PlantedCase {
  const char *name; // of the kernel
  const char *file; // below test/Emulator
  std::unique_ptr<KernelRun> (*make)(const std::string &text);
};

llvm::ArrayRef<PlantedCase> getPlantedCases();

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_PLANTEDCASES_H
