//===- Npz.cpp - Arrays of numpy ------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/Npz.h"
#include "AlignedBytes.h"
#include "AtomicFile.h"
#include "MappedFile.h"
#include "Storage.h"
#include "Zip.h"
#include "quant-opt/Checkpoint/Convert.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Path.h"
#include <cstring>

using namespace llvm;
using namespace quantopt;

static constexpr StringLiteral kNpyMagic = "\x93NUMPY";

//===----------------------------------------------------------------------===//
// dtypes
//===----------------------------------------------------------------------===//

namespace {
struct Dtype {
  StringLiteral code; ///< kind and item size
  ElementKind kind;
};
} // namespace

static constexpr Dtype kDtypes[] = {{"f2", ElementKind::F16}, {"f4", ElementKind::F32}, {"f8", ElementKind::F64},
                                    {"i1", ElementKind::I8},  {"i2", ElementKind::I16}, {"i4", ElementKind::I32},
                                    {"i8", ElementKind::I64}, {"u1", ElementKind::U8},  {"b1", ElementKind::Bool}};
/// What numpy has beyond element kinds.
static constexpr StringLiteral kUnsignedDtypes[] = {"u2", "u4", "u8"};

static const Dtype *findDtype(StringRef code) {
  const Dtype *found = llvm::find_if(kDtypes, [&](const Dtype &dtype) { return dtype.code == code; });
  return found == std::end(kDtypes) ? nullptr : found;
}

static size_t getItemSize(StringRef code) { return size_t(code[1] - '0'); }

/// The kind and item size of a `descr`: "f4" of "<f4".
static Expected<StringRef> parseDtype(StringRef descr) {
  StringRef code = descr.ltrim("<>=|");
  if (code.starts_with("V"))
    return createStringError("has dtype '" + descr +
                             "', raw bytes without a type (numpy stores bfloat16 and float8 so); save it as float32");
  if (!findDtype(code) && !llvm::is_contained(kUnsignedDtypes, code))
    return createStringError("has dtype '" + descr + "'; save it as one of f2 f4 f8 i1 i2 i4 i8 u1 bool");
  if (descr.starts_with(">") && getItemSize(code) > 1)
    return createStringError("has big-endian dtype '" + descr + "'; save it as '<" + code + "'");
  return code;
}

//===----------------------------------------------------------------------===//
// The header of an .npy: a Python dict
//===----------------------------------------------------------------------===//

namespace {
struct NpyHeader {
  StringRef descr;
  bool isFortran = false;
  SmallVector<int64_t> shape;
  size_t dataStart = 0;
};

/// Parses "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", keys in any order.
class DictParser {
public:
  explicit DictParser(StringRef text) : text(text) {}
  bool parse(NpyHeader &header);

private:
  bool consume(StringRef token) {
    text = text.ltrim();
    return text.consume_front(token);
  }
  bool parseString(StringRef &value);
  bool parseShape(SmallVectorImpl<int64_t> &shape);

  StringRef text;
};
} // namespace

bool DictParser::parseString(StringRef &value) {
  text = text.ltrim();
  if (!text.starts_with("'") && !text.starts_with("\""))
    return false;
  size_t end = text.find(text.front(), 1);
  if (end == StringRef::npos)
    return false;
  value = text.slice(1, end);
  text = text.drop_front(end + 1);
  return true;
}

bool DictParser::parseShape(SmallVectorImpl<int64_t> &shape) {
  if (!consume("("))
    return false;
  while (!consume(")")) {
    int64_t dim;
    text = text.ltrim();
    if (text.consumeInteger(10, dim) || dim < 0)
      return false;
    text.consume_front("L"); // Python 2
    shape.push_back(dim);
    if (!consume(",") && !text.ltrim().starts_with(")"))
      return false;
  }
  return true;
}

bool DictParser::parse(NpyHeader &header) {
  bool hasDescr = false, hasOrder = false, hasShape = false;
  if (!consume("{"))
    return false;
  while (!consume("}")) {
    StringRef key;
    if (!parseString(key) || !consume(":"))
      return false;
    if (key == "descr" && !hasDescr)
      hasDescr = parseString(header.descr);
    else if (key == "fortran_order" && !hasOrder)
      hasOrder = (header.isFortran = consume("True")) || consume("False");
    else if (key == "shape" && !hasShape)
      hasShape = parseShape(header.shape);
    else
      return false;
    if (!consume(",") && !text.ltrim().starts_with("}"))
      return false;
  }
  return hasDescr && hasOrder && hasShape && text.trim().empty();
}

static Expected<NpyHeader> parseHeader(ArrayRef<char> bytes) {
  StringRef text(bytes.data(), bytes.size());
  if (!text.starts_with(kNpyMagic) || text.size() < 12)
    return createStringError("is no .npy array; save it with numpy.savez");
  uint8_t version = uint8_t(text[6]);
  if (version < 1 || version > 3)
    return createStringError("has .npy version " + Twine(unsigned(version)) + ", of which 1 to 3 are known");
  size_t start = version == 1 ? 10 : 12;
  size_t length =
      version == 1 ? support::endian::read16le(text.data() + 8) : support::endian::read32le(text.data() + 8);
  if (length > text.size() - start)
    return createStringError("has a truncated .npy header; save it again");
  NpyHeader header;
  header.dataStart = start + length;
  if (!DictParser(text.substr(start, length)).parse(header))
    return createStringError("has an .npy header that is not understood (structured dtypes are not); save it as a "
                             "plain array");
  return header;
}

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

/// Copies column-major elements of `size` bytes into row-major order.
static void copyFortranOrder(ArrayRef<int64_t> shape, size_t size, const char *source, char *target, uint64_t count) {
  SmallVector<uint64_t> strides, index(shape.size(), 0);
  uint64_t stride = 1;
  for (int64_t dim : shape) {
    strides.push_back(stride);
    stride *= uint64_t(dim);
  }
  uint64_t offset = 0;
  for (uint64_t i = 0; i < count; ++i) {
    std::memcpy(target + i * size, source + offset * size, size);
    for (size_t dim = shape.size(); dim-- > 0;) {
      offset += strides[dim];
      if (++index[dim] < uint64_t(shape[dim]))
        break;
      offset -= strides[dim] * uint64_t(shape[dim]);
      index[dim] = 0;
    }
  }
}

/// The array of one .npy, but for its name.
static Expected<NumpyArray> parseNpy(ArrayRef<char> bytes) {
  Expected<NpyHeader> header = parseHeader(bytes);
  if (!header)
    return header.takeError();
  Expected<StringRef> code = parseDtype(header->descr);
  if (!code)
    return code.takeError();
  std::optional<uint64_t> count = countElements(header->shape);
  uint64_t size, available = bytes.size() - header->dataStart;
  if (!count || __builtin_mul_overflow(*count, uint64_t(getItemSize(*code)), &size))
    return createStringError("has shape " + stringifyShape(header->shape) + ", which is too large to address");
  if (size != available)
    return createStringError("holds " + Twine(available) + " bytes, but " + header->descr + " " +
                             stringifyShape(header->shape) + " needs " + Twine(size) + "; save it again");
  NumpyArray array;
  array.shape = std::move(header->shape);
  array.dtype = code->str();
  std::shared_ptr<char> data = allocateAligned(size);
  const char *source = bytes.data() + header->dataStart;
  if (header->isFortran && array.shape.size() > 1)
    copyFortranOrder(array.shape, getItemSize(*code), source, data.get(), *count);
  else if (size)
    std::memcpy(data.get(), source, size);
  array.data = WeightBuffer(std::move(data), size);
  return array;
}

static Expected<NumpyArray> readMember(const ZipMember &member) {
  std::shared_ptr<char> bytes = allocateAligned(member.size);
  if (Error error = extractZip(member, bytes.get()))
    return createStringError("cannot be read: " + toString(std::move(error)) + "; save the file again");
  return parseNpy({bytes.get(), member.size});
}

Expected<std::vector<NumpyArray>> quantopt::parseNumpyArrays(ArrayRef<char> bytes, StringRef fileName) {
  std::vector<NumpyArray> arrays;
  auto addArray = [&](StringRef name, Expected<NumpyArray> array) -> Error {
    if (!array)
      return createStringError(fileName + ": array '" + name + "' " + toString(array.takeError()));
    array->name = name.str();
    arrays.push_back(std::move(*array));
    return Error::success();
  };
  if (StringRef(bytes.data(), bytes.size()).starts_with(kNpyMagic)) {
    if (Error error = addArray(sys::path::stem(fileName), parseNpy(bytes)))
      return error;
    return arrays;
  }
  Expected<std::vector<ZipMember>> members = listZip(bytes);
  if (!members)
    return createStringError(fileName + ": " + toString(members.takeError()) +
                             "; give a file that numpy.savez or numpy.save wrote");
  StringSet<> names;
  for (const ZipMember &member : *members) {
    StringRef name(member.name);
    name.consume_back(".npy");
    if (!names.insert(name).second)
      return createStringError(fileName + ": array '" + name + "' occurs twice; give each array its own name");
    if (Error error = addArray(name, readMember(member)))
      return error;
  }
  return arrays;
}

Expected<std::vector<NamedArray>> quantopt::parseNpz(ArrayRef<char> bytes, StringRef fileName) {
  Expected<std::vector<NumpyArray>> arrays = parseNumpyArrays(bytes, fileName);
  if (!arrays)
    return arrays.takeError();
  std::vector<NamedArray> result;
  for (NumpyArray &array : *arrays) {
    const Dtype *dtype = findDtype(array.dtype);
    if (!dtype)
      return createStringError(fileName + ": array '" + array.name + "' has dtype '<" + array.dtype +
                               "'; save it as one of f2 f4 f8 i1 i2 i4 i8 u1 bool");
    result.push_back({std::move(array.name), std::move(array.shape), dtype->kind, std::move(array.data)});
  }
  return result;
}

Expected<std::vector<NamedArray>> quantopt::readNpz(StringRef path) {
  Expected<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file)
    return file.takeError();
  return parseNpz((*file)->getBytes(), path);
}

Expected<std::vector<NumpyArray>> quantopt::readNumpyArrays(StringRef path) {
  Expected<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file)
    return file.takeError();
  return parseNumpyArrays((*file)->getBytes(), path);
}

//===----------------------------------------------------------------------===//
// Writer
//===----------------------------------------------------------------------===//

/// The dtype that holds `kind` in a file: itself, or a wider one where numpy has none.
static ElementKind getFileKind(ElementKind kind) {
  if (kind == ElementKind::BF16 || kind == ElementKind::F8E4M3 || kind == ElementKind::F8E5M2)
    return ElementKind::F32;
  return kind == ElementKind::I4 ? ElementKind::I8 : kind;
}

/// The bytes of a version 1 header, padded to 64.
static std::string formatHeader(StringRef code, ArrayRef<int64_t> shape) {
  std::string text = "{'descr': '" + std::string(getItemSize(code) > 1 ? "<" : "|") + code.str() +
                     "', 'fortran_order': False, 'shape': (";
  for (auto [i, dim] : llvm::enumerate(shape))
    text += (i ? ", " : "") + std::to_string(dim);
  text += shape.size() == 1 ? ",), }" : "), }";
  size_t length = alignTo(10 + text.size() + 1, 64) - 10;
  text.resize(length - 1, ' ');
  std::string header = kNpyMagic.str() + std::string("\x01\x00", 2) + char(length & 255) + char(length >> 8);
  return header + text + '\n';
}

static std::error_code addToArchive(ZipWriter &writer, const NumpyArray &array) {
  return writer.add(array.name + ".npy", formatHeader(array.dtype, array.shape), array.data.getBytes());
}

static std::error_code addToArchive(ZipWriter &writer, const NamedArray &array) {
  ArrayRef<char> elements = array.data.getBytes();
  ElementKind kind = getFileKind(array.kind);
  std::shared_ptr<char> widened;
  if (kind == ElementKind::F32 && array.kind != ElementKind::F32) {
    int64_t count = int64_t(elements.size() / getElementSize(array.kind));
    widened = allocateAligned(size_t(count) * sizeof(float));
    Storage storage = *symbolizeStorage(stringifyKind(array.kind));
    decodeElements(storage, elements.data(), count, count, ElementKind::F32, widened.get());
    elements = {widened.get(), size_t(count) * sizeof(float)};
  }
  StringRef code = llvm::find_if(kDtypes, [&](const Dtype &dtype) { return dtype.kind == kind; })->code;
  return writer.add(array.name + ".npy", formatHeader(code, array.shape), elements);
}

template <typename Array> static Error writeArchive(StringRef path, ArrayRef<Array> arrays) {
  AtomicFile file(path);
  std::error_code error = file.open();
  auto sink = [&](ArrayRef<char> bytes) { return file.write(bytes); };
  ZipWriter writer(sink);
  for (const Array &array : arrays)
    if (!error)
      error = addToArchive(writer, array);
  if (error || (error = writer.finish()) || (error = file.sync()) || (error = file.rename()))
    return createStringError(path + ": cannot write: " + error.message() +
                             "; free space or choose a writable folder (what was there before is unchanged)");
  return Error::success();
}

Error quantopt::writeNpz(StringRef path, ArrayRef<NamedArray> arrays) { return writeArchive(path, arrays); }

Error quantopt::writeNumpyArrays(StringRef path, ArrayRef<NumpyArray> arrays) { return writeArchive(path, arrays); }
