//===- BulkCopyOps.cpp - cp.async.bulk and tensor copies ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsyncOps.h"
#include "AsyncState.h"
#include "llvm/Support/FormatVariadic.h"

using namespace quantopt::ptx;

namespace {

/// What a bulk copy is; goes into MicroOp::bits64. The pool holds, in this order: the address of the destination, of
/// the source, of the mbarrier (where there are such), the coordinates, the size, the CTA mask.
struct BulkForm {
  enum Flag : uint8_t { Multicast = 1, Mbarrier = 2 };
  uint8_t rank = 0; // of a tensor; 0: flat
  bool toShared = false, fromShared = false;
  uint8_t flags = 0;
  Reduction reduction = Reduction::None;
  Type type = Type::None;
  uint16_t unused = 0; // fills the eight bytes

  bool isTensor() const { return rank != 0; }
  uint64_t pack() const {
    uint64_t bits;
    std::memcpy(&bits, this, sizeof(bits));
    return bits;
  }
  static BulkForm unpack(uint64_t bits) {
    BulkForm result;
    std::memcpy(static_cast<void *>(&result), &bits, sizeof(bits));
    return result;
  }
};
static_assert(sizeof(BulkForm) == sizeof(uint64_t), "goes into MicroOp::bits64");

/// Reads the pool of a micro-op from the front, for one lane.
struct PoolReader {
  const Warp &warp;
  const MicroOp &op;
  unsigned lane, next = 0;

  uint64_t takeAddress() {
    next += poolAddressSlots;
    return getPoolAddress(warp, op, next - poolAddressSlots, lane);
  }
  uint32_t take32() { return warp.in<uint32_t>(warp.grid->program.pool[op.pool + next++])[lane]; }
};

} // namespace

//===----------------------------------------------------------------------===//
// Execution
//===----------------------------------------------------------------------===//

static bool reportMisuse(const BulkCopy &copy, const llvm::Twine &message, const llvm::Twine &remedy) {
  copy.warp->report(*copy.op, 1u << copy.lane, HazardKind::AsyncMisuse, message, remedy);
  return false;
}

/// Reads the tensor map at a generic address.
static bool readMap(BulkCopy &copy, const BulkForm &form, uint64_t address) {
  const uint8_t *bytes =
      copy.warp->translate(*copy.op, Space::Generic, copy.lane, address, TensorMap::encodedBytes, 64, AccessKind::Read);
  if (!bytes)
    return false;
  llvm::Expected<TensorMap> map = decodeTensorMap(bytes);
  if (!map)
    return reportMisuse(copy, "copies with what is no " + llvm::toString(map.takeError()),
                        "encode a tensor map and pass it by value");
  if (map->rank != form.rank)
    return reportMisuse(copy, llvm::formatv("copies {1} dimensions with a tensor map of {0}", map->rank, form.rank),
                        "make the instruction's .Nd that of the map");
  copy.bytes = map->getBoxBytes();
  copy.map = std::make_shared<TensorMap>(*map);
  if (form.reduction != Reduction::None) {
    constexpr Type types[] = {Type::None, Type::None, Type::U32,  Type::S32, Type::U64, Type::S64, Type::F16,
                              Type::F32,  Type::F64,  Type::BF16, Type::F32, Type::F32, Type::F32};
    copy.type = types[unsigned(map->element)];
    if (copy.type == Type::None)
      return reportMisuse(copy, "reduces a tensor of 8-bit or 16-bit integers", "use a wider type");
  }
  return true;
}

/// The ranks that a load writes to and the places there.
static bool setDestination(BulkCopy &copy, const BulkForm &form, uint64_t address, uint32_t mask) {
  Warp &warp = *copy.warp;
  uint64_t align = form.isTensor() ? 128 : 16;
  SharedPlace place = findShared(warp, *copy.op, copy.lane, Space::Shared, address, copy.bytes, align);
  if (!place.cta)
    return false;
  copy.destination = place.address;
  copy.destinations = 1u << place.cta->rank;
  if (form.flags & BulkForm::Multicast) {
    copy.destinations = mask & 0xFFFF;
    if (copy.destinations == 0 || copy.destinations >> warp.cta->cluster->ctas.size() != 0)
      return reportMisuse(copy,
                          llvm::formatv("sends to the CTA mask {0:x} in a cluster of {1}", copy.destinations,
                                        warp.cta->cluster->ctas.size()),
                          "set bits of CTAs that the cluster has");
  }
  return true;
}

/// The mbarrier of a load, which must be there in each destination.
static bool setMbarrier(BulkCopy &copy, uint64_t address) {
  Warp &warp = *copy.warp;
  SharedPlace place = findShared(warp, *copy.op, copy.lane, Space::Shared, address, 8, 8);
  if (!place.cta)
    return false;
  copy.signalsMbarrier = true;
  copy.mbarrier = place.address;
  bool isRight = true;
  forEachDestination(copy, [&](Cta &cta) {
    AsyncState &state = AsyncState::of(warp);
    if (!isRight || state.find(cta, copy.mbarrier))
      return;
    state.reportMbarrier(warp, *copy.op, copy.lane, {&cta, copy.mbarrier}, nullptr);
    isRight = false;
  });
  return isRight;
}

static bool setSize(BulkCopy &copy, uint32_t bytes) {
  copy.bytes = bytes;
  if (bytes % 16 == 0 && bytes != 0)
    return true;
  return reportMisuse(copy, llvm::formatv("copies {0} bytes in bulk", bytes), "copy a multiple of 16");
}

static bool setSource(BulkCopy &copy, const BulkForm &form, uint64_t address) {
  if (form.fromShared) {
    SharedPlace place =
        findShared(*copy.warp, *copy.op, copy.lane, Space::Shared, address, copy.bytes, form.isTensor() ? 128 : 16);
    copy.sourceCta = place.cta;
    copy.source = place.address;
    return place.cta != nullptr;
  }
  copy.global = address;
  return true;
}

static bool checkGlobal(const BulkCopy &copy, const BulkForm &form) {
  bool isFlatGlobal = !form.isTensor() && !(form.toShared && form.fromShared);
  if (!isFlatGlobal || copy.global % 16 == 0)
    return true;
  copy.warp->report(*copy.op, 1u << copy.lane, HazardKind::Misaligned,
                    "copies in bulk at a global address that is no multiple of 16", "align the buffer and the offset",
                    true, copy.warp->describe(Space::Global, copy.global, copy.bytes));
  return false;
}

/// Fills in a copy from the operands of a lane. The order of the pool is that of `BulkForm`.
static bool makeCopy(BulkCopy &copy, const BulkForm &form, PoolReader pool) {
  uint64_t destination = pool.takeAddress(), source = pool.takeAddress();
  uint64_t mbarrier = form.flags & BulkForm::Mbarrier ? pool.takeAddress() : 0;
  copy.reduction = form.reduction;
  copy.type = form.type;
  if (form.isTensor()) {
    if (!readMap(copy, form, form.toShared ? source : destination))
      return false;
    for (unsigned dim = 0; dim != form.rank; ++dim)
      copy.coordinates[dim] = int32_t(pool.take32());
  } else if (!setSize(copy, pool.take32())) {
    return false;
  }
  uint32_t mask = form.flags & BulkForm::Multicast ? pool.take32() : 0;
  if (form.toShared && !setDestination(copy, form, destination, mask))
    return false;
  if (!form.toShared && !form.isTensor())
    copy.global = destination;
  bool readsMap = form.isTensor() && form.toShared;
  if (!readsMap && !setSource(copy, form, source))
    return false;
  return checkGlobal(copy, form) && (!(form.flags & BulkForm::Mbarrier) || setMbarrier(copy, mbarrier));
}

static Flow runBulkCopy(Warp &warp, const MicroOp &op, uint32_t exec) {
  BulkForm form = BulkForm::unpack(op.bits64);
  AsyncState &state = AsyncState::of(warp);
  bool isRight = forEachLane(exec, [&](unsigned lane) {
    BulkCopy copy;
    copy.op = &op;
    copy.warp = &warp;
    copy.lane = lane;
    if (!makeCopy(copy, form, PoolReader{warp, op, lane}))
      return false;
    return form.flags & BulkForm::Mbarrier ? state.issue(std::move(copy)) : state.issueToGroup(std::move(copy));
  });
  return isRight ? Flow::Next : Flow::Stop;
}

static Flow runCommitBulk(Warp &warp, const MicroOp &, uint32_t exec) {
  WarpAsync &state = AsyncState::of(warp).get(warp);
  forEachLane(exec, [&](unsigned lane) {
    ++state.bulkGroup[lane];
    return true;
  });
  return Flow::Next;
}

/// imm: groups that may stay in flight; bits16: 1 of .read.
static Flow runWaitBulk(Warp &warp, const MicroOp &op, uint32_t exec) {
  AsyncState &state = AsyncState::of(warp);
  std::array<uint32_t, numLanes> end = state.get(warp).bulkGroup;
  for (uint32_t &group : end)
    group -= std::min<uint32_t>(group, uint32_t(op.imm));
  return state.waitGroups(warp, exec, end, op.bits16 & 1) ? Flow::Next : Flow::Stop;
}

static Flow runPrefetch(Warp &, const MicroOp &, uint32_t) { return Flow::Next; }

//===----------------------------------------------------------------------===//
// Decoder
//===----------------------------------------------------------------------===//

static Reduction takeReduction(Decoder &d) {
  int index = d.takeOneOf({"add", "min", "max", "inc", "dec", "and", "or", "xor"});
  if (index < 0)
    d.fail("cp.reduce.async.bulk without an operation", "add .add, .min, .max, .inc, .dec, .and, .or or .xor");
  return static_cast<Reduction>(index + 1);
}

/// Takes destination and source spaces, in this order.
static void takeSpaces(Decoder &d, BulkForm &form) {
  constexpr llvm::StringRef spaces[] = {"global", "shared::cta", "shared::cluster"};
  int destination = d.takeOneOf(spaces), source = d.takeOneOf(spaces);
  if (destination < 0 || source < 0 || (destination == 0 && source != 1) || (destination == 1 && source != 0) ||
      source == 2)
    d.fail("a bulk copy between these spaces", "copy global to shared, shared::cta to global or to shared::cluster");
  form.toShared = destination != 0;
  form.fromShared = source == 1;
}

static void takeCompletion(Decoder &d, BulkForm &form) {
  bool isMbarrier = d.take("mbarrier::complete_tx::bytes"), isGroup = d.take("bulk_group");
  if (isMbarrier == isGroup || isMbarrier != form.toShared)
    d.fail("a bulk copy completes on an mbarrier if it writes shared memory, in a group otherwise",
           "add .mbarrier::complete_tx::bytes or .bulk_group");
  if (isMbarrier)
    form.flags |= BulkForm::Mbarrier;
  if (d.take("multicast::cluster"))
    form.flags |= BulkForm::Multicast;
}

/// The vector of coordinates in [map, {c0, c1}].
static void readCoordinates(Decoder &d, const Operand &address, const BulkForm &form,
                            llvm::SmallVectorImpl<Slot> &pool) {
  if (address.elements.size() != 2) {
    d.fail("a tensor address is [map, {coordinates}]", "write one coordinate a dimension");
    return;
  }
  const Operand &vector = address.elements[1];
  llvm::ArrayRef<Operand> coordinates =
      vector.is(Operand::Kind::Vector) ? llvm::ArrayRef<Operand>(vector.elements) : llvm::ArrayRef<Operand>(vector);
  if (coordinates.size() != form.rank)
    d.fail("a tensor copy of " + llvm::Twine(unsigned(form.rank)) + " dimensions with " +
               llvm::Twine(coordinates.size()) + " coordinates",
           "write one a dimension");
  for (const Operand &coordinate : coordinates)
    pool.push_back(d.read(coordinate, Type::B32));
}

static void readOperands(Decoder &d, const BulkForm &form, bool hasPolicy, llvm::SmallVectorImpl<Slot> &pool) {
  bool hasMbarrier = form.flags & BulkForm::Mbarrier, hasMask = form.flags & BulkForm::Multicast;
  d.expectOperands(2 + !form.isTensor() + hasMbarrier + hasMask + hasPolicy);
  // A tensor's side is the generic address of its map.
  auto space = [&](bool isShared) {
    return isShared ? Space::Shared : form.isTensor() ? Space::Generic : Space::Global;
  };
  addPoolAddress(d, d.readAddress(d.operand(0), space(form.toShared)), pool);
  addPoolAddress(d, d.readAddress(d.operand(1), space(form.fromShared)), pool);
  size_t next = 2 + !form.isTensor();
  if (hasMbarrier)
    addPoolAddress(d, d.readAddress(d.operand(next++), Space::Shared), pool);
  if (form.isTensor())
    readCoordinates(d, d.operand(form.toShared ? 1 : 0), form, pool);
  else
    pool.push_back(d.read(2, Type::B32));
  if (hasMask)
    pool.push_back(d.read(next, Type::B16));
}

static void decodeTensorMode(Decoder &d) {
  d.take("tile");
  for (llvm::StringRef word : d.remaining())
    if (word.starts_with("im2col") || word.starts_with("tile::"))
      d.fail("tensor copies in mode ." + word, "only .tile is here");
}

static void emitGroupOp(Decoder &d, Handler run, bool hasNumber) {
  MicroOp op;
  op.run = run;
  op.bits16 = d.take("read");
  d.expectOperands(hasNumber);
  if (hasNumber)
    op.imm = d.readInteger(d.operand(0));
  d.usesAsync();
  d.emit(op);
}

static void decodePrefetch(Decoder &d) {
  while (!d.remaining().empty())
    d.take(d.remaining().front());
  MicroOp op;
  op.run = runPrefetch;
  d.emit(op);
}

void quantopt::ptx::decodeBulkCopy(Decoder &d, bool reduces) {
  if (d.take("commit_group"))
    return emitGroupOp(d, runCommitBulk, false);
  if (d.take("wait_group"))
    return emitGroupOp(d, runWaitBulk, true);
  if (d.take("prefetch"))
    return decodePrefetch(d);
  BulkForm form;
  if (d.take("tensor")) {
    int rank = d.takeOneOf({"1d", "2d", "3d", "4d", "5d"});
    if (rank < 0)
      d.fail("a tensor copy without its rank", "add .1d to .5d");
    form.rank = uint8_t(rank + 1);
    decodeTensorMode(d);
  }
  takeSpaces(d, form);
  takeCompletion(d, form);
  bool hasPolicy = d.take("L2::cache_hint");
  if (reduces) {
    form.reduction = takeReduction(d);
    d.take("noftz");
    if (!form.isTensor())
      form.type = d.takeType({Type::F16, Type::BF16, Type::B32, Type::U32, Type::S32, Type::B64, Type::U64, Type::S64,
                              Type::F32, Type::F64});
  }
  llvm::SmallVector<Slot, 16> pool;
  readOperands(d, form, hasPolicy, pool);
  MicroOp op;
  op.run = runBulkCopy;
  op.bits64 = form.pack();
  d.setPool(op, pool);
  d.usesAsync();
  d.emit(op);
}
