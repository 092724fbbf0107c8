//===- OutputHead.h - Which contraction yields the logits --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_ANALYSIS_OUTPUTHEAD_H
#define QUANTOPT_ANALYSIS_OUTPUTHEAD_H

#include "quant-opt/Analysis/Contractions.h"

namespace quantopt {

/// A table of which a function looks up rows by integers that it is given.
struct EmbeddingTable {
  mlir::Value source; ///< before views
  int64_t rows = 0;   ///< length of the dimension that is looked up
};

/// Token embeddings and their like.
llvm::SmallVector<EmbeddingTable> findEmbeddingTables(mlir::FunctionOpInterface function);

/// Whether `contraction` is the head of a language model: its weight is an embedding table of the function, or it
/// has as many outputs as such a table has rows and its result reaches a result of the function through views and
/// elementwise ops alone. A classifier's last layer is no such head: nothing is looked up by its classes.
bool isOutputHead(const Contraction &contraction, llvm::ArrayRef<EmbeddingTable> tables);

} // namespace quantopt

#endif // QUANTOPT_ANALYSIS_OUTPUTHEAD_H
