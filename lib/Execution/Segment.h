//===- Segment.h - One compiled step of a staged run -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXECUTION_SEGMENT_H
#define QUANTOPT_LIB_EXECUTION_SEGMENT_H

#include "Jit.h"
#include "Outline.h"

namespace quantopt::execution {

/// A slice of a function, compiled, with what depends on no sample computed once.
class Segment {
public:
  /// Compiles the computation of `outputs` from `inputs`. `example`, one tensor for each input, fixes the shapes;
  /// empty: the code takes any shape.
  static mlir::FailureOr<Segment> create(mlir::func::FuncOp function, llvm::ArrayRef<mlir::Value> inputs,
                                         llvm::ArrayRef<mlir::Value> outputs, llvm::ArrayRef<HostTensor> example,
                                         Compiler &compiler);
  /// The whole of `function`, of any control flow.
  static mlir::FailureOr<Segment> createWhole(mlir::func::FuncOp function, llvm::ArrayRef<HostTensor> example,
                                              Compiler &compiler);

  /// Runs it on one sample's `inputs`. Concurrent calls are fine.
  mlir::FailureOr<std::vector<HostTensor>> run(llvm::ArrayRef<HostTensor> inputs, ArenaPool &arenas,
                                               std::string &reason) const;

  /// Lets the pages of the weights go.
  void releaseWeights() const;

private:
  static mlir::FailureOr<Segment> compile(Outlined &&outlined, size_t numInputs, llvm::ArrayRef<HostTensor> example,
                                          mlir::func::FuncOp function, Compiler &compiler);

  std::shared_ptr<CompiledFunction> code;
  /// Weights, and values computed from weights alone.
  std::vector<HostTensor> parameters;
  std::vector<std::pair<std::shared_ptr<WeightStore>, std::string>> weights;
};

/// Moves what depends on no argument before `numInputs` out of the entry of `outlined` into a module of its own, whose
/// entry takes all parameters, and makes the results arguments of the entry. Null when nothing is worth it: views,
/// fills, and transposes that a contraction reads for free, stay.
mlir::OwningOpRef<mlir::ModuleOp> splitPreparation(Outlined &outlined, size_t numInputs);

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_SEGMENT_H
