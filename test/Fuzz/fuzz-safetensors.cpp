//===- fuzz-safetensors.cpp - Any bytes as a .safetensors file ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReadStore.h"
#include "quant-opt/Checkpoint/Safetensors.h"

using namespace quantopt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::Expected<SafetensorsHeader> header =
      parseSafetensors({reinterpret_cast<const char *>(data), size}, "fuzz.safetensors");
  if (!header) {
    llvm::consumeError(header.takeError());
    return 0;
  }
  // What was accepted lies inside the file.
  for (const SafetensorsEntry &tensor : header->tensors)
    if (tensor.begin > tensor.end || tensor.end > size - header->dataStart)
      std::abort();
  readThroughStore(data, size);
  return 0;
}
