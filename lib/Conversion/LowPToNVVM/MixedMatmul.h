//===- MixedMatmul.h - Kernels of lowp.mixed_matmul --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Products of 16-bit floats with packed 4-bit codes. Weights are the left operand of the tensor core, tokens the right
// one: a fragment of weights is unpacked in registers, where the tensor core reads it.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CONVERSION_LOWPTONVVM_MIXEDMATMUL_H
#define QUANTOPT_CONVERSION_LOWPTONVVM_MIXEDMATMUL_H

#include "KernelBuilder.h"

#include "LowP/LowP.h"

namespace quantopt {

/// A block of packed codes: 64 rows and 64 of k, 16 bytes a thread of a warpgroup (Numerics/Int4Packing.h).
inline constexpr int64_t kBlockRows = 64, kBlockK = 64, kBlockBytes = kBlockRows * kBlockK / 2;
/// stream: floats from the sums of one token to those of the next: so many that the tokens of a warp's sums lie in
/// different banks of shared memory.
inline constexpr int64_t kSumPitch = kBlockRows + 4;
/// Elements of k of one tensor core step, each of which takes one word of a thread.
inline constexpr int64_t kMmaStepK = 16;

struct MixedMatmulKernel {
  mlir::Type element; ///< f16 or bf16: activations, scales and zero points
  mlir::Type result;  ///< the same, or f32
  int64_t groupSize;  ///< 32 or a multiple of 64 elements of k that share a scale; 0: all of a row
  bool hasZeros;
  Addend addend;
  bool hasAddend() const { return addend != Addend::None; }
  /// wgmma: the result leaves through shared memory and the TMA unit. Needs a result of 16 bits whose rows are a
  /// multiple of 16 bytes.
  bool storesByTma;
  /// Tile m counts rows of weights, tile n tokens, tile k bytes of activations.
  lowp::ScheduleAttr schedule;

  std::string getName() const;
  /// Dynamic shared memory of a block; `steps` is the number of blocks of k, which stream depends on.
  int64_t getSharedBytes(int64_t steps) const;
  /// Bytes of tokens and codes of one stage of wgmma.
  int64_t getStageBytes() const;
  /// stream: what lies before the tokens, the barrier and the sums of the warps.
  int64_t getHeaderBytes() const;
  static constexpr int64_t kBarrierBytes = 128;
  /// Tokens of one box of the result.
  int64_t getStoreTokens() const { return std::min<int64_t>(schedule.getTileN(), 64); }
  /// wgmma: codes, scale, [zeros], [bias], result; tensor maps of activations, [result]; m, n, k; any grid of one
  /// dimension. stream: the same with a tensor map of activations alone; grid ceil(n / 64) * split, clusters of split.
  mlir::LLVM::LLVMFuncOp build(mlir::ModuleOp module) const;

private:
  mlir::LLVM::LLVMFuncOp buildWgmma(mlir::ModuleOp module) const;
  mlir::LLVM::LLVMFuncOp buildDecode(mlir::ModuleOp module) const;
};

/// Unpacks words of codes into fragments of weights.
class FragmentUnpacker {
public:
  FragmentUnpacker(const MixedMatmulKernel &kernel, KernelBuilder &builder, mlir::Value scales, mlir::Value zeros)
      : kernel(kernel), b(builder), scales(scales), zeros(zeros) {}

  /// Loads the scales and zero points that block `block` of `k` needs for the rows `row` and `row` + 8 of the weight;
  /// `rows` is the length of a row of scales. Early: codes and parameters can be asked for together.
  llvm::SmallVector<mlir::Value> loadParameters(mlir::Value block, mlir::Value row, mlir::Value rows, mlir::Value k);
  /// How many values those are.
  int64_t countParameters() const { return (kernel.groupSize == 32 ? 4 : 2) * (kernel.hasZeros ? 2 : 1); }
  /// Takes them for the blocks to be unpacked from here on.
  void setParameters(llvm::ArrayRef<mlir::Value> values);
  /// The four registers of step `step` (0 to 3) of the block: rows, rows + 8, and the same 8 of k further on.
  llvm::SmallVector<mlir::Value> unpack(mlir::Value word, int64_t step);

private:
  /// Of the two rows: scale, and what is subtracted from the biased codes, in pairs.
  struct Parameters {
    mlir::Value scale[2], low[2], high[2];
  };
  mlir::Value pair(mlir::Value value);
  mlir::Value splat(double value);

  const MixedMatmulKernel &kernel;
  KernelBuilder &b;
  mlir::Value scales, zeros;
  llvm::SmallVector<Parameters, 2> groups; ///< of a block: two of 32, or one
};

} // namespace quantopt

#endif // QUANTOPT_CONVERSION_LOWPTONVVM_MIXEDMATMUL_H
