//===- CudaAsyncTest.cpp - Copies that run ahead, and clusters ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// async_copy.cu and cluster.cu, whose results must be the same whenever the
// asynchronous work completes.
//
//===----------------------------------------------------------------------===//

#include "RunKernel.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

static void forEachOrder(llvm::function_ref<void(LaunchConfig)> test, LaunchConfig config) {
  config.async = AsyncOrder::Now;
  test(config);
  config.async = AsyncOrder::Late;
  test(config);
  config.async = AsyncOrder::Random;
  for (config.seed = 1; config.seed <= 3; ++config.seed)
    test(config);
}

TEST(CudaAsyncCopy, Pipeline) {
  forEachArch("async_copy", [](Device &device) {
    constexpr int chunks = 5, n = 2 * chunks * 128;
    auto x = randomArray<float>(n, -1, 1);
    std::vector<float> expected;
    for (float value : x)
      expected.push_back(2 * value);
    uint64_t in = device.upload(x);
    forEachOrder(
        [&](const LaunchConfig &config) {
          uint64_t out = device.allocate<float>(n);
          device.run("copy_pipeline", config, in, out, chunks);
          EXPECT_EQ(device.download<float>(out, n), expected);
        },
        shape(2, 32));
  });
}

TEST(CudaAsyncCopy, ZeroFill) {
  forEachArch("async_copy", [](Device &device) {
    constexpr int n = 203, blocks = 2;
    auto x = randomArray<float>(n, -1, 1);
    std::vector<float> expected(blocks * 128);
    for (int i = 0; i < n; ++i)
      expected[i / 128 * 128 + 127 - i % 128] = x[i];
    uint64_t in = device.upload(x);
    forEachOrder(
        [&](const LaunchConfig &config) {
          uint64_t out = device.allocate<float>(blocks * 128);
          device.run("copy_zero_fill", config, in, out, n);
          EXPECT_EQ(device.download<float>(out, blocks * 128), expected);
        },
        shape(blocks, 32));
  });
}

TEST(CudaAsyncCopy, InlineBlocks) {
  forEachArch("async_copy", [](Device &device) {
    constexpr int n = 50, padded = 64;
    auto x = randomArray<float>(n, -1, 1);
    std::vector<float> expected(padded);
    for (int i = 0; i < n; ++i)
      expected[i / 32 * 32 + 31 - i % 32] = 8 * x[i];
    uint64_t in = device.upload(x);
    forEachOrder(
        [&](const LaunchConfig &config) {
          uint64_t out = device.allocate<float>(padded);
          device.run("inline_blocks", config, in, out, n);
          EXPECT_EQ(device.download<float>(out, padded), expected);
        },
        shape(2, 32));
  });
}

static const char *const clusterFile = "cuda/ptx/cluster.sm_90a.ptx";

TEST(CudaCluster, SharedMemoryOfOthers) {
  Device device(clusterFile);
  constexpr int n = 8 * 64;
  auto x = randomArray<int>(n, -100, 100);
  uint64_t out = device.allocate<int>(n);
  device.run("cluster_sum", shape(8, 64), device.upload(x), out);
  std::vector<int> expected(n);
  for (int i = 0; i < n; ++i)
    for (int rank = 0; rank < 4; ++rank)
      expected[i] += x[i / 256 * 256 + rank * 64 + i % 64];
  for (int i = 0; i < n; ++i)
    expected[i] += i / 64 % 4;
  EXPECT_EQ(device.download<int>(out, n), expected);
}

TEST(CudaCluster, Histogram) {
  Device device(clusterFile);
  auto x = randomArray<int>(1000, 0, 64);
  uint64_t bins = device.upload(std::vector<int>(64));
  device.run("cluster_histogram", shape(4, 64), device.upload(x), bins, 1000);
  std::vector<int> expected(64);
  for (int value : x)
    ++expected[value];
  EXPECT_EQ(device.download<int>(bins, 64), expected);
}

TEST(CudaCluster, BulkCopies) {
  Device device(clusterFile);
  constexpr int n = 3 * 256;
  auto x = randomArray<int>(n, -1000, 1000);
  std::vector<int> expected;
  for (int value : x)
    expected.push_back(value + 1);
  uint64_t in = device.upload(x);
  forEachOrder(
      [&](const LaunchConfig &config) {
        uint64_t out = device.allocate<int>(n);
        device.run("bulk_copy", config, in, out);
        EXPECT_EQ(device.download<int>(out, n), expected);
      },
      shape(3, 64));
}
