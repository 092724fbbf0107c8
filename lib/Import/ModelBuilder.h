//===- ModelBuilder.h - Features to functions --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_IMPORT_MODELBUILDER_H
#define QUANTOPT_LIB_IMPORT_MODELBUILDER_H

#include "GraphBuilder.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace quantopt::importer {

/// Builds @main at the builder's insertion point. `prefix` stands before the names of the decoder's tensors
/// ("model."); the head is at lm_head.
mlir::func::FuncOp buildDecoder(GraphBuilder &graph, llvm::StringRef prefix, const DecoderFeatures &features);
/// `prefix` as above ("bert.").
mlir::func::FuncOp buildEncoder(GraphBuilder &graph, llvm::StringRef prefix, const EncoderFeatures &features);

} // namespace quantopt::importer

#endif // QUANTOPT_LIB_IMPORT_MODELBUILDER_H
