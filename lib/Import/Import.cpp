//===- Import.cpp - Model folders and GGUF files to IR --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Import/Import.h"
#include "GgufConfig.h"
#include "ModelBuilder.h"
#include "ModelConfig.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Verifier.h"
#include "quant-opt/Checkpoint/OutputFile.h"
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

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

namespace {

/// A configuration with the store that it describes.
struct Source {
  std::string path;       ///< of the model
  std::string configFile; ///< what messages about keys name
  bool isGguf = false;
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

/// GGUF keeps a scaling that no key describes as divisors of the frequencies.
static LogicalResult divideFrequencies(GraphBuilder &graph, const Source &source, DecoderFeatures &features) {
  constexpr StringLiteral key = "rope_freqs.weight";
  if (!source.isGguf || !graph.hasWeight(key))
    return success();
  auto fail = [&](const Twine &message) {
    return emitError(graph.getBuilder().getUnknownLoc()) << source.path << ": tensor '" << key << "': " << message;
  };
  llvm::Expected<WeightBuffer> buffer = source.store->read(key, ElementKind::F32);
  if (!buffer)
    return fail(llvm::toString(buffer.takeError()));
  ArrayRef<float> divisors = buffer->as<float>();
  for (LayerFeatures &layer : features.layers) {
    std::vector<float> &frequencies = layer.rope.inverseFrequencies;
    if (frequencies.size() != divisors.size())
      return fail("has " + Twine(divisors.size()) + " elements for " + Twine(frequencies.size()) +
                  " frequencies; convert the model again");
    for (auto [frequency, divisor] : llvm::zip_equal(frequencies, divisors))
      frequency /= divisor;
  }
  return success();
}

static LogicalResult buildDecoderModel(GraphBuilder &graph, const Source &source, DecoderFamily family) {
  // GGUF stores the gains themselves.
  if (source.isGguf)
    family.facts &= ~GainOffset;
  llvm::json::Object known = getKnownKeys(family);
  ConfigReader reader(graph.getBuilder().getContext(), source.configFile, source.config, &known);
  FailureOr<DecoderFeatures> features = readDecoder(reader, family);
  if (failed(features) || failed(divideFrequencies(graph, source, *features)))
    return failure();
  std::string prefix = findPrefix(*source.store, {"model.", ""}, "embed_tokens.weight");
  buildDecoder(graph, prefix, *features);
  if (graph.hasFailed())
    return failure();
  // Old checkpoints save the frequencies too; a tied head may be stored twice.
  return graph.checkAllWeightsUsed([&](StringRef key) {
    return key.ends_with(".rotary_emb.inv_freq") || (source.isGguf && key == "rope_freqs.weight") ||
           (features->tiedHead && key == "lm_head.weight");
  });
}

static LogicalResult buildEncoderModel(GraphBuilder &graph, const Source &source) {
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
  context->loadDialect<arith::ArithDialect, cf::ControlFlowDialect, func::FuncDialect, linalg::LinalgDialect,
                       math::MathDialect, tensor::TensorDialect, lowp::LowPDialect>();
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

static LogicalResult openFolder(Source &source, MLIRContext *context) {
  source.configFile = getPathIn(source.path, "config.json");
  if (!llvm::sys::fs::exists(source.configFile))
    return emitError(UnknownLoc::get(context))
           << source.path << ": not a model: there is no config.json; give a Hugging Face folder or a .gguf file";
  FailureOr<llvm::json::Object> config = readJsonObject(source.configFile, context);
  if (failed(config))
    return failure();
  source.config = std::move(*config);
  return success();
}

static LogicalResult openGguf(Source &source, MLIRContext *context) {
  source.isGguf = true;
  source.configFile = source.path;
  llvm::Expected<std::shared_ptr<const GgufFile>> file = GgufFile::open(source.path);
  if (!file)
    return emitError(UnknownLoc::get(context)) << llvm::toString(file.takeError());
  FailureOr<llvm::json::Object> config = readGgufConfig(**file, source.path, context);
  if (failed(config))
    return failure();
  source.config = std::move(*config);
  return success();
}

FailureOr<llvm::json::Object> quantopt::readModelConfig(StringRef model, MLIRContext *context) {
  Source source;
  source.path = model.str();
  if (path::extension(model) == ".gguf")
    return readHuggingFaceConfig(model, context);
  if (failed(openFolder(source, context)))
    return failure();
  source.config.erase("quantization_config");
  return std::move(source.config);
}

FailureOr<ImportedModel> quantopt::importModel(StringRef model, MLIRContext *context) {
  Source source;
  source.path = model.str();
  bool isGguf = path::extension(model) == ".gguf";
  if (failed(isGguf ? openGguf(source, context) : openFolder(source, context)))
    return failure();
  source.store = std::make_shared<WeightStore>();
  if (llvm::Error error = source.store->addPath(model))
    return emitError(UnknownLoc::get(context)) << llvm::toString(std::move(error));
  return buildModel(source, context);
}
