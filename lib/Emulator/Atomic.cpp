//===- Atomic.cpp - atom and red ------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Lane after lane, each as one atomic operation of the host. Scopes and orders
// only matter to observers: the host's atomics are as strong as any.
//
//===----------------------------------------------------------------------===//

#include "DecodeLanes.h"
#include "Handlers.h"
#include "Lanes/FloatOps.h"
#include "Lanes/IntegerOps.h"
#include "MemoryAccess.h"

using namespace llvm;
using namespace quantopt::ptx;

namespace {

enum class AtomicOp : uint8_t { Add, Min, Max, Inc, Dec, And, Or, Xor, Exch, Cas };

/// old = *at; *at = f(old). `Word` is what the host can exchange at once.
template <typename Word, typename F> Word update(uint8_t *at, F f) {
  Word *word = reinterpret_cast<Word *>(at);
  Word old = __atomic_load_n(word, __ATOMIC_SEQ_CST), desired;
  do
    desired = f(old);
  while (!__atomic_compare_exchange_n(word, &old, desired, true, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
  return old;
}

template <typename T> T combineInteger(AtomicOp op, T old, T b, T c) {
  switch (op) {
  case AtomicOp::Add:
    return AddOp::apply(old, b);
  case AtomicOp::Min:
    return MinOp::apply(old, b);
  case AtomicOp::Max:
    return MaxOp::apply(old, b);
  case AtomicOp::Inc:
    return old >= b ? T(0) : T(old + 1);
  case AtomicOp::Dec:
    return old == 0 || old > b ? b : T(old - 1);
  case AtomicOp::And:
    return T(old & b);
  case AtomicOp::Or:
    return T(old | b);
  case AtomicOp::Xor:
    return T(old ^ b);
  case AtomicOp::Exch:
    return b;
  case AtomicOp::Cas:
    return old == b ? c : old;
  }
  return old;
}

template <typename T> T combineFloat(AtomicOp op, T old, T b) {
  switch (op) {
  case AtomicOp::Min:
    return FminmaxOp<true, false, false>::apply(old, b);
  case AtomicOp::Max:
    return FminmaxOp<false, false, false>::apply(old, b);
  default:
    return canonicalize(FaddOp::apply(old, b));
  }
}

} // namespace

/// One element: the old value. f32 additions flush subnormals in global memory, as `atom.add.f32` does.
template <typename T> static uint64_t apply(AtomicOp op, uint8_t *at, uint64_t b, uint64_t c, bool isFtz) {
  if constexpr (std::is_integral_v<T>) {
    using U = Unsigned<T>;
    return update<U>(at, [&](U old) { return U(combineInteger<T>(op, T(old), T(b), T(c))); });
  } else {
    using U = BitsOf<T>;
    return update<U>(at, [&](U old) {
      T x = castBits<T>(old), y = castBits<T>(U(b));
      return castBits<U>(isFtz ? flush(combineFloat(op, flush(x), flush(y))) : combineFloat(op, x, y));
    });
  }
}

/// Two 16-bit floats, each atomic on its own; here both at once.
template <typename T> static uint64_t applyPair(AtomicOp op, uint8_t *at, uint64_t b) {
  return update<uint32_t>(at, [&](uint32_t old) {
    T low = combineFloat(op, T{uint16_t(old)}, T{uint16_t(b)});
    T high = combineFloat(op, T{uint16_t(old >> 16)}, T{uint16_t(b >> 16)});
    return uint32_t(low.bits) | uint32_t(high.bits) << 16;
  });
}

static uint64_t applyTyped(AtomicOp op, Type type, uint8_t *at, uint64_t b, uint64_t c, bool isFtz) {
  switch (type) {
  case Type::S32:
    return apply<int32_t>(op, at, b, c, false);
  case Type::S64:
    return apply<int64_t>(op, at, b, c, false);
  case Type::B16:
    return apply<uint16_t>(op, at, b, c, false);
  case Type::B64:
  case Type::U64:
    return apply<uint64_t>(op, at, b, c, false);
  case Type::F32:
    return apply<float>(op, at, b, c, isFtz);
  case Type::F64:
    return apply<double>(op, at, b, c, false);
  case Type::F16:
    return apply<F16>(op, at, b, c, false);
  case Type::BF16:
    return apply<BF16>(op, at, b, c, false);
  case Type::F16x2:
    return applyPair<F16>(op, at, b);
  case Type::BF16x2:
    return applyPair<BF16>(op, at, b);
  default:
    return apply<uint32_t>(op, at, b, c, false);
  }
}

//===----------------------------------------------------------------------===//
// Handlers
//===----------------------------------------------------------------------===//

namespace {

/// bits16 of an atomic.
struct AtomicForm {
  AtomicOp op;
  Type type;
  uint16_t pack() const { return uint16_t(uint16_t(op) | uint16_t(type) << 8); }
  static AtomicForm of(const MicroOp &op) { return {AtomicOp(op.bits16 & 0xFF), Type(op.bits16 >> 8)}; }
};

uint64_t readLane(const Warp &warp, Slot slot, bool isWide, unsigned lane) {
  return isWide ? warp.in<uint64_t>(slot)[lane] : warp.in<uint32_t>(slot)[lane];
}

} // namespace

/// Memory to use for the lanes in turn; reads what nobody wrote like a load does.
static bool locateAtomic(Warp &warp, const MicroOp &op, Space space, uint32_t exec, uintptr_t *host) {
  uint64_t addresses[numLanes];
  warp.getAddresses(op, op.slots[4], addresses);
  uint64_t bytes = uint64_t(op.bytes) * op.count;
  if (warp.grid->watchesMemory)
    observeAccess(warp, op, space, exec, addresses, uint32_t(bytes), AccessKind::Atomic, MemoryBits::of(op));
  return translateLanes(warp, op, space, exec, addresses, bytes, AccessKind::Atomic, host);
}

/// slots: result, b, c; slots[4] the address. Vectors: results, then sources, in the pool.
template <Space In> static Flow runAtomic(Warp &warp, const MicroOp &op, uint32_t exec) {
  AtomicForm form = AtomicForm::of(op);
  uintptr_t host[numLanes];
  if (!locateAtomic(warp, op, In, exec, host))
    return Flow::Stop;
  bool isWide = op.bytes == 8;
  for (unsigned element = 0; element != op.count; ++element) {
    const Slot *pool = op.poolCount != 0 ? &warp.grid->program.pool[op.pool] : nullptr;
    Slot result = pool ? pool[element] : op.slots[0], source = pool ? pool[op.count + element] : op.slots[1];
    uint64_t values[numLanes] = {};
    for (uint32_t lanes = exec; lanes != 0; lanes &= lanes - 1) {
      unsigned lane = unsigned(countr_zero(lanes));
      uint8_t *at = reinterpret_cast<uint8_t *>(host[lane]) + element * op.bytes;
      uint64_t c = op.slots[2].isNone() ? 0 : readLane(warp, op.slots[2], isWide, lane);
      values[lane] = applyTyped(form.op, form.type, at, readLane(warp, source, isWide, lane), c, In == Space::Global);
    }
    if (isWide)
      warp.store(result, exec, values);
    else
      for (unsigned lane = 0; lane != numLanes && !result.isNone(); ++lane)
        if ((exec >> lane) & 1)
          warp.out<uint32_t>(result)[lane] = uint32_t(values[lane]);
  }
  return Flow::Next;
}

/// exch and cas of 128 bits: one at a time in the whole process.
template <Space In> static Flow runAtomic128(Warp &warp, const MicroOp &op, uint32_t exec) {
  static std::mutex mutex;
  AtomicForm form = AtomicForm::of(op);
  uintptr_t host[numLanes];
  if (!locateAtomic(warp, op, In, exec, host))
    return Flow::Stop;
  for (uint32_t lanes = exec; lanes != 0; lanes &= lanes - 1) {
    unsigned lane = unsigned(countr_zero(lanes));
    auto read = [&](Slot slot, uint64_t *value) {
      for (unsigned half = 0; half != 2; ++half)
        value[half] = warp.in<uint64_t>(slot)[half * numLanes + lane];
    };
    uint64_t old[2], b[2], c[2] = {0, 0};
    read(op.slots[1], b);
    if (form.op == AtomicOp::Cas)
      read(op.slots[2], c);
    std::lock_guard<std::mutex> lock(mutex);
    void *at = reinterpret_cast<void *>(host[lane]);
    std::memcpy(old, at, 16);
    if (form.op == AtomicOp::Exch)
      std::memcpy(at, b, 16);
    else if (old[0] == b[0] && old[1] == b[1])
      std::memcpy(at, c, 16);
    for (unsigned half = 0; half != 2 && !op.slots[0].isNone(); ++half)
      warp.out<uint64_t>(op.slots[0])[half * numLanes + lane] = old[half];
  }
  return Flow::Next;
}

//===----------------------------------------------------------------------===//
// Decoders
//===----------------------------------------------------------------------===//

static bool isKnown(AtomicOp op, Type type) {
  switch (type) {
  case Type::U32:
  case Type::S32:
  case Type::U64:
  case Type::S64:
    return op == AtomicOp::Add || op == AtomicOp::Min || op == AtomicOp::Max ||
           (type == Type::U32 && (op == AtomicOp::Inc || op == AtomicOp::Dec));
  case Type::F32:
  case Type::F64:
    return op == AtomicOp::Add;
  case Type::F16:
  case Type::BF16:
  case Type::F16x2:
  case Type::BF16x2:
    return op == AtomicOp::Add || op == AtomicOp::Min || op == AtomicOp::Max;
  case Type::B16:
    return op == AtomicOp::Cas;
  case Type::B128:
    return op == AtomicOp::Cas || op == AtomicOp::Exch;
  case Type::B32:
  case Type::B64:
    return op == AtomicOp::And || op == AtomicOp::Or || op == AtomicOp::Xor || op == AtomicOp::Exch ||
           op == AtomicOp::Cas;
  default:
    return false;
  }
}

template <Space In> static Handler pickHandler(Type type) {
  return type == Type::B128 ? runAtomic128<In> : runAtomic<In>;
}

static void readVector(Decoder &d, MicroOp &op, Type type, bool isRed) {
  SmallVector<Slot, 16> slots;
  const Operand &sources = d.operand(isRed ? 1 : 2);
  auto check = [&](const Operand &vector) {
    if (!vector.is(Operand::Kind::Vector) || vector.elements.size() != op.count)
      d.fail("a vector of " + Twine(unsigned(op.count)) + " registers is wanted");
  };
  check(sources);
  if (!isRed)
    check(d.operand(0));
  if (d.hasFailed())
    return;
  for (unsigned i = 0; i != op.count; ++i)
    slots.push_back(isRed ? Slot() : d.write(d.operand(0).elements[i], type));
  for (const Operand &element : sources.elements) {
    slots.push_back(d.read(element, type));
    d.requireDefined();
  }
  d.setPool(op, slots);
}

static void readScalar(Decoder &d, MicroOp &op, AtomicOp atomic, Type type, bool isRed) {
  size_t next = isRed ? 1 : 2;
  op.slots[1] = d.read(next, type);
  d.requireDefined();
  if (atomic == AtomicOp::Cas) {
    op.slots[2] = d.read(next + 1, type);
    d.requireDefined();
  }
  if (!isRed)
    op.slots[0] = d.write(0, type);
}

static void decodeAtomic(Decoder &d) {
  bool isRed = d.instruction().opcode == "red";
  static const StringRef orders[] = {"relaxed", "acquire", "release", "acq_rel"};
  static constexpr MemoryOrder orderOf[] = {MemoryOrder::Relaxed, MemoryOrder::Acquire, MemoryOrder::Release,
                                            MemoryOrder::AcquireRelease};
  int order = d.takeOneOf(orders);
  MemoryBits bits{orderOf[order < 0 ? 0 : order], takeScope(d)};
  Space space = takeSpace(d);
  static const StringRef names[] = {"add", "min", "max", "inc", "dec", "and", "or", "xor", "exch", "cas"};
  int index = d.takeOneOf(names);
  AtomicOp atomic = AtomicOp(index < 0 ? 0 : index);
  if (index < 0 || (isRed && index >= 8))
    d.fail("'" + d.instruction().opcode + "' has no such operation");
  d.take("noftz");
  bool hasPolicy = d.take("L2::cache_hint");
  int vector = d.takeOneOf({"v2", "v4", "v8"});
  Type type = d.takeType();
  bool isVector = vector >= 0 && isFloatType(type) && type != Type::F64 && atomic <= AtomicOp::Max;
  if (!isKnown(atomic, type) || (vector >= 0 && !isVector))
    d.fail("'" + d.instruction().opcode + "' has no such operation on ." + getTypeName(type));
  MicroOp op;
  op.run = space == Space::Shared   ? pickHandler<Space::Shared>(type)
           : space == Space::Global ? pickHandler<Space::Global>(type)
                                    : pickHandler<Space::Generic>(type);
  op.bytes = uint8_t(getTypeBits(type) / 8);
  op.count = uint8_t(vector < 0 ? 1 : 2 << vector);
  op.bits16 = AtomicForm{atomic, type}.pack();
  op.bits64 = bits.pack();
  d.expectOperands((isRed ? 2 : 3) + (atomic == AtomicOp::Cas) + hasPolicy);
  d.setAddress(op, 4, d.readAddress(d.operand(isRed ? 0 : 1), space));
  if (vector >= 0)
    readVector(d, op, type, isRed);
  else
    readScalar(d, op, atomic, type, isRed);
  d.emit(op);
  // A lock or a counter that another thread changes.
  if (!isRed)
    emitPoll(d);
}

static const OpcodeInfo opcodes[] = {
    {"atom",
     "atom{.sem}{.scope}{.space}.{add,min,max}.{u32,s32,u64,s64,f16,f16x2,bf16,bf16x2}{.v2,.v4,.v8}, .add.{f32,f64}, "
     ".{inc,dec}.u32, .{and,or,xor,exch,cas}.{b32,b64}, .cas.b16, .{exch,cas}.b128",
     "add.f32 in .global flushes subnormals; order among CTAs is the host's", decodeAtomic},
    {"red", "as atom, without a result and without exch and cas", "", decodeAtomic},
};

ArrayRef<OpcodeInfo> quantopt::ptx::getAtomicOpcodes() { return opcodes; }
