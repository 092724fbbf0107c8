//===- Memory.h - Device memory of the emulator ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Buffers at device addresses of their own. Each has some 4 GiB granules of
// the address space to itself, so an address finds its buffer by one lookup,
// and one that runs past a buffer still says which.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EMULATOR_MEMORY_H
#define QUANTOPT_EMULATOR_MEMORY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace quantopt::ptx {

/// A piece of global or constant memory.
struct Buffer {
  std::string name;
  uint64_t address = 0, size = 0;
  uint8_t *data = nullptr; // 256-byte aligned
  /// A byte for each, 0xFF where it has been written; null: all are.
  std::unique_ptr<uint8_t[]> written;
  bool isConst = false;
  bool isFreed = false;

  bool contains(uint64_t at, uint64_t bytes) const {
    return at >= address && bytes <= size && at - address <= size - bytes;
  }
};

/// All buffers of a device. Not thread-safe to change; kernels only look up.
class Memory {
public:
  static constexpr unsigned granuleBits = 32;
  /// Buffers begin so far into their granule: a small negative offset still finds the right one.
  static constexpr uint64_t granuleLead = uint64_t(1) << 20;

  Memory();
  ~Memory();
  Memory(const Memory &) = delete;
  Memory &operator=(const Memory &) = delete;

  /// Zeros, or bytes that must be written before they are read. Fails when there is no memory or no address left.
  llvm::Expected<uint64_t> allocate(uint64_t bytes, llvm::StringRef name, bool isWritten);
  llvm::Error free(uint64_t address);
  llvm::Error write(uint64_t address, llvm::ArrayRef<uint8_t> bytes);
  llvm::Error read(uint64_t address, llvm::MutableArrayRef<uint8_t> bytes) const;
  llvm::Error fill(uint64_t address, uint8_t value, uint64_t bytes);
  void setConst(uint64_t address) { find(address)->isConst = true; }

  /// The buffer whose granule holds the address (which may be past its end or freed); null: none.
  Buffer *find(uint64_t address) const {
    uint64_t granule = address >> granuleBits;
    return granule < granules.size() ? granules[granule] : nullptr;
  }

private:
  llvm::Expected<Buffer *> getRange(uint64_t address, uint64_t bytes, const char *what) const;

  std::vector<std::unique_ptr<Buffer>> buffers;
  std::vector<Buffer *> granules; // by address >> granuleBits; the first is null
};

} // namespace quantopt::ptx

#endif // QUANTOPT_EMULATOR_MEMORY_H
