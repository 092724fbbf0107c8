"""usage: edit-gguf-type.py FILE.gguf TENSOR TYPE - overwrites the type number of a tensor"""
import struct
import sys

path, tensor, kind = sys.argv[1:]
with open(path, "r+b") as file:
    content = file.read()
    # A tensor's entry: length of the name, name, count of dimensions, dimensions, type, offset.
    entry = content.index(struct.pack("<Q", len(tensor)) + tensor.encode()) + 8 + len(tensor)
    file.seek(entry + 4 + 8 * struct.unpack_from("<I", content, entry)[0])
    file.write(struct.pack("<I", int(kind)))
