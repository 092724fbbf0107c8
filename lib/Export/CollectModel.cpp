//===- CollectModel.cpp - What the IR says of a checkpoint ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CollectModel.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "quant-opt/Analysis/Contractions.h"
#include "quant-opt/Import/Schemes.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

/// The key of a stored tensor; empty for any other value.
static StringRef getKey(Value value) {
  auto weight = value ? value.getDefiningOp<lowp::WeightOp>() : nullptr;
  return weight ? weight.getKey().getLeafReference().getValue() : StringRef();
}

/// `key` without the version that a pass gave it: the model's own name.
static StringRef dropVersion(StringRef key) {
  auto [name, version] = key.rsplit('@');
  unsigned number;
  return version.empty() || version.getAsInteger(10, number) ? key : name;
}

namespace {

class ModelCollector {
public:
  explicit ModelCollector(WeightStore &store) : store(store) {}

  FailureOr<CheckpointModel> run(ModuleOp module) {
    WalkResult walk = module.walk(
        [&](linalg::LinalgOp op) { return failed(visit(op)) ? WalkResult::interrupt() : WalkResult::advance(); });
    if (walk.wasInterrupted())
      return failure();
    walk = module.walk([&](lowp::WeightOp op) {
      StringRef key = op.getKey().getLeafReference().getValue();
      if (parameterKeys.contains(key))
        return WalkResult::advance();
      std::string name = dropVersion(key).str();
      auto [place, isNew] = model.tensors.try_emplace(name, key.str());
      if (isNew || place->second == key)
        return WalkResult::advance();
      op.emitOpError() << "the model reads two versions of '" << name << "' ('" << key << "' and '" << place->second
                       << "'), but a folder holds one; export before the pass that changed one of its uses";
      return WalkResult::interrupt();
    });
    if (walk.wasInterrupted())
      return failure();
    // A head that is quantized apart from the embedding is a tensor of its own.
    for (const QuantizedModule &layer : model.modules) {
      StringRef own = dropVersion(layer.codesKey);
      if (own.consume_back("_codes") && own != layer.name + ".weight" && model.tensors.count(own.str()))
        model.config["tie_word_embeddings"] = false;
    }
    return std::move(model);
  }

private:
  LogicalResult visit(linalg::LinalgOp op);
  LogicalResult addModule(linalg::LinalgOp op, lowp::PlanAttr plan, lowp::DequantizeOp weight, Value input);
  LogicalResult addStaticInput(linalg::LinalgOp op, lowp::DequantizeOp input, QuantizedModule &module);
  FailureOr<std::string> addParameter(linalg::LinalgOp op, Value value, const Twine &name, Storage storage);

  WeightStore &store;
  CheckpointModel model;
  llvm::StringSet<> parameterKeys; ///< codes, scales and zero points of weights
  llvm::StringSet<> names;
};

} // namespace

/// The dequantize of stored codes that `operand` is a view of; null when there is none.
static lowp::DequantizeOp getStoredWeight(Value operand) {
  auto dequantize = getViewSource(operand).getDefiningOp<lowp::DequantizeOp>();
  return dequantize && !getKey(dequantize.getInput()).empty() ? dequantize : nullptr;
}

LogicalResult ModelCollector::visit(linalg::LinalgOp op) {
  auto plan = op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
  if (plan && op->getNumOperands() >= 2)
    for (unsigned i : {1, 0})
      if (lowp::DequantizeOp weight = getStoredWeight(op->getOperand(i)))
        return addModule(op, plan, weight, op->getOperand(1 - i));
  auto site = op->getAttrOfType<StringAttr>(LowPDialect::getSiteAttrName());
  bool hasWeight =
      llvm::any_of(op->getOperands(), [](Value operand) { return !getKey(getViewSource(operand)).empty(); });
  // A lookup has a site too, but no product.
  if (site && hasWeight && linalg::isaContractionOpInterface(op))
    model.ignored.push_back(site.getValue().str());
  return success();
}

LogicalResult ModelCollector::addModule(linalg::LinalgOp op, lowp::PlanAttr plan, lowp::DequantizeOp weight,
                                        Value input) {
  QuantizedModule module;
  module.name = plan.getSite().getValue().str();
  module.weight = getTensorScheme(plan.getWeight());
  module.codesKey = getKey(weight.getInput()).str();
  module.scaleKey = getKey(weight.getScale()).str();
  module.zeroPointKey = getKey(weight.getZeroPoint()).str();
  for (StringRef key : {module.codesKey, module.scaleKey, module.zeroPointKey})
    parameterKeys.insert(key);
  if (!names.insert(module.name).second)
    return op.emitOpError() << "two layers are called '" << module.name << "'; give each a lowp.site of its own";
  auto type = cast<RankedTensorType>(weight.getInput().getType());
  std::string reason;
  FailureOr<SmallVector<int64_t>> scaleShape = failure();
  if (type.getRank() == 2)
    scaleShape = plan.getWeight().getScaleShape(type.getShape(), {1}, reason);
  if (failed(scaleShape) ||
      ArrayRef<int64_t>(*scaleShape) != cast<RankedTensorType>(weight.getScale().getType()).getShape())
    return op.emitOpError() << "weight of '" << module.name << "' is no matrix [outputs, inputs] of the planned scheme "
                            << plan.getWeight() << ", which is what checkpoint formats hold";
  module.rows = type.getDimSize(0);
  module.cols = type.getDimSize(1);
  if (plan.getInput()) {
    module.input = getTensorScheme(plan.getInput());
    auto dequantize = getViewSource(input).getDefiningOp<lowp::DequantizeOp>();
    if (!dequantize)
      return op.emitOpError() << "input of '" << module.name << "' is planned as " << plan.getInput()
                              << " but not quantized; run the pass of the method " << plan.getMethod();
    if (!module.input->dynamic && failed(addStaticInput(op, dequantize, module)))
      return failure();
  }
  model.modules.push_back(std::move(module));
  return success();
}

LogicalResult ModelCollector::addStaticInput(linalg::LinalgOp op, lowp::DequantizeOp input, QuantizedModule &module) {
  FailureOr<std::string> scale = addParameter(op, input.getScale(), module.name + ".input_scale", Storage::F32);
  if (failed(scale))
    return failure();
  module.inputScaleKey = *scale;
  if (!input.getZeroPoint())
    return success();
  FailureOr<std::string> zero = addParameter(op, input.getZeroPoint(), module.name + ".input_zero_point", Storage::I8);
  if (failed(zero))
    return failure();
  module.inputZeroPointKey = *zero;
  return success();
}

/// The key of a parameter of one element, which is put into the store where it is a constant.
FailureOr<std::string> ModelCollector::addParameter(linalg::LinalgOp op, Value value, const Twine &name,
                                                    Storage storage) {
  if (StringRef key = getKey(value); !key.empty()) {
    parameterKeys.insert(key);
    return key.str();
  }
  std::string reason = "it is computed";
  FailureOr<WeightBuffer> elements = failure();
  if (Operation *constant = value.getDefiningOp())
    elements = lowp::readElements(constant, getNaturalKind(storage), reason);
  if (failed(elements) || elements->getBytes().size() != getElementSize(getNaturalKind(storage)))
    return op.emitOpError() << "'" << name << "' is not one known number: " << reason;
  llvm::Expected<std::string> key = store.put(name.str(), {1, 1}, storage, elements->getBytes());
  if (!key)
    return op.emitOpError() << llvm::toString(key.takeError());
  return *key;
}

FailureOr<CheckpointModel> quantopt::collectModel(ModuleOp module, WeightStore &store) {
  return ModelCollector(store).run(module);
}
