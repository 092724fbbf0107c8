//===- Segment.cpp - One compiled step of a staged run --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Segment.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

FailureOr<Segment> Segment::create(func::FuncOp function, ArrayRef<Value> inputs, ArrayRef<Value> outputs,
                                   ArrayRef<HostTensor> example, Compiler &compiler) {
  FailureOr<Outlined> outlined = outlineSlice(function, inputs, outputs);
  if (failed(outlined))
    return failure();
  return compile(std::move(*outlined), inputs.size(), example, function, compiler);
}

FailureOr<Segment> Segment::createWhole(func::FuncOp function, ArrayRef<HostTensor> example, Compiler &compiler) {
  FailureOr<Outlined> outlined = outlineFunction(function);
  if (failed(outlined))
    return failure();
  return compile(std::move(*outlined), function.getNumArguments(), example, function, compiler);
}

/// Shapes reach every op, so that what depended on a shape only depends on nothing.
static LogicalResult canonicalize(ModuleOp module) {
  PassManager pm(module.getContext(), ModuleOp::getOperationName());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  return pm.run(module);
}

FailureOr<Segment> Segment::compile(Outlined &&outlined, size_t numInputs, ArrayRef<HostTensor> example,
                                    func::FuncOp function, Compiler &compiler) {
  if (!example.empty()) {
    specializeArguments(outlined.getEntry(), example);
    if (failed(canonicalize(*outlined.module)))
      return failure();
  }
  Segment segment;
  segment.weights = std::move(outlined.weights);
  if (OwningOpRef<ModuleOp> preparation = splitPreparation(outlined, numInputs)) {
    auto code = compiler.compile(*preparation, outlined.origins, function);
    if (failed(code))
      return failure();
    Arena arena;
    CallContext context(arena);
    FailureOr<std::vector<HostTensor>> prepared = (*code)->call(outlined.parameters, context);
    if (failed(prepared))
      return function.emitError() << context.reason;
    llvm::append_range(outlined.parameters, *prepared);
  }
  // Parameters that only the preparation read are let go.
  func::FuncOp entry = outlined.getEntry();
  Block &body = entry.getBody().front();
  for (size_t i = outlined.parameters.size(); i-- > 0;) {
    if (!body.getArgument(numInputs + i).use_empty()) {
      continue;
    }
    body.eraseArgument(numInputs + i);
    outlined.parameters.erase(outlined.parameters.begin() + i);
  }
  entry.setType(FunctionType::get(entry.getContext(), body.getArgumentTypes(), entry.getResultTypes()));
  auto code = compiler.compile(*outlined.module, outlined.origins, function);
  if (failed(code))
    return failure();
  segment.code = *code;
  segment.parameters = std::move(outlined.parameters);
  return segment;
}

FailureOr<std::vector<HostTensor>> Segment::run(ArrayRef<HostTensor> inputs, ArenaPool &arenas,
                                                std::string &reason) const {
  std::vector<HostTensor> arguments(inputs.begin(), inputs.end());
  llvm::append_range(arguments, parameters);
  reason = code->checkArguments(arguments);
  if (!reason.empty())
    return failure();
  std::unique_ptr<Arena> arena = arenas.acquire();
  CallContext context(*arena);
  FailureOr<std::vector<HostTensor>> results = code->call(arguments, context);
  reason = std::move(context.reason);
  if (succeeded(results) && !context.failures.empty()) {
    reason = context.failures.front().message;
    results = failure();
  }
  arenas.giveBack(std::move(arena));
  return results;
}

void Segment::releaseWeights() const {
  for (const auto &[store, key] : weights)
    store->release(key);
}
