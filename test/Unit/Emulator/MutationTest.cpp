//===- MutationTest.cpp - Many broken texts -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Texts of the corpus with random damage, the same on every run: a short form
// of what test/Fuzz/fuzz-ptx.cpp does at length.
//
//===----------------------------------------------------------------------===//

#include "CheckModule.h"
#include "Corpus.h"
#include "ParseText.h"
#include "RunModule.h"
#include <random>

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

/// Damages texts: bytes, words that mean something, and pieces of the text in other places.
class Mutator {
public:
  explicit Mutator(uint64_t seed) : random(seed) {}

  size_t below(size_t bound) { return bound ? random() % bound : 0; }

  std::string mutate(std::string text) {
    for (size_t edits = 1 + below(4); edits > 0; --edits) {
      size_t at = below(text.size()), length = std::min(below(20), text.size() - at);
      switch (below(5)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, text.substr(below(text.size()), below(40)));
        break;
      case 2:
        if (!text.empty())
          text[at] = char(below(256));
        break;
      case 3:
        text.insert(at, words[below(std::size(words))]);
        break;
      default:
        text.replace(at, length, words[below(std::size(words))]);
      }
    }
    return text;
  }

private:
  static constexpr const char *words[] = {"{",
                                          "}",
                                          "(",
                                          ")",
                                          "[",
                                          "]",
                                          ";",
                                          ",",
                                          "|",
                                          "!",
                                          "@",
                                          "@%p1 ",
                                          "-",
                                          "+",
                                          "<",
                                          ">",
                                          "::",
                                          ".",
                                          "\"",
                                          "/*",
                                          "//",
                                          "\n",
                                          "%r1",
                                          "%rd1",
                                          "%tid",
                                          ".x",
                                          "WARP_SZ",
                                          "_",
                                          "0f",
                                          "0x",
                                          "1e999",
                                          "-1",
                                          "99999999999999999999",
                                          ".reg ",
                                          ".b32",
                                          ".v4 ",
                                          ".align",
                                          ".shared ",
                                          ".param",
                                          "call ",
                                          "bra ",
                                          "brx",
                                          ".entry",
                                          ".func ",
                                          ".alias",
                                          ".loc",
                                          "L: ",
                                          "$L__",
                                          " = {",
                                          "<5>",
                                          "[1][2]",
                                          "generic(",
                                          "?",
                                          ":",
                                          ".branchtargets"};

  std::mt19937_64 random;
};

} // namespace

/// Begins of functions and some statements of each file: short, so that many fit in a second.
static std::vector<std::string> collectSeeds() {
  std::vector<std::string> seeds;
  constexpr size_t longest = 2500;
  for (const char *folder : {"cuda/ptx", "triton/ptx"})
    for (const std::string &path : listCorpus(folder)) {
      std::string text = readFile(path);
      size_t begin = text.find(".version");
      std::string seed = text.substr(begin == std::string::npos ? 0 : begin, longest);
      // A cut text ends behind a line, and as a function does.
      seeds.push_back(seed.size() < longest ? seed : seed.substr(0, seed.rfind('\n')) + "\n}\n");
    }
  seeds.push_back(
      inKernel("t: .branchtargets a, b; brx.idx %r1, t; a: { .reg .b32 %r<2>; mov.b32 %r1, 1 ? 2 : 3; } b: ret;"));
  seeds.push_back(
      inModule(".global .u64 p[2][2] = {{p+1, generic(p)}, {0xFF(p)}}; .func f(); .func g() {ret;} .alias f, g;"));
  return seeds;
}

TEST(Mutation, TwentyThousandTexts) {
  std::vector<std::string> seeds = collectSeeds();
  Mutator mutator(20240229);
  unsigned accepted = 0;
  for (unsigned i = 0; i < 20000; ++i) {
    std::string text = mutator.mutate(seeds[i % seeds.size()]);
    llvm::Expected<Module> module = parse(text, "mutant.ptx");
    if (!module) {
      std::string message = llvm::toString(module.takeError());
      ASSERT_TRUE(llvm::StringRef(message).starts_with("mutant.ptx:")) << message;
      ASSERT_EQ(message.find('\n'), std::string::npos) << message;
      continue;
    }
    ++accepted;
    ASSERT_EQ(ModuleChecker(*module).check(), "") << text;
  }
  EXPECT_GT(accepted, 100u) << "damage so heavy tests the first words only";
}

/// Kernels as a whole, small ones, that still parse after little damage.
TEST(Mutation, KernelsThatStillParseRun) {
  std::vector<std::string> seeds;
  constexpr size_t longest = 6000;
  for (const char *folder : {"cuda/ptx", "triton/ptx"})
    for (const std::string &path : listCorpus(folder))
      if (std::string text = readFile(path); text.size() < longest)
        seeds.push_back(text);
  ASSERT_GT(seeds.size(), 5u);
  Mutator mutator(20240301);
  ParserLimits limits;
  limits.variableBytes = 1 << 16;
  RunOutcome sum;
  for (unsigned i = 0; i < 1500; ++i) {
    llvm::Expected<Module> module = parse(mutator.mutate(seeds[i % seeds.size()]), "mutant.ptx", limits);
    if (!module) {
      llvm::consumeError(module.takeError());
      continue;
    }
    RunOutcome outcome = ModuleRunner::run(std::move(*module), /*races=*/i % 2 == 0);
    ASSERT_EQ(outcome.fault, "");
    sum.refused += outcome.refused;
    sum.stopped += outcome.stopped;
    sum.clean += outcome.clean;
  }
  EXPECT_GT(sum.refused, 5u);
  EXPECT_GT(sum.stopped, 5u);
  EXPECT_GT(sum.clean, 5u);
}

/// Found by fuzz-ptx: the text of an assertion is the kernel's, so it may hold anything.
TEST(Mutation, AssertionWithALineBreakIsOneLine) {
  std::string text = readFile(QUANTOPT_PTX_CORPUS "/cuda/ptx/print.sm_80.ptx");
  const std::string quotedText = "34, 112, 111, 115"; // "pos
  size_t at = text.find(quotedText);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, quotedText.size(), "34, 10, 111, 115");
  RunOutcome outcome = ModuleRunner::run(llvm::cantFail(parse(text, "print.ptx")), /*races=*/false);
  EXPECT_EQ(outcome.fault, "");
  EXPECT_GT(outcome.stopped, 0u);
}
