#!/usr/bin/env python3
"""Makes golden.inc: roundings of a small matrix by numpy, an implementation that shares nothing with ours.

Usage: python3 make_golden.py > golden.inc   (numpy only)
Inputs are formulas that GoldenTest.cpp repeats exactly; only results are stored.
"""
import numpy as np

ROWS, COLS, TOKENS = 16, 64, 256

index = np.arange(ROWS * COLS, dtype=np.uint64)
unit = (index * np.uint64(2654435761) % np.uint64(2**32)).astype(np.float64) / 2**32
weight = ((unit - 0.45) * (1 + index % 5)).astype(np.float32).reshape(ROWS, COLS)
t, j = np.meshgrid(np.arange(TOKENS), np.arange(COLS), indexing="ij")
tokens = ((t * (j + 3) + j * j + t * t // 7) % 23 - 11).astype(np.float64)
hessian = tokens.T @ tokens / TOKENS  # integers below 2^53 divided by a power of two: exact


def to_storage(scale, storage):
    if storage == "f32":
        return scale
    if storage == "f16":
        return scale.astype(np.float16).astype(np.float32)
    bits = scale.view(np.uint32).astype(np.uint64)
    bits = (bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000
    return bits.astype(np.uint32).view(np.float32)


def blocks(matrix, rows, cols):
    """[block rows, block columns, elements of a block]"""
    r, c = matrix.shape
    return matrix.reshape(r // rows, rows, c // cols, cols).transpose(0, 2, 1, 3).reshape(r // rows, c // cols, -1)


def spread(params, rows, cols):
    return np.repeat(np.repeat(params, rows, 0), cols, 1)


def choose(matrix, bits, rows, cols, asymmetric, storage):
    qmin, qmax = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    data = blocks(matrix, rows, cols)
    if not asymmetric:
        scale = np.abs(data).max(-1) / np.float32((qmax - qmin) / 2)
        return to_storage(scale.astype(np.float32), storage), None
    low, high = np.minimum(data.min(-1), 0), np.maximum(data.max(-1), 0)
    scale = to_storage(((high - low) / np.float32(qmax - qmin)).astype(np.float32), storage)
    return scale, np.clip(np.rint(np.float32(qmin) - low / scale), qmin, qmax)


def quantize(matrix, bits, rows, cols, scale, zero):
    qmin, qmax = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    q = np.rint(matrix / spread(scale, rows, cols))
    if zero is not None:
        q = q + spread(zero, rows, cols)
    return np.clip(q, qmin, qmax)


def quantize_e4m3(matrix, rows, cols):
    scale = (np.abs(blocks(matrix, rows, cols)).max(-1) / np.float32(448)).astype(np.float32)
    values = (matrix / spread(scale, rows, cols)).astype(np.float64)
    codes = np.arange(127)
    exponent, mantissa = codes >> 3, codes & 7
    table = np.where(exponent == 0, mantissa * 2.0**-9, (8 + mantissa) * 2.0 ** (exponent - 10.0))
    distance = np.abs(np.abs(values)[..., None] - table)
    # Of two nearest codes the even one.
    best = np.argmin(distance + (codes & 1) * 1e-15, -1)
    return np.where(np.signbit(values), best - 128, best), scale


def gptq(matrix, bits, cols, scale, damping):
    """The paper's loop in float64, columns by falling diagonal of H, static groups."""
    n = matrix.shape[1]
    order = sorted(range(n), key=lambda k: (-hessian[k, k], k))
    damped = hessian[np.ix_(order, order)] + damping * np.mean(np.diag(hessian)) * np.eye(n)
    upper = np.linalg.cholesky(np.linalg.inv(damped)).T
    work = matrix[:, order].astype(np.float64)
    codes = np.zeros(matrix.shape)
    for k in range(n):
        s = scale[:, order[k] // cols].astype(np.float64)
        codes[:, order[k]] = q = np.clip(np.rint(work[:, k] / s), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
        work[:, k:] -= np.outer((work[:, k] - q * s) / upper[k, k], upper[k, k:])
    return codes


def emit(kind, name, values):
    texts = [str(int(v)) if kind == "int8_t" else f"0x{v:08x}" for v in values]
    print(f"const {kind} {name}[] = {{")
    for at in range(0, len(texts), 16):
        print("    " + ", ".join(texts[at : at + 16]) + ",")
    print("};")


def emit_case(name, codes, scale, zero=None):
    emit("int8_t", name + "Codes", codes.ravel())
    emit("uint32_t", name + "Scales", np.ascontiguousarray(scale, np.float32).ravel().view(np.uint32))
    if zero is not None:
        emit("int8_t", name + "Zeros", zero.ravel())


print("// Made by make_golden.py; do not edit.")
for name, bits, rows, cols, asymmetric, storage in [
    ("int4Group", 4, 1, 16, False, "f16"),
    ("int4Asymmetric", 4, 1, 32, True, "bf16"),
    ("int8Channel", 8, 1, COLS, False, "f32"),
    ("int3Block", 3, 4, 8, True, "f16"),
]:
    scale, zero = choose(weight, bits, rows, cols, asymmetric, storage)
    emit_case(name, quantize(weight, bits, rows, cols, scale, zero), scale, zero)
emit_case("e4m3Block", *quantize_e4m3(weight, 8, 32))
scale, _ = choose(weight, 4, 1, 16, False, "f16")
emit_case("gptq", gptq(weight, 4, 16, scale, 0.01), scale)
