//===- Evaluation.h - Perplexity and generation ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EVALUATION_EVALUATION_H
#define QUANTOPT_EVALUATION_EVALUATION_H

#include "quant-opt/Execution/Execution.h"
#include "quant-opt/Tokenizer/Tokenizer.h"

namespace quantopt {

struct PerplexityOptions {
  int64_t windows = 40;
  int64_t seqLen = 512; ///< tokens of text in a window
  bool bos = false;     ///< puts the model's BOS before each window
  unsigned threads = 0;
};

struct Perplexity {
  double perplexity = 0; ///< exp(nll)
  double nll = 0;        ///< mean, in nats
  int64_t predictions = 0;
  double seconds = 0;
};

/// Perplexity of `model` (ids [S] -> logits [S, vocabulary]) on `text`, which is tokenized whole without special tokens
/// and cut into windows that do not overlap; of each the last seqLen - 1 tokens are predictions. Logits in f32, sums in
/// f64 in the order of the text, so the result does not depend on `threads`.
mlir::FailureOr<Perplexity> evaluatePerplexity(mlir::func::FuncOp model, const Tokenizer &tokenizer,
                                               llvm::StringRef text, const PerplexityOptions &options,
                                               std::function<void(size_t, size_t)> progress = nullptr);

/// Extends `prompt` by the most likely token, `count` times or until a stop token; `onText` gets each piece of text.
mlir::LogicalResult generateGreedy(mlir::func::FuncOp model, const Tokenizer &tokenizer, llvm::StringRef prompt,
                                   int64_t count, unsigned threads, llvm::function_ref<void(llvm::StringRef)> onText);

} // namespace quantopt

#endif // QUANTOPT_EVALUATION_EVALUATION_H
