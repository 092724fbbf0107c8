//===- TritonTest.cpp - Kernels that Triton compiled ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// test/Emulator/triton/kernels.py but for the products, compared with the same
// arithmetic in double.
//
//===----------------------------------------------------------------------===//

#include "TritonKernel.h"
#include <cmath>
#include <numeric>

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;
using llvm::APFloat;

TEST(Triton, Add) {
  forEachFile("add", [](TritonKernel &kernel) {
    constexpr int n = 2512;
    auto x = randomArray<float>(n, -5, 5, 1), y = randomArray<float>(n, -5, 5, 2);
    uint64_t out = kernel.allocate<float>(n);
    kernel.runGrid({3, 1, 1}, kernel.upload(x), kernel.upload(y), out, n);
    for (int i = 0; i < n; ++i)
      x[i] += y[i];
    EXPECT_EQ(kernel.download<float>(out, n), x);
  });
}

TEST(Triton, Gelu) {
  forEachFile("gelu", [](TritonKernel &kernel) {
    constexpr int n = 1008;
    const llvm::fltSemantics &half = APFloat::IEEEhalf();
    std::vector<uint16_t> x;
    std::vector<double> expected, result;
    for (float v : randomArray<float>(n, -6, 6)) {
      x.push_back(uint16_t(toBits(v, half)));
      double value = fromBits(x.back(), half);
      expected.push_back(0.5 * value * (1 + std::erf(value * 0.70710678)));
    }
    uint64_t out = kernel.allocate<uint16_t>(n);
    kernel.runGrid({2, 1, 1}, kernel.upload(x), out, n);
    for (uint16_t bits : kernel.download<uint16_t>(out, n))
      result.push_back(fromBits(bits, half));
    expectClose(result, expected, 5e-4);
  });
}

TEST(Triton, RowSum) {
  forEachFile("row_sum", [](TritonKernel &kernel) {
    constexpr int rows = 4, columns = 704;
    auto whole = randomArray<int>(rows * columns, -100, 100);
    std::vector<float> x(whole.begin(), whole.end()), expected;
    for (int row = 0; row < rows; ++row)
      expected.push_back(std::accumulate(x.begin() + row * columns, x.begin() + (row + 1) * columns, 0.0f));
    uint64_t out = kernel.allocate<float>(rows);
    kernel.runGrid({rows, 1, 1}, kernel.upload(x), out, columns);
    EXPECT_EQ(kernel.download<float>(out, rows), expected);
  });
}

TEST(Triton, Softmax) {
  forEachFile("softmax", [](TritonKernel &kernel) {
    constexpr int rows = 3, columns = 784;
    auto x = randomArray<float>(rows * columns, -10, 10);
    std::vector<double> expected;
    for (int row = 0; row < rows; ++row) {
      double sum = 0;
      for (int i = 0; i < columns; ++i)
        sum += std::exp(double(x[row * columns + i]));
      for (int i = 0; i < columns; ++i)
        expected.push_back(std::exp(double(x[row * columns + i])) / sum);
    }
    uint64_t out = kernel.allocate<float>(rows * columns);
    kernel.runGrid({rows, 1, 1}, kernel.upload(x), out, columns, columns);
    expectClose(kernel.download<float>(out, rows * columns), expected, 1e-6);
  });
}

TEST(Triton, Layernorm) {
  forEachFile("layernorm", [](TritonKernel &kernel) {
    constexpr int rows = 3, columns = 400;
    const llvm::fltSemantics &half = APFloat::IEEEhalf();
    auto gamma = randomArray<float>(columns, 0, 2, 2), beta = randomArray<float>(columns, -1, 1, 3);
    std::vector<uint16_t> x;
    for (float v : randomArray<float>(rows * columns, -1, 5))
      x.push_back(uint16_t(toBits(v, half)));
    std::vector<double> expected, result;
    for (int row = 0; row < rows; ++row) {
      double mean = 0, square = 0;
      for (int i = 0; i < columns; ++i)
        mean += fromBits(x[row * columns + i], half) / columns;
      for (int i = 0; i < columns; ++i)
        square += std::pow(fromBits(x[row * columns + i], half) - mean, 2) / columns;
      for (int i = 0; i < columns; ++i)
        expected.push_back((fromBits(x[row * columns + i], half) - mean) / std::sqrt(square + 1e-5) * gamma[i] +
                           beta[i]);
    }
    uint64_t out = kernel.allocate<uint16_t>(rows * columns);
    kernel.runGrid({rows, 1, 1}, kernel.upload(x), kernel.upload(gamma), kernel.upload(beta), out, columns, columns,
                   1e-5f);
    for (uint16_t bits : kernel.download<uint16_t>(out, rows * columns))
      result.push_back(fromBits(bits, half));
    expectClose(result, expected, 1e-3);
  });
}

TEST(Triton, QuantizeRows) {
  forEachFile(
      "quantize_rows",
      [](TritonKernel &kernel) {
        constexpr int rows = 3, columns = 400;
        auto x = randomArray<float>(rows * columns, -3, 3);
        std::vector<float> scales;
        for (int row = 0; row < rows; ++row) {
          float most = 0;
          for (int i = 0; i < columns; ++i)
            most = std::max(most, std::abs(x[row * columns + i]));
          scales.push_back(most / 448.0f);
        }
        uint64_t out = kernel.allocate<uint8_t>(rows * columns), scalesAt = kernel.allocate<float>(rows);
        kernel.runGrid({rows, 1, 1}, kernel.upload(x), out, scalesAt, columns);
        std::vector<float> actual = kernel.download<float>(scalesAt, rows);
        expectClose(actual, scales, 1e-7);
        std::vector<uint8_t> codes = kernel.download<uint8_t>(out, rows * columns);
        unsigned different = 0;
        for (int i = 0; i < rows * columns; ++i)
          different += codes[i] != toBits(x[i] / actual[i / columns], APFloat::Float8E4M3FN());
        EXPECT_LE(different, 2u) << "only a tie that an approximate division moves may differ";
      },
      /*hasSm80=*/false);
}

TEST(Triton, PrefixSumAndHistogram) {
  forEachFile("prefix_sum", [](TritonKernel &kernel) {
    constexpr int n = 480;
    auto x = randomArray<int>(n, -100, 100);
    std::vector<int> expected(n);
    std::partial_sum(x.begin(), x.end(), expected.begin());
    uint64_t out = kernel.allocate<int>(n);
    kernel.runGrid({1, 1, 1}, kernel.upload(x), out, n);
    EXPECT_EQ(kernel.download<int>(out, n), expected);
  });
  forEachFile("histogram", [](TritonKernel &kernel) {
    constexpr int n = 1008;
    auto x = randomArray<int>(n, 0, 40);
    std::vector<int> expected(40);
    for (int v : x)
      ++expected[v];
    uint64_t bins = kernel.upload(std::vector<int>(40));
    kernel.runGrid({4, 1, 1}, kernel.upload(x), bins, n);
    EXPECT_EQ(kernel.download<int>(bins, 40), expected);
  });
}
