//===- Families.cpp - What a model_type takes for granted -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Families.h"
#include "llvm/ADT/STLExtras.h"

using namespace quantopt::importer;
using llvm::StringLiteral;

// Defaults as the configuration classes of transformers state them.
static constexpr DecoderFamily families[] = {
    {"llama", Plain, "input_layernorm", "", "post_attention_layernorm", "",
     R"({"hidden_act": "silu", "rms_norm_eps": 1e-6, "attention_bias": false, "mlp_bias": false})"},

    {"mistral", Plain, "input_layernorm", "", "post_attention_layernorm", "",
     R"({"hidden_act": "silu", "rms_norm_eps": 1e-6, "num_key_value_heads": 8, "sliding_window": 4096})"},

    {"qwen2", QkvBias, "input_layernorm", "", "post_attention_layernorm", "",
     R"({"hidden_act": "silu", "rms_norm_eps": 1e-6, "num_key_value_heads": 32, "use_sliding_window": false,
         "sliding_window": 4096, "max_window_layers": 28, "layer_types": null})"},

    {"qwen3", HeadNorm, "input_layernorm", "", "post_attention_layernorm", "",
     R"({"hidden_act": "silu", "rms_norm_eps": 1e-6, "num_key_value_heads": 32, "head_dim": 128,
         "attention_bias": false, "use_sliding_window": false, "sliding_window": 4096, "max_window_layers": 28,
         "layer_types": null})"},

    {"gemma", GainOffset | ScaledEmbedding, "input_layernorm", "", "post_attention_layernorm", "",
     R"({"hidden_activation": "gelu_pytorch_tanh", "rms_norm_eps": 1e-6, "num_key_value_heads": 16, "head_dim": 256,
         "attention_bias": false, "tie_word_embeddings": true})"},

    {"gemma2", GainOffset | ScaledEmbedding, "input_layernorm", "post_attention_layernorm", "pre_feedforward_layernorm",
     "post_feedforward_layernorm",
     R"({"hidden_activation": "gelu_pytorch_tanh", "rms_norm_eps": 1e-6, "num_key_value_heads": 4, "head_dim": 256,
         "attention_bias": false, "query_pre_attn_scalar": 256, "sliding_window": 4096, "sliding_window_pattern": 2,
         "layer_types": null, "final_logit_softcapping": 30.0, "attn_logit_softcapping": 50.0,
         "tie_word_embeddings": true})"},

    {"gemma3_text", GainOffset | ScaledEmbedding | HeadNorm, "input_layernorm", "post_attention_layernorm",
     "pre_feedforward_layernorm", "post_feedforward_layernorm",
     R"({"hidden_activation": "gelu_pytorch_tanh", "rms_norm_eps": 1e-6, "num_key_value_heads": 4, "head_dim": 256,
         "attention_bias": false, "query_pre_attn_scalar": 256, "sliding_window": 4096, "sliding_window_pattern": 6,
         "layer_types": null, "final_logit_softcapping": null, "attn_logit_softcapping": null,
         "rope_theta": 1000000.0, "rope_local_base_freq": 10000.0, "tie_word_embeddings": true})"},

    {"granite", Plain, "input_layernorm", "", "post_attention_layernorm", "",
     R"({"hidden_act": "silu", "rms_norm_eps": 1e-6, "attention_bias": false, "mlp_bias": false,
         "embedding_multiplier": 1.0, "attention_multiplier": 1.0, "residual_multiplier": 1.0,
         "logits_scaling": 1.0})"},

    {"olmo2", ProjectionNorm, "", "post_attention_layernorm", "", "post_feedforward_layernorm",
     R"({"hidden_act": "silu", "rms_norm_eps": 1e-5, "attention_bias": false})"},

    {"stablelm", NormBias, "input_layernorm", "", "post_attention_layernorm", "",
     R"({"hidden_act": "silu", "layer_norm_eps": 1e-5, "num_key_value_heads": 32, "use_qkv_bias": false,
         "use_parallel_residual": false, "partial_rotary_factor": 0.25})"},
};

const DecoderFamily *quantopt::importer::lookupDecoderFamily(llvm::StringRef modelType) {
  const auto *found =
      llvm::find_if(families, [&](const DecoderFamily &family) { return family.modelType == modelType; });
  return found == std::end(families) ? nullptr : found;
}

std::string quantopt::importer::listModelTypes() {
  std::string text;
  for (const DecoderFamily &family : families)
    text += family.modelType.str() + ", ";
  return text + "bert";
}

llvm::StringRef quantopt::importer::getCommonDefaults() {
  return R"({"num_key_value_heads": null, "head_dim": null, "max_position_embeddings": null, "rope_theta": 10000.0,
             "rope_scaling": null, "rope_parameters": null, "tie_word_embeddings": false})";
}

llvm::StringRef quantopt::importer::getEncoderDefaults() {
  return R"({"hidden_act": "gelu", "layer_norm_eps": 1e-12, "type_vocab_size": 2,
             "position_embedding_type": "absolute"})";
}

llvm::ArrayRef<StringLiteral> quantopt::importer::getIgnorableKeys() {
  static constexpr StringLiteral keys[] = {"_model_name_or_path",
                                           "_name_or_path",
                                           "_sliding_window_pattern",
                                           "_attn_implementation",
                                           "_attn_implementation_autoset",
                                           "architectures",
                                           "attention_dropout",
                                           "attention_probs_dropout_prob",
                                           "auto_map",
                                           "bad_words_ids",
                                           "begin_suppress_tokens",
                                           "bos_token_id",
                                           "cache_implementation",
                                           "chunk_size_feed_forward",
                                           "classifier_dropout",
                                           "decoder_start_token_id",
                                           "diversity_penalty",
                                           "do_sample",
                                           "dtype",
                                           "early_stopping",
                                           "encoder_no_repeat_ngram_size",
                                           "eos_token_id",
                                           "eos_token_ids",
                                           "exponential_decay_length_penalty",
                                           "finetuning_task",
                                           "forced_bos_token_id",
                                           "forced_eos_token_id",
                                           "gradient_checkpointing",
                                           "hidden_dropout",
                                           "hidden_dropout_prob",
                                           "id2label",
                                           "initializer_range",
                                           "is_llama_config",
                                           "label2id",
                                           "length_penalty",
                                           "max_length",
                                           "min_length",
                                           "model_type",
                                           "no_repeat_ngram_size",
                                           "num_beam_groups",
                                           "num_beams",
                                           "num_return_sequences",
                                           "output_attentions",
                                           "output_hidden_states",
                                           "output_scores",
                                           "pad_token_id",
                                           "prefix",
                                           "pretraining_tp",
                                           "problem_type",
                                           "quantization_config", // the store reads it, or refuses it
                                           "remove_invalid_values",
                                           "repetition_penalty",
                                           "return_dict",
                                           "return_dict_in_generate",
                                           "sep_token_id",
                                           "suppress_tokens",
                                           "task_specific_params",
                                           "temperature",
                                           "tf_legacy_loss",
                                           "tokenizer_class",
                                           "top_k",
                                           "top_p",
                                           "torch_dtype",
                                           "torchscript",
                                           "transformers_version",
                                           "transformers.js_config",
                                           "typical_p",
                                           "unk_token_id",
                                           "use_bfloat16",
                                           "use_cache"};
  return keys;
}

llvm::ArrayRef<StringLiteral> quantopt::importer::getKeysToBeOff() {
  static constexpr StringLiteral keys[] = {
      "add_cross_attention", "is_decoder",          "is_encoder_decoder",          "pruned_heads", "qk_layernorm",
      "rope_interleaved",    "tie_encoder_decoder", "use_bidirectional_attention", "use_mrope"};
  return keys;
}
