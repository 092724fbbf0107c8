//===- Runtime.h - What compiled code calls ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// C functions behind the calls that lowering leaves in compiled code, and the
// per-call state they work on.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXECUTION_RUNTIME_H
#define QUANTOPT_LIB_EXECUTION_RUNTIME_H

#include "quant-opt/Execution/Execution.h"
#include "llvm/ADT/DenseMap.h"
#include <csetjmp>
#include <mutex>

namespace quantopt::execution {

/// Temporaries of one running call. Freed blocks are kept for the next request of their size: the same segment runs
/// for each sample, so after the first one no page is mapped or zeroed again.
class Arena {
public:
  Arena() = default;
  Arena(const Arena &) = delete;
  Arena &operator=(const Arena &) = delete;
  ~Arena();
  void *allocate(size_t bytes);
  void release(void *pointer);
  /// Takes back what a call that did not return normally left behind.
  void reset();

private:
  llvm::DenseMap<size_t, std::vector<void *>> unused;
  llvm::DenseMap<void *, size_t> used;
};

/// Hands out arenas to concurrent calls; memory goes back to the system with the pool.
class ArenaPool {
public:
  std::unique_ptr<Arena> acquire();
  void giveBack(std::unique_ptr<Arena> arena);

private:
  std::mutex mutex;
  std::vector<std::unique_ptr<Arena>> idle;
};

/// State of the call that this thread is in; runtime functions find it by `current`.
struct CallState {
  Arena *arena = nullptr;
  /// Results of dynamic shape, as the compiled code hands them over.
  std::vector<HostTensor> *results = nullptr;
  llvm::ArrayRef<ElementKind> resultKinds;
  std::jmp_buf onFailedAssertion;
  int64_t failedAssertion = -1;

  static thread_local CallState *current;
};

/// Name and address of a function that compiled code may call.
struct RuntimeSymbol {
  std::string name;
  void *address;
};

/// All of them; a `takeResult` for each of `numResults`.
std::vector<RuntimeSymbol> getRuntimeSymbols(unsigned numResults);

/// Name under which result `index` of dynamic shape is handed over; called with (i64 index, memref<*xT>).
std::string getTakeResultName(unsigned index);

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_RUNTIME_H
