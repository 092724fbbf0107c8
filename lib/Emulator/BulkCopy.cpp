//===- BulkCopy.cpp - cp.async.bulk while it is in flight -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BulkCopy.h"

#include "BoxCopy.h"

using namespace quantopt::ptx;

void quantopt::ptx::forEachDestination(const BulkCopy &copy, llvm::function_ref<void(Cta &)> visit) {
  for (Cta &cta : copy.warp->cta->cluster->ctas)
    if ((copy.destinations >> cta.rank) & 1)
      visit(cta);
}

//===----------------------------------------------------------------------===//
// Global side
//===----------------------------------------------------------------------===//

static uint8_t *getGlobal(const BulkCopy &copy, uint64_t address, uint64_t bytes, AccessKind kind) {
  return copy.warp->translate(*copy.op, Space::Global, copy.lane, address, bytes, 1, kind);
}

static bool readTensor(const BulkCopy &copy, std::vector<uint8_t> &bytes) {
  std::array<uint8_t, 16> fill = getFillChunk(*copy.map);
  uint8_t *to = bytes.data();
  bool isRight = true;
  forEachBoxChunk(*copy.map, copy.getCoordinates(), 0, [&](const BoxChunk &chunk) {
    std::memcpy(to, fill.data(), fill.size());
    if (uint32_t size = chunk.end - chunk.begin; size != 0 && isRight) {
      const uint8_t *from = getGlobal(copy, chunk.global + chunk.begin, size, AccessKind::Read);
      isRight = from != nullptr;
      if (from)
        std::memcpy(to + chunk.begin, from, size);
    }
    to += fill.size();
  });
  return isRight;
}

static void put(const BulkCopy &copy, uint8_t *to, llvm::ArrayRef<uint8_t> bytes) {
  if (copy.reduction == Reduction::None)
    std::memcpy(to, bytes.data(), bytes.size());
  else
    reduceElements(copy.reduction, copy.type, to, bytes);
}

static bool writeTensor(const BulkCopy &copy, llvm::ArrayRef<uint8_t> bytes) {
  bool isRight = true;
  AccessKind kind = copy.reduction == Reduction::None ? AccessKind::Write : AccessKind::Atomic;
  forEachBoxChunk(*copy.map, copy.getCoordinates(), 0, [&](const BoxChunk &chunk) {
    if (uint32_t size = chunk.end - chunk.begin; size != 0 && isRight) {
      uint8_t *to = getGlobal(copy, chunk.global + chunk.begin, size, kind);
      isRight = to != nullptr;
      if (to)
        put(copy, to, bytes.slice(chunk.begin, size));
    }
    bytes = bytes.drop_front(16);
  });
  return isRight;
}

//===----------------------------------------------------------------------===//
// Shared side
//===----------------------------------------------------------------------===//

/// Calls `visit(address, size)` for each 16 bytes (or less, of values) of the range in the order of the box.
static void forEachSharedChunk(const BulkCopy &copy, uint32_t begin,
                               llvm::function_ref<void(uint32_t, uint32_t)> visit) {
  if (copy.map) {
    forEachBoxChunk(*copy.map, copy.getCoordinates(), begin, [&](const BoxChunk &chunk) { visit(chunk.shared, 16); });
    return;
  }
  for (uint32_t at = 0; at < copy.bytes; at += 16)
    visit(begin + at, std::min(copy.bytes - at, 16u));
}

static void readShared(const BulkCopy &copy, std::vector<uint8_t> &bytes) {
  uint8_t *to = bytes.data();
  forEachSharedChunk(copy, copy.source, [&](uint32_t address, uint32_t size) {
    std::memcpy(to, copy.sourceCta->getShared(address, size), size);
    to += size;
  });
}

static void writeShared(const BulkCopy &copy, Cta &cta, llvm::ArrayRef<uint8_t> bytes) {
  forEachSharedChunk(copy, copy.destination, [&](uint32_t address, uint32_t size) {
    put(copy, cta.getShared(address, size), bytes.take_front(size));
    bytes = bytes.drop_front(size);
    cta.markWritten(address, size);
  });
}

bool quantopt::ptx::readBulkCopy(const BulkCopy &copy, std::vector<uint8_t> &bytes) {
  bytes.assign(copy.value.begin(), copy.value.end());
  bytes.resize(copy.bytes);
  if (!copy.value.empty())
    return true;
  if (copy.sourceCta) {
    readShared(copy, bytes);
    return true;
  }
  if (copy.map)
    return readTensor(copy, bytes);
  const uint8_t *from = getGlobal(copy, copy.global, copy.bytes, AccessKind::Read);
  if (from)
    std::memcpy(bytes.data(), from, copy.bytes);
  return from != nullptr;
}

bool quantopt::ptx::writeBulkCopy(const BulkCopy &copy, llvm::ArrayRef<uint8_t> bytes) {
  if (copy.isLoad()) {
    forEachDestination(copy, [&](Cta &cta) { writeShared(copy, cta, bytes); });
    return true;
  }
  if (copy.map)
    return writeTensor(copy, bytes);
  AccessKind kind = copy.reduction == Reduction::None ? AccessKind::Write : AccessKind::Atomic;
  uint8_t *to = getGlobal(copy, copy.global, copy.bytes, kind);
  if (to)
    put(copy, to, bytes);
  return to != nullptr;
}
