//===- fuzz-gguf.cpp - Any bytes as a .gguf file --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/Convert.h"
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
  for (const GgufTensor &tensor : file.getTensors()) {
    ElementKind kind = getNaturalKind(tensor.storage);
    int64_t count = tensor.bytes.empty() ? 0 : 1;
    for (int64_t dim : tensor.shape)
      count *= count ? dim : 1;
    std::vector<char> decoded(size_t(count) * getElementSize(kind));
    decodeElements(tensor.storage, tensor.bytes.data(), count, tensor.shape.empty() ? 1 : tensor.shape.back(), kind,
                   decoded.data());
  }
  return 0;
}
