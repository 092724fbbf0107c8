//===- Parser.cpp - PTX text to a module ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tokens, faults, and the statements of a module (PTX ISA, "Directives").
//
//===----------------------------------------------------------------------===//

#include "ParserImpl.h"

#include "Names.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

using llvm::failure;
using llvm::StringRef;
using llvm::success;

namespace quantopt::ptx {

llvm::Expected<Module> parse(StringRef text, StringRef name, const ParserLimits &limits) {
  if (text.size() > limits.textBytes)
    return llvm::createStringError(name + ": the text has " + llvm::Twine(text.size()) +
                                   " bytes, more than the limit of " + llvm::Twine(limits.textBytes) +
                                   "; split the module or raise the limit");
  return Parser(text, name, limits).run();
}

Parser::Parser(StringRef text, StringRef name, const ParserLimits &limits) : limits(limits), lexer("") {
  module.name = name.str();
  // Tools hand over PTX with the zero byte that the driver's interface wants.
  module.text = std::make_unique<const std::string>(text.take_until([](char c) { return c == '\0'; }));
  lexer = Lexer(*module.text);
  advance();
  advance();
}

llvm::Expected<Module> Parser::run() {
  Result result = parseHeader();
  while (succeeded(result) && !token.is(Token::Kind::End))
    result = parseModuleStatement();
  if (failed(result))
    return module.makeError(fault->location, fault->rule, fault->remedy);
  resolveAliases();
  return std::move(module);
}

//===----------------------------------------------------------------------===//
// Tokens and faults
//===----------------------------------------------------------------------===//

void Parser::advance() {
  previousEnd = {token.location.line, token.location.column + unsigned(token.end - token.begin)};
  previousOffset = token.end;
  token = ahead;
  // The text after a lexical fault means nothing.
  if (!ahead.is(Token::Kind::Error))
    ahead = lexer.lex();
}

bool Parser::consumeIf(StringRef punctuator) {
  if (!token.is(punctuator))
    return false;
  advance();
  return true;
}

bool Parser::consumeWord(StringRef directive) {
  if (!isWord(directive))
    return false;
  advance();
  return true;
}

Parser::Result Parser::expect(StringRef punctuator, StringRef after) {
  if (consumeIf(punctuator))
    return success();
  // A forgotten sign belongs where the text before it ends.
  bool isText = !token.is(Token::Kind::End) && !token.is(Token::Kind::Error);
  bool isLater = isText && token.location.line != previousEnd.line;
  return fail(isLater ? previousEnd : token.location, "expected '" + punctuator + "' after " + after, "");
}

Parser::Result Parser::expectIdentifier(StringRef &name, StringRef what) {
  if (!token.is(Token::Kind::Identifier))
    return fail("expected " + what, "a name begins with a letter, '_', '$' or '%'");
  name = token.text;
  advance();
  return success();
}

Parser::Result Parser::fail(Location location, const llvm::Twine &rule, const llvm::Twine &remedy) {
  if (fault)
    return failure();
  bool isHere = location.line == token.location.line && location.column == token.location.column;
  if (isHere && token.is(Token::Kind::Error))
    fault = {token.location, token.text.str(), ""};
  else if (isHere && token.is(Token::Kind::End))
    fault = {token.location, "the text ends here: " + rule.str(), "is the file complete?"};
  else
    fault = {location, rule.str(), remedy.str()};
  return failure();
}

//===----------------------------------------------------------------------===//
// Header
//===----------------------------------------------------------------------===//

/// `.version 8.4` `.target sm_90a, debug` `.address_size 64`.
Parser::Result Parser::parseHeader() {
  if (!consumeWord(".version"))
    return fail("a PTX module begins with .version", "is this PTX text? `ptx-emu` reads what nvcc -ptx writes");
  if (failed(parseVersion()))
    return failure();
  if (!consumeWord(".target"))
    return fail("expected .target after .version", "add `.target sm_90a`");
  if (failed(parseTarget()))
    return failure();
  if (!consumeWord(".address_size"))
    return success();
  if (!token.is(Token::Kind::Integer) || token.text != "64")
    return fail("only .address_size 64 is supported", "compile for 64 bits");
  advance();
  return success();
}

Parser::Result Parser::parseVersion() {
  auto [major, minor] = token.text.split('.');
  if (!token.is(Token::Kind::Decimal) || major.getAsInteger(10, module.versionMajor) ||
      minor.getAsInteger(10, module.versionMinor))
    return fail("expected a version like 8.4", "");
  advance();
  return success();
}

Parser::Result Parser::parseTarget() {
  Location location = token.location;
  do {
    StringRef word;
    if (failed(expectIdentifier(word, "a target like sm_90a")))
      return failure();
    if (word.starts_with("sm_"))
      module.target = word.str();
    else
      module.targetOptions.push_back(word.str());
  } while (consumeIf(","));
  return module.target.empty() ? fail(location, ".target names no architecture", "add one, like sm_90a") : success();
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

Parser::Result Parser::parseModuleStatement() {
  if (!token.is(Token::Kind::DotWord))
    return fail("expected a directive", "instructions stand in the braces of .entry or .func");
  if (consumeWord(".file"))
    return parseFile();
  if (consumeWord(".loc"))
    return parseLoc();
  if (consumeWord(".section"))
    return skipSection();
  if (consumeWord(".pragma"))
    return parsePragma();
  if (consumeWord(".alias"))
    return parseAlias();
  Linkage linkage = parseLinkage();
  if (isWord(".entry") || isWord(".func"))
    return parseFunction(linkage);
  // Module-scope textures of PTX 1.x have a space of their own.
  std::optional<Space> space = token.is(Token::Kind::DotWord) ? parseSpace(token.text.drop_front()) : std::nullopt;
  if (!space || *space == Space::Reg || *space == Space::Param)
    return fail("'" + token.text + "' does not begin a statement of a module",
                "it may hold .global, .const, .shared and .local variables, .entry and .func");
  advance();
  return parseVariables(*space, linkage, SymbolKind::ModuleVariable, module.variables);
}

Linkage Parser::parseLinkage() {
  static constexpr std::pair<StringRef, Linkage> words[] = {{".extern", Linkage::Extern},
                                                            {".visible", Linkage::Visible},
                                                            {".weak", Linkage::Weak},
                                                            {".common", Linkage::Common}};
  for (auto [word, linkage] : words)
    if (consumeWord(word))
      return linkage;
  return Linkage::Internal;
}

/// `.file 1 "kernel.cu"` with an optional time and size.
Parser::Result Parser::parseFile() {
  uint64_t number, ignored;
  constexpr uint64_t most = 1 << 16;
  if (failed(parseCount(number, 0, most, "a file number")))
    return failure();
  if (!token.is(Token::Kind::String))
    return fail("expected the name of the file in quotes", "");
  if (module.files.size() <= number)
    module.files.resize(number + 1);
  module.files[number] = token.text.str();
  advance();
  while (consumeIf(","))
    if (failed(parseCount(ignored, 0, UINT64_MAX, "a number")))
      return failure();
  return success();
}

/// `.loc 1 22 5`, with `, function_name $L__info_string0, inlined_at 1 30 2` behind it.
Parser::Result Parser::parseLoc() {
  uint64_t numbers[3];
  auto parseNumbers = [&] {
    for (uint64_t &number : numbers)
      if (failed(parseCount(number, 0, UINT32_MAX, "file, line and column")))
        return failure();
    return success();
  };
  if (failed(parseNumbers()))
    return failure();
  source = {uint32_t(numbers[0]), uint32_t(numbers[1]), uint32_t(numbers[2])};
  while (consumeIf(",")) {
    StringRef word, name;
    if (failed(expectIdentifier(word, "function_name or inlined_at")))
      return failure();
    if (word == "inlined_at") {
      if (failed(parseNumbers()))
        return failure();
    } else if (word == "function_name") {
      int64_t offset = 0;
      if (failed(expectIdentifier(name, "the label of a string")) || failed(parseOffset(offset)))
        return failure();
    } else {
      return fail("'" + word + "' is no part of .loc", "");
    }
  }
  return success();
}

/// `.pragma "nounroll";` asks for nothing that changes a result.
Parser::Result Parser::parsePragma() {
  do {
    if (!token.is(Token::Kind::String))
      return fail("expected a string after .pragma", "");
    advance();
  } while (consumeIf(","));
  return expect(";", "a .pragma");
}

/// `.section .debug_info { .. }`: what a debugger reads.
Parser::Result Parser::skipSection() {
  if (!token.is(Token::Kind::DotWord))
    return fail("expected the name of a section", "");
  advance();
  if (failed(expect("{", "the name of a section")))
    return failure();
  while (!token.is("}")) {
    if (token.is(Token::Kind::End) || token.is(Token::Kind::Error) || token.is("{"))
      return fail("the section has no closing brace", "");
    advance();
  }
  advance();
  return success();
}

//===----------------------------------------------------------------------===//
// Aliases
//===----------------------------------------------------------------------===//

/// `.alias name, function;` after a declaration of `name`.
Parser::Result Parser::parseAlias() {
  uint32_t indices[2];
  for (int i = 0; i < 2; ++i) {
    StringRef name;
    Location location = token.location;
    if (failed(expectIdentifier(name, "the name of a function")))
      return failure();
    auto found = globals.find(name);
    if (found == globals.end() || found->second.symbol.kind != SymbolKind::Function)
      return fail(location, "'" + name + "' is no function", "declare it with .func before the .alias");
    indices[i] = found->second.symbol.index;
    if (i == 0 && failed(expect(",", "the name of the alias")))
      return failure();
    if (module.functions[indices[i]].isDefined != (i == 1))
      return fail(location, "'" + name + "' is " + (i == 0 ? "defined" : "not defined"),
                  "an alias is a declared name for a defined function");
  }
  aliases.push_back({indices[0], indices[1]});
  return expect(";", "an .alias");
}

/// Makes uses of an alias uses of the function.
void Parser::resolveAliases() {
  if (aliases.empty())
    return;
  std::vector<uint32_t> meaning(module.functions.size());
  for (uint32_t i = 0; i < meaning.size(); ++i)
    meaning[i] = i;
  for (auto [alias, function] : aliases)
    meaning[alias] = function;
  auto resolve = [&](SymbolRef &symbol) {
    if (symbol.kind == SymbolKind::Function)
      symbol.index = meaning[symbol.index];
  };
  auto resolveVariables = [&](std::vector<Variable> &variables) {
    for (Variable &variable : variables)
      for (Relocation &relocation : variable.relocations)
        resolve(relocation.symbol);
  };
  resolveVariables(module.variables);
  for (Function &user : module.functions) {
    resolveVariables(user.variables);
    for (Instruction &instruction : user.body)
      for (Operand &operand : instruction.operands)
        if (operand.is(Operand::Kind::Symbol))
          resolve(operand.symbol);
    for (Table &table : user.tables)
      if (table.kind == Table::Kind::CallTargets)
        for (uint32_t &target : table.targets)
          target = meaning[target];
  }
}

} // namespace quantopt::ptx
