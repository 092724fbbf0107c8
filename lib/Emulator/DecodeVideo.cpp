//===- DecodeVideo.cpp - Packed integers of the video instructions --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PTX ISA, "SIMD Video Instructions": two halves or four bytes of a register,
// computed without loss, then saturated or cut to the result's type.
//
//===----------------------------------------------------------------------===//

#include "Decoder.h"
#include "quant-opt/Emulator/Machine.h"

using namespace llvm;
using namespace quantopt::ptx;

namespace {

enum class VideoOp : uint8_t { Add, Sub, Average, AbsDiff, Min, Max, Set };

/// `MicroOp::bits64`.
struct VideoBits {
  VideoOp op;
  uint8_t elementBits; // 8 or 16
  uint8_t compare;     // of Set: index into `compareNames`
  bool signedResult, signedA, signedB;
  bool isSat;
  bool isSum; // .add: the sum of the elements and c
};
static_assert(sizeof(VideoBits) == 8, "fits MicroOp::bits64");

} // namespace

static constexpr StringRef compareNames[] = {"eq", "ne", "lt", "le", "gt", "ge"};

static int32_t getElement(uint32_t word, unsigned index, unsigned bits, bool isSigned) {
  uint32_t shifted = word << (32 - bits * (index + 1));
  return isSigned ? int32_t(shifted) >> (32 - bits) : int32_t(shifted >> (32 - bits));
}

static bool compare(unsigned how, int32_t a, int32_t b) {
  switch (how) {
  case 0:
    return a == b;
  case 1:
    return a != b;
  case 2:
    return a < b;
  case 3:
    return a <= b;
  case 4:
    return a > b;
  default:
    return a >= b;
  }
}

static int32_t computeElement(const VideoBits &bits, int32_t a, int32_t b) {
  switch (bits.op) {
  case VideoOp::Add:
    return a + b;
  case VideoOp::Sub:
    return a - b;
  case VideoOp::Average:
    return (a + b + (a + b >= 0)) >> 1;
  case VideoOp::AbsDiff:
    return std::abs(a - b);
  case VideoOp::Min:
    return std::min(a, b);
  case VideoOp::Max:
    return std::max(a, b);
  case VideoOp::Set:
    return compare(bits.compare, a, b);
  }
  return 0;
}

static uint32_t computeWord(const VideoBits &bits, uint32_t a, uint32_t b, uint32_t c) {
  uint32_t packed = 0, sum = c, mask = (1u << bits.elementBits) - 1;
  int32_t most = bits.signedResult ? int32_t(mask >> 1) : int32_t(mask), least = bits.signedResult ? -most - 1 : 0;
  for (unsigned i = 0; i * bits.elementBits < 32; ++i) {
    int32_t value = computeElement(bits, getElement(a, i, bits.elementBits, bits.signedA),
                                   getElement(b, i, bits.elementBits, bits.signedB));
    if (bits.isSat)
      value = std::clamp(value, least, most);
    sum += uint32_t(value);
    packed |= (uint32_t(value) & mask) << (i * bits.elementBits);
  }
  return bits.isSum ? sum : packed;
}

static Flow runVideo(Warp &warp, const MicroOp &op, uint32_t exec) {
  VideoBits bits;
  std::memcpy(&bits, &op.bits64, sizeof(bits));
  const uint32_t *a = warp.in<uint32_t>(op.slots[1]), *b = warp.in<uint32_t>(op.slots[2]);
  const uint32_t *c = warp.in<uint32_t>(op.slots[3]);
  uint32_t results[numLanes];
  for (unsigned lane = 0; lane != numLanes; ++lane)
    results[lane] = computeWord(bits, a[lane], b[lane], c[lane]);
  warp.store(op.slots[0], exec, results);
  return Flow::Next;
}

/// vop2.dtype.atype.btype{.sat} d, a, b, c; vset2.atype.btype.cmp; each with .add.
static void decodeVideo(Decoder &d) {
  static constexpr StringRef names[] = {"vadd", "vsub", "vavrg", "vabsdiff", "vmin", "vmax", "vset"};
  StringRef name = d.instruction().opcode;
  VideoBits bits = {};
  bits.elementBits = name.back() == '2' ? 16 : 8;
  bits.op = VideoOp(llvm::find(names, name.drop_back()) - std::begin(names));
  bool isSet = bits.op == VideoOp::Set;
  const Type types[] = {Type::U32, Type::S32};
  bits.signedResult = !isSet && d.takeType(types) == Type::S32;
  bits.signedA = d.takeType(types) == Type::S32;
  bits.signedB = d.takeType(types) == Type::S32;
  bits.isSat = !isSet && d.take("sat");
  int how = isSet ? d.takeOneOf(compareNames) : 0;
  if (how < 0)
    d.fail("'" + name + "' needs a comparison", "add .eq, .ne, .lt, .le, .gt or .ge");
  bits.compare = uint8_t(how);
  bits.isSum = d.take("add");
  d.expectOperands(4);
  for (const Operand &operand : d.instruction().operands)
    if (operand.selector != Operand::Selector::None)
      d.fail("'" + name + "' with selected parts is not supported", "move them with prmt");
  MicroOp op;
  op.run = runVideo;
  op.flags = MicroOp::LaneWise;
  std::memcpy(&op.bits64, &bits, sizeof(bits));
  for (unsigned i = 1; i < 4; ++i)
    op.slots[i] = d.read(i, Type::U32);
  op.slots[0] = d.write(0, Type::U32);
  d.emit(op);
}

#define QUANTOPT_VIDEO(name)                                                                                           \
  {name "2", name "2.{u32,s32}.{u32,s32}.{u32,s32}{.sat}{.add}", "", decodeVideo}, {                                   \
    name "4", name "4.{u32,s32}.{u32,s32}.{u32,s32}{.sat}{.add}", "", decodeVideo                                      \
  }
static const OpcodeInfo opcodes[] = {
    QUANTOPT_VIDEO("vabsdiff"),
    QUANTOPT_VIDEO("vadd"),
    QUANTOPT_VIDEO("vavrg"),
    QUANTOPT_VIDEO("vmax"),
    QUANTOPT_VIDEO("vmin"),
    QUANTOPT_VIDEO("vsub"),
    {"vset2", "vset2.{u32,s32}.{u32,s32}.{eq,ne,lt,le,gt,ge}{.add}", "", decodeVideo},
    {"vset4", "vset4.{u32,s32}.{u32,s32}.{eq,ne,lt,le,gt,ge}{.add}", "", decodeVideo},
};
#undef QUANTOPT_VIDEO

ArrayRef<OpcodeInfo> quantopt::ptx::getVideoOpcodes() { return opcodes; }
