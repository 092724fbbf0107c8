// The documented example: codes and scales of the store replace the weight, the error is beside the one of plain rounding.

// RUN: rm -rf %t && mkdir %t %t/1 %t/2 %t/3
// RUN: quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz" -o %t/1/out.mlir
// RUN: FileCheck %s < %t/1/out.mlir

// The same bytes for any number of threads.
// RUN: quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz thread-count=1" -o %t/2/out.mlir
// RUN: quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz thread-count=2" -o %t/3/out.mlir
// RUN: diff -r %t/1 %t/2
// RUN: diff -r %t/1 %t/3

// CHECK:         lowp.store @w "out.weights"
// CHECK-LABEL:   func @main
// CHECK-DAG:     %[[Q:.*]] = lowp.weight @w::@fc.weight_codes : tensor<64x64xi4>
// CHECK-DAG:     %[[S:.*]] = lowp.weight @w::@fc.weight_scale : tensor<64x1xf32>
// CHECK:         %[[W:.*]] = lowp.dequantize %[[Q]], %[[S]] : tensor<64x64xi4>, tensor<64x1xf32> -> tensor<64x64xf32>
// CHECK:         linalg.matmul
// CHECK-SAME:      lowp.details = {damping = 5.000000e-02 : f64, dead_columns = 0 : i64, outcome = "solved", rounding_error =
// CHECK-SAME:      lowp.error =
// CHECK-SAME:      ins(%{{.*}}, %[[W]] : tensor<16x64xf32>, tensor<64x64xf32>)
lowp.store @w "Inputs/fc.safetensors" id = "a5b5258eefe07ea2"
func.func @main(%x: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %w = lowp.weight @w::@"fc.weight" : tensor<64x64xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<16x64xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<16x64xf32>) -> tensor<16x64xf32>
  %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i4, group = 64>, method = "gptq">}
      ins(%x, %w : tensor<16x64xf32>, tensor<64x64xf32>) outs(%init : tensor<16x64xf32>) -> tensor<16x64xf32>
  return %y : tensor<16x64xf32>
}
