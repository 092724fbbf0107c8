//===- Convert.cpp - cvt --------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Frequent conversions have loops in Lanes/Convert.cpp. The rest goes lane by
// lane through a double, which holds every value of every format but integers
// of 64 bits, and those are rounded on their own.
//
//===----------------------------------------------------------------------===//

#include "DecodeLanes.h"
#include "Lanes/FloatOps.h"
#include <cfenv>

using namespace llvm;
using namespace quantopt::ptx;

namespace {

/// bits64 of a conversion that goes lane by lane.
struct ConvertBits {
  Type to, from; // of one element
  Rounding rounding = Rounding::NearestEven;
  uint8_t toRegisterBits = 32;
  enum Flag : uint8_t { Ftz = 1, Sat = 2, SatFinite = 4, Relu = 8 };
  uint8_t flags = 0;
  bool has(Flag flag) const { return flags & flag; }
};
static_assert(sizeof(ConvertBits) <= 8, "fits bits64");

} // namespace

//===----------------------------------------------------------------------===//
// One value
//===----------------------------------------------------------------------===//

static const FloatFormat *getFormat(Type type) {
  switch (type) {
  case Type::F16:
    return &formatF16;
  case Type::BF16:
    return &formatBF16;
  case Type::TF32:
    return &formatTF32;
  case Type::E4M3:
    return &formatE4M3;
  case Type::E5M2:
    return &formatE5M2;
  case Type::E2M3:
    return &formatE2M3;
  case Type::E3M2:
    return &formatE3M2;
  case Type::E2M1:
    return &formatE2M1;
  default:
    return nullptr;
  }
}

static bool isSignedInteger(Type type) {
  return type == Type::S8 || type == Type::S16 || type == Type::S32 || type == Type::S64;
}

static double flushIn(double value, Type type) {
  if (type == Type::F32)
    return flush(float(value));
  if (type == Type::F16)
    return std::fabs(value) < 0x1p-14 ? std::copysign(0.0, value) : value;
  return value;
}

/// Exact; integers of 64 bits are handled by their own path.
static double readValue(uint64_t lane, const ConvertBits &bits) {
  double value = 0;
  if (bits.from == Type::F64)
    value = castBits<double>(lane);
  else if (bits.from == Type::F32)
    value = castBits<float>(uint32_t(lane));
  else if (bits.from == Type::UE8M0)
    return (lane & 0xFF) == 0xFF ? std::nan("") : std::ldexp(1.0, int(lane & 0xFF) - 127);
  else if (const FloatFormat *format = getFormat(bits.from))
    value = decodeFloat(bits.from == Type::TF32 ? uint32_t(lane) >> 13 : uint32_t(lane), *format);
  else {
    unsigned shift = 64 - getTypeBits(bits.from);
    value = isSignedInteger(bits.from) ? double(int64_t(lane << shift) >> shift) : double((lane << shift) >> shift);
  }
  return bits.has(ConvertBits::Ftz) ? flushIn(value, bits.from) : value;
}

static double roundToInteger(double value, Rounding rounding) {
  switch (rounding) {
  case Rounding::Zero:
    return std::trunc(value);
  case Rounding::Down:
    return std::floor(value);
  case Rounding::Up:
    return std::ceil(value);
  default:
    return std::nearbyint(value);
  }
}

/// Clamped to the range. A NaN is 0, but the integer with only the sign bit from f64 or to 64 bits.
static uint64_t convertToInteger(double value, const ConvertBits &bits) {
  unsigned width = getTypeBits(bits.to);
  bool isSigned = isSignedInteger(bits.to);
  if (std::isnan(value))
    return bits.from == Type::F64 || width == 64 ? uint64_t(1) << (width - 1) : 0;
  double rounded = roundToInteger(value, bits.rounding);
  double most = std::ldexp(1.0, int(isSigned ? width - 1 : width)), least = isSigned ? -most : 0;
  uint64_t mask = width == 64 ? ~uint64_t(0) : (uint64_t(1) << width) - 1;
  if (rounded >= most)
    return isSigned ? mask >> 1 : mask;
  if (rounded <= least)
    return isSigned ? uint64_t(1) << (width - 1) : 0;
  return (isSigned ? uint64_t(int64_t(rounded)) : uint64_t(rounded)) & mask;
}

static uint32_t roundToSingle(double value, Rounding rounding) {
  static constexpr int modes[] = {FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD};
  std::fesetround(modes[unsigned(rounding)]);
  // The barriers keep the conversion between the calls.
  volatile double from = value;
  volatile float to = float(from);
  std::fesetround(FE_TONEAREST);
  return castBits<uint32_t>(canonicalize(float(to)));
}

/// 2^e at or above (.rp) or below (.rz) a positive value.
static uint32_t encodeExponent(double value, Rounding rounding, bool isSat) {
  if (std::isnan(value))
    return 0xFF;
  double magnitude = std::fabs(value);
  if (std::isinf(magnitude))
    return isSat ? 0xFE : 0xFF;
  if (magnitude <= 0x1p-127)
    return 0;
  int exponent = std::ilogb(magnitude);
  if (rounding == Rounding::Up && magnitude > std::ldexp(1.0, exponent))
    ++exponent;
  return uint32_t(std::min(exponent + 127, isSat ? 0xFE : 0xFF));
}

static double saturateUnit(double value) { return value > 0 ? std::min(value, 1.0) : 0.0; }

static uint64_t writeFloat(double value, const ConvertBits &bits) {
  bool isFtz = bits.has(ConvertBits::Ftz), isSatFinite = bits.has(ConvertBits::SatFinite);
  if (bits.has(ConvertBits::Sat))
    value = saturateUnit(value);
  // -0 counts as negative.
  if (bits.has(ConvertBits::Relu) && value <= 0)
    value = 0;
  switch (bits.to) {
  case Type::F64:
    return castBits<uint64_t>(value);
  case Type::F32: {
    uint32_t single = roundToSingle(value, bits.rounding);
    return isFtz ? castBits<uint32_t>(flush(castBits<float>(single))) : single;
  }
  case Type::UE8M0:
    return encodeExponent(value, bits.rounding, isSatFinite);
  case Type::TF32:
    return std::isnan(value) ? canonicalNan32 : encodeFloat(value, formatTF32, bits.rounding, isSatFinite) << 13;
  default:
    break;
  }
  uint32_t code = encodeFloat(value, *getFormat(bits.to), bits.rounding, isSatFinite);
  return bits.to == Type::F16 && isFtz ? flush(F16{uint16_t(code)}).bits : code;
}

/// cvt.rni.f32.f32 and its like: an integer as a float.
static double roundInPlace(double value, Rounding rounding) {
  double rounded = roundToInteger(value, rounding);
  return rounded == 0 ? std::copysign(0.0, value) : rounded;
}

//===----------------------------------------------------------------------===//
// Handlers
//===----------------------------------------------------------------------===//

static ConvertBits getBits(const MicroOp &op) {
  ConvertBits bits;
  std::memcpy(&bits, &op.bits64, sizeof(bits));
  return bits;
}

static uint64_t readLane(const Warp &warp, Slot slot, bool isWide, unsigned lane) {
  return isWide ? warp.in<uint64_t>(slot)[lane] : warp.in<uint32_t>(slot)[lane];
}

static Flow storeLanes(Warp &warp, const MicroOp &op, uint32_t exec, const uint64_t *values, bool isWide) {
  if (isWide) {
    warp.store(op.slots[0], exec, values);
    return Flow::Next;
  }
  uint32_t narrow[numLanes];
  for (unsigned lane = 0; lane != numLanes; ++lane)
    narrow[lane] = uint32_t(values[lane]);
  warp.store(op.slots[0], exec, narrow);
  return Flow::Next;
}

/// op.bytes: of the source register. bits16: an element is rounded to an integer of its own format.
static Flow runConvert(Warp &warp, const MicroOp &op, uint32_t exec) {
  ConvertBits bits = getBits(op);
  uint64_t values[numLanes] = {};
  bool toInteger = !getFormat(bits.to) && bits.to != Type::F32 && bits.to != Type::F64 && bits.to != Type::UE8M0;
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    double value = readValue(readLane(warp, op.slots[1], op.bytes == 8, lane), bits);
    if (op.bits16 != 0)
      value = roundInPlace(value, bits.rounding);
    values[lane] = toInteger ? convertToInteger(value, bits) : writeFloat(value, bits);
    if (toInteger && isSignedInteger(bits.to)) {
      // A register wider than the type gets the sign.
      unsigned shift = 64 - getTypeBits(bits.to);
      values[lane] = uint64_t(int64_t(values[lane] << shift) >> shift);
      if (bits.toRegisterBits < 64)
        values[lane] &= (uint64_t(1) << bits.toRegisterBits) - 1;
    }
  }
  return storeLanes(warp, op, exec, values, bits.toRegisterBits == 64);
}

/// Rounds to `kept` of the leading bits of a magnitude.
static double roundInteger64(uint64_t magnitude, bool isNegative, Rounding rounding, unsigned kept) {
  unsigned width = magnitude == 0 ? 0 : 64 - unsigned(countl_zero(magnitude));
  unsigned dropped = width > kept ? width - kept : 0;
  double scaled = double(magnitude >> dropped);
  if (dropped != 0) {
    // Where the rest lies relative to one half, in two bits that a double holds beside the kept ones.
    uint64_t rest = magnitude & ((uint64_t(1) << dropped) - 1), half = uint64_t(1) << (dropped - 1);
    double fraction = rest == 0 ? 0 : rest < half ? 0.25 : rest == half ? 0.5 : 0.75;
    uint64_t whole = magnitude >> dropped;
    // roundScaled adds at most one; the fraction must not be lost beside 53 bits.
    uint64_t up = roundScaled(double(whole & 1) + fraction, rounding, isNegative);
    scaled = double(whole - (whole & 1) + up);
  }
  double value = std::ldexp(scaled, int(dropped));
  return isNegative ? -value : value;
}

static Flow runFromInteger64(Warp &warp, const MicroOp &op, uint32_t exec) {
  ConvertBits bits = getBits(op);
  const uint64_t *a = warp.in<uint64_t>(op.slots[1]);
  const FloatFormat *format = getFormat(bits.to);
  unsigned kept = bits.to == Type::F64 ? 53 : bits.to == Type::F32 ? 24 : format->mantissaBits + 1;
  uint64_t values[numLanes];
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    bool isNegative = bits.from == Type::S64 && int64_t(a[lane]) < 0;
    uint64_t magnitude = isNegative ? 0 - a[lane] : a[lane];
    values[lane] = writeFloat(roundInteger64(magnitude, isNegative, bits.rounding, kept), bits);
  }
  return storeLanes(warp, op, exec, values, bits.toRegisterBits == 64);
}

/// Two f32 (the first to the upper half), or a packed register, to a packed pair. op.bytes: of a source element; 4: two
/// registers, less: one packed. bits16: bits of a result element.
static Flow runConvertPair(Warp &warp, const MicroOp &op, uint32_t exec) {
  ConvertBits bits = getBits(op);
  uint32_t values[numLanes];
  unsigned width = op.bits16, fromBits = getTypeBits(bits.from);
  uint32_t fromMask = fromBits == 32 ? ~0u : (1u << fromBits) - 1;
  unsigned fromStep = fromBits < 8 && bits.from != Type::E2M1 ? 8 : fromBits;
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    uint32_t first = warp.in<uint32_t>(op.slots[1])[lane];
    bool isPacked = op.bytes != 4;
    uint32_t high = isPacked ? (first >> fromStep) & fromMask : first;
    uint32_t low = isPacked ? first & fromMask : warp.in<uint32_t>(op.slots[2])[lane];
    values[lane] =
        uint32_t(writeFloat(readValue(high, bits), bits)) << width | uint32_t(writeFloat(readValue(low, bits), bits));
  }
  warp.store(op.slots[0], exec, values);
  return Flow::Next;
}

//===----------------------------------------------------------------------===//
// Decoding
//===----------------------------------------------------------------------===//

namespace {

struct Modes {
  int rounding = -1;      // a Rounding, -1: none
  bool toInteger = false; // .rni ..
  bool isFtz = false, isSat = false, isSatFinite = false, isRelu = false;

  uint8_t getFlags() const {
    return uint8_t(isFtz * ConvertBits::Ftz | isSat * ConvertBits::Sat | isSatFinite * ConvertBits::SatFinite |
                   isRelu * ConvertBits::Relu);
  }
};

} // namespace

static Modes takeModes(Decoder &d) {
  Modes modes;
  static const StringRef names[] = {"rn", "rz", "rm", "rp", "rna", "rni", "rzi", "rmi", "rpi"};
  modes.rounding = d.takeOneOf(names);
  if (modes.rounding >= 5) {
    modes.toInteger = true;
    modes.rounding -= 5;
  }
  modes.isRelu = d.take("relu");
  modes.isSatFinite = d.take("satfinite");
  modes.isFtz = d.take("ftz");
  modes.isSat = d.take("sat");
  return modes;
}

static bool isPlainFloat(Type type) {
  return type == Type::F16 || type == Type::BF16 || type == Type::F32 || type == Type::F64 || type == Type::TF32;
}

/// The element of a packed type; None for others.
static Type getPairElement(Type type) {
  switch (type) {
  case Type::F16x2:
    return Type::F16;
  case Type::BF16x2:
    return Type::BF16;
  case Type::E4M3x2:
    return Type::E4M3;
  case Type::E5M2x2:
    return Type::E5M2;
  case Type::E2M1x2:
    return Type::E2M1;
  case Type::E2M3x2:
    return Type::E2M3;
  case Type::E3M2x2:
    return Type::E3M2;
  case Type::UE8M0x2:
    return Type::UE8M0;
  default:
    return Type::None;
  }
}

static void decodeIntegerCast(Decoder &d, Type to, Type from, const Modes &modes) {
  unsigned toRegister = std::max(d.getRegisterBits(d.operand(0)), getTypeBits(to));
  unsigned fromRegister = std::max(d.getRegisterBits(d.operand(1)), getTypeBits(from));
  bool isExact = toRegister == getTypeBits(to) && fromRegister == getTypeBits(from) && !modes.isSat;
  ConvertKey key;
  key.to = to;
  key.from = from;
  MicroOp op;
  op.run = isExact ? getLaneTables().findConvert(key) : nullptr;
  if (!op.run)
    op.run = getLaneTables().findIntegerCast(fromRegister, toRegister, modes.isSat);
  op.flags = MicroOp::LaneWise;
  IntegerCast cast;
  cast.fromBits = uint8_t(getTypeBits(from));
  cast.toBits = uint8_t(getTypeBits(to));
  cast.registerBits = uint8_t(toRegister);
  cast.fromIsSigned = isSignedInteger(from);
  cast.toIsSigned = isSignedInteger(to);
  std::memcpy(&op.bits64, &cast, sizeof(cast));
  op.slots[1] = d.read(1, from, /*mayBeWider=*/true);
  op.slots[0] = d.write(0, to, /*mayBeWider=*/true);
  if (op.slots[0].isNone())
    op.slots[0] = d.temporary(to);
  d.emit(op);
}

/// To e4m3x2 and its like, f16x2.f32, and back.
static void decodePair(Decoder &d, Type to, Type from, const Modes &modes) {
  Type element = getPairElement(to), source = getPairElement(from);
  bool isPacked = source != Type::None;
  if (!isPacked && from != Type::F32)
    d.fail("cvt." + getTypeName(to) + "." + getTypeName(from) + " does not exist");
  ConvertKey key;
  key.to = to;
  key.from = from;
  key.isRelu = modes.isRelu;
  MicroOp op;
  op.flags = MicroOp::LaneWise;
  bool isPlain = modes.rounding == 0 && !modes.isSatFinite && !modes.isFtz && !isPacked;
  op.run = isPlain ? getLaneTables().findConvert(key) : nullptr;
  if (!op.run)
    op.run = runConvertPair;
  ConvertBits bits{element, isPacked ? source : from};
  bits.rounding = modes.rounding < 0 ? Rounding::NearestEven : Rounding(modes.rounding);
  bits.flags = modes.getFlags();
  std::memcpy(&op.bits64, &bits, sizeof(bits));
  op.bytes = isPacked ? 2 : 4;
  // Six-bit floats lie in bytes.
  op.bits16 = uint16_t(element == Type::E2M3 || element == Type::E3M2 ? 8 : getTypeBits(element));
  d.expectOperands(isPacked ? 2 : 3);
  op.slots[1] = d.read(1, from, /*mayBeWider=*/true);
  if (!isPacked)
    op.slots[2] = d.read(2, from);
  op.slots[0] = d.write(0, to, /*mayBeWider=*/true);
  if (op.slots[0].isNone())
    op.slots[0] = d.temporary(Type::B32);
  d.emit(op);
}

/// Where at least one side is a plain float.
static void decodeFloatConvert(Decoder &d, Type to, Type from, const Modes &modes) {
  bool toFloat = isPlainFloat(to), fromFloat = isPlainFloat(from);
  unsigned toRegister = std::max(d.getRegisterBits(d.operand(0)), getTypeBits(to));
  ConvertKey key;
  key.to = to;
  key.from = from;
  key.isFtz = modes.isFtz;
  key.isRelu = modes.isRelu;
  bool isUsual = toFloat ? !modes.toInteger && modes.rounding <= 0 : modes.rounding == 1;
  bool isExact = toRegister == getTypeBits(to) && d.getRegisterBits(d.operand(1)) == getTypeBits(from);
  MicroOp op;
  if (isUsual && isExact && (!modes.isSat || !toFloat) && !modes.isSatFinite)
    op.run = getLaneTables().findConvert(key);
  if (!op.run)
    op.run = from == Type::S64 || from == Type::U64 ? runFromInteger64 : runConvert;
  op.flags = MicroOp::LaneWise;
  ConvertBits bits{to, from};
  bits.rounding = modes.rounding < 0 ? Rounding::NearestEven : Rounding(modes.rounding);
  bits.toRegisterBits = uint8_t(toRegister);
  bits.flags = modes.getFlags();
  std::memcpy(&op.bits64, &bits, sizeof(bits));
  op.bits16 = modes.toInteger && toFloat && fromFloat;
  unsigned fromRegister = std::max(d.getRegisterBits(d.operand(1)), getTypeBits(from));
  op.bytes = fromRegister == 64 ? 8 : 4;
  op.slots[1] = d.read(1, from, /*mayBeWider=*/true);
  op.slots[0] = d.write(0, to, /*mayBeWider=*/true);
  if (op.slots[0].isNone())
    op.slots[0] = d.temporary(to);
  d.emit(op);
}

/// d = c:a:b, a and b clamped to the type, c the bits above (none for 16 bits). IntegerCast in bits64.
static Flow runConvertPack(Warp &warp, const MicroOp &op, uint32_t exec) {
  IntegerCast cast;
  std::memcpy(&cast, &op.bits64, sizeof(cast));
  const uint32_t *a = warp.in<uint32_t>(op.slots[1]), *b = warp.in<uint32_t>(op.slots[2]);
  const uint32_t *c = cast.toBits < 16 ? warp.in<uint32_t>(op.slots[3]) : nullptr;
  unsigned bits = cast.toBits;
  int64_t most = (int64_t(1) << (cast.toIsSigned ? bits - 1 : bits)) - 1, least = cast.toIsSigned ? -most - 1 : 0;
  auto clamp = [&](uint32_t value) {
    int64_t wide = cast.fromIsSigned ? int64_t(int32_t(value)) : int64_t(value);
    return uint32_t(std::min(std::max(wide, least), most)) & ((1u << bits) - 1);
  };
  uint32_t values[numLanes];
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    values[lane] = clamp(a[lane]) << bits | clamp(b[lane]);
    if (c)
      values[lane] |= c[lane] << (2 * bits);
  }
  warp.store(op.slots[0], exec, values);
  return Flow::Next;
}

static void decodeCvtPack(Decoder &d) {
  if (!d.take("sat"))
    d.fail("cvt.pack without .sat");
  Type to = d.takeType({Type::U16, Type::S16, Type::U8, Type::S8, Type::U4, Type::S4});
  Type from = d.takeType({Type::S32, Type::U32});
  bool hasRest = getTypeBits(to) < 16;
  if (hasRest)
    d.takeType({Type::B32});
  MicroOp op;
  op.run = runConvertPack;
  op.flags = MicroOp::LaneWise;
  IntegerCast cast;
  cast.toBits = uint8_t(getTypeBits(to));
  cast.toIsSigned = to == Type::S16 || to == Type::S8 || to == Type::S4;
  cast.fromIsSigned = from == Type::S32;
  std::memcpy(&op.bits64, &cast, sizeof(cast));
  d.expectOperands(hasRest ? 4 : 3);
  op.slots[1] = d.read(1, from);
  op.slots[2] = d.read(2, from);
  if (hasRest)
    op.slots[3] = d.read(3, Type::B32);
  op.slots[0] = d.result(0, Type::U32);
  d.emit(op);
}

static void decodeCvt(Decoder &d) {
  if (d.take("pack"))
    return decodeCvtPack(d);
  Modes modes = takeModes(d);
  Type to = d.takeType(), from = d.takeType();
  if (getPairElement(to) != Type::None)
    return decodePair(d, to, from, modes);
  d.expectOperands(2);
  bool isFloat = isPlainFloat(to) || isPlainFloat(from);
  if (!isFloat && (getFormat(to) || getFormat(from) || getTypeBits(to) < 8 || to == Type::Pred || from == Type::Pred))
    d.fail("cvt." + getTypeName(to) + "." + getTypeName(from) + " does not exist");
  if (isFloat)
    return decodeFloatConvert(d, to, from, modes);
  decodeIntegerCast(d, to, from, modes);
}

static const OpcodeInfo opcodes[] = {
    {"cvt",
     "cvt{.rnd}{.ftz}{.sat}{.relu}{.satfinite} between integers, f16, bf16, f32, f64, tf32; to and from f16x2, bf16x2, "
     "e4m3x2, e5m2x2, e2m1x2, e2m3x2, e3m2x2, ue8m0x2; cvt.pack.sat",
     "stochastic rounding (.rs) is refused", decodeCvt},
};

ArrayRef<OpcodeInfo> quantopt::ptx::getConvertOpcodes() { return opcodes; }
