//===- Rope.h - Frequencies of rotary embeddings -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_IMPORT_ROPE_H
#define QUANTOPT_LIB_IMPORT_ROPE_H

#include "ConfigReader.h"
#include "Features.h"

namespace quantopt::importer {

struct RopeBase {
  double theta;
  /// Elements of a head that are rotated; even.
  int64_t rotaryDim;
  /// What a scaling that names no original length was trained for.
  std::optional<int64_t> maxPositions;
};

/// Frequencies theta^(-2i/rotaryDim), changed by the scaling that `scaling` states (null: none): linear, llama3 (Llama
/// 3.1) or yarn (Peng et al., YaRN, section 3). Any other type or key is a fault of `scaling`.
RopeFeatures buildRope(const RopeBase &base, ConfigReader *scaling);

} // namespace quantopt::importer

#endif // QUANTOPT_LIB_IMPORT_ROPE_H
