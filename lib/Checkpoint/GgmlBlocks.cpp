//===- GgmlBlocks.cpp - Block formats of GGUF to float32 ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GgmlBlocks.h"
#include "Storage.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/Support/Endian.h"

using namespace llvm;
using namespace quantopt;

static float readHalf(const uint8_t *bytes) { return decodeF16(support::endian::read16le(bytes)); }

//===----------------------------------------------------------------------===//
// Blocks of 32: scale d (f16), for the _1 formats minimum m (f16), for the 5-bit formats 32 high bits, codes.
// Byte i of the codes holds element i in its low nibble and element i + 16 in its high nibble.
//===----------------------------------------------------------------------===//

/// The codes of a nibble block as integers; `high` holds the fifth bits.
static void unpackNibbles(const uint8_t *codes, uint32_t high, int32_t *result) {
  for (int i = 0; i < 16; ++i) {
    result[i] = int32_t(codes[i] & 15) | int32_t((high >> i) & 1) << 4;
    result[i + 16] = int32_t(codes[i] >> 4) | int32_t((high >> (i + 16)) & 1) << 4;
  }
}

static void decodeQ4_0(const uint8_t *block, float *target) {
  float d = readHalf(block);
  for (int i = 0; i < 16; ++i) {
    target[i] = float(int32_t(block[2 + i] & 15) - 8) * d;
    target[i + 16] = float(int32_t(block[2 + i] >> 4) - 8) * d;
  }
}

static void decodeQ4_1(const uint8_t *block, float *target) {
  float d = readHalf(block), m = readHalf(block + 2);
  for (int i = 0; i < 16; ++i) {
    target[i] = float(int32_t(block[4 + i] & 15)) * d + m;
    target[i + 16] = float(int32_t(block[4 + i] >> 4)) * d + m;
  }
}

static void decodeQ5_0(const uint8_t *block, float *target) {
  float d = readHalf(block);
  int32_t codes[32];
  unpackNibbles(block + 6, support::endian::read32le(block + 2), codes);
  for (int i = 0; i < 32; ++i)
    target[i] = float(codes[i] - 16) * d;
}

static void decodeQ5_1(const uint8_t *block, float *target) {
  float d = readHalf(block), m = readHalf(block + 2);
  int32_t codes[32];
  unpackNibbles(block + 8, support::endian::read32le(block + 4), codes);
  for (int i = 0; i < 32; ++i)
    target[i] = float(codes[i]) * d + m;
}

static void decodeQ8_0(const uint8_t *block, float *target) {
  float d = readHalf(block);
  for (int i = 0; i < 32; ++i)
    target[i] = float(int32_t(int8_t(block[2 + i]))) * d;
}

//===----------------------------------------------------------------------===//
// Super-blocks of 256
//===----------------------------------------------------------------------===//

/// The 6-bit scale and minimum of sub-block `j` (0..7): the first four lie in the low six bits of bytes 0..3 and 4..7,
/// the last four in nibbles of bytes 8..11 and the top bits of bytes 0..7.
static void readScaleAndMin(const uint8_t *scales, int j, uint8_t &scale, uint8_t &min) {
  if (j < 4) {
    scale = scales[j] & 63;
    min = scales[j + 4] & 63;
    return;
  }
  scale = uint8_t((scales[j + 4] & 15) | (scales[j - 4] >> 6) << 4);
  min = uint8_t((scales[j + 4] >> 4) | (scales[j] >> 6) << 4);
}

/// d, dmin (f16), 12 bytes of scales, 128 of nibbles: 32 bytes hold two sub-blocks of 32, the low nibbles first.
static void decodeQ4_K(const uint8_t *block, float *target) {
  float d = readHalf(block), dmin = readHalf(block + 2);
  for (int j = 0; j < 8; ++j) {
    uint8_t scale, min;
    readScaleAndMin(block + 4, j, scale, min);
    float blockScale = d * float(scale), blockMin = dmin * float(min);
    const uint8_t *codes = block + 16 + j / 2 * 32;
    int shift = j % 2 * 4;
    for (int i = 0; i < 32; ++i)
      target[j * 32 + i] = blockScale * float(int32_t(codes[i] >> shift & 15)) - blockMin;
  }
}

/// As Q4_K with 32 bytes of high bits before the nibbles: bit j of byte i is of element i of sub-block j.
static void decodeQ5_K(const uint8_t *block, float *target) {
  float d = readHalf(block), dmin = readHalf(block + 2);
  const uint8_t *high = block + 16;
  for (int j = 0; j < 8; ++j) {
    uint8_t scale, min;
    readScaleAndMin(block + 4, j, scale, min);
    float blockScale = d * float(scale), blockMin = dmin * float(min);
    const uint8_t *codes = block + 48 + j / 2 * 32;
    int shift = j % 2 * 4;
    for (int i = 0; i < 32; ++i) {
      int32_t code = int32_t(codes[i] >> shift & 15) | int32_t(high[i] >> j & 1) << 4;
      target[j * 32 + i] = blockScale * float(code) - blockMin;
    }
  }
}

/// 128 bytes of low nibbles, 64 of high bit pairs, 16 scales (i8), d (f16). Each half of 128 elements has 64 bytes of
/// nibbles (elements 0..63 low, 64..127 high) and 32 of pairs (element 32 k + i in bits 2 k of byte i).
static void decodeQ6_K(const uint8_t *block, float *target) {
  float d = readHalf(block + 208);
  for (int j = 0; j < 16; ++j) {
    int half = j / 8, k = j % 8 / 2, start = j % 2 * 16;
    float scale = d * float(int32_t(int8_t(block[192 + j])));
    const uint8_t *low = block + half * 64 + k % 2 * 32 + start;
    const uint8_t *high = block + 128 + half * 32 + start;
    int lowShift = k / 2 * 4, highShift = k * 2;
    for (int i = 0; i < 16; ++i) {
      int32_t code = int32_t(low[i] >> lowShift & 15) | int32_t(high[i] >> highShift & 3) << 4;
      target[j * 16 + i] = scale * float(code - 32);
    }
  }
}

template <void (*decodeBlock)(const uint8_t *, float *), int blockBytes, int blockElements>
static void decodeAll(const char *source, int64_t count, float *target) {
  const auto *block = reinterpret_cast<const uint8_t *>(source);
  for (int64_t i = 0; i < count; i += blockElements, block += blockBytes)
    decodeBlock(block, target + i);
}

void quantopt::decodeGgmlBlocks(Storage storage, const char *source, int64_t count, float *target) {
  switch (storage) {
  case Storage::GgmlQ4_0:
    return decodeAll<decodeQ4_0, 18, 32>(source, count, target);
  case Storage::GgmlQ4_1:
    return decodeAll<decodeQ4_1, 20, 32>(source, count, target);
  case Storage::GgmlQ5_0:
    return decodeAll<decodeQ5_0, 22, 32>(source, count, target);
  case Storage::GgmlQ5_1:
    return decodeAll<decodeQ5_1, 24, 32>(source, count, target);
  case Storage::GgmlQ8_0:
    return decodeAll<decodeQ8_0, 34, 32>(source, count, target);
  case Storage::GgmlQ4_K:
    return decodeAll<decodeQ4_K, 144, 256>(source, count, target);
  case Storage::GgmlQ5_K:
    return decodeAll<decodeQ5_K, 176, 256>(source, count, target);
  case Storage::GgmlQ6_K:
    return decodeAll<decodeQ6_K, 210, 256>(source, count, target);
  default:
    llvm_unreachable("not a block format");
  }
}
