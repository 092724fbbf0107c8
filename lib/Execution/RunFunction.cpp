//===- RunFunction.cpp - Runs one function once ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Jit.h"
#include "Outline.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

FailureOr<std::vector<HostTensor>> quantopt::runFunction(func::FuncOp function, const Sample &arguments,
                                                         const ExecutionOptions &options) {
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
  std::string reason;
  FailureOr<std::vector<HostTensor>> results = (*compiled)->call(all, arena, reason);
  if (failed(results))
    return function.emitError() << reason;
  return results;
}
