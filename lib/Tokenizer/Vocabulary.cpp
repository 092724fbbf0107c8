//===- Vocabulary.cpp - Tokens and their ids ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The table that models and added tokens share.
//
//===----------------------------------------------------------------------===//

#include "Components.h"

using llvm::StringRef;

namespace quantopt::tokenizer {

llvm::Error Vocabulary::add(StringRef token, int64_t id) {
  // Ids index rows of an embedding; the bound keeps a corrupt file from asking for any amount of memory later.
  constexpr int64_t maxId = 1 << 28;
  if (id < 0 || id >= maxId)
    return llvm::createStringError("token '" + token + "' has the id " + llvm::Twine(id) + ", outside 0.." +
                                   llvm::Twine(maxId - 1));
  auto [entry, isNew] = ids.try_emplace(token, id);
  if (!isNew)
    return llvm::createStringError("token '" + token + "' has the ids " + llvm::Twine(entry->second) + " and " +
                                   llvm::Twine(id));
  auto [other, isNewId] = tokens.try_emplace(id, entry->first());
  if (!isNewId)
    return llvm::createStringError("id " + llvm::Twine(id) + " belongs to '" + other->second + "' and to '" + token +
                                   "'");
  idBound = std::max(idBound, id + 1);
  return llvm::Error::success();
}

std::optional<int64_t> Vocabulary::find(StringRef token) const {
  auto entry = ids.find(token);
  return entry == ids.end() ? std::nullopt : std::optional(entry->second);
}

std::optional<StringRef> Vocabulary::find(int64_t id) const {
  if (id < 0 || id >= idBound) // any id may be asked for, also those that DenseMap keeps for itself
    return std::nullopt;
  auto entry = tokens.find(id);
  return entry == tokens.end() ? std::nullopt : std::optional(entry->second);
}

std::vector<int64_t> Vocabulary::getSortedIds() const {
  std::vector<int64_t> sorted;
  sorted.reserve(tokens.size());
  for (const auto &entry : tokens)
    sorted.push_back(entry.first);
  llvm::sort(sorted);
  return sorted;
}

void Model::writeVocabulary(llvm::json::OStream &json) const {
  json.attributeObject("vocab", [&] {
    for (int64_t id : vocabulary.getSortedIds())
      json.attribute(*vocabulary.find(id), id);
  });
}

} // namespace quantopt::tokenizer
