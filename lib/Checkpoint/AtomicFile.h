//===- AtomicFile.h - Files that appear whole or not at all ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_ATOMICFILE_H
#define QUANTOPT_LIB_CHECKPOINT_ATOMICFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallString.h"
#include <system_error>

namespace quantopt {

/// A file that is written under a temporary name beside its final one; removed unless it is renamed.
/// A pipe or device at the final path is written to, not replaced.
class AtomicFile {
public:
  explicit AtomicFile(llvm::StringRef finalPath) : finalPath(finalPath) {}
  AtomicFile(AtomicFile &&other);
  AtomicFile &operator=(AtomicFile &&other) = delete;
  ~AtomicFile();

  std::error_code open();
  std::error_code write(llvm::ArrayRef<char> bytes);
  /// Brings the bytes to the disk and closes the file.
  std::error_code sync();
  /// Replaces what lies at the final path; after sync().
  std::error_code rename();
  llvm::StringRef getPath() const { return finalPath; }

private:
  llvm::SmallString<256> finalPath, temporaryPath;
  int descriptor = -1;
};

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_ATOMICFILE_H
