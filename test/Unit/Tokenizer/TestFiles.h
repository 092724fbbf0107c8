//===- TestFiles.h - Files of the tokenizer tests ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Committed data, and a scratch folder that goes away.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_TOKENIZER_TESTFILES_H
#define QUANTOPT_TEST_UNIT_TOKENIZER_TESTFILES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <gtest/gtest.h>
#include <string>

inline std::string getDataPath(const std::string &name) { return std::string(QUANTOPT_TEST_DATA) + "/" + name; }

inline std::string readText(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  EXPECT_TRUE(bool(buffer)) << path;
  return buffer ? (*buffer)->getBuffer().str() : "";
}

inline llvm::json::Value readJson(const std::string &path) { return llvm::cantFail(llvm::json::parse(readText(path))); }

class TestFolder {
public:
  TestFolder() { EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("tokenizer-test", path)); }
  ~TestFolder() { llvm::sys::fs::remove_directories(path); }
  std::string getPath() const { return path.str().str(); }
  std::string write(llvm::StringRef name, llvm::StringRef text) const {
    llvm::SmallString<128> file(path);
    llvm::sys::path::append(file, name);
    std::error_code error;
    llvm::raw_fd_ostream stream(file, error);
    EXPECT_FALSE(error);
    stream << text;
    return file.str().str();
  }
  std::string writeJson(llvm::StringRef name, const llvm::json::Value &value) const {
    std::string text;
    llvm::raw_string_ostream(text) << value;
    return write(name, text);
  }

private:
  llvm::SmallString<128> path;
};

#endif // QUANTOPT_TEST_UNIT_TOKENIZER_TESTFILES_H
