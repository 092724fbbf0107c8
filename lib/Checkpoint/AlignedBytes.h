//===- AlignedBytes.h - Heap memory for decoded tensors ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_ALIGNEDBYTES_H
#define QUANTOPT_LIB_CHECKPOINT_ALIGNEDBYTES_H

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MathExtras.h"
#include <cstdlib>
#include <memory>

namespace quantopt {

/// `size` uninitialized bytes, 64-byte aligned; never null.
inline std::shared_ptr<char> allocateAligned(size_t size) {
  char *bytes = static_cast<char *>(std::aligned_alloc(64, size ? llvm::alignTo(size, 64) : 64));
  if (!bytes)
    llvm::report_bad_alloc_error("cannot allocate memory for a tensor");
  return std::shared_ptr<char>(bytes, std::free);
}

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_ALIGNEDBYTES_H
