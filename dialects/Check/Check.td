//===- Check.td - The check dialect -------------------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECK
#define QUANTOPT_CHECK

include "Check/CheckOps.td"

#endif // QUANTOPT_CHECK
