"""llm-compressor's side of benchmarks/peers/run.

usage: llm_compressor.py import MODEL.gguf OUT_DIR
       llm_compressor.py gptq MODEL_DIR CALIBRATION EVALUATION SAMPLES WINDOWS OUT.json
"""
import json
import math
import os
import resource
import sys
import time

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

SEQ_LEN = 512


def import_gguf(path, out):
    where = dict(pretrained_model_name_or_path=os.path.dirname(path), gguf_file=os.path.basename(path))
    loaded = AutoModelForCausalLM.from_pretrained(dtype=torch.float32, **where)
    config = loaded.config
    del config.quantization_config  # a model from a GGUF refuses to be saved while this is set
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    model.load_state_dict(loaded.state_dict())
    model.save_pretrained(out)
    AutoTokenizer.from_pretrained(**where).save_pretrained(out)


def read_windows(tokenizer, path, count):
    ids = tokenizer(open(path).read(), add_special_tokens=False, verbose=False)["input_ids"]
    return torch.tensor(ids[: count * SEQ_LEN]).view(count, SEQ_LEN)


@torch.no_grad()
def perplexity(model, windows):
    total = 0.0
    for window in windows:
        logits = model(input_ids=window[None], use_cache=False).logits[0].float()
        total += torch.nn.functional.cross_entropy(logits[:-1], window[1:]).item()
    return math.exp(total / len(windows))


def gptq(model_dir, calibration, evaluation, samples, windows, out):
    from datasets import Dataset
    from llmcompressor import oneshot
    from llmcompressor.modifiers.gptq import GPTQModifier

    tokenizer = AutoTokenizer.from_pretrained(model_dir)
    model = AutoModelForCausalLM.from_pretrained(model_dir, dtype=torch.float32).eval()
    ids = read_windows(tokenizer, calibration, samples)
    dataset = Dataset.from_dict({"input_ids": ids.tolist(), "attention_mask": torch.ones_like(ids).tolist()})
    weights = dict(num_bits=4, type="int", symmetric=True, strategy="group", group_size=64)
    recipe = [GPTQModifier(config_groups={"group_0": {"targets": ["Linear"], "weights": weights}}, ignore=["lm_head"])]
    start = time.time()
    oneshot(model=model, tokenizer=tokenizer, recipe=recipe, dataset=dataset, num_calibration_samples=samples,
            max_seq_length=SEQ_LEN)
    seconds = time.time() - start
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    result = dict(seconds=seconds, peak_rss_bytes=rss,
                  perplexity=perplexity(model, read_windows(tokenizer, evaluation, windows)))
    json.dump(result, open(out, "w"))


if __name__ == "__main__":
    if sys.argv[1] == "import":
        import_gguf(*sys.argv[2:4])
    else:
        gptq(*sys.argv[2:5], int(sys.argv[5]), int(sys.argv[6]), sys.argv[7])
