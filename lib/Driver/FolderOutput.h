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

/// `--lower-to-ptx -o FOLDER` writes a folder: the pipeline gets it as its option `output`, and the IR that is left,
/// the host program, goes to host.mlir in it. Without -o the pipeline writes PTX to stdout and the IR goes nowhere.
/// Leaves other command lines, and an `output` that is given to the pipeline itself, as they are.
void redirectFolderOutput(llvm::SmallVectorImpl<const char *> &arguments, llvm::StringSaver &saver);

} // namespace quantopt

#endif // QUANTOPT_TOOLS_QUANT_OPT_FOLDEROUTPUT_H
