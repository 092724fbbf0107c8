//===- Families.h - What a model_type takes for granted ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A family is data: the defaults of its configuration and the few facts that no
// key states. Support for another one is another row.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_IMPORT_FAMILIES_H
#define QUANTOPT_LIB_IMPORT_FAMILIES_H

#include "Features.h"
#include "llvm/ADT/ArrayRef.h"

namespace quantopt::importer {

/// What no key of a configuration says.
enum FamilyFacts : unsigned {
  Plain = 0,
  GainOffset = 1 << 0,      ///< norms multiply by 1 + the stored gain
  NormBias = 1 << 1,        ///< norms have a bias
  HeadNorm = 1 << 2,        ///< q and k are normalized, each head for itself
  ProjectionNorm = 1 << 3,  ///< q and k are normalized, all heads as one
  QkvBias = 1 << 4,         ///< q, k and v always have biases
  ScaledEmbedding = 1 << 5, ///< embeddings are multiplied by sqrt(hidden size)
};

struct DecoderFamily {
  llvm::StringLiteral modelType;
  unsigned facts;
  /// Names inside a block of the norms before and after attention, before and after the feed-forward layer; empty:
  /// absent.
  llvm::StringLiteral attentionNorm, postAttentionNorm, mlpNorm, postMlpNorm;
  /// JSON: the optional keys that this family knows beyond the common ones, with what their absence means in
  /// transformers (null: nothing). A key that is not here is an error in a configuration of this family. The key of
  /// the epsilon tells the kind of the norms.
  llvm::StringLiteral defaults;
};

/// Null when there is none.
const DecoderFamily *lookupDecoderFamily(llvm::StringRef modelType);
/// All model types, encoders too, for messages.
std::string listModelTypes();

/// Optional keys that every decoder family knows, as JSON.
llvm::StringRef getCommonDefaults();

/// Optional keys of BERT-style encoders, as JSON.
llvm::StringRef getEncoderDefaults();

/// Keys that change nothing in the function from ids to logits: training, generation, bookkeeping.
llvm::ArrayRef<llvm::StringLiteral> getIgnorableKeys();
/// Keys that must be false or empty: what they ask for is not built.
llvm::ArrayRef<llvm::StringLiteral> getKeysToBeOff();

} // namespace quantopt::importer

#endif // QUANTOPT_LIB_IMPORT_FAMILIES_H
