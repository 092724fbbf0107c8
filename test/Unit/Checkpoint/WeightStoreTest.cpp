//===- WeightStoreTest.cpp ------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/WeightStore.h"
#include "TestFiles.h"
#include <cmath>
#include <thread>

using namespace quantopt;
using namespace quantopt::test;
using llvm::ArrayRef;

static const std::vector<float> kFloats = {0.f, 1.f, -2.5f, 3.f, 1e-40f, 65504.f};

/// Puts `values` and expects the key `expected`.
template <typename T>
static void expectPut(WeightStore &store, llvm::StringRef key, ArrayRef<int64_t> shape, Storage storage,
                      const std::vector<T> &values, llvm::StringRef expected) {
  llvm::Expected<std::string> actual = store.put(key, shape, storage, asBytes(ArrayRef<T>(values)));
  ASSERT_TRUE(bool(actual)) << llvm::toString(actual.takeError());
  EXPECT_EQ(*actual, expected);
}

template <typename T> static std::vector<T> readAs(const WeightStore &store, llvm::StringRef key, ElementKind kind) {
  llvm::Expected<WeightBuffer> buffer = store.read(key, kind);
  if (!buffer) {
    ADD_FAILURE() << llvm::toString(buffer.takeError());
    return {};
  }
  return buffer->as<T>().vec();
}

TEST(WeightStore, PutVersionsByContent) {
  WeightStore store;
  std::vector<float> other = kFloats;
  other[5] = 0.5f;
  expectPut(store, "w", {2, 3}, Storage::F32, kFloats, "w");
  expectPut(store, "w", {2, 3}, Storage::F32, kFloats, "w");
  expectPut(store, "w", {2, 3}, Storage::F32, other, "w@2");
  expectPut(store, "w", {3, 2}, Storage::F32, other, "w@3");
  expectPut(store, "w", {2, 3}, Storage::F32, other, "w@2");
  EXPECT_EQ(store.getKeys(), (std::vector<std::string>{"w", "w@2", "w@3"}));
  EXPECT_EQ(readAs<float>(store, "w", ElementKind::F32), kFloats);
  EXPECT_EQ(readAs<float>(store, "w@2", ElementKind::F32), other);
  EXPECT_TRUE(store.lookup("w")->isOverlay);
}

TEST(WeightStore, SaveAndReadBackEveryStorage) {
  TemporaryFolder folder;
  std::vector<int8_t> nibbles = {-8, 7, 0, -1, 5, 3}, twos = {-2, 1, 0, -1, 1, -2}, threes = {-4, 3, 0, -1, 2, 1};
  std::string id;
  {
    WeightStore store;
    expectPut(store, "f", {2, 3}, Storage::F32, kFloats, "f");
    expectPut(store, "scalar", {}, Storage::I64, std::vector<int64_t>{-7}, "scalar");
    expectPut(store, "empty", {0, 4}, Storage::I8, std::vector<int8_t>{}, "empty");
    expectPut(store, "q", {2, 3}, Storage::I4Packed, nibbles, "q");
    expectPut(store, "two", {2, 3}, Storage::I2Packed, twos, "two");
    expectPut(store, "three", {2, 3}, Storage::I3Packed, threes, "three");
    llvm::Expected<uint64_t> bytes = store.save(folder.getPath(), store.getKeys());
    ASSERT_TRUE(bool(bytes)) << llvm::toString(bytes.takeError());
    EXPECT_EQ(*bytes, 24u + 8u + 0u + 4u + 2u + 6u);
  }
  WeightStore store;
  ASSERT_EQ(takeMessage(store.addPath(folder.getPath())), "");
  EXPECT_EQ(store.getKeys(), (std::vector<std::string>{"empty", "f", "q", "scalar", "three", "two"}));
  EXPECT_EQ(readAs<float>(store, "f", ElementKind::F32), kFloats);
  EXPECT_EQ(readAs<int64_t>(store, "scalar", ElementKind::I64), (std::vector<int64_t>{-7}));
  EXPECT_EQ(readAs<int8_t>(store, "empty", ElementKind::I8), (std::vector<int8_t>{}));
  EXPECT_EQ(readAs<int8_t>(store, "q", ElementKind::I4), nibbles);
  EXPECT_EQ(readAs<int8_t>(store, "two", ElementKind::I4), twos);
  EXPECT_EQ(readAs<int8_t>(store, "three", ElementKind::I4), threes);
  EXPECT_EQ(store.lookup("q")->storage, Storage::I4Packed);
  EXPECT_EQ(store.lookup("q")->storedBytes, 4u);
  EXPECT_FALSE(store.lookup("q")->isOverlay);
}

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

TEST(WeightStore, ConvertsBetweenFloats) {
  WeightStore store;
  expectPut(store, "f32", {6}, Storage::F32, kFloats, "f32");
  EXPECT_EQ(readAs<uint16_t>(store, "f32", ElementKind::F16),
            (std::vector<uint16_t>{0, 0x3c00, 0xc100, 0x4200, 0, 0x7bff}));
  EXPECT_EQ(readAs<uint16_t>(store, "f32", ElementKind::BF16),
            (std::vector<uint16_t>{0, 0x3f80, 0xc020, 0x4040, 1, 0x4780}));
  EXPECT_EQ(readAs<uint8_t>(store, "f32", ElementKind::F8E4M3), (std::vector<uint8_t>{0, 0x38, 0xc2, 0x44, 0, 0x7e}));
  EXPECT_EQ(readAs<uint8_t>(store, "f32", ElementKind::F8E5M2), (std::vector<uint8_t>{0, 0x3c, 0xc1, 0x42, 0, 0x7b}));
  EXPECT_EQ(readAs<double>(store, "f32", ElementKind::F64), std::vector<double>(kFloats.begin(), kFloats.end()));

  std::vector<uint16_t> halves = {0x3c00, 0x0001, 0xfc00};
  expectPut(store, "f16", {3}, Storage::F16, halves, "f16");
  EXPECT_EQ(readAs<float>(store, "f16", ElementKind::F32), (std::vector<float>{1, 0x1p-24f, -INFINITY}));
  EXPECT_EQ(readAs<uint16_t>(store, "f16", ElementKind::F16), halves);
}

/// 1 + 2^-11 + 2^-40 lies just above the middle of two halves; by way of float32 it would round to the lower one.
TEST(WeightStore, NarrowsF64WithOneRounding) {
  WeightStore store;
  expectPut(store, "d", {4}, Storage::F64,
            std::vector<double>{1 + 0x1p-11 + 0x1p-40, -(1 + 0x1p-11 + 0x1p-40), 1 + 0x1p-11, 1e300}, "d");
  EXPECT_EQ(readAs<uint16_t>(store, "d", ElementKind::F16), (std::vector<uint16_t>{0x3c01, 0xbc01, 0x3c00, 0x7c00}));
  EXPECT_EQ(readAs<float>(store, "d", ElementKind::F32).back(), INFINITY);
}

TEST(WeightStore, LongTensorsConvertWhole) {
  WeightStore store;
  std::vector<double> values(5000);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = double(i);
  expectPut(store, "d", {5000}, Storage::F64, values, "d");
  std::vector<float> floats(values.begin(), values.end());
  EXPECT_EQ(readAs<float>(store, "d", ElementKind::F32), floats);
  expectPut(store, "f", {5000}, Storage::F32, floats, "f");
  EXPECT_EQ(readAs<double>(store, "f", ElementKind::F64), values);
}

TEST(WeightStore, RefusesToReadAsAnotherKind) {
  WeightStore store;
  expectPut(store, "i", {1}, Storage::I8, std::vector<int8_t>{1}, "i");
  EXPECT_EQ(takeMessage(store.read("i", ElementKind::F32)),
            "tensor 'i' is stored as I8 and cannot be read as F32; read it as I8");
  EXPECT_EQ(takeMessage(store.read("j", ElementKind::F32)),
            "no tensor 'j' in the weight store; add the checkpoint that holds it");
}

TEST(WeightStore, RefusesToPutWhatDoesNotFit) {
  WeightStore store;
  std::vector<int8_t> bytes(144);
  bytes[3] = 8;
  auto put = [&](ArrayRef<int64_t> shape, Storage storage, size_t size) {
    return takeMessage(store.put("w", shape, storage, asBytes(ArrayRef<int8_t>(bytes).take_front(size))));
  };
  EXPECT_EQ(put({3}, Storage::F32, 8), "tensor 'w' has 8 bytes of elements, but F32 [3] needs 12");
  EXPECT_EQ(put({2, 2}, Storage::I4Packed, 4),
            "tensor 'w' has an element outside -8..7; saturate before storing it as I4");
  EXPECT_EQ(put({256}, Storage::GgmlQ4_K, 144),
            "tensor 'w' cannot be written as Q4_K; store it as a plain or packed storage");
  EXPECT_EQ(put({-1}, Storage::I8, 1), "tensor 'w' cannot be sized: shape [-1] is negative or too large to address");
  EXPECT_TRUE(store.getKeys().empty());
}

//===----------------------------------------------------------------------===//
// Aliases
//===----------------------------------------------------------------------===//

TEST(WeightStore, AliasesReorderRows) {
  WeightStore store;
  expectPut(store, "w", {3, 2}, Storage::F32, kFloats, "w");
  ASSERT_EQ(takeMessage(store.addAlias("same", "w")), "");
  ASSERT_EQ(takeMessage(store.addAlias("turned", "w", {2, 0, 1})), "");
  ASSERT_EQ(takeMessage(store.addAlias("back", "turned", {1, 2, 0})), "");
  std::vector<float> turned = {kFloats[4], kFloats[5], kFloats[0], kFloats[1], kFloats[2], kFloats[3]};
  EXPECT_EQ(readAs<float>(store, "same", ElementKind::F32), kFloats);
  EXPECT_EQ(readAs<float>(store, "turned", ElementKind::F32), turned);
  EXPECT_EQ(readAs<float>(store, "back", ElementKind::F32), kFloats);
  auto bytes = store.getStoredBytes("turned");
  ASSERT_TRUE(bool(bytes));
  EXPECT_EQ(*bytes, asBytes(ArrayRef<float>(turned)));
  expectPut(store, "turned", {3, 2}, Storage::F32, turned, "turned");
  expectPut(store, "turned", {3, 2}, Storage::F32, kFloats, "turned@2");

  TemporaryFolder folder;
  ASSERT_EQ(takeMessage(store.save(folder.getPath(), {"turned"})), "");
  WeightStore saved;
  ASSERT_EQ(takeMessage(saved.addPath(folder.getPath())), "");
  EXPECT_EQ(readAs<float>(saved, "turned", ElementKind::F32), turned);
}

TEST(WeightStore, AliasesKeepRawBlocks) {
  WeightStore store;
  ASSERT_EQ(takeMessage(store.addPath(QUANTOPT_TEST_DATA "/storages.gguf")), "");
  TemporaryFolder folder;
  std::vector<std::string> keys;
  for (const char *name : {"Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"}) {
    keys.push_back(std::string(name) + ".swapped");
    ASSERT_EQ(takeMessage(store.addAlias(keys.back(), name, {1, 0})), "");
  }
  ASSERT_EQ(takeMessage(store.save(folder.getPath(), keys)), "");
  WeightStore saved;
  ASSERT_EQ(takeMessage(saved.addPath(folder.getPath())), "");
  for (const std::string &key : keys) {
    llvm::StringRef source = llvm::StringRef(key).split('.').first;
    std::vector<float> swapped = readAs<float>(store, source, ElementKind::F32);
    std::rotate(swapped.begin(), swapped.begin() + 256, swapped.end());
    EXPECT_EQ(saved.lookup(key)->storage, store.lookup(source)->storage);
    EXPECT_EQ(saved.lookup(key)->shape, store.lookup(source)->shape);
    EXPECT_EQ(readAs<float>(store, key, ElementKind::F32), swapped);
    EXPECT_EQ(readAs<float>(saved, key, ElementKind::F32), swapped);
  }
}

TEST(WeightStore, RefusesBadAliases) {
  WeightStore store;
  expectPut(store, "w", {3, 2}, Storage::F32, kFloats, "w");
  expectPut(store, "q", {4}, Storage::I4Packed, std::vector<int8_t>(4), "q");
  std::string rule = "alias 'a' of 'w': the row order must name each of the 3 rows of shape [3,2] once";
  EXPECT_EQ(takeMessage(store.addAlias("a", "w", {0, 1})), rule);
  EXPECT_EQ(takeMessage(store.addAlias("a", "w", {0, 1, 1})), rule);
  EXPECT_EQ(takeMessage(store.addAlias("a", "w", {0, 1, 3})), rule);
  EXPECT_EQ(takeMessage(store.addAlias("a", "q", {3, 2, 1, 0})),
            "alias 'a' of 'q': rows of a packed tensor of rank 1 are not whole bytes; keep its rows in order");
  EXPECT_EQ(takeMessage(store.addAlias("q", "w")),
            "alias 'q' of 'w': the store has a tensor of that name already; choose another");
  EXPECT_EQ(takeMessage(store.addAlias("a", "z")),
            "no tensor 'z' in the weight store; add the checkpoint that holds it");
}

//===----------------------------------------------------------------------===//
// Files behind the store
//===----------------------------------------------------------------------===//

TEST(WeightStore, ServesMappedBytesAndReleasesThem) {
  TemporaryFolder folder;
  std::vector<float> values(1 << 16, 1.5f);
  {
    WeightStore store;
    expectPut(store, "w", {1 << 16}, Storage::F32, values, "w");
    ASSERT_EQ(takeMessage(store.save(folder.getPath(), {"w"})), "");
  }
  WeightBuffer kept;
  {
    WeightStore store;
    ASSERT_EQ(takeMessage(store.addPath(folder.getPath())), "");
    kept = *store.read("w", ElementKind::F32);
    EXPECT_EQ(kept.getBytes().data(), store.getStoredBytes("w")->data()) << "no copy";
    store.release("w");
    store.release("absent");
    EXPECT_EQ(readAs<float>(store, "w", ElementKind::F32), values);
  }
  EXPECT_EQ(kept.as<float>().vec(), values) << "a buffer keeps the mapping";
}

TEST(WeightStore, ContentIdTellsFineTunesApart) {
  auto idOf = [](float value) {
    TemporaryFolder folder;
    WeightStore written, store;
    expectPut(written, "w", {1}, Storage::F32, std::vector<float>{value}, "w");
    EXPECT_EQ(takeMessage(written.save(folder.getPath(), {"w"})), "");
    EXPECT_EQ(takeMessage(store.addPath(folder.getPath())), "");
    return store.getContentId();
  };
  EXPECT_EQ(idOf(1), 2340311219068499105ull) << "the id is part of saved IR: a change breaks it";
  EXPECT_EQ(idOf(1), idOf(1));
  EXPECT_NE(idOf(1), idOf(2));
}

TEST(WeightStore, RefusesBadCodecs) {
  TemporaryFolder folder;
  auto messageOf = [&](llvm::StringRef key, llvm::StringRef codec, llvm::StringRef dtype) {
    std::string header = ("{\"__metadata__\":{\"quant-opt.codec." + key + "\":\"" + codec + "\"},\"w\":{\"dtype\":\"" +
                          dtype + "\",\"shape\":[2],\"data_offsets\":[0,2]}}")
                             .str();
    WeightStore store;
    std::string path =
        folder.write("m.safetensors", std::string(1, char(header.size())) + std::string(7, '\0') + header + "xx");
    std::string message = takeMessage(store.addPath(path));
    llvm::StringRef rest(message);
    EXPECT_TRUE(rest.empty() || (rest.consume_front(path + ": ") && rest.consume_back("; write the file again")))
        << message;
    return rest.str();
  };
  EXPECT_EQ(messageOf("w", "I4[2,2]", "U8"), "");
  EXPECT_EQ(messageOf("w", "I4[2,2]", "I8"), "tensor 'w' has codec 'I4[2,2]', which is not a codec and shape over U8");
  EXPECT_EQ(messageOf("w", "F32[2,2]", "U8"),
            "tensor 'w' has codec 'F32[2,2]', which is not a codec and shape over U8");
  EXPECT_EQ(messageOf("w", "I4[2,x]", "U8"), "tensor 'w' has codec 'I4[2,x]', which is not a codec and shape over U8");
  EXPECT_EQ(messageOf("w", "I4[2,3]", "U8"), "tensor 'w' has codec 'I4[2,3]', which needs 4 bytes, not 2");
  EXPECT_EQ(messageOf("w", "Q4_0[3]", "U8"), "tensor 'w' has codec 'Q4_0[3]': Q4_0 stores blocks of 32 elements, "
                                             "which do not divide the last dimension of [3]");
  EXPECT_EQ(messageOf("v", "I4[2,2]", "U8"), "__metadata__ has a codec for 'v', which the file does not hold");
}

TEST(WeightStore, SpillingWithoutADiskNamesTheRemedy) {
  const char *old = std::getenv("TMPDIR");
  std::string saved = old ? old : "";
  ::setenv("TMPDIR", "/nonexistent", 1);
  WeightStore store;
  std::string message = takeMessage(store.put("w", {6}, Storage::F32, asBytes(ArrayRef<float>(kFloats))));
  old ? ::setenv("TMPDIR", saved.c_str(), 1) : ::unsetenv("TMPDIR");
  EXPECT_EQ(message, "tensor 'w': temporary file for new weights: No such file or directory; point TMPDIR to a disk "
                     "with more space");
  EXPECT_EQ(store.lookup("w"), nullptr);
  expectPut(store, "w", {6}, Storage::F32, kFloats, "w");
}

//===----------------------------------------------------------------------===//
// Threads
//===----------------------------------------------------------------------===//

TEST(WeightStore, ThreadsPutAndRead) {
  WeightStore store;
  constexpr int kThreads = 4, kTensors = 50;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&store, t] {
      for (int i = 0; i < kTensors; ++i) {
        std::vector<float> values(100, float(i));
        expectPut(store, "shared" + std::to_string(i), {100}, Storage::F32, values, "shared" + std::to_string(i));
        std::string own = "own" + std::to_string(t) + "." + std::to_string(i);
        expectPut(store, own, {100}, Storage::F32, values, own);
        EXPECT_EQ(readAs<float>(store, own, ElementKind::F32), values);
        EXPECT_EQ(store.lookup(own)->shape, llvm::SmallVector<int64_t>{100});
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(store.getKeys().size(), size_t(kTensors + kThreads * kTensors));
}
