//===- ValueTrace.h - Follows dimensions upstream through views --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_ANALYSIS_VALUETRACE_H
#define QUANTOPT_ANALYSIS_VALUETRACE_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace quantopt {

/// What a dimension of a contraction's operand is to the contraction.
enum class DimRole : uint8_t {
  Output,    ///< kept, and read from this operand only
  Batch,     ///< kept, and read from both operands
  Reduction, ///< summed over
  Window,    ///< a convolution's window slides over it
};

struct DimLabel {
  DimRole role = DimRole::Output;
  /// The loop that indexes the dimension, which is also its position among the reduced ones, compared
  /// lexicographically: a dimension that a view splits keeps the order of its parts.
  llvm::SmallVector<int64_t, 2> order;

  /// The contraction's loop that indexes the whole dimension; nullopt for a part of what a view split.
  std::optional<int64_t> getLoop() const { return order.size() == 1 ? std::optional(order[0]) : std::nullopt; }
};

/// A value upstream of an operand, one label a dimension, and the operands of the views in between, downstream first.
struct ValueTrace {
  mlir::Value value;
  llvm::SmallVector<DimLabel> labels;
  llvm::SmallVector<mlir::OpOperand *> path;
  /// Loops along which the value was repeated on the way: the contraction indexes the operand with them for nothing.
  llvm::SmallVector<int64_t> broadcastLoops;
};

/// Which views a trace goes through.
enum class TraceKind {
  Weight, ///< every one whose result holds nothing but elements of its operand (and the zeros of a padding)
  Input,  ///< those that leave the reduced dimensions whole, so that a scale of each element has a place upstream
};

/// Moves `trace` from the result of a view to its operand; false when the definition is no view or a dimension of the
/// operand would have two roles. Handles linalg.transpose, broadcast and copy, generics that permute, broadcast or
/// cast, tensor.expand_shape, collapse_shape, reshape, cast, extract_slice and pad, linalg.pack, arith.extf and
/// truncf, and loop arguments that no iteration changes.
bool stepUpstream(ValueTrace &trace, TraceKind kind);

/// `stepUpstream` until it is false.
void traceUpstream(ValueTrace &trace, TraceKind kind);

/// Dimensions labelled Reduction or Window in their order; those of length 1 only if there is no other.
llvm::SmallVector<int64_t> getReductionDims(const ValueTrace &trace);

/// The value outside the loop that `argument` holds in every iteration; null when an iteration may change it.
mlir::Value getLoopInvariantInit(mlir::BlockArgument argument);

} // namespace quantopt

#endif // QUANTOPT_ANALYSIS_VALUETRACE_H
