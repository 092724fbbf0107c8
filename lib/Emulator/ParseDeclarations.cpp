//===- ParseDeclarations.cpp - Variables and their initial bytes ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PTX ISA, "Variables": declarations, arrays, initializers, alignment, and
// parameters of kernels and functions.
//
//===----------------------------------------------------------------------===//

#include "Names.h"
#include "ParserImpl.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>

using llvm::failure;
using llvm::StringRef;
using llvm::success;

namespace quantopt::ptx {

/// An integer literal between `least` and `most`.
Parser::Result Parser::parseCount(uint64_t &count, uint64_t least, uint64_t most, StringRef what) {
  Location location = token.location;
  Constant value;
  if (!token.is(Token::Kind::Integer))
    return fail("expected " + what, "a whole number");
  if (failed(parseInteger(value)))
    return failure();
  count = uint64_t(value.value);
  if (count < least || count > most)
    return fail(location,
                what + " is " + llvm::Twine(count) + ", outside " + llvm::Twine(least) + ".." + llvm::Twine(most), "");
  return success();
}

//===----------------------------------------------------------------------===//
// Specifiers
//===----------------------------------------------------------------------===//

Parser::Result Parser::parseAlignment(uint64_t &alignment) {
  constexpr uint64_t most = 1 << 20;
  Location location = token.location;
  if (failed(parseCount(alignment, 1, most, "an alignment")))
    return failure();
  return llvm::isPowerOf2_64(alignment)
             ? success()
             : fail(location, "an alignment of " + llvm::Twine(alignment) + " bytes", "use a power of two");
}

/// `.attribute(.managed)`, `.attribute(.unified(1, 2))`: says where memory lies, which is all one here.
Parser::Result Parser::parseAttribute() {
  if (failed(expect("(", ".attribute")))
    return failure();
  for (unsigned depth = 1; depth > 0; advance()) {
    if (token.is(Token::Kind::End) || token.is(Token::Kind::Error) || token.is(";"))
      return fail("the attribute has no closing parenthesis", "");
    depth += token.is("(");
    depth -= token.is(")");
  }
  return success();
}

/// What stands between a space and a name: `.align 8 .v2 .f32`, `.u64 .ptr .global .align 16`.
Parser::Result Parser::parseSpecifiers(Variable &variable) {
  variable.type = Type::None;
  variable.location = token.location;
  uint64_t alignment = 0;
  for (; token.is(Token::Kind::DotWord);) {
    StringRef word = token.text.drop_front();
    Location location = token.location;
    advance();
    if (word == "align") {
      if (failed(parseAlignment(alignment)))
        return failure();
    } else if (word == "v2" || word == "v4") {
      variable.vector = word == "v2" ? 2 : 4;
    } else if (word == "attribute") {
      if (failed(parseAttribute()))
        return failure();
    } else if (word == "ptr") {
      variable.pointee = token.is(Token::Kind::DotWord) ? parseSpace(token.text.drop_front()) : std::nullopt;
      if (variable.pointee)
        advance();
      else
        variable.pointee = Space::Generic;
      if (consumeWord(".align") && failed(parseAlignment(variable.pointeeAlignment)))
        return failure();
    } else if (Type type = parseType(word);
               type != Type::None && type <= Type::Surfref && variable.type == Type::None) {
      variable.type = type;
    } else {
      return fail(location, "'." + word + "' is no part of a declaration here",
                  "a type like .b32, .align, .v2, .v4 or .ptr may stand here");
    }
  }
  if (variable.type == Type::None)
    return fail("the declaration has no type", "add one, like .b32");
  unsigned natural = std::max(getTypeBits(variable.type) / 8, 1u) * variable.vector;
  variable.alignment = alignment ? alignment : natural;
  return success();
}

/// `[4][2]`, `[]`.
Parser::Result Parser::parseDimensions(Variable &variable) {
  constexpr size_t mostDims = 32;
  while (consumeIf("[")) {
    uint64_t length = 0;
    if (variable.dims.size() == mostDims)
      return fail("more than 32 dimensions", "flatten the array");
    if (!token.is("]")) {
      Constant value;
      Location location = token.location;
      if (failed(parseExpression(value, 0, 0)))
        return failure();
      if (value.value < 0)
        return fail(location, "an array of negative length", "");
      length = uint64_t(value.value);
    } else if (!variable.dims.empty()) {
      return fail("only the first length of an array may be left out", "");
    }
    variable.dims.push_back(length);
    if (failed(expect("]", "the length of an array")))
      return failure();
  }
  return setSize(variable);
}

Parser::Result Parser::setSize(Variable &variable) {
  std::optional<uint64_t> size = uint64_t(std::max(getTypeBits(variable.type) / 8, 1u)) * variable.vector;
  bool isUnsized = !variable.dims.empty() && variable.dims.front() == 0;
  for (uint64_t length : llvm::drop_begin(variable.dims, isUnsized))
    if (size)
      size = llvm::checkedMulUnsigned<uint64_t>(*size, length);
  if (!size || *size > limits.variableBytes)
    return fail(variable.location,
                "'" + llvm::Twine(variable.name) + "' is larger than the limit of " +
                    llvm::Twine(limits.variableBytes) + " bytes",
                "");
  variable.size = isUnsized ? 0 : *size;
  return success();
}

//===----------------------------------------------------------------------===//
// Variables and parameters
//===----------------------------------------------------------------------===//

/// Variables in memory have whole bytes.
Parser::Result Parser::checkObject(const Variable &variable) {
  if (variable.type == Type::Pred)
    return fail(variable.location, "a variable of type .pred in memory", "use .b8 and setp");
  if (variable.vector * getTypeBits(variable.type) > 128)
    return fail(variable.location, "a vector of more than 128 bits", "declare an array");
  return success();
}

/// `.global .align 4 .f32 a[2] = {0f00000000, 0f3F800000}, b;` after the space.
Parser::Result Parser::parseVariables(Space space, Linkage linkage, SymbolKind kind, std::vector<Variable> &variables) {
  Variable common;
  common.space = space;
  common.linkage = linkage;
  if (failed(parseSpecifiers(common)) || failed(checkObject(common)))
    return failure();
  do {
    Variable variable = common;
    StringRef name;
    variable.location = token.location;
    if (failed(expectIdentifier(name, "the name of a variable")))
      return failure();
    variable.name = name.str();
    if (failed(parseDimensions(variable)))
      return failure();
    Name meaning;
    meaning.symbol = {kind, uint32_t(variables.size())};
    // Declared before its initializer, which may hold its address.
    if (failed(declare(name, variable.location, meaning)))
      return failure();
    variables.push_back(variable);
    if (consumeIf("=") && failed(parseInitializer(variable)))
      return failure();
    variables[meaning.symbol.index] = std::move(variable);
  } while (consumeIf(","));
  return expect(";", "a declaration");
}

/// `(.param .b64 a, .reg .u32 b)`; `what` says whose, for messages.
Parser::Result Parser::parseParameters(std::vector<Variable> &parameters, StringRef what) {
  if (failed(expect("(", what)))
    return failure();
  if (consumeIf(")"))
    return success();
  do {
    Variable parameter;
    if (!isWord(".param") && !isWord(".reg"))
      return fail("expected .param or .reg in " + what, "");
    parameter.space = isWord(".param") ? Space::Param : Space::Reg;
    advance();
    StringRef name;
    if (failed(parseSpecifiers(parameter)) || (parameter.space == Space::Param && failed(checkObject(parameter))))
      return failure();
    parameter.location = token.location;
    if (failed(expectIdentifier(name, "the name of a parameter")))
      return failure();
    parameter.name = name.str();
    if (failed(parseDimensions(parameter)))
      return failure();
    parameters.push_back(std::move(parameter));
  } while (consumeIf(","));
  return expect(")", what);
}

//===----------------------------------------------------------------------===//
// Initializers
//===----------------------------------------------------------------------===//

Parser::Result Parser::growInitializer(Variable &variable, uint64_t bytes) {
  if (bytes <= variable.initializer.size())
    return success();
  initializerBytes += bytes - variable.initializer.size();
  if (initializerBytes > limits.initializerBytes)
    return fail("initializers of more than " + llvm::Twine(limits.initializerBytes) + " bytes", "");
  variable.initializer.resize(bytes);
  return success();
}

Parser::Result Parser::parseInitializer(Variable &variable) {
  if (variable.space != Space::Global && variable.space != Space::Const)
    return fail("a variable in ." + getSpaceName(variable.space) + " space has no initializer",
                "store the value at the kernel's begin");
  if (variable.type == Type::F16 || variable.type == Type::F16x2 || variable.type > Type::F64)
    return fail("a variable of type ." + getTypeName(variable.type) + " has no initializer",
                "declare it as bits, .b16 say");
  bool isUnsized = !variable.dims.empty() && variable.dims.front() == 0;
  if (!isUnsized && failed(growInitializer(variable, variable.size)))
    return failure();
  if (!token.is("{")) {
    if (!variable.dims.empty() || variable.vector > 1)
      return fail("expected '{' before the elements of '" + llvm::Twine(variable.name) + "'", "");
    return parseInitializerValue(variable, 0);
  }
  if (failed(parseInitializerList(variable, 0, 0, variable.size)))
    return failure();
  if (!isUnsized)
    return success();
  uint64_t row = uint64_t(getTypeBits(variable.type) / 8) * variable.vector;
  for (uint64_t length : llvm::drop_begin(variable.dims))
    row *= length;
  variable.dims.front() = row ? llvm::divideCeil(variable.initializer.size(), row) : 0;
  return failed(setSize(variable)) ? failure() : growInitializer(variable, variable.size);
}

/// The braces of dimension `level`, which fill `bytes` bytes from `offset`; the rest stays zero. The components of a
/// vector are one more dimension. The first length may be 0: as many as there are.
Parser::Result Parser::parseInitializerList(Variable &variable, unsigned level, uint64_t offset, uint64_t bytes) {
  unsigned levels = variable.dims.size() + (variable.vector > 1);
  if (level > 0 && level >= levels)
    return fail("more braces than '" + llvm::Twine(variable.name) + "' has dimensions", "");
  uint64_t scalar = getTypeBits(variable.type) / 8;
  uint64_t element = scalar; // bytes of one item in these braces
  if (level < variable.dims.size()) {
    element *= variable.vector;
    for (uint64_t length : llvm::drop_begin(variable.dims, level + 1))
      element *= length;
  }
  bool isUnsized = level == 0 && !variable.dims.empty() && variable.dims.front() == 0;
  advance();
  // Without inner braces, scalars follow one another.
  for (uint64_t at = offset; !token.is("}");) {
    bool isList = token.is("{");
    uint64_t step = isList ? element : scalar;
    if (isUnsized ? failed(growInitializer(variable, at + step)) : at + step > offset + bytes)
      return fail("more initial values than '" + llvm::Twine(variable.name) + "' has elements", "");
    if (failed(isList ? parseInitializerList(variable, level + 1, at, step) : parseInitializerValue(variable, at)))
      return failure();
    at += step;
    if (!consumeIf(","))
      break;
  }
  return expect("}", "initial values");
}

/// A number, or the address of a symbol.
Parser::Result Parser::parseInitializerValue(Variable &variable, uint64_t offset) {
  unsigned size = getTypeBits(variable.type) / 8;
  bool isMask = token.is(Token::Kind::Integer) && ahead.is("(");
  if (token.is(Token::Kind::Identifier) || isMask)
    return parseInitializerAddress(variable, offset);
  bool isFloat = variable.type == Type::F32 || variable.type == Type::F64;
  uint64_t bits[2] = {0, 0};
  if (startsFloat()) {
    Operand value;
    Location location = token.location;
    if (failed(parseFloat(value)))
      return failure();
    if (!isFloat)
      return fail(location, "a float for a variable of type ." + getTypeName(variable.type), "write its bits, 0x..");
    bits[0] = value.value;
    if (value.is(Operand::Kind::Float64) && size == 4)
      bits[0] = llvm::bit_cast<uint32_t>(float(llvm::bit_cast<double>(bits[0])));
    else if (value.is(Operand::Kind::Float32) && size == 8)
      bits[0] = llvm::bit_cast<uint64_t>(double(llvm::bit_cast<float>(uint32_t(bits[0]))));
  } else {
    Constant value;
    if (failed(parseExpression(value, 0, 0)))
      return failure();
    bits[0] = value.value;
    bits[1] = value.value < 0 && !value.isUnsigned ? ~uint64_t(0) : 0;
    if (isFloat)
      bits[0] =
          size == 4 ? llvm::bit_cast<uint32_t>(float(value.value)) : llvm::bit_cast<uint64_t>(double(value.value));
  }
  if (failed(growInitializer(variable, offset + size)))
    return failure();
  for (unsigned byte = 0; byte < size; ++byte) // PTX memory is little-endian on every host
    variable.initializer[offset + byte] = uint8_t(bits[byte / 8] >> (byte % 8 * 8));
  return success();
}

/// `symbol+8`, `generic(symbol)+8`, `0xFF00(symbol)`, `0xFF00(generic(symbol)+8)`.
Parser::Result Parser::parseInitializerAddress(Variable &variable, uint64_t offset) {
  Relocation relocation;
  relocation.offset = offset;
  relocation.size = getTypeBits(variable.type) / 8;
  unsigned open = 0;
  if (token.is(Token::Kind::Integer)) {
    Constant mask;
    if (failed(parseInteger(mask)) || failed(expect("(", "a mask")))
      return failure();
    relocation.mask = uint64_t(mask.value);
    ++open;
  }
  if (token.is(Token::Kind::Identifier) && token.text == "generic" && ahead.is("(")) {
    advance();
    advance();
    relocation.isGeneric = true;
    ++open;
  }
  StringRef name;
  Location location = token.location;
  if (failed(expectIdentifier(name, "the name of a variable or function")))
    return failure();
  const Name *meaning = lookup(name);
  bool isAddress = meaning && meaning->kind == Name::Kind::Symbol && meaning->symbol.kind != SymbolKind::Parameter &&
                   meaning->symbol.kind != SymbolKind::ReturnParameter;
  if (!isAddress)
    return fail(location, "'" + name + "' is no variable or function known here", "declare it before its use");
  relocation.symbol = meaning->symbol;
  if (relocation.size > 8)
    return fail(location, "an address in more than 64 bits", "use .b64");
  if (failed(parseOffset(relocation.addend)))
    return failure();
  for (; open > 0; --open)
    if (failed(expect(")", "an address")) || failed(parseOffset(relocation.addend)))
      return failure();
  variable.relocations.push_back(relocation);
  return growInitializer(variable, offset + relocation.size);
}

} // namespace quantopt::ptx
