//===- TritonMatmulTest.cpp - Products that Triton compiled ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// matmul of test/Emulator/triton/kernels.py for each type, and by tensor maps.
// Elements are small whole numbers, whose sums are exact in every format.
//
//===----------------------------------------------------------------------===//

#include "TritonKernel.h"
#include "quant-opt/Emulator/TensorMap.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;
using llvm::APFloat;

static constexpr int rows = 80, columns = 96, depth = 112; // multiples of 16 that no tile divides

static std::vector<int> multiply(const std::vector<int> &a, const std::vector<int> &b) {
  std::vector<int> c(rows * columns);
  for (int i = 0; i < rows; ++i)
    for (int k = 0; k < depth; ++k)
      for (int j = 0; j < columns; ++j)
        c[i * columns + j] += a[i * depth + k] * b[k * columns + j];
  return c;
}

/// Runs matmul on whole numbers up to `bound`, which `encode` writes as elements, at every order of asynchronous work.
template <typename Out, typename Encode>
static void checkMatmul(const std::string &name, int bound, Encode encodeInputs,
                        llvm::function_ref<Out(int)> encodeResult, bool hasSm80 = true) {
  auto a = randomArray<int>(rows * depth, -bound, bound, 1), b = randomArray<int>(depth * columns, -bound, bound, 2);
  std::vector<Out> expected;
  for (int value : multiply(a, b))
    expected.push_back(encodeResult(value));
  forEachFile(
      name,
      [&](TritonKernel &kernel) {
        for (AsyncOrder order : {AsyncOrder::Now, AsyncOrder::Late, AsyncOrder::Random}) {
          kernel.async = order;
          uint64_t out = kernel.allocate<Out>(rows * columns);
          kernel.runGrid({2, 2, 1}, kernel.upload(encodeInputs(a)), kernel.upload(encodeInputs(b)), out, rows, columns,
                         depth);
          EXPECT_EQ(kernel.download<Out>(out, rows * columns), expected);
        }
      },
      hasSm80);
}

TEST(Triton, MatmulF16) {
  checkMatmul<float>(
      "matmul_f16", 9, [](auto &m) { return encode<uint16_t>(m, APFloat::IEEEhalf()); },
      [](int v) { return float(v); });
}

TEST(Triton, MatmulBf16) {
  checkMatmul<uint16_t>(
      "matmul_bf16", 9, [](auto &m) { return encode<uint16_t>(m, APFloat::BFloat()); },
      [](int v) { return uint16_t(toBits(v, APFloat::BFloat())); });
}

TEST(Triton, MatmulTf32) {
  checkMatmul<float>(
      "matmul_tf32", 9, [](auto &m) { return std::vector<float>(m.begin(), m.end()); }, [](int v) { return float(v); });
}

TEST(Triton, MatmulS8) {
  checkMatmul<int>(
      "matmul_s8", 127, [](auto &m) { return std::vector<int8_t>(m.begin(), m.end()); }, [](int v) { return v; });
}

TEST(Triton, MatmulE4m3) {
  checkMatmul<float>(
      "matmul_e4m3", 8, [](auto &m) { return encode<uint8_t>(m, APFloat::Float8E4M3FN()); },
      [](int v) { return float(v); },
      /*hasSm80=*/false);
}

namespace {

/// What a tensor descriptor becomes: the map, the shape and the strides (in elements).
struct Descriptor {
  std::array<uint8_t, TensorMap::encodedBytes> map;
  int height, width;
  int64_t stride;
};

} // namespace

static Descriptor describe(uint64_t address, int height, int width, uint32_t boxHeight, uint32_t boxWidth,
                           Swizzle swizzle) {
  TensorMap map;
  map.element = TensorElement::F16;
  map.rank = 2;
  map.address = address;
  map.dims = {uint64_t(width), uint64_t(height)};
  map.strides = {2, uint64_t(width) * 2};
  map.box = {boxWidth, boxHeight};
  map.traversal = {1, 1};
  map.swizzle = swizzle;
  Descriptor descriptor = {{}, height, width, width};
  llvm::cantFail(encodeTensorMap(map, descriptor.map.data()));
  return descriptor;
}

TEST(Triton, MatmulByTensorMaps) {
  TritonKernel kernel("matmul_tensormap.sm_90a");
  auto a = randomArray<int>(rows * depth, -3, 3, 1), b = randomArray<int>(depth * columns, -3, 3, 2);
  const llvm::fltSemantics &half = APFloat::IEEEhalf();
  std::vector<int> transposed(b.size());
  for (int k = 0; k < depth; ++k)
    for (int j = 0; j < columns; ++j)
      transposed[j * depth + k] = b[k * columns + j];
  std::vector<uint16_t> expected = encode<uint16_t>(multiply(a, b), half);
  for (AsyncOrder order : {AsyncOrder::Now, AsyncOrder::Late, AsyncOrder::Random}) {
    kernel.async = order;
    uint64_t out = kernel.allocate<uint16_t>(rows * columns);
    uint64_t left = kernel.upload(encode<uint16_t>(a, half)), right = kernel.upload(encode<uint16_t>(transposed, half));
    Descriptor x = describe(left, rows, depth, 64, 32, Swizzle::B64),
               y = describe(right, columns, depth, 64, 32, Swizzle::B64);
    Descriptor z = describe(out, rows, columns, 64, 64, Swizzle::B128);
    kernel.runGrid({2, 2, 1}, x.map, x.height, x.width, x.stride, int64_t(1), y.map, y.height, y.width, y.stride,
                   int64_t(1), z.map, z.height, z.width, z.stride, int64_t(1), depth);
    EXPECT_EQ(kernel.download<uint16_t>(out, rows * columns), expected);
  }
}
