//===- GoldenTest.cpp - Ids and texts of the reference libraries ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// data/make_goldens.py trained tiny tokenizers of each kind and wrote down what
// Hugging Face tokenizers and sentencepiece make of awkward texts.
//
//===----------------------------------------------------------------------===//

#include "TestFiles.h"
#include "quant-opt/Tokenizer/Tokenizer.h"
#include "llvm/Support/JSON.h"
#include <gtest/gtest.h>

using namespace quantopt;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;

namespace {

std::vector<int64_t> toIds(const Array &array) {
  std::vector<int64_t> ids;
  for (const llvm::json::Value &value : array)
    ids.push_back(*value.getAsInteger());
  return ids;
}

/// decode() fed id by id.
std::string streamDecode(const Tokenizer &tokenizer, llvm::ArrayRef<int64_t> ids, bool skipSpecialTokens) {
  DecodeStream stream(tokenizer, skipSpecialTokens);
  std::string text;
  for (int64_t id : ids)
    text += stream.step(id);
  return text + stream.finish();
}

void checkCase(const Tokenizer &tokenizer, const Object &golden, bool checksDecoding) {
  StringRef text = *golden.getString("text");
  SCOPED_TRACE("text: '" + text.str() + "'");
  std::vector<int64_t> ids = toIds(*golden.getArray("ids"));
  const Array *special = golden.getArray("special");
  std::vector<int64_t> specialIds = special ? toIds(*special) : ids;
  auto plain = tokenizer.encode(text, /*addSpecialTokens=*/false);
  auto withSpecial = tokenizer.encode(text, /*addSpecialTokens=*/true);
  ASSERT_TRUE(bool(plain)) << llvm::toString(plain.takeError());
  ASSERT_TRUE(bool(withSpecial)) << llvm::toString(withSpecial.takeError());
  EXPECT_EQ(*plain, ids);
  EXPECT_EQ(*withSpecial, specialIds);
  if (!checksDecoding)
    return;
  std::string decoded = golden.getString("decoded").value_or(text).str();
  EXPECT_EQ(tokenizer.decode(ids, /*skipSpecialTokens=*/false), decoded);
  EXPECT_EQ(tokenizer.decode(specialIds, /*skipSpecialTokens=*/true), golden.getString("skipped").value_or(decoded));
  EXPECT_EQ(streamDecode(tokenizer, ids, /*skipSpecialTokens=*/false), decoded);
}

void checkCases(const Tokenizer &tokenizer, const Object &golden, bool checksDecoding = true) {
  const Array &cases = *golden.getArray("cases");
  ASSERT_FALSE(cases.empty());
  for (const llvm::json::Value &entry : cases)
    checkCase(tokenizer, *entry.getAsObject(), checksDecoding);
}

/// Saves, loads again, and checks the same cases.
void checkRoundTrip(const Tokenizer &tokenizer, const Object &golden) {
  TestFolder folder;
  llvm::Error error = tokenizer.saveJson(folder.getPath());
  ASSERT_FALSE(bool(error)) << llvm::toString(std::move(error));
  auto again = Tokenizer::load(folder.getPath());
  ASSERT_TRUE(bool(again)) << llvm::toString(again.takeError());
  EXPECT_EQ((*again)->getVocabSize(), tokenizer.getVocabSize());
  EXPECT_EQ((*again)->getBosId(), tokenizer.getBosId());
  EXPECT_EQ((*again)->getEosId(), tokenizer.getEosId());
  EXPECT_EQ((*again)->getUnkId(), tokenizer.getUnkId());
  EXPECT_EQ((*again)->getPadId(), tokenizer.getPadId());
  checkCases(**again, golden);
}

/// Replaces the member that `path` ("model.unk_token") names.
void applyPatch(Object &tokenizer, StringRef path, const llvm::json::Value &value) {
  Object *target = &tokenizer;
  for (auto [head, tail] = path.split('.'); !tail.empty(); std::tie(head, tail) = tail.split('.')) {
    target = target->getObject(head);
    path = tail;
  }
  (*target)[path.str()] = value;
}

class Golden : public testing::TestWithParam<const char *> {};

} // namespace

TEST_P(Golden, IdsAndTextsAreThoseOfTheReference) {
  std::string name = GetParam();
  auto tokenizer = Tokenizer::load(getDataPath(name + ".json"));
  ASSERT_TRUE(bool(tokenizer)) << llvm::toString(tokenizer.takeError());
  llvm::json::Value golden = readJson(getDataPath(name + ".golden.json"));
  checkCases(**tokenizer, *golden.getAsObject());
  checkRoundTrip(**tokenizer, *golden.getAsObject());
}

TEST_P(Golden, VariantsAgree) {
  std::string name = GetParam();
  llvm::json::Value golden = readJson(getDataPath(name + ".golden.json"));
  for (const llvm::json::Value &entry : *golden.getAsObject()->getArray("variants")) {
    const Object &variant = *entry.getAsObject();
    SCOPED_TRACE("variant: " + variant.getString("name")->str());
    llvm::json::Value patched = readJson(getDataPath(name + ".json"));
    for (const auto &[path, value] : *variant.getObject("patch"))
      applyPatch(*patched.getAsObject(), path, value);
    TestFolder folder;
    auto tokenizer = Tokenizer::load(folder.writeJson("tokenizer.json", patched));
    ASSERT_TRUE(bool(tokenizer)) << llvm::toString(tokenizer.takeError());
    checkCases(**tokenizer, variant);
    checkRoundTrip(**tokenizer, variant);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, Golden, testing::Values("gpt2", "llama3", "qwen2", "smollm", "llama2", "gemma", "bert"),
                         [](const auto &info) { return std::string(info.param); });

TEST(GoldenGguf, ByteLevelEqualsTokenizerJson) {
  auto tokenizer = Tokenizer::load(getDataPath("smollm.gguf"));
  ASSERT_TRUE(bool(tokenizer)) << llvm::toString(tokenizer.takeError());
  EXPECT_EQ((*tokenizer)->getBosId(), 1);
  EXPECT_EQ((*tokenizer)->getEosId(), 2);
  llvm::json::Value golden = readJson(getDataPath("smollm.golden.json"));
  checkCases(**tokenizer, *golden.getAsObject());
  checkRoundTrip(**tokenizer, *golden.getAsObject());
}

TEST(GoldenGguf, SentencePieceEqualsSentencePiece) {
  auto tokenizer = Tokenizer::load(getDataPath("llama2.gguf"));
  ASSERT_TRUE(bool(tokenizer)) << llvm::toString(tokenizer.takeError());
  EXPECT_EQ((*tokenizer)->getUnkId(), 0);
  llvm::json::Value golden = readJson(getDataPath("llama2.gguf.golden.json"));
  checkCases(**tokenizer, *golden.getAsObject(), /*checksDecoding=*/false);
  // sentencepiece decodes ill-formed bytes in its own way; the texts here are well-formed.
  for (const llvm::json::Value &entry : *golden.getAsObject()->getArray("cases")) {
    const Object &test = *entry.getAsObject();
    EXPECT_EQ((*tokenizer)->decode(toIds(*test.getArray("ids")), false), *test.getString("decoded"));
  }
}

TEST(GoldenGguf, WordPieceEqualsTokenizerJson) {
  auto tokenizer = Tokenizer::load(getDataPath("bert.gguf"));
  ASSERT_TRUE(bool(tokenizer)) << llvm::toString(tokenizer.takeError());
  EXPECT_EQ((*tokenizer)->getPadId(), 0);
  llvm::json::Value golden = readJson(getDataPath("bert.golden.json"));
  checkCases(**tokenizer, *golden.getAsObject());
  checkRoundTrip(**tokenizer, *golden.getAsObject());
}
