//===- BoxCopyTest.cpp ----------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Boxes against a copy element by element.
//
//===----------------------------------------------------------------------===//

#include "BoxCopy.h"

#include "gtest/gtest.h"
#include <cstring>
#include <random>
#include <vector>

using namespace quantopt::ptx;

namespace {

struct Tensor {
  TensorMap map;
  std::vector<uint8_t> bytes; // from map.address on
};

/// A tensor of random bytes with padded rows.
Tensor makeTensor(TensorElement element, std::vector<uint64_t> dims, std::vector<uint32_t> box, Swizzle swizzle) {
  Tensor tensor;
  TensorMap &map = tensor.map;
  map.element = element;
  map.rank = unsigned(dims.size());
  map.address = 1 << 20;
  map.swizzle = swizzle;
  uint64_t stride = dims[0] * getTensorElementBytes(element);
  for (unsigned d = 0; d != map.rank; ++d) {
    map.dims[d] = dims[d];
    map.box[d] = box[d];
    map.traversal[d] = 1;
    if (d > 0) {
      stride = (stride + 15) / 16 * 16 + 16;
      map.strides[d] = stride;
      stride *= dims[d];
    }
  }
  tensor.bytes.resize(stride + 64);
  std::mt19937 random(7);
  for (uint8_t &byte : tensor.bytes)
    byte = uint8_t(random());
  EXPECT_FALSE(bool(map.verify()));
  return tensor;
}

/// The box as five nested loops see it, unswizzled.
std::vector<uint8_t> copyByElement(const Tensor &tensor, std::array<int64_t, 5> at) {
  const TensorMap &map = tensor.map;
  unsigned bytes = getTensorElementBytes(map.element);
  std::array<int64_t, 5> box = {1, 1, 1, 1, 1};
  for (unsigned d = 0; d != map.rank; ++d)
    box[d] = (map.box[d] + map.traversal[d] - 1) / map.traversal[d];
  std::vector<uint8_t> out;
  std::array<int64_t, 5> i;
  for (i[4] = 0; i[4] != box[4]; ++i[4])
    for (i[3] = 0; i[3] != box[3]; ++i[3])
      for (i[2] = 0; i[2] != box[2]; ++i[2])
        for (i[1] = 0; i[1] != box[1]; ++i[1])
          for (i[0] = 0; i[0] != box[0]; ++i[0]) {
            bool isInside = true;
            int64_t offset = 0;
            for (unsigned d = 0; d != map.rank; ++d) {
              int64_t index = at[d] + i[d] * map.traversal[d];
              isInside &= index >= 0 && index < int64_t(map.dims[d]);
              offset += index * (d == 0 ? bytes : int64_t(map.strides[d]));
            }
            for (unsigned b = 0; b != bytes; ++b)
              out.push_back(isInside ? tensor.bytes[size_t(offset) + b] : 0);
          }
  return out;
}

/// Swizzle<B, 4, 3> of the address.
uint32_t swizzleAddress(Swizzle swizzle, uint32_t address) {
  unsigned bits = swizzle == Swizzle::None ? 0 : swizzle == Swizzle::B32 ? 1 : swizzle == Swizzle::B64 ? 2 : 3;
  return address ^ ((address >> 7) % (1u << bits)) * 16;
}

/// The same by chunks, back in unswizzled order.
std::vector<uint8_t> copyByChunk(const Tensor &tensor, std::array<int64_t, 5> at, uint32_t shared) {
  std::vector<int32_t> coordinates(at.begin(), at.begin() + tensor.map.rank);
  std::vector<uint8_t> out;
  forEachBoxChunk(tensor.map, coordinates, shared, [&](const BoxChunk &chunk) {
    std::array<uint8_t, 16> bytes = getFillChunk(tensor.map);
    if (chunk.begin != chunk.end) // of other chunks the address may lie anywhere
      std::memcpy(bytes.data() + chunk.begin, tensor.bytes.data() + (chunk.global + chunk.begin - tensor.map.address),
                  chunk.end - chunk.begin);
    EXPECT_EQ(chunk.shared, swizzleAddress(tensor.map.swizzle, shared + uint32_t(out.size())));
    out.insert(out.end(), bytes.begin(), bytes.end());
  });
  return out;
}

TEST(BoxCopy, InsideAndAcrossEveryEdge) {
  const Tensor tensors[] = {
      makeTensor(TensorElement::U8, {100}, {64}, Swizzle::None),
      makeTensor(TensorElement::U8, {300, 20}, {128, 8}, Swizzle::B128),
      makeTensor(TensorElement::BF16, {40, 9, 5}, {32, 4, 3}, Swizzle::B64),
      makeTensor(TensorElement::F32, {11, 6, 4, 3}, {8, 2, 3, 2}, Swizzle::B32),
      makeTensor(TensorElement::F64, {7, 3, 4, 2, 3}, {2, 2, 3, 1, 2}, Swizzle::None),
  };
  std::mt19937 random(11);
  for (const Tensor &tensor : tensors)
    for (unsigned round = 0; round != 200; ++round) {
      std::array<int64_t, 5> at = {};
      for (unsigned d = 0; d != tensor.map.rank; ++d)
        at[d] = int64_t(random() % (tensor.map.dims[d] + 2 * tensor.map.box[d])) - int64_t(tensor.map.box[d]);
      std::vector<uint8_t> expected = copyByElement(tensor, at);
      ASSERT_EQ(expected.size(), tensor.map.getBoxBytes());
      ASSERT_EQ(copyByChunk(tensor, at, 1024), expected) << "rank " << tensor.map.rank << " round " << round;
    }
}

TEST(BoxCopy, ElementStrides) {
  Tensor tensor = makeTensor(TensorElement::U16, {64, 30, 10}, {16, 9, 4}, Swizzle::None);
  tensor.map.traversal = {1, 4, 3, 1, 1};
  EXPECT_EQ(tensor.map.getBoxBytes(), 16u * 2 * 3 * 2);
  for (int64_t row : {-2, 0, 5, 25})
    EXPECT_EQ(copyByChunk(tensor, {3, row, 7, 0, 0}, 256), copyByElement(tensor, {3, row, 7, 0, 0}));
}

TEST(BoxCopy, SwizzleFollowsTheSharedAddress) {
  // A destination in the middle of a pattern: the permutation depends on the address, not on the row of the box.
  Tensor tensor = makeTensor(TensorElement::U8, {128, 8}, {128, 4}, Swizzle::B128);
  EXPECT_EQ(copyByChunk(tensor, {}, 1024 + 3 * 128), copyByElement(tensor, {}));
}

TEST(BoxCopy, NaNFill) {
  Tensor tensor = makeTensor(TensorElement::F16, {64, 8}, {64, 4}, Swizzle::None);
  tensor.map.fill = TensorFill::NaN;
  std::array<uint8_t, 16> chunk = getFillChunk(tensor.map);
  for (unsigned i = 0; i != 16; i += 2) {
    EXPECT_EQ(chunk[i], 0xFF);
    EXPECT_EQ(chunk[i + 1], 0x7F);
  }
}

} // namespace
