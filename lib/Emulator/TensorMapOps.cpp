//===- TensorMapOps.cpp - tensormap.replace, tensormap.cp_fenceproxy ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MatrixOps.h"
#include "SharedAccess.h"
#include "quant-opt/Emulator/TensorMap.h"

using namespace quantopt::ptx;

/// slots: address, value; count: a TensorMapField; bytes: the ordinal; bits16: a Space; bits64: what the value is
/// multiplied with.
static Flow runReplace(Warp &warp, const MicroOp &op, uint32_t exec) {
  auto field = static_cast<TensorMapField>(op.count);
  bool isWide = field == TensorMapField::GlobalAddress || field == TensorMapField::GlobalStride;
  std::array<uint64_t, numLanes> addresses;
  std::array<uint8_t *, numLanes> maps;
  warp.getAddresses(op, op.slots[0], addresses.data());
  LaneAccess access{warp, op, static_cast<Space>(op.bits16), AccessKind::Write, TensorMap::encodedBytes, 64};
  if (!accessLanes(access, exec, addresses, maps))
    return Flow::Stop;
  bool isRight = forEachLane(exec, [&](unsigned lane) {
    uint64_t value = isWide ? warp.in<uint64_t>(op.slots[1])[lane] : warp.in<uint32_t>(op.slots[1])[lane];
    llvm::Error error = replaceTensorMapField(maps[lane], field, op.bytes, value * op.bits64);
    if (!error)
      return true;
    warp.report(op, 1u << lane, HazardKind::AsyncMisuse, "replaces what is wrong: " + llvm::toString(std::move(error)),
                "see the table of values of tensormap.replace");
    return false;
  });
  return isRight ? Flow::Next : Flow::Stop;
}

/// slots[0]: destination in global memory; pool: source in shared memory. All lanes name the same.
static Flow runCopyFence(Warp &warp, const MicroOp &op, uint32_t exec) {
  if (Flow flow = gatherWarp(warp, op, exec); flow != Flow::Next)
    return flow;
  std::array<uint64_t, numLanes> to, from;
  std::array<uint8_t *, numLanes> destination, source;
  warp.getAddresses(op, op.slots[0], to.data());
  from[0] = getPoolAddress(warp, op, 0, 0);
  constexpr uint32_t bytes = TensorMap::encodedBytes;
  if (!accessLanes({warp, op, Space::Shared, AccessKind::Read, bytes, bytes}, 1, from, source) ||
      !accessLanes({warp, op, Space::Global, AccessKind::Write, bytes, bytes}, 1, to, destination))
    return Flow::Stop;
  std::memcpy(destination[0], source[0], bytes);
  return Flow::Next;
}

/// Ordinal 0 for fields that have none.
static unsigned takeOrdinal(Decoder &d, TensorMapField field) {
  bool hasOrdinal = field == TensorMapField::BoxDim || field == TensorMapField::GlobalDim ||
                    field == TensorMapField::GlobalStride || field == TensorMapField::ElementStride;
  d.expectOperands(2 + hasOrdinal);
  return hasOrdinal ? unsigned(d.readInteger(d.operand(1))) : 0;
}

/// Up to CUDA 12.4 the assembler took strides without their four low bits.
static uint64_t getFactor(Decoder &d, TensorMapField field) {
  const Module &module = *d.getProgram().module;
  bool isOld = module.versionMajor < 8 || (module.versionMajor == 8 && module.versionMinor < 5);
  return field == TensorMapField::GlobalStride && isOld ? 16 : 1;
}

static void decodeReplace(Decoder &d) {
  if (!d.take("tile"))
    return d.fail("tensormap.replace without .tile", "write it");
  int index = d.takeOneOf({"global_address", "rank", "box_dim", "global_dim", "global_stride", "element_stride",
                           "elemtype", "interleave_layout", "swizzle_mode", "swizzle_atomicity", "fill_mode"});
  if (index < 0)
    return d.fail("tensormap.replace without its field", "name one");
  auto field = static_cast<TensorMapField>(index);
  int space = d.takeOneOf({"global", "shared::cta"});
  d.take("b1024");
  Type type = d.takeType({Type::B32, Type::B64});
  Space where = space < 0 ? Space::Generic : space == 0 ? Space::Global : Space::Shared;
  MicroOp op;
  op.run = runReplace;
  op.count = uint8_t(field);
  op.bytes = uint8_t(takeOrdinal(d, field));
  op.bits16 = uint16_t(where);
  op.bits64 = getFactor(d, field);
  d.setAddress(op, 0, d.readAddress(d.operand(0), where));
  op.slots[1] = d.read(d.numOperands() - 1, type);
  d.emit(op);
}

static void decodeCopyFence(Decoder &d) {
  for (const char *word : {"global", "shared::cta", "tensormap::generic", "release"})
    d.take(word);
  d.takeOneOf({"cta", "cluster", "gpu", "sys"});
  takeSyncAligned(d);
  d.expectOperands(3);
  if (d.readInteger(d.operand(2)) != int64_t(TensorMap::encodedBytes))
    d.fail("tensormap.cp_fenceproxy of another size than 128", "copy the whole map");
  MicroOp op;
  op.run = runCopyFence;
  llvm::SmallVector<Slot, 3> pool;
  d.setAddress(op, 0, d.readAddress(d.operand(0), Space::Global));
  addPoolAddress(d, d.readAddress(d.operand(1), Space::Shared), pool);
  d.setPool(op, pool);
  d.emit(op);
}

static void decodeTensormap(Decoder &d) {
  if (d.take("replace"))
    return decodeReplace(d);
  if (d.take("cp_fenceproxy"))
    return decodeCopyFence(d);
  d.fail("an unknown form of tensormap", "replace and cp_fenceproxy are here");
}

static const OpcodeInfo opcodes[] = {
    {"tensormap", "tensormap.replace.tile.field{.global,.shared::cta}.b1024.{b32,b64}, tensormap.cp_fenceproxy",
     "on maps of the emulator's own encoding, or 128 zeros; strides in 16 bytes below PTX 8.5, as assemblers took them",
     decodeTensormap}};

llvm::ArrayRef<OpcodeInfo> quantopt::ptx::getTensorMapOpcodes() { return opcodes; }
