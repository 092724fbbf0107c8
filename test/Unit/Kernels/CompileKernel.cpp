//===- CompileKernel.cpp - From lowp operations to PTX in tests -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompileKernel.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "quant-opt/Conversion/Passes.h"
#include "quant-opt/InitAll.h"
#include "quant-opt/Target/PTX.h"
#include <map>

using namespace mlir;
using namespace quantopt;

/// The number of a launch's size; the tests' operands are constants but for the grid.
static uint32_t constantOf(Value value) {
  APInt number;
  if (!value || !matchPattern(value, m_ConstantInt(&number)))
    return 0;
  return number.getZExtValue();
}

/// The stages of `build`; false when one fails.
static bool run(ModuleOp module, llvm::function_ref<void(PassManager &)> build) {
  PassManager manager(module.getContext());
  build(manager);
  return succeeded(manager.run(module));
}

test::CompiledKernel test::compileKernel(const std::string &text) {
  static MLIRContext *context = [] {
    DialectRegistry registry;
    registerAllDialects(registry);
    return new MLIRContext(registry);
  }();
  // One kernel serves many shapes.
  static std::map<std::string, std::string> texts;
  CompiledKernel kernel;
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, context);
  if (!module || !run(*module, [](PassManager &manager) {
        manager.addPass(createConvertLowPToNVVM());
        manager.addPass(createCanonicalizerPass());
      })) {
    ADD_FAILURE() << "does not compile: " << text;
    return kernel;
  }
  module->walk([&](gpu::LaunchFuncOp launch) {
    kernel.name = launch.getKernelName().getValue().str();
    kernel.config.block = {constantOf(launch.getBlockSizeX()), 1, 1};
    kernel.config.dynamicSharedBytes = constantOf(launch.getDynamicSharedMemorySize());
    if (launch.hasClusterSize())
      kernel.config.cluster = {constantOf(launch.getClusterSizeX()), 1, 1};
  });
  std::string &known = texts[kernel.name];
  if (known.empty()) {
    FailureOr<SmallVector<PtxKernel>> kernels = failure();
    if (run(*module, [](PassManager &manager) { buildLowerToKernels(manager, LowerToPtxOptions()); }))
      kernels = generatePtx(*module);
    if (succeeded(kernels) && kernels->size() == 1)
      known = kernels->front().text;
    else
      ADD_FAILURE() << "does not compile: " << text;
  }
  kernel.ptx = known;
  return kernel;
}

void test::launchInOrders(ptx::test::KernelRun &run, size_t index, llvm::function_ref<void()> compare) {
  ArrayRef<ptx::test::Order> orders(ptx::test::allOrders);
  // The second seed is for the others: they take the orders in turn.
  for (const ptx::test::Order &order : index == 0 ? orders.drop_back() : orders.slice(index % orders.size(), 1)) {
    run.config.races = index == 0 && order.async == ptx::AsyncOrder::Late;
    std::vector<ptx::Hazard> hazards = run.launch(order);
    ASSERT_TRUE(hazards.empty()) << ptx::test::formatHazards(hazards);
    compare();
  }
}

static const llvm::fltSemantics &semanticsOf(bool isBf16) {
  return isBf16 ? llvm::APFloat::BFloat() : llvm::APFloat::IEEEhalf();
}

uint16_t test::roundTo16(float value, bool isBf16) {
  llvm::APFloat number(value);
  bool losesInfo;
  number.convert(semanticsOf(isBf16), llvm::APFloat::rmNearestTiesToEven, &losesInfo);
  return number.bitcastToAPInt().getZExtValue();
}

float test::widen16(uint16_t bits, bool isBf16) {
  llvm::APFloat number(semanticsOf(isBf16), llvm::APInt(16, bits));
  bool losesInfo;
  number.convert(llvm::APFloat::IEEEsingle(), llvm::APFloat::rmNearestTiesToEven, &losesInfo);
  return number.convertToFloat();
}
