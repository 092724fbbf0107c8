//===- TensorMap.cpp - Tensor maps of the emulator ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Emulator/TensorMap.h"

#include "Swizzle.h"
#include "llvm/Support/Endian.h"
#include <algorithm>
#include <cstring>
#include <iterator>

using namespace quantopt::ptx;
using llvm::createStringError;
using llvm::Error;
namespace endian = llvm::support::endian;

unsigned quantopt::ptx::getTensorElementBytes(TensorElement element) {
  switch (element) {
  case TensorElement::U8:
    return 1;
  case TensorElement::U16:
  case TensorElement::F16:
  case TensorElement::BF16:
    return 2;
  case TensorElement::U64:
  case TensorElement::S64:
  case TensorElement::F64:
    return 8;
  default:
    return 4;
  }
}

static bool isFloat(TensorElement element) {
  return element >= TensorElement::F16 && element <= TensorElement::TF32Ftz;
}

uint32_t TensorMap::getBoxBytes() const {
  uint32_t bytes = getTensorElementBytes(element);
  for (unsigned dim = 0; dim != rank; ++dim)
    bytes *= getCopied(dim);
  return bytes;
}

/// Rules of one dimension.
static Error verifyDimension(const TensorMap &map, unsigned dim) {
  if (map.dims[dim] == 0 || map.dims[dim] > uint64_t(1) << 32)
    return createStringError("tensor map: dimension %u has %llu elements; 1 to 2^32 are allowed", dim,
                             static_cast<unsigned long long>(map.dims[dim]));
  if (map.box[dim] == 0 || map.box[dim] > 256)
    return createStringError("tensor map: the box has %u elements in dimension %u; 1 to 256 are allowed", map.box[dim],
                             dim);
  if (map.traversal[dim] == 0 || map.traversal[dim] > 8)
    return createStringError("tensor map: element stride %u in dimension %u; 1 to 8 are allowed", map.traversal[dim],
                             dim);
  if (dim > 0 && (map.strides[dim] % 16 != 0 || map.strides[dim] >= uint64_t(1) << 40))
    return createStringError("tensor map: stride %llu of dimension %u is not a multiple of 16 below 2^40; pad the rows",
                             static_cast<unsigned long long>(map.strides[dim]), dim);
  return Error::success();
}

Error TensorMap::verify() const {
  if (rank == 0 || rank > maxRank)
    return createStringError("tensor map: rank %u; 1 to 5 are allowed", rank);
  if (element > TensorElement::TF32Ftz || swizzle > Swizzle::B128 || fill > TensorFill::NaN)
    return createStringError("tensor map: unknown element type, swizzle or fill");
  if (address % 16 != 0)
    return createStringError("tensor map: address 0x%llx is not a multiple of 16; align the buffer",
                             static_cast<unsigned long long>(address));
  for (unsigned dim = 0; dim != rank; ++dim)
    if (Error error = verifyDimension(*this, dim))
      return error;
  if (traversal[0] != 1)
    return createStringError("tensor map: element stride %u in dimension 0, which must be 1", traversal[0]);
  uint32_t inner = box[0] * getTensorElementBytes(element);
  if (inner % 16 != 0)
    return createStringError("tensor map: the box's inner side of %u bytes is not a multiple of 16; widen the box",
                             inner);
  uint32_t span = getSwizzleSpan(swizzle);
  if (swizzle != Swizzle::None && inner != span)
    return createStringError(
        "tensor map: the box's inner side is %u bytes and the swizzle spans %u; make them equal or "
        "choose another swizzle",
        inner, span);
  if (fill == TensorFill::NaN && !isFloat(element))
    return createStringError("tensor map: NaN fill of an integer type; use zero fill");
  return Error::success();
}

//===----------------------------------------------------------------------===//
// The encoded form: little-endian fields one after the other
//===----------------------------------------------------------------------===//

static constexpr uint64_t magic = 0x31504D54'544F4E51; // "QNOTTMP1"

namespace {
/// Offsets of the fields.
enum Field : size_t {
  MagicAt = 0,
  AddressAt = 8,
  DimsAt = 16,                                 // one less than the size, 4 bytes each
  StridesAt = DimsAt + 4 * TensorMap::maxRank, // sixteenths, 5 bytes each
  BoxAt = StridesAt + 5 * TensorMap::maxRank,  // one less than the size, a byte each
  TraversalAt = BoxAt + TensorMap::maxRank,    // a byte each
  ElementAt = TraversalAt + TensorMap::maxRank,
  RankAt,
  SwizzleAt,
  FillAt,
  EndAt
};
} // namespace
static_assert(EndAt <= TensorMap::encodedBytes);

static void writeStride(uint8_t *bytes, unsigned dim, uint64_t stride) {
  for (unsigned byte = 0; byte != 5; ++byte)
    bytes[StridesAt + 5 * dim + byte] = uint8_t(stride / 16 >> 8 * byte);
}

Error quantopt::ptx::encodeTensorMap(const TensorMap &map, uint8_t *bytes) {
  if (Error error = map.verify())
    return error;
  std::fill(bytes, bytes + TensorMap::encodedBytes, 0);
  endian::write64le(bytes + MagicAt, magic);
  endian::write64le(bytes + AddressAt, map.address);
  for (unsigned dim = 0; dim != map.rank; ++dim) {
    endian::write32le(bytes + DimsAt + 4 * dim, uint32_t(map.dims[dim] - 1));
    writeStride(bytes, dim, dim == 0 ? 0 : map.strides[dim]);
    bytes[BoxAt + dim] = uint8_t(map.box[dim] - 1);
    bytes[TraversalAt + dim] = uint8_t(map.traversal[dim]);
  }
  bytes[ElementAt] = uint8_t(map.element);
  bytes[RankAt] = uint8_t(map.rank);
  bytes[SwizzleAt] = uint8_t(map.swizzle);
  bytes[FillAt] = uint8_t(map.fill);
  return Error::success();
}

/// The element type of a code of tensormap.replace, whose order is not that of CUtensorMapDataType.
static bool getReplacedElement(uint64_t code, TensorElement &element) {
  constexpr TensorElement elements[] = {
      TensorElement::U8,   TensorElement::U16,  TensorElement::U32,    TensorElement::S32,    TensorElement::U64,
      TensorElement::S64,  TensorElement::F16,  TensorElement::F32,    TensorElement::F32Ftz, TensorElement::F64,
      TensorElement::BF16, TensorElement::TF32, TensorElement::TF32Ftz};
  if (code >= std::size(elements))
    return false;
  element = elements[code];
  return true;
}

/// Element type, swizzle, fill and the rest whose values are a few codes. False for one that is not here.
static bool replaceCode(uint8_t *bytes, TensorMapField field, uint64_t value) {
  TensorElement element;
  switch (field) {
  case TensorMapField::Element:
    if (!getReplacedElement(value, element))
      return false;
    bytes[ElementAt] = uint8_t(element);
    return true;
  case TensorMapField::Swizzle:
    bytes[SwizzleAt] = uint8_t(value);
    return value <= uint64_t(Swizzle::B128);
  case TensorMapField::Fill:
    bytes[FillAt] = uint8_t(value);
    return value <= uint64_t(TensorFill::NaN);
  default: // interleave and atomicity: the plain ones
    return value == 0;
  }
}

Error quantopt::ptx::replaceTensorMapField(uint8_t *bytes, TensorMapField field, unsigned ordinal, uint64_t value) {
  endian::write64le(bytes + MagicAt, magic);
  // An element stride that nobody sets is 1.
  for (unsigned dim = 0; dim != TensorMap::maxRank; ++dim)
    bytes[TraversalAt + dim] = std::max<uint8_t>(bytes[TraversalAt + dim], 1);
  if (ordinal + (field == TensorMapField::GlobalStride) >= TensorMap::maxRank)
    return createStringError("ordinal %u of a tensor map; there are 5 dimensions", ordinal);
  switch (field) {
  case TensorMapField::GlobalAddress:
    endian::write64le(bytes + AddressAt, value);
    break;
  case TensorMapField::Rank:
    bytes[RankAt] = uint8_t(value + 1);
    break;
  case TensorMapField::BoxDim:
    bytes[BoxAt + ordinal] = uint8_t(value - 1);
    break;
  case TensorMapField::GlobalDim:
    endian::write32le(bytes + DimsAt + 4 * ordinal, uint32_t(value - 1));
    break;
  case TensorMapField::GlobalStride:
    writeStride(bytes, ordinal + 1, value);
    break;
  case TensorMapField::ElementStride:
    bytes[TraversalAt + ordinal] = uint8_t(value);
    break;
  default:
    if (!replaceCode(bytes, field, value))
      return createStringError("value %llu of a tensor map's field is not emulated",
                               static_cast<unsigned long long>(value));
  }
  return Error::success();
}

llvm::Expected<TensorMap> quantopt::ptx::decodeTensorMap(const uint8_t *bytes) {
  if (endian::read64le(bytes + MagicAt) != magic)
    return createStringError("tensor map: other bytes than encodeTensorMap writes");
  TensorMap map;
  map.address = endian::read64le(bytes + AddressAt);
  map.element = static_cast<TensorElement>(bytes[ElementAt]);
  map.rank = std::min<unsigned>(bytes[RankAt], TensorMap::maxRank);
  map.swizzle = static_cast<Swizzle>(bytes[SwizzleAt]);
  map.fill = static_cast<TensorFill>(bytes[FillAt]);
  for (unsigned dim = 0; dim != map.rank; ++dim) {
    map.dims[dim] = uint64_t(endian::read32le(bytes + DimsAt + 4 * dim)) + 1;
    uint64_t sixteenths = 0;
    for (unsigned byte = 0; byte != 5; ++byte)
      sixteenths |= uint64_t(bytes[StridesAt + 5 * dim + byte]) << 8 * byte;
    map.strides[dim] = sixteenths * 16;
    map.box[dim] = uint32_t(bytes[BoxAt + dim]) + 1;
    map.traversal[dim] = bytes[TraversalAt + dim];
  }
  if (Error error = map.verify())
    return std::move(error);
  return map;
}
