//===- PrepareTensors.cpp - Tensor-level steps before bufferization -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

bool execution::isElementCopy(linalg::LinalgOp op) {
  if (isa<linalg::TransposeOp, linalg::BroadcastOp>(op))
    return true;
  auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
  if (!generic || generic.getNumDpsInputs() != 1 || generic.getNumDpsInits() != 1 ||
      generic.getNumParallelLoops() != generic.getNumLoops())
    return false;
  auto yield = cast<linalg::YieldOp>(generic.getBody()->getTerminator());
  return yield.getOperand(0) == generic.getBody()->getArgument(0) &&
         generic.getIndexingMapsArray()[0].isProjectedPermutation(/*allowZeroInResults=*/true);
}

namespace {

/// contract(transpose(x)) -> contract(x) with composed indexing maps: BLAS reads any strides, a broadcast is stride 0.
struct FoldCopyIntoContraction : public OpInterfaceRewritePattern<linalg::LinalgOp> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;
  LogicalResult matchAndRewrite(linalg::LinalgOp op, PatternRewriter &rewriter) const override {
    if (!op.hasPureTensorSemantics() || !linalg::isaContractionOpInterface(op))
      return failure();
    for (OpOperand *operand : op.getDpsInputOperands()) {
      auto copy = operand->get().getDefiningOp<linalg::LinalgOp>();
      if (!copy || !execution::isElementCopy(copy))
        continue;
      AffineMap outMap = copy.getIndexingMapsArray()[1];
      if (!outMap.isPermutation())
        continue;
      AffineMap sourceMap = copy.getIndexingMapsArray()[0];
      AffineMap map = op.getMatchingIndexingMap(operand);
      AffineMap composed = sourceMap.compose(inversePermutation(outMap)).compose(map);
      SmallVector<AffineMap> maps = op.getIndexingMapsArray();
      maps[operand->getOperandNumber()] = composed;
      // Every loop must still get its trip count from some operand.
      if (!inversePermutation(concatAffineMaps(maps, rewriter.getContext())))
        continue;
      replaceOperand(op, operand->getOperandNumber(), copy.getDpsInputOperand(0)->get(), maps, rewriter);
      return success();
    }
    return failure();
  }

private:
  static void replaceOperand(linalg::LinalgOp op, unsigned number, Value source, ArrayRef<AffineMap> maps,
                             PatternRewriter &rewriter) {
    SmallVector<Value> inputs = op.getDpsInputs();
    inputs[number] = source;
    auto generic = linalg::GenericOp::create(rewriter, op.getLoc(), op->getResultTypes(), inputs,
                                             SmallVector<Value>(op.getDpsInits()), maps, op.getIteratorTypesArray());
    rewriter.inlineRegionBefore(op->getRegion(0), generic.getRegion(), generic.getRegion().begin());
    rewriter.replaceOp(op, generic->getResults());
  }
};

/// Products of half floats are exact in f32, so a sum in f32 may as well read widened operands and go to BLAS.
struct WidenHalfContraction : public OpInterfaceRewritePattern<linalg::LinalgOp> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;
  LogicalResult matchAndRewrite(linalg::LinalgOp op, PatternRewriter &rewriter) const override {
    if (!op.hasPureTensorSemantics() || op.getNumDpsInputs() != 2 || !linalg::isaContractionOpInterface(op) ||
        !getElementTypeOrSelf(op->getResult(0).getType()).isF32())
      return failure();
    auto isHalf = [](Value v) { return isa<Float16Type, BFloat16Type>(getElementTypeOrSelf(v.getType())); };
    auto isFloat = [&](Value v) { return isHalf(v) || getElementTypeOrSelf(v.getType()).isF32(); };
    if (!llvm::all_of(op.getDpsInputs(), isFloat) || !llvm::any_of(op.getDpsInputs(), isHalf))
      return failure();
    SmallVector<Value> inputs;
    for (Value input : op.getDpsInputs())
      inputs.push_back(isHalf(input) ? widen(input, rewriter) : input);
    auto generic = linalg::GenericOp::create(
        rewriter, op.getLoc(), op->getResultTypes(), inputs, SmallVector<Value>(op.getDpsInits()),
        op.getIndexingMapsArray(), op.getIteratorTypesArray(), [](OpBuilder &b, Location loc, ValueRange args) {
          Value product = arith::MulFOp::create(b, loc, args[0], args[1]);
          Value sum = arith::AddFOp::create(b, loc, args[2], product);
          linalg::YieldOp::create(b, loc, sum);
        });
    rewriter.replaceOp(op, generic->getResults());
    return success();
  }

private:
  static Value widen(Value value, PatternRewriter &rewriter) {
    auto type = cast<RankedTensorType>(value.getType());
    Location loc = value.getLoc();
    Value empty =
        tensor::EmptyOp::create(rewriter, loc, tensor::getMixedSizes(rewriter, loc, value), rewriter.getF32Type());
    AffineMap identity = rewriter.getMultiDimIdentityMap(type.getRank());
    return linalg::GenericOp::create(
               rewriter, loc, empty.getType(), value, empty, ArrayRef<AffineMap>{identity, identity},
               SmallVector<utils::IteratorType>(type.getRank(), utils::IteratorType::parallel),
               [](OpBuilder &b, Location loc, ValueRange args) {
                 linalg::YieldOp::create(b, loc, arith::ExtFOp::create(b, loc, b.getF32Type(), args[0]).getResult());
               })
        .getResult(0);
  }
};

/// Softmax that the runtime has no function for.
struct DecomposeSoftmax : public OpRewritePattern<linalg::SoftmaxOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(linalg::SoftmaxOp op, PatternRewriter &rewriter) const override {
    auto type = dyn_cast<RankedTensorType>(op.getInput().getType());
    if (!type || (type.getElementType().isF32() && int64_t(op.getDimension()) == type.getRank() - 1))
      return failure();
    FailureOr<SmallVector<Value>> values = op.decomposeOperation(rewriter);
    if (failed(values))
      return failure();
    rewriter.replaceOp(op, *values);
    return success();
  }
};

/// Reshapes by a tensor of sizes as a collapse to one dimension and an expansion, which are views.
struct ReshapeThroughFlat : public OpRewritePattern<tensor::ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(tensor::ReshapeOp op, PatternRewriter &rewriter) const override {
    auto source = dyn_cast<RankedTensorType>(op.getSource().getType());
    auto result = dyn_cast<RankedTensorType>(op.getResult().getType());
    if (!source || !result)
      return rewriter.notifyMatchFailure(op, "unranked");
    Location loc = op.getLoc();
    Value flat = collapse(op.getSource(), source.getRank(), rewriter);
    SmallVector<OpFoldResult> sizes;
    for (int64_t i = 0; i < result.getRank(); ++i)
      sizes.push_back(result.isDynamicDim(i) ? OpFoldResult(readSize(op.getShape(), i, loc, rewriter))
                                             : OpFoldResult(rewriter.getIndexAttr(result.getDimSize(i))));
    if (result.getRank() == 0) {
      rewriter.replaceOpWithNewOp<tensor::CollapseShapeOp>(op, result, flat, ArrayRef<ReassociationIndices>{});
      return success();
    }
    // The flat size is only as static as both types make it.
    auto flatType = RankedTensorType::get({result.hasStaticShape() ? result.getNumElements() : ShapedType::kDynamic},
                                          result.getElementType());
    if (flat.getType() != flatType)
      flat = tensor::CastOp::create(rewriter, loc, flatType, flat);
    ReassociationIndices all(llvm::to_vector(llvm::seq<int64_t>(0, result.getRank())));
    rewriter.replaceOpWithNewOp<tensor::ExpandShapeOp>(op, result, flat, ArrayRef<ReassociationIndices>{all}, sizes);
    return success();
  }

private:
  static Value collapse(Value value, int64_t rank, PatternRewriter &rewriter) {
    if (rank == 1)
      return value;
    if (rank == 0) {
      auto type = RankedTensorType::get({1}, getElementTypeOrSelf(value.getType()));
      return tensor::ExpandShapeOp::create(rewriter, value.getLoc(), type, value, ArrayRef<ReassociationIndices>{});
    }
    ReassociationIndices all(llvm::to_vector(llvm::seq<int64_t>(0, rank)));
    return tensor::CollapseShapeOp::create(rewriter, value.getLoc(), value, ArrayRef<ReassociationIndices>{all});
  }

  static Value readSize(Value shape, int64_t index, Location loc, PatternRewriter &rewriter) {
    Value position = arith::ConstantIndexOp::create(rewriter, loc, index);
    Value size = tensor::ExtractOp::create(rewriter, loc, shape, position);
    return size.getType().isIndex()
               ? size
               : arith::IndexCastOp::create(rewriter, loc, rewriter.getIndexType(), size).getResult();
  }
};

/// Elementwise named ops as generics, so that chains of them fuse.
struct GeneralizeElementwise : public OpInterfaceRewritePattern<linalg::LinalgOp> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;
  LogicalResult matchAndRewrite(linalg::LinalgOp op, PatternRewriter &rewriter) const override {
    if (isa<linalg::GenericOp, linalg::FillOp>(op) || !op.hasPureTensorSemantics() ||
        op.getNumParallelLoops() != op.getNumLoops())
      return failure();
    return generalizeNamedOp(rewriter, op);
  }
};

/// A shared zero fill would be copied for all but one of its users; one of their own is cheaper and BLAS absorbs it.
static void privatizeFills(Operation *root) {
  SmallVector<linalg::LinalgOp> users;
  root->walk([&](linalg::LinalgOp op) { users.push_back(op); });
  for (linalg::LinalgOp op : users) {
    if (!op.hasPureTensorSemantics())
      continue;
    for (OpOperand &init : op.getDpsInitsMutable()) {
      auto fill = init.get().getDefiningOp<linalg::FillOp>();
      if (!fill || (fill->getBlock() == op->getBlock() && fill->hasOneUse() && fill->getNextNode() == op))
        continue;
      OpBuilder builder(op);
      Value output = fill.getOutputs()[0];
      if (auto empty = output.getDefiningOp<tensor::EmptyOp>())
        output = builder.clone(*empty)->getResult(0);
      else
        continue;
      Operation *copy = builder.clone(*fill);
      copy->setOperand(1, output);
      init.set(copy->getResult(0));
    }
  }
}

struct PrepareTensors : public PassWrapper<PrepareTensors, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(PrepareTensors)
  StringRef getArgument() const override { return "quantopt-prepare-tensors"; }
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FoldCopyIntoContraction, WidenHalfContraction, DecomposeSoftmax, ReshapeThroughFlat,
                 GeneralizeElementwise>(&getContext());
    tensor::populateDecomposeTensorConcatPatterns(patterns);
    populateMathAlgebraicSimplificationPatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();
    privatizeFills(getOperation());
  }
};

/// Joins chains of elementwise ops. A contraction or reduction is never a consumer: fused into one, BLAS would not
/// find it, and a broadcast consumer would repeat the work.
struct FuseElementwise : public PassWrapper<FuseElementwise, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(FuseElementwise)
  StringRef getArgument() const override { return "quantopt-fuse-elementwise"; }
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    linalg::populateElementwiseOpsFusionPatterns(patterns, [](OpOperand *operand) {
      auto consumer = dyn_cast<linalg::GenericOp>(operand->getOwner());
      auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
      return consumer && producer && consumer.getNumParallelLoops() == consumer.getNumLoops() &&
             producer->hasOneUse() && consumer.getMatchingIndexingMap(operand).isPermutation();
    });
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

std::unique_ptr<Pass> execution::createPrepareTensorsPass() { return std::make_unique<PrepareTensors>(); }
std::unique_ptr<Pass> execution::createFuseElementwisePass() { return std::make_unique<FuseElementwise>(); }
