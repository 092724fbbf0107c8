//===- ConstantEvaluation.h - Runs computation on constants ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TRANSFORMS_CONSTANTEVALUATION_H
#define QUANTOPT_LIB_TRANSFORMS_CONSTANTEVALUATION_H

#include "mlir/IR/Value.h"
#include <string>
#include <vector>

namespace quantopt {

/// The elements of an f32 tensor that is computed from constants alone, by running that computation once. Fails with
/// `reason` set when it reads a symbol of the module (a stored weight, a global, a function) or cannot run.
mlir::FailureOr<std::vector<float>> evaluateConstant(mlir::Value value, std::string &reason);

} // namespace quantopt

#endif // QUANTOPT_LIB_TRANSFORMS_CONSTANTEVALUATION_H
