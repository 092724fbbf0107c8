//===- LoadGguf.cpp - GGUF files as entries of the store ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GgufNames.h"
#include "WeightStoreImpl.h"
#include "quant-opt/Checkpoint/Gguf.h"

using namespace llvm;
using namespace quantopt;

Expected<LoadedFile> quantopt::loadGguf(std::shared_ptr<const MappedFile> file) {
  Expected<std::shared_ptr<const GgufFile>> gguf = GgufFile::parse(file->getBytes(), file, file->getPath());
  if (!gguf)
    return gguf.takeError();
  if ((*gguf)->getInteger("split.count").value_or(1) > 1)
    return createStringError(file->getPath() +
                             ": one part of a split GGUF; merge the parts with llama.cpp's llama-gguf-split --merge");
  LoadedFile loaded;
  ContentHasher hasher((*gguf)->getHeader());
  for (const GgufTensor &tensor : (*gguf)->getTensors()) {
    Expected<GgufTranslation> translation = translateGgufTensor(**gguf, tensor);
    if (!translation)
      return createStringError(file->getPath() + ": " + toString(translation.takeError()));
    WeightEntry entry;
    entry.info = {translation->key, tensor.shape, tensor.storage, tensor.bytes.size(), /*isOverlay=*/false};
    entry.bytes = tensor.bytes;
    entry.owner = file;
    if (Error error = reorderRows(entry, translation->rowOrder))
      return createStringError(file->getPath() + ": tensor '" + tensor.name + "': " + toString(std::move(error)));
    hasher.addSample(tensor.bytes);
    loaded.entries.push_back(std::move(entry));
  }
  loaded.contentHash = hasher.getHash();
  return loaded;
}
