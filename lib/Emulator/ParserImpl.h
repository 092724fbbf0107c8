//===- ParserImpl.h - State of a parse ---------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One class over several files: Parser.cpp (module), ParseDeclarations.cpp
// (variables), ParseFunctions.cpp (functions, statements), ParserNames.cpp
// (scopes), ParseOperands.cpp and ParseExpressions.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_PARSERIMPL_H
#define QUANTOPT_LIB_EMULATOR_PARSERIMPL_H

#include "Lexer.h"
#include "quant-opt/Emulator/Parser.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/LogicalResult.h"

namespace quantopt::ptx {

/// What a name of the text stands for.
struct Name {
  enum class Kind : uint8_t { Registers, Symbol, Label, Table };
  Kind kind = Kind::Symbol;
  SymbolRef symbol;   // Symbol
  uint32_t index = 0; // Registers: range of the function; Label: position; Table: of the function
};

/// A constant expression's value; PTX computes in 64 bits, signed unless a literal says otherwise.
struct Constant {
  int64_t value = 0;
  bool isUnsigned = false;
};

class Parser {
public:
  Parser(llvm::StringRef text, llvm::StringRef name, const ParserLimits &limits);
  llvm::Expected<Module> run();

private:
  using Result = llvm::LogicalResult;

  // Tokens (Parser.cpp).
  void advance();
  bool isWord(llvm::StringRef directive) const { return token.is(Token::Kind::DotWord) && token.text == directive; }
  bool consumeIf(llvm::StringRef punctuator);
  bool consumeWord(llvm::StringRef directive);
  Result expect(llvm::StringRef punctuator, llvm::StringRef after);
  Result expectIdentifier(llvm::StringRef &name, llvm::StringRef what);
  /// Keeps the first fault; a lexical one at the same place takes its precedence.
  Result fail(Location location, const llvm::Twine &rule, const llvm::Twine &remedy);
  Result fail(const llvm::Twine &rule, const llvm::Twine &remedy) { return fail(token.location, rule, remedy); }

  // Module (Parser.cpp).
  Result parseHeader();
  Result parseVersion();
  Result parseTarget();
  Result parseModuleStatement();
  Linkage parseLinkage();
  Result parseFile();
  Result parseLoc();
  Result parsePragma();
  Result skipSection();
  Result parseAlias();
  void resolveAliases();

  // Declarations (ParseDeclarations.cpp).
  Result parseCount(uint64_t &count, uint64_t least, uint64_t most, llvm::StringRef what);
  Result parseSpecifiers(Variable &variable);
  Result parseAlignment(uint64_t &alignment);
  Result parseAttribute();
  Result parseDimensions(Variable &variable);
  Result checkObject(const Variable &variable);
  Result setSize(Variable &variable);
  Result parseVariables(Space space, Linkage linkage, SymbolKind kind, std::vector<Variable> &variables);
  Result parseParameters(std::vector<Variable> &parameters, llvm::StringRef what);
  Result parseInitializer(Variable &variable);
  Result parseInitializerList(Variable &variable, unsigned level, uint64_t offset, uint64_t bytes);
  Result parseInitializerValue(Variable &variable, uint64_t offset);
  Result parseInitializerAddress(Variable &variable, uint64_t offset);
  Result growInitializer(Variable &variable, uint64_t bytes);

  // Functions (ParseFunctions.cpp).
  Result parseFunction(Linkage linkage);
  Result parseSignature(Function &declared);
  Result parseDirectives(Directives &directives);
  Result parseTriple(std::optional<std::array<uint32_t, 3>> &triple);
  Result enterFunction(Function &declared, uint32_t &index);
  Result declareParameters();
  Result parseBody();
  Result parseStatement(bool &closed);
  Result parseLabelOrTable();
  Result parseRegisters();
  Result addRegisters(llvm::StringRef name, Location location, Type type, unsigned vector, uint64_t count,
                      bool isNumbered);
  Result parseTable(llvm::StringRef name, Location location);
  Result parsePrototype(Prototype &prototype);
  Result parseInstruction();
  Result parseGuard(Instruction &instruction);
  Result parseCall(Instruction &instruction);
  Result parseCallList(Operand &list);

  // Names (ParserNames.cpp).
  struct Scope {
    std::vector<llvm::StringRef> declared;
    std::vector<uint32_t> pending; // references that no name was found for
  };
  struct Binding {
    size_t depth;
    Name name;
  };
  /// A label or table that may stand further on in the text.
  struct Reference {
    llvm::StringRef name;
    Location location;
    Name found;
  };
  Result declare(llvm::StringRef name, Location location, Name meaning);
  const Name *lookup(llvm::StringRef name) const;
  /// The registers of "%r7", declared as %r<10> or by its whole name; `first` is that of the vector's x.
  const RegisterRange *lookupRegister(llvm::StringRef name, uint32_t &first) const;
  const RegisterRange *lookupNumbered(llvm::StringRef name, uint32_t number) const;
  uint32_t addReference(llvm::StringRef name, Location location);
  void closeScope();
  Result resolveReferences();
  Result resolveOperand(Operand &operand, llvm::StringRef opcode);

  // Operands (ParseOperands.cpp).
  Result parseOperand(Operand &operand, bool mayBeLabel);
  Result parsePart(Operand &operand, bool mayBeLabel);
  Result parseNamed(Operand &operand, bool mayBeLabel);
  Result parseRegister(Operand &operand, const RegisterRange &range, uint32_t first);
  bool parseSpecial(Operand &operand, llvm::StringRef name);
  Result parseVector(Operand &operand);
  Result parseAddress(Operand &operand);
  Result parseOffset(int64_t &offset);

  // Constants (ParseExpressions.cpp).
  bool startsNumber() const;
  bool startsFloat() const;
  Result parseFloat(Operand &operand);
  Result parseExpression(Constant &result, int leastPrecedence, unsigned depth);
  Result parseUnary(Constant &result, unsigned depth);
  Result parseInteger(Constant &result);
  Result combine(llvm::StringRef op, Location location, Constant &left, Constant right);

  ParserLimits limits;
  Module module;
  Lexer lexer;
  Token token, ahead;
  Location previousEnd; // of the token before `token`
  size_t previousOffset = 0;

  struct Fault {
    Location location;
    std::string rule, remedy;
  };
  std::optional<Fault> fault;

  llvm::StringMap<Name> globals;
  uint64_t initializerBytes = 0;
  SourceLine source;
  std::vector<std::pair<uint32_t, uint32_t>> aliases; // declared function, its meaning

  // Of the function being parsed; null outside.
  Function *function = nullptr;
  llvm::StringMap<llvm::SmallVector<Binding, 1>> names;
  std::vector<Scope> scopes;
  std::vector<Reference> references;
};

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_PARSERIMPL_H
