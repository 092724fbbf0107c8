"""usage: edit-safetensors.py FILE STATEMENTS

Changes a safetensors file by Python statements over `header` (its JSON), `names` (of the tensors, by offset), `data`
(bytearray), and `length` (what the first 8 bytes claim; None: the truth).
"""
import json
import struct
import sys

path, statements = sys.argv[1:]
with open(path, "rb") as file:
    content = file.read()
size = struct.unpack_from("<Q", content)[0]
state = {"header": json.loads(content[8 : 8 + size]), "data": bytearray(content[8 + size :]), "length": None}
entries = [name for name in state["header"] if name != "__metadata__"]
state["names"] = sorted(entries, key=lambda name: state["header"][name]["data_offsets"])
exec(statements, state)
header = json.dumps(state["header"]).encode()
length = len(header) if state["length"] is None else state["length"]
with open(path, "wb") as file:
    file.write(struct.pack("<Q", length) + header + state["data"])
