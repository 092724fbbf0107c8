//===- CheckModule.h - What every parsed module keeps to ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every index of a module points at something. Fuzzers and tests call this
// for each text that is accepted.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_FUZZ_CHECKMODULE_H
#define QUANTOPT_TEST_FUZZ_CHECKMODULE_H

#include "quant-opt/Emulator/Module.h"

/// A sentence about the first fault, or an empty string.
class ModuleChecker {
public:
  explicit ModuleChecker(const quantopt::ptx::Module &module) : module(module) {}

  std::string check() {
    checkVariables(module.variables);
    for (const auto &f : module.functions) {
      function = &f;
      checkFunction();
    }
    return problem;
  }

private:
  using Operand = quantopt::ptx::Operand;
  using SymbolKind = quantopt::ptx::SymbolKind;

  void require(bool holds, const llvm::Twine &what) {
    if (!holds && problem.empty())
      problem = (what + (function ? " in " + function->name : " in the module")).str();
  }

  void checkSymbol(quantopt::ptx::SymbolRef symbol) {
    size_t bound = 0;
    switch (symbol.kind) {
    case SymbolKind::ModuleVariable:
      bound = module.variables.size();
      break;
    case SymbolKind::FunctionVariable:
      bound = function ? function->variables.size() : 0;
      break;
    case SymbolKind::Parameter:
      bound = function ? function->params.size() : 0;
      break;
    case SymbolKind::ReturnParameter:
      bound = function ? function->returns.size() : 0;
      break;
    case SymbolKind::Function:
      bound = module.functions.size();
      break;
    }
    require(symbol.index < bound, "a symbol out of range");
  }

  void checkVariables(llvm::ArrayRef<quantopt::ptx::Variable> variables) {
    for (const auto &variable : variables) {
      require(!variable.name.empty() && variable.alignment > 0, "a variable without name or alignment");
      require(variable.initializer.empty() || variable.initializer.size() == variable.size,
              "an initializer of another size");
      for (const auto &relocation : variable.relocations) {
        checkSymbol(relocation.symbol);
        require(relocation.offset + relocation.size <= variable.initializer.size(), "a relocation out of range");
      }
    }
  }

  void checkOperand(const Operand &operand) {
    switch (operand.kind) {
    case Operand::Kind::Register:
      require(operand.index < function->numRegisters, "a register out of range");
      break;
    case Operand::Kind::Symbol:
      checkSymbol(operand.symbol);
      break;
    case Operand::Kind::Address:
      require(!operand.elements.empty(), "an address without base");
      break;
    case Operand::Kind::Label:
      require(operand.index <= function->body.size(), "a label out of range");
      break;
    case Operand::Kind::Table:
      require(operand.index < function->tables.size(), "a table out of range");
      break;
    case Operand::Kind::Pair:
      require(operand.elements.size() == 2, "a pair of other than two");
      break;
    default:
      break;
    }
    for (const Operand &element : operand.elements)
      checkOperand(element);
  }

  void checkFunction() {
    checkVariables(function->variables);
    uint32_t next = 0;
    for (const auto &range : function->registers) {
      require(range.first == next, "a gap between registers");
      next += range.count;
    }
    require(next == function->numRegisters, "a wrong number of registers");
    for (const auto &table : function->tables)
      for (uint32_t target : table.targets)
        require(table.kind == quantopt::ptx::Table::Kind::BranchTargets ? target <= function->body.size()
                                                                        : target < module.functions.size(),
                "a target out of range");
    for (const auto &instruction : function->body) {
      require(instruction.guard < int64_t(function->numRegisters), "a guard out of range");
      require(instruction.text.begin() >= module.text->data() &&
                  instruction.text.end() <= module.text->data() + module.text->size(),
              "text from elsewhere");
      require(instruction.opcode != "call" || instruction.operands.size() == 4, "a call without its four operands");
      for (const Operand &operand : instruction.operands)
        checkOperand(operand);
    }
  }

  const quantopt::ptx::Module &module;
  const quantopt::ptx::Function *function = nullptr;
  std::string problem;
};

#endif // QUANTOPT_TEST_FUZZ_CHECKMODULE_H
