//===- TensorMapSpecTest.cpp - Which end of the lists is contiguous -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Launch/LaunchFile.h"
#include "gtest/gtest.h"

using namespace quantopt;

namespace {

/// A matrix of 64 rows of 256 bytes (in an array of `arrayShape`), boxes of 8 rows and 128 bytes.
struct Spec : LaunchTensorMap {
  Spec(llvm::ArrayRef<int64_t> shapeOf, llvm::ArrayRef<int64_t> boxOf, llvm::ArrayRef<int64_t> stridesOf = {}) {
    place = "map";
    type = findLaunchType("u8");
    shape.assign(shapeOf.begin(), shapeOf.end());
    box.assign(boxOf.begin(), boxOf.end());
    strides.assign(stridesOf.begin(), stridesOf.end());
  }
};

void expectMatrix(const LaunchTensorMap &spec, llvm::ArrayRef<int64_t> arrayShape, uint64_t columns, uint64_t rows,
                  uint64_t stride, uint32_t boxColumns, uint32_t boxRows) {
  llvm::Expected<ptx::TensorMap> map = resolveTensorMap(spec, arrayShape, 4096);
  ASSERT_TRUE(bool(map)) << llvm::toString(map.takeError());
  EXPECT_EQ(map->address, 4096u);
  EXPECT_EQ(map->rank, 2u);
  EXPECT_EQ(map->dims[0], columns);
  EXPECT_EQ(map->dims[1], rows);
  EXPECT_EQ(map->strides[1], stride);
  EXPECT_EQ(map->box[0], boxColumns);
  EXPECT_EQ(map->box[1], boxRows);
  EXPECT_EQ(map->traversal[0], 1u);
}

TEST(TensorMapSpec, DenseIsRowMajor) { expectMatrix(Spec({64, 256}, {8, 128}), {64, 256}, 256, 64, 256, 128, 8); }

TEST(TensorMapSpec, StridesOfAllDimensionsSayIt) {
  expectMatrix(Spec({64, 256}, {8, 128}, {512, 1}), {1 << 15}, 256, 64, 512, 128, 8);
  expectMatrix(Spec({256, 64}, {128, 8}, {1, 512}), {1 << 15}, 256, 64, 512, 128, 8);
  llvm::Expected<ptx::TensorMap> none = resolveTensorMap(Spec({64, 256}, {8, 128}, {512, 16}), {1 << 15}, 4096);
  ASSERT_FALSE(bool(none));
  EXPECT_EQ(llvm::toString(none.takeError()), "map.strides: neither the first nor the last is that of one element (1 "
                                              "bytes); a tensor map has one contiguous dimension");
}

TEST(TensorMapSpec, StridesInElements) {
  Spec spec({64, 256}, {8, 64}, {512, 1});
  spec.type = findLaunchType("f16");
  expectMatrix(spec, {64, 512}, 256, 64, 1024, 64, 8);
  Spec bytes({64, 256}, {8, 64}, {1024, 2});
  bytes.type = findLaunchType("bf16");
  expectMatrix(bytes, {64, 512}, 256, 64, 1024, 64, 8);
}

TEST(TensorMapSpec, ShapeOfTheArraySaysIt) {
  expectMatrix(Spec({64, 256}, {8, 128}, {256}), {64, 256}, 256, 64, 256, 128, 8);
  expectMatrix(Spec({256, 64}, {128, 8}, {256}), {64, 256}, 256, 64, 256, 128, 8);
}

TEST(TensorMapSpec, StridesDecide) {
  // Either order makes sense: the driver's.
  expectMatrix(Spec({256, 64}, {128, 8}, {256}), {1 << 14}, 256, 64, 256, 128, 8);
  // Rows of 256 bytes cannot begin every 64.
  expectMatrix(Spec({256, 64}, {128, 32}, {64}), {1 << 14}, 64, 256, 64, 32, 128);
}

TEST(TensorMapSpec, SquareFollowsTheBox) {
  Spec spec({256, 256}, {8, 128}, {256});
  spec.swizzle = ptx::Swizzle::B128; // 8 bytes are no line of it
  expectMatrix(spec, {256, 256}, 256, 256, 256, 128, 8);
  Spec driver({256, 256}, {128, 8}, {256});
  driver.swizzle = ptx::Swizzle::B128;
  expectMatrix(driver, {256, 256}, 256, 256, 256, 128, 8);
}

TEST(TensorMapSpec, RefusesWhatNoMapHolds) {
  Spec spec({64, 256}, {8, 128});
  spec.type = findLaunchType("i4");
  llvm::Expected<ptx::TensorMap> map = resolveTensorMap(spec, {64, 256}, 4096);
  ASSERT_FALSE(bool(map));
  EXPECT_EQ(llvm::toString(map.takeError()), "map: tensor maps have no elements of type i4; give the bytes as u8");
  map = resolveTensorMap(Spec({64, 250}, {8, 128}), {64, 250}, 4096);
  ASSERT_FALSE(bool(map));
  EXPECT_EQ(llvm::toString(map.takeError()).substr(0, 5), "map: ");
}

} // namespace
