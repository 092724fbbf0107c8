//===- GoldenTests.cpp - Logits of tiny models against transformers -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inputs/make_models.py made the models, the inputs and what transformers
// computes from them in f32.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "quant-opt/Checkpoint/Npz.h"
#include "quant-opt/Execution/Execution.h"
#include "quant-opt/Import/Import.h"
#include "quant-opt/InitAll.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace quantopt;

namespace {

struct Golden {
  const char *model, *inputs, *expected;
};

std::vector<NamedArray> read(llvm::StringRef name) {
  llvm::Expected<std::vector<NamedArray>> arrays = readNpz((QUANTOPT_MODELS "/" + name).str());
  if (!arrays) {
    ADD_FAILURE() << llvm::toString(arrays.takeError());
    return {};
  }
  return std::move(*arrays);
}

/// Largest difference over the largest wanted value.
double getRelativeError(llvm::ArrayRef<float> got, llvm::ArrayRef<float> wanted) {
  double difference = 0, scale = 0;
  for (auto [g, w] : llvm::zip_equal(got, wanted)) {
    if (!std::isfinite(g))
      return INFINITY;
    difference = std::max(difference, std::abs(double(g) - double(w)));
    scale = std::max(scale, std::abs(double(w)));
  }
  return difference / scale;
}

class GoldenModel : public testing::TestWithParam<Golden> {};

TEST_P(GoldenModel, OutputsAreThoseOfTransformers) {
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  auto model = importModel((QUANTOPT_MODELS "/" + llvm::StringRef(GetParam().model)).str(), &context);
  ASSERT_TRUE(mlir::succeeded(model));
  Sample sample;
  for (const NamedArray &array : read(GetParam().inputs)) {
    HostTensor tensor = HostTensor::allocate(array.shape, array.kind);
    llvm::copy(array.data.getBytes(), tensor.getData());
    sample.push_back(tensor);
  }
  auto outputs = runFunction(model->module->lookupSymbol<mlir::func::FuncOp>("main"), sample);
  ASSERT_TRUE(mlir::succeeded(outputs));
  std::vector<NamedArray> expected = read(GetParam().expected);
  ASSERT_EQ(outputs->size(), expected.size());
  for (auto [got, wanted] : llvm::zip_equal(*outputs, expected)) {
    ASSERT_EQ(got.getShape(), llvm::ArrayRef<int64_t>(wanted.shape)) << wanted.name;
    EXPECT_LT(getRelativeError(got.as<float>(), wanted.data.as<float>()), 1e-5) << wanted.name;
  }
}

TEST(BadIds, AreAnError) {
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  std::string message;
  mlir::ScopedDiagnosticHandler handler(&context, [&](mlir::Diagnostic &diagnostic) { message += diagnostic.str(); });
  auto model = importModel(QUANTOPT_MODELS "/llama", &context);
  ASSERT_TRUE(mlir::succeeded(model));
  for (int64_t id : {96, -1}) {
    HostTensor ids = HostTensor::allocate({2}, ElementKind::I64);
    ids.as<int64_t>()[0] = 3;
    ids.as<int64_t>()[1] = id;
    message.clear();
    EXPECT_TRUE(mlir::failed(runFunction(model->module->lookupSymbol<mlir::func::FuncOp>("main"), {ids})));
    EXPECT_NE(message.find("id outside the 96 rows of model.embed_tokens"), std::string::npos) << message;
  }
}

const Golden goldens[] = {
    {"llama", "llama/ids.npz", "llama/expected.npz"},
    {"mistral", "mistral/ids.npz", "mistral/expected.npz"},
    {"qwen2", "qwen2/ids.npz", "qwen2/expected.npz"},
    {"qwen3", "qwen3/ids.npz", "qwen3/expected.npz"},
    {"gemma", "gemma/ids.npz", "gemma/expected.npz"},
    {"gemma2", "gemma2/ids.npz", "gemma2/expected.npz"},
    {"gemma3", "gemma3/ids.npz", "gemma3/expected.npz"},
    {"granite", "granite/ids.npz", "granite/expected.npz"},
    {"olmo2", "olmo2/ids.npz", "olmo2/expected.npz"},
    {"stablelm", "stablelm/ids.npz", "stablelm/expected.npz"},
    {"bert", "bert/ids.npz", "bert/expected.npz"},
    {"llama.gguf", "llama/ids.npz", "llama/expected.npz"},
    {"gemma3.gguf", "llama/ids.npz", "gemma3.gguf.expected.npz"},
};

INSTANTIATE_TEST_SUITE_P(Models, GoldenModel, testing::ValuesIn(goldens), [](const auto &info) {
  std::string name = info.param.model;
  llvm::replace(name, '.', '_');
  return name;
});

} // namespace
