//===- BlockView.h - Data and its parameters in one loop nest ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rule N7 says which parameter applies to an element: entry i floordiv block
// length in each dimension. A loop nest with a dimension for the blocks and
// one for the elements of a block needs no division, and its indexing maps
// stay projected permutations, which upstream tiles, fuses and vectorizes.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CONVERSION_LOWPTOLINALG_BLOCKVIEW_H
#define QUANTOPT_LIB_CONVERSION_LOWPTOLINALG_BLOCKVIEW_H

#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include "mlir/Dialect/Utils/StructuredOpsUtils.h"
#include "mlir/IR/AffineMap.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace quantopt {

/// The loop nest over a tensor of type `data` and its parameters of type `params`.
class BlockView {
public:
  BlockView(mlir::RankedTensorType data, mlir::RankedTensorType params);

  unsigned getNumLoops() const { return loopShape.size(); }
  mlir::AffineMap getDataMap() const;
  mlir::AffineMap getParamMap() const;
  /// A loop reduces when elements along it share their parameter.
  llvm::SmallVector<mlir::utils::IteratorType> getReductionIterators() const;

  /// `data` with one dimension a loop.
  mlir::Value splitData(mlir::ImplicitLocOpBuilder &b, mlir::Value data) const;
  /// The reverse, as `type`.
  mlir::Value joinData(mlir::ImplicitLocOpBuilder &b, mlir::Value split, mlir::RankedTensorType type) const;
  /// `params` without the dimensions that all elements share.
  mlir::Value squeezeParams(mlir::ImplicitLocOpBuilder &b, mlir::Value params) const;
  /// The reverse, as `type`.
  mlir::Value unsqueezeParams(mlir::ImplicitLocOpBuilder &b, mlir::Value squeezed, mlir::RankedTensorType type) const;

private:
  llvm::SmallVector<int64_t> loopShape;
  llvm::SmallVector<mlir::ReassociationIndices> dataGroups;  ///< loops of each data dimension
  llvm::SmallVector<mlir::ReassociationIndices> paramGroups; ///< parameter dimensions of each kept one
  llvm::SmallVector<unsigned> paramLoops;                    ///< the loop of each kept parameter dimension
  mlir::MLIRContext *context;
};

} // namespace quantopt

#endif // QUANTOPT_LIB_CONVERSION_LOWPTOLINALG_BLOCKVIEW_H
