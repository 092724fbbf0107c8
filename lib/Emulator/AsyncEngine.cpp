//===- AsyncEngine.cpp - Placeholder --------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Emulator/Machine.h"

using namespace quantopt::ptx;

std::unique_ptr<AsyncEngine> quantopt::ptx::createAsyncEngine(Cluster &cluster) {
  return std::make_unique<AsyncEngine>();
}
