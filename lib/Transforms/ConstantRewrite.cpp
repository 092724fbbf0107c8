//===- ConstantRewrite.cpp - Reading and replacing weights ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConstantRewrite.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace quantopt;

FailureOr<std::vector<float>> quantopt::readFloats(Value value, std::string &reason) {
  Operation *op = value.getDefiningOp();
  if (!op) {
    reason = "it is no constant";
    return failure();
  }
  FailureOr<WeightBuffer> buffer = lowp::readElements(op, ElementKind::F32, reason);
  if (failed(buffer))
    return failure();
  ArrayRef<float> elements = buffer->as<float>();
  std::vector<float> copy(elements.begin(), elements.end());
  // A pass over all weights must not leave the whole checkpoint resident.
  if (auto weight = dyn_cast<lowp::WeightOp>(op))
    if (std::shared_ptr<WeightStore> store = lowp::getStore(op, weight.getKey()))
      store->release(weight.getKey().getLeafReference());
  return copy;
}

/// `elements` as a dense attribute of `type`, rounded to its element type.
static DenseElementsAttr getDense(RankedTensorType type, ArrayRef<float> elements) {
  if (type.getElementType().isF32())
    return DenseElementsAttr::get(type, elements);
  const llvm::fltSemantics &semantics = cast<FloatType>(type.getElementType()).getFloatSemantics();
  SmallVector<APFloat> values;
  values.reserve(elements.size());
  for (float element : elements) {
    bool losesInfo;
    values.emplace_back(element);
    values.back().convert(semantics, APFloat::rmNearestTiesToEven, &losesInfo);
  }
  return DenseElementsAttr::get(type, values);
}

FailureOr<Value> quantopt::createConstantLike(Value value, ArrayRef<float> elements) {
  Operation *op = value.getDefiningOp();
  auto type = cast<RankedTensorType>(value.getType());
  OpBuilder builder(op);
  auto weight = dyn_cast<lowp::WeightOp>(op);
  if (!weight)
    return arith::ConstantOp::create(builder, op->getLoc(), getDense(type, elements)).getResult();

  std::shared_ptr<WeightStore> store = lowp::getStore(op, weight.getKey());
  if (!store)
    return failure();
  ArrayRef<char> bytes(reinterpret_cast<const char *>(elements.data()), elements.size() * sizeof(float));
  // The store numbers the versions of a name; a version of a version would get two numbers.
  StringRef name = weight.getKey().getLeafReference().getValue().split('@').first;
  llvm::Expected<std::string> key = store->put(name, type.getShape(), Storage::F32, bytes);
  if (!key) {
    op->emitOpError() << llvm::toString(key.takeError());
    return failure();
  }
  auto symbol =
      SymbolRefAttr::get(weight.getKey().getRootReference(), {FlatSymbolRefAttr::get(op->getContext(), *key)});
  return lowp::WeightOp::create(builder, op->getLoc(), type, symbol).getResult();
}
