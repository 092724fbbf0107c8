"""usage: list-safetensors.py FILE

Prints name, dtype and shape of each tensor, by name.
"""
import json
import struct
import sys

with open(sys.argv[1], "rb") as file:
    header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
header.pop("__metadata__", None)
for name, entry in sorted(header.items()):
    print(name, entry["dtype"], entry["shape"])
