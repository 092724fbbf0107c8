//===- CudaMatmulTest.cpp - Products without tensor cores -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// matmul.cu, bit for bit: sums of small whole numbers are exact.
//
//===----------------------------------------------------------------------===//

#include "Matrix.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

TEST(CudaMatmul, NaiveAndTiled) {
  forEachArch("matmul", [](Device &device) {
    constexpr int m = 37, n = 50, k = 41;
    Matrix a = Matrix::random(m, k, 9, 1), b = Matrix::random(k, n, 9, 2);
    uint64_t left = device.upload(a.as<float>()), right = device.upload(b.as<float>());
    std::vector<float> expected = multiply(a, b).as<float>();
    for (const char *kernel : {"matmul_naive", "matmul_tiled"}) {
      uint64_t out = device.allocate<float>(m * n);
      device.run(kernel, shape({4, 3, 1}, {16, 16, 1}), left, right, out, m, n, k);
      EXPECT_EQ(device.download<float>(out, m * n), expected) << kernel;
    }
  });
}

TEST(CudaMatmul, Registers) {
  forEachArch("matmul", [](Device &device) {
    constexpr int m = 64, n = 96, k = 32;
    Matrix a = Matrix::random(m, k, 9, 1), b = Matrix::random(k, n, 9, 2);
    uint64_t out = device.allocate<float>(m * n);
    device.run("matmul_registers", shape({3, 2, 1}, {64, 1, 1}), device.upload(a.as<float>()),
               device.upload(b.as<float>()), out, m, n, k);
    EXPECT_EQ(device.download<float>(out, m * n), multiply(a, b).as<float>());
  });
}

TEST(CudaMatmul, Dp4a) {
  forEachArch("matmul", [](Device &device) {
    constexpr int m = 32, n = 32, k = 64;
    Matrix a = Matrix::random(m, k, 127, 1), b = Matrix::random(k, n, 127, 2);
    uint64_t out = device.allocate<int>(m * n);
    device.run("matmul_dp4a", shape({2, 2, 1}, {16, 16, 1}), device.upload(a.as<int8_t>()),
               device.upload(b.transposed().as<int8_t>()), out, n, k / 4);
    EXPECT_EQ(device.download<int>(out, m * n), multiply(a, b).cells);
  });
}
