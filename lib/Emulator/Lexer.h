//===- Lexer.h - Words of a PTX text -----------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Cuts a text into tokens, one at a time, with their places. Comments and
// blanks vanish.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_LEXER_H
#define QUANTOPT_LIB_EMULATOR_LEXER_H

#include "quant-opt/Emulator/Module.h"

namespace quantopt::ptx {

struct Token {
  enum class Kind : uint8_t {
    End,
    Error,      // text: what is wrong (a literal, not part of the input)
    Identifier, // foo, %r1, $L__BB0_1
    DotWord,    // .reg, .L2::128B
    Integer,    // 12, 0x1F, 017, 0b101, each with an optional U
    Float32,    // 0f3F800000
    Float64,    // 0d3FF0000000000000
    Decimal,    // 1.5e-3
    String,     // "..", text without the quotes
    Punctuator, // one or two characters
  };
  Kind kind = Kind::End;
  Location location;
  llvm::StringRef text;
  size_t begin = 0, end = 0; // offsets into the input

  bool is(Kind other) const { return kind == other; }
  bool is(llvm::StringRef punctuator) const { return kind == Kind::Punctuator && text == punctuator; }
};

class Lexer {
public:
  explicit Lexer(llvm::StringRef input) : input(input) {}

  /// The next token; End for ever at the end. Nothing sensible follows an Error.
  Token lex();

private:
  bool skipBlanks();
  char at(size_t position) const { return position < input.size() ? input[position] : '\0'; }
  Token::Kind scan();
  Token::Kind scanNumber();
  Token::Kind scanString();
  Token::Kind scanDotWord();
  Token::Kind fail(llvm::StringLiteral problem);

  llvm::StringRef input;
  size_t position = 0;
  size_t lineStart = 0;
  unsigned line = 1;
  llvm::StringRef problem;
};

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_LEXER_H
