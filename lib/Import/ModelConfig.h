//===- ModelConfig.h - Configuration keys to features -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_IMPORT_MODELCONFIG_H
#define QUANTOPT_LIB_IMPORT_MODELCONFIG_H

#include "ConfigReader.h"
#include "Families.h"

namespace quantopt::importer {

/// The optional keys of `family` with their defaults: what a ConfigReader of its configurations is built with.
llvm::json::Object getKnownKeys(const DecoderFamily &family);
/// The same of encoders.
llvm::json::Object getKnownEncoderKeys();

/// Maps the keys to features. Every key must be understood.
mlir::FailureOr<DecoderFeatures> readDecoder(ConfigReader &reader, const DecoderFamily &family);
mlir::FailureOr<EncoderFeatures> readEncoder(ConfigReader &reader);

} // namespace quantopt::importer

#endif // QUANTOPT_LIB_IMPORT_MODELCONFIG_H
