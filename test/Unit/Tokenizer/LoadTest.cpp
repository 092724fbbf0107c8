//===- LoadTest.cpp - Files, special tokens, bad input --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What load() reads beside the model, and what it refuses, with the message.
//
//===----------------------------------------------------------------------===//

#include "TestFiles.h"
#include "quant-opt/Tokenizer/Tokenizer.h"

using namespace quantopt;
using llvm::json::Array;
using llvm::json::Object;
using testing::Test;

namespace {

/// BPE over a, b, ab and <s>.
Object makeTiny() {
  Object token{{"id", 3}, {"content", "<s>"}, {"special", true}, {"normalized", false}};
  Object model{{"type", "BPE"}, {"vocab", Object{{"a", 0}, {"b", 1}, {"ab", 2}}}, {"merges", Array{Array{"a", "b"}}}};
  return Object{{"version", "1.0"}, {"added_tokens", Array{std::move(token)}}, {"model", std::move(model)}};
}

Object &getModel(Object &tokenizer) { return *tokenizer.getObject("model"); }

/// What load() says about the file, which the message must name first; empty if it loads.
std::string loadError(const TestFolder &folder, const std::string &path) {
  auto tokenizer = Tokenizer::load(path);
  if (tokenizer)
    return "";
  std::string message = llvm::toString(tokenizer.takeError());
  EXPECT_TRUE(llvm::StringRef(message).starts_with(folder.getPath())) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  return message.substr(std::min(message.size(), folder.getPath().size() + 1));
}

std::string loadError(Object tokenizer) {
  TestFolder folder;
  return loadError(folder, folder.writeJson("tokenizer.json", llvm::json::Value(std::move(tokenizer))));
}

std::string loadErrorWith(const char *key, llvm::json::Value value) {
  Object tokenizer = makeTiny();
  tokenizer[key] = std::move(value);
  return loadError(std::move(tokenizer));
}

std::unique_ptr<Tokenizer> load(const std::string &path) {
  auto tokenizer = Tokenizer::load(path);
  EXPECT_TRUE(bool(tokenizer)) << llvm::toString(tokenizer.takeError());
  return tokenizer ? std::move(*tokenizer) : nullptr;
}

} // namespace

TEST(LoadFolder, SpecialTokensComeFromTheConfigurationFiles) {
  TestFolder folder;
  folder.writeJson("tokenizer.json", llvm::json::Value(makeTiny()));
  folder.write("special_tokens_map.json", R"({"bos_token": {"content": "<s>"}, "pad_token": "a"})");
  folder.write("generation_config.json", R"({"eos_token_id": [1, 2]})");
  auto tokenizer = load(folder.getPath());
  ASSERT_TRUE(tokenizer);
  EXPECT_EQ(tokenizer->getBosId(), 3);
  EXPECT_EQ(tokenizer->getPadId(), 0);
  EXPECT_EQ(tokenizer->getEosId(), 1);
  EXPECT_EQ(tokenizer->getStopIds(), (llvm::ArrayRef<int64_t>{1, 2}));
  EXPECT_EQ(tokenizer->getUnkId(), std::nullopt);
  EXPECT_EQ(tokenizer->getVocabSize(), 4);
  EXPECT_EQ(tokenizer->getToken(2), llvm::StringRef("ab"));
  EXPECT_EQ(tokenizer->getToken(99), std::nullopt);
  EXPECT_EQ(tokenizer->getTokenId("<s>"), 3);
}

TEST(LoadFile, EscapedCharactersBeyondTheBasicPlane) {
  TestFolder folder;
  auto tokenizer = load(folder.write("tokenizer.json", R"({"version": "1.0", "model": {"type": "BPE", "merges": [],
      "vocab": {"\ud83d\ude00": 0, "\ud850\udeee": 1, "\\ud840": 2, "\udbff\udfff": 3, "\"": 4}}})"));
  ASSERT_TRUE(tokenizer);
  EXPECT_EQ(tokenizer->getTokenId("\U0001F600"), 0);
  EXPECT_EQ(tokenizer->getTokenId("\U000242EE"), 1);
  EXPECT_EQ(tokenizer->getTokenId("\\ud840"), 2);
  EXPECT_EQ(tokenizer->getTokenId("\U0010FFFF"), 3);
  EXPECT_EQ(tokenizer->getTokenId("\""), 4);
}

TEST(LoadFolder, FlagsOfTheConfigurationReplaceThePostProcessor) {
  TestFolder folder;
  folder.writeJson("tokenizer.json", llvm::json::Value(makeTiny()));
  folder.write("tokenizer_config.json",
               R"({"bos_token": "<s>", "eos_token": "a", "add_bos_token": true, "add_eos_token": true})");
  auto tokenizer = load(folder.getPath());
  ASSERT_TRUE(tokenizer);
  EXPECT_EQ(llvm::cantFail(tokenizer->encode("ab", true)), (std::vector<int64_t>{3, 2, 0}));
  EXPECT_EQ(llvm::cantFail(tokenizer->encode("ab", false)), (std::vector<int64_t>{2}));
}

TEST(LoadFolder, AddedTokensOfTheConfigurationAreMerged) {
  TestFolder folder;
  folder.writeJson("tokenizer.json", llvm::json::Value(makeTiny()));
  folder.write("tokenizer_config.json", R"({"added_tokens_decoder": {
      "3": {"content": "<s>", "special": false, "normalized": false}, "4": {"content": "bb", "special": true}}})");
  auto tokenizer = load(folder.getPath());
  ASSERT_TRUE(tokenizer);
  EXPECT_EQ(llvm::cantFail(tokenizer->encode("abb<s>", false)), (std::vector<int64_t>{0, 4, 3}));
  EXPECT_EQ(tokenizer->decode({0, 4, 3}, /*skipSpecialTokens=*/true), "a <s>");
}

TEST(Encode, IllFormedUtf8IsReadAsReplacementCharacters) {
  auto tokenizer = load(getDataPath("gpt2.json"));
  ASSERT_TRUE(tokenizer);
  // A truncated sequence is one U+FFFD; bytes that start nothing are one each.
  for (auto [bytes, text] : {std::pair("a\xE2\x82z", "a\uFFFDz"), std::pair("\xFF\xFE", "\uFFFD\uFFFD"),
                             std::pair("\xC0\xAF", "\uFFFD\uFFFD"), std::pair("\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"),
                             std::pair("x\xF0\x9F\x98", "x\uFFFD")})
    EXPECT_EQ(llvm::cantFail(tokenizer->encode(bytes, false)), llvm::cantFail(tokenizer->encode(text, false)));
}

TEST(Encode, LongRunsDoNotExhaustTheMatcher) {
  auto tokenizer = load(getDataPath("llama3.json"));
  ASSERT_TRUE(tokenizer);
  for (const char *unit : {" ", "a", "\n", "!", "\xE4\xBB\x8A", "1"}) {
    std::string text;
    for (size_t i = 0; i < 200000; ++i)
      text += unit;
    auto ids = tokenizer->encode(text, false);
    ASSERT_TRUE(bool(ids)) << llvm::toString(ids.takeError());
    EXPECT_EQ(tokenizer->decode(*ids, false), text);
  }
}

TEST(Encode, AMissingUnknownTokenIsAnErrorOnlyWhenNeeded) {
  TestFolder folder;
  Object tokenizer = makeTiny();
  getModel(tokenizer)["unk_token"] = "<unk>";
  auto loaded = load(folder.writeJson("tokenizer.json", llvm::json::Value(std::move(tokenizer))));
  ASSERT_TRUE(loaded);
  EXPECT_EQ(llvm::cantFail(loaded->encode("ab", false)), (std::vector<int64_t>{2}));
  std::string message = llvm::toString(loaded->encode("abc", false).takeError());
  EXPECT_NE(message.find("'c' has no token, and the unknown token '<unk>' is not in the vocabulary"), std::string::npos)
      << message;
}

TEST(Encode, ARegexThatTakesForeverIsStopped) {
  TestFolder folder;
  Object tokenizer = makeTiny();
  tokenizer["pre_tokenizer"] = Object{
      {"type", "Split"}, {"pattern", Object{{"Regex", "(a|aa)*c"}}}, {"behavior", "Isolated"}, {"invert", false}};
  auto loaded = load(folder.writeJson("tokenizer.json", llvm::json::Value(std::move(tokenizer))));
  ASSERT_TRUE(loaded);
  std::string message = llvm::toString(loaded->encode(std::string(100, 'a'), false).takeError());
  EXPECT_NE(message.find("a regex of the tokenizer stopped with U_REGEX_TIME_OUT on a text of 100 bytes; encode the "
                         "text in smaller parts"),
            std::string::npos)
      << message;
}

TEST(DecodeStream, GivesWholeCharacters) {
  auto tokenizer = load(getDataPath("llama2.json"));
  ASSERT_TRUE(tokenizer);
  std::vector<int64_t> ids = llvm::cantFail(tokenizer->encode("x\U0001F600y", false));
  ASSERT_GE(ids.size(), 6u); // four of them bytes
  DecodeStream stream(*tokenizer, false);
  std::vector<std::string> pieces;
  for (int64_t id : ids)
    if (std::string piece = stream.step(id); !piece.empty())
      pieces.push_back(piece);
  EXPECT_EQ(pieces, (std::vector<std::string>{"x", "\U0001F600", "y"}));
  EXPECT_EQ(stream.finish(), "");
}

TEST(DecodeStream, EmitsAnUnfinishedCharacterAtTheEnd) {
  auto tokenizer = load(getDataPath("gpt2.json"));
  ASSERT_TRUE(tokenizer);
  std::vector<int64_t> ids = llvm::cantFail(tokenizer->encode("a\U0001F600", false));
  DecodeStream stream(*tokenizer, false);
  EXPECT_EQ(stream.step(ids[0]), "a");
  EXPECT_EQ(stream.step(ids[1]), "");
  EXPECT_EQ(stream.finish(), "\uFFFD");
}

TEST(BadInput, ReplacingDoesNotGrowWithoutBound) {
  TestFolder folder;
  Array stages;
  for (int i = 0; i < 2; ++i)
    stages.push_back(
        Object{{"type", "Replace"}, {"pattern", Object{{"String", "a"}}}, {"content", std::string(1 << 15, 'a')}});
  Object tokenizer = makeTiny();
  tokenizer["normalizer"] = Object{{"type", "Sequence"}, {"normalizers", std::move(stages)}};
  auto loaded = load(folder.writeJson("tokenizer.json", llvm::json::Value(std::move(tokenizer))));
  ASSERT_TRUE(loaded);
  std::string message = llvm::toString(loaded->encode("a", false).takeError());
  EXPECT_NE(message.find("replacing makes a text of 1073741824 bytes, more than 536870912; encode"), std::string::npos)
      << message;
}

TEST(BadInput, FilesThatAreNoTokenizer) {
  TestFolder folder;
  EXPECT_EQ(loadError(folder, folder.getPath() + "/none.json"),
            "none.json: cannot be read (No such file or directory); check the path");
  std::string whole;
  llvm::raw_string_ostream(whole) << llvm::json::Value(makeTiny());
  std::string cut = folder.write("cut.json", llvm::StringRef(whole).drop_back(20));
  EXPECT_NE(loadError(folder, cut).find("cut.json: not valid JSON, "), std::string::npos);
  EXPECT_NE(loadError(folder, cut).find("; the file may be truncated, copy it again"), std::string::npos);
  EXPECT_EQ(loadError(folder, folder.write("deep.json", llvm::StringRef(std::string(100000, '[')))),
            "deep.json: JSON nested deeper than 64 levels; this is not a tokenizer file");
  EXPECT_EQ(loadError(folder, folder.write("array.json", llvm::StringRef("[]"))),
            "array.json: is not an object; write {...}");
  EXPECT_EQ(loadError(folder, folder.write("empty.json", llvm::StringRef("{}"))),
            "empty.json: has no 'model'; this is not a tokenizer.json, or it is cut short");
}

TEST(BadInput, Models) {
  auto errorOf = [](auto change) {
    Object tokenizer = makeTiny();
    change(getModel(tokenizer));
    return loadError(std::move(tokenizer));
  };
  EXPECT_EQ(errorOf([](Object &model) { model.erase("vocab"); }),
            "tokenizer.json: model.vocab: is missing or no object; only BPE and WordPiece models are supported");
  EXPECT_EQ(errorOf([](Object &model) { model["type"] = "Unigram"; }),
            "tokenizer.json: model: unknown type 'Unigram'; known: BPE, WordPiece");
  EXPECT_EQ(errorOf([](Object &model) { model["merges"] = Array{"a c"}; }),
            "tokenizer.json: model: merge 0 ('a' 'c') names 'c', which is not in the vocabulary; take vocab and merges "
            "from the same training");
  EXPECT_EQ(
      errorOf([](Object &model) { model["merges"] = Array{Array{"b", "a"}}; }),
      "tokenizer.json: model: merge 0 ('b' 'a') names 'ba', which is not in the vocabulary; take vocab and merges "
      "from the same training");
  EXPECT_EQ(errorOf([](Object &model) { model["merges"] = Array{"a b c"}; }),
            "tokenizer.json: model.merges: entry 0 is not a pair of tokens; write \"left right\" or "
            "[\"left\", \"right\"]");
  EXPECT_EQ(errorOf([](Object &model) { model.erase("merges"); }),
            "tokenizer.json: model.merges: is missing or no array; a BPE model needs its merges");
  EXPECT_EQ(errorOf([](Object &model) { model["dropout"] = 0.1; }),
            "tokenizer.json: model: 'dropout' makes ids random; set it to null");
  EXPECT_EQ(errorOf([](Object &model) { model["fuse"] = true; }),
            "tokenizer.json: model: unknown key 'fuse'; remove it if it does not change ids, or convert the tokenizer");
  EXPECT_EQ(errorOf([](Object &model) { (*model.getObject("vocab"))["c"] = -1; }),
            "tokenizer.json: model.vocab: token 'c' has the id -1, outside 0..268435455; give each token one id of its "
            "own");
  std::string twice = errorOf([](Object &model) { (*model.getObject("vocab"))["c"] = 1; });
  EXPECT_NE(twice.find("model.vocab: id 1 belongs to '"), std::string::npos) << twice;
}

TEST(BadInput, Components) {
  Object unknown{{"type", "UnicodeScripts"}};
  EXPECT_EQ(
      loadErrorWith("pre_tokenizer", Object{{"type", "Sequence"}, {"pretokenizers", Array{Object(unknown)}}}),
      "tokenizer.json: pre_tokenizer.pretokenizers[0]: unknown type 'UnicodeScripts'; known: Sequence, ByteLevel, "
      "Metaspace, Split, Digits, Punctuation, Whitespace, WhitespaceSplit, BertPreTokenizer");
  for (const char *member : {"normalizer", "post_processor", "decoder"}) {
    std::string message = loadErrorWith(member, Object(unknown));
    EXPECT_NE(message.find(std::string("tokenizer.json: ") + member + ": unknown type 'UnicodeScripts'; known: "),
              std::string::npos)
        << message;
  }
  EXPECT_EQ(loadErrorWith("normalizer", Object{{"type", "Prepend"}}),
            "tokenizer.json: normalizer: has no 'prepend'; add it (a string)");
  EXPECT_EQ(loadErrorWith("normalizer", Object{{"type", "Prepend"}, {"prepend", 1}}),
            "tokenizer.json: normalizer: 'prepend' is not a string; write a string");
  EXPECT_EQ(
      loadErrorWith("decoder", Object{{"type", "Fuse"}, {"how", 1}}),
      "tokenizer.json: decoder: unknown key 'how'; remove it if it does not change ids, or convert the tokenizer");
  EXPECT_EQ(loadErrorWith("vocabulary", 1),
            "tokenizer.json: unknown key 'vocabulary'; remove it if it does not change ids, or convert the tokenizer");
}

TEST(BadInput, Regexes) {
  auto errorOf = [](const char *regex) {
    return loadErrorWith(
        "pre_tokenizer",
        Object{{"type", "Split"}, {"pattern", Object{{"Regex", regex}}}, {"behavior", "Isolated"}, {"invert", false}});
  };
  for (auto [regex, reason] :
       {std::pair(R"((a)\1)", R"(the escape '\1' has no counterpart)"),
        std::pair("(?<n>a)", "the group '(?<n' has no counterpart"),
        std::pair("(?x) a", "the group '(?x)' has no counterpart"),
        std::pair("a{2}?", "'{n}?' means an optional group"), std::pair("a**", "a quantifier follows a quantifier"),
        std::pair("*a", "a quantifier has nothing to repeat"), std::pair("(a", "a group is not closed"),
        std::pair("a)", "a ')' closes no group"), std::pair("[a", "a character class is not closed"),
        std::pair(R"(\p{Nonsense})", "ICU does not accept it"),
        std::pair("[[:foo:]]", "the bracket '[:foo' has no counterpart"),
        std::pair(R"([a-\s])", "a range in a character class ends in a set"),
        std::pair(R"(\K)", R"(the escape '\K' has no counterpart)")}) {
    std::string message = errorOf(regex);
    EXPECT_NE(message.find("tokenizer.json: pre_tokenizer: regex '" + std::string(regex) + "': "), std::string::npos)
        << message;
    EXPECT_NE(message.find(reason), std::string::npos) << message;
  }
}

TEST(BadInput, AddedTokens) {
  auto errorOf = [](int64_t id, const char *content) {
    return loadErrorWith("added_tokens", Array{Object{{"id", id}, {"content", content}}});
  };
  EXPECT_EQ(errorOf(7, "ab"),
            "tokenizer.json: added token 'ab' has the id 7, but 2 in the vocabulary; correct added_tokens");
  EXPECT_EQ(errorOf(2, "<x>"), "tokenizer.json: added token '<x>' has the id 2 of 'ab'; correct added_tokens");
  EXPECT_EQ(errorOf(3, ""), "tokenizer.json: added token 3 is empty; correct added_tokens");
  TestFolder folder;
  folder.writeJson("tokenizer.json", llvm::json::Value(makeTiny()));
  folder.write("tokenizer_config.json", R"({"bos_token": "<nope>"})");
  EXPECT_EQ(loadError(folder, folder.getPath()),
            "tokenizer.json: bos_token '<nope>' has no id; add it to added_tokens or correct the name");
}

TEST(BadInput, GgufFiles) {
  // Replaces text of the same length, so that the file stays well-formed.
  auto errorOf = [](llvm::StringRef name, llvm::StringRef from, llvm::StringRef to) {
    std::string bytes = readText(getDataPath(name.str()));
    size_t at = bytes.find(from);
    EXPECT_NE(at, std::string::npos);
    bytes.replace(at, from.size(), to);
    TestFolder folder;
    return loadError(folder, folder.write("x.gguf", bytes));
  };
  EXPECT_EQ(errorOf("smollm.gguf", "gpt2", "rwkv"),
            "x.gguf: tokenizer.ggml.model 'rwkv' is not known; known: gpt2, llama, bert");
  std::string message = errorOf("smollm.gguf", "smollm", "smolxx");
  EXPECT_NE(message.find("x.gguf: tokenizer.ggml.pre 'smolxx' is not known; known: default, gpt-2, "),
            std::string::npos)
      << message;
  EXPECT_EQ(errorOf("smollm.gguf", "ggml.tokens", "ggml.tokenx"),
            "x.gguf: has no tokenizer.ggml.tokens; use a GGUF file with a tokenizer, or a folder with tokenizer.json");
  EXPECT_EQ(errorOf("smollm.gguf", "ggml.merges", "ggml.mergex"),
            "x.gguf: has no tokenizer.ggml.merges; convert the model again");
  EXPECT_EQ(errorOf("smollm.gguf", "bos_token_id", "box_token_id"),
            "x.gguf: tokenizer.ggml.add_bos_token is set but the token's id is missing or outside the vocabulary; "
            "convert the model again");
  EXPECT_EQ(errorOf("llama2.gguf", "ggml.scores", "ggml.scorex"),
            "x.gguf: tokenizer.ggml.scores does not have one score for each token; convert the model again");
}

TEST(SaveJson, ReportsAFolderThatIsNotThere) {
  auto tokenizer = load(getDataPath("gpt2.json"));
  ASSERT_TRUE(tokenizer);
  TestFolder folder;
  std::string message = llvm::toString(tokenizer->saveJson(folder.getPath() + "/none"));
  EXPECT_NE(message.find("none/tokenizer.json: cannot be written: "), std::string::npos) << message;
  EXPECT_NE(message.find("; free space or give a writable path"), std::string::npos) << message;
}
