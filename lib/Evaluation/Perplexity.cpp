//===- Perplexity.cpp - exp of the mean negative log likelihood -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckModel.h"
#include "quant-opt/Evaluation/Evaluation.h"
#include <chrono>
#include <cmath>

using namespace mlir;
using namespace quantopt;

FailureOr<std::vector<Sample>> evaluation::cutWindows(func::FuncOp model, StringRef text, const Tokenizer &tokenizer,
                                                      const PerplexityOptions &options) {
  if (options.windows < 1 || options.seqLen < 2)
    return model.emitError() << "perplexity needs at least 1 window of at least 2 tokens";
  llvm::Expected<std::vector<int64_t>> encoded = tokenizer.encode(text, /*addSpecialTokens=*/false);
  if (!encoded)
    return model.emitError() << llvm::toString(encoded.takeError());
  ArrayRef<int64_t> ids = *encoded;
  int64_t needed = options.windows * options.seqLen;
  if (static_cast<int64_t>(ids.size()) < needed)
    return model.emitError() << "the text has " << ids.size() << " tokens; " << options.windows << " windows of "
                             << options.seqLen << " need " << needed << ": give a longer text or fewer windows";
  std::optional<int64_t> bos = tokenizer.getBosId();
  if (options.bos && !bos)
    return model.emitError() << "the tokenizer has no BOS token to put before each window";
  std::vector<Sample> samples;
  for (int64_t i = 0; i < options.windows; ++i) {
    SmallVector<int64_t> window(ids.slice(i * options.seqLen, options.seqLen));
    if (options.bos)
      window.insert(window.begin(), *bos);
    samples.push_back({evaluation::makeIds(window)});
  }
  return samples;
}

FailureOr<Perplexity> quantopt::evaluatePerplexity(func::FuncOp model, const Tokenizer &tokenizer, StringRef text,
                                                   const PerplexityOptions &options,
                                                   std::function<void(size_t, size_t)> progress) {
  auto start = std::chrono::steady_clock::now();
  if (failed(evaluation::checkModel(model)))
    return failure();
  FailureOr<std::vector<Sample>> samples = evaluation::cutWindows(model, text, tokenizer, options);
  if (failed(samples))
    return failure();
  std::vector<double> sums(samples->size());
  auto onResult = [&](size_t sample, ArrayRef<HostTensor> results) -> LogicalResult {
    ArrayRef<float> logits = results[0].as<float>();
    int64_t length = results[0].getShape()[0], vocabulary = results[0].getShape()[1];
    ArrayRef<int64_t> window = (*samples)[sample][0].as<int64_t>();
    for (int64_t i = length - options.seqLen; i + 1 < length; ++i) {
      if (window[i + 1] < 0 || window[i + 1] >= vocabulary)
        return failure();
      ArrayRef<float> row = logits.slice(i * vocabulary, vocabulary);
      sums[sample] += logSumExp(row) - row[window[i + 1]];
    }
    return success();
  };
  ExecutionOptions execution;
  execution.threads = options.threads;
  StagedRun run(model, {}, execution);
  run.setProgress(std::move(progress));
  if (failed(run.run(*samples, nullptr, onResult)))
    return failure();
  Perplexity result;
  result.predictions = options.windows * (options.seqLen - 1);
  for (double sum : sums)
    result.nll += sum;
  result.nll /= result.predictions;
  if (!std::isfinite(result.nll))
    return model.emitError() << "the perplexity is not a number: weights or activations hold NaN or infinity; evaluate "
                                "a model with finite weights";
  result.perplexity = std::exp(result.nll);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}
