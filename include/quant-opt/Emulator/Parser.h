//===- Parser.h - PTX text to a module ---------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The grammar of PTX 8 and 9 as nvcc, LLVM and Triton write it. Opcodes are
// not judged here: an unknown instruction is an error when it is decoded.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EMULATOR_PARSER_H
#define QUANTOPT_EMULATOR_PARSER_H

#include "quant-opt/Emulator/Module.h"

namespace quantopt::ptx {

/// What a text may ask for; beyond, it is refused. Bounds memory and time for any input to a multiple of its length.
struct ParserLimits {
  uint64_t textBytes = uint64_t(1) << 30;
  uint32_t registersPerFunction = 1 << 20;
  uint64_t variableBytes = uint64_t(1) << 36;    // of one variable
  uint64_t initializerBytes = uint64_t(1) << 28; // of all initialized variables
  unsigned blockDepth = 64;
  unsigned expressionDepth = 64;
};

/// Parses a module; `name` is the file that messages begin with. The first fault ends the parse: its line and column,
/// the rule, what to do, and the line's text.
llvm::Expected<Module> parse(llvm::StringRef text, llvm::StringRef name, const ParserLimits &limits = ParserLimits());

} // namespace quantopt::ptx

#endif // QUANTOPT_EMULATOR_PARSER_H
