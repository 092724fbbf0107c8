// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<3x16xf32>, %arg1: tensor<8x16xf32>, %arg2: tensor<8xf32>) -> (tensor<3x8xf32>) {
    %cst = arith.constant 0.000000e+00 : f32
    %6 = tensor.empty() : tensor<3x8xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<3x8xf32>) -> tensor<3x8xf32>
    %8 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%arg0, %arg1 : tensor<3x16xf32>, tensor<8x16xf32>) outs(%7 : tensor<3x8xf32>) -> tensor<3x8xf32>
    %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%arg2 : tensor<8xf32>) outs(%6 : tensor<3x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<3x8xf32>
    %10 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%8, %9 : tensor<3x8xf32>, tensor<3x8xf32>) outs(%6 : tensor<3x8xf32>) {
    ^bb0(%in: f32, %in_0: f32, %out: f32):
      %13 = arith.addf %in, %in_0 : f32
      linalg.yield %13 : f32
    } -> tensor<3x8xf32>
    return %10 : tensor<3x8xf32>
  }
}