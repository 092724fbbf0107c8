//===- Lowering.h - Tensor functions to the LLVM dialect ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXECUTION_LOWERING_H
#define QUANTOPT_LIB_EXECUTION_LOWERING_H

#include "Effects.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "quant-opt/Checkpoint/WeightStore.h"
#include <string>
#include <vector>

namespace quantopt::execution {

/// Name of the function that a module for execution consists of.
inline constexpr llvm::StringLiteral entryName = "quantopt_entry";

/// A value that crosses the boundary of compiled code.
struct BoundaryType {
  /// Sizes, ShapedType::kDynamic where not known.
  llvm::SmallVector<int64_t, 4> shape;
  ElementKind kind;

  bool isStatic() const { return !llvm::is_contained(shape, mlir::ShapedType::kDynamic); }
};

/// Failure for types that are no ranked tensor or scalar of an element kind. `index` counts as i64.
mlir::FailureOr<BoundaryType> getBoundaryType(mlir::Type type);

/// How the lowered entry is called: pointers to memref descriptors of the inputs, then of the results of static
/// shape, which it fills; others it hands to the runtime.
struct EntryInterface {
  std::vector<BoundaryType> inputs, results;
  /// Assertions, checks and launches in it.
  Effects effects;
};

/// Lowers `module`, whose entry takes and returns tensors and scalars, to the LLVM dialect. Errors are diagnostics on
/// the op that is the reason.
mlir::FailureOr<EntryInterface> lowerToLLVM(mlir::ModuleOp module);

/// True for an op that copies the elements of its only input: a transpose or broadcast in any spelling. A contraction
/// that reads it is compiled to read the source.
bool isElementCopy(mlir::linalg::LinalgOp op);

/// The steps of lowerToLLVM, as passes of their own.
std::unique_ptr<mlir::Pass> createPrepareTensorsPass();
std::unique_ptr<mlir::Pass> createPrepareLoopsPass();
std::unique_ptr<mlir::Pass> createFuseElementwisePass();

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_LOWERING_H
