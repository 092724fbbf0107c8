//===- Kernels.h - The kernels of convert-lowp-to-nvvm -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What tells one kernel from another, and the generators. Lengths are never part of it: kernels take them as arguments.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CONVERSION_LOWPTONVVM_KERNELS_H
#define QUANTOPT_CONVERSION_LOWPTONVVM_KERNELS_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include <string>

namespace quantopt {

/// How a block of threads works on one tile of the result. Lengths in elements; elements of k are bytes.
struct MatmulSchedule {
  int64_t tileM, tileN, tileK;
  int64_t stages;
  int64_t warpsM, warpsN;

  int64_t getThreads() const { return 32 * warpsM * warpsN; }
  int64_t getStageBytes() const { return (tileM + tileN) * tileK; }
  int64_t getSharedBytes() const { return stages * getStageBytes(); }
  /// Empty when the generator can build it; else the rule that it breaks.
  std::string check() const;
};

/// How a tile of codes comes from global into shared memory.
enum class TileLoad {
  Async, ///< rows contiguous along k and k a multiple of 16: cp.async of 16 bytes
  Bytes, ///< rows contiguous along k, of any length: guarded single bytes
  Across ///< [k, n] in memory: guarded single bytes, one row of k after the other
};

struct MatmulKernel {
  mlir::Type result; ///< f32, f16 or bf16
  TileLoad lhsLoad, rhsLoad;
  bool lhsScalePerRow, rhsScalePerRow; ///< else one scale for all
  bool hasBias;
  MatmulSchedule schedule;

  std::string getName() const;
  /// Arguments: lhs, rhs, lhs scale, rhs scale, [bias], result, m, n, k. Grid: ceil(m / tileM), ceil(n / tileN).
  mlir::LLVM::LLVMFuncOp build(mlir::ModuleOp module) const;
};

struct QuantizeKernel {
  mlir::Type input;  ///< f32, f16 or bf16
  bool choosesScale; ///< writes the scale of each row from its largest magnitude; else reads it
  bool scalePerRow;  ///< else one scale for all; true when it chooses
  int64_t vector;    ///< elements a thread moves at once; divides the row length
  int64_t threads;

  std::string getName() const;
  /// Arguments: input, scale, result, row length. Grid: rows.
  mlir::LLVM::LLVMFuncOp build(mlir::ModuleOp module) const;
};

} // namespace quantopt

#endif // QUANTOPT_CONVERSION_LOWPTONVVM_KERNELS_H
