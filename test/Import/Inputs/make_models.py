#!/usr/bin/env python3
"""Makes the tiny random models of this folder, with the inputs and the outputs that transformers computes in f32.

    python3 make_models.py          # needs torch, transformers, safetensors, gguf, numpy

The weights are scaled up so that every feature shows in the logits; expected outputs are those of the model as stored,
loaded back. ids.npz holds in0 (and in1), expected.npz out0 (and out1), as quant-run reads and writes them.
"""
import json
import math
import shutil
from pathlib import Path

import gguf
import numpy as np
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModel, AutoModelForCausalLM
from transformers import (BertConfig, Gemma2Config, Gemma3TextConfig, GemmaConfig, GraniteConfig, LlamaConfig,
                          MistralConfig, Olmo2Config, Qwen2Config, Qwen3Config, StableLmConfig)

HERE = Path(__file__).parent
LENGTH = 14
COMMON = dict(vocab_size=96, hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4,
              num_key_value_heads=2, max_position_embeddings=64)

# Folder, configuration, storage, keys of config.json to rewrite in the spelling of older transformers.
MODELS = [
    ("llama", LlamaConfig(**COMMON, head_dim=12, attention_bias=True, mlp_bias=True, tie_word_embeddings=False,
                          rms_norm_eps=1e-5,
                          rope_parameters=dict(rope_type="llama3", rope_theta=500.0, factor=8.0, low_freq_factor=1.0,
                                               high_freq_factor=4.0, original_max_position_embeddings=32)),
     torch.bfloat16, {}),
    ("mistral", MistralConfig(**COMMON, head_dim=8, sliding_window=5, hidden_act="gelu",
                              rope_parameters=dict(rope_type="linear", rope_theta=1000.0, factor=2.0)),
     torch.float16, dict(rope_theta=1000.0, rope_scaling=dict(type="linear", factor=2.0), rope_parameters=None)),
    ("qwen2", Qwen2Config(**COMMON, tie_word_embeddings=True, use_sliding_window=True, sliding_window=4,
                          max_window_layers=1,
                          rope_parameters=dict(rope_type="yarn", rope_theta=10000.0, factor=4.0,
                                               original_max_position_embeddings=16)),
     torch.float32, {}),
    ("qwen3", Qwen3Config(**COMMON, head_dim=16, tie_word_embeddings=True,
                          rope_parameters=dict(rope_type="default", rope_theta=1000.0)),
     torch.bfloat16, dict(rope_theta=1000.0, rope_scaling=None, rope_parameters=None)),
    ("gemma2", Gemma2Config(**COMMON, head_dim=16, query_pre_attn_scalar=11, sliding_window=5,
                            attn_logit_softcapping=2.0, final_logit_softcapping=3.0),
     torch.bfloat16, {}),
    ("gemma3", Gemma3TextConfig(**{**COMMON, "num_hidden_layers": 3}, head_dim=12, query_pre_attn_scalar=20,
                                sliding_window=4, layer_types=["sliding_attention", "full_attention"] +
                                ["sliding_attention"],
                                rope_parameters=dict(
                                    full_attention=dict(rope_type="linear", factor=8.0, rope_theta=50000.0),
                                    sliding_attention=dict(rope_type="default", rope_theta=1000.0))),
     torch.bfloat16, dict(rope_theta=50000.0, rope_local_base_freq=1000.0, rope_parameters=None,
                          rope_scaling=dict(rope_type="linear", factor=8.0))),
    ("gemma", GemmaConfig(**COMMON, head_dim=12), torch.bfloat16,
     dict(hidden_act="gelu", hidden_activation=None)),
    ("granite", GraniteConfig(**COMMON, embedding_multiplier=3.0, attention_multiplier=0.5, residual_multiplier=0.7,
                              logits_scaling=2.5, tie_word_embeddings=True),
     torch.bfloat16, {}),
    ("olmo2", Olmo2Config(**COMMON, tie_word_embeddings=True), torch.bfloat16, {}),
    ("stablelm", StableLmConfig(**COMMON, use_qkv_bias=True, use_parallel_residual=True, tie_word_embeddings=True,
                                rope_parameters=dict(rope_type="default", rope_theta=100.0,
                                                     partial_rotary_factor=0.5)),
     torch.bfloat16, {}),
    ("bert", BertConfig(vocab_size=96, hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
                        intermediate_size=40, max_position_embeddings=24),
     torch.float16, {}),
]


def randomize(model, gemma):
    """Weights large enough that attention is sharp and activations leave their linear part."""
    generator = torch.Generator().manual_seed(7)
    for name, parameter in model.named_parameters():
        values = torch.randn(parameter.shape, generator=generator)
        if "norm" in name.lower() and name.endswith("weight"):
            values = (0.0 if gemma else 1.0) + 0.3 * values
        elif name.endswith("bias"):
            values = 0.3 * values
        elif "embed" in name:
            values = 0.5 * values
        else:
            values = 1.7 * values / math.sqrt(parameter.shape[-1])
        parameter.data = values


def evaluate(folder, encoder, ids):
    cls = AutoModel if encoder else AutoModelForCausalLM
    model = cls.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    with torch.no_grad():
        if not encoder:
            return model, [model(torch.tensor(ids)[None]).logits[0]]
        types = np.array([0] * 5 + [1] * (LENGTH - 5))
        outputs = model(torch.tensor(ids)[None], token_type_ids=torch.tensor(types)[None])
        return model, [outputs.last_hidden_state[0], outputs.pooler_output[0]]


def make(name, config, dtype, rewritten):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    encoder = name == "bert"
    model = (AutoModel if encoder else AutoModelForCausalLM).from_config(config)
    randomize(model, name.startswith("gemma"))
    model.to(dtype).save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    path = folder / "config.json"
    text = json.loads(path.read_text())
    for key, value in rewritten.items():
        if value is None and key == "rope_parameters":
            del text[key]
        else:
            text[key] = value
    path.write_text(json.dumps(text, indent=2, sort_keys=True) + "\n")

    ids = np.random.default_rng(3).integers(0, 96, LENGTH)
    model, outputs = evaluate(folder, encoder, ids)
    inputs = dict(in0=ids.astype(np.int64))
    if encoder:
        inputs["in1"] = np.array([0] * 5 + [1] * (LENGTH - 5), dtype=np.int64)
    np.savez(folder / "ids.npz", **inputs)
    np.savez(folder / "expected.npz", **{f"out{i}": x.numpy() for i, x in enumerate(outputs)})
    if encoder:
        # As BERT's first checkpoints spell it; transformers reads both.
        tensors = {key.replace("embeddings.LayerNorm.weight", "embeddings.LayerNorm.gamma")
                   .replace("embeddings.LayerNorm.bias", "embeddings.LayerNorm.beta"): tensor
                   for key, tensor in load_file(folder / "model.safetensors").items()}
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    size = (folder / "model.safetensors").stat().st_size
    print(f"{name}: {size} bytes, outputs {[round(float(x.abs().max()), 3) for x in outputs]}")
    return model


def permute(weight, heads):
    """Rows as llama.cpp stores q and k of its llama architecture: the pairs of the rotation side by side."""
    return weight.reshape(heads, 2, weight.shape[0] // heads // 2, *weight.shape[1:]).swapaxes(1, 2).reshape(
        weight.shape)


def make_gguf(name, architecture, model, storage, add_keys, edit):
    config = model.config
    writer = gguf.GGUFWriter(HERE / f"{name}.gguf", architecture)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_key_length(config.head_dim)
    writer.add_value_length(config.head_dim)
    writer.add_vocab_size(config.vocab_size)
    add_keys(writer)
    arch = next(key for key, text in gguf.MODEL_ARCH_NAMES.items() if text == architecture)
    names = gguf.get_tensor_name_map(arch, config.num_hidden_layers)
    for key, tensor in model.state_dict().items():
        if key == "lm_head.weight" and config.tie_word_embeddings:
            continue
        data = edit(key, tensor.float().numpy())
        kind = gguf.GGMLQuantizationType.F32 if data.ndim == 1 else storage
        writer.add_tensor(names.get_name(key, try_suffixes=(".weight", ".bias")), gguf.quants.quantize(data, kind),
                          raw_dtype=kind)
    if architecture == "llama":
        # The scaling of Llama 3.1 travels as divisors of the frequencies.
        plain = 500.0 ** -(np.arange(0, config.head_dim, 2, dtype=np.float32) / config.head_dim)
        divisors = plain / model.model.rotary_emb.inv_freq.numpy()
        writer.add_tensor("rope_freqs.weight", divisors.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def make_ggufs(models):
    llama = models["llama"]

    def edit_llama(key, data):
        if ".q_proj." in key:
            return permute(data, 4)
        return permute(data, 2) if ".k_proj." in key else data

    def llama_keys(writer):
        writer.add_rope_freq_base(500.0)
        writer.add_rope_dimension_count(12)

    make_gguf("llama", "llama", llama, gguf.GGMLQuantizationType.BF16, llama_keys, edit_llama)

    def gemma_keys(writer):
        writer.add_rope_freq_base(50000.0)
        writer.add_sliding_window(4)

    # llama.cpp knows the local theta (10000), the pattern of Gemma 3 (every sixth layer is full) and the scale of the
    # queries by heart, so this model has them.
    config = Gemma3TextConfig(**{**COMMON, "num_hidden_layers": 6}, head_dim=8, query_pre_attn_scalar=8,
                              sliding_window=4,
                              rope_parameters=dict(full_attention=dict(rope_type="default", rope_theta=50000.0),
                                                   sliding_attention=dict(rope_type="default", rope_theta=10000.0)))
    gemma = AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()
    randomize(gemma, True)
    for parameter in gemma.parameters():
        parameter.data = parameter.data.bfloat16().float()
    make_gguf("gemma3", "gemma3", gemma, gguf.GGMLQuantizationType.BF16, gemma_keys,
              lambda key, data: data + 1 if key.endswith("norm.weight") else data)
    ids = np.load(HERE / "llama/ids.npz")["in0"]
    with torch.no_grad():
        np.savez(HERE / "gemma3.gguf.expected.npz", out0=gemma(torch.tensor(ids)[None]).logits[0].numpy())


if __name__ == "__main__":
    made = {name: make(name, *rest) for name, *rest in MODELS}
    make_ggufs(made)
