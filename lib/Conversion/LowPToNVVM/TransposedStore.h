//===- TransposedStore.h - From transposed sums to a result ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The end of kernels whose sums have a row for each column of the result, and a column for each token.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CONVERSION_LOWPTONVVM_TRANSPOSEDSTORE_H
#define QUANTOPT_CONVERSION_LOWPTONVVM_TRANSPOSEDSTORE_H

#include "KernelBuilder.h"
#include "MixedMatmul.h"

namespace quantopt {

/// Of the kernel; `outMap` where the result leaves by TMA.
struct TransposedStoreArguments {
  mlir::Value outMap, out, bias, m, n;
};

class TransposedStore {
public:
  /// For the threads of one consumer `warpgroup`; `staging` are its kStoreBytes of shared memory.
  TransposedStore(const MixedMatmulKernel &kernel, KernelBuilder &builder, const TransposedStoreArguments &arguments,
                  mlir::Value warpgroup, mlir::Value thread, mlir::Value staging);

  /// Stores columns `column`, ... of the result, 64 of them, of tokens `token`, .... Sum number 4 j + 2 h + c is column
  /// 16 warp + lane / 4 + 8 h, token 8 j + 2 (lane % 4) + c.
  void store(llvm::ArrayRef<mlir::Value> sums, mlir::Value column, mlir::Value token);
  /// Waits until the last results have left shared memory.
  void finish();

private:
  using Value = mlir::Value;
  llvm::SmallVector<Value> addBias(llvm::ArrayRef<Value> sums, Value column, Value token);
  void storeDirectly(llvm::ArrayRef<Value> sums, Value column, Value token);
  void storeBoxes(llvm::ArrayRef<Value> sums, Value column, Value token);
  void stageBox(llvm::ArrayRef<Value> sums, int64_t box, int64_t slot);

  const MixedMatmulKernel &kernel;
  KernelBuilder &b;
  TransposedStoreArguments arguments;
  Value warpgroup, staging, lane, warp, isLeader;
};

} // namespace quantopt

#endif // QUANTOPT_CONVERSION_LOWPTONVVM_TRANSPOSEDSTORE_H
