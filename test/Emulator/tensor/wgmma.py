#!/usr/bin/env python3
"""Writes wgmma.cuh, the wgmma instructions of the kernels here, to standard output: one inline PTX function each."""

# name, shape k, types, accumulator's C type, accumulators a thread, has immediates (scale-a, scale-b[, trans])
INSTRUCTIONS = [
    ("e4m3_n128", "m64n128k32", "f32.e4m3.e4m3", "float", 64, ", 1, 1"),
    ("s8_n256", "m64n256k32", "s32.s8.s8", "int", 128, ""),
    ("bf16_n64", "m64n64k16", "f32.bf16.bf16", "float", 32, ", 1, 1, 0, 0"),
    ("f16_n128_mn", "m64n128k16", "f32.f16.f16", "float", 64, ", 1, 1, 1, 1"),
    ("bf16_n64_rs", "m64n64k16", "f32.bf16.bf16", "float", 32, ", 1, 1, 0"),
]


def function(name, shape, types, element, count, immediates):
    constraint = "+f" if element == "float" else "+r"
    registers = ", ".join(f"%{i}" for i in range(count))
    isRs = name.endswith("_rs")
    a = ", ".join(f"%{count + i}" for i in range(4)) if isRs else f"%{count}"
    b = count + (4 if isRs else 1)
    parameter = "const unsigned (&a)[4]" if isRs else "unsigned long long a"
    operands = ", ".join(f'"r"(a[{i}])' for i in range(4)) if isRs else '"l"(a)'
    outputs = ", ".join(f'"{constraint}"(d[{i}])' for i in range(count))
    return f"""
static __device__ __forceinline__ void wgmma_{name}({element} (&d)[{count}], {parameter}, unsigned long long b, int scale) {{
  asm volatile("{{\\n\\t.reg .pred p;\\n\\tsetp.ne.b32 p, %{b + 1}, 0;\\n\\t"
               "wgmma.mma_async.sync.aligned.{shape}.{types} {{{registers}}}, {'{' + a + '}' if isRs else a}, %{b}, p{immediates};\\n\\t}}"
               : {outputs}
               : {operands}, "l"(b), "r"(scale));
}}"""


print("// Made by wgmma.py.\n#pragma once")
for instruction in INSTRUCTIONS:
    print(function(*instruction))
