#!/usr/bin/env python3
"""usage: check_loaders.py TOOLS MODEL TEXT [--windows N] [--seq-len N] [--only NAME,...]

Exports MODEL with the tools in TOOLS, loads each folder with transformers and the package of its format, and compares
logits on five prompts and the perplexity of TEXT with those of quant-run on the same folder. Exit 1 where logits differ
by more than the rounding of the loader's floats (1e-4 of the largest for float32, 1e-2 for the float16 that GPTQModel
insists on), or perplexities by more than 0.1 %.

Where inputs are quantized too, a value on a tie between two codes may fall to one in torch and to its neighbour here,
and all that follows it differs; the largest magnitude of an int8 token is such a tie. There, half of all positions must
agree to 1e-4; perplexities to 0.1 % as elsewhere.

Needs torch, transformers, compressed-tensors, numpy; scripts/check --loaders installs them. Folders of gptq and awq are
loaded by GPTQModel where it is installed (it is built from source), and counted as skipped where it is not.
"""
import argparse
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

PROMPTS = ["The kernel is", "In order to install a package,", "x = 1", "Once upon a time there was", "Paris"]
# Recipe and what --export gets.
CASES = {
    "int4-symmetric": ("--int4-rtn=group-size={group}", "compressed-tensors dtype=f32"),
    "int4-asymmetric": ("--int4-rtn=group-size={group} asymmetric=true", "compressed-tensors dtype=f32"),
    "int8-token": ("--int8-rtn", "compressed-tensors dtype=f32"),
    "int8-channel": ("--quant-plan=weight=i8,channel method=rtn ;--rtn-round", "compressed-tensors dtype=f32"),
    "fp8-token": ("--quant-plan=weight=f8E4M3FN,channel input=f8E4M3FN,token,dynamic method=rtn ;--rtn-round",
                  "compressed-tensors dtype=f32"),
    "gptq": ("--int4-rtn=group-size={group}", "gptq"),
    "gptq-v2-asymmetric": ("--int4-rtn=group-size={group} asymmetric=true", "gptq-v2"),
    "gptq-8-bit": ("--quant-plan=weight=i8,group={group} method=rtn ;--rtn-round", "gptq"),
    "awq": ("--int4-rtn=group-size={group} asymmetric=true", "awq"),
}


def run(*command):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stderr}")
    return result.stdout


def run_logits(tools, folder, ids, scratch):
    np.savez(scratch / "ids.npz", in0=np.asarray(ids, dtype=np.int64))
    run(tools / "quant-run", folder, f"--inputs={scratch / 'ids.npz'}", f"--outputs={scratch / 'logits.npz'}")
    return np.load(scratch / "logits.npz")["out0"]


def load(folder):
    """The model on the CPU and how far its logits may be off; None without the loader."""
    method = json.loads((folder / "config.json").read_text())["quantization_config"]["quant_method"]
    if method not in ("gptq", "awq"):
        return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32), 1e-4
    try:
        import gptqmodel
    except ImportError:
        return None
    gptqmodel._default_cpu_workers = lambda *arguments, **options: 2  # 7.7 raises on machines with two cores
    backend = gptqmodel.BACKEND.TORCH_AWQ if method == "awq" else gptqmodel.BACKEND.TORCH
    return gptqmodel.GPTQModel.load(str(folder), device="cpu", backend=backend, dtype=torch.float16).model, 1e-2


def perplexity(model, ids, windows, length):
    loss, count = 0.0, 0
    for index in range(windows):
        window = torch.tensor([ids[index * length : (index + 1) * length]])
        with torch.no_grad():
            logits = model(window).logits[0].double()
        log = torch.log_softmax(logits[:-1], dim=-1)
        loss -= log.gather(1, window[0, 1:, None]).sum().item()
        count += length - 1
    return math.exp(loss / count)


def check(name, options):
    recipe, export = CASES[name]
    tools, scratch = Path(options.tools), Path(tempfile.mkdtemp())
    folder = scratch / name
    passes = recipe.format(group=options.group).split(" ;")
    run(tools / "quant-opt", options.model, *passes, f"--export={export}", "-o", folder)
    print(run(tools / "quant-translate", f"--lint={folder}", "--for=transformers"), end="")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    loaded = load(folder)
    if loaded is None:
        print(f"{name}: skipped, gptqmodel is not installed")
        return None
    model, tolerance = loaded
    model.eval()
    errors = []
    for prompt in PROMPTS:
        ids = tokenizer.encode(prompt, add_special_tokens=False)
        with torch.no_grad():
            theirs = model(torch.tensor([ids])).logits[0].float().numpy()
        ours = run_logits(tools, folder, ids, scratch)
        errors += list(np.abs(ours - theirs).max(1) / np.abs(theirs).max())
    text = Path(options.text).read_text(errors="replace")
    ids = tokenizer.encode(text, add_special_tokens=False)
    theirs = perplexity(model, ids, options.windows, options.seq_len)
    report = scratch / "perplexity.json"
    run(tools / "quant-run", folder, f"--perplexity={options.text}", f"--windows={options.windows}",
        f"--seq-len={options.seq_len}", f"--json={report}")
    ours = json.loads(report.read_text())["perplexity"]
    has_ties = "token" in name
    agreeing = np.mean(np.array(errors) <= tolerance)
    ok = agreeing >= (0.5 if has_ties else 1) and abs(ours / theirs - 1) <= 1e-3
    print(f"{name}: {agreeing:.0%} of positions have logits within {tolerance:.0e} (largest difference {max(errors):.2e}), "
          f"perplexity {ours:.5f} and {theirs:.5f} of the loader ({ours / theirs - 1:+.4%}): "
          f"{'passed' if ok else 'FAILED'}")
    return ok


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tools")
    parser.add_argument("model")
    parser.add_argument("text")
    parser.add_argument("--windows", type=int, default=64)
    parser.add_argument("--seq-len", type=int, default=128)
    parser.add_argument("--group", type=int, default=32)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else list(CASES)
    results = [check(name, options) for name in names]
    passed, failed = results.count(True), results.count(False)
    print(f"{passed} passed, {failed} failed, {results.count(None)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
