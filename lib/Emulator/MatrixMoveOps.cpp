//===- MatrixMoveOps.cpp - ldmatrix, stmatrix, movmatrix ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MatrixFragments.h"
#include "MatrixOps.h"
#include "SharedAccess.h"

using namespace quantopt::ptx;

/// Bits of MicroOp::bits16.
static constexpr uint16_t transposedFlag = 1, sharedFlag = 2;
static constexpr unsigned rowBytes = 16;

/// An 8x8 matrix of 16-bit elements, as it lies in memory.
using SmallMatrix = std::array<std::array<uint16_t, 8>, 8>;

static uint32_t packElements(const SmallMatrix &matrix, bool transposed, unsigned lane) {
  MatrixPosition low = getLdmatrixPosition(transposed, lane, 0), high = getLdmatrixPosition(transposed, lane, 1);
  return matrix[low.row][low.column] | uint32_t(matrix[high.row][high.column]) << 16;
}

static void unpackElements(SmallMatrix &matrix, bool transposed, unsigned lane, uint32_t word) {
  MatrixPosition low = getLdmatrixPosition(transposed, lane, 0), high = getLdmatrixPosition(transposed, lane, 1);
  matrix[low.row][low.column] = uint16_t(word);
  matrix[high.row][high.column] = uint16_t(word >> 16);
}

/// Host memory of the rows of `count` matrices: lane 8 * j + r has the address of row r of matrix j. Lanes behind hold
/// anything.
static bool getRows(Warp &warp, const MicroOp &op, AccessKind kind, std::array<uint8_t *, numLanes> &rows) {
  std::array<uint64_t, numLanes> addresses;
  warp.getAddresses(op, op.slots[0], addresses.data());
  unsigned numRows = 8 * op.count;
  LaneAccess access{warp, op, op.bits16 & sharedFlag ? Space::Shared : Space::Generic, kind, rowBytes, rowBytes};
  return accessLanes(access, numRows == 32 ? allLanes : (1u << numRows) - 1, addresses, rows);
}

/// slots[0]: address; pool: the registers; count: matrices.
static Flow runLdmatrix(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  std::array<uint8_t *, numLanes> rows;
  if (!getRows(warp, op, AccessKind::Read, rows))
    return Flow::Stop;
  std::array<SmallMatrix, 4> matrices;
  for (unsigned row = 0; row != 8u * op.count; ++row)
    std::memcpy(matrices[row / 8][row % 8].data(), rows[row], rowBytes);
  auto results = getResults(warp, op, 0, op.count);
  for (unsigned j = 0; j != op.count; ++j)
    for (unsigned lane = 0; lane != numLanes; ++lane)
      results[j][lane] = packElements(matrices[j], op.bits16 & transposedFlag, lane);
  return Flow::Next;
}

static Flow runStmatrix(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  std::array<uint8_t *, numLanes> rows;
  if (!getRows(warp, op, AccessKind::Write, rows))
    return Flow::Stop;
  auto sources = getSources(warp, op, 0, op.count);
  for (unsigned j = 0; j != op.count; ++j) {
    SmallMatrix matrix;
    for (unsigned lane = 0; lane != numLanes; ++lane)
      unpackElements(matrix, op.bits16 & transposedFlag, lane, sources[j][lane]);
    for (unsigned row = 0; row != 8; ++row)
      std::memcpy(rows[8 * j + row], matrix[row].data(), rowBytes);
  }
  return Flow::Next;
}

/// slots[0] = the transpose of slots[1].
static Flow runMovmatrix(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  SmallMatrix matrix;
  for (unsigned lane = 0; lane != numLanes; ++lane)
    unpackElements(matrix, false, lane, warp.in<uint32_t>(op.slots[1])[lane]);
  for (unsigned lane = 0; lane != numLanes; ++lane)
    warp.out<uint32_t>(op.slots[0])[lane] = packElements(matrix, true, lane);
  return Flow::Next;
}

/// What ldmatrix and stmatrix have in common; the registers are operand `registers`, the address the other.
static void decodeMove(Decoder &d, Handler run, size_t registers) {
  takeSyncAligned(d);
  if (!d.take("m8n8") || !d.take("b16"))
    d.fail("only 8x8 matrices of .b16 are moved here", "the 8-bit and 6-bit forms need sm_100");
  int number = d.takeOneOf({"x1", "x2", "x4"});
  MicroOp op;
  op.run = run;
  op.count = number == 2 ? 4 : number == 1 ? 2 : 1;
  bool isShared = d.takeOneOf({"shared", "shared::cta"}) >= 0;
  op.bits16 = uint16_t((d.take("trans") ? transposedFlag : 0) | (isShared ? sharedFlag : 0));
  d.expectOperands(2);
  llvm::SmallVector<Slot, 4> pool;
  if (registers == 0)
    writeComponents(d, registers, op.count, Type::B32, pool);
  else
    readComponents(d, registers, op.count, Type::B32, pool);
  d.setAddress(op, 0, d.readAddress(d.operand(1 - registers), isShared ? Space::Shared : Space::Generic));
  d.setPool(op, pool);
  d.emit(op);
}

static void decodeLdmatrix(Decoder &d) { decodeMove(d, runLdmatrix, 0); }
static void decodeStmatrix(Decoder &d) { decodeMove(d, runStmatrix, 1); }

static void decodeMovmatrix(Decoder &d) {
  takeSyncAligned(d);
  if (!d.take("m8n8") || !d.take("trans") || !d.take("b16"))
    d.fail("movmatrix is .m8n8.trans.b16", "write it so");
  d.expectOperands(2);
  MicroOp op;
  op.run = runMovmatrix;
  op.slots[0] = d.write(0, Type::B32);
  op.slots[1] = d.read(1, Type::B32);
  if (op.slots[0].isNone())
    d.fail("the result of movmatrix is no register", "name one");
  d.emit(op);
}

static const OpcodeInfo opcodes[] = {
    {"ldmatrix", "ldmatrix.sync.aligned.m8n8.{x1,x2,x4}{.trans}{.shared{::cta}}.b16 r, [p]", "no sm_100 forms",
     decodeLdmatrix},
    {"stmatrix", "stmatrix.sync.aligned.m8n8.{x1,x2,x4}{.trans}{.shared{::cta}}.b16 [p], r", "no sm_100 forms",
     decodeStmatrix},
    {"movmatrix", "movmatrix.sync.aligned.m8n8.trans.b16 d, a", "", decodeMovmatrix}};

llvm::ArrayRef<OpcodeInfo> quantopt::ptx::getMatrixMoveOpcodes() { return opcodes; }
