//===- MappedFile.h - A file as read-only memory -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_MAPPEDFILE_H
#define QUANTOPT_LIB_CHECKPOINT_MAPPEDFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include <memory>
#include <string>

namespace quantopt {

/// A whole file, mapped read-only. The mapping outlives a rename or removal of the file.
class MappedFile {
public:
  static llvm::Expected<std::shared_ptr<const MappedFile>> open(llvm::StringRef path);
  llvm::ArrayRef<char> getBytes() const { return {region.const_data(), region.size()}; }
  llvm::StringRef getPath() const { return path; }

private:
  std::string path;
  llvm::sys::fs::mapped_file_region region;
};

/// Drops the pages that lie wholly inside `bytes` from this process; they are read again when touched.
void releasePages(llvm::ArrayRef<char> bytes);

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_MAPPEDFILE_H
