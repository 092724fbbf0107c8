//===- Corpus.h - The PTX files of the tests ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Finds and reads test/Emulator/cuda/ptx and test/Emulator/triton/ptx.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_CORPUS_H
#define QUANTOPT_TEST_UNIT_EMULATOR_CORPUS_H

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <string>
#include <vector>

namespace quantopt::ptx::test {

/// Paths of a folder's files that end in `suffix`, sorted. `folder`: "cuda/ptx".
inline std::vector<std::string> listCorpus(llvm::StringRef folder, llvm::StringRef suffix = ".ptx") {
  std::vector<std::string> paths;
  std::error_code error;
  std::string directory = std::string(QUANTOPT_PTX_CORPUS) + "/" + folder.str();
  for (llvm::sys::fs::directory_iterator entry(directory, error), end; entry != end && !error; entry.increment(error))
    if (llvm::StringRef(entry->path()).ends_with(suffix))
      paths.push_back(entry->path());
  llvm::sort(paths);
  return paths;
}

inline std::string readFile(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  return buffer ? (*buffer)->getBuffer().str() : std::string();
}

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_CORPUS_H
