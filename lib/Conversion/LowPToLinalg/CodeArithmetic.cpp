//===- CodeArithmetic.cpp - Scalar arithmetic on codes --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeArithmetic.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/BuiltinTypes.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/ADT/bit.h"
#include <cmath>

using namespace mlir;
using namespace quantopt;

FloatType quantopt::getComputeType(Type code, Type real, Type scale) {
  bool wide = isa<IntegerType>(code) && (real.isF64() || scale.isF64());
  return wide ? FloatType(Float64Type::get(code.getContext())) : FloatType(Float32Type::get(code.getContext()));
}

Value quantopt::emitFloatCast(ImplicitLocOpBuilder &b, Value value, FloatType type) {
  unsigned from = value.getType().getIntOrFloatBitWidth(), to = type.getWidth();
  if (value.getType() == type)
    return value;
  if (from < to)
    return arith::ExtFOp::create(b, type, value);
  if (from > to)
    return arith::TruncFOp::create(b, type, value);
  // f16 and bf16 have one width: through f32, which holds both.
  return arith::TruncFOp::create(b, type, arith::ExtFOp::create(b, b.getF32Type(), value));
}

Value quantopt::emitFloat(ImplicitLocOpBuilder &b, Type type, double value) {
  return arith::ConstantOp::create(b, b.getFloatAttr(type, value));
}

static Value emitInt(ImplicitLocOpBuilder &b, uint32_t value) {
  return arith::ConstantOp::create(b, b.getI32IntegerAttr(int32_t(value)));
}

//===----------------------------------------------------------------------===//
// Integer codes
//===----------------------------------------------------------------------===//

/// round(real / scale) + zero, clamped to the codes, in the type of `real`; NaN gives 0.
static Value emitRoundAndClamp(ImplicitLocOpBuilder &b, Value value, IntegerType code) {
  Type type = value.getType();
  double half = std::ldexp(1.0, int(code.getWidth()) - 1);
  Value low = emitFloat(b, type, -half), high = emitFloat(b, type, half - 1), none = emitFloat(b, type, 0.0);
  // Compare and select, unlike the min and max operations, needs no NaN handling of its own: one instruction each.
  auto choose = [&](arith::CmpFPredicate predicate, Value other) {
    Value keep = arith::CmpFOp::create(b, predicate, value, other);
    value = arith::SelectOp::create(b, keep, value, other);
  };
  Value isNumber = arith::CmpFOp::create(b, arith::CmpFPredicate::ORD, value, value);
  value = arith::SelectOp::create(b, isNumber, value, none);
  choose(arith::CmpFPredicate::OGT, low);
  choose(arith::CmpFPredicate::OLT, high);
  return value;
}

Value quantopt::emitSaturate(ImplicitLocOpBuilder &b, Value value, IntegerType code) {
  return arith::FPToSIOp::create(b, b.getI8Type(), emitRoundAndClamp(b, value, code));
}

//===----------------------------------------------------------------------===//
// 8-bit floats
//===----------------------------------------------------------------------===//

namespace {
struct Float8Layout {
  unsigned mantissaBits;
  int bias;
  float largest;
  uint32_t firstSpecial; ///< codes from here on, without sign, are no finite numbers

  unsigned getShift() const { return 23 - mantissaBits; }
  float getSmallestNormal() const { return std::ldexp(1.0f, 1 - bias); }
  float getSmallestSubnormal() const { return std::ldexp(1.0f, 1 - bias - int(mantissaBits)); }
  /// What the biased exponent of f32 is larger by.
  uint32_t getBiasDifference() const { return 127 - bias; }
};
} // namespace

static Float8Layout getLayout(Type code) {
  if (isa<Float8E5M2Type>(code))
    return {2, 15, maxF8E5M2, 0x7C};
  assert(isa<Float8E4M3FNType>(code) && "verifiers admit two 8-bit floats");
  return {3, 7, maxF8E4M3, 0x7F};
}

static uint32_t getBits(float value) { return llvm::bit_cast<uint32_t>(value); }

Value quantopt::emitEncodeFloat8(ImplicitLocOpBuilder &b, Value value, Type code, bool saturate) {
  Float8Layout layout = getLayout(code);
  Type i32 = b.getI32Type(), f32 = b.getF32Type();
  Value shift = emitInt(b, layout.getShift());
  Value bits = arith::BitcastOp::create(b, i32, value);
  Value magnitude = arith::AndIOp::create(b, bits, emitInt(b, 0x7FFFFFFF));
  Value isNaN = arith::CmpIOp::create(b, arith::CmpIPredicate::ugt, magnitude, emitInt(b, 0x7F800000));
  if (saturate)
    magnitude = arith::MinUIOp::create(b, magnitude, emitInt(b, getBits(layout.largest)));

  // Half to even on the bits: half an ulp less one, plus the last bit that stays.
  Value last = arith::AndIOp::create(b, arith::ShRUIOp::create(b, magnitude, shift), emitInt(b, 1));
  Value sum = arith::AddIOp::create(b, magnitude, emitInt(b, (1u << (layout.getShift() - 1)) - 1));
  Value rounded = arith::ShRUIOp::create(b, arith::AddIOp::create(b, sum, last), shift);
  Value normal = arith::SubIOp::create(b, rounded, emitInt(b, layout.getBiasDifference() << layout.mantissaBits));

  // Below the normal range, adding a number whose ulp is the spacing of subnormals rounds to a multiple of it.
  float magic = std::ldexp(layout.getSmallestSubnormal(), 23);
  Value shifted = arith::AddFOp::create(b, arith::BitcastOp::create(b, f32, magnitude), emitFloat(b, f32, magic));
  Value subnormal = arith::SubIOp::create(b, arith::BitcastOp::create(b, i32, shifted), emitInt(b, getBits(magic)));

  Value isSmall =
      arith::CmpIOp::create(b, arith::CmpIPredicate::ult, magnitude, emitInt(b, getBits(layout.getSmallestNormal())));
  Value result = arith::SelectOp::create(b, isSmall, subnormal, normal);
  if (!saturate)
    result = arith::MinUIOp::create(b, result, emitInt(b, layout.firstSpecial));
  Value sign = arith::AndIOp::create(b, arith::ShRUIOp::create(b, bits, emitInt(b, 24)), emitInt(b, 0x80));
  result = arith::SelectOp::create(b, isNaN, emitInt(b, nanF8), arith::OrIOp::create(b, result, sign));
  return arith::TruncIOp::create(b, b.getI8Type(), result);
}

Value quantopt::emitDecodeFloat8(ImplicitLocOpBuilder &b, Value carried, Type code) {
  Float8Layout layout = getLayout(code);
  Type i32 = b.getI32Type(), f32 = b.getF32Type();
  Value bits = arith::ExtUIOp::create(b, i32, carried);
  Value magnitude = arith::AndIOp::create(b, bits, emitInt(b, 0x7F));
  Value aligned = arith::ShLIOp::create(b, magnitude, emitInt(b, layout.getShift()));
  Value normal = arith::AddIOp::create(b, aligned, emitInt(b, layout.getBiasDifference() << 23));
  // Not by multiplying an f32 subnormal, which costs a trap on most CPUs.
  Value small = arith::MulFOp::create(b, arith::SIToFPOp::create(b, f32, magnitude),
                                      emitFloat(b, f32, layout.getSmallestSubnormal()));
  Value isSmall = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, magnitude, emitInt(b, 1u << layout.mantissaBits));
  Value result = arith::SelectOp::create(b, isSmall, arith::BitcastOp::create(b, i32, small), normal);
  // The mantissa of a special stays: infinity has none, a NaN keeps its quiet bit.
  Value isSpecial = arith::CmpIOp::create(b, arith::CmpIPredicate::uge, magnitude, emitInt(b, layout.firstSpecial));
  Value special = arith::OrIOp::create(b, aligned, emitInt(b, 0x7F800000));
  result = arith::SelectOp::create(b, isSpecial, special, result);
  Value sign = arith::ShLIOp::create(b, arith::AndIOp::create(b, bits, emitInt(b, 0x80)), emitInt(b, 24));
  return arith::BitcastOp::create(b, f32, arith::OrIOp::create(b, result, sign));
}

//===----------------------------------------------------------------------===//
// Codes of either kind
//===----------------------------------------------------------------------===//

Value quantopt::emitQuantize(ImplicitLocOpBuilder &b, Type code, Value real, Value scale, Value zero) {
  FloatType type = getComputeType(code, real.getType(), scale.getType());
  Value value = arith::DivFOp::create(b, emitFloatCast(b, real, type), emitFloatCast(b, scale, type));
  auto integer = dyn_cast<IntegerType>(code);
  if (!integer)
    return emitEncodeFloat8(b, value, code, /*saturate=*/true);
  value = math::RoundEvenOp::create(b, value);
  if (zero)
    value = arith::AddFOp::create(b, value, arith::SIToFPOp::create(b, type, zero));
  return emitSaturate(b, value, integer);
}

Value quantopt::emitDequantize(ImplicitLocOpBuilder &b, Type code, Value carried, Value scale, Value zero,
                               FloatType result) {
  FloatType type = getComputeType(code, result, scale.getType());
  Value value;
  if (isa<IntegerType>(code)) {
    Value wide = arith::ExtSIOp::create(b, b.getI32Type(), carried);
    if (zero)
      wide = arith::SubIOp::create(b, wide, arith::ExtSIOp::create(b, b.getI32Type(), zero));
    value = arith::SIToFPOp::create(b, type, wide);
  } else {
    value = emitDecodeFloat8(b, carried, code);
  }
  return emitFloatCast(b, arith::MulFOp::create(b, value, emitFloatCast(b, scale, type)), result);
}
