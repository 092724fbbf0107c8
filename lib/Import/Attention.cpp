//===- Attention.cpp - Rotary embedding and attention as linalg -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GraphBuilder.h"
#include "Scalars.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include <limits>

using namespace mlir;
using namespace quantopt;
using namespace quantopt::importer;

//===----------------------------------------------------------------------===//
// Views
//===----------------------------------------------------------------------===//

Tensor GraphBuilder::expand(Location loc, const Tensor &x, ArrayRef<ReassociationIndices> groups,
                            ArrayRef<OpFoldResult> sizes) {
  Value result = tensor::ExpandShapeOp::create(builder, loc, type(sizes), x.value, groups, sizes);
  return {result, SmallVector<OpFoldResult>(sizes)};
}

Tensor GraphBuilder::collapse(Location loc, const Tensor &x, ArrayRef<ReassociationIndices> groups,
                              ArrayRef<OpFoldResult> sizes) {
  Value result = tensor::CollapseShapeOp::create(builder, loc, type(sizes), x.value, groups);
  return {result, SmallVector<OpFoldResult>(sizes)};
}

Tensor GraphBuilder::transpose(Location loc, const Tensor &x, ArrayRef<int64_t> permutation) {
  SmallVector<OpFoldResult> sizes =
      llvm::map_to_vector(permutation, [&](int64_t dim) -> OpFoldResult { return x.sizes[dim]; });
  auto op = linalg::TransposeOp::create(builder, loc, x.value, empty(loc, sizes), permutation);
  return {op->getResult(0), sizes};
}

OpFoldResult GraphBuilder::multiply(Location loc, int64_t factor, OpFoldResult length) {
  if (factor == 1)
    return length;
  Value factorValue = arith::ConstantIndexOp::create(builder, loc, factor);
  Value lengthValue = getValueOrCreateConstantIndexOp(builder, loc, length);
  return arith::MulIOp::create(builder, loc, factorValue, lengthValue).getResult();
}

Tensor GraphBuilder::splitHeads(StringRef module, const Tensor &x, int64_t heads, int64_t headDim) {
  return expand(getLoc(module), x, {{0}, {1, 2}}, {x.sizes[0], size(heads), size(headDim)});
}

//===----------------------------------------------------------------------===//
// Rotary embedding
//===----------------------------------------------------------------------===//

std::pair<Value, Value> GraphBuilder::ropeTables(Location loc, OpFoldResult length, const RopeFeatures &rope) {
  int64_t pairs = rope.inverseFrequencies.size();
  auto constantType = RankedTensorType::get({pairs}, builder.getF32Type());
  Value frequencies = arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(constantType, ArrayRef<float>(rope.inverseFrequencies)));
  SmallVector<OpFoldResult> sizes{length, size(pairs)};
  SmallVector<Value> inits{empty(loc, sizes), empty(loc, sizes)};
  SmallVector<utils::IteratorType> iterators(2, utils::IteratorType::parallel);
  auto op = linalg::GenericOp::create(
      builder, loc, ValueRange(inits).getTypes(), frequencies, inits, {last(2), identity(2), identity(2)}, iterators,
      [&](OpBuilder &nested, Location nestedLoc, ValueRange arguments) {
        Scalars s{nested, nestedLoc};
        Value index = linalg::IndexOp::create(nested, nestedLoc, 0);
        Value integer = arith::IndexCastOp::create(nested, nestedLoc, nested.getI64Type(), index);
        Value position = arith::SIToFPOp::create(nested, nestedLoc, nested.getF32Type(), integer);
        Value angle = s.mul(position, arguments[0]);
        Value cosine = s.cos(angle), sine = s.sin(angle);
        if (rope.attentionFactor != 1) {
          Value factor = s.constant(rope.attentionFactor);
          cosine = s.mul(cosine, factor);
          sine = s.mul(sine, factor);
        }
        linalg::YieldOp::create(nested, nestedLoc, ValueRange{cosine, sine});
      });
  return {op.getResult(0), op.getResult(1)};
}

Tensor GraphBuilder::rotateOne(Location loc, const Tensor &x, Value cosines, Value sines, int64_t pairs) {
  SmallVector<OpFoldResult> sizes{x.sizes[0], x.sizes[1], size(pairs)};
  SmallVector<OpFoldResult> low(3, size(0)), high{size(0), size(0), size(pairs)}, strides(3, size(1));
  Value first = tensor::ExtractSliceOp::create(builder, loc, type(sizes), x.value, low, sizes, strides);
  Value second = tensor::ExtractSliceOp::create(builder, loc, type(sizes), x.value, high, sizes, strides);
  SmallVector<Value> inits{empty(loc, sizes), empty(loc, sizes)};
  SmallVector<AffineMap> maps{identity(3), identity(3), select(3, {0, 2}), select(3, {0, 2}), identity(3), identity(3)};
  SmallVector<utils::IteratorType> iterators(3, utils::IteratorType::parallel);
  auto op =
      linalg::GenericOp::create(builder, loc, ValueRange(inits).getTypes(), ValueRange{first, second, cosines, sines},
                                inits, maps, iterators, [&](OpBuilder &nested, Location nestedLoc, ValueRange a) {
                                  Scalars s{nested, nestedLoc};
                                  Value left = s.sub(s.mul(a[0], a[2]), s.mul(a[1], a[3]));
                                  Value right = s.add(s.mul(a[1], a[2]), s.mul(a[0], a[3]));
                                  linalg::YieldOp::create(nested, nestedLoc, ValueRange{left, right});
                                });
  // Where the rotation is partial, the rest passes through.
  bool whole = *getConstantIntValue(x.sizes[2]) == 2 * pairs;
  Value result = whole ? empty(loc, x.sizes) : x.value;
  result = tensor::InsertSliceOp::create(builder, loc, op.getResult(0), result, low, sizes, strides);
  result = tensor::InsertSliceOp::create(builder, loc, op.getResult(1), result, high, sizes, strides);
  return {result, x.sizes};
}

void GraphBuilder::rotate(StringRef module, Tensor &q, Tensor &k, const RopeFeatures &rope) {
  Location loc = getLoc(module);
  auto [cosines, sines] = ropeTables(loc, q.sizes[0], rope);
  int64_t pairs = rope.inverseFrequencies.size();
  q = rotateOne(loc, q, cosines, sines, pairs);
  k = rotateOne(loc, k, cosines, sines, pairs);
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

Tensor GraphBuilder::maskScores(Location loc, const Tensor &scores, const ScoreFeatures &features) {
  return elementwise(loc, scores.sizes, scores.value, identity(4), [&](ValueRange arguments) -> Value {
    Scalars s{builder, loc};
    Value score = s.mul(arguments[0], s.constant(features.scale));
    if (features.cap)
      score = s.mul(s.tanh(s.div(score, s.constant(*features.cap))), s.constant(*features.cap));
    if (!features.causal)
      return score;
    Value query = linalg::IndexOp::create(builder, loc, 2);
    Value key = linalg::IndexOp::create(builder, loc, 3);
    Value visible = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sle, key, query);
    if (features.window) {
      Value distance = arith::SubIOp::create(builder, loc, query, key);
      Value window = arith::ConstantIndexOp::create(builder, loc, *features.window);
      Value near = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, distance, window);
      visible = arith::AndIOp::create(builder, loc, visible, near);
    }
    Value hidden = s.constant(-std::numeric_limits<double>::infinity());
    return arith::SelectOp::create(builder, loc, visible, score, hidden);
  });
}

Tensor GraphBuilder::attention(StringRef module, const Tensor &q, const Tensor &k, const Tensor &v,
                               const AttentionShape &shape, const ScoreFeatures &score) {
  Location loc = getLoc(module);
  OpFoldResult length = q.sizes[0], groups = size(shape.keyValueHeads), dim = size(shape.headDim);
  OpFoldResult perGroup = size(shape.heads / shape.keyValueHeads);

  // [S, heads, d] -> [kv, heads / kv, S, d] -> [kv, heads / kv * S, d]
  Tensor split = expand(loc, q, {{0}, {1, 2}, {3}}, {length, groups, perGroup, dim});
  Tensor queries = transpose(loc, split, {1, 2, 0, 3});
  OpFoldResult rows = multiply(loc, shape.heads / shape.keyValueHeads, length);
  Tensor stacked = collapse(loc, queries, {{0}, {1, 2}, {3}}, {groups, rows, dim});
  Tensor keys = transpose(loc, k, {1, 0, 2}), values = transpose(loc, v, {1, 0, 2});

  SmallVector<OpFoldResult> flatSizes{groups, rows, length}, scoreSizes{groups, perGroup, length, length};
  Value init = zeros(loc, flatSizes);
  auto product = linalg::BatchMatmulTransposeBOp::create(builder, loc, init.getType(),
                                                         ValueRange{stacked.value, keys.value}, ValueRange{init});
  Tensor scores = expand(loc, {product->getResult(0), flatSizes}, {{0}, {1, 2}, {3}}, scoreSizes);
  Tensor masked = maskScores(loc, scores, score);
  Value softmax = linalg::SoftmaxOp::create(builder, loc, masked.value.getType(), masked.value, empty(loc, scoreSizes),
                                            /*dimension=*/3)
                      .getResult()[0];
  Tensor weights = collapse(loc, {softmax, scoreSizes}, {{0}, {1, 2}, {3}}, flatSizes);

  SmallVector<OpFoldResult> mixedSizes{groups, rows, dim};
  Value mixedInit = zeros(loc, mixedSizes);
  auto mixed = linalg::BatchMatmulOp::create(builder, loc, mixedInit.getType(), ValueRange{weights.value, values.value},
                                             ValueRange{mixedInit});
  Tensor heads = expand(loc, {mixed.getResult(0), mixedSizes}, {{0}, {1, 2}, {3}}, {groups, perGroup, length, dim});
  Tensor back = transpose(loc, heads, {2, 0, 1, 3});
  return collapse(loc, back, {{0}, {1, 2, 3}}, {length, size(shape.heads * shape.headDim)});
}
