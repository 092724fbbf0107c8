//===- Warpgroup.h - What kernels of warpgroups share ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Blocks of sm_90a kernels: warpgroup 0 loads, the others multiply. Descriptors and copies that both sides agree on.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CONVERSION_LOWPTONVVM_WARPGROUP_H
#define QUANTOPT_CONVERSION_LOWPTONVVM_WARPGROUP_H

#include "KernelBuilder.h"
#include "LowP/LowP.h"

namespace quantopt {

/// Bytes of a row of a tile in shared memory: one span of the 128-byte swizzle, in which 16-byte piece p of row r lies
/// at p ^ (r % 8).
inline constexpr int64_t kSpanBytes = 128;
/// Such tiles begin at multiples of eight rows.
inline constexpr int64_t kSpanAlignment = 8 * kSpanBytes;

/// Says that one block runs on a multiprocessor, so that the assembler may give its threads all registers.
void limitBlocks(mlir::LLVM::LLVMFuncOp kernel);

/// Emits `producer` for one thread of warpgroup 0, and `consumer` for all threads of the others, which gets the index
/// of its warpgroup from 0 on. Registers move from the first to the latter.
void splitRoles(KernelBuilder &b, mlir::Value thread, int64_t consumers, llvm::function_ref<void()> producer,
                llvm::function_ref<void(mlir::Value)> consumer);

/// The descriptor of a swizzled tile, contiguous along k, at `address` (i32) of shared memory (PTX ISA, "Matrix
/// descriptor").
mlir::Value matrixDescriptor(KernelBuilder &b, mlir::Value address);
/// The same tile, `bytes` of k further on within the span.
mlir::Value advanceDescriptor(KernelBuilder &b, mlir::Value descriptor, int64_t bytes);

/// Starts copying the box at `coordinates`, contiguous dimension first, to `target`; completes `barrier`.
void loadBox(KernelBuilder &b, mlir::Value target, mlir::Value map, mlir::ValueRange coordinates, mlir::Value barrier);

/// A barrier of the 128 threads of consumer `warpgroup`, named warpgroup + 1.
void syncWarpgroup(KernelBuilder &b, mlir::Value warpgroup, int64_t consumers);

/// The tiles of an m x n result that this block takes, `schedule.getRaster()` tiles of m before the next tile of n.
/// `body` gets the first m and n of a tile and what is carried from tile to tile.
mlir::ValueRange
forEachTile(KernelBuilder &b, lowp::ScheduleAttr schedule, mlir::Value m, mlir::Value n, mlir::ValueRange carried,
            llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value, mlir::Value, mlir::ValueRange)> body);

} // namespace quantopt

#endif // QUANTOPT_CONVERSION_LOWPTONVVM_WARPGROUP_H
