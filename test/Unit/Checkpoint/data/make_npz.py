#!/usr/bin/env python3
"""Makes the .npz and .npy files of NpzTest.cpp. Needs: pip install numpy."""
import sys

import numpy as np

folder = sys.argv[1]
arrays = {
    "f2": np.array([[1.5, -2], [0, 65504]], np.float16),
    "f4": np.arange(6, dtype=np.float32).reshape(2, 3),
    "f8": np.array(-1e300),
    "i1": np.array([-128, 127], np.int8),
    "i2": np.array([-32768], np.int16),
    "i4": np.array([[-(2**31)]], np.int32),
    "i8": np.array([2**62], np.int64),
    "u1": np.array([255], np.uint8),
    "bool": np.array([True, False]),
    "empty": np.zeros((0, 3), np.float32),
    "fortran": np.asfortranarray(np.arange(24, dtype=np.int32).reshape(2, 3, 4)),
}
np.savez(f"{folder}/stored.npz", **arrays)
np.savez_compressed(f"{folder}/deflated.npz", **arrays)
for version in ((1, 0), (2, 0), (3, 0)):
    with open(f"{folder}/version{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, arrays["f4"], version=version)
