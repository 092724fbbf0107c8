//===- fuzz-quantized.cpp - Any bytes as a quantized folder ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// quantization_config, a zero byte, and model.safetensors.
//
//===----------------------------------------------------------------------===//

#include "Formats/Format.h"
#include "StrictJson.h"
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

using namespace quantopt;

/// Decodes every tensor; one that is not what its layer says is an error, never a crash.
static void readLayers(llvm::StringRef config, const std::string &path) {
  auto quantization = parseStrictJson(config, "config", /*maxDepth=*/32);
  if (!quantization)
    return llvm::consumeError(quantization.takeError());
  auto file = loadFile(path);
  if (!file)
    return llvm::consumeError(file.takeError());
  std::vector<LoadedFile> files;
  files.push_back(std::move(*file));
  auto folder = formats::readQuantized(*quantization, std::move(files));
  if (!folder)
    return llvm::consumeError(folder.takeError());
  for (const LoadedFile &loaded : folder->files)
    for (const WeightEntry &entry : loaded.entries)
      if (llvm::Error error = visitStoredBytes(entry, [](llvm::ArrayRef<char>) { return true; }))
        llvm::consumeError(std::move(error));
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const void *end = std::memchr(data, 0, size);
  if (!end)
    return 0;
  size_t length = size_t(static_cast<const uint8_t *>(end) - data);
  const uint8_t *tensors = data + length + 1;
  int descriptor = ::memfd_create("fuzz", 0);
  if (descriptor < 0 || ::write(descriptor, tensors, size - length - 1) != ssize_t(size - length - 1))
    std::abort();
  readLayers({reinterpret_cast<const char *>(data), length}, "/proc/self/fd/" + std::to_string(descriptor));
  ::close(descriptor);
  return 0;
}
