//===- TensorKernels.cpp - The kernels of test/Emulator/tensor ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inputs are small multiples of a power of two, so that every sum is exact and
// the reference is a plain loop.
//
//===----------------------------------------------------------------------===//

#include "TensorKernels.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/bit.h"
#include <random>

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;
using llvm::APFloat;

namespace {

uint64_t encode(const llvm::fltSemantics &semantics, double value) {
  APFloat number(value);
  bool lost;
  number.convert(semantics, APFloat::rmNearestTiesToEven, &lost);
  return number.bitcastToAPInt().getZExtValue();
}
uint8_t encodeE4M3(double value) { return uint8_t(encode(APFloat::Float8E4M3FN(), value)); }
uint16_t encodeBf16(double value) { return uint16_t(encode(APFloat::BFloat(), value)); }
uint16_t encodeHalf(double value) { return uint16_t(encode(APFloat::IEEEhalf(), value)); }

/// `count` multiples of `step` of magnitude up to `limit` steps.
std::vector<double> makeValues(size_t count, int limit, double step, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<double> values(count);
  for (double &value : values)
    value = step * (int(random() % unsigned(2 * limit + 1)) - limit);
  return values;
}

template <typename T, typename Encode> std::vector<T> encodeAll(const std::vector<double> &values, Encode encode) {
  std::vector<T> codes;
  for (double value : values)
    codes.push_back(T(encode(value)));
  return codes;
}

/// [m][n] sums of a [m][k] and b [n][k].
std::vector<double> multiply(const std::vector<double> &a, const std::vector<double> &b, size_t m, size_t n, size_t k) {
  std::vector<double> sums(m * n);
  for (size_t y = 0; y != m; ++y)
    for (size_t x = 0; x != n; ++x)
      for (size_t i = 0; i != k; ++i)
        sums[y * n + x] += a[y * k + i] * b[x * k + i];
  return sums;
}

uint32_t asWord(double value) { return llvm::bit_cast<uint32_t>(float(value)); }

template <typename T> std::vector<uint8_t> asBytes(const std::vector<T> &values) {
  const auto *bytes = reinterpret_cast<const uint8_t *>(values.data());
  return {bytes, bytes + values.size() * sizeof(T)};
}

} // namespace

KernelCase quantopt::ptx::test::makeGemmE4M3(const std::string &text, GemmShape shape) {
  auto [m, n, k, grid] = shape;
  std::vector<double> a = makeValues(m * k, 8, 0.25, 1), b = makeValues(n * k, 8, 0.25, 2);
  KernelCase result(text, "gemm_e4m3");
  KernelRun &run = *result.run;
  uint64_t bufferA = run.addBuffer("a", encodeAll<uint8_t>(a, encodeE4M3));
  uint64_t bufferB = run.addBuffer("b", encodeAll<uint8_t>(b, encodeE4M3));
  uint64_t bufferD = run.addBuffer("d", std::vector<uint16_t>(m * n, 0xFFFF), /*isResult=*/true);
  run.pass(makeMatrixMap(TensorElement::U8, bufferA, m, k, k, 128, 128, Swizzle::B128));
  run.pass(makeMatrixMap(TensorElement::U8, bufferB, n, k, k, 128, 128, Swizzle::B128));
  run.pass(makeMatrixMap(TensorElement::BF16, bufferD, m, n, n * 2, 64, 64, Swizzle::B128));
  run.pass(m).pass(n).pass(k).pass(0.5f);
  run.config.grid = {grid, 1, 1};
  run.config.block = {384, 1, 1};
  run.config.dynamicSharedBytes = 150 * 1024;
  std::vector<double> sums = multiply(a, b, m, n, k);
  result.expected = asBytes(encodeAll<uint16_t>(sums, [](double x) { return encodeBf16(x * 0.5); }));
  return result;
}

KernelCase quantopt::ptx::test::makeGemmS8(const std::string &text, GemmShape shape) {
  auto [m, n, k, grid] = shape;
  std::vector<double> a = makeValues(m * k, 128, 1, 3), b = makeValues(n * k, 127, 1, 4);
  for (double &value : a)
    value = std::min(value, 127.0);
  KernelCase result(text, "gemm_s8");
  KernelRun &run = *result.run;
  auto code = [](double x) { return int8_t(x); };
  uint64_t bufferA = run.addBuffer("a", encodeAll<int8_t>(a, code)),
           bufferB = run.addBuffer("b", encodeAll<int8_t>(b, code));
  uint64_t bufferD = run.addBuffer("d", std::vector<int32_t>(m * n, -1), /*isResult=*/true);
  run.pass(makeMatrixMap(TensorElement::U8, bufferA, m, k, k, 128, 128, Swizzle::B128));
  run.pass(makeMatrixMap(TensorElement::U8, bufferB, n, k, k, 256, 128, Swizzle::B128));
  run.pass(bufferD).pass(m).pass(n).pass(k);
  run.config.grid = {grid, 1, 1};
  run.config.block = {384, 1, 1};
  run.config.dynamicSharedBytes = 220 * 1024;
  result.expected = asBytes(encodeAll<int32_t>(multiply(a, b, m, n, k), [](double x) { return int32_t(x); }));
  return result;
}

/// Nibbles in the order that w4a16.cu tells.
static std::vector<uint32_t> packNibbles(const std::vector<double> &w, unsigned rows, unsigned k) {
  std::vector<uint32_t> words;
  for (unsigned block = 0; block != rows / 64; ++block)
    for (unsigned part = 0; part != k / 64; ++part)
      for (unsigned thread = 0; thread != 128; ++thread)
        for (unsigned q = 0; q != 4; ++q) {
          unsigned lane = thread % 32, warp = thread / 32;
          uint32_t word = 0;
          for (unsigned i = 0; i != 4; ++i)
            for (unsigned e = 0; e != 2; ++e) {
              unsigned row = block * 64 + warp * 16 + lane / 4 + (i & 1) * 8;
              unsigned column = part * 64 + q * 16 + lane % 4 * 2 + (i >> 1) * 8 + e;
              word |= uint32_t(w[row * k + column] + 8) << (4 * i + 16 * e);
            }
          words.push_back(word);
        }
  return words;
}

KernelCase quantopt::ptx::test::makeW4A16(const std::string &text) {
  constexpr unsigned tokens = 128, rows = 128, k = 256, group = 128;
  std::vector<double> x = makeValues(tokens * k, 8, 0.125, 5), w = makeValues(rows * k, 7, 1, 6);
  std::vector<double> scales(k / group * rows);
  for (size_t i = 0; i != scales.size(); ++i)
    scales[i] = double(1 + i % 4) * 0.25;
  KernelCase result(text, "w4a16");
  KernelRun &run = *result.run;
  uint64_t bufferX = run.addBuffer("x", encodeAll<uint16_t>(x, encodeBf16));
  uint64_t packed = run.addBuffer("packed", packNibbles(w, rows, k));
  uint64_t bufferScales = run.addBuffer("scales", encodeAll<uint16_t>(scales, encodeBf16));
  uint64_t out = run.addBuffer("out", std::vector<uint16_t>(tokens * rows, 0xFFFF), /*isResult=*/true);
  run.pass(makeMatrixMap(TensorElement::BF16, bufferX, tokens, k, k * 2, 64, 64, Swizzle::B128));
  run.pass(packed).pass(bufferScales).pass(out).pass(rows).pass(k);
  run.config.grid = {rows / 64, tokens / 64, 1};
  run.config.block = {256, 1, 1};
  run.config.dynamicSharedBytes = 28 * 1024;
  std::vector<double> scaled = w;
  for (unsigned row = 0; row != rows; ++row)
    for (unsigned i = 0; i != k; ++i)
      scaled[row * k + i] *= scales[i / group * rows + row];
  result.expected = asBytes(encodeAll<uint16_t>(multiply(x, scaled, tokens, rows, k), encodeBf16));
  return result;
}

KernelCase quantopt::ptx::test::makeMulticast(const std::string &text) {
  constexpr unsigned m = 256, n = 128, k = 320;
  std::vector<double> a = makeValues(m * k, 8, 0.25, 7), b = makeValues(n * k, 8, 0.25, 8);
  KernelCase result(text, "multicast");
  KernelRun &run = *result.run;
  uint64_t bufferA = run.addBuffer("a", encodeAll<uint16_t>(a, encodeBf16));
  uint64_t bufferB = run.addBuffer("b", encodeAll<uint16_t>(b, encodeBf16));
  uint64_t out = run.addBuffer("out", std::vector<uint32_t>(m * n, ~0u), /*isResult=*/true);
  run.pass(makeMatrixMap(TensorElement::BF16, bufferA, m, k, k * 2, 64, 64, Swizzle::B128));
  run.pass(makeMatrixMap(TensorElement::BF16, bufferB, n, k, k * 2, 32, 64, Swizzle::B128));
  run.pass(out).pass(n).pass(k);
  run.config.grid = {m / 64, n / 64, 1};
  run.config.block = {256, 1, 1};
  run.config.dynamicSharedBytes = 40 * 1024;
  result.expected = asBytes(encodeAll<uint32_t>(multiply(a, b, m, n, k), asWord));
  return result;
}

KernelCase quantopt::ptx::test::makeTransposed(const std::string &text) {
  constexpr unsigned m = 64, n = 128, k = 192;
  // Both are [K][..] in memory.
  std::vector<double> a = makeValues(k * m, 8, 0.25, 9), b = makeValues(k * n, 8, 0.25, 10);
  KernelCase result(text, "transposed");
  KernelRun &run = *result.run;
  uint64_t bufferA = run.addBuffer("a", encodeAll<uint16_t>(a, encodeHalf));
  uint64_t bufferB = run.addBuffer("b", encodeAll<uint16_t>(b, encodeHalf));
  uint64_t out = run.addBuffer("out", std::vector<uint32_t>(m * n, ~0u), /*isResult=*/true);
  run.pass(makeMatrixMap(TensorElement::F16, bufferA, k, m, m * 2, 64, 64, Swizzle::B128));
  run.pass(makeMatrixMap(TensorElement::F16, bufferB, k, n, n * 2, 64, 64, Swizzle::B128));
  run.pass(out).pass(k);
  run.config.block = {128, 1, 1};
  run.config.dynamicSharedBytes = 30 * 1024;
  std::vector<uint32_t> expected(m * n);
  for (unsigned y = 0; y != m; ++y)
    for (unsigned x = 0; x != n; ++x) {
      double sum = 0;
      for (unsigned i = 0; i != k; ++i)
        sum += a[i * m + y] * b[i * n + x];
      expected[y * n + x] = asWord(sum);
    }
  result.expected = asBytes(expected);
  return result;
}

KernelCase quantopt::ptx::test::makeCpAsync(const std::string &text) {
  constexpr unsigned m = 128, n = 192, k = 160;
  std::vector<double> a = makeValues(m * k, 8, 0.25, 11), b = makeValues(n * k, 8, 0.25, 12);
  KernelCase result(text, "cp_async");
  KernelRun &run = *result.run;
  uint64_t bufferA = run.addBuffer("a", encodeAll<uint16_t>(a, encodeHalf));
  uint64_t bufferB = run.addBuffer("b", encodeAll<uint16_t>(b, encodeHalf));
  uint64_t out = run.addBuffer("out", std::vector<uint32_t>(m * n, ~0u), /*isResult=*/true);
  run.pass(bufferA).pass(bufferB).pass(out).pass(n).pass(k);
  run.config.grid = {n / 64, m / 64, 1};
  run.config.block = {128, 1, 1};
  result.expected = asBytes(encodeAll<uint32_t>(multiply(a, b, m, n, k), asWord));
  return result;
}

/// A map as Triton passes it, with the sides and strides in elements behind it.
static void passDescriptor(KernelRun &run, uint64_t address, uint32_t rows, uint32_t columns, uint32_t boxColumns,
                           Swizzle swizzle) {
  run.pass(makeMatrixMap(TensorElement::F16, address, rows, columns, columns * 2, 64, boxColumns, swizzle));
  run.pass(rows).pass(columns).pass(uint64_t(columns)).pass(uint64_t(1));
}

KernelCase quantopt::ptx::test::makeTritonTensormap(const std::string &text) {
  constexpr unsigned m = 128, n = 128, k = 160;
  std::vector<double> a = makeValues(m * k, 4, 0.5, 13), b = makeValues(n * k, 4, 0.5, 14);
  KernelCase result(text, "matmul_tensormap");
  KernelRun &run = *result.run;
  passDescriptor(run, run.addBuffer("a", encodeAll<uint16_t>(a, encodeHalf)), m, k, 32, Swizzle::B64);
  passDescriptor(run, run.addBuffer("b", encodeAll<uint16_t>(b, encodeHalf)), n, k, 32, Swizzle::B64);
  uint64_t out = run.addBuffer("c", std::vector<uint16_t>(m * n, 0xFFFF), /*isResult=*/true);
  passDescriptor(run, out, m, n, 64, Swizzle::B128);
  // Two pointers to scratch memory, which the kernel does not use.
  run.pass(k).pass(uint64_t(0)).pass(uint64_t(0));
  run.config.grid = {m / 64, n / 64, 1};
  run.config.block = {128, 1, 1};
  run.config.dynamicSharedBytes = 24600;
  result.expected = asBytes(encodeAll<uint16_t>(multiply(a, b, m, n, k), encodeHalf));
  return result;
}
