// ptxas accepts every kernel of 4-bit weights: no spill, no C75xx; write-ptx fails otherwise.
// REQUIRES: ptxas
// RUN: rm -rf %t && quant-opt %s --lower-to-ptx="chip=sm_90a" -o %t
// RUN: FileCheck %s --input-file=%t/resources.json
// RUN: not grep -E '"(spill_(load|store)_bytes|stack_bytes)": [^0]' %t/resources.json
// RUN: FileCheck %s --check-prefix=LAUNCH --input-file=%t/launch.json

// CHECK: "kernels": [
// CHECK-COUNT-9: "spill_store_bytes": 0,
// CHECK: "ptxas": "Cuda compilation tools, release

// Both are launched, one runs.
// LAUNCH:      "cluster": [
// LAUNCH-NEXT:   8,
// LAUNCH:      "grid": [
// LAUNCH-NEXT:   32,
// LAUNCH:      "kernel": "mixed_matmul_bf16_bf16_64x16x128s4k2x8_g128",
// LAUNCH:      "when": [
// LAUNCH-NEXT:   "le(dim(in0, 0), 16)"
// LAUNCH:      "kernel": "mixed_matmul_bf16_bf16_128x64x128s6r2_g128_m",
// LAUNCH:      "when": [
// LAUNCH-NEXT:   "gt(dim(in0, 0), 16)"

func.func @both(%x: tensor<?x1024xbf16>, %w: tensor<4x16x128x4xi32>, %s: tensor<8x256xbf16>) -> tensor<?x256xbf16> {
  %y = lowp.mixed_matmul %x, %w scale(%s) : (tensor<?x1024xbf16>, tensor<4x16x128x4xi32>, tensor<8x256xbf16>) -> tensor<?x256xbf16>
  return %y : tensor<?x256xbf16>
}

func.func @f16_zero(%x: tensor<?x1024xf16>, %w: tensor<4x16x128x4xi32>, %s: tensor<32x256xf16>, %z: tensor<32x256xf16>, %b: tensor<256xf32>) -> tensor<?x256xf16> {
  %y = lowp.mixed_matmul %x, %w scale(%s) zero(%z) bias(%b) {lowp.schedule = #lowp.schedule<wgmma, tile = 128x128x128, stages = 6, raster = 2>} : (tensor<?x1024xf16>, tensor<4x16x128x4xi32>, tensor<32x256xf16>, tensor<32x256xf16>, tensor<256xf32>) -> tensor<?x256xf16>
  return %y : tensor<?x256xf16>
}

func.func @f16_f32(%x: tensor<?x1024xf16>, %w: tensor<4x16x128x4xi32>, %s: tensor<16x256xf16>, %z: tensor<16x256xf16>, %b: tensor<250xf32>) -> tensor<?x250xf32> {
  %y = lowp.mixed_matmul %x, %w scale(%s) zero(%z) bias(%b) {lowp.schedule = #lowp.schedule<wgmma, tile = 128x128x128, stages = 6, raster = 2>} : (tensor<?x1024xf16>, tensor<4x16x128x4xi32>, tensor<16x256xf16>, tensor<16x256xf16>, tensor<250xf32>) -> tensor<?x250xf32>
  return %y : tensor<?x250xf32>
}

func.func @bf16_row(%x: tensor<?x1024xbf16>, %w: tensor<4x16x128x4xi32>, %s: tensor<1x256xbf16>, %b: tensor<256xf32>) -> tensor<?x256xbf16> {
  %y = lowp.mixed_matmul %x, %w scale(%s) bias(%b) {lowp.schedule = #lowp.schedule<wgmma, tile = 128x16x128, stages = 6, raster = 2>} : (tensor<?x1024xbf16>, tensor<4x16x128x4xi32>, tensor<1x256xbf16>, tensor<256xf32>) -> tensor<?x256xbf16>
  return %y : tensor<?x256xbf16>
}

func.func @bf16_zero(%x: tensor<?x1024xbf16>, %w: tensor<4x16x128x4xi32>, %s: tensor<16x256xbf16>, %z: tensor<16x256xbf16>) -> tensor<?x256xbf16> {
  %y = lowp.mixed_matmul %x, %w scale(%s) zero(%z) {lowp.schedule = #lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = 2>} : (tensor<?x1024xbf16>, tensor<4x16x128x4xi32>, tensor<16x256xbf16>, tensor<16x256xbf16>) -> tensor<?x256xbf16>
  return %y : tensor<?x256xbf16>
}

func.func @f16_64(%x: tensor<?x1024xf16>, %w: tensor<4x16x128x4xi32>, %s: tensor<16x256xf16>) -> tensor<?x256xf16> {
  %y = lowp.mixed_matmul %x, %w scale(%s) {lowp.schedule = #lowp.schedule<wgmma, tile = 64x64x128, stages = 6, raster = 2>} : (tensor<?x1024xf16>, tensor<4x16x128x4xi32>, tensor<16x256xf16>) -> tensor<?x256xf16>
  return %y : tensor<?x256xf16>
}

func.func @few_f16(%x: tensor<4x1024xf16>, %w: tensor<4x16x128x4xi32>, %s: tensor<32x256xf16>, %z: tensor<32x256xf16>, %b: tensor<250xf32>) -> tensor<4x250xf16> {
  %y = lowp.mixed_matmul %x, %w scale(%s) zero(%z) bias(%b) {lowp.schedule = #lowp.schedule<stream, tile = 64x8x128, stages = 4, warps = 4x2, split = 1>} : (tensor<4x1024xf16>, tensor<4x16x128x4xi32>, tensor<32x256xf16>, tensor<32x256xf16>, tensor<250xf32>) -> tensor<4x250xf16>
  return %y : tensor<4x250xf16>
}

func.func @few_bf16(%x: tensor<4x1024xbf16>, %w: tensor<4x16x128x4xi32>, %s: tensor<1x256xbf16>, %z: tensor<1x256xbf16>) -> tensor<4x256xf32> {
  %y = lowp.mixed_matmul %x, %w scale(%s) zero(%z) {lowp.schedule = #lowp.schedule<stream, tile = 64x16x128, stages = 4, warps = 4x4, split = 8>} : (tensor<4x1024xbf16>, tensor<4x16x128x4xi32>, tensor<1x256xbf16>, tensor<1x256xbf16>) -> tensor<4x256xf32>
  return %y : tensor<4x256xf32>
}
