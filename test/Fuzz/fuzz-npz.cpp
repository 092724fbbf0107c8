//===- fuzz-npz.cpp - Any bytes as an .npz or .npy file -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/Npz.h"

using namespace quantopt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto arrays = parseNpz({reinterpret_cast<const char *>(data), size}, "fuzz.npz");
  if (!arrays)
    llvm::consumeError(arrays.takeError());
  return 0;
}
