//===- FragmentUnpacker.cpp - From nibbles to fragments -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A nibble u (the code plus 8) under the right exponent is a float: 0x4300 | u is the bf16 128 + u, 0x6400 | u the f16
// 1024 + u, and four bits further left 1024 + 16 u. One lop3 makes two of them; a subtraction, exact, gives the code.
//
//===----------------------------------------------------------------------===//

#include "MixedMatmul.h"

#include "Hopper/Hopper.h"

using namespace mlir;
using namespace quantopt;

Value FragmentUnpacker::pair(Value value) {
  auto type = VectorType::get({2}, kernel.element);
  Value vector = LLVM::UndefOp::create(b, type);
  vector = LLVM::InsertElementOp::create(b, vector, value, b.i32(0));
  return LLVM::InsertElementOp::create(b, vector, value, b.i32(1));
}

Value FragmentUnpacker::splat(double value) {
  auto type = VectorType::get({2}, kernel.element);
  bool losesInfo;
  APFloat number(value);
  number.convert(cast<FloatType>(kernel.element).getFloatSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
  return LLVM::ConstantOp::create(b, type, DenseElementsAttr::get(type, ArrayRef<APFloat>(number)));
}

SmallVector<Value> FragmentUnpacker::loadParameters(Value block, Value row, Value rows, Value k) {
  SmallVector<Value> values;
  int64_t perBlock = kernel.groupSize == 32 ? 2 : 1;
  for (int64_t group = 0; group < perBlock; ++group) {
    Value index = b.i32(0);
    // A last block of 32 has one group; its other half is zeros by any scale.
    if (kernel.groupSize == 32)
      index = b.least(b.add(b.mul(block, 2), group), b.add(b.ceilDiv(k, 32), -1));
    else if (kernel.groupSize)
      index = arith::DivUIOp::create(b, block, b.i32(kernel.groupSize / kBlockK));
    for (int64_t half = 0; half < 2; ++half) {
      Value place = b.offset(index, rows, b.add(row, 8 * half));
      values.push_back(b.load(b.address(scales, place, kernel.element), kernel.element, 2));
      if (kernel.hasZeros)
        values.push_back(b.load(b.address(zeros, place, kernel.element), kernel.element, 2));
    }
  }
  return values;
}

/// What is added to the biased floats, minus the offset and the zero point, is an exact integer: below 2^8 for bf16,
/// below 2^11 for f16.
void FragmentUnpacker::setParameters(ArrayRef<Value> values) {
  bool isBf16 = kernel.element.isBF16();
  groups.clear();
  while (!values.empty()) {
    Parameters &parameters = groups.emplace_back();
    for (int64_t half = 0; half < 2; ++half) {
      parameters.scale[half] = pair(values[0]);
      parameters.low[half] = splat(isBf16 ? -136 : -1032);
      parameters.high[half] = splat(-72);
      values = values.drop_front();
      if (!kernel.hasZeros)
        continue;
      Value zero = pair(values[0]);
      parameters.low[half] = LLVM::FSubOp::create(b, parameters.low[half], zero);
      parameters.high[half] = LLVM::FSubOp::create(b, parameters.high[half], zero);
      values = values.drop_front();
    }
  }
}

SmallVector<Value> FragmentUnpacker::unpack(Value word, int64_t step) {
  constexpr uint32_t kTable = 0xea; // (a & b) | c
  bool isBf16 = kernel.element.isBF16();
  auto type = VectorType::get({2}, kernel.element);
  const Parameters &parameters = groups[groups.size() == 1 ? 0 : step / 2];
  SmallVector<Value> fragment;
  for (int64_t i = 0; i < 4; ++i) {
    // Nibbles i and i + 4. f16 takes odd ones where they are, four bits up.
    bool isHigh = !isBf16 && i % 2 == 1;
    Value shifted = b.shr(word, 4 * (isHigh ? i - 1 : i));
    Value bits = hopper::Lop3Op::create(b, kTable, shifted, b.i32(isHigh ? 0x00f000f0 : 0x000f000f),
                                        b.i32(isBf16 ? 0x43004300 : 0x64006400));
    Value value = LLVM::BitcastOp::create(b, type, bits);
    int64_t half = i % 2;
    if (isHigh)
      value = LLVM::FMAOp::create(b, value, splat(1.0 / 16), parameters.high[half]);
    else
      value = LLVM::FAddOp::create(b, value, parameters.low[half]);
    // The weight, rounded to 16 bits as lowp.dequantize rounds it.
    value = LLVM::FMulOp::create(b, value, parameters.scale[half]);
    fragment.push_back(LLVM::BitcastOp::create(b, b.getI32Type(), value));
  }
  return fragment;
}
