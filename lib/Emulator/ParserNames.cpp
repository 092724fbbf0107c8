//===- ParserNames.cpp - What the names of a function mean ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Blocks, shadowing, parameterized registers, and labels that stand further on.
//
//===----------------------------------------------------------------------===//

#include "ParserImpl.h"
#include "llvm/ADT/Twine.h"

using llvm::failure;
using llvm::StringRef;
using llvm::success;

namespace quantopt::ptx {

Parser::Result Parser::declare(StringRef name, Location location, Name meaning) {
  bool isNew = true;
  if (!function) {
    isNew = globals.try_emplace(name, meaning).second;
  } else {
    auto &bindings = names[name];
    isNew = bindings.empty() || bindings.back().depth != scopes.size();
    if (isNew) {
      bindings.push_back({scopes.size(), meaning});
      scopes.back().declared.push_back(name);
    }
  }
  return isNew ? success() : fail(location, "'" + name + "' is declared twice", "rename one, or use a block { }");
}

const Name *Parser::lookup(StringRef name) const {
  auto inner = names.find(name);
  if (inner != names.end() && !inner->second.empty())
    return &inner->second.back().name;
  auto outer = globals.find(name);
  return outer == globals.end() ? nullptr : &outer->second;
}

const RegisterRange *Parser::lookupRegister(StringRef name, uint32_t &first) const {
  if (!function)
    return nullptr;
  const Name *whole = lookup(name);
  if (whole && whole->kind == Name::Kind::Registers && !function->registers[whole->index].isNumbered) {
    const RegisterRange &range = function->registers[whole->index];
    first = range.first;
    return &range;
  }
  // %r12 is number 12 of %r<..>, or number 2 of %r1<..>. Numbers have no leading zeros.
  constexpr size_t mostDigits = 9;
  for (size_t digits = 1; digits <= mostDigits && digits < name.size(); ++digits) {
    StringRef number = name.take_back(digits);
    uint32_t value;
    if (number.getAsInteger(10, value))
      break;
    if (number.size() > 1 && number.front() == '0')
      continue;
    if (const RegisterRange *range = lookupNumbered(name.drop_back(digits), value)) {
      first = range->first + value * range->vector;
      return range;
    }
  }
  return nullptr;
}

/// The innermost range of this name that has the number: an inner %r<2> leaves %r7 to an outer %r<10>.
const RegisterRange *Parser::lookupNumbered(StringRef name, uint32_t number) const {
  auto found = names.find(name);
  if (found == names.end())
    return nullptr;
  for (const Binding &binding : llvm::reverse(found->second)) {
    if (binding.name.kind != Name::Kind::Registers)
      continue;
    const RegisterRange &range = function->registers[binding.name.index];
    if (range.isNumbered && number < range.count / range.vector)
      return &range;
  }
  return nullptr;
}

uint32_t Parser::addReference(StringRef name, Location location) {
  uint32_t index = references.size();
  references.push_back({name, location, Name()});
  scopes.back().pending.push_back(index);
  return index;
}

/// Gives references of the innermost block their labels; those it does not have may be the outer block's.
void Parser::closeScope() {
  Scope scope = std::move(scopes.back());
  size_t depth = scopes.size();
  for (uint32_t index : scope.pending) {
    auto found = names.find(references[index].name);
    if (found != names.end() && !found->second.empty() && found->second.back().depth == depth)
      references[index].found = found->second.back().name;
    else if (depth > 1)
      scopes[depth - 2].pending.push_back(index);
  }
  for (StringRef name : scope.declared)
    names[name].pop_back();
  scopes.pop_back();
}

/// Replaces references by what they turned out to mean.
Parser::Result Parser::resolveReferences() {
  for (Table &table : function->tables) {
    if (table.kind != Table::Kind::BranchTargets)
      continue;
    for (uint32_t &target : table.targets) {
      const Reference &reference = references[target];
      if (reference.found.kind != Name::Kind::Label)
        return fail(reference.location, "'" + reference.name + "' is no label of this function", "add `name:`");
      target = reference.found.index;
    }
  }
  for (Instruction &instruction : function->body)
    for (Operand &operand : instruction.operands)
      if (operand.is(Operand::Kind::Label) && failed(resolveOperand(operand, instruction.opcode)))
        return failure();
  return success();
}

Parser::Result Parser::resolveOperand(Operand &operand, StringRef opcode) {
  const Reference &reference = references[operand.index];
  Name::Kind expected = opcode == "bra" ? Name::Kind::Label : Name::Kind::Table;
  if (reference.found.kind != expected) {
    if (expected == Name::Kind::Label)
      return fail(reference.location, "'" + reference.name + "' is no label of this function", "add `name:`");
    return fail(reference.location, "'" + reference.name + "' is no table of this function",
                "declare it with .branchtargets, .calltargets or .callprototype, or with .func if it is a function");
  }
  operand.kind = expected == Name::Kind::Label ? Operand::Kind::Label : Operand::Kind::Table;
  operand.index = reference.found.index;
  return success();
}

} // namespace quantopt::ptx
