//===- FloatTwin.h - The float model beside the quantized one ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TRANSFORMS_FLOATTWIN_H
#define QUANTOPT_LIB_TRANSFORMS_FLOATTWIN_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"

namespace quantopt {

/// While it lives, a function computes everything that depends on its arguments a second time, from the same
/// constants, op beside op: a staged run of it shows what a value was before the weights ahead of it were rounded. The
/// copies carry no attributes of this framework, and give no result of the function.
class FloatTwin {
public:
  /// `function` has one block.
  explicit FloatTwin(mlir::func::FuncOp function);
  FloatTwin(const FloatTwin &) = delete;
  FloatTwin &operator=(const FloatTwin &) = delete;
  /// Erases the copies, and what has no reader without them.
  ~FloatTwin();

  /// The copy of `value`, which comes before it; `value` itself where it depends on no argument, or is one.
  mlir::Value get(mlir::Value value) const { return mapping.lookupOrDefault(value); }

private:
  mlir::IRMapping mapping;
  llvm::SmallVector<mlir::Operation *> copies;
};

} // namespace quantopt

#endif // QUANTOPT_LIB_TRANSFORMS_FLOATTWIN_H
