//===- AtomicFile.cpp - Files that appear whole or not at all -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AtomicFile.h"
#include "llvm/Support/FileSystem.h"
#include <cerrno>
#include <unistd.h>

using namespace llvm;
using namespace quantopt;

static std::error_code getLastError() { return std::error_code(errno, std::generic_category()); }

AtomicFile::AtomicFile(AtomicFile &&other)
    : finalPath(other.finalPath), temporaryPath(other.temporaryPath), descriptor(std::exchange(other.descriptor, -1)) {
  other.temporaryPath.clear();
}

AtomicFile::~AtomicFile() {
  if (descriptor >= 0)
    ::close(descriptor);
  if (!temporaryPath.empty())
    sys::fs::remove(temporaryPath);
}

std::error_code AtomicFile::open() {
  sys::fs::file_status status;
  if (!sys::fs::status(finalPath, status) && !sys::fs::is_regular_file(status) && !sys::fs::is_directory(status))
    return sys::fs::openFileForWrite(finalPath, descriptor, sys::fs::CD_OpenExisting);
  return sys::fs::createUniqueFile(finalPath + ".%%%%%%.tmp", descriptor, temporaryPath, sys::fs::OF_None,
                                   sys::fs::all_read | sys::fs::owner_write);
}

std::error_code AtomicFile::write(ArrayRef<char> bytes) {
  while (!bytes.empty()) {
    ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return getLastError();
    bytes = bytes.drop_front(size_t(count));
  }
  return {};
}

std::error_code AtomicFile::sync() {
  // A pipe or device has nothing to sync.
  if (::fsync(descriptor) != 0 && !temporaryPath.empty())
    return getLastError();
  if (::close(std::exchange(descriptor, -1)) != 0)
    return getLastError();
  return {};
}

std::error_code AtomicFile::rename() {
  if (temporaryPath.empty())
    return {};
  if (std::error_code error = sys::fs::rename(temporaryPath, finalPath))
    return error;
  temporaryPath.clear();
  return {};
}
