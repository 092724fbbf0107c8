//===- ScaleFolding.h - Divide a value by channel, upstream ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TRANSFORMS_SCALEFOLDING_H
#define QUANTOPT_LIB_TRANSFORMS_SCALEFOLDING_H

#include "mlir/IR/Value.h"
#include "mlir/Support/LLVM.h"
#include <string>

namespace quantopt {

/// Finds constants whose change divides every element of a value by a factor of its last dimension's index, and
/// nothing else's. Products are entered at one factor, sums at both terms; a constant may be offset, as in 1 + w.
class ScaleFolding {
public:
  /// Fails with `reason` set when no set of constants does it. Changes nothing.
  mlir::LogicalResult plan(mlir::Value value, std::string &reason);

  /// Replaces the constants of a successful plan. Fails with an error on the op that cannot be written.
  mlir::LogicalResult divideBy(llvm::ArrayRef<float> scales);

  /// What absorbs the factor, for a remark.
  std::string describe() const;

private:
  /// A constant that is divided along `dim`: w' = (w + offset) / s - offset.
  struct Target {
    mlir::Value constant;
    int64_t dim;
    float offset;
  };

  mlir::LogicalResult planValue(mlir::Value value, int64_t dim, std::string &reason);
  mlir::LogicalResult planConstant(mlir::Value value, int64_t dim, float offset, std::string &reason);
  mlir::LogicalResult planGeneric(mlir::Value value, int64_t dim, std::string &reason);
  mlir::LogicalResult planScalar(mlir::Value scalar, unsigned loop, std::string &reason);
  mlir::LogicalResult planSum(mlir::Operation *sum, unsigned loop, std::string &reason);
  mlir::LogicalResult planContraction(mlir::Value value, int64_t dim, std::string &reason);

  llvm::SmallVector<Target> targets;
  /// How often a value may be used: the root's uses are the caller's business.
  mlir::Value root;
};

} // namespace quantopt

#endif // QUANTOPT_LIB_TRANSFORMS_SCALEFOLDING_H
