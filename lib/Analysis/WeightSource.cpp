//===- WeightSource.cpp - What may be a weight ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WeightSource.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MLProgram/IR/MLProgram.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace quantopt;

static bool hasFloatElements(Value value) { return isa<FloatType>(getElementTypeOrSelf(value.getType())); }

/// Why the elements cannot be read; empty when they can.
static std::string getUnreadableReason(Attribute elements) {
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements)) {
    if (!resource.getRawHandle().getBlob())
      return ("the constant's bytes are not in the IR (dense_resource '" + resource.getRawHandle().getKey() +
              "' is elided)")
          .str();
    return "";
  }
  return isa<DenseElementsAttr>(elements) ? "" : "the constant is no dense tensor";
}

static OperandSource classifyGlobal(Operation *global) {
  auto refuse = [&](const Twine &why) {
    return OperandSource{OperandSource::Refused, WeightSourceKind::Global,
                         ("global @" + cast<SymbolOpInterface>(global).getName() + why).str()};
  };
  auto memory = dyn_cast<memref::GlobalOp>(global);
  auto program = dyn_cast<ml_program::GlobalOp>(global);
  if (memory ? !memory.getConstant() : program.getIsMutable())
    return refuse(" is mutable: its elements are known only at run time");
  Attribute value = lowp::getConstantValue(global);
  if (!isa_and_nonnull<ElementsAttr>(value))
    return refuse(" has no elements in the IR");
  std::string reason = getUnreadableReason(value);
  if (!reason.empty())
    return refuse(": " + reason);
  return {OperandSource::Weight, WeightSourceKind::Global, ""};
}

//===----------------------------------------------------------------------===//
// Function arguments
//===----------------------------------------------------------------------===//

/// The matrix beside a vector, in a product that is summed after.
static bool isMatrixOfSummedProduct(linalg::LinalgOp op, OpOperand &use) {
  OpOperand &other = op->getOpOperand(1 - use.getOperandNumber());
  return isSummedProduct(op) && op.getMatchingIndexingMap(&other).getNumResults() == 1 && op.getRank(&use) == 2;
}

/// Whether every use of `value`, through views, is in the place of a weight (or looks rows up in it).
static bool hasOnlyParameterUses(Value value) {
  for (OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    if (isa<tensor::ExtractOp, tensor::GatherOp, tensor::DimOp>(user))
      continue;
    auto linalgOp = dyn_cast<linalg::LinalgOp>(user);
    if (linalgOp && linalgOp.getNumDpsInputs() == 2 && use.getOperandNumber() < 2 &&
        isMatrixOfSummedProduct(linalgOp, use))
      continue;
    if (linalgOp && linalgOp.getNumDpsInputs() > 1) {
      // A contraction that is the place of a weight was matched on that operand; any other place is an activation's.
      if (!(linalg::isaContractionOpInterface(linalgOp) || linalg::isaConvolutionOpInterface(linalgOp)) ||
          use.getOperandNumber() == (isa<linalg::MatvecOp>(user) ? 1u : 0u))
        return false;
      continue;
    }
    if (isa<linalg::LinalgOp, tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::ReshapeOp, tensor::CastOp,
            tensor::ExtractSliceOp, arith::ExtFOp, arith::TruncFOp>(user)) {
      if (linalgOp && (use.getOperandNumber() != 0 || linalgOp.getNumReductionLoops() != 0))
        return false;
      if (!llvm::all_of(user->getResults(), hasOnlyParameterUses))
        return false;
      continue;
    }
    if (!isa<func::CallOp>(user))
      return false;
  }
  return true;
}

/// What the callers of a private function pass for `argument`: each a constant, or an argument of theirs.
static bool callersPassParameters(func::FuncOp function, unsigned index) {
  auto uses = SymbolTable::getSymbolUses(function, function->getParentOp());
  if (!uses || uses->empty())
    return false;
  for (SymbolTable::SymbolUse use : *uses) {
    auto call = dyn_cast<func::CallOp>(use.getUser());
    if (!call)
      return false;
    Value value = getViewSource(call.getOperand(index));
    std::string reason;
    if (isa<BlockArgument>(value) ? !isa<FunctionOpInterface>(value.getParentBlock()->getParentOp())
                                  : !isComputedFromConstants(value, reason))
      return false;
  }
  return true;
}

static OperandSource classifyArgument(const ValueTrace &trace, BlockArgument argument, bool mayBeArgument) {
  OperandSource activation{OperandSource::Activation, WeightSourceKind::Argument, ""};
  auto function = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
  auto type = cast<RankedTensorType>(argument.getType());
  bool hasBatch = llvm::any_of(trace.labels, [](const DimLabel &label) { return label.role == DimRole::Batch; });
  if (!function || !mayBeArgument || hasBatch || !type.hasStaticShape() || type.getRank() < 2 ||
      !hasFloatElements(argument) || !hasOnlyParameterUses(argument))
    return activation;
  if (function.isPrivate() && !callersPassParameters(function, argument.getArgNumber()))
    return activation;
  return {OperandSource::Weight, WeightSourceKind::Argument, ""};
}

//===----------------------------------------------------------------------===//
// Computation on constants
//===----------------------------------------------------------------------===//

namespace {
/// Walks the backward slice of a value down to its leaves.
struct ConstantSlice {
  llvm::SmallPtrSet<Operation *, 16> visited;
  bool hasElements = false; ///< a leaf with more than one distinct element
  std::string reason;       ///< why the slice is no weight although all leaves are constants

  bool visitLeaf(Operation *op) {
    if (isa<lowp::WeightOp>(op)) {
      hasElements = true;
      return true;
    }
    if (Operation *global = lowp::getLoadedGlobal(op)) {
      reason = classifyGlobal(global).reason;
      hasElements = true;
      return true;
    }
    auto constant = dyn_cast<arith::ConstantOp>(op);
    if (!constant || !isa<ElementsAttr>(constant.getValue()))
      return false;
    reason = reason.empty() ? getUnreadableReason(constant.getValue()) : reason;
    auto dense = dyn_cast<DenseElementsAttr>(constant.getValue());
    if (dense && dense.isSplat())
      return true;
    hasElements = true;
    if (!hasFloatElements(constant.getResult()))
      reason = "the weight is already quantized (computed from stored integers)";
    return true;
  }

  bool visit(Value value) {
    if (!isa<ShapedType>(value.getType()))
      return visitScalar(value);
    Operation *op = value.getDefiningOp();
    if (!op) {
      Value init = getLoopInvariantInit(cast<BlockArgument>(value));
      return init && visit(init);
    }
    if (!visited.insert(op).second)
      return true;
    if (isa<lowp::WeightOp, arith::ConstantOp>(op) || lowp::getLoadedGlobal(op))
      return visitLeaf(op);
    if (isa<lowp::DequantizeOp, lowp::FakeQuantOp, quant::DequantizeCastOp>(op))
      reason = "the weight is already quantized";
    return visitOperands(op);
  }

  bool visitScalar(Value value) {
    Operation *op = value.getDefiningOp();
    return op && (!visited.insert(op).second || op->hasTrait<OpTrait::ConstantLike>() || visitOperands(op));
  }

  bool visitOperands(Operation *op) {
    if (!isPure(op))
      return false;
    SetVector<Value> captured;
    for (Region &region : op->getRegions())
      getUsedValuesDefinedAbove(region, region, captured);
    auto visitThis = [this](Value operand) { return visit(operand); };
    return llvm::all_of(op->getOperands(), visitThis) && llvm::all_of(captured, visitThis);
  }
};
} // namespace

bool quantopt::isComputedFromConstants(Value value, std::string &reason) {
  ConstantSlice slice;
  // A slice that an activation enters is one, whatever else it is computed from: a dequantized weight, say.
  if (!slice.visit(value) || !slice.hasElements)
    return false;
  reason = slice.reason;
  return true;
}

//===----------------------------------------------------------------------===//
// All together
//===----------------------------------------------------------------------===//

OperandSource quantopt::classifySource(const ValueTrace &trace, bool mayBeArgument) {
  if (auto argument = dyn_cast<BlockArgument>(trace.value))
    return classifyArgument(trace, argument, mayBeArgument);
  Operation *op = trace.value.getDefiningOp();
  if (isa<lowp::WeightOp>(op))
    return {OperandSource::Weight, WeightSourceKind::Store, ""};
  if (Operation *global = lowp::getLoadedGlobal(op))
    return classifyGlobal(global);
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    std::string reason = getUnreadableReason(constant.getValue());
    auto dense = dyn_cast<DenseElementsAttr>(constant.getValue());
    return {reason.empty() ? OperandSource::Weight : OperandSource::Refused, WeightSourceKind::Constant, reason,
            dense && dense.isSplat()};
  }
  std::string reason;
  bool isComputed = isComputedFromConstants(trace.value, reason);
  if (!reason.empty())
    return {OperandSource::Refused, WeightSourceKind::Computed, reason};
  return {isComputed ? OperandSource::Weight : OperandSource::Activation, WeightSourceKind::Computed, ""};
}
