//===- Module.cpp - A PTX module as it was written ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Look-ups in a parsed module, and the form of its messages.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Emulator/Module.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

using llvm::StringRef;

namespace quantopt::ptx {

bool Instruction::hasModifier(StringRef word) const { return llvm::is_contained(modifiers, word); }

const RegisterRange &Function::getRange(uint32_t reg) const {
  auto after =
      llvm::upper_bound(registers, reg, [](uint32_t value, const RegisterRange &range) { return value < range.first; });
  return *std::prev(after);
}

std::string Function::getRegisterName(uint32_t reg) const {
  const RegisterRange &range = getRange(reg);
  std::string name = range.name;
  unsigned number = reg - range.first;
  if (range.isNumbered)
    name += std::to_string(number / range.vector);
  if (range.vector > 1)
    name += std::string(".") + "xyzw"[number % range.vector];
  return name;
}

template <typename T> static const T *findByName(const std::vector<T> &items, StringRef name) {
  auto found = llvm::find_if(items, [&](const T &item) { return item.name == name; });
  return found == items.end() ? nullptr : &*found;
}

const Function *Module::findFunction(StringRef name) const { return findByName(functions, name); }

const Variable *Module::findVariable(StringRef name) const { return findByName(variables, name); }

StringRef Module::getLine(unsigned line) const {
  StringRef rest = *text;
  for (; line > 1; --line)
    rest = rest.split('\n').second;
  return rest.split('\n').first.trim();
}

llvm::Error Module::makeError(Location location, const llvm::Twine &rule, const llvm::Twine &remedy) const {
  std::string message =
      (name + ":" + llvm::Twine(location.line) + ":" + llvm::Twine(location.column) + ": " + rule).str();
  std::string advice = remedy.str();
  if (!advice.empty())
    message += "; " + advice;
  constexpr size_t longest = 120; // a message is one line, whatever the input
  StringRef shown = getLine(location.line);
  message += ": `";
  for (char c : shown.take_front(longest))
    message += llvm::isPrint(c) ? c : ' ';
  message += shown.size() > longest ? "...`" : "`";
  return llvm::createStringError(message);
}

} // namespace quantopt::ptx
