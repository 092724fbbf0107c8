//===- EncoderBuilder.cpp - A BERT-style encoder from its features --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelBuilder.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include <cmath>

using namespace mlir;
using namespace quantopt;
using namespace quantopt::importer;

static NormFeatures getNorm(const EncoderFeatures &features) {
  return {NormFeatures::Kind::Layer, /*gainOffset=*/false, /*bias=*/true, features.epsilon};
}

/// Sum of the embeddings of token, type and position, normalized.
static Tensor buildEmbeddings(GraphBuilder &graph, const std::string &name, const Tensor &ids, const Tensor &types,
                              const EncoderFeatures &features) {
  int64_t width = features.hidden;
  Tensor words = graph.lookup(name + ".word_embeddings", ids, features.vocabulary, width);
  Tensor kinds = graph.lookup(name + ".token_type_embeddings", types, features.tokenTypes, width);
  Tensor sum = graph.add(name + ".token_type_embeddings", words, kinds);
  sum = graph.addPositions(name + ".position_embeddings", sum, features.positions);
  return graph.norm(name + ".LayerNorm", sum, getNorm(features));
}

static Tensor buildBlock(GraphBuilder &graph, const std::string &name, const Tensor &x,
                         const EncoderFeatures &features) {
  int64_t headDim = features.hidden / features.heads;
  auto project = [&](StringRef module) {
    std::string linear = (name + ".attention.self." + module).str();
    return graph.splitHeads(linear, graph.linear(linear, x, features.hidden, /*bias=*/true), features.heads, headDim);
  };
  Tensor q = project("query"), k = project("key"), v = project("value");
  ScoreFeatures score;
  score.scale = 1 / std::sqrt(double(headDim));
  score.causal = false;
  Tensor mixed = graph.attention(name + ".attention.self", q, k, v, {features.heads, features.heads, headDim}, score);
  Tensor attended = graph.linear(name + ".attention.output.dense", mixed, features.hidden, /*bias=*/true);
  Tensor sum = graph.add(name + ".attention.output", attended, x);
  Tensor middle = graph.norm(name + ".attention.output.LayerNorm", sum, getNorm(features));

  Tensor inner = graph.linear(name + ".intermediate.dense", middle, features.intermediate, /*bias=*/true);
  inner = graph.activate(name + ".intermediate", inner, features.activation);
  Tensor fed = graph.linear(name + ".output.dense", inner, features.hidden, /*bias=*/true);
  return graph.norm(name + ".output.LayerNorm", graph.add(name + ".output", fed, middle), getNorm(features));
}

func::FuncOp quantopt::importer::buildEncoder(GraphBuilder &graph, StringRef prefix, const EncoderFeatures &features) {
  OpBuilder &builder = graph.getBuilder();
  Location loc = builder.getUnknownLoc();
  auto idsType = RankedTensorType::get({ShapedType::kDynamic}, builder.getI64Type());
  SmallVector<Type> results{RankedTensorType::get({ShapedType::kDynamic, features.hidden}, builder.getF32Type())};
  std::string pooler = (prefix + "pooler.dense").str();
  bool pooled = graph.hasWeight(pooler + ".weight");
  if (pooled)
    results.push_back(RankedTensorType::get({features.hidden}, builder.getF32Type()));
  auto function = func::FuncOp::create(builder, loc, "main", builder.getFunctionType({idsType, idsType}, results));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(function.addEntryBlock());
  Value length = tensor::DimOp::create(builder, loc, function.getArgument(0), 0);
  Tensor ids{function.getArgument(0), {length}}, types{function.getArgument(1), {length}};

  Tensor hidden = buildEmbeddings(graph, (prefix + "embeddings").str(), ids, types, features);
  for (int64_t layer = 0; layer < features.layers; ++layer)
    hidden = buildBlock(graph, (prefix + "encoder.layer." + Twine(layer)).str(), hidden, features);
  SmallVector<Value> outputs{hidden.value};
  if (pooled)
    outputs.push_back(graph.pool(pooler, hidden));
  func::ReturnOp::create(builder, loc, outputs);
  return function;
}
