//===- BoxCopy.cpp - Addresses of a tensor copy ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BoxCopy.h"

#include "Swizzle.h"
#include <algorithm>
#include <cassert>

using namespace quantopt::ptx;

namespace {

/// A row of the box: its place in global memory and the bytes of it that are inside of the tensor.
struct BoxRow {
  uint64_t global = 0;
  int64_t begin = 0, end = 0;
};

} // namespace

/// The row at `index` of the dimensions 1 and up.
static BoxRow getRow(const TensorMap &map, llvm::ArrayRef<int32_t> coordinates,
                     const std::array<uint32_t, TensorMap::maxRank> &index) {
  int64_t bytes = getTensorElementBytes(map.element);
  int64_t first = coordinates[0] * bytes, size = int64_t(map.dims[0]) * bytes, width = map.box[0] * bytes;
  BoxRow row;
  row.global = map.address + uint64_t(first);
  row.begin = std::clamp<int64_t>(-first, 0, width);
  row.end = std::clamp<int64_t>(size - first, row.begin, width);
  for (unsigned dim = 1; dim != map.rank; ++dim) {
    int64_t at = coordinates[dim] + int64_t(index[dim]) * map.traversal[dim];
    row.global += uint64_t(at) * map.strides[dim];
    if (at < 0 || at >= int64_t(map.dims[dim]))
      row.end = row.begin = 0;
  }
  return row;
}

void quantopt::ptx::forEachBoxChunk(const TensorMap &map, llvm::ArrayRef<int32_t> coordinates, uint32_t shared,
                                    llvm::function_ref<void(const BoxChunk &)> visit) {
  assert(coordinates.size() == map.rank && "one coordinate a dimension");
  int64_t width = int64_t(map.box[0]) * getTensorElementBytes(map.element);
  std::array<uint32_t, TensorMap::maxRank> index = {};
  unsigned dim = 0;
  do {
    BoxRow row = getRow(map, coordinates, index);
    for (int64_t at = 0; at < width; at += 16, shared += 16) {
      BoxChunk chunk;
      chunk.shared = applySwizzle(shared, map.swizzle);
      chunk.global = row.global + uint64_t(at);
      chunk.begin = uint32_t(std::clamp<int64_t>(row.begin - at, 0, 16));
      chunk.end = uint32_t(std::clamp<int64_t>(row.end - at, chunk.begin, 16));
      visit(chunk);
    }
    // Next row: the odometer of the outer dimensions.
    for (dim = 1; dim < map.rank && ++index[dim] == map.getCopied(dim); ++dim)
      index[dim] = 0;
  } while (dim < map.rank);
}

std::array<uint8_t, 16> quantopt::ptx::getFillChunk(const TensorMap &map) {
  std::array<uint8_t, 16> chunk = {};
  if (map.fill == TensorFill::Zero)
    return chunk;
  // The canonical NaN of every format is all ones but for the sign.
  chunk.fill(0xFF);
  unsigned bytes = getTensorElementBytes(map.element);
  for (unsigned at = bytes - 1; at < chunk.size(); at += bytes)
    chunk[at] = 0x7F;
  return chunk;
}
