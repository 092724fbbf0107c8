//===- Decoder.h - From an instruction to a micro-op -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How a family of instructions is added: one file with
//
//   static Flow runFoo(Warp &warp, const MicroOp &op, uint32_t exec) { .. }
//   static void decodeFoo(Decoder &d) {
//     bool ftz = d.take("ftz");                      // modifiers, each taken once
//     Type type = d.takeType({Type::F32, Type::F16});
//     d.expectOperands(3);
//     MicroOp op(runFoo) with op.slots[0] = d.write(0, type); op.slots[1] = d.read(1, type); ..
//     d.emit(op);
//   }
//   static const OpcodeInfo opcodes[] = {{"foo", "foo{.ftz}.{f32,f16} d, a, b", "rounded once", decodeFoo}};
//   ArrayRef<OpcodeInfo> quantopt::ptx::getFooOpcodes() { return opcodes; }
//
// and its getter in the list of Opcodes.cpp. A modifier that no decoder takes
// is an error. Errors are sticky: after `fail` the other calls return dummies,
// so decoders need no checks.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_DECODER_H
#define QUANTOPT_LIB_EMULATOR_DECODER_H

#include "quant-opt/Emulator/Program.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/Twine.h"
#include <map>

namespace quantopt::ptx {

class Decoder;

/// One opcode, or one `opcode.modifier` (wherever the modifier stands) that goes before the plain opcode, where
/// families share one: "st.async", "fence.proxy". docs/emulator.md is generated from these rows.
struct OpcodeInfo {
  const char *name;  // "ld", "fence.proxy"
  const char *forms; // what is covered, in the ISA's notation
  const char *note;  // deviations and choices; empty: as the ISA says
  void (*decode)(Decoder &d);
};

/// Null for a word that is no opcode here.
const OpcodeInfo *findOpcode(llvm::StringRef name);
/// All of them, sorted by name.
std::vector<const OpcodeInfo *> getOpcodes();

/// What an address operand becomes: to be copied to a MicroOp by `Decoder::setAddress`.
struct AddressOperand {
  Slot base; // none: `offset` alone
  bool isWide = false;
  int64_t offset = 0;
};

/// Decodes one instruction at a time into a program.
class Decoder {
public:
  Decoder(Program &program, const SymbolAddresses &symbols);

  //===--- The instruction ---===//
  const Instruction &instruction() const { return *inst; }
  const Function &function() const { return *func; }
  const Program &getProgram() const { return program; }
  bool isKernel() const { return func->isEntry; }
  size_t numOperands() const { return inst->operands.size(); }
  const Operand &operand(size_t index); // a sink after a failure
  void expectOperands(size_t least, size_t most);
  void expectOperands(size_t count) { expectOperands(count, count); }
  /// The first error counts. `remedy` may be empty.
  void fail(const llvm::Twine &rule, const llvm::Twine &remedy = "");
  bool hasFailed() const { return failed; }

  //===--- Modifiers ---===//
  /// Takes the modifier if it is there.
  bool take(llvm::StringRef word);
  /// Takes the first that is one of the words: its index, or -1.
  int takeOneOf(llvm::ArrayRef<llvm::StringRef> words);
  /// Takes the first modifier that names a type; error when there is none or it is not in `allowed` (empty: any).
  Type takeType(llvm::ArrayRef<Type> allowed = {});
  /// The same, Type::None when there is none.
  Type takeOptionalType();
  /// Takes the first that has the prefix; empty when there is none.
  llvm::StringRef takePrefix(llvm::StringRef prefix);
  /// Not taken yet, in order.
  llvm::ArrayRef<llvm::StringRef> remaining() const { return modifiers; }

  //===--- Operands ---===//
  /// A source: register, immediate (converted to `type`), special register, address of a symbol. Register widths must
  /// be that of `type`; `mayBeWider` allows larger registers (st).
  Slot read(const Operand &operand, Type type, bool mayBeWider = false);
  Slot read(size_t index, Type type, bool mayBeWider = false) { return read(operand(index), type, mayBeWider); }
  /// A result: register, or none for `_`.
  Slot write(const Operand &operand, Type type, bool mayBeWider = false);
  Slot write(size_t index, Type type, bool mayBeWider = false) { return write(operand(index), type, mayBeWider); }
  /// A predicate source; !p makes a negated copy first.
  Slot readPredicate(const Operand &operand);
  Slot readPredicate(size_t index) { return readPredicate(operand(index)); }
  Slot writePredicate(const Operand &operand) { return write(operand, Type::Pred); }
  /// Width in bits of the register that the operand is; 0 for others.
  unsigned getRegisterBits(const Operand &operand) const;
  /// The source read last must have been written by someone: it decides about control or leaves the thread. Addresses
  /// and guards are always so.
  void requireDefined();
  /// Known at decode time: an integer of the instruction; error for others.
  int64_t readInteger(const Operand &operand);
  /// [a], [a+4], [symbol+4]: `space` is that of the instruction (Generic if it has none) and decides what the address
  /// of a symbol is.
  AddressOperand readAddress(const Operand &operand, Space space);
  /// Puts it into `op`: `slots[slot]`, `imm` and the width flag.
  void setAddress(MicroOp &op, unsigned slot, const AddressOperand &address);
  /// Lanes of a constant.
  Slot constant32(uint32_t value);
  Slot constant64(uint64_t value);
  Slot constantPredicate(bool value);
  /// A register of this frame that nobody else uses while this instruction executes.
  Slot temporary(Type type);
  /// A result that the handler writes even when the operand is a sink.
  Slot result(size_t index, Type type);
  /// The condition code of the thread (add.cc, addc, ..), a predicate.
  Slot getCarry() const { return carrySlot; }
  /// Offset of a .param variable of the function in its local memory; none for other operands.
  std::optional<uint32_t> getLocalOffset(const Operand &operand) const;
  size_t addCallSite(CallSite site);
  /// Positions in the body that `op` may go to (MicroOp::BranchesMany).
  void setTargets(MicroOp &op, llvm::ArrayRef<uint32_t> targets);
  /// Further operands of `op`.
  void setPool(MicroOp &op, llvm::ArrayRef<Slot> slots);
  /// Space of a symbol, Generic for other operands.
  Space getSymbolSpace(const Operand &operand) const;

  /// The program needs an AsyncEngine that sees its memory accesses.
  void usesAsync() { program.usesAsync = true; }

  //===--- Output ---===//
  /// Appends a micro-op; the guard is added by the driver. Operands that were read or written since the last `emit` are
  /// its uses.
  MicroOp &emit(const MicroOp &op);
  /// The same for branches: `op.imm` is a position in the body, replaced when all is decoded.
  MicroOp &emitBranch(const MicroOp &op);

private:
  friend class ProgramBuilder;

  Slot readImmediate(const Operand &operand, Type type);
  Slot readSpecial(const Operand &operand, Type type);
  Slot readSymbol(const Operand &operand, Type type);
  Slot readRegister(const Operand &operand, Type type, bool mayBeWider, bool isWrite);
  /// Emits a micro-op in front of the one that is being decoded, with uses of its own.
  void emitHelper(const MicroOp &op);
  /// True: `value` is the symbol's address in its space; false: the same from the frame's local base.
  bool getSymbolAddress(const Operand &operand, int64_t &value);
  Slot addConstant(unsigned words, uint64_t value);
  uint32_t getPosition() const { return program.code.size(); }

  Program &program;
  const SymbolAddresses &symbols;
  const Instruction *inst = nullptr;
  const Function *func = nullptr;
  FunctionCode *code = nullptr;
  llvm::SmallVector<llvm::StringRef, 8> modifiers;
  llvm::SmallVector<RegisterUse, 16> pendingUses;
  std::vector<Slot> registerSlots; // of the function's registers
  Slot carrySlot;
  uint32_t registerWords = 0;  // of the frame, without temporaries
  uint32_t temporaryWords = 0; // of this instruction
  llvm::DenseMap<const Variable *, uint32_t> sharedAddresses;
  llvm::DenseMap<const Variable *, uint32_t> localOffsets; // of the function's .local and .param variables
  std::map<std::pair<unsigned, uint64_t>, Slot> constantSlots;
  std::vector<uint32_t> branches; // positions in the code whose `imm` is a position in the body
  llvm::Error error = llvm::Error::success();
  bool failed = false;
  bool lastReadIsRegister = false;
};

//===--- The families ---===//
llvm::ArrayRef<OpcodeInfo> getArithmeticOpcodes();
llvm::ArrayRef<OpcodeInfo> getLogicOpcodes();
llvm::ArrayRef<OpcodeInfo> getCompareOpcodes();
llvm::ArrayRef<OpcodeInfo> getConvertOpcodes();
llvm::ArrayRef<OpcodeInfo> getMoveOpcodes();
llvm::ArrayRef<OpcodeInfo> getMemoryOpcodes();
llvm::ArrayRef<OpcodeInfo> getAtomicOpcodes();
llvm::ArrayRef<OpcodeInfo> getControlOpcodes();
llvm::ArrayRef<OpcodeInfo> getVideoOpcodes();
llvm::ArrayRef<OpcodeInfo> getWarpOpcodes();
llvm::ArrayRef<OpcodeInfo> getBarrierOpcodes();
llvm::ArrayRef<OpcodeInfo> getMmaOpcodes();
llvm::ArrayRef<OpcodeInfo> getWmmaOpcodes();
llvm::ArrayRef<OpcodeInfo> getMatrixMoveOpcodes();
llvm::ArrayRef<OpcodeInfo> getWgmmaOpcodes();
llvm::ArrayRef<OpcodeInfo> getMbarrierOpcodes();
llvm::ArrayRef<OpcodeInfo> getCopyOpcodes();
llvm::ArrayRef<OpcodeInfo> getRemoteStoreOpcodes();
llvm::ArrayRef<OpcodeInfo> getTensorMapOpcodes();
llvm::ArrayRef<OpcodeInfo> getClusterOpcodes();

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_DECODER_H
