//===- ProgramBuilder.cpp - From a module's functions to a program --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramBuilder.h"

#include "Handlers.h"
#include "llvm/Support/Alignment.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace quantopt::ptx;

/// Static and dynamic shared memory of a CTA, as on sm_90, together.
static constexpr uint32_t maxSharedBytes = 227 * 1024;

ProgramBuilder::ProgramBuilder(const Module &module, const Function &kernel, const SymbolAddresses &symbols)
    : module(module), kernel(kernel), program(std::make_unique<Program>()), decoder(*program, symbols) {
  program->module = &module;
}

Expected<std::unique_ptr<Program>> ProgramBuilder::build() {
  collectFunctions();
  if (Error error = layOutShared())
    return std::move(error);
  for (FunctionCode &code : program->functions)
    layOutFunction(code);
  // The kernel's parameters lie one after the other in param space.
  if (!kernel.params.empty())
    program->paramBytes = program->getKernel().paramOffsets.back() + uint32_t(kernel.params.back().size);
  for (FunctionCode &code : program->functions)
    if (Error error = decodeFunction(code))
      return std::move(error);
  program->firstUse.push_back(program->uses.size());
  for (FunctionCode &code : program->functions)
    markUninitializedReads(*program, code);
  return std::move(program);
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

void ProgramBuilder::addFunction(uint32_t number, const Function &function) {
  if (!function.isDefined || program->functionNumbers[number] != ~0u)
    return;
  program->functionNumbers[number] = program->functions.size();
  FunctionCode code;
  code.source = &function;
  program->functions.push_back(std::move(code));
}

static void visitSymbols(const Operand &operand, function_ref<void(SymbolRef)> visit) {
  if (operand.is(Operand::Kind::Symbol))
    visit(operand.symbol);
  for (const Operand &element : operand.elements)
    visitSymbols(element, visit);
}

void ProgramBuilder::addCallees(const Function &function) {
  auto add = [&](uint32_t number) { addFunction(number, module.functions[number]); };
  bool isIndirect = false;
  for (const Instruction &instruction : function.body) {
    isIndirect |= instruction.opcode == "call" && instruction.operands[1].is(Operand::Kind::Register);
    for (const Operand &operand : instruction.operands)
      visitSymbols(operand, [&](SymbolRef symbol) {
        if (symbol.kind == SymbolKind::Function)
          add(symbol.index);
      });
  }
  if (!isIndirect)
    return;
  // A pointer may come from a table in memory.
  for (const Variable &variable : module.variables)
    for (const Relocation &relocation : variable.relocations)
      if (relocation.symbol.kind == SymbolKind::Function)
        add(relocation.symbol.index);
}

void ProgramBuilder::collectFunctions() {
  program->functionNumbers.assign(module.functions.size(), ~0u);
  addFunction(&kernel - module.functions.data(), kernel);
  for (size_t i = 0; i != program->functions.size(); ++i)
    addCallees(*program->functions[i].source);
}

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

Error ProgramBuilder::layOutShared() {
  std::vector<const Variable *> variables;
  auto add = [&](const Variable &variable) {
    if (variable.space == Space::Shared && !is_contained(variables, &variable))
      variables.push_back(&variable);
  };
  for (const FunctionCode &code : program->functions) {
    for (const Variable &variable : code.source->variables)
      add(variable);
    for (const Instruction &instruction : code.source->body)
      for (const Operand &operand : instruction.operands)
        visitSymbols(operand, [&](SymbolRef symbol) {
          if (symbol.kind == SymbolKind::ModuleVariable)
            add(module.variables[symbol.index]);
        });
  }
  uint64_t at = sharedBase;
  for (const Variable *variable : variables) {
    if (variable->size == 0) {
      program->sharedAlignment = std::max<uint32_t>(program->sharedAlignment, variable->alignment);
      continue;
    }
    at = alignTo(at, Align(variable->alignment));
    program->sharedVariables.emplace_back(variable, at);
    at += variable->size;
    if (at > sharedBase + maxSharedBytes)
      return module.makeError(
          variable->location,
          formatv("'{0}' exceeds the {1} bytes of shared memory of a CTA", variable->name, maxSharedBytes),
          "make static arrays smaller");
  }
  program->staticSharedBytes = at - sharedBase;
  // Arrays without a size all begin where the dynamic part does.
  at = alignTo(at, Align(program->sharedAlignment));
  for (const Variable *variable : variables)
    if (variable->size == 0)
      program->sharedVariables.emplace_back(variable, at);
  for (auto [variable, address] : program->sharedVariables)
    decoder.sharedAddresses[variable] = address;
  return Error::success();
}

void ProgramBuilder::layOutFunction(FunctionCode &code) {
  uint64_t at = 0;
  layOutSignature(code.source->params, code.source->returns, code.paramOffsets, code.returnOffsets, at);
  // Those of a kernel lie in param space.
  if (code.source->isEntry)
    at = 0;
  for (const Variable &variable : code.source->variables)
    if (variable.space == Space::Local || variable.space == Space::Param) {
      at = alignTo(at, Align(std::max<uint64_t>(variable.alignment, 1)));
      decoder.localOffsets[&variable] = uint32_t(at);
      at += variable.size;
    }
  code.localBytes = alignTo(at, 16);
}

void ProgramBuilder::layOutRegisters(const FunctionCode &code) {
  const Function &function = *code.source;
  decoder.registerSlots.assign(function.numRegisters, Slot());
  uint32_t at = 0;
  // Predicates first, packed; then whole cache lines.
  for (bool wide : {false, true}) {
    for (uint32_t reg = 0; reg != function.numRegisters; ++reg) {
      uint32_t words = getSlotWords(getTypeBits(function.getRegisterType(reg)));
      if ((words > 1) != wide)
        continue;
      decoder.registerSlots[reg].bits = at;
      at += words;
    }
    if (!wide)
      decoder.carrySlot.bits = at++;
    at = alignTo(at, 16);
  }
  decoder.registerWords = at;
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

Error ProgramBuilder::decodeInstruction(const Instruction &instruction) {
  decoder.inst = &instruction;
  decoder.temporaryWords = 0;
  decoder.modifiers.assign(instruction.modifiers.begin(), instruction.modifiers.end());
  // "st.async" before "st".
  const OpcodeInfo *info = nullptr;
  for (StringRef modifier : instruction.modifiers)
    if (!info)
      info = findOpcode((instruction.opcode + "." + modifier).str());
  if (!info)
    info = findOpcode(instruction.opcode);
  if (!info)
    return module.makeError(instruction, "unknown instruction '" + instruction.opcode + "'",
                            "docs/emulator.md lists those that are emulated");
  info->decode(decoder);
  if (!decoder.failed && !decoder.modifiers.empty())
    decoder.fail("'" + instruction.opcode + "' with modifier '." + decoder.modifiers.front() + "' is not emulated",
                 "docs/emulator.md lists the forms that are");
  return std::move(decoder.error);
}

Error ProgramBuilder::decodeBody(FunctionCode &code) {
  code.frameWords = decoder.registerWords;
  code.entry = program->code.size();
  decoder.branches.clear();
  size_t firstTarget = program->targets.size();
  std::vector<uint32_t> positions;
  for (const Instruction &instruction : code.source->body) {
    positions.push_back(program->code.size());
    if (Error error = decodeInstruction(instruction))
      return error;
  }
  positions.push_back(program->code.size());
  decoder.inst = nullptr;
  MicroOp end;
  end.run = runReturn;
  end.flags = MicroOp::Ends;
  decoder.emit(end);
  for (uint32_t branch : decoder.branches)
    program->code[branch].imm = positions[program->code[branch].imm];
  for (uint32_t &target : MutableArrayRef<uint32_t>(program->targets).drop_front(firstTarget))
    target = positions[target];
  code.end = program->code.size();
  return Error::success();
}

Error ProgramBuilder::decodeFunction(FunctionCode &code) {
  decoder.func = code.source;
  decoder.code = &code;
  layOutRegisters(code);
  size_t numOps = program->code.size(), numUses = program->uses.size(), numPool = program->pool.size(),
         numTargets = program->targets.size(), numCalls = program->calls.size();
  if (Error error = decodeBody(code))
    return error;
  program->firstUse.push_back(program->uses.size());
  decoder.registerWords = allocateRegisters(*program, code, decoder.registerSlots, decoder.carrySlot);
  program->code.resize(numOps);
  program->origins.resize(numOps);
  program->firstUse.resize(numOps);
  program->uses.resize(numUses);
  program->pool.resize(numPool);
  program->targets.resize(numTargets);
  program->calls.resize(numCalls);
  return decodeBody(code);
}

Expected<std::unique_ptr<Program>> quantopt::ptx::decode(const Module &module, const Function &kernel,
                                                         const SymbolAddresses &symbols) {
  return ProgramBuilder(module, kernel, symbols).build();
}

const FunctionCode &Program::getFunctionAt(size_t position) const {
  for (const FunctionCode &code : functions)
    if (position >= code.entry && position < code.end)
      return code;
  return functions.front();
}
