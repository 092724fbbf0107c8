//===- TensorMapTest.cpp --------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Limits are those of cuTensorMapEncodeTiled (CUDA driver API).
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Emulator/TensorMap.h"

#include "gtest/gtest.h"
#include <functional>
#include <string>

using namespace quantopt::ptx;

namespace {

TensorMap makeMap() {
  TensorMap map;
  map.element = TensorElement::BF16;
  map.rank = 3;
  map.address = 0x123456789A0;
  map.dims = {1000, 70, uint64_t(1) << 32};
  map.strides = {0, 2000, (uint64_t(1) << 40) - 16};
  map.box = {64, 256, 7};
  map.traversal = {1, 2, 8};
  map.swizzle = Swizzle::B128;
  map.fill = TensorFill::NaN;
  return map;
}

TEST(TensorMap, RoundTrip) {
  TensorMap map = makeMap();
  std::array<uint8_t, TensorMap::encodedBytes> bytes;
  ASSERT_FALSE(bool(encodeTensorMap(map, bytes.data())));
  llvm::Expected<TensorMap> back = decodeTensorMap(bytes.data());
  ASSERT_TRUE(bool(back));
  EXPECT_EQ(back->element, map.element);
  EXPECT_EQ(back->rank, map.rank);
  EXPECT_EQ(back->address, map.address);
  EXPECT_EQ(back->dims, map.dims);
  EXPECT_EQ(back->strides, map.strides);
  EXPECT_EQ(back->box, map.box);
  EXPECT_EQ(back->traversal, map.traversal);
  EXPECT_EQ(back->swizzle, map.swizzle);
  EXPECT_EQ(back->fill, map.fill);
  EXPECT_EQ(map.getCopied(2), 1u);
  EXPECT_EQ(map.getBoxBytes(), 64u * 2 * 128 * 1);
}

TEST(TensorMap, RefusesWhatTheDriverRefuses) {
  struct Case {
    const char *message;
    std::function<void(TensorMap &)> change;
  };
  const Case cases[] = {
      {"rank 6; 1 to 5", [](TensorMap &m) { m.rank = 6; }},
      {"rank 0; 1 to 5", [](TensorMap &m) { m.rank = 0; }},
      {"not a multiple of 16; align the buffer", [](TensorMap &m) { m.address += 8; }},
      {"stride 2008 of dimension 1", [](TensorMap &m) { m.strides[1] = 2008; }},
      {"dimension 2 has 0 elements", [](TensorMap &m) { m.dims[2] = 0; }},
      {"257 elements in dimension 1", [](TensorMap &m) { m.box[1] = 257; }},
      {"element stride 9 in dimension 2", [](TensorMap &m) { m.traversal[2] = 9; }},
      {"element stride 2 in dimension 0", [](TensorMap &m) { m.traversal[0] = 2; }},
      {"inner side of 120 bytes", [](TensorMap &m) { m.box[0] = 60; }},
      {"the swizzle spans 128", [](TensorMap &m) { m.box[0] = 128; }},
      {"the swizzle spans 32", [](TensorMap &m) { m.swizzle = Swizzle::B32; }},
      {"NaN fill of an integer type", [](TensorMap &m) { m.element = TensorElement::U16; }},
  };
  for (const Case &c : cases) {
    TensorMap map = makeMap();
    c.change(map);
    std::string message = llvm::toString(map.verify());
    EXPECT_NE(message.find(c.message), std::string::npos) << "got: " << message << "\nwant: " << c.message;
  }
}

TEST(TensorMap, RefusesOtherBytes) {
  std::array<uint8_t, TensorMap::encodedBytes> bytes = {};
  llvm::Expected<TensorMap> map = decodeTensorMap(bytes.data());
  ASSERT_FALSE(bool(map));
  EXPECT_NE(llvm::toString(map.takeError()).find("other bytes"), std::string::npos);
}

} // namespace
