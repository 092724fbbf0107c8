//===- LowPToLinalgTest.cpp - lowp on the CPU, bit for bit ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What convert-lowp-to-linalg computes is compared with lib/Numerics, whose
// results are compared with numpy's: two implementations, the same bits.
//
//===----------------------------------------------------------------------===//

#include "ExecutionTestUtils.h"
#include "quant-opt/Numerics/Codecs.h"
#include "quant-opt/Numerics/Rounding.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>
#include <limits>

using namespace quantopt;

namespace {

using LowPToLinalgTest = ExecutionTest;

constexpr int64_t rows = 8, cols = 64;

/// Values of many magnitudes and both signs, some halves of a step; row 3 is zero.
std::vector<float> makeValues() {
  std::vector<float> values(rows * cols);
  uint32_t state = 12345;
  for (size_t i = 0; i < values.size(); ++i) {
    state = state * 1664525 + 1013904223;
    float unit = float(int32_t(state)) / 2147483648.0f;
    values[i] = i / cols == 3 ? 0.0f : std::ldexp(unit, int(i % 9) - 4);
    if (i % 7 == 0 && i / cols != 3)
      values[i] = float(int(i % 16) - 8) / 2;
  }
  return values;
}

struct Case {
  llvm::StringRef scheme, code;
  ElementKind kind;
  CodeRange range;
  int64_t blockRows, blockCols;
  bool asymmetric = false;
  llvm::StringRef scale = "f32";
  ScaleStorage storage = ScaleStorage::F32;
};

std::string makeFunction(const Case &c) {
  std::string params = llvm::formatv("{0}x{1}x", rows / c.blockRows, cols / c.blockCols);
  std::string scale = "tensor<" + params + c.scale.str() + ">", zero = "tensor<" + params + c.code.str() + ">";
  std::string zeroType = c.asymmetric ? ", " + zero : "", zeroUse = c.asymmetric ? ", %z" : "";
  return llvm::formatv(R"mlir(
    func.func @f(%x: tensor<8x64xf32>) -> ({1}{2}, tensor<8x64x{3}>, tensor<8x64xf32>, tensor<8x64xf32>) {{
      %s{4} = lowp.choose_params %x : tensor<8x64xf32> as #lowp.scheme<{0}> -> {1}{2}
      %q = lowp.quantize %x, %s{4} : tensor<8x64xf32>, {1}{2} -> tensor<8x64x{3}>
      %d = lowp.dequantize %q, %s{4} : tensor<8x64x{3}>, {1}{2} -> tensor<8x64xf32>
      %y = lowp.fake_quant %x, %s{4} as {3} : tensor<8x64xf32>, {1}{2}
      return %s{4}, %q, %d, %y : {1}{2}, tensor<8x64x{3}>, tensor<8x64xf32>, tensor<8x64xf32>
    })mlir",
                       c.scheme, scale, zeroType, c.code, zeroUse);
}

std::vector<float> toFloat(const HostTensor &tensor) {
  if (tensor.getKind() == ElementKind::F32)
    return tensor.as<float>().vec();
  std::vector<float> values(tensor.getNumElements());
  if (tensor.getKind() == ElementKind::F16)
    decodeF16(tensor.as<uint16_t>(), values);
  else
    decodeBF16(tensor.as<uint16_t>(), values);
  return values;
}

TEST_F(LowPToLinalgTest, SchemesMatchNumerics) {
  const Case cases[] = {
      {"i4, group = 16", "i4", ElementKind::I4, CodeRange::integer(4), 1, 16},
      {"i4, group = 16, asymmetric", "i4", ElementKind::I4, CodeRange::integer(4), 1, 16, true},
      {"i4, group = 32, asymmetric", "i4", ElementKind::I4, CodeRange::integer(4), 1, 32, true, "f16",
       ScaleStorage::F16},
      {"i8, token, dynamic", "i8", ElementKind::I8, CodeRange::integer(8), 1, cols},
      {"i8, channel", "i8", ElementKind::I8, CodeRange::integer(8), rows, 1},
      {"i8, channel", "i8", ElementKind::I8, CodeRange::integer(8), 1, cols, false, "bf16", ScaleStorage::BF16},
      {"i8, tensor, asymmetric", "i8", ElementKind::I8, CodeRange::integer(8), rows, cols, true},
      {"f8E4M3FN, block = 4x32", "f8E4M3FN", ElementKind::F8E4M3, CodeRange::f8E4M3(), 4, 32},
      {"f8E5M2, channel", "f8E5M2", ElementKind::F8E5M2, CodeRange::f8E5M2(), 1, cols},
  };
  std::vector<float> values = makeValues();
  MatrixRef matrix(values.data(), rows, cols);
  for (const Case &c : cases) {
    SCOPED_TRACE(c.scheme.str() + " scale " + c.scale.str());
    BlockScheme scheme{c.range, c.asymmetric, c.blockRows, c.blockCols, c.storage, {}};
    auto expected = roundMatrix(matrix, scheme);
    ASSERT_TRUE(bool(expected));
    std::vector<float> dequantized(values.size());
    dequantizeMatrix(expected->codes, rows, cols, c.range, expected->params, dequantized);

    auto results = run(makeFunction(c), {makeTensor<float>({rows, cols}, values, ElementKind::F32)});
    ASSERT_EQ(results.size(), c.asymmetric ? 5u : 4u) << errors;
    EXPECT_EQ(toFloat(results[0]), expected->params.scales);
    if (c.asymmetric) {
      EXPECT_EQ(results[1].as<int8_t>().vec(), expected->params.zeroPoints);
    }
    size_t next = c.asymmetric ? 2 : 1;
    EXPECT_EQ(results[next].as<int8_t>().vec(), expected->codes);
    EXPECT_EQ(results[next + 1].as<float>().vec(), dequantized);
    EXPECT_EQ(results[next + 2].as<float>().vec(), dequantized);
  }
}

/// NaN, infinities, ties, both zeros, subnormals, beyond every range.
std::vector<float> makeSpecials() {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  std::vector<float> values{NAN, -NAN, infinity, -infinity, 0.0f, -0.0f, 1e-40f, -1e-45f, 3e38f, -3e38f};
  for (float tie = -9.5f; tie < 10; tie += 0.5f)
    values.push_back(tie);
  for (float magnitude : {447.0f, 448.0f, 463.9f, 464.0f, 464.1f, 57344.0f, 61439.0f, 61440.0f, 61441.0f, 0.0009765625f,
                          0.0029296875f, 7.6e-6f, 2.3e-5f})
    values.insert(values.end(), {magnitude, -magnitude});
  return values;
}

TEST_F(LowPToLinalgTest, SpecialsSaturate) {
  std::vector<float> values = makeSpecials();
  int64_t count = values.size();
  std::pair<llvm::StringRef, CodeRange> codes[] = {{"i2", CodeRange::integer(2)},
                                                   {"i5", CodeRange::integer(5)},
                                                   {"i8", CodeRange::integer(8)},
                                                   {"f8E4M3FN", CodeRange::f8E4M3()},
                                                   {"f8E5M2", CodeRange::f8E5M2()}};
  for (auto &[code, range] : codes) {
    SCOPED_TRACE(code.str());
    // Values leave, not codes: no store holds an i5.
    std::string text = llvm::formatv(R"mlir(
      func.func @f(%x: tensor<?xf32>, %s: tensor<1xf32>) -> tensor<?xf32> {{
        %q = lowp.quantize %x, %s : tensor<?xf32>, tensor<1xf32> -> tensor<?x{0}>
        %d = lowp.dequantize %q, %s : tensor<?x{0}>, tensor<1xf32> -> tensor<?xf32>
        return %d : tensor<?xf32>
      })mlir",
                                     code);
    auto results = run(
        text, {makeTensor<float>({count}, values, ElementKind::F32), makeTensor<float>({1}, {0.5f}, ElementKind::F32)});
    ASSERT_EQ(results.size(), 1u) << errors;
    for (int64_t i = 0; i < count; ++i) {
      float expected = dequantizeValue(quantizeValue(values[i], 0.5f, 0, range), 0.5f, 0, range);
      float actual = results[0].as<float>()[i];
      EXPECT_TRUE(std::isnan(expected) ? std::isnan(actual) : expected == actual)
          << values[i] << " gave " << actual << ", not " << expected;
    }
  }
}

/// arith.truncf to 8-bit floats as upstream defines it (no saturation), arith.extf back: against LLVM's own APFloat.
TEST_F(LowPToLinalgTest, Float8CastsMatchAPFloat) {
  std::vector<float> values = makeSpecials();
  int64_t count = values.size();
  std::pair<llvm::StringRef, const llvm::fltSemantics *> formats[] = {{"f8E4M3FN", &llvm::APFloat::Float8E4M3FN()},
                                                                      {"f8E5M2", &llvm::APFloat::Float8E5M2()}};
  for (auto &[name, semantics] : formats) {
    SCOPED_TRACE(name.str());
    std::string text = llvm::formatv(R"mlir(
      func.func @f(%x: tensor<?xf32>) -> tensor<?xf32> {{
        %n = arith.truncf %x : tensor<?xf32> to tensor<?x{0}>
        %w = arith.extf %n : tensor<?x{0}> to tensor<?xf32>
        return %w : tensor<?xf32>
      })mlir",
                                     name);
    auto results = run(text, {makeTensor<float>({count}, values, ElementKind::F32)});
    ASSERT_EQ(results.size(), 1u) << errors;
    for (int64_t i = 0; i < count; ++i) {
      llvm::APFloat wanted(values[i]);
      bool losesInfo;
      wanted.convert(*semantics, llvm::APFloat::rmNearestTiesToEven, &losesInfo);
      wanted.convert(llvm::APFloat::IEEEsingle(), llvm::APFloat::rmNearestTiesToEven, &losesInfo);
      float expected = wanted.convertToFloat(), actual = results[0].as<float>()[i];
      EXPECT_TRUE(std::isnan(expected) ? std::isnan(actual) : expected == actual)
          << values[i] << " gave " << actual << ", not " << expected;
    }
  }
}

/// All 256 codes, and i4 constants and transposes through their carriers.
TEST_F(LowPToLinalgTest, EveryCodeIsRead) {
  std::vector<uint8_t> codes(256);
  for (int i = 0; i < 256; ++i)
    codes[i] = i;
  auto results = run(
      R"mlir(
    func.func @f(%a: tensor<256xf8E4M3FN>, %b: tensor<256xf8E5M2>) -> (tensor<256xf32>, tensor<256xf32>) {
      %s = arith.constant dense<1.0> : tensor<1xf32>
      %0 = lowp.dequantize %a, %s : tensor<256xf8E4M3FN>, tensor<1xf32> -> tensor<256xf32>
      %1 = lowp.dequantize %b, %s : tensor<256xf8E5M2>, tensor<1xf32> -> tensor<256xf32>
      return %0, %1 : tensor<256xf32>, tensor<256xf32>
    })mlir",
      {makeTensor<uint8_t>({256}, codes, ElementKind::F8E4M3), makeTensor<uint8_t>({256}, codes, ElementKind::F8E5M2)});
  ASSERT_EQ(results.size(), 2u) << errors;
  for (int i = 0; i < 256; ++i) {
    float e4m3 = decodeF8E4M3(i), e5m2 = decodeF8E5M2(i);
    EXPECT_TRUE(std::isnan(e4m3) ? std::isnan(results[0].as<float>()[i]) : e4m3 == results[0].as<float>()[i]) << i;
    EXPECT_TRUE(std::isnan(e5m2) ? std::isnan(results[1].as<float>()[i]) : e5m2 == results[1].as<float>()[i]) << i;
  }
}

TEST_F(LowPToLinalgTest, NarrowTensorsMove) {
  auto results = run(R"mlir(
    func.func @f(%a: tensor<2x3xi4>) -> (tensor<3x2xf32>, tensor<2x2xi4>) {
      %c = arith.constant dense<[[-8, 7, -1], [0, 1, -3]]> : tensor<2x3xi4>
      %s = arith.addi %a, %c : tensor<2x3xi4>
      %e = tensor.empty() : tensor<3x2xi4>
      %t = linalg.transpose ins(%s : tensor<2x3xi4>) outs(%e : tensor<3x2xi4>) permutation = [1, 0]
      %scale = arith.constant dense<0.5> : tensor<1x1xf32>
      %d = lowp.dequantize %t, %scale : tensor<3x2xi4>, tensor<1x1xf32> -> tensor<3x2xf32>
      %p = tensor.extract_slice %s[0, 1] [2, 2] [1, 1] : tensor<2x3xi4> to tensor<2x2xi4>
      return %d, %p : tensor<3x2xf32>, tensor<2x2xi4>
    })mlir",
                     {makeTensor<int8_t>({2, 3}, {-1, 1, 2, 3, -4, 5}, ElementKind::I4)});
  ASSERT_EQ(results.size(), 2u) << errors;
  // Sums wrap in four bits: -8 - 1 is 7, 7 + 1 is -8.
  expectEqual<float>(results[0], {3, 2}, {3.5f, 1.5f, -4.0f, -1.5f, 0.5f, 1.0f});
  expectEqual<int8_t>(results[1], {2, 2}, {-8, 1, -3, 2});
}

} // namespace
