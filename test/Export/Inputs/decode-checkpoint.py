"""usage: decode-checkpoint.py FOLDER MODULE

Prints codes (unsigned, [out][in]), zero points and scales ([out][group]) of a 4 bit layer, read as the specification of
each format says, an element at a time: an implementation that shares nothing with the exporter.
"""
import json
import struct
import sys

folder, module = sys.argv[1:]
with open(folder + "/model.safetensors", "rb") as file:
    header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    data = file.read()
config = json.load(open(folder + "/config.json"))["quantization_config"]
FORMATS = {"I32": "I", "I64": "q", "F16": "e", "F32": "f", "U8": "B"}


def read(name):
    entry = header[f"{module}.{name}"]
    begin, end = entry["data_offsets"]
    if entry["dtype"] == "BF16":
        words = struct.unpack(f"<{(end - begin) // 2}H", data[begin:end])
        values = [struct.unpack("<f", struct.pack("<I", word << 16))[0] for word in words]
    else:
        code = FORMATS[entry["dtype"]]
        values = list(struct.unpack(f"<{(end - begin) // struct.calcsize(code)}{code}", data[begin:end]))
    rows, cols = (entry["shape"] + [1])[:2]
    return [values[row * cols : (row + 1) * cols] for row in range(rows)]


def transpose(matrix):
    return [list(column) for column in zip(*matrix)]


def nibbles(word, order=range(8)):
    """Elements 0 to 7 of a word; field i holds element order[i]."""
    values = [0] * 8
    for field, element in enumerate(order):
        values[element] = word >> (4 * field) & 15
    return values


def unpack_rows(matrix, order=range(8)):
    return [[value for word in row for value in nibbles(word, order)] for row in matrix]


AWQ = [0, 2, 4, 6, 1, 3, 5, 7]
method = config["quant_method"]
if method == "compressed-tensors":
    rows, cols = (value[0] for value in read("weight_shape"))
    codes = [row[:cols] for row in unpack_rows(read("weight_packed"))]
    scales = read("weight_scale")
    zeros = [[8] * len(scales[0]) for _ in range(rows)]
    if not config["config_groups"]["group_0"]["weights"]["symmetric"]:
        zeros = transpose(unpack_rows(transpose(read("weight_zero_point"))))[:rows]
elif method == "gptq":
    codes = unpack_rows(transpose(read("qweight")))
    scales = transpose(read("scales"))
    zeros = transpose(unpack_rows(read("qzeros")))
    if config["checkpoint_format"] == "gptq":
        zeros = [[zero + 1 for zero in row] for row in zeros]
    size = config["group_size"] if config["group_size"] > 0 else len(codes[0])
    assert [row[0] for row in read("g_idx")] == [column // size for column in range(len(codes[0]))]
elif method == "awq":
    codes = transpose(unpack_rows(read("qweight"), AWQ))
    scales = transpose(read("scales"))
    zeros = transpose(unpack_rows(read("qzeros"), AWQ))
else:
    codes = []
    for row in read("weight"):
        codes += [[(byte & 15) ^ 8 for byte in row], [(byte >> 4) ^ 8 for byte in row]]
    scales = read("weight_scale")
    zeros = [[8] * len(scales[0]) for _ in codes]
    assert all(row == [1.0] for row in read("pre_quant_scale"))
for name, matrix in (("codes", codes), ("zeros", zeros), ("scales", scales)):
    print(name, len(matrix), len(matrix[0]))
    for row in matrix:
        print(*row)
