//===- TileStore.h - From sums in registers to a result ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The end of a wgmma kernel: scales, bias, rounding, and the way to global memory.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CONVERSION_LOWPTONVVM_TILESTORE_H
#define QUANTOPT_CONVERSION_LOWPTONVVM_TILESTORE_H

#include "KernelBuilder.h"
#include "Kernels.h"

#include <array>

namespace quantopt {

/// Of the kernel; `outMap` where the result leaves by TMA, else `out`.
struct TileStoreArguments {
  mlir::Value outMap, out, lhsScale, rhsScale, bias, m, n;
};

class TileStore {
public:
  /// For the threads of one consumer `warpgroup`; `staging` are its kStoreBytes of shared memory.
  TileStore(const MatmulKernel &kernel, KernelBuilder &builder, const TileStoreArguments &arguments,
            mlir::Value warpgroup, mlir::Value thread, mlir::Value staging);

  /// Stores 64 rows of the tile at (`row`, `column`). Sums as wgmma leaves them: number 4 j + 2 h + c is row
  /// 16 warp + lane / 4 + 8 h, column 8 j + 2 (lane % 4) + c (PTX ISA, "Register Fragments for wgmma").
  void store(llvm::ArrayRef<mlir::Value> sums, mlir::Value row, mlir::Value column);
  /// Waits until the last results have left shared memory.
  void finish();

private:
  using Value = mlir::Value;
  /// Values of the two columns that a thread holds of eight.
  using Pair = std::pair<Value, Value>;

  Value scale(Value sum, Value rowScale, Value columnScale, Value columnBias);
  Pair loadPair(Value base, bool perColumn, Value column);
  void loadRows(Value row);
  std::array<Pair, 2> scaleSums(llvm::ArrayRef<Value> sums, int64_t step, Value column);
  void storeDirectly(llvm::ArrayRef<Value> sums, Value row, Value column);
  void storeBoxes(llvm::ArrayRef<Value> sums, Value row, Value column);
  void stageBox(llvm::ArrayRef<Value> sums, int64_t box, int64_t slot, Value column);
  /// Rows that leave by TMA have a multiple of eight elements.
  bool hasEvenRows() const { return kernel.storesByTma; }

  const MatmulKernel &kernel;
  KernelBuilder &b;
  TileStoreArguments arguments;
  Value warpgroup, staging, lane, warp, isLeader;
  Value rowScales[2], rowBiases[2]; ///< of the two rows; a residual's are where they begin
};

} // namespace quantopt

#endif // QUANTOPT_CONVERSION_LOWPTONVVM_TILESTORE_H
