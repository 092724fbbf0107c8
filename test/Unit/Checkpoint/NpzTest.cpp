//===- NpzTest.cpp --------------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/Npz.h"
#include "TestFiles.h"

using namespace quantopt;
using namespace quantopt::test;
using llvm::ArrayRef;
using llvm::StringRef;

static std::string getData(StringRef name) { return (QUANTOPT_TEST_DATA "/" + name).str(); }

static std::vector<NamedArray> readAll(StringRef path) {
  auto arrays = readNpz(path);
  if (arrays)
    return *arrays;
  ADD_FAILURE() << llvm::toString(arrays.takeError());
  return {};
}

template <typename T>
static NamedArray makeArray(StringRef name, llvm::SmallVector<int64_t> shape, ElementKind kind, std::vector<T> values) {
  auto owner = std::make_shared<std::vector<T>>(std::move(values));
  size_t size = owner->size() * sizeof(T);
  const char *data = reinterpret_cast<const char *>(owner->data());
  return {name.str(), std::move(shape), kind, WeightBuffer(std::shared_ptr<const char>(owner, data), size)};
}

template <typename T>
static void expectArray(const NamedArray &array, StringRef name, ArrayRef<int64_t> shape, ElementKind kind,
                        const std::vector<T> &values) {
  EXPECT_EQ(array.name, name);
  EXPECT_EQ(ArrayRef<int64_t>(array.shape), shape) << name.str();
  EXPECT_EQ(array.kind, kind) << name.str();
  EXPECT_EQ(array.data.as<T>().vec(), values) << name.str();
  EXPECT_EQ(reinterpret_cast<uintptr_t>(array.data.getBytes().data()) % 64, 0u);
}

//===----------------------------------------------------------------------===//
// What numpy wrote
//===----------------------------------------------------------------------===//

TEST(Npz, ReadsEveryDtypeStoredAndDeflated) {
  std::vector<int32_t> counting(24);
  for (int i = 0; i < 24; ++i)
    counting[i] = i;
  for (StringRef file : {"stored.npz", "deflated.npz"}) {
    std::vector<NamedArray> arrays = readAll(getData(file));
    ASSERT_EQ(arrays.size(), 11u);
    expectArray<uint16_t>(arrays[0], "f2", {2, 2}, ElementKind::F16, {0x3e00, 0xc000, 0, 0x7bff});
    expectArray<float>(arrays[1], "f4", {2, 3}, ElementKind::F32, {0, 1, 2, 3, 4, 5});
    expectArray<double>(arrays[2], "f8", {}, ElementKind::F64, {-1e300});
    expectArray<int8_t>(arrays[3], "i1", {2}, ElementKind::I8, {-128, 127});
    expectArray<int16_t>(arrays[4], "i2", {1}, ElementKind::I16, {-32768});
    expectArray<int32_t>(arrays[5], "i4", {1, 1}, ElementKind::I32, {INT32_MIN});
    expectArray<int64_t>(arrays[6], "i8", {1}, ElementKind::I64, {int64_t(1) << 62});
    expectArray<uint8_t>(arrays[7], "u1", {1}, ElementKind::U8, {255});
    expectArray<uint8_t>(arrays[8], "bool", {2}, ElementKind::Bool, {1, 0});
    expectArray<float>(arrays[9], "empty", {0, 3}, ElementKind::F32, {});
    expectArray<int32_t>(arrays[10], "fortran", {2, 3, 4}, ElementKind::I32, counting);
  }
}

TEST(Npz, ReadsNpyVersions1To3) {
  for (StringRef name : {"version1", "version2", "version3"}) {
    std::vector<NamedArray> arrays = readAll(getData((name + ".npy").str()));
    ASSERT_EQ(arrays.size(), 1u);
    expectArray<float>(arrays[0], name, {2, 3}, ElementKind::F32, {0, 1, 2, 3, 4, 5});
  }
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

TEST(Npz, RoundTrip) {
  TemporaryFolder folder;
  std::string path = folder.getPath("out.npz");
  ASSERT_EQ(takeMessage(writeNpz(path, {makeArray<float>("out0", {2, 1}, ElementKind::F32, {1, -2}),
                                        makeArray<int64_t>("out1", {}, ElementKind::I64, {7}),
                                        makeArray<uint8_t>("mask", {3}, ElementKind::Bool, {1, 0, 1}),
                                        makeArray<float>("none", {0}, ElementKind::F32, {})})),
            "");
  std::vector<NamedArray> arrays = readAll(path);
  ASSERT_EQ(arrays.size(), 4u);
  expectArray<float>(arrays[0], "out0", {2, 1}, ElementKind::F32, {1, -2});
  expectArray<int64_t>(arrays[1], "out1", {}, ElementKind::I64, {7});
  expectArray<uint8_t>(arrays[2], "mask", {3}, ElementKind::Bool, {1, 0, 1});
  expectArray<float>(arrays[3], "none", {0}, ElementKind::F32, {});
}

/// Unsigned dtypes that element kinds lack, and int4 pairs in bytes: what comes back is what was written.
TEST(Npz, NumpyArraysKeepTheirDtypes) {
  TemporaryFolder folder;
  std::string path = folder.getPath("out.npz");
  const uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 7, 255};
  std::shared_ptr<const char> data(reinterpret_cast<const char *>(bytes), [](const char *) {});
  std::vector<NumpyArray> written = {{"h", {2, 2}, "u2", WeightBuffer(data, 8)},
                                     {"w", {2}, "u4", WeightBuffer(data, 8)},
                                     {"d", {}, "u8", WeightBuffer(data, 8)},
                                     {"b", {8}, "i1", WeightBuffer(data, 8)}};
  ASSERT_EQ(takeMessage(writeNumpyArrays(path, written)), "");
  llvm::Expected<std::vector<NumpyArray>> read = readNumpyArrays(path);
  ASSERT_TRUE(bool(read)) << takeMessage(read.takeError());
  ASSERT_EQ(read->size(), written.size());
  for (auto [actual, wanted] : llvm::zip(*read, written)) {
    EXPECT_EQ(actual.name, wanted.name);
    EXPECT_EQ(actual.shape, wanted.shape);
    EXPECT_EQ(actual.dtype, wanted.dtype);
    EXPECT_EQ(actual.data.getBytes(), wanted.data.getBytes());
  }
  EXPECT_EQ(takeMessage(readNpz(path).takeError()),
            path + ": array 'h' has dtype '<u2'; save it as one of f2 f4 f8 i1 i2 i4 i8 u1 bool");
}

TEST(Npz, WidensWhatNumpyLacks) {
  TemporaryFolder folder;
  std::string path = folder.getPath("out.npz");
  ASSERT_EQ(takeMessage(writeNpz(path, {makeArray<uint16_t>("b", {2}, ElementKind::BF16, {0x3fc0, 0xc000}),
                                        makeArray<uint8_t>("e", {2}, ElementKind::F8E4M3, {0x38, 0x7e}),
                                        makeArray<int8_t>("n", {2}, ElementKind::I4, {-8, 7})})),
            "");
  std::vector<NamedArray> arrays = readAll(path);
  ASSERT_EQ(arrays.size(), 3u);
  expectArray<float>(arrays[0], "b", {2}, ElementKind::F32, {1.5, -2});
  expectArray<float>(arrays[1], "e", {2}, ElementKind::F32, {1, 448});
  expectArray<int8_t>(arrays[2], "n", {2}, ElementKind::I8, {-8, 7});
}

/// numpy.load reads these bytes as {"x": array([1.], dtype=float32)}.
TEST(Npz, WritesTheGoldenBytes) {
  TemporaryFolder folder;
  ASSERT_EQ(takeMessage(writeNpz(folder.getPath("x.npz"), {makeArray<float>("x", {1}, ElementKind::F32, {1})})), "");
  std::string bytes = folder.read("x.npz");
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }";
  std::string npy = std::string("\x93NUMPY\x01\x00\x76\x00", 10) + header + std::string(117 - header.size(), ' ') +
                    "\n" + std::string("\0\0\x80\x3f", 4);
  std::string common("\x14\0\0\x08\0\0\0\0\x21\0Q6Ws\x84\0\0\0\x84\0\0\0\x05\0\0\0", 26);
  std::string local = std::string("PK\x03\x04", 4) + common + "x.npy" + npy;
  std::string directory = std::string("PK\x01\x02\x14\0", 6) + common + std::string(14, '\0') + "x.npy";
  std::string end = std::string("PK\x05\x06\0\0\0\0\x01\0\x01\0", 12) + char(directory.size()) +
                    std::string("\0\0\0", 3) + char(local.size()) + std::string("\0\0\0\0\0", 5);
  ASSERT_EQ(npy.size(), 132u);
  EXPECT_EQ(bytes, local + directory + end);
}

TEST(Npz, FailedWriteNamesTheFile) {
  TemporaryFolder folder;
  std::string path = folder.getPath("absent/x.npz");
  EXPECT_EQ(takeMessage(writeNpz(path, {})),
            path + ": cannot write: No such file or directory; free space or choose a writable folder (what was there "
                   "before is unchanged)");
}

//===----------------------------------------------------------------------===//
// Files that are wrong
//===----------------------------------------------------------------------===//

static std::string parseMessage(const std::string &bytes) {
  return takeMessage(parseNpz(ArrayRef<char>(bytes.data(), bytes.size()), "x.npz"));
}

/// An .npy of version 1 with this header.
static std::string makeNpy(StringRef header, size_t dataBytes) {
  std::string npy("\x93NUMPY\x01\x00", 8);
  return npy + char(header.size()) + '\0' + header.str() + std::string(dataBytes, '\0');
}

static std::string dtypeMessage(StringRef descr) {
  return parseMessage(makeNpy(("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (1,), }").str(), 8));
}

TEST(Npz, RefusesDtypes) {
  EXPECT_EQ(dtypeMessage("|V2"), "x.npz: array 'x' has dtype '|V2', raw bytes without a type (numpy stores bfloat16 "
                                 "and float8 so); save it as float32");
  EXPECT_EQ(dtypeMessage(">f4"), "x.npz: array 'x' has big-endian dtype '>f4'; save it as '<f4'");
  EXPECT_EQ(dtypeMessage("<u8"), "x.npz: array 'x' has dtype '<u8'; save it as one of f2 f4 f8 i1 i2 i4 i8 u1 bool");
  EXPECT_EQ(dtypeMessage("<f4"), "x.npz: array 'x' holds 8 bytes, but <f4 [1] needs 4; save it again");
}

TEST(Npz, RefusesBadHeaders) {
  EXPECT_EQ(parseMessage(std::string("\x93NUMPY\x04\0\0\0\0\0", 12)),
            "x.npz: array 'x' has .npy version 4, of which 1 to 3 are known");
  EXPECT_EQ(parseMessage("\x93NUMPY"), "x.npz: array 'x' is no .npy array; save it with numpy.savez");
  EXPECT_EQ(parseMessage(std::string("\x93NUMPY\x01\0\x40\0{}", 12)),
            "x.npz: array 'x' has a truncated .npy header; save it again");
  std::string refused = "x.npz: array 'x' has an .npy header that is not understood (structured dtypes are not); save "
                        "it as a plain array";
  for (StringRef header : {"", "{", "{}", "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
                           "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }",
                           "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
                           "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'shape': (1,)}",
                           "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } x"})
    EXPECT_EQ(parseMessage(makeNpy(header, 4)), refused) << header.str();
  EXPECT_EQ(parseMessage(makeNpy("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", 4)),
            "x.npz: array 'x' has shape [4294967296,4294967296], which is too large to address");
}

TEST(Npz, RefusesBadArchives) {
  std::string remedy = "; give a file that numpy.savez or numpy.save wrote";
  std::string missingEnd = "x.npz: not a zip archive, or a truncated one: it has no end record" + remedy;
  EXPECT_EQ(parseMessage("no zip"), missingEnd);
  TemporaryFolder folder;
  ASSERT_EQ(takeMessage(writeNpz(folder.getPath("x.npz"), {makeArray<float>("x", {1}, ElementKind::F32, {1})})), "");
  const std::string whole = folder.read("x.npz");
  EXPECT_EQ(parseMessage(whole), "");
  EXPECT_EQ(parseMessage(whole.substr(0, whole.size() - 1)), missingEnd);
  size_t directory = whole.find("PK\x01\x02"), end = whole.find("PK\x05\x06");
  auto withByte = [&](size_t at, char value) {
    std::string bytes = whole;
    bytes[at] = value;
    return parseMessage(bytes);
  };
  EXPECT_EQ(withByte(end + 16, '\xff'), "x.npz: corrupt zip archive: its directory lies outside the file" + remedy);
  EXPECT_EQ(withByte(directory, 'x'), "x.npz: corrupt zip archive: a directory entry is missing" + remedy);
  EXPECT_EQ(withByte(0, 'x'), "x.npz: corrupt zip archive: the header of 'x.npy' is missing" + remedy);
  EXPECT_EQ(withByte(directory + 8, 1), "x.npz: member 'x.npy' is encrypted" + remedy);
  EXPECT_EQ(withByte(directory + 10, 12),
            "x.npz: member 'x.npy' is compressed with method 12, not stored or deflated" + remedy);
  EXPECT_EQ(withByte(directory + 24, 1),
            "x.npz: corrupt zip archive: the sizes of 'x.npy' do not fit each other" + remedy);
  EXPECT_EQ(withByte(directory - 1, 1), "x.npz: array 'x' cannot be read: corrupt zip archive: the checksum of member "
                                        "'x.npy' is wrong; save the file again");
  EXPECT_EQ(withByte(directory + 10, 8),
            "x.npz: array 'x' cannot be read: corrupt zip archive: member 'x.npy' does not inflate to 132 bytes; save "
            "the file again");
}
