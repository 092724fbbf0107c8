//===- Compare.cpp - How two models differ --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Evaluation/Compare.h"
#include "CheckModel.h"
#include <cmath>
#include <map>

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// The weights that `module` reads, by the name that the model has for them: without the version a pass gave.
static std::map<std::string, lowp::WeightOp> collectWeights(ModuleOp module) {
  std::map<std::string, lowp::WeightOp> weights;
  module.walk([&](lowp::WeightOp op) {
    auto [name, version] = op.getKey().getLeafReference().getValue().rsplit('@');
    unsigned number;
    bool isVersion = !version.empty() && !version.getAsInteger(10, number);
    weights.try_emplace(isVersion ? name.str() : op.getKey().getLeafReference().str(), op);
  });
  return weights;
}

static FailureOr<WeightBuffer> readWeight(lowp::WeightOp op) {
  Type element = op.getResult().getType().getElementType();
  FailureOr<ElementKind> kind = lowp::getElementKind(element);
  std::string reason = "no storage holds its type";
  if (succeeded(kind)) {
    FailureOr<WeightBuffer> buffer = lowp::readElements(op, *kind, reason);
    if (succeeded(buffer))
      return buffer;
  }
  return op.emitOpError() << reason;
}

FailureOr<WeightComparison> quantopt::compareWeights(ModuleOp first, ModuleOp second) {
  std::map<std::string, lowp::WeightOp> left = collectWeights(first), right = collectWeights(second);
  WeightComparison result;
  for (auto &[name, op] : left) {
    auto found = right.find(name);
    if (found == right.end()) {
      ++result.onlyInFirst;
      continue;
    }
    bool equal = op.getResult().getType() == found->second.getResult().getType();
    if (equal) {
      FailureOr<WeightBuffer> a = readWeight(op), b = readWeight(found->second);
      if (failed(a) || failed(b))
        return failure();
      equal = a->getBytes() == b->getBytes();
    }
    ++(equal ? result.equal : result.different);
    if (!equal && result.firstDifferent.empty())
      result.firstDifferent = name;
    right.erase(found);
  }
  result.onlyInSecond = int64_t(right.size());
  return result;
}

//===----------------------------------------------------------------------===//
// Logits
//===----------------------------------------------------------------------===//

namespace {

/// Sums over the predictions of one window, added up in the order of the windows.
struct WindowSums {
  double largestDifference = 0, largestLogit = 0, divergence = 0, firstLoss = 0, secondLoss = 0;
};

} // namespace

/// Logits of the first model against those of the second for one token.
static void compareRow(ArrayRef<float> a, ArrayRef<float> b, int64_t target, bool isPrediction, WindowSums &sums) {
  double normA = logSumExp(a), normB = logSumExp(b), divergence = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    double logA = a[i] - normA, logB = b[i] - normB;
    divergence += std::exp(logA) * (logA - logB);
    sums.largestDifference = std::max(sums.largestDifference, std::abs(double(a[i]) - b[i]));
    sums.largestLogit = std::max(sums.largestLogit, std::abs(double(a[i])));
  }
  if (!isPrediction)
    return;
  sums.divergence += divergence;
  sums.firstLoss += normA - a[target];
  sums.secondLoss += normB - b[target];
}

static LogicalResult runBoth(func::FuncOp first, func::FuncOp second, ArrayRef<Sample> samples, int64_t seqLen,
                             unsigned threads, MutableArrayRef<WindowSums> sums) {
  ExecutionOptions execution;
  execution.threads = threads;
  std::vector<HostTensor> logits(samples.size());
  std::vector<Sample> inputs(samples.begin(), samples.end());
  auto keep = [&](size_t sample, ArrayRef<HostTensor> results) -> LogicalResult {
    logits[sample] = results[0];
    return success();
  };
  if (failed(StagedRun(first, {}, execution).run(inputs, nullptr, keep)))
    return failure();
  auto compare = [&](size_t sample, ArrayRef<HostTensor> results) -> LogicalResult {
    if (results[0].getShape() != logits[sample].getShape())
      return second.emitError() << "the models have vocabularies of different sizes";
    ArrayRef<float> a = logits[sample].as<float>(), b = results[0].as<float>();
    ArrayRef<int64_t> window = inputs[sample][0].as<int64_t>();
    int64_t length = results[0].getShape()[0], vocabulary = results[0].getShape()[1];
    for (int64_t i = length - seqLen; i < length; ++i) {
      bool isPrediction = i + 1 < length;
      int64_t target = isPrediction ? window[i + 1] : 0;
      if (target < 0 || target >= vocabulary)
        return second.emitError() << "the text has token " << target << " of a vocabulary of " << vocabulary;
      compareRow(a.slice(i * vocabulary, vocabulary), b.slice(i * vocabulary, vocabulary), target, isPrediction,
                 sums[sample]);
    }
    logits[sample] = HostTensor();
    return success();
  };
  return StagedRun(second, {}, execution).run(inputs, nullptr, compare);
}

FailureOr<LogitComparison> quantopt::compareLogits(func::FuncOp first, func::FuncOp second, const Tokenizer &tokenizer,
                                                   StringRef text, const PerplexityOptions &options) {
  if (failed(evaluation::checkModel(first)) || failed(evaluation::checkModel(second)))
    return failure();
  FailureOr<std::vector<Sample>> samples = evaluation::cutWindows(first, text, tokenizer, options);
  if (failed(samples))
    return failure();
  int64_t vocabulary = cast<RankedTensorType>(first.getResultTypes()[0]).getDimSize(1);
  constexpr int64_t kMaxBytes = int64_t(1) << 29;
  int64_t rowBytes = std::max<int64_t>(vocabulary, 1) * int64_t(sizeof(float));
  size_t chunk = size_t(std::max<int64_t>(1, kMaxBytes / (options.seqLen * rowBytes)));
  std::vector<WindowSums> sums(samples->size());
  for (size_t begin = 0; begin < samples->size(); begin += chunk) {
    size_t count = std::min(chunk, samples->size() - begin);
    if (failed(runBoth(first, second, ArrayRef(*samples).slice(begin, count), options.seqLen, options.threads,
                       MutableArrayRef(sums).slice(begin, count))))
      return failure();
  }
  LogitComparison result;
  double firstLoss = 0, secondLoss = 0;
  for (const WindowSums &window : sums) {
    result.largestDifference = std::max(result.largestDifference, window.largestDifference);
    result.largestLogit = std::max(result.largestLogit, window.largestLogit);
    result.divergence += window.divergence;
    firstLoss += window.firstLoss;
    secondLoss += window.secondLoss;
  }
  result.predictions = options.windows * (options.seqLen - 1);
  result.divergence /= double(result.predictions);
  result.firstPerplexity = std::exp(firstLoss / double(result.predictions));
  result.secondPerplexity = std::exp(secondLoss / double(result.predictions));
  return result;
}
