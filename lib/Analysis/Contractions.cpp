//===- Contractions.cpp - Quantizable contractions of a function ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Analysis/Contractions.h"
#include "Attention.h"
#include "WeightSource.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// The shape of a contraction
//===----------------------------------------------------------------------===//

namespace {
/// Loops and operand maps of a sum of products. A product and a sum that are ops of their own count as one.
struct SumOfProducts {
  linalg::LinalgOp op;
  llvm::SmallBitVector reduced; ///< by loop
  SmallVector<int64_t> lengths; ///< by loop
  bool isFused = true;

  AffineMap getMap(unsigned operand) const { return linalg::LinalgOp(op).getIndexingMapsArray()[operand]; }
};
} // namespace

/// Whether the body multiplies its two inputs (through casts) and adds the product to the output.
template <typename MulOp, typename AddOp> static bool hasBody(linalg::LinalgOp op) {
  // Upstream's match goes through any function of one argument, an exponential included.
  bool isPlain = llvm::all_of(op.getBlock()->without_terminator(),
                              [](Operation &inner) { return isa<MulOp, AddOp, CastOpInterface>(&inner); });
  return isPlain && linalg::detail::isContractionBody(*op.getBlock(), [](Operation *mul, Operation *add) {
           return isa<MulOp>(mul) && isa<AddOp>(add);
         });
}

/// Loop lengths, static where any operand shows one.
static SmallVector<int64_t> getLoopLengths(linalg::LinalgOp op) {
  SmallVector<int64_t> lengths(op.getNumLoops(), ShapedType::kDynamic);
  for (OpOperand &operand : op->getOpOperands())
    for (auto [expr, length] : llvm::zip_equal(op.getMatchingIndexingMap(&operand).getResults(), op.getShape(&operand)))
      if (auto dim = dyn_cast<AffineDimExpr>(expr); dim && !ShapedType::isDynamic(length))
        lengths[dim.getPosition()] = length;
  return lengths;
}

static bool isCandidate(linalg::LinalgOp op) {
  return op.getNumDpsInputs() >= 2 && op.getNumDpsInits() == 1 && op.hasPureTensorSemantics();
}

/// The generic that sums the elements of `product` and does nothing else; `reduced` are the dimensions it sums.
static bool isSummed(Value product, llvm::SmallBitVector &reduced) {
  if (!product.hasOneUse())
    return false;
  auto sum = dyn_cast<linalg::LinalgOp>(*product.user_begin());
  if (!sum || sum.getNumDpsInputs() != 1 || sum.getNumDpsInits() != 1 || sum.getNumReductionLoops() == 0)
    return false;
  Block &body = *sum.getBlock();
  auto add = dyn_cast_or_null<arith::AddFOp>(body.getTerminator()->getOperand(0).getDefiningOp());
  AffineMap map = sum.getMatchingIndexingMap(sum.getDpsInputOperand(0));
  if (!add || std::distance(body.begin(), body.end()) > 3 || !map.isPermutation())
    return false;
  reduced.resize(map.getNumResults());
  for (unsigned dim = 0; dim < map.getNumResults(); ++dim)
    reduced[dim] = sum.getIteratorTypesArray()[map.getDimPosition(dim)] == utils::IteratorType::reduction;
  return true;
}

/// aten.mv and its like: an elementwise product of which the only user is a sum.
static bool matchProductThenSum(linalg::LinalgOp op, SumOfProducts &result) {
  if (!isa<linalg::GenericOp, linalg::MapOp, linalg::MulOp, linalg::ElementwiseOp>(op) || !isCandidate(op) ||
      op.getNumDpsInputs() != 2 || op.getNumParallelLoops() != op.getNumLoops())
    return false;
  auto mul = dyn_cast_or_null<arith::MulFOp>(op.getBlock()->getTerminator()->getOperand(0).getDefiningOp());
  AffineMap out = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  llvm::SmallBitVector reducedDims;
  if (!mul || !out.isPermutation() || mul.getLhs() == mul.getRhs() || op.hasIndexSemantics() ||
      !isSummed(op->getResult(0), reducedDims))
    return false;
  for (Operation &inner : op.getBlock()->without_terminator())
    if (!isa<arith::MulFOp, arith::ExtFOp, arith::TruncFOp>(inner) || (&inner != mul && isa<arith::MulFOp>(inner)))
      return false;
  result = {op, llvm::SmallBitVector(op.getNumLoops()), getLoopLengths(op), /*isFused=*/false};
  for (unsigned dim = 0; dim < out.getNumResults(); ++dim)
    if (reducedDims.test(dim))
      result.reduced.set(out.getDimPosition(dim));
  return true;
}

bool quantopt::isSummedProduct(linalg::LinalgOp op) {
  SumOfProducts unused;
  return matchProductThenSum(op, unused);
}

static bool isInteger(linalg::LinalgOp op) {
  return llvm::all_of(op.getDpsInputs(),
                      [](Value input) { return isa<IntegerType>(getElementTypeOrSelf(input.getType())); });
}

/// Success: `result` is set. Failure with an empty reason: no contraction at all.
static LogicalResult matchSumOfProducts(linalg::LinalgOp op, SumOfProducts &result, std::string &reason) {
  if (!isCandidate(op) || op.getNumReductionLoops() == 0)
    return success(matchProductThenSum(op, result));
  bool isQuantizedOp = op.getNumDpsInputs() > 2 && isInteger(op) &&
                       (isa<linalg::ContractionOpInterface, linalg::ConvolutionOpInterface>(*op) ||
                        StringRef(op->getName().stripDialect()).contains("quantized"));
  if (isQuantizedOp || hasBody<arith::MulIOp, arith::AddIOp>(op)) {
    reason = "an integer contraction: already quantized, or no weights at all";
    return failure();
  }
  if (hasBody<complex::MulOp, complex::AddOp>(op)) {
    reason = "a contraction of complex numbers";
    return failure();
  }
  if (op.getNumDpsInputs() != 2 || !hasBody<arith::MulFOp, arith::AddFOp>(op))
    return failure();
  result = {op, llvm::SmallBitVector(op.getNumLoops()), getLoopLengths(op)};
  for (auto [loop, iterator] : llvm::enumerate(op.getIteratorTypesArray()))
    if (iterator == utils::IteratorType::reduction)
      result.reduced.set(loop);
  return success();
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

/// Labels of an operand's dimensions; `isWindow` if a dimension is indexed by more than a loop.
static SmallVector<DimLabel> getLabels(const SumOfProducts &sum, unsigned operand, bool &isWindow) {
  AffineMap map = sum.getMap(operand), other = sum.getMap(1 - operand);
  SmallVector<DimLabel> labels;
  isWindow = false;
  for (AffineExpr expr : map.getResults()) {
    DimLabel label;
    if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
      unsigned loop = dim.getPosition();
      label.role = sum.reduced.test(loop)        ? DimRole::Reduction
                   : other.isFunctionOfDim(loop) ? DimRole::Batch
                                                 : DimRole::Output;
      label.order = {int64_t(loop)};
    } else if (!isa<AffineConstantExpr>(expr)) {
      isWindow = true;
      int64_t first = sum.reduced.find_first();
      for (int64_t loop : sum.reduced.set_bits())
        if (expr.isFunctionOfDim(loop))
          first = loop;
      label.role = DimRole::Window;
      label.order = {first};
    }
    labels.push_back(std::move(label));
  }
  return labels;
}

namespace {
struct TracedOperand {
  ValueTrace trace;
  OperandSource source;
  bool isWindow = false;
};
} // namespace

/// Whether the operand is where a layer keeps its weight: right of a product, left of a vector, a convolution's filter.
static bool isWeightPlace(const SumOfProducts &sum, unsigned operand, bool otherIsWindow) {
  auto rank = [&](unsigned index) { return sum.getMap(index).getNumResults(); };
  if (otherIsWindow)
    return true;
  if (operand == 0)
    return rank(1) == 1 && rank(0) == 2;
  return true;
}

static bool isHighPrecision(Value operand) {
  Type element = getElementTypeOrSelf(operand.getType());
  return isa<FloatType>(element) && element.getIntOrFloatBitWidth() >= 16;
}

static TracedOperand traceOperand(const SumOfProducts &sum, unsigned operand) {
  TracedOperand result;
  result.trace.value = sum.op->getOperand(operand);
  result.trace.labels = getLabels(sum, operand, result.isWindow);
  if (isHighPrecision(result.trace.value))
    traceUpstream(result.trace, TraceKind::Weight);
  return result;
}

/// A dimension that both operands have, but one only by repetition, is an output of the other.
static void relabelBroadcast(ValueTrace &trace, const ValueTrace &other) {
  for (DimLabel &label : trace.labels)
    if (std::optional<int64_t> loop = label.getLoop();
        label.role == DimRole::Batch && loop && llvm::is_contained(other.broadcastLoops, *loop))
      label.role = DimRole::Output;
}

static void classify(const SumOfProducts &sum, unsigned index, TracedOperand &operand, bool otherIsWindow) {
  if (!isHighPrecision(sum.op->getOperand(index))) {
    operand.source = {OperandSource::Refused, WeightSourceKind::Constant,
                      "an operand has elements of a low-precision type: already quantized"};
    return;
  }
  operand.source = classifySource(operand.trace, isWeightPlace(sum, index, otherIsWindow));
  if (operand.source.kind == OperandSource::Weight && operand.isWindow)
    operand.source = {OperandSource::Refused, WeightSourceKind::Constant, "a convolution over a constant image"};
}

/// The reason why no operand can be quantized as a weight; -1 in `weight` then.
static std::string chooseWeight(const TracedOperand (&operands)[2], int &weight) {
  weight = -1;
  for (const TracedOperand &operand : operands)
    if (operand.source.kind == OperandSource::Refused)
      return operand.source.reason;
  bool isWeight[2];
  for (int i : {0, 1})
    isWeight[i] = operands[i].source.kind == OperandSource::Weight;
  // A splat opposite a weight is a state at its start, or a mask: the activation.
  for (int i : {0, 1})
    isWeight[i] &= !(operands[i].source.isSplat && !operands[1 - i].source.isSplat &&
                     operands[1 - i].source.kind == OperandSource::Weight);
  if (isWeight[0] && isWeight[1]) {
    // A constant is surely a weight; an argument opposite it is then the activation.
    bool isArgument[2];
    for (int i : {0, 1})
      isArgument[i] = operands[i].source.weightKind == WeightSourceKind::Argument;
    if (isArgument[0] == isArgument[1])
      return "both operands are constants: the product is a constant";
    weight = isArgument[0] ? 1 : 0;
    return "";
  }
  if (!isWeight[0] && !isWeight[1])
    return "both operands are activations";
  weight = isWeight[0] ? 0 : 1;
  return "";
}

/// Empty when the lengths make sense for a layer.
static std::string checkLengths(const SumOfProducts &sum, unsigned weight, const ValueTrace &source,
                                Contraction &contraction) {
  AffineMap map = sum.getMap(weight);
  if (!map.isProjectedPermutation(/*allowZeroInResults=*/true))
    return "the weight is not indexed by plain loops";
  contraction.inFeatures = 1;
  for (int64_t loop : sum.reduced.set_bits()) {
    if (!map.isFunctionOfDim(loop))
      return "a reduced loop does not index the weight";
    if (ShapedType::isDynamic(sum.lengths[loop]))
      return "the length of the reduction is not static";
    contraction.inFeatures *= sum.lengths[loop];
  }
  auto type = cast<RankedTensorType>(source.value.getType());
  if (!type.hasStaticShape())
    return "the weight has no static shape";
  contraction.outFeatures = 1;
  for (auto [dim, label] : llvm::enumerate(source.labels))
    if (label.role != DimRole::Reduction)
      contraction.outFeatures *= type.getDimSize(dim);
  if (contraction.inFeatures == 0 || contraction.outFeatures == 0)
    return "nothing is computed: a dimension of the weight has length 0";
  if (contraction.inFeatures == 1)
    return "nothing is summed (the reduction has length 1): an outer product such as RoPE's, no layer";
  if (!sum.isFused && llvm::none_of(llvm::enumerate(source.labels), [&](auto entry) {
        return entry.value().role == DimRole::Output && type.getDimSize(entry.index()) > 1;
      }))
    return "not a layer";
  return "";
}

static FailureOr<Contraction> analyze(linalg::LinalgOp op, std::string &reason) {
  reason.clear();
  SumOfProducts sum;
  if (failed(matchSumOfProducts(op, sum, reason)))
    return failure();
  TracedOperand operands[2] = {traceOperand(sum, 0), traceOperand(sum, 1)};
  for (int i : {0, 1}) {
    relabelBroadcast(operands[i].trace, operands[1 - i].trace);
    classify(sum, i, operands[i], operands[1 - i].isWindow);
  }
  int weight;
  reason = chooseWeight(operands, weight);
  Contraction result;
  if (reason.empty())
    reason = checkLengths(sum, weight, operands[weight].trace, result);
  if (reason.empty() && operands[weight].source.weightKind == WeightSourceKind::Argument &&
      isAttentionOverArguments(op))
    reason = "both operands are activations: attention over function arguments";
  if (reason.empty() && isOneHot(operands[1 - weight].trace.value))
    reason = "an embedding lookup spelled as a product with one-hot rows: embeddings stay float";
  if (!reason.empty()) {
    // A product and a sum that are no layer are just a product and a sum.
    if (!sum.isFused)
      reason.clear();
    return failure();
  }
  result.op = op;
  result.weightOperand = weight;
  result.inputOperand = 1 - weight;
  result.isConvolution = operands[1 - weight].isWindow;
  ValueTrace &source = operands[weight].trace;
  result.weightSource = source.value;
  result.sourceKind = operands[weight].source.weightKind;
  result.weightReduction = getReductionDims(source);
  result.weightPath.assign(source.path.rbegin(), source.path.rend());
  bool isWindow;
  ValueTrace input{op->getOperand(1 - weight), getLabels(sum, 1 - weight, isWindow), {}, {}};
  result.input = input.value;
  result.inputReduction = getReductionDims(input);
  traceUpstream(input, TraceKind::Input);
  result.sharedInput = input.value;
  result.sharedReduction = getReductionDims(input);
  return result;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

static StringRef findName(Location loc) {
  if (auto name = dyn_cast<NameLoc>(loc))
    return name.getName();
  if (auto call = dyn_cast<CallSiteLoc>(loc))
    return findName(call.getCallee());
  if (auto fused = dyn_cast<FusedLoc>(loc))
    for (Location inner : fused.getLocations())
      if (StringRef name = findName(inner); !name.empty())
        return name;
  return "";
}

/// lowp.site, the key of the weight, the name of the location, or `<op>.<ordinal>`.
static std::string nameSite(const Contraction &contraction, unsigned ordinal) {
  if (auto site = contraction.op->getAttrOfType<StringAttr>(lowp::LowPDialect::getSiteAttrName()))
    return site.str();
  StringRef key;
  Operation *source = contraction.weightSource.getDefiningOp();
  if (auto weight = dyn_cast_or_null<lowp::WeightOp>(source))
    key = weight.getKey().getLeafReference();
  else if (Operation *global = source ? lowp::getLoadedGlobal(source) : nullptr)
    key = cast<SymbolOpInterface>(global).getName();
  key.consume_back(".weight");
  if (key.empty())
    key = findName(contraction.op->getLoc());
  if (!key.empty())
    return key.str();
  return (contraction.op->getName().stripDialect() + "." + Twine(ordinal)).str();
}

FailureOr<Contraction> quantopt::analyzeContraction(linalg::LinalgOp op, std::string &reason) {
  FailureOr<Contraction> result = analyze(op, reason);
  if (failed(result))
    return failure();
  // The name depends on the contractions before this one.
  auto function = op->getParentOfType<FunctionOpInterface>();
  if (!function) {
    result->site = nameSite(*result, 0);
    return result;
  }
  for (Contraction &contraction : findContractions(function))
    if (contraction.op == op)
      result->site = contraction.site;
  return result;
}

std::vector<Contraction> quantopt::findContractions(FunctionOpInterface function,
                                                    llvm::function_ref<void(linalg::LinalgOp, StringRef)> onSkip) {
  std::vector<Contraction> contractions;
  llvm::StringMap<unsigned> ordinals;
  llvm::StringSet<> sites;
  function->walk<WalkOrder::PreOrder>([&](linalg::LinalgOp op) {
    std::string reason;
    FailureOr<Contraction> contraction = analyze(op, reason);
    if (failed(contraction)) {
      if (onSkip && !reason.empty())
        onSkip(op, reason);
      return;
    }
    std::string name = nameSite(*contraction, ordinals[op->getName().getStringRef()]++);
    contraction->site = name;
    for (unsigned copy = 1; !sites.insert(contraction->site).second; ++copy)
      contraction->site = (name + "#" + Twine(copy)).str();
    contractions.push_back(std::move(*contraction));
  });
  return contractions;
}

Value quantopt::getViewSource(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type)
    return value;
  ValueTrace trace{value, SmallVector<DimLabel>(type.getRank()), {}, {}};
  traceUpstream(trace, TraceKind::Weight);
  return trace.value;
}
