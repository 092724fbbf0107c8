//===- DecoderBuilder.cpp - A decoder from its features -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelBuilder.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::importer;

namespace {

/// One block; `name` is the path of the block in the checkpoint.
struct BlockBuilder {
  GraphBuilder &graph;
  const DecoderFeatures &features;
  const LayerFeatures &layer;
  std::string name;

  std::string path(const Twine &module) const { return (name + "." + module).str(); }

  Tensor maybeNorm(const std::string &norm, const Tensor &x) {
    return norm.empty() ? x : graph.norm(path(norm), x, features.norm);
  }

  /// Projection "q", "k" or "v" of x, in heads.
  Tensor projectHeads(StringRef which, const Tensor &x, int64_t heads) {
    std::string linear = path("self_attn." + which + "_proj"), norm = path("self_attn." + which + "_norm");
    auto queryKeyNorm = which == "v" ? DecoderFeatures::QueryKeyNorm::None : features.queryKeyNorm;
    Tensor projected = graph.linear(linear, x, heads * features.headDim, features.qkvBias);
    if (queryKeyNorm == DecoderFeatures::QueryKeyNorm::Projection)
      projected = graph.norm(norm, projected, features.norm);
    Tensor split = graph.splitHeads(linear, projected, heads, features.headDim);
    return queryKeyNorm == DecoderFeatures::QueryKeyNorm::Head ? graph.norm(norm, split, features.norm) : split;
  }

  Tensor attend(const Tensor &x) {
    Tensor q = projectHeads("q", x, features.heads);
    Tensor k = projectHeads("k", x, features.keyValueHeads);
    Tensor v = projectHeads("v", x, features.keyValueHeads);
    graph.rotate(path("self_attn.rotary_emb"), q, k, layer.rope);
    ScoreFeatures score;
    score.scale = features.queryScale;
    score.cap = features.attentionCap;
    score.window = layer.window;
    Tensor mixed =
        graph.attention(path("self_attn"), q, k, v, {features.heads, features.keyValueHeads, features.headDim}, score);
    return graph.linear(path("self_attn.o_proj"), mixed, features.hidden, features.outputBias);
  }

  Tensor feedForward(const Tensor &x) {
    Tensor gate = graph.linear(path("mlp.gate_proj"), x, features.intermediate, features.mlpBias);
    Tensor up = graph.linear(path("mlp.up_proj"), x, features.intermediate, features.mlpBias);
    Tensor inner = graph.gate(path("mlp.act_fn"), gate, up, features.activation);
    return graph.linear(path("mlp.down_proj"), inner, features.hidden, features.mlpBias);
  }

  Tensor build(const Tensor &x) {
    const NormNames &names = features.normNames;
    Tensor normed = maybeNorm(names.attention, x);
    Tensor attended = maybeNorm(names.postAttention, attend(normed));
    Tensor middle = graph.add(path("self_attn.residual"), x, attended, features.residualScale);
    Tensor fed = feedForward(features.parallelResidual ? normed : maybeNorm(names.mlp, middle));
    return graph.add(path("mlp.residual"), middle, maybeNorm(names.postMlp, fed), features.residualScale);
  }
};

} // namespace

func::FuncOp quantopt::importer::buildDecoder(GraphBuilder &graph, StringRef prefix, const DecoderFeatures &features) {
  OpBuilder &builder = graph.getBuilder();
  auto idsType = RankedTensorType::get({ShapedType::kDynamic}, builder.getI64Type());
  auto logitsType = RankedTensorType::get({ShapedType::kDynamic, features.vocabulary}, builder.getF32Type());
  Location loc = builder.getUnknownLoc();
  auto function = func::FuncOp::create(builder, loc, "main", builder.getFunctionType(idsType, logitsType));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(function.addEntryBlock());
  Value ids = function.getArgument(0);
  Value length = tensor::DimOp::create(builder, loc, ids, 0);

  std::string embedding = (prefix + "embed_tokens").str();
  Tensor hidden =
      graph.lookup(embedding, {ids, {length}}, features.vocabulary, features.hidden, features.embeddingScale);
  for (auto [index, layer] : llvm::enumerate(features.layers)) {
    std::string name = (prefix + "layers." + Twine(index)).str();
    hidden = BlockBuilder{graph, features, layer, name}.build(hidden);
  }
  hidden = graph.norm((prefix + "norm").str(), hidden, features.norm);
  Tensor logits = graph.linear("lm_head", hidden, features.vocabulary, /*bias=*/false,
                               features.tiedHead ? embedding + ".weight" : "");
  if (features.logitScale)
    logits = graph.scale("lm_head.scale", logits, *features.logitScale);
  if (features.logitCap)
    logits = graph.softCap("lm_head.cap", logits, *features.logitCap);
  func::ReturnOp::create(builder, loc, logits.value);
  return function;
}
