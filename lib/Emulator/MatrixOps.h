//===- MatrixOps.h - What matrix instructions share --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_MATRIXOPS_H
#define QUANTOPT_LIB_EMULATOR_MATRIXOPS_H

#include "Decoder.h"
#include "MatrixProduct.h"
#include "quant-opt/Emulator/Machine.h"

namespace quantopt::ptx {

/// For .sync.aligned instructions that use all lanes of a warp: Flow::Next when they are all in `exec`, otherwise what
/// the handler returns (Flow::Block while some are on their way, Flow::Stop after a report that some have exited).
Flow gatherWarp(Warp &warp, const MicroOp &op, uint32_t exec);

/// The components of a vector operand; a lone register counts as a vector of one. Fails unless there are `count`.
llvm::SmallVector<const Operand *, 16> getComponents(Decoder &d, size_t index, unsigned count);

/// The slots of registers of type `type` (results or sources) that a vector operand names, appended to `slots`.
void readComponents(Decoder &d, size_t index, unsigned count, Type type, llvm::SmallVectorImpl<Slot> &slots);
void writeComponents(Decoder &d, size_t index, unsigned count, Type type, llvm::SmallVectorImpl<Slot> &slots);

/// The lanes of `count` pool operands of `op` from `first` on.
llvm::SmallVector<const uint32_t *, 16> getSources(const Warp &warp, const MicroOp &op, unsigned first, unsigned count);
llvm::SmallVector<uint32_t *, 16> getResults(const Warp &warp, const MicroOp &op, unsigned first, unsigned count);

/// Takes .sync and .aligned, which the matrix instructions all have.
void takeSyncAligned(Decoder &d);

/// Takes the first modifier that is a shape (m16n8k16); zeros after a failure.
MatrixShape takeShape(Decoder &d);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_MATRIXOPS_H
