//===- WarpOps.cpp - Instructions among the lanes of a warp ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DecodeLanes.h"
#include "Lanes/FloatOps.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace quantopt::ptx;

/// Calls body(lanes) for every tile (lanes with the same membermask) when all members of all tiles are at this place.
template <typename F> static Flow forEachTile(Warp &warp, const MicroOp &op, uint32_t exec, Slot mask, F body) {
  SmallVector<Warp::Tile, 1> tiles = warp.getTiles(op, exec, mask);
  if (tiles.empty())
    return Flow::Stop;
  for (const Warp::Tile &tile : tiles)
    if (!warp.gather(op, tile.lanes, tile.members))
      return Flow::Block;
  for (const Warp::Tile &tile : tiles) {
    if (warp.grid->observer)
      warp.grid->observer->syncLanes(warp, op, tile.lanes);
    body(tile.lanes);
  }
  return Flow::Next;
}

//===----------------------------------------------------------------------===//
// shfl
//===----------------------------------------------------------------------===//

enum class Shuffle : uint8_t { Up, Down, Butterfly, Index };

/// The ISA's pseudocode: c holds the clamp in bits 0-4 and the segment mask in bits 8-12.
static unsigned findSource(Shuffle mode, unsigned lane, uint32_t b, uint32_t c, bool &isInRange) {
  int bound = int(b & 31), clamp = int(c & 31), segment = int(c >> 8 & 31);
  int maxLane = (int(lane) & segment) | (clamp & ~segment), minLane = int(lane) & segment, source = 0;
  switch (mode) {
  case Shuffle::Up:
    source = int(lane) - bound;
    isInRange = source >= maxLane;
    break;
  case Shuffle::Down:
    source = int(lane) + bound;
    isInRange = source <= maxLane;
    break;
  case Shuffle::Butterfly:
    source = int(lane) ^ bound;
    isInRange = source <= maxLane;
    break;
  case Shuffle::Index:
    source = minLane | (bound & ~segment);
    isInRange = source <= maxLane;
    break;
  }
  return isInRange ? unsigned(source) : lane;
}

/// slots: d, p, a, b, c, membermask. bits16: the mode.
static void applyShuffle(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint32_t *a = warp.in<uint32_t>(op.slots[2]), *b = warp.in<uint32_t>(op.slots[3]),
                 *c = warp.in<uint32_t>(op.slots[4]);
  uint32_t values[numLanes], inRange = 0, outside = 0;
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    bool isInRange = false;
    unsigned source = findSource(Shuffle(op.bits16), lane, b[lane], c[lane], isInRange);
    inRange |= uint32_t(isInRange) << lane;
    outside |= uint32_t(!((exec >> source) & 1)) << lane;
    values[lane] = a[source];
  }
  if ((outside & exec) != 0)
    warp.report(op, outside & exec, HazardKind::DivergentCollective,
                "takes a value from a lane that does not take part",
                "let all lanes take part, or choose another source",
                /*isFatal=*/false);
  warp.store(op.slots[0], exec, values);
  warp.setPredicate(op.slots[1], exec, inRange);
}

static Flow runShuffle(Warp &warp, const MicroOp &op, uint32_t exec) {
  return forEachTile(warp, op, exec, op.slots[5], [&](uint32_t lanes) { applyShuffle(warp, op, lanes); });
}

static void decodeShfl(Decoder &d) {
  bool isSync = d.take("sync");
  int mode = d.takeOneOf({"up", "down", "bfly", "idx"});
  Type type = d.takeType({Type::B32});
  if (mode < 0 || !isSync)
    return d.fail("shfl.sync.{up,down,bfly,idx} is wanted");
  d.expectOperands(5);
  MicroOp op;
  op.run = runShuffle;
  op.bits16 = uint16_t(mode);
  op.slots[2] = d.read(1, type);
  op.slots[3] = d.read(2, Type::B32);
  op.slots[4] = d.read(3, Type::B32);
  op.slots[5] = d.read(4, Type::B32);
  d.requireDefined();
  const Operand &results = d.operand(0);
  bool isPair = results.is(Operand::Kind::Pair) && results.elements.size() == 2;
  op.slots[0] = d.write(isPair ? results.elements[0] : results, type);
  if (isPair)
    op.slots[1] = d.writePredicate(results.elements[1]);
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// vote, match, activemask, elect
//===----------------------------------------------------------------------===//

enum class Vote : uint8_t { All, Any, Uni, Ballot };

/// slots: d, a, membermask.
static void applyVote(Warp &warp, const MicroOp &op, uint32_t exec) {
  uint32_t set = warp.predicate(op.slots[1]) & exec;
  if (Vote(op.bits16) == Vote::Ballot) {
    uint32_t values[numLanes];
    std::fill_n(values, numLanes, set);
    warp.store(op.slots[0], exec, values);
    return;
  }
  bool result = Vote(op.bits16) == Vote::Any   ? set != 0
                : Vote(op.bits16) == Vote::All ? set == exec
                                               : set == exec || set == 0;
  warp.setPredicate(op.slots[0], exec, result ? allLanes : 0);
}

static Flow runVote(Warp &warp, const MicroOp &op, uint32_t exec) {
  return forEachTile(warp, op, exec, op.slots[2], [&](uint32_t lanes) { applyVote(warp, op, lanes); });
}

static void decodeVote(Decoder &d) {
  bool isSync = d.take("sync");
  int mode = d.takeOneOf({"all", "any", "uni", "ballot"});
  Type type = d.takeType({Type::Pred, Type::B32});
  if (mode < 0 || !isSync)
    return d.fail("vote.sync.{all,any,uni,ballot} is wanted");
  d.expectOperands(3);
  MicroOp op;
  op.run = runVote;
  op.bits16 = uint16_t(mode);
  op.slots[1] = d.readPredicate(1);
  op.slots[2] = d.read(2, Type::B32);
  d.requireDefined();
  op.slots[0] = d.result(0, type);
  d.emit(op);
}

/// slots: d, p, a, membermask. bits16: 1 all, 0 any.
template <typename T> static void applyMatch(Warp &warp, const MicroOp &op, uint32_t exec) {
  const T *a = warp.in<T>(op.slots[2]);
  uint32_t values[numLanes] = {};
  bool allEqual = true;
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    for (unsigned other = 0; other != numLanes; ++other)
      values[lane] |= uint32_t(a[lane] == a[other]) << other;
    values[lane] &= exec;
    allEqual &= !((exec >> lane) & 1) || values[lane] == exec;
  }
  if (op.bits16 != 0)
    std::fill_n(values, numLanes, allEqual ? exec : 0);
  warp.store(op.slots[0], exec, values);
  warp.setPredicate(op.slots[1], exec, allEqual ? allLanes : 0);
}

template <typename T> static Flow runMatch(Warp &warp, const MicroOp &op, uint32_t exec) {
  return forEachTile(warp, op, exec, op.slots[3], [&](uint32_t lanes) { applyMatch<T>(warp, op, lanes); });
}

static void decodeMatch(Decoder &d) {
  bool isAll = d.takeOneOf({"any", "all"}) == 1;
  d.take("sync");
  Type type = d.takeType({Type::B32, Type::B64});
  d.expectOperands(3);
  MicroOp op;
  op.run = type == Type::B64 ? runMatch<uint64_t> : runMatch<uint32_t>;
  op.bits16 = isAll;
  op.slots[2] = d.read(1, type);
  op.slots[3] = d.read(2, Type::B32);
  d.requireDefined();
  const Operand &results = d.operand(0);
  bool isPair = results.is(Operand::Kind::Pair) && results.elements.size() == 2;
  op.slots[0] = d.write(isPair ? results.elements[0] : results, Type::B32);
  if (isPair)
    op.slots[1] = d.writePredicate(results.elements[1]);
  d.emit(op);
}

static Flow runActivemask(Warp &warp, const MicroOp &op, uint32_t exec) {
  uint32_t values[numLanes];
  std::fill_n(values, numLanes, exec);
  warp.store(op.slots[0], exec, values);
  return Flow::Next;
}

static void decodeActivemask(Decoder &d) {
  Type type = d.takeType({Type::B32});
  d.expectOperands(1);
  MicroOp op;
  op.run = runActivemask;
  op.slots[0] = d.result(0, type);
  d.emit(op);
}

/// slots: d, p, membermask. The lowest lane is elected.
static void applyElect(Warp &warp, const MicroOp &op, uint32_t exec) {
  unsigned leader = unsigned(countr_zero(exec));
  uint32_t values[numLanes];
  std::fill_n(values, numLanes, leader);
  warp.store(op.slots[0], exec, values);
  warp.setPredicate(op.slots[1], exec, 1u << leader);
}

static Flow runElect(Warp &warp, const MicroOp &op, uint32_t exec) {
  return forEachTile(warp, op, exec, op.slots[2], [&](uint32_t lanes) { applyElect(warp, op, lanes); });
}

static void decodeElect(Decoder &d) {
  d.take("sync");
  d.expectOperands(2);
  MicroOp op;
  op.run = runElect;
  op.slots[2] = d.read(1, Type::B32);
  d.requireDefined();
  const Operand &results = d.operand(0);
  bool isPair = results.is(Operand::Kind::Pair) && results.elements.size() == 2;
  op.slots[0] = isPair ? d.write(results.elements[0], Type::B32) : Slot();
  op.slots[1] = d.writePredicate(isPair ? results.elements[1] : results);
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// redux
//===----------------------------------------------------------------------===//

enum class Redux : uint8_t { Add, Min, Max, And, Or, Xor };

template <typename T> static T reduce(Redux op, T a, T b) {
  switch (op) {
  case Redux::Add:
    return T(uint32_t(a) + uint32_t(b));
  case Redux::Min:
    return a < b ? a : b;
  case Redux::Max:
    return a > b ? a : b;
  case Redux::And:
    return a & b;
  case Redux::Or:
    return a | b;
  case Redux::Xor:
    return a ^ b;
  }
  return a;
}

/// slots: d, a, membermask.
template <typename T> static void applyRedux(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint32_t *a = warp.in<uint32_t>(op.slots[1]);
  uint32_t lanes = exec;
  T result = T(a[countr_zero(lanes)]);
  for (lanes &= lanes - 1; lanes != 0; lanes &= lanes - 1)
    result = reduce<T>(Redux(op.bits16), result, T(a[countr_zero(lanes)]));
  uint32_t values[numLanes];
  std::fill_n(values, numLanes, uint32_t(result));
  warp.store(op.slots[0], exec, values);
}

template <typename T> static Flow runRedux(Warp &warp, const MicroOp &op, uint32_t exec) {
  return forEachTile(warp, op, exec, op.slots[2], [&](uint32_t lanes) { applyRedux<T>(warp, op, lanes); });
}

/// bits16: bit 0 min (else max), bit 1 .abs, bit 2 .NaN
static void applyReduxFloat(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint32_t *a = warp.in<uint32_t>(op.slots[1]);
  bool isMin = op.bits16 & 1, isAbs = op.bits16 & 2, keepsNan = op.bits16 & 4;
  auto read = [&](unsigned lane) { return castBits<float>(isAbs ? a[lane] & 0x7FFFFFFF : a[lane]); };
  uint32_t lanes = exec;
  float result = read(unsigned(countr_zero(lanes)));
  for (lanes &= lanes - 1; lanes != 0; lanes &= lanes - 1) {
    float next = read(unsigned(countr_zero(lanes)));
    result = isMin ? (keepsNan ? FminmaxOp<true, true, false>::apply(result, next)
                               : FminmaxOp<true, false, false>::apply(result, next))
                   : (keepsNan ? FminmaxOp<false, true, false>::apply(result, next)
                               : FminmaxOp<false, false, false>::apply(result, next));
  }
  uint32_t values[numLanes];
  std::fill_n(values, numLanes, castBits<uint32_t>(canonicalize(result)));
  warp.store(op.slots[0], exec, values);
}

static Flow runReduxFloat(Warp &warp, const MicroOp &op, uint32_t exec) {
  return forEachTile(warp, op, exec, op.slots[2], [&](uint32_t lanes) { applyReduxFloat(warp, op, lanes); });
}

static void decodeRedux(Decoder &d) {
  d.take("sync");
  int index = d.takeOneOf({"add", "min", "max", "and", "or", "xor"});
  bool isAbs = d.take("abs"), keepsNan = d.take("NaN");
  Type type = d.takeType({Type::U32, Type::S32, Type::B32, Type::F32});
  bool isBits = index >= 3, isFloat = type == Type::F32;
  if (index < 0 || isBits != (type == Type::B32) || (isFloat && index == 0))
    return d.fail("redux.sync has no such operation on ." + getTypeName(type));
  MicroOp op;
  d.expectOperands(3);
  op.run = isFloat ? runReduxFloat : type == Type::S32 ? runRedux<int32_t> : runRedux<uint32_t>;
  op.bits16 = isFloat ? uint16_t((index == 1) | isAbs << 1 | keepsNan << 2) : uint16_t(index);
  op.slots[1] = d.read(1, type);
  op.slots[2] = d.read(2, Type::B32);
  d.requireDefined();
  op.slots[0] = d.result(0, type);
  d.emit(op);
}

static const OpcodeInfo opcodes[] = {
    {"activemask", "activemask.b32", "the lanes that run together here", decodeActivemask},
    {"elect", "elect.sync", "the lowest lane is elected", decodeElect},
    {"match", "match.{any,all}.sync.{b32,b64}", "", decodeMatch},
    {"redux", "redux.sync.{add,min,max}.{u32,s32}, .{and,or,xor}.b32, .{min,max}{.abs}{.NaN}.f32", "", decodeRedux},
    {"shfl", "shfl.sync.{up,down,bfly,idx}.b32", "", decodeShfl},
    {"vote", "vote.sync.{all,any,uni}.pred, .ballot.b32", "", decodeVote},
};

ArrayRef<OpcodeInfo> quantopt::ptx::getWarpOpcodes() { return opcodes; }
