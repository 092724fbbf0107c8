//===- QuantizedLinear.cpp - Quantized layers of a checkpoint -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The codes and scales of the checkpoint enter the IR as they are: nothing is
// rounded a second time.
//
//===----------------------------------------------------------------------===//

#include "GraphBuilder.h"
#include "quant-opt/Import/Schemes.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::importer;

Value GraphBuilder::storedTensor(StringRef key, Type element) {
  used.insert(key);
  auto symbol =
      SymbolRefAttr::get(builder.getContext(), "weights", {FlatSymbolRefAttr::get(builder.getContext(), key)});
  return lowp::WeightOp::create(builder, getLoc(key), RankedTensorType::get(store.lookup(key)->shape, element), symbol);
}

lowp::PlanAttr GraphBuilder::makePlan(const QuantizedModule &module) {
  MLIRContext *context = builder.getContext();
  return lowp::PlanAttr::get(context, builder.getStringAttr(module.name), makeScheme(module.weight, context),
                             module.input ? makeScheme(*module.input, context) : lowp::SchemeInterface(),
                             builder.getStringAttr("imported"));
}

Value GraphBuilder::quantizedWeight(const QuantizedModule &module, ArrayRef<int64_t> shape) {
  checkShape(module.codesKey, {module.rows, module.cols}, shape);
  Type code = makeScheme(module.weight, builder.getContext()).getElement();
  Value codes = storedTensor(module.codesKey, code);
  Value scale = storedTensor(module.scaleKey, builder.getF32Type());
  Value zeroPoint = module.zeroPointKey.empty() ? Value() : storedTensor(module.zeroPointKey, code);
  auto type = cast<RankedTensorType>(codes.getType()).clone(builder.getF32Type());
  return lowp::DequantizeOp::create(builder, getLoc(module.name), type, codes, scale, zeroPoint);
}

Value GraphBuilder::quantizedInput(const QuantizedModule &module, Value x) {
  if (!module.input)
    return x;
  lowp::SchemeAttr scheme = makeScheme(*module.input, builder.getContext());
  auto type = cast<RankedTensorType>(x.getType());
  Location loc = getLoc(module.name);
  if (!module.input->dynamic) {
    Value scale = storedTensor(module.inputScaleKey, builder.getF32Type());
    Value zeroPoint =
        module.inputZeroPointKey.empty() ? Value() : storedTensor(module.inputZeroPointKey, scheme.getElement());
    Value codes = lowp::QuantizeOp::create(builder, loc, type.clone(scheme.getElement()), x, scale, zeroPoint);
    return lowp::DequantizeOp::create(builder, loc, type, codes, scale, zeroPoint);
  }
  // Layers that read one value with one scheme read one quantized form of it.
  Value &quantized = quantizedInputs[{x, scheme}];
  if (quantized)
    return quantized;
  std::string reason;
  FailureOr<SmallVector<int64_t>> shape = scheme.getScaleShape(type.getShape(), {1}, reason);
  if (succeeded(shape))
    return quantized = lowp::createRunTimeQdq(builder, loc, x, *shape, scheme);
  if (!failed)
    emitError(builder.getUnknownLoc()) << file << ": the input of '" << module.name << "': " << reason;
  failed = true;
  return x;
}
