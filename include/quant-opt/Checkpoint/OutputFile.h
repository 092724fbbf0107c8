//===- OutputFile.h - Text files that appear whole or not at all -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECKPOINT_OUTPUTFILE_H
#define QUANTOPT_CHECKPOINT_OUTPUTFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <system_error>

namespace quantopt {

/// `name` in `folder`.
std::string getPathIn(llvm::StringRef folder, llvm::StringRef name);

/// True for what exists and can only be written to, not replaced: a pipe, a device.
bool isSpecialFile(llvm::StringRef path);

/// Brings `fresh` to the disk and puts it in the place of `target`, whole or not at all.
std::error_code replaceFile(llvm::StringRef fresh, llvm::StringRef target);

/// A file that lies written beside its final path until it is put in place; without that nothing changes.
class PendingFile {
public:
  /// What can only be written to (a pipe, a device, "-" for stdout) is written at once. An error names the path.
  static llvm::Expected<PendingFile> write(llvm::StringRef path, llvm::function_ref<void(llvm::raw_ostream &)> write);
  PendingFile(PendingFile &&other);
  PendingFile &operator=(PendingFile &&other) = delete;
  ~PendingFile();

  llvm::Error putInPlace();

private:
  explicit PendingFile(llvm::StringRef path) : path(path) {}

  std::string path, temporary; ///< `temporary` is empty when nothing is pending
};

/// Writes beside `path`, then renames, so that an earlier file stays whole when writing fails; "-" is stdout. An error
/// names the path.
llvm::Error writeFile(llvm::StringRef path, llvm::function_ref<void(llvm::raw_ostream &)> write);

} // namespace quantopt

#endif // QUANTOPT_CHECKPOINT_OUTPUTFILE_H
