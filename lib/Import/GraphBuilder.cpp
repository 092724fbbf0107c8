//===- GraphBuilder.cpp - Layers as linalg --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GraphBuilder.h"
#include "Scalars.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include <cmath>

using namespace mlir;
using namespace quantopt;
using namespace quantopt::importer;

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

static std::string printShape(ArrayRef<int64_t> shape) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "[";
  llvm::interleaveComma(shape, os);
  os << "]";
  return text;
}

static bool holdsIntegers(Storage storage) {
  switch (storage) {
  case Storage::I64:
  case Storage::I32:
  case Storage::I16:
  case Storage::I8:
  case Storage::U8:
  case Storage::Bool:
  case Storage::I4Packed:
  case Storage::I2Packed:
  case Storage::I3Packed:
    return true;
  default:
    return false;
  }
}

Value GraphBuilder::weight(StringRef key, ArrayRef<int64_t> shape) {
  used.insert(key);
  Location unknown = builder.getUnknownLoc();
  const WeightInfo *info = store.lookup(key);
  if (!failed && !info) {
    failed = true;
    emitError(unknown) << file << ": tensor '" << key << "' is missing, which the configuration asks for with shape "
                       << printShape(shape) << "; complete the checkpoint or correct the configuration";
  } else if (!failed && !checkShape(key, info->shape, shape)) {
    // Reported.
  } else if (!failed && holdsIntegers(info->storage)) {
    failed = true;
    emitError(unknown) << file << ": tensor '" << key << "' is stored as " << stringifyStorage(info->storage)
                       << ", integers without the scales that would make them weights; give the float checkpoint";
  }
  MLIRContext *context = builder.getContext();
  auto symbol = SymbolRefAttr::get(context, "weights", {FlatSymbolRefAttr::get(context, key)});
  return lowp::WeightOp::create(builder, getLoc(key), RankedTensorType::get(shape, builder.getF32Type()), symbol);
}

bool GraphBuilder::checkShape(StringRef key, ArrayRef<int64_t> stored, ArrayRef<int64_t> wanted) {
  if (stored == wanted)
    return true;
  if (!failed)
    emitError(builder.getUnknownLoc()) << file << ": tensor '" << key << "' has shape " << printShape(stored)
                                       << " but the configuration asks for " << printShape(wanted)
                                       << "; use the configuration that belongs to this checkpoint";
  failed = true;
  return false;
}

LogicalResult GraphBuilder::checkAllWeightsUsed(function_ref<bool(StringRef key)> isIgnorable) {
  for (const std::string &key : store.getKeys()) {
    if (used.contains(key) || isIgnorable(key))
      continue;
    return emitError(builder.getUnknownLoc())
           << file << ": tensor '" << key
           << "' has no place in the architecture that the configuration states, so the result would not be this "
              "model's; correct the configuration or remove the tensor";
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

Location GraphBuilder::getLoc(StringRef module) { return NameLoc::get(builder.getStringAttr(module)); }

RankedTensorType GraphBuilder::type(ArrayRef<OpFoldResult> sizes) {
  SmallVector<int64_t> shape = llvm::map_to_vector(
      sizes, [](OpFoldResult size) { return getConstantIntValue(size).value_or(ShapedType::kDynamic); });
  return RankedTensorType::get(shape, builder.getF32Type());
}

Value GraphBuilder::empty(Location loc, ArrayRef<OpFoldResult> sizes) {
  return tensor::EmptyOp::create(builder, loc, sizes, builder.getF32Type());
}

Value GraphBuilder::zeros(Location loc, ArrayRef<OpFoldResult> sizes) {
  Value zero = Scalars{builder, loc}.constant(0);
  return linalg::FillOp::create(builder, loc, zero, empty(loc, sizes)).getResult(0);
}

AffineMap GraphBuilder::select(unsigned rank, ArrayRef<unsigned> dims) {
  return AffineMap::getMultiDimMapWithTargets(rank, dims, builder.getContext());
}

Tensor GraphBuilder::elementwise(Location loc, ArrayRef<OpFoldResult> sizes, ValueRange inputs,
                                 ArrayRef<AffineMap> maps, Body body) {
  SmallVector<AffineMap> allMaps(maps);
  allMaps.push_back(identity(sizes.size()));
  SmallVector<utils::IteratorType> iterators(sizes.size(), utils::IteratorType::parallel);
  Value init = empty(loc, sizes);
  auto op = linalg::GenericOp::create(builder, loc, init.getType(), inputs, init, allMaps, iterators,
                                      [&](OpBuilder &nested, Location nestedLoc, ValueRange arguments) {
                                        OpBuilder::InsertionGuard guard(builder);
                                        builder.setInsertionPointToEnd(nested.getInsertionBlock());
                                        Value result = body(arguments);
                                        linalg::YieldOp::create(builder, nestedLoc, result);
                                      });
  return {op.getResult(0), SmallVector<OpFoldResult>(sizes)};
}

Tensor GraphBuilder::sumLast(Location loc, const Tensor &x, ValueRange perRow, Body body) {
  unsigned rank = x.getRank();
  SmallVector<OpFoldResult> sizes(ArrayRef(x.sizes).drop_back());
  SmallVector<AffineMap> maps{identity(rank)};
  maps.append(perRow.size() + 1, dropLast(rank));
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  iterators.back() = utils::IteratorType::reduction;
  SmallVector<Value> inputs{x.value};
  inputs.append(perRow.begin(), perRow.end());
  Value init = zeros(loc, sizes);
  auto op = linalg::GenericOp::create(builder, loc, init.getType(), inputs, init, maps, iterators,
                                      [&](OpBuilder &nested, Location nestedLoc, ValueRange arguments) {
                                        OpBuilder::InsertionGuard guard(builder);
                                        builder.setInsertionPointToEnd(nested.getInsertionBlock());
                                        Value term = body(arguments.drop_back());
                                        Value sum = Scalars{builder, nestedLoc}.add(arguments.back(), term);
                                        linalg::YieldOp::create(builder, nestedLoc, sum);
                                      });
  return {op.getResult(0), sizes};
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

Tensor GraphBuilder::linear(StringRef module, const Tensor &x, int64_t out, bool bias, StringRef weightKey) {
  Location loc = getLoc(module);
  int64_t in = *getConstantIntValue(x.sizes.back());
  std::string ownKey = (module + ".weight").str();
  const QuantizedModule *quantized = store.lookupModule(module);
  Value input = quantized ? quantizedInput(*quantized, x.value) : x.value;
  Value matrix = quantized ? quantizedWeight(*quantized, {out, in})
                           : weight(weightKey.empty() ? StringRef(ownKey) : weightKey, {out, in});
  SmallVector<OpFoldResult> sizes{x.sizes[0], size(out)};
  Value init = zeros(loc, sizes);
  auto product =
      linalg::MatmulTransposeBOp::create(builder, loc, init.getType(), ValueRange{input, matrix}, ValueRange{init});
  if (quantized)
    product->setAttr(lowp::LowPDialect::getPlanAttrName(), makePlan(*quantized));
  product->setAttr(lowp::LowPDialect::getSiteAttrName(), builder.getStringAttr(module));
  if (!bias)
    return {product->getResult(0), sizes};
  Value addend = weight((module + ".bias").str(), {out});
  return elementwise(loc, sizes, {product->getResult(0), addend}, {identity(2), last(2)},
                     [&](ValueRange arguments) { return Scalars{builder, loc}.add(arguments[0], arguments[1]); });
}

SmallVector<Value> GraphBuilder::normRows(Location loc, const Tensor &x, const NormFeatures &features) {
  Scalars s{builder, loc};
  int64_t width = *getConstantIntValue(x.sizes.back());
  ArrayRef<OpFoldResult> rows = ArrayRef(x.sizes).drop_back();
  auto perRow = [&](Value row, Body body) { return elementwise(loc, rows, row, identity(rows.size()), body).value; };
  SmallVector<Value> values;
  if (features.kind == NormFeatures::Kind::Layer) {
    Tensor sum = sumLast(loc, x, {}, [&](ValueRange a) { return a[0]; });
    values.push_back(perRow(sum.value, [&](ValueRange a) { return s.div(a[0], s.constant(width)); }));
  }
  Tensor squares = sumLast(loc, x, values, [&](ValueRange a) {
    Value centered = a.size() > 1 ? s.sub(a[0], a[1]) : a[0];
    return s.mul(centered, centered);
  });
  values.push_back(perRow(squares.value, [&](ValueRange a) {
    return s.rsqrt(s.add(s.div(a[0], s.constant(width)), s.constant(features.epsilon)));
  }));
  return values;
}

Tensor GraphBuilder::norm(StringRef module, const Tensor &x, const NormFeatures &features) {
  Location loc = getLoc(module);
  Scalars s{builder, loc};
  unsigned rank = x.getRank();
  SmallVector<Value> rows = normRows(loc, x, features);
  SmallVector<Value> inputs{x.value};
  llvm::append_range(inputs, rows);
  SmallVector<AffineMap> maps{identity(rank)};
  maps.append(rows.size(), dropLast(rank));
  // BERT's first checkpoints say gamma and beta.
  auto addParameter = [&](const Twine &name, const Twine &oldName) {
    std::string oldKey = (module + oldName).str();
    std::string key = hasWeight(oldKey) ? oldKey : (module + name).str();
    inputs.push_back(weight(key, {*getConstantIntValue(x.sizes.back())}));
    maps.push_back(last(rank));
  };
  addParameter(".weight", ".gamma");
  if (features.bias)
    addParameter(".bias", ".beta");
  return elementwise(loc, x.sizes, inputs, maps, [&](ValueRange a) {
    Value factor = a[rows.size()], gain = a[rows.size() + 1];
    if (features.gainOffset)
      gain = s.add(gain, s.constant(1));
    Value centered = rows.size() > 1 ? s.sub(a[0], a[1]) : a[0];
    Value scaled = s.mul(s.mul(centered, factor), gain);
    return features.bias ? s.add(scaled, a[rows.size() + 2]) : scaled;
  });
}

Tensor GraphBuilder::lookup(StringRef module, const Tensor &ids, int64_t rows, int64_t width,
                            std::optional<double> scale) {
  Location loc = getLoc(module);
  Value table = weight((module + ".weight").str(), {rows, width});
  Tensor result =
      elementwise(loc, {ids.sizes[0], size(width)}, ids.value, select(2, {0}), [&](ValueRange arguments) -> Value {
        Value row = arith::IndexCastOp::create(builder, loc, builder.getIndexType(), arguments[0]);
        Value count = arith::ConstantIndexOp::create(builder, loc, rows);
        Value inside = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult, row, count);
        cf::AssertOp::create(builder, loc, inside, ("id outside the " + Twine(rows) + " rows of " + module).str());
        Value column = linalg::IndexOp::create(builder, loc, 1);
        Value element = tensor::ExtractOp::create(builder, loc, table, ValueRange{row, column});
        Scalars s{builder, loc};
        return scale ? s.mul(element, s.constant(*scale)) : element;
      });
  result.value.getDefiningOp()->setAttr(lowp::LowPDialect::getSiteAttrName(), builder.getStringAttr(module));
  return result;
}

Tensor GraphBuilder::addPositions(StringRef module, const Tensor &x, int64_t rows) {
  Location loc = getLoc(module);
  int64_t width = *getConstantIntValue(x.sizes[1]);
  Value table = weight((module + ".weight").str(), {rows, width});
  SmallVector<OpFoldResult> offsets(2, size(0)), strides(2, size(1));
  Value positions = tensor::ExtractSliceOp::create(builder, loc, type(x.sizes), table, offsets, x.sizes, strides);
  return add(module, x, {positions, x.sizes});
}

Value GraphBuilder::pool(StringRef module, const Tensor &x) {
  Location loc = getLoc(module);
  SmallVector<OpFoldResult> sizes{size(1), x.sizes[1]}, offsets(2, size(0)), strides(2, size(1));
  Value first = tensor::ExtractSliceOp::create(builder, loc, type(sizes), x.value, offsets, sizes, strides);
  Tensor dense = linear(module, {first, sizes}, *getConstantIntValue(x.sizes[1]), /*bias=*/true);
  Tensor pooled = activate(module, dense, Activation::Tanh);
  return collapse(loc, pooled, {{0, 1}}, {x.sizes[1]}).value;
}

Tensor GraphBuilder::add(StringRef module, const Tensor &a, const Tensor &b, std::optional<double> scale) {
  Location loc = getLoc(module);
  AffineMap map = identity(a.getRank());
  return elementwise(loc, a.sizes, {a.value, b.value}, {map, map}, [&](ValueRange arguments) {
    Scalars s{builder, loc};
    return s.add(arguments[0], scale ? s.mul(arguments[1], s.constant(*scale)) : arguments[1]);
  });
}

Tensor GraphBuilder::scale(StringRef module, const Tensor &x, double factor) {
  Location loc = getLoc(module);
  return elementwise(loc, x.sizes, x.value, identity(x.getRank()), [&](ValueRange arguments) {
    Scalars s{builder, loc};
    return s.mul(arguments[0], s.constant(factor));
  });
}

/// The formulas of torch.nn.functional, and of transformers' activations.py for quick_gelu and relu2.
static Value buildActivation(const Scalars &s, Value x, Activation activation) {
  auto timesSigmoid = [&](Value argument) { return s.div(x, s.add(s.constant(1), s.exp(s.neg(argument)))); };
  auto halfTimesOnePlus = [&](Value argument) {
    return s.mul(s.mul(s.constant(0.5), x), s.add(s.constant(1), argument));
  };
  switch (activation) {
  case Activation::Silu:
    return timesSigmoid(x);
  case Activation::QuickGelu:
    return timesSigmoid(s.mul(s.constant(1.702), x));
  case Activation::Gelu:
    return halfTimesOnePlus(s.erf(s.mul(x, s.constant(M_SQRT1_2))));
  case Activation::GeluTanh: {
    Value cube = s.mul(s.mul(x, x), x);
    Value inner = s.add(x, s.mul(s.constant(0.044715), cube));
    return halfTimesOnePlus(s.tanh(s.mul(s.constant(std::sqrt(2 / M_PI)), inner)));
  }
  case Activation::Relu:
    return s.max(x, s.constant(0));
  case Activation::Relu2: {
    Value positive = s.max(x, s.constant(0));
    return s.mul(positive, positive);
  }
  case Activation::Tanh:
    return s.tanh(x);
  }
  llvm_unreachable("activation");
}

Tensor GraphBuilder::activate(StringRef module, const Tensor &x, Activation activation) {
  Location loc = getLoc(module);
  return elementwise(loc, x.sizes, x.value, identity(x.getRank()), [&](ValueRange arguments) {
    return buildActivation(Scalars{builder, loc}, arguments[0], activation);
  });
}

Tensor GraphBuilder::gate(StringRef module, const Tensor &gate, const Tensor &up, Activation activation) {
  Location loc = getLoc(module);
  AffineMap map = identity(gate.getRank());
  return elementwise(loc, gate.sizes, {gate.value, up.value}, {map, map}, [&](ValueRange arguments) {
    Scalars s{builder, loc};
    return s.mul(buildActivation(s, arguments[0], activation), arguments[1]);
  });
}

Tensor GraphBuilder::softCap(StringRef module, const Tensor &x, double cap) {
  Location loc = getLoc(module);
  return elementwise(loc, x.sizes, x.value, identity(x.getRank()), [&](ValueRange arguments) {
    Scalars s{builder, loc};
    return s.mul(s.tanh(s.div(arguments[0], s.constant(cap))), s.constant(cap));
  });
}
