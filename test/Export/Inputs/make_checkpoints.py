#!/usr/bin/env python3
"""Makes the folders compressed-tensors-* beside this file: a tiny model as the real packages quantize and store it.

    python3 make_checkpoints.py     # needs torch, transformers, llmcompressor, compressed-tensors, numpy

The model is test/Import/Inputs/qwen3; expected.npz holds the logits that transformers computes for ids.npz from the
folder that was written, in f32.
"""
import json
import shutil
from pathlib import Path

import numpy as np
import torch
from llmcompressor import oneshot
from llmcompressor.modifiers.quantization import QuantizationModifier
from transformers import AutoModelForCausalLM
from datasets import Dataset

HERE = Path(__file__).parent
SOURCE = HERE.parent.parent / "Import/Inputs/qwen3"


def scheme(weights, inputs=None):
    group = {"targets": ["Linear"], "weights": weights}
    if inputs:
        group["input_activations"] = inputs
    return {"group_0": group}


def integer(bits, **rest):
    return dict(num_bits=bits, type="int", symmetric=True) | rest


def float8(**rest):
    return dict(num_bits=8, type="float", symmetric=True) | rest


SCHEMES = {
    "int4-group": scheme(integer(4, strategy="group", group_size=8)),
    "int4-asymmetric": scheme(integer(4, strategy="group", group_size=8, symmetric=False)),
    "int8-token": scheme(integer(8, strategy="channel"), integer(8, strategy="token", dynamic=True)),
    "fp8-token": scheme(float8(strategy="channel"), float8(strategy="token", dynamic=True)),
    "fp8-static": scheme(float8(strategy="tensor"), float8(strategy="tensor", dynamic=False)),
}

ids = torch.from_numpy(np.load(SOURCE / "ids.npz")["in0"])[None]
for name, groups in SCHEMES.items():
    target = HERE / f"compressed-tensors-{name}"
    shutil.rmtree(target, ignore_errors=True)
    model = AutoModelForCausalLM.from_pretrained(SOURCE, dtype=torch.float32)
    data = Dataset.from_dict({"input_ids": ids.tolist(), "attention_mask": [[1] * ids.shape[1]]})
    recipe = [QuantizationModifier(config_groups=groups, ignore=["lm_head"])]
    oneshot(model=model, recipe=recipe, dataset=data if name == "fp8-static" else None, num_calibration_samples=1,
            max_seq_length=ids.shape[1])
    model.save_pretrained(target, save_compressed=True)
    loaded = AutoModelForCausalLM.from_pretrained(target, dtype=torch.float32)
    with torch.no_grad():
        logits = loaded(ids).logits[0].float().numpy()
    np.savez(target / "expected.npz", out0=logits)
    for path in target.iterdir():
        if path.name not in ("config.json", "model.safetensors", "expected.npz"):
            path.unlink()
    print(name, sum(path.stat().st_size for path in target.iterdir()), json.dumps(sorted(p.name for p in target.iterdir())))
