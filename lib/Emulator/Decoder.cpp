//===- Decoder.cpp - From an instruction to a micro-op --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Decoder.h"

#include "Handlers.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/FormatVariadic.h"
#include <cstring>

using namespace llvm;
using namespace quantopt::ptx;

/// Registers begin on cache lines.
static constexpr uint32_t lineWords = 16;

Decoder::Decoder(Program &program, const SymbolAddresses &symbols) : program(program), symbols(symbols) {}

void Decoder::fail(const Twine &rule, const Twine &remedy) {
  if (failed)
    return;
  failed = true;
  consumeError(std::move(error));
  error = program.module->makeError(*inst, rule, remedy);
}

//===----------------------------------------------------------------------===//
// Modifiers
//===----------------------------------------------------------------------===//

bool Decoder::take(StringRef word) { return takeOneOf({word}) == 0; }

int Decoder::takeOneOf(ArrayRef<StringRef> words) {
  for (auto *it = modifiers.begin(); it != modifiers.end(); ++it) {
    const StringRef *found = find(words, *it);
    if (found == words.end())
      continue;
    modifiers.erase(it);
    return found - words.begin();
  }
  return -1;
}

Type Decoder::takeOptionalType() {
  for (auto *it = modifiers.begin(); it != modifiers.end(); ++it) {
    Type type = parseType(*it);
    if (type == Type::None)
      continue;
    modifiers.erase(it);
    return type;
  }
  return Type::None;
}

Type Decoder::takeType(ArrayRef<Type> allowed) {
  Type type = takeOptionalType();
  if (type != Type::None && (allowed.empty() || is_contained(allowed, type)))
    return type;
  std::string names;
  for (Type each : allowed)
    names += " ." + getTypeName(each).str();
  if (type == Type::None)
    fail("'" + inst->opcode + "' names no type", allowed.empty() ? Twine() : "add one of" + names);
  else
    fail("'" + inst->opcode + "' has no type ." + getTypeName(type), "types here are" + names);
  return allowed.empty() ? Type::B32 : allowed.front();
}

StringRef Decoder::takePrefix(StringRef prefix) {
  for (auto *it = modifiers.begin(); it != modifiers.end(); ++it) {
    if (!it->starts_with(prefix))
      continue;
    StringRef word = *it;
    modifiers.erase(it);
    return word;
  }
  return {};
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

const Operand &Decoder::operand(size_t index) {
  static const Operand sink;
  if (index < inst->operands.size())
    return inst->operands[index];
  fail(formatv("'{0}' lacks operand {1}", inst->opcode, index + 1));
  return sink;
}

void Decoder::expectOperands(size_t least, size_t most) {
  size_t count = inst->operands.size();
  if (count >= least && count <= most)
    return;
  std::string wanted = least == most ? std::to_string(least) : formatv("{0} to {1}", least, most).str();
  fail(formatv("'{0}' takes {1} operands, not {2}", inst->opcode, wanted, count));
}

unsigned Decoder::getRegisterBits(const Operand &operand) const {
  return operand.is(Operand::Kind::Register) ? getTypeBits(func->getRegisterType(operand.index)) : 0;
}

Slot Decoder::readRegister(const Operand &operand, Type type, bool mayBeWider, bool isWrite) {
  unsigned bits = getRegisterBits(operand), wanted = getTypeBits(type);
  if (bits != wanted && !(mayBeWider && bits > wanted && wanted != 1)) {
    fail(formatv("register {0} has {1} bits, .{2} has {3}", func->getRegisterName(operand.index), bits,
                 getTypeName(type), wanted),
         "use a register of the instruction's width");
    return constant64(0);
  }
  Slot slot = registerSlots[operand.index];
  RegisterUse use;
  use.slot = slot;
  use.words = getSlotWords(bits);
  use.isWrite = isWrite;
  use.reg = operand.index;
  pendingUses.push_back(use);
  lastReadIsRegister = !isWrite;
  return slot;
}

Slot Decoder::read(const Operand &operand, Type type, bool mayBeWider) {
  lastReadIsRegister = false;
  if (failed)
    return constant64(0);
  switch (operand.kind) {
  case Operand::Kind::Register: {
    if (operand.negated && type != Type::Pred)
      break;
    Slot slot = readRegister(operand, type, mayBeWider, /*isWrite=*/false);
    if (!operand.negated || failed)
      return slot;
    MicroOp invert;
    invert.run = runNotPredicate;
    invert.slots[0] = temporary(Type::Pred);
    invert.slots[1] = slot;
    invert.flags = MicroOp::LaneWise;
    emitHelper(invert);
    return invert.slots[0];
  }
  case Operand::Kind::Integer:
  case Operand::Kind::Float32:
  case Operand::Kind::Float64:
    return readImmediate(operand, type);
  case Operand::Kind::Special:
    return readSpecial(operand, type);
  case Operand::Kind::Symbol:
    return readSymbol(operand, type);
  default:
    break;
  }
  fail("'" + inst->opcode + "' cannot read this operand", "use a register or a constant");
  return constant64(0);
}

Slot Decoder::write(const Operand &operand, Type type, bool mayBeWider) {
  if (failed || operand.is(Operand::Kind::Sink))
    return Slot();
  if (!operand.is(Operand::Kind::Register) || operand.negated) {
    fail("the result of '" + inst->opcode + "' is not a register");
    return Slot();
  }
  return readRegister(operand, type, mayBeWider, /*isWrite=*/true);
}

Slot Decoder::result(size_t index, Type type) {
  Slot slot = write(index, type);
  return slot.isNone() ? temporary(type) : slot;
}

Slot Decoder::readPredicate(const Operand &operand) { return read(operand, Type::Pred); }

void Decoder::requireDefined() {
  if (lastReadIsRegister && !pendingUses.empty())
    pendingUses.back().mustBeDefined = true;
}

int64_t Decoder::readInteger(const Operand &operand) {
  if (operand.is(Operand::Kind::Integer))
    return operand.value;
  fail("'" + inst->opcode + "' wants a constant here", "write an integer");
  return 0;
}

static std::optional<uint64_t> convertImmediate(const Operand &operand, Type type) {
  bool isInteger = operand.is(Operand::Kind::Integer);
  unsigned bits = getTypeBits(type);
  uint64_t mask = bits >= 64 ? ~uint64_t(0) : (uint64_t(1) << bits) - 1;
  bool isFloat =
      is_contained({Type::F16, Type::F16x2, Type::BF16, Type::BF16x2, Type::F32, Type::F32x2, Type::F64}, type);
  if (isInteger) {
    if (type == Type::Pred)
      return operand.value != 0;
    // An integer is a bit pattern for the packed types; for f32 and f64 only zero means the same either way.
    if ((type == Type::F32 || type == Type::F64) && operand.value != 0)
      return std::nullopt;
    return uint64_t(operand.value) & mask;
  }
  double value = operand.is(Operand::Kind::Float32) ? double(bit_cast<float>(uint32_t(operand.value)))
                                                    : bit_cast<double>(uint64_t(operand.value));
  if (type == Type::F64)
    return bit_cast<uint64_t>(value);
  if (type == Type::F32)
    return operand.is(Operand::Kind::Float32) ? uint32_t(operand.value) : bit_cast<uint32_t>(float(value));
  if (isFloat)
    return std::nullopt;
  // mov.b32 %r1, 0f3F800000
  bool fits = operand.is(Operand::Kind::Float32) ? bits == 32 : bits == 64;
  return fits ? std::optional<uint64_t>(uint64_t(operand.value) & mask) : std::nullopt;
}

Slot Decoder::readImmediate(const Operand &operand, Type type) {
  std::optional<uint64_t> value = convertImmediate(operand, type);
  if (!value) {
    fail("a constant of another type than ." + getTypeName(type), "write it as 0f.. for f32, 0d.. for f64");
    return constant64(0);
  }
  return addConstant(getSlotWords(getTypeBits(type)), *value);
}

void Decoder::emitHelper(const MicroOp &op) {
  SmallVector<RegisterUse, 16> others;
  std::swap(others, pendingUses);
  emit(op);
  std::swap(others, pendingUses);
}

Slot Decoder::readSpecial(const Operand &operand, Type type) {
  MicroOp op;
  op.run = runReadSpecial;
  op.slots[0] = temporary(type);
  op.bits16 = operand.index;
  op.bytes = getTypeBits(type) / 8;
  if (SpecialRegister(operand.index) == SpecialRegister::Envreg) {
    // The operand does not keep the number; an instruction names only one.
    StringRef digits = inst->text.split("%envreg").second.take_while(isDigit);
    digits.getAsInteger(10, op.imm);
    program.usesWorkspace = true;
  }
  if (op.bytes != 2 && op.bytes != 4 && op.bytes != 8)
    fail("a special register has 16, 32 or 64 bits");
  emitHelper(op);
  return op.slots[0];
}

Space Decoder::getSymbolSpace(const Operand &operand) const {
  if (!operand.is(Operand::Kind::Symbol))
    return Space::Generic;
  switch (operand.symbol.kind) {
  case SymbolKind::ModuleVariable:
    return program.module->variables[operand.symbol.index].space;
  case SymbolKind::FunctionVariable: {
    Space space = func->variables[operand.symbol.index].space;
    return space == Space::Param ? Space::Local : space;
  }
  case SymbolKind::Parameter:
  case SymbolKind::ReturnParameter:
    return func->isEntry ? Space::Param : Space::Local;
  case SymbolKind::Function:
    return Space::Generic;
  }
  llvm_unreachable("all kinds are handled");
}

bool Decoder::getSymbolAddress(const Operand &operand, int64_t &value) {
  SymbolRef symbol = operand.symbol;
  value = operand.value;
  const Variable *variable = nullptr;
  switch (symbol.kind) {
  case SymbolKind::Function:
    value += int64_t(getFunctionAddress(symbol.index));
    return true;
  case SymbolKind::Parameter:
    value += code->paramOffsets[symbol.index];
    return func->isEntry;
  case SymbolKind::ReturnParameter:
    value += code->returnOffsets[symbol.index];
    return func->isEntry;
  case SymbolKind::ModuleVariable:
    variable = &program.module->variables[symbol.index];
    break;
  case SymbolKind::FunctionVariable:
    variable = &func->variables[symbol.index];
    break;
  }
  switch (variable->space) {
  case Space::Shared:
    value += sharedAddresses.lookup(variable);
    return true;
  case Space::Local:
  case Space::Param:
    value += localOffsets.lookup(variable);
    // The kernel's frame is the first.
    return func->isEntry;
  case Space::Global:
  case Space::Const:
    value += int64_t(symbols.lookup(variable));
    return true;
  default:
    fail("'" + variable->name + "' has no address");
    return true;
  }
}

Slot Decoder::readSymbol(const Operand &operand, Type type) {
  unsigned bits = getTypeBits(type);
  if (bits != 32 && bits != 64)
    fail("an address has 32 or 64 bits");
  int64_t value = 0;
  if (getSymbolAddress(operand, value))
    return addConstant(getSlotWords(bits), bits == 32 ? uint32_t(value) : uint64_t(value));
  MicroOp op;
  op.run = runLocalAddress;
  op.slots[0] = temporary(type);
  op.imm = value;
  op.bytes = bits / 8;
  emitHelper(op);
  return op.slots[0];
}

/// The window that makes an address in a space generic.
static uint64_t getWindow(Space space) {
  return space == Space::Shared  ? sharedWindow
         : space == Space::Local ? localWindow
         : space == Space::Param ? paramWindow
                                 : 0;
}

AddressOperand Decoder::readAddress(const Operand &operand, Space space) {
  AddressOperand result;
  if (failed)
    return result;
  if (!operand.is(Operand::Kind::Address) || operand.elements.empty()) {
    fail("'" + inst->opcode + "' wants an address here", "write [register+offset] or [symbol+offset]");
    return result;
  }
  const Operand &base = operand.elements[0];
  result.offset = operand.value;
  switch (base.kind) {
  case Operand::Kind::Register:
    result.isWide = getRegisterBits(base) == 64;
    result.base = read(base, result.isWide ? Type::B64 : Type::B32);
    requireDefined();
    return result;
  case Operand::Kind::Integer:
    result.offset += base.value;
    return result;
  case Operand::Kind::Symbol: {
    Space symbolSpace = getSymbolSpace(base);
    if (space == Space::Generic)
      result.offset += int64_t(getWindow(symbolSpace));
    else if (symbolSpace != space)
      fail("a ." + getSpaceName(symbolSpace) + " variable in an access to ." + getSpaceName(space));
    int64_t value = 0;
    if (getSymbolAddress(base, value)) {
      result.offset += value;
      return result;
    }
    result.isWide = true;
    result.base = readSymbol(base, Type::B64);
    return result;
  }
  default:
    fail("an address begins with a register, a symbol or a number");
    return result;
  }
}

void Decoder::setAddress(MicroOp &op, unsigned slot, const AddressOperand &address) {
  op.imm = address.offset;
  op.slots[slot] = address.base;
  if (!address.base.isNone())
    op.flags |= address.isWide ? MicroOp::WideAddress : MicroOp::NarrowAddress;
}

//===----------------------------------------------------------------------===//
// Constants, temporaries, output
//===----------------------------------------------------------------------===//

Slot Decoder::addConstant(unsigned words, uint64_t value) {
  auto [found, isNew] = constantSlots.try_emplace({words, value});
  if (!isNew)
    return found->second;
  size_t first = program.constants.size();
  program.constants.resize(first + (words + lineWords - 1) / lineWords);
  uint32_t *to = program.constants[first].words;
  uint64_t high = int64_t(value) < 0 ? ~uint64_t(0) : 0;
  if (words >= 64)
    for (unsigned lane = 0; lane != numLanes; ++lane)
      std::memcpy(to + 2 * lane, &value, 8);
  else
    std::fill_n(to, words == 1 ? 1 : numLanes, words == 1 ? (value ? allLanes : 0) : uint32_t(value));
  if (words == 128)
    for (unsigned lane = numLanes; lane != 2 * numLanes; ++lane)
      std::memcpy(to + 2 * lane, &high, 8);
  found->second.bits = Slot::constantBit | uint32_t(first * lineWords);
  return found->second;
}

Slot Decoder::constant32(uint32_t value) { return addConstant(32, value); }
Slot Decoder::constant64(uint64_t value) { return addConstant(64, value); }
Slot Decoder::constantPredicate(bool value) { return addConstant(1, value); }

Slot Decoder::temporary(Type type) {
  Slot slot;
  slot.bits = registerWords + temporaryWords;
  temporaryWords += (getSlotWords(getTypeBits(type)) + lineWords - 1) / lineWords * lineWords;
  code->frameWords = std::max(code->frameWords, registerWords + temporaryWords);
  return slot;
}

void Decoder::setPool(MicroOp &op, ArrayRef<Slot> slots) {
  op.pool = program.pool.size();
  op.poolCount = slots.size();
  program.pool.insert(program.pool.end(), slots.begin(), slots.end());
}

std::optional<uint32_t> Decoder::getLocalOffset(const Operand &operand) const {
  bool isVariable = operand.is(Operand::Kind::Symbol) && operand.symbol.kind == SymbolKind::FunctionVariable &&
                    func->variables[operand.symbol.index].space == Space::Param;
  if (!isVariable)
    return std::nullopt;
  return localOffsets.lookup(&func->variables[operand.symbol.index]);
}

size_t Decoder::addCallSite(CallSite site) {
  program.calls.push_back(std::move(site));
  return program.calls.size() - 1;
}

void Decoder::setTargets(MicroOp &op, ArrayRef<uint32_t> targets) {
  op.pool = program.targets.size();
  op.poolCount = uint16_t(targets.size());
  program.targets.insert(program.targets.end(), targets.begin(), targets.end());
}

MicroOp &Decoder::emit(const MicroOp &op) {
  program.code.push_back(op);
  MicroOp &added = program.code.back();
  program.origins.push_back(inst);
  if (inst && inst->guard >= 0) {
    Operand guard;
    guard.kind = Operand::Kind::Register;
    guard.index = inst->guard;
    added.guard = readRegister(guard, Type::Pred, false, /*isWrite=*/false);
    requireDefined();
    added.flags |= MicroOp::Guarded | (inst->guardNegated ? MicroOp::GuardNegated : 0);
  }
  program.firstUse.push_back(program.uses.size());
  program.uses.insert(program.uses.end(), pendingUses.begin(), pendingUses.end());
  pendingUses.clear();
  return added;
}

MicroOp &Decoder::emitBranch(const MicroOp &op) {
  branches.push_back(getPosition());
  return emit(op);
}
