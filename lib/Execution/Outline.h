//===- Outline.h - Functions cut out to be compiled --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXECUTION_OUTLINE_H
#define QUANTOPT_LIB_EXECUTION_OUTLINE_H

#include "mlir/IR/OwningOpRef.h"
#include "quant-opt/Execution/Execution.h"

namespace quantopt::execution {

/// A function by itself, ready to be compiled. Constants of any size have become arguments after those it had.
struct Outlined {
  /// The entry and the functions and globals that it refers to.
  mlir::OwningOpRef<mlir::ModuleOp> module;
  /// Values of the added arguments. They borrow the store's mapping where the stored layout is the wanted one.
  std::vector<HostTensor> parameters;
  /// Weights behind `parameters` whose pages may be dropped when the function has run.
  std::vector<std::pair<std::shared_ptr<WeightStore>, std::string>> weights;
  /// The op that each op of `module` stands for, by the number in its location (getOriginLocation).
  std::vector<mlir::Operation *> origins;

  mlir::func::FuncOp getEntry();
};

/// The whole of `function`, with what it calls inlined.
mlir::FailureOr<Outlined> outlineFunction(mlir::func::FuncOp function);

/// A function of `inputs` that computes `outputs`: the ops that `outputs` depend on, up to `inputs`. All are in the
/// same block.
mlir::FailureOr<Outlined> outlineSlice(mlir::func::FuncOp function, llvm::ArrayRef<mlir::Value> inputs,
                                       llvm::ArrayRef<mlir::Value> outputs);

/// The first gpu.launch_func in `function`, or null.
mlir::Operation *findLaunch(mlir::func::FuncOp function);

/// Gives the arguments of `entry` the shapes that they will have; the body is left to canonicalization.
void specializeArguments(mlir::func::FuncOp entry, llvm::ArrayRef<HostTensor> arguments);

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_OUTLINE_H
