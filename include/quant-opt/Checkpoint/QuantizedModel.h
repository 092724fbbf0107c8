//===- QuantizedModel.h - What quantized checkpoints say ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The terms that all checkpoint formats share. A format turns them into tensors
// and a configuration, and back; passes and tools see nothing else of it.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECKPOINT_QUANTIZEDMODEL_H
#define QUANTOPT_CHECKPOINT_QUANTIZEDMODEL_H

#include "quant-opt/Numerics/Rounding.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace quantopt {

/// How a tensor is quantized.
struct TensorScheme {
  CodeKind kind = CodeKind::Integer;
  unsigned bits = 8; ///< 8 where the codes are floats
  bool symmetric = true;
  bool dynamic = false; ///< parameters come from each input at run time
  /// What shares a scale (rule N7), of [outputs, inputs] or [tokens, channels]; 0 is the whole dimension: {0, 0}
  /// tensor, {1, 0} channel or token, {1, g} group, {r, c} block.
  int64_t blockRows = 0, blockCols = 0;

  bool operator==(const TensorScheme &other) const {
    return kind == other.kind && bits == other.bits && symmetric == other.symmetric && dynamic == other.dynamic &&
           blockRows == other.blockRows && blockCols == other.blockCols;
  }
  bool operator!=(const TensorScheme &other) const { return !(*this == other); }
};

/// "int4 group=64 asymmetric", for messages.
std::string describeScheme(const TensorScheme &scheme);

/// A linear layer y = x W^T with a quantized weight. The keys are those of a WeightStore: codes [rows, cols] as I8,
/// I4Packed or F8E4M3, scale and zero point [row blocks, column blocks] (rule N7), the zero point stored as the codes
/// are; static parameters of the input have shape [1, 1].
struct QuantizedModule {
  std::string name; ///< path of the layer in the model: "model.layers.0.mlp.up_proj"
  int64_t rows = 0, cols = 0;
  TensorScheme weight;
  std::optional<TensorScheme> input; ///< none: inputs stay float
  std::string codesKey, scaleKey;
  std::string zeroPointKey;                     ///< empty: symmetric
  std::string inputScaleKey, inputZeroPointKey; ///< empty: dynamic, or symmetric
};

/// A model as a folder holds it.
struct CheckpointModel {
  std::vector<QuantizedModule> modules;
  /// Everything else: name in the folder, key in the store.
  std::map<std::string, std::string> tensors;
  /// Linear layers that stay float: names, or patterns of the format that the model came from.
  std::vector<std::string> ignored;
  /// config.json, without quantization_config.
  llvm::json::Object config;
};

} // namespace quantopt

#endif // QUANTOPT_CHECKPOINT_QUANTIZEDMODEL_H
