//===- HopperBase.td - The hopper dialect itself ------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_HOPPER_BASE
#define QUANTOPT_HOPPER_BASE

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"

def Hopper_Dialect : Dialect {
  let name = "hopper";
  let cppNamespace = "::quantopt::hopper";
  let summary = "What nvvm lacks for kernels on sm_90a";
  let description = [{
    Operations that stand for one PTX instruction each, where the nvvm dialect
    has none, ties no registers, or is lowered to something slower; and tensor
    maps as values on the host side. `convert-hopper-to-llvm` turns the former
    into inline assembly.
  }];
  let useDefaultTypePrinterParser = 1;
}

#endif // QUANTOPT_HOPPER_BASE
