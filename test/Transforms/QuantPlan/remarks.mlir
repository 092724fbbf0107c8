// RUN: quant-opt %s --quant-plan --remarks-filter='plan' --remark-format=emitRemark 2>&1 >/dev/null | FileCheck %s

// CHECK-DAG: remark: [Passed] quant-plan | Category:plan | inFeatures=64, outFeatures=32, site=matmul.0
// CHECK-DAG: remark: [Missed] quant-plan | Category:plan | Reason="both operands are activations"
func.func @main(%x: tensor<4x64xf32>, %w: tensor<64x32xf32>) -> tensor<4x4xf32> {
  %zero = arith.constant dense<0.0> : tensor<4x32xf32>
  %y = linalg.matmul ins(%x, %w : tensor<4x64xf32>, tensor<64x32xf32>) outs(%zero : tensor<4x32xf32>) -> tensor<4x32xf32>
  %e = tensor.empty() : tensor<32x4xf32>
  %t = linalg.transpose ins(%y : tensor<4x32xf32>) outs(%e : tensor<32x4xf32>) permutation = [1, 0]
  %z = arith.constant dense<0.0> : tensor<4x4xf32>
  %s = linalg.matmul ins(%y, %t : tensor<4x32xf32>, tensor<32x4xf32>) outs(%z : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %s : tensor<4x4xf32>
}
