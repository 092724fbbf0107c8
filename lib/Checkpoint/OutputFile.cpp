//===- OutputFile.cpp - Text files that appear whole or not at all --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/OutputFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <unistd.h>
#include <utility>

using namespace llvm;
using namespace quantopt;

std::string quantopt::getPathIn(StringRef folder, StringRef name) {
  SmallString<256> path(folder);
  sys::path::append(path, name);
  return path.str().str();
}

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

std::error_code quantopt::replaceFile(StringRef fresh, StringRef target) {
  int descriptor;
  if (std::error_code code = sys::fs::openFileForRead(fresh, descriptor))
    return code;
  // Without it a crash of the machine could leave the new name on an empty file.
  bool isSynced = ::fsync(descriptor) == 0;
  std::error_code code(errno, std::generic_category());
  ::close(descriptor);
  return isSynced ? sys::fs::rename(fresh, target) : code;
}

static Error makeError(StringRef path, std::error_code code) {
  return createStringError(path + ": cannot be written: " + code.message() + "; free space or give a writable path");
}

PendingFile::PendingFile(PendingFile &&other)
    : path(std::move(other.path)), temporary(std::exchange(other.temporary, std::string())) {}

PendingFile::~PendingFile() {
  if (!temporary.empty())
    sys::fs::remove(temporary);
}

Expected<PendingFile> PendingFile::write(StringRef path, function_ref<void(raw_ostream &)> write) {
  PendingFile file(path);
  if (path != "-" && !isSpecialFile(path))
    file.temporary = (path + ".tmp").str();
  if (std::error_code code = writeDirectly(file.temporary.empty() ? path : file.temporary, write))
    return makeError(path, code);
  return file;
}

Error PendingFile::putInPlace() {
  if (temporary.empty())
    return Error::success();
  if (std::error_code code = replaceFile(temporary, path))
    return makeError(path, code);
  temporary.clear();
  return Error::success();
}

Error quantopt::writeFile(StringRef path, function_ref<void(raw_ostream &)> write) {
  Expected<PendingFile> file = PendingFile::write(path, write);
  return file ? file->putInPlace() : file.takeError();
}
