//===- ValueTrace.cpp - Follows dimensions upstream through views ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Analysis/ValueTrace.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace quantopt;

using Labels = SmallVector<DimLabel>;

static bool isUnit(RankedTensorType type, int64_t dim) { return type.getDimSize(dim) == 1; }

/// One label for dimensions that a view merges into one; nullopt when they have different roles or their order is
/// not that of the merged dimension. Unit dimensions fit anywhere.
static std::optional<DimLabel> mergeLabels(RankedTensorType type, ArrayRef<int64_t> dims, ArrayRef<DimLabel> labels) {
  std::optional<DimLabel> merged;
  ArrayRef<int64_t> lastOrder;
  for (int64_t dim : dims) {
    if (isUnit(type, dim))
      continue;
    const DimLabel &label = labels[dim];
    if (!merged)
      merged = label;
    else if (merged->role != label.role ||
             (label.role == DimRole::Reduction && !(lastOrder < ArrayRef<int64_t>(label.order))))
      return std::nullopt;
    lastOrder = label.order;
  }
  if (merged)
    return merged;
  return dims.empty() ? DimLabel() : labels[dims.front()];
}

/// Labels of the dimensions that `label`'s dimension is split into.
static void splitLabel(const DimLabel &label, ArrayRef<int64_t> dims, MutableArrayRef<DimLabel> labels) {
  for (auto [index, dim] : llvm::enumerate(dims)) {
    labels[dim] = label;
    if (dims.size() > 1)
      labels[dim].order.push_back(index);
  }
}

/// Through a reshape that splits or merges dimensions as `groups` says; one side's groups are all of size 1.
static std::optional<Labels> stepReshape(RankedTensorType source, RankedTensorType result,
                                         ArrayRef<ReassociationIndices> groups, ArrayRef<DimLabel> labels) {
  Labels upstream(source.getRank());
  if (source.getRank() > result.getRank()) {
    for (auto [dim, group] : llvm::enumerate(groups))
      splitLabel(labels[dim], group, upstream);
    return upstream;
  }
  for (auto [dim, group] : llvm::enumerate(groups)) {
    auto merged = mergeLabels(result, group, labels);
    if (!merged)
      return std::nullopt;
    upstream[dim] = *merged;
  }
  return upstream;
}

/// tensor.reshape: of static shapes, or of dynamic ones that the groups of dimensions still determine.
static std::optional<Labels> stepReshape(RankedTensorType source, RankedTensorType result, ArrayRef<DimLabel> labels) {
  if (source.getRank() == result.getRank())
    return source == result ? std::optional<Labels>(Labels(labels)) : std::nullopt;
  auto groups = getReassociationIndicesForReshape(source, result);
  if (!groups)
    return std::nullopt;
  return stepReshape(source, result, *groups, labels);
}

/// The block argument that a body yields behind float casts; -1 if it computes anything else.
static int64_t getYieldedArgument(Block &body) {
  Value yielded = body.getTerminator()->getOperand(0);
  while (Operation *op = yielded.getDefiningOp()) {
    if (!isa<arith::ExtFOp, arith::TruncFOp>(op) || op->getBlock() != &body)
      return -1;
    yielded = op->getOperand(0);
  }
  auto argument = cast<BlockArgument>(yielded);
  return argument.getOwner() == &body ? int64_t(argument.getArgNumber()) : -1;
}

/// A generic (or named copy, transpose, broadcast) that moves elements: result dimension by loop, then operand
/// dimension by loop.
static std::optional<Labels> stepMove(linalg::LinalgOp op, OpOperand &operand, ArrayRef<DimLabel> labels) {
  AffineMap in = op.getMatchingIndexingMap(&operand), out = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!out.isPermutation())
    return std::nullopt;
  Labels upstream;
  for (AffineExpr expr : in.getResults()) {
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      upstream.push_back(labels[*out.getResultPosition(dim)]);
    else if (isa<AffineConstantExpr>(expr))
      upstream.push_back(DimLabel());
    else
      return std::nullopt;
  }
  return upstream;
}

/// The loops of result dimensions that `operand` does not have: it is repeated along them.
static void recordBroadcast(linalg::LinalgOp op, OpOperand &operand, ValueTrace &trace) {
  AffineMap in = op.getMatchingIndexingMap(&operand), out = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  for (auto [expr, label] : llvm::zip_equal(out.getResults(), trace.labels))
    if (std::optional<int64_t> loop = label.getLoop();
        loop && !in.isFunctionOfDim(cast<AffineDimExpr>(expr).getPosition()))
      trace.broadcastLoops.push_back(*loop);
}

static OpOperand *getMovedOperand(linalg::LinalgOp op) {
  if (op.getNumDpsInits() != 1 || op->getNumResults() != 1 || op.getNumLoops() != op.getNumParallelLoops())
    return nullptr;
  int64_t argument = getYieldedArgument(*op.getBlock());
  if (argument < 0 || argument >= op.getNumDpsInputs() ||
      !isa<RankedTensorType>(op.getDpsInputOperand(argument)->get().getType()))
    return nullptr;
  return op.getDpsInputOperand(argument);
}

/// Whether every reduced dimension has one length on both sides.
static bool keepsReduction(RankedTensorType upstreamType, ArrayRef<DimLabel> upstream, RankedTensorType type,
                           ArrayRef<DimLabel> labels) {
  auto lengths = [](RankedTensorType type, ArrayRef<DimLabel> labels) {
    SmallVector<std::pair<SmallVector<int64_t, 2>, int64_t>> result;
    for (auto [dim, label] : llvm::enumerate(labels))
      if (label.role == DimRole::Reduction)
        result.push_back({label.order, type.getDimSize(dim)});
    llvm::sort(result);
    int64_t product = 1;
    for (auto &entry : result)
      product = ShapedType::isDynamic(entry.second) || product < 0 ? -1 : product * entry.second;
    return product;
  };
  return lengths(upstreamType, upstream) == lengths(type, labels);
}

static std::optional<Labels> stepPack(linalg::PackOp op, ArrayRef<DimLabel> labels) {
  int64_t rank = op.getSourceType().getRank();
  Labels upstream(labels.begin(), labels.begin() + rank);
  if (!op.getOuterDimsPerm().empty())
    for (auto [outer, dim] : llvm::enumerate(op.getOuterDimsPerm()))
      upstream[dim] = labels[outer];
  for (auto [tile, dim] : llvm::enumerate(op.getInnerDimsPos()))
    if (upstream[dim].role != labels[rank + tile].role)
      return std::nullopt;
  return upstream;
}

static std::optional<Labels> stepSlice(tensor::ExtractSliceOp op, ArrayRef<DimLabel> labels) {
  Labels upstream;
  llvm::SmallBitVector dropped = op.getDroppedDims();
  auto next = labels.begin();
  for (int64_t dim = 0; dim < op.getSourceType().getRank(); ++dim)
    upstream.push_back(dropped.test(dim) ? DimLabel() : *next++);
  return upstream;
}

Value quantopt::getLoopInvariantInit(BlockArgument argument) {
  Operation *parent = argument.getOwner()->getParentOp();
  if (auto loop = dyn_cast<scf::ForOp>(parent)) {
    OpOperand *init = loop.getTiedLoopInit(argument);
    if (!init || loop.getTiedLoopYieldedValue(argument)->get() != argument)
      return nullptr;
    return init->get();
  }
  auto loop = dyn_cast<scf::WhileOp>(parent);
  if (!loop)
    return nullptr;
  // The after region hands the argument that it got from the condition back to the same position.
  Value before = argument;
  if (argument.getOwner() == loop.getAfterBody())
    before = loop.getConditionOp().getArgs()[argument.getArgNumber()];
  auto beforeArgument = dyn_cast<BlockArgument>(before);
  if (!beforeArgument || beforeArgument.getOwner() != loop.getBeforeBody())
    return nullptr;
  unsigned position = beforeArgument.getArgNumber();
  auto after = dyn_cast<BlockArgument>(loop.getYieldOp().getOperand(position));
  if (!after || after.getOwner() != loop.getAfterBody() ||
      loop.getConditionOp().getArgs()[after.getArgNumber()] != beforeArgument)
    return nullptr;
  return loop.getInits()[position];
}

bool quantopt::stepUpstream(ValueTrace &trace, TraceKind kind) {
  if (auto argument = dyn_cast<BlockArgument>(trace.value)) {
    Value init = getLoopInvariantInit(argument);
    if (init)
      trace.value = init;
    return bool(init);
  }
  Operation *op = trace.value.getDefiningOp();
  OpOperand *upstream = op->getNumOperands() ? &op->getOpOperand(0) : nullptr;
  ArrayRef<DimLabel> labels = trace.labels;
  auto type = cast<RankedTensorType>(trace.value.getType());
  auto labelsUpstream = llvm::TypeSwitch<Operation *, std::optional<Labels>>(op)
                            .Case<tensor::ExpandShapeOp, tensor::CollapseShapeOp>([&](auto reshape) {
                              return stepReshape(reshape.getSrcType(), type, reshape.getReassociationIndices(), labels);
                            })
                            .Case([&](tensor::ReshapeOp reshape) -> std::optional<Labels> {
                              auto source = dyn_cast<RankedTensorType>(reshape.getSource().getType());
                              return source ? stepReshape(source, type, labels) : std::nullopt;
                            })
                            .Case<tensor::CastOp, arith::ExtFOp, arith::TruncFOp, tensor::PadOp>(
                                [&](auto) -> std::optional<Labels> { return Labels(labels); })
                            .Case([&](tensor::ExtractSliceOp slice) { return stepSlice(slice, labels); })
                            .Case([&](linalg::PackOp pack) { return stepPack(pack, labels); })
                            .Case([&](linalg::LinalgOp move) -> std::optional<Labels> {
                              OpOperand *operand = getMovedOperand(move);
                              if (!operand)
                                return std::nullopt;
                              upstream = operand;
                              return stepMove(move, *operand, labels);
                            })
                            .Default(std::nullopt);
  auto upstreamType = labelsUpstream ? dyn_cast<RankedTensorType>(upstream->get().getType()) : RankedTensorType();
  if (!upstreamType || !isa<FloatType>(upstreamType.getElementType()))
    return false;
  if (kind == TraceKind::Input && !keepsReduction(upstreamType, *labelsUpstream, type, labels))
    return false;
  if (auto move = dyn_cast<linalg::LinalgOp>(op))
    recordBroadcast(move, *upstream, trace);
  trace.value = upstream->get();
  trace.labels = std::move(*labelsUpstream);
  trace.path.push_back(upstream);
  return true;
}

void quantopt::traceUpstream(ValueTrace &trace, TraceKind kind) {
  while (stepUpstream(trace, kind))
    ;
}

SmallVector<int64_t> quantopt::getReductionDims(const ValueTrace &trace) {
  auto type = cast<RankedTensorType>(trace.value.getType());
  SmallVector<int64_t> dims, units;
  for (auto [dim, label] : llvm::enumerate(trace.labels))
    if (label.role == DimRole::Reduction || label.role == DimRole::Window)
      (isUnit(type, dim) ? units : dims).push_back(dim);
  if (dims.empty())
    return units;
  auto rank = [&](int64_t dim) { return std::pair(ArrayRef<int64_t>(trace.labels[dim].order), dim); };
  llvm::sort(dims, [&](int64_t a, int64_t b) { return rank(a) < rank(b); });
  return dims;
}
