//===- WordPieceModel.cpp - Greedy longest-match words --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The tokenizer of BERT (Devlin et al., 2019): from the left, the longest piece
// in the vocabulary; a word that does not work out is the unknown token.
//
//===----------------------------------------------------------------------===//

#include "Components.h"
#include "Unicode.h"

using llvm::StringRef;
using llvm::Twine;

namespace quantopt::tokenizer {
namespace {

class WordPieceModel : public Model {
public:
  WordPieceModel(Vocabulary vocabulary, std::string unkToken, std::string prefix, size_t maxChars)
      : Model(std::move(vocabulary)), unkToken(std::move(unkToken)), prefix(std::move(prefix)), maxChars(maxChars) {}

  llvm::Error tokenize(StringRef piece, std::vector<int64_t> &ids) const override {
    size_t first = ids.size();
    if (countCodePoints(piece) <= maxChars && appendPieces(piece, ids))
      return llvm::Error::success();
    ids.resize(first);
    std::optional<int64_t> unk = vocabulary.find(unkToken);
    if (!unk)
      return llvm::createStringError("'" + piece.take_front(64) + "' has no tokens, and the unknown token '" +
                                     unkToken + "' is not in the vocabulary; add it to the tokenizer");
    ids.push_back(*unk);
    return llvm::Error::success();
  }

  void write(llvm::json::OStream &json) const override {
    json.attribute("type", "WordPiece");
    json.attribute("unk_token", unkToken);
    json.attribute("continuing_subword_prefix", prefix);
    json.attribute("max_input_chars_per_word", static_cast<int64_t>(maxChars));
    writeVocabulary(json);
  }

  std::optional<std::string> getUnkToken() const override { return unkToken; }

private:
  bool appendPieces(StringRef piece, std::vector<int64_t> &ids) const {
    StringRef usedPrefix; // none in front of the first piece
    while (!piece.empty()) {
      std::optional<int64_t> id;
      size_t length = piece.size();
      while (!(id = vocabulary.find((usedPrefix + piece.take_front(length)).str())) && length > 0)
        do
          --length;
        while (length > 0 && (piece[length] & 0xC0) == 0x80);
      if (length == 0)
        return false;
      ids.push_back(*id);
      piece = piece.drop_front(length);
      usedPrefix = prefix;
    }
    return true;
  }

  std::string unkToken, prefix;
  size_t maxChars;
};

} // namespace

llvm::Expected<std::unique_ptr<Model>> createWordPieceModel(const llvm::json::Value &value, Vocabulary vocabulary,
                                                            const Twine &where) {
  JsonReader reader(value, where);
  reader.ignore("type");
  std::string unkToken = reader.getString("unk_token");
  std::string prefix = reader.getString("continuing_subword_prefix");
  int64_t maxChars = reader.getInt("max_input_chars_per_word");
  if (maxChars < 0)
    reader.fail("'max_input_chars_per_word' is negative", "write a count, such as 100");
  return finishStage<Model, WordPieceModel>(reader, std::move(vocabulary), std::move(unkToken), std::move(prefix),
                                            maxChars);
}

} // namespace quantopt::tokenizer
