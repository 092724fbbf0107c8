//===- GgufConfig.cpp - GGUF metadata as a configuration ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Keys as ggml-org/llama.cpp writes them (gguf-py/gguf/constants.py) and what
// it assumes in their absence (src/llama-model.cpp).
//
//===----------------------------------------------------------------------===//

#include "GgufConfig.h"
#include "Families.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::importer;
using llvm::StringLiteral;

namespace {

struct Key {
  StringLiteral gguf; ///< after "<architecture>."
  StringLiteral config;
  enum Kind { Integer, Float } kind;
  bool required = false;
};

struct Architecture {
  /// `className` is the one that transformers builds.
  StringLiteral name, modelType, className;
  /// Models of this many layers scale queries by sqrt(hidden / heads), the others by sqrt(head size).
  int64_t layersOfHiddenScale = 0;
};

} // namespace

static constexpr Architecture architectures[] = {
    {"llama", "llama", "LlamaForCausalLM"},
    {"qwen2", "qwen2", "Qwen2ForCausalLM"},
    {"qwen3", "qwen3", "Qwen3ForCausalLM"},
    {"gemma2", "gemma2", "Gemma2ForCausalLM", /*layersOfHiddenScale=*/46},
    {"gemma3", "gemma3_text", "Gemma3ForCausalLM", /*layersOfHiddenScale=*/62},
};

static constexpr Key keys[] = {
    {"block_count", "num_hidden_layers", Key::Integer, /*required=*/true},
    {"context_length", "max_position_embeddings", Key::Integer},
    {"embedding_length", "hidden_size", Key::Integer, /*required=*/true},
    {"feed_forward_length", "intermediate_size", Key::Integer, /*required=*/true},
    {"vocab_size", "vocab_size", Key::Integer},
    {"attention.head_count", "num_attention_heads", Key::Integer, /*required=*/true},
    {"attention.head_count_kv", "num_key_value_heads", Key::Integer},
    {"attention.key_length", "head_dim", Key::Integer},
    {"attention.layer_norm_rms_epsilon", "rms_norm_eps", Key::Float, /*required=*/true},
    {"attention.sliding_window", "sliding_window", Key::Integer},
    {"attn_logit_softcapping", "attn_logit_softcapping", Key::Float},
    {"final_logit_softcapping", "final_logit_softcapping", Key::Float},
    {"rope.freq_base", "rope_theta", Key::Float},
    {"rope.freq_base_swa", "rope_local_base_freq", Key::Float},
};

namespace {

class GgufConfigReader {
public:
  GgufConfigReader(const GgufFile &file, StringRef path, MLIRContext *context)
      : file(file), path(path), context(context) {}

  FailureOr<llvm::json::Object> read() {
    std::optional<StringRef> name = file.getString("general.architecture");
    const auto *architecture =
        llvm::find_if(architectures, [&](const Architecture &a) { return name && a.name == *name; });
    if (architecture == std::end(architectures)) {
      fail("key 'general.architecture' is '" + name.value_or("") +
           "'; the importer builds llama, qwen2, qwen3, gemma2 and gemma3 (docs/import.md shows how to add one)");
      return failure();
    }
    prefix = (*name + ".").str();
    config["model_type"] = architecture->modelType;
    for (const Key &key : keys)
      readKey(key);
    if (failed)
      return failure();
    readHeads(*architecture);
    readScaling();
    readPattern();
    readTensors();
    checkAllKeysSeen();
    if (failed)
      return failure();
    return std::move(config);
  }

private:
  void fail(const Twine &message) {
    if (!failed)
      emitError(UnknownLoc::get(context)) << path << ": " << message;
    failed = true;
  }

  std::string full(StringRef key) {
    seen.insert(prefix + key.str());
    return prefix + key.str();
  }

  void readKey(const Key &key) {
    std::string name = full(key.gguf);
    if (!file.hasKey(name)) {
      if (key.required)
        fail("key '" + name + "' is missing; convert the model again");
      return;
    }
    std::optional<int64_t> integer = file.getInteger(name);
    std::optional<double> number = file.getFloat(name);
    if (key.kind == Key::Integer ? !integer : !number)
      return fail("key '" + name + "' must be one " + (key.kind == Key::Integer ? "integer" : "number") +
                  "; other forms are not built");
    if (key.kind == Key::Integer)
      config[key.config] = *integer;
    else
      config[key.config] = *number;
  }

  int64_t getInteger(StringRef key) { return config.getInteger(key).value_or(0); }

  void readHeads(const Architecture &architecture) {
    int64_t hidden = getInteger("hidden_size"), heads = std::max<int64_t>(getInteger("num_attention_heads"), 1);
    config.try_emplace("num_key_value_heads", heads);
    config.try_emplace("head_dim", hidden / heads);
    config.try_emplace("sliding_window", nullptr);
    config.try_emplace("rope_theta", 10000.0);
    int64_t headDim = getInteger("head_dim");
    for (StringRef key : {"attention.value_length", "rope.dimension_count"}) {
      std::optional<int64_t> size = file.getInteger(full(key));
      if (size && *size != headDim)
        fail("key '" + full(key) + "' is " + Twine(*size) + " where heads have " + Twine(headDim) +
             " elements; values of another size and partial rotation are not built for GGUF");
    }
    if (architecture.layersOfHiddenScale)
      config["query_pre_attn_scalar"] =
          getInteger("num_hidden_layers") == architecture.layersOfHiddenScale ? hidden / heads : headDim;
  }

  void readScaling() {
    std::string type = file.getString(full("rope.scaling.type")).value_or("none").str();
    std::optional<double> factor = file.getFloat(full("rope.scaling.factor"));
    std::optional<int64_t> original = file.getInteger(full("rope.scaling.original_context_length"));
    full("rope.scaling.finetuned");
    if (file.getFloat(full("rope.scaling.attn_factor")).value_or(1) != 1)
      fail("key '" + full("rope.scaling.attn_factor") + "' other than 1 is not built");
    if (file.getFloat(full("rope.scale_linear")).value_or(1) != 1)
      fail("key '" + full("rope.scale_linear") + "' other than 1 is not built; convert the model again");
    if (type == "none")
      return;
    llvm::json::Object scaling{{"rope_type", type}};
    if (factor)
      scaling["factor"] = *factor;
    if (original && type != "linear")
      scaling["original_max_position_embeddings"] = *original;
    config["rope_scaling"] = std::move(scaling);
  }

  /// Which layers slide: every how many one is full, or a flag a layer.
  void readPattern() {
    std::string name = full("attention.sliding_window_pattern");
    if (std::optional<int64_t> every = file.getInteger(name))
      config["sliding_window_pattern"] = *every;
    std::optional<std::vector<int64_t>> flags = file.getIntegers(name);
    if (!flags)
      return;
    llvm::json::Array types;
    for (int64_t sliding : *flags)
      types.push_back(sliding ? "sliding_attention" : "full_attention");
    config["layer_types"] = std::move(types);
  }

  /// What GGUF says by the presence of a tensor.
  void readTensors() {
    auto find = [&](StringRef name) {
      return llvm::find_if(file.getTensors(), [&](const GgufTensor &tensor) { return tensor.name == name; });
    };
    auto has = [&](StringRef name) { return find(name) != file.getTensors().end(); };
    config["tie_word_embeddings"] = !has("output.weight");
    if (has("blk.0.attn_output.bias"))
      config["attention_bias"] = true;
    if (has("blk.0.ffn_gate.bias"))
      config["mlp_bias"] = true;
    auto embedding = find("token_embd.weight");
    if (!config.get("vocab_size") && embedding != file.getTensors().end() && embedding->shape.size() == 2)
      config["vocab_size"] = embedding->shape[0];
  }

  void checkAllKeysSeen() {
    for (StringRef key : file.getKeys())
      if (key.starts_with(prefix) && !seen.contains(key))
        fail("key '" + key +
             "' is not understood and may change what is computed; teach it to the importer "
             "(docs/import.md)");
  }

  const GgufFile &file;
  StringRef path;
  MLIRContext *context;
  std::string prefix;
  llvm::StringSet<> seen;
  llvm::json::Object config;
  bool failed = false;
};

} // namespace

FailureOr<llvm::json::Object> quantopt::importer::readGgufConfig(const GgufFile &file, StringRef path,
                                                                 MLIRContext *context) {
  return GgufConfigReader(file, path, context).read();
}

FailureOr<llvm::json::Object> quantopt::importer::readHuggingFaceConfig(StringRef path, MLIRContext *context) {
  auto fail = [&](const Twine &message) { return emitError(UnknownLoc::get(context)) << path << ": " << message; };
  llvm::Expected<std::shared_ptr<const GgufFile>> file = GgufFile::open(path);
  if (!file)
    return fail(llvm::toString(file.takeError()));
  FailureOr<llvm::json::Object> config = readGgufConfig(**file, path, context);
  if (failed(config))
    return failure();
  StringRef modelType = *config->getString("model_type");
  const DecoderFamily *family = lookupDecoderFamily(modelType);
  if (family && (family->facts & GainOffset))
    return fail("GGUF stores 1 + g for each gain g of '" + modelType +
                "', so its norms are not those of a Hugging Face folder; export from the folder that it was made of");
  for (const GgufTensor &tensor : (*file)->getTensors())
    if (tensor.name == "rope_freqs.weight")
      return fail("tensor 'rope_freqs.weight' scales frequencies in a way that no key of config.json says; export from "
                  "the folder that it was made of");
  const auto *architecture =
      llvm::find_if(architectures, [&](const Architecture &a) { return a.modelType == modelType; });
  (*config)["architectures"] = llvm::json::Array{architecture->className};
  for (StringRef key : {"bos", "eos", "padding"})
    if (std::optional<int64_t> id = (*file)->getInteger(("tokenizer.ggml." + key + "_token_id").str()))
      (*config)[key == "padding" ? "pad_token_id" : (key + "_token_id").str()] = *id;
  return config;
}
