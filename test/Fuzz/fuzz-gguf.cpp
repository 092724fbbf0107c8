//===- fuzz-gguf.cpp - Any bytes as a .gguf file --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReadStore.h"
#include "quant-opt/Checkpoint/Gguf.h"

using namespace quantopt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto parsed = GgufFile::parse({reinterpret_cast<const char *>(data), size}, nullptr, "fuzz.gguf");
  if (!parsed) {
    llvm::consumeError(parsed.takeError());
    return 0;
  }
  const GgufFile &file = **parsed;
  for (const std::string &key : file.getKeys()) {
    file.getString(key);
    file.getInteger(key);
    file.getFloat(key);
    file.getBool(key);
    file.getStrings(key);
    file.getIntegers(key);
    file.getFloats(key);
  }
  readThroughStore(data, size);
  return 0;
}
