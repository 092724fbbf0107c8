//===- MixedMatmul.cpp - Kernels of lowp.mixed_matmul ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MixedMatmul.h"

#include "Warpgroup.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace quantopt;

std::string MixedMatmulKernel::getName() const {
  std::string name = ("mixed_matmul_" + getElementName(element) + "_" + getElementName(result) + "_").str();
  name += schedule.getText();
  if (schedule.getUnit() == lowp::MatrixUnit::Wgmma)
    name += "r" + std::to_string(schedule.getRaster());
  else
    name += "k" + std::to_string(schedule.getWarpsN()) + "x" + std::to_string(schedule.getSplit());
  name += groupSize ? "_g" + std::to_string(groupSize) : "_gk";
  if (hasZeros)
    name += "_zero";
  if (storesByTma)
    name += "_m";
  return name + getSuffix(addend).str();
}

int64_t MixedMatmulKernel::getStageBytes() const {
  return schedule.getTileN() * kSpanBytes + schedule.getConsumers() * kBlockBytes;
}

int64_t MixedMatmulKernel::getHeaderBytes() const {
  int64_t sums = schedule.getWarpsN() * schedule.getTileN() * kSumPitch * 4;
  return llvm::alignTo(kBarrierBytes + sums, kSpanAlignment);
}

int64_t MixedMatmulKernel::getSharedBytes(int64_t steps) const {
  if (schedule.getUnit() == lowp::MatrixUnit::Stream)
    return getHeaderBytes() + llvm::divideCeil(steps, schedule.getSplit()) * schedule.getTileN() * kSpanBytes;
  constexpr int64_t kBarriersOfAStage = 16;
  return schedule.getStages() * (getStageBytes() + kBarriersOfAStage) +
         schedule.getConsumers() * lowp::ScheduleAttr::kStoreBytes;
}

LLVM::LLVMFuncOp MixedMatmulKernel::build(ModuleOp module) const {
  return schedule.getUnit() == lowp::MatrixUnit::Wgmma ? buildWgmma(module) : buildDecode(module);
}
