//===- GoldenTest.cpp -----------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Against data/make_golden.py, which follows docs/numerics.md in numpy.
//
//===----------------------------------------------------------------------===//

#include "TestData.h"
#include "quant-opt/Numerics/Gptq.h"
#include "gtest/gtest.h"

using namespace quantopt;
using namespace quantopt::test;

namespace {

#include "data/golden.inc"

constexpr int64_t rows = 16, cols = 64, tokens = 256;

std::vector<float> makeWeight() {
  std::vector<float> result(rows * cols);
  for (uint64_t i = 0; i != result.size(); ++i) {
    double unit = double(i * 2654435761ull % (1ull << 32)) / 4294967296.0;
    result[i] = float((unit - 0.45) * double(1 + i % 5));
  }
  return result;
}

std::vector<double> makeGoldenHessian() {
  std::vector<float> x(tokens * cols);
  for (int64_t t = 0; t != tokens; ++t)
    for (int64_t j = 0; j != cols; ++j)
      x[t * cols + j] = float((t * (j + 3) + j * j + t * t / 7) % 23 - 11);
  HessianAccumulator accumulator(cols);
  accumulator.add({MatrixRef(x.data(), tokens, cols)}, 1);
  return accumulator.take();
}

void expectParams(const BlockParams &actual, llvm::ArrayRef<uint32_t> scales, llvm::ArrayRef<int8_t> zeros) {
  ASSERT_EQ(actual.scales.size(), scales.size());
  for (size_t i = 0; i != scales.size(); ++i)
    EXPECT_EQ(bits(actual.scales[i]), scales[i]) << i;
  EXPECT_EQ(actual.zeroPoints, zeros.vec());
}

void expectRounding(const BlockScheme &scheme, llvm::ArrayRef<int8_t> codes, llvm::ArrayRef<uint32_t> scales,
                    llvm::ArrayRef<int8_t> zeros = {}) {
  std::vector<float> weight = makeWeight();
  QuantizedMatrix actual = llvm::cantFail(roundMatrix({weight.data(), rows, cols}, scheme));
  expectParams(actual.params, scales, zeros);
  EXPECT_EQ(actual.codes, codes.vec());
}

TEST(Golden, Rounding) {
  expectRounding({CodeRange::integer(4), false, 1, 16, ScaleStorage::F16, {}}, int4GroupCodes, int4GroupScales);
  expectRounding({CodeRange::integer(4), true, 1, 32, ScaleStorage::BF16, {}}, int4AsymmetricCodes,
                 int4AsymmetricScales, int4AsymmetricZeros);
  expectRounding({CodeRange::integer(8), false, 1, 0, ScaleStorage::F32, {}}, int8ChannelCodes, int8ChannelScales);
  expectRounding({CodeRange::integer(3), true, 4, 8, ScaleStorage::F16, {}}, int3BlockCodes, int3BlockScales,
                 int3BlockZeros);
  expectRounding({CodeRange::f8E4M3(), false, 8, 32, ScaleStorage::F32, {}}, e4m3BlockCodes, e4m3BlockScales);
}

TEST(Golden, Gptq) {
  std::vector<float> weight = makeWeight();
  BlockScheme scheme{CodeRange::integer(4), false, 1, 16, ScaleStorage::F16, {}};
  GptqOptions options;
  options.damping = 0.01;
  HessianFactor factor = llvm::cantFail(factorHessian(makeGoldenHessian(), cols, 16, options));
  GptqResult result = llvm::cantFail(solveGptq({weight.data(), rows, cols}, factor, scheme, options));
  expectParams(result.quantized.params, gptqScales, {});
  int64_t different = 0;
  for (int64_t i = 0; i != rows * cols; ++i)
    different += result.quantized.codes[i] != gptqCodes[i];
  // Codes are defined up to ties that fp32 and fp64 see differently; one such tie changes the rest of its row.
  EXPECT_LE(different, cols);
  EXPECT_EQ(result.roundedRows, 0);
}

} // namespace
