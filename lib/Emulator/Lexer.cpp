//===- Lexer.cpp - Words of a PTX text ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PTX ISA, "Syntax": identifiers, constants, comments.
//
//===----------------------------------------------------------------------===//

#include "Lexer.h"

#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace quantopt::ptx {

static bool isWordChar(char c) { return llvm::isAlnum(c) || c == '_' || c == '$'; }

Token Lexer::lex() {
  Token token;
  bool ok = skipBlanks();
  token.location = {line, unsigned(position - lineStart) + 1};
  token.begin = position;
  token.kind = ok ? scan() : fail("the comment has no end");
  token.end = position;
  if (token.kind == Token::Kind::Error)
    token.text = problem;
  else if (token.kind == Token::Kind::String)
    token.text = input.slice(token.begin + 1, token.end - 1);
  else
    token.text = input.slice(token.begin, token.end);
  return token;
}

/// Moves to the next token; false in a comment without an end.
bool Lexer::skipBlanks() {
  while (position < input.size()) {
    char c = input[position];
    if (c == '\n') {
      ++line;
      lineStart = ++position;
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
      ++position;
    } else if (c == '/' && at(position + 1) == '/') {
      position = std::min(input.find('\n', position), input.size());
    } else if (c == '/' && at(position + 1) == '*') {
      size_t end = input.find("*/", position + 2);
      if (end == StringRef::npos)
        return false;
      for (size_t newline = input.find('\n', position); newline < end; newline = input.find('\n', newline + 1)) {
        ++line;
        lineStart = newline + 1;
      }
      position = end + 2;
    } else {
      break;
    }
  }
  return true;
}

Token::Kind Lexer::fail(llvm::StringLiteral what) {
  problem = what;
  return Token::Kind::Error;
}

Token::Kind Lexer::scan() {
  if (position >= input.size())
    return Token::Kind::End;
  char c = input[position];
  if (llvm::isDigit(c))
    return scanNumber();
  if (c == '"')
    return scanString();
  if (c == '.')
    return scanDotWord();
  // `%` is also an operator of constant expressions, `_` also the sink.
  bool startsName =
      llvm::isAlpha(c) || c == '_' || c == '$' ||
      (c == '%' && (llvm::isAlpha(at(position + 1)) || at(position + 1) == '_' || at(position + 1) == '$'));
  if (startsName) {
    for (++position; isWordChar(at(position));)
      ++position;
    return Token::Kind::Identifier;
  }
  static constexpr StringRef pairs[] = {"<<", ">>", "<=", ">=", "==", "!=", "&&", "||"};
  if (llvm::is_contained(pairs, input.substr(position, 2))) {
    position += 2;
    return Token::Kind::Punctuator;
  }
  if (StringRef("{}[]()<>,;:@!|=+-*/%&^~?").contains(c)) {
    ++position;
    return Token::Kind::Punctuator;
  }
  return fail("this character has no place in PTX");
}

/// `.word`, with the `::` parts that modifiers have.
Token::Kind Lexer::scanDotWord() {
  size_t start = ++position;
  while (isWordChar(at(position)) ||
         (at(position) == ':' && at(position + 1) == ':' && isWordChar(at(position + 2)) && position > start))
    position += at(position) == ':' ? 2 : 1;
  return position > start ? Token::Kind::DotWord : fail("a dot needs a word behind it");
}

Token::Kind Lexer::scanString() {
  for (++position; position < input.size() && input[position] != '\n'; ++position) {
    if (input[position] == '\\' && at(position + 1) != '\n') {
      ++position;
    } else if (input[position] == '"') {
      ++position;
      return Token::Kind::String;
    }
  }
  position = std::min(position, input.size());
  return fail("the string has no end on its line");
}

Token::Kind Lexer::scanNumber() {
  char mark = llvm::toLower(at(position + 1));
  bool zero = input[position] == '0';
  auto scanDigits = [&](auto isOne) {
    size_t start = position;
    while (isOne(at(position)))
      ++position;
    return position - start;
  };
  auto isHex = [](char c) { return llvm::isHexDigit(c); };
  Token::Kind kind = Token::Kind::Integer;
  bool good = true;
  if (zero && (mark == 'f' || mark == 'd')) {
    position += 2;
    good = scanDigits(isHex) == (mark == 'f' ? 8 : 16);
    kind = mark == 'f' ? Token::Kind::Float32 : Token::Kind::Float64;
  } else if (zero && (mark == 'x' || mark == 'b')) {
    position += 2;
    good = (mark == 'x' ? scanDigits(isHex) : scanDigits([](char c) { return c == '0' || c == '1'; })) > 0;
  } else {
    scanDigits(llvm::isDigit);
    if (at(position) == '.' && llvm::isDigit(at(position + 1))) {
      kind = Token::Kind::Decimal;
      ++position;
      scanDigits(llvm::isDigit);
    }
    if (llvm::toLower(at(position)) == 'e') {
      kind = Token::Kind::Decimal;
      ++position;
      position += at(position) == '-' || at(position) == '+';
      good = scanDigits(llvm::isDigit) > 0;
    }
  }
  if (kind == Token::Kind::Integer && at(position) == 'U')
    ++position;
  if (!good || isWordChar(at(position)))
    return fail("this number is malformed");
  return kind;
}

} // namespace quantopt::ptx
