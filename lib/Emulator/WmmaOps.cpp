//===- WmmaOps.cpp - wmma.load, wmma.store, wmma.mma ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The ISA leaves open which lane holds what; here the fragments are those of
// mma.sync: eight columns of B (or 16 rows of A) after the other. A fragment of
// f16 has more registers than it needs, and the rest are copies.
//
//===----------------------------------------------------------------------===//

#include "MatrixFragments.h"
#include "MatrixOps.h"
#include "SharedAccess.h"

using namespace quantopt::ptx;

namespace {

enum class Fragment : uint8_t { A, B, C };

/// How a fragment lies in registers and in memory; goes into MicroOp::bits64.
struct WmmaFragment {
  Fragment fragment = Fragment::A;
  bool columnMajor = false;
  uint8_t rows = 16, columns = 16; // of the matrix: M x K, K x N or M x N
  uint8_t elementBits = 16;
  uint8_t wordBits = 32;    // of a register
  uint8_t numRegisters = 0; // of the operand
  uint8_t space = 0;        // a Space

  /// Elements that one lane holds, without copies.
  unsigned getElements() const { return rows * columns / numLanes; }
  unsigned getPerWord() const { return wordBits / elementBits; }
  uint64_t pack() const {
    uint64_t bits;
    std::memcpy(&bits, this, sizeof(bits));
    return bits;
  }
  static WmmaFragment unpack(uint64_t bits) {
    WmmaFragment result;
    std::memcpy(static_cast<void *>(&result), &bits, sizeof(bits));
    return result;
  }
};
static_assert(sizeof(WmmaFragment) == sizeof(uint64_t));

/// Row and column of the element `index` of a lane.
MatrixPosition getPosition(const WmmaFragment &f, unsigned lane, unsigned index) {
  unsigned perWord = f.getPerWord();
  if (f.fragment == Fragment::B) {
    unsigned perBlock = f.rows * 8 / numLanes; // of eight columns
    MatrixPosition at = getFragmentB(perWord, lane, index % perBlock / perWord, index % perWord);
    return {at.row, at.column + index / perBlock * 8};
  }
  unsigned blockRows = f.rows == 8 ? 8 : 16, perBlock = blockRows * f.columns / numLanes;
  unsigned inBlock = index % perBlock;
  MatrixPosition at = f.fragment == Fragment::C
                          ? getFragmentC(blockRows, lane, inBlock)
                          : getFragmentA(blockRows, perWord, lane, inBlock / perWord, inBlock % perWord);
  return {at.row + index / perBlock * blockRows, at.column};
}

} // namespace

//===----------------------------------------------------------------------===//
// load and store
//===----------------------------------------------------------------------===//

/// The address of an element's byte, and its bit there, from the base and the stride in elements.
static uint64_t getElementBit(const WmmaFragment &f, MatrixPosition at, uint64_t base, uint32_t stride) {
  uint64_t element = f.columnMajor ? uint64_t(at.column) * stride + at.row : uint64_t(at.row) * stride + at.column;
  return base * 8 + element * f.elementBits;
}

/// Moves one element between a register's bits and memory. False after a fatal report.
static bool moveElement(const LaneAccess &access, unsigned lane, uint64_t bit, unsigned elementBits, uint64_t &word,
                        unsigned shift) {
  uint64_t mask = elementBits == 64 ? ~uint64_t(0) : (uint64_t(1) << elementBits) - 1;
  uint32_t bytes = std::max(1u, elementBits / 8);
  std::array<uint64_t, numLanes> addresses{};
  std::array<uint8_t *, numLanes> hosts;
  addresses[lane] = bit / 8;
  if (!accessLanes({access.warp, access.op, access.space, access.kind, bytes, bytes}, 1u << lane, addresses, hosts))
    return false;
  uint8_t *host = hosts[lane];
  uint64_t value = 0;
  if (access.kind == AccessKind::Read) {
    std::memcpy(&value, host, bytes);
    word |= (value >> bit % 8 & mask) << shift;
  } else {
    value = word >> shift & mask;
    std::memcpy(host, &value, bytes);
  }
  return true;
}

/// slots[0]: address; slots[1]: stride; pool: the registers.
template <AccessKind Kind> static Flow runMove(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  WmmaFragment f = WmmaFragment::unpack(op.bits64);
  std::array<uint64_t, numLanes> addresses;
  warp.getAddresses(op, op.slots[0], addresses.data());
  LaneAccess access{warp, op, static_cast<Space>(f.space), Kind, 0, 0};
  unsigned perWord = f.getPerWord(), needed = f.getElements() / perWord, wordBytes = f.wordBits / 8;
  auto registers = getSources(warp, op, 0, f.numRegisters);
  bool isRight = forEachLane(exec, [&](unsigned lane) {
    uint32_t stride = warp.in<uint32_t>(op.slots[1])[lane];
    for (unsigned index = 0; index != f.numRegisters; ++index) {
      auto *place = const_cast<uint8_t *>(reinterpret_cast<const uint8_t *>(registers[index])) + lane * wordBytes;
      uint64_t word = 0;
      if (Kind == AccessKind::Write)
        std::memcpy(&word, place, wordBytes);
      for (unsigned i = 0; i != perWord; ++i) {
        MatrixPosition at = getPosition(f, lane, index % needed * perWord + i);
        if (!moveElement(access, lane, getElementBit(f, at, addresses[lane], stride), f.elementBits, word,
                         i * f.elementBits))
          return false;
      }
      if (Kind == AccessKind::Read)
        std::memcpy(place, &word, wordBytes);
    }
    return true;
  });
  return isRight ? Flow::Next : Flow::Stop;
}

//===----------------------------------------------------------------------===//
// mma
//===----------------------------------------------------------------------===//

namespace {

/// Rows of bytes of both multiplicands.
struct WmmaOperands {
  std::array<uint8_t, 32 * 32> a, b;
};

} // namespace

/// Puts the registers of A (blocks of 16 rows) or B (of 8 columns) in rows of bytes.
static void layOutBlocks(unsigned lines, unsigned blockLines, const MatrixProduct &product, FragmentRegisters registers,
                         uint8_t *bytes) {
  unsigned wordBytes = product.kind == MatrixProduct::Kind::Double ? 8 : 4;
  unsigned perBlock = blockLines * product.depthBytes / (numLanes * wordBytes);
  for (unsigned block = 0; block != lines / blockLines; ++block)
    layOutFragment(blockLines, product.depthBytes, wordBytes, registers.slice(block * perBlock, perBlock),
                   bytes + block * blockLines * product.depthBytes);
}

/// Pool: registers of d, a, b, c; bits64: a MatrixProduct (`rows` of the whole matrix); count, bytes: registers of a,
/// b.
static Flow runWmma(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  MatrixProduct product = MatrixProduct::unpack(op.bits64);
  unsigned rows = product.rows, blockRows = std::min(rows, 16u), elements = rows * product.columns() / numLanes;
  unsigned numD = getNumAccumulatorRegisters(product.d, elements),
           numC = getNumAccumulatorRegisters(product.c, elements);
  auto a = getSources(warp, op, numD, op.count), b = getSources(warp, op, numD + op.count, op.bytes);
  auto c = getSources(warp, op, numD + op.count + op.bytes, numC);
  auto d = getResults(warp, op, 0, numD);
  WmmaOperands operands;
  layOutBlocks(rows, blockRows, product, a, operands.a.data());
  layOutBlocks(product.columns(), 8, product, b, operands.b.data());
  product.rows = uint8_t(blockRows);
  unsigned blocks = rows / blockRows;
  for (unsigned block = 0; block != blocks; ++block)
    multiplyFragments(product, operands.a.data() + block * blockRows * product.depthBytes, operands.b.data(),
                      FragmentRegisters(c).slice(block * numC / blocks, numC / blocks),
                      MutableFragmentRegisters(d).slice(block * numD / blocks, numD / blocks));
  return Flow::Next;
}

//===----------------------------------------------------------------------===//
// Decoder
//===----------------------------------------------------------------------===//

static bool isShape(Type type, const MatrixShape &shape) {
  switch (type) {
  case Type::TF32:
    return shape == MatrixShape{16, 16, 8};
  case Type::F64:
    return shape == MatrixShape{8, 8, 4};
  case Type::S4:
  case Type::U4:
    return shape == MatrixShape{8, 8, 32};
  case Type::B1:
    return shape == MatrixShape{8, 8, 128};
  default:
    return shape == MatrixShape{16, 16, 16} || shape == MatrixShape{8, 32, 16} || shape == MatrixShape{32, 8, 16};
  }
}

/// Registers of a fragment of `lines` rows of A or columns of B; f16 always takes eight.
static unsigned getNumRegisters(Type type, unsigned lines, unsigned k) {
  if (type == Type::F16)
    return 8;
  return lines * k * getTypeBits(type) / (numLanes * (type == Type::F64 ? 64 : 32));
}

static WmmaFragment makeFragment(Fragment fragment, const MatrixShape &shape, Type type, bool columnMajor) {
  WmmaFragment f;
  f.fragment = fragment;
  f.columnMajor = columnMajor;
  f.rows = uint8_t(fragment == Fragment::B ? shape.k : shape.m);
  f.columns = uint8_t(fragment == Fragment::A ? shape.k : shape.n);
  f.elementBits = uint8_t(getTypeBits(type));
  f.wordBits = type == Type::F64 ? 64 : 32;
  if (fragment == Fragment::C)
    f.numRegisters = uint8_t(f.getElements() / f.getPerWord());
  else
    f.numRegisters = uint8_t(getNumRegisters(type, fragment == Fragment::A ? shape.m : shape.n, shape.k));
  return f;
}

/// wmma.load.{a,b,c}.sync.aligned.layout.shape{.ss}.type r, [p], stride and wmma.store.d .. [p], r, stride.
static void decodeMove(Decoder &d, bool isLoad) {
  int which = d.takeOneOf({"a", "b", "c", "d"});
  takeSyncAligned(d);
  bool columnMajor = d.takeOneOf({"row", "col"}) == 1;
  MatrixShape shape = takeShape(d);
  int space = d.takeOneOf({"global", "shared", "shared::cta"});
  Type type = d.takeType();
  auto accumulator = getAccumulator(type);
  bool isC = which >= 2;
  if (which < 0 || (isLoad ? which == 3 : which != 3) || (isC && !accumulator) || (!isC && !isShape(type, shape)))
    d.fail("wmma does not move this matrix", "see docs/emulator.md for shapes and types");
  d.expectOperands(2, 3);
  if (d.hasFailed())
    return;
  Fragment fragment = isC ? Fragment::C : which == 0 ? Fragment::A : Fragment::B;
  WmmaFragment f = makeFragment(fragment, shape, type, columnMajor);
  Space where = space < 0 ? Space::Generic : space == 0 ? Space::Global : Space::Shared;
  f.space = uint8_t(where);
  MicroOp op;
  op.run = isLoad ? runMove<AccessKind::Read> : runMove<AccessKind::Write>;
  op.bits64 = f.pack();
  llvm::SmallVector<Slot, 8> pool;
  Type word = f.wordBits == 64 ? Type::B64 : Type::B32;
  if (isLoad)
    writeComponents(d, 0, f.numRegisters, word, pool);
  else
    readComponents(d, 1, f.numRegisters, word, pool);
  d.setAddress(op, 0, d.readAddress(d.operand(isLoad ? 1 : 0), where));
  // Without a stride the lines of the matrix are contiguous.
  op.slots[1] = d.numOperands() == 3 ? d.read(2, Type::B32) : d.constant32(columnMajor ? f.rows : f.columns);
  d.setPool(op, pool);
  d.emit(op);
}

static bool makeProduct(Decoder &d, const MatrixShape &shape, Type a, Type b, Type dType, Type cType,
                        MatrixProduct &product) {
  auto c = getAccumulator(cType), accumulator = getAccumulator(dType);
  auto typeA = getMatrixType(a), typeB = getMatrixType(b);
  bool isOther = a == Type::F64 || a == Type::B1;
  if (!c || !accumulator || !isShape(a, shape) || (!isOther && (!typeA || !typeB)) || (isOther && a != b)) {
    d.fail("wmma does not multiply these types in this shape", "see docs/emulator.md for the combinations");
    return false;
  }
  product.rows = uint8_t(shape.m);
  product.blocks = uint8_t(shape.n / 8);
  product.depthBytes = uint8_t(shape.k * getTypeBits(a) / 8);
  product.c = *c;
  product.d = *accumulator;
  if (isOther) {
    product.kind = a == Type::F64 ? MatrixProduct::Kind::Double : MatrixProduct::Kind::XorPopc;
    return true;
  }
  product.a = *typeA;
  product.b = *typeB;
  product.kind = isIntegerMatrix(product.a) ? MatrixProduct::Kind::Integer : MatrixProduct::Kind::Float;
  return true;
}

/// f16 names D and C alone (.f32.f32), other types name D, A, B, C.
static void decodeMultiply(Decoder &d) {
  int bitOp = d.takeOneOf({"xor", "and"});
  d.take("popc");
  takeSyncAligned(d);
  d.takeOneOf({"row", "col"});
  d.takeOneOf({"row", "col"});
  MatrixShape shape = takeShape(d);
  bool saturates = d.take("satfinite");
  Type first = d.takeType(), second = d.takeType(), third = d.takeOptionalType(), fourth = d.takeOptionalType();
  bool isHalf = third == Type::None;
  Type a = isHalf ? Type::F16 : second, b = isHalf ? Type::F16 : third, c = isHalf ? second : fourth;
  MatrixProduct product;
  if (d.hasFailed() || !makeProduct(d, shape, a, b, first, c, product))
    return;
  if (a == Type::B1 && bitOp == 1)
    product.kind = MatrixProduct::Kind::AndPopc;
  product.flags = saturates ? MatrixProduct::Saturates : 0;
  unsigned elements = shape.m * shape.n / numLanes;
  Type word = a == Type::F64 ? Type::B64 : Type::B32;
  MicroOp op;
  op.run = runWmma;
  op.count = uint8_t(getNumRegisters(a, shape.m, shape.k));
  op.bytes = uint8_t(getNumRegisters(b, shape.n, shape.k));
  op.bits64 = product.pack();
  d.expectOperands(4);
  llvm::SmallVector<Slot, 32> pool;
  writeComponents(d, 0, getNumAccumulatorRegisters(product.d, elements), word, pool);
  readComponents(d, 1, op.count, word, pool);
  readComponents(d, 2, op.bytes, word, pool);
  readComponents(d, 3, getNumAccumulatorRegisters(product.c, elements), word, pool);
  d.setPool(op, pool);
  d.emit(op);
}

static void decodeWmma(Decoder &d) {
  switch (d.takeOneOf({"load", "store", "mma"})) {
  case 0:
    return decodeMove(d, /*isLoad=*/true);
  case 1:
    return decodeMove(d, /*isLoad=*/false);
  case 2:
    return decodeMultiply(d);
  default:
    d.fail("an unknown form of wmma", "load, store and mma are here");
  }
}

static const OpcodeInfo opcodes[] = {
    {"wmma",
     "wmma.{load.{a,b,c}, store.d, mma}.sync.aligned: m16n16k16, m8n32k16, m32n8k16 of {f16,bf16,s8,u8}, m16n16k8 of "
     "tf32, m8n8k4 of f64, m8n8k32 of {s4,u4}, m8n8k128 of b1",
     "the ISA leaves the layout of fragments open: here it is that of mma; sums as of mma", decodeWmma}};

llvm::ArrayRef<OpcodeInfo> quantopt::ptx::getWmmaOpcodes() { return opcodes; }
