//===- CorpusTest.cpp - PTX of nvcc and Triton parses ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every file of the corpus: kernels by the names that the CUDA sources give
// them, and as many instructions as the text has pieces of that look.
//
//===----------------------------------------------------------------------===//

#include "Corpus.h"
#include "CheckModule.h"
#include "ParseText.h"
#include "llvm/Support/Regex.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

/// Pieces of lines that look like instructions: those that end in a semicolon and begin in lower case, and first lines
/// of calls, which go on for several lines.
static unsigned countInstructions(llvm::StringRef text) {
  unsigned count = 0;
  // Sections behind the last function hold data.
  for (llvm::StringRef rest = text.split("\n\t.section").first; !rest.empty();) {
    auto [line, next] = rest.split('\n');
    rest = next;
    line = line.split("//").first;
    while (!line.empty()) {
      auto [piece, others] = line.split(';');
      bool ends = piece.size() < line.size();
      line = others;
      piece = piece.ltrim(" \t{").trim();
      bool isBegin = !piece.empty() && ((piece[0] >= 'a' && piece[0] <= 'z') || piece[0] == '@');
      count += isBegin && (ends || piece.starts_with("call")) && !piece.starts_with("prototype");
    }
  }
  return count;
}

static void checkFile(const std::string &path) {
  SCOPED_TRACE(path);
  std::string text = readFile(path);
  ASSERT_FALSE(text.empty());
  Module module = parseGood(text);
  EXPECT_EQ(ModuleChecker(module).check(), "");
  unsigned instructions = 0;
  for (const Function &function : module.functions)
    instructions += function.body.size();
  EXPECT_GT(instructions, 0u);
  EXPECT_EQ(instructions, countInstructions(text));
}

TEST(Corpus, Cuda) {
  std::vector<std::string> paths = listCorpus("cuda/ptx");
  EXPECT_GE(paths.size(), 30u);
  for (const std::string &path : paths)
    checkFile(path);
}

TEST(Corpus, Triton) {
  std::vector<std::string> paths = listCorpus("triton/ptx");
  EXPECT_GE(paths.size(), 4u);
  for (const std::string &path : paths)
    checkFile(path);
}

TEST(Corpus, HasTheKernelsOfItsSources) {
  llvm::Regex kernel("extern \"C\" __global__ void (__cluster_dims__\\([0-9]\\) )?([a-z0-9_]+)\\(");
  for (const std::string &path : listCorpus("cuda", ".cu")) {
    SCOPED_TRACE(path);
    std::string name = llvm::sys::path::stem(path).str();
    Module module = parseGood(readFile(std::string(QUANTOPT_PTX_CORPUS) + "/cuda/ptx/" + name + ".sm_90a.ptx"));
    unsigned found = 0;
    std::string source = readFile(path);
    llvm::SmallVector<llvm::StringRef> groups;
    for (llvm::StringRef rest = source; kernel.match(rest, &groups);
         rest = rest.substr(groups[0].end() - rest.begin())) {
      const Function *function = module.findFunction(groups[2]);
      ++found;
      EXPECT_TRUE(function && function->isEntry && function->isDefined) << groups[2].str();
    }
    EXPECT_GT(found, 0u);
  }
}
