//===- CudaReductionTest.cpp - Threads that work together -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// reduce.cu, scan.cu, softmax.cu, layernorm.cu, transpose.cu and atomics.cu,
// compared with loops on the CPU.
//
//===----------------------------------------------------------------------===//

#include "RunKernel.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/bit.h"
#include <cfloat>
#include <cmath>
#include <numeric>

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

static uint16_t toHalf(float value, const llvm::fltSemantics &semantics = llvm::APFloat::IEEEhalf()) {
  llvm::APFloat number(value);
  bool lost;
  number.convert(semantics, llvm::APFloat::rmNearestTiesToEven, &lost);
  return uint16_t(number.bitcastToAPInt().getZExtValue());
}

static float fromHalf(uint16_t bits, const llvm::fltSemantics &semantics = llvm::APFloat::IEEEhalf()) {
  return llvm::APFloat(semantics, llvm::APInt(16, bits)).convertToFloat();
}

static std::vector<uint16_t> toBits(const std::vector<float> &values, const llvm::fltSemantics &semantics) {
  std::vector<uint16_t> bits;
  for (float value : values)
    bits.push_back(toHalf(value, semantics));
  return bits;
}

//===----------------------------------------------------------------------===//
// reduce.cu
//===----------------------------------------------------------------------===//

TEST(CudaReduce, Sum) {
  forEachArch("reduce", [](Device &device) {
    constexpr int n = 5000;
    auto x = randomArray<int>(n, -100, 100); // whole numbers: exact in any order
    std::vector<float> floats(x.begin(), x.end());
    uint64_t sum = device.upload(std::vector<float>{0});
    device.run("reduce_sum", shape(3, 256), device.upload(floats), sum, n);
    EXPECT_EQ(device.download<float>(sum, 1)[0], float(std::accumulate(x.begin(), x.end(), 0)));
  });
}

TEST(CudaReduce, MaxInDynamicSharedMemory) {
  forEachArch("reduce", [](Device &device) {
    constexpr int rows = 3, n = 700;
    auto x = randomArray<float>(rows * n, -100, 100);
    uint64_t out = device.allocate<float>(rows);
    device.run("reduce_max", shape(rows, 128, 512), device.upload(x), out, n);
    std::vector<float> expected;
    for (int row = 0; row < rows; ++row)
      expected.push_back(*std::max_element(x.begin() + row * n, x.begin() + (row + 1) * n));
    EXPECT_EQ(device.download<float>(out, rows), expected);
  });
}

TEST(CudaReduce, ArgMax) {
  forEachArch("reduce", [](Device &device) {
    constexpr int rows = 7, n = 100;
    auto whole = randomArray<int>(rows * n, 0, 20); // with ties: the first counts
    std::vector<float> x(whole.begin(), whole.end());
    uint64_t out = device.allocate<int>(rows);
    device.run("argmax", shape(2, 128), device.upload(x), out, rows, n);
    std::vector<int> expected;
    for (int row = 0; row < rows; ++row)
      expected.push_back(int(std::max_element(x.begin() + row * n, x.begin() + (row + 1) * n) - (x.begin() + row * n)));
    EXPECT_EQ(device.download<int>(out, rows), expected);
  });
}

TEST(CudaReduce, Votes) {
  forEachArch("reduce", [](Device &device) {
    constexpr int n = 64;
    auto x = randomArray<int>(n, -50, 200);
    x[40] = 3;
    uint64_t out = device.allocate<unsigned>(n);
    device.run("warp_votes", shape(1, n), device.upload(x), out);
    std::vector<unsigned> expected(n);
    for (int warp = 0; warp < n; warp += 32) {
      unsigned ballot = 0, sum = 0, bits = 0, any = 0, all = 1, same = 1;
      int most = INT_MIN;
      for (int i = 0; i < 32; ++i) {
        int v = x[warp + i];
        ballot |= unsigned(v > 0) << i;
        sum += unsigned(v);
        bits ^= unsigned(v);
        any |= v == 3;
        all &= v < 100;
        same &= (v >> 20) == (x[warp] >> 20);
        most = std::max(most, v);
      }
      for (int i = 0; i < 32; ++i) {
        unsigned match = 0;
        for (int j = 0; j < 32; ++j)
          match |= unsigned((x[warp + j] & 3) == (x[warp + i] & 3)) << j;
        unsigned up = unsigned(x[warp + (i % 8 ? i - 1 : i)]), index = unsigned(x[warp + (warp + i) * 7 % 32]);
        expected[warp + i] = i % 2 == 0 ? ballot ^ match ^ up ^ index ^ 0x55555555u
                                        : sum + unsigned(most) + bits + any + 2 * all + 4 * same + (same ? ~0u : 0);
      }
    }
    EXPECT_EQ(device.download<unsigned>(out, n), expected);
  });
}

TEST(CudaReduce, BarriersThatCount) {
  forEachArch("reduce", [](Device &device) {
    std::vector<int> x(200, -5);
    for (int i = 0; i < 100; i += 3)
      x[i] = 2;
    x[150] = 7;
    x[199] = -2000;
    uint64_t out = device.allocate<int>(2);
    device.run("block_count", shape(2, 100), device.upload(x), out);
    EXPECT_EQ(device.download<int>(out, 2), (std::vector<int>{34 * 4 + 2, 1 * 4 + 1}));
  });
}

//===----------------------------------------------------------------------===//
// scan.cu, transpose.cu
//===----------------------------------------------------------------------===//

TEST(CudaScan, Blocks) {
  forEachArch("scan", [](Device &device) {
    constexpr int block = 256, n = 3 * block;
    auto x = randomArray<int>(n, -100, 100);
    uint64_t out = device.allocate<int>(n);
    device.run("scan_block", shape(3, block), device.upload(x), out);
    std::vector<int> expected(n);
    for (int i = 0; i < n; i += block)
      std::partial_sum(x.begin() + i, x.begin() + i + block, expected.begin() + i);
    EXPECT_EQ(device.download<int>(out, n), expected);
  });
}

TEST(CudaScan, BlocksThatWaitForOneAnother) {
  forEachArch("scan", [](Device &device) {
    constexpr int block = 128, blocks = 9, n = block * blocks - 17;
    auto x = randomArray<int>(n, -100, 100);
    uint64_t out = device.allocate<int>(n), totals = device.upload(std::vector<int>(2 * blocks));
    device.run("scan_chained", shape(blocks, block), device.upload(x), out, totals, n);
    std::vector<int> expected(n);
    std::partial_sum(x.begin(), x.end(), expected.begin());
    EXPECT_EQ(device.download<int>(out, n), expected);
  });
}

TEST(CudaTranspose, Floats) {
  forEachArch("transpose", [](Device &device) {
    constexpr int rows = 70, columns = 45;
    auto x = randomArray<float>(rows * columns, -1, 1);
    uint64_t out = device.allocate<float>(rows * columns);
    device.run("transpose", shape({2, 3, 1}, {32, 8, 1}), device.upload(x), out, rows, columns);
    std::vector<float> expected(rows * columns);
    for (int i = 0; i < rows * columns; ++i)
      expected[i % columns * rows + i / columns] = x[i];
    EXPECT_EQ(device.download<float>(out, rows * columns), expected);
  });
}

TEST(CudaTranspose, Shorts) {
  forEachArch("transpose", [](Device &device) {
    constexpr int n = 64;
    auto x = randomArray<uint16_t>(n * n, 0, 65535);
    uint64_t out = device.allocate<uint16_t>(n * n);
    device.run("transpose_u16", shape({2, 2, 1}, {32, 32, 1}), device.upload(x), out, n);
    std::vector<uint16_t> expected(n * n);
    for (int i = 0; i < n * n; ++i)
      expected[i % n * n + i / n] = x[i];
    EXPECT_EQ(device.download<uint16_t>(out, n * n), expected);
  });
}

//===----------------------------------------------------------------------===//
// softmax.cu, layernorm.cu
//===----------------------------------------------------------------------===//

static std::vector<double> softmaxRows(const std::vector<float> &x, int rows, int n) {
  std::vector<double> y(x.size());
  for (int row = 0; row < rows; ++row) {
    double most = *std::max_element(x.begin() + row * n, x.begin() + (row + 1) * n), sum = 0;
    for (int i = row * n; i < (row + 1) * n; ++i)
      sum += std::exp(x[i] - most);
    for (int i = row * n; i < (row + 1) * n; ++i)
      y[i] = std::exp(x[i] - most) / sum;
  }
  return y;
}

TEST(CudaSoftmax, TwoPasses) {
  forEachArch("softmax", [](Device &device) {
    constexpr int rows = 5, n = 1000;
    auto x = randomArray<float>(rows * n, -10, 10);
    uint64_t out = device.allocate<float>(rows * n);
    device.run("softmax", shape(rows, 128), device.upload(x), out, n);
    expectClose(device.download<float>(out, rows * n), softmaxRows(x, rows, n), 1e-7);
  });
}

TEST(CudaSoftmax, Online) {
  forEachArch("softmax", [](Device &device) {
    constexpr int rows = 6, n = 333;
    auto x = randomArray<float>(rows * n, -10, 10);
    std::vector<uint16_t> bits = toBits(x, llvm::APFloat::IEEEhalf());
    for (size_t i = 0; i < x.size(); ++i)
      x[i] = fromHalf(bits[i]);
    uint64_t out = device.allocate<uint16_t>(rows * n);
    device.run("softmax_online", shape({2, 1, 1}, {32, 4, 1}), device.upload(bits), out, rows, n);
    std::vector<float> result;
    for (uint16_t value : device.download<uint16_t>(out, rows * n))
      result.push_back(fromHalf(value));
    expectClose(result, softmaxRows(x, rows, n), 1e-4); // half a unit of binary16 below 1/8
  });
}

TEST(CudaLayernorm, Welford) {
  forEachArch("layernorm", [](Device &device) {
    constexpr int rows = 4, n = 500;
    auto x = randomArray<float>(rows * n, 3, 8), gamma = randomArray<float>(n, 0, 2, 2),
         beta = randomArray<float>(n, -1, 1, 3);
    uint64_t out = device.allocate<float>(rows * n);
    device.run("layernorm", shape(rows, 128), device.upload(x), device.upload(gamma), device.upload(beta), out, n,
               1e-5f);
    std::vector<double> expected;
    for (int row = 0; row < rows; ++row) {
      double mean = 0, square = 0;
      for (int i = 0; i < n; ++i)
        mean += x[row * n + i] / n;
      for (int i = 0; i < n; ++i)
        square += std::pow(x[row * n + i] - mean, 2) / n;
      for (int i = 0; i < n; ++i)
        expected.push_back((x[row * n + i] - mean) / std::sqrt(square + 1e-5) * gamma[i] + beta[i]);
    }
    expectClose(device.download<float>(out, rows * n), expected, 5e-6);
  });
}

TEST(CudaLayernorm, RootMeanSquareInBfloat16) {
  forEachArch("layernorm", [](Device &device) {
    constexpr int rows = 3, n = 384;
    const llvm::fltSemantics &format = llvm::APFloat::BFloat();
    std::vector<uint16_t> x = toBits(randomArray<float>(rows * n, -4, 4), format);
    std::vector<uint16_t> gamma = toBits(randomArray<float>(n, 0, 2, 2), format);
    uint64_t out = device.allocate<uint16_t>(rows * n);
    device.run("rmsnorm", shape(rows, 64), device.upload(x), device.upload(gamma), out, n, 1e-6f);
    std::vector<float> result;
    for (uint16_t bits : device.download<uint16_t>(out, rows * n))
      result.push_back(fromHalf(bits, format));
    std::vector<double> expected;
    for (int row = 0; row < rows; ++row) {
      double sum = 0;
      for (int i = 0; i < n; ++i)
        sum += std::pow(fromHalf(x[row * n + i], format), 2);
      for (int i = 0; i < n; ++i)
        expected.push_back(fromHalf(x[row * n + i], format) / std::sqrt(sum / n + 1e-6) * fromHalf(gamma[i], format));
    }
    expectClose(result, expected, 1.0 / 256);
  });
}

//===----------------------------------------------------------------------===//
// atomics.cu
//===----------------------------------------------------------------------===//

TEST(CudaAtomics, Histogram) {
  forEachArch("atomics", [](Device &device) {
    constexpr int n = 3000;
    auto x = randomArray<uint8_t>(n, 0, 255);
    uint64_t bins = device.upload(std::vector<unsigned>(256));
    device.run("histogram", shape(4, 96), device.upload(x), bins, n);
    std::vector<unsigned> expected(256);
    for (uint8_t value : x)
      ++expected[value];
    EXPECT_EQ(device.download<unsigned>(bins, 256), expected);
  });
}

TEST(CudaAtomics, AllOperations) {
  forEachArch("atomics", [](Device &device) {
    constexpr int n = 128;
    auto x = randomArray<int>(n, 1, 1000000);
    std::vector<int> ints = {5, 5, 5, 5, -1, 0, 0, 7, 7, 0};
    std::vector<uint64_t> longs = {1, 1, 0};
    std::vector<float> floats = {-5, 0};
    std::vector<double> doubles = {0.5};
    uint64_t intsAt = device.upload(ints), longsAt = device.upload(longs), floatsAt = device.upload(floats);
    uint64_t doublesAt = device.upload(doubles);
    device.run("all_atomics", shape(2, n / 2), device.upload(x), intsAt, longsAt, floatsAt, doublesAt);
    for (int v : x) {
      ints[0] += v, ints[1] -= v, ints[2] = std::min(ints[2], v), ints[3] = std::max(ints[3], v);
      ints[4] &= v, ints[5] |= v, ints[6] ^= v;
      ints[7] = ints[7] >= 100 ? 0 : ints[7] + 1;
      ints[8] = ints[8] == 0 || ints[8] > 100 ? 100 : ints[8] - 1;
      ints[9] = int(std::max(unsigned(ints[9]), unsigned(v)));
      longs[0] += uint64_t(v), longs[1] = std::max(longs[1], uint64_t(v)), longs[2] ^= uint64_t(v) << 20;
      floats[0] = std::max(floats[0], float(v)), floats[1] += float(v % 16);
      doubles[0] += v;
    }
    EXPECT_EQ(device.download<int>(intsAt, 10), ints);
    EXPECT_EQ(device.download<uint64_t>(longsAt, 3), longs);
    EXPECT_EQ(device.download<float>(floatsAt, 2), floats);
    EXPECT_EQ(device.download<double>(doublesAt, 1), doubles);
  });
}

TEST(CudaAtomics, LastBlockAndLock) {
  forEachArch("atomics", [](Device &device) {
    constexpr int blocks = 6, block = 64;
    auto x = randomArray<int>(blocks * block, -100, 100);
    uint64_t total = device.allocate<int>(1), partial = device.allocate<int>(blocks);
    for (int launch = 0; launch < 2; ++launch) // the counter comes back to zero
      device.run("last_block", shape(blocks, block), device.upload(x), partial, total);
    EXPECT_EQ(device.download<int>(total, 1)[0], std::accumulate(x.begin(), x.end(), 0));
    uint64_t lock = device.upload(std::vector<int>{0}), counter = device.upload(std::vector<int>{0});
    device.run("spin_lock", shape(20, 64), lock, counter);
    EXPECT_EQ(device.download<int>(counter, 1)[0], 20);
  });
}
