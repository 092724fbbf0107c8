//===- GgufPreTokenizers.cpp - Names in tokenizer.ggml.pre ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A byte-level vocabulary in a GGUF file names how text is cut before merging.
// The regexes are those of the models' own tokenizer.json, which llama.cpp
// (src/llama-vocab.cpp) spells out; each cuts what the one before left.
//
//===----------------------------------------------------------------------===//

#include "LoadGguf.h"
#include "llvm/ADT/STLExtras.h"

using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;

namespace quantopt::tokenizer {

#define CONTRACTIONS R"((?i:'s|'t|'re|'ve|'m|'ll|'d))"
#define CL100K_REST R"(| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"
#define O200K_REST R"(| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)"
#define UPPER R"([\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}])"
#define LOWER R"([\p{Ll}\p{Lm}\p{Lo}\p{M}])"
#define WORD_START R"([^\r\n\p{L}\p{N}]?)"

static constexpr const char *gpt2 = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
static constexpr const char *llama3 = CONTRACTIONS "|" WORD_START R"(\p{L}+|\p{N}{1,3})" CL100K_REST;
static constexpr const char *qwen2 = CONTRACTIONS "|" WORD_START R"(\p{L}+|\p{N})" CL100K_REST;
static constexpr const char *qwen35 =
    CONTRACTIONS "|" WORD_START R"([\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
static constexpr const char *tekken = WORD_START UPPER "*" LOWER "+|" WORD_START UPPER "+" LOWER "*"
                                                       R"(|\p{N})" O200K_REST;
static constexpr const char *gpt4o =
    WORD_START UPPER "*" LOWER "+" CONTRACTIONS "?|" WORD_START UPPER "+" LOWER "*" CONTRACTIONS "?"
                     R"(|\p{N}{1,3})" O200K_REST;
static constexpr const char *digit = R"(\p{N})";
static constexpr const char *threeDigits = "[0-9][0-9][0-9]";

namespace {
struct Entry {
  std::vector<StringRef> names;
  std::vector<StringRef> regexes;
  bool ignoresMerges = false;
  bool addsBos = false;
};
} // namespace

static const std::vector<Entry> &getTable() {
  static const std::vector<Entry> table = {
      {{"default"}, {R"([\p{P}\$\+<=>\^~\|]+)", gpt2, R"(\p{N}+)", threeDigits}},
      {{"gpt-2", "phi-2", "mpt", "olmo", "jais", "exaone4", "mellum", "modern-bert"}, {gpt2}},
      {{"smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b"}, {digit, gpt2}},
      {{"llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "lfm2"}, {llama3}, true, true},
      {{"dbrx", "smaug-bpe", "glm4", "chatglm-bpe"}, {llama3}},
      {{"qwen2", "stablelm2", "deepseek-r1-qwen", "megrez", "hunyuan"}, {qwen2}},
      {{"qwen35"}, {qwen35}},
      {{"falcon"}, {R"([\p{P}\$\+<=>\^~\|`]+)", gpt2, threeDigits}},
      {{"tekken"}, {tekken}, true, true},
      {{"gpt-4o", "llama4", "kanana2", "minimax-m2"}, {gpt4o}},
  };
  return table;
}

std::optional<GgufPreTokenizer> findGgufPreTokenizer(StringRef name) {
  for (const Entry &entry : getTable()) {
    if (!llvm::is_contained(entry.names, name))
      continue;
    Array stages;
    for (StringRef regex : entry.regexes)
      stages.push_back(Object{
          {"type", "Split"}, {"pattern", Object{{"Regex", regex}}}, {"behavior", "Isolated"}, {"invert", false}});
    stages.push_back(
        Object{{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", false}});
    return GgufPreTokenizer{Object{{"type", "Sequence"}, {"pretokenizers", std::move(stages)}}, entry.ignoresMerges,
                            entry.addsBos};
  }
  return std::nullopt;
}

std::string listGgufPreTokenizers() {
  std::string list;
  for (const Entry &entry : getTable())
    for (StringRef name : entry.names)
      list += (list.empty() ? "" : ", ") + name.str();
  return list;
}

} // namespace quantopt::tokenizer
