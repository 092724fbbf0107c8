//===- TensorKernels.h - The kernels of test/Emulator/tensor -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_TENSORKERNELS_H
#define QUANTOPT_TEST_UNIT_EMULATOR_TENSORKERNELS_H

#include "KernelRun.h"

namespace quantopt::ptx::test {

/// A kernel with inputs, ready to launch, and the bytes that its one result must have.
struct KernelCase {
  std::unique_ptr<KernelRun> run;
  std::vector<uint8_t> expected;

  KernelCase(const std::string &text, const char *kernel) : run(std::make_unique<KernelRun>(text, kernel)) {}
};

struct GemmShape {
  unsigned m, n, k, grid;
};

/// `text` is that of the kernel's file, perhaps with a fault planted.
KernelCase makeGemmE4M3(const std::string &text, GemmShape shape);
KernelCase makeGemmS8(const std::string &text, GemmShape shape);
KernelCase makeW4A16(const std::string &text);
KernelCase makeMulticast(const std::string &text);
KernelCase makeTransposed(const std::string &text);
KernelCase makeCpAsync(const std::string &text);
/// Of test/Emulator/triton: descriptors of the host, copies and wgmma as Triton writes them.
KernelCase makeTritonTensormap(const std::string &text);

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_TENSORKERNELS_H
