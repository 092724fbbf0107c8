//===- SpillFile.cpp - Bytes kept in an unlinked temporary file -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SpillFile.h"
#include "llvm/Support/MathExtras.h"
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;
using namespace quantopt;

/// Address space is cheap and the file is sparse, so a segment may be far larger than what is in it.
static constexpr uint64_t kSegmentBytes = 1ull << 30;

static Error makeSpillError(std::error_code error) {
  return createStringError("temporary file for new weights: " + error.message() +
                           "; point TMPDIR to a disk with more space");
}

SpillFile::~SpillFile() {
  if (descriptor >= 0)
    ::close(descriptor);
}

Error SpillFile::openSegment(uint64_t size) {
  if (descriptor < 0) {
    SmallString<128> path;
    if (std::error_code error = sys::fs::createTemporaryFile("quant-opt-weights", "bin", descriptor, path))
      return makeSpillError(error);
    sys::fs::remove(path);
  }
  uint64_t start = segments.empty() ? 0 : segmentStart + segments.back().size();
  if (::ftruncate(descriptor, off_t(start + size)) != 0)
    return makeSpillError(std::error_code(errno, std::generic_category()));
  std::error_code error;
  sys::fs::mapped_file_region region(sys::fs::convertFDToNativeFile(descriptor), sys::fs::mapped_file_region::readonly,
                                     size, start, error);
  if (error)
    return makeSpillError(error);
  segments.push_back(std::move(region));
  segmentStart = start;
  segmentUsed = 0;
  return Error::success();
}

Expected<ArrayRef<char>> SpillFile::append(ArrayRef<char> bytes) {
  if (segments.empty() || segmentUsed + bytes.size() > segments.back().size())
    if (Error error = openSegment(std::max<uint64_t>(kSegmentBytes, alignTo(bytes.size(), 1 << 16))))
      return error;
  for (size_t written = 0; written < bytes.size();) {
    ssize_t count = ::pwrite(descriptor, bytes.data() + written, bytes.size() - written,
                             off_t(segmentStart + segmentUsed + written));
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return makeSpillError(std::error_code(count < 0 ? errno : ENOSPC, std::generic_category()));
    written += size_t(count);
  }
  ArrayRef<char> view(segments.back().const_data() + segmentUsed, bytes.size());
  segmentUsed = alignTo(segmentUsed + bytes.size(), 64);
  return view;
}
