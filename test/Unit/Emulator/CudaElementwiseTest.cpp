//===- CudaElementwiseTest.cpp - One thread an element, on the CPU --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// elementwise.cu, constants.cu and intrinsics.cu, compared with the same
// arithmetic in C++.
//
//===----------------------------------------------------------------------===//

#include "RunKernel.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"
#include <cfenv>
#include <cmath>

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

TEST(CudaElementwise, VectorAdd) {
  forEachArch("elementwise", [](Device &device) {
    constexpr int n = 1000;
    auto a = randomArray<float>(n, -5, 5, 1), b = randomArray<float>(n, -5, 5, 2);
    uint64_t c = device.allocate<float>(n), d = device.allocate<float>(n);
    device.run("vector_add", shape(4, 256), device.upload(a), device.upload(b), c, n);
    device.run("vector_add4", shape(1, 256), device.upload(a), device.upload(b), d, n / 4);
    std::vector<float> sum(n);
    for (int i = 0; i < n; ++i)
      sum[i] = a[i] + b[i];
    EXPECT_EQ(device.download<float>(c, n), sum);
    EXPECT_EQ(device.download<float>(d, n), sum);
  });
}

TEST(CudaElementwise, Saxpy) {
  forEachArch("elementwise", [](Device &device) {
    constexpr int n = 777;
    auto x = randomArray<float>(n, -5, 5, 1), y = randomArray<float>(n, -5, 5, 2);
    uint64_t out = device.upload(y);
    device.run("saxpy", shape(2, 64), n, 1.5f, device.upload(x), out);
    for (int i = 0; i < n; ++i)
      y[i] = std::fma(1.5f, x[i], y[i]);
    EXPECT_EQ(device.download<float>(out, n), y);
  });
}

TEST(CudaElementwise, Activations) {
  forEachArch("elementwise", [](Device &device) {
    constexpr int n = 500;
    auto x = randomArray<float>(n, -9, 9);
    uint64_t in = device.upload(x), gelu = device.allocate<float>(n), silu = device.allocate<float>(n);
    uint64_t mixed = device.allocate<float>(n);
    device.run("gelu", shape(4, 128), in, gelu, n);
    device.run("silu", shape(4, 128), in, silu, n);
    device.run("transcendental", shape(4, 128), in, mixed, n);
    std::vector<double> expectedGelu(n), expectedSilu(n), expectedMixed(n);
    for (int i = 0; i < n; ++i) {
      double v = x[i];
      expectedGelu[i] = 0.5 * v * (1 + std::erf(v * std::sqrt(0.5)));
      expectedSilu[i] = v / (1 + std::exp(-v));
      expectedMixed[i] = std::sin(v) + std::log(std::abs(v) + 1) * std::pow(std::abs(v), 0.75) + std::tanh(v) +
                         1 / std::sqrt(1 + v * v);
    }
    expectClose(device.download<float>(gelu, n), expectedGelu, 1e-6);
    expectClose(device.download<float>(silu, n), expectedSilu, 1e-6);
    expectClose(device.download<float>(mixed, n), expectedMixed, 2e-6);
  });
}

/// sinf of large arguments reduces them by a table in local memory.
TEST(CudaElementwise, LargeArguments) {
  forEachArch("elementwise", [](Device &device) {
    constexpr int n = 64;
    auto x = randomArray<float>(n, 1e5, 1e7);
    uint64_t out = device.allocate<float>(n);
    device.run("transcendental", shape(1, n), device.upload(x), out, n);
    std::vector<double> expected(n);
    for (int i = 0; i < n; ++i)
      expected[i] = std::sin(double(x[i])) + std::log(x[i] + 1.0) * std::pow(double(x[i]), 0.75) + 1 + 1 / double(x[i]);
    expectClose(device.download<float>(out, n), expected, 1e-6);
  });
}

TEST(CudaElementwise, Integers) {
  forEachArch("elementwise", [](Device &device) {
    constexpr int n = 200;
    auto x = randomArray<int>(n, -2147483000.0, 2147483000.0, 3);
    auto y = randomArray<unsigned>(n, 0, 4294967295.0, 4);
    x[0] = 0, x[1] = -1, x[2] = 1, y[0] = 0;
    uint64_t out = device.allocate<int>(8 * n);
    device.run("integers", shape(2, 128), device.upload(x), device.upload(y), out, n);
    std::vector<int> expected;
    for (int i = 0; i < n; ++i) {
      int a = x[i];
      unsigned b = y[i] | 1;
      int64_t wide = int64_t(a) * 1000003;
      expected.push_back(a / int(b & 0xffff));
      expected.push_back(a % 7);
      expected.push_back(int(b % 10));
      expected.push_back(llvm::countl_zero(unsigned(a)) + llvm::popcount(b) +
                         (a ? llvm::countr_zero(unsigned(a)) + 1 : 0));
      expected.push_back(int(llvm::reverseBits(unsigned(a))));
      expected.push_back(int(wide / int64_t(b)));
      expected.push_back(int(uint32_t((int64_t(a) * int(b)) >> 32) ^ uint32_t(a >> 3) ^ (b << 5)));
      expected.push_back(
          int(unsigned(std::min(a, int(b))) + unsigned(std::max(a, int(0 - b))) + unsigned(std::abs(a))));
    }
    EXPECT_EQ(device.download<int>(out, 8 * n), expected);
  });
}

TEST(CudaElementwise, Doubles) {
  forEachArch("elementwise", [](Device &device) {
    constexpr int n = 100;
    auto x = randomArray<double>(n, -1000, 1000);
    uint64_t out = device.allocate<double>(n);
    device.run("doubles", shape(1, 128), device.upload(x), out, n);
    std::vector<double> expected(n);
    for (int i = 0; i < n; ++i)
      expected[i] = std::sqrt(std::fma(x[i], x[i], 1.0)) / (2 + std::abs(x[i])) + std::floor(x[i]);
    expectClose(device.download<double>(out, n), expected, 1e-15);
  });
}

//===----------------------------------------------------------------------===//
// constants.cu
//===----------------------------------------------------------------------===//

TEST(CudaConstants, Variables) {
  forEachArch("constants", [](Device &device) {
    constexpr int n = 96;
    const float weights[] = {1, -2, 3.5f, 0, 0.25f, 1e-3f, 7, -8};
    const int narrow[2][3] = {{1, -2, 3}, {4, 0, 0}};
    auto x = randomArray<float>(n, -5, 5);
    uint64_t y = device.allocate<float>(n), z = device.allocate<int>(32);
    device.run("read_constants", shape(3, 32), device.upload(x), y);
    std::vector<float> expected(n);
    for (int i = 0; i < n; ++i)
      expected[i] = std::fma(x[i], weights[i % 8], float(narrow[i % 2][i % 3]));
    EXPECT_EQ(device.download<float>(y, n), expected);

    auto readGlobals = [&](int second, int last) {
      device.run("read_globals", shape(1, 32), z);
      std::vector<int> result(32);
      for (int i = 0; i < 32; ++i)
        result[i] = (i % 2 ? last : second) + "quantize"[i % 8] + (i < 2 ? 0 : 3);
      EXPECT_EQ(device.download<int>(z, 32), result);
    };
    readGlobals(3, 11);
    device.run("store_global", shape(1, 5), 100);
    readGlobals(101, 104);
  });
}

TEST(CudaConstants, StructureParameter) {
  forEachArch("constants", [](Device &device) {
    struct Parameters {
      float scale;
      uint64_t source;
      int offsets[4];
      char tag;
    };
    auto x = randomArray<int>(64, -100, 100);
    uint64_t out = device.allocate<int>(64);
    Parameters parameters = {2.0f, device.upload(x), {1, 2, 3, 4}, 10};
    device.run("structure_parameter", shape(1, 64), parameters, out, short(-1000));
    std::vector<int> expected(64);
    for (int i = 0; i < 64; ++i)
      expected[i] = 2 * x[i] + parameters.offsets[i % 4] + 10 - 1000;
    EXPECT_EQ(device.download<int>(out, 64), expected);
  });
}

//===----------------------------------------------------------------------===//
// intrinsics.cu
//===----------------------------------------------------------------------===//

/// __byte_perm: three bits of each nibble choose a byte of b:a.
static unsigned permute(unsigned a, unsigned b, unsigned selector) {
  uint64_t bytes = uint64_t(b) << 32 | a;
  unsigned result = 0;
  for (int i = 0; i < 4; ++i)
    result |= (unsigned(bytes >> (8 * (selector >> (4 * i) & 7))) & 0xff) << (8 * i);
  return result;
}

/// f(a, b) of each of the four bytes (or two halves), packed again.
template <typename T, typename F> static unsigned packed(unsigned a, unsigned b, F f) {
  constexpr int bits = 8 * sizeof(T);
  unsigned result = 0;
  for (int shift = 0; shift < 32; shift += bits)
    result |= unsigned(std::make_unsigned_t<T>(f(T(a >> shift), T(b >> shift)))) << shift;
  return result;
}

static int signed24(unsigned x) { return int(x << 8) >> 8; }

static unsigned dotProducts(unsigned a, unsigned b) {
  int low = 5;
  unsigned four = 9;
  for (int i = 0; i < 2; ++i)
    low += int16_t(a >> (16 * i)) * int8_t(b >> (8 * i));
  for (int i = 0; i < 4; ++i)
    four += uint8_t(a >> (8 * i)) * uint8_t(b >> (8 * i));
  return unsigned(low) + four;
}

TEST(CudaIntrinsics, Bytes) {
  forEachArch("intrinsics", [](Device &device) {
    constexpr int n = 64;
    auto x = randomArray<unsigned>(2 * n, 0, 4294967295.0);
    uint64_t out = device.allocate<unsigned>(12 * n);
    device.run("bytes", shape(2, 32), device.upload(x), out);
    std::vector<unsigned> expected;
    for (unsigned i = 0; i < n; ++i) {
      unsigned a = x[2 * i], b = x[2 * i + 1];
      uint64_t both = uint64_t(b) << 32 | a;
      expected.push_back(permute(a, b, 0x6420));
      expected.push_back(permute(a, b, b & 0xffff));
      expected.push_back(unsigned(both << (i & 31) >> 32));
      expected.push_back(unsigned(both >> std::min(i, 32u)));
      expected.push_back(packed<uint8_t>(a, b, [](int p, int q) { return p + q; }));
      expected.push_back(packed<int16_t>(a, b, [](int p, int q) { return std::max(p, q); }));
      expected.push_back(packed<uint8_t>(a, b, [](int p, int q) { return std::abs(p - q); }));
      expected.push_back(unsigned(std::abs(int64_t(int(a)) - int(b))) + a);
      expected.push_back((a & 0xffffff) * (b & 0xffffff) + unsigned(int64_t(signed24(a)) * signed24(b)));
      expected.push_back(dotProducts(a, b));
      expected.push_back(unsigned(uint64_t(a) * b >> 32) + unsigned((uint64_t(a) + b) >> 1) +
                         unsigned((int64_t(int(a)) + int(b) + 1) >> 1));
      expected.push_back(unsigned((unsigned __int128)(a * 0x123456789ull) * (b * 0x987654321ull) >> 64));
    }
    EXPECT_EQ(device.download<unsigned>(out, 12 * n), expected);
  });
}

TEST(CudaIntrinsics, CacheHints) {
  forEachArch("intrinsics", [](Device &device) {
    auto x = randomArray<float>(4 * 32, -1, 1);
    uint64_t out = device.allocate<float>(3 * 4 * 32);
    device.run("cached", shape(1, 32), device.upload(x), out);
    std::vector<float> expected;
    for (int i = 0; i < 32; ++i)
      for (int copy = 0; copy < 3; ++copy)
        expected.insert(expected.end(), x.begin() + 4 * i, x.begin() + 4 * i + 4);
    EXPECT_EQ(device.download<float>(out, expected.size()), expected);
  });
}

TEST(CudaIntrinsics, SpecialRegisters) {
  forEachArch("intrinsics", [](Device &device) {
    uint64_t out = device.allocate<unsigned>(5);
    device.run("specials", shape(3, 64), out);
    EXPECT_EQ(device.download<unsigned>(out, 5), (std::vector<unsigned>{1, 1, 1, 3064, 1}));
  });
}

/// Evaluates f under a rounding mode of the host; volatile keeps the compiler from doing it beforehand.
template <typename F> static float rounded(int mode, F f) {
  int before = std::fegetround();
  std::fesetround(mode);
  volatile float result = f();
  std::fesetround(before);
  return result;
}

TEST(CudaIntrinsics, RoundingModes) {
  forEachArch("intrinsics", [](Device &device) {
    constexpr int n = 128;
    auto x = randomArray<float>(2 * n, -100, 100);
    uint64_t out = device.allocate<float>(8 * n);
    device.run("rounding", shape(1, n), device.upload(x), out);
    std::vector<float> result = device.download<float>(out, 8 * n);
    for (int i = 0; i < n; ++i) {
      volatile float a = x[2 * i], b = x[2 * i + 1], one = 1;
      const float *y = &result[8 * i];
      EXPECT_EQ(y[0], rounded(FE_TOWARDZERO, [&] { return a + b; }));
      EXPECT_EQ(y[1], rounded(FE_UPWARD, [&] { return a * b; }));
      EXPECT_EQ(y[2], rounded(FE_DOWNWARD, [&] { return std::fma(a, b, a); }));
      EXPECT_EQ(y[3], a / b + rounded(FE_TOWARDZERO, [&] { return one / b; }));
      EXPECT_EQ(y[4], rounded(FE_UPWARD, [&] { return std::sqrt(std::abs(a)); }));
      EXPECT_EQ(y[5], std::min(std::max(float(a), 0.0f), 1.0f) + std::copysign(float(a), float(b)));
      EXPECT_EQ(y[6], std::trunc(a) + std::ceil(b) + std::rint(a) + std::min(float(a), float(b)));
      EXPECT_EQ(y[7], std::fmod(a, 1.5f));
    }
  });
}
