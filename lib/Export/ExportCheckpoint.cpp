//===- ExportCheckpoint.cpp - A model as a folder for other tools ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CollectModel.h"
#include "quant-opt/Checkpoint/WriteCheckpoint.h"
#include "quant-opt/Export/Passes.h"
#include "quant-opt/Import/Import.h"
#include "quant-opt/Report/Report.h"
#include "quant-opt/Tokenizer/Tokenizer.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace quantopt {
#define GEN_PASS_DEF_EXPORTCHECKPOINTPASS
#include "quant-opt/Export/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;

/// The format that is a file, where the others are folders.
static constexpr llvm::StringLiteral kGgufFormat = "gguf";

namespace {

class ExportCheckpoint : public quantopt::impl::ExportCheckpointPassBase<ExportCheckpoint> {
public:
  using ExportCheckpointPassBase::ExportCheckpointPassBase;

  /// What the options alone decide is refused before the passes in front of this one do their work.
  LogicalResult initialize(MLIRContext *context) override;
  void runOnOperation() override {
    if (failed(run()))
      signalPassFailure();
    markAllAnalysesPreserved();
  }

private:
  InFlightDiagnostic fail() { return emitError(getOperation().getLoc()) << "export-checkpoint: "; }
  LogicalResult run();
  FailureOr<std::pair<std::shared_ptr<WeightStore>, std::string>> findSource();
  LogicalResult write(StringRef source, const CheckpointModel &model, const WeightStore &store);
  LogicalResult writeFile(StringRef source, const CheckpointModel &model, const WeightStore &store);
  void reportRounding(const WriteCheckpointResult &result, size_t layers);
  LogicalResult carry(StringRef source, StringRef folder);
  llvm::json::Object describeOrigin(StringRef source);

  std::optional<Storage> floatStorage; ///< what `dtype` names
};

} // namespace

/// The one store of the module and where it was opened from.
FailureOr<std::pair<std::shared_ptr<WeightStore>, std::string>> ExportCheckpoint::findSource() {
  ModuleOp module = getOperation();
  SmallVector<lowp::StoreOp> stores(module.getOps<lowp::StoreOp>());
  if (stores.size() != 1)
    return fail() << "the module has " << stores.size()
                  << " weight stores; export a model that was imported, which has one";
  // Asking for the store of a weight opens it where the module was parsed, if no one did.
  lowp::WeightOp weight;
  module.walk([&](lowp::WeightOp op) {
    weight = op;
    return WalkResult::interrupt();
  });
  if (!weight)
    return fail() << "no operation of the module reads a weight of its store";
  std::shared_ptr<WeightStore> store = lowp::getStore(weight, weight.getKey());
  if (!store)
    return failure();
  auto &registry = getContext().getOrLoadDialect<lowp::LowPDialect>()->getStores();
  return std::pair(store, registry.lookupPath(stores.front().getId()));
}

static std::optional<Storage> parseDtype(StringRef name) {
  return llvm::StringSwitch<std::optional<Storage>>(name)
      .Case("f32", Storage::F32)
      .Case("f16", Storage::F16)
      .Case("bf16", Storage::BF16)
      .Default(std::nullopt);
}

LogicalResult ExportCheckpoint::initialize(MLIRContext *context) {
  auto refuse = [&] { return emitError(UnknownLoc::get(context)) << "export-checkpoint: "; };
  if (format.empty() || output.empty())
    return refuse() << "give a format and a folder: --export=compressed-tensors -o DIR";
  floatStorage = parseDtype(dtype);
  if (!dtype.empty() && !floatStorage)
    return refuse() << "dtype=" << dtype << " is no type of floats; give f32, f16 or bf16";
  if (format == kGgufFormat) {
    if (llvm::sys::fs::is_directory(output))
      return refuse() << output << ": is a folder; give -o the name of a .gguf file";
    return success();
  }
  std::vector<StringRef> formats = getCheckpointFormatNames();
  if (!llvm::is_contained(formats, format))
    return refuse() << "there is no checkpoint format '" << format << "'; there are " << llvm::join(formats, ", ")
                    << " and " << kGgufFormat;
  // A folder that cannot be written to shows when it is begun; dropped again, it leaves nothing.
  if (llvm::Expected<FolderTransaction> folder = FolderTransaction::begin(output); !folder)
    return refuse() << llvm::toString(folder.takeError());
  return success();
}

LogicalResult ExportCheckpoint::run() {
  auto source = findSource();
  if (failed(source))
    return failure();
  auto &[store, path] = *source;
  FailureOr<CheckpointModel> model = collectModel(getOperation(), *store);
  if (failed(model))
    return failure();
  if (format == kGgufFormat)
    return writeFile(path, *model, *store);
  FailureOr<llvm::json::Object> config = readModelConfig(path, &getContext());
  if (failed(config))
    return failure();
  for (auto &entry : model->config)
    (*config)[entry.first] = entry.second;
  model->config = std::move(*config);
  return write(path, *model, *store);
}

llvm::json::Object ExportCheckpoint::describeOrigin(StringRef source) {
  llvm::json::Object origin{{"producer", "quant-opt"},
                            {"source", llvm::sys::path::filename(source)},
                            {"contractions", describeContractions(getOperation())}};
  if (auto pipeline = getOperation()->getAttrOfType<StringAttr>(kPipelineAttrName))
    origin["pipeline"] = pipeline.getValue().split(",export-checkpoint").first; // what came before this pass
  return origin;
}

/// A GGUF has its tokenizer inside; a folder has it, and more, beside the weights.
LogicalResult ExportCheckpoint::carry(StringRef source, StringRef folder) {
  if (llvm::sys::fs::is_directory(source)) {
    if (llvm::Error error = carryFiles(source, folder))
      return fail() << llvm::toString(std::move(error));
    return success();
  }
  llvm::Expected<std::unique_ptr<Tokenizer>> tokenizer = Tokenizer::load(source);
  if (!tokenizer)
    return fail() << llvm::toString(tokenizer.takeError());
  if (llvm::Error error = (*tokenizer)->saveJson(folder))
    return fail() << llvm::toString(std::move(error));
  return success();
}

LogicalResult ExportCheckpoint::write(StringRef source, const CheckpointModel &model, const WeightStore &store) {
  llvm::Expected<FolderTransaction> folder = FolderTransaction::begin(output);
  if (!folder)
    return fail() << llvm::toString(folder.takeError());
  if (failed(carry(source, folder->getPath())))
    return failure();
  WriteCheckpointOptions options;
  options.maxShardBytes = maxShardBytes;
  options.floatStorage = floatStorage;
  options.reread = reread;
  options.provenance = describeOrigin(source);
  llvm::Expected<WriteCheckpointResult> result =
      writeCheckpoint(folder->getPath(), model, store, format, std::move(options));
  if (!result)
    return fail() << llvm::toString(result.takeError());
  if (llvm::Error error = folder->commit())
    return fail() << llvm::toString(std::move(error));
  reportRounding(*result, model.modules.size());
  return success();
}

/// GGUF is a file, not a folder.
LogicalResult ExportCheckpoint::writeFile(StringRef source, const CheckpointModel &model, const WeightStore &store) {
  llvm::Expected<WriteCheckpointResult> result = writeGguf(output, source, model, store);
  if (!result)
    return fail() << llvm::toString(result.takeError());
  reportRounding(*result, model.modules.size());
  return success();
}

void ExportCheckpoint::reportRounding(const WriteCheckpointResult &result, size_t layers) {
  if (result.roundedModules)
    emitWarning(getOperation().getLoc())
        << "the scales of " << result.roundedModules << " of " << layers << " layers were rounded to "
        << stringifyStorage(result.scaleStorage)
        << ", which is what loaders of this format compute with; dtype=f32 keeps them where the format allows it";
}
