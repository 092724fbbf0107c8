//===- ModelPasses.h - First and last pass of a run on a model ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_DRIVER_MODELPASSES_H
#define QUANTOPT_DRIVER_MODELPASSES_H

#include "mlir/Pass/Pass.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "llvm/Support/JSON.h"
#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace quantopt {

/// What one run of the driver knows and finds out; shared by its passes.
struct ModelRun {
  std::string modelPath;             ///< a folder or .gguf to import; empty: the module was parsed
  std::string bytecodePath;          ///< input that is bytecode, else empty
  std::string outputPath;            ///< IR file to be; empty: no weights are saved
  std::string weightsFolder;         ///< where the weights were saved, to be renamed into place by the driver
  std::string reportPath;            ///< empty: none
  std::optional<PendingFile> report; ///< written, to be put in place by the driver after the output
  std::string pipeline;              ///< as text, for the report
  bool keepsPipeline = false;        ///< on the module too, for passes that write what they made
  std::string tokenizerPath;
  uint64_t bytesBefore = 0;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

/// Fills the empty module with the imported model, or measures the parsed one.
std::unique_ptr<mlir::Pass> createLoadModelPass(std::shared_ptr<ModelRun> run);

/// Saves the weights that the module refers to beside the output and points its lowp.store at them.
std::unique_ptr<mlir::Pass> createSaveModelPass(std::shared_ptr<ModelRun> run);

/// Writes the report beside its place, which it takes when the output has taken its own.
std::unique_ptr<mlir::Pass> createWriteReportPass(std::shared_ptr<ModelRun> run);

} // namespace quantopt

#endif // QUANTOPT_DRIVER_MODELPASSES_H
