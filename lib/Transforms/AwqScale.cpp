//===- AwqScale.cpp - Scale channels for the least rounding error ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The function runs once, a segment at a time. At each activation that planned
// contractions read, its second moments, and for a block's first contractions
// the block itself, judge every candidate; scales and clips are written into
// the IR when the run is over, so that the run sees the function as it was.
//
//===----------------------------------------------------------------------===//

#include "BlockOutput.h"
#include "ConstantRewrite.h"
#include "StagedContractions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Remarks.h"
#include "quant-opt/Calibration/CalibrationData.h"
#include "quant-opt/Numerics/Awq.h"
#include "quant-opt/Numerics/Hessian.h"
#include "quant-opt/Report/Report.h"
#include "quant-opt/Transforms/Passes.h"

namespace quantopt {
#define GEN_PASS_DEF_AWQSCALEPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

static remark::RemarkOpts getRemark() { return remark::RemarkOpts::name("awq-scale").category("quant"); }

static lowp::PlanAttr getPlan(Operation *op) {
  return op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
}

static StringRef stringifyFamily(AwqFamily family) { return family == AwqFamily::Duo ? "duo" : "activation"; }

namespace {
/// What was found for a group.
struct Finding {
  std::vector<unsigned> classes;
  /// Empty when no stop was made at the group's input.
  std::vector<float> scales;
  /// By member; empty without a clip search.
  std::vector<std::vector<uint8_t>> clips;
  AwqResult result;
  bool isJudgedByBlock = false;
};

struct AwqScale : quantopt::impl::AwqScalePassBase<AwqScale> {
  using AwqScalePassBase::AwqScalePassBase;

  void runOnOperation() override {
    FailureOr<func::FuncOp> main = getCalibratedFunction(getOperation(), function);
    if (failed(main) || failed(parseOptions()))
      return signalPassFailure();
    groups = findScaleGroups(*main, [](lowp::PlanAttr plan) { return bool(plan); });
    findings.assign(groups.size(), Finding());
    substitutes.clear();
    if (groups.empty())
      return;
    FailureOr<std::vector<Sample>> data =
        loadCalibrationSamples(*main, {calibText, calibData, tokenizer, samples, seqLen});
    if (failed(data) || failed(search(*main, *data)) || failed(apply()))
      signalPassFailure();
  }

private:
  AwqOptions options;
  std::vector<ScaleGroup> groups;
  std::vector<Finding> findings;
  /// Weights of the run that stand for others until it is over: original, substitute.
  std::vector<std::pair<Value, Value>> substitutes;

  LogicalResult parseOptions() {
    std::optional<AwqFamily> parsed = llvm::StringSwitch<std::optional<AwqFamily>>(family)
                                          .Case("activation", AwqFamily::Activation)
                                          .Case("duo", AwqFamily::Duo)
                                          .Case("both", AwqFamily::Both)
                                          .Default(std::nullopt);
    if (!parsed)
      return getOperation().emitError() << "awq-scale: family must be activation, duo or both, got '" << family << "'";
    if (gridSteps < 1 || gridSteps > 1000 || clipSteps > 255)
      return getOperation().emitError() << "awq-scale: grid-steps must lie in 1 to 1000 and clip-steps in 0 to 255";
    if (objective != "block" && objective != "output")
      return getOperation().emitError() << "awq-scale: objective must be block or output, got '" << objective << "'";
    options.family = *parsed;
    options.gridSteps = gridSteps;
    options.exhaustive = exhaustive;
    options.clipSteps = clipSteps;
    options.threads = threadCount;
    return success();
  }

  //===--------------------------------------------------------------------===//
  // Search
  //===--------------------------------------------------------------------===//

  LogicalResult search(func::FuncOp main, ArrayRef<Sample> data) {
    std::vector<ContractionStop> stops;
    llvm::DenseMap<Value, size_t> groupOfStop;
    for (auto [index, group] : llvm::enumerate(groups)) {
      const Contraction &first = group.members.front();
      findings[index].classes.resize(group.channels);
      std::string reason;
      FailureOr<ScaleFolding> folding = planScaling(group, reason);
      if (succeeded(folding))
        findings[index].classes = folding->getClasses();
      else
        refuse(group, reason);
      if (first.inputReduction.size() != 1 || !ownsWeights(group) ||
          !groupOfStop.try_emplace(first.input, index).second)
        continue;
      if (failed(checkSchemes(group)))
        return failure();
      stops.push_back({first.input, first.inputReduction[0], group.members});
    }
    BlockJudge judge(main, threadCount);
    LogicalResult result =
        runStops(main, stops, data, threadCount, "awq-scale", [&](ContractionStop &stop, ArrayRef<MatrixRef> inputs) {
          return visit(groupOfStop.lookup(stop.input), stop, inputs, data, judge);
        });
    for (auto [original, substitute] : substitutes) {
      substitute.replaceAllUsesWith(original);
      substitute.getDefiningOp()->erase();
    }
    return result;
  }

  void refuse(const ScaleGroup &group, StringRef reason) {
    remark::missed(group.members.front().op->getLoc(), getRemark())
        << (group.members.front().site + " keeps its activation: " + reason).str();
  }

  /// Everything that can be refused is refused before the first sample runs.
  LogicalResult checkSchemes(const ScaleGroup &group) {
    for (const Contraction &member : group.members) {
      std::string reason;
      if (failed(getBlockScheme(member, getPlan(member.op).getWeight(), reason)))
        return member.op->emitOpError() << getPlan(member.op).getSite().getValue() << ": " << reason;
    }
    return success();
  }

  LogicalResult visit(size_t index, ContractionStop &stop, ArrayRef<MatrixRef> inputs, ArrayRef<Sample> data,
                      BlockJudge &judge) {
    ScaleGroup &group = groups[index];
    Finding &finding = findings[index];
    Operation *anchor = group.members.front().op;
    std::string reason;
    FailureOr<GroupWeights> weights = readGroupWeights(group, reason);
    // A weight that cannot be read keeps its group as it is; what rounds it will say what to do.
    if (failed(weights))
      return refuse(group, reason), success();
    if (failed(checkFinite(stop, inputs)))
      return failure();
    HessianAccumulator accumulator(group.channels);
    accumulator.add(inputs, threadCount);
    OutputError moments(accumulator.take(), group.channels);

    bool isBlock = false;
    if (failed(prepareJudge(index, stop, inputs, data, judge, isBlock)))
      return failure();
    auto judgeBlock = [&](ArrayRef<std::vector<float>> rounded) -> llvm::Expected<double> {
      FailureOr<double> error = judge.judge(rounded);
      if (failed(error))
        return llvm::createStringError(llvm::inconvertibleErrorCode(), "its block cannot run");
      return *error;
    };
    std::vector<AwqCandidate> candidates = makeAwqCandidates(
        getChannelMeanMagnitude(inputs, threadCount), getRelativeMagnitude(weights->weights), finding.classes, options);
    llvm::Expected<AwqResult> result = searchAwqScales(weights->weights, moments, candidates, options,
                                                       isBlock ? AwqObjective(judgeBlock) : AwqObjective(), shortlist);
    if (!result)
      return anchor->emitOpError() << getPlan(anchor).getSite().getValue() << ": "
                                   << llvm::toString(result.takeError());
    finding.result = std::move(*result);
    finding.isJudgedByBlock = isBlock;
    finding.scales = finding.result.best.scales;
    return finish(group, finding, *weights, moments);
  }

  /// Readies `judge` where the objective is the block and there is one.
  LogicalResult prepareJudge(size_t index, const ContractionStop &stop, ArrayRef<MatrixRef> inputs,
                             ArrayRef<Sample> data, BlockJudge &judge, bool &isBlock) {
    std::optional<BlockSlice> slice;
    if (objective == "block")
      slice = findBlockSlice(groups, index);
    isBlock = slice && stop.channelDim == cast<RankedTensorType>(stop.input.getType()).getRank() - 1;
    if (!isBlock)
      return success();
    // The windows lie evenly over the data.
    std::vector<HostTensor> tensors;
    std::vector<Sample> arguments;
    size_t count = std::min<size_t>(std::max<unsigned>(searchSamples, 1), inputs.size());
    for (size_t i = 0; i < count; ++i) {
      size_t sample = i * inputs.size() / count;
      tensors.push_back(getInputTensor(stop, inputs[sample]));
      arguments.push_back(data[sample]);
    }
    return judge.prepare(groups[index], *slice, tensors, arguments);
  }

  /// The value at `stop` again, from its rows.
  static HostTensor getInputTensor(const ContractionStop &stop, MatrixRef rows) {
    auto type = cast<RankedTensorType>(stop.input.getType());
    SmallVector<int64_t> shape(type.getShape());
    int64_t known = 1;
    for (int64_t length : shape)
      known *= ShapedType::isDynamic(length) ? 1 : length;
    for (int64_t &length : shape)
      if (ShapedType::isDynamic(length))
        length = rows.rows * rows.cols / known;
    HostTensor tensor = HostTensor::allocate(shape, ElementKind::F32);
    for (int64_t row = 0; row < rows.rows; ++row)
      std::copy_n(rows.row(row), rows.cols, tensor.as<float>().begin() + row * rows.cols);
    return tensor;
  }

  /// Clips for the scales that were found, and what stands for the weights in the rest of the run.
  LogicalResult finish(ScaleGroup &group, Finding &finding, GroupWeights &weights, const OutputError &moments) {
    OutputError scaledMoments = moments.divideBy(finding.scales);
    for (auto [index, member] : llvm::enumerate(group.members)) {
      WeightMatrix &matrix = weights.matrices[index];
      for (int64_t i = 0; i < matrix.rows * matrix.cols; ++i)
        matrix.elements[i] *= finding.scales[i % matrix.cols];
      const AwqWeight &weight = weights.weights[index];
      if (clipSteps > 0 && weight.scheme.blockRows == 1) {
        auto clips = searchClips(weight, scaledMoments, options);
        if (!clips)
          return member.op->emitOpError()
                 << getPlan(member.op).getSite().getValue() << ": " << llvm::toString(clips.takeError());
        applyClips(matrix.elements, *clips, weight.scheme.asymmetric, clipSteps);
        finding.clips.push_back(std::move(*clips));
      } else {
        finding.clips.emplace_back();
      }
      if (propagateError && failed(substitute(member, matrix, weight.scheme, finding.scales)))
        return failure();
    }
    return success();
  }

  LogicalResult substitute(const Contraction &member, WeightMatrix &matrix, const BlockScheme &scheme,
                           ArrayRef<float> scales) {
    std::vector<float> ones(matrix.cols, 1.0f);
    llvm::Expected<std::vector<float>> rounded = roundScaled({matrix.getRef(), scheme}, ones, threadCount);
    if (!rounded)
      return member.op->emitOpError() << llvm::toString(rounded.takeError());
    matrix.elements = std::move(*rounded);
    for (int64_t i = 0; i < matrix.rows * matrix.cols; ++i)
      matrix.elements[i] /= scales[i % matrix.cols];
    FailureOr<Value> value = createConstantLike(member.weightSource, getSourceElements(member, matrix));
    if (failed(value))
      return failure();
    Value original = member.weightSource;
    original.replaceAllUsesWith(*value);
    substitutes.push_back({original, *value});
    return success();
  }

  //===--------------------------------------------------------------------===//
  // Rewrite
  //===--------------------------------------------------------------------===//

  LogicalResult apply() {
    for (size_t index = 0; index < groups.size(); ++index) {
      ScaleGroup &group = groups[index];
      const Finding &finding = findings[index];
      if (finding.scales.empty())
        continue;
      // A fold into this group's weights came after its own scales were found, so they are looked up again.
      std::string reason;
      FailureOr<ScaleFolding> folding = planScaling(group, reason);
      auto clip = [&](size_t member, MutableArrayRef<float> weight) {
        lowp::SchemeInterface scheme = getPlan(group.members[member].op).getWeight();
        if (!finding.clips[member].empty())
          applyClips(weight, finding.clips[member], !scheme.isSymmetric(), clipSteps);
      };
      if (failed(applyScales(group, succeeded(folding) ? &*folding : nullptr, finding.scales, clip)))
        return failure();
      for (auto [number, member] : llvm::enumerate(group.members))
        annotate(member, finding, number, succeeded(folding) ? folding->describe() : std::string("nothing"));
    }
    return success();
  }

  void annotate(const Contraction &member, const Finding &finding, size_t index, StringRef foldedInto) {
    Builder builder(&getContext());
    const AwqResult &result = finding.result;
    int64_t clipped = llvm::count_if(finding.clips[index], [](uint8_t step) { return step != 0; });
    addDetails(
        member.op,
        {builder.getNamedAttr("awq_error", builder.getF64FloatAttr(result.error)),
         builder.getNamedAttr("awq_unscaled_error", builder.getF64FloatAttr(result.plainError)),
         builder.getNamedAttr("awq_exponent", builder.getF64FloatAttr(result.best.exponent)),
         builder.getNamedAttr("awq_family", builder.getStringAttr(stringifyFamily(result.best.family))),
         builder.getNamedAttr("awq_objective", builder.getStringAttr(finding.isJudgedByBlock ? "block" : "output")),
         builder.getNamedAttr("awq_clipped_groups", builder.getI64IntegerAttr(clipped))});
    remark::passed(member.op->getLoc(), getRemark())
        << (member.site + " scaled into " + foldedInto).str() << remark::metric("error", result.error)
        << remark::metric("unscaled_error", result.plainError) << remark::metric("exponent", result.best.exponent);
  }
};
} // namespace
