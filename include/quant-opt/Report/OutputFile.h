//===- OutputFile.h - Text files that appear whole or not at all -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_REPORT_OUTPUTFILE_H
#define QUANTOPT_REPORT_OUTPUTFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace quantopt {

/// True for what exists and can only be written to, not replaced: a pipe, a device.
bool isSpecialFile(llvm::StringRef path);

/// Writes beside `path`, then renames, so that an earlier file stays whole when writing fails; "-" is stdout. An error
/// names the path.
llvm::Error writeFile(llvm::StringRef path, llvm::function_ref<void(llvm::raw_ostream &)> write);

} // namespace quantopt

#endif // QUANTOPT_REPORT_OUTPUTFILE_H
