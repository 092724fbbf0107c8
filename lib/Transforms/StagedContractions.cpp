//===- StagedContractions.cpp - Inputs of contractions, one by one --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StagedContractions.h"
#include "quant-opt/Numerics/Codecs.h"
#include "quant-opt/Report/Progress.h"
#include "llvm/ADT/MapVector.h"
#include <cmath>

using namespace mlir;
using namespace quantopt;

std::vector<ContractionStop> quantopt::findPlannedStops(func::FuncOp function,
                                                        llvm::function_ref<bool(lowp::PlanAttr)> wants) {
  llvm::MapVector<Value, ContractionStop> stops;
  for (Contraction &contraction : findContractions(function)) {
    auto plan = contraction.op->getAttrOfType<lowp::PlanAttr>(lowp::LowPDialect::getPlanAttrName());
    if (!plan || !wants(plan) || contraction.isConvolution || contraction.inputReduction.size() != 1)
      continue;
    ContractionStop &stop = stops[contraction.input];
    // Two contractions may read one value along different dimensions; the first decides, the other keeps its plan
    // for a pass that needs no inputs.
    if (!stop.contractions.empty() && stop.channelDim != contraction.inputReduction[0])
      continue;
    stop.input = contraction.input;
    stop.channelDim = contraction.inputReduction[0];
    stop.contractions.push_back(contraction);
  }
  std::vector<ContractionStop> result;
  for (auto &[value, stop] : stops)
    result.push_back(std::move(stop));
  return result;
}

/// The elements of a float tensor as f32, converted into `storage` when they are of another width.
static ArrayRef<float> getFloats(const HostTensor &tensor, std::vector<float> &storage) {
  if (tensor.getKind() == ElementKind::F32)
    return tensor.as<float>();
  storage.resize(tensor.getNumElements());
  if (tensor.getKind() == ElementKind::F64)
    llvm::copy(tensor.as<double>(), storage.begin());
  else if (tensor.getKind() == ElementKind::F16)
    decodeF16(tensor.as<uint16_t>(), storage);
  else
    decodeBF16(tensor.as<uint16_t>(), storage);
  return storage;
}

/// `tensor` as float rows of its channel dimension; `storage` holds them when they do not lie so in memory.
static MatrixRef getTokenMatrix(const HostTensor &tensor, int64_t channelDim, std::vector<float> &storage) {
  ArrayRef<int64_t> shape = tensor.getShape();
  int64_t outer = 1, channels = shape[channelDim], inner = 1;
  for (int64_t length : shape.take_front(channelDim))
    outer *= length;
  for (int64_t length : shape.drop_front(channelDim + 1))
    inner *= length;
  ArrayRef<float> data = getFloats(tensor, storage);
  if (inner == 1)
    return MatrixRef(data.data(), outer, channels);
  std::vector<float> rows(data.size());
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t c = 0; c < channels; ++c)
      for (int64_t i = 0; i < inner; ++i)
        rows[(o * inner + i) * channels + c] = data[(o * channels + c) * inner + i];
  storage = std::move(rows);
  return MatrixRef(storage.data(), outer * inner, channels);
}

namespace {
/// The samples' values at a stop as matrices.
struct TokenMatrices {
  std::vector<std::vector<float>> storage;
  SmallVector<MatrixRef> matrices;

  TokenMatrices(ArrayRef<HostTensor> tensors, int64_t channelDim) : storage(tensors.size()) {
    for (auto [tensor, buffer] : llvm::zip_equal(tensors, storage))
      matrices.push_back(getTokenMatrix(tensor, channelDim, buffer));
  }
};

/// Values that a stop which comes later wants to see.
class WantedValues {
public:
  explicit WantedValues(ArrayRef<ContractionStop> stops) {
    for (const ContractionStop &stop : stops)
      if (stop.wanted)
        ++readers[stop.wanted];
  }
  void keep(Value value, ArrayRef<HostTensor> tensors) {
    if (readers.lookup(value))
      kept[value] = tensors.vec();
  }
  ArrayRef<HostTensor> get(Value value) const { return kept.find(value)->second; }
  void release(Value value) {
    if (--readers[value] == 0)
      kept.erase(value);
  }

private:
  llvm::DenseMap<Value, unsigned> readers;
  llvm::DenseMap<Value, std::vector<HostTensor>> kept;
};
} // namespace

/// Values where a run stops for `stops`. Fails with an error on one that has no floats.
static FailureOr<SmallVector<Value>> getStopValues(ArrayRef<ContractionStop> stops, StringRef label) {
  SmallVector<Value> values;
  for (const ContractionStop &stop : stops) {
    Type element = cast<RankedTensorType>(stop.input.getType()).getElementType();
    if (!element.isF64() && !element.isF32() && !element.isF16() && !element.isBF16())
      return stop.contractions.front().op->emitOpError()
             << label << " needs f64, f32, f16 or bf16 inputs, this one is " << stop.input.getType()
             << "; leave the site float with ignore";
    values.push_back(stop.input);
    if (stop.wanted)
      values.push_back(stop.wanted);
  }
  return values;
}

LogicalResult quantopt::runStopsBeside(
    func::FuncOp function, MutableArrayRef<ContractionStop> stops, ArrayRef<Sample> samples, unsigned threads,
    StringRef label,
    llvm::function_ref<LogicalResult(ContractionStop &, ArrayRef<MatrixRef>, ArrayRef<MatrixRef>)> visit) {
  FailureOr<SmallVector<Value>> values = getStopValues(stops, label);
  if (failed(values))
    return failure();
  WantedValues wantedValues(stops);
  Progress progress(label);
  StagedRun run(function, *values, {threads});
  run.setProgress([&](size_t done, size_t total) { progress.update(done, total); });
  return run.run(
      samples,
      [&](Value value, ArrayRef<HostTensor> tensors) -> LogicalResult {
        wantedValues.keep(value, tensors);
        auto stop = llvm::find_if(stops, [&](const ContractionStop &s) { return s.input == value; });
        if (stop == stops.end())
          return success();
        TokenMatrices inputs(tensors, stop->channelDim);
        if (!stop->wanted)
          return visit(*stop, inputs.matrices, {});
        TokenMatrices wanted(wantedValues.get(stop->wanted), stop->channelDim);
        LogicalResult result = visit(*stop, inputs.matrices, wanted.matrices);
        wantedValues.release(stop->wanted);
        return result;
      },
      /*onResult=*/nullptr);
}

LogicalResult quantopt::runStops(func::FuncOp function, MutableArrayRef<ContractionStop> stops,
                                 ArrayRef<Sample> samples, unsigned threads, StringRef label,
                                 llvm::function_ref<LogicalResult(ContractionStop &, ArrayRef<MatrixRef>)> visit) {
  return runStopsBeside(
      function, stops, samples, threads, label,
      [&](ContractionStop &stop, ArrayRef<MatrixRef> inputs, ArrayRef<MatrixRef>) { return visit(stop, inputs); });
}

std::vector<float> quantopt::pickTokens(ArrayRef<MatrixRef> inputs, int64_t limit, int64_t &count) {
  int64_t total = 0, channels = inputs.front().cols;
  for (const MatrixRef &input : inputs)
    total += input.rows;
  count = std::min<int64_t>(total, std::max<int64_t>(limit, 1));
  std::vector<float> tokens;
  tokens.reserve(count * channels);
  size_t sample = 0;
  int64_t before = 0;
  for (int64_t i = 0; i < count; ++i) {
    int64_t row = i * total / count;
    while (row - before >= inputs[sample].rows)
      before += inputs[sample++].rows;
    const float *from = inputs[sample].row(row - before);
    tokens.insert(tokens.end(), from, from + channels);
  }
  return tokens;
}

LogicalResult quantopt::checkFinite(const ContractionStop &stop, ArrayRef<MatrixRef> inputs) {
  for (auto [sample, input] : llvm::enumerate(inputs))
    for (int64_t token = 0; token < input.rows; ++token)
      for (auto [channel, value] : llvm::enumerate(ArrayRef(input.row(token), input.cols)))
        if (!std::isfinite(value)) {
          linalg::LinalgOp op = stop.contractions.front().op;
          auto plan = op->getAttrOfType<lowp::PlanAttr>(lowp::LowPDialect::getPlanAttrName());
          return op.emitOpError() << "input of " << plan.getSite().getValue() << " is " << value << " in sample "
                                  << sample << ", token " << token << ", channel " << channel
                                  << "; calibrate on data that the float model can run";
        }
  return success();
}
