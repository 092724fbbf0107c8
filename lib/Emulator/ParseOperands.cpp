//===- ParseOperands.cpp - Operands of instructions -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PTX ISA, "Instruction Operands". Operands nest by their kinds only (a vector
// within an address), so any text takes a bounded stack.
//
//===----------------------------------------------------------------------===//

#include "Names.h"
#include "ParserImpl.h"
#include "llvm/ADT/Twine.h"

using llvm::failure;
using llvm::StringRef;
using llvm::success;

namespace quantopt::ptx {

Parser::Result Parser::parseOperand(Operand &operand, bool mayBeLabel) {
  if (token.is("["))
    return parseAddress(operand);
  if (token.is("{"))
    return parseVector(operand);
  if (failed(parsePart(operand, mayBeLabel)))
    return failure();
  if (!consumeIf("|"))
    return success();
  Operand pair;
  pair.kind = Operand::Kind::Pair;
  pair.elements.push_back(std::move(operand));
  operand = std::move(pair);
  return parsePart(operand.elements.emplace_back(), mayBeLabel);
}

/// An operand without parts: a register, a number, a symbol with an offset, `!%p`, `_`.
Parser::Result Parser::parsePart(Operand &operand, bool mayBeLabel) {
  if (token.is("!") && ahead.is(Token::Kind::Identifier)) {
    Location location = token.location;
    advance();
    if (failed(parseNamed(operand, /*mayBeLabel=*/false)))
      return failure();
    operand.negated = true;
    bool isPredicate = operand.is(Operand::Kind::Register) && function->getRegisterType(operand.index) == Type::Pred;
    return isPredicate ? success() : fail(location, "'!' stands before something else than a predicate", "");
  }
  if (token.is(Token::Kind::Identifier) && token.text != "WARP_SZ")
    return parseNamed(operand, mayBeLabel);
  if (startsFloat())
    return parseFloat(operand);
  if (!startsNumber())
    return fail("expected an operand", "a register, a number, a symbol, [address] or {vector}");
  Constant constant;
  if (failed(parseExpression(constant, 0, 0)))
    return failure();
  operand.kind = Operand::Kind::Integer;
  operand.value = constant.value;
  return success();
}

/// A name, with the `.x` or `+8` that belongs to it.
Parser::Result Parser::parseNamed(Operand &operand, bool mayBeLabel) {
  StringRef name = token.text;
  Location location = token.location;
  advance();
  if (name == "_") {
    operand.kind = Operand::Kind::Sink;
    return success();
  }
  uint32_t first;
  if (const RegisterRange *range = lookupRegister(name, first))
    return parseRegister(operand, *range, first);
  if (parseSpecial(operand, name))
    return success();
  const Name *meaning = lookup(name);
  if (meaning && meaning->kind == Name::Kind::Symbol) {
    operand.kind = Operand::Kind::Symbol;
    operand.symbol = meaning->symbol;
    return parseOffset(operand.value);
  }
  if (mayBeLabel) {
    operand.kind = Operand::Kind::Label;
    operand.index = addReference(name, location);
    return success();
  }
  return fail(location, "'" + name + "' is not declared",
              name.starts_with("%") ? "declare the register with .reg" : "declare it before its use");
}

/// A register, a component of a vector register, all of its components, or the bytes that video instructions select.
Parser::Result Parser::parseRegister(Operand &operand, const RegisterRange &range, uint32_t first) {
  operand.kind = Operand::Kind::Register;
  operand.index = first;
  if (range.vector > 1 && !token.is(Token::Kind::DotWord)) {
    operand.kind = Operand::Kind::Vector;
    operand.elements.resize(range.vector);
    for (unsigned i = 0; i < range.vector; ++i) {
      operand.elements[i].kind = Operand::Kind::Register;
      operand.elements[i].index = first + i;
    }
    return success();
  }
  if (!token.is(Token::Kind::DotWord))
    return success();
  StringRef word = token.text.drop_front();
  Location location = token.location;
  advance();
  if (range.vector > 1) {
    size_t component = word.size() == 1 ? StringRef("xyzwrgba").find(word) % 4 : range.vector;
    if (word.size() != 1 || StringRef("xyzwrgba").find(word) == StringRef::npos || component >= range.vector)
      return fail(location, "'." + word + "' is no component of this vector", "components are .x, .y, .z and .w");
    operand.index = first + component;
    return success();
  }
  static constexpr StringRef selectors[] = {"", "b0", "b1", "b2", "b3", "h0", "h1"};
  for (size_t i = 1; i < std::size(selectors); ++i)
    if (word == selectors[i]) {
      operand.selector = Operand::Selector(i);
      return success();
    }
  return fail(location, "'." + word + "' is no part of a register", "parts are .b0 to .b3, .h0 and .h1");
}

/// True, and past it, at a special register; `name` is behind us.
bool Parser::parseSpecial(Operand &operand, StringRef name) {
  if (!name.starts_with("%"))
    return false;
  std::string whole = name.str();
  bool hasComponent = token.is(Token::Kind::DotWord);
  if (hasComponent)
    whole += token.text;
  auto makeSpecial = [](SpecialRegister which) {
    Operand special;
    special.kind = Operand::Kind::Special;
    special.index = uint32_t(which);
    return special;
  };
  if (std::optional<SpecialRegister> special = parseSpecialRegister(whole)) {
    operand = makeSpecial(*special);
  } else if (std::optional<SpecialRegister> x = parseSpecialVector(name)) {
    // The fourth component is always zero.
    Operand zero;
    zero.kind = Operand::Kind::Integer;
    if (hasComponent && token.text != ".w")
      return false;
    if (hasComponent) {
      operand = zero;
    } else {
      operand.kind = Operand::Kind::Vector;
      for (unsigned i = 0; i < 3; ++i)
        operand.elements.push_back(makeSpecial(SpecialRegister(unsigned(*x) + i)));
      operand.elements.push_back(zero);
    }
  } else {
    return false;
  }
  if (hasComponent)
    advance();
  return true;
}

/// `{%r1, %r2}`; the parts are no vectors themselves.
Parser::Result Parser::parseVector(Operand &operand) {
  operand.kind = Operand::Kind::Vector;
  advance();
  if (consumeIf("}"))
    return success();
  do {
    if (failed(parsePart(operand.elements.emplace_back(), /*mayBeLabel=*/false)))
      return failure();
  } while (consumeIf(","));
  return expect("}", "the parts of a vector");
}

/// `[%rd1+16]`, `[symbol]`, `[map, {%r1, %r2}]`.
Parser::Result Parser::parseAddress(Operand &operand) {
  operand.kind = Operand::Kind::Address;
  advance();
  Location location = token.location;
  Operand base;
  if (failed(parsePart(base, /*mayBeLabel=*/false)) || failed(parseOffset(operand.value)))
    return failure();
  bool isRegister = base.is(Operand::Kind::Register) && base.selector == Operand::Selector::None;
  if (!isRegister && !base.is(Operand::Kind::Symbol) && !base.is(Operand::Kind::Integer))
    return fail(location, "an address begins with a register, a symbol or a number", "");
  operand.value = int64_t(uint64_t(operand.value) + uint64_t(base.is(Operand::Kind::Symbol) ? base.value : 0));
  if (base.is(Operand::Kind::Symbol))
    base.value = 0;
  operand.elements.push_back(std::move(base));
  while (consumeIf(",")) {
    Operand &more = operand.elements.emplace_back();
    if (failed(token.is("{") ? parseVector(more) : parsePart(more, /*mayBeLabel=*/false)))
      return failure();
  }
  return expect("]", "an address");
}

} // namespace quantopt::ptx
