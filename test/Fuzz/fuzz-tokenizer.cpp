//===- fuzz-tokenizer.cpp - Any bytes as a tokenizer and a text -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The input is a tokenizer.json, a NUL byte, and a text to encode and decode.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Tokenizer/Tokenizer.h"

using namespace quantopt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto [json, text] = llvm::StringRef(reinterpret_cast<const char *>(data), size).split('\0');
  auto tokenizer = Tokenizer::parse(json, "fuzz.json");
  if (!tokenizer) {
    llvm::consumeError(tokenizer.takeError());
    return 0;
  }
  auto ids = (*tokenizer)->encode(text, /*addSpecialTokens=*/true);
  if (!ids) {
    llvm::consumeError(ids.takeError());
    return 0;
  }
  (*tokenizer)->decode(*ids, /*skipSpecialTokens=*/true);
  DecodeStream stream(**tokenizer);
  for (int64_t id : *ids)
    stream.step(id);
  stream.finish();
  return 0;
}
