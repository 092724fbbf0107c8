//===- CheckModel.h - What evaluation asks of a model ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EVALUATION_CHECKMODEL_H
#define QUANTOPT_LIB_EVALUATION_CHECKMODEL_H

#include "quant-opt/Evaluation/Evaluation.h"

namespace quantopt::evaluation {

/// Fails with an error on `model` unless it maps ids [S] i64 to logits [S, vocabulary] f32.
mlir::LogicalResult checkModel(mlir::func::FuncOp model);

/// `text` as windows of options.seqLen tokens that do not overlap. Fails with an error on `model` for too short a text
/// or options that make no window.
mlir::FailureOr<std::vector<Sample>> cutWindows(mlir::func::FuncOp model, llvm::StringRef text,
                                                const Tokenizer &tokenizer, const PerplexityOptions &options);

HostTensor makeIds(llvm::ArrayRef<int64_t> ids);

} // namespace quantopt::evaluation

#endif // QUANTOPT_LIB_EVALUATION_CHECKMODEL_H
