//===- MatmulKernel.cpp - Kernels of lowp.quantized_matmul ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelBuilder.h"
#include "Kernels.h"

using namespace mlir;
using namespace quantopt;

std::string MatmulKernel::getName() const {
  static constexpr StringLiteral loads[] = {"a", "b", "x", "m"};
  std::string name = "quantized_matmul_";
  if (!lhs.isInteger(8))
    name += (getElementName(lhs) + "_" + getElementName(rhs) + "_").str();
  name += (getElementName(result) + "_" + schedule.getText()).str();
  if (schedule.getUnit() == lowp::MatrixUnit::Wgmma)
    name += "r" + std::to_string(schedule.getRaster());
  name += ("_" + loads[int(lhsLoad)] + loads[int(rhsLoad)]).str();
  if (blockK)
    name += "_b" + std::to_string(blockK) + "x" + std::to_string(blockN);
  else
    name += std::string("_") + (lhsScalePerRow ? "r" : "t") + (rhsScalePerRow ? "r" : "t");
  if (storesByTma)
    name += "_m";
  return name + getSuffix(addend).str();
}

LLVM::LLVMFuncOp MatmulKernel::build(ModuleOp module) const {
  return schedule.getUnit() == lowp::MatrixUnit::Wgmma ? buildWgmma(module) : buildMmaSync(module);
}
