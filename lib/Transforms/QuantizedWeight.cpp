//===- QuantizedWeight.cpp - From a rounded matrix to QDQ form ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "QuantizedWeight.h"
#include "ConstantEvaluation.h"
#include "ConstantRewrite.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// Order of dimensions
//===----------------------------------------------------------------------===//

/// The dimensions of the source in the order of the matrix: output channels, then the reduction.
static SmallVector<int64_t> getMatrixOrder(const Contraction &contraction) {
  int64_t rank = cast<RankedTensorType>(contraction.weightSource.getType()).getRank();
  SmallVector<int64_t> order;
  for (int64_t dim = 0; dim < rank; ++dim)
    if (!llvm::is_contained(contraction.weightReduction, dim))
      order.push_back(dim);
  llvm::append_range(order, contraction.weightReduction);
  return order;
}

/// Copies between a tensor of `shape` and its transpose to `order`; `toMatrix` says which way.
template <typename T>
static std::vector<T> reorder(ArrayRef<T> from, ArrayRef<int64_t> shape, ArrayRef<int64_t> order, bool toMatrix) {
  std::vector<T> to(from.size());
  SmallVector<int64_t> strides(shape.size(), 1), index(shape.size(), 0);
  for (int64_t dim = int64_t(shape.size()) - 2; dim >= 0; --dim)
    strides[dim] = strides[dim + 1] * shape[dim + 1];
  for (size_t position = 0; position < from.size(); ++position) {
    int64_t offset = 0;
    for (auto [i, dim] : llvm::enumerate(order))
      offset += index[i] * strides[dim];
    if (toMatrix)
      to[position] = from[offset];
    else
      to[offset] = from[position];
    for (int64_t i = int64_t(order.size()) - 1; i >= 0 && ++index[i] == shape[order[i]]; --i)
      index[i] = 0;
  }
  return to;
}

/// True when the matrix lies in memory as the source does.
static bool isIdentity(ArrayRef<int64_t> order) { return llvm::is_sorted(order); }

FailureOr<WeightMatrix> quantopt::readWeightMatrix(const Contraction &contraction, std::string &reason) {
  FailureOr<std::vector<float>> elements = contraction.sourceKind == WeightSourceKind::Computed
                                               ? evaluateConstant(contraction.weightSource, reason)
                                               : readFloats(contraction.weightSource, reason);
  if (failed(elements))
    return failure();
  ArrayRef<int64_t> shape = cast<RankedTensorType>(contraction.weightSource.getType()).getShape();
  WeightMatrix matrix;
  matrix.cols = 1;
  for (int64_t dim : contraction.weightReduction)
    matrix.cols *= shape[dim];
  matrix.rows = int64_t(elements->size()) / std::max<int64_t>(matrix.cols, 1);
  SmallVector<int64_t> order = getMatrixOrder(contraction);
  matrix.elements =
      isIdentity(order) ? std::move(*elements) : reorder<float>(*elements, shape, order, /*toMatrix=*/true);
  return matrix;
}

std::vector<float> quantopt::getSourceElements(const Contraction &contraction, const WeightMatrix &matrix) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(contraction.weightSource.getType()).getShape();
  SmallVector<int64_t> order = getMatrixOrder(contraction);
  return isIdentity(order) ? matrix.elements : reorder<float>(matrix.elements, shape, order, /*toMatrix=*/false);
}

LogicalResult quantopt::writeWeightMatrix(Contraction &contraction, const WeightMatrix &matrix) {
  FailureOr<Value> fresh = createConstantLike(contraction.weightSource, getSourceElements(contraction, matrix));
  if (failed(fresh))
    return failure();
  Operation *old = contraction.weightSource.getDefiningOp();
  old->getResult(0).replaceAllUsesWith(*fresh);
  old->erase();
  contraction.weightSource = *fresh;
  return success();
}

//===----------------------------------------------------------------------===//
// Schemes
//===----------------------------------------------------------------------===//

static FailureOr<SmallVector<int64_t>> getWeightScaleShape(const Contraction &contraction, lowp::SchemeInterface scheme,
                                                           std::string &reason) {
  auto type = cast<RankedTensorType>(contraction.weightSource.getType());
  return scheme.getScaleShape(type.getShape(), contraction.weightReduction, reason);
}

/// The block length that dimensions `dims` have together: 0 when one scale spans them all, else their only one's.
static FailureOr<int64_t> getBlockLength(ArrayRef<int64_t> dims, ArrayRef<int64_t> shape, ArrayRef<int64_t> scale) {
  if (llvm::all_of(dims, [&](int64_t dim) { return scale[dim] == 1; }))
    return 0;
  if (llvm::all_of(dims, [&](int64_t dim) { return scale[dim] == shape[dim]; }))
    return 1;
  if (dims.size() != 1)
    return failure();
  return shape[dims[0]] / scale[dims[0]];
}

CodeRange quantopt::getCodeRange(lowp::SchemeInterface scheme) {
  Type storage = scheme.getStorageType();
  if (storage.isInteger())
    return CodeRange::integer(storage.getIntOrFloatBitWidth());
  return isa<Float8E5M2Type>(storage) ? CodeRange::f8E5M2() : CodeRange::f8E4M3();
}

FailureOr<BlockScheme> quantopt::getBlockScheme(const Contraction &contraction, lowp::SchemeInterface scheme,
                                                std::string &reason) {
  FailureOr<SmallVector<int64_t>> scaleShape = getWeightScaleShape(contraction, scheme, reason);
  if (failed(scaleShape))
    return failure();
  ArrayRef<int64_t> shape = cast<RankedTensorType>(contraction.weightSource.getType()).getShape();
  SmallVector<int64_t> order = getMatrixOrder(contraction);
  size_t outputs = order.size() - contraction.weightReduction.size();
  FailureOr<int64_t> rows = getBlockLength(ArrayRef(order).take_front(outputs), shape, *scaleShape);
  FailureOr<int64_t> cols = getBlockLength(ArrayRef(order).drop_front(outputs), shape, *scaleShape);
  if (failed(rows) || failed(cols)) {
    reason = "its blocks span several dimensions of the weight";
    return failure();
  }
  BlockScheme block;
  block.range = getCodeRange(scheme);
  block.asymmetric = !scheme.isSymmetric();
  block.blockRows = *rows;
  block.blockCols = *cols;
  return block;
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// The storage of elements of `type` in a checkpoint.
static FailureOr<Storage> getElementStorage(Type type) {
  if (type.isF32())
    return Storage::F32;
  if (type.isF16())
    return Storage::F16;
  if (type.isBF16())
    return Storage::BF16;
  if (type.isInteger(32))
    return Storage::I32;
  if (type.isInteger(8))
    return Storage::I8;
  if (type.isInteger(4))
    return Storage::I4Packed;
  if (type.isInteger(3))
    return Storage::I3Packed;
  if (type.isInteger(2))
    return Storage::I2Packed;
  if (isa<Float8E4M3FNType>(type))
    return Storage::F8E4M3;
  if (isa<Float8E5M2Type>(type))
    return Storage::F8E5M2;
  return failure();
}

FailureOr<Value> quantopt::createBeside(OpBuilder &builder, Operation *source, RankedTensorType type, StringRef suffix,
                                        ArrayRef<char> elements) {
  auto weight = dyn_cast<lowp::WeightOp>(source);
  if (!weight) {
    // Constants hold a narrow integer zero-extended in a byte.
    std::vector<char> narrow(elements.begin(), elements.end());
    if (auto integer = dyn_cast<IntegerType>(type.getElementType()); integer && integer.getWidth() < 8)
      for (char &code : narrow)
        code &= (1 << integer.getWidth()) - 1;
    return arith::ConstantOp::create(builder, source->getLoc(), DenseElementsAttr::getFromRawBuffer(type, narrow))
        .getResult();
  }
  std::shared_ptr<WeightStore> store = lowp::getStore(source, weight.getKey());
  if (!store)
    return failure();
  FailureOr<Storage> storage = getElementStorage(type.getElementType());
  if (failed(storage))
    return source->emitOpError() << "no checkpoint storage holds codes of type " << type.getElementType()
                                 << "; use i2, i3, i4, i8 or an 8-bit float";
  // A smoothed weight is a version of its key; the codes belong to the model's name for it.
  StringRef name = weight.getKey().getLeafReference().getValue().split('@').first;
  llvm::Expected<std::string> key = store->put((name + suffix).str(), type.getShape(), *storage, elements);
  if (!key)
    return source->emitOpError() << llvm::toString(key.takeError());
  auto symbol =
      SymbolRefAttr::get(weight.getKey().getRootReference(), {FlatSymbolRefAttr::get(builder.getContext(), *key)});
  return lowp::WeightOp::create(builder, source->getLoc(), type, symbol).getResult();
}

template <typename T> static ArrayRef<char> asBytes(ArrayRef<T> values) {
  return {reinterpret_cast<const char *>(values.data()), values.size() * sizeof(T)};
}

FailureOr<Value> quantopt::createDequantized(const Contraction &contraction, lowp::SchemeInterface scheme,
                                             const QuantizedMatrix &quantized) {
  Operation *source = contraction.weightSource.getDefiningOp();
  auto type = cast<RankedTensorType>(contraction.weightSource.getType());
  std::string reason;
  FailureOr<SmallVector<int64_t>> scaleShape = getWeightScaleShape(contraction, scheme, reason);
  if (failed(scaleShape))
    return contraction.op->emitOpError() << reason;
  SmallVector<int64_t> order = getMatrixOrder(contraction);
  OpBuilder builder(source->getContext());
  builder.setInsertionPointAfter(source);
  Type code = scheme.getStorageType();

  auto codes = reorder<int8_t>(quantized.codes, type.getShape(), order, /*toMatrix=*/false);
  auto scales = reorder<float>(quantized.params.scales, *scaleShape, order, /*toMatrix=*/false);
  auto scaleType = RankedTensorType::get(*scaleShape, builder.getF32Type());
  FailureOr<Value> codeValue =
      createBeside(builder, source, type.clone(code), "_codes", asBytes(ArrayRef<int8_t>(codes)));
  FailureOr<Value> scaleValue = createBeside(builder, source, scaleType, "_scale", asBytes(ArrayRef<float>(scales)));
  if (failed(codeValue) || failed(scaleValue))
    return failure();
  Value zeroValue;
  if (!scheme.isSymmetric()) {
    auto zeros = reorder<int8_t>(quantized.params.zeroPoints, *scaleShape, order, /*toMatrix=*/false);
    FailureOr<Value> zero =
        createBeside(builder, source, scaleType.clone(code), "_zero_point", asBytes(ArrayRef<int8_t>(zeros)));
    if (failed(zero))
      return failure();
    zeroValue = *zero;
  }
  return lowp::DequantizeOp::create(builder, source->getLoc(), type, *codeValue, *scaleValue, zeroValue).getResult();
}

FailureOr<Value> quantopt::createDequantizedAtRunTime(const Contraction &contraction, lowp::SchemeInterface scheme) {
  std::string reason;
  FailureOr<SmallVector<int64_t>> shape = getWeightScaleShape(contraction, scheme, reason);
  if (failed(shape))
    return contraction.op->emitOpError() << reason;
  Value source = contraction.weightSource;
  auto scaleType = RankedTensorType::get(*shape, Float32Type::get(source.getContext()));
  return createRunTimeQdq(source, scaleType, scheme, source.getLoc());
}

/// Erases what nobody reads any more of `ops` and of what they were computed from.
static void eraseDead(SmallVector<Operation *> ops) {
  llvm::SetVector<Operation *> worklist(ops.begin(), ops.end());
  while (!worklist.empty()) {
    Operation *op = worklist.pop_back_val();
    if (!isOpTriviallyDead(op))
      continue;
    op->walk([&](Operation *inner) {
      for (Value operand : inner->getOperands())
        if (Operation *def = operand.getDefiningOp(); def && !op->isAncestor(def))
          worklist.insert(def);
    });
    worklist.remove(op);
    op->erase();
  }
}

void quantopt::redirectWeight(Contraction &contraction, Value dequantized) {
  OpBuilder builder(contraction.op->getContext());
  Operation *source = contraction.weightSource.getDefiningOp();
  SmallVector<Operation *> old;
  if (source)
    old.push_back(source);
  Value value = dequantized;
  for (OpOperand *operand : contraction.weightPath) {
    Operation *view = operand->getOwner();
    old.push_back(view);
    builder.setInsertionPointAfter(view);
    Operation *clone = builder.clone(*view);
    clone->setOperand(operand->getOperandNumber(), value);
    value = clone->getResult(0);
  }
  contraction.op->setOperand(contraction.weightOperand, value);
  eraseDead(std::move(old));
  contraction.weightSource = dequantized;
  contraction.weightPath.clear();
}

LogicalResult quantopt::replaceWeight(Contraction &contraction, lowp::SchemeInterface scheme,
                                      const QuantizedMatrix &quantized) {
  FailureOr<Value> dequantized = createDequantized(contraction, scheme, quantized);
  if (failed(dequantized))
    return failure();
  redirectWeight(contraction, *dequantized);
  return success();
}
