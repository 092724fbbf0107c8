//===- StagedRunTest.cpp --------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExecutionTestUtils.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace quantopt;
using namespace mlir;

namespace {

/// Two layers x -> x + relu(x w) with a weight of 2 x 2 each, kept live across the contraction by the sum.
const char *const twoLayers = R"mlir(
  func.func @f(%x0: tensor<?x2xf32>) -> tensor<?x2xf32> {
    %c0 = arith.constant 0 : index
    %zero = arith.constant 0.0 : f32
    %n = tensor.dim %x0, %c0 : tensor<?x2xf32>
    %empty = tensor.empty(%n) : tensor<?x2xf32>
    %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<?x2xf32>) -> tensor<?x2xf32>
    %w0 = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
    %h0 = linalg.add ins(%x0, %x0 : tensor<?x2xf32>, tensor<?x2xf32>) outs(%empty : tensor<?x2xf32>) -> tensor<?x2xf32>
    %y0 = linalg.matmul ins(%h0, %w0 : tensor<?x2xf32>, tensor<2x2xf32>) outs(%init : tensor<?x2xf32>) -> tensor<?x2xf32>
    %x1 = linalg.add ins(%x0, %y0 : tensor<?x2xf32>, tensor<?x2xf32>) outs(%empty : tensor<?x2xf32>) -> tensor<?x2xf32>
    %w1 = arith.constant dense<[[1.0, 0.0], [0.0, 1.0]]> : tensor<2x2xf32>
    %h1 = linalg.add ins(%x1, %x1 : tensor<?x2xf32>, tensor<?x2xf32>) outs(%empty : tensor<?x2xf32>) -> tensor<?x2xf32>
    %y1 = linalg.matmul ins(%h1, %w1 : tensor<?x2xf32>, tensor<2x2xf32>) outs(%init : tensor<?x2xf32>) -> tensor<?x2xf32>
    %x2 = linalg.add ins(%x1, %y1 : tensor<?x2xf32>, tensor<?x2xf32>) outs(%empty : tensor<?x2xf32>) -> tensor<?x2xf32>
    return %x2 : tensor<?x2xf32>
  })mlir";

class StagedRunTest : public ExecutionTest {
protected:
  /// The inputs of the matmuls of `function`.
  static SmallVector<Value> getStops(func::FuncOp function) {
    SmallVector<Value> stops;
    function.walk([&](linalg::MatmulOp op) { stops.push_back(op.getInputs()[0]); });
    return stops;
  }

  static std::vector<std::vector<float>> runAll(func::FuncOp function, ArrayRef<Sample> samples, unsigned threads) {
    std::vector<std::vector<float>> results(samples.size());
    ExecutionOptions options;
    options.threads = threads;
    StagedRun run(function, {}, options);
    EXPECT_TRUE(succeeded(run.run(samples, nullptr, [&](size_t sample, ArrayRef<HostTensor> tensors) {
      results[sample] = tensors[0].as<float>().vec();
      return success();
    })));
    return results;
  }
};

TEST_F(StagedRunTest, NoStops) {
  auto results = runAll(parse(twoLayers), {{makeRamp({1, 2})}, {makeRamp({1, 2}, 1, 1)}}, 2);
  // x0 = [0 1]: y0 = 2 x0 w0 = [6 8], x1 = [6 9], x2 = 3 x1.
  EXPECT_EQ(results[0], (std::vector<float>{18, 27}));
  // x0 = [1 2]: y0 = [14 20], x1 = [15 22].
  EXPECT_EQ(results[1], (std::vector<float>{45, 66}));
}

TEST_F(StagedRunTest, VisitorSeesAllSamplesInOrder) {
  func::FuncOp function = parse(twoLayers);
  SmallVector<Value> stops = getStops(function);
  StagedRun run(function, stops);
  std::vector<float> seen;
  auto onStop = [&](Value stop, ArrayRef<HostTensor> samples) {
    EXPECT_EQ(stop, stops[seen.size() / 4]);
    for (const HostTensor &sample : samples)
      llvm::append_range(seen, sample.as<float>());
    return success();
  };
  ASSERT_TRUE(succeeded(run.run({{makeRamp({1, 2})}, {makeRamp({1, 2}, 1, 1)}}, onStop, nullptr))) << errors;
  EXPECT_EQ(seen, (std::vector<float>{0, 2, 2, 4, 12, 18, 30, 44}));
}

TEST_F(StagedRunTest, RewritingAWeightChangesWhatFollows) {
  func::FuncOp function = parse(twoLayers);
  SmallVector<linalg::MatmulOp> matmuls(function.getOps<linalg::MatmulOp>());
  StagedRun run(function, getStops(function));
  size_t visited = 0;
  auto onStop = [&](Value stop, ArrayRef<HostTensor>) {
    // Double each weight as its input is seen.
    linalg::MatmulOp op = matmuls[visited++];
    auto constant = op.getInputs()[1].getDefiningOp<arith::ConstantOp>();
    auto elements = cast<DenseElementsAttr>(constant.getValue());
    OpBuilder builder(op);
    Value doubled = arith::ConstantOp::create(
        builder, op.getLoc(),
        cast<TypedAttr>(Attribute(elements.mapValues(
            builder.getF32Type(), [](const APFloat &value) { return (value + value).bitcastToAPInt(); }))));
    op->setOperand(1, doubled);
    constant.erase();
    return success();
  };
  std::vector<float> result;
  auto onResult = [&](size_t, ArrayRef<HostTensor> tensors) {
    result = tensors[0].as<float>().vec();
    return success();
  };
  ASSERT_TRUE(succeeded(run.run({{makeRamp({1, 2})}}, onStop, onResult))) << errors;
  // y0 = [12 16], x1 = [12 17], x2 = 5 x1.
  EXPECT_EQ(result, (std::vector<float>{60, 85}));
}

TEST_F(StagedRunTest, StopAtArgumentAndSeveralResults) {
  func::FuncOp function = parse(R"mlir(
    func.func @f(%a: tensor<2xf32>, %b: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
      %s = arith.addf %a, %b : tensor<2xf32>
      return %s, %a, %s : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
    })mlir");
  StagedRun run(function, {function.getArgument(1)});
  size_t stops = 0;
  auto onStop = [&](Value, ArrayRef<HostTensor> samples) {
    ++stops;
    expectEqual<float>(samples[0], {2}, {5, 6});
    return success();
  };
  auto onResult = [&](size_t, ArrayRef<HostTensor> tensors) {
    EXPECT_EQ(tensors.size(), 3u);
    expectEqual<float>(tensors[0], {2}, {5, 7});
    expectEqual<float>(tensors[1], {2}, {0, 1});
    expectEqual<float>(tensors[2], {2}, {5, 7});
    return success();
  };
  ASSERT_TRUE(succeeded(run.run({{makeRamp({2}), makeRamp({2}, 1, 5)}}, onStop, onResult))) << errors;
  EXPECT_EQ(stops, 1u);
}

TEST_F(StagedRunTest, SamplesOfDifferentShape) {
  auto results = runAll(parse(twoLayers), {{makeRamp({1, 2})}, {makeRamp({2, 2})}}, 1);
  EXPECT_EQ(results[0], (std::vector<float>{18, 27}));
  EXPECT_EQ(results[1], (std::vector<float>{18, 27, 72, 105}));
}

TEST_F(StagedRunTest, SameBytesForAnyThreadCount) {
  func::FuncOp function = parse(twoLayers);
  std::vector<Sample> samples;
  for (int i = 0; i < 9; ++i)
    samples.push_back({makeRamp({37, 2}, 0.123f, i * 0.777f)});
  EXPECT_EQ(runAll(function, samples, 1), runAll(function, samples, 2));
}

TEST_F(StagedRunTest, VisitorFailureEndsTheRun) {
  func::FuncOp function = parse(twoLayers);
  StagedRun run(function, getStops(function));
  auto onStop = [&](Value, ArrayRef<HostTensor>) -> LogicalResult { return failure(); };
  auto onResult = [&](size_t, ArrayRef<HostTensor>) -> LogicalResult {
    ADD_FAILURE() << "ran on";
    return success();
  };
  EXPECT_TRUE(failed(run.run({{makeRamp({1, 2})}}, onStop, onResult)));
}

TEST_F(StagedRunTest, WrongNumberOfArguments) {
  func::FuncOp function = parse(twoLayers);
  StagedRun run(function, {});
  EXPECT_TRUE(failed(run.run({{}}, nullptr, [](size_t, ArrayRef<HostTensor>) { return success(); })));
  EXPECT_NE(errors.find("takes 1 arguments, not 0"), std::string::npos) << errors;
}

} // namespace
