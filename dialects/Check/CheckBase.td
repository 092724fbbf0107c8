//===- CheckBase.td - The check dialect itself --------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECK_BASE
#define QUANTOPT_CHECK_BASE

include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/OpBase.td"

def Check_Dialect : Dialect {
  let name = "check";
  let cppNamespace = "::quantopt::check";
  let summary = "Assertions about values, checked when the function runs";
  let description = [{
    Tests that carry what they expect. A function compares what it computed
    with a constant or with another value; `quant-run` runs it, on the CPU or
    with its kernels on a device, and prints every comparison that does not
    hold with the operation's location and the first element that differs, and
    exits with 1. Passes treat the operations as uses of their operands with an
    effect: they are neither moved nor dropped.
  }];
}

#endif // QUANTOPT_CHECK_BASE
