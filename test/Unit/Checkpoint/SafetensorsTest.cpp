//===- SafetensorsTest.cpp ------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/Safetensors.h"
#include "TestFiles.h"
#include "quant-opt/Checkpoint/WeightStore.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

using namespace quantopt;
using namespace quantopt::test;
using llvm::ArrayRef;
using llvm::StringRef;

/// A file with this header and `dataBytes` zeros.
static std::string makeFile(StringRef header, size_t dataBytes) {
  std::string bytes(8, '\0');
  for (int i = 0; i < 8; ++i)
    bytes[i] = char(header.size() >> (8 * i));
  return bytes + header.str() + std::string(dataBytes, '\0');
}

/// The message of parsing `bytes` as "m.safetensors", without the common remedy.
static std::string parseMessage(StringRef bytes) {
  std::string message = takeMessage(parseSafetensors(ArrayRef<char>(bytes.data(), bytes.size()), "m.safetensors"));
  StringRef rest(message);
  if (rest.empty())
    return "";
  EXPECT_TRUE(rest.consume_back("; download or write the file again")) << message;
  EXPECT_TRUE(rest.consume_front("m.safetensors: ")) << message;
  return rest.str();
}

static std::string parseHeaderMessage(StringRef header, size_t dataBytes = 0) {
  return parseMessage(makeFile(header, dataBytes));
}

/// One F32 tensor of four bytes with the given shape, offsets and dtype.
static std::string makeEntry(StringRef name, StringRef dtype, StringRef shape, StringRef offsets) {
  return ("\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}")
      .str();
}

static std::string entryMessage(StringRef dtype, StringRef shape, StringRef offsets, size_t dataBytes) {
  return parseHeaderMessage("{" + makeEntry("a", dtype, shape, offsets) + "}", dataBytes);
}

//===----------------------------------------------------------------------===//
// The rules of a file
//===----------------------------------------------------------------------===//

TEST(Safetensors, ParsesAHeader) {
  std::string bytes =
      makeFile("{\"__metadata__\":{\"format\":\"pt\"}," + makeEntry("b", "F32", "[]", "[2,6]") + "," +
                   makeEntry("z", "I64", "[0,3]", "[6,6]") + "," + makeEntry("\\u00e9", "U16", "[1]", "[0,2]") + "}   ",
               6);
  auto header = parseSafetensors(ArrayRef<char>(bytes.data(), bytes.size()), "m.safetensors");
  ASSERT_TRUE(bool(header)) << llvm::toString(header.takeError());
  ASSERT_EQ(header->tensors.size(), 3u);
  EXPECT_EQ(header->tensors[0].name, "\u00e9");
  EXPECT_EQ(header->tensors[0].dtype, "U16");
  EXPECT_EQ(header->tensors[1].name, "b");
  EXPECT_TRUE(header->tensors[1].shape.empty());
  EXPECT_EQ(header->tensors[2].name, "z");
  EXPECT_EQ(header->tensors[2].begin, 6u);
  EXPECT_EQ(header->metadata, (std::map<std::string, std::string>{{"format", "pt"}}));
  EXPECT_EQ(header->dataStart, bytes.size() - 6);
}

TEST(Safetensors, AcceptsAnEmptyHeader) { EXPECT_EQ(parseHeaderMessage("{}"), ""); }

TEST(Safetensors, RefusesTruncatedFiles) {
  EXPECT_EQ(parseMessage("1234567"), "the file is truncated: 7 bytes are no safetensors header");
  EXPECT_EQ(parseMessage(StringRef("\x10\0\0\0\0\0\0\0{}", 10)),
            "the file is truncated: its header claims 16 bytes, 2 follow");
  EXPECT_EQ(parseMessage(StringRef("\x01\xe1\xf5\x05\0\0\0\0{}", 10)),
            "header length 100000001 exceeds the limit of 100000000: not a safetensors file");
  EXPECT_EQ(entryMessage("F32", "[2]", "[0,8]", 7),
            "the file is truncated: the header describes 8 bytes of tensors, the file has 7");
}

TEST(Safetensors, RefusesHeadersThatAreNoObject) {
  EXPECT_EQ(parseHeaderMessage(""), "the header does not start with '{': not a safetensors file");
  EXPECT_EQ(parseHeaderMessage(" {}"), "the header does not start with '{': not a safetensors file");
  EXPECT_EQ(parseHeaderMessage("{\"a\xff\":1}"), "the header is not UTF-8");
  EXPECT_EQ(parseHeaderMessage("{\"a\":"), "the header is not a valid JSON object: [1:5, byte=5]: Unexpected EOF");
  EXPECT_EQ(parseHeaderMessage("{} x"),
            "the header is not a valid JSON object: [1:3, byte=3]: Text after end of document");
  EXPECT_EQ(parseHeaderMessage("{\"a\":" + std::string(100000, '[')),
            "the header is not a valid JSON object: nested too deeply");
  EXPECT_EQ(parseHeaderMessage("{\"__metadata__\":[]}"), "__metadata__ is not an object");
  EXPECT_EQ(parseHeaderMessage("{\"__metadata__\":{\"k\":1}}"), "__metadata__ entry 'k' is not a string");
}

TEST(Safetensors, RefusesDuplicateKeys) {
  std::string a = makeEntry("a", "F32", "[1]", "[0,4]");
  EXPECT_EQ(parseHeaderMessage("{" + a + "," + a + "}", 4), "duplicate key 'a' in the header");
  EXPECT_EQ(parseHeaderMessage("{" + a + "," + makeEntry("\\u0061", "F32", "[1]", "[0,4]") + "}", 4),
            "duplicate key 'a' in the header")
      << "escapes do not hide a duplicate";
  EXPECT_EQ(parseHeaderMessage("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}"), "duplicate key 'k' in the header");
  EXPECT_EQ(parseHeaderMessage("{\"__metadata__\":{\"a\":\"a\"}," + a + "}", 4), "")
      << "the same key in different objects is none";
}

TEST(Safetensors, RefusesBadEntries) {
  EXPECT_EQ(parseHeaderMessage("{\"a\":1}"), "tensor 'a' is not described by an object");
  EXPECT_EQ(parseHeaderMessage("{\"a\":{\"shape\":[],\"data_offsets\":[0,1]}}"), "tensor 'a' has no 'dtype'");
  EXPECT_EQ(entryMessage("F31", "[1]", "[0,4]", 4), "tensor 'a' has unknown dtype 'F31'");
  EXPECT_EQ(entryMessage("F32", "1", "[0,4]", 4), "tensor 'a' has no array 'shape'");
  EXPECT_EQ(entryMessage("F32", "[-1]", "[0,4]", 4),
            "tensor 'a' has an entry in 'shape' that is not a non-negative integer");
  EXPECT_EQ(entryMessage("F32", "[1]", "[4,0]", 4),
            "tensor 'a' has data_offsets that are not [begin, end] with begin <= end");
  EXPECT_EQ(entryMessage("F32", "[1]", "[0,4,8]", 4),
            "tensor 'a' has data_offsets that are not [begin, end] with begin <= end");
  EXPECT_EQ(entryMessage("F32", "[3]", "[0,8]", 8), "tensor 'a' holds 8 bytes, but F32 [3] needs 12");
  EXPECT_EQ(entryMessage("F4", "[3]", "[0,2]", 2), "tensor 'a' does not fill whole bytes: 12 bits");
  EXPECT_EQ(entryMessage("F4", "[4]", "[0,2]", 2), "");
  EXPECT_EQ(entryMessage("F32", "[4294967296,4294967296]", "[0,4]", 4),
            "tensor 'a' has shape [4294967296,4294967296], which is too large to address");
}

TEST(Safetensors, RefusesHolesOverlapsAndTrailingBytes) {
  auto two = [](StringRef first, StringRef second, size_t bytes) {
    return parseHeaderMessage(
        "{" + makeEntry("a", "F32", "[1]", first) + "," + makeEntry("b", "F32", "[1]", second) + "}", bytes);
  };
  EXPECT_EQ(two("[0,4]", "[4,8]", 8), "");
  EXPECT_EQ(two("[4,8]", "[0,4]", 8), "");
  EXPECT_EQ(two("[0,4]", "[2,6]", 6), "tensor 'b' overlaps the one before it");
  EXPECT_EQ(two("[0,4]", "[0,4]", 4), "tensor 'b' overlaps the one before it");
  EXPECT_EQ(two("[0,4]", "[5,9]", 9), "hole of 1 bytes before tensor 'b'");
  EXPECT_EQ(two("[1,5]", "[5,9]", 9), "hole of 1 bytes before tensor 'a'");
  EXPECT_EQ(two("[0,4]", "[4,8]", 9), "1 bytes after the last tensor");
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

TEST(Safetensors, WritesTheGoldenFileOfTheReference) {
  WeightStore store;
  const float scale = 0.5f;
  const int8_t codes[] = {-128, -1, 0, 127};
  ASSERT_EQ(takeMessage(store.put("w.weight", {2, 2}, Storage::I8, asBytes(ArrayRef<int8_t>(codes)))), "");
  ASSERT_EQ(takeMessage(store.put("w.weight_scale", {1}, Storage::F32, asBytes(ArrayRef<float>(scale)))), "");
  TemporaryFolder folder;
  ASSERT_EQ(takeMessage(store.save(folder.getPath(), store.getKeys())), "");
  std::string bytes = folder.read("model.safetensors");
  ASSERT_EQ(bytes.size(), 176u);
  std::array<uint8_t, 32> digest = llvm::SHA256::hash(llvm::arrayRefFromStringRef(bytes));
  EXPECT_EQ(llvm::toHex(digest, /*LowerCase=*/true),
            "bd03149d47ef7591a1f6a9b29ec9a44ba71235425c3bf13dcd9622c446805d9b");
}

TEST(Safetensors, OrdersByAlignmentThenName) {
  std::vector<SafetensorsEntry> tensors = {
      {"b", "F16", {3}}, {"c\"\n", "BOOL", {1}}, {"a", "F16", {1}}, {"d", "I64", {}}, {"e", "BF16", {1}}};
  std::string header = layoutSafetensors(tensors, {});
  StringRef json = StringRef(header).drop_front(8);
  EXPECT_EQ(json.size() % 8, 0u);
  EXPECT_EQ(json.rtrim(' '), "{\"d\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                             "\"e\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[8,10]},"
                             "\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[10,12]},"
                             "\"b\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[12,18]},"
                             "\"c\\\"\\n\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[18,19]}}");
  EXPECT_EQ(parseMessage(header + std::string(19, '\0')), "");
}
