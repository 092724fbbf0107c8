#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles kernels.py to ptx/NAME.ARCH.ptx ahead of time; needs the package triton and no GPU.

    python3 -m venv V && V/bin/pip install triton && V/bin/python compile.py
"""

import json
import pathlib
import re

import triton
from triton.backends.compiler import GPUTarget
from triton.compiler import ASTSource

import kernels

FLOATS = {"x": "*fp32", "y": "*fp32", "out": "*fp32", "n": "i32", "columns": "i32", "stride": "i32"}
MATRICES = {"m": "i32", "n": "i32", "k": "i32"}
TILE = {"BM": 64, "BN": 64, "BK": 32}

# file name, kernel, types of arguments, constants, options
CASES = [
    ("add", kernels.add, FLOATS, {"BLOCK": 1024}, {}),
    ("gelu", kernels.gelu, {"x": "*fp16", "out": "*fp16", "n": "i32"}, {"BLOCK": 512}, {}),
    ("row_sum", kernels.row_sum, FLOATS, {"BLOCK": 256}, {}),
    ("softmax", kernels.softmax, FLOATS, {"BLOCK": 1024}, {"num_warps": 4}),
    ("layernorm", kernels.layernorm, {"x": "*fp16", "gamma": "*fp32", "beta": "*fp32", "out": "*fp16", "stride": "i32",
                                      "columns": "i32", "epsilon": "fp32"}, {"BLOCK": 512}, {"num_warps": 4}),
    ("quantize_rows", kernels.quantize_rows, {"x": "*fp32", "out": "*fp8e4nv", "scales": "*fp32", "columns": "i32"},
     {"BLOCK": 512}, {}),
    ("prefix_sum", kernels.prefix_sum, {"x": "*i32", "out": "*i32", "n": "i32"}, {"BLOCK": 512}, {}),
    ("histogram", kernels.histogram, {"x": "*i32", "bins": "*i32", "n": "i32"}, {"BLOCK": 256}, {}),
    ("matmul_f16", kernels.matmul, {"a": "*fp16", "b": "*fp16", "c": "*fp32", **MATRICES}, TILE, {"num_stages": 3}),
    ("matmul_bf16", kernels.matmul, {"a": "*bf16", "b": "*bf16", "c": "*bf16", **MATRICES}, TILE, {"num_stages": 2}),
    ("matmul_tf32", kernels.matmul, {"a": "*fp32", "b": "*fp32", "c": "*fp32", **MATRICES}, TILE, {"num_stages": 2}),
    ("matmul_s8", kernels.matmul, {"a": "*i8", "b": "*i8", "c": "*i32", **MATRICES}, TILE, {"num_stages": 2}),
    ("matmul_tensormap", kernels.matmul_tensormap,
     {"a": "tensordesc<fp16[64, 32]>", "b": "tensordesc<fp16[64, 32]>", "c": "tensordesc<fp16[64, 64]>", "k": "i32"}, TILE,
     {"num_stages": 3}),
    ("matmul_e4m3", kernels.matmul, {"a": "*fp8e4nv", "b": "*fp8e4nv", "c": "*fp32", **MATRICES}, TILE, {"num_stages": 2}),
]
NEEDS_SM89 = {"quantize_rows", "matmul_e4m3", "matmul_tensormap"}


def main():
    folder = pathlib.Path(__file__).parent / "ptx"
    folder.mkdir(exist_ok=True)
    launches = {"triton": triton.__version__}
    for capability, arch in ((80, "sm_80"), (90, "sm_90a")):
        for name, kernel, types, constants, options in CASES:
            if capability < 89 and name in NEEDS_SM89:
                continue
            signature = {a: "constexpr" if a in constants else types[a] for a in kernel.arg_names}
            # Pointers are aligned and matrix sides multiples of 16, as the launcher would find.
            attributes = {}
            for i, a in enumerate(kernel.arg_names):
                if signature[a].startswith("*") or a in ("m", "n", "k", "stride", "columns"):
                    attributes[(i,)] = [["tt.divisibility", 16]]
            source = ASTSource(kernel, signature, {(kernel.arg_names.index(a),): v for a, v in constants.items()}, attributes)
            compiled = triton.compile(source, target=GPUTarget("cuda", capability, 32), options=options)
            text = re.sub(r"(?s)\n\t\.section.*", "\n", compiled.asm["ptx"])
            text = re.sub(r'"[^"\n]*/(kernels\.py|standard\.py)"', r'"\1"', text)
            (folder / f"{name}.{arch}.ptx").write_text(text)
            launches[f"{name}.{arch}"] = {
                "kernel": compiled.metadata.name, "warps": compiled.metadata.num_warps,
                "shared": compiled.metadata.shared, "constants": constants,
                "tensormaps": getattr(compiled.metadata, "tensordesc_meta", None) or []}
    (folder / "launches.json").write_text(json.dumps(launches, indent=1) + "\n")


if __name__ == "__main__":
    main()
