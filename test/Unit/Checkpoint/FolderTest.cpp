//===- FolderTest.cpp - Shards, indices, and saving over them -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestFiles.h"
#include "quant-opt/Checkpoint/WeightStore.h"
#include <csignal>
#include <sys/resource.h>

using namespace quantopt;
using namespace quantopt::test;
using llvm::ArrayRef;
using llvm::StringRef;

/// A store of one F32 tensor of four elements for each of `keys`.
static std::unique_ptr<WeightStore> makeStore(std::vector<std::string> keys, float first = 1) {
  auto store = std::make_unique<WeightStore>();
  for (const std::string &key : keys) {
    std::vector<float> values = {first, 2, 3, float(key.size())};
    EXPECT_EQ(takeMessage(store->put(key, {4}, Storage::F32, asBytes(ArrayRef<float>(values)))), "");
  }
  return store;
}

static void save(const TemporaryFolder &folder, const WeightStore &store, uint64_t maxShardBytes = 1 << 20) {
  EXPECT_EQ(takeMessage(store.save(folder.getPath(), store.getKeys(), maxShardBytes)), "");
}

static std::string openMessage(const TemporaryFolder &folder) {
  WeightStore store;
  std::string message = takeMessage(store.addPath(folder.getPath()));
  EXPECT_TRUE(message.empty() || store.getKeys().empty()) << "all or nothing";
  return message;
}

TEST(Folder, ShardsRoundTrip) {
  TemporaryFolder folder;
  auto written = makeStore({"a", "bb", "ccc"});
  save(folder, *written, 32);
  EXPECT_TRUE(folder.exists("model-00001-of-00002.safetensors"));
  EXPECT_EQ(folder.read("model.safetensors.index.json"), R"({
  "metadata": {
    "total_size": 48
  },
  "weight_map": {
    "a": "model-00001-of-00002.safetensors",
    "bb": "model-00001-of-00002.safetensors",
    "ccc": "model-00002-of-00002.safetensors"
  }
}
)");
  WeightStore store;
  ASSERT_EQ(takeMessage(store.addPath(folder.getPath())), "");
  EXPECT_EQ(store.getKeys(), (std::vector<std::string>{"a", "bb", "ccc"}));
  EXPECT_EQ(store.read("ccc", ElementKind::F32)->as<float>().back(), 3);
}

TEST(Folder, SavingReplacesWhatAnEarlierSaveLeft) {
  TemporaryFolder folder;
  save(folder, *makeStore({"a", "bb"}), 1);
  folder.write("tokenizer.json", "{}");
  save(folder, *makeStore({"a"}));
  EXPECT_TRUE(folder.exists("model.safetensors"));
  EXPECT_FALSE(folder.exists("model.safetensors.index.json"));
  EXPECT_FALSE(folder.exists("model-00001-of-00002.safetensors"));
  EXPECT_TRUE(folder.exists("tokenizer.json"));
  save(folder, *makeStore({"a", "bb"}), 1);
  EXPECT_FALSE(folder.exists("model.safetensors"));
  EXPECT_EQ(openMessage(folder), "");
}

TEST(Folder, SavesOverTheFilesItReads) {
  TemporaryFolder folder;
  save(folder, *makeStore({"a", "bb"}));
  WeightStore store;
  ASSERT_EQ(takeMessage(store.addPath(folder.getPath())), "");
  save(folder, store, 16);
  EXPECT_EQ(store.read("bb", ElementKind::F32)->as<float>().back(), 2) << "the old mapping is still whole";
  EXPECT_EQ(openMessage(folder), "");
}

TEST(Folder, AnyNameServesWithoutAnIndex) {
  TemporaryFolder folder;
  save(folder, *makeStore({"a"}));
  ASSERT_FALSE(llvm::sys::fs::rename(folder.getPath("model.safetensors"), folder.getPath("x.safetensors")));
  EXPECT_EQ(openMessage(folder), "");
}

TEST(Folder, RefusesFoldersWithoutTensors) {
  TemporaryFolder folder;
  EXPECT_EQ(openMessage(folder),
            folder.getPath() + ": no .safetensors file; give a folder that holds one, or a .gguf file");
  std::string missing = folder.getPath("absent.safetensors");
  WeightStore store;
  EXPECT_EQ(takeMessage(store.addPath(missing)),
            missing + ": cannot open: No such file or directory; check the path and its permissions");
  std::string empty = folder.write("empty.safetensors", "");
  EXPECT_EQ(takeMessage(store.addPath(empty)), empty + ": the file is empty; download or write it again");
}

TEST(Folder, RefusesTensorsInTwoFiles) {
  TemporaryFolder folder;
  save(folder, *makeStore({"a"}));
  WeightStore store;
  ASSERT_EQ(takeMessage(store.addPath(folder.getPath())), "");
  EXPECT_EQ(takeMessage(store.addPath(folder.getPath())),
            folder.getPath() + ": tensor 'a' is in the store already; add only one of the files that hold it");
}

TEST(Folder, RefusesDtypesThatNoPassReads) {
  TemporaryFolder folder;
  std::string header = R"({"a":{"dtype":"U16","shape":[1],"data_offsets":[0,2]}})";
  std::string path =
      folder.write("m.safetensors", std::string(1, char(header.size())) + std::string(7, '\0') + header + "xx");
  EXPECT_EQ(openMessage(folder), path + ": tensor 'a' has dtype U16, which quant-opt does not read; convert the "
                                        "tensor or remove it");
}

//===----------------------------------------------------------------------===//
// The index
//===----------------------------------------------------------------------===//

TEST(Folder, RefusesAMissingShard) {
  TemporaryFolder folder;
  save(folder, *makeStore({"a", "bb"}), 1);
  std::string shard = folder.getPath("model-00002-of-00002.safetensors");
  llvm::sys::fs::remove(shard);
  EXPECT_EQ(openMessage(folder), shard + ": missing shard, named in " + folder.getPath("model.safetensors.index.json") +
                                     "; download it, or correct the index");
}

TEST(Folder, RefusesAnIndexThatDoesNotMatch) {
  TemporaryFolder folder;
  save(folder, *makeStore({"a", "bb"}), 1);
  std::string index = folder.getPath("model.safetensors.index.json");
  auto withIndex = [&](StringRef text) {
    folder.write("model.safetensors.index.json", text);
    return openMessage(folder);
  };
  std::string one = "model-00001-of-00002.safetensors", two = "model-00002-of-00002.safetensors";
  EXPECT_EQ(withIndex("{\"weight_map\":{\"a\":\"" + one + "\",\"bb\":\"" + two + "\",\"c\":\"" + two + "\"}}"),
            index + ": lists tensor 'c' in shard " + two +
                ", which does not hold it; download the shard or write the index again");
  EXPECT_EQ(withIndex("{\"weight_map\":{\"a\":\"" + two + "\"}}"),
            index + ": stale index: it does not list tensor 'bb' of shard " + two + "; write the index again");
  EXPECT_EQ(withIndex("{\"weight_map\":{\"a\":\"../" + one + "\"}}"),
            index + ": the shard of 'a' is not the name of a file beside it; download or write the index again");
  EXPECT_EQ(withIndex("{\"weight_map\":{}}"), index + ": 'weight_map' is empty; download or write the index again");
  EXPECT_EQ(withIndex("{}"), index + ": no object 'weight_map'; download or write the index again");
  EXPECT_EQ(withIndex("{"), index +
                                ": the file is not a valid JSON object: [1:1, byte=1]: Expected object key; download "
                                "or write the file again");
  EXPECT_EQ(withIndex("{\"weight_map\":{\"a\":\"x\",\"a\":\"y\"}}"),
            index + ": duplicate key 'a' in the file; download or write the file again");
}

TEST(Folder, RefusesAStaleIndexBesideASingleFile) {
  TemporaryFolder folder, other;
  save(folder, *makeStore({"a", "bb"}), 1);
  save(other, *makeStore({"a"}));
  folder.write("model.safetensors", other.read("model.safetensors"));
  EXPECT_EQ(openMessage(folder), folder.getPath("model.safetensors.index.json") +
                                     ": stale index: it does not name model.safetensors, which lies beside it; remove "
                                     "the one that is out of date");
}

//===----------------------------------------------------------------------===//
// Failures of saving
//===----------------------------------------------------------------------===//

TEST(Folder, SaveNamesAnUnknownKey) {
  TemporaryFolder folder;
  EXPECT_EQ(takeMessage(makeStore({"a"})->save(folder.getPath(), {"a", "z"})),
            "no tensor 'z' in the weight store; add the checkpoint that holds it");
  EXPECT_EQ(takeMessage(makeStore({})->save(folder.getPath(), {})),
            folder.getPath() + ": no tensors to save; older readers refuse a file without any");
  EXPECT_FALSE(folder.exists("model.safetensors"));
}

TEST(Folder, SaveIntoAFileFails) {
  TemporaryFolder folder;
  std::string path = folder.write("file", "x") + "/out";
  EXPECT_EQ(takeMessage(makeStore({"a"})->save(path, {"a"})),
            path + ": cannot write the folder: Not a directory; free space or choose a writable output folder (what "
                   "was there before is unchanged)");
}

/// A limit on the size of files makes write() fail as a full disk does.
TEST(Folder, FullDiskLeavesTheEarlierOutputWhole) {
  TemporaryFolder folder;
  save(folder, *makeStore({"a", "bb"}, /*first=*/1), 1);
  std::string before = folder.read("model-00001-of-00002.safetensors");
  auto store = makeStore({"a", "bb"}, /*first=*/9);

  auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old), 0);
  rlimit small = old;
  small.rlim_cur = 100;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  std::string message = takeMessage(store->save(folder.getPath(), store->getKeys(), 1));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &old), 0);
  std::signal(SIGXFSZ, handler);

  EXPECT_EQ(message, folder.getPath() +
                         ": cannot write model-00001-of-00002.safetensors: File too large; free space or choose a "
                         "writable output folder (what was there before is unchanged)");
  EXPECT_EQ(folder.read("model-00001-of-00002.safetensors"), before);
  EXPECT_EQ(openMessage(folder), "");
  std::error_code error;
  for (llvm::sys::fs::directory_iterator it(folder.getPath(), error), end; it != end && !error; it.increment(error))
    EXPECT_NE(llvm::sys::path::extension(it->path()), ".tmp") << it->path();
}
