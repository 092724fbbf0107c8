//===- PreTokenizers.cpp - Cutting the text into pieces -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The "pre_tokenizer" of a tokenizer.json.
//
//===----------------------------------------------------------------------===//

#include "Components.h"
#include "Pattern.h"
#include "Unicode.h"

using llvm::StringRef;
using llvm::Twine;

namespace quantopt::tokenizer {
namespace {

/// What becomes of the matches when a text is split.
enum class SplitBehavior { Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous };

/// Joins or drops the spans of a text as the behavior says. The rules about neighbours are those of
/// NormalizedString::split in Hugging Face tokenizers.
std::vector<Span> applyBehavior(std::vector<Span> spans, SplitBehavior behavior) {
  std::vector<Span> out;
  bool previous = false;
  switch (behavior) {
  case SplitBehavior::Isolated:
    return spans;
  case SplitBehavior::Removed:
    llvm::erase_if(spans, [](const Span &span) { return span.isMatch; });
    return spans;
  case SplitBehavior::Contiguous:
  case SplitBehavior::MergedWithPrevious:
    for (const Span &span : spans) {
      bool joins = behavior == SplitBehavior::Contiguous ? span.isMatch == previous : span.isMatch && !previous;
      if (joins && !out.empty())
        out.back().end = span.end;
      else
        out.push_back(span);
      previous = span.isMatch;
    }
    return out;
  case SplitBehavior::MergedWithNext:
    for (const Span &span : llvm::reverse(spans)) {
      if (span.isMatch && !previous && !out.empty())
        out.back().begin = span.begin;
      else
        out.push_back(span);
      previous = span.isMatch;
    }
    std::reverse(out.begin(), out.end());
    return out;
  }
  llvm_unreachable("all behaviors are listed");
}

/// Each character for which `isMatch` holds is a match of its own.
std::vector<Span> findChars(StringRef text, llvm::function_ref<bool(char32_t)> isMatch) {
  std::vector<Span> spans;
  size_t last = 0;
  for (size_t offset = 0; offset < text.size();) {
    size_t begin = offset;
    if (!isMatch(nextCodePoint(text, offset)))
      continue;
    if (last < begin)
      spans.push_back({last, begin, false});
    spans.push_back({begin, offset, true});
    last = offset;
  }
  if (last < text.size())
    spans.push_back({last, text.size(), false});
  return spans;
}

/// A stage that changes a piece's text, then cuts it; added tokens pass untouched.
class SplittingPreTokenizer : public PreTokenizer {
public:
  llvm::Error split(std::vector<Piece> &pieces, llvm::StringSaver &arena) const final {
    std::vector<Piece> out;
    out.reserve(pieces.size());
    for (Piece &piece : pieces) {
      if (piece.id >= 0) {
        out.push_back(piece);
        continue;
      }
      llvm::Expected<std::vector<Span>> spans = cut(piece, arena);
      if (!spans)
        return spans.takeError();
      for (const Span &span : *spans)
        if (span.begin != span.end)
          out.push_back({piece.text.slice(span.begin, span.end), piece.isAtStart && span.begin == 0});
    }
    pieces = std::move(out);
    return llvm::Error::success();
  }

protected:
  virtual llvm::Expected<std::vector<Span>> cut(Piece &piece, llvm::StringSaver &arena) const = 0;
};

class SequencePreTokenizer : public PreTokenizer {
public:
  explicit SequencePreTokenizer(std::vector<std::unique_ptr<PreTokenizer>> stages) : stages(std::move(stages)) {}
  llvm::Error split(std::vector<Piece> &pieces, llvm::StringSaver &arena) const override {
    for (const auto &stage : stages)
      if (llvm::Error error = stage->split(pieces, arena))
        return error;
    return llvm::Error::success();
  }

private:
  std::vector<std::unique_ptr<PreTokenizer>> stages;
};

class PatternSplit : public SplittingPreTokenizer {
public:
  PatternSplit(Pattern pattern, SplitBehavior behavior, bool invert)
      : pattern(std::move(pattern)), behavior(behavior), invert(invert) {}

protected:
  llvm::Expected<std::vector<Span>> cut(Piece &piece, llvm::StringSaver &) const override {
    llvm::Expected<std::vector<Span>> spans = pattern.find(piece.text);
    if (!spans)
      return spans.takeError();
    if (invert)
      for (Span &span : *spans)
        span.isMatch = !span.isMatch;
    return applyBehavior(std::move(*spans), behavior);
  }

private:
  Pattern pattern;
  SplitBehavior behavior;
  bool invert;
};

/// Digits, Punctuation and WhitespaceSplit: characters of one class are the matches.
class CharClassSplit : public SplittingPreTokenizer {
public:
  CharClassSplit(bool (*isMatch)(char32_t), SplitBehavior behavior) : isMatch(isMatch), behavior(behavior) {}

protected:
  llvm::Expected<std::vector<Span>> cut(Piece &piece, llvm::StringSaver &) const override {
    return applyBehavior(findChars(piece.text, isMatch), behavior);
  }

private:
  bool (*isMatch)(char32_t);
  SplitBehavior behavior;
};

/// \w+|[^\w\s]+
class WhitespacePreTokenizer : public SplittingPreTokenizer {
protected:
  llvm::Expected<std::vector<Span>> cut(Piece &piece, llvm::StringSaver &) const override {
    enum Kind { Space, Word, Other };
    std::vector<Span> spans;
    Kind last = Space;
    for (size_t offset = 0; offset < piece.text.size();) {
      size_t begin = offset;
      char32_t c = nextCodePoint(piece.text, offset);
      Kind kind = isWordChar(c) ? Word : isWhitespace(c) ? Space : Other;
      if (kind != Space && kind == last)
        spans.back().end = offset;
      else if (kind != Space)
        spans.push_back({begin, offset, false});
      last = kind;
    }
    return spans;
  }
};

class MetaspacePreTokenizer : public SplittingPreTokenizer {
public:
  enum class Prepend { Never, First, Always };
  MetaspacePreTokenizer(std::string replacement, Prepend prepend, bool splits)
      : replacement(std::move(replacement)), prepend(prepend), splits(splits) {}

protected:
  llvm::Expected<std::vector<Span>> cut(Piece &piece, llvm::StringSaver &arena) const override {
    std::string text;
    text.reserve(piece.text.size() + piece.text.size() / 4 + 4);
    for (char c : piece.text)
      c == ' ' ? (void)(text += replacement) : text.push_back(c);
    bool wantsPrefix = prepend == Prepend::Always || (prepend == Prepend::First && piece.isAtStart);
    if (wantsPrefix && !StringRef(text).starts_with(replacement))
      text.insert(0, replacement);
    piece.text = arena.save(text);
    if (!splits)
      return std::vector<Span>{{0, piece.text.size(), false}};
    size_t offset = 0;
    char32_t mark = nextCodePoint(replacement, offset);
    return applyBehavior(findChars(piece.text, [mark](char32_t c) { return c == mark; }),
                         SplitBehavior::MergedWithNext);
  }

private:
  std::string replacement;
  Prepend prepend;
  bool splits;
};

/// Splits as GPT-2 does, then spells each byte as a printable character.
class ByteLevelPreTokenizer : public SplittingPreTokenizer {
public:
  ByteLevelPreTokenizer(bool addPrefixSpace, std::optional<Pattern> pattern)
      : addPrefixSpace(addPrefixSpace), pattern(std::move(pattern)) {}

protected:
  llvm::Expected<std::vector<Span>> cut(Piece &piece, llvm::StringSaver &arena) const override {
    if (addPrefixSpace && !piece.text.starts_with(" "))
      piece.text = arena.save(" " + piece.text);
    std::vector<Span> spans = {{0, piece.text.size(), false}};
    if (pattern) {
      llvm::Expected<std::vector<Span>> found = pattern->find(piece.text);
      if (!found)
        return found.takeError();
      spans = std::move(*found);
    }
    std::string symbols;
    symbols.reserve(piece.text.size() * 2);
    for (Span &span : spans) {
      size_t begin = symbols.size();
      for (char byte : piece.text.slice(span.begin, span.end))
        symbols += getByteSymbol(byte);
      span.begin = begin;
      span.end = symbols.size();
    }
    piece.text = arena.save(symbols);
    return spans;
  }

private:
  bool addPrefixSpace;
  std::optional<Pattern> pattern;
};

} // namespace

static constexpr const char *gpt2Regex =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

static SplitBehavior readBehavior(JsonReader &reader, std::optional<StringRef> fallback = std::nullopt) {
  std::string name = reader.getString("behavior", fallback);
  for (auto [spelling, behavior] :
       {std::pair("Removed", SplitBehavior::Removed), std::pair("Isolated", SplitBehavior::Isolated),
        std::pair("MergedWithPrevious", SplitBehavior::MergedWithPrevious),
        std::pair("MergedWithNext", SplitBehavior::MergedWithNext), std::pair("Contiguous", SplitBehavior::Contiguous)})
    if (name == spelling)
      return behavior;
  reader.fail("unknown behavior '" + name + "'",
              "known: Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous");
  return SplitBehavior::Isolated;
}

static llvm::Expected<std::unique_ptr<PreTokenizer>> createByteLevel(JsonReader &reader) {
  reader.ignore("trim_offsets");
  bool addPrefixSpace = reader.getBool("add_prefix_space");
  bool useRegex = reader.getBool("use_regex", true);
  if (llvm::Error error = reader.finish())
    return std::move(error);
  std::optional<Pattern> pattern;
  if (useRegex)
    pattern = llvm::cantFail(Pattern::regex(gpt2Regex));
  return std::make_unique<ByteLevelPreTokenizer>(addPrefixSpace, std::move(pattern));
}

static llvm::Expected<std::unique_ptr<PreTokenizer>> createMetaspace(JsonReader &reader) {
  reader.ignore("str_rep");
  std::string replacement = reader.getString("replacement");
  std::optional<bool> addPrefixSpace = reader.getOptionalBool("add_prefix_space");
  std::string scheme = reader.getString("prepend_scheme", StringRef("always"));
  bool splits = reader.getOptionalBool("split").value_or(true);
  using Prepend = MetaspacePreTokenizer::Prepend;
  Prepend prepend = scheme == "never" ? Prepend::Never : scheme == "first" ? Prepend::First : Prepend::Always;
  if (scheme != "always" && prepend == Prepend::Always)
    reader.fail("unknown prepend_scheme '" + scheme + "'", "known: always, first, never");
  // Files from before prepend_scheme have the flag alone.
  if (addPrefixSpace == false)
    prepend = Prepend::Never;
  if (countCodePoints(replacement) != 1)
    reader.fail("'replacement' is not one character", "write one character");
  return finishStage<PreTokenizer, MetaspacePreTokenizer>(reader, std::move(replacement), prepend, splits);
}

static llvm::Expected<std::unique_ptr<PreTokenizer>> createSplit(JsonReader &reader) {
  std::optional<Pattern> pattern = readPattern(reader);
  SplitBehavior behavior = readBehavior(reader);
  bool invert = reader.getBool("invert");
  if (llvm::Error error = reader.finish())
    return std::move(error);
  return std::make_unique<PatternSplit>(std::move(*pattern), behavior, invert);
}

static std::unique_ptr<PreTokenizer> makeBertPreTokenizer() {
  std::vector<std::unique_ptr<PreTokenizer>> stages;
  stages.push_back(std::make_unique<CharClassSplit>(isWhitespace, SplitBehavior::Removed));
  stages.push_back(std::make_unique<CharClassSplit>(isPunctuation, SplitBehavior::Isolated));
  return std::make_unique<SequencePreTokenizer>(std::move(stages));
}

llvm::Expected<std::unique_ptr<PreTokenizer>> createPreTokenizer(const llvm::json::Value &value, const Twine &where) {
  if (value.getAsNull())
    return nullptr;
  JsonReader reader(value, where);
  std::string type = reader.getString("type");
  if (type == "Sequence") {
    auto stages = createSequence<PreTokenizer>(reader, "pretokenizers", createPreTokenizer);
    if (!stages)
      return stages.takeError();
    return std::make_unique<SequencePreTokenizer>(std::move(*stages));
  }
  if (type == "ByteLevel")
    return createByteLevel(reader);
  if (type == "Metaspace")
    return createMetaspace(reader);
  if (type == "Split")
    return createSplit(reader);
  if (type == "Digits") {
    bool individual = reader.getBool("individual_digits");
    return finishStage<PreTokenizer, CharClassSplit>(reader, isNumeric,
                                                     individual ? SplitBehavior::Isolated : SplitBehavior::Contiguous);
  }
  if (type == "Punctuation") {
    SplitBehavior behavior = readBehavior(reader, StringRef("Isolated"));
    return finishStage<PreTokenizer, CharClassSplit>(reader, isPunctuation, behavior);
  }
  if (type == "Whitespace")
    return finishStage<PreTokenizer, WhitespacePreTokenizer>(reader);
  if (type == "WhitespaceSplit")
    return finishStage<PreTokenizer, CharClassSplit>(reader, isWhitespace, SplitBehavior::Removed);
  if (type == "BertPreTokenizer") {
    if (llvm::Error error = reader.finish())
      return std::move(error);
    return makeBertPreTokenizer();
  }
  reader.fail("unknown type '" + type + "'",
              "known: Sequence, ByteLevel, Metaspace, Split, Digits, Punctuation, Whitespace, WhitespaceSplit, "
              "BertPreTokenizer");
  return reader.finish();
}

} // namespace quantopt::tokenizer
