//===- Execution.h - Runs functions on the CPU, a segment at a time -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EXECUTION_EXECUTION_H
#define QUANTOPT_EXECUTION_EXECUTION_H

#include "LowP/LowP.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "quant-opt/Numerics/Parallel.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace quantopt {

class KernelLauncher;

/// A dense row-major tensor in host memory, 64-byte aligned; copies share the bytes.
class HostTensor {
public:
  HostTensor() = default;
  /// Uninitialized.
  static HostTensor allocate(llvm::ArrayRef<int64_t> shape, ElementKind kind);
  /// Shares `data`, which holds the elements of `shape` densely.
  static HostTensor wrap(llvm::ArrayRef<int64_t> shape, ElementKind kind, std::shared_ptr<char> data);
  llvm::ArrayRef<int64_t> getShape() const { return shape; }
  ElementKind getKind() const { return kind; }
  int64_t getNumElements() const;
  size_t getSizeInBytes() const;
  char *getData() const { return data.get(); }
  template <typename T> llvm::MutableArrayRef<T> as() const {
    return {reinterpret_cast<T *>(data.get()), size_t(getNumElements())};
  }
  explicit operator bool() const { return data != nullptr; }

private:
  llvm::SmallVector<int64_t, 4> shape;
  ElementKind kind = ElementKind::F32;
  std::shared_ptr<char> data;
};

struct ExecutionOptions {
  /// Samples run in parallel, each on one thread with single-threaded BLAS, so results are the same bytes for any
  /// number of threads. 0: all cores.
  unsigned threads = 0;
  /// Segments are compiled for any shape and stay, with their weights, for the next run of the same object: for
  /// generation. The IR must not change between runs.
  bool keepSegments = false;
  /// Runs the kernels that a function launches; without one such a function is refused. Of `runFunction` alone.
  KernelLauncher *launcher = nullptr;
};

/// The arguments of one call, in order.
using Sample = std::vector<HostTensor>;

/// Runs `function` whole, once. All results are returned. Fails with a diagnostic on the op that cannot run, or on
/// each check that does not hold.
mlir::FailureOr<std::vector<HostTensor>> runFunction(mlir::func::FuncOp function, const Sample &arguments,
                                                     const ExecutionOptions &options = {});

/// Runs a function over many samples, all samples through one segment before the next one. The function is cut
/// at *stops*: values (the inputs of quantizable contractions) that a visitor wants to see for all samples. What lies
/// between two stops is sliced out of the IR when its turn comes, so a visitor may rewrite what follows (give a
/// contraction a quantized weight, say) and the next segment computes with it. Equal segments share one compilation;
/// weights are arguments; weight-only computation (dequantize, transpose) runs once a segment; only one segment's
/// weights are resident, and only values that a later segment reads are kept.
class StagedRun {
public:
  /// At `stop`: its value for each sample. Called in program order of the stops.
  using StopVisitor = llvm::function_ref<mlir::LogicalResult(mlir::Value stop, llvm::ArrayRef<HostTensor> samples)>;
  /// The results of the function for one sample, streamed: they are never held for all samples. Called from worker
  /// threads, one sample at a time per thread.
  using ResultVisitor = llvm::function_ref<mlir::LogicalResult(size_t sample, llvm::ArrayRef<HostTensor> results)>;

  StagedRun(mlir::func::FuncOp function, llvm::ArrayRef<mlir::Value> stops, const ExecutionOptions &options = {});
  ~StagedRun();

  /// `onStop` is null when no stop was given. A null `onResult` ends the run after the last stop.
  mlir::LogicalResult run(llvm::ArrayRef<Sample> samples, StopVisitor onStop, ResultVisitor onResult);

  /// Called after each segment: segments done, segments in all.
  void setProgress(std::function<void(size_t done, size_t total)> progress);

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

/// Computes values of a function from others, as often as wanted: for a search that tries weights. Instances of one
/// object share compiled code where what they compute is equal.
class SliceRun {
public:
  explicit SliceRun(mlir::func::FuncOp function, const ExecutionOptions &options = {});
  ~SliceRun();

  /// Compiles the ops that `outputs` depend on, up to `inputs`, all in the function's block, for the shapes of
  /// `example`, one tensor for each input. Constants among the ops are read here.
  mlir::LogicalResult prepare(llvm::ArrayRef<mlir::Value> inputs, llvm::ArrayRef<mlir::Value> outputs,
                              llvm::ArrayRef<HostTensor> example);

  /// The outputs for each of `calls`, whose shapes are those of the example; calls run in parallel, each on one thread.
  mlir::FailureOr<std::vector<std::vector<HostTensor>>> run(llvm::ArrayRef<std::vector<HostTensor>> calls);

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

/// log(sum(exp(values))) of at least one finite value: exponentials in f32 as softmax computes them, added up in f64 in
/// a fixed order.
double logSumExp(llvm::ArrayRef<float> values);

} // namespace quantopt

#endif // QUANTOPT_EXECUTION_EXECUTION_H
