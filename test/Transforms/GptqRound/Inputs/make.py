"""Makes correlated.npz: 4 samples of 16 tokens whose 64 channels are correlated, as activations are; bad.npz with a NaN;
arguments.npz of an image and a matrix; fc.safetensors with the 64x64 weight fc.weight."""
import json
import struct

import numpy as np

rng = np.random.default_rng(0)
mix = rng.normal(size=(64, 64)) / 8 + np.eye(64) * 0.3
samples = (rng.normal(size=(4, 16, 64)) @ mix).astype(np.float32)
np.savez_compressed("correlated.npz", in0=samples)
samples[2, 3, 5] = np.nan
np.savez_compressed("bad.npz", in0=samples)

weight = (rng.normal(size=(64, 64)) / 16).astype(np.float32)
header = json.dumps({"fc.weight": {"dtype": "F32", "shape": [64, 64], "data_offsets": [0, weight.nbytes]}}).encode()
header += b" " * (-len(header) % 8)
with open("fc.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(header)) + header + weight.tobytes())

np.savez_compressed("arguments.npz", in0=rng.normal(size=(1, 4, 4, 2)).astype(np.float32),
                    in1=rng.normal(size=(2, 4)).astype(np.float32))
