//===- ModelPasses.cpp - First and last pass of a run on a model ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelPasses.h"
#include "LowP/LowP.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "quant-opt/Checkpoint/Gguf.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "quant-opt/Export/Passes.h"
#include "quant-opt/Import/Import.h"
#include "quant-opt/Import/LoadModel.h"
#include "quant-opt/Report/Report.h"
#include "quant-opt/Tokenizer/Tokenizer.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// Load
//===----------------------------------------------------------------------===//

namespace {
struct LoadModelPass : PassWrapper<LoadModelPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(LoadModelPass)
  explicit LoadModelPass(std::shared_ptr<ModelRun> run) : run(std::move(run)) {}
  StringRef getArgument() const override { return "load-model"; }

  void getDependentDialects(DialectRegistry &registry) const override {
    registry.insert<lowp::LowPDialect, func::FuncDialect, linalg::LinalgDialect, math::MathDialect>();
  }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    if (!run->modelPath.empty()) {
      FailureOr<LoadedModel> model = loadModel(run->modelPath, &getContext());
      if (failed(model))
        return signalPassFailure();
      module.getBodyRegion().takeBody((*model).module->getBodyRegion());
      module->setAttrs((*model).module.get()->getAttrs());
      // The parsed one is a placeholder of the driver, in no file of the user's.
      module->setLoc((*model).module->getLoc());
      run->tokenizerPath = model->tokenizerPath;
    }
    // Bytecode says nothing of the file that it came from, which relative places of stores are resolved by.
    if (!run->bytecodePath.empty() && failed(lowp::openStores(module, llvm::sys::path::parent_path(run->bytecodePath))))
      return signalPassFailure();
    run->bytesBefore = getWeightBytes(module);
    if (run->keepsPipeline)
      module->setAttr(kPipelineAttrName, StringAttr::get(&getContext(), run->pipeline));
  }

  std::shared_ptr<ModelRun> run;
};
} // namespace

std::unique_ptr<Pass> quantopt::createLoadModelPass(std::shared_ptr<ModelRun> run) {
  return std::make_unique<LoadModelPass>(std::move(run));
}

//===----------------------------------------------------------------------===//
// Save
//===----------------------------------------------------------------------===//

static bool hasTokenizer(StringRef source) {
  if (!source.ends_with_insensitive(".gguf"))
    return source.ends_with("tokenizer.json") || llvm::sys::fs::exists(source + "/tokenizer.json");
  auto file = GgufFile::open(source);
  if (file)
    return (*file)->hasKey("tokenizer.ggml.model");
  llvm::consumeError(file.takeError());
  return false;
}

/// The tokenizer of the model goes with its weights; a model without one (an .mlir of other origin) has none to carry.
static LogicalResult saveTokenizer(ModuleOp module, StringRef source, StringRef folder) {
  if (source.empty())
    return success();
  if (!hasTokenizer(source))
    return success();
  auto tokenizer = Tokenizer::load(source);
  if (!tokenizer)
    return module.emitError() << llvm::toString(tokenizer.takeError());
  if (llvm::Error error = (*tokenizer)->saveJson(folder))
    return module.emitError() << llvm::toString(std::move(error));
  return success();
}

/// config.json goes with the weights too, so that the IR can be exported later.
static LogicalResult saveConfig(ModuleOp module, StringRef source, StringRef folder) {
  if (!llvm::sys::fs::exists(source + "/config.json"))
    return success();
  FailureOr<llvm::json::Object> config = readModelConfig(source, module.getContext());
  if (failed(config))
    return failure();
  auto write = [text = llvm::json::Value(std::move(*config))](llvm::raw_ostream &os) {
    os << llvm::formatv("{0:2}", text) << "\n";
  };
  if (llvm::Error error = writeFile((folder + "/config.json").str(), write))
    return module.emitError() << llvm::toString(std::move(error));
  return success();
}

namespace {
struct SaveModelPass : PassWrapper<SaveModelPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(SaveModelPass)
  explicit SaveModelPass(std::shared_ptr<ModelRun> run) : run(std::move(run)) {}
  StringRef getArgument() const override { return "save-model"; }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    SmallVector<lowp::StoreOp> stores(module.getOps<lowp::StoreOp>());
    if (stores.empty())
      return;
    if (stores.size() > 1) {
      stores[1].emitOpError() << "a module with several stores cannot be saved; merge them first";
      return signalPassFailure();
    }
    if (failed(save(module, stores.front())))
      signalPassFailure();
  }

  LogicalResult save(ModuleOp module, lowp::StoreOp storeOp) {
    std::vector<std::string> keys;
    std::shared_ptr<WeightStore> store;
    WalkResult walk = module.walk([&](lowp::WeightOp op) {
      store = lowp::getStore(op, op.getKey());
      keys.push_back(op.getKey().getLeafReference().str());
      return store ? WalkResult::advance() : WalkResult::interrupt();
    });
    if (walk.wasInterrupted())
      return failure();
    if (!store)
      return success();
    llvm::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());

    StringRef stem = StringRef(run->outputPath).take_front(run->outputPath.rfind('.'));
    std::string folder = (stem + ".weights.tmp").str();
    run->weightsFolder = folder;
    llvm::sys::fs::remove_directories(folder);
    llvm::Expected<uint64_t> written = store->save(folder, keys);
    if (!written)
      return storeOp.emitOpError() << llvm::toString(written.takeError());
    std::string tokenizer = run->tokenizerPath;
    auto &registry = getContext().getOrLoadDialect<lowp::LowPDialect>()->getStores();
    if (tokenizer.empty())
      tokenizer = registry.lookupPath(storeOp.getId());
    if (failed(saveTokenizer(module, tokenizer, folder)) ||
        failed(saveConfig(module, registry.lookupPath(storeOp.getId()), folder)))
      return failure();

    auto saved = std::make_shared<WeightStore>();
    if (llvm::Error error = saved->addPath(folder))
      return storeOp.emitOpError() << llvm::toString(std::move(error));
    storeOp.setPath((llvm::sys::path::filename(stem) + ".weights").str());
    storeOp.setId(registry.add(saved, folder));
    return success();
  }

  std::shared_ptr<ModelRun> run;
};
} // namespace

std::unique_ptr<Pass> quantopt::createSaveModelPass(std::shared_ptr<ModelRun> run) {
  return std::make_unique<SaveModelPass>(std::move(run));
}

//===----------------------------------------------------------------------===//
// Report
//===----------------------------------------------------------------------===//

namespace {
struct WriteReportPass : PassWrapper<WriteReportPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(WriteReportPass)
  explicit WriteReportPass(std::shared_ptr<ModelRun> run) : run(std::move(run)) {}
  StringRef getArgument() const override { return "write-report"; }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - run->start;
    llvm::json::Object report{
        {"model", run->modelPath},
        {"output", run->outputPath},
        {"pipeline", run->pipeline},
        {"contractions", describeContractions(module)},
        {"bytes", llvm::json::Object{{"before", run->bytesBefore}, {"after", getWeightBytes(module)}}},
        {"seconds", seconds.count()},
        {"peak_rss_bytes", getPeakRssBytes()},
    };
    llvm::Expected<PendingFile> file = prepareReport(std::move(report), run->reportPath);
    if (!file) {
      module.emitError() << llvm::toString(file.takeError());
      return signalPassFailure();
    }
    run->report.emplace(std::move(*file));
  }

  std::shared_ptr<ModelRun> run;
};
} // namespace

std::unique_ptr<Pass> quantopt::createWriteReportPass(std::shared_ptr<ModelRun> run) {
  return std::make_unique<WriteReportPass>(std::move(run));
}
