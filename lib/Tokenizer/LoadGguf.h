//===- LoadGguf.h - The tokenizer inside a GGUF file -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The metadata of a GGUF file as the parts of a tokenizer.json.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TOKENIZER_LOADGGUF_H
#define QUANTOPT_LIB_TOKENIZER_LOADGGUF_H

#include "Pipeline.h"

namespace quantopt {
class GgufFile;
}

namespace quantopt::tokenizer {

/// What a name in tokenizer.ggml.pre stands for.
struct GgufPreTokenizer {
  llvm::json::Value stages; ///< the member "pre_tokenizer"
  bool ignoresMerges;       ///< whole words of the vocabulary are taken as they are
  bool addsBos;             ///< where the file does not say
};

/// Nothing for a name that is not known.
std::optional<GgufPreTokenizer> findGgufPreTokenizer(llvm::StringRef name);
/// The known names, for messages.
std::string listGgufPreTokenizers();

/// `fileName` is for messages.
llvm::Expected<Spec> loadGguf(const GgufFile &file, llvm::StringRef fileName);

} // namespace quantopt::tokenizer

#endif // QUANTOPT_LIB_TOKENIZER_LOADGGUF_H
