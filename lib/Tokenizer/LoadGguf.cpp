//===- LoadGguf.cpp - The tokenizer inside a GGUF file --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A GGUF file holds the vocabulary and names the kind; what a kind does is
// llama.cpp's code (src/llama-vocab.cpp). It is spelled here as the members of a
// tokenizer.json, so that one implementation serves both.
//
//===----------------------------------------------------------------------===//

#include "LoadGguf.h"
#include "Unicode.h"
#include "quant-opt/Checkpoint/Gguf.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

using llvm::StringRef;
using llvm::Twine;
using llvm::json::Array;
using llvm::json::Object;

namespace quantopt::tokenizer {
namespace {

constexpr const char *metaspace = "\xE2\x96\x81"; // U+2581

/// Values of tokenizer.ggml.token_type that matter here.
enum TokenType : int64_t { Normal = 1, Control = 3, UserDefined = 4 };

class GgufLoader {
public:
  GgufLoader(const GgufFile &file, StringRef fileName) : file(file) { spec.file = fileName.str(); }

  llvm::Expected<Spec> run() {
    if (llvm::Error error = readTokens())
      return std::move(error);
    if (llvm::Error error = readKind())
      return std::move(error);
    if (llvm::Error error = fillVocabulary())
      return std::move(error);
    readConfig();
    return std::move(spec);
  }

private:
  llvm::Error fail(const Twine &rule, const Twine &remedy) { return makeError(spec.file, rule, remedy); }
  llvm::Error readTokens();
  llvm::Error readKind();
  llvm::Error makeByteLevel();
  llvm::Error makeSentencePiece();
  llvm::Error makeWordPiece();
  llvm::Error fillVocabulary();
  llvm::Error deriveMerges(const std::vector<double> &scores);
  void readConfig();
  llvm::Error addBosEos(bool addsBos, bool addsEos);

  bool getFlag(StringRef key, bool fallback) const {
    return file.getBool(("tokenizer.ggml." + key).str()).value_or(fallback);
  }
  /// The token that `key` gives the id of.
  std::optional<std::string> getToken(StringRef key, std::optional<int64_t> fallback = std::nullopt) const {
    std::optional<int64_t> id = file.getInteger(("tokenizer.ggml." + key).str());
    if (!id)
      id = fallback;
    if (!id || *id < 0 || *id >= static_cast<int64_t>(tokens.size()))
      return std::nullopt;
    return tokens[*id];
  }

  const GgufFile &file;
  Spec spec;
  std::vector<std::string> tokens;
  std::vector<int64_t> types;
};

llvm::Error GgufLoader::readTokens() {
  auto strings = file.getStrings("tokenizer.ggml.tokens");
  if (!strings || strings->empty())
    return fail("has no tokenizer.ggml.tokens", "use a GGUF file with a tokenizer, or a folder with tokenizer.json");
  for (const auto &[id, token] : llvm::enumerate(*strings)) {
    if (!llvm::json::isUTF8(token))
      return fail("tokenizer.ggml.tokens[" + Twine(id) + "] is not UTF-8", "convert the model again");
    tokens.push_back(token.empty() ? "[EMPTY_" + std::to_string(id) + "]" : token.str());
  }
  types = file.getIntegers("tokenizer.ggml.token_type").value_or(std::vector<int64_t>(tokens.size(), Normal));
  if (types.size() != tokens.size())
    return fail("tokenizer.ggml.token_type has " + Twine(types.size()) + " entries for " + Twine(tokens.size()) +
                    " tokens",
                "convert the model again");
  return llvm::Error::success();
}

llvm::Error GgufLoader::readKind() {
  std::string kind = file.getString("tokenizer.ggml.model").value_or("").str();
  if (kind == "gpt2")
    return makeByteLevel();
  if (kind == "llama")
    return makeSentencePiece();
  if (kind == "bert")
    return makeWordPiece();
  return fail("tokenizer.ggml.model '" + kind + "' is not known", "known: gpt2, llama, bert");
}

/// Puts bos before and eos behind a text, unless the file's flags say otherwise.
llvm::Error GgufLoader::addBosEos(bool addsBos, bool addsEos) {
  std::vector<std::pair<std::string, int64_t>> before, after;
  for (auto [flag, adds, token, list] : {std::tuple("add_bos_token", addsBos, &spec.bosToken, &before),
                                         std::tuple("add_eos_token", addsEos, &spec.eosToken, &after)}) {
    if (!getFlag(flag, adds))
      continue;
    if (!*token)
      return fail("tokenizer.ggml." + Twine(flag) + " is set but the token's id is missing or outside the vocabulary",
                  "convert the model again");
    list->emplace_back(**token, llvm::find(tokens, **token) - tokens.begin());
  }
  spec.postProcessor = makeTemplate(before, after);
  return llvm::Error::success();
}

llvm::Error GgufLoader::makeByteLevel() {
  std::string pre = file.getString("tokenizer.ggml.pre").value_or("").str();
  std::optional<GgufPreTokenizer> kind = findGgufPreTokenizer(pre);
  if (!kind)
    return fail("tokenizer.ggml.pre '" + pre + "' is not known", "known: " + listGgufPreTokenizers());
  auto merges = file.getStrings("tokenizer.ggml.merges");
  if (!merges)
    return fail("has no tokenizer.ggml.merges", "convert the model again");
  for (const auto &[index, merge] : llvm::enumerate(*merges)) {
    size_t space = merge.find(' ', 1);
    if (space == StringRef::npos)
      return fail("tokenizer.ggml.merges[" + Twine(index) + "] is not two tokens", "convert the model again");
    spec.merges.emplace_back(merge.take_front(space).str(), merge.drop_front(space + 1).str());
  }
  if (getFlag("normalizer.nfc", false))
    spec.normalizer = Object{{"type", "NFC"}};
  spec.preTokenizer = std::move(kind->stages);
  spec.decoder = Object{{"type", "ByteLevel"}, {"add_prefix_space", true}, {"trim_offsets", true}, {"use_regex", true}};
  spec.model = Object{{"type", "BPE"}, {"ignore_merges", kind->ignoresMerges}};
  spec.bosToken = getToken("bos_token_id");
  spec.eosToken = getToken("eos_token_id");
  spec.unkToken = getToken("unknown_token_id");
  return addBosEos(kind->addsBos, false);
}

llvm::Error GgufLoader::makeSentencePiece() {
  auto scores = file.getFloats("tokenizer.ggml.scores");
  if (!scores || scores->size() != tokens.size())
    return fail("tokenizer.ggml.scores does not have one score for each token", "convert the model again");
  if (!llvm::all_of(*scores, [](double score) { return std::isfinite(score); }))
    return fail("tokenizer.ggml.scores has a score that is not finite", "convert the model again");
  bool addsPrefix = getFlag("add_space_prefix", true);
  Array normalizers, decoders;
  if (addsPrefix)
    normalizers.push_back(Object{{"type", "Prepend"}, {"prepend", metaspace}});
  normalizers.push_back(Object{{"type", "Replace"}, {"pattern", Object{{"String", " "}}}, {"content", metaspace}});
  decoders.push_back(Object{{"type", "Replace"}, {"pattern", Object{{"String", metaspace}}}, {"content", " "}});
  decoders.push_back(Object{{"type", "ByteFallback"}});
  decoders.push_back(Object{{"type", "Fuse"}});
  if (addsPrefix)
    decoders.push_back(Object{{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}});
  spec.normalizer = Object{{"type", "Sequence"}, {"normalizers", std::move(normalizers)}};
  spec.decoder = Object{{"type", "Sequence"}, {"decoders", std::move(decoders)}};
  // The ids that llama.cpp takes for a file that names none.
  spec.bosToken = getToken("bos_token_id", 1);
  spec.eosToken = getToken("eos_token_id", 2);
  spec.unkToken = getToken("unknown_token_id", 0);
  spec.model = Object{{"type", "BPE"},
                      {"unk_token", spec.unkToken ? llvm::json::Value(*spec.unkToken) : nullptr},
                      {"fuse_unk", true},
                      {"byte_fallback", true}};
  if (llvm::Error error = deriveMerges(*scores))
    return error;
  return addBosEos(true, false);
}

/// SentencePiece merges any two neighbours that make a token, the best-scored token first. As a list: each split of
/// each token into two tokens; ties as generate_merges() of Hugging Face transformers orders them.
llvm::Error GgufLoader::deriveMerges(const std::vector<double> &scores) {
  struct Split {
    double score;
    size_t leftLength, rightLength; // in code points
    int64_t leftId, rightId;
  };
  llvm::StringMap<int64_t> ids;
  for (const auto &[id, token] : llvm::enumerate(tokens))
    ids.try_emplace(token, id);
  std::vector<Split> splits;
  for (const auto &[id, token] : llvm::enumerate(tokens)) {
    constexpr size_t maxBytes = 4096; // trying all splits of a token takes the square of its length
    if (token.size() > maxBytes)
      return fail("tokenizer.ggml.tokens[" + Twine(id) + "] is longer than " + Twine(maxBytes) + " bytes",
                  "convert the model again");
    size_t first = splits.size(), length = countCodePoints(token), leftLength = 0;
    for (size_t cut = 0; cut < token.size();) {
      nextCodePoint(token, cut);
      ++leftLength;
      if (cut == token.size())
        break;
      auto left = ids.find(StringRef(token).take_front(cut)), right = ids.find(StringRef(token).drop_front(cut));
      if (left != ids.end() && right != ids.end())
        splits.push_back({scores[id], leftLength, length - leftLength, left->second, right->second});
    }
    std::sort(splits.begin() + first, splits.end(), [](const Split &a, const Split &b) {
      return std::tie(a.leftId, a.rightId) < std::tie(b.leftId, b.rightId);
    });
  }
  llvm::sort(splits, [](const Split &a, const Split &b) {
    return std::tie(b.score, b.leftLength, b.rightLength) < std::tie(a.score, a.leftLength, a.rightLength);
  });
  for (const Split &split : splits)
    spec.merges.emplace_back(tokens[split.leftId], tokens[split.rightId]);
  return llvm::Error::success();
}

llvm::Error GgufLoader::makeWordPiece() {
  // A GGUF file marks where a word starts; the model here marks where it goes on.
  for (const auto &[token, type] : llvm::zip(tokens, types)) {
    if (type != Normal)
      continue;
    if (StringRef(token).starts_with(metaspace))
      token.erase(0, StringRef(metaspace).size());
    else
      token.insert(0, "##");
  }
  bool lowercase = getFlag("normalizer.lowercase", true);
  spec.normalizer = Object{{"type", "BertNormalizer"},
                           {"clean_text", true},
                           {"handle_chinese_chars", true},
                           {"strip_accents", getFlag("normalizer.strip_accents", lowercase)},
                           {"lowercase", lowercase}};
  spec.preTokenizer = Object{{"type", "BertPreTokenizer"}};
  spec.decoder = Object{{"type", "WordPiece"}, {"prefix", "##"}, {"cleanup", true}};
  spec.unkToken = getToken("unknown_token_id", 100);
  spec.bosToken = getToken("bos_token_id", 101);
  spec.eosToken = getToken("seperator_token_id", 102); // spelled so in the format
  if (!spec.unkToken)
    return fail("has no tokenizer.ggml.unknown_token_id", "convert the model again");
  spec.model = Object{{"type", "WordPiece"},
                      {"unk_token", *spec.unkToken},
                      {"continuing_subword_prefix", "##"},
                      {"max_input_chars_per_word", 100}};
  return addBosEos(true, true);
}

llvm::Error GgufLoader::fillVocabulary() {
  for (const auto &[id, token] : llvm::enumerate(tokens)) {
    if (llvm::Error error = spec.vocabulary.add(token, id))
      return fail(llvm::toString(std::move(error)), "convert the model again");
    if (types[id] != Control && types[id] != UserDefined)
      continue;
    AddedToken added;
    added.id = id;
    added.content = token;
    added.isSpecial = types[id] == Control;
    spec.addedTokens.push_back(std::move(added));
  }
  return llvm::Error::success();
}

void GgufLoader::readConfig() {
  spec.padToken = getToken("padding_token_id");
  if (std::optional<StringRef> chatTemplate = file.getString("tokenizer.chat_template"))
    if (llvm::json::isUTF8(*chatTemplate))
      spec.config["chat_template"] = chatTemplate->str(); // the file goes away
  if (std::optional<int64_t> endOfTurn = file.getInteger("tokenizer.ggml.eot_token_id"))
    spec.stopIds.push_back(*endOfTurn);
}

} // namespace

llvm::Expected<Spec> loadGguf(const GgufFile &file, StringRef fileName) { return GgufLoader(file, fileName).run(); }

} // namespace quantopt::tokenizer
