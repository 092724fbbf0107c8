// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.skip = "both operands are activations: attention over function arguments"
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<5x8xf32>, %arg1: tensor<5x8xf32>, %arg2: tensor<5x8xf32>) -> (tensor<5x8xf32>) {
    %cst = arith.constant 0.000000e+00 : f32
    %6 = tensor.empty() : tensor<5x5xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<5x5xf32>) -> tensor<5x5xf32>
    %8 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%arg0, %arg1 : tensor<5x8xf32>, tensor<5x8xf32>) outs(%7 : tensor<5x5xf32>) -> tensor<5x5xf32>
    %9 = linalg.softmax dimension(1) ins(%8 : tensor<5x5xf32>) outs(%6 : tensor<5x5xf32>) -> tensor<5x5xf32>
    %10 = tensor.empty() : tensor<5x8xf32>
    %11 = linalg.fill ins(%cst : f32) outs(%10 : tensor<5x8xf32>) -> tensor<5x8xf32>
    %12 = linalg.matmul ins(%9, %arg2 : tensor<5x5xf32>, tensor<5x8xf32>) outs(%11 : tensor<5x8xf32>) -> tensor<5x8xf32>
    return %12 : tensor<5x8xf32>
  }
}