"""usage: compare-safetensors.py A B

Exit 1 unless both files hold the same tensors: names, dtypes, shapes and bytes.
"""
import json
import struct
import sys


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    header.pop("__metadata__", None)
    return {name: (entry["dtype"], entry["shape"], data[slice(*entry["data_offsets"])]) for name, entry in header.items()}


left, right = read(sys.argv[1]), read(sys.argv[2])
if sorted(left) != sorted(right):
    sys.exit(f"only in one: {sorted(set(left) ^ set(right))}")
for name in sorted(left):
    if left[name] != right[name]:
        sys.exit(f"{name}: {left[name][:2]} against {right[name][:2]}, bytes differ: {left[name][2] != right[name][2]}")
