//===- CheckModel.h - What evaluation asks of a model ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EVALUATION_CHECKMODEL_H
#define QUANTOPT_LIB_EVALUATION_CHECKMODEL_H

#include "quant-opt/Execution/Execution.h"

namespace quantopt::evaluation {

/// Fails with an error on `model` unless it maps ids [S] i64 to logits [S, vocabulary] f32.
mlir::LogicalResult checkModel(mlir::func::FuncOp model);

HostTensor makeIds(llvm::ArrayRef<int64_t> ids);

} // namespace quantopt::evaluation

#endif // QUANTOPT_LIB_EVALUATION_CHECKMODEL_H
