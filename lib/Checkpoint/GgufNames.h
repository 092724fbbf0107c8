//===- GgufNames.h - Tensors of GGUF under Hugging Face names ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The store speaks one language: a tensor has the name, and the order of rows,
// that the same model has in a Hugging Face folder.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_GGUFNAMES_H
#define QUANTOPT_LIB_CHECKPOINT_GGUFNAMES_H

#include "quant-opt/Checkpoint/Gguf.h"

namespace quantopt {

struct GgufTranslation {
  std::string key;
  std::vector<int64_t> rowOrder; ///< row i is row rowOrder[i] of the file; empty: as stored
};

/// Names that have no counterpart, and all of architectures other than llama, qwen2, qwen3, gemma2 and gemma3, stay as
/// they are. An error if the rows of q or k are no multiple of the heads.
llvm::Expected<GgufTranslation> translateGgufTensor(const GgufFile &file, const GgufTensor &tensor);

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_GGUFNAMES_H
