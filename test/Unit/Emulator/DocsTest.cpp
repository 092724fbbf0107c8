//===- DocsTest.cpp - The list of instructions in the docs ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// docs/emulator.md ends with the decode table. QUANTOPT_UPDATE_DOCS=1 writes
// it; otherwise the test fails when the page lags behind.
//
//===----------------------------------------------------------------------===//

#include "Corpus.h"
#include "Decoder.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"
#include <cstdlib>

using namespace quantopt::ptx;

static const char *const begin = "<!-- instructions: written by DocsTest.cpp -->\n";

/// In a table, a bar separates cells even within code.
static std::string escape(llvm::StringRef text) {
  std::string result;
  for (char c : text) {
    if (c == '|')
      result += '\\';
    result += c;
  }
  return result;
}

static std::string makeTable() {
  std::string table = "| instruction | forms | deviations and choices |\n|---|---|---|\n";
  for (const OpcodeInfo *info : getOpcodes())
    table += std::string("| ") + info->name + " | `" + escape(info->forms) + "` | " + escape(info->note) + " |\n";
  return table;
}

TEST(Docs, InstructionsAreThoseOfTheDecodeTable) {
  std::string path = std::string(QUANTOPT_PTX_CORPUS) + "/../../docs/emulator.md";
  std::string page = test::readFile(path);
  size_t at = page.find(begin);
  ASSERT_NE(at, std::string::npos);
  std::string expected = page.substr(0, at) + begin + makeTable();
  if (std::getenv("QUANTOPT_UPDATE_DOCS")) {
    std::error_code error;
    llvm::raw_fd_ostream(path, error) << expected;
    ASSERT_FALSE(error);
    return;
  }
  EXPECT_EQ(page, expected) << "run EmulatorKernelTests with QUANTOPT_UPDATE_DOCS=1 and commit docs/emulator.md";
}
