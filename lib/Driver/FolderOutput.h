//===- FolderOutput.h - Pipelines that write a folder ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TOOLS_QUANT_OPT_FOLDEROUTPUT_H
#define QUANTOPT_TOOLS_QUANT_OPT_FOLDEROUTPUT_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/StringSaver.h"

namespace quantopt {

/// `--lower-to-ptx` and `--export=FORMAT` (the pass export-checkpoint) write a folder, not IR: hands the `-o` of the
/// command line to them as their option `output`, and sends the IR nowhere. Leaves other command lines as they are.
/// Returns whether it found one of them.
bool redirectFolderOutput(llvm::SmallVectorImpl<const char *> &arguments, llvm::StringSaver &saver);

} // namespace quantopt

#endif // QUANTOPT_TOOLS_QUANT_OPT_FOLDEROUTPUT_H
