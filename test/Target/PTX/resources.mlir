// ptxas accepts every variant: without spills, without C75xx; write-ptx fails otherwise. Three result types, aligned,
// ragged and [k, n] operands, scales by row and for all, with and without bias. (sm_90: mma.sync; wgmma.mlir has the rest.)
// REQUIRES: ptxas
// RUN: rm -rf %t && quant-opt %s --lower-to-ptx="chip=sm_90" -o %t
// RUN: FileCheck %s --input-file=%t/resources.json
// RUN: not grep -E '"(spill_(load|store)_bytes|stack_bytes)": [^0]' %t/resources.json

// CHECK: "kernels": [
// CHECK-COUNT-11: "spill_store_bytes": 0,
// CHECK: "ptxas": "Cuda compilation tools, release

func.func @f32(%x: tensor<?x64xf32>, %w: tensor<6x64xi8>, %ws: tensor<6x1xf32>) -> tensor<?x6xf32> {
  %xs = lowp.choose_params %x : tensor<?x64xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
  %xq = lowp.quantize %x, %xs : tensor<?x64xf32>, tensor<?x1xf32> -> tensor<?x64xi8>
  %y = lowp.quantized_matmul %xq, %w scales(%xs, %ws) : (tensor<?x64xi8>, tensor<6x64xi8>, tensor<?x1xf32>, tensor<6x1xf32>) -> tensor<?x6xf32>
  return %y : tensor<?x6xf32>
}

func.func @bf16(%x: tensor<?x30xbf16>, %w: tensor<6x30xi8>, %ws: tensor<6x1xf32>, %b: tensor<6xf32>) -> tensor<?x6xbf16> {
  %xs = lowp.choose_params %x : tensor<?x30xbf16> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
  %xq = lowp.quantize %x, %xs : tensor<?x30xbf16>, tensor<?x1xf32> -> tensor<?x30xi8>
  %y = lowp.quantized_matmul %xq, %w scales(%xs, %ws) bias(%b) : (tensor<?x30xi8>, tensor<6x30xi8>, tensor<?x1xf32>, tensor<6x1xf32>, tensor<6xf32>) -> tensor<?x6xbf16>
  return %y : tensor<?x6xbf16>
}

func.func @f16(%x: tensor<?x64xf16>, %xs: tensor<1x1xf32>, %w: tensor<64x6xi8>, %ws: tensor<1x1xf32>) -> tensor<?x6xf16> {
  %xq = lowp.quantize %x, %xs : tensor<?x64xf16>, tensor<1x1xf32> -> tensor<?x64xi8>
  %y = lowp.quantized_matmul %xq, %w scales(%xs, %ws) transposed_rhs : (tensor<?x64xi8>, tensor<64x6xi8>, tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<?x6xf16>
  return %y : tensor<?x6xf16>
}

func.func @f16_rows(%x: tensor<?x?xi8>, %xs: tensor<?x1xf32>, %w: tensor<?x?xi8>, %ws: tensor<1x1xf32>) -> tensor<?x?xf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<?x?xi8>, tensor<?x?xi8>, tensor<?x1xf32>, tensor<1x1xf32>) -> tensor<?x?xf16>
  return %y : tensor<?x?xf16>
}

func.func @bf16_aligned(%x: tensor<?x64xi8>, %xs: tensor<?x1xf32>, %w: tensor<6x64xi8>, %ws: tensor<6x1xf32>) -> tensor<?x6xbf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<?x64xi8>, tensor<6x64xi8>, tensor<?x1xf32>, tensor<6x1xf32>) -> tensor<?x6xbf16>
  return %y : tensor<?x6xbf16>
}

func.func @f16_rows_quantized(%x: tensor<?x6xf16>, %xs: tensor<?x1xf32>) -> tensor<?x6xi8> {
  %xq = lowp.quantize %x, %xs : tensor<?x6xf16>, tensor<?x1xf32> -> tensor<?x6xi8>
  return %xq : tensor<?x6xi8>
}

func.func @e4m3(%x: tensor<?x64xbf16>, %w: tensor<6x64xf8E4M3FN>, %ws: tensor<6x1xf32>) -> tensor<?x6xbf16> {
  %xs = lowp.choose_params %x : tensor<?x64xbf16> as #lowp.scheme<f8E4M3FN, token, dynamic> -> tensor<?x1xf32>
  %xq = lowp.quantize %x, %xs : tensor<?x64xbf16>, tensor<?x1xf32> -> tensor<?x64xf8E4M3FN>
  %y = lowp.quantized_matmul %xq, %w scales(%xs, %ws) : (tensor<?x64xf8E4M3FN>, tensor<6x64xf8E4M3FN>, tensor<?x1xf32>, tensor<6x1xf32>) -> tensor<?x6xbf16>
  return %y : tensor<?x6xbf16>
}
