//===- ModelConfig.cpp - Configuration keys to features -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelConfig.h"
#include "Rope.h"
#include "llvm/ADT/StringSwitch.h"
#include <cmath>

using namespace mlir;
using namespace quantopt::importer;

//===----------------------------------------------------------------------===//
// Keys
//===----------------------------------------------------------------------===//

static llvm::json::Object parseTable(StringRef text) { return *llvm::cantFail(llvm::json::parse(text)).getAsObject(); }

llvm::json::Object quantopt::importer::getKnownKeys(const DecoderFamily &family) {
  llvm::json::Object known = parseTable(getCommonDefaults());
  for (auto &entry : parseTable(family.defaults))
    known[entry.first] = entry.second;
  return known;
}

llvm::json::Object quantopt::importer::getKnownEncoderKeys() { return parseTable(getEncoderDefaults()); }

static void ignoreCommonKeys(ConfigReader &reader) {
  for (StringRef key : getIgnorableKeys())
    reader.ignore(key);
  for (StringRef key : getKeysToBeOff())
    reader.ignoreIfOff(key);
}

static Activation readActivation(ConfigReader &reader) {
  // Gemma's hidden_act is a leftover that transformers does not read.
  bool gemma = reader.knows("hidden_activation");
  StringRef key = gemma ? "hidden_activation" : "hidden_act";
  if (gemma)
    reader.ignore("hidden_act");
  std::string name = reader.getString(key);
  auto activation = llvm::StringSwitch<std::optional<Activation>>(name)
                        .Cases({"silu", "swish"}, Activation::Silu)
                        .Case("gelu", Activation::Gelu)
                        .Cases({"gelu_pytorch_tanh", "gelu_new", "gelu_fast"}, Activation::GeluTanh)
                        .Case("quick_gelu", Activation::QuickGelu)
                        .Case("relu", Activation::Relu)
                        .Case("relu2", Activation::Relu2)
                        .Case("tanh", Activation::Tanh)
                        .Default(std::nullopt);
  if (!activation)
    reader.fail("key '" + key + "' is '" + name +
                "'; the importer builds silu, gelu, gelu_pytorch_tanh, gelu_new, quick_gelu, relu, relu2 and tanh");
  return activation.value_or(Activation::Silu);
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// Whether each layer slides, from layer_types or from the older keys that say it by counting.
static std::vector<bool> readSliding(ConfigReader &reader, int64_t layers) {
  bool off = reader.knows("use_sliding_window") && !reader.getFlag("use_sliding_window");
  bool window = reader.getOptionalSize("sliding_window").has_value() && !off;
  int64_t first = reader.getOptionalSize("max_window_layers").value_or(0);
  std::optional<int64_t> fullEvery = reader.getOptionalSize("sliding_window_pattern");
  std::vector<bool> sliding(layers);
  for (int64_t layer = 0; layer < layers; ++layer)
    sliding[layer] = window && layer >= first && !(fullEvery && (layer + 1) % *fullEvery == 0);
  const llvm::json::Array *types = reader.getOptionalArray("layer_types");
  if (!types)
    return sliding;
  if (int64_t(types->size()) != layers) {
    reader.fail("key 'layer_types' has " + Twine(types->size()) + " entries for " + Twine(layers) +
                " layers; give one a layer");
    return sliding;
  }
  for (int64_t layer = 0; layer < layers; ++layer) {
    StringRef type = (*types)[layer].getAsString().value_or("");
    if (type != "sliding_attention" && type != "full_attention")
      reader.fail("key 'layer_types' has '" + type + "'; the importer builds full_attention and sliding_attention");
    sliding[layer] = type == "sliding_attention";
    if (sliding[layer] && !window)
      reader.fail("key 'layer_types' has sliding layers but 'sliding_window' is not set; set it");
  }
  return sliding;
}

/// The rotation of sliding or of full layers. Newer files hold one object, or one per kind of layer, in
/// rope_parameters; older ones rope_theta, rope_local_base_freq (of the sliding layers, never scaled) and rope_scaling.
static RopeFeatures readRope(ConfigReader &reader, int64_t headDim, bool sliding) {
  bool local = sliding && reader.knows("rope_local_base_freq");
  double theta = reader.getNumber(local ? "rope_local_base_freq" : "rope_theta");
  double rotated = reader.getOptionalNumber("partial_rotary_factor").value_or(1);
  const llvm::json::Object *scaling = reader.getOptionalObject("rope_scaling");
  if (local)
    scaling = nullptr;
  StringRef key = "rope_scaling";
  if (const llvm::json::Object *parameters = reader.getOptionalObject("rope_parameters")) {
    StringRef kind = sliding ? "sliding_attention" : "full_attention";
    const llvm::json::Object *nested = parameters->getObject(kind);
    if (reader.knows("rope_local_base_freq") && !nested)
      reader.fail("key 'rope_parameters' has no object '" + kind + "'; give one a kind of layer");
    scaling = nested ? nested : parameters;
    key = "rope_parameters";
  }
  std::optional<ConfigReader> nested;
  if (scaling) {
    nested.emplace(reader, key, *scaling);
    theta = nested->getOptionalNumber("rope_theta").value_or(theta);
    if (reader.knows("partial_rotary_factor"))
      rotated = nested->getOptionalNumber("partial_rotary_factor").value_or(rotated);
  }
  int64_t rotaryDim = int64_t(double(headDim) * rotated);
  if (rotaryDim < 2 || rotaryDim % 2 != 0 || rotaryDim > headDim || !(theta > 0)) {
    reader.fail("rotating " + Twine(rotaryDim) + " of " + Twine(headDim) +
                " elements of a head is impossible; 'head_dim' must be even and 'partial_rotary_factor' in (0, 1]");
    return {};
  }
  RopeBase base{theta, rotaryDim, reader.getOptionalSize("max_position_embeddings")};
  return buildRope(base, nested ? &*nested : nullptr);
}

static void readLayers(ConfigReader &reader, DecoderFeatures &features, int64_t count) {
  std::vector<bool> sliding = readSliding(reader, count);
  std::optional<int64_t> window = reader.getOptionalSize("sliding_window");
  std::optional<RopeFeatures> ropes[2];
  for (int64_t layer = 0; layer < count && !reader.hasFailed(); ++layer) {
    std::optional<RopeFeatures> &rope = ropes[sliding[layer]];
    if (!rope)
      rope = readRope(reader, features.headDim, sliding[layer]);
    features.layers.push_back({sliding[layer] ? window : std::nullopt, *rope});
  }
  reader.ignore("rope_theta");
  if (reader.knows("rope_local_base_freq"))
    reader.ignore("rope_local_base_freq");
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

static void readSizes(ConfigReader &reader, DecoderFeatures &features) {
  features.vocabulary = reader.getSize("vocab_size");
  features.hidden = reader.getSize("hidden_size");
  features.intermediate = reader.getSize("intermediate_size");
  features.heads = reader.getSize("num_attention_heads");
  features.keyValueHeads = reader.getOptionalSize("num_key_value_heads").value_or(features.heads);
  if (features.heads % features.keyValueHeads != 0)
    reader.fail("key 'num_attention_heads' (" + Twine(features.heads) +
                ") must be a multiple of 'num_key_value_heads' (" + Twine(features.keyValueHeads) + "); correct one");
  std::optional<int64_t> headDim = reader.getOptionalSize("head_dim");
  if (!headDim && features.hidden % features.heads != 0)
    reader.fail("key 'hidden_size' (" + Twine(features.hidden) + ") must be a multiple of 'num_attention_heads' (" +
                Twine(features.heads) + ") where 'head_dim' is not given; give it");
  features.headDim = headDim.value_or(features.hidden / features.heads);
}

static void readNorms(ConfigReader &reader, const DecoderFamily &family, DecoderFeatures &features) {
  bool isRms = reader.knows("rms_norm_eps");
  features.norm.kind = isRms ? NormFeatures::Kind::RMS : NormFeatures::Kind::Layer;
  features.norm.epsilon = reader.getNumber(isRms ? "rms_norm_eps" : "layer_norm_eps");
  features.norm.gainOffset = family.facts & GainOffset;
  features.norm.bias = family.facts & NormBias;
  features.normNames = {family.attentionNorm.str(), family.postAttentionNorm.str(), family.mlpNorm.str(),
                        family.postMlpNorm.str()};
  using QueryKeyNorm = DecoderFeatures::QueryKeyNorm;
  features.queryKeyNorm = family.facts & HeadNorm         ? QueryKeyNorm::Head
                          : family.facts & ProjectionNorm ? QueryKeyNorm::Projection
                                                          : QueryKeyNorm::None;
}

/// A factor of 1 is no operation.
static std::optional<double> readFactor(ConfigReader &reader, StringRef key) {
  std::optional<double> factor = reader.getOptionalNumber(key);
  return factor == 1.0 ? std::nullopt : factor;
}

static void readScales(ConfigReader &reader, const DecoderFamily &family, DecoderFeatures &features) {
  double scalar = reader.getOptionalNumber("query_pre_attn_scalar").value_or(double(features.headDim));
  features.queryScale = reader.getOptionalNumber("attention_multiplier").value_or(1 / std::sqrt(scalar));
  features.attentionCap = reader.getOptionalNumber("attn_logit_softcapping");
  features.logitCap = reader.getOptionalNumber("final_logit_softcapping");
  features.embeddingScale =
      family.facts & ScaledEmbedding ? std::sqrt(double(features.hidden)) : readFactor(reader, "embedding_multiplier");
  features.residualScale = readFactor(reader, "residual_multiplier");
  if (std::optional<double> divisor = readFactor(reader, "logits_scaling"))
    features.logitScale = 1 / *divisor;
}

FailureOr<DecoderFeatures> quantopt::importer::readDecoder(ConfigReader &reader, const DecoderFamily &family) {
  DecoderFeatures features;
  readSizes(reader, features);
  int64_t layers = reader.getSize("num_hidden_layers");
  features.activation = readActivation(reader);

  readNorms(reader, family, features);

  bool attentionBias = reader.getFlag("attention_bias");
  features.qkvBias = attentionBias || reader.getFlag("use_qkv_bias") || (family.facts & QkvBias);
  features.outputBias = attentionBias;
  features.mlpBias = reader.getFlag("mlp_bias");
  features.parallelResidual = reader.getFlag("use_parallel_residual");
  features.tiedHead = reader.getFlag("tie_word_embeddings");
  readScales(reader, family, features);
  readLayers(reader, features, layers);
  ignoreCommonKeys(reader);
  if (failed(reader.finish("model_type '" + family.modelType.str() + "'")))
    return failure();
  return features;
}

FailureOr<EncoderFeatures> quantopt::importer::readEncoder(ConfigReader &reader) {
  EncoderFeatures features;
  features.vocabulary = reader.getSize("vocab_size");
  features.hidden = reader.getSize("hidden_size");
  features.intermediate = reader.getSize("intermediate_size");
  features.heads = reader.getSize("num_attention_heads");
  features.layers = reader.getSize("num_hidden_layers");
  features.positions = reader.getSize("max_position_embeddings");
  features.tokenTypes = reader.getSize("type_vocab_size");
  features.epsilon = reader.getNumber("layer_norm_eps");
  features.activation = readActivation(reader);
  if (features.hidden % features.heads != 0)
    reader.fail("key 'hidden_size' (" + Twine(features.hidden) + ") must be a multiple of 'num_attention_heads' (" +
                Twine(features.heads) + "); correct one");
  if (reader.getString("position_embedding_type") != "absolute")
    reader.fail("key 'position_embedding_type' is not 'absolute'; the importer builds no other positions");
  reader.ignore("tie_word_embeddings"); // of the pretraining head
  ignoreCommonKeys(reader);
  if (failed(reader.finish("model_type 'bert'")))
    return failure();
  return features;
}
