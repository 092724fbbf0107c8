//===- ExecutionTestUtils.h - IR text to results in one call -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EXECUTION_UTILS_H
#define QUANTOPT_TEST_UNIT_EXECUTION_UTILS_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "quant-opt/Execution/Execution.h"
#include "quant-opt/InitAll.h"
#include "gtest/gtest.h"

namespace quantopt {

template <typename T> HostTensor makeTensor(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<T> values, ElementKind kind) {
  HostTensor tensor = HostTensor::allocate(shape, kind);
  llvm::copy(values, tensor.as<T>().begin());
  return tensor;
}

inline HostTensor makeF32(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<float> values) {
  return makeTensor<float>(shape, values, ElementKind::F32);
}

/// 0, 1, 2, ... times `step`, shifted.
inline HostTensor makeRamp(llvm::ArrayRef<int64_t> shape, float step = 1.0f, float start = 0.0f) {
  HostTensor tensor = HostTensor::allocate(shape, ElementKind::F32);
  for (auto [i, value] : llvm::enumerate(tensor.as<float>()))
    value = start + step * i;
  return tensor;
}

/// A context with everything registered; keeps the messages of errors.
class ExecutionTest : public ::testing::Test {
protected:
  ExecutionTest() {
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.getDiagEngine().registerHandler([this](mlir::Diagnostic &diagnostic) {
      errors += diagnostic.str() + "\n";
      return mlir::success();
    });
  }

  mlir::func::FuncOp parse(llvm::StringRef text, llvm::StringRef name = "f") {
    module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    EXPECT_TRUE(module) << errors;
    return module ? module->lookupSymbol<mlir::func::FuncOp>(name) : mlir::func::FuncOp();
  }

  std::vector<HostTensor> run(llvm::StringRef text, const Sample &arguments) {
    auto results = runFunction(parse(text), arguments);
    EXPECT_TRUE(mlir::succeeded(results)) << errors;
    return mlir::succeeded(results) ? *results : std::vector<HostTensor>();
  }

  template <typename T>
  static void expectEqual(const HostTensor &tensor, llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<T> values) {
    EXPECT_EQ(tensor.getShape(), shape);
    llvm::ArrayRef<T> actual = tensor.as<T>();
    ASSERT_EQ(actual.size(), values.size());
    for (size_t i = 0; i < values.size(); ++i)
      EXPECT_EQ(actual[i], values[i]) << "element " << i;
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::string errors;
};

} // namespace quantopt

#endif // QUANTOPT_TEST_UNIT_EXECUTION_UTILS_H
