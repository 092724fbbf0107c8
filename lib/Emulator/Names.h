//===- Names.h - Words with a meaning ----------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tables of spaces and special registers that the parser looks up.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_NAMES_H
#define QUANTOPT_LIB_EMULATOR_NAMES_H

#include "quant-opt/Emulator/Module.h"

namespace quantopt::ptx {

/// The space that a directive names ("global", without the dot).
std::optional<Space> parseSpace(llvm::StringRef word);

/// The special register of a whole name: "%laneid", "%tid.x".
std::optional<SpecialRegister> parseSpecialRegister(llvm::StringRef name);

/// The .x component of a special register that has three: "%tid".
std::optional<SpecialRegister> parseSpecialVector(llvm::StringRef name);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_NAMES_H
