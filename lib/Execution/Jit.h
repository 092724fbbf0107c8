//===- Jit.h - Compiled functions and their cache ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXECUTION_JIT_H
#define QUANTOPT_LIB_EXECUTION_JIT_H

#include "Lowering.h"
#include "Runtime.h"
#include "llvm/ADT/StringMap.h"

namespace mlir {
class ExecutionEngine;
} // namespace mlir

namespace quantopt::execution {

/// Why `arguments` do not fit `inputs`; empty when they do.
std::string checkArguments(llvm::ArrayRef<HostTensor> arguments, llvm::ArrayRef<BoundaryType> inputs);

/// Machine code of one function. Calls may run concurrently.
class CompiledFunction {
public:
  CompiledFunction();
  ~CompiledFunction();

  const EntryInterface &getInterface() const { return interface; }

  /// Why `arguments` do not fit the inputs; empty when they do.
  std::string checkArguments(llvm::ArrayRef<HostTensor> arguments) const {
    return execution::checkArguments(arguments, interface.inputs);
  }

  /// Fails with the context's reason set when an assertion in the function does not hold or a kernel fails.
  mlir::FailureOr<std::vector<HostTensor>> call(llvm::ArrayRef<HostTensor> arguments, CallContext &context) const;

private:
  friend class Compiler;
  std::unique_ptr<mlir::ExecutionEngine> engine;
  void (*packedEntry)(void **) = nullptr;
  EntryInterface interface;
};

/// Compiles outlined functions; equal ones once.
class Compiler {
public:
  Compiler();
  ~Compiler();

  /// `module` holds the entry and what it refers to, no constant of any size. Locations made by `getOrigin` lead from
  /// an op to the one that an error is reported on.
  mlir::FailureOr<std::shared_ptr<CompiledFunction>>
  compile(mlir::ModuleOp module, llvm::ArrayRef<mlir::Operation *> origins, mlir::Operation *fallbackOrigin);

  /// Functions compiled so far: what caching left to do.
  size_t getNumCompiled() const { return cache.size(); }

private:
  mlir::FailureOr<std::shared_ptr<CompiledFunction>> compileText(llvm::StringRef text, std::string &message,
                                                                 int64_t &origin);
  /// A context of its own: passes that run functions need not load what lowering needs, and may run on any thread.
  std::unique_ptr<mlir::MLIRContext> context;
  llvm::StringMap<std::shared_ptr<CompiledFunction>> cache;
};

/// Number of the origin in a location that passes may have wrapped; -1 if there is none.
int64_t findOrigin(mlir::Location location);

/// Location of the op that `origins[index]` stands for.
mlir::Location getOriginLocation(mlir::MLIRContext *context, int64_t index);

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_JIT_H
