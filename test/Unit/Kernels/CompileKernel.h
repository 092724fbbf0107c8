//===- CompileKernel.h - From lowp operations to PTX in tests ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_KERNELS_COMPILEKERNEL_H
#define QUANTOPT_TEST_UNIT_KERNELS_COMPILEKERNEL_H

#include "KernelRun.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>

namespace quantopt::test {

/// A kernel of `text`'s only launch, for sm_90a.
struct CompiledKernel {
  std::string name, ptx;
  ptx::LaunchConfig config; ///< block, cluster, dynamic shared memory
};
CompiledKernel compileKernel(const std::string &text);

/// Launches in orders of asynchronous work and calls `compare` after each: in all three, once looking for data races,
/// for the first shape of a kernel, number `index` 0; in one of them for every other. Any hazard is a failure.
void launchInOrders(ptx::test::KernelRun &run, size_t index, llvm::function_ref<void()> compare);

/// The rounding of a result: bits of `value` as f16 or bf16.
uint16_t roundTo16(float value, bool isBf16);
float widen16(uint16_t bits, bool isBf16);

/// Numbers from 0 to `end` - 1, the same in every run.
struct Dice {
  uint64_t state;
  uint32_t operator()(uint32_t end) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return uint32_t(state >> 33) % end;
  }
};

/// A matrix as kernels take it by TMA: boxes with rows of 128 bytes, swizzled.
template <typename T>
ptx::TensorMap mapOf(ptx::TensorElement element, uint64_t address, int64_t rows, int64_t columns, int64_t boxRows) {
  return ptx::test::makeMatrixMap(element, address, rows, columns, columns * sizeof(T), boxRows, 128 / sizeof(T),
                                  ptx::Swizzle::B128);
}

} // namespace quantopt::test

#endif // QUANTOPT_TEST_UNIT_KERNELS_COMPILEKERNEL_H
