//===- WeightStoreTest.cpp ------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/WeightStore.h"
#include "TestFiles.h"

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
  std::vector<int8_t> nibbles = {-8, 7, 0, -1, 5, 3};
  std::string id;
  {
    WeightStore store;
    expectPut(store, "f", {2, 3}, Storage::F32, kFloats, "f");
    expectPut(store, "scalar", {}, Storage::I64, std::vector<int64_t>{-7}, "scalar");
    expectPut(store, "empty", {0, 4}, Storage::I8, std::vector<int8_t>{}, "empty");
    expectPut(store, "q", {2, 3}, Storage::I4Packed, nibbles, "q");
    llvm::Expected<uint64_t> bytes = store.save(folder.getPath(), store.getKeys());
    ASSERT_TRUE(bool(bytes)) << llvm::toString(bytes.takeError());
    EXPECT_EQ(*bytes, 24u + 8u + 0u + 4u);
  }
  WeightStore store;
  ASSERT_EQ(takeMessage(store.addPath(folder.getPath())), "");
  EXPECT_EQ(store.getKeys(), (std::vector<std::string>{"empty", "f", "q", "scalar"}));
  EXPECT_EQ(readAs<float>(store, "f", ElementKind::F32), kFloats);
  EXPECT_EQ(readAs<int64_t>(store, "scalar", ElementKind::I64), (std::vector<int64_t>{-7}));
  EXPECT_EQ(readAs<int8_t>(store, "empty", ElementKind::I8), (std::vector<int8_t>{}));
  EXPECT_EQ(readAs<int8_t>(store, "q", ElementKind::I4), nibbles);
  EXPECT_EQ(store.lookup("q")->storage, Storage::I4Packed);
  EXPECT_EQ(store.lookup("q")->storedBytes, 4u);
  EXPECT_FALSE(store.lookup("q")->isOverlay);
}
