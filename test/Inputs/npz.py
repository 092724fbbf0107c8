"""Arrays of .npz files without numpy: load(path) and save(path, arrays) with arrays = {name: (dtype, shape, values)}."""
import ast
import struct
import zipfile

FORMATS = {"<f4": "f", "<f8": "d", "<f2": "e", "<i8": "q", "<i4": "i", "<i2": "h", "|i1": "b", "|u1": "B", "|b1": "?"}


def load(path):
    arrays = {}
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            data = archive.read(member)
            length = struct.unpack_from("<H", data, 8)[0]
            header = ast.literal_eval(data[10 : 10 + length].decode("latin1"))
            assert not header["fortran_order"], member
            code, size = FORMATS[header["descr"]], struct.calcsize("<" + FORMATS[header["descr"]])
            body = data[10 + length :]
            values = list(struct.unpack(f"<{len(body) // size}{code}", body))
            arrays[member.removesuffix(".npy")] = (header["descr"], tuple(header["shape"]), values)
    return arrays


def save(path, arrays):
    with zipfile.ZipFile(path, "w") as archive:
        for name, (dtype, shape, values) in arrays.items():
            text = repr({"descr": dtype, "fortran_order": False, "shape": tuple(shape)})
            text += " " * (-(len(text) + 11) % 64) + "\n"
            body = struct.pack(f"<{len(values)}{FORMATS[dtype]}", *values)
            magic = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text))
            archive.writestr(zipfile.ZipInfo(name + ".npy"), magic + text.encode() + body)
