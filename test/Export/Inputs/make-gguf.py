"""usage: make-gguf.py FILE          a llama of one layer whose weights are pseudo-random; the embedding is in Q8_0
       make-gguf.py --list FILE   prints general.file_type, and name and type of each tensor

Written from the specification (ggml: docs/gguf.md), without the gguf package.
"""
import random
import struct
import sys

HIDDEN, INNER, HEADS, KEY_HEADS = 64, 96, 2, 1
TYPES = {0: "F32", 1: "F16", 2: "Q4_0", 8: "Q8_0"}


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def u32(value):
    return struct.pack("<II", 4, value)


def f32(value):
    return struct.pack("<If", 6, value)


def array(kind, items):
    return struct.pack("<IIQ", 9, kind, len(items)) + b"".join(items)


def block_q8_0(values):
    scale = struct.unpack("<e", struct.pack("<e", max(map(abs, values)) / 127))[0]
    return struct.pack("<e32b", scale, *(max(-127, min(127, round(value / scale))) for value in values))


def make(path):
    tokens = ["<s>", "\u0120"] + [chr(code) for code in range(33, 127)] + ["ab"]
    metadata = {
        "general.architecture": struct.pack("<I", 8) + text("llama"),
        "general.file_type": u32(0),
        "llama.block_count": u32(1),
        "llama.context_length": u32(64),
        "llama.embedding_length": u32(HIDDEN),
        "llama.feed_forward_length": u32(INNER),
        "llama.attention.head_count": u32(HEADS),
        "llama.attention.head_count_kv": u32(KEY_HEADS),
        "llama.attention.layer_norm_rms_epsilon": f32(1e-5),
        "llama.rope.freq_base": f32(1000.0),
        "tokenizer.ggml.model": struct.pack("<I", 8) + text("gpt2"),
        "tokenizer.ggml.pre": struct.pack("<I", 8) + text("gpt-2"),
        "tokenizer.ggml.tokens": array(8, [text(token) for token in tokens]),
        "tokenizer.ggml.token_type": array(5, [struct.pack("<i", 3 if token == "<s>" else 1) for token in tokens]),
        "tokenizer.ggml.merges": array(8, [text("a b")]),
        "tokenizer.ggml.bos_token_id": u32(0),
        "tokenizer.ggml.eos_token_id": u32(0),
    }
    half = HIDDEN // HEADS
    shapes = {"token_embd.weight": (len(tokens), HIDDEN), "output_norm.weight": (HIDDEN,)}
    for name, shape in [("attn_norm", (HIDDEN,)), ("attn_q", (HIDDEN, HIDDEN)), ("attn_k", (KEY_HEADS * half, HIDDEN)),
                        ("attn_v", (KEY_HEADS * half, HIDDEN)), ("attn_output", (HIDDEN, HIDDEN)),
                        ("ffn_norm", (HIDDEN,)), ("ffn_gate", (INNER, HIDDEN)), ("ffn_up", (INNER, HIDDEN)),
                        ("ffn_down", (HIDDEN, INNER))]:
        shapes[f"blk.0.{name}.weight"] = shape
    source = random.Random(3)
    infos, data = b"", b""
    for name, shape in shapes.items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        values = [source.gauss(1.0 if "norm" in name else 0.0, 0.2) for _ in range(count)]
        quantized = name == "token_embd.weight"
        infos += text(name) + struct.pack("<I", len(shape)) + b"".join(struct.pack("<Q", dim) for dim in shape[::-1])
        infos += struct.pack("<IQ", 8 if quantized else 0, len(data))
        if quantized:
            data += b"".join(block_q8_0(values[at : at + 32]) for at in range(0, count, 32))
        else:
            data += struct.pack(f"<{count}f", *values)
        data += bytes(-len(data) % 32)
    header = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(metadata))
    header += b"".join(text(key) + value for key, value in metadata.items()) + infos
    with open(path, "wb") as file:
        file.write(header + bytes(-len(header) % 32) + data)


def show(path):
    with open(path, "rb") as file:
        data = file.read()
    position = 0

    def read(form):
        nonlocal position
        values = struct.unpack_from("<" + form, data, position)
        position += struct.calcsize("<" + form)
        return values[0]

    def read_text():
        nonlocal position
        length = read("Q")
        position += length
        return data[position - length : position].decode()

    def read_value(kind):
        if kind == 9:
            inner, count = read("I"), read("Q")
            return [read_value(inner) for _ in range(count)]
        return read_text() if kind == 8 else read({4: "I", 5: "i", 6: "f"}[kind])

    assert read("I") == 0x46554747 and read("I") == 3
    tensors, entries = read("Q"), read("Q")
    for _ in range(entries):
        key, value = read_text(), read_value(read("I"))
        if key == "general.file_type":
            print(key, value)
    for _ in range(tensors):
        name, rank = read_text(), read("I")
        for _ in range(rank):
            read("Q")
        print(name, TYPES[read("I")])
        read("Q")


show(sys.argv[2]) if sys.argv[1] == "--list" else make(sys.argv[1])
