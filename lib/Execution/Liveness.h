//===- Liveness.h - Where to cut a function, and what crosses a cut -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXECUTION_LIVENESS_H
#define QUANTOPT_LIB_EXECUTION_LIVENESS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <vector>

namespace quantopt::execution {

/// What a segment computes.
struct Target {
  enum Kind {
    Stop,    ///< a value that the caller wants to see
    Cut,     ///< a value at which all that goes on is one tensor, so that segments stay small and alike
    Results, ///< what the function returns
  };
  Kind kind;
  mlir::Value value; ///< null for Results
};

/// The targets in program order. Fails when a stop is not in the function's own block.
mlir::FailureOr<std::vector<Target>> planTargets(mlir::func::FuncOp function, llvm::ArrayRef<mlir::Value> stops,
                                                 bool wantResults);

/// The ops that some values depend on, up to values at hand.
struct Slice {
  llvm::SetVector<mlir::Value> inputs;
  llvm::SmallPtrSet<mlir::Operation *, 32> ops;
  bool contains(mlir::Value value) const { return value.getDefiningOp() && ops.contains(value.getDefiningOp()); }
};

Slice computeSlice(llvm::ArrayRef<mlir::Value> outputs, llvm::function_ref<bool(mlir::Value)> isAvailable);

/// Values that are available, or computed by `slice`, and that `later` targets read. What depends on no sample is not
/// among them: it is computed again. Of a view, the viewed value is.
llvm::SetVector<mlir::Value> findLiveValues(mlir::func::FuncOp function, llvm::ArrayRef<Target> later,
                                            const Slice &slice, llvm::function_ref<bool(mlir::Value)> isAvailable);

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_LIVENESS_H
