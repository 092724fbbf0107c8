//===- Components.h - The stages of a tokenizer ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Text goes through normalizer, pre-tokenizer, model and post-processor to ids,
// and ids through the decoder to text. Each stage is immutable and is built
// from its member of a tokenizer.json.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TOKENIZER_COMPONENTS_H
#define QUANTOPT_LIB_TOKENIZER_COMPONENTS_H

#include "JsonReader.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/StringSaver.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quantopt::tokenizer {

/// A part of the text, and whether it starts where the whole text does: Metaspace with the scheme
/// "first" and the added tokens need to know.
struct Fragment {
  std::string text;
  bool isAtStart = true;
};

class Normalizer {
public:
  virtual ~Normalizer() = default;
  virtual llvm::Error normalize(Fragment &fragment) const = 0;
};

/// A part of the normalized text; its bytes live in the arena of the running encode().
struct Piece {
  llvm::StringRef text;
  bool isAtStart = false;
  int64_t id = -1; ///< >= 0: an added token, which no stage splits further
};

class PreTokenizer {
public:
  virtual ~PreTokenizer() = default;
  virtual llvm::Error split(std::vector<Piece> &pieces, llvm::StringSaver &arena) const = 0;
};

class PostProcessor {
public:
  virtual ~PostProcessor() = default;
  virtual void process(std::vector<int64_t> &ids, bool addSpecialTokens) const = 0;
};

class Decoder {
public:
  virtual ~Decoder() = default;
  /// The strings are joined after the last decoder.
  virtual void decode(std::vector<std::string> &tokens) const = 0;
};

/// Token -> id and back.
class Vocabulary {
public:
  Vocabulary() = default;
  Vocabulary(Vocabulary &&) = default; // a copy's `tokens` would point into the original
  /// An error if the token or the id is taken.
  llvm::Error add(llvm::StringRef token, int64_t id);
  std::optional<int64_t> find(llvm::StringRef token) const;
  std::optional<llvm::StringRef> find(int64_t id) const;
  /// One more than the greatest id.
  int64_t getIdBound() const { return idBound; }
  /// All ids that have a token, ascending.
  std::vector<int64_t> getSortedIds() const;

private:
  llvm::StringMap<int64_t> ids;
  llvm::DenseMap<int64_t, llvm::StringRef> tokens; // keys of `ids`, which do not move
  int64_t idBound = 0;
};

class Model {
public:
  virtual ~Model() = default;
  /// Appends the ids of one piece.
  virtual llvm::Error tokenize(llvm::StringRef piece, std::vector<int64_t> &ids) const = 0;
  /// Writes the members of "model".
  virtual void write(llvm::json::OStream &json) const = 0;
  const Vocabulary &getVocabulary() const { return vocabulary; }
  virtual std::optional<std::string> getUnkToken() const = 0;

protected:
  explicit Model(Vocabulary vocabulary) : vocabulary(std::move(vocabulary)) {}
  void writeVocabulary(llvm::json::OStream &json) const;
  Vocabulary vocabulary;
};

// One of these for each member; `value` null gives a null pointer. `where` names it in messages.
llvm::Expected<std::unique_ptr<Normalizer>> createNormalizer(const llvm::json::Value &value, const llvm::Twine &where);
llvm::Expected<std::unique_ptr<PreTokenizer>> createPreTokenizer(const llvm::json::Value &value,
                                                                 const llvm::Twine &where);
llvm::Expected<std::unique_ptr<PostProcessor>> createPostProcessor(const llvm::json::Value &value,
                                                                   const llvm::Twine &where);
llvm::Expected<std::unique_ptr<Decoder>> createDecoder(const llvm::json::Value &value, const llvm::Twine &where);

/// A merge by its two tokens; the position in the list is the rank.
using Merge = std::pair<std::string, std::string>;
/// `options` has the members of "model" except vocab and merges.
llvm::Expected<std::unique_ptr<Model>> createBpeModel(const llvm::json::Value &options, Vocabulary vocabulary,
                                                      const std::vector<Merge> &merges, const llvm::Twine &where);
llvm::Expected<std::unique_ptr<Model>> createWordPieceModel(const llvm::json::Value &options, Vocabulary vocabulary,
                                                            const llvm::Twine &where);

/// Reads the member "pattern" of Split and Replace: {"String": text} or {"Regex": oniguruma}.
class Pattern;
std::optional<Pattern> readPattern(JsonReader &reader);

/// Creates the members of a Sequence in order.
template <typename Stage, typename Create>
llvm::Expected<std::vector<std::unique_ptr<Stage>>> createSequence(JsonReader &reader, llvm::StringRef key,
                                                                   Create create) {
  std::vector<std::unique_ptr<Stage>> stages;
  for (const auto &[index, value] : llvm::enumerate(reader.getArray(key))) {
    llvm::Expected<std::unique_ptr<Stage>> stage =
        create(value, reader.getWhere() + "." + key + "[" + llvm::Twine(index) + "]");
    if (!stage)
      return stage.takeError();
    if (*stage)
      stages.push_back(std::move(*stage));
  }
  if (llvm::Error error = reader.finish())
    return std::move(error);
  return stages;
}

/// Wraps a finished stage, or the fault that its reader found.
template <typename Stage, typename Kind, typename... Args>
llvm::Expected<std::unique_ptr<Stage>> finishStage(JsonReader &reader, Args &&...args) {
  if (llvm::Error error = reader.finish())
    return std::move(error);
  return std::make_unique<Kind>(std::forward<Args>(args)...);
}

} // namespace quantopt::tokenizer

#endif // QUANTOPT_LIB_TOKENIZER_COMPONENTS_H
