//===- OutputHead.h - Which contraction yields the logits --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_ANALYSIS_OUTPUTHEAD_H
#define QUANTOPT_ANALYSIS_OUTPUTHEAD_H

#include "quant-opt/Analysis/Contractions.h"

namespace quantopt {

/// The tables of which a function looks up rows by integers it is given: token embeddings.
llvm::SmallVector<mlir::Value> findEmbeddingTables(mlir::FunctionOpInterface function);

/// Whether `contraction` is the head of a language model: its weight is an embedding table of the function, or it
/// has as many outputs as such a table has rows and its result reaches a result of the function through views and
/// elementwise ops alone. A classifier's last layer is no such head: nothing is looked up by its classes.
bool isOutputHead(const Contraction &contraction, llvm::ArrayRef<mlir::Value> embeddingTables);

} // namespace quantopt

#endif // QUANTOPT_ANALYSIS_OUTPUTHEAD_H
