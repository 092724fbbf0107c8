//===- MappedFile.cpp - A file as read-only memory ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MappedFile.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Process.h"
#include <sys/mman.h>

using namespace llvm;
using namespace quantopt;

Expected<std::shared_ptr<const MappedFile>> MappedFile::open(StringRef path) {
  Expected<sys::fs::file_t> descriptor = sys::fs::openNativeFileForRead(path);
  if (!descriptor)
    return createStringError(Twine(path) + ": cannot open: " + toString(descriptor.takeError()) +
                             "; check the path and its permissions");
  auto closeFile = [&](Error error) {
    sys::fs::closeFile(*descriptor);
    return error;
  };
  sys::fs::file_status status;
  if (std::error_code error = sys::fs::status(*descriptor, status))
    return closeFile(createStringError(Twine(path) + ": cannot open: " + error.message()));
  if (status.type() != sys::fs::file_type::regular_file)
    return closeFile(createStringError(Twine(path) + ": not a regular file; give a .safetensors or .gguf file"));
  if (status.getSize() == 0)
    return closeFile(createStringError(Twine(path) + ": the file is empty; download or write it again"));

  auto file = std::make_shared<MappedFile>();
  file->path = path.str();
  std::error_code error;
  file->region = sys::fs::mapped_file_region(*descriptor, sys::fs::mapped_file_region::readonly, status.getSize(),
                                             /*offset=*/0, error);
  if (error)
    return closeFile(createStringError(Twine(path) + ": cannot map: " + error.message()));
  sys::fs::closeFile(*descriptor);
  return file;
}

void quantopt::releasePages(ArrayRef<char> bytes) {
  static const uintptr_t pageSize = sys::Process::getPageSizeEstimate();
  uintptr_t begin = alignTo(reinterpret_cast<uintptr_t>(bytes.begin()), pageSize);
  uintptr_t end = alignDown(reinterpret_cast<uintptr_t>(bytes.end()), pageSize);
  if (begin < end)
    ::madvise(reinterpret_cast<void *>(begin), end - begin, MADV_DONTNEED);
}
