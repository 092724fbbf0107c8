//===- Module.h - A PTX module as it was written -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the parser makes of a PTX text: variables, functions and instructions,
// with every name resolved to an index and every opcode still in words. Names
// follow the PTX ISA (docs.nvidia.com/cuda/parallel-thread-execution).
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EMULATOR_MODULE_H
#define QUANTOPT_EMULATOR_MODULE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quantopt::ptx {

//===----------------------------------------------------------------------===//
// Types, spaces, places
//===----------------------------------------------------------------------===//

/// A place in the text, counted from 1. Columns count bytes.
struct Location {
  unsigned line = 0, column = 0;
};

/// Fundamental types, and the alternate ones that only instructions name.
enum class Type : uint8_t {
  None, // no type of this name
  B8,
  B16,
  B32,
  B64,
  B128,
  U8,
  U16,
  U32,
  U64,
  S8,
  S16,
  S32,
  S64,
  F16,
  F16x2,
  F32,
  F32x2,
  F64,
  Pred,
  // Objects without a bit pattern.
  Texref,
  Samplerref,
  Surfref,
  // Alternate types: registers that hold them are declared .bN.
  BF16,
  BF16x2,
  TF32,
  E4M3,
  E5M2,
  E4M3x2,
  E5M2x2,
  E2M1,
  E3M2,
  E2M3,
  E2M1x2,
  E3M2x2,
  E2M3x2,
  UE8M0,
  UE8M0x2,
  U16x2,
  S16x2,
  U8x4,
  S8x4,
  B1,
  B4,
  U4,
  S4,
};

/// The type that a modifier names ("f32", without the dot); None for any other word.
Type parseType(llvm::StringRef word);
llvm::StringRef getTypeName(Type type);
/// Width of one value; 1 for Pred, 64 for the objects, 0 for None.
unsigned getTypeBits(Type type);

enum class Space : uint8_t { Reg, Const, Global, Local, Param, Shared, Generic };
llvm::StringRef getSpaceName(Space space);

/// Special registers; vectors have an entry a component.
enum class SpecialRegister : uint8_t {
  TidX,
  TidY,
  TidZ,
  NtidX,
  NtidY,
  NtidZ,
  CtaidX,
  CtaidY,
  CtaidZ,
  NctaidX,
  NctaidY,
  NctaidZ,
  ClusteridX,
  ClusteridY,
  ClusteridZ,
  NclusteridX,
  NclusteridY,
  NclusteridZ,
  ClusterCtaidX,
  ClusterCtaidY,
  ClusterCtaidZ,
  ClusterNctaidX,
  ClusterNctaidY,
  ClusterNctaidZ,
  ClusterCtarank,
  ClusterNctarank,
  IsExplicitCluster,
  Laneid,
  Warpid,
  Nwarpid,
  Smid,
  Nsmid,
  Gridid,
  LanemaskEq,
  LanemaskLe,
  LanemaskLt,
  LanemaskGe,
  LanemaskGt,
  Clock,
  ClockHi,
  Clock64,
  Pm,     // %pm0 .. %pm7, whose counters are unspecified
  Pm64,   // %pm0_64 .. %pm7_64
  Envreg, // %envreg0 .. %envreg31
  Globaltimer,
  GlobaltimerLo,
  GlobaltimerHi,
  ReservedSmemOffset, // any of %reserved_smem_offset_*
  TotalSmemSize,
  AggrSmemSize,
  DynamicSmemSize,
  CurrentGraphExec,
};

//===----------------------------------------------------------------------===//
// Operands and instructions
//===----------------------------------------------------------------------===//

/// What a symbol index counts in.
enum class SymbolKind : uint8_t {
  ModuleVariable,   // Module::variables
  FunctionVariable, // Function::variables of the function that the operand is in
  Parameter,        // Function::params
  ReturnParameter,  // Function::returns
  Function,         // Module::functions
};

struct SymbolRef {
  SymbolKind kind = SymbolKind::ModuleVariable;
  uint32_t index = 0;
  bool operator==(const SymbolRef &other) const { return kind == other.kind && index == other.index; }
};

/// One operand. Which members count follows from `kind`.
struct Operand {
  enum class Kind : uint8_t {
    Register, // index: the register; negated: written !%p; selector: of a video instruction
    Integer,  // value: 64 bits, sign-extended as written
    Float32,  // value: the 32 bits of 0fXXXXXXXX
    Float64, // value: the 64 bits of 0dXXXXXXXXXXXXXXXX or of a decimal number, to be rounded to the instruction's type
    Symbol,  // symbol, value: byte offset from its address
    Address, // elements[0]: Register, Symbol or Integer; value: byte offset; elements[1..]: more of [a, {x, y}], [t, s,
             // {x}]
    Vector,  // elements: the components of {a, b, ..}
    Pair,    // elements: d and p of d|p
    Special, // index: a SpecialRegister
    Label,   // index: position in Function::body to go to, at most body.size()
    Table,   // index: in Function::tables (.branchtargets, .calltargets, .callprototype)
    List,    // elements: what stands in parentheses of a call
    Sink,    // _
  };

  /// Part of a register, for video instructions.
  enum class Selector : uint8_t { None, B0, B1, B2, B3, H0, H1 };

  Kind kind = Kind::Sink;
  bool negated = false;
  Selector selector = Selector::None;
  SymbolRef symbol;
  uint32_t index = 0;
  int64_t value = 0;
  std::vector<Operand> elements;

  bool is(Kind other) const { return kind == other; }
};

/// A line of the program that the PTX was compiled from (.loc).
struct SourceLine {
  uint32_t file = 0, line = 0, column = 0; // file: the number of a .file; line 0: none known
};

/// One instruction. Strings point into the module's text.
///
/// `call` always has four operands: List (returns), Symbol or Register (callee), List (arguments), and Table or Sink
/// (the targets or prototype of an indirect call).
struct Instruction {
  Location location;
  llvm::StringRef text; // from the guard to before the semicolon
  int32_t guard = -1;   // register of @%p, or -1
  bool guardNegated = false;
  llvm::StringRef opcode;                          // "ld"
  llvm::SmallVector<llvm::StringRef, 4> modifiers; // "global", "nc", "L2::128B", "v4", "f32"
  std::vector<Operand> operands;
  SourceLine source;

  bool hasModifier(llvm::StringRef word) const;
};

//===----------------------------------------------------------------------===//
// Variables and functions
//===----------------------------------------------------------------------===//

enum class Linkage : uint8_t { Internal, Extern, Visible, Weak, Common };

/// Bytes of an initializer that hold the address of a symbol.
struct Relocation {
  uint64_t offset = 0; // into the variable
  unsigned size = 8;   // bytes that are written
  SymbolRef symbol;    // ModuleVariable or Function
  int64_t addend = 0;
  bool isGeneric = false;       // generic(symbol): the generic address, not the one in the symbol's space
  uint64_t mask = ~uint64_t(0); // 0xFF00(symbol): these bits, shifted down to bit 0
};

/// A variable or a parameter.
struct Variable {
  std::string name;
  Location location;
  Space space = Space::Global;
  Type type = Type::B8;
  unsigned vector = 1;        // 1, 2 or 4
  uint64_t alignment = 1;     // bytes; as written or natural
  std::vector<uint64_t> dims; // empty: no array; a first 0: [], whose size is known elsewhere
  uint64_t size = 0;          // bytes
  Linkage linkage = Linkage::Internal;
  std::vector<uint8_t> initializer; // empty: zeros; else `size` bytes
  std::vector<Relocation> relocations;
  /// A .ptr parameter points to this space, aligned so.
  std::optional<Space> pointee;
  uint64_t pointeeAlignment = 0;
  /// First register of a parameter in space Reg (of a .func).
  uint32_t registerIndex = 0;
};

/// `.reg .b32 %r<10>` or `.reg .pred p`.
struct RegisterRange {
  std::string name; // "%r" or "p"
  Type type = Type::B32;
  uint32_t first = 0, count = 1; // count: of all components
  unsigned vector = 1;           // 2 or 4: each name stands for so many registers, name.x, name.y, ..
  bool isNumbered = false;       // names are name0, name1, ..
};

/// A label of the text, for messages.
struct Label {
  std::string name;
  uint32_t position = 0; // in Function::body, at most body.size()
};

/// A `.callprototype` (or the signature that `.calltargets` implies).
struct Prototype {
  std::vector<Variable> returns, params;
  bool isNoReturn = false;
};

/// What a label before a dot names.
struct Table {
  enum class Kind : uint8_t { BranchTargets, CallTargets, CallPrototype };
  Kind kind = Kind::BranchTargets;
  std::string name;
  std::vector<uint32_t> targets; // positions in the body, or indices of Module::functions
  Prototype prototype;
};

/// Directives of a kernel; zero or empty where absent.
struct Directives {
  std::optional<std::array<uint32_t, 3>> maxntid, reqntid, reqnctapercluster;
  uint32_t minnctapersm = 0, maxnctapersm = 0, maxnreg = 0, maxclusterrank = 0;
  bool isExplicitCluster = false, isNoReturn = false, blocksAreClusters = false;
};

struct Function {
  std::string name;
  Location location;
  bool isEntry = false;
  bool isDefined = false; // false: a declaration (vprintf, __assertfail)
  Linkage linkage = Linkage::Internal;
  std::vector<Variable> returns, params;
  Directives directives;
  std::vector<RegisterRange> registers; // ascending by `first`, without gaps
  uint32_t numRegisters = 0;
  std::vector<Variable> variables; // local, shared, const, global and param of the body and of its blocks
  std::vector<Instruction> body;   // falling off its end is a return
  std::vector<Label> labels;
  std::vector<Table> tables;

  const RegisterRange &getRange(uint32_t reg) const;
  Type getRegisterType(uint32_t reg) const { return getRange(reg).type; }
  std::string getRegisterName(uint32_t reg) const;
};

struct Module {
  std::string name;                        // of the file, for messages
  std::unique_ptr<const std::string> text; // instructions point into it
  unsigned versionMajor = 0, versionMinor = 0;
  std::string target;                     // "sm_90a"
  std::vector<std::string> targetOptions; // "debug", "texmode_independent"
  std::vector<std::string> files;         // by the number of .file; unused numbers are empty
  std::vector<Variable> variables;
  std::vector<Function> functions;

  /// Null when there is none of this name.
  const Function *findFunction(llvm::StringRef name) const;
  const Variable *findVariable(llvm::StringRef name) const;
  /// The line of the text, without leading and trailing blanks.
  llvm::StringRef getLine(unsigned line) const;
  /// "file.ptx:12:5: rule; remedy: `text of the line`". An empty remedy is left out.
  llvm::Error makeError(Location location, const llvm::Twine &rule, const llvm::Twine &remedy) const;
  llvm::Error makeError(const Instruction &instruction, const llvm::Twine &rule, const llvm::Twine &remedy) const {
    return makeError(instruction.location, rule, remedy);
  }
};

} // namespace quantopt::ptx

#endif // QUANTOPT_EMULATOR_MODULE_H
