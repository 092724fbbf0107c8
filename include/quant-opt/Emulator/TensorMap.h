//===- TensorMap.h - Tensor maps of the emulator -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The 128 opaque bytes that cp.async.bulk.tensor reads. NVIDIA's encoding is
// not public, so the emulator has one of its own; what can be encoded and what
// is refused follows cuTensorMapEncodeTiled of the CUDA driver API.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EMULATOR_TENSORMAP_H
#define QUANTOPT_EMULATOR_TENSORMAP_H

#include "llvm/Support/Error.h"
#include <array>
#include <cstdint>

namespace quantopt::ptx {

/// Bytes of a line within which 16-byte chunks change places. The order is that of CUtensorMapSwizzle.
enum class Swizzle : uint8_t { None, B32, B64, B128 };

/// Element types; values are those of CUtensorMapDataType.
enum class TensorElement : uint8_t {
  U8,
  U16,
  U32,
  S32,
  U64,
  S64,
  F16,
  F32,
  F64,
  BF16,
  F32Ftz,
  TF32,
  TF32Ftz,
};

/// Bytes of an element.
unsigned getTensorElementBytes(TensorElement element);

/// What elements outside of the tensor read as.
enum class TensorFill : uint8_t { Zero, NaN };

/// A tensor of 1 to 5 dimensions in global memory and the box of it that one copy moves. Dimension 0 is contiguous.
struct TensorMap {
  static constexpr unsigned maxRank = 5;
  /// Bytes of the encoded form; a kernel parameter is aligned to 64.
  static constexpr size_t encodedBytes = 128;

  TensorElement element = TensorElement::U8;
  unsigned rank = 0;
  uint64_t address = 0;                         // device address, 16-byte aligned
  std::array<uint64_t, maxRank> dims = {};      // elements, 1 .. 2^32
  std::array<uint64_t, maxRank> strides = {};   // bytes from one index of dimension i to the next; [0] is not used
  std::array<uint32_t, maxRank> box = {};       // elements, 1 .. 256
  std::array<uint32_t, maxRank> traversal = {}; // every how many elements of the box one is copied, 1 .. 8
  Swizzle swizzle = Swizzle::None;
  TensorFill fill = TensorFill::Zero;

  /// Elements of a box along a dimension that are copied: box / traversal, rounded up.
  uint32_t getCopied(unsigned dim) const { return (box[dim] + traversal[dim] - 1) / traversal[dim]; }
  /// Bytes that a box takes in shared memory, and that a load counts on its mbarrier, inside the tensor or not.
  uint32_t getBoxBytes() const;

  /// An error that names the rule broken, or success. Rules: address and strides multiples of 16, strides below 2^40,
  /// the inner side of a box a multiple of 16 bytes, at most the swizzle's span and, with a swizzle, no shorter (how
  /// the hardware lays out such a box is not documented), NaN fill for floats only.
  llvm::Error verify() const;
};

/// Writes the 128 bytes; an error of `verify` leaves them as they were.
llvm::Error encodeTensorMap(const TensorMap &map, uint8_t *bytes);

/// Fields that tensormap.replace changes.
enum class TensorMapField : uint8_t {
  GlobalAddress,
  Rank, // one less than the rank
  BoxDim,
  GlobalDim,
  GlobalStride, // bytes; ordinal 0 is that of dimension 1
  ElementStride,
  Element, // a TensorElement, in the numbering of tensormap.replace
  Interleave,
  Swizzle,
  SwizzleAtomicity,
  Fill,
};

/// Changes one field of an encoded map, or of 128 zeros, which are a map in the making: what is wrong with the whole is
/// found when it is decoded. An error for a value that the emulator has no code for.
llvm::Error replaceTensorMapField(uint8_t *bytes, TensorMapField field, unsigned ordinal, uint64_t value);

/// Reads what encodeTensorMap wrote; an error when the bytes are anything else.
llvm::Expected<TensorMap> decodeTensorMap(const uint8_t *bytes);

} // namespace quantopt::ptx

#endif // QUANTOPT_EMULATOR_TENSORMAP_H
