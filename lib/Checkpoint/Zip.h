//===- Zip.h - Zip archives as .npz needs them -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Members that are stored or deflated, with Zip64 sizes and offsets (PKWARE
// APPNOTE.TXT 6.3.10); no encryption, no archives in parts.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_ZIP_H
#define QUANTOPT_LIB_CHECKPOINT_ZIP_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <system_error>
#include <vector>

namespace quantopt {

struct ZipMember {
  std::string name;
  bool isDeflated = false;
  uint32_t crc = 0;
  uint64_t size = 0;           ///< bytes of the member itself
  llvm::ArrayRef<char> stored; ///< as they lie in the archive
};

/// The members in the order of the directory. Messages have neither file name nor remedy.
llvm::Expected<std::vector<ZipMember>> listZip(llvm::ArrayRef<char> archive);

/// Writes the `member.size` bytes of `member` to `target` and checks their CRC.
llvm::Error extractZip(const ZipMember &member, char *target);

/// Builds an archive of stored members piece by piece; dates are constant, so equal content gives equal bytes.
class ZipWriter {
public:
  using Sink = llvm::function_ref<std::error_code(llvm::ArrayRef<char>)>;
  /// `sink` is called until finish() returns.
  explicit ZipWriter(Sink sink) : sink(sink) {}
  /// Adds a member whose content is `head` followed by `body`.
  std::error_code add(llvm::StringRef name, llvm::ArrayRef<char> head, llvm::ArrayRef<char> body);
  std::error_code finish();

private:
  std::error_code emit(llvm::ArrayRef<char> bytes);

  Sink sink;
  uint64_t position = 0, count = 0;
  std::string directory;
};

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_ZIP_H
