//===- CalibrationData.h - Samples that a model is calibrated on -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CALIBRATION_CALIBRATIONDATA_H
#define QUANTOPT_CALIBRATION_CALIBRATIONDATA_H

#include "quant-opt/Execution/Execution.h"

namespace quantopt {

struct CalibrationOptions {
  /// A text file, cut into `samples` windows of `seqLen` tokens from its beginning, without special tokens.
  std::string text;
  /// Or an .npz of arrays in0, in1, ...: one sample when an array has the rank of its argument, else its first
  /// dimension counts samples.
  std::string data;
  /// Folder or file of the tokenizer; empty: the one beside the module's weights.
  std::string tokenizer;
  int64_t samples = 128, seqLen = 512;
};

/// The arguments of each calibration call of `function`. Emits one error on it (file, rule, remedy) on failure.
mlir::FailureOr<std::vector<Sample>> loadCalibrationSamples(mlir::func::FuncOp function,
                                                            const CalibrationOptions &options);

/// The function that is calibrated: `name`, or when empty @main, or the only public one with a body. Emits an error
/// on the module otherwise.
mlir::FailureOr<mlir::func::FuncOp> getCalibratedFunction(mlir::ModuleOp module, llvm::StringRef name);

} // namespace quantopt

#endif // QUANTOPT_CALIBRATION_CALIBRATIONDATA_H
