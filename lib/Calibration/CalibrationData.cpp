//===- CalibrationData.cpp - Samples that a model is calibrated on --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Calibration/CalibrationData.h"
#include "quant-opt/Checkpoint/Npz.h"
#include "quant-opt/Tokenizer/Tokenizer.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// Where the tokenizer of the module lies: beside its weights.
static std::string findTokenizer(func::FuncOp function, const CalibrationOptions &options) {
  if (!options.tokenizer.empty())
    return options.tokenizer;
  auto &registry = function.getContext()->getOrLoadDialect<lowp::LowPDialect>()->getStores();
  std::string path;
  function->getParentOfType<ModuleOp>().walk([&](lowp::WeightOp op) {
    // Opening the store makes its place known.
    if (lowp::getStore(op, op.getKey()))
      if (auto store = SymbolTable::lookupNearestSymbolFrom<lowp::StoreOp>(op, op.getKey().getRootReference()))
        path = registry.lookupPath(store.getId());
    return WalkResult::interrupt();
  });
  return path;
}

static FailureOr<std::vector<int64_t>> tokenize(func::FuncOp function, const CalibrationOptions &options) {
  std::string tokenizerPath = findTokenizer(function, options);
  if (tokenizerPath.empty()) {
    function.emitError() << "calib-text needs a tokenizer, and this module has no weight store with one beside it; "
                            "give tokenizer=, or token ids with calib-data=";
    return failure();
  }
  auto tokenizer = Tokenizer::load(tokenizerPath);
  if (!tokenizer) {
    function.emitError() << llvm::toString(tokenizer.takeError());
    return failure();
  }
  auto text = llvm::MemoryBuffer::getFile(options.text);
  if (!text) {
    function.emitError() << options.text << ": the calibration text cannot be read: " << text.getError().message()
                         << "; give calib-text the path of a text file";
    return failure();
  }
  auto ids = (*tokenizer)->encode((*text)->getBuffer(), /*addSpecialTokens=*/false);
  if (!ids) {
    function.emitError() << options.text << ": " << llvm::toString(ids.takeError());
    return failure();
  }
  return std::move(*ids);
}

static LogicalResult checkLength(func::FuncOp function, int64_t count, const CalibrationOptions &options) {
  int64_t fitting = count / options.seqLen, needed = options.samples * options.seqLen;
  if (fitting >= options.samples)
    return success();
  InFlightDiagnostic error = function.emitError() << options.text << ": the calibration text ";
  if (count == 0)
    return error << "is empty; give one of at least " << needed << " tokens (samples * seq-len)";
  error << "has " << count << " tokens, " << options.samples << " samples of " << options.seqLen << " need " << needed
        << "; give a longer text, or ";
  if (fitting)
    return error << "samples=" << fitting;
  return error << "a seq-len of at most " << count;
}

/// The first argument is the ids; others of its type (token types, positions of one segment) are zeros.
static FailureOr<std::vector<Sample>> loadText(func::FuncOp function, const CalibrationOptions &options) {
  FunctionType type = function.getFunctionType();
  for (Type argument : type.getInputs()) {
    auto tensor = dyn_cast<RankedTensorType>(argument);
    if (!tensor || !tensor.getElementType().isInteger(64) || tensor.getRank() > 2) {
      function.emitError() << "calib-text needs a function of token ids (tensor<?xi64>), this one takes " << argument
                           << "; give its inputs with calib-data=";
      return failure();
    }
  }
  FailureOr<std::vector<int64_t>> ids = tokenize(function, options);
  if (failed(ids))
    return failure();
  if (failed(checkLength(function, ids->size(), options)))
    return failure();
  std::vector<Sample> samples(options.samples);
  for (auto [i, sample] : llvm::enumerate(samples))
    for (auto [position, argument] : llvm::enumerate(type.getInputs())) {
      SmallVector<int64_t> shape(cast<RankedTensorType>(argument).getRank(), 1);
      shape.back() = options.seqLen;
      HostTensor tensor = HostTensor::allocate(shape, ElementKind::I64);
      if (position == 0)
        llvm::copy(ArrayRef(*ids).slice(i * options.seqLen, options.seqLen), tensor.as<int64_t>().begin());
      else
        llvm::fill(tensor.as<int64_t>(), 0);
      sample.push_back(std::move(tensor));
    }
  return samples;
}

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

/// Sample `index` of an array whose leading dimension counts samples.
static HostTensor sliceSample(const NamedArray &array, bool isStacked, int64_t index) {
  ArrayRef<int64_t> shape(array.shape);
  HostTensor tensor = HostTensor::allocate(isStacked ? shape.drop_front() : shape, array.kind);
  std::memcpy(tensor.getData(), array.data.getBytes().data() + (isStacked ? index * tensor.getSizeInBytes() : 0),
              tensor.getSizeInBytes());
  return tensor;
}

static FailureOr<std::vector<Sample>> loadArrays(func::FuncOp function, const CalibrationOptions &options) {
  auto arrays = readNpz(options.data);
  if (!arrays) {
    function.emitError() << llvm::toString(arrays.takeError());
    return failure();
  }
  std::vector<Sample> samples;
  for (auto [position, argument] : llvm::enumerate(function.getArgumentTypes())) {
    std::string name = ("in" + Twine(position)).str();
    auto type = dyn_cast<RankedTensorType>(argument);
    auto found = llvm::find_if(*arrays, [&](const NamedArray &array) { return array.name == name; });
    if (!type || found == arrays->end()) {
      function.emitError() << options.data << ": argument " << position << " (" << argument << ") needs an array '"
                           << name << "'";
      return failure();
    }
    bool isStacked = int64_t(found->shape.size()) == type.getRank() + 1;
    ArrayRef<int64_t> shape = ArrayRef<int64_t>(found->shape).drop_front(isStacked ? 1 : 0);
    FailureOr<ElementKind> kind = lowp::getElementKind(type.getElementType());
    if (failed(verifyCompatibleShape(type.getShape(), shape)) || failed(kind) || *kind != found->kind) {
      function.emitError() << options.data << ": array '" << name << "' does not fit argument " << position << " ("
                           << argument << "), alone or with a leading dimension of samples";
      return failure();
    }
    int64_t count = isStacked ? found->shape[0] : 1;
    if (position == 0)
      samples.resize(std::min(count, options.samples));
    if (count < int64_t(samples.size())) {
      function.emitError() << options.data << ": array '" << name << "' has " << count << " samples, 'in0' has "
                           << samples.size();
      return failure();
    }
    for (auto [i, sample] : llvm::enumerate(samples))
      sample.push_back(sliceSample(*found, isStacked, i));
  }
  return samples;
}

//===----------------------------------------------------------------------===//
// Entry points
//===----------------------------------------------------------------------===//

FailureOr<std::vector<Sample>> quantopt::loadCalibrationSamples(func::FuncOp function,
                                                                const CalibrationOptions &options) {
  if (options.text.empty() == options.data.empty()) {
    function.emitError() << "give calibration data: calib-text=FILE.txt or calib-data=FILE.npz, and not both";
    return failure();
  }
  if (options.samples < 1 || options.seqLen < 2) {
    function.emitError() << "samples must be at least 1 and seq-len at least 2, got samples=" << options.samples
                         << " seq-len=" << options.seqLen;
    return failure();
  }
  return options.text.empty() ? loadArrays(function, options) : loadText(function, options);
}

FailureOr<func::FuncOp> quantopt::getCalibratedFunction(ModuleOp module, StringRef name) {
  SmallVector<func::FuncOp> candidates;
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isExternal() && function.isPublic())
      candidates.push_back(function);
  StringRef wanted = name.empty() ? "main" : name;
  for (func::FuncOp function : candidates)
    if (function.getSymName() == wanted)
      return function;
  if (name.empty() && candidates.size() == 1)
    return candidates.front();
  InFlightDiagnostic error = module.emitError();
  if (candidates.empty()) {
    error << "there is no public function with a body to run; make one public";
    return failure();
  }
  if (name.empty())
    error << "there is no @main among several public functions; say which with function=NAME, one of ";
  else
    error << "no public function with a body is named " << name << "; function=NAME may be ";
  llvm::interleaveComma(candidates, error, [&](func::FuncOp function) { error << function.getSymName(); });
  return failure();
}
