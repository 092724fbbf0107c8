"""Makes NAME.npz and NAME.expected.npz for ../NAME.mlir: random inputs, and what numpy computes from them.

usage: make_inputs.py (needs numpy)
"""
import math
import os

import numpy as np

FOLDER = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(0)


def normal(*shape):
    return random.standard_normal(shape).astype(np.float32)


def bf16(x):
    """Rounds to bfloat16, to nearest even."""
    bits = np.asarray(x, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000).astype(np.uint32).view(np.float32)


def save(name, inputs, outputs):
    np.savez(f"{FOLDER}/{name}.npz", **{f"in{i}": x for i, x in enumerate(inputs)})
    np.savez(f"{FOLDER}/{name}.expected.npz", **{f"out{i}": np.array(x, order="C") for i, x in enumerate(outputs)})


def f32(x):
    return np.asarray(x).astype(np.float32)


a, w = normal(4, 8).astype(np.float16), bf16(normal(8, 4))
save("half", [a, w], [f32(a.astype(np.float64) @ w), np.tanh(a.astype(np.float64)).astype(np.float16),
                      bf16(np.exp(bf16(w + w)))])

x, w = normal(1, 3, 10, 10), normal(5, 3, 3, 3)
windows = np.lib.stride_tricks.sliding_window_view(x.astype(np.float64), (3, 3), axis=(2, 3))
y = np.einsum("nchwij,fcij->nfhw", windows, w)
save("convolution", [x, w], [f32(y), f32(y.reshape(1, 5, 4, 2, 4, 2).max((3, 5)))])

x, n, mask = normal(3, 4), np.int64(7), random.integers(0, 2, (3, 4)).astype(bool)
h = np.vectorize(math.erf)(x.astype(np.float64) * [1, 2, 3, 4])
e = np.exp(h - h.max(1, keepdims=True))
save("control-flow", [x, n, mask],
     [f32(h.sum(1)), f32(h.reshape(3, 2, 2)), f32(n + h.sum()), e / e.sum(1, keepdims=True), mask])

x = normal(1, 4, 8)
save("tosa", [x], [f32(1 / (1 + np.exp(-(x.astype(np.float64) @ np.full((1, 8, 3), 0.5)))))])

a, w = (random.integers(-128, 128, shape).astype(np.int8) for shape in [(4, 8), (8, 3)])
v, m, b = normal(8), normal(8, 3), normal(2, 4, 8)
d = v.astype(np.float64)
save("integers", [a, w, v, m, b],
     [a.astype(np.int32) @ w.astype(np.int32), f32(d @ m), f32(b.astype(np.float64) @ m), f32(d @ d), f32((b @ d).T)])
