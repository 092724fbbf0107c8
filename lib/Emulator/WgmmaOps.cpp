//===- WgmmaOps.cpp - wgmma -----------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsyncState.h"
#include "MatrixOps.h"

using namespace quantopt::ptx;

//===----------------------------------------------------------------------===//
// Execution
//===----------------------------------------------------------------------===//

/// The value that an operand has in all lanes; false after a report that lanes differ.
template <typename T> static bool readUniform(Warp &warp, const MicroOp &op, Slot slot, const char *what, T &value) {
  const T *lanes = warp.in<T>(slot);
  value = lanes[0];
  for (unsigned lane = 1; lane != numLanes; ++lane)
    if (lanes[lane] != value) {
      warp.report(op, 1u << lane, HazardKind::MatrixMisuse,
                  llvm::Twine("executes a wgmma whose ") + what + " differs between threads",
                  "compute it from values that are the same in the whole warpgroup");
      return false;
    }
  return true;
}

/// slots: descriptors of A (none: A is in registers) and B, scale-d; pool: registers of D, then of A; bits64: a
/// MatrixProduct of the warp's 16 rows.
Flow quantopt::ptx::runWgmma(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  if ((warp.index | 3) >= warp.cta->warps.size())
    return warp.report(op, exec, HazardKind::MatrixMisuse, "executes a wgmma in a warpgroup of less than four warps",
                       "launch blocks of a multiple of 128 threads");
  WgmmaOperation operation;
  operation.op = &op;
  operation.frame = warp.bases[0];
  if (!op.slots[0].isNone() && !readUniform(warp, op, op.slots[0], "descriptor of A", operation.a))
    return Flow::Stop;
  if (!readUniform(warp, op, op.slots[1], "descriptor of B", operation.b))
    return Flow::Stop;
  uint32_t scale = warp.predicate(op.slots[2]);
  if (scale != 0 && scale != allLanes)
    return warp.report(op, exec, HazardKind::MatrixMisuse, "executes a wgmma whose scale-d differs between threads",
                       "compute it from values that are the same in the whole warpgroup");
  operation.accumulates = scale != 0;
  return AsyncState::of(warp).get(warp).wgmma.issue(warp, operation) ? Flow::Next : Flow::Stop;
}

static Flow runWgmmaFence(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  AsyncState::of(warp).get(warp).wgmma.fence();
  // From now on, what is written to registers may need another fence.
  warp.watchesRegisters = true;
  return Flow::Next;
}

static Flow runWgmmaCommit(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  AsyncState &state = AsyncState::of(warp);
  state.get(warp).wgmma.commit();
  // Another warp of the warpgroup may wait for it.
  ++state.getCluster().events;
  return Flow::Next;
}

static Flow runWgmmaWait(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  if (AsyncState::of(warp).get(warp).wgmma.wait(warp, size_t(op.imm)))
    return Flow::Next;
  warp.reason = WaitReason();
  warp.reason.kind = WaitReason::Kind::Warpgroup;
  return Flow::Block;
}

//===----------------------------------------------------------------------===//
// Decoder
//===----------------------------------------------------------------------===//

namespace {
struct WgmmaTypes {
  Type d, a, b;
};
} // namespace

/// N is a multiple of 8 up to 256; of integers and bits 8, 24 and multiples of 16.
static bool isWidth(const WgmmaTypes &types, unsigned n) {
  if (n == 0 || n > 256 || n % 8 != 0)
    return false;
  bool isWhole = types.d == Type::S32;
  return !isWhole || n == 8 || n == 24 || n % 16 == 0;
}

static bool areTypes(const WgmmaTypes &types) {
  auto isFp8 = [](Type type) { return type == Type::E4M3 || type == Type::E5M2; };
  auto isByte = [](Type type) { return type == Type::S8 || type == Type::U8; };
  if (isFp8(types.a) && isFp8(types.b))
    return types.d == Type::F32 || types.d == Type::F16;
  if (isByte(types.a) && isByte(types.b))
    return types.d == Type::S32;
  if (types.a != types.b)
    return false;
  switch (types.a) {
  case Type::F16:
    return types.d == Type::F32 || types.d == Type::F16;
  case Type::BF16:
  case Type::TF32:
    return types.d == Type::F32;
  case Type::B1:
    return types.d == Type::S32;
  default:
    return false;
  }
}

static MatrixProduct makeProduct(Decoder &d, const MatrixShape &shape, const WgmmaTypes &types) {
  MatrixProduct product;
  if (!areTypes(types))
    d.fail("wgmma does not multiply these types", "see docs/emulator.md for the combinations");
  else if (shape.m != 64 || shape.k != 256 / getTypeBits(types.a) || !isWidth(types, shape.n))
    d.fail("wgmma has no such shape for ." + getTypeName(types.a),
           "M is 64, K takes 32 bytes, N is a multiple of 8 up to 256 (of integers 8, 24 or a multiple of 16)");
  if (d.hasFailed())
    return product;
  product.rows = 16;
  product.blocks = uint8_t(shape.n / 8);
  product.depthBytes = 32;
  product.c = product.d = *getAccumulator(types.d);
  if (types.a == Type::B1) {
    product.kind = MatrixProduct::Kind::AndPopc;
    return product;
  }
  product.a = *getMatrixType(types.a);
  product.b = *getMatrixType(types.b);
  product.kind = isIntegerMatrix(product.a) ? MatrixProduct::Kind::Integer : MatrixProduct::Kind::Float;
  return product;
}

/// An immediate that is 1 or `other`: true for `other`.
static bool readSwitch(Decoder &d, size_t index, int64_t plain, int64_t other, const char *what) {
  int64_t value = d.readInteger(d.operand(index));
  if (value != plain && value != other)
    d.fail(llvm::Twine(what) + " of wgmma is " + llvm::Twine(value),
           "write " + llvm::Twine(plain) + " or " + llvm::Twine(other));
  return value == other;
}

/// imm-scale-a, imm-scale-b of floats, and imm-trans-a (unless A is in registers), imm-trans-b of 16-bit ones.
static void readImmediates(Decoder &d, const WgmmaTypes &types, bool hasRegisterA, MatrixProduct &product) {
  bool isFloat = product.kind == MatrixProduct::Kind::Float, is16Bit = types.a == Type::F16 || types.a == Type::BF16;
  d.expectOperands(4 + (isFloat ? 2 : 0) + (is16Bit ? 2 - hasRegisterA : 0));
  if (!isFloat || d.hasFailed())
    return;
  product.flags |= readSwitch(d, 4, 1, -1, "imm-scale-a") ? MatrixProduct::NegatesA : 0;
  product.flags |= readSwitch(d, 5, 1, -1, "imm-scale-b") ? MatrixProduct::NegatesB : 0;
  if (!is16Bit)
    return;
  if (!hasRegisterA)
    product.flags |= readSwitch(d, 6, 0, 1, "imm-trans-a") ? MatrixProduct::ColumnMajorA : 0;
  product.flags |= readSwitch(d, 7 - hasRegisterA, 0, 1, "imm-trans-b") ? MatrixProduct::ColumnMajorB : 0;
}

static Slot readScaleD(Decoder &d) {
  const Operand &operand = d.operand(3);
  if (operand.is(Operand::Kind::Integer))
    return d.constantPredicate(operand.value != 0);
  return d.readPredicate(operand);
}

static void decodeMultiply(Decoder &d) {
  MatrixShape shape = takeShape(d);
  bool saturates = d.take("satfinite");
  WgmmaTypes types{d.takeType(), d.takeType(), d.takeType()};
  if (types.a == Type::B1 && (!d.take("and") || !d.take("popc")))
    d.fail("wgmma of .b1 ends in .and.popc", "add it");
  MatrixProduct product = makeProduct(d, shape, types);
  if (saturates && product.kind != MatrixProduct::Kind::Integer)
    d.fail("only integer wgmma has .satfinite", "leave it out");
  if (d.hasFailed())
    return;
  product.flags |= saturates ? MatrixProduct::Saturates : 0;
  bool hasRegisterA = d.operand(1).is(Operand::Kind::Vector);
  readImmediates(d, types, hasRegisterA, product);
  MicroOp op;
  op.run = runWgmma;
  llvm::SmallVector<Slot, 136> pool;
  writeComponents(d, 0, getNumAccumulatorRegisters(product.d, 16 * shape.n / numLanes), Type::B32, pool);
  if (hasRegisterA)
    readComponents(d, 1, 4, Type::B32, pool);
  else
    op.slots[0] = d.read(1, Type::B64);
  op.slots[1] = d.read(2, Type::B64);
  op.slots[2] = readScaleD(d);
  op.bits64 = product.pack();
  d.setPool(op, pool);
  d.usesAsync();
  d.emit(op);
}

static void decodeWgmma(Decoder &d) {
  int kind = d.takeOneOf({"fence", "mma_async", "commit_group", "wait_group"});
  takeSyncAligned(d);
  MicroOp op;
  switch (kind) {
  case 0:
    op.run = runWgmmaFence;
    d.expectOperands(0);
    break;
  case 1:
    return decodeMultiply(d);
  case 2:
    op.run = runWgmmaCommit;
    d.expectOperands(0);
    break;
  case 3:
    op.run = runWgmmaWait;
    d.expectOperands(1);
    op.imm = d.readInteger(d.operand(0));
    break;
  default:
    return d.fail("an unknown form of wgmma", "see docs/emulator.md for those that are here");
  }
  d.usesAsync();
  d.emit(op);
}

static const OpcodeInfo opcodes[] = {
    {"wgmma",
     "wgmma.{fence, commit_group, wait_group N}.sync.aligned; wgmma.mma_async.sync.aligned.m64nNk{8,16,32,256}"
     "{.satfinite}.{f16,f32,s32}.{f16,bf16,tf32,e4m3,e5m2,s8,u8,b1}, A from shared memory or registers",
     "floats: exact products, added in double precision and rounded once a wgmma (see Tensor cores); no sparse forms",
     decodeWgmma}};

llvm::ArrayRef<OpcodeInfo> quantopt::ptx::getWgmmaOpcodes() { return opcodes; }
