//===- QuantRules.h - Which scheme which site gets, from a file --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A file of rules is a module with one attribute:
//
//   module attributes {lowp.rules = [
//     {sites = "embed|norm", skip},
//     {sites = "\\.(q|k|v)_proj$", weight = #lowp.scheme<i8, channel>,
//      input = #lowp.scheme<i8, token, dynamic>, method = "rtn"},
//     {sites = ".*", weight = #lowp.scheme<i4, group = 64>, method = "gptq"}]} {}
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TRANSFORMS_QUANTRULES_H
#define QUANTOPT_LIB_TRANSFORMS_QUANTRULES_H

#include "LowP/LowP.h"

namespace quantopt {

/// What happens to the sites that match a pattern and no earlier rule's.
struct QuantRule {
  /// A regular expression that matches somewhere in a site.
  std::string sites;
  /// Null: these sites stay float.
  lowp::SchemeInterface weight;
  /// Null: inputs stay float.
  lowp::SchemeInterface input;
  mlir::StringAttr method;
};

/// Fails with an error at the place in the file, or without one where it cannot be opened.
mlir::FailureOr<std::vector<QuantRule>> readQuantRules(llvm::StringRef path, mlir::MLIRContext *context);

/// Prints a file of `rules`.
void printQuantRules(llvm::ArrayRef<QuantRule> rules, mlir::MLIRContext *context, llvm::raw_ostream &os);

/// `text` as a scheme, written as inside of #lowp.scheme<...>. Fails with `reason` set.
mlir::FailureOr<lowp::SchemeInterface> parseScheme(llvm::StringRef text, mlir::MLIRContext *context,
                                                   std::string &reason);

/// What `text` lacks to be a regular expression; empty when it is one.
std::string checkPattern(llvm::StringRef text);

} // namespace quantopt

#endif // QUANTOPT_LIB_TRANSFORMS_QUANTRULES_H
