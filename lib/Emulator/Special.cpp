//===- Special.cpp - Special registers ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clocks count the warp instructions of the cluster: they grow and are the
// same on every run, and say nothing about time.
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"

using namespace llvm;
using namespace quantopt::ptx;

/// As an H100 has.
static constexpr uint32_t numSms = 132;

namespace {

/// Values of one lane's thread.
class ThreadRegisters {
public:
  explicit ThreadRegisters(const Warp &warp) : warp(warp), cta(*warp.cta), cluster(*cta.cluster), grid(*warp.grid) {}

  uint64_t read(SpecialRegister special, unsigned lane, uint16_t number) const;

private:
  uint64_t readThread(SpecialRegister special, unsigned lane) const;
  uint64_t readCluster(SpecialRegister special) const;
  uint64_t readMemory(SpecialRegister special, uint16_t number) const;

  const Warp &warp;
  const Cta &cta;
  const Cluster &cluster;
  const Grid &grid;
};

} // namespace

uint64_t ThreadRegisters::readThread(SpecialRegister special, unsigned lane) const {
  switch (special) {
  case SpecialRegister::Laneid:
    return lane;
  case SpecialRegister::LanemaskEq:
    return 1u << lane;
  case SpecialRegister::LanemaskLt:
    return (1u << lane) - 1;
  case SpecialRegister::LanemaskLe:
    return uint32_t((uint64_t(2) << lane) - 1);
  case SpecialRegister::LanemaskGt:
    return ~uint32_t((uint64_t(2) << lane) - 1);
  case SpecialRegister::LanemaskGe:
    return ~((1u << lane) - 1);
  case SpecialRegister::TidX:
  case SpecialRegister::TidY:
  case SpecialRegister::TidZ:
    return warp.getThread(lane).thread[unsigned(special) - unsigned(SpecialRegister::TidX)];
  default:
    return readCluster(special);
  }
}

/// Position of a CTA in its cluster, and of the cluster in the grid.
uint64_t ThreadRegisters::readCluster(SpecialRegister special) const {
  auto axis = [&](SpecialRegister first) { return unsigned(special) - unsigned(first); };
  const std::array<uint32_t, 3> &size = grid.clusterSize, &ctas = grid.config.grid;
  switch (special) {
  case SpecialRegister::NtidX:
  case SpecialRegister::NtidY:
  case SpecialRegister::NtidZ:
    return grid.config.block[axis(SpecialRegister::NtidX)];
  case SpecialRegister::CtaidX:
  case SpecialRegister::CtaidY:
  case SpecialRegister::CtaidZ:
    return cta.id[axis(SpecialRegister::CtaidX)];
  case SpecialRegister::NctaidX:
  case SpecialRegister::NctaidY:
  case SpecialRegister::NctaidZ:
    return ctas[axis(SpecialRegister::NctaidX)];
  case SpecialRegister::ClusteridX:
  case SpecialRegister::ClusteridY:
  case SpecialRegister::ClusteridZ:
    return cluster.id[axis(SpecialRegister::ClusteridX)];
  case SpecialRegister::NclusteridX:
  case SpecialRegister::NclusteridY:
  case SpecialRegister::NclusteridZ: {
    unsigned i = axis(SpecialRegister::NclusteridX);
    return ctas[i] / size[i];
  }
  case SpecialRegister::ClusterCtaidX:
  case SpecialRegister::ClusterCtaidY:
  case SpecialRegister::ClusterCtaidZ: {
    unsigned i = axis(SpecialRegister::ClusterCtaidX);
    return cta.id[i] % size[i];
  }
  case SpecialRegister::ClusterNctaidX:
  case SpecialRegister::ClusterNctaidY:
  case SpecialRegister::ClusterNctaidZ:
    return size[axis(SpecialRegister::ClusterNctaidX)];
  case SpecialRegister::ClusterCtarank:
    return cta.rank;
  case SpecialRegister::ClusterNctarank:
    return cluster.ctas.size();
  case SpecialRegister::IsExplicitCluster:
    return cluster.ctas.size() > 1;
  default:
    return 0;
  }
}

uint64_t ThreadRegisters::readMemory(SpecialRegister special, uint16_t number) const {
  uint32_t dynamic = grid.config.dynamicSharedBytes;
  switch (special) {
  case SpecialRegister::DynamicSmemSize:
    return dynamic;
  case SpecialRegister::TotalSmemSize:
    return grid.sharedBytes;
  case SpecialRegister::AggrSmemSize:
    return grid.sharedBytes + sharedBase;
  case SpecialRegister::Envreg:
    // Cooperative groups find the grid's barrier there.
    return number == 1 ? grid.workspace >> 32 : number == 2 ? uint32_t(grid.workspace) : 0;
  default:
    return 0;
  }
}

uint64_t ThreadRegisters::read(SpecialRegister special, unsigned lane, uint16_t number) const {
  switch (special) {
  case SpecialRegister::Warpid:
    return warp.index;
  case SpecialRegister::Nwarpid:
    return 64;
  case SpecialRegister::Smid:
    return cluster.number % numSms;
  case SpecialRegister::Nsmid:
    return numSms;
  case SpecialRegister::Clock:
  case SpecialRegister::GlobaltimerLo:
    return uint32_t(cluster.instructions);
  case SpecialRegister::ClockHi:
  case SpecialRegister::GlobaltimerHi:
    return cluster.instructions >> 32;
  case SpecialRegister::Clock64:
  case SpecialRegister::Globaltimer:
    return cluster.instructions;
  case SpecialRegister::DynamicSmemSize:
  case SpecialRegister::TotalSmemSize:
  case SpecialRegister::AggrSmemSize:
  case SpecialRegister::Envreg:
    return readMemory(special, number);
  default:
    return readThread(special, lane);
  }
}

Flow quantopt::ptx::runReadSpecial(Warp &warp, const MicroOp &op, uint32_t exec) {
  ThreadRegisters registers(warp);
  SpecialRegister special = SpecialRegister(op.bits16);
  uint16_t number = uint16_t(op.imm);
  if (op.bytes == 8) {
    uint64_t values[numLanes];
    for (unsigned lane = 0; lane != numLanes; ++lane)
      values[lane] = registers.read(special, lane, number);
    warp.store(op.slots[0], exec, values);
    return Flow::Next;
  }
  uint32_t values[numLanes], mask = op.bytes == 2 ? 0xFFFF : 0xFFFFFFFF;
  for (unsigned lane = 0; lane != numLanes; ++lane)
    values[lane] = uint32_t(registers.read(special, lane, number)) & mask;
  warp.store(op.slots[0], exec, values);
  return Flow::Next;
}

Flow quantopt::ptx::runLocalAddress(Warp &warp, const MicroOp &op, uint32_t exec) {
  uint64_t address = warp.frame->localBase + uint64_t(op.imm);
  if (op.bytes == 8) {
    uint64_t values[numLanes];
    std::fill_n(values, numLanes, address);
    warp.store(op.slots[0], exec, values);
  } else {
    uint32_t values[numLanes];
    std::fill_n(values, numLanes, uint32_t(address));
    warp.store(op.slots[0], exec, values);
  }
  return Flow::Next;
}
