//===- BlockPool.h - Memory of tensors and temporaries -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXECUTION_BLOCKPOOL_H
#define QUANTOPT_LIB_EXECUTION_BLOCKPOOL_H

#include <cstddef>

namespace quantopt::execution {

/// Uninitialized memory, 64-byte aligned; `bytes` a multiple of 64. Large blocks come from those released last, of
/// which the process keeps a bounded amount: sample after sample asks for the same sizes, and mapping fresh pages costs
/// more than many of the loops that fill them.
void *allocateBlock(size_t bytes);

/// Takes back a block of allocateBlock; `bytes` as given there.
void releaseBlock(void *block, size_t bytes);

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_BLOCKPOOL_H
