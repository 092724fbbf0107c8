//===- CudaConvertTest.cpp - Narrow floats --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// convert.cu against LLVM's APFloat, which rounds every format by itself.
//
//===----------------------------------------------------------------------===//

#include "RunKernel.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/bit.h"
#include <cmath>

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;
using llvm::APFloat;
using Mode = APFloat::roundingMode;

static constexpr Mode nearest = Mode::NearestTiesToEven, zero = Mode::TowardZero, up = Mode::TowardPositive,
                      down = Mode::TowardNegative;

static unsigned toBits(double value, const llvm::fltSemantics &format, Mode mode = nearest) {
  APFloat number(value);
  bool lost;
  number.convert(format, mode, &lost);
  return unsigned(number.bitcastToAPInt().getZExtValue());
}

static double fromBits(unsigned bits, const llvm::fltSemantics &format) {
  APFloat number(format, llvm::APInt(APFloat::getSizeInBits(format), bits));
  bool lost;
  number.convert(APFloat::IEEEdouble(), nearest, &lost);
  return number.convertToDouble();
}

static int64_t toInteger(double value, Mode mode, unsigned bits, bool isUnsigned) {
  llvm::APSInt result(bits, isUnsigned);
  bool exact;
  APFloat(value).convertToInteger(result, mode, &exact); // saturates
  return isUnsigned ? int64_t(result.getZExtValue()) : result.getSExtValue();
}

/// cvt.satfinite: the largest number instead of infinity.
static unsigned saturating(float value, const llvm::fltSemantics &format) {
  double most = APFloat::getLargest(format).convertToDouble();
  return toBits(std::min(std::max(double(value), -most), most), format);
}

static std::vector<float> interestingFloats() {
  std::vector<float> x = {0.0f,      -0.0f,    1.0f,       1.0f / 3, -2.5f,    65504.0f,   65519.9f, 65520.0f,
                          -70000.0f, 6e-8f,    2.9802e-8f, 1e-10f,   -6.1e-5f, 448.0f,     464.0f,   465.0f,
                          57344.0f,  61440.0f, 0.0019f,    0.00097f, 3.4e38f,  1.00390625f};
  auto more = randomArray<float>(64 - x.size(), -300, 300);
  x.insert(x.end(), more.begin(), more.end());
  return x;
}

TEST(CudaConvert, HalfAndBfloat16) {
  forEachArch("convert", [](Device &device) {
    std::vector<float> x = interestingFloats();
    uint64_t out = device.allocate<uint16_t>(8 * x.size());
    device.run("to_half", shape(1, uint32_t(x.size())), device.upload(x), out);
    const llvm::fltSemantics &half = APFloat::IEEEhalf(), &brain = APFloat::BFloat();
    std::vector<uint16_t> expected;
    for (float v : x) {
      for (Mode mode : {nearest, zero, up, down})
        expected.push_back(uint16_t(toBits(v, half, mode)));
      expected.push_back(uint16_t(toBits(v, brain)));
      expected.push_back(uint16_t(toBits(v, brain, zero)));
      expected.push_back(uint16_t(toInteger(fromBits(toBits(v, half), half), nearest, 32, false) +
                                  toInteger(fromBits(toBits(v, brain), brain), zero, 32, false)));
      expected.push_back(uint16_t(toBits(double(toInteger(v, zero, 32, false)), half)));
    }
    EXPECT_EQ(device.download<uint16_t>(out, expected.size()), expected);
  });
}

TEST(CudaConvert, Fp8) {
  forEachArch("convert", [](Device &device) {
    std::vector<float> x = interestingFloats();
    size_t n = x.size();
    uint64_t out = device.allocate<uint8_t>(2 * n), back = device.allocate<float>(2 * n),
             four = device.allocate<uint8_t>(2 * n);
    uint64_t in = device.upload(x);
    device.run("to_fp8", shape(1, uint32_t(n)), in, out, back);
    device.run("to_fp8x4", shape(1, uint32_t(n / 4)), in, four);
    const llvm::fltSemantics &e4m3 = APFloat::Float8E4M3FN(), &e5m2 = APFloat::Float8E5M2();
    std::vector<uint8_t> codes, packed;
    std::vector<float> values;
    for (float v : x)
      for (const llvm::fltSemantics *format : {&e4m3, &e5m2}) {
        codes.push_back(uint8_t(saturating(v, *format)));
        values.push_back(float(fromBits(codes.back(), *format)));
      }
    for (size_t i = 0; i < n; i += 4)
      for (int format = 0; format < 2; ++format)
        for (size_t j = i; j < i + 4; ++j)
          packed.push_back(codes[2 * j + format]);
    EXPECT_EQ(device.download<uint8_t>(out, 2 * n), codes);
    EXPECT_EQ(device.download<float>(back, 2 * n), values);
    EXPECT_EQ(device.download<uint8_t>(four, 2 * n), packed);
  });
}

/// Checks packed arithmetic of a 16-bit format: `expected` gives the results of one element in double, whose sums and
/// products of two 11-bit numbers are exact.
static void checkPacked(Device &device, const char *kernel, const llvm::fltSemantics &format, unsigned results,
                        llvm::function_ref<std::vector<double>(double, double)> expected) {
  constexpr int n = 64;
  std::vector<uint16_t> a, b, want(size_t(2) * n * results);
  auto x = randomArray<float>(2 * n, -8, 8, 1), y = randomArray<float>(2 * n, -8, 8, 2);
  for (int i = 0; i < 2 * n; ++i) {
    a.push_back(uint16_t(toBits(x[i], format)));
    b.push_back(uint16_t(toBits(y[i], format)));
    std::vector<double> values = expected(fromBits(a[i], format), fromBits(b[i], format));
    for (unsigned r = 0; r < results; ++r)
      want[(size_t(i / 2) * results + r) * 2 + i % 2] = uint16_t(toBits(values[r], format));
  }
  uint64_t out = device.allocate<uint16_t>(want.size());
  device.run(kernel, shape(2, n / 2), device.upload(a), device.upload(b), out);
  EXPECT_EQ(device.download<uint16_t>(out, want.size()), want) << kernel;
}

TEST(CudaConvert, PackedArithmetic) {
  forEachArch("convert", [](Device &device) {
    const llvm::fltSemantics &half = APFloat::IEEEhalf(), &brain = APFloat::BFloat();
    checkPacked(device, "half2_arithmetic", half, 6, [&](double x, double y) {
      double difference = fromBits(toBits(x - y, half), half);
      return std::vector<double>{x + y,           x * y,         x * y + difference,
                                 std::max(x, -y), double(x > y), std::max(x * y + x, 0.0)};
    });
    checkPacked(device, "bf162_arithmetic", brain, 5, [](double x, double y) {
      return std::vector<double>{x + y, x * y, x * y + x, std::min(x, y), std::abs(x)};
    });
  });
}

TEST(CudaConvert, HalfFunctions) {
  forEachArch("convert", [](Device &device) {
    constexpr int n = 64;
    const llvm::fltSemantics &half = APFloat::IEEEhalf();
    std::vector<uint16_t> x;
    std::vector<double> expected;
    for (float v : randomArray<float>(n, -4, 40)) {
      x.push_back(uint16_t(toBits(v, half)));
      double value = fromBits(x.back(), half);
      expected.push_back(value < 0.5 ? std::exp(value)
                                     : fromBits(toBits(std::sqrt(value), half), half) / std::nearbyint(value));
    }
    uint64_t out = device.allocate<uint16_t>(n);
    device.run("half_functions", shape(1, n), device.upload(x), out);
    std::vector<double> result;
    for (uint16_t bits : device.download<uint16_t>(out, n))
      result.push_back(fromBits(bits, half));
    expectClose(result, expected, 1e-3); // two units of binary16
  });
}

TEST(CudaConvert, IntegersAndDoubles) {
  forEachArch("convert", [](Device &device) {
    std::vector<double> x = {0.5,  1.5,           -0.5,         2.5,  -7.75, 1e10,
                             -3e9, 123456789.987, 4294967295.5, 1e15, -1e15, 3.9999999};
    x.resize(32, 100.25);
    uint64_t out = device.allocate<int64_t>(6 * x.size());
    device.run("integers_and_floats", shape(1, 32), device.upload(x), out);
    std::vector<int64_t> expected;
    for (size_t i = 0; i < x.size(); ++i) {
      double v = x[i];
      expected.push_back(toInteger(v, nearest, 64, false));
      expected.push_back(toInteger(v, down, 64, false));
      expected.push_back(toInteger(v, zero, 32, true));
      expected.push_back(llvm::bit_cast<int32_t>(float(v)));
      expected.push_back(int32_t(toInteger(float(v), up, 32, false) + int8_t(toInteger(v, zero, 32, false))));
      expected.push_back(llvm::bit_cast<int64_t>(double(toInteger(v, zero, 64, false)) + double(i) + float(i)));
    }
    EXPECT_EQ(device.download<int64_t>(out, expected.size()), expected);
  });
}
