//===- LoadJson.cpp - tokenizer.json and the files beside it --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// tokenizer.json is read strictly, since every key of it changes ids. From the
// configuration files only what changes ids or names a special token is read.
//
//===----------------------------------------------------------------------===//

#include "Pipeline.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;
using llvm::Twine;

namespace quantopt::tokenizer {

static llvm::Error readVocabulary(const llvm::json::Value &value, Spec &spec) {
  std::string where = spec.file + ": model.vocab";
  const llvm::json::Object *table = value.getAsObject();
  if (!table)
    return makeError(where, value.getAsArray() ? "is a list of scores (a Unigram model)" : "is missing or no object",
                     "only BPE and WordPiece models are supported");
  for (const auto &[token, id] : *table) {
    std::optional<int64_t> number = id.getAsInteger();
    if (!number)
      return makeError(where, "the id of '" + StringRef(token) + "' is not an integer", "write {\"token\": id}");
    if (llvm::Error error = spec.vocabulary.add(token, *number))
      return makeError(where, llvm::toString(std::move(error)), "give each token one id of its own");
  }
  return llvm::Error::success();
}

/// A merge is "left right" or ["left", "right"].
static std::optional<Merge> readMerge(const llvm::json::Value &value) {
  if (const llvm::json::Array *pair = value.getAsArray()) {
    if (pair->size() != 2 || !(*pair)[0].getAsString() || !(*pair)[1].getAsString())
      return std::nullopt;
    return Merge((*pair)[0].getAsString()->str(), (*pair)[1].getAsString()->str());
  }
  auto [left, right] = value.getAsString().value_or("").split(' ');
  if (left.empty() || right.empty() || right.contains(' '))
    return std::nullopt;
  return Merge(left.str(), right.str());
}

static llvm::Error readMerges(const llvm::json::Value &value, Spec &spec) {
  std::string where = spec.file + ": model.merges";
  const llvm::json::Array *list = value.getAsArray();
  if (!list)
    return makeError(where, "is missing or no array", "a BPE model needs its merges");
  spec.merges.reserve(list->size());
  for (const auto &[index, item] : llvm::enumerate(*list)) {
    if (item.getAsString().value_or("").starts_with("#version"))
      continue; // the first line of a merges.txt
    std::optional<Merge> merge = readMerge(item);
    if (!merge)
      return makeError(where, "entry " + Twine(index) + " is not a pair of tokens",
                       "write \"left right\" or [\"left\", \"right\"]");
    spec.merges.push_back(std::move(*merge));
  }
  return llvm::Error::success();
}

static llvm::Error readModel(const llvm::json::Value &value, Spec &spec) {
  const llvm::json::Object *model = value.getAsObject();
  if (!model)
    return makeError(spec.file, "has no 'model'", "this is not a tokenizer.json, or it is cut short");
  StringRef type = model->getString("type").value_or("");
  if (!type.empty() && type != "BPE" && type != "WordPiece")
    return makeError(spec.file + ": model", "unknown type '" + type + "'", "known: BPE, WordPiece");
  const llvm::json::Value null = nullptr;
  const llvm::json::Value *vocab = model->get("vocab"), *merges = model->get("merges");
  if (llvm::Error error = readVocabulary(vocab ? *vocab : null, spec))
    return error;
  if (type == "BPE" || merges)
    if (llvm::Error error = readMerges(merges ? *merges : null, spec))
      return error;
  llvm::json::Object options;
  for (const auto &[key, member] : *model)
    if (StringRef(key) != "vocab" && StringRef(key) != "merges")
      options.try_emplace(key, member);
  spec.model = std::move(options);
  return llvm::Error::success();
}

static llvm::Expected<AddedToken> readAddedToken(const llvm::json::Value &value, const Twine &where,
                                                 std::optional<int64_t> id = std::nullopt) {
  JsonReader reader(value, where);
  AddedToken token;
  token.id = id ? *id : reader.getInt("id");
  token.content = reader.getString("content");
  token.singleWord = reader.getBool("single_word", false);
  token.stripsLeft = reader.getBool("lstrip", false);
  token.stripsRight = reader.getBool("rstrip", false);
  token.isSpecial = reader.getBool("special", false);
  token.isNormalized = reader.getBool("normalized", !token.isSpecial);
  reader.ignore("__type"); // how Python wrote it
  if (llvm::Error error = reader.finish())
    return std::move(error);
  return token;
}

llvm::Expected<Spec> readTokenizer(const llvm::json::Value &root, StringRef path) {
  Spec spec;
  spec.file = path.str();
  JsonReader reader(root, path);
  if (reader.getString("version", StringRef("1.0")) != "1.0")
    reader.fail("'version' is not \"1.0\"", "convert the tokenizer to version 1.0");
  // How a caller cuts and fills batches; encode() gives all ids.
  reader.ignore("truncation");
  reader.ignore("padding");
  spec.normalizer = reader.getValue("normalizer");
  spec.preTokenizer = reader.getValue("pre_tokenizer");
  spec.postProcessor = reader.getValue("post_processor");
  spec.decoder = reader.getValue("decoder");
  const llvm::json::Value &added = reader.getValue("added_tokens");
  const llvm::json::Value &model = reader.getValue("model");
  if (llvm::Error error = reader.finish())
    return std::move(error);
  if (llvm::Error error = readModel(model, spec))
    return std::move(error);
  const llvm::json::Array none;
  for (const auto &[index, value] : llvm::enumerate(added.getAsArray() ? *added.getAsArray() : none)) {
    llvm::Expected<AddedToken> token = readAddedToken(value, path + ": added_tokens[" + Twine(index) + "]");
    if (!token)
      return token.takeError();
    spec.addedTokens.push_back(std::move(*token));
  }
  return spec;
}

llvm::Expected<Spec> loadJson(StringRef path) {
  llvm::Expected<llvm::json::Value> root = parseJsonFile(path);
  return root ? readTokenizer(*root, path) : root.takeError();
}

/// The file `name` of `folder` as an object; an empty one if it is not there.
static llvm::Expected<llvm::json::Object> readConfig(StringRef folder, StringRef name) {
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, name);
  if (!llvm::sys::fs::exists(path))
    return llvm::json::Object();
  llvm::Expected<llvm::json::Value> value = parseJsonFile(path);
  if (!value)
    return value.takeError();
  if (llvm::json::Object *object = value->getAsObject())
    return std::move(*object);
  return makeError(path, "is not an object", "write {...}");
}

/// A special token is a string or an object with "content".
static std::optional<std::string> readTokenName(const llvm::json::Object &config, StringRef key) {
  if (std::optional<StringRef> name = config.getString(key))
    return name->str();
  const llvm::json::Object *token = config.getObject(key);
  std::optional<StringRef> content = token ? token->getString("content") : std::nullopt;
  return content ? std::optional(content->str()) : std::nullopt;
}

/// "added_tokens_decoder": tokens that transformers adds to those of tokenizer.json, or whose flags it changes.
static llvm::Error mergeAddedTokens(const llvm::json::Object &config, const std::string &file, Spec &spec) {
  const llvm::json::Object *table = config.getObject("added_tokens_decoder");
  for (const auto &[key, value] : table ? *table : llvm::json::Object()) {
    std::string where = file + ": added_tokens_decoder." + StringRef(key).str();
    int64_t id = 0;
    if (StringRef(key).getAsInteger(10, id))
      return makeError(where, "the key is not an id", "write {\"id\": {...}}");
    llvm::Expected<AddedToken> token = readAddedToken(value, where, id);
    if (!token)
      return token.takeError();
    auto known =
        llvm::find_if(spec.addedTokens, [&](const AddedToken &other) { return other.content == token->content; });
    if (known == spec.addedTokens.end())
      spec.addedTokens.push_back(std::move(*token));
    else
      *known = std::move(*token);
  }
  llvm::sort(spec.addedTokens, [](const AddedToken &a, const AddedToken &b) { return a.id < b.id; });
  return llvm::Error::success();
}

static std::optional<std::string> findSpelling(const Spec &spec, int64_t id) {
  for (const AddedToken &token : spec.addedTokens)
    if (token.id == id)
      return token.content;
  std::optional<StringRef> token = spec.vocabulary.find(id);
  return token ? std::optional(token->str()) : std::nullopt;
}

/// generation_config.json gives ids, one or a list.
static void readGenerationConfig(const llvm::json::Object &config, Spec &spec) {
  auto readIds = [&](StringRef key) {
    std::vector<int64_t> ids;
    if (std::optional<int64_t> id = config.getInteger(key))
      ids.push_back(*id);
    const llvm::json::Array *list = config.getArray(key);
    for (const llvm::json::Value &item : list ? *list : llvm::json::Array())
      if (std::optional<int64_t> id = item.getAsInteger())
        ids.push_back(*id);
    return ids;
  };
  spec.stopIds = readIds("eos_token_id");
  for (auto [key, token] : {std::pair("bos_token_id", &spec.bosToken), std::pair("eos_token_id", &spec.eosToken),
                            std::pair("pad_token_id", &spec.padToken)})
    if (std::vector<int64_t> ids = readIds(key); !*token && !ids.empty())
      *token = findSpelling(spec, ids.front());
}

llvm::json::Value makeTemplate(llvm::ArrayRef<std::pair<std::string, int64_t>> before,
                               llvm::ArrayRef<std::pair<std::string, int64_t>> after) {
  llvm::json::Array single, pair;
  llvm::json::Object tokens;
  auto append = [&](llvm::json::Array &parts, int typeId, StringRef sequence) {
    auto appendTokens = [&](llvm::ArrayRef<std::pair<std::string, int64_t>> list) {
      for (const auto &[name, id] : list) {
        parts.push_back(llvm::json::Object{{"SpecialToken", llvm::json::Object{{"id", name}, {"type_id", typeId}}}});
        tokens[name] =
            llvm::json::Object{{"id", name}, {"ids", llvm::json::Array{id}}, {"tokens", llvm::json::Array{name}}};
      }
    };
    appendTokens(before);
    parts.push_back(llvm::json::Object{{"Sequence", llvm::json::Object{{"id", sequence}, {"type_id", typeId}}}});
    appendTokens(after);
  };
  append(single, 0, "A");
  append(pair, 0, "A");
  append(pair, 1, "B");
  return llvm::json::Object{{"type", "TemplateProcessing"},
                            {"single", std::move(single)},
                            {"pair", std::move(pair)},
                            {"special_tokens", std::move(tokens)}};
}

/// "add_bos_token" and "add_eos_token", where they are, replace the post-processor, as transformers does it.
static llvm::Error applyBosEosFlags(const llvm::json::Object &config, const std::string &file, Spec &spec) {
  std::optional<bool> addBos = config.getBoolean("add_bos_token"), addEos = config.getBoolean("add_eos_token");
  if (!addBos && !addEos)
    return llvm::Error::success();
  std::vector<std::pair<std::string, int64_t>> before, after;
  for (auto [adds, token, list] : {std::tuple(addBos.value_or(false), &spec.bosToken, &before),
                                   std::tuple(addEos.value_or(false), &spec.eosToken, &after)}) {
    if (!adds || !*token)
      continue;
    std::optional<int64_t> id = spec.vocabulary.find(**token);
    for (const AddedToken &added : spec.addedTokens)
      if (added.content == **token)
        id = added.id;
    if (!id)
      return makeError(file, "'" + **token + "', which is to be added to each text, has no id",
                       "add it to added_tokens or correct the name");
    list->emplace_back(**token, *id);
  }
  spec.postProcessor = makeTemplate(before, after);
  return llvm::Error::success();
}

llvm::Expected<Spec> loadFolder(StringRef folder) {
  llvm::SmallString<128> path(folder), configPath(folder);
  llvm::sys::path::append(path, "tokenizer.json");
  llvm::sys::path::append(configPath, "tokenizer_config.json");
  llvm::Expected<Spec> spec = loadJson(path);
  if (!spec)
    return spec.takeError();
  auto config = readConfig(folder, "tokenizer_config.json");
  if (!config)
    return config.takeError();
  auto map = readConfig(folder, "special_tokens_map.json");
  if (!map)
    return map.takeError();
  auto generation = readConfig(folder, "generation_config.json");
  if (!generation)
    return generation.takeError();
  if (llvm::Error error = mergeAddedTokens(*config, configPath.str().str(), *spec))
    return std::move(error);
  for (auto [key, token] : {std::pair("bos_token", &spec->bosToken), std::pair("eos_token", &spec->eosToken),
                            std::pair("unk_token", &spec->unkToken), std::pair("pad_token", &spec->padToken)}) {
    *token = readTokenName(*config, key);
    if (!*token)
      *token = readTokenName(*map, key);
  }
  if (llvm::Error error = applyBosEosFlags(*config, configPath.str().str(), *spec))
    return std::move(error);
  readGenerationConfig(*generation, *spec);
  spec->config = std::move(*config);
  return spec;
}

} // namespace quantopt::tokenizer
