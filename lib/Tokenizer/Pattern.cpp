//===- Pattern.cpp - Regular expressions of tokenizer files ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs ICU's matcher over UTF-8 text and gives spans in bytes.
//
//===----------------------------------------------------------------------===//

#include "Pattern.h"
#include "Unicode.h"
#include <unicode/uregex.h>

using llvm::StringRef;

namespace quantopt::tokenizer {

void Pattern::Close::operator()(URegularExpression *compiled) const { uregex_close(compiled); }

llvm::Expected<Pattern> Pattern::literal(StringRef text) {
  if (text.empty())
    return llvm::createStringError("the pattern is empty; give the text to find");
  Pattern pattern;
  pattern.literalText = text.str();
  return pattern;
}

llvm::Expected<Pattern> Pattern::regex(StringRef oniguruma) {
  llvm::Expected<std::string> translated = translateRegex(oniguruma);
  if (!translated)
    return llvm::createStringError("regex '" + oniguruma + "': " + llvm::toString(translated.takeError()) +
                                   "; spell it otherwise");
  std::u16string spelled = toUtf16(*translated);
  UErrorCode status = U_ZERO_ERROR;
  Pattern pattern;
  pattern.compiled.reset(uregex_open(spelled.data(), spelled.size(), 0, nullptr, &status));
  if (U_FAILURE(status) || spelled.empty())
    return llvm::createStringError("regex '" + oniguruma + "': ICU does not accept it (" + u_errorName(status) +
                                   "); spell it otherwise");
  return pattern;
}

llvm::Error Pattern::findRegex(StringRef text, std::vector<Span> &spans) const {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<URegularExpression, Close> matcher(uregex_clone(compiled.get(), &status));
  std::u16string units = toUtf16(text);
  uregex_setStackLimit(matcher.get(), 1 << 28, &status); // 256 MiB; the default, 8 MB, stops on one long word
  uregex_setTimeLimit(matcher.get(), 1000, &status);     // about a second for one match; counted in steps, not time
  uregex_setText(matcher.get(), units.data(), units.size(), &status);
  size_t byte = 0, lastEnd = 0;
  int32_t unit = 0;
  // Both encodings are walked once, together: matches come in order.
  auto toByte = [&](int32_t target) {
    while (unit < target) {
      char32_t c = nextCodePoint(text, byte);
      unit += c > 0xFFFF ? 2 : 1;
    }
    return byte;
  };
  bool isFirst = true;
  while (U_SUCCESS(status) && uregex_findNext(matcher.get(), &status)) {
    size_t begin = toByte(uregex_start(matcher.get(), 0, &status));
    size_t end = toByte(uregex_end(matcher.get(), 0, &status));
    // As Oniguruma's iterator: no empty match right behind a match.
    if (begin == end && begin == lastEnd && !isFirst)
      continue;
    if (lastEnd != begin)
      spans.push_back({lastEnd, begin, false});
    spans.push_back({begin, end, true});
    lastEnd = end;
    isFirst = false;
  }
  if (U_FAILURE(status))
    return llvm::createStringError("a regex of the tokenizer stopped with " + llvm::Twine(u_errorName(status)) +
                                   " on a text of " + llvm::Twine(text.size()) +
                                   " bytes; encode the text in smaller parts");
  if (lastEnd != text.size())
    spans.push_back({lastEnd, text.size(), false});
  return llvm::Error::success();
}

llvm::Expected<std::vector<Span>> Pattern::find(StringRef text) const {
  std::vector<Span> spans;
  if (compiled) {
    if (llvm::Error error = findRegex(text, spans))
      return std::move(error);
    return spans;
  }
  size_t last = 0;
  for (size_t at = text.find(literalText); at != StringRef::npos; at = text.find(literalText, last)) {
    if (at != last)
      spans.push_back({last, at, false});
    last = at + literalText.size();
    spans.push_back({at, last, true});
  }
  if (last != text.size())
    spans.push_back({last, text.size(), false});
  return spans;
}

llvm::Expected<std::string> replaceMatches(StringRef text, llvm::ArrayRef<Span> spans, StringRef replacement) {
  size_t size = 0;
  for (const Span &span : spans)
    size += span.isMatch ? replacement.size() : span.end - span.begin;
  if (size > maxTextBytes)
    return llvm::createStringError("replacing makes a text of " + llvm::Twine(size) + " bytes, more than " +
                                   llvm::Twine(maxTextBytes) + "; encode the text in smaller parts");
  std::string out;
  out.reserve(size);
  for (const Span &span : spans)
    out += span.isMatch ? replacement : text.slice(span.begin, span.end);
  return out;
}

llvm::Expected<std::string> Pattern::replace(StringRef text, StringRef replacement) const {
  llvm::Expected<std::vector<Span>> spans = find(text);
  return spans ? replaceMatches(text, *spans, replacement) : spans.takeError();
}

} // namespace quantopt::tokenizer
