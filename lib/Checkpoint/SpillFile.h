//===- SpillFile.h - Bytes kept in an unlinked temporary file ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_SPILLFILE_H
#define QUANTOPT_LIB_CHECKPOINT_SPILLFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include <vector>

namespace quantopt {

/// Append-only bytes in a temporary file ($TMPDIR) that has no name any more, so it vanishes with the process.
/// Bytes are written with pwrite, which reports a full disk where a write to a mapping would raise a signal, and
/// read through mappings of large segments, so that many small tensors do not need a mapping each.
/// Not thread-safe: the owner serializes append().
class SpillFile {
public:
  ~SpillFile();
  /// Appends `bytes`; the view that is returned is 64-byte aligned and lives as long as this object.
  llvm::Expected<llvm::ArrayRef<char>> append(llvm::ArrayRef<char> bytes);

private:
  llvm::Error openSegment(uint64_t size);

  int descriptor = -1;
  uint64_t segmentStart = 0; ///< file offset of the last segment
  uint64_t segmentUsed = 0;  ///< bytes taken in the last segment
  std::vector<llvm::sys::fs::mapped_file_region> segments;
};

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_SPILLFILE_H
