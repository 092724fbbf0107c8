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

/// Passes that write a folder get the `-o` of the command line as their option `output`.
/// `--export=FORMAT -o FOLDER` (the pass export-checkpoint): the IR goes nowhere.
/// `--lower-to-ptx -o FOLDER`: the IR that is left, the host program, goes to host.mlir in the folder. Without -o the
/// pipeline writes PTX to stdout and the IR goes nowhere; an `output` that is given to the pipeline itself stays.
/// Leaves other command lines as they are. Returns whether a checkpoint is exported.
bool redirectFolderOutput(llvm::SmallVectorImpl<const char *> &arguments, llvm::StringSaver &saver);

} // namespace quantopt

#endif // QUANTOPT_TOOLS_QUANT_OPT_FOLDEROUTPUT_H
