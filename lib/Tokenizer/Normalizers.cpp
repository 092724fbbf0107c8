//===- Normalizers.cpp - Changes to the text before it is split -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The "normalizer" of a tokenizer.json.
//
//===----------------------------------------------------------------------===//

#include "Components.h"
#include "Pattern.h"
#include "Unicode.h"
#include "llvm/ADT/STLExtras.h"

using llvm::StringRef;
using llvm::Twine;

namespace quantopt::tokenizer {
namespace {

class SequenceNormalizer : public Normalizer {
public:
  explicit SequenceNormalizer(std::vector<std::unique_ptr<Normalizer>> stages) : stages(std::move(stages)) {}
  llvm::Error normalize(Fragment &fragment) const override {
    for (const auto &stage : stages)
      if (llvm::Error error = stage->normalize(fragment))
        return error;
    return llvm::Error::success();
  }

private:
  std::vector<std::unique_ptr<Normalizer>> stages;
};

class UnicodeNormalizer : public Normalizer {
public:
  explicit UnicodeNormalizer(NormalForm form) : form(form) {}
  llvm::Error normalize(Fragment &fragment) const override {
    fragment.text = normalizeUnicode(fragment.text, form);
    return llvm::Error::success();
  }

private:
  NormalForm form;
};

class LowercaseNormalizer : public Normalizer {
public:
  llvm::Error normalize(Fragment &fragment) const override {
    fragment.text = toLower(fragment.text);
    return llvm::Error::success();
  }
};

/// Drops characters. What follows a dropped first character no longer starts where the text does.
template <typename Predicate> void removeCodePoints(Fragment &fragment, Predicate isDropped) {
  size_t offset = 0;
  if (!fragment.text.empty() && isDropped(nextCodePoint(fragment.text, offset)))
    fragment.isAtStart = false;
  fragment.text = mapCodePoints(fragment.text, [&](char32_t c, std::string &out) {
    if (!isDropped(c))
      appendCodePoint(out, c);
  });
}

class StripAccentsNormalizer : public Normalizer {
public:
  llvm::Error normalize(Fragment &fragment) const override {
    removeCodePoints(fragment, isCombiningMark);
    return llvm::Error::success();
  }
};

class StripNormalizer : public Normalizer {
public:
  StripNormalizer(bool left, bool right) : left(left), right(right) {}
  llvm::Error normalize(Fragment &fragment) const override {
    StringRef text = fragment.text;
    size_t begin = 0, end = text.size();
    for (size_t next = 0; left && begin < end && isWhitespace(nextCodePoint(text, next));)
      begin = next;
    while (right && end > begin && isWhitespace(previousCodePoint(text, end)))
      do
        --end;
      while ((text[end] & 0xC0) == 0x80);
    if (begin > 0)
      fragment.isAtStart = false;
    fragment.text = text.slice(begin, end).str();
    return llvm::Error::success();
  }

private:
  bool left, right;
};

class PrependNormalizer : public Normalizer {
public:
  explicit PrependNormalizer(std::string prefix) : prefix(std::move(prefix)) {}
  llvm::Error normalize(Fragment &fragment) const override {
    if (!fragment.text.empty())
      fragment.text.insert(0, prefix);
    return llvm::Error::success();
  }

private:
  std::string prefix;
};

class ReplaceNormalizer : public Normalizer {
public:
  ReplaceNormalizer(Pattern pattern, std::string content) : pattern(std::move(pattern)), content(std::move(content)) {}
  llvm::Error normalize(Fragment &fragment) const override {
    llvm::Expected<std::vector<Span>> spans = pattern.find(fragment.text);
    if (!spans)
      return spans.takeError();
    if (content.empty() && !spans->empty() && spans->front().isMatch && spans->front().end > 0)
      fragment.isAtStart = false;
    llvm::Expected<std::string> replaced = replaceMatches(fragment.text, *spans, content);
    if (!replaced)
      return replaced.takeError();
    fragment.text = std::move(*replaced);
    return llvm::Error::success();
  }

private:
  Pattern pattern;
  std::string content;
};

class BertNormalizer : public Normalizer {
public:
  BertNormalizer(bool cleanText, bool handleChinese, bool stripAccents, bool lowercase)
      : cleanText(cleanText), handleChinese(handleChinese), stripAccents(stripAccents), lowercase(lowercase) {}

  llvm::Error normalize(Fragment &fragment) const override {
    if (cleanText)
      clean(fragment);
    if (handleChinese)
      fragment.text = mapCodePoints(fragment.text, [](char32_t c, std::string &out) {
        bool isIdeograph = isChineseChar(c);
        if (isIdeograph)
          out += ' ';
        appendCodePoint(out, c);
        if (isIdeograph)
          out += ' ';
      });
    if (stripAccents) {
      fragment.text = normalizeUnicode(fragment.text, NormalForm::D);
      removeCodePoints(fragment, isNonspacingMark);
    }
    if (lowercase)
      fragment.text = toLower(fragment.text);
    return llvm::Error::success();
  }

private:
  static void clean(Fragment &fragment) {
    removeCodePoints(fragment, [](char32_t c) {
      return c == 0 || c == 0xFFFD || (isControl(c) && c != '\t' && c != '\n' && c != '\r');
    });
    fragment.text = mapCodePoints(
        fragment.text, [](char32_t c, std::string &out) { appendCodePoint(out, isWhitespace(c) ? U' ' : c); });
  }

  /// The blocks of the BERT reference code; not all ideographs, so no Unicode property gives them.
  static bool isChineseChar(char32_t c) {
    static constexpr std::pair<char32_t, char32_t> blocks[] = {
        {0x4E00, 0x9FFF},   {0x3400, 0x4DBF},   {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F},
        {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0xF900, 0xFAFF},   {0x2F800, 0x2FA1F}};
    return llvm::any_of(blocks, [c](auto block) { return c >= block.first && c <= block.second; });
  }

  bool cleanText, handleChinese, stripAccents, lowercase;
};

} // namespace

std::optional<Pattern> readPattern(JsonReader &reader) {
  JsonReader spelling(reader.getValue("pattern"), reader.getWhere() + ".pattern");
  std::optional<std::string> regex = spelling.getOptionalString("Regex");
  std::optional<std::string> literal = spelling.getOptionalString("String");
  if (regex.has_value() == literal.has_value())
    spelling.fail("is neither {\"String\": ...} nor {\"Regex\": ...}", "write one of them");
  if (llvm::Error error = spelling.finish()) {
    reader.fail(llvm::toString(std::move(error)), "see docs/tokenizers.md");
    return std::nullopt;
  }
  llvm::Expected<Pattern> pattern = regex ? Pattern::regex(*regex) : Pattern::literal(*literal);
  if (!pattern) {
    reader.fail(llvm::toString(pattern.takeError()), "see docs/tokenizers.md");
    return std::nullopt;
  }
  return std::move(*pattern);
}

static llvm::Expected<std::unique_ptr<Normalizer>> createBertNormalizer(JsonReader &reader) {
  bool cleanText = reader.getBool("clean_text");
  bool handleChinese = reader.getBool("handle_chinese_chars");
  std::optional<bool> stripAccents = reader.getOptionalBool("strip_accents");
  bool lowercase = reader.getBool("lowercase");
  return finishStage<Normalizer, BertNormalizer>(reader, cleanText, handleChinese, stripAccents.value_or(lowercase),
                                                 lowercase);
}

llvm::Expected<std::unique_ptr<Normalizer>> createNormalizer(const llvm::json::Value &value, const Twine &where) {
  if (value.getAsNull())
    return nullptr;
  JsonReader reader(value, where);
  std::string type = reader.getString("type");
  if (type == "Sequence") {
    auto stages = createSequence<Normalizer>(reader, "normalizers", createNormalizer);
    if (!stages)
      return stages.takeError();
    return std::make_unique<SequenceNormalizer>(std::move(*stages));
  }
  for (auto [name, form] : {std::pair("NFC", NormalForm::C), std::pair("NFD", NormalForm::D),
                            std::pair("NFKC", NormalForm::KC), std::pair("NFKD", NormalForm::KD)})
    if (type == name)
      return finishStage<Normalizer, UnicodeNormalizer>(reader, form);
  if (type == "Lowercase")
    return finishStage<Normalizer, LowercaseNormalizer>(reader);
  if (type == "StripAccents")
    return finishStage<Normalizer, StripAccentsNormalizer>(reader);
  if (type == "Strip") {
    bool left = reader.getBool("strip_left"), right = reader.getBool("strip_right");
    return finishStage<Normalizer, StripNormalizer>(reader, left, right);
  }
  if (type == "Prepend") {
    std::string prefix = reader.getString("prepend");
    return finishStage<Normalizer, PrependNormalizer>(reader, std::move(prefix));
  }
  if (type == "Replace") {
    std::optional<Pattern> pattern = readPattern(reader);
    std::string content = reader.getString("content");
    if (llvm::Error error = reader.finish())
      return std::move(error);
    return std::make_unique<ReplaceNormalizer>(std::move(*pattern), std::move(content));
  }
  if (type == "BertNormalizer")
    return createBertNormalizer(reader);
  reader.fail("unknown type '" + type + "'",
              "known: Sequence, NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Strip, Prepend, Replace, "
              "BertNormalizer");
  return reader.finish();
}

} // namespace quantopt::tokenizer
