//===- Calibrate.cpp - Statistics of the inputs of contractions -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "QuantizedWeight.h"
#include "StagedContractions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "quant-opt/Calibration/CalibrationData.h"
#include "quant-opt/Numerics/Observers.h"
#include "quant-opt/Transforms/Passes.h"

namespace quantopt {
#define GEN_PASS_DEF_CALIBRATEPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

namespace {
enum class Observer { AbsMax, MinMax, MovingAverage, Percentile, Entropy, SquaredError };

struct Calibrate : quantopt::impl::CalibratePassBase<Calibrate> {
  using CalibratePassBase::CalibratePassBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    FailureOr<Observer> observer = parseObserver();
    FailureOr<func::FuncOp> main = getCalibratedFunction(module, function);
    if (failed(observer) || failed(main))
      return signalPassFailure();
    std::vector<ContractionStop> stops = findPlannedStops(
        *main, [&](lowp::PlanAttr plan) { return !staticOnly || (plan.getInput() && !plan.getInput().isDynamic()); });
    if (stops.empty())
      return;
    FailureOr<std::vector<Sample>> data =
        loadCalibrationSamples(*main, {calibText, calibData, tokenizer, samples, seqLen});
    if (failed(data))
      return signalPassFailure();
    if (int64_t(data->size()) < minSamples) {
      module.emitError() << "calibrate: the data has " << data->size()
                         << " samples, fewer than min-samples=" << minSamples.getValue()
                         << "; give a longer text or more arrays";
      return signalPassFailure();
    }
    if (failed(runStops(
            *main, stops, *data, threadCount, "calibrate",
            [&](ContractionStop &stop, ArrayRef<MatrixRef> inputs) { return observe(stop, inputs, *observer); })))
      signalPassFailure();
  }

  FailureOr<Observer> parseObserver() {
    std::optional<Observer> parsed = llvm::StringSwitch<std::optional<Observer>>(observer)
                                         .Case("absmax", Observer::AbsMax)
                                         .Case("minmax", Observer::MinMax)
                                         .Case("moving-average", Observer::MovingAverage)
                                         .Case("percentile", Observer::Percentile)
                                         .Case("entropy", Observer::Entropy)
                                         .Case("mse", Observer::SquaredError)
                                         .Default(std::nullopt);
    if (!parsed) {
      getOperation().emitError()
          << "calibrate: observer must be absmax, minmax, moving-average, percentile, entropy or mse, got '" << observer
          << "'";
      return failure();
    }
    if (!(percentile > 0 && percentile <= 100) || !(averagingConstant > 0 && averagingConstant <= 1)) {
      getOperation().emitError() << "calibrate: percentile must lie in (0, 100] and averaging-constant in (0, 1]";
      return failure();
    }
    return *parsed;
  }

  LogicalResult observe(ContractionStop &stop, ArrayRef<MatrixRef> inputs, Observer kind) {
    ObserverOptions options;
    options.averagingConstant = float(averagingConstant);
    if (kind == Observer::Percentile) {
      options.percentile = percentile / 100;
      options.channelPercentiles = true;
    }
    options.histogram = kind == Observer::Entropy || kind == Observer::SquaredError;
    for (const MatrixRef &input : inputs)
      options.totalTokens += input.rows;
    llvm::Expected<ActivationStatistics> statistics = observeSamples(inputs, options, threadCount);
    if (!statistics)
      return stop.contractions.front().op->emitOpError()
             << "calibration of " << stop.contractions.front().site << ": " << llvm::toString(statistics.takeError())
             << "; calibrate on data that the float model can run";
    int64_t dead = statistics->getDeadChannels().size();
    if (maxDeadChannels >= 0 && dead > maxDeadChannels)
      return stop.contractions.front().op->emitOpError()
             << "calibration of " << stop.contractions.front().site << ": " << dead << " of "
             << statistics->getChannels()
             << " channels are 0 in every token, more than max-dead-channels=" << maxDeadChannels.getValue()
             << "; calibrate on more varied data";
    for (Contraction &contraction : stop.contractions)
      annotate(contraction.op, *statistics, kind);
    return success();
  }

  /// Where the codes of the planned input (int8 where it stays float) should end.
  static float chooseClip(Operation *op, const MagnitudeHistogram &histogram, Observer kind) {
    auto plan = op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
    CodeRange range = plan.getInput() ? getCodeRange(plan.getInput()) : CodeRange::integer(8);
    if (kind == Observer::SquaredError)
      return float(chooseSquaredErrorClip(histogram, range));
    // Levels of one sign; an 8-bit float has as many as an int8.
    unsigned bits = plan.getInput() ? plan.getInput().getStorageType().getIntOrFloatBitWidth() : 8;
    return float(chooseEntropyClip(histogram, 1u << (bits - 1)));
  }

  void annotate(Operation *op, const ActivationStatistics &statistics, Observer kind) {
    quantopt::ValueRange range = statistics.getRange();
    std::vector<float> channels = statistics.getChannelAbsMax();
    std::vector<quantopt::ValueRange> channelRanges;
    if (kind == Observer::MovingAverage) {
      range = statistics.getMovingRange();
      channelRanges = statistics.getMovingChannelRanges();
    } else if (kind == Observer::Percentile) {
      range = statistics.getPercentileRange();
      channelRanges = statistics.getPercentileChannelRanges();
    } else if (kind == Observer::AbsMax) {
      range = {-range.getAbsMax(), range.getAbsMax()};
    } else if (kind == Observer::Entropy || kind == Observer::SquaredError) {
      float clip = chooseClip(op, statistics.getHistogram(), kind);
      range = {std::max(range.min, -clip), std::min(range.max, clip)};
    }
    for (auto [channel, observed] : llvm::zip(channels, channelRanges))
      channel = observed.getAbsMax();

    Builder builder(op->getContext());
    auto type = RankedTensorType::get({int64_t(channels.size())}, builder.getF32Type());
    op->setAttr(
        LowPDialect::getStatsAttrName(),
        builder.getDictionaryAttr({
            builder.getNamedAttr("channel_absmax", DenseElementsAttr::get(type, ArrayRef<float>(channels))),
            builder.getNamedAttr("dead_channels", builder.getI64IntegerAttr(statistics.getDeadChannels().size())),
            builder.getNamedAttr("max", builder.getF32FloatAttr(range.max)),
            builder.getNamedAttr("min", builder.getF32FloatAttr(range.min)),
            builder.getNamedAttr("observer", builder.getStringAttr(observer)),
            builder.getNamedAttr("tokens", builder.getI64IntegerAttr(statistics.getTokens())),
        }));
  }
};
} // namespace
