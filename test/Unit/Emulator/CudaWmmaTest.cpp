//===- CudaWmmaTest.cpp - Products on tensor cores ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// wmma.cu, bit for bit: sums of small whole numbers are exact in every format.
//
//===----------------------------------------------------------------------===//

#include "Matrix.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

static constexpr int rows = 32, columns = 48, depth = 64;

/// a, and b with its columns one after another.
static std::pair<Matrix, Matrix> makeInputs(int bound) {
  return {Matrix::random(rows, depth, bound, 1), Matrix::random(depth, columns, bound, 2)};
}

static LaunchConfig tiles() { return shape({columns / 16, rows / 16, 1}, {32, 1, 1}); }

TEST(CudaWmma, Half) {
  forEachArch("wmma", [](Device &device) {
    auto [a, b] = makeInputs(3);
    const llvm::fltSemantics &half = llvm::APFloat::IEEEhalf();
    uint64_t left = device.upload(a.asBits(half)), right = device.upload(b.transposed().asBits(half));
    uint64_t out = device.allocate<float>(rows * columns), outHalf = device.allocate<uint16_t>(rows * columns);
    Matrix c = multiply(a, b);
    device.run("wmma_f16", tiles(), left, right, out, columns, depth);
    EXPECT_EQ(device.download<float>(out, rows * columns), c.as<float>());
    device.run("wmma_f16_f16", tiles(), left, right, outHalf, columns, depth);
    EXPECT_EQ(device.download<uint16_t>(outHalf, rows * columns), c.asBits(half));
  });
}

TEST(CudaWmma, Bfloat16AndTf32) {
  forEachArch("wmma", [](Device &device) {
    auto [a, b] = makeInputs(9);
    const llvm::fltSemantics &format = llvm::APFloat::BFloat();
    std::vector<float> expected = multiply(a, b).as<float>();
    uint64_t out = device.allocate<float>(rows * columns), outTf32 = device.allocate<float>(rows * columns);
    device.run("wmma_bf16", tiles(), device.upload(a.asBits(format)), device.upload(b.transposed().asBits(format)), out,
               columns, depth);
    EXPECT_EQ(device.download<float>(out, rows * columns), expected);
    device.run("wmma_tf32", tiles(), device.upload(a.as<float>()), device.upload(b.transposed().as<float>()), outTf32,
               columns, depth);
    EXPECT_EQ(device.download<float>(outTf32, rows * columns), expected);
  });
}

TEST(CudaWmma, Int8) {
  forEachArch("wmma", [](Device &device) {
    auto [a, b] = makeInputs(127);
    uint64_t out = device.allocate<int>(rows * columns);
    device.run("wmma_s8", tiles(), device.upload(a.as<int8_t>()), device.upload(b.transposed().as<int8_t>()), out,
               columns, depth);
    EXPECT_EQ(device.download<int>(out, rows * columns), multiply(a, b).cells);
  });
}

TEST(CudaWmma, ThroughSharedMemory) {
  forEachArch("wmma", [](Device &device) {
    constexpr int n = 64;
    Matrix a = Matrix::random(n, n, 5, 1), b = Matrix::random(n, n, 5, 2), c = Matrix::random(n, n, 100, 3);
    const llvm::fltSemantics &half = llvm::APFloat::IEEEhalf();
    uint64_t out = device.upload(c.as<float>());
    device.run("wmma_shared", shape({2, 2, 1}, {128, 1, 1}), device.upload(a.asBits(half)),
               device.upload(b.asBits(half)), out, n, n);
    Matrix product = multiply(a, b);
    for (size_t i = 0; i < c.cells.size(); ++i)
      c.cells[i] += product.cells[i];
    EXPECT_EQ(device.download<float>(out, n * n), c.as<float>());
  });
}
