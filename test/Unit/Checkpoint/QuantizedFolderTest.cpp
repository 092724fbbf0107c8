//===- QuantizedFolderTest.cpp - Folders in formats of other tools --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestFiles.h"
#include "quant-opt/Checkpoint/WriteCheckpoint.h"
#include "quant-opt/Numerics/Codecs.h"

using namespace llvm;
using namespace quantopt;
using namespace quantopt::test;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

namespace {
/// Raw tensors of a layer `m` and the configuration beside them.
class RawFolder {
public:
  template <typename T>
  void add(StringRef name, ArrayRef<int64_t> shape, Storage storage, const std::vector<T> &values) {
    EXPECT_EQ(takeMessage(store.put(name, shape, storage, asBytes(ArrayRef<T>(values)))), "");
  }
  std::string open(StringRef quantization, WeightStore &result) {
    EXPECT_EQ(takeMessage(store.save(folder.getPath(), store.getKeys())), "");
    folder.write("config.json", "{\"quantization_config\": " + quantization.str() + "}");
    return takeMessage(result.addPath(folder.getPath()));
  }
  std::string getPath() const { return folder.getPath(); }

private:
  TemporaryFolder folder;
  WeightStore store;
};
} // namespace

static constexpr int64_t kSize = 32, kGroups = 2;
static constexpr StringLiteral kGptq = R"({"quant_method": "gptq", "bits": 4, "group_size": 16, "desc_act": true,
                                          "sym": false, "checkpoint_format": "gptq_v2"})";

/// Column c belongs to group c % 2; scales are powers of two.
static void addGptqLayer(RawFolder &raw, const std::vector<int32_t> &index) {
  std::vector<uint32_t> words(kSize / 8 * kSize, 0x76543210), zeros(kGroups * kSize / 8);
  for (size_t i = 0; i < zeros.size(); ++i)
    zeros[i] = i < zeros.size() / 2 ? 0x88888888 : 0x77777777;
  std::vector<uint16_t> scales(kGroups * kSize);
  for (size_t i = 0; i < scales.size(); ++i)
    scales[i] = encodeF16(i < scales.size() / 2 ? 0.5f : 0.25f);
  raw.add("m.qweight", {kSize / 8, kSize}, Storage::I32, words);
  raw.add("m.qzeros", {kGroups, kSize / 8}, Storage::I32, zeros);
  raw.add("m.scales", {kGroups, kSize}, Storage::F16, scales);
  raw.add("m.g_idx", {kSize}, Storage::I32, index);
}

TEST(QuantizedFolder, GptqGroupsInAnyOrderAreScalesOfColumns) {
  RawFolder raw;
  std::vector<int32_t> index(kSize);
  for (int64_t col = 0; col < kSize; ++col)
    index[col] = int32_t(col % 2);
  addGptqLayer(raw, index);
  WeightStore store;
  ASSERT_EQ(raw.open(kGptq, store), "");
  const QuantizedModule *module = store.lookupModule("m");
  ASSERT_TRUE(module);
  EXPECT_EQ(module->weight, (TensorScheme{CodeKind::Integer, 4, false, false, 1, 1}));
  EXPECT_EQ(store.lookup("m.qweight"), nullptr);
  WeightBuffer codes = cantFail(store.read("m.weight_codes", ElementKind::I4));
  WeightBuffer scales = cantFail(store.read("m.weight_scale", ElementKind::F32));
  WeightBuffer zeros = cantFail(store.read("m.weight_zero_point", ElementKind::I4));
  for (int64_t i = 0; i < kSize * kSize; ++i) {
    int64_t col = i % kSize;
    ASSERT_EQ(codes.as<int8_t>()[i], col % 8 - 8) << i;
    ASSERT_EQ(scales.as<float>()[i], col % 2 ? 0.25f : 0.5f) << i;
    ASSERT_EQ(zeros.as<int8_t>()[i], col % 2 ? -1 : 0) << i;
  }
}

TEST(QuantizedFolder, GptqGroupsInOrderStayGroups) {
  RawFolder raw;
  std::vector<int32_t> index(kSize);
  for (int64_t col = 0; col < kSize; ++col)
    index[col] = int32_t(col / 16);
  addGptqLayer(raw, index);
  WeightStore store;
  ASSERT_EQ(raw.open(kGptq, store), "");
  EXPECT_EQ(store.lookupModule("m")->weight.blockCols, 16);
  EXPECT_EQ(store.lookup("m.weight_scale")->shape, (SmallVector<int64_t>{kSize, kGroups}));
  WeightBuffer scales = cantFail(store.read("m.weight_scale", ElementKind::F32));
  EXPECT_EQ(scales.as<float>()[0], 0.5f);
  EXPECT_EQ(scales.as<float>()[1], 0.25f);
  // The stored bytes are those of a tensor of that shape, so a store saves it as any other.
  EXPECT_EQ(cantFail(store.getStoredBytes("m.weight_codes")).size(), size_t(kSize * kSize / 2));
}

TEST(QuantizedFolder, RefusesWhatTheConfigurationDoesNotMean) {
  auto open = [](StringRef quantization) {
    RawFolder raw;
    addGptqLayer(raw, std::vector<int32_t>(kSize, 0));
    WeightStore store;
    std::string message = raw.open(quantization, store);
    EXPECT_TRUE(store.getKeys().empty());
    return StringRef(message).split("config.json: ").second.str();
  };
  EXPECT_EQ(open(R"({"quant_method": "gptq", "bits": 4, "group_size": 12})"),
            "group_size 12 does not divide the 32 inputs of 'm' [group-divides]");
  EXPECT_EQ(open(R"({"quant_method": "gptq", "bits": 8, "group_size": 16})"),
            "tensor 'm.qzeros' is I32 [2,4] where the configuration asks for I32 [1,8]; use the configuration that "
            "belongs to this checkpoint [tensors-complete]");
  EXPECT_EQ(open(R"({"quant_method": "gptq", "bits": "4", "group_size": 16})"),
            "key 'bits' is no integer; correct the configuration [config-keys]");
  EXPECT_EQ(open(R"({"quant_method": "gptq", "bits": 4, "group_size": 0})"),
            "group_size 0 does not divide the 32 inputs of 'm' [group-divides]");
  EXPECT_EQ(open(R"({"quant_method": "awq", "bits": 4, "group_size": 16})"),
            "group_size 16 does not divide the 4 inputs of 'm' [group-divides]");
}

//===----------------------------------------------------------------------===//
// Folders that appear whole or not at all
//===----------------------------------------------------------------------===//

static void writeText(const Twine &path, StringRef text) {
  std::error_code error;
  raw_fd_ostream(path.str(), error) << text;
  EXPECT_FALSE(error);
}

TEST(FolderTransaction, AppearsWhenItIsCommitted) {
  TemporaryFolder parent;
  std::string target = parent.getPath("out");
  {
    Expected<FolderTransaction> folder = FolderTransaction::begin(target + "/");
    ASSERT_EQ(takeMessage(folder.takeError()), "");
    writeText(folder->getPath() + "/quant-opt.json", "{}");
    EXPECT_FALSE(parent.exists("out"));
    EXPECT_EQ(takeMessage(folder->commit()), "");
  }
  EXPECT_TRUE(parent.exists("out/quant-opt.json"));
  EXPECT_FALSE(parent.exists("out/.quant-opt-incomplete"));
  EXPECT_FALSE(parent.exists("out.tmp"));
}

TEST(FolderTransaction, LeavesNothingWithoutACommit) {
  TemporaryFolder parent;
  {
    Expected<FolderTransaction> folder = FolderTransaction::begin(parent.getPath("out"));
    ASSERT_EQ(takeMessage(folder.takeError()), "");
    writeText(folder->getPath() + "/a", "b");
  }
  EXPECT_FALSE(parent.exists("out.tmp"));
  EXPECT_FALSE(parent.exists("out"));
}

TEST(FolderTransaction, ReplacesItsOwnAndWhatAKilledRunLeft) {
  TemporaryFolder parent;
  EXPECT_FALSE(sys::fs::create_directories(parent.getPath("out")));
  EXPECT_FALSE(sys::fs::create_directories(parent.getPath("out.tmp")));
  parent.write("out/quant-opt.json", "old");
  parent.write("out.tmp/.quant-opt-incomplete", "");
  parent.write("out.tmp/half", "");
  Expected<FolderTransaction> folder = FolderTransaction::begin(parent.getPath("out"));
  ASSERT_EQ(takeMessage(folder.takeError()), "");
  EXPECT_FALSE(parent.exists("out.tmp/half"));
  EXPECT_EQ(parent.read("out/quant-opt.json"), "old");
  writeText(folder->getPath() + "/quant-opt.json", "new");
  EXPECT_EQ(takeMessage(folder->commit()), "");
  EXPECT_EQ(parent.read("out/quant-opt.json"), "new");
  EXPECT_FALSE(parent.exists("out.old"));
}

TEST(FolderTransaction, RefusesFoldersOfOthers) {
  TemporaryFolder parent;
  EXPECT_FALSE(sys::fs::create_directories(parent.getPath("mine")));
  EXPECT_FALSE(sys::fs::create_directories(parent.getPath("other.tmp")));
  parent.write("mine/file", "");
  parent.write("other.tmp/file", "");
  EXPECT_EQ(takeMessage(FolderTransaction::begin(parent.getPath("mine")).takeError()),
            parent.getPath("mine") + ": holds files that quant-opt did not write, which it does not replace; give -o "
                                     "another folder, or remove it");
  EXPECT_EQ(takeMessage(FolderTransaction::begin(parent.getPath("other")).takeError()),
            parent.getPath("other.tmp") + ": is in the way of the temporary folder; remove it");
  EXPECT_TRUE(parent.exists("mine/file"));
  EXPECT_TRUE(parent.exists("other.tmp/file"));
}
