//===- QuantizedMatmulTest.cpp - Products of 8-bit codes, executed --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every kind of kernel on ragged shapes, in every order of asynchronous work, against sums in double.
//
//===----------------------------------------------------------------------===//

#include "CompileKernel.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

using namespace quantopt;
using namespace quantopt::test;

namespace {

enum class Code { I8, E4M3, E5M2 };
enum class Result { F32, F16, BF16 };
enum class Added { Nothing, Bias, Residual };

struct Variant {
  const char *schedule;
  Code lhs, rhs;
  Result result;
  bool rowScales, columnScales;
  Added added;
  bool storesByTma; ///< n is then a multiple of 8
  int64_t tileM, tileN;
  int64_t blockK = 0, blockN = 0; ///< of block scales

  int64_t groupsOf(int64_t k) const { return blockK ? k / blockK : 1; }
};

struct Shape {
  int64_t m, n, k;
};

const char *nameOf(Code code) { return code == Code::I8 ? "i8" : code == Code::E4M3 ? "f8E4M3FN" : "f8E5M2"; }
const char *nameOf(Result result) { return result == Result::F32 ? "f32" : result == Result::F16 ? "f16" : "bf16"; }

/// The real number of a code, by the definition of its format.
double valueOf(uint8_t bits, Code code) {
  if (code == Code::I8)
    return int8_t(bits);
  int mantissaBits = code == Code::E4M3 ? 3 : 2, bias = code == Code::E4M3 ? 7 : 15;
  int exponent = (bits & 0x7f) >> mantissaBits, mantissa = bits & ((1 << mantissaBits) - 1);
  double magnitude = exponent ? std::ldexp((1 << mantissaBits) + mantissa, exponent - bias - mantissaBits)
                              : std::ldexp(mantissa, 1 - bias - mantissaBits);
  return bits & 0x80 ? -magnitude : magnitude;
}

std::vector<uint8_t> makeCodes(int64_t count, Code code, Dice &dice) {
  std::vector<uint8_t> codes(count);
  for (uint8_t &byte : codes) // floats: no NaN, exponents that let sums cancel
    byte = code == Code::I8 ? dice(256) : (dice(2) << 7) | (code == Code::E4M3 ? dice(0x50) : 0x28 + dice(0x1c));
  return codes;
}

std::string makeText(const Variant &v, const Shape &shape) {
  auto scale = [&](bool each, int64_t rows) -> std::string {
    return llvm::formatv("tensor<{0}x{1}xf32>", each ? rows : 1, v.groupsOf(shape.k));
  };
  std::string lhs = llvm::formatv("tensor<{0}x{1}x{2}>", shape.m, shape.k, nameOf(v.lhs));
  std::string rhs = llvm::formatv("tensor<{0}x{1}x{2}>", shape.n, shape.k, nameOf(v.rhs));
  std::string out = llvm::formatv("tensor<{0}x{1}x{2}>", shape.m, shape.n, nameOf(v.result));
  std::string bias =
      llvm::formatv(v.added == Added::Residual ? "tensor<{1}x{0}xf32>" : "tensor<{0}xf32>", shape.n, shape.m);
  return llvm::formatv(
      "func.func @f(%x: {0}, %w: {1}, %xs: {2}, %ws: {3}, %b: {4}) -> {5} {{\n"
      "  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) {6} {{lowp.schedule = {7}} : ({0}, {1}, "
      "{2}, {3}{8}) -> {5}\n  return %y : {5}\n}\n",
      lhs, rhs, scale(v.rowScales, shape.m), scale(v.columnScales, v.blockN ? shape.n / v.blockN : shape.n), bias, out,
      v.added != Added::Nothing ? "bias(%b)" : "", v.schedule, v.added != Added::Nothing ? ", " + bias : "");
}

/// One product: its operands, the expected results and how far from them a result may be.
struct Product {
  std::vector<uint8_t> lhs, rhs;
  std::vector<float> rowScales, columnScales, bias;
  std::vector<double> expected, slack;

  Product(const Variant &v, const Shape &s);
};

Product::Product(const Variant &v, const Shape &s) {
  Dice dice{uint64_t(s.m * 1000003 + s.n * 1009 + s.k)};
  lhs = makeCodes(s.m * s.k, v.lhs, dice);
  rhs = makeCodes(s.n * s.k, v.rhs, dice);
  auto fill = [&](std::vector<float> &values, int64_t count) {
    for (int64_t i = 0; i < count; ++i)
      values.push_back((50 + dice(100)) / 8192.0f);
  };
  int64_t groups = v.groupsOf(s.k), groupLength = s.k / groups;
  fill(rowScales, v.rowScales ? s.m * groups : 1);
  fill(columnScales, (v.blockN ? s.n / v.blockN : v.columnScales ? s.n : 1) * groups);
  fill(bias, v.added == Added::Residual ? s.m * s.n : s.n);
  for (int64_t row = 0; row < s.m; ++row)
    for (int64_t column = 0; column < s.n; ++column) {
      double sum = 0, magnitude = 0;
      for (int64_t i = 0; i < s.k; ++i) {
        double product = valueOf(lhs[row * s.k + i], v.lhs) * valueOf(rhs[column * s.k + i], v.rhs);
        if (v.blockK)
          product *= double(rowScales[row * groups + i / groupLength]) *
                     columnScales[column / v.blockN * groups + i / groupLength];
        sum += product;
        magnitude += std::abs(product);
      }
      // As the operation says; int8 sums are exact, so this is the result's exact value.
      float rowScale = v.blockK ? 1 : rowScales[v.rowScales ? row : 0];
      float columnScale = v.blockK ? 1 : columnScales[v.columnScales ? column : 0], scaled = float(sum) * rowScale;
      scaled *= columnScale;
      if (v.added != Added::Nothing)
        scaled += bias[v.added == Added::Residual ? row * s.n + column : column];
      expected.push_back(scaled);
      double scale = double(rowScale) * columnScale;
      slack.push_back(v.lhs == Code::I8 ? 0 : magnitude * scale * std::ldexp(1.0, -13));
    }
}

double readResult(const std::vector<uint8_t> &bytes, size_t index, Result result) {
  if (result == Result::F32) {
    float value;
    std::memcpy(&value, &bytes[4 * index], 4);
    return value;
  }
  uint16_t bits;
  std::memcpy(&bits, &bytes[2 * index], 2);
  return widen16(bits, result == Result::BF16);
}

double roundTo(double value, Result result) {
  return result == Result::F32 ? value
                               : widen16(roundTo16(float(value), result == Result::BF16), result == Result::BF16);
}

void checkShape(const Variant &v, const Shape &s, size_t index) {
  SCOPED_TRACE(llvm::formatv("{0} {1} x {2} x {3}", v.schedule, s.m, s.n, s.k).str());
  CompiledKernel kernel = compileKernel(makeText(v, s));
  Product product(v, s);
  int64_t bytes = v.result == Result::F32 ? 4 : 2;
  ptx::test::KernelRun run(kernel.ptx, kernel.name);
  run.config = kernel.config;
  uint64_t lhs = run.addBuffer("x", product.lhs), rhs = run.addBuffer("w", product.rhs);
  run.pass(run.addBuffer("xs", product.rowScales)).pass(run.addBuffer("ws", product.columnScales));
  if (v.added != Added::Nothing)
    run.pass(run.addBuffer("b", product.bias));
  uint64_t out = run.addBuffer("y", std::vector<uint8_t>(s.m * s.n * bytes, 0xff), /*isResult=*/true);
  run.pass(out);
  run.pass(mapOf<uint8_t>(ptx::TensorElement::U8, lhs, s.m, s.k, v.tileM));
  run.pass(mapOf<uint8_t>(ptx::TensorElement::U8, rhs, s.n, s.k, v.tileN));
  if (v.storesByTma)
    run.pass(mapOf<uint16_t>(v.result == Result::F16 ? ptx::TensorElement::F16 : ptx::TensorElement::BF16, out, s.m,
                             s.n, 64));
  run.pass(int32_t(s.m)).pass(int32_t(s.n)).pass(int32_t(s.k));
  run.config.grid = {2, 1, 1}; // blocks take several tiles, or none
  launchInOrders(run, index, [&] {
    for (size_t i = 0; i < product.expected.size(); ++i) {
      double value = readResult(run.results[0], i, v.result), wanted = roundTo(product.expected[i], v.result);
      double ulp = v.result == Result::F32 ? 0x1p-23 : v.result == Result::F16 ? 0x1p-10 : 0x1p-7;
      double slack = product.slack[i] ? product.slack[i] + std::abs(wanted) * ulp : 0;
      ASSERT_LE(std::abs(value - wanted), slack) << i << ": " << value << " for " << wanted;
    }
  });
}

void check(const Variant &v, llvm::ArrayRef<Shape> shapes) {
  for (auto [index, shape] : llvm::enumerate(shapes))
    checkShape(v, shape, index);
}

// The first shape of each list fills every stage of the ring more than once: races are looked for there. Then lengths
// of one, primes, one more and less than a tile, k that ends inside a tile (a multiple of 16, as TMA needs).
const Shape anyN[] = {{65, 97, 656}, {1, 1, 16},   {2, 3, 32},     {7, 5, 48},    {17, 31, 272},
                      {64, 49, 128}, {63, 97, 80}, {131, 11, 208}, {5, 127, 416}, {37, 61, 1040}};
// n a multiple of 8, so that rows may be stored by TMA.
const Shape evenN[] = {{130, 264, 400}, {1, 8, 16},      {2, 16, 32},   {37, 72, 144},  {129, 8, 1040},
                       {17, 264, 48},   {200, 136, 272}, {127, 56, 80}, {193, 24, 400}, {11, 520, 128}};

const Shape moreEvenN[] = {{191, 136, 400}, {1, 8, 1024},  {3, 40, 16},  {43, 192, 112}, {128, 64, 384},
                           {193, 16, 208},  {67, 200, 32}, {385, 8, 48}, {23, 384, 256}, {101, 104, 592}};

TEST(QuantizedMatmul, Int8) {
  check({"#lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = 8>", Code::I8, Code::I8, Result::BF16, true,
         true, Added::Bias, true, 128, 256},
        evenN);
}

TEST(QuantizedMatmul, Int8ThreeWarpgroups) {
  check({"#lowp.schedule<wgmma, tile = 192x192x128, stages = 3, raster = 2>", Code::I8, Code::I8, Result::F16, true,
         true, Added::Residual, true, 192, 192},
        moreEvenN);
}

TEST(QuantizedMatmul, Int8Direct) {
  check({"#lowp.schedule<wgmma, tile = 64x48x128, stages = 8, raster = 1>", Code::I8, Code::I8, Result::F32, true,
         false, Added::Bias, false, 64, 48},
        anyN);
}

TEST(QuantizedMatmul, E4M3) {
  check({"#lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = 1>", Code::E4M3, Code::E4M3, Result::BF16,
         true, true, Added::Nothing, true, 128, 256},
        evenN);
}

TEST(QuantizedMatmul, MixedFloats) {
  check({"#lowp.schedule<wgmma, tile = 128x128x128, stages = 6, raster = 4>", Code::E5M2, Code::E4M3, Result::F16, true,
         true, Added::Bias, true, 128, 128},
        moreEvenN);
}

TEST(QuantizedMatmul, E5M2Direct) {
  check({"#lowp.schedule<wgmma, tile = 64x16x128, stages = 8, raster = 1>", Code::E5M2, Code::E5M2, Result::F32, false,
         true, Added::Residual, false, 64, 16},
        anyN);
}

// Blocks of 128, 48 and 32 columns; two groups or more, of 128 and of 256.
TEST(QuantizedMatmul, BlockScales) {
  const Shape shapes[] = {{130, 256, 512}, {1, 128, 256},   {2, 384, 256},   {37, 128, 1152},
                          {64, 128, 640},  {63, 256, 256},  {129, 128, 256}, {67, 384, 256},
                          {7, 128, 896},   {256, 128, 384}, {11, 640, 256},  {193, 128, 512}};
  check({"#lowp.schedule<wgmma, tile = 128x128x128, stages = 6, raster = 2>", Code::E4M3, Code::E4M3, Result::BF16,
         true, true, Added::Nothing, true, 128, 128, 128, 128},
        shapes);
}

TEST(QuantizedMatmul, SmallBlockScales) {
  const Shape shapes[] = {{65, 96, 640},  {1, 48, 384}, {17, 144, 256}, {31, 240, 256}, {130, 48, 640},
                          {64, 336, 256}, {5, 96, 896}, {13, 528, 256}, {2, 48, 256},   {71, 192, 384}};
  check({"#lowp.schedule<wgmma, tile = 64x48x128, stages = 8, raster = 3>", Code::E5M2, Code::E4M3, Result::F32, true,
         true, Added::Residual, false, 64, 48, 128, 48},
        shapes);
}

TEST(QuantizedMatmul, LongBlockScales) {
  const Shape shapes[] = {{130, 64, 512}, {1, 32, 512},   {19, 160, 512}, {127, 96, 768}, {64, 32, 1280},
                          {33, 224, 512}, {128, 64, 512}, {3, 32, 1024},  {257, 32, 512}, {9, 352, 512}};
  check({"#lowp.schedule<wgmma, tile = 128x32x128, stages = 4, raster = 1>", Code::E4M3, Code::E5M2, Result::F16, true,
         true, Added::Bias, false, 128, 32, 256, 32},
        shapes);
}

} // namespace
