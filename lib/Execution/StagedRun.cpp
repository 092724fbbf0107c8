//===- StagedRun.cpp - All samples through one segment after another ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Liveness.h"
#include "Segment.h"
#include <atomic>

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

namespace {

/// A segment with the values it reads and gives.
struct Step {
  SmallVector<Value> inputs, outputs;
  Segment segment;
};

/// One call of StagedRun::run.
class Runner {
public:
  Runner(func::FuncOp function, Compiler &compiler, const ExecutionOptions &options, ArrayRef<Sample> samples,
         std::vector<std::optional<Step>> &kept)
      : function(function), compiler(compiler), options(options), samples(samples), kept(kept) {
    uniform = llvm::all_of(samples, [&](const Sample &sample) {
      return llvm::all_of_zip(sample, samples.front(),
                              [](const HostTensor &a, const HostTensor &b) { return a.getShape() == b.getShape(); });
    });
  }

  /// Computes `outputs` for each sample, and keeps what `later` targets read.
  LogicalResult advance(size_t number, ArrayRef<Value> outputs, ArrayRef<Target> later,
                        StagedRun::ResultVisitor onResult);
  /// The value at a stop, for each sample.
  std::vector<HostTensor> getValues(Value stop) const;

private:
  HostTensor getValue(Value value, size_t sample) const {
    if (auto argument = dyn_cast<BlockArgument>(value))
      return samples[sample][argument.getArgNumber()];
    return values.find(value)->second[sample];
  }
  bool isAvailable(Value value) const { return isa<BlockArgument>(value) || values.count(value); }
  FailureOr<Step *> prepare(size_t number, ArrayRef<Value> outputs, ArrayRef<Target> later);
  LogicalResult runSamples(const Step &step, const llvm::SetVector<Value> &live, StagedRun::ResultVisitor onResult);

  func::FuncOp function;
  Compiler &compiler;
  const ExecutionOptions &options;
  ArrayRef<Sample> samples;
  std::vector<std::optional<Step>> &kept;
  std::optional<Step> current;
  bool uniform = true;
  DenseMap<Value, std::vector<HostTensor>> values;
};

} // namespace

FailureOr<Step *> Runner::prepare(size_t number, ArrayRef<Value> outputs, ArrayRef<Target> later) {
  if (options.keepSegments && kept[number])
    return &*kept[number];
  auto available = [&](Value value) { return isAvailable(value); };
  Slice slice = computeSlice(outputs, available);
  SmallVector<Value> all(outputs);
  for (Value value : findLiveValues(function, later, slice, available))
    if (slice.contains(value) && !llvm::is_contained(all, value))
      all.push_back(value);
  SmallVector<HostTensor> example;
  if (uniform && !options.keepSegments)
    for (Value input : slice.inputs)
      example.push_back(getValue(input, 0));
  FailureOr<Segment> segment = Segment::create(function, slice.inputs.getArrayRef(), all, example, compiler);
  if (failed(segment))
    return failure();
  std::optional<Step> &place = options.keepSegments ? kept[number] : current;
  place = Step{SmallVector<Value>(slice.inputs.getArrayRef()), all, std::move(*segment)};
  return &*place;
}

LogicalResult Runner::runSamples(const Step &step, const llvm::SetVector<Value> &live,
                                 StagedRun::ResultVisitor onResult) {
  if (!onResult)
    for (Value output : step.outputs)
      if (!isAvailable(output))
        values[output].resize(samples.size());
  // References into the map stay valid: nothing is inserted while threads run.
  ArenaPool arenas;
  std::atomic<bool> failedAny = false;
  std::mutex mutex;
  std::string firstReason;
  parallelFor(options.threads, samples.size(), [&](size_t sample) {
    if (failedAny)
      return;
    SmallVector<HostTensor> inputs;
    for (Value input : step.inputs)
      inputs.push_back(getValue(input, sample));
    std::string reason;
    FailureOr<std::vector<HostTensor>> results = step.segment.run(inputs, arenas, reason);
    inputs.clear();
    for (Value input : step.inputs)
      if (!isa<BlockArgument>(input) && !live.contains(input))
        values.find(input)->second[sample] = HostTensor();
    bool ok = succeeded(results);
    if (ok && onResult)
      ok = succeeded(onResult(sample, *results));
    else if (ok)
      for (auto [output, result] : llvm::zip(step.outputs, *results))
        if (auto it = values.find(output); it != values.end())
          it->second[sample] = std::move(result);
    if (ok)
      return;
    failedAny = true;
    std::lock_guard<std::mutex> lock(mutex);
    if (firstReason.empty())
      firstReason = reason;
  });
  if (!failedAny)
    return success();
  // A visitor that fails has said why.
  return firstReason.empty() ? LogicalResult(failure()) : function.emitError() << firstReason;
}

LogicalResult Runner::advance(size_t number, ArrayRef<Value> outputs, ArrayRef<Target> later,
                              StagedRun::ResultVisitor onResult) {
  auto available = [&](Value value) { return isAvailable(value); };
  if (!onResult && llvm::all_of(outputs, available))
    return success();
  FailureOr<Step *> step = prepare(number, outputs, later);
  if (failed(step))
    return failure();
  // What is read after this segment, its own outputs among it.
  llvm::SetVector<Value> live = findLiveValues(function, later, computeSlice(outputs, available), available);
  for (Value output : outputs)
    live.insert(output);
  if (failed(runSamples(**step, live, onResult)))
    return failure();
  if (!options.keepSegments) {
    (*step)->segment.releaseWeights();
    current.reset();
  }
  SmallVector<Value> dead;
  for (auto &entry : values)
    if (!live.contains(entry.first))
      dead.push_back(entry.first);
  for (Value value : dead)
    values.erase(value);
  return success();
}

std::vector<HostTensor> Runner::getValues(Value stop) const {
  std::vector<HostTensor> result;
  for (size_t sample = 0; sample < samples.size(); ++sample)
    result.push_back(getValue(stop, sample));
  return result;
}

//===----------------------------------------------------------------------===//
// StagedRun
//===----------------------------------------------------------------------===//

struct StagedRun::Impl {
  func::FuncOp function;
  SmallVector<Value> stops;
  ExecutionOptions options;
  std::function<void(size_t, size_t)> progress;
  Compiler compiler;
  std::vector<std::optional<Step>> kept;

  LogicalResult runWhole(ArrayRef<Sample> samples, ResultVisitor onResult);
};

StagedRun::StagedRun(func::FuncOp function, ArrayRef<Value> stops, const ExecutionOptions &options)
    : impl(std::make_unique<Impl>()) {
  impl->function = function;
  llvm::SetVector<Value> unique(stops.begin(), stops.end());
  impl->stops.assign(unique.begin(), unique.end());
  impl->options = options;
}

StagedRun::~StagedRun() = default;

void StagedRun::setProgress(std::function<void(size_t, size_t)> progress) { impl->progress = std::move(progress); }

/// Control flow between blocks is not cut.
LogicalResult StagedRun::Impl::runWhole(ArrayRef<Sample> samples, ResultVisitor onResult) {
  FailureOr<Segment> segment = Segment::createWhole(function, {}, compiler);
  if (failed(segment))
    return failure();
  ArenaPool arenas;
  for (auto [i, sample] : llvm::enumerate(samples)) {
    std::string reason;
    FailureOr<std::vector<HostTensor>> results = segment->run(sample, arenas, reason);
    if (failed(results))
      return function.emitError() << reason;
    if (failed(onResult(i, *results)))
      return failure();
  }
  return success();
}

/// The wrong sample is named here, before anything runs.
static LogicalResult checkSamples(func::FuncOp function, ArrayRef<Sample> samples) {
  SmallVector<BoundaryType> inputs;
  for (Type type : function.getArgumentTypes()) {
    FailureOr<BoundaryType> input = getBoundaryType(type);
    if (failed(input))
      return function.emitError() << "argument " << inputs.size() << " has type " << type
                                  << ", which cannot be passed in memory";
    inputs.push_back(*input);
  }
  for (auto [i, sample] : llvm::enumerate(samples))
    if (std::string reason = checkArguments(sample, inputs); !reason.empty()) {
      InFlightDiagnostic error = function.emitError() << reason;
      if (samples.size() > 1)
        error << " (sample " << i << ")";
      return error;
    }
  return success();
}

LogicalResult StagedRun::run(ArrayRef<Sample> samples, StopVisitor onStop, ResultVisitor onResult) {
  func::FuncOp function = impl->function;
  if (function.isExternal())
    return function.emitError() << "has no body to run";
  if (samples.empty())
    return function.emitError() << "there is no sample to run";
  if (Operation *launch = findLaunch(function))
    return launch->emitError() << "launches a kernel; a function with kernels runs only whole, on arrays";
  if (failed(checkSamples(function, samples)))
    return failure();
  if (!function.getBody().hasOneBlock()) {
    if (!impl->stops.empty())
      return function.emitError() << "has control flow between blocks, in which no value can be observed";
    return onResult ? impl->runWhole(samples, onResult) : success();
  }
  FailureOr<std::vector<Target>> targets = planTargets(function, impl->stops, bool(onResult));
  if (failed(targets))
    return failure();
  impl->kept.resize(targets->size());
  Runner runner(function, impl->compiler, impl->options, samples, impl->kept);
  for (size_t i = 0; i < targets->size(); ++i) {
    const Target &target = (*targets)[i];
    ArrayRef<Target> later = ArrayRef<Target>(*targets).drop_front(i + 1);
    if (target.kind == Target::Results) {
      SmallVector<Value> results(function.getBody().front().getTerminator()->getOperands());
      if (failed(runner.advance(i, results, later, onResult)))
        return failure();
    } else if (failed(runner.advance(i, target.value, later, nullptr))) {
      return failure();
    }
    if (target.kind == Target::Stop && failed(onStop(target.value, runner.getValues(target.value))))
      return failure();
    if (impl->progress)
      impl->progress(i + 1, targets->size());
  }
  return success();
}
