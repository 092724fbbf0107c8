//===- ProgramBuilder.h - From a module's functions to a program -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_PROGRAMBUILDER_H
#define QUANTOPT_LIB_EMULATOR_PROGRAMBUILDER_H

#include "Decoder.h"

namespace quantopt::ptx {

/// Lays out shared and local memory and decodes function after function.
class ProgramBuilder {
public:
  ProgramBuilder(const Module &module, const Function &kernel, const SymbolAddresses &symbols);
  llvm::Expected<std::unique_ptr<Program>> build();

private:
  /// The kernel and what it may call, in order of discovery.
  void collectFunctions();
  void addFunction(uint32_t number, const Function &function);
  void addCallees(const Function &function);
  llvm::Error layOutShared();
  llvm::Error checkShared() const;
  void layOutFunction(FunctionCode &code);
  void layOutRegisters(const FunctionCode &code);
  /// Twice: once to learn which registers live where, then into their slots.
  llvm::Error decodeFunction(FunctionCode &code);
  llvm::Error decodeBody(FunctionCode &code);
  llvm::Error decodeInstruction(const Instruction &instruction);

  const Module &module;
  const Function &kernel;
  std::unique_ptr<Program> program;
  Decoder decoder;
};

/// Gives registers of a decoded function slots that they share where their lives do not meet; returns the words of all.
uint32_t allocateRegisters(const Program &program, const FunctionCode &code, std::vector<Slot> &registerSlots,
                           Slot &carrySlot);

/// Finds registers that may be read before they are written, and those that are computed from them, and gives each a
/// word in the frame that says which lanes are defined; marks the instructions that read or write them. Compilers do
/// read undefined registers (a load under a mask, a vector filled bit by bit), so only uses that matter are hazards:
/// addresses, guards, what is stored to global memory.
void markUninitializedReads(Program &program, FunctionCode &code);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_PROGRAMBUILDER_H
