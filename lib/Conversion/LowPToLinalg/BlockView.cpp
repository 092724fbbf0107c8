//===- BlockView.cpp - Data and its parameters in one loop nest -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BlockView.h"
#include "LowP/LowP.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace quantopt;

BlockView::BlockView(RankedTensorType data, RankedTensorType params) : context(data.getContext()) {
  SmallVector<bool> isKept;
  for (int64_t dim = 0; dim < data.getRank(); ++dim) {
    int64_t length = data.getDimSize(dim), count = params.getDimSize(dim);
    int64_t block = lowp::getBlockLength(data, params, dim);
    isKept.push_back(count != 1);
    if (count != 1)
      paramLoops.push_back(loopShape.size());
    bool splits = count != 1 && block != 1;
    dataGroups.emplace_back();
    for (int64_t size : splits ? SmallVector<int64_t>{count, block} : SmallVector<int64_t>{length}) {
      dataGroups.back().push_back(loopShape.size());
      loopShape.push_back(size);
    }
  }
  // A dropped dimension is merged into the kept one after it, the last ones into the one before.
  for (auto [dim, kept] : llvm::enumerate(isKept)) {
    bool opens = paramGroups.empty() || isKept[paramGroups.back().back()];
    bool joinsLast = opens && !paramGroups.empty() && !llvm::is_contained(ArrayRef(isKept).drop_front(dim), true);
    if (opens && !joinsLast)
      paramGroups.emplace_back();
    paramGroups.back().push_back(dim);
  }
}

AffineMap BlockView::getDataMap() const { return AffineMap::getMultiDimIdentityMap(getNumLoops(), context); }

AffineMap BlockView::getParamMap() const {
  SmallVector<AffineExpr> results;
  for (unsigned loop : paramLoops)
    results.push_back(getAffineDimExpr(loop, context));
  return AffineMap::get(getNumLoops(), 0, results, context);
}

SmallVector<utils::IteratorType> BlockView::getReductionIterators() const {
  SmallVector<utils::IteratorType> iterators(getNumLoops(), utils::IteratorType::reduction);
  for (unsigned loop : paramLoops)
    iterators[loop] = utils::IteratorType::parallel;
  return iterators;
}

static Value castTo(ImplicitLocOpBuilder &b, Value value, RankedTensorType type) {
  return value.getType() == type ? value : tensor::CastOp::create(b, type, value).getResult();
}

Value BlockView::splitData(ImplicitLocOpBuilder &b, Value data) const {
  auto type = cast<RankedTensorType>(data.getType());
  if (loopShape.size() == size_t(type.getRank()))
    return data;
  return tensor::ExpandShapeOp::create(b, type.clone(loopShape), data, dataGroups);
}

Value BlockView::joinData(ImplicitLocOpBuilder &b, Value split, RankedTensorType type) const {
  if (loopShape.size() != size_t(type.getRank()))
    split = tensor::CollapseShapeOp::create(b, split, dataGroups);
  return castTo(b, split, type);
}

Value BlockView::squeezeParams(ImplicitLocOpBuilder &b, Value params) const {
  auto type = cast<RankedTensorType>(params.getType());
  if (paramLoops.size() == size_t(type.getRank()))
    return params;
  SmallVector<ReassociationIndices> groups = paramLoops.empty() ? SmallVector<ReassociationIndices>{} : paramGroups;
  return tensor::CollapseShapeOp::create(b, params, groups);
}

Value BlockView::unsqueezeParams(ImplicitLocOpBuilder &b, Value squeezed, RankedTensorType type) const {
  auto from = cast<RankedTensorType>(squeezed.getType());
  if (from.getRank() == type.getRank())
    return castTo(b, squeezed, type);
  SmallVector<int64_t> shape(type.getRank(), 1);
  int64_t next = 0;
  if (from.getRank() != 0)
    for (const ReassociationIndices &group : paramGroups)
      for (int64_t dim : group)
        if (type.getDimSize(dim) != 1)
          shape[dim] = from.getDimSize(next++);
  SmallVector<ReassociationIndices> groups = from.getRank() == 0 ? SmallVector<ReassociationIndices>{} : paramGroups;
  return castTo(b, tensor::ExpandShapeOp::create(b, from.clone(shape), squeezed, groups), type);
}
