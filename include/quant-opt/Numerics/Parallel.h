//===- Parallel.h - One parallel loop for everything -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_PARALLEL_H
#define QUANTOPT_NUMERICS_PARALLEL_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include <cstddef>

namespace quantopt {

/// Calls `body(i)` for i in [0, count) on `threads` threads (0: all cores), in no stated order; BLAS inside is
/// single-threaded. A call from within a body runs on the calling thread alone, so nesting never oversubscribes.
/// For results that are the same bytes for any thread count, the split into bodies must not depend on `threads`
/// (rule N10).
void parallelFor(unsigned threads, size_t count, llvm::function_ref<void(size_t)> body);

/// `threads`, or the number of cores for 0.
unsigned resolveThreadCount(unsigned threads);

/// While one of these lives OpenBLAS runs on the calling thread only. Counted: they may nest and overlap.
class SingleThreadedBlas {
public:
  SingleThreadedBlas();
  ~SingleThreadedBlas();
  SingleThreadedBlas(const SingleThreadedBlas &) = delete;
  SingleThreadedBlas &operator=(const SingleThreadedBlas &) = delete;
};

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_PARALLEL_H
