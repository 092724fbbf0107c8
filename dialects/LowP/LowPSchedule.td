//===- LowPSchedule.td - How a kernel works -----------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LOWP_SCHEDULE
#define QUANTOPT_LOWP_SCHEDULE

include "LowP/LowPAttrs.td"

def LowP_MatrixUnit : I32EnumAttr<"MatrixUnit", "which instructions multiply", [
    I32EnumAttrCase<"MmaSync", 0, "mma_sync">,
    I32EnumAttrCase<"Wgmma", 1, "wgmma">,
    I32EnumAttrCase<"Stream", 2, "stream">]> {
  let cppNamespace = "::quantopt::lowp";
  let genSpecializedAttr = 0;
}

def LowP_ScheduleAttr : LowP_Attr<"Schedule", "schedule"> {
  let summary = "How the blocks of a kernel work";
  let description = [{
    Written by `schedule-kernels`, or by hand, as the discardable attribute
    `lowp.schedule` of a fused contraction; `convert-lowp-to-nvvm` builds the
    kernel that it says.

    * `mma_sync`: every warp loads, multiplies and stores. `warps = 2x4` are
      those along m and n.
    * `wgmma` (sm_90a): one warpgroup loads by TMA, the others multiply,
      `tile` m / 64 of them. Blocks stay and take tile after tile, `raster`
      tiles of m in turn before the next column of tiles, so that blocks at
      work at one time share operands in the L2 cache.
    * `stream`, for few tokens: weights go from memory to the registers that
      mma.sync reads; a warp has `stages` blocks on their way. `warps` are those
      along m and k, and k is divided among a cluster of `split` blocks.

    `tile` is m x n x bytes of k; `stages` tiles of k are in flight. Shared
    memory is swizzled in spans of 64 bytes or 128, the bytes of k.

    Of a list of schedules, the first that computes as many tokens as there are
    at run time is used: `stream` computes those of its tile, the others any.

    Before `schedule-kernels`:
    ```mlir
    %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) : ...
    ```
    After:
    ```mlir
    %y = lowp.quantized_matmul %x, %w scales(%xs, %ws)
      {lowp.schedule = #lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = 8>} : ...
    ```
    ```mlir
    #lowp.schedule<mma_sync, tile = 128x128x64, stages = 4, warps = 2x4>
    #lowp.schedule<stream, tile = 64x16x128, stages = 4, warps = 4x2, split = 4>
    ```
  }];
  let parameters = (ins "MatrixUnit":$unit, "int64_t":$tileM, "int64_t":$tileN, "int64_t":$tileK,
                        "int64_t":$stages, "int64_t":$warpsM, "int64_t":$warpsN, "int64_t":$raster, "int64_t":$split);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// Every warp multiplies, `warpsM` x `warpsN` of them.
    static ScheduleAttr getMmaSync(::mlir::MLIRContext *context, int64_t tileM, int64_t tileN, int64_t tileK,
                                   int64_t stages, int64_t warpsM, int64_t warpsN);
    static ScheduleAttr getStream(::mlir::MLIRContext *context, int64_t tileN, int64_t stages, int64_t warpsK,
                                  int64_t split);
    static ScheduleAttr getWgmma(::mlir::MLIRContext *context, int64_t tileM, int64_t tileN, int64_t stages,
                                 int64_t raster);

    /// Threads of a block.
    int64_t getThreads() const;
    /// Bytes of the operands' tiles of one stage.
    int64_t getStageBytes() const { return (getTileM() + getTileN()) * getTileK(); }
    /// wgmma: bytes through which one warpgroup hands its part of the result to the TMA unit.
    static constexpr int64_t kStoreBytes = 16384;
    /// Dynamic shared memory of a block.
    int64_t getSharedBytes() const;
    /// Warpgroups that multiply.
    int64_t getConsumers() const { return getTileM() / 64; }
    /// "128x256x128s4", for the names of kernels.
    std::string getText() const;
    /// The rule that a schedule breaks; empty when kernels can be built from it.
    static std::string check(MatrixUnit unit, int64_t tileM, int64_t tileN, int64_t tileK, int64_t stages,
                             int64_t warpsM, int64_t warpsN, int64_t raster, int64_t split);
  }];
}

#endif // QUANTOPT_LOWP_SCHEDULE
