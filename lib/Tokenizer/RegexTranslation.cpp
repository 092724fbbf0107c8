//===- RegexTranslation.cpp - Oniguruma patterns for ICU ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Walks the pattern once and writes each construct in ICU's spelling. The two
// differ in what \s \w \h \v . ^ $ and x{n,m}+ mean; see docs/tokenizers.md.
//
//===----------------------------------------------------------------------===//

#include "Pattern.h"
#include "Unicode.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FormatVariadic.h"
#include <optional>

using llvm::StringRef;

namespace quantopt::tokenizer {
namespace {

// Sets as they stand inside [...] in ICU.
constexpr const char *wordSet = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}";
constexpr const char *hexDigitSet = "0-9A-Fa-f";

class Translator {
public:
  explicit Translator(StringRef pattern) : pattern(pattern) {}

  llvm::Expected<std::string> run() {
    while (offset < pattern.size() && problem.empty())
      translateItem();
    if (problem.empty() && !groups.empty())
      fail("a group is not closed");
    if (!problem.empty())
      return llvm::createStringError(problem);
    return std::move(out);
  }

private:
  void fail(const llvm::Twine &message) {
    if (problem.empty())
      problem = message.str();
    offset = pattern.size();
  }
  StringRef rest() const { return pattern.drop_front(offset); }
  bool consume(StringRef text) {
    if (!rest().starts_with(text))
      return false;
    offset += text.size();
    return true;
  }

  void beginAtom() { atomStart = out.size(); }
  /// Spelled as a number, so that no character needs to be known as special to ICU.
  static std::string spellLiteral(char32_t c) {
    if (c < 0x80 && (llvm::isAlnum(c) || c == ' ' || c == '\''))
      return std::string(1, static_cast<char>(c));
    return llvm::formatv("\\x{{{0:X-}}", static_cast<uint32_t>(c)).str();
  }

  void translateItem();
  void translateGroup();
  void closeGroup();
  void translateQuantifier();
  bool translateInterval();
  void finishQuantifier(bool isInterval, bool isExact);
  void translateEscape();
  void translateClass();
  void translateClassItem();
  std::optional<std::string> readSetEscape();
  std::string readProperty(bool negated);
  std::string readPosixBracket();
  std::optional<char32_t> readCharEscape(bool inClass);
  std::optional<char32_t> readHex(unsigned maxDigits);

  StringRef pattern;
  size_t offset = 0;
  std::string out;
  std::string problem;
  unsigned classDepth = 0;
  /// Where in `out` the last atom starts, for quantifiers that must wrap it; none behind a quantifier.
  std::optional<size_t> atomStart;
  struct Group {
    size_t start;             ///< in `out`
    bool outerMatchesNewline; ///< what '.' meant around it
  };
  std::vector<Group> groups;
  bool dotMatchesNewline = false;
};

void Translator::translateItem() {
  char c = pattern[offset];
  switch (c) {
  case '(':
    return translateGroup();
  case ')':
    return closeGroup();
  case '[':
    beginAtom();
    return translateClass();
  case '\\':
    return translateEscape();
  case '*':
  case '+':
  case '?':
    return translateQuantifier();
  case '{':
    if (translateInterval())
      return;
    break; // not an interval: a brace
  case '|':
    ++offset;
    atomStart.reset();
    out += '|';
    return;
  case '.': // Oniguruma: anything but \n; ICU would also exclude \r and others
    ++offset;
    beginAtom();
    out += dotMatchesNewline ? "[\\x{0}-\\x{10FFFF}]" : "[^\\x{A}]";
    return;
  case '^': // Ruby syntax: ^ and $ are always about lines
    ++offset;
    atomStart.reset();
    out += "(?:\\A|(?<=\\x{A})(?!\\z))";
    return;
  case '$':
    ++offset;
    atomStart.reset();
    out += "(?=\\x{A}|\\z)";
    return;
  default:
    break;
  }
  beginAtom();
  out += spellLiteral(nextCodePoint(pattern, offset));
}

void Translator::translateGroup() {
  size_t start = out.size();
  if (consume("(?#")) {
    size_t end = rest().find(')');
    if (end == StringRef::npos)
      return fail("a comment is not closed");
    offset += end + 1;
    return;
  }
  if (offset == 0 && consume("(?i)")) {
    out += "(?i)";
    return;
  }
  StringRef spelling = llvm::StringSwitch<StringRef>(rest().take_front(4))
                           .StartsWith("(?:", "(?:")
                           .StartsWith("(?=", "(?=")
                           .StartsWith("(?!", "(?!")
                           .StartsWith("(?>", "(?>")
                           .StartsWith("(?<=", "(?<=")
                           .StartsWith("(?<!", "(?<!")
                           .StartsWith("(?i:", "(?i:")
                           .StartsWith("(?m:", "(?m:")
                           .Default("");
  if (!spelling.empty())
    consume(spelling);
  else if (rest().starts_with("(?"))
    return fail("the group '" + rest().take_front(4) + "' has no counterpart");
  else
    consume("(");                    // nothing refers to a capture: back references are refused
  bool setsDot = spelling == "(?m:"; // Ruby's m is about '.', ICU's about ^ and $
  out += spelling.empty() || setsDot ? "(?:" : spelling;
  groups.push_back({start, dotMatchesNewline});
  dotMatchesNewline |= setsDot;
  atomStart.reset();
}

void Translator::closeGroup() {
  if (groups.empty())
    return fail("a ')' closes no group");
  ++offset;
  out += ')';
  atomStart = groups.back().start;
  dotMatchesNewline = groups.back().outerMatchesNewline;
  groups.pop_back();
}

void Translator::translateQuantifier() {
  if (!atomStart)
    return fail("a quantifier has nothing to repeat");
  out += pattern[offset++];
  finishQuantifier(/*isInterval=*/false, /*isExact=*/false);
}

bool Translator::translateInterval() {
  size_t end = rest().find('}');
  if (end == StringRef::npos)
    return false;
  auto [low, high] = rest().slice(1, end).split(',');
  bool isExact = !rest().slice(1, end).contains(',');
  auto isNumber = [](StringRef text) { return text.size() <= 6 && llvm::all_of(text, llvm::isDigit); };
  if (!isNumber(low) || !isNumber(high) || (low.empty() && high.empty()))
    return false;
  if (!atomStart) {
    fail("a quantifier has nothing to repeat");
    return true;
  }
  out += '{';
  out += low.empty() ? "0" : low;
  if (!isExact)
    (out += ',') += high;
  out += '}';
  offset += end + 1;
  finishQuantifier(/*isInterval=*/true, isExact);
  return true;
}

void Translator::finishQuantifier(bool isInterval, bool isExact) {
  if (rest().starts_with("?") && isExact)
    return fail("'{n}?' means an optional group, which ICU spells otherwise");
  if (consume("?")) {
    out += '?';
  } else if (consume("+")) {
    // Possessive in ICU for every quantifier; in Ruby x{n,m}+ repeats x{n,m}.
    if (isInterval) {
      out.insert(*atomStart, "(?:");
      out += ')';
    }
    out += '+';
  }
  atomStart.reset();
  if (!rest().empty() && (rest().front() == '*' || rest().front() == '+' || rest().front() == '?'))
    fail("a quantifier follows a quantifier");
}

std::optional<char32_t> Translator::readHex(unsigned maxDigits) {
  StringRef digits = rest().take_while(llvm::isHexDigit).take_front(maxDigits);
  uint32_t value = 0;
  if (digits.empty() || digits.getAsInteger(16, value) || value > 0x10FFFF) {
    fail("a code point is not given in hexadecimal digits");
    return std::nullopt;
  }
  offset += digits.size();
  return value;
}

/// The escape at `offset` as a single character, or nothing.
std::optional<char32_t> Translator::readCharEscape(bool inClass) {
  if (rest().size() < 2)
    return std::nullopt;
  char c = rest()[1];
  size_t next = offset + 2;
  char32_t value = llvm::StringSwitch<char32_t>(StringRef(&c, 1))
                       .Case("n", '\n')
                       .Case("t", '\t')
                       .Case("r", '\r')
                       .Case("f", '\f')
                       .Case("v", '\v')
                       .Case("a", '\a')
                       .Case("e", 0x1B)
                       .Case("b", inClass ? '\b' : 0)
                       .Default(0);
  if (value) {
    offset = next;
    return value;
  }
  if (c == 'x' || c == 'u') {
    offset = next;
    bool braced = c == 'x' && consume("{");
    std::optional<char32_t> code = readHex(braced ? 8 : c == 'x' ? 2 : 4);
    if (braced && !consume("}"))
      fail("\\x{ is not closed");
    return code;
  }
  if (llvm::isAlnum(c))
    return std::nullopt;
  ++offset;
  return nextCodePoint(pattern, offset);
}

/// The names that are POSIX brackets in Oniguruma but something else, or nothing, in ICU.
static std::optional<std::string> getPosixSet(StringRef name) {
  std::optional<std::string> set = llvm::StringSwitch<std::optional<std::string>>(name.lower())
                                       .Case("alnum", "\\p{Alphabetic}\\p{Nd}")
                                       .Case("alpha", "\\p{Alphabetic}")
                                       .Case("ascii", "\\x{0}-\\x{7F}")
                                       .Case("blank", "\\p{Zs}\\x{9}")
                                       .Case("cntrl", "\\p{Cc}")
                                       .Case("digit", "\\p{Nd}")
                                       .Case("lower", "\\p{Lowercase}")
                                       .Case("punct", "\\p{P}\\p{S}")
                                       .Case("space", "\\p{White_Space}")
                                       .Case("upper", "\\p{Uppercase}")
                                       .Case("xdigit", hexDigitSet)
                                       .Case("word", wordSet)
                                       .Default(std::nullopt);
  return set;
}

static std::string spellSet(StringRef inside, bool negated) { return ((negated ? "[^" : "[") + inside + "]").str(); }

/// Behind \p or \P: {name} or {^name}.
std::string Translator::readProperty(bool negated) {
  size_t end = rest().find('}');
  if (!consume("{") || end == StringRef::npos) {
    fail("\\p is not followed by {name}");
    return "";
  }
  if (consume("^"))
    negated = !negated;
  StringRef name = pattern.slice(offset, offset + rest().find('}'));
  offset += name.size() + 1;
  if (std::optional<std::string> set = getPosixSet(name))
    return spellSet(*set, negated);
  if (name.empty() || !llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_' || c == ' '; })) {
    fail("'" + name + "' is not the name of a character property");
    return "";
  }
  return ((negated ? "\\P{" : "\\p{") + name + "}").str();
}

/// The escape at `offset` as a set in ICU's spelling, or nothing where it is none.
std::optional<std::string> Translator::readSetEscape() {
  if (rest().size() < 2)
    return std::nullopt;
  char c = rest()[1];
  bool negated = llvm::isUpper(c);
  StringRef inside = llvm::StringSwitch<StringRef>(StringRef(&c, 1).lower())
                         .Case("s", "\\p{White_Space}")
                         .Case("w", wordSet)
                         .Case("d", "\\p{Nd}")
                         .Case("h", hexDigitSet)
                         .Default("");
  if (inside.empty() && c != 'p' && c != 'P')
    return std::nullopt;
  offset += 2;
  return inside.empty() ? readProperty(negated) : spellSet(inside, negated);
}

void Translator::translateEscape() {
  beginAtom();
  if (std::optional<std::string> set = readSetEscape()) {
    out += *set;
    return;
  }
  if (std::optional<char32_t> c = readCharEscape(/*inClass=*/false)) {
    out += spellLiteral(*c);
    return;
  }
  StringRef escape = rest().take_front(2);
  std::string word = spellSet(wordSet, false);
  std::string assertion = llvm::StringSwitch<std::string>(escape)
                              .Case("\\A", "\\A")
                              .Case("\\z", "\\z")
                              .Case("\\Z", "(?=\\x{A}?\\z)")
                              .Case("\\b", "(?:(?<=" + word + ")(?!" + word + ")|(?<!" + word + ")(?=" + word + "))")
                              .Case("\\B", "(?:(?<=" + word + ")(?=" + word + ")|(?<!" + word + ")(?!" + word + "))")
                              .Default("");
  if (assertion.empty())
    return fail("the escape '" + escape + "' has no counterpart");
  out += assertion;
  offset += 2;
  atomStart.reset();
}

std::string Translator::readPosixBracket() {
  bool negated = consume("^");
  size_t end = rest().find(":]");
  StringRef name = rest().take_front(end);
  std::optional<std::string> set = getPosixSet(name);
  if (end == StringRef::npos || !set) {
    fail("the bracket '[:" + name.take_front(8) + "' has no counterpart");
    return "";
  }
  offset += end + 2;
  return spellSet(*set, negated);
}

void Translator::translateClass() {
  if (++classDepth > 16)
    return fail("character classes are nested too deeply");
  ++offset;
  out += consume("^") ? "[^" : "[";
  bool isFirst = true;
  while (offset < pattern.size() && (isFirst || pattern[offset] != ']')) {
    isFirst = false;
    translateClassItem();
  }
  if (!consume("]"))
    fail("a character class is not closed");
  out += ']';
  --classDepth;
}

void Translator::translateClassItem() {
  if (consume("[:")) {
    out += readPosixBracket();
    return;
  }
  if (rest().front() == '[')
    return translateClass();
  if (consume("&&")) {
    out += "&&";
    return;
  }
  auto readChar = [&]() -> std::optional<char32_t> {
    if (rest().front() != '\\')
      return nextCodePoint(pattern, offset);
    std::optional<char32_t> c = readCharEscape(/*inClass=*/true);
    if (!c)
      fail("the escape '" + rest().take_front(2) + "' has no counterpart in a character class");
    return c;
  };
  if (rest().front() == '\\')
    if (std::optional<std::string> set = readSetEscape()) {
      out += *set;
      return;
    }
  std::optional<char32_t> low = readChar();
  if (!low)
    return;
  out += spellLiteral(*low);
  // A '-' before ']' is a dash.
  if (rest().size() < 2 || rest()[0] != '-' || rest()[1] == ']')
    return;
  if (rest()[1] == '[' || (rest()[1] == '\\' && rest().size() > 2 && StringRef("sSwWdDhHpP").contains(rest()[2])))
    return fail("a range in a character class ends in a set");
  ++offset;
  if (std::optional<char32_t> high = readChar())
    (out += '-') += spellLiteral(*high);
}

} // namespace

llvm::Expected<std::string> translateRegex(StringRef oniguruma) { return Translator(oniguruma).run(); }

} // namespace quantopt::tokenizer
