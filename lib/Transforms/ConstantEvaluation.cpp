//===- ConstantEvaluation.cpp - Runs computation on constants -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConstantEvaluation.h"
#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Analysis/TopologicalSortUtils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "quant-opt/Execution/Execution.h"

using namespace mlir;
using namespace quantopt;

/// A module of one function without arguments that returns `value`; null when the computation names a symbol.
static OwningOpRef<ModuleOp> outline(Value value) {
  llvm::SetVector<Operation *> slice;
  BackwardSliceOptions options;
  options.inclusive = true;
  options.omitUsesFromAbove = false;
  if (failed(getBackwardSlice(value.getDefiningOp(), &slice, options)))
    return nullptr;
  OwningOpRef<ModuleOp> module = ModuleOp::create(value.getLoc());
  OpBuilder builder(module->getBodyRegion());
  auto function = func::FuncOp::create(builder, value.getLoc(), "main", builder.getFunctionType({}, {value.getType()}));
  builder.setInsertionPointToEnd(function.addEntryBlock());
  IRMapping mapping;
  for (Operation *op : topologicalSort(slice)) {
    // Whatever the op or its regions refer to by name is not in the new module.
    bool namesSymbol = false;
    op->walk([&](Operation *inner) {
      for (NamedAttribute attribute : inner->getAttrs())
        namesSymbol |= isa<SymbolRefAttr>(attribute.getValue());
    });
    // An op inside another of the slice travels with it.
    if (namesSymbol)
      return nullptr;
    if (llvm::none_of(slice, [&](Operation *other) { return other->isProperAncestor(op); }))
      builder.clone(*op, mapping);
  }
  func::ReturnOp::create(builder, value.getLoc(), mapping.lookup(value));
  return module;
}

FailureOr<std::vector<float>> quantopt::evaluateConstant(Value value, std::string &reason) {
  if (!getElementTypeOrSelf(value.getType()).isF32() || !value.getDefiningOp()) {
    reason = "only computation of f32 is evaluated";
    return failure();
  }
  OwningOpRef<ModuleOp> module = outline(value);
  if (!module) {
    reason = "the weight is computed from symbols of the module";
    return failure();
  }
  ScopedDiagnosticHandler collect(value.getContext(), [&](Diagnostic &diagnostic) {
    reason = diagnostic.str();
    return success();
  });
  auto results = runFunction(*module->getOps<func::FuncOp>().begin(), /*arguments=*/{});
  if (failed(results))
    return failure();
  ArrayRef<float> elements = results->front().as<float>();
  return std::vector<float>(elements.begin(), elements.end());
}
