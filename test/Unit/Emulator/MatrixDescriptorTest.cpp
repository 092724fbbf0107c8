//===- MatrixDescriptorTest.cpp -------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expected addresses are the canonical layouts of the PTX ISA ("Shared
// Memory Matrix Layout", strides in units of 128 bits) written out as nested
// shapes and strides, and Swizzle<B,4,3> as a function of the address.
//
//===----------------------------------------------------------------------===//

#include "MatrixDescriptor.h"

#include "gtest/gtest.h"
#include <algorithm>
#include <cstring>
#include <vector>

using namespace quantopt::ptx;

namespace {

uint64_t makeDescriptor(uint32_t start, uint32_t leading, uint32_t stride, uint64_t mode, uint64_t baseOffset = 0) {
  return ((start & 0x3FFFF) >> 4) | uint64_t(leading >> 4) << 16 | uint64_t(stride >> 4) << 32 | baseOffset << 49 |
         mode << 62;
}

/// Swizzle<bits, 4, 3>: bits 7.. are XORed into bits 4...
uint32_t swizzle(uint32_t address, unsigned bits) {
  for (unsigned bit = 0; bit != bits; ++bit)
    if (address & (1u << (7 + bit)))
      address ^= 1u << (4 + bit);
  return address;
}

struct Mode {
  uint64_t code;
  unsigned bits, chunks; // chunks of 16 bytes in the span
};
const Mode modes[] = {{3, 1, 2}, {2, 2, 4}, {1, 3, 8}};

TEST(MatrixDescriptor, Fields) {
  MatrixDescriptor d = MatrixDescriptor::decode(makeDescriptor(0x12340, 0x450, 0x3FFF0, 2, 5));
  EXPECT_EQ(d.start, 0x12340u);
  EXPECT_EQ(d.leading, 0x450u);
  EXPECT_EQ(d.stride, 0x3FFF0u);
  EXPECT_EQ(d.phase, 5u);
  EXPECT_EQ(d.swizzle, Swizzle::B64);
}

// ((8,m),(T,2)) : ((W*T, SBO), (1, T)), swizzled.
TEST(MatrixDescriptor, KMajorSwizzled) {
  for (const Mode &mode : modes) {
    uint32_t start = 8192 + 32; // one step of 32 bytes along K, where the span has room
    if (mode.chunks == 2)
      start = 8192;
    MatrixDescriptor d = MatrixDescriptor::decode(makeDescriptor(start, 16, 2048, mode.code));
    for (unsigned row = 0; row != 64; ++row)
      for (unsigned chunk = 0; chunk != 2; ++chunk)
        EXPECT_EQ(d.getKMajorChunk(row, chunk),
                  swizzle(start + row % 8 * 16 * mode.chunks + row / 8 * 2048 + chunk * 16, mode.bits));
  }
}

// ((8,m),(T,2)) : ((T, SBO), (1, LBO)).
TEST(MatrixDescriptor, KMajorWithoutSwizzle) {
  MatrixDescriptor d = MatrixDescriptor::decode(makeDescriptor(4096, 128, 256, 0));
  for (unsigned row = 0; row != 64; ++row)
    for (unsigned chunk = 0; chunk != 2; ++chunk)
      EXPECT_EQ(d.getKMajorChunk(row, chunk), 4096 + row % 8 * 16 + row / 8 * 256 + chunk * 128);
}

// ((T,W,m),(8,k)) : ((1, T, LBO), (W*T, SBO)), swizzled.
TEST(MatrixDescriptor, MNMajorSwizzled) {
  for (const Mode &mode : modes) {
    MatrixDescriptor d = MatrixDescriptor::decode(makeDescriptor(16384, 4096, 1024, mode.code));
    for (unsigned block = 0; block != 16; ++block)
      for (unsigned k = 0; k != 16; ++k)
        EXPECT_EQ(d.getMNMajorChunk(block, k), swizzle(16384 + block % mode.chunks * 16 + block / mode.chunks * 4096 +
                                                           k % 8 * 16 * mode.chunks + k / 8 * 1024,
                                                       mode.bits));
  }
}

// ((T,1,m),(8,k)) : ((1, T, SBO), (T, LBO)).
TEST(MatrixDescriptor, MNMajorWithoutSwizzle) {
  MatrixDescriptor d = MatrixDescriptor::decode(makeDescriptor(1024, 2048, 128, 0));
  for (unsigned block = 0; block != 8; ++block)
    for (unsigned k = 0; k != 16; ++k)
      EXPECT_EQ(d.getMNMajorChunk(block, k), 1024 + block * 128 + k % 8 * 16 + k / 8 * 2048);
}

// The rows of Figure "128B swizzle mode": chunk c of line r is kept at c ^ r.
TEST(MatrixDescriptor, SwizzleFigure) {
  const unsigned line2[8] = {2, 3, 0, 1, 6, 7, 4, 5};
  for (unsigned c = 0; c != 8; ++c) {
    EXPECT_EQ(applySwizzle(2 * 128 + c * 16, Swizzle::B128), 2 * 128 + line2[c] * 16);
    EXPECT_EQ(applySwizzle(2 * 128 + c * 16, Swizzle::None), 2 * 128 + c * 16);
  }
  // 64 bytes: two lines of 64 share a phase; 32 bytes: four.
  EXPECT_EQ(applySwizzle(64, Swizzle::B64), 64u);
  EXPECT_EQ(applySwizzle(128, Swizzle::B64), 128u + 16);
  EXPECT_EQ(applySwizzle(96, Swizzle::B32), 96u);
  EXPECT_EQ(applySwizzle(128, Swizzle::B32), 128u + 16);
}

// A pattern that starts at line 3 of a 1024-byte unit says so in the base offset.
TEST(MatrixDescriptor, BaseOffset) {
  uint32_t start = 2048 + 3 * 128;
  MatrixDescriptor d = MatrixDescriptor::decode(makeDescriptor(start, 16, 1024, 1, (start >> 7) & 7));
  for (unsigned row = 0; row != 8; ++row)
    EXPECT_EQ(d.getKMajorChunk(row, 1), start + row * 128 + (1 ^ row) * 16);
}

TEST(MatrixDescriptor, GatherTurnsMNMajorLines) {
  // 16 x 16 elements whose value is 256 * mn + k, in rows of 64 elements along mn.
  std::vector<uint8_t> shared(4096);
  for (unsigned mn = 0; mn != 64; ++mn)
    for (unsigned k = 0; k != 16; ++k) {
      uint16_t value = uint16_t(256 * mn + k);
      std::memcpy(shared.data() + swizzle(k * 128 + mn * 2, 3), &value, 2);
    }
  MatrixLines lines{MatrixDescriptor::decode(makeDescriptor(0, 0, 1024, 1)), 16, 16, true};
  std::vector<uint8_t> out(16 * 32);
  gatherMatrixLines(lines, out.data(),
                    [&](uint32_t address, uint8_t *chunk) { std::copy_n(shared.begin() + address, 16, chunk); });
  for (unsigned mn = 0; mn != 16; ++mn)
    for (unsigned k = 0; k != 16; ++k) {
      uint16_t value;
      std::memcpy(&value, out.data() + mn * 32 + k * 2, 2);
      EXPECT_EQ(value, 256 * (mn + 16) + k);
    }
}

} // namespace
