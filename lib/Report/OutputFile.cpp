//===- OutputFile.cpp - Text files that appear whole or not at all --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Report/OutputFile.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

bool quantopt::isSpecialFile(StringRef path) {
  sys::fs::file_status status;
  return !sys::fs::status(path, status) && !sys::fs::is_regular_file(status) && !sys::fs::is_directory(status);
}

/// Writes without a temporary file; the stream keeps no error when it is destroyed.
static std::error_code writeDirectly(StringRef path, function_ref<void(raw_ostream &)> write) {
  std::error_code code;
  raw_fd_ostream os(path, code, sys::fs::OF_Text);
  if (code)
    return code;
  write(os);
  os.close();
  code = os.error();
  os.clear_error();
  return code;
}

Error quantopt::writeFile(StringRef path, function_ref<void(raw_ostream &)> write) {
  bool isReplaced = path != "-" && !isSpecialFile(path);
  std::string target = isReplaced ? (path + ".tmp").str() : path.str();
  std::error_code code = writeDirectly(target, write);
  if (!code && isReplaced)
    code = sys::fs::rename(target, path);
  if (!code)
    return Error::success();
  if (isReplaced)
    sys::fs::remove(target);
  return createStringError(path + ": cannot be written: " + code.message() + "; free space or give a writable path");
}
