//===- Memory.cpp - Device memory of the emulator -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Emulator/Memory.h"

#include "llvm/Support/FormatVariadic.h"
#include <cstdlib>
#include <cstring>

using namespace llvm;
using namespace quantopt::ptx;

static constexpr uint64_t alignment = 256;
/// Addresses stay below the windows of Program.h.
static constexpr uint64_t maxGranules = uint64_t(1) << (48 - Memory::granuleBits);

Memory::Memory() : granules(1, nullptr) {}

Memory::~Memory() {
  for (std::unique_ptr<Buffer> &buffer : buffers)
    std::free(buffer->data);
}

Expected<uint64_t> Memory::allocate(uint64_t bytes, StringRef name, bool isWritten) {
  uint64_t numGranules = ((granuleLead + bytes) >> granuleBits) + 1;
  if (bytes > maxGranules << granuleBits || granules.size() + numGranules > maxGranules)
    return createStringError(formatv("buffer '{0}' of {1} bytes: the device's address space is full", name, bytes));
  uint64_t rounded = (std::max<uint64_t>(bytes, 1) + alignment - 1) / alignment * alignment;
  // Large zeroed blocks come from the system untouched.
  auto buffer = std::make_unique<Buffer>();
  void *data = nullptr;
  if (posix_memalign(&data, alignment, rounded) != 0)
    return createStringError(formatv("buffer '{0}': {1} bytes of host memory are not to be had", name, bytes));
  std::memset(data, 0, rounded);
  buffer->data = static_cast<uint8_t *>(data);
  buffer->name = name.str();
  buffer->size = bytes;
  buffer->address = (uint64_t(granules.size()) << granuleBits) + granuleLead;
  if (!isWritten)
    buffer->written = std::make_unique<uint8_t[]>(bytes);
  granules.insert(granules.end(), numGranules, buffer.get());
  buffers.push_back(std::move(buffer));
  return buffers.back()->address;
}

Error Memory::free(uint64_t address) {
  Buffer *buffer = find(address);
  if (!buffer || buffer->address != address || buffer->isFreed)
    return createStringError(formatv("{0:x} is not the address of a buffer", address));
  std::free(buffer->data);
  buffer->data = nullptr;
  buffer->written.reset();
  // The entry stays, so that a use after this is reported by name.
  buffer->isFreed = true;
  return Error::success();
}

Expected<Buffer *> Memory::getRange(uint64_t address, uint64_t bytes, const char *what) const {
  Buffer *buffer = find(address);
  if (!buffer || buffer->isFreed || !buffer->contains(address, bytes))
    return createStringError(formatv("{0} of {1} bytes at {2:x}: not inside a buffer", what, bytes, address));
  return buffer;
}

Error Memory::write(uint64_t address, ArrayRef<uint8_t> bytes) {
  Expected<Buffer *> buffer = getRange(address, bytes.size(), "copy to the device");
  if (!buffer)
    return buffer.takeError();
  uint64_t offset = address - (*buffer)->address;
  if (!bytes.empty())
    std::memcpy((*buffer)->data + offset, bytes.data(), bytes.size());
  if ((*buffer)->written)
    std::memset((*buffer)->written.get() + offset, 0xFF, bytes.size());
  return Error::success();
}

Error Memory::read(uint64_t address, MutableArrayRef<uint8_t> bytes) const {
  Expected<Buffer *> buffer = getRange(address, bytes.size(), "copy from the device");
  if (!buffer)
    return buffer.takeError();
  if (!bytes.empty())
    std::memcpy(bytes.data(), (*buffer)->data + (address - (*buffer)->address), bytes.size());
  return Error::success();
}

Error Memory::fill(uint64_t address, uint8_t value, uint64_t bytes) {
  Expected<Buffer *> buffer = getRange(address, bytes, "fill");
  if (!buffer)
    return buffer.takeError();
  uint64_t offset = address - (*buffer)->address;
  std::memset((*buffer)->data + offset, value, bytes);
  if ((*buffer)->written)
    std::memset((*buffer)->written.get() + offset, 0xFF, bytes);
  return Error::success();
}
