//===- RunFunctionTest.cpp ------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExecutionTestUtils.h"

using namespace quantopt;

namespace {

using RunFunctionTest = ExecutionTest;

TEST_F(RunFunctionTest, MatmulStatic) {
  auto results = run(R"mlir(
    func.func @f(%a: tensor<2x3xf32>, %b: tensor<3x2xf32>) -> tensor<2x2xf32> {
      %zero = arith.constant 0.0 : f32
      %empty = tensor.empty() : tensor<2x2xf32>
      %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<2x2xf32>) -> tensor<2x2xf32>
      %r = linalg.matmul ins(%a, %b : tensor<2x3xf32>, tensor<3x2xf32>) outs(%init : tensor<2x2xf32>) -> tensor<2x2xf32>
      return %r : tensor<2x2xf32>
    })mlir",
                     {makeRamp({2, 3}), makeRamp({3, 2})});
  ASSERT_EQ(results.size(), 1u);
  expectEqual<float>(results[0], {2, 2}, {10, 13, 28, 40});
}

TEST_F(RunFunctionTest, MatmulKeepsInit) {
  auto results = run(R"mlir(
    func.func @f(%a: tensor<?x3xf32>, %b: tensor<2x3xf32>, %c: tensor<?x2xf32>) -> tensor<?x2xf32> {
      %r = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                          affine_map<(m, n, k) -> (m, n)>]
        ins(%a, %b : tensor<?x3xf32>, tensor<2x3xf32>) outs(%c : tensor<?x2xf32>) -> tensor<?x2xf32>
      return %r : tensor<?x2xf32>
    })mlir",
                     {makeRamp({2, 3}), makeRamp({2, 3}), makeRamp({2, 2}, 100)});
  ASSERT_EQ(results.size(), 1u);
  expectEqual<float>(results[0], {2, 2}, {5, 114, 214, 350});
}

TEST_F(RunFunctionTest, DynamicResult) {
  auto results = run(R"mlir(
    func.func @f(%a: tensor<4xf32>, %n: index) -> (tensor<?xf32>, index) {
      %s = tensor.extract_slice %a[1] [%n] [1] : tensor<4xf32> to tensor<?xf32>
      %r = arith.addf %s, %s : tensor<?xf32>
      return %r, %n : tensor<?xf32>, index
    })mlir",
                     {makeRamp({4}), makeTensor<int64_t>({}, {2}, ElementKind::I64)});
  ASSERT_EQ(results.size(), 2u);
  expectEqual<float>(results[0], {2}, {2, 4});
  expectEqual<int64_t>(results[1], {}, {2});
}

TEST_F(RunFunctionTest, FailedAssertionIsAnError) {
  auto function = parse(R"mlir(
    func.func @f(%a: tensor<?xf32>) -> tensor<?xf32> {
      %c0 = arith.constant 0 : index
      %c2 = arith.constant 2 : index
      %n = tensor.dim %a, %c0 : tensor<?xf32>
      %ok = arith.cmpi eq, %n, %c2 : index
      cf.assert %ok, "two are needed"
      return %a : tensor<?xf32>
    })mlir");
  EXPECT_TRUE(mlir::succeeded(runFunction(function, {makeRamp({2})})));
  EXPECT_TRUE(mlir::failed(runFunction(function, {makeRamp({3})})));
  EXPECT_NE(errors.find("assertion failed: two are needed"), std::string::npos) << errors;
}

} // namespace
