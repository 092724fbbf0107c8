//===- AddedTokens.cpp - Tokens that are found before splitting -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The rules of AddedVocabulary in Hugging Face tokenizers.
//
//===----------------------------------------------------------------------===//

#include "AddedTokens.h"
#include "Unicode.h"

using llvm::StringRef;
using llvm::Twine;

namespace quantopt::tokenizer {

llvm::Error AddedTokens::Matcher::add(StringRef pattern, int64_t id) {
  if (!patterns.try_emplace(pattern, id).second)
    return llvm::createStringError("added tokens " + Twine(patterns[pattern]) + " and " + Twine(id) +
                                   " are both matched as '" + pattern + "'");
  auto &sizes = lengths[static_cast<uint8_t>(pattern.front())];
  if (!llvm::is_contained(sizes, pattern.size()))
    sizes.push_back(pattern.size());
  llvm::sort(sizes, std::greater<>());
  return llvm::Error::success();
}

int64_t AddedTokens::Matcher::matchFront(StringRef text, size_t &length) const {
  for (unsigned size : lengths[static_cast<uint8_t>(text.front())]) {
    if (size > text.size())
      continue;
    auto entry = patterns.find(text.take_front(size));
    if (entry == patterns.end())
      continue;
    length = size;
    return entry->second;
  }
  return -1;
}

llvm::Error AddedTokens::add(AddedToken token, const Model &model, const Normalizer *normalizer) {
  if (token.content.empty())
    return llvm::createStringError("added token " + Twine(token.id) + " is empty");
  std::optional<int64_t> modelId = model.getVocabulary().find(token.content);
  std::optional<StringRef> modelToken = model.getVocabulary().find(token.id);
  constexpr int64_t maxId = 1 << 28;
  if (token.id < 0 || token.id >= maxId)
    return llvm::createStringError("added token '" + token.content + "' has the id " + Twine(token.id));
  if (modelId && *modelId != token.id)
    return llvm::createStringError("added token '" + token.content + "' has the id " + Twine(token.id) + ", but " +
                                   Twine(*modelId) + " in the vocabulary");
  if (modelToken && *modelToken != token.content)
    return llvm::createStringError("added token '" + token.content + "' has the id " + Twine(token.id) + " of '" +
                                   *modelToken + "'");
  if (!ids.try_emplace(token.content, token.id).second || tokens.count(token.id))
    return llvm::createStringError("added token '" + token.content + "' (id " + Twine(token.id) +
                                   ") is listed twice, or its id is");
  if (token.isSpecial)
    specials.insert(token.content);
  Fragment form{token.content};
  if (token.isNormalized && normalizer) {
    if (llvm::Error error = normalizer->normalize(form))
      return error;
    normalizedForms[token.id] = form.text;
  }
  int64_t id = token.id;
  bool isNormalized = token.isNormalized;
  tokens.emplace(id, std::move(token));
  if (form.text.empty()) // normalized away: nothing can match it
    return llvm::Error::success();
  return (isNormalized ? normalized : plain).add(form.text, id);
}

/// `text` may start or end with white space that a token at `begin`..`end` takes.
static size_t extendLeft(StringRef text, size_t begin, size_t limit) {
  while (begin > limit && isWhitespace(previousCodePoint(text, begin)))
    do
      --begin;
    while (begin > limit && (text[begin] & 0xC0) == 0x80);
  return begin;
}

static size_t extendRight(StringRef text, size_t end) {
  for (size_t next = end; end < text.size() && isWhitespace(nextCodePoint(text, next));)
    end = next;
  return end;
}

static bool isBetweenWords(StringRef text, size_t begin, size_t end) {
  size_t next = end;
  return (begin == 0 || !isWordChar(previousCodePoint(text, begin))) &&
         (end == text.size() || !isWordChar(nextCodePoint(text, next)));
}

std::vector<AddedTokens::Part> AddedTokens::findParts(StringRef text, const Matcher &matcher) const {
  std::vector<Part> parts;
  size_t last = 0; // behind the last part
  for (size_t at = 0; !matcher.patterns.empty() && at < text.size();) {
    size_t length = 0;
    int64_t id = matcher.matchFront(text.drop_front(at), length);
    if (id < 0) {
      ++at;
      continue;
    }
    size_t begin = at, end = at + length;
    at = end;
    const AddedToken &token = tokens.at(id);
    // Matches are found in the bare text: one can lie in white space that a token before it took.
    if (begin < last || (token.singleWord && !isBetweenWords(text, begin, end)))
      continue;
    if (token.stripsLeft)
      begin = extendLeft(text, begin, last);
    if (token.stripsRight)
      end = extendRight(text, end);
    if (last < begin)
      parts.push_back({last, begin, -1});
    parts.push_back({begin, end, id});
    last = end;
  }
  if (last < text.size())
    parts.push_back({last, text.size(), -1});
  return parts;
}

llvm::Expected<std::vector<Piece>> AddedTokens::split(StringRef text, const Normalizer *normalizer,
                                                      llvm::StringSaver &arena) const {
  std::vector<Piece> pieces;
  for (const Part &part : findParts(text, plain)) {
    StringRef slice = text.slice(part.begin, part.end);
    if (part.id >= 0) {
      pieces.push_back({slice, part.begin == 0, part.id});
      continue;
    }
    bool isAtStart = part.begin == 0;
    if (normalizer) {
      Fragment fragment{slice.str(), isAtStart};
      if (llvm::Error error = normalizer->normalize(fragment))
        return std::move(error);
      slice = arena.save(fragment.text);
      isAtStart = fragment.isAtStart;
    }
    for (const Part &inner : findParts(slice, normalized))
      pieces.push_back({slice.slice(inner.begin, inner.end), isAtStart && inner.begin == 0, inner.id});
  }
  return pieces;
}

std::optional<int64_t> AddedTokens::find(StringRef token) const {
  auto entry = ids.find(token);
  return entry == ids.end() ? std::nullopt : std::optional(entry->second);
}

const AddedToken *AddedTokens::find(int64_t id) const {
  auto entry = tokens.find(id);
  return entry == tokens.end() ? nullptr : &entry->second;
}

StringRef AddedTokens::getDecodedForm(const AddedToken &token) const {
  auto entry = normalizedForms.find(token.id);
  return entry == normalizedForms.end() ? StringRef(token.content) : StringRef(entry->second);
}

} // namespace quantopt::tokenizer
