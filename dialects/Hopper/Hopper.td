//===- Hopper.td - The hopper dialect -----------------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_HOPPER
#define QUANTOPT_HOPPER

include "Hopper/HopperOps.td"

#endif // QUANTOPT_HOPPER
