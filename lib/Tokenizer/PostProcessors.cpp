//===- PostProcessors.cpp - Special tokens around the ids -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The "post_processor" of a tokenizer.json, for one sequence (never a pair).
//
//===----------------------------------------------------------------------===//

#include "Components.h"

using llvm::StringRef;
using llvm::Twine;

namespace quantopt::tokenizer {
namespace {

class SequencePostProcessor : public PostProcessor {
public:
  explicit SequencePostProcessor(std::vector<std::unique_ptr<PostProcessor>> stages) : stages(std::move(stages)) {}
  void process(std::vector<int64_t> &ids, bool addSpecialTokens) const override {
    for (const auto &stage : stages)
      stage->process(ids, addSpecialTokens);
  }

private:
  std::vector<std::unique_ptr<PostProcessor>> stages;
};

/// The sequence, between and beside given ids.
class TemplateProcessing : public PostProcessor {
public:
  /// A part without ids is the sequence.
  using Part = std::vector<int64_t>;
  explicit TemplateProcessing(std::vector<Part> parts) : parts(std::move(parts)) {}

  void process(std::vector<int64_t> &ids, bool addSpecialTokens) const override {
    std::vector<int64_t> out;
    for (const Part &part : parts) {
      if (part.empty())
        out.insert(out.end(), ids.begin(), ids.end());
      else if (addSpecialTokens)
        out.insert(out.end(), part.begin(), part.end());
    }
    ids = std::move(out);
  }

private:
  std::vector<Part> parts;
};

/// ByteLevel only moves offsets, which nothing here has.
class ByteLevelPostProcessor : public PostProcessor {
public:
  void process(std::vector<int64_t> &, bool) const override {}
};

} // namespace

/// The ids of "special_tokens"[name].
static std::vector<int64_t> readTemplateToken(JsonReader &reader, const llvm::json::Value &tokens, StringRef name) {
  const llvm::json::Object *table = tokens.getAsObject();
  const llvm::json::Object *token = table ? table->getObject(name) : nullptr;
  const llvm::json::Array *ids = token ? token->getArray("ids") : nullptr;
  std::vector<int64_t> out;
  for (const llvm::json::Value &id : ids ? *ids : llvm::json::Array())
    if (std::optional<int64_t> number = id.getAsInteger(); number && *number >= 0)
      out.push_back(*number);
  if (!ids || ids->empty() || out.size() != ids->size())
    reader.fail("special_tokens has no ids for '" + name + "'", "add {\"id\", \"ids\", \"tokens\"} for it");
  return out;
}

static llvm::Expected<std::unique_ptr<PostProcessor>> createTemplate(JsonReader &reader) {
  reader.ignore("pair");
  const llvm::json::Value &tokens = reader.getValue("special_tokens");
  std::vector<TemplateProcessing::Part> parts;
  for (const auto &[index, value] : llvm::enumerate(reader.getArray("single"))) {
    const llvm::json::Object *object = value.getAsObject();
    const llvm::json::Object *special = object ? object->getObject("SpecialToken") : nullptr;
    const llvm::json::Object *sequence = object ? object->getObject("Sequence") : nullptr;
    if (special && special->getString("id"))
      parts.push_back(readTemplateToken(reader, tokens, *special->getString("id")));
    else if (sequence && sequence->getString("id") == StringRef("A"))
      parts.emplace_back();
    else
      reader.fail("single[" + Twine(index) + "] is neither Sequence A nor a SpecialToken", "write one of them");
  }
  return finishStage<PostProcessor, TemplateProcessing>(reader, std::move(parts));
}

/// BertProcessing and RobertaProcessing: cls, the sequence, sep; each as [token, id].
static llvm::Expected<std::unique_ptr<PostProcessor>> createClsSep(JsonReader &reader) {
  auto readId = [&](StringRef key) -> int64_t {
    const llvm::json::Array &pair = reader.getArray(key);
    std::optional<int64_t> id = pair.size() == 2 ? pair[1].getAsInteger() : std::nullopt;
    if (!id || *id < 0)
      reader.fail("'" + key + "' is not [token, id]", "write [\"token\", id]");
    return id.value_or(0);
  };
  int64_t cls = readId("cls"), sep = readId("sep");
  return finishStage<PostProcessor, TemplateProcessing>(reader,
                                                        std::vector<TemplateProcessing::Part>{{cls}, {}, {sep}});
}

llvm::Expected<std::unique_ptr<PostProcessor>> createPostProcessor(const llvm::json::Value &value, const Twine &where) {
  if (value.getAsNull())
    return nullptr;
  JsonReader reader(value, where);
  std::string type = reader.getString("type");
  if (type == "Sequence") {
    auto stages = createSequence<PostProcessor>(reader, "processors", createPostProcessor);
    if (!stages)
      return stages.takeError();
    return std::make_unique<SequencePostProcessor>(std::move(*stages));
  }
  if (type == "TemplateProcessing")
    return createTemplate(reader);
  for (StringRef key : {"add_prefix_space", "trim_offsets", "use_regex"}) // about offsets only
    reader.ignore(key);
  if (type == "ByteLevel")
    return finishStage<PostProcessor, ByteLevelPostProcessor>(reader);
  if (type == "BertProcessing" || type == "RobertaProcessing")
    return createClsSep(reader);
  reader.fail("unknown type '" + type + "'",
              "known: Sequence, TemplateProcessing, ByteLevel, BertProcessing, RobertaProcessing");
  return reader.finish();
}

} // namespace quantopt::tokenizer
