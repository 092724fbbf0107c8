//===- Kernels.h - The kernels of convert-lowp-to-nvvm -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What tells one kernel from another, and the generators. Lengths are never part of it: kernels take them as arguments.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CONVERSION_LOWPTONVVM_KERNELS_H
#define QUANTOPT_CONVERSION_LOWPTONVVM_KERNELS_H

#include "KernelBuilder.h"

#include "LowP/LowP.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include <string>

namespace quantopt {

/// How a tile of codes comes from global into shared memory.
enum class TileLoad {
  Async,  ///< rows contiguous along k and k a multiple of 16: cp.async of 16 bytes
  Bytes,  ///< rows contiguous along k, of any length: guarded single bytes
  Across, ///< [k, n] in memory: guarded single bytes, one row of k after the other
  Tma     ///< as Async, boxes by the TMA unit
};

/// lowp.quantized_matmul.
struct MatmulKernel {
  mlir::Type lhs, rhs; ///< elements: both i8, or each f8E4M3FN or f8E5M2
  mlir::Type result;   ///< f32, f16 or bf16
  TileLoad lhsLoad, rhsLoad;
  bool lhsScalePerRow, rhsScalePerRow; ///< else one scale for all
  /// wgmma of 8-bit floats: elements of k (a multiple of 128) and columns (a multiple of the tile's) that share a
  /// scale; 0: one scale for all of k. Scales are then [m, groups] and [ceil(n / blockN), groups].
  int64_t blockK = 0, blockN = 0;
  Addend addend;
  bool hasAddend() const { return addend != Addend::None; }
  /// wgmma: the result leaves through shared memory and the TMA unit, else from registers. Needs a result of 16 bits
  /// whose rows are a multiple of 16 bytes, and a tile n that is a multiple of kStoreColumns.
  bool storesByTma;
  lowp::ScheduleAttr schedule;

  /// A store by TMA moves boxes of this many rows and columns.
  static constexpr int64_t kStoreRows = 64, kStoreColumns = 64;

  std::string getName() const;
  /// mma_sync: arguments lhs, rhs, lhs scale, rhs scale, [bias], result, m, n, k; grid ceil(m / tileM), ceil(n /
  /// tileN). wgmma: lhs scale, rhs scale, [bias], result; tensor maps of lhs, rhs, [result]; m, n, k; any grid of one
  /// dimension.
  mlir::LLVM::LLVMFuncOp build(mlir::ModuleOp module) const;

private:
  mlir::LLVM::LLVMFuncOp buildMmaSync(mlir::ModuleOp module) const;
  mlir::LLVM::LLVMFuncOp buildWgmma(mlir::ModuleOp module) const;
};

/// lowp.quantize with what chooses its scale.
struct QuantizeKernel {
  mlir::Type input;  ///< f32, f16 or bf16
  mlir::Type code;   ///< i8, f8E4M3FN or f8E5M2
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
