//===- RunFunction.cpp - Runs one function once ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Jit.h"
#include "Liveness.h"
#include "Outline.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

/// Segments are sliced from results, which an op for its effect only, an assertion beside them, is no part of.
static bool canCut(func::FuncOp function) {
  if (!function.getBody().hasOneBlock())
    return false;
  Block &body = function.getBody().front();
  Slice slice = computeSlice(SmallVector<Value>(body.getTerminator()->getOperands()),
                             [](Value value) { return isa<BlockArgument>(value); });
  return llvm::all_of(body.without_terminator(),
                      [&](Operation &op) { return isMemoryEffectFree(&op) || slice.ops.contains(&op); });
}

/// Cut into segments, of which equal ones compile once: a model of many equal layers compiles in the time of one.
static FailureOr<std::vector<HostTensor>> runSegments(func::FuncOp function, const Sample &arguments,
                                                      const ExecutionOptions &options) {
  std::vector<HostTensor> results;
  StagedRun run(function, {}, options);
  auto onResult = [&](size_t, ArrayRef<HostTensor> values) {
    results.assign(values.begin(), values.end());
    return success();
  };
  if (failed(run.run(arguments, nullptr, onResult)))
    return failure();
  return results;
}

FailureOr<std::vector<HostTensor>> quantopt::runFunction(func::FuncOp function, const Sample &arguments,
                                                         const ExecutionOptions &options) {
  // Without an argument all is weight-only computation, which a segment would compute while it is prepared.
  if (!arguments.empty() && canCut(function))
    return runSegments(function, arguments, options);
  if (Operation *launch = findLaunch(function); launch && !options.launcher)
    return launch->emitError() << "launches a kernel, and no device was given to run it on";
  FailureOr<Outlined> outlined = outlineFunction(function);
  if (failed(outlined))
    return failure();
  specializeArguments(outlined->getEntry(), arguments);
  Compiler compiler;
  auto compiled = compiler.compile(*outlined->module, outlined->origins, function);
  if (failed(compiled))
    return failure();
  std::vector<HostTensor> all(arguments);
  llvm::append_range(all, outlined->parameters);
  if (std::string reason = (*compiled)->checkArguments(all); !reason.empty())
    return function.emitError() << reason;
  Arena arena;
  CallContext context(arena, options.launcher);
  FailureOr<std::vector<HostTensor>> results = (*compiled)->call(all, context);
  for (const CheckFailure &failed : context.failures) {
    Operation *op = failed.origin < 0 ? function.getOperation() : outlined->origins[failed.origin];
    op->emitOpError() << failed.message;
  }
  if (failed(results))
    return function.emitError() << context.reason;
  if (!context.failures.empty())
    return failure();
  return results;
}
