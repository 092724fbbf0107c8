//===- ParseExpressions.cpp - Numbers and constant expressions ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PTX ISA, "Constants" and "Constant Expressions": 64-bit integers, signed
// unless a literal is too large or says U; floats as bits or in decimal.
//
//===----------------------------------------------------------------------===//

#include "ParserImpl.h"
#include "llvm/ADT/Twine.h"
#include "llvm/ADT/bit.h"

using llvm::failure;
using llvm::StringRef;
using llvm::success;

namespace quantopt::ptx {

/// Levels of binary operators, the loosest first; `?:` is looser than all.
static int getPrecedence(const Token &token) {
  if (!token.is(Token::Kind::Punctuator))
    return -1;
  static constexpr std::pair<StringRef, int> levels[] = {
      {"||", 1}, {"&&", 2}, {"|", 3},  {"^", 4},  {"&", 5}, {"==", 6}, {"!=", 6}, {"<", 7},  {"<=", 7},
      {">", 7},  {">=", 7}, {"<<", 8}, {">>", 8}, {"+", 9}, {"-", 9},  {"*", 10}, {"/", 10}, {"%", 10}};
  for (auto [op, level] : levels)
    if (token.text == op)
      return level;
  return -1;
}

static constexpr int productPrecedence = 10;

bool Parser::startsNumber() const {
  return token.is(Token::Kind::Integer) || token.is("-") || token.is("+") || token.is("~") || token.is("!") ||
         token.is("(") || (token.is(Token::Kind::Identifier) && token.text == "WARP_SZ");
}

/// True at a float, or the sign of one.
bool Parser::startsFloat() const {
  auto isFloat = [](const Token &token) {
    return token.is(Token::Kind::Float32) || token.is(Token::Kind::Float64) || token.is(Token::Kind::Decimal);
  };
  return isFloat(token) || ((token.is("-") || token.is("+")) && isFloat(ahead));
}

Parser::Result Parser::parseFloat(Operand &operand) {
  bool isNegative = token.is("-");
  if (isNegative || token.is("+"))
    advance();
  bool isSingle = token.is(Token::Kind::Float32);
  operand.kind = isSingle ? Operand::Kind::Float32 : Operand::Kind::Float64;
  uint64_t bits = 0;
  double decimal = 0;
  bool bad = token.is(Token::Kind::Decimal) ? token.text.getAsDouble(decimal, /*AllowInexact=*/true)
                                            : token.text.drop_front(2).getAsInteger(16, bits);
  if (bad)
    return fail("this float does not fit 64 bits", "write its bits, 0d..");
  if (token.is(Token::Kind::Decimal))
    bits = llvm::bit_cast<uint64_t>(decimal);
  operand.value = int64_t(bits ^ (uint64_t(isNegative) << (isSingle ? 31 : 63)));
  advance();
  return success();
}

/// A literal.
Parser::Result Parser::parseInteger(Constant &result) {
  StringRef digits = token.text;
  result.isUnsigned = digits.consume_back("U");
  uint64_t value;
  if (digits.getAsInteger(0, value))
    return fail("this integer is malformed or does not fit 64 bits",
                "octal numbers begin with 0, hexadecimal ones with 0x");
  result.isUnsigned |= value > uint64_t(INT64_MAX);
  result.value = int64_t(value);
  advance();
  return success();
}

/// `+8`, `-8`, `+-8`, any number of them, or nothing: added to `offset`.
Parser::Result Parser::parseOffset(int64_t &offset) {
  while (token.is("+") || token.is("-")) {
    bool isNegative = token.is("-");
    Constant term;
    advance();
    if (!startsNumber())
      return fail("expected a number after the sign", "an offset is a constant; add registers with add");
    if (failed(parseExpression(term, productPrecedence, 0)))
      return failure();
    uint64_t value = isNegative ? 0 - uint64_t(term.value) : uint64_t(term.value);
    offset = int64_t(uint64_t(offset) + value);
  }
  return success();
}

Parser::Result Parser::parseExpression(Constant &result, int leastPrecedence, unsigned depth) {
  if (depth > limits.expressionDepth)
    return fail("the expression nests deeper than " + llvm::Twine(limits.expressionDepth), "");
  if (failed(parseUnary(result, depth + 1)))
    return failure();
  for (int level = getPrecedence(token); level >= std::max(leastPrecedence, 1); level = getPrecedence(token)) {
    StringRef op = token.text;
    Location location = token.location;
    Constant right;
    advance();
    if (failed(parseExpression(right, level + 1, depth + 1)) || failed(combine(op, location, result, right)))
      return failure();
  }
  if (leastPrecedence > 0 || !consumeIf("?"))
    return success();
  Constant yes, no;
  if (failed(parseExpression(yes, 0, depth + 1)) || failed(expect(":", "the value before it")) ||
      failed(parseExpression(no, 0, depth + 1)))
    return failure();
  bool isUnsigned = yes.isUnsigned || no.isUnsigned;
  result = result.value ? yes : no;
  result.isUnsigned = isUnsigned;
  return success();
}

Parser::Result Parser::parseUnary(Constant &result, unsigned depth) {
  if (depth > limits.expressionDepth)
    return fail("the expression nests deeper than " + llvm::Twine(limits.expressionDepth), "");
  if (token.is(Token::Kind::Integer))
    return parseInteger(result);
  if (token.is(Token::Kind::Identifier) && token.text == "WARP_SZ") {
    result.value = 32;
    advance();
    return success();
  }
  if (consumeIf("(")) {
    bool isSigned = isWord(".s64");
    if (isSigned || isWord(".u64")) { // a cast
      advance();
      if (failed(expect(")", "a cast")) || failed(parseUnary(result, depth + 1)))
        return failure();
      result.isUnsigned = !isSigned;
      return success();
    }
    return failed(parseExpression(result, 0, depth + 1)) ? failure() : expect(")", "an expression");
  }
  StringRef sign = token.text;
  if (!token.is("-") && !token.is("+") && !token.is("~") && !token.is("!"))
    return fail("expected a number", "");
  advance();
  if (failed(parseUnary(result, depth + 1)))
    return failure();
  if (sign == "-")
    result.value = int64_t(0 - uint64_t(result.value));
  else if (sign == "~")
    result.value = ~result.value;
  else if (sign == "!")
    result = {result.value == 0, false};
  return success();
}

/// left = left op right, wrapping around.
Parser::Result Parser::combine(StringRef op, Location location, Constant &left, Constant right) {
  bool isUnsigned = left.isUnsigned || right.isUnsigned;
  uint64_t a = uint64_t(left.value), b = uint64_t(right.value);
  auto setInteger = [&](uint64_t value) { left = {int64_t(value), isUnsigned}; };
  auto setTruth = [&](bool value) { left = {value, false}; };
  bool isLess = isUnsigned ? a < b : left.value < right.value;
  if (op == "/" || op == "%") {
    if (b == 0)
      return fail(location, "division by zero", "");
    bool isSigned = !isUnsigned && right.value != -1; // the quotient by -1 may overflow
    uint64_t quotient = isUnsigned ? a / b : isSigned ? uint64_t(left.value / right.value) : 0 - a;
    setInteger(op == "/" ? quotient : a - quotient * b);
  } else if (op == "<<" || op == ">>") {
    bool isArithmetic = op == ">>" && !left.isUnsigned;
    uint64_t shift = std::min<uint64_t>(b, 63);
    uint64_t beyond = isArithmetic && left.value < 0 ? ~uint64_t(0) : 0;
    isUnsigned = left.isUnsigned;
    setInteger(b > 63 ? beyond : op == "<<" ? a << shift : isArithmetic ? uint64_t(left.value >> shift) : a >> shift);
  } else if (op == "+") {
    setInteger(a + b);
  } else if (op == "-") {
    setInteger(a - b);
  } else if (op == "*") {
    setInteger(a * b);
  } else if (op == "&") {
    setInteger(a & b);
  } else if (op == "|") {
    setInteger(a | b);
  } else if (op == "^") {
    setInteger(a ^ b);
  } else if (op == "&&" || op == "||") {
    setTruth(op == "&&" ? a && b : a || b);
  } else if (op == "==" || op == "!=") {
    setTruth((a == b) == (op == "=="));
  } else if (op == "<" || op == ">=") {
    setTruth(isLess == (op == "<"));
  } else {
    setTruth((isLess || a == b) == (op == "<="));
  }
  return success();
}

} // namespace quantopt::ptx
