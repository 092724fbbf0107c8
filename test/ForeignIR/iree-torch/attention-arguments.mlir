// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.skip = "both operands are activations: attention over function arguments"
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<5x8xf32>, %arg1: tensor<5x8xf32>, %arg2: tensor<5x8xf32>) -> (tensor<5x8xf32>) {
    %cst = arith.constant 2.82842708 : f32
    %cst_0 = arith.constant 0.000000e+00 : f32
    %6 = tensor.empty() : tensor<5x5xf32>
    %7 = linalg.fill ins(%cst_0 : f32) outs(%6 : tensor<5x5xf32>) -> tensor<5x5xf32>
    %8 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%arg0, %arg1 : tensor<5x8xf32>, tensor<5x8xf32>) outs(%7 : tensor<5x5xf32>) -> tensor<5x5xf32>
    %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<5x5xf32>) outs(%6 : tensor<5x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %16 = arith.divf %in, %cst : f32
      linalg.yield %16 : f32
    } -> tensor<5x5xf32>
    %10 = linalg.softmax dimension(1) ins(%9 : tensor<5x5xf32>) outs(%6 : tensor<5x5xf32>) -> tensor<5x5xf32>
    %11 = tensor.empty() : tensor<5x8xf32>
    %12 = linalg.fill ins(%cst_0 : f32) outs(%11 : tensor<5x8xf32>) -> tensor<5x8xf32>
    %13 = linalg.matmul ins(%10, %arg2 : tensor<5x5xf32>, tensor<5x8xf32>) outs(%12 : tensor<5x8xf32>) -> tensor<5x8xf32>
    return %13 : tensor<5x8xf32>
  }
}