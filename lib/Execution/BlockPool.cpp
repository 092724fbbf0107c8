//===- BlockPool.cpp - Memory of tensors and temporaries ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BlockPool.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include <cstdlib>
#include <mutex>
#include <sys/mman.h>
#include <vector>

using namespace quantopt;

/// Large blocks are mapped on their own, so that one that is not kept gives its pages back at once.
static constexpr size_t mapThreshold = size_t(256) << 10;
/// What the pool keeps at most.
static constexpr size_t maxIdleBytes = size_t(128) << 20;
static constexpr size_t hugePage = size_t(2) << 20;

namespace {

struct Block {
  void *data;
  size_t bytes;
};

/// Released large blocks, oldest first.
class IdleBlocks {
public:
  /// The block of this size that was released last, or null.
  void *take(size_t bytes) {
    std::lock_guard<std::mutex> lock(mutex);
    for (auto it = blocks.rbegin(); it != blocks.rend(); ++it) {
      if (it->bytes != bytes)
        continue;
      void *data = it->data;
      blocks.erase(std::next(it).base());
      idleBytes -= bytes;
      return data;
    }
    return nullptr;
  }

  /// Keeps a block, and returns those that go to the system for it.
  std::vector<Block> keep(Block block) {
    std::lock_guard<std::mutex> lock(mutex);
    blocks.push_back(block);
    idleBytes += block.bytes;
    auto end = blocks.begin();
    for (; idleBytes > maxIdleBytes; ++end)
      idleBytes -= end->bytes;
    std::vector<Block> dropped(blocks.begin(), end);
    blocks.erase(blocks.begin(), end);
    return dropped;
  }

private:
  std::mutex mutex;
  std::vector<Block> blocks;
  size_t idleBytes = 0;
};

} // namespace

/// Never destroyed: tensors may outlive every static object.
static IdleBlocks &getIdleBlocks() {
  static auto *idle = new IdleBlocks;
  return *idle;
}

static void *mapBlock(size_t bytes) {
  void *data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data == MAP_FAILED)
    return nullptr;
  // Advice only: a system without large pages, or without populating by advice, faults pages in as they are touched.
  if (bytes >= hugePage)
    (void)madvise(data, bytes, MADV_HUGEPAGE);
#ifdef MADV_POPULATE_WRITE
  (void)madvise(data, bytes, MADV_POPULATE_WRITE);
#endif
  return data;
}

void *execution::allocateBlock(size_t bytes) {
  void *data = nullptr;
  if (bytes < mapThreshold)
    data = std::aligned_alloc(64, bytes);
  else if (!(data = getIdleBlocks().take(bytes)))
    data = mapBlock(bytes);
  if (!data)
    llvm::report_bad_alloc_error("no memory for a tensor");
  return data;
}

void execution::releaseBlock(void *block, size_t bytes) {
  if (bytes < mapThreshold)
    return std::free(block);
  for (const Block &dropped : getIdleBlocks().keep({block, bytes}))
    munmap(dropped.data, dropped.bytes);
}
