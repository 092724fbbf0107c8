//===- SharedTracker.cpp - Asynchronous use of shared memory --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SharedTracker.h"

#include <algorithm>

using namespace quantopt::ptx;

template <typename Visit> void SharedTracker::forEachChunk(uint32_t offset, uint32_t bytes, Visit visit) {
  for (uint32_t at = offset, end = offset + bytes; at < end && at / chunkBytes < chunks.size();) {
    uint32_t begin = at % chunkBytes, size = std::min(chunkBytes - begin, end - at);
    visit(chunks[at / chunkBytes], uint16_t(((1u << size) - 1) << begin));
    at += size;
  }
}

SharedConflict SharedTracker::read(uint32_t offset, uint32_t bytes) {
  SharedConflict conflict = SharedConflict::None;
  forEachChunk(offset, bytes, [&](Chunk &chunk, uint16_t mask) {
    if (chunk.written & mask)
      conflict = SharedConflict::ReadBeforeLanded;
  });
  return conflict;
}

SharedConflict SharedTracker::write(uint32_t offset, uint32_t bytes, uint32_t warp, uint64_t events) {
  SharedConflict conflict = SharedConflict::None;
  forEachChunk(offset, bytes, [&](Chunk &chunk, uint16_t mask) {
    if (chunk.reads != 0)
      conflict = SharedConflict::WriteWhileRead;
    else if (chunk.written & mask)
      conflict = SharedConflict::WriteBeforeLanded;
    chunk.isOrdinary = true;
    chunk.writer = uint16_t(warp);
    chunk.clock = clock;
    chunk.events = events;
  });
  return conflict;
}

void SharedTracker::fence(uint32_t warp, uint64_t events) {
  fencedClock[warp] = ++clock;
  fencedEvents = events;
}

SharedConflict SharedTracker::beginRead(uint32_t offset, uint32_t bytes) {
  SharedConflict conflict = SharedConflict::None;
  forEachChunk(offset, bytes, [&](Chunk &chunk, uint16_t mask) {
    if (chunk.written & mask)
      conflict = SharedConflict::ReadBeforeLanded;
    else if (isUnfenced(chunk))
      conflict = SharedConflict::Unfenced;
    ++chunk.reads;
  });
  return conflict;
}

void SharedTracker::endRead(uint32_t offset, uint32_t bytes) {
  forEachChunk(offset, bytes, [](Chunk &chunk, uint16_t) { --chunk.reads; });
}

SharedConflict SharedTracker::beginWrite(uint32_t offset, uint32_t bytes) {
  SharedConflict conflict = SharedConflict::None;
  forEachChunk(offset, bytes, [&](Chunk &chunk, uint16_t mask) {
    if (chunk.reads != 0)
      conflict = SharedConflict::WriteWhileRead;
    else if (chunk.written & mask)
      conflict = SharedConflict::WriteBeforeLanded;
    ++chunk.writes;
    chunk.written |= mask;
  });
  return conflict;
}

void SharedTracker::endWrite(uint32_t offset, uint32_t bytes, bool isOrdinary, uint32_t warp, uint64_t events) {
  forEachChunk(offset, bytes, [&](Chunk &chunk, uint16_t) {
    if (--chunk.writes == 0)
      chunk.written = 0;
    chunk.isOrdinary = isOrdinary;
    chunk.writer = uint16_t(warp);
    chunk.clock = clock;
    chunk.events = events;
  });
}
