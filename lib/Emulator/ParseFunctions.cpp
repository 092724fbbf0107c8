//===- ParseFunctions.cpp - Functions and their statements ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PTX ISA, "Kernel Entry Points and Functions", "Performance-Tuning
// Directives", "Control Flow Directives", and the form of statements.
//
//===----------------------------------------------------------------------===//

#include "Names.h"
#include "ParserImpl.h"
#include "llvm/ADT/Twine.h"

using llvm::failure;
using llvm::StringRef;
using llvm::success;

namespace quantopt::ptx {

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

Parser::Result Parser::parseFunction(Linkage linkage) {
  Function declared;
  declared.linkage = linkage;
  declared.location = token.location;
  uint32_t index = 0;
  if (failed(parseSignature(declared)) || failed(enterFunction(declared, index)))
    return failure();
  // A statement's end, or nothing, may stand behind a declaration.
  if (consumeIf(";"))
    return success();
  if (!declared.isDefined)
    return expect(";", "the declaration of a function");
  function = &declared;
  Result result = parseBody();
  function = nullptr;
  names.clear();
  scopes.clear();
  references.clear();
  if (succeeded(result))
    module.functions[index] = std::move(declared);
  return result;
}

/// From `.entry` or `.func` to before the body.
Parser::Result Parser::parseSignature(Function &declared) {
  declared.isEntry = isWord(".entry");
  advance();
  source = SourceLine();
  if (!declared.isEntry && token.is("(") && failed(parseParameters(declared.returns, "the returned values")))
    return failure();
  StringRef name;
  declared.location = token.location;
  if (failed(expectIdentifier(name, "the name of a function")))
    return failure();
  declared.name = name.str();
  if (token.is("(") && failed(parseParameters(declared.params, "the parameters")))
    return failure();
  if (failed(parseDirectives(declared.directives)))
    return failure();
  declared.isDefined = token.is("{");
  if (declared.isEntry && llvm::any_of(declared.params, [](const Variable &p) { return p.space == Space::Reg; }))
    return fail(declared.location, "a kernel's parameters are in .param space", "declare them .param");
  return success();
}

Parser::Result Parser::parseTriple(std::optional<std::array<uint32_t, 3>> &triple) {
  triple = {1, 1, 1};
  for (int i = 0; i < 3; ++i) {
    uint64_t size;
    if (failed(parseCount(size, 1, INT32_MAX, "a size")))
      return failure();
    (*triple)[i] = uint32_t(size);
    if (!consumeIf(","))
      break;
  }
  return success();
}

/// `.maxntid 128, 1, 1 .minnctapersm 2 .noreturn`.
Parser::Result Parser::parseDirectives(Directives &directives) {
  auto parseOne = [&](uint32_t &value) {
    uint64_t count;
    if (failed(parseCount(count, 0, INT32_MAX, "a count")))
      return failure();
    value = uint32_t(count);
    return success();
  };
  while (token.is(Token::Kind::DotWord)) {
    StringRef word = token.text;
    Location location = token.location;
    advance();
    Result result = success();
    uint32_t unused;
    if (word == ".maxntid")
      result = parseTriple(directives.maxntid);
    else if (word == ".reqntid")
      result = parseTriple(directives.reqntid);
    else if (word == ".reqnctapercluster")
      result = parseTriple(directives.reqnctapercluster);
    else if (word == ".minnctapersm")
      result = parseOne(directives.minnctapersm);
    else if (word == ".maxnctapersm")
      result = parseOne(directives.maxnctapersm);
    else if (word == ".maxnreg")
      result = parseOne(directives.maxnreg);
    else if (word == ".maxclusterrank")
      result = parseOne(directives.maxclusterrank);
    else if (word == ".abi_preserve" || word == ".abi_preserve_control")
      result = parseOne(unused);
    else if (word == ".explicitcluster")
      directives.isExplicitCluster = true;
    else if (word == ".blocksareclusters")
      directives.blocksAreClusters = true;
    else if (word == ".noreturn")
      directives.isNoReturn = true;
    else if (word == ".attribute")
      result = parseAttribute();
    else if (word == ".pragma")
      result = parsePragma();
    else
      return fail(location, "'" + word + "' is no directive of a function",
                  "known ones are .maxntid, .reqntid, .minnctapersm, .maxnreg, .reqnctapercluster and .noreturn");
    if (failed(result))
      return failure();
  }
  return success();
}

/// Gives the function its index; a definition takes that of its declaration.
Parser::Result Parser::enterFunction(Function &declared, uint32_t &index) {
  index = module.functions.size();
  Name meaning;
  meaning.symbol = {SymbolKind::Function, index};
  auto [entry, isNew] = globals.try_emplace(declared.name, meaning);
  if (isNew) {
    module.functions.push_back(declared);
    return success();
  }
  if (entry->second.symbol.kind != SymbolKind::Function)
    return fail(declared.location, "'" + llvm::Twine(declared.name) + "' is declared twice", "rename one");
  index = entry->second.symbol.index;
  Function &before = module.functions[index];
  if (before.isEntry != declared.isEntry || before.params.size() != declared.params.size() ||
      before.returns.size() != declared.returns.size())
    return fail(declared.location, "'" + llvm::Twine(declared.name) + "' was declared with another signature",
                "make them equal");
  if (before.isDefined && declared.isDefined)
    return fail(declared.location, "'" + llvm::Twine(declared.name) + "' is defined twice", "rename one");
  if (declared.isDefined)
    before = declared;
  return success();
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

Parser::Result Parser::declareParameters() {
  auto declareAll = [&](std::vector<Variable> &parameters, SymbolKind kind) {
    for (auto [index, parameter] : llvm::enumerate(parameters)) {
      Name meaning;
      meaning.symbol = {kind, uint32_t(index)};
      if (parameter.space == Space::Reg) {
        parameter.registerIndex = function->numRegisters;
        if (failed(addRegisters(parameter.name, parameter.location, parameter.type, parameter.vector, 1,
                                /*isNumbered=*/false)))
          return failure();
      } else if (failed(declare(parameter.name, parameter.location, meaning))) {
        return failure();
      }
    }
    return success();
  };
  return failed(declareAll(function->returns, SymbolKind::ReturnParameter))
             ? failure()
             : declareAll(function->params, SymbolKind::Parameter);
}

Parser::Result Parser::parseBody() {
  scopes.emplace_back();
  if (failed(declareParameters()) || failed(expect("{", "a signature")))
    return failure();
  for (bool closed = false; !closed;)
    if (failed(parseStatement(closed)))
      return failure();
  return resolveReferences();
}

/// One statement, or one brace of a block; `closed` after the function's own.
Parser::Result Parser::parseStatement(bool &closed) {
  if (consumeIf(";"))
    return success();
  if (consumeIf("{")) {
    if (scopes.size() == limits.blockDepth)
      return fail("more than " + llvm::Twine(limits.blockDepth) + " blocks in one another", "");
    scopes.emplace_back();
    return success();
  }
  if (token.is("}")) {
    advance();
    closeScope();
    closed = scopes.empty();
    return success();
  }
  if (token.is(Token::Kind::Identifier) && ahead.is(":"))
    return parseLabelOrTable();
  if (token.is(Token::Kind::Identifier) || token.is("@"))
    return parseInstruction();
  if (consumeWord(".reg"))
    return parseRegisters();
  if (consumeWord(".loc"))
    return parseLoc();
  if (consumeWord(".file"))
    return parseFile();
  if (consumeWord(".pragma"))
    return parsePragma();
  if (!token.is(Token::Kind::DotWord))
    return fail("expected a statement", "an instruction, a declaration, a label or a block");
  Linkage linkage = parseLinkage();
  std::optional<Space> space = token.is(Token::Kind::DotWord) ? parseSpace(token.text.drop_front()) : std::nullopt;
  if (!space || *space == Space::Reg)
    return fail("'" + token.text + "' does not begin a statement of a function",
                "declarations are .reg, .local, .shared, .param, .const and .global");
  advance();
  return parseVariables(*space, linkage, SymbolKind::FunctionVariable, function->variables);
}

Parser::Result Parser::parseLabelOrTable() {
  StringRef name = token.text;
  Location location = token.location;
  advance();
  advance();
  if (isWord(".branchtargets") || isWord(".calltargets") || isWord(".callprototype"))
    return parseTable(name, location);
  Name meaning;
  meaning.kind = Name::Kind::Label;
  meaning.index = function->body.size();
  function->labels.push_back({name.str(), meaning.index});
  return declare(name, location, meaning);
}

/// `.reg .b32 %r<10>, a, b;` after `.reg`.
Parser::Result Parser::parseRegisters() {
  Variable common;
  if (failed(parseSpecifiers(common)))
    return failure();
  do {
    StringRef name;
    Location location = token.location;
    uint64_t count = 1;
    if (failed(expectIdentifier(name, "the name of a register")))
      return failure();
    bool isNumbered = consumeIf("<");
    if (isNumbered && (failed(parseCount(count, 0, UINT32_MAX, "the number of registers")) ||
                       failed(expect(">", "the number of registers"))))
      return failure();
    if (failed(addRegisters(name, location, common.type, common.vector, count, isNumbered)))
      return failure();
  } while (consumeIf(","));
  return expect(";", "a declaration");
}

Parser::Result Parser::addRegisters(StringRef name, Location location, Type type, unsigned vector, uint64_t count,
                                    bool isNumbered) {
  count *= vector;
  if (function->numRegisters + count > limits.registersPerFunction)
    return fail(location, "more than " + llvm::Twine(limits.registersPerFunction) + " registers in a function", "");
  Name meaning;
  meaning.kind = Name::Kind::Registers;
  meaning.index = function->registers.size();
  if (failed(declare(name, location, meaning)))
    return failure();
  RegisterRange range;
  range.name = name.str();
  range.type = type;
  range.first = function->numRegisters;
  range.count = uint32_t(count);
  range.vector = vector;
  range.isNumbered = isNumbered;
  function->registers.push_back(std::move(range));
  function->numRegisters += uint32_t(count);
  return success();
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

/// What stands behind `name:`.
Parser::Result Parser::parseTable(StringRef name, Location location) {
  Table table;
  table.name = name.str();
  bool isPrototype = isWord(".callprototype");
  bool isCall = isWord(".calltargets");
  table.kind = isPrototype ? Table::Kind::CallPrototype
               : isCall    ? Table::Kind::CallTargets
                           : Table::Kind::BranchTargets;
  advance();
  if (isPrototype && failed(parsePrototype(table.prototype)))
    return failure();
  while (!isPrototype) {
    StringRef target;
    Location place = token.location;
    if (failed(expectIdentifier(target, isCall ? "a function" : "a label")))
      return failure();
    const Name *meaning = isCall ? lookup(target) : nullptr;
    if (isCall && (!meaning || meaning->kind != Name::Kind::Symbol || meaning->symbol.kind != SymbolKind::Function))
      return fail(place, "'" + target + "' is no function known here", "declare it with .func before");
    table.targets.push_back(isCall ? meaning->symbol.index : addReference(target, place));
    if (!consumeIf(","))
      break;
  }
  Name meaning;
  meaning.kind = Name::Kind::Table;
  meaning.index = function->tables.size();
  function->tables.push_back(std::move(table));
  return failed(declare(name, location, meaning)) ? failure() : expect(";", "a table");
}

/// `(.param .b32 _) _ (.param .b64 _, .param .b64 _) .noreturn`.
Parser::Result Parser::parsePrototype(Prototype &prototype) {
  StringRef unused;
  if (token.is("(") && failed(parseParameters(prototype.returns, "the returned values")))
    return failure();
  if (failed(expectIdentifier(unused, "'_' in the place of the function's name")))
    return failure();
  if (token.is("(") && failed(parseParameters(prototype.params, "the parameters")))
    return failure();
  Directives directives;
  if (failed(parseDirectives(directives)))
    return failure();
  prototype.isNoReturn = directives.isNoReturn;
  return success();
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

/// `@!%p`.
Parser::Result Parser::parseGuard(Instruction &instruction) {
  if (!consumeIf("@"))
    return success();
  instruction.guardNegated = consumeIf("!");
  StringRef name;
  Location location = token.location;
  if (failed(expectIdentifier(name, "a predicate after '@'")))
    return failure();
  uint32_t first;
  const RegisterRange *range = lookupRegister(name, first);
  if (!range || range->type != Type::Pred)
    return fail(location, "'" + name + "' is no predicate", "declare it with .reg .pred");
  instruction.guard = int32_t(first);
  return success();
}

Parser::Result Parser::parseInstruction() {
  Instruction instruction;
  instruction.location = token.location;
  instruction.source = source;
  size_t begin = token.begin;
  if (failed(parseGuard(instruction)) || failed(expectIdentifier(instruction.opcode, "an opcode")))
    return failure();
  for (; token.is(Token::Kind::DotWord); advance())
    instruction.modifiers.push_back(token.text.drop_front());
  if (instruction.opcode == "call") {
    if (failed(parseCall(instruction)))
      return failure();
  } else if (!token.is(";")) {
    bool mayBranch = instruction.opcode == "bra" || instruction.opcode == "brx";
    do {
      if (failed(parseOperand(instruction.operands.emplace_back(), mayBranch)))
        return failure();
    } while (consumeIf(","));
  }
  instruction.text = StringRef(*module.text).slice(begin, previousOffset);
  function->body.push_back(std::move(instruction));
  return expect(";", "an instruction");
}

/// `call.uni (ret), f, (a, b), prototype;`: returns, arguments and prototype are optional.
Parser::Result Parser::parseCall(Instruction &instruction) {
  std::vector<Operand> &operands = instruction.operands;
  operands.resize(4);
  if (failed(parseCallList(operands[0])))
    return failure();
  if (!operands[0].elements.empty() && failed(expect(",", "the returned values")))
    return failure();
  Location location = token.location;
  if (failed(parseOperand(operands[1], /*mayBeLabel=*/false)))
    return failure();
  bool isFunction = operands[1].is(Operand::Kind::Symbol) && operands[1].symbol.kind == SymbolKind::Function;
  if (!isFunction && !operands[1].is(Operand::Kind::Register))
    return fail(location, "a call needs a function or a register that holds its address", "");
  operands[2].kind = Operand::Kind::List;
  if (!consumeIf(","))
    return success();
  bool hasList = token.is("(");
  if (hasList && failed(parseCallList(operands[2])))
    return failure();
  if (hasList && !consumeIf(","))
    return success();
  return parseOperand(operands[3], /*mayBeLabel=*/true);
}

/// `(a, b)`, or nothing.
Parser::Result Parser::parseCallList(Operand &list) {
  list.kind = Operand::Kind::List;
  if (!consumeIf("(") || consumeIf(")"))
    return success();
  do {
    if (failed(parsePart(list.elements.emplace_back(), /*mayBeLabel=*/false)))
      return failure();
  } while (consumeIf(","));
  return expect(")", "the values of a call");
}

} // namespace quantopt::ptx
