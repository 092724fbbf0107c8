//===- LowP.td - The lowp dialect ---------------------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LOWP
#define QUANTOPT_LOWP

include "LowP/LowPAttrs.td"
include "LowP/LowPFusedOps.td"
include "LowP/LowPOps.td"
include "LowP/LowPSchedule.td"

#endif // QUANTOPT_LOWP
