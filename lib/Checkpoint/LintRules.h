//===- LintRules.h - The rules that a folder is checked against --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_LINTRULES_H
#define QUANTOPT_LIB_CHECKPOINT_LINTRULES_H

#include "quant-opt/Checkpoint/WeightStore.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace quantopt {

/// What rules look at: a folder that could be read.
struct LintInput {
  std::string folder;
  llvm::json::Object config;       ///< config.json
  llvm::json::Object quantization; ///< its quantization_config, or the file that stands for it
  WeightStore store;
  CheckpointModel model;

  /// quant_method; that of the format where it has several names.
  llvm::StringRef getMethod() const { return quantization.getString("quant_method").value_or(""); }
};

/// Takes what breaks the rule and the remedy.
using LintReport = llvm::function_ref<void(const llvm::Twine &message)>;

struct LintRule {
  llvm::StringLiteral id;
  llvm::StringLiteral loader; ///< whose rule it is; empty: the format's
  bool isError;
  llvm::StringLiteral text;   ///< one sentence
  llvm::StringLiteral source; ///< where it comes from
  /// Null for a rule that reading or writing a folder checks.
  void (*check)(const LintInput &input, LintReport report);
};

llvm::ArrayRef<LintRule> getLintRules();

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_LINTRULES_H
