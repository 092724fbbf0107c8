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

/// `--lower-to-ptx` writes a folder, not IR: hands the `-o` of the command line to it as its option `output`, and sends
/// the IR nowhere. Leaves other command lines as they are.
void redirectFolderOutput(llvm::SmallVectorImpl<const char *> &arguments, llvm::StringSaver &saver);

} // namespace quantopt

#endif // QUANTOPT_TOOLS_QUANT_OPT_FOLDEROUTPUT_H
