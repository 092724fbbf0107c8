// RUN: quant-opt %s -split-input-file -verify-diagnostics | FileCheck %s

// CHECK: #lowp.schedule<mma_sync, tile = 128x128x64, stages = 4, warps = 2x4>
// CHECK: #lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = 8>
// CHECK: #lowp.schedule<stream, tile = 64x16x128, stages = 4, warps = 4x2, split = 4>
func.func private @good() attributes {
  a = #lowp.schedule<mma_sync, tile = 128x128x64, stages = 4, warps = 2x4>,
  b = #lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = 8>,
  c = #lowp.schedule<stream, tile = 64x16x128, stages = 4, warps = 4x2, split = 4>}

// -----

// expected-error @+1 {{expected mma_sync, wgmma or stream, got 'wmma'}}
func.func private @unit() attributes {a = #lowp.schedule<wmma, tile = 128x128x64, stages = 4, raster = 1>}

// -----

// expected-error @+1 {{tile has 3 lengths}}
func.func private @lengths() attributes {a = #lowp.schedule<wgmma, tile = 128x128, stages = 4, raster = 1>}

// -----

// expected-error @+1 {{schedule: stages must be at least 2}}
func.func private @stages() attributes {a = #lowp.schedule<wgmma, tile = 128x128x128, stages = 1, raster = 1>}

// -----

// expected-error @+1 {{schedule: tile k must be 64 or 128 bytes}}
func.func private @tile_k() attributes {a = #lowp.schedule<mma_sync, tile = 128x128x96, stages = 4, warps = 2x4>}

// -----

// expected-error @+1 {{schedule: warps must be a power of two up to 32}}
func.func private @warps() attributes {a = #lowp.schedule<mma_sync, tile = 128x128x64, stages = 4, warps = 3x4>}

// -----

// expected-error @+1 {{schedule: tile m and n must be multiples of 16 for each warp}}
func.func private @per_warp() attributes {a = #lowp.schedule<mma_sync, tile = 16x128x64, stages = 4, warps = 2x4>}

// -----

// expected-error @+1 {{schedule: tile m and n must be powers of two}}
func.func private @powers() attributes {a = #lowp.schedule<mma_sync, tile = 96x128x64, stages = 4, warps = 2x4>}

// -----

// expected-error @+1 {{schedule: a tile must give every thread the same number of 16-byte pieces}}
func.func private @pieces() attributes {a = #lowp.schedule<mma_sync, tile = 32x128x64, stages = 4, warps = 2x4>}

// -----

// expected-error @+1 {{schedule: a thread would hold more than 128 sums; use more warps}}
func.func private @sums() attributes {a = #lowp.schedule<mma_sync, tile = 128x128x64, stages = 4, warps = 1x2>}

// -----

// expected-error @+1 {{schedule: the stages need 262144 bytes of shared memory of 232448}}
func.func private @shared() attributes {a = #lowp.schedule<mma_sync, tile = 128x128x64, stages = 16, warps = 2x4>}

// -----

// expected-error @+1 {{schedule: tile m of wgmma must be 64, 128 or 192: one to three warpgroups}}
func.func private @wgmma_m() attributes {a = #lowp.schedule<wgmma, tile = 96x128x128, stages = 4, raster = 1>}

// -----

// expected-error @+1 {{schedule: tile n of wgmma must be a multiple of 16 up to 256}}
func.func private @wgmma_n() attributes {a = #lowp.schedule<wgmma, tile = 128x8x128, stages = 4, raster = 1>}

// -----

// expected-error @+1 {{schedule: tile k of wgmma must be 128 bytes}}
func.func private @wgmma_k() attributes {a = #lowp.schedule<wgmma, tile = 128x128x64, stages = 4, raster = 1>}

// -----

// expected-error @+1 {{schedule: a thread would hold more than 96 sums; use a smaller tile n}}
func.func private @wgmma_sums() attributes {a = #lowp.schedule<wgmma, tile = 192x256x128, stages = 2, raster = 1>}

// -----

// expected-error @+1 {{schedule: raster must be at least 1}}
func.func private @raster() attributes {a = #lowp.schedule<wgmma, tile = 128x128x128, stages = 4, raster = 0>}

// -----

// expected-error @+1 {{schedule: split must be 1, 2, 4 or 8, the blocks of a cluster}}
func.func private @split() attributes {a = #lowp.schedule<stream, tile = 64x16x128, stages = 4, warps = 4x2, split = 3>}

// -----

// expected-error @+1 {{schedule: tile of stream must be 64x8x128 or 64x16x128}}
func.func private @stream_tile() attributes {a = #lowp.schedule<stream, tile = 64x32x128, stages = 4, warps = 4x2, split = 2>}

// -----

// expected-error @+1 {{schedule: warps of stream must be 4x1, 4x2 or 4x4}}
func.func private @stream_warps() attributes {a = #lowp.schedule<stream, tile = 64x16x128, stages = 4, warps = 2x2, split = 2>}
