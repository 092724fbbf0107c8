//===- Features.h - What a configuration says about a model ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The vocabulary between the readers of configurations and the builders of IR:
// a builder sees features, never the name of an architecture.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_IMPORT_FEATURES_H
#define QUANTOPT_LIB_IMPORT_FEATURES_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace quantopt::importer {

enum class Activation { Silu, Gelu, GeluTanh, QuickGelu, Relu, Relu2, Tanh };

struct NormFeatures {
  enum class Kind { RMS, Layer };
  Kind kind = Kind::RMS;
  /// The stored gain g stands for 1 + g.
  bool gainOffset = false;
  bool bias = false;
  double epsilon = 0;
};

/// Rotary position embedding (Su et al., RoFormer, section 3.4), in the half-split layout: element j pairs with
/// j + inverseFrequencies.size(). What lies beyond the pairs is not rotated.
struct RopeFeatures {
  std::vector<float> inverseFrequencies;
  /// Multiplies cosine and sine (YaRN, section 3.4).
  double attentionFactor = 1;
};

struct LayerFeatures {
  /// Keys seen by a query, itself included; none: all earlier ones.
  std::optional<int64_t> window;
  RopeFeatures rope;
};

/// Names of a block's norms in the checkpoint; empty: there is none.
struct NormNames {
  std::string attention, postAttention, mlp, postMlp;
};

struct DecoderFeatures {
  int64_t vocabulary = 0, hidden = 0, intermediate = 0, heads = 0, keyValueHeads = 0, headDim = 0;
  std::vector<LayerFeatures> layers;

  NormFeatures norm;
  NormNames normNames;
  /// A norm of q and k before the rotation: over each head, or over all of a projection.
  enum class QueryKeyNorm { None, Head, Projection };
  QueryKeyNorm queryKeyNorm = QueryKeyNorm::None;
  /// Attention and feed-forward layer both read the first norm, and both are added to the residual.
  bool parallelResidual = false;

  bool qkvBias = false, outputBias = false, mlpBias = false;
  Activation activation = Activation::Silu;

  /// Multiplies the scores.
  double queryScale = 1;
  /// x -> cap * tanh(x / cap).
  std::optional<double> attentionCap, logitCap;
  /// Multiply what is looked up in the embedding, what is added to the residual, the logits.
  std::optional<double> embeddingScale, residualScale, logitScale;
  bool tiedHead = false;
};

/// A BERT-style encoder: learned positions and token types, norms after each residual.
struct EncoderFeatures {
  int64_t vocabulary = 0, hidden = 0, intermediate = 0, heads = 0, layers = 0, positions = 0, tokenTypes = 0;
  double epsilon = 0;
  Activation activation = Activation::Gelu;
};

} // namespace quantopt::importer

#endif // QUANTOPT_LIB_IMPORT_FEATURES_H
