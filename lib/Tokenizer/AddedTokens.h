//===- AddedTokens.h - Tokens that are found before splitting ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Special tokens and others beside the model's vocabulary are matched whole in
// the text, before (or, if "normalized", after) the normalizer.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TOKENIZER_ADDEDTOKENS_H
#define QUANTOPT_LIB_TOKENIZER_ADDEDTOKENS_H

#include "Components.h"
#include "llvm/ADT/StringSet.h"
#include <array>

namespace quantopt::tokenizer {

struct AddedToken {
  int64_t id = 0;
  std::string content;
  bool singleWord = false; ///< only between non-word characters
  bool stripsLeft = false; ///< takes the white space before it
  bool stripsRight = false;
  bool isNormalized = false; ///< matched in the normalized text
  bool isSpecial = false;    ///< left out when decoding without special tokens
};

class AddedTokens {
public:
  /// An error if an id or a spelling is used twice, also by the model.
  llvm::Error add(AddedToken token, const Model &model, const Normalizer *normalizer);

  /// Normalizes `text` and cuts out the added tokens.
  llvm::Expected<std::vector<Piece>> split(llvm::StringRef text, const Normalizer *normalizer,
                                           llvm::StringSaver &arena) const;

  std::optional<int64_t> find(llvm::StringRef token) const;
  const AddedToken *find(int64_t id) const;
  /// As decoders see it: normalized, where the token is.
  llvm::StringRef getDecodedForm(const AddedToken &token) const;
  bool isSpecial(llvm::StringRef token) const { return specials.contains(token); }
  int64_t getIdBound() const { return tokens.empty() ? 0 : tokens.rbegin()->first + 1; }
  const std::map<int64_t, AddedToken> &getTokens() const { return tokens; }

private:
  /// Finds the leftmost, then longest, of a set of strings.
  struct Matcher {
    llvm::StringMap<int64_t> patterns;
    std::array<llvm::SmallVector<unsigned, 2>, 256> lengths; ///< by first byte, descending
    llvm::Error add(llvm::StringRef pattern, int64_t id);
    /// The id of the longest pattern at the front of `text`; -1 if none.
    int64_t matchFront(llvm::StringRef text, size_t &length) const;
  };
  struct Part {
    size_t begin, end;
    int64_t id; ///< -1: text between tokens
  };
  std::vector<Part> findParts(llvm::StringRef text, const Matcher &matcher) const;

  std::map<int64_t, AddedToken> tokens;
  llvm::StringMap<int64_t> ids;
  llvm::StringSet<> specials;
  llvm::DenseMap<int64_t, std::string> normalizedForms;
  Matcher plain, normalized;
};

} // namespace quantopt::tokenizer

#endif // QUANTOPT_LIB_TOKENIZER_ADDEDTOKENS_H
