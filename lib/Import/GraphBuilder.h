//===- GraphBuilder.h - Layers as linalg -------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the decoder and the encoder are made of, each as linalg on f32 tensors
// with the weight beside its use. docs/import.md shows the form of each.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_IMPORT_GRAPHBUILDER_H
#define QUANTOPT_LIB_IMPORT_GRAPHBUILDER_H

#include "Features.h"
#include "LowP/LowP.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "llvm/ADT/StringSet.h"

namespace quantopt::importer {

/// A value with its sizes, so that each dynamic one is asked for once.
struct Tensor {
  mlir::Value value;
  llvm::SmallVector<mlir::OpFoldResult> sizes;
  int64_t getRank() const { return sizes.size(); }
};

struct AttentionShape {
  int64_t heads, keyValueHeads, headDim;
};

/// What happens to a score before the softmax.
struct ScoreFeatures {
  double scale = 1;
  std::optional<double> cap;
  bool causal = true;
  std::optional<int64_t> window;
};

class GraphBuilder {
public:
  using Body = llvm::function_ref<mlir::Value(mlir::ValueRange arguments)>;

  /// `file` is what messages about weights name.
  GraphBuilder(mlir::OpBuilder &builder, const WeightStore &store, llvm::StringRef file)
      : builder(builder), store(store), file(file) {}

  mlir::OpBuilder &getBuilder() { return builder; }
  mlir::OpFoldResult size(int64_t value) { return builder.getIndexAttr(value); }

  /// The tensor of `key`, as f32. The first one that is missing or has another shape is reported.
  mlir::Value weight(llvm::StringRef key, llvm::ArrayRef<int64_t> shape);
  bool hasWeight(llvm::StringRef key) const { return store.lookup(key) != nullptr; }
  bool hasFailed() const { return failed; }
  /// Reports the first tensor of the checkpoint that nothing asked for and `isIgnorable` does not excuse: a bias or
  /// a norm that the configuration does not state.
  mlir::LogicalResult checkAllWeightsUsed(llvm::function_ref<bool(llvm::StringRef key)> isIgnorable);

  /// x [.., in] of rank 2 -> [.., out]; weight [out, in] at `module`.weight, or at `weightKey` when it is shared.
  Tensor linear(llvm::StringRef module, const Tensor &x, int64_t out, bool bias, llvm::StringRef weightKey = "");
  /// Over the last dimension; gain and bias at `module`.weight and .bias, or .gamma and .beta.
  Tensor norm(llvm::StringRef module, const Tensor &x, const NormFeatures &features);
  /// Rows of the table at `module`.weight for ids [S], each times `scale`.
  Tensor lookup(llvm::StringRef module, const Tensor &ids, int64_t rows, int64_t width,
                std::optional<double> scale = std::nullopt);
  /// x [S, width] plus the first S rows of the table at `module`.weight.
  Tensor addPositions(llvm::StringRef module, const Tensor &x, int64_t rows);
  /// tanh(linear(first row of x)) [width]: the pooler of BERT.
  mlir::Value pool(llvm::StringRef module, const Tensor &x);
  /// a + b * scale.
  Tensor add(llvm::StringRef module, const Tensor &a, const Tensor &b, std::optional<double> scale = std::nullopt);
  Tensor scale(llvm::StringRef module, const Tensor &x, double factor);
  Tensor activate(llvm::StringRef module, const Tensor &x, Activation activation);
  /// activation(gate) * up.
  Tensor gate(llvm::StringRef module, const Tensor &gate, const Tensor &up, Activation activation);
  /// cap * tanh(x / cap).
  Tensor softCap(llvm::StringRef module, const Tensor &x, double cap);

  /// x [S, n * d] -> [S, n, d].
  Tensor splitHeads(llvm::StringRef module, const Tensor &x, int64_t heads, int64_t headDim);
  /// Rotates q and k, [S, heads, d], by their positions 0 .. S-1.
  void rotate(llvm::StringRef module, Tensor &q, Tensor &k, const RopeFeatures &rope);
  /// q [S, heads, d], k and v [S, keyValueHeads, d] -> [S, heads * d]. The queries that share a key head are stacked
  /// into one product, so keys and values are never repeated.
  Tensor attention(llvm::StringRef module, const Tensor &q, const Tensor &k, const Tensor &v,
                   const AttentionShape &shape, const ScoreFeatures &score);

  /// A generic over all of `sizes`, f32; input i is read through `maps[i]`.
  Tensor elementwise(mlir::Location loc, llvm::ArrayRef<mlir::OpFoldResult> sizes, mlir::ValueRange inputs,
                     llvm::ArrayRef<mlir::AffineMap> maps, Body body);
  mlir::Location getLoc(llvm::StringRef module);

private:
  /// A tensor of the store as it is.
  mlir::Value storedTensor(llvm::StringRef key, mlir::Type element);
  /// The weight of a quantized layer through lowp.dequantize; `shape` is what the configuration asks for.
  mlir::Value quantizedWeight(const QuantizedModule &module, llvm::ArrayRef<int64_t> shape);
  /// x [S, in] as the layer reads it: quantized and dequantized where the checkpoint says so.
  mlir::Value quantizedInput(const QuantizedModule &module, mlir::Value x);
  lowp::PlanAttr makePlan(const QuantizedModule &module);
  /// False, with the error reported, when a tensor has another shape than the configuration asks for.
  bool checkShape(llvm::StringRef key, llvm::ArrayRef<int64_t> stored, llvm::ArrayRef<int64_t> wanted);
  mlir::Value empty(mlir::Location loc, llvm::ArrayRef<mlir::OpFoldResult> sizes);
  mlir::Value zeros(mlir::Location loc, llvm::ArrayRef<mlir::OpFoldResult> sizes);
  /// Sum over the last dimension of what `body` makes of the elements.
  Tensor sumLast(mlir::Location loc, const Tensor &x, mlir::ValueRange perRow, Body body);
  /// What a norm computes of each row: the mean where it is taken off, then 1 / deviation.
  llvm::SmallVector<mlir::Value> normRows(mlir::Location loc, const Tensor &x, const NormFeatures &features);
  mlir::AffineMap identity(unsigned rank) { return builder.getMultiDimIdentityMap(rank); }
  /// (d0, .., dn) -> the given dimensions.
  mlir::AffineMap select(unsigned rank, llvm::ArrayRef<unsigned> dims);
  mlir::AffineMap dropLast(unsigned rank) {
    return mlir::AffineMap::getMultiDimIdentityMap(rank, builder.getContext()).dropResult(rank - 1);
  }
  mlir::AffineMap last(unsigned rank) { return select(rank, {rank - 1}); }
  mlir::RankedTensorType type(llvm::ArrayRef<mlir::OpFoldResult> sizes);
  Tensor expand(mlir::Location loc, const Tensor &x, llvm::ArrayRef<mlir::ReassociationIndices> groups,
                llvm::ArrayRef<mlir::OpFoldResult> sizes);
  Tensor collapse(mlir::Location loc, const Tensor &x, llvm::ArrayRef<mlir::ReassociationIndices> groups,
                  llvm::ArrayRef<mlir::OpFoldResult> sizes);
  Tensor transpose(mlir::Location loc, const Tensor &x, llvm::ArrayRef<int64_t> permutation);
  mlir::OpFoldResult multiply(mlir::Location loc, int64_t factor, mlir::OpFoldResult length);
  std::pair<mlir::Value, mlir::Value> ropeTables(mlir::Location loc, mlir::OpFoldResult length,
                                                 const RopeFeatures &rope);
  Tensor rotateOne(mlir::Location loc, const Tensor &x, mlir::Value cosines, mlir::Value sines, int64_t pairs);
  Tensor maskScores(mlir::Location loc, const Tensor &scores, const ScoreFeatures &features);

  mlir::OpBuilder &builder;
  const WeightStore &store;
  std::string file;
  llvm::StringSet<> used;
  llvm::DenseMap<std::pair<mlir::Value, mlir::Attribute>, mlir::Value> quantizedInputs;
  bool failed = false;
};

} // namespace quantopt::importer

#endif // QUANTOPT_LIB_IMPORT_GRAPHBUILDER_H
