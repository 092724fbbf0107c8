// ptxas accepts the kernels of FP8 block scales: two sets of sums in registers, no spill, no C75xx. The quantizing kernel
// takes groups of a row as rows.
// REQUIRES: ptxas
// RUN: rm -rf %t && quant-opt %s --lower-to-ptx="chip=sm_90a" -o %t
// RUN: FileCheck %s --input-file=%t/resources.json
// RUN: not grep -E '"(spill_(load|store)_bytes|stack_bytes)": [^0]' %t/resources.json
// RUN: FileCheck %s --check-prefix=LAUNCH --input-file=%t/launch.json

// CHECK: "kernels": [
// CHECK-COUNT-4: "spill_store_bytes": 0,
// CHECK: "ptxas": "Cuda compilation tools, release

// LAUNCH:      "grid": [
// LAUNCH-NEXT:   "mul(dim(in0, 0), 8)",
// LAUNCH:      "kernel": "quantize_rows_e4m3_bf16_dynamic_v4_t256",
// LAUNCH:      "kernel": "quantized_matmul_e4m3_e4m3_bf16_{{.*}}_mm_b128x128_m",
// LAUNCH:      "schedule": "#lowp.schedule<wgmma

func.func @layer(%x: tensor<?x1024xbf16>, %w: tensor<512x1024xf8E4M3FN>, %ws: tensor<4x8xf32>) -> tensor<?x512xbf16> {
  %xs = lowp.choose_params %x : tensor<?x1024xbf16> as #lowp.scheme<f8E4M3FN, group = 128, dynamic> -> tensor<?x8xf32>
  %xq = lowp.quantize %x, %xs : tensor<?x1024xbf16>, tensor<?x8xf32> -> tensor<?x1024xf8E4M3FN>
  %y = lowp.quantized_matmul %xq, %w scales(%xs, %ws) : (tensor<?x1024xf8E4M3FN>, tensor<512x1024xf8E4M3FN>, tensor<?x8xf32>, tensor<4x8xf32>) -> tensor<?x512xbf16>
  return %y : tensor<?x512xbf16>
}

func.func @largest(%x: tensor<?x1024xf8E4M3FN>, %xs: tensor<?x8xf32>, %w: tensor<512x1024xf8E4M3FN>, %ws: tensor<4x8xf32>, %r: tensor<?x512xf32>) -> tensor<?x512xf32> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) bias(%r) {lowp.schedule = #lowp.schedule<wgmma, tile = 128x128x128, stages = 6, raster = 1>} : (tensor<?x1024xf8E4M3FN>, tensor<512x1024xf8E4M3FN>, tensor<?x8xf32>, tensor<4x8xf32>, tensor<?x512xf32>) -> tensor<?x512xf32>
  return %y : tensor<?x512xf32>
}

func.func @one_warpgroup(%x: tensor<?x1024xf8E5M2>, %xs: tensor<?x4xf32>, %w: tensor<512x1024xf8E4M3FN>, %ws: tensor<4x4xf32>, %b: tensor<512xf32>) -> tensor<?x512xf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) bias(%b) {lowp.schedule = #lowp.schedule<wgmma, tile = 64x128x128, stages = 6, raster = 1>} : (tensor<?x1024xf8E5M2>, tensor<512x1024xf8E4M3FN>, tensor<?x4xf32>, tensor<4x4xf32>, tensor<512xf32>) -> tensor<?x512xf16>
  return %y : tensor<?x512xf16>
}
