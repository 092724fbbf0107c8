//===- SaveJson.cpp - Writing tokenizer.json ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The layout of Hugging Face tokenizers, so that their library reads it too.
//
//===----------------------------------------------------------------------===//

#include "Pipeline.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "quant-opt/Tokenizer/Tokenizer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace quantopt {
using namespace tokenizer;

static void writeAddedTokens(llvm::json::OStream &json, const AddedTokens &addedTokens) {
  json.attributeArray("added_tokens", [&] {
    for (const auto &[id, token] : addedTokens.getTokens())
      json.object([&, id = id, &token = token] {
        json.attribute("id", id);
        json.attribute("content", token.content);
        json.attribute("single_word", token.singleWord);
        json.attribute("lstrip", token.stripsLeft);
        json.attribute("rstrip", token.stripsRight);
        json.attribute("normalized", token.isNormalized);
        json.attribute("special", token.isSpecial);
      });
  });
}

static void writeTokenizer(llvm::json::OStream &json, const Pipeline &pipeline) {
  json.object([&] {
    json.attribute("version", "1.0");
    json.attribute("truncation", nullptr);
    json.attribute("padding", nullptr);
    writeAddedTokens(json, pipeline.addedTokens);
    json.attribute("normalizer", pipeline.normalizerJson);
    json.attribute("pre_tokenizer", pipeline.preTokenizerJson);
    json.attribute("post_processor", pipeline.postProcessorJson);
    json.attribute("decoder", pipeline.decoderJson);
    json.attributeObject("model", [&] { pipeline.model->write(json); });
  });
}

/// What was read from tokenizer_config.json, with the special tokens as they are now.
static llvm::json::Value makeConfig(const Pipeline &pipeline) {
  llvm::json::Object config = pipeline.config;
  if (!config.get("tokenizer_class"))
    config["tokenizer_class"] = "PreTrainedTokenizerFast";
  for (auto [key, id] : {std::pair("bos_token", pipeline.bosId), std::pair("eos_token", pipeline.eosId),
                         std::pair("unk_token", pipeline.unkId), std::pair("pad_token", pipeline.padId)})
    if (id)
      config[key] = *pipeline.findToken(*id);
  return config;
}

llvm::Error Tokenizer::saveJson(StringRef folder) const {
  auto write = [&](StringRef name, llvm::function_ref<void(llvm::json::OStream &)> callback) -> llvm::Error {
    llvm::SmallString<128> path(folder);
    llvm::sys::path::append(path, name);
    return writeFile(path, [&](llvm::raw_ostream &stream) {
      llvm::json::OStream json(stream, /*IndentSize=*/1);
      callback(json);
      stream << '\n';
    });
  };
  if (llvm::Error error = write("tokenizer.json", [&](llvm::json::OStream &json) { writeTokenizer(json, *pipeline); }))
    return error;
  return write("tokenizer_config.json", [&](llvm::json::OStream &json) { json.value(makeConfig(*pipeline)); });
}

} // namespace quantopt
