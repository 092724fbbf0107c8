//===- ForeignIRTest.cpp - Other compilers' IR, run before and after ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "quant-opt/Execution/Execution.h"
#include "quant-opt/InitAll.h"
#include "quant-opt/Transforms/Passes.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"
#include <random>

using namespace mlir;
using namespace quantopt;

namespace {

std::vector<std::string> listFiles() {
  std::vector<std::string> files;
  std::error_code error;
  for (llvm::sys::fs::recursive_directory_iterator it(QUANTOPT_SOURCE_DIR "/test/ForeignIR", error), end; it != end;
       it.increment(error))
    if (llvm::sys::path::extension(it->path()) == ".mlir")
      files.push_back(it->path());
  llvm::sort(files);
  return files;
}

/// Normal floats, integers of 0 to 7; dynamic dimensions of length 3.
HostTensor makeInput(RankedTensorType type, std::mt19937 &random) {
  SmallVector<int64_t> shape;
  for (int64_t length : type.getShape())
    shape.push_back(ShapedType::isDynamic(length) ? 3 : length);
  ElementKind kind = *lowp::getElementKind(type.getElementType());
  HostTensor tensor = HostTensor::allocate(shape, kind);
  std::normal_distribution<float> normal;
  for (int64_t i = 0; i < tensor.getNumElements(); ++i) {
    llvm::APFloat value(normal(random));
    bool losesInfo;
    if (auto floatType = dyn_cast<FloatType>(type.getElementType())) {
      value.convert(floatType.getFloatSemantics(), llvm::APFloat::rmNearestTiesToEven, &losesInfo);
      uint64_t bits = value.bitcastToAPInt().getZExtValue();
      std::memcpy(tensor.getData() + i * getElementSize(kind), &bits, getElementSize(kind));
    } else {
      int64_t integer = random() % 8;
      std::memcpy(tensor.getData() + i * getElementSize(kind), &integer, getElementSize(kind));
    }
  }
  return tensor;
}

/// A float tensor's elements; empty for integers.
std::vector<double> getValues(const HostTensor &tensor) {
  std::vector<double> values;
  auto add = [&](const llvm::fltSemantics &semantics) {
    for (uint16_t bits : tensor.as<uint16_t>())
      values.push_back(llvm::APFloat(semantics, llvm::APInt(16, bits)).convertToDouble());
  };
  if (tensor.getKind() == ElementKind::F32)
    llvm::append_range(values, tensor.as<float>());
  else if (tensor.getKind() == ElementKind::F64)
    llvm::append_range(values, tensor.as<double>());
  else if (tensor.getKind() == ElementKind::F16)
    add(llvm::APFloat::IEEEhalf());
  else if (tensor.getKind() == ElementKind::BF16)
    add(llvm::APFloat::BFloat());
  return values;
}

double getRelativeError(ArrayRef<double> values, ArrayRef<double> reference) {
  double error = 0, norm = 0;
  for (auto [value, exact] : llvm::zip_equal(values, reference)) {
    error += (value - exact) * (value - exact);
    norm += exact * exact;
  }
  return norm == 0 ? std::sqrt(error) : std::sqrt(error / norm);
}

class ForeignIR : public testing::TestWithParam<std::string> {
protected:
  static MLIRContext &getContext() {
    static DialectRegistry registry = [] {
      DialectRegistry registry;
      registerAllDialects(registry);
      return registry;
    }();
    static MLIRContext context(registry);
    return context;
  }
};

// int8 weights by channel and int8 inputs by token stay within a few percent of float; where nothing is quantized
// the result is the same bytes.
TEST_P(ForeignIR, RunsQuantized) {
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(GetParam(), &getContext());
  ASSERT_TRUE(module);
  auto function = module->lookupSymbol<func::FuncOp>("main");
  if (!function)
    for (func::FuncOp candidate : module->getOps<func::FuncOp>())
      if (candidate.isPublic())
        function = candidate;
  ASSERT_TRUE(function);
  std::mt19937 random(7);
  Sample sample;
  for (Type type : function.getArgumentTypes())
    sample.push_back(makeInput(cast<RankedTensorType>(type), random));
  auto reference = runFunction(function, sample);
  ASSERT_TRUE(succeeded(reference));

  PassManager manager(&getContext());
  QuantPlanPassOptions plan;
  plan.input = "i8, token, dynamic";
  manager.addPass(createQuantPlanPass(plan));
  manager.addPass(createRtnRoundPass());
  ASSERT_TRUE(succeeded(manager.run(*module)));
  bool isQuantized = false;
  module->walk([&](lowp::DequantizeOp) { isQuantized = true; });
  auto quantized = runFunction(function, sample);
  ASSERT_TRUE(succeeded(quantized));
  ASSERT_EQ(quantized->size(), reference->size());
  for (auto [result, exact] : llvm::zip_equal(*quantized, *reference)) {
    ASSERT_EQ(result.getShape(), exact.getShape());
    if (!isQuantized) {
      EXPECT_EQ(StringRef(result.getData(), result.getSizeInBytes()),
                StringRef(exact.getData(), exact.getSizeInBytes()));
      continue;
    }
    double error = getRelativeError(getValues(result), getValues(exact));
    EXPECT_LT(error, 0.05);
    RecordProperty("error", std::to_string(error));
  }
}

INSTANTIATE_TEST_SUITE_P(Files, ForeignIR, testing::ValuesIn(listFiles()), [](const auto &info) {
  std::string name = info.param.substr(info.param.find("ForeignIR/") + 10);
  for (char &c : name)
    c = isalnum(c) ? c : '_';
  return name;
});

} // namespace
