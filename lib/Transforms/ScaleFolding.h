//===- ScaleFolding.h - Divide a value by channel, upstream ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TRANSFORMS_SCALEFOLDING_H
#define QUANTOPT_LIB_TRANSFORMS_SCALEFOLDING_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Value.h"
#include "mlir/Support/LLVM.h"
#include "llvm/ADT/IntEqClasses.h"
#include <string>

namespace quantopt {

/// The dimensions of a value along which a scale varies, in rising order, and for each index of them, row-major, the
/// channel whose scale it is.
struct ScaleAxes {
  llvm::SmallVector<int64_t> dims, sizes;
  std::vector<int64_t> channels;

  /// Calls axis i `names[i]`, and puts the axes in rising order again.
  void rename(llvm::ArrayRef<int64_t> names);
  /// Makes one axis of each run of axes that `groups` lists by position.
  void merge(size_t first, size_t count, int64_t dim);
  /// Splits the axis at `position` into dimensions `dims` of `sizes`.
  void split(size_t position, llvm::ArrayRef<int64_t> newDims, llvm::ArrayRef<int64_t> newSizes);
  /// Adds dimension `dim`, along which the scale does not vary.
  void repeat(int64_t dim, int64_t size);
  /// Drops the axis at `position`; the channels along it are joined in `ties`.
  void tie(size_t position, llvm::IntEqClasses &ties);
  bool has(int64_t dim) const { return llvm::is_contained(dims, dim); }
};

/// Finds constants whose change divides every element of a value by the factor of its channel, and nothing else's.
/// Products are entered at one factor, sums at both terms; a constant may be offset, as in 1 + w. Goes through
/// reshapes, transposes and the product of attention weights with values; where one constant serves several
/// channels (the values of grouped-query attention, which several heads read) these channels are tied: they need one
/// factor.
class ScaleFolding {
public:
  /// `dims` of `value`, in this order, count its channels. Fails with `reason` set when no set of constants does it.
  /// Changes nothing.
  mlir::LogicalResult plan(mlir::Value value, llvm::ArrayRef<int64_t> dims, std::string &reason);

  /// The class of each channel, numbered from 0; channels of one class need one factor.
  std::vector<unsigned> getClasses() const;

  /// Replaces the constants of a successful plan. Fails with an error on the op that cannot be written.
  mlir::LogicalResult divideBy(llvm::ArrayRef<float> scales);

  /// Whether a matrix, the weight of a linear layer, absorbs the factor; else gains and biases do.
  bool changesMatrix() const;

  /// What absorbs the factor, for a remark.
  std::string describe() const;

private:
  /// A constant that is divided along `axes`: w' = (w + offset) / s - offset.
  struct Target {
    mlir::Value constant;
    ScaleAxes axes;
    float offset;
  };
  /// What a plan consists of; copied to try one factor of a product, then the other.
  struct State {
    llvm::SmallVector<Target> targets;
    llvm::IntEqClasses ties;
  };

  mlir::LogicalResult planValue(mlir::Value value, ScaleAxes axes, std::string &reason);
  mlir::LogicalResult planConstant(mlir::Value value, ScaleAxes axes, float offset, std::string &reason);
  mlir::LogicalResult planElementwise(mlir::linalg::LinalgOp op, ScaleAxes axes, std::string &reason);
  mlir::LogicalResult planScalar(mlir::Value scalar, const ScaleAxes &loops, std::string &reason);
  mlir::LogicalResult planSum(mlir::Operation *sum, const ScaleAxes &loops, std::string &reason);
  mlir::LogicalResult planContraction(mlir::linalg::LinalgOp op, ScaleAxes axes, std::string &reason);
  mlir::LogicalResult planProduct(mlir::linalg::LinalgOp op, const ScaleAxes &axes, std::string &reason);
  mlir::LogicalResult planReshape(mlir::Operation *op, ScaleAxes axes, std::string &reason);
  /// The scale of an operand that `map` indexes by loops, given the scale by loop.
  mlir::FailureOr<ScaleAxes> getOperandAxes(mlir::AffineMap map, ScaleAxes loops, std::string &reason);
  /// Plans by the first way, or by the second if that ties fewer channels or the first fails.
  mlir::LogicalResult planEither(llvm::function_ref<mlir::LogicalResult(std::string &)> first,
                                 llvm::function_ref<mlir::LogicalResult(std::string &)> second, std::string &reason);
  unsigned countClasses() const;

  State state;
  int64_t channels = 0;
  /// How often a value may be used: the root's uses are the caller's business.
  mlir::Value root;
};

} // namespace quantopt

#endif // QUANTOPT_LIB_TRANSFORMS_SCALEFOLDING_H
