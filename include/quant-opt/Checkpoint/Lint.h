//===- Lint.h - Whether loaders take a quantized folder ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECKPOINT_LINT_H
#define QUANTOPT_CHECKPOINT_LINT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace quantopt {

/// A rule that a folder breaks.
struct LintFinding {
  std::string rule;    ///< its id in docs/lint.md
  std::string message; ///< what breaks it and what to do
  /// A loader fails or computes something else; otherwise it is slower, or only may.
  bool isError = true;
};

/// Checks `folder` against the rules of the formats and those of `loaders` (vllm, trtllm, transformers). Findings in
/// the order of the rules. An error only for a loader that is not known.
llvm::Expected<std::vector<LintFinding>> lintCheckpoint(llvm::StringRef folder,
                                                        llvm::ArrayRef<llvm::StringRef> loaders);

/// All rules as Markdown, with the source of each: docs/lint.md.
void printLintRules(llvm::raw_ostream &os);

} // namespace quantopt

#endif // QUANTOPT_CHECKPOINT_LINT_H
