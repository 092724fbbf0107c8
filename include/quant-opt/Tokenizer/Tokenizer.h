//===- Tokenizer.h - Text to token ids and back ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Byte-level BPE, SentencePiece-style BPE and WordPiece, read from Hugging Face
// files or from the metadata of a GGUF file. Ids equal those of the Hugging Face
// `tokenizers` library; docs/tokenizers.md lists the components that are known.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TOKENIZER_TOKENIZER_H
#define QUANTOPT_TOKENIZER_TOKENIZER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quantopt {
namespace tokenizer {
struct Spec;
struct Pipeline;
} // namespace tokenizer

/// Immutable after load(), so one object serves any number of threads.
class Tokenizer {
public:
  ~Tokenizer();

  /// Reads a tokenizer.json, a Hugging Face folder (tokenizer.json, with bos / eos from tokenizer_config.json,
  /// special_tokens_map.json and generation_config.json where they are there) or a .gguf file. A component,
  /// option or model kind that is not known is an error naming it.
  static llvm::Expected<std::unique_ptr<Tokenizer>> load(llvm::StringRef path);

  /// Reads the text of a tokenizer.json; `fileName` is for messages.
  static llvm::Expected<std::unique_ptr<Tokenizer>> parse(llvm::StringRef json, llvm::StringRef fileName);

  /// The ids of `text`. Bytes that are not UTF-8 are read as U+FFFD, one for each maximal ill-formed part
  /// (as Python's errors="replace"). With `addSpecialTokens` the post-processor's tokens, such as a leading
  /// bos, are added; special tokens spelled inside the text are found either way. An error only where a
  /// character has no token and the unknown token that should stand for it is not in the vocabulary, where a
  /// regex of the tokenizer takes forever, or where the text is over 512 MiB.
  llvm::Expected<std::vector<int64_t>> encode(llvm::StringRef text, bool addSpecialTokens) const;

  /// The text of `ids`; ids without a token are left out, special tokens too with `skipSpecialTokens`.
  std::string decode(llvm::ArrayRef<int64_t> ids, bool skipSpecialTokens) const;

  /// One more than the greatest id: the rows that an embedding must have.
  int64_t getVocabSize() const;
  std::optional<int64_t> getTokenId(llvm::StringRef token) const;
  /// The token as spelled in the vocabulary (byte-level alphabet, U+2581 for space); nullopt for an unused id.
  std::optional<llvm::StringRef> getToken(int64_t id) const;

  std::optional<int64_t> getBosId() const;
  std::optional<int64_t> getEosId() const;
  std::optional<int64_t> getUnkId() const;
  std::optional<int64_t> getPadId() const;
  /// The ids that end generation: eos and the further ones that generation_config.json lists.
  llvm::ArrayRef<int64_t> getStopIds() const;

  /// Writes tokenizer.json and tokenizer_config.json into the existing folder `folder`; load() reads them back
  /// to equal ids. A file is replaced whole or not at all.
  llvm::Error saveJson(llvm::StringRef folder) const;

  /// Builds from parsed parts; for the loaders.
  static llvm::Expected<std::unique_ptr<Tokenizer>> create(tokenizer::Spec spec);

private:
  Tokenizer();
  std::unique_ptr<tokenizer::Pipeline> pipeline;
};

/// Decodes ids as they are generated: no piece ends inside a character, and the pieces joined are
/// decode() of all ids (save for byte tokens that are no UTF-8, whose U+FFFD may differ in number). The
/// tokenizer must outlive it.
class DecodeStream {
public:
  explicit DecodeStream(const Tokenizer &tokenizer, bool skipSpecialTokens = true)
      : tokenizer(tokenizer), skipSpecialTokens(skipSpecialTokens) {}

  /// The text that `id` completes; empty while a character is not complete.
  std::string step(int64_t id);
  /// What an unfinished character leaves at the end (as U+FFFD).
  std::string finish();

private:
  const Tokenizer &tokenizer;
  bool skipSpecialTokens;
  /// Ids whose text is still needed: decoders look at neighbours, so the last emitted ones stay as context.
  std::vector<int64_t> ids;
  std::string emitted;       ///< the part of decode(ids) that was returned
  size_t emittedIdCount = 0; ///< how many of `ids` are behind it
};

} // namespace quantopt

#endif // QUANTOPT_TOKENIZER_TOKENIZER_H
