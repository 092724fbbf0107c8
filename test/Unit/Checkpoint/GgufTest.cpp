//===- GgufTest.cpp -------------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/Gguf.h"
#include "TestFiles.h"
#include "llvm/ADT/bit.h"

using namespace quantopt;
using namespace quantopt::test;
using llvm::ArrayRef;
using llvm::StringRef;

static std::string getData(StringRef name) { return (QUANTOPT_TEST_DATA "/" + name).str(); }

TEST(Gguf, MetadataOfEveryType) {
  auto opened = GgufFile::open(getData("storages.gguf"));
  ASSERT_TRUE(bool(opened)) << llvm::toString(opened.takeError());
  const GgufFile &file = **opened;
  EXPECT_EQ(file.getString("general.architecture"), StringRef("llama"));
  EXPECT_EQ(file.getInteger("t.u8"), 200);
  EXPECT_EQ(file.getInteger("t.i8"), -100);
  EXPECT_EQ(file.getInteger("t.u16"), 60000);
  EXPECT_EQ(file.getInteger("t.i16"), -30000);
  EXPECT_EQ(file.getInteger("t.u32"), 4000000000);
  EXPECT_EQ(file.getInteger("t.i32"), -2000000000);
  EXPECT_EQ(file.getInteger("t.i64"), -(int64_t(1) << 62));
  EXPECT_EQ(file.getFloat("t.f32"), 0.5);
  EXPECT_EQ(file.getFloat("t.f64"), -1e300);
  EXPECT_EQ(file.getBool("t.bool"), true);
  EXPECT_EQ(file.getString("t.string"), StringRef("Gr\u00fc\u00dfe"));
  EXPECT_EQ(file.getStrings("t.strings"), (std::vector<StringRef>{"a", "", "\u0120b"}));
  EXPECT_EQ(file.getIntegers("t.ints"), (std::vector<int64_t>{3, -1, 2}));
  EXPECT_EQ(file.getFloats("t.floats"), (std::vector<double>{0.25, -8}));
  EXPECT_EQ(file.getIntegers("t.bools"), (std::vector<int64_t>{1, 0}));

  EXPECT_EQ(file.getInteger("t.u64"), std::nullopt) << "2^63 is no int64_t";
  EXPECT_EQ(file.getInteger("t.absent"), std::nullopt);
  EXPECT_EQ(file.getInteger("t.f32"), std::nullopt);
  EXPECT_EQ(file.getString("t.strings"), std::nullopt);
  EXPECT_EQ(file.getFloats("t.ints"), std::nullopt);
  EXPECT_TRUE(file.hasKey("t.u64"));
  EXPECT_EQ(file.getKeys().size(), 17u);
}

TEST(Gguf, DecodesAsTheReferenceBitForBit) {
  WeightStore gguf, expected;
  ASSERT_EQ(takeMessage(gguf.addPath(getData("storages.gguf"))), "");
  ASSERT_EQ(takeMessage(expected.addPath(getData("storages.safetensors"))), "");
  ASSERT_EQ(gguf.getKeys(), expected.getKeys());
  ASSERT_EQ(gguf.getKeys().size(), 11u);
  for (const std::string &key : gguf.getKeys()) {
    EXPECT_EQ(gguf.lookup(key)->shape, expected.lookup(key)->shape) << key;
    EXPECT_EQ(stringifyStorage(gguf.lookup(key)->storage), key);
    auto actual = gguf.read(key, ElementKind::F32), wanted = expected.read(key, ElementKind::F32);
    ASSERT_TRUE(actual && wanted) << key;
    EXPECT_EQ(actual->as<uint32_t>().vec(), wanted->as<uint32_t>().vec()) << key;
  }
}

//===----------------------------------------------------------------------===//
// Files that are wrong
//===----------------------------------------------------------------------===//

namespace {
/// Writes the few fields that the tests below bend.
struct Builder {
  std::string bytes;
  Builder &raw(StringRef text) {
    bytes += text;
    return *this;
  }
  template <typename T> Builder &number(T value) {
    bytes.append(reinterpret_cast<const char *>(&value), sizeof(T));
    return *this;
  }
  Builder &string(StringRef text) { return number<uint64_t>(text.size()).raw(text); }
  Builder &header(uint64_t tensors, uint64_t metadata, uint32_t version = 3) {
    return raw("GGUF").number(version).number(tensors).number(metadata);
  }
  Builder &tensor(StringRef name, std::vector<uint64_t> shape, uint32_t type, uint64_t offset) {
    string(name).number(uint32_t(shape.size()));
    for (uint64_t dim : shape)
      number(dim);
    return number(type).number(offset);
  }
  Builder &data(size_t size) {
    bytes.resize(llvm::alignTo(bytes.size(), 32) + size);
    return *this;
  }
};
} // namespace

/// The message of parsing `builder`'s bytes as "m.gguf", without the common remedy.
static std::string parseMessage(const Builder &builder) {
  auto bytes = std::make_shared<std::string>(builder.bytes);
  std::string message = takeMessage(GgufFile::parse(ArrayRef<char>(bytes->data(), bytes->size()), bytes, "m.gguf"));
  StringRef rest(message);
  if (rest.empty())
    return "";
  EXPECT_TRUE(rest.consume_back("; download the file again or convert it with llama.cpp's llama-quantize")) << message;
  EXPECT_TRUE(rest.consume_front("m.gguf: ")) << message;
  return rest.str();
}

TEST(Gguf, AcceptsVersions2And3AndScalars) {
  for (uint32_t version : {2u, 3u}) {
    EXPECT_EQ(parseMessage(Builder().header(1, 0, version).tensor("a", {}, 0, 0).data(4)), "");
    EXPECT_EQ(parseMessage(Builder().header(0, 0, version)), "");
  }
}

TEST(Gguf, RefusesBadHeaders) {
  EXPECT_EQ(parseMessage(Builder().raw("GGML").number(3)), "it does not start with 'GGUF': not a GGUF file");
  EXPECT_EQ(parseMessage(Builder().raw("GGUF")), "the file is truncated in its version");
  EXPECT_EQ(parseMessage(Builder().header(0, 0, 1)), "GGUF version 1, of which quant-opt reads 2 and 3");
  EXPECT_EQ(parseMessage(Builder().header(0, 0, 3u << 24)), "it is big-endian, which quant-opt does not read");
  EXPECT_EQ(parseMessage(Builder().raw("GGUF").number(3).number(0)), "the file is truncated in its counts");
  EXPECT_EQ(parseMessage(Builder().header(0, ~0ull)),
            "it claims 18446744073709551615 metadata entries, more than the file holds");
  EXPECT_EQ(parseMessage(Builder().header(1ull << 40, 0)), "it claims 1099511627776 tensors, more than the file holds");
}

TEST(Gguf, RefusesBadMetadata) {
  EXPECT_EQ(parseMessage(Builder().header(0, 1).string("k").number(13).number(0)),
            "metadata 'k': unknown value type 13");
  EXPECT_EQ(parseMessage(Builder().header(0, 1).string("k").number(8).number<uint64_t>(99)),
            "metadata 'k': the file is truncated in its string");
  EXPECT_EQ(parseMessage(Builder().header(0, 1).string("k").number(9).number(4).number<uint64_t>(1ull << 60)),
            "metadata 'k': an array of 1152921504606846976 elements, more than the file holds");
  EXPECT_EQ(parseMessage(Builder().header(0, 2).string("k").number(4).number(1).string("k").number(4).number(1)),
            "duplicate metadata key 'k'");
  EXPECT_EQ(parseMessage(Builder().header(0, 1).string("\xff").number(4).number(1)), "metadata key 0 is not UTF-8");
  EXPECT_EQ(parseMessage(Builder().header(0, 1).string("general.alignment").number(4).number(24).data(0)),
            "general.alignment is not a power of two of at most 1 MiB");
}

TEST(Gguf, RefusesBadTensors) {
  EXPECT_EQ(parseMessage(Builder().header(1, 0).tensor("a.weight", {256}, 10, 0).data(84)),
            "tensor 'a.weight' has type 10 (Q2_K), which quant-opt does not read (F32, F16, BF16, Q4_0, Q4_1, Q5_0, "
            "Q5_1, Q8_0, Q4_K, Q5_K, Q6_K it does)");
  EXPECT_EQ(StringRef(parseMessage(Builder().header(1, 0).tensor("a", {2}, 99, 0).data(8))).substr(0, 34),
            "tensor 'a' has type 99 (unknown), ");
  EXPECT_EQ(parseMessage(Builder().header(1, 0).tensor("a", {40}, 2, 0).data(64)),
            "tensor 'a' cannot be sized: Q4_0 stores blocks of 32 elements, which do not divide the last dimension of "
            "[40]");
  EXPECT_EQ(parseMessage(Builder().header(1, 0).tensor("a", {1, 1, 1, 1, 1}, 0, 0).data(4)),
            "tensor 'a' has 5 dimensions, more than 4");
  EXPECT_EQ(parseMessage(Builder().header(1, 0).tensor("a", {1ull << 40, 1ull << 40}, 0, 0).data(4)),
            "tensor 'a' cannot be sized: shape [1099511627776,1099511627776] is negative or too large to address");
  EXPECT_EQ(parseMessage(Builder().header(1, 0).tensor("a", {4}, 0, 0).data(12)),
            "tensor 'a' ends outside the file, which is truncated or corrupt");
  EXPECT_EQ(parseMessage(Builder().header(1, 0).tensor("a", {4}, 0, 1ull << 50).data(16)),
            "tensor 'a' ends outside the file, which is truncated or corrupt");
  EXPECT_EQ(parseMessage(Builder().header(1, 0).tensor("a", {1}, 0, 4).data(16)),
            "tensor 'a' starts at 4, which is no multiple of the alignment 32");
  EXPECT_EQ(parseMessage(Builder().header(2, 0).tensor("a", {16}, 0, 0).tensor("b", {1}, 0, 32).data(64)),
            "tensor 'b' overlaps 'a'");
  EXPECT_EQ(parseMessage(Builder().header(2, 0).tensor("a", {1}, 0, 0).tensor("a", {1}, 0, 32).data(64)),
            "duplicate tensor 'a'");
}

TEST(Gguf, StoreRefusesOnePartOfASplit) {
  TemporaryFolder folder;
  std::string path = folder.write("m-00001-of-00002.gguf",
                                  Builder().header(0, 1).string("split.count").number(2).number<uint16_t>(2).bytes);
  WeightStore store;
  EXPECT_EQ(takeMessage(store.addPath(path)),
            path + ": one part of a split GGUF; merge the parts with llama.cpp's llama-gguf-split --merge");
}

/// Rows of q and k are reordered, which needs rows of whole blocks.
TEST(Gguf, StoreRefusesToReorderPartsOfBlocks) {
  TemporaryFolder folder;
  Builder builder;
  builder.header(1, 2).string("general.architecture").number(8).string("llama");
  builder.string("llama.attention.head_count").number(4).number(1);
  std::string path = folder.write("m.gguf", builder.tensor("blk.0.attn_q.weight", {64}, 2, 0).data(36).bytes);
  WeightStore store;
  EXPECT_EQ(takeMessage(store.addPath(path)), path +
                                                  ": tensor 'blk.0.attn_q.weight': rows of a packed tensor of rank 1 "
                                                  "are not whole bytes; keep its rows in order");
}
