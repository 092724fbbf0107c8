//===- Tokenizer.cpp - Text to token ids and back -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs the stages; builds them from the parts that a loader read.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Tokenizer/Tokenizer.h"
#include "LoadGguf.h"
#include "Pattern.h"
#include "Unicode.h"
#include "quant-opt/Checkpoint/Gguf.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FileSystem.h"

using llvm::StringRef;
using llvm::Twine;

namespace quantopt {
using namespace tokenizer;

std::optional<int64_t> Pipeline::findId(StringRef token) const {
  std::optional<int64_t> id = addedTokens.find(token);
  return id ? id : model->getVocabulary().find(token);
}

std::optional<StringRef> Pipeline::findToken(int64_t id) const {
  if (const AddedToken *token = addedTokens.find(id))
    return StringRef(token->content);
  return model->getVocabulary().find(id);
}

Tokenizer::Tokenizer() : pipeline(std::make_unique<Pipeline>()) {}
Tokenizer::~Tokenizer() = default;

static llvm::Error createStages(Pipeline &pipeline, const std::string &file) {
  auto assign = [&](auto &stage, auto created) -> llvm::Error {
    if (!created)
      return created.takeError();
    stage = std::move(*created);
    return llvm::Error::success();
  };
  if (llvm::Error error = assign(pipeline.normalizer, createNormalizer(pipeline.normalizerJson, file + ": normalizer")))
    return error;
  if (llvm::Error error =
          assign(pipeline.preTokenizer, createPreTokenizer(pipeline.preTokenizerJson, file + ": pre_tokenizer")))
    return error;
  if (llvm::Error error =
          assign(pipeline.postProcessor, createPostProcessor(pipeline.postProcessorJson, file + ": post_processor")))
    return error;
  return assign(pipeline.decoder, createDecoder(pipeline.decoderJson, file + ": decoder"));
}

/// The kind of a "model": stated, or, in files from before "type" was written, told by its members.
static std::string getModelType(const Spec &spec) {
  const llvm::json::Object *options = spec.model.getAsObject();
  if (!options)
    return "";
  if (std::optional<StringRef> type = options->getString("type"))
    return type->str();
  return options->get("max_input_chars_per_word") ? "WordPiece" : "BPE";
}

static llvm::Expected<std::unique_ptr<Model>> createModel(Spec &spec) {
  std::string where = spec.file + ": model", type = getModelType(spec);
  if (type == "BPE")
    return createBpeModel(spec.model, std::move(spec.vocabulary), spec.merges, where);
  if (type == "WordPiece")
    return createWordPieceModel(spec.model, std::move(spec.vocabulary), where);
  return makeError(where, "unknown type '" + type + "'", "known: BPE, WordPiece");
}

/// The id of a token that a configuration names; an error if there is none.
static llvm::Error resolve(const Pipeline &pipeline, const char *key, const std::optional<std::string> &token,
                           std::optional<int64_t> &id) {
  if (!token)
    return llvm::Error::success();
  id = pipeline.findId(*token);
  if (!id)
    return makeError(pipeline.file, Twine(key) + " '" + *token + "' has no id",
                     "add it to added_tokens or correct the name");
  return llvm::Error::success();
}

static llvm::Error resolveSpecialTokens(Pipeline &pipeline, const Spec &spec) {
  if (llvm::Error error = resolve(pipeline, "bos_token", spec.bosToken, pipeline.bosId))
    return error;
  if (llvm::Error error = resolve(pipeline, "eos_token", spec.eosToken, pipeline.eosId))
    return error;
  if (llvm::Error error = resolve(pipeline, "pad_token", spec.padToken, pipeline.padId))
    return error;
  if (llvm::Error error = resolve(pipeline, "unk_token", spec.unkToken, pipeline.unkId))
    return error;
  if (!pipeline.unkId)
    if (std::optional<std::string> token = pipeline.model->getUnkToken())
      pipeline.unkId = pipeline.findId(*token); // a model may name one that it never needs
  if (pipeline.eosId)
    pipeline.stopIds.push_back(*pipeline.eosId);
  for (int64_t id : spec.stopIds)
    if (!llvm::is_contained(pipeline.stopIds, id))
      pipeline.stopIds.push_back(id);
  return llvm::Error::success();
}

llvm::Expected<std::unique_ptr<Tokenizer>> Tokenizer::create(Spec spec) {
  std::unique_ptr<Tokenizer> result(new Tokenizer());
  Pipeline &pipeline = *result->pipeline;
  pipeline.file = spec.file;
  pipeline.normalizerJson = std::move(spec.normalizer);
  pipeline.preTokenizerJson = std::move(spec.preTokenizer);
  pipeline.postProcessorJson = std::move(spec.postProcessor);
  pipeline.decoderJson = std::move(spec.decoder);
  pipeline.config = std::move(spec.config);
  if (llvm::Error error = createStages(pipeline, spec.file))
    return std::move(error);
  llvm::Expected<std::unique_ptr<Model>> model = createModel(spec);
  if (!model)
    return model.takeError();
  pipeline.model = std::move(*model);
  for (AddedToken &token : spec.addedTokens)
    if (llvm::Error error = pipeline.addedTokens.add(std::move(token), *pipeline.model, pipeline.normalizer.get()))
      return makeError(spec.file, llvm::toString(std::move(error)), "correct added_tokens");
  if (llvm::Error error = resolveSpecialTokens(pipeline, spec))
    return std::move(error);
  return std::move(result);
}

/// Tokenizes the pieces. A piece that was met before has its ids copied: most words of a text repeat.
static llvm::Error tokenizePieces(const Model &model, llvm::ArrayRef<Piece> pieces, std::vector<int64_t> &ids) {
  struct Range {
    size_t begin, end; // in `ids`, which only grows
  };
  constexpr size_t maxCachedBytes = 256;
  llvm::StringMap<Range> known;
  for (const Piece &piece : pieces) {
    if (piece.id >= 0) {
      ids.push_back(piece.id);
      continue;
    }
    Range *range = nullptr;
    if (piece.text.size() <= maxCachedBytes) {
      auto [entry, isNew] = known.try_emplace(piece.text);
      range = &entry->second;
      if (!isNew) {
        for (size_t i = range->begin; i < range->end; ++i)
          ids.push_back(ids[i]);
        continue;
      }
    }
    size_t begin = ids.size();
    if (llvm::Error error = model.tokenize(piece.text, ids))
      return error;
    if (range)
      *range = {begin, ids.size()};
  }
  return llvm::Error::success();
}

llvm::Expected<std::vector<int64_t>> Tokenizer::encode(StringRef text, bool addSpecialTokens) const {
  if (text.size() > maxTextBytes)
    return makeError(pipeline->file, "a text of " + Twine(text.size()) + " bytes is too long for one encode()",
                     "encode parts of at most 512 MiB");
  std::string valid;
  const auto *begin = reinterpret_cast<const llvm::UTF8 *>(text.data());
  if (!llvm::isLegalUTF8String(&begin, begin + text.size())) {
    valid = replaceInvalidUtf8(text);
    text = valid;
  }
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver arena(allocator);
  llvm::Expected<std::vector<Piece>> pieces = pipeline->addedTokens.split(text, pipeline->normalizer.get(), arena);
  if (!pieces)
    return pieces.takeError();
  if (pipeline->preTokenizer)
    if (llvm::Error error = pipeline->preTokenizer->split(*pieces, arena))
      return std::move(error);
  std::vector<int64_t> ids;
  if (llvm::Error error = tokenizePieces(*pipeline->model, *pieces, ids))
    return makeError(pipeline->file, "cannot encode", llvm::toString(std::move(error)));
  if (pipeline->postProcessor)
    pipeline->postProcessor->process(ids, addSpecialTokens);
  return ids;
}

std::string Tokenizer::decode(llvm::ArrayRef<int64_t> ids, bool skipSpecialTokens) const {
  std::vector<std::string> tokens;
  for (int64_t id : ids) {
    std::optional<StringRef> token;
    if (const AddedToken *added = pipeline->addedTokens.find(id))
      token = pipeline->addedTokens.getDecodedForm(*added);
    else
      token = pipeline->model->getVocabulary().find(id);
    if (token && !(skipSpecialTokens && pipeline->addedTokens.isSpecial(*token)))
      tokens.push_back(token->str());
  }
  if (!pipeline->decoder)
    return llvm::join(tokens, " ");
  pipeline->decoder->decode(tokens);
  return llvm::join(tokens, "");
}

int64_t Tokenizer::getVocabSize() const {
  return std::max(pipeline->model->getVocabulary().getIdBound(), pipeline->addedTokens.getIdBound());
}
std::optional<int64_t> Tokenizer::getTokenId(StringRef token) const { return pipeline->findId(token); }
std::optional<StringRef> Tokenizer::getToken(int64_t id) const { return pipeline->findToken(id); }
std::optional<int64_t> Tokenizer::getBosId() const { return pipeline->bosId; }
std::optional<int64_t> Tokenizer::getEosId() const { return pipeline->eosId; }
std::optional<int64_t> Tokenizer::getUnkId() const { return pipeline->unkId; }
std::optional<int64_t> Tokenizer::getPadId() const { return pipeline->padId; }
llvm::ArrayRef<int64_t> Tokenizer::getStopIds() const { return pipeline->stopIds; }

llvm::Expected<std::unique_ptr<Tokenizer>> Tokenizer::parse(StringRef json, StringRef fileName) {
  llvm::Expected<llvm::json::Value> root = parseJson(json, fileName);
  if (!root)
    return root.takeError();
  llvm::Expected<Spec> spec = readTokenizer(*root, fileName);
  if (!spec)
    return spec.takeError();
  return create(std::move(*spec));
}

static llvm::Expected<Spec> loadGgufFile(StringRef path) {
  llvm::Expected<std::shared_ptr<const GgufFile>> file = GgufFile::open(path);
  if (!file)
    return file.takeError();
  return loadGguf(**file, path);
}

llvm::Expected<std::unique_ptr<Tokenizer>> Tokenizer::load(StringRef path) {
  llvm::Expected<Spec> spec = llvm::sys::fs::is_directory(path) ? loadFolder(path)
                              : path.ends_with(".gguf")         ? loadGgufFile(path)
                                                                : loadJson(path);
  if (!spec)
    return spec.takeError();
  return create(std::move(*spec));
}

/// A text that ends in U+FFFD may end inside a character.
static bool isComplete(StringRef text) { return !text.ends_with("\xEF\xBF\xBD"); }

/// What `text`, the decoded ids, adds to what was emitted. Bytes that end an ill-formed run can change text that is
/// out already; then the new ids are decoded by themselves.
static std::string getAddedText(const Tokenizer &tokenizer, llvm::ArrayRef<int64_t> newIds, StringRef text,
                                StringRef emitted, bool skipSpecialTokens) {
  if (text.consume_front(emitted))
    return text.str();
  return tokenizer.decode(newIds, skipSpecialTokens);
}

std::string DecodeStream::step(int64_t id) {
  ids.push_back(id);
  std::string text = tokenizer.decode(ids, skipSpecialTokens);
  if (text.size() <= emitted.size() || !isComplete(text))
    return "";
  llvm::ArrayRef<int64_t> newIds = llvm::ArrayRef<int64_t>(ids).drop_front(emittedIdCount);
  std::string piece = getAddedText(tokenizer, newIds, text, emitted, skipSpecialTokens);
  // Keep what this step emitted as the context of the next one; drop what was context until now.
  ids.erase(ids.begin(), ids.begin() + emittedIdCount);
  emittedIdCount = ids.size();
  emitted = tokenizer.decode(ids, skipSpecialTokens);
  return piece;
}

std::string DecodeStream::finish() {
  std::string text = tokenizer.decode(ids, skipSpecialTokens);
  llvm::ArrayRef<int64_t> newIds = llvm::ArrayRef<int64_t>(ids).drop_front(emittedIdCount);
  std::string piece = getAddedText(tokenizer, newIds, text, emitted, skipSpecialTokens);
  ids.clear();
  emitted.clear();
  emittedIdCount = 0;
  return piece;
}

} // namespace quantopt
