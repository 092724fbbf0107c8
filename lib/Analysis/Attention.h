//===- Attention.h - Products that only look like layers ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Internal to lib/Analysis.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_ANALYSIS_ATTENTION_H
#define QUANTOPT_LIB_ANALYSIS_ATTENTION_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace quantopt {

/// Whether `op` is one of the two products of an attention whose keys and values are function arguments: queries times
/// keys, softmax, times values. Without a batch dimension each looks like a layer with its weight as an argument.
bool isAttentionOverArguments(mlir::linalg::LinalgOp op);

/// Whether `input` holds ones where integers are equal: a table lookup spelled as a product.
bool isOneHot(mlir::Value input);

} // namespace quantopt

#endif // QUANTOPT_LIB_ANALYSIS_ATTENTION_H
