//===- GgmlBlocks.h - Block formats of GGUF to float32 -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_GGMLBLOCKS_H
#define QUANTOPT_LIB_CHECKPOINT_GGMLBLOCKS_H

#include "quant-opt/Checkpoint/WeightStore.h"

namespace quantopt {

/// Decodes `count` elements (whole blocks) of a block format, with the operations of ggml's reference
/// (ggml-org/ggml: src/ggml-quants.c, dequantize_row_*) in its order, each rounded to float32.
void decodeGgmlBlocks(Storage storage, const char *source, int64_t count, float *target);

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_GGMLBLOCKS_H
