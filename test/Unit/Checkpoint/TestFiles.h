//===- TestFiles.h - Temporary folders and byte strings ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_CHECKPOINT_TESTFILES_H
#define QUANTOPT_TEST_UNIT_CHECKPOINT_TESTFILES_H

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"
#include <string>

namespace quantopt::test {

/// A folder that vanishes with the test.
class TemporaryFolder {
public:
  TemporaryFolder() { EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("quant-opt-test", path)); }
  ~TemporaryFolder() { llvm::sys::fs::remove_directories(path); }

  std::string getPath(llvm::StringRef name = "") const {
    llvm::SmallString<128> result(path);
    if (!name.empty())
      llvm::sys::path::append(result, name);
    return result.str().str();
  }
  std::string write(llvm::StringRef name, llvm::StringRef bytes) const {
    std::error_code error;
    llvm::raw_fd_ostream stream(getPath(name), error);
    EXPECT_FALSE(error);
    stream << bytes;
    return getPath(name);
  }
  std::string read(llvm::StringRef name) const {
    auto buffer = llvm::MemoryBuffer::getFile(getPath(name), /*IsText=*/false, /*RequiresNullTerminator=*/false);
    return buffer ? (*buffer)->getBuffer().str() : "<missing>";
  }
  bool exists(llvm::StringRef name) const { return llvm::sys::fs::exists(getPath(name)); }

private:
  llvm::SmallString<128> path;
};

template <typename T> llvm::ArrayRef<char> asBytes(llvm::ArrayRef<T> values) {
  return {reinterpret_cast<const char *>(values.data()), values.size() * sizeof(T)};
}

/// The message of a failed Expected or Error; "" of a success.
inline std::string takeMessage(llvm::Error error) { return error ? llvm::toString(std::move(error)) : ""; }
template <typename T> std::string takeMessage(llvm::Expected<T> value) { return takeMessage(value.takeError()); }

} // namespace quantopt::test

#endif // QUANTOPT_TEST_UNIT_CHECKPOINT_TESTFILES_H
