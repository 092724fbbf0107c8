//===- TokenScheme.h - Activations through their codes -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_TOKENSCHEME_H
#define QUANTOPT_NUMERICS_TOKENSCHEME_H

#include "quant-opt/Numerics/Awq.h"
#include <optional>

namespace quantopt {

/// How activations [tokens, channels] are quantized: each block by its own range, or all by parameters fixed before, or
/// not at all.
struct TokenScheme {
  BlockScheme blocks;
  std::optional<ScaleZero> fixed;
  bool isFloat = false;
};

/// What the codes of `tokens` read back as, dense. Fails where chooseParams does.
llvm::Expected<std::vector<float>> quantizeTokens(MatrixRef tokens, const TokenScheme &scheme);

/// Sum over `weights` of ||Q(X / s) Q(W s)^T - X W^T||^2 / ||X W^T||^2: what quantizing a group of layers with smoothed
/// inputs costs, activations and weights together. A weight without output counts nothing.
llvm::Expected<double> getSmoothedError(MatrixRef tokens, llvm::ArrayRef<float> scales,
                                        llvm::ArrayRef<AwqWeight> weights, const TokenScheme &scheme, unsigned threads);

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_TOKENSCHEME_H
