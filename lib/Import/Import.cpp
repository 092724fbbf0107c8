//===- Import.cpp - Model folders and GGUF files to IR --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Import/Import.h"
#include "ModelBuilder.h"
#include "ModelConfig.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Verifier.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::importer;

namespace path = llvm::sys::path;

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

static std::string join(StringRef folder, StringRef name) {
  SmallString<256> result(folder);
  path::append(result, name);
  return result.str().str();
}

static FailureOr<llvm::json::Object> readJsonObject(const std::string &file, MLIRContext *context) {
  auto fail = [&](const Twine &message) -> FailureOr<llvm::json::Object> {
    return emitError(UnknownLoc::get(context)) << file << ": " << message;
  };
  auto buffer = llvm::MemoryBuffer::getFile(file);
  if (!buffer)
    return fail("cannot read it: " + buffer.getError().message());
  auto value = llvm::json::parse((*buffer)->getBuffer());
  if (!value)
    return fail("not JSON: " + llvm::toString(value.takeError()));
  if (!value->getAsObject())
    return fail("must hold a JSON object, the model's configuration");
  return std::move(*value->getAsObject());
}

static FailureOr<std::shared_ptr<WeightStore>> openStore(StringRef model, MLIRContext *context) {
  auto store = std::make_shared<WeightStore>();
  if (llvm::Error error = store->addPath(model))
    return emitError(UnknownLoc::get(context)) << llvm::toString(std::move(error)), failure();
  return store;
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

namespace {

/// A configuration with the store that it describes.
struct Source {
  std::string path;       ///< of the model
  std::string configFile; ///< what messages about keys name
  llvm::json::Object config;
  std::shared_ptr<WeightStore> store;
};

} // namespace

/// The text before `key` in the checkpoint: models are saved with and without their head, and then nested or not.
static std::string findPrefix(const WeightStore &store, ArrayRef<StringRef> candidates, StringRef key) {
  for (StringRef candidate : candidates)
    if (store.lookup((candidate + key).str()))
      return candidate.str();
  return candidates.front().str();
}

static LogicalResult buildDecoderModel(GraphBuilder &graph, Source &source, const DecoderFamily &family) {
  llvm::json::Object known = getKnownKeys(family);
  ConfigReader reader(graph.getBuilder().getContext(), source.configFile, source.config, &known);
  FailureOr<DecoderFeatures> features = readDecoder(reader, family);
  if (failed(features))
    return failure();
  std::string prefix = findPrefix(*source.store, {"model.", ""}, "embed_tokens.weight");
  buildDecoder(graph, prefix, *features);
  if (graph.hasFailed())
    return failure();
  // Old checkpoints save the frequencies too; a tied head may be stored twice.
  return graph.checkAllWeightsUsed([&](StringRef key) {
    return key.ends_with(".rotary_emb.inv_freq") || (features->tiedHead && key == "lm_head.weight");
  });
}

static LogicalResult buildEncoderModel(GraphBuilder &graph, Source &source) {
  llvm::json::Object known = getKnownEncoderKeys();
  ConfigReader reader(graph.getBuilder().getContext(), source.configFile, source.config, &known);
  FailureOr<EncoderFeatures> features = readEncoder(reader);
  if (failed(features))
    return failure();
  std::string prefix = findPrefix(*source.store, {"bert.", ""}, "embeddings.word_embeddings.weight");
  buildEncoder(graph, prefix, *features);
  if (graph.hasFailed())
    return failure();
  // Heads of pretraining and of tasks come after the encoder; position ids are 0, 1, ...
  return graph.checkAllWeightsUsed([](StringRef key) {
    return key.starts_with("cls.") || key.starts_with("classifier.") || key.starts_with("qa_outputs.") ||
           key.ends_with("embeddings.position_ids");
  });
}

static FailureOr<ImportedModel> buildModel(Source &source, MLIRContext *context) {
  context->loadDialect<arith::ArithDialect, func::FuncDialect, linalg::LinalgDialect, math::MathDialect,
                       tensor::TensorDialect, lowp::LowPDialect>();
  Location loc = UnknownLoc::get(context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  OpBuilder builder = OpBuilder::atBlockEnd(module->getBody());
  SmallString<256> absolute(source.path);
  llvm::sys::fs::make_absolute(absolute);
  lowp::StoreRegistry &registry = context->getLoadedDialect<lowp::LowPDialect>()->getStores();
  std::string id = registry.add(source.store, absolute);
  source.store = registry.lookup(id); // the model may be open already
  lowp::StoreOp::create(builder, loc, "weights", absolute, id);

  GraphBuilder graph(builder, *source.store, source.path);
  StringRef modelType = source.config.getString("model_type").value_or("");
  LogicalResult built = failure();
  if (const DecoderFamily *family = lookupDecoderFamily(modelType))
    built = buildDecoderModel(graph, source, *family);
  else if (modelType == "bert")
    built = buildEncoderModel(graph, source);
  else
    emitError(loc) << source.configFile << ": key 'model_type' is '" << modelType << "'; the importer builds "
                   << listModelTypes() << " (docs/import.md shows how to add one)";
  if (failed(built) || failed(verify(*module)))
    return failure();
  return ImportedModel{std::move(module), source.store};
}

bool quantopt::isImportable(StringRef model) {
  return path::extension(model) == ".gguf" || llvm::sys::fs::is_directory(model);
}

FailureOr<ImportedModel> quantopt::importModel(StringRef model, MLIRContext *context) {
  Source source;
  source.path = model.str();
  source.configFile = join(model, "config.json");
  if (!llvm::sys::fs::exists(source.configFile))
    return emitError(UnknownLoc::get(context))
           << model << ": not a model: there is no config.json; give a Hugging Face folder or a .gguf file";
  FailureOr<llvm::json::Object> config = readJsonObject(source.configFile, context);
  if (failed(config))
    return failure();
  FailureOr<std::shared_ptr<WeightStore>> store = openStore(model, context);
  if (failed(store))
    return failure();
  source.config = std::move(*config);
  source.store = std::move(*store);
  return buildModel(source, context);
}
