//===- LoadStore.cpp - Decoding of ld, st and hints to the caches ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DecodeLanes.h"
#include "Handlers.h"
#include "MemoryAccess.h"
#include <atomic>

using namespace llvm;
using namespace quantopt::ptx;

//===----------------------------------------------------------------------===//
// Ordering
//===----------------------------------------------------------------------===//

/// .acquire: what follows is not read before; .release: what came before is visible. The host's order of plain accesses
/// is that of x86, so a fence beside the access is enough.
Flow quantopt::ptx::runHostFence(Warp &warp, const MicroOp &op, uint32_t exec) {
  std::atomic_thread_fence(std::memory_order_seq_cst);
  return Flow::Next;
}

namespace {

struct Ordering {
  bool isAcquire = false, isRelease = false, isPolled = false;
  MemoryOrder order = MemoryOrder::Weak;
};

} // namespace

MemoryScope quantopt::ptx::takeScope(Decoder &d) {
  switch (d.takeOneOf({"cta", "cluster", "gpu", "sys", "gl"})) {
  case 0:
    return MemoryScope::Cta;
  case 1:
    return MemoryScope::Cluster;
  case 2:
  case 4:
    return MemoryScope::Gpu;
  case 3:
    return MemoryScope::Sys;
  default:
    return MemoryScope::None;
  }
}

static Ordering takeOrdering(Decoder &d) {
  Ordering result;
  if (d.take("mmio")) {
    result.isPolled = true;
    d.take("relaxed");
    result.order = MemoryOrder::Relaxed;
    return result;
  }
  static const StringRef names[] = {"weak", "volatile", "relaxed", "acquire", "release"};
  static constexpr MemoryOrder orders[] = {MemoryOrder::Weak, MemoryOrder::Volatile, MemoryOrder::Relaxed,
                                           MemoryOrder::Acquire, MemoryOrder::Release};
  int index = d.takeOneOf(names);
  if (index < 0)
    return result;
  result.order = orders[index];
  result.isAcquire = index == 3;
  result.isRelease = index == 4;
  result.isPolled = index != 0;
  return result;
}

/// Hints: .ca, .L1::evict_last, .L2::128B, .L2::cache_hint (whose operand is then the last), .unified, .nc.
static void takeCacheHints(Decoder &d) {
  d.takeOneOf({"ca", "cg", "cs", "lu", "cv", "wb", "wt"});
  d.take("nc");
  d.take("unified");
  while (!d.takePrefix("L1::").empty() || !d.takePrefix("L2::").empty()) {
  }
}

//===----------------------------------------------------------------------===//
// ld.param of the kernel
//===----------------------------------------------------------------------===//

/// The same bytes for all lanes: slots are the elements, imm the offset.
template <typename R> static Flow runLoadParam(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint8_t *from = warp.grid->params.data() + op.imm;
  for (unsigned element = 0; element != op.count; ++element) {
    uint64_t value = 0;
    std::memcpy(&value, from + element * op.bytes, op.bytes);
    if (op.bits16 != 0) {
      unsigned shift = 64 - 8 * op.bytes;
      value = uint64_t(int64_t(value << shift) >> shift);
      value &= op.bits16 >= 64 ? ~uint64_t(0) : (uint64_t(1) << op.bits16) - 1;
    }
    R values[numLanes];
    std::fill_n(values, numLanes, R(value));
    warp.store(op.poolCount != 0 ? warp.grid->program.pool[op.pool + element] : op.slots[element], exec, values);
  }
  return Flow::Next;
}

/// Any address in param space.
static Flow runLoadParamAt(Warp &warp, const MicroOp &op, uint32_t exec) {
  uint64_t addresses[numLanes];
  warp.getAddresses(op, op.slots[4], addresses);
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    if (!((exec >> lane) & 1))
      continue;
    uint8_t *from = warp.translate(op, Space::Param, lane, addresses[lane], uint64_t(op.bytes) * op.count,
                                   uint64_t(op.bytes) * op.count, AccessKind::Read);
    if (!from)
      return Flow::Stop;
    for (unsigned element = 0; element != op.count; ++element) {
      Slot slot = op.poolCount != 0 ? warp.grid->program.pool[op.pool + element] : op.slots[element];
      if (slot.isNone())
        continue;
      uint64_t value = 0;
      std::memcpy(&value, from + element * op.bytes, op.bytes);
      if (op.bits16 > 32)
        warp.out<uint64_t>(slot)[lane] = value;
      else
        warp.out<uint32_t>(slot)[lane] = uint32_t(value);
    }
  }
  return Flow::Next;
}

//===----------------------------------------------------------------------===//
// Decoders
//===----------------------------------------------------------------------===//

namespace {

/// What ld and st share.
struct AccessForm {
  Space space = Space::Generic;
  Type type = Type::B32;
  unsigned count = 1, registerBits = 32;
  bool isWide128 = false; // .b128: two elements of 8 bytes in one register
};

} // namespace

static unsigned takeCount(Decoder &d) {
  int vector = d.takeOneOf({"v2", "v4", "v8"});
  return vector < 0 ? 1 : 2u << vector;
}

/// Registers of the elements: operands of a vector or the one operand.
static void readElements(Decoder &d, MicroOp &op, AccessForm &form, const Operand &operand, bool isLoad) {
  SmallVector<Slot, 8> slots;
  ArrayRef<Operand> elements = operand.is(Operand::Kind::Vector) ? ArrayRef<Operand>(operand.elements) : operand;
  if (elements.size() != form.count)
    d.fail("a vector of " + Twine(elements.size()) + " registers where the instruction has " + Twine(form.count));
  form.registerBits = getTypeBits(form.type);
  for (const Operand &element : elements)
    form.registerBits = std::max(form.registerBits, d.getRegisterBits(element));
  for (const Operand &element : elements) {
    unsigned bits = d.getRegisterBits(element);
    if (bits > 32 ? form.registerBits < 64 : bits != 0 && form.registerBits > 32)
      d.fail("registers of different widths in one vector");
    Slot slot =
        isLoad ? d.write(element, form.type, /*mayBeWider=*/true) : d.read(element, form.type, /*mayBeWider=*/true);
    if (!isLoad && form.space != Space::Local && form.space != Space::Shared)
      d.requireDefined();
    slots.push_back(slot);
    if (!form.isWide128)
      continue;
    if (!slot.isNone())
      slot.bits += 64;
    slots.push_back(slot);
  }
  if (slots.size() > 4)
    return d.setPool(op, slots);
  std::copy(slots.begin(), slots.end(), op.slots);
}

static AccessForm takeForm(Decoder &d, MicroOp &op) {
  AccessForm form;
  form.count = takeCount(d);
  form.type = d.takeType();
  unsigned bits = getTypeBits(form.type);
  if (form.type == Type::Pred || bits < 8)
    d.fail("'" + d.instruction().opcode + "' has no type ." + getTypeName(form.type));
  form.isWide128 = bits == 128;
  op.bytes = uint8_t(form.isWide128 ? 8 : bits / 8);
  op.count = uint8_t(form.isWide128 ? 2 * form.count : form.count);
  return form;
}

static bool isSignedType(Type type) { return type == Type::S8 || type == Type::S16 || type == Type::S32; }

static void emitLoadParam(Decoder &d, MicroOp &op, const AccessForm &form) {
  op.bits16 = isSignedType(form.type) ? uint16_t(form.registerBits) : 0;
  bool isStatic = !(op.flags & (MicroOp::WideAddress | MicroOp::NarrowAddress));
  if (!isStatic) {
    op.run = runLoadParamAt;
    op.bits16 = uint16_t(form.registerBits);
  } else if (op.imm < 0 || uint64_t(op.imm) + uint64_t(op.bytes) * op.count > d.getProgram().paramBytes) {
    d.fail("a load past the kernel's parameters, which have " + Twine(d.getProgram().paramBytes) + " bytes");
  } else {
    op.run = form.registerBits == 64 ? runLoadParam<uint64_t> : runLoadParam<uint32_t>;
  }
  d.emit(op);
}

static void emitFence(Decoder &d) {
  MicroOp fence;
  fence.run = runHostFence;
  d.emit(fence);
}

static void setOrder(MicroOp &op, const Ordering &ordering, MemoryScope scope) {
  op.bits64 = MemoryBits{ordering.order, scope}.pack();
}

void quantopt::ptx::emitPoll(Decoder &d) {
  MicroOp poll;
  poll.run = runPoll;
  d.emit(poll);
}

/// In a function .param is the frame's local memory.
static Space resolveParam(Decoder &d, Space space) {
  if (space != Space::Param)
    return space;
  for (const Operand &operand : d.instruction().operands)
    if (operand.is(Operand::Kind::Address) && !operand.elements.empty() &&
        operand.elements[0].is(Operand::Kind::Symbol))
      return d.getSymbolSpace(operand.elements[0]);
  return d.isKernel() ? Space::Param : Space::Local;
}

namespace {

/// What the modifiers of a load or a store say.
struct AccessModifiers {
  Ordering ordering;
  MemoryScope scope;
  AccessForm form;
  bool hasPolicy; ///< a cache policy is the last operand
};

} // namespace

static AccessModifiers takeAccess(Decoder &d, MicroOp &op) {
  AccessModifiers access;
  access.ordering = takeOrdering(d);
  access.scope = takeScope(d);
  Space space = resolveParam(d, takeSpace(d));
  access.hasPolicy = d.take("L2::cache_hint");
  takeCacheHints(d);
  access.form = takeForm(d, op);
  access.form.space = space;
  d.expectOperands(access.hasPolicy ? 3 : 2);
  return access;
}

static void decodeLd(Decoder &d) {
  MicroOp op;
  auto [ordering, scope, form, hasPolicy] = takeAccess(d, op);
  Space space = form.space;
  d.setAddress(op, 4, d.readAddress(d.operand(1), space));
  if (hasPolicy)
    d.read(2, Type::B64);
  readElements(d, op, form, d.operand(0), /*isLoad=*/true);
  if (space == Space::Param)
    return emitLoadParam(d, op, form);
  setOrder(op, ordering, scope);
  op.run = getLaneTables().findLoad(space, op.bytes, isSignedType(form.type), form.registerBits);
  d.emit(op);
  if (ordering.isAcquire)
    emitFence(d);
  if (ordering.isPolled && space != Space::Local)
    emitPoll(d);
}

static void decodeSt(Decoder &d) {
  MicroOp op;
  auto [ordering, scope, form, hasPolicy] = takeAccess(d, op);
  Space space = form.space;
  if (space == Space::Const || space == Space::Param)
    d.fail("a store to ." + getSpaceName(space) + " memory, which is read-only");
  d.setAddress(op, 4, d.readAddress(d.operand(0), space));
  if (hasPolicy)
    d.read(2, Type::B64);
  readElements(d, op, form, d.operand(1), /*isLoad=*/false);
  setOrder(op, ordering, scope);
  op.run = getLaneTables().findStore(space, op.bytes, form.registerBits);
  if (ordering.isRelease)
    emitFence(d);
  d.emit(op);
}

/// ldu: a load.
static void decodeLdu(Decoder &d) { decodeLd(d); }

//===----------------------------------------------------------------------===//
// Hints
//===----------------------------------------------------------------------===//

/// Operands are read for their names, and nothing happens.
static void emitHint(Decoder &d) {
  MicroOp op;
  op.run = runNothing;
  d.emit(op);
}

static void decodePrefetch(Decoder &d) {
  d.take("tensormap");
  Space space = resolveParam(d, takeSpace(d));
  while (!d.takePrefix("L1").empty() || !d.takePrefix("L2").empty()) {
  }
  d.expectOperands(1);
  d.readAddress(d.operand(0), space);
  emitHint(d);
}

/// applypriority, discard: [a], size.
static void decodeLineHint(Decoder &d) {
  Space space = takeSpace(d);
  d.takePrefix("L2");
  d.expectOperands(2);
  d.readAddress(d.operand(0), space);
  d.readInteger(d.operand(1));
  emitHint(d);
}

/// A policy is an opaque number that hints carry.
static void decodeCreatepolicy(Decoder &d) {
  while (!d.remaining().empty() && d.remaining().front() != "b64")
    d.take(d.remaining().front());
  Type type = d.takeType({Type::B64});
  MicroOp op;
  op.run = getLaneTables().findMove(LaneOp::Mov, 64);
  op.flags = MicroOp::LaneWise;
  op.slots[1] = d.constant64(0);
  op.slots[0] = d.result(0, type);
  d.emit(op);
}

static const OpcodeInfo opcodes[] = {
    {"applypriority", "applypriority{.global}.L2::evict_normal", "no effect", decodeLineHint},
    {"createpolicy", "createpolicy.{fractional,range,cvt}..b64", "policies have no effect", decodeCreatepolicy},
    {"discard", "discard{.global}.L2", "no effect", decodeLineHint},
    {"ld",
     "ld{.weak,.volatile,.relaxed,.acquire,.mmio}{.scope}{.space}{.nc}{hints}{.v2,.v4,.v8}.{b,u,s,f}{8,16,32,64}, "
     ".b128",
     "hints have no effect", decodeLd},
    {"ldu", "as ld", "", decodeLdu},
    {"prefetch", "prefetch{.space}.{L1,L2,..}, prefetch{.param}.tensormap", "no effect", decodePrefetch},
    {"prefetchu", "prefetchu.L1", "no effect", decodePrefetch},
    {"st",
     "st{.weak,.volatile,.relaxed,.release,.mmio}{.scope}{.space}{hints}{.v2,.v4,.v8}.{b,u,s,f}{8,16,32,64}, .b128", "",
     decodeSt},
};

ArrayRef<OpcodeInfo> quantopt::ptx::getMemoryOpcodes() { return opcodes; }
