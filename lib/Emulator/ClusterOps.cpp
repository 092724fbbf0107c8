//===- ClusterOps.cpp - Addresses in a cluster ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Decoder.h"
#include "quant-opt/Emulator/Machine.h"

using namespace quantopt::ptx;

static constexpr uint64_t offsetMask = (uint64_t(1) << clusterRankShift) - 1;

/// True if `rank` is that of a CTA of the cluster; otherwise after a report.
static bool checkRank(Warp &warp, const MicroOp &op, unsigned lane, uint32_t rank) {
  size_t size = warp.cta->cluster->ctas.size();
  if (rank < size)
    return true;
  warp.report(op, 1u << lane, HazardKind::OutOfBounds,
              "maps to rank " + llvm::Twine(rank) + " in a cluster of " + llvm::Twine(size),
              "take ranks below %cluster_nctarank");
  return false;
}

/// slots: result, address, rank. T is the address's type.
template <typename T> static Flow runMapa(Warp &warp, const MicroOp &op, uint32_t exec) {
  std::array<T, numLanes> results{};
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    if (!((exec >> lane) & 1))
      continue;
    T address = warp.in<T>(op.slots[1])[lane];
    uint32_t rank = warp.in<uint32_t>(op.slots[2])[lane];
    if (!checkRank(warp, op, lane, rank))
      return Flow::Stop;
    // Windows of generic addresses stay as they are.
    T keep = T(~uint64_t(0xFFFFFFFF)) | T(offsetMask);
    results[lane] = T((address & keep) | T(rank + 1) << clusterRankShift);
  }
  warp.store(op.slots[0], exec, results.data());
  return Flow::Next;
}

/// slots: result, address.
template <typename T> static Flow runGetctarank(Warp &warp, const MicroOp &op, uint32_t exec) {
  std::array<uint32_t, numLanes> results;
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    uint32_t rank = uint32_t(warp.in<T>(op.slots[1])[lane] >> clusterRankShift) & 0xFF;
    results[lane] = rank == 0 ? warp.cta->rank : rank - 1;
  }
  warp.store(op.slots[0], exec, results.data());
  return Flow::Next;
}

static void decodeMapa(Decoder &d) {
  d.take("shared::cluster");
  Type type = d.takeType({Type::U32, Type::U64});
  d.expectOperands(3);
  MicroOp op;
  op.run = type == Type::U64 ? runMapa<uint64_t> : runMapa<uint32_t>;
  op.slots[0] = d.write(0, type);
  op.slots[1] = d.read(1, type);
  op.slots[2] = d.read(2, Type::U32);
  d.emit(op);
}

static void decodeGetctarank(Decoder &d) {
  d.take("shared::cluster");
  Type type = d.takeType({Type::U32, Type::U64});
  d.expectOperands(2);
  MicroOp op;
  op.run = type == Type::U64 ? runGetctarank<uint64_t> : runGetctarank<uint32_t>;
  op.slots[0] = d.write(0, Type::U32);
  op.slots[1] = d.read(1, type);
  d.emit(op);
}

static const OpcodeInfo opcodes[] = {
    {"mapa", "mapa{.shared::cluster}.{u32,u64} d, a, rank", "", decodeMapa},
    {"getctarank", "getctarank{.shared::cluster}.{u32,u64} d, a", "", decodeGetctarank}};

llvm::ArrayRef<OpcodeInfo> quantopt::ptx::getClusterOpcodes() { return opcodes; }
