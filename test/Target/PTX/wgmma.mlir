// ptxas accepts every wgmma kernel: no spill, no C75xx; write-ptx fails otherwise. Element types, result types, both ways
// out, scales by row and for all, bias, and the corners of tile sizes.
// REQUIRES: ptxas
// RUN: rm -rf %t && quant-opt %s --lower-to-ptx="chip=sm_90a" -o %t
// RUN: FileCheck %s --input-file=%t/resources.json
// RUN: not grep -E '"(spill_(load|store)_bytes|stack_bytes)": [^0]' %t/resources.json
// RUN: FileCheck %s --check-prefix=LAUNCH --input-file=%t/launch.json
// RUN: FileCheck %s --check-prefix=PTX --input-file=%t/quantized_matmul_e4m3_e4m3_bf16_128x256x128s4r8_mm_rr_m.ptx

// CHECK: "kernels": [
// CHECK-COUNT-10: "spill_store_bytes": 0,
// CHECK: "ptxas": "Cuda compilation tools, release

// LAUNCH:      "dtype": "bf16",
// LAUNCH-NEXT: "out": "out0",
// LAUNCH:      "tensormap": {
// LAUNCH-NEXT:   "box": [
// LAUNCH-NEXT:     128,
// LAUNCH-NEXT:     128
// LAUNCH-NEXT:   ],
// LAUNCH-NEXT:   "dtype": "e4m3",
// LAUNCH-NEXT:   "fill": "zero",
// LAUNCH-NEXT:   "of": "in0",
// LAUNCH-NEXT:   "shape": [
// LAUNCH-NEXT:     "dim(in0, 0)",
// LAUNCH-NEXT:     512
// LAUNCH-NEXT:   ],
// LAUNCH-NEXT:   "strides": [
// LAUNCH-NEXT:     512,
// LAUNCH-NEXT:     1
// LAUNCH-NEXT:   ],
// LAUNCH-NEXT:   "swizzle": 128
// LAUNCH:      "grid": [
// LAUNCH-NEXT:   "min(ceildiv(dim(in0, 0), 128), 132)",
// LAUNCH:      "schedule": "#lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = 8>",
// LAUNCH-NEXT: "shared_bytes": 229440

// PTX: .reqntid 384
// PTX-DAG: mbarrier.init.shared.b64
// PTX-DAG: setmaxnreg.dec
// PTX-DAG: cp.async.bulk.tensor.2d.shared::cta.global
// PTX-DAG: wgmma.mma_async.sync.aligned.m64n256k32.f32.e4m3.e4m3
// PTX-DAG: wgmma.wait_group.sync.aligned 0;
// PTX-DAG: stmatrix.sync.aligned
// PTX-DAG: cp.async.bulk.tensor.2d.global.shared::cta

func.func @e4m3(%x: tensor<?x512xf8E4M3FN>, %xs: tensor<?x1xf32>, %w: tensor<256x512xf8E4M3FN>, %ws: tensor<256x1xf32>) -> tensor<?x256xbf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) {lowp.schedule = #lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = 8>} : (tensor<?x512xf8E4M3FN>, tensor<256x512xf8E4M3FN>, tensor<?x1xf32>, tensor<256x1xf32>) -> tensor<?x256xbf16>
  return %y : tensor<?x256xbf16>
}

func.func @mixed(%x: tensor<?x512xf8E5M2>, %xs: tensor<?x1xf32>, %w: tensor<264x512xf8E4M3FN>, %ws: tensor<264x1xf32>, %b: tensor<264xf32>) -> tensor<?x264xf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) bias(%b) {lowp.schedule = #lowp.schedule<wgmma, tile = 128x128x128, stages = 6, raster = 1>} : (tensor<?x512xf8E5M2>, tensor<264x512xf8E4M3FN>, tensor<?x1xf32>, tensor<264x1xf32>, tensor<264xf32>) -> tensor<?x264xf16>
  return %y : tensor<?x264xf16>
}

func.func @e5m2(%x: tensor<?x512xf8E5M2>, %xs: tensor<1x1xf32>, %w: tensor<250x512xf8E5M2>, %ws: tensor<250x1xf32>, %b: tensor<250xf32>) -> tensor<?x250xf32> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) bias(%b) {lowp.schedule = #lowp.schedule<wgmma, tile = 128x128x128, stages = 6, raster = 4>} : (tensor<?x512xf8E5M2>, tensor<250x512xf8E5M2>, tensor<1x1xf32>, tensor<250x1xf32>, tensor<250xf32>) -> tensor<?x250xf32>
  return %y : tensor<?x250xf32>
}

func.func @i8(%x: tensor<?x512xi8>, %xs: tensor<?x1xf32>, %w: tensor<256x512xi8>, %ws: tensor<256x1xf32>, %b: tensor<256xf32>) -> tensor<?x256xbf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) bias(%b) {lowp.schedule = #lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = 8>} : (tensor<?x512xi8>, tensor<256x512xi8>, tensor<?x1xf32>, tensor<256x1xf32>, tensor<256xf32>) -> tensor<?x256xbf16>
  return %y : tensor<?x256xbf16>
}

func.func @i8_f32(%x: tensor<?x512xi8>, %xs: tensor<?x1xf32>, %w: tensor<255x512xi8>, %ws: tensor<1x1xf32>) -> tensor<?x255xf32> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) {lowp.schedule = #lowp.schedule<wgmma, tile = 64x256x128, stages = 4, raster = 1>} : (tensor<?x512xi8>, tensor<255x512xi8>, tensor<?x1xf32>, tensor<1x1xf32>) -> tensor<?x255xf32>
  return %y : tensor<?x255xf32>
}

func.func @i8_three(%x: tensor<?x512xi8>, %xs: tensor<?x1xf32>, %w: tensor<256x512xi8>, %ws: tensor<256x1xf32>, %b: tensor<256xf32>) -> tensor<?x256xf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) bias(%b) {lowp.schedule = #lowp.schedule<wgmma, tile = 192x192x128, stages = 3, raster = 2>} : (tensor<?x512xi8>, tensor<256x512xi8>, tensor<?x1xf32>, tensor<256x1xf32>, tensor<256xf32>) -> tensor<?x256xf16>
  return %y : tensor<?x256xf16>
}

func.func @e4m3_three(%x: tensor<?x512xf8E4M3FN>, %xs: tensor<?x1xf32>, %w: tensor<256x512xf8E4M3FN>, %ws: tensor<256x1xf32>) -> tensor<?x256xbf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) {lowp.schedule = #lowp.schedule<wgmma, tile = 192x128x128, stages = 4, raster = 2>} : (tensor<?x512xf8E4M3FN>, tensor<256x512xf8E4M3FN>, tensor<?x1xf32>, tensor<256x1xf32>) -> tensor<?x256xbf16>
  return %y : tensor<?x256xbf16>
}

func.func @narrow(%x: tensor<?x512xf8E4M3FN>, %xs: tensor<?x1xf32>, %w: tensor<256x512xf8E4M3FN>, %ws: tensor<256x1xf32>, %b: tensor<256xf32>) -> tensor<?x256xbf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) bias(%b) {lowp.schedule = #lowp.schedule<wgmma, tile = 64x16x128, stages = 8, raster = 1>} : (tensor<?x512xf8E4M3FN>, tensor<256x512xf8E4M3FN>, tensor<?x1xf32>, tensor<256x1xf32>, tensor<256xf32>) -> tensor<?x256xbf16>
  return %y : tensor<?x256xbf16>
}

func.func @i8_narrow(%x: tensor<?x512xi8>, %xs: tensor<?x1xf32>, %w: tensor<255x512xi8>, %ws: tensor<255x1xf32>, %b: tensor<255xf32>) -> tensor<?x255xf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) bias(%b) {lowp.schedule = #lowp.schedule<wgmma, tile = 64x48x128, stages = 8, raster = 1>} : (tensor<?x512xi8>, tensor<255x512xi8>, tensor<?x1xf32>, tensor<255x1xf32>, tensor<255xf32>) -> tensor<?x255xf16>
  return %y : tensor<?x255xf16>
}

func.func @one(%x: tensor<?x512xf8E4M3FN>, %xs: tensor<1x1xf32>, %w: tensor<256x512xf8E4M3FN>, %ws: tensor<1x1xf32>) -> tensor<?x256xbf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) {lowp.schedule = #lowp.schedule<wgmma, tile = 64x256x128, stages = 4, raster = 1>} : (tensor<?x512xf8E4M3FN>, tensor<256x512xf8E4M3FN>, tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<?x256xbf16>
  return %y : tensor<?x256xbf16>
}
