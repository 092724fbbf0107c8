//===- BpeModel.cpp - Byte pair encoding ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Merges the pair of least rank until none is left (Sennrich et al., "Neural
// Machine Translation of Rare Words with Subword Units", section 3.2), with a
// queue, so that a piece of n characters takes O(n log n). Serves byte-level
// and SentencePiece-style vocabularies alike.
//
//===----------------------------------------------------------------------===//

#include "Components.h"
#include "Unicode.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FormatVariadic.h"
#include <queue>

using llvm::StringRef;
using llvm::Twine;

namespace quantopt::tokenizer {
namespace {

struct BpeOptions {
  std::optional<std::string> unkToken, continuingPrefix, endSuffix;
  bool fuseUnk = false, byteFallback = false, ignoreMerges = false;
};

class BpeModel : public Model {
public:
  BpeModel(Vocabulary vocabulary, BpeOptions options) : Model(std::move(vocabulary)), options(std::move(options)) {}

  llvm::Error addMerges(const std::vector<Merge> &merges);
  llvm::Error tokenize(StringRef piece, std::vector<int64_t> &ids) const override;
  void write(llvm::json::OStream &json) const override;
  std::optional<std::string> getUnkToken() const override { return options.unkToken; }

private:
  struct Symbol {
    int64_t id;
    int32_t previous, next; ///< neighbours' indices, -1 at the ends
    bool isMerged = false;  ///< now part of its left neighbour
  };
  struct MergeRule {
    uint32_t rank;
    int64_t id;
  };
  /// A merge that was possible when it was queued: at symbol `position` and its neighbour.
  struct Candidate {
    uint32_t rank;
    int32_t position;
    int64_t id;
    bool operator<(const Candidate &other) const { // std::priority_queue pops the greatest
      return std::tie(other.rank, other.position) < std::tie(rank, position);
    }
  };
  using Symbols = llvm::SmallVector<Symbol, 32>;
  using Queue = std::priority_queue<Candidate, llvm::SmallVector<Candidate, 32>>;

  /// Ids are below 2^28, so a pair fits one key.
  static uint64_t makeKey(int64_t left, int64_t right) { return static_cast<uint64_t>(left) << 32 | right; }
  const MergeRule *findMerge(int64_t left, int64_t right) const {
    auto entry = rules.find(makeKey(left, right));
    return entry == rules.end() ? nullptr : &entry->second;
  }
  llvm::Error splitIntoSymbols(StringRef piece, Symbols &symbols) const;
  bool appendBytes(StringRef text, Symbols &symbols) const;
  void pushCandidate(const Symbols &symbols, int32_t position, Queue &queue) const;
  void mergeAll(Symbols &symbols) const;

  BpeOptions options;
  llvm::DenseMap<uint64_t, MergeRule> rules;
};

llvm::Error BpeModel::addMerges(const std::vector<Merge> &merges) {
  size_t prefix = options.continuingPrefix.value_or("").size();
  rules.reserve(merges.size());
  for (const auto &[index, merge] : llvm::enumerate(merges)) {
    const auto &[left, right] = merge;
    std::string joined = left + right.substr(std::min(prefix, right.size()));
    for (StringRef token : {StringRef(left), StringRef(right), StringRef(joined)})
      if (!vocabulary.find(token))
        return llvm::createStringError("merge " + Twine(index) + " ('" + left + "' '" + right + "') names '" + token +
                                       "', which is not in the vocabulary");
    // A pair that is listed twice has its last rank, as in the Hugging Face library.
    rules[makeKey(*vocabulary.find(left), *vocabulary.find(right))] = {static_cast<uint32_t>(index),
                                                                       *vocabulary.find(joined)};
  }
  return llvm::Error::success();
}

/// One symbol <0xNN> for each byte; false if the vocabulary lacks one of them.
bool BpeModel::appendBytes(StringRef text, Symbols &symbols) const {
  llvm::SmallVector<int64_t, 8> bytes;
  for (char byte : text) {
    std::optional<int64_t> id = vocabulary.find(llvm::formatv("<0x{0:X-2}>", static_cast<uint8_t>(byte)).str());
    if (!id)
      return false;
    bytes.push_back(*id);
  }
  for (int64_t id : bytes)
    symbols.push_back({id, -1, -1});
  return true;
}

llvm::Error BpeModel::splitIntoSymbols(StringRef piece, Symbols &symbols) const {
  std::optional<int64_t> pendingUnk;
  auto flushUnk = [&] {
    if (pendingUnk)
      symbols.push_back({*pendingUnk, -1, -1});
    pendingUnk.reset();
  };
  std::string spelled;
  for (size_t offset = 0; offset < piece.size();) {
    size_t begin = offset;
    nextCodePoint(piece, offset);
    StringRef text = piece.slice(begin, offset);
    if ((begin > 0 && options.continuingPrefix) || (offset == piece.size() && options.endSuffix)) {
      spelled = (begin > 0 ? options.continuingPrefix.value_or("") : "") + text.str() +
                (offset == piece.size() ? options.endSuffix.value_or("") : "");
      text = spelled;
    }
    if (std::optional<int64_t> id = vocabulary.find(text)) {
      flushUnk();
      symbols.push_back({*id, -1, -1});
      continue;
    }
    // Bytes do not end a run of unknown characters: the library's order, kept.
    if (options.byteFallback && appendBytes(text, symbols))
      continue;
    if (!options.unkToken) // the character is dropped, as in the library
      continue;
    std::optional<int64_t> unk = vocabulary.find(*options.unkToken);
    if (!unk)
      return llvm::createStringError("'" + text + "' has no token, and the unknown token '" + *options.unkToken +
                                     "' is not in the vocabulary; add it or the characters to the tokenizer");
    if (!options.fuseUnk)
      flushUnk();
    pendingUnk = unk;
  }
  flushUnk();
  return llvm::Error::success();
}

void BpeModel::pushCandidate(const Symbols &symbols, int32_t position, Queue &queue) const {
  if (position < 0 || symbols[position].next < 0)
    return;
  if (const MergeRule *rule = findMerge(symbols[position].id, symbols[symbols[position].next].id))
    queue.push({rule->rank, position, rule->id});
}

void BpeModel::mergeAll(Symbols &symbols) const {
  Queue queue;
  for (int32_t i = 0, end = symbols.size(); i < end; ++i) {
    symbols[i].previous = i - 1;
    symbols[i].next = i + 1 < end ? i + 1 : -1;
  }
  for (int32_t i = 0, end = symbols.size(); i < end; ++i)
    pushCandidate(symbols, i, queue);
  while (!queue.empty()) {
    Candidate candidate = queue.top();
    queue.pop();
    Symbol &left = symbols[candidate.position];
    if (left.isMerged || left.next < 0)
      continue;
    Symbol &right = symbols[left.next];
    const MergeRule *rule = findMerge(left.id, right.id);
    if (!rule || rule->id != candidate.id) // the pair has changed since it was queued
      continue;
    left.id = candidate.id;
    right.isMerged = true;
    left.next = right.next;
    if (right.next >= 0)
      symbols[right.next].previous = candidate.position;
    pushCandidate(symbols, left.previous, queue);
    pushCandidate(symbols, candidate.position, queue);
  }
}

llvm::Error BpeModel::tokenize(StringRef piece, std::vector<int64_t> &ids) const {
  if (options.ignoreMerges)
    if (std::optional<int64_t> id = vocabulary.find(piece)) {
      ids.push_back(*id);
      return llvm::Error::success();
    }
  Symbols symbols;
  if (llvm::Error error = splitIntoSymbols(piece, symbols))
    return error;
  mergeAll(symbols);
  for (const Symbol &symbol : symbols)
    if (!symbol.isMerged)
      ids.push_back(symbol.id);
  return llvm::Error::success();
}

void BpeModel::write(llvm::json::OStream &json) const {
  auto writeOptional = [&](StringRef key, const std::optional<std::string> &value) {
    json.attribute(key, value ? llvm::json::Value(*value) : llvm::json::Value(nullptr));
  };
  json.attribute("type", "BPE");
  json.attribute("dropout", nullptr);
  writeOptional("unk_token", options.unkToken);
  writeOptional("continuing_subword_prefix", options.continuingPrefix);
  writeOptional("end_of_word_suffix", options.endSuffix);
  json.attribute("fuse_unk", options.fuseUnk);
  json.attribute("byte_fallback", options.byteFallback);
  json.attribute("ignore_merges", options.ignoreMerges);
  writeVocabulary(json);
  std::vector<std::pair<uint32_t, uint64_t>> sorted;
  for (const auto &[key, rule] : rules)
    sorted.emplace_back(rule.rank, key);
  llvm::sort(sorted);
  json.attributeArray("merges", [&] {
    for (const auto &[rank, key] : sorted)
      json.array([&, key = key] {
        json.value(*vocabulary.find(static_cast<int64_t>(key >> 32)));
        json.value(*vocabulary.find(static_cast<int64_t>(key & 0xFFFFFFFF)));
      });
  });
}

} // namespace

llvm::Expected<std::unique_ptr<Model>> createBpeModel(const llvm::json::Value &value, Vocabulary vocabulary,
                                                      const std::vector<Merge> &merges, const Twine &where) {
  JsonReader reader(value, where);
  reader.ignore("type");
  BpeOptions options;
  options.unkToken = reader.getOptionalString("unk_token");
  options.continuingPrefix = reader.getOptionalString("continuing_subword_prefix");
  options.endSuffix = reader.getOptionalString("end_of_word_suffix");
  options.fuseUnk = reader.getOptionalBool("fuse_unk").value_or(false);
  options.byteFallback = reader.getOptionalBool("byte_fallback").value_or(false);
  options.ignoreMerges = reader.getOptionalBool("ignore_merges").value_or(false);
  const llvm::json::Value &dropout = reader.getValue("dropout");
  if (!dropout.getAsNull() && dropout.getAsNumber().value_or(1.0) != 0.0)
    reader.fail("'dropout' makes ids random", "set it to null");
  if (llvm::Error error = reader.finish())
    return std::move(error);
  auto model = std::make_unique<BpeModel>(std::move(vocabulary), std::move(options));
  if (llvm::Error error = model->addMerges(merges))
    return makeError(where, llvm::toString(std::move(error)), "take vocab and merges from the same training");
  return std::move(model);
}

} // namespace quantopt::tokenizer
