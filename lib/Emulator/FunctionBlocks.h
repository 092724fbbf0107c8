//===- FunctionBlocks.h - Basic blocks of decoded functions ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_FUNCTIONBLOCKS_H
#define QUANTOPT_LIB_EMULATOR_FUNCTIONBLOCKS_H

#include "quant-opt/Emulator/Program.h"

namespace quantopt::ptx {

struct BasicBlock {
  uint32_t begin = 0, end = 0; // in Program::code
  llvm::SmallVector<uint32_t, 2> successors;
};

/// In the order of the code; the first is the entry. Branch targets are positions in the code.
std::vector<BasicBlock> buildBlocks(const Program &program, const FunctionCode &code);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_FUNCTIONBLOCKS_H
