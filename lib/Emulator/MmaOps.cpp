//===- MmaOps.cpp - mma.sync ----------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MatrixFragments.h"
#include "MatrixOps.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/ADT/bit.h"

using namespace quantopt;
using namespace quantopt::ptx;

namespace {

/// Types of an instruction, in the order of its modifiers.
struct MmaTypes {
  Type d, a, b, c;
};

/// Registers of one multiplicand.
unsigned getNumRegisters(const MatrixProduct &product, unsigned rows) {
  unsigned wordBytes = product.kind == MatrixProduct::Kind::Double ? 8 : 4;
  return rows * product.depthBytes / (numLanes * wordBytes);
}

} // namespace

//===----------------------------------------------------------------------===//
// All shapes but m8n8k4.f16
//===----------------------------------------------------------------------===//

/// Pool: registers of d, a, b, c. bits64: a MatrixProduct.
static Flow runMma(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  MatrixProduct product = MatrixProduct::unpack(op.bits64);
  unsigned elements = product.rows * product.columns() / numLanes;
  unsigned numD = getNumAccumulatorRegisters(product.d, elements),
           numC = getNumAccumulatorRegisters(product.c, elements);
  unsigned numA = getNumRegisters(product, product.rows), numB = getNumRegisters(product, 8);
  unsigned wordBytes = product.kind == MatrixProduct::Kind::Double ? 8 : 4;
  std::array<uint8_t, 16 * 128> a;
  std::array<uint8_t, 8 * 128> b;
  layOutFragment(product.rows, product.depthBytes, wordBytes, getSources(warp, op, numD, numA), a.data());
  layOutFragment(8, product.depthBytes, wordBytes, getSources(warp, op, numD + numA, numB), b.data());
  multiplyFragments(product, a.data(), b.data(), getSources(warp, op, numD + numA + numB, numC),
                    getResults(warp, op, 0, numD));
  return Flow::Next;
}

/// The shapes that the ISA lists for a type of multiplicand.
static llvm::SmallVector<MatrixShape, 4> getShapes(Type type) {
  switch (type) {
  case Type::F16:
  case Type::BF16:
    return {{16, 8, 8}, {16, 8, 16}};
  case Type::TF32:
    return {{16, 8, 4}, {16, 8, 8}};
  case Type::F64:
    return {{8, 8, 4}, {16, 8, 4}, {16, 8, 8}, {16, 8, 16}};
  case Type::S8:
  case Type::U8:
    return {{8, 8, 16}, {16, 8, 16}, {16, 8, 32}};
  case Type::S4:
  case Type::U4:
    return {{8, 8, 32}, {16, 8, 32}, {16, 8, 64}};
  case Type::B1:
    return {{8, 8, 128}, {16, 8, 128}, {16, 8, 256}};
  case Type::E4M3:
  case Type::E5M2:
    return {{16, 8, 16}, {16, 8, 32}};
  default:
    return {};
  }
}

/// The rules of the ISA on which types go together.
static void checkTypes(Decoder &d, const MmaTypes &types, const MatrixShape &shape) {
  auto isFp8 = [](Type type) { return type == Type::E4M3 || type == Type::E5M2; };
  auto isByte = [](Type type) { return type == Type::S8 || type == Type::U8; };
  auto isNibble = [](Type type) { return type == Type::S4 || type == Type::U4; };
  bool sameKind = types.a == types.b || (isFp8(types.a) && isFp8(types.b)) || (isByte(types.a) && isByte(types.b)) ||
                  (isNibble(types.a) && isNibble(types.b));
  bool isInteger = isByte(types.a) || isNibble(types.a) || types.a == Type::B1;
  bool mayBeHalf = types.a == Type::F16 || isFp8(types.a);
  Type accumulator = isInteger ? Type::S32 : types.a == Type::F64 ? Type::F64 : Type::F32;
  auto isRight = [&](Type type) { return type == accumulator || (mayBeHalf && type == Type::F16); };
  if (!sameKind || !isRight(types.c) || !isRight(types.d) || types.c != types.d)
    d.fail("mma does not multiply these types", "see docs/emulator.md for the combinations");
  else if (!llvm::is_contained(getShapes(types.a), shape))
    d.fail("mma of type ." + getTypeName(types.a) + " has no such shape",
           "shapes go with types; sm_100 and sparse forms are not here");
}

static MatrixProduct makeProduct(const MmaTypes &types, const MatrixShape &shape, bool isXor) {
  MatrixProduct product;
  product.rows = uint8_t(shape.m);
  product.blocks = uint8_t(shape.n / 8);
  product.depthBytes = uint8_t(shape.k * getTypeBits(types.a) / 8);
  product.c = getAccumulator(types.c).value_or(MatrixProduct::Accumulator::F32);
  product.d = getAccumulator(types.d).value_or(MatrixProduct::Accumulator::F32);
  if (types.a == Type::F64) {
    product.kind = MatrixProduct::Kind::Double;
  } else if (types.a == Type::B1) {
    product.kind = isXor ? MatrixProduct::Kind::XorPopc : MatrixProduct::Kind::AndPopc;
  } else {
    product.a = getMatrixType(types.a).value_or(MatrixType::F16);
    product.b = getMatrixType(types.b).value_or(MatrixType::F16);
    product.kind = isIntegerMatrix(product.a) ? MatrixProduct::Kind::Integer : MatrixProduct::Kind::Float;
  }
  return product;
}

static void emitMma(Decoder &d, const MatrixProduct &product, unsigned numA, unsigned numB) {
  unsigned elements = product.rows * product.columns() / numLanes;
  bool isDouble = product.kind == MatrixProduct::Kind::Double;
  Type type = isDouble ? Type::B64 : Type::B32;
  d.expectOperands(4);
  llvm::SmallVector<Slot, 24> pool;
  writeComponents(d, 0, getNumAccumulatorRegisters(product.d, elements), type, pool);
  readComponents(d, 1, numA, type, pool);
  readComponents(d, 2, numB, type, pool);
  readComponents(d, 3, getNumAccumulatorRegisters(product.c, elements), type, pool);
  MicroOp op;
  op.run = runMma;
  op.bits64 = product.pack();
  d.setPool(op, pool);
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// m8n8k4.f16: four products of quad pairs
//===----------------------------------------------------------------------===//

namespace {

/// The matrices of one quad pair.
struct QuadPair {
  std::array<float, 8 * 4> a, b; // rows of A, columns of B
  std::array<double, 8 * 8> sums;
};

float getHalfElement(llvm::ArrayRef<const uint32_t *> registers, unsigned lane, unsigned element) {
  return decodeF16(uint16_t(registers[element / 2][lane] >> element % 2 * 16));
}

} // namespace

/// Pool: registers of d, a, b, c; bits64: a MatrixProduct, for its accumulators and layouts.
static Flow runQuadMma(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  MatrixProduct product = MatrixProduct::unpack(op.bits64);
  bool isSingleC = product.c == MatrixProduct::Accumulator::F32,
       isSingleD = product.d == MatrixProduct::Accumulator::F32;
  unsigned numC = isSingleC ? 8 : 4, numD = isSingleD ? 8 : 4;
  auto a = getSources(warp, op, numD, 2), b = getSources(warp, op, numD + 2, 2),
       c = getSources(warp, op, numD + 4, numC);
  std::array<QuadPair, 4> pairs;
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    QuadPair &pair = pairs[getQuadPair(lane)];
    for (unsigned i = 0; i != 4; ++i) {
      MatrixPosition atA = getQuadFragmentA(product.flags & MatrixProduct::ColumnMajorA, lane, i);
      MatrixPosition atB = getQuadFragmentB(product.flags & MatrixProduct::ColumnMajorB, lane, i);
      pair.a[atA.row * 4 + atA.column] = getHalfElement(a, lane, i);
      pair.b[atB.column * 4 + atB.row] = getHalfElement(b, lane, i);
    }
    for (unsigned i = 0; i != 8; ++i) {
      MatrixPosition at = getQuadFragmentC(isSingleC, lane, i);
      pair.sums[at.row * 8 + at.column] = isSingleC ? llvm::bit_cast<float>(c[i][lane]) : getHalfElement(c, lane, i);
    }
  }
  for (QuadPair &pair : pairs)
    addFloatProduct({8, 8, 4}, pair.a.data(), pair.b.data(), pair.sums.data());
  auto d = getResults(warp, op, 0, numD);
  for (unsigned lane = 0; lane != numLanes; ++lane)
    for (unsigned i = 0; i != 8; ++i) {
      MatrixPosition at = getQuadFragmentC(isSingleD, lane, i);
      double sum = pairs[getQuadPair(lane)].sums[at.row * 8 + at.column];
      if (isSingleD)
        d[i][lane] = llvm::bit_cast<uint32_t>(roundToSingle(sum));
      else
        d[i / 2][lane] = i % 2 == 0 ? roundToHalf(sum) : d[i / 2][lane] | uint32_t(roundToHalf(sum)) << 16;
    }
  return Flow::Next;
}

static void decodeQuadMma(Decoder &d, const MmaTypes &types, unsigned flags) {
  auto c = getAccumulator(types.c), accumulator = getAccumulator(types.d);
  if (types.b != Type::F16 || (types.c != Type::F16 && types.c != Type::F32) ||
      (types.d != Type::F16 && types.d != Type::F32))
    d.fail("mma.m8n8k4 multiplies .f16 into .f16 or .f32", "use these types");
  d.expectOperands(4);
  if (d.hasFailed())
    return;
  MatrixProduct product;
  product.c = *c;
  product.d = *accumulator;
  product.flags = uint8_t(flags);
  llvm::SmallVector<Slot, 24> pool;
  writeComponents(d, 0, types.d == Type::F32 ? 8 : 4, Type::B32, pool);
  readComponents(d, 1, 2, Type::B32, pool);
  readComponents(d, 2, 2, Type::B32, pool);
  readComponents(d, 3, types.c == Type::F32 ? 8 : 4, Type::B32, pool);
  MicroOp op;
  op.run = runQuadMma;
  op.bits64 = product.pack();
  d.setPool(op, pool);
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// Decoder
//===----------------------------------------------------------------------===//

static void decodeMma(Decoder &d) {
  takeSyncAligned(d);
  MatrixShape shape = takeShape(d);
  int layoutA = d.takeOneOf({"row", "col"}), layoutB = d.takeOneOf({"row", "col"});
  bool saturates = d.take("satfinite");
  int bitOp = d.takeOneOf({"xor", "and"});
  bool isPopc = d.take("popc");
  MmaTypes types{d.takeType(), d.takeType(), d.takeType(), d.takeType()};
  if (d.hasFailed())
    return;
  if (shape == MatrixShape{8, 8, 4} && types.a == Type::F16) {
    unsigned flags =
        (layoutA == 1 ? MatrixProduct::ColumnMajorA : 0) | (layoutB == 1 ? MatrixProduct::ColumnMajorB : 0);
    return decodeQuadMma(d, types, flags);
  }
  checkTypes(d, types, shape);
  if (layoutA != 0 || layoutB != 1)
    d.fail("mma of this shape has the layouts .row.col", "only m8n8k4.f16 has others");
  if ((types.a == Type::B1) != (isPopc && bitOp >= 0))
    d.fail("mma of .b1 ends in .xor.popc or .and.popc, others in neither", "");
  if (saturates && types.d != Type::S32)
    d.fail("only integer mma has .satfinite", "leave it out");
  if (d.hasFailed())
    return;
  MatrixProduct product = makeProduct(types, shape, bitOp == 0);
  if (saturates)
    product.flags |= MatrixProduct::Saturates;
  emitMma(d, product, getNumRegisters(product, product.rows), getNumRegisters(product, 8));
}

static const OpcodeInfo opcodes[] = {
    {"mma",
     "mma.sync.aligned.{m8n8k4, m16n8k{4,8,16,32,64,128,256}, m8n8k{16,32,128}}.row.col{.satfinite}"
     ".{f16,f32,f64,s32}.{f16,bf16,tf32,e4m3,e5m2,f64,s8,u8,s4,u4,b1} d, a, b, c",
     "floats: exact products, added in double precision and rounded once (see Tensor cores); no sparse (mma.sp) and no "
     "block-scaled forms",
     decodeMma}};

llvm::ArrayRef<OpcodeInfo> quantopt::ptx::getMmaOpcodes() { return opcodes; }
