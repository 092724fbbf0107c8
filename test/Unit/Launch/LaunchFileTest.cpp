//===- LaunchFileTest.cpp - launch.json, read and refused -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Launch/LaunchFile.h"
#include "gtest/gtest.h"

using namespace quantopt;
using llvm::StringRef;

namespace {

LaunchFile parseGood(StringRef text) {
  llvm::Expected<LaunchFile> file = parseLaunchFile(text, "k.json");
  if (file)
    return std::move(*file);
  ADD_FAILURE() << llvm::toString(file.takeError());
  return {};
}

/// The message about one argument list.
std::string messageOf(StringRef arguments) {
  llvm::Expected<LaunchFile> file = parseLaunchFile(("{\"kernel\": \"k\", \"args\": [" + arguments + "]}").str(), "k");
  return file ? "accepted" : llvm::toString(file.takeError());
}

std::string messageOfFile(StringRef text) {
  llvm::Expected<LaunchFile> file = parseLaunchFile(text, "k");
  return file ? "accepted" : llvm::toString(file.takeError());
}

std::vector<uint8_t> bytesOf(StringRef argument) {
  LaunchFile file = parseGood(("{\"kernel\": \"k\", \"args\": [" + argument + "]}").str());
  if (file.arguments.size() != 1)
    return {};
  return {file.arguments[0].bytes.begin(), file.arguments[0].bytes.end()};
}

TEST(LaunchFile, ReadsEveryMember) {
  LaunchFile file = parseGood(R"({"kernel": "softmax", "grid": [5, 1, 2], "block": 128, "cluster": [2, 1, 1],
      "shared_bytes": 100, "args": [{"in": "x"}, {"inout": "h"}, {"out": "y", "dtype": "f32", "shape": [5, 1000]},
      {"i32": 1000}, {"u64": 0}, {"f32": 0.5}]})");
  EXPECT_EQ(file.kernel, "softmax");
  EXPECT_EQ(file.grid, (std::array<uint32_t, 3>{5, 1, 2}));
  EXPECT_EQ(file.block, (std::array<uint32_t, 3>{128, 1, 1}));
  EXPECT_EQ(file.cluster, (std::array<uint32_t, 3>{2, 1, 1}));
  EXPECT_EQ(file.sharedBytes, 100u);
  ASSERT_EQ(file.buffers.size(), 3u);
  EXPECT_EQ(file.buffers[0].role, LaunchBuffer::Role::In);
  EXPECT_EQ(file.buffers[1].role, LaunchBuffer::Role::InOut);
  EXPECT_EQ(file.buffers[2].role, LaunchBuffer::Role::Out);
  EXPECT_EQ(file.buffers[2].type, findLaunchType("f32"));
  EXPECT_EQ(*file.buffers[2].shape, (llvm::SmallVector<int64_t>{5, 1000}));
  ASSERT_EQ(file.arguments.size(), 6u);
  EXPECT_EQ(file.arguments[2].index, 2u);
}

TEST(LaunchFile, DefaultsAreOneBlockOfOneThread) {
  LaunchFile file = parseGood(R"({"kernel": "k"})");
  EXPECT_EQ(file.grid, (std::array<uint32_t, 3>{1, 1, 1}));
  EXPECT_EQ(file.block, (std::array<uint32_t, 3>{1, 1, 1}));
  EXPECT_EQ(file.cluster, (std::array<uint32_t, 3>{0, 0, 0}));
  EXPECT_TRUE(file.arguments.empty());
}

/// Expected bytes by hand: IEEE 754, bfloat16 as the upper half of binary32, two's complement.
TEST(LaunchFile, ScalarsAreLittleEndianBits) {
  using Bytes = std::vector<uint8_t>;
  EXPECT_EQ(bytesOf(R"({"i8": -2})"), (Bytes{0xfe}));
  EXPECT_EQ(bytesOf(R"({"u16": 65535})"), (Bytes{0xff, 0xff}));
  EXPECT_EQ(bytesOf(R"({"s32": -2147483648})"), (Bytes{0, 0, 0, 0x80}));
  EXPECT_EQ(bytesOf(R"({"u64": 18446744073709551615})"), (Bytes(8, 0xff)));
  EXPECT_EQ(bytesOf(R"({"f32": 0.5})"), (Bytes{0, 0, 0, 0x3f}));
  EXPECT_EQ(bytesOf(R"({"f32": "-inf"})"), (Bytes{0, 0, 0x80, 0xff}));
  EXPECT_EQ(bytesOf(R"({"f64": 1})"), (Bytes{0, 0, 0, 0, 0, 0, 0xf0, 0x3f}));
  EXPECT_EQ(bytesOf(R"({"f16": -2})"), (Bytes{0, 0xc0}));
  EXPECT_EQ(bytesOf(R"({"bf16": 1.5})"), (Bytes{0xc0, 0x3f}));
  EXPECT_EQ(bytesOf(R"({"bool": true})"), (Bytes{1}));
  EXPECT_EQ(bytesOf(R"({"bytes": [1, 255]})"), (Bytes{1, 255}));
}

TEST(LaunchFile, OneBufferAName) {
  LaunchFile file = parseGood(R"({"kernel": "k", "args": [{"in": "x"}, {"inout": "x"}, {"in": "y"}, {"in": "x"}]})");
  ASSERT_EQ(file.buffers.size(), 2u);
  EXPECT_EQ(file.buffers[0].role, LaunchBuffer::Role::InOut);
  EXPECT_EQ(file.arguments[3].index, 0u);
}

TEST(LaunchFile, TensorMapsNameBuffersOfAnyArgument) {
  LaunchFile file = parseGood(R"({"kernel": "k", "buffers": [{"out": "c", "dtype": "f32", "shape": [8, 8]}], "args": [
      {"tensormap": {"of": "b", "dtype": "u8", "shape": [64, 128], "box": [8, 128], "swizzle": 128, "fill": "nan"}},
      {"tensormap": {"of": "a", "dtype": "f16", "shape": [4, 8], "box": [4, 8], "strides": [16], "traversal": [1, 2]}},
      {"tensormap": {"of": "c", "dtype": "f32", "shape": [8, 8], "box": [8, 8]}}, {"in": "a"}]})");
  ASSERT_EQ(file.tensorMaps.size(), 3u);
  EXPECT_EQ(file.buffers[file.tensorMaps[0].buffer].name, "b");
  EXPECT_EQ(file.buffers[file.tensorMaps[1].buffer].name, "a");
  EXPECT_EQ(file.buffers[file.tensorMaps[2].buffer].role, LaunchBuffer::Role::Out);
  EXPECT_EQ(file.tensorMaps[0].swizzle, ptx::Swizzle::B128);
  EXPECT_EQ(file.tensorMaps[0].fill, ptx::TensorFill::NaN);
  EXPECT_EQ(file.arguments[0].kind, LaunchArgument::Kind::TensorMap);
  EXPECT_EQ(file.arguments[3].kind, LaunchArgument::Kind::Buffer);
}

TEST(LaunchFile, WrongArgumentsAreNamed) {
  EXPECT_EQ(messageOf("4"), "k.args[0]: must be an object, such as {\"in\": \"x\"} or {\"i32\": 4}");
  EXPECT_EQ(messageOf(R"({"int": 4})"), "k.args[0]: 'int' is no kind of argument; use in, inout, out, tensormap, bytes "
                                        "or a scalar's type such as i32");
  EXPECT_EQ(messageOf(R"({"i32": 1}, {"i32": 3000000000})"), "k.args[1].i32: must be a number that i32 holds");
  EXPECT_EQ(messageOf(R"({"u32": -1})"), "k.args[0].u32: must be a number that u32 holds");
  EXPECT_EQ(messageOf(R"({"u8": 1.5})"), "k.args[0].u8: must be a number that u8 holds");
  EXPECT_EQ(messageOf(R"({"f32": "one"})"), "k.args[0].f32: must be a number that f32 holds");
  EXPECT_EQ(messageOf(R"({"i4": 1})"), "k.args[0]: an argument cannot be i4; parameters have at least 8 bits");
  EXPECT_EQ(messageOf(R"({"bytes": [256]})"), "k.args[0].bytes: must be a list of numbers from 0 to 255");
  EXPECT_EQ(messageOf(R"({"in": 3})"), "k.args[0].in: must be a name in quotes");
  EXPECT_EQ(messageOf(R"({"in": "x", "dtpe": "f32"})"), "k.args[0]: has no member 'dtpe'; known are in, dtype, shape");
  EXPECT_EQ(messageOf(R"({"out": "y", "dtype": "f32"})"), "k.args[0]: out 'y' needs a dtype and a shape");
  EXPECT_EQ(messageOf(R"({"out": "y", "dtype": "f33", "shape": [1]})"),
            "k.args[0].dtype: 'f33' is no element type; use f64 f32 f16 bf16 e4m3 e5m2 i64 i32 i16 i8 i4 u64 u32 u16 "
            "u8 u4 or bool");
  EXPECT_EQ(messageOf(R"({"out": "y", "dtype": "f32", "shape": [-1]})"),
            "k.args[0].shape: must be a list of whole numbers from 0 on");
  EXPECT_EQ(messageOf(R"({"out": "y", "dtype": "f32", "shape": [1]}, {"in": "y"})"),
            "k.args[1]: 'y' is an out buffer and an input; give one of them another name");
}

TEST(LaunchFile, WrongTensorMapsAreNamed) {
  auto message = [](StringRef members) {
    return messageOf(("{\"tensormap\": {\"of\": \"x\", \"dtype\": \"u8\", " + members + "}}").str());
  };
  EXPECT_EQ(message(R"("shape": [], "box": [])"), "k.args[0].tensormap.shape: must have 1 to 5 dimensions");
  EXPECT_EQ(message(R"("shape": [8, 16], "box": [8])"),
            "k.args[0].tensormap: box and traversal must have as many entries as shape, 2");
  EXPECT_EQ(message(R"("shape": [8, 16], "box": [8, 16], "strides": [1, 2, 3])"),
            "k.args[0].tensormap.strides: must have 2 entries, or 1 without that of the contiguous dimension");
  EXPECT_EQ(message(R"("shape": [16], "box": [16], "swizzle": 16)"),
            "k.args[0].tensormap.swizzle: must be 0, 32, 64 or 128");
  EXPECT_EQ(message(R"("shape": [16], "box": [16], "fill": "one")"),
            "k.args[0].tensormap.fill: must be \"zero\" or \"nan\"");
  EXPECT_EQ(message(R"("shape": [16])"), "k.args[0].tensormap.box: must be a list of numbers");
}

TEST(LaunchFile, WrongFilesAreNamed) {
  EXPECT_EQ(messageOfFile("{").substr(0, 15), "k: is no JSON: ");
  EXPECT_EQ(messageOfFile("{").find('\n'), std::string::npos);
  EXPECT_EQ(messageOfFile("[]"), "k: must be an object with kernel, grid, block and args");
  EXPECT_EQ(messageOfFile("{}"), "k.kernel: must be a name in quotes");
  EXPECT_EQ(messageOfFile(R"({"kernel": "k", "grid": [0]})"), "k.grid: must be [x, y, z], numbers from 1 on");
  EXPECT_EQ(messageOfFile(R"({"kernel": "k", "block": [1, 1, 1, 1]})"),
            "k.block: must be [x, y, z], numbers from 1 on");
  EXPECT_EQ(messageOfFile(R"({"kernel": "k", "shared_bytes": -1})"), "k.shared_bytes: must be a number of bytes");
  EXPECT_EQ(messageOfFile(R"({"kernel": "k", "args": {}})"), "k.args: must be a list");
  EXPECT_EQ(messageOfFile(R"({"kernel": "k", "blocks": 1})").substr(0, 26), "k: has no member 'blocks';");
  EXPECT_EQ(messageOfFile(R"({"launches": []})"), "k: lists the launches of a host program; run it whole by quant-run "
                                                  "FOLDER --backend=emulator");
  EXPECT_EQ(messageOfFile(R"({"kernel": "k", "buffers": [{"i32": 1}]})"),
            "k.buffers[0]: must be {\"in\" | \"inout\" | \"out\": name}");
}

} // namespace
