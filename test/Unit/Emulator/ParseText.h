//===- ParseText.h - PTX of tests --------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Wraps statements into a kernel and parses them.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_PARSETEXT_H
#define QUANTOPT_TEST_UNIT_EMULATOR_PARSETEXT_H

#include "quant-opt/Emulator/Parser.h"
#include "gtest/gtest.h"

namespace quantopt::ptx::test {

/// One line, so that columns and lines of what follows are easy to tell.
inline constexpr const char *header = ".version 8.4 .target sm_90a .address_size 64\n";

/// The header and `statements` on lines of their own (from line 2), in a module.
inline std::string inModule(llvm::StringRef statements) { return header + statements.str(); }

/// The same in a kernel that has registers %p<4>, %r<8>, %rd<8>, %f<8> and shared memory; statements begin in line 5.
inline std::string inKernel(llvm::StringRef statements) {
  return inModule(".visible .entry k(.param .u64 in, .param .u32 n) {\n"
                  ".reg .pred %p<4>; .reg .b32 %r<8>; .reg .b64 %rd<8>; .reg .f32 %f<8>;\n"
                  ".shared .align 16 .b8 memory[64];\n" +
                  statements.str() + "\n}\n");
}

/// The module; a test failure and an empty module when the text is refused.
inline Module parseGood(llvm::StringRef text) {
  llvm::Expected<Module> module = parse(text, "test.ptx");
  if (module)
    return std::move(*module);
  ADD_FAILURE() << llvm::toString(module.takeError());
  Module empty;
  empty.text = std::make_unique<const std::string>();
  empty.functions.emplace_back();
  return empty;
}

/// The message; a test failure when the text is accepted.
inline std::string parseBad(llvm::StringRef text, const ParserLimits &limits = ParserLimits()) {
  llvm::Expected<Module> module = parse(text, "test.ptx", limits);
  if (!module)
    return llvm::toString(module.takeError());
  ADD_FAILURE() << "accepted: " << text.str();
  return "";
}

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_PARSETEXT_H
