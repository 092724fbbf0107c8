//===- Compare.h - How two models differ -------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EVALUATION_COMPARE_H
#define QUANTOPT_EVALUATION_COMPARE_H

#include "quant-opt/Evaluation/Evaluation.h"

namespace quantopt {

/// Stored tensors of two models, by name. Tensors of one name are compared as elements, floats in f32.
struct WeightComparison {
  int64_t equal = 0, different = 0;
  int64_t onlyInFirst = 0, onlyInSecond = 0;
  std::string firstDifferent; ///< name of the first tensor that differs; empty: none
};
mlir::FailureOr<WeightComparison> compareWeights(mlir::ModuleOp first, mlir::ModuleOp second);

/// What two models make of one text.
struct LogitComparison {
  double largestDifference = 0; ///< of a logit
  double largestLogit = 0;      ///< magnitude, of the first model
  double divergence = 0;        ///< mean Kullback-Leibler divergence of the second from the first, nats a token
  double firstPerplexity = 0, secondPerplexity = 0;
  int64_t predictions = 0;
};
/// Runs both on the windows that evaluatePerplexity would cut. Logits of at most half a GiB are held at a time.
mlir::FailureOr<LogitComparison> compareLogits(mlir::func::FuncOp first, mlir::func::FuncOp second,
                                               const Tokenizer &tokenizer, llvm::StringRef text,
                                               const PerplexityOptions &options);

} // namespace quantopt

#endif // QUANTOPT_EVALUATION_COMPARE_H
