//===- TensorKernelsTest.cpp ----------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whole kernels on tensor cores (test/Emulator/tensor, compiled by nvcc), in
// every order of asynchronous completion.
//
//===----------------------------------------------------------------------===//

#include "TensorKernels.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

void testAllOrders(KernelCase kernel) {
  for (const Order &order : allOrders) {
    std::vector<Hazard> hazards = kernel.run->launch(order);
    EXPECT_TRUE(hazards.empty()) << "order " << unsigned(order.async) << ":\n" << formatHazards(hazards);
    ASSERT_EQ(kernel.run->results.size(), 1u);
    EXPECT_EQ(kernel.run->results[0], kernel.expected) << "order " << unsigned(order.async) << ", seed " << order.seed;
  }
}

TEST(TensorKernels, GemmE4M3) { testAllOrders(makeGemmE4M3(readKernelFile("gemm.ptx"), {256, 256, 512, 2})); }
// Tiles beyond the edges: copies fill with zeros and clip.
TEST(TensorKernels, GemmE4M3Ragged) { testAllOrders(makeGemmE4M3(readKernelFile("gemm.ptx"), {200, 264, 400, 3})); }
TEST(TensorKernels, GemmS8) { testAllOrders(makeGemmS8(readKernelFile("gemm.ptx"), {200, 272, 400, 2})); }
TEST(TensorKernels, W4A16) { testAllOrders(makeW4A16(readKernelFile("w4a16.ptx"))); }
TEST(TensorKernels, Multicast) { testAllOrders(makeMulticast(readKernelFile("multicast.ptx"))); }
TEST(TensorKernels, Transposed) { testAllOrders(makeTransposed(readKernelFile("transposed.ptx"))); }
TEST(TensorKernels, CpAsync) { testAllOrders(makeCpAsync(readKernelFile("cp_async.ptx"))); }
TEST(TensorKernels, TritonTensormap) {
  testAllOrders(makeTritonTensormap(readKernelFile("../../triton/ptx/matmul_tensormap.sm_90a.ptx")));
}

} // namespace
