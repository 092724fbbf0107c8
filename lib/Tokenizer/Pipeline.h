//===- Pipeline.h - What a loaded tokenizer consists of ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The loaders fill a Spec, whatever the file; Tokenizer::create() turns it into
// a Pipeline; saveJson() writes the Pipeline.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TOKENIZER_PIPELINE_H
#define QUANTOPT_LIB_TOKENIZER_PIPELINE_H

#include "AddedTokens.h"
#include "Components.h"

namespace quantopt::tokenizer {

/// The parts of a tokenizer as a tokenizer.json has them.
struct Spec {
  std::string file; ///< for messages
  llvm::json::Value normalizer = nullptr;
  llvm::json::Value preTokenizer = nullptr;
  llvm::json::Value postProcessor = nullptr;
  llvm::json::Value decoder = nullptr;
  llvm::json::Value model = nullptr; ///< "model" without vocab and merges
  Vocabulary vocabulary;
  std::vector<Merge> merges;
  std::vector<AddedToken> addedTokens;

  /// The members of tokenizer_config.json; saved again, with the tokens below.
  llvm::json::Object config;
  std::optional<std::string> bosToken, eosToken, unkToken, padToken;
  /// Ids that end generation beside eosToken.
  std::vector<int64_t> stopIds;
};

struct Pipeline {
  std::string file;
  // The members as read, for saving.
  llvm::json::Value normalizerJson = nullptr, preTokenizerJson = nullptr, postProcessorJson = nullptr,
                    decoderJson = nullptr;
  std::unique_ptr<Normalizer> normalizer;       ///< may be null
  std::unique_ptr<PreTokenizer> preTokenizer;   ///< may be null
  std::unique_ptr<PostProcessor> postProcessor; ///< may be null
  std::unique_ptr<Decoder> decoder;             ///< may be null
  std::unique_ptr<Model> model;
  AddedTokens addedTokens;

  llvm::json::Object config;
  std::optional<int64_t> bosId, eosId, unkId, padId;
  std::vector<int64_t> stopIds;

  std::optional<int64_t> findId(llvm::StringRef token) const;
  std::optional<llvm::StringRef> findToken(int64_t id) const;
};

/// `root` is the content of a tokenizer.json, `path` names it in messages.
llvm::Expected<Spec> readTokenizer(const llvm::json::Value &root, llvm::StringRef path);
llvm::Expected<Spec> loadJson(llvm::StringRef path);
/// tokenizer.json and the configuration files beside it.
llvm::Expected<Spec> loadFolder(llvm::StringRef path);

/// The member "post_processor" that puts the given tokens around a sequence.
llvm::json::Value makeTemplate(llvm::ArrayRef<std::pair<std::string, int64_t>> before,
                               llvm::ArrayRef<std::pair<std::string, int64_t>> after);

} // namespace quantopt::tokenizer

#endif // QUANTOPT_LIB_TOKENIZER_PIPELINE_H
