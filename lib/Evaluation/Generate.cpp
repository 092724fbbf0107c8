//===- Generate.cpp - Greedy continuation ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckModel.h"
#include "quant-opt/Evaluation/Evaluation.h"
#include <cmath>

using namespace mlir;
using namespace quantopt;

HostTensor evaluation::makeIds(ArrayRef<int64_t> ids) {
  HostTensor tensor = HostTensor::allocate(static_cast<int64_t>(ids.size()), ElementKind::I64);
  llvm::copy(ids, tensor.as<int64_t>().begin());
  return tensor;
}

LogicalResult evaluation::checkModel(func::FuncOp model) {
  auto isTensor = [](Type type, int64_t rank) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && tensor.getRank() == rank;
  };
  FunctionType type = model.getFunctionType();
  if (type.getNumInputs() != 1 || type.getNumResults() != 1 || !isTensor(type.getInput(0), 1) ||
      !isTensor(type.getResult(0), 2) || !getElementTypeOrSelf(type.getInput(0)).isInteger(64) ||
      !getElementTypeOrSelf(type.getResult(0)).isF32())
    return model.emitError() << "is no language model: its type must be (tensor<?xi64>) -> tensor<?xVxf32>, ids to "
                                "logits, and is "
                             << type;
  return success();
}

LogicalResult quantopt::generateGreedy(func::FuncOp model, const Tokenizer &tokenizer, StringRef prompt, int64_t count,
                                       unsigned threads, function_ref<void(StringRef)> onText) {
  if (failed(evaluation::checkModel(model)))
    return failure();
  llvm::Expected<std::vector<int64_t>> encoded = tokenizer.encode(prompt, /*addSpecialTokens=*/true);
  if (!encoded)
    return model.emitError() << llvm::toString(encoded.takeError());
  if (count < 0)
    return model.emitError() << "the number of tokens must not be negative, got " << count;
  std::vector<int64_t> ids = *encoded;
  if (ids.empty())
    return model.emitError() << "the prompt is empty: there is nothing to continue; give some text";
  ExecutionOptions options;
  options.threads = threads;
  options.keepSegments = true;
  StagedRun run(model, {}, options);
  DecodeStream stream(tokenizer);
  for (int64_t i = 0; i < count; ++i) {
    int64_t next = 0;
    auto onResult = [&](size_t, ArrayRef<HostTensor> results) -> LogicalResult {
      int64_t vocabulary = results[0].getShape()[1];
      ArrayRef<float> logits = results[0].as<float>().take_back(vocabulary);
      if (!llvm::all_of(logits, [](float logit) { return std::isfinite(logit); }))
        return model.emitError() << "the logits after " << ids.size()
                                 << " tokens hold NaN or infinity: the weights or the activations do, too; run a model "
                                    "with finite weights";
      next = std::max_element(logits.begin(), logits.end()) - logits.begin();
      return success();
    };
    if (failed(run.run({Sample{evaluation::makeIds(ids)}}, nullptr, onResult)))
      return failure();
    if (llvm::is_contained(tokenizer.getStopIds(), next))
      break;
    ids.push_back(next);
    onText(stream.step(next));
  }
  onText(stream.finish());
  return success();
}
