#!/usr/bin/env python3
"""Makes storages.gguf (a tensor of every storage that quant-opt reads, metadata of every type) and
storages.safetensors (the same tensors, dequantized by the gguf package). Needs: pip install gguf safetensors."""
import sys

import gguf
import numpy as np
from gguf import GGMLQuantizationType as T
from gguf import GGUFValueType as V
from safetensors.numpy import save_file

folder = sys.argv[1]
rng = np.random.default_rng(20)
ROWS, COLUMNS = 2, 256
# Byte offsets of the f16 fields of a block: random bits there would be NaN now and then.
HALVES = {T.Q4_0: [0], T.Q4_1: [0, 2], T.Q5_0: [0], T.Q5_1: [0, 2], T.Q8_0: [0],
          T.Q4_K: [0, 2], T.Q5_K: [0, 2], T.Q6_K: [208]}

writer = gguf.GGUFWriter(f"{folder}/storages.gguf", "llama")
writer.add_key_value("t.u8", 200, V.UINT8)
writer.add_key_value("t.i8", -100, V.INT8)
writer.add_key_value("t.u16", 60000, V.UINT16)
writer.add_key_value("t.i16", -30000, V.INT16)
writer.add_key_value("t.u32", 4000000000, V.UINT32)
writer.add_key_value("t.i32", -2000000000, V.INT32)
writer.add_key_value("t.u64", 2**63, V.UINT64)
writer.add_key_value("t.i64", -(2**62), V.INT64)
writer.add_key_value("t.f32", 0.5, V.FLOAT32)
writer.add_key_value("t.f64", -1e300, V.FLOAT64)
writer.add_key_value("t.bool", True, V.BOOL)
writer.add_key_value("t.string", "Gr\u00fc\u00dfe", V.STRING)
writer.add_key_value("t.strings", ["a", "", "\u0120b"], V.ARRAY, V.STRING)
writer.add_key_value("t.ints", [3, -1, 2], V.ARRAY, V.INT32)
writer.add_key_value("t.floats", [0.25, -8.0], V.ARRAY, V.FLOAT32)
writer.add_key_value("t.bools", [True, False], V.ARRAY, V.BOOL)

expected = {}
for kind, halves in HALVES.items():
    block, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = rng.integers(0, 256, (ROWS * COLUMNS // block, size), dtype=np.uint8)
    for at in halves:
        blocks[:, at : at + 2] = rng.normal(0, 0.1, (len(blocks), 1)).astype(np.float16).view(np.uint8)
    raw = blocks.reshape(ROWS, -1)
    writer.add_tensor(kind.name, raw, raw_dtype=kind)
    expected[kind.name] = gguf.quants.dequantize(raw, kind)
values = rng.normal(0, 1, (ROWS, 3)).astype(np.float32)
for kind in (T.F32, T.F16, T.BF16):
    raw = gguf.quants.quantize(values, kind)
    writer.add_tensor(kind.name, raw, raw_dtype=kind if kind == T.BF16 else None)
    expected[kind.name] = gguf.quants.dequantize(raw, kind).reshape(values.shape)
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
save_file({name: np.ascontiguousarray(array, dtype=np.float32) for name, array in expected.items()},
          f"{folder}/storages.safetensors")
