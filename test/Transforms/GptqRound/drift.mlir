// With a drift-share a weight makes up for what rounding did to its inputs: the first layer, whose inputs have not
// drifted, stays as it is, the second does not. Nothing is left of the float model that ran beside.

// RUN: rm -rf %t && mkdir %t %t/1 %t/2 %t/3
// RUN: quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz" -o %t/1/out.mlir
// RUN: quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz drift-share=1 thread-count=1" --verify-quantized -o %t/2/out.mlir
// RUN: quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz drift-share=1 thread-count=2" -o %t/3/out.mlir
// RUN: diff -r %t/2 %t/3
// RUN: grep -o "lowp.error = [0-9.e-]*" %t/1/out.mlir > %t/1.errors
// RUN: grep -o "lowp.error = [0-9.e-]*" %t/2/out.mlir > %t/2.errors
// RUN: head -n 1 %t/1.errors > %t/1.first
// RUN: head -n 1 %t/2.errors | cmp - %t/1.first
// RUN: not cmp %t/1.errors %t/2.errors
// RUN: FileCheck %s < %t/2/out.mlir
// RUN: not quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz drift-share=2" 2>&1 | FileCheck %s --check-prefix=SHARE

// CHECK-NOT:     @fc.weight :
// CHECK-COUNT-2: linalg.matmul
// CHECK-NOT:     linalg.matmul
// SHARE: error: gptq-round: drift-share must lie between 0 and 1, got 2
lowp.store @w "Inputs/fc.safetensors" id = "a5b5258eefe07ea2"
func.func @main(%x: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %w = lowp.weight @w::@"fc.weight" : tensor<64x64xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<16x64xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<16x64xf32>) -> tensor<16x64xf32>
  %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      {lowp.plan = #lowp.plan<site = "one", weight = #lowp.scheme<i3, group = 64>, method = "gptq">}
      ins(%x, %w : tensor<16x64xf32>, tensor<64x64xf32>) outs(%init : tensor<16x64xf32>) -> tensor<16x64xf32>
  %z = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      {lowp.plan = #lowp.plan<site = "two", weight = #lowp.scheme<i3, group = 32>, method = "gptq">}
      ins(%y, %w : tensor<16x64xf32>, tensor<64x64xf32>) outs(%init : tensor<16x64xf32>) -> tensor<16x64xf32>
  return %z : tensor<16x64xf32>
}
