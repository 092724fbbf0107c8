//===- CudaControlTest.cpp - Branches, calls, and what is printed ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// control.cu, calls.cu, print.cu and groups.cu, compared with C++.
//
//===----------------------------------------------------------------------===//

#include "RunKernel.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

/// Also what nvcc -G makes: no optimization, locals in memory, every function called.
static void forEachBuild(const std::string &name, llvm::function_ref<void(Device &)> test) {
  forEachArch(name, test);
  SCOPED_TRACE(name + ".debug");
  Device device("cuda/ptx/" + name + ".sm_80.debug.ptx");
  if (device.isLoaded)
    test(device);
}

TEST(CudaControl, SwitchTable) {
  forEachBuild("control", [](Device &device) {
    constexpr int n = 96, untouched = 1234;
    std::vector<int> x = randomArray<int>(n, -1, 9);
    x[0] = 4;
    uint64_t out = device.upload(std::vector<int>(n, untouched));
    device.run("switch_table", shape(3, 32), device.upload(x), out);
    std::vector<int> expected(n);
    for (int i = 0; i < n; ++i) {
      const int values[] = {17, i / 3, i / 3, i ^ 0x55, i ? i - 1 : untouched, untouched, -6, i << 2};
      expected[i] = x[i] >= 0 && x[i] <= 7 ? values[x[i]] : -1;
    }
    EXPECT_EQ(device.download<int>(out, n), expected);
  });
}

TEST(CudaControl, LoopsOfDifferentLengths) {
  forEachBuild("control", [](Device &device) {
    constexpr int n = 64;
    auto x = randomArray<unsigned>(n, 1, 100000);
    uint64_t out = device.allocate<int>(n);
    device.run("collatz", shape(1, n), device.upload(x), out);
    std::vector<int> expected(n);
    for (int i = 0; i < n; ++i)
      for (uint64_t value = x[i]; value > 1; ++expected[i])
        value = value % 2 ? 3 * value + 1 : value / 2;
    EXPECT_EQ(device.download<int>(out, n), expected);
  });
}

TEST(CudaControl, LocalArrays) {
  forEachBuild("control", [](Device &device) {
    constexpr int n = 64;
    auto x = randomArray<int>(n, -1000, 1000);
    uint64_t out = device.allocate<int>(2 * n);
    device.run("local_array", shape(2, 32), device.upload(x), out, n);
    std::vector<int> expected;
    for (int i = 0; i < n; ++i) {
      std::vector<int> values;
      for (int j = 0; j < 16; ++j)
        values.push_back(x[(i + j) % n]);
      std::sort(values.begin(), values.end());
      expected.push_back(values[x[i] & 15]);
      expected.push_back(values[7]);
    }
    EXPECT_EQ(device.download<int>(out, 2 * n), expected);
  });
}

static int nestedSum(int x, int n) {
  int sum = 0;
  for (int a = 0; a < n; ++a)
    for (int b = 0; b < n; ++b) {
      if ((x + a * b) % 5 == 0)
        continue;
      if (a * b > x)
        return sum;
      sum += a + b;
    }
  return sum;
}

TEST(CudaControl, NestedExits) {
  forEachBuild("control", [](Device &device) {
    constexpr int n = 64;
    auto x = randomArray<int>(n, 0, 60);
    uint64_t out = device.allocate<int>(n);
    device.run("nested", shape(1, n), device.upload(x), out, 9);
    std::vector<int> sums(n), expected(n);
    for (int i = 0; i < n; ++i)
      sums[i] = nestedSum(x[i], 9);
    for (int i = 0; i < n; ++i)
      expected[i] = sums[i] + (i < 32 && i % 2 ? (i & 2 ? sums[63 - i] : -sums[i + 32]) : 0);
    EXPECT_EQ(device.download<int>(out, n), expected);
  });
}

//===----------------------------------------------------------------------===//
// calls.cu
//===----------------------------------------------------------------------===//

TEST(CudaCalls, Structures) {
  forEachBuild("calls", [](Device &device) {
    constexpr int n = 64;
    auto x = randomArray<int>(n, -1000, 1000);
    auto y = randomArray<double>(n, -10, 10);
    uint64_t first = device.allocate<int>(n), second = device.allocate<double>(n);
    device.run("structures", shape(2, 32), device.upload(x), device.upload(y), first, second);
    std::vector<int> expectedFirst(n);
    std::vector<double> expectedSecond(n);
    for (int i = 0; i < n; ++i) {
      expectedFirst[i] = 2 * (x[i] + i);
      expectedSecond[i] = (y[i] * 1.5) * (y[i] * 1.5);
    }
    EXPECT_EQ(device.download<int>(first, n), expectedFirst);
    EXPECT_EQ(device.download<double>(second, n), expectedSecond);
  });
}

TEST(CudaCalls, Recursion) {
  forEachBuild("calls", [](Device &device) {
    uint64_t out = device.allocate<int>(40);
    device.run("recursion", shape(1, 40), out);
    const int fibonacci[] = {0, 1, 1, 2, 3, 5, 8, 13, 21, 34};
    std::vector<int> expected(40);
    for (int i = 0; i < 40; ++i)
      expected[i] = fibonacci[i % 10];
    EXPECT_EQ(device.download<int>(out, 40), expected);
  });
}

TEST(CudaCalls, PointersAndVirtualFunctions) {
  forEachBuild("calls", [](Device &device) {
    constexpr int n = 64;
    auto x = randomArray<int>(n, -1000, 1000);
    uint64_t out = device.allocate<int>(n), areas = device.allocate<int>(n);
    device.run("pointers", shape(2, 32), device.upload(x), out);
    device.run("virtual_calls", shape(1, n), areas);
    std::vector<int> expected(n), expectedAreas(n);
    for (int i = 0; i < n; ++i) {
      const int values[] = {2 * x[i], -x[i], x[i] * x[i]};
      expected[i] = values[i % 3];
      expectedAreas[i] = i % 2 ? i * (i + 1) * (i + 1) : 3 * (i + 1);
    }
    EXPECT_EQ(device.download<int>(out, n), expected);
    EXPECT_EQ(device.download<int>(areas, n), expectedAreas);
  });
}

TEST(CudaCalls, OutParameters) {
  forEachBuild("calls", [](Device &device) {
    constexpr int n = 32;
    auto a = randomArray<int>(n, -1000, 1000), b = randomArray<int>(n, -5, 5);
    uint64_t out = device.allocate<int>(2 * n);
    device.run("out_parameters", shape(1, n), device.upload(a), device.upload(b), out);
    std::vector<int> expected;
    for (int i = 0; i < n; ++i) {
      expected.push_back(b[i] ? a[i] / b[i] : -7);
      expected.push_back(b[i] ? a[i] % b[i] : -7);
    }
    EXPECT_EQ(device.download<int>(out, 2 * n), expected);
  });
}

//===----------------------------------------------------------------------===//
// print.cu
//===----------------------------------------------------------------------===//

TEST(CudaPrint, Printf) {
  forEachArch("print", [](Device &device) {
    std::vector<int> x = {12, -7, 3};
    LaunchResult result = device.run("print", shape(1, 3), device.upload(x));
    EXPECT_EQ(result.output, "thread 0 of block 0: 12  6.00 text c%\nthread 1 of block 0: -7 -3.50 text c%\n");
  });
}

TEST(CudaPrint, Assert) {
  forEachArch("print", [](Device &device) {
    device.run("check", shape(1, 3), device.upload(std::vector<int>{1, 2, 3}));
    LaunchResult result = device.launch("check", shape(1, 3), device.upload(std::vector<int>{1, -2, 3}));
    ASSERT_EQ(result.hazards.size(), 1u);
    EXPECT_EQ(result.hazards[0].kind, HazardKind::AssertFailed);
    EXPECT_EQ(result.hazards[0].thread.thread[0], 1u);
    EXPECT_NE(result.hazards[0].message.find("x[threadIdx.x] > 0 && \"positive\""), std::string::npos)
        << result.hazards[0].message;
  });
}

//===----------------------------------------------------------------------===//
// groups.cu
//===----------------------------------------------------------------------===//

TEST(CudaGroups, GridSync) {
  forEachArch("groups", [](Device &device) {
    constexpr int n = 300, steps = 5;
    auto values = randomArray<float>(n, -1, 1);
    uint64_t a = device.upload(values), b = device.allocate<float>(n);
    device.run("grid_steps", shape(4, 64), a, b, n, steps);
    for (int step = 0; step < steps; ++step) {
      std::vector<float> next(n);
      for (int i = 0; i < n; ++i)
        next[i] = 0.5f * (values[(i + n - 1) % n] + values[(i + 1) % n]);
      values = next;
    }
    EXPECT_EQ(device.download<float>(b, n), values);
  });
}

TEST(CudaGroups, Tiles) {
  forEachArch("groups", [](Device &device) {
    constexpr int n = 64;
    auto x = randomArray<int>(n, 0, 100);
    uint64_t out = device.allocate<int>(n);
    device.run("tiles", shape(1, n), device.upload(x), out);
    std::vector<int> sums(n), expected(n);
    for (int i = 0; i < n; ++i)
      for (int j = i / 8 * 8; j < i / 8 * 8 + 8; ++j)
        sums[i] += x[j];
    for (int i = 0; i < n; ++i) {
      // Threads of the warp whose sum is even: the lowest one's number, and how many.
      int first = -1, count = 0;
      for (int j = i / 32 * 32; j < i / 32 * 32 + 32; ++j)
        if (sums[j] % 2 == 0 && ++count == 1)
          first = j;
      expected[i] = sums[i] + (sums[i] % 2 == 0 ? first * 100 + count : 0) + i / 8;
    }
    EXPECT_EQ(device.download<int>(out, n), expected);
  });
}
