//===- MixedMatmulTest.cpp - Products with 4-bit codes, executed ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Kernels for many tokens and for few, all kinds of groups, on ragged shapes, in every order of asynchronous work,
// against sums in double of weights dequantized by hand.
//
//===----------------------------------------------------------------------===//

#include "CompileKernel.h"
#include "quant-opt/Numerics/Int4Packing.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

using namespace quantopt;
using namespace quantopt::test;

namespace {

struct Variant {
  const char *schedule;
  int64_t tokens; ///< of a tile
  int64_t split;  ///< blocks of a cluster; 0: wgmma
  bool isBf16, isF32Result, zeros, bias;
  bool isResidual = false; ///< the bias is [m, n]
};

struct Shape {
  int64_t m, n, k, groups;
};

/// Operands by hand, packed, and the expected results with how far from them a result may be.
struct Product {
  std::vector<uint16_t> tokens, scales, zeros;
  std::vector<uint32_t> words;
  std::vector<float> bias;
  std::vector<double> expected, slack;

  Product(const Variant &v, const Shape &s);
};

Product::Product(const Variant &v, const Shape &s) {
  Dice dice{uint64_t(s.m * 1000003 + s.n * 1009 + s.k)};
  auto encode = [&](float value) { return roundTo16(value, v.isBf16); };
  std::vector<int8_t> codes, points;
  std::vector<uint16_t> plainScales, plainZeros;
  for (int64_t i = 0; i < s.m * s.k; ++i)
    tokens.push_back(encode((int(dice(33)) - 16) / 8.0f));
  for (int64_t i = 0; i < s.n * s.k; ++i)
    codes.push_back(int8_t(dice(16)) - 8);
  for (int64_t i = 0; i < s.n * s.groups; ++i) {
    plainScales.push_back(encode((1 + dice(100)) / 777.0f));
    points.push_back(v.zeros ? int8_t(dice(16)) - 8 : 0);
    plainZeros.push_back(encode(points.back()));
  }
  for (int64_t i = 0; i < (v.isResidual ? s.m * s.n : s.n); ++i)
    bias.push_back(dice(100) / 8.0f);
  words = packInt4(codes, s.n, s.k);
  scales = packGroupParameters<uint16_t>(plainScales, s.n, s.groups);
  zeros = packGroupParameters<uint16_t>(plainZeros, s.n, s.groups);
  for (int64_t row = 0; row < s.m; ++row)
    for (int64_t column = 0; column < s.n; ++column) {
      double sum = 0, magnitude = 0;
      for (int64_t i = 0; i < s.k; ++i) {
        int64_t group = column * s.groups + i / (s.k / s.groups);
        float exact = (codes[column * s.k + i] - points[group]) * widen16(plainScales[group], v.isBf16);
        double product = double(widen16(tokens[row * s.k + i], v.isBf16)) * widen16(encode(exact), v.isBf16);
        sum += product;
        magnitude += std::abs(product);
      }
      expected.push_back(sum + (!v.bias ? 0 : v.isResidual ? bias[row * s.n + column] : bias[column]));
      slack.push_back(magnitude * 0x1p-18 + std::abs(expected.back()) * 0x1p-23);
    }
}

std::string makeText(const Variant &v, const Shape &s) {
  const char *element = v.isBf16 ? "bf16" : "f16";
  int64_t rowBlocks = (s.n + 63) / 64, columnBlocks = (s.k + 63) / 64;
  std::string lhs = llvm::formatv("tensor<{0}x{1}x{2}>", s.m, s.k, element);
  std::string rhs = llvm::formatv("tensor<{0}x{1}x128x4xi32>", rowBlocks, columnBlocks);
  std::string scale = llvm::formatv("tensor<{0}x{1}x{2}>", s.groups, rowBlocks * 64, element);
  std::string bias = llvm::formatv(v.isResidual ? "tensor<{1}x{0}xf32>" : "tensor<{0}xf32>", s.n, s.m);
  std::string out = llvm::formatv("tensor<{0}x{1}x{2}>", s.m, s.n, v.isF32Result ? "f32" : element);
  std::string types = lhs + ", " + rhs + ", " + scale + (v.zeros ? ", " + scale : "") + (v.bias ? ", " + bias : "");
  return llvm::formatv("func.func @f(%x: {0}, %w: {1}, %s: {2}, %z: {2}, %b: {3}) -> {4} {{\n"
                       "  %y = lowp.mixed_matmul %x, %w scale(%s) {5} {6} {{lowp.schedule = {7}} : ({8}) -> {4}\n"
                       "  return %y : {4}\n}\n",
                       lhs, rhs, scale, bias, out, v.zeros ? "zero(%z)" : "", v.bias ? "bias(%b)" : "", v.schedule,
                       types);
}

double readResult(const std::vector<uint8_t> &bytes, size_t index, const Variant &v) {
  if (!v.isF32Result) {
    uint16_t bits;
    std::memcpy(&bits, &bytes[2 * index], 2);
    return widen16(bits, v.isBf16);
  }
  float value;
  std::memcpy(&value, &bytes[4 * index], 4);
  return value;
}

void checkShape(const Variant &v, const Shape &s, size_t index) {
  SCOPED_TRACE(llvm::formatv("{0} {1} x {2} x {3}, {4} groups", v.schedule, s.m, s.n, s.k, s.groups).str());
  CompiledKernel kernel = compileKernel(makeText(v, s));
  Product product(v, s);
  ptx::test::KernelRun run(kernel.ptx, kernel.name);
  run.config = kernel.config;
  uint64_t tokens = run.addBuffer("x", product.tokens);
  run.pass(run.addBuffer("w", product.words)).pass(run.addBuffer("s", product.scales));
  if (v.zeros)
    run.pass(run.addBuffer("z", product.zeros));
  if (v.bias)
    run.pass(run.addBuffer("b", product.bias));
  int64_t bytes = v.isF32Result ? 4 : 2;
  uint64_t out = run.addBuffer("y", std::vector<uint8_t>(s.m * s.n * bytes, 0xff), /*isResult=*/true);
  auto element = v.isBf16 ? ptx::TensorElement::BF16 : ptx::TensorElement::F16;
  run.pass(out).pass(mapOf<uint16_t>(element, tokens, s.m, s.k, v.tokens));
  if (!v.split && !v.isF32Result && s.n % 8 == 0)
    run.pass(mapOf<uint16_t>(element, out, s.m, s.n, std::min<int64_t>(v.tokens, 64)));
  run.pass(int32_t(s.m)).pass(int32_t(s.n)).pass(int32_t(s.k));
  run.config.grid = {v.split ? uint32_t((s.n + 63) / 64 * v.split) : 2, 1, 1};
  launchInOrders(run, index, [&] {
    for (size_t i = 0; i < product.expected.size(); ++i) {
      double value = readResult(run.results[0], i, v), wanted = product.expected[i];
      double rounding = v.isF32Result ? 0 : std::abs(wanted) * (v.isBf16 ? 0x1p-8 : 0x1p-11) + 0x1p-24;
      ASSERT_LE(std::abs(value - wanted), product.slack[i] + rounding) << i << ": " << value << " for " << wanted;
    }
  });
}

void check(const Variant &v, llvm::ArrayRef<Shape> shapes) {
  for (auto [index, shape] : llvm::enumerate(shapes))
    checkShape(v, shape, index);
}

// The first shape of each list fills every stage of the ring more than once: races are looked for there. Then lengths
// of one, primes, one more and less than a tile of tokens and of 64 columns, k that ends inside a block of 64 where the
// groups let it (a multiple of 8, as TMA needs).
TEST(MixedMatmul, ManyTokens) {
  const Shape shapes[] = {{70, 72, 384, 3}, {1, 8, 128, 1},    {17, 200, 384, 3}, {257, 72, 128, 1}, {300, 40, 256, 2},
                          {31, 64, 640, 5}, {255, 72, 128, 1}, {2, 1024, 128, 1}, {53, 16, 1024, 8}, {97, 128, 384, 3}};
  check({"#lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = 2>", 256, 0, true, false, false, false},
        shapes);
}

TEST(MixedMatmul, ManyTokensGroupsOf32) {
  const Shape shapes[] = {{66, 72, 416, 13}, {1, 1, 32, 1},     {17, 200, 96, 3},  {70, 133, 160, 5},
                          {130, 72, 256, 8}, {63, 127, 64, 2},  {64, 65, 352, 11}, {5, 3, 224, 7},
                          {33, 67, 32, 1},   {128, 31, 544, 17}};
  check({"#lowp.schedule<wgmma, tile = 128x64x128, stages = 6, raster = 1>", 64, 0, false, false, true, true}, shapes);
}

TEST(MixedMatmul, ManyTokensGroupsOf64) {
  const Shape shapes[] = {{130, 136, 256, 4}, {1, 8, 64, 1},     {2, 72, 128, 2},   {19, 8, 448, 7},
                          {127, 200, 64, 1},  {129, 56, 320, 5}, {47, 264, 128, 2}, {11, 24, 832, 13}};
  check({"#lowp.schedule<wgmma, tile = 128x128x128, stages = 6, raster = 2>", 128, 0, false, false, false, true, true},
        shapes);
}

TEST(MixedMatmul, ManyTokensOneScaleARow) {
  const Shape shapes[] = {{65, 250, 72, 1}, {1, 1, 8, 1},     {17, 200, 136, 1}, {40, 129, 200, 1}, {2, 3, 16, 1},
                          {31, 64, 520, 1}, {15, 127, 64, 1}, {16, 128, 24, 1},  {23, 5, 1000, 1},  {3, 65, 328, 1}};
  check({"#lowp.schedule<wgmma, tile = 128x16x128, stages = 6, raster = 4>", 16, 0, true, true, true, true, true},
        shapes);
}

TEST(MixedMatmul, ManyTokensOneWarpgroup) {
  const Shape shapes[] = {{33, 72, 256, 1}, {1, 64, 128, 1}, {67, 7, 64, 1}, {29, 130, 320, 1}};
  check({"#lowp.schedule<wgmma, tile = 64x32x128, stages = 6, raster = 3>", 32, 0, true, false, true, false}, shapes);
}

TEST(MixedMatmul, FewTokens) {
  const Shape shapes[] = {{8, 264, 256, 2}, {1, 8, 128, 1},   {3, 200, 384, 3}, {7, 1, 640, 5},   {1, 1, 1152, 9},
                          {2, 65, 128, 1},  {5, 127, 256, 2}, {4, 3, 896, 7},   {6, 64, 1408, 11}};
  check({"#lowp.schedule<stream, tile = 64x8x128, stages = 4, warps = 4x2, split = 1>", 8, 1, true, false, false, true},
        shapes);
}

TEST(MixedMatmul, FewTokensGroupsOf32) {
  const Shape shapes[] = {{16, 264, 256, 8}, {1, 8, 64, 2},     {9, 133, 96, 3},  {16, 65, 1056, 33},
                          {13, 1, 32, 1},    {2, 127, 352, 11}, {11, 64, 160, 5}, {1, 7, 928, 29}};
  check(
      {"#lowp.schedule<stream, tile = 64x16x128, stages = 2, warps = 4x4, split = 1>", 16, 1, false, true, true, false},
      shapes);
}

TEST(MixedMatmul, FewTokensGroupsOf64) {
  const Shape shapes[] = {{5, 72, 448, 7}, {1, 1, 64, 1}, {8, 130, 192, 3}, {3, 61, 1216, 19}, {2, 256, 128, 2}};
  check({"#lowp.schedule<stream, tile = 64x8x128, stages = 3, warps = 4x1, split = 4>", 8, 4, false, true, true, true,
         true},
        shapes);
}

TEST(MixedMatmul, FewTokensInClusters) {
  const Shape shapes[] = {{9, 133, 704, 11}, {1, 8, 64, 1}, {16, 264, 512, 8}, {16, 65, 1024, 16}, {5, 70, 1216, 19}};
  for (auto [schedule, split] :
       {std::pair("#lowp.schedule<stream, tile = 64x16x128, stages = 4, warps = 4x2, split = 2>", 2),
        std::pair("#lowp.schedule<stream, tile = 64x16x128, stages = 3, warps = 4x1, split = 8>", 8)})
    check({schedule, 16, split, false, false, true, true}, shapes);
}

TEST(MixedMatmul, FewTokensOneScaleARow) {
  const Shape shapes[] = {{5, 70, 72, 1},  {1, 1, 8, 1},    {13, 129, 200, 1}, {16, 64, 136, 1},
                          {2, 3, 1000, 1}, {7, 65, 328, 1}, {11, 256, 24, 1},  {4, 31, 520, 1}};
  check(
      {"#lowp.schedule<stream, tile = 64x16x128, stages = 4, warps = 4x2, split = 2>", 16, 2, true, true, false, true},
      shapes);
}

} // namespace
