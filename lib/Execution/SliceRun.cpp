//===- SliceRun.cpp - A part of a function, again and again ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Segment.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

struct SliceRun::Impl {
  func::FuncOp function;
  ExecutionOptions options;
  Compiler compiler;
  std::optional<Segment> segment;
  ArenaPool arenas;
};

SliceRun::SliceRun(func::FuncOp function, const ExecutionOptions &options) : impl(std::make_unique<Impl>()) {
  impl->function = function;
  impl->options = options;
}

SliceRun::~SliceRun() = default;

LogicalResult SliceRun::prepare(ArrayRef<Value> inputs, ArrayRef<Value> outputs, ArrayRef<HostTensor> example) {
  FailureOr<Segment> segment = Segment::create(impl->function, inputs, outputs, example, impl->compiler);
  if (failed(segment))
    return failure();
  impl->segment = std::move(*segment);
  return success();
}

FailureOr<std::vector<std::vector<HostTensor>>> SliceRun::run(ArrayRef<std::vector<HostTensor>> calls) {
  assert(impl->segment && "prepare comes first");
  std::vector<std::vector<HostTensor>> results(calls.size());
  std::vector<std::string> reasons(calls.size());
  parallelFor(impl->options.threads, calls.size(), [&](size_t i) {
    auto result = impl->segment->run(calls[i], impl->arenas, reasons[i]);
    if (succeeded(result))
      results[i] = std::move(*result);
    else if (reasons[i].empty())
      reasons[i] = "a part of the function cannot run";
  });
  for (const std::string &reason : reasons)
    if (!reason.empty())
      return impl->function.emitError() << reason;
  return results;
}
