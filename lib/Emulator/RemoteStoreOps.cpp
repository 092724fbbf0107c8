//===- RemoteStoreOps.cpp - st.async and red.async ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsyncState.h"

using namespace quantopt::ptx;

/// slots: address, then the elements; pool: address of the mbarrier; count, bytes: elements and their size; bits16: a
/// Reduction; bits64: the type of its elements.
static Flow runRemoteStore(Warp &warp, const MicroOp &op, uint32_t exec) {
  std::array<uint64_t, numLanes> addresses;
  warp.getAddresses(op, op.slots[0], addresses.data());
  AsyncState &state = AsyncState::of(warp);
  bool isRight = forEachLane(exec, [&](unsigned lane) {
    BulkCopy copy;
    copy.op = &op;
    copy.warp = &warp;
    copy.lane = lane;
    copy.bytes = uint32_t(op.count) * op.bytes;
    copy.reduction = static_cast<Reduction>(op.bits16);
    copy.type = static_cast<Type>(op.bits64);
    for (unsigned i = 0; i != op.count; ++i) {
      const auto *from = reinterpret_cast<const uint8_t *>(warp.in<uint32_t>(op.slots[1 + i])) + lane * op.bytes;
      copy.value.append(from, from + op.bytes);
    }
    SharedPlace to = findShared(warp, op, lane, Space::Shared, addresses[lane], copy.bytes, op.bytes);
    if (!to.cta)
      return false;
    SharedPlace bar = findShared(warp, op, lane, Space::Shared, getPoolAddress(warp, op, 0, lane), 8, 8);
    if (!bar.cta)
      return false;
    if (bar.cta != to.cta) {
      warp.report(op, 1u << lane, HazardKind::AsyncMisuse, "stores to one CTA and signals an mbarrier of another",
                  "map both addresses to the same rank");
      return false;
    }
    copy.destinations = 1u << to.cta->rank;
    copy.destination = to.address;
    copy.signalsMbarrier = true;
    copy.mbarrier = bar.address;
    return state.issue(std::move(copy));
  });
  return isRight ? Flow::Next : Flow::Stop;
}

static void decodeRemote(Decoder &d, Reduction reduction) {
  if (!d.take("async"))
    return d.fail("'" + d.instruction().opcode + "' without .async", "write it");
  d.takeOneOf({"weak", "relaxed"});
  d.take("cluster");
  d.take("shared::cluster");
  d.take("mbarrier::complete_tx::bytes");
  int vector = d.takeOneOf({"v2", "v4"});
  Type type = d.takeType({Type::B32, Type::B64, Type::U32, Type::U64, Type::S32, Type::S64, Type::F32, Type::F64});
  MicroOp op;
  op.run = runRemoteStore;
  op.count = vector == 1 ? 4 : vector == 0 ? 2 : 1;
  op.bytes = uint8_t(getTypeBits(type) / 8);
  op.bits16 = uint16_t(reduction);
  op.bits64 = uint64_t(type);
  d.expectOperands(3);
  d.setAddress(op, 0, d.readAddress(d.operand(0), Space::Shared));
  const Operand &value = d.operand(1);
  size_t given = value.is(Operand::Kind::Vector) ? value.elements.size() : 1;
  if (given != op.count)
    return d.fail("st.async of " + llvm::Twine(unsigned(op.count)) + " elements names " + llvm::Twine(given), "");
  for (unsigned i = 0; i != op.count; ++i)
    op.slots[1 + i] = d.read(value.is(Operand::Kind::Vector) ? value.elements[i] : value, type);
  llvm::SmallVector<Slot, 3> pool;
  addPoolAddress(d, d.readAddress(d.operand(2), Space::Shared), pool);
  d.setPool(op, pool);
  d.usesAsync();
  d.emit(op);
}

static void decodeStoreAsync(Decoder &d) { decodeRemote(d, Reduction::None); }

static void decodeReduceAsync(Decoder &d) {
  int reduction = d.takeOneOf({"add", "min", "max", "inc", "dec", "and", "or", "xor"});
  if (reduction < 0)
    return d.fail("red.async without an operation", "add .add, .min, .max, .inc, .dec, .and, .or or .xor");
  decodeRemote(d, static_cast<Reduction>(reduction + 1));
}

static const OpcodeInfo opcodes[] = {
    {"st.async",
     "st.async{.weak}.shared::cluster.mbarrier::complete_tx::bytes{.v2,.v4}.{b,u,s,f}{32,64} [a], b, [mbar]", "",
     decodeStoreAsync},
    {"red.async",
     "red.async.relaxed.cluster.shared::cluster.mbarrier::complete_tx::bytes.op.{u,s,b}{32,64} [a], b, [mbar]", "",
     decodeReduceAsync}};

llvm::ArrayRef<OpcodeInfo> quantopt::ptx::getRemoteStoreOpcodes() { return opcodes; }
