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

#include "Effects.h"
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

/// What a call needs beyond its arguments, and what it reports beside its results.
struct CallContext {
  explicit CallContext(Arena &arena, KernelLauncher *launcher = nullptr) : arena(arena), launcher(launcher) {}

  Arena &arena;
  KernelLauncher *launcher;
  std::string reason;                 ///< why the call ended early
  std::vector<CheckFailure> failures; ///< of checks; the call goes on
};

/// State of the call that this thread is in; runtime functions find it by `current`.
struct CallState {
  CallContext *context = nullptr;
  /// Results of dynamic shape, as the compiled code hands them over.
  std::vector<HostTensor> *results = nullptr;
  llvm::ArrayRef<ElementKind> resultKinds;
  const Effects *effects = nullptr;
  /// Where the call ends early, with `reason` of the context set.
  std::jmp_buf onFailure;

  static thread_local CallState *current;
};

/// Name and address of a function that compiled code may call.
struct RuntimeSymbol {
  std::string name;
  void *address;
};

/// All of them; one that takes a result for each of `numResults`, one that compares for each of `numChecks`.
std::vector<RuntimeSymbol> getRuntimeSymbols(unsigned numResults, unsigned numChecks);

/// Name under which result `index` of dynamic shape is handed over; called with (i64 index, memref<*xT>).
std::string getTakeResultName(unsigned index);

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_RUNTIME_H
